"""What each reader is shown of one file, in lists and in the registers."""

from typing import Any

import pytest

from fund.ledger.store import Ledger
from tests.api.desk import FORM, V1, Desk


@pytest.fixture(scope="module")
def reference(desk: Desk) -> str:
    return desk.proposed()


def state(desk: Desk, name: str, reference: str) -> dict[str, Any]:
    answer = desk.as_(name).get(f"{V1}/applications/{reference}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def told(desk: Desk, name: str, reference: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = desk.as_(name).get(f"{V1}/applications/{reference}/history").json()["events"]
    return events


def test_a_file_says_where_it_stands(desk: Desk, reference: str) -> None:
    found = state(desk, "officer", reference)
    assert (found["reference"], found["status"], found["state"]["stage"]) == (reference, "decision", "decision")
    assert found["index"] == told(desk, "officer", reference)[-1]["index"]
    assert found["version"] == told(desk, "officer", reference)[-1]["version"]


def test_those_who_work_on_it_read_its_texts(desk: Desk, reference: str) -> None:
    for name in ("signatory", "focal", "officer", "approver", "auditor", "assessor_a", "coordinator"):
        assert state(desk, name, reference)["state"]["sections"]["need"]["problem"] == FORM["need"]["problem"]


def test_the_city_sees_where_it_stands_and_not_who_judges_it(desk: Desk, reference: str) -> None:
    for answer in (state(desk, "signatory", reference), told(desk, "signatory", reference)):
        text = str(answer)
        for name in ("officer", "assessor_a", "assessor_b", "coordinator"):
            assert desk.people[name] not in text, name
        assert "Secret reason" not in text
        assert "We know them" not in text
    seen = state(desk, "signatory", reference)["state"]
    assert (seen["stage"], seen["due"] is not None) == ("decision", True)
    assert (seen["proposal"], seen["assessments"], seen["checks"]) == (None, [], {})
    assert seen["findings"] == [{"priority": "SP-NLC", "verdict": {"withheld": "internal"}, "unanimous": {"withheld": "internal"}}]


def test_assessors_do_not_see_each_other_until_both_are_in(desk: Desk) -> None:
    reference = desk.eligible()
    for name in ("assessor_a", "assessor_b"):
        desk.give("officer", reference, "assign-assessor", {"assessor": desk.people[name], "reason": "free"})
    judgement = {"priority": "SP-NLC", "verdict": "partly", "reason": "Half of it"}
    desk.give("assessor_a", reference, "assess", {"judgements": [judgement]})
    for name in ("assessor_b", "officer", "approver", "auditor"):
        seen = state(desk, name, reference)["state"]["assessments"]
        assert seen == [
            {
                "assessor": {"withheld": "internal"},
                "judgements": [{"priority": "SP-NLC", "verdict": {"withheld": "internal"}, "reason": {"sealed": "restricted"}}],
            }
        ]
        last = told(desk, name, reference)[-1]
        assert (last["event"], last["actor"]) == ("application.assessment_recorded.v1", None)
        assert desk.people["assessor_a"] not in str(last)
    assert state(desk, "assessor_a", reference)["state"]["assessments"][0]["judgements"][0]["reason"] == "Half of it"


def test_history_is_told_in_the_language_asked_for(desk: Desk, reference: str) -> None:
    said = set()
    for locale in ("en", "fr", "es", "ar"):
        answer = desk.as_("officer").get(f"{V1}/applications/{reference}/history", accept_language=locale)
        assert answer.headers["content-language"] == locale
        said.add(answer.json()["events"][0]["sentence"])
    assert len(said) == 4


def test_what_may_be_done_now_is_what_is_then_accepted(desk: Desk) -> None:
    reference = desk.draft()
    verbs = {name: _verbs(desk, name, reference) for name in ("signatory", "officer", "auditor")}
    assert verbs == {"signatory": {"save-section", "submit", "withdraw"}, "officer": {"declare-conflict"}, "auditor": set()}
    desk.give("signatory", reference, "submit")
    assert _verbs(desk, "officer", reference) == {
        "return-for-completion",
        "confirm-completeness",
        "declare-conflict",
        "record-safeguards",
        "request-clarification",
        "suspend-application",
    }
    assert _verbs(desk, "signatory", reference) == {"withdraw"}


def _verbs(desk: Desk, name: str, reference: str) -> set[str]:
    answer = desk.as_(name).get(f"{V1}/applications/{reference}/actions").json()
    for action in answer["actions"]:
        assert action["href"] == f"{V1}/applications/{reference}/{action['verb']}"
    return {action["verb"] for action in answer["actions"]}


def test_a_file_names_its_track_and_no_letter_before_there_is_one(desk: Desk, reference: str) -> None:
    found = state(desk, "signatory", reference)
    assert (found["track"], found["moves"], found["letters"]) == ("standard", [], [])
    assert desk.as_("signatory").get(f"{V1}/applications/{reference}/letters").json() == {"reference": reference, "letters": []}
    assert desk.as_("signatory").get(f"{V1}/applications/{reference}/letters/1").status_code == 404


def test_a_letter_that_is_not_issued_is_not_there(desk: Desk, reference: str) -> None:
    answer = desk.as_("signatory").get(f"{V1}/applications/{reference}/letter")
    assert (answer.status_code, answer.json()["code"]) == (404, "letter.not_issued")


# ── Lists ─────────────────────────────────────────────────────────────────────


def test_a_list_is_read_page_by_page_and_holds_every_file_once(desk: Desk, reference: str) -> None:
    for name in ("auditor", "signatory", "coordinator", "assessor_a"):
        whole = _all(desk, name, 200)
        assert reference in whole
        assert len(whole) == len(set(whole))
        assert _all(desk, name, 1) == _all(desk, name, 3) == whole


def test_a_list_holds_what_its_reader_may_open(desk: Desk, reference: str) -> None:
    everything = _all(desk, "auditor", 200)
    for name in ("signatory", "coordinator", "assessor_a", "other", "nobody"):
        caller = desk.as_(name)
        openable = [one for one in everything if caller.get(f"{V1}/applications/{one}").status_code == 200]
        assert _all(desk, name, 50) == openable


def test_a_list_of_one_stage(desk: Desk, reference: str) -> None:
    found = desk.as_("officer").get(f"{V1}/applications?stage=decision&wait={desk.fund.ledger.head()}").json()["items"]
    assert reference in [one["reference"] for one in found]
    assert {one["stage"] for one in found} == {"decision"}


def _all(desk: Desk, name: str, limit: int) -> list[str]:
    found: list[str] = []
    before = ""
    while True:
        page = desk.as_(name).get(f"{V1}/applications?limit={limit}&wait={desk.fund.ledger.head()}{before}").json()
        found += [one["reference"] for one in page["items"]]
        if page["next"] is None:
            return found
        before = f"&before={page['next']}"


def test_the_queue_is_ones_own_work(desk: Desk, reference: str) -> None:
    mine = desk.fresh("approver", f"{V1}/queue").json()["items"]
    assert reference in [one["reference"] for one in mine]
    assert all(one["due"] for one in mine)
    assert reference not in [one["reference"] for one in desk.fresh("officer", f"{V1}/queue").json()["items"]]


def test_the_register_of_cities_is_public_and_read_page_by_page(desk: Desk) -> None:
    stranger = desk.as_(None)
    wait = desk.fund.ledger.head()
    assert [one["name_en"] for one in stranger.get(f"{V1}/cities?search=HILL&wait={wait}").json()["items"]] == ["Hilltown"]
    names, after = [], ""
    while True:
        page = stranger.get(f"{V1}/cities?limit=1{after}").json()
        names += [one["name_en"] for one in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert names == ["Hilltown", "Lakeside", "Outpost"]
    assert desk.people["signatory"] not in stranger.get(f"{V1}/cities").text


def test_balances_are_for_staff_and_sources_for_everybody(desk: Desk) -> None:
    public = desk.as_(None).get(f"{V1}/envelopes?wait={desk.fund.ledger.head()}").json()
    assert public["contributions"][0]["donor"] == "Norway"
    assert "balance" not in str(public)
    assert "balance" not in desk.as_("signatory").get(f"{V1}/envelopes").text
    assert "reserved" not in str(public)
    (seen,) = desk.as_("officer").get(f"{V1}/envelopes").json()["envelopes"]
    assert (seen["balance"], seen["reserved"], seen["free"]) == (100_000_00, 0, 100_000_00)


def test_everybody_can_ask_who_they_are(desk: Desk) -> None:
    assert desk.as_("coordinator").get(f"{V1}/me").json()["roles"] == [{"role": "coordinator", "scope": "mena"}]
    assert desk.as_("signatory").get(f"{V1}/me").json()["represents"] == [desk.ids["Lakeside"]]


# ── Waiting for the views ─────────────────────────────────────────────────────


def test_an_index_that_is_not_there_yet_is_not_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.fund.runner, "wait_for", _never)
    assert desk.as_(None).get(f"{V1}/cities?wait=999999").status_code == 200


def test_a_view_that_does_not_get_there_in_time_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.fund.runner, "wait_for", lambda view, index, timeout: False)
    for headers, path in (({}, f"{V1}/cities?wait=1"), ({"fund_index": "1"}, f"{V1}/cities")):
        answer = desk.as_(None).get(path, **headers)
        assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (503, "ledger.busy", "5")


def test_readiness_tells_of_views_that_stand_too_far_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    head = desk.fund.ledger.head()
    desk.as_(None).get(f"{V1}/cities?wait={head}")
    monkeypatch.setattr(Ledger, "head", lambda ledger: head + 5_000)
    answer = desk.as_(None).get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert answer.json()["lag"] >= 5_000


def _never(view: str, index: int, timeout: float) -> bool:
    raise AssertionError("waited")
