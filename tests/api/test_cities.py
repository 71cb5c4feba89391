"""A city on its way into the network, over the API: who does what, who sees what."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.desk import V1, Desk, opened

COMMITMENTS = [{"principle": f"GP{number}", "committed": True, "deed": "A council of residents"} for number in range(1, 7)]
DETERMINATION = {"territory": "meets", "basis": "Secret ground", "review_on": "2027-11-01"}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of these tests alone: memberships change in it."""
    folder: Path = tmp_path_factory.mktemp("cities")
    with opened(folder) as made:
        yield made.found()


def newcomer(desk: Desk, name: str) -> str:
    """A city that is no member and for which `other` signs."""
    body = {"name_en": name, "name_local": name, "kind": "city", "country": "LB", "relation": "partner", "source": "list"}
    id: str = desk.done("administrator", f"{V1}/cities", body)["id"]
    confirm = {"person": desk.people["other"], "capacity": "signatory", "proof": "Letter"}
    desk.done("administrator", f"{V1}/cities/{id}/confirm-representative", confirm)
    return id


def give(desk: Desk, who: str, city: str, verb: str, body: object = None) -> dict[str, Any]:
    return desk.done(who, f"{V1}/cities/{city}/{verb}", {} if body is None else body)


def read(desk: Desk, who: str | None, path: str) -> dict[str, Any]:
    answer = desk.as_(who).get(f"{V1}/{path}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def determined(desk: Desk, name: str) -> str:
    city = newcomer(desk, name)
    give(desk, "other", city, "ask-membership")
    give(desk, "other", city, "attest-principles", {"office": "Mayor", "commitments": COMMITMENTS})
    give(desk, "officer", city, "determine-territory", DETERMINATION)
    return city


def test_a_city_is_asked_for_attested_determined_and_admitted(own: Desk) -> None:
    city = determined(own, "Elm")
    before = read(own, None, f"cities/{city}")
    assert (before["city"]["member"], before["city"]["membership"], before.get("standing")) == (False, "none", None)
    reply = give(own, "approver", city, "admit-member")
    assert reply["events"] == ["city.member_admitted.v1"]
    after = read(own, None, f"cities/{city}?wait={reply['index']}")["city"]
    assert (after["member"], after["membership"], after["since"]) == (True, "member", "2026-11-23")


def test_the_officer_who_determined_does_not_admit_and_the_city_does_neither(own: Desk) -> None:
    city = determined(own, "Ash")
    for who in ("officer", "second", "other", "nobody"):
        answer = own.as_(who).post(f"{V1}/cities/{city}/admit-member", {})
        assert (answer.status_code, answer.json()["code"]) == (403, "workflow.role_needed")
    answer = own.as_("signatory").post(f"{V1}/cities/{city}/withdraw-membership-ask", {"reason": "x"})
    assert (answer.status_code, answer.json()["code"]) == (403, "workflow.not_your_city")


def test_what_stands_behind_a_membership_is_for_the_city_and_the_fund_and_the_territory_for_the_fund_alone(own: Desk) -> None:
    city = determined(own, "Oak")
    theirs, funds = read(own, "other", f"cities/{city}")["standing"], read(own, "approver", f"cities/{city}")["standing"]
    assert (theirs["stands_by"], theirs["attested_on"], "territory" in theirs, "review_on" in theirs) == (
        "2023-2025", "2026-11-23", False, False,
    )  # fmt: skip
    assert (funds["territory"], funds["review_on"]) == ("meets", "2027-11-01")
    for who in (None, "nobody", "signatory", "coordinator", "assessor_a"):
        assert "standing" not in read(own, who, f"cities/{city}")


def test_the_history_of_a_city_is_told_to_each_as_far_as_they_may_know(own: Desk) -> None:
    city = determined(own, "Yew")
    names = {
        who: [fact["event"].split(".")[1] for fact in read(own, who, f"cities/{city}/history")["events"]]
        for who in ("officer", "other", "nobody")
    }
    asked = ["membership_asked", "principles_attested"]
    assert names["officer"] == ["registered", "representative_confirmed", *asked, "territory_determined"]
    assert names["other"] == ["registered", "representative_confirmed", *asked]
    assert names["nobody"] == ["registered"]
    assert "Secret ground" in str(read(own, "officer", f"cities/{city}/history"))
    assert "Secret ground" not in str(read(own, "other", f"cities/{city}/history"))
    assert own.people["administrator"] not in str(read(own, "other", f"cities/{city}/history"))


def test_what_may_be_done_with_a_membership_now_is_offered_and_can_be_done(own: Desk) -> None:
    city = determined(own, "Fir")
    verbs = {who: {one["verb"] for one in read(own, who, f"cities/{city}/actions")["actions"]} for who in ("other", "approver", "nobody")}
    assert verbs["other"] == {"withdraw-membership-ask", "attest-principles", "request-representative"}
    assert verbs["approver"] == {"admit-member", "decline-membership", "request-representative"}
    assert verbs["nobody"] == {"request-representative"}


def test_who_waits_for_whom_is_listed_for_the_fund(own: Desk) -> None:
    city = newcomer(own, "Birch")
    index = give(own, "other", city, "ask-membership")["index"]

    def waits(who: str, more: str = "") -> set[tuple[str, str]]:
        items = read(own, who, f"memberships?wait={index}{more}")["items"]
        return {(one["what"], one["owner"]) for one in items if one["city"] == city}

    assert waits("auditor") == {("attestation", "representative"), ("determination", "officer")}
    assert waits("officer", "&mine=true") == {("determination", "officer")}
    assert waits("officer", "&late=true") == set()
    assert own.as_("other").get(f"{V1}/memberships").status_code == 403


def test_people_ask_for_themselves_and_somebody_else_confirms(own: Desk) -> None:
    city = newcomer(own, "Lime")
    body = {"person": own.people["nobody"], "capacity": "focal_point", "proof": "Badge"}
    give(own, "nobody", city, "request-representative", body)
    refused = own.as_("other").post(f"{V1}/cities/{city}/confirm-representative", body)
    assert refused.json()["code"] == "workflow.role_needed"
    index = give(own, "administrator", city, "confirm-representative", body)["index"]
    assert city in read(own, "nobody", f"me?wait={index}")["represents"]


@pytest.mark.parametrize(
    ("verb", "body", "code", "field"),
    [
        ("attest-principles", {"office": "Mayor", "commitments": COMMITMENTS[:5]}, "attestation.principles_differ", "commitments"),
        ("attest-principles", {"office": "Mayor", "commitments": [{"principle": "GP1"}]}, "field.missing", "commitments.0.committed"),
        ("attest-principles", {"office": "Mayor", "commitments": COMMITMENTS, "signed_on": "soon"}, "date.invalid", "signed_on"),
        ("ask-membership", {"proof": "\u202e"}, "text.bidi_override", "proof"),
        ("request-representative", {"person": "me", "capacity": "signatory", "proof": "x"}, "person.unknown", "person"),
        ("request-representative", {"person": "person-1", "capacity": "king", "proof": "x"}, "code.unknown", "capacity"),
    ],
)  # fmt: skip
def test_bad_input_is_named_by_its_field(own: Desk, verb: str, body: object, code: str, field: str) -> None:
    city = newcomer(own, f"Bad {verb} {code} {field}")
    answer = own.as_("other").post(f"{V1}/cities/{city}/{verb}", body)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field), answer.text


def test_a_city_that_is_not_there_is_not_found(own: Desk) -> None:
    for path in ("cities/city-0123456789abcdef0123", "cities/oslo", "cities/city-0123456789abcdef0123/history"):
        answer = own.as_("officer").get(f"{V1}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "request.not_found")
