"""People of other hubs and experts of the pool: whoever is assigned to a file, or asked to help with it, has it in their list; no other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import V1, Desk, opened

SCHOLAR, OTHER_SCHOLAR = "scholar", "other_scholar"
SEEING = ("officer", "approver", "administrator", "auditor")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(Path(tmp_path_factory.mktemp("assigned"))) as desk:
        desk.found()
        desk.done("administrator", f"{V1}/hubs/south-asia/open", {"opened": "2023-01", "basis": "Published"})
        for name in (SCHOLAR, OTHER_SCHOLAR):
            body = {"full_name": f"Name of {name}", "email": f"{name}@fund.example", "language": "en"}
            desk.enter(name, desk.done("administrator", f"{V1}/people", body)["id"])
            desk.done("administrator", f"{V1}/people/{desk.people[name]}/grant-role", {"role": "expert", "scope": None})
        yield desk


def assign(desk: Desk, reference: str, *names: str) -> str:
    for name in names:
        desk.give("officer", reference, "assign-assessor", {"assessor": desk.people[name], "reason": "Knows the method"})
    return reference


def coordinated(desk: Desk) -> str:
    """A file of which nothing is missing but how it is delivered."""
    reference = assign(desk, desk.eligible(), "assessor_a", "assessor_b")
    desk.give("coordinator", reference, "give-opinion", {"opinion": "support", "accepts_delivery": True, "reason": "We know them"})
    for name in ("assessor_a", "assessor_b"):
        judgement = {"priority": "SP-NLC", "verdict": "aligned", "reason": "Clear"}
        desk.give(name, reference, "assess", {"judgements": [judgement]})
    return reference


def ask(desk: Desk, reference: str, name: str) -> str:
    body = {"person": desk.people[name], "part": "expert", "purpose": "Two days of training"}
    desk.give("officer", reference, "propose-expert", body)
    return reference


@pytest.fixture(scope="module")
def assigned(own: Desk) -> str:
    """A file that an expert and a coordinator of another region assess."""
    return assign(own, own.eligible(), SCHOLAR, "other_hub")


@pytest.fixture(scope="module")
def invited(own: Desk) -> str:
    """A file on which an expert is asked to help."""
    return ask(own, coordinated(own), OTHER_SCHOLAR)


def listed(desk: Desk, name: str) -> list[str]:
    page = desk.as_(name).get(f"{V1}/applications?limit=200&wait={desk.fund.ledger.head()}").json()
    return [one["reference"] for one in page["items"]]


def queued(desk: Desk, name: str) -> dict[str, Any]:
    queue: dict[str, Any] = desk.as_(name).get(f"{V1}/queue?wait={desk.fund.ledger.head()}").json()
    return queue


def test_who_assesses_a_file_finds_it_whatever_their_role(own: Desk, assigned: str, invited: str) -> None:
    assert listed(own, SCHOLAR) == listed(own, "other_hub") == [assigned]
    assert [(one["reference"], one["what"]) for one in queued(own, SCHOLAR)["items"]] == [(assigned, "assessment")]


def test_who_is_asked_to_help_finds_the_file_and_no_other(own: Desk, assigned: str, invited: str) -> None:
    assert listed(own, OTHER_SCHOLAR) == [invited]
    assert [(one["reference"], one["what"]) for one in queued(own, OTHER_SCHOLAR)["items"]] == [(invited, "invitation")]
    assert own.as_(OTHER_SCHOLAR).get(f"{V1}/applications/{assigned}").status_code == 404
    assert own.as_(SCHOLAR).get(f"{V1}/applications/{invited}").status_code == 404


def test_nobody_else_of_a_hub_or_the_pool_sees_it(own: Desk, assigned: str, invited: str) -> None:
    for name in ("assessor_a", "coordinator"):
        assert (assigned in listed(own, name)) == (own.as_(name).get(f"{V1}/applications/{assigned}").status_code == 200)
    assert assigned not in listed(own, "assessor_a")
    assert listed(own, "nobody") == []


def test_who_was_released_or_declined_sees_it_no_more(own: Desk) -> None:
    reference = assign(own, own.eligible(), "other_hub")
    assert reference in listed(own, "other_hub")
    own.give("officer", reference, "release-assessor", {"assessor": own.people["other_hub"], "reason": "Away"})
    assert reference not in listed(own, "other_hub")
    helped = ask(own, coordinated(own), SCHOLAR)
    assert helped in listed(own, SCHOLAR)
    own.give(SCHOLAR, helped, "decline-expert-role", {"reason": "No time"})
    assert helped not in listed(own, SCHOLAR)


def test_whoever_is_asked_to_help_reads_what_was_decided_once_they_agreed(own: Desk) -> None:
    own.hired("asked", "expert")
    reference = ask(own, coordinated(own), "asked")
    own.give("officer", reference, "close-coordination", {"mode": "via_hub"})
    terms = {
        "recommendation": "approve",
        "envelope": own.ids["Main"],
        "amount": 30_000_00,
        "currency": "EUR",
        "peers": ["Oslo"],
        "reason": "x",
    }
    own.give("officer", reference, "propose", terms)
    own.give("approver", reference, "approve", {"reasons": ["ok"]})

    def told(name: str) -> list[str | None]:
        return [one["outcome"] for one in own.fresh(name, f"{V1}/applications").json()["items"] if one["reference"] == reference]

    assert (told("asked"), told("officer"), told("signatory")) == ([None], ["approved"], ["approved"])
    own.give("asked", reference, "accept-expert-role")
    assert told("asked") == ["approved"]


# ── How much each has to do ───────────────────────────────────────────────────


def test_everybody_who_assigns_sees_how_much_each_has_to_assess(own: Desk, assigned: str) -> None:
    for name in SEEING:
        page = own.as_(name).get(f"{V1}/people?wait={own.fund.ledger.head()}").json()
        loads = {one["id"]: one["load"] for one in page["items"]}
        assert (loads[own.people[SCHOLAR]], loads[own.people["assessor_b"]]) == (1, 0)
        assert page["next"] is None
        assert "Name of" not in str(page)


def test_a_person_sees_their_own_load_and_no_list(own: Desk, assigned: str) -> None:
    assert (queued(own, SCHOLAR)["load"], queued(own, "assessor_b")["load"]) == (1, 0)
    for name in (SCHOLAR, "signatory", "coordinator", "finance"):
        assert own.as_(name).get(f"{V1}/people").status_code == 403


def test_people_are_read_page_by_page(own: Desk) -> None:
    whole = [one["id"] for one in own.as_("officer").get(f"{V1}/people?limit=200").json()["items"]]
    found, after = [], ""
    while True:
        page = own.as_("officer").get(f"{V1}/people?limit=3{after}").json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert found == whole
    assert len(whole) == len(set(whole)) == len(own.people)
