"""Every breach of the separation of duties, for auditors alone; and a role lent from day to day, used over the API."""

from collections.abc import Iterator

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.refusal import Refusal
from tests.api.desk import V1, Desk, opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One of our own: roles are lent on it, and something is planted."""
    with opened(tmp_path_factory.mktemp("breaches")) as made:
        yield made.found()


def test_an_auditor_reads_that_there_is_none_and_nobody_else_reads_it(desk: Desk) -> None:
    desk.draft()
    answer = desk.as_("auditor").get(f"{V1}/breaches")
    assert (answer.status_code, answer.json()) == (200, {"head": desk.fund.ledger.head(), "breaches": [], "accesses": [], "withheld": 0})
    for name in ("officer", "signatory"):
        assert desk.as_(name).get(f"{V1}/breaches").status_code == 403


def test_whoever_was_lent_a_role_uses_it_over_http_and_history_names_both(desk: Desk) -> None:
    deputy, today = desk.people["finance"], desk.fund.now().date().isoformat()
    lend = {"role": "officer", "first": today, "last": today, "reason": "Away for the day"}
    assert desk.fresh("finance", f"{V1}/applications").json()["items"] == []
    desk.done("officer", f"{V1}/people/{deputy}/delegate-role", lend)
    me = desk.as_("finance").get(f"{V1}/me").json()
    assert ([one["role"] for one in me["roles"]], me["lent"][0]["role"], me["lent"][0]["lender"]) == (
        ["finance"],
        "officer",
        desk.people["officer"],
    )
    reference = desk.draft()
    desk.give("signatory", reference, "submit")
    actions = desk.as_("finance").get(f"{V1}/applications/{reference}/actions").json()["actions"]
    assert "confirm-completeness" in {one["verb"] for one in actions}
    desk.give("finance", reference, "confirm-completeness")
    last = desk.as_("auditor").get(f"{V1}/applications/{reference}/history").json()["events"][-1]
    assert (last["actor"], last["on_behalf_of"]) == (deputy, desk.people["officer"])
    (entry,) = [one for one in desk.as_("auditor").get(f"{V1}/people").json()["items"] if one["id"] == deputy]
    assert entry["lent"] == me["lent"]
    assert desk.as_("auditor").get(f"{V1}/breaches").json()["breaches"] == []


def test_a_loan_ends_with_the_lenders_role_for_reading_and_for_what_is_said_in_person(desk: Desk) -> None:
    reference, today = desk.draft(), desk.fund.now().date().isoformat()
    desk.give("signatory", reference, "submit")
    borrower, path = "deputy", f"{V1}/applications/{reference}"
    desk.hired(borrower, "finance")
    desk.hired("leaves", "officer")
    lend = {"role": "officer", "first": today, "last": today, "reason": "Away for the day"}
    desk.done("leaves", f"{V1}/people/{desk.people[borrower]}/delegate-role", lend)
    assert desk.as_(borrower).get(path).status_code == 200
    desk.done("administrator", f"{V1}/people/{desk.people['leaves']}/revoke-role", {"role": "officer"})
    assert [desk.fresh(borrower, one).status_code for one in (path, f"{path}/history")] == [404, 404]
    assert [desk.fresh(borrower, f"{V1}/{one}").json()["items"] for one in ("applications", "queue")] == [[], []]
    assert desk.as_(borrower).get(f"{V1}/me").json()["lent"] == []
    declare = {"person": desk.people["approver"], "interest": "family", "about": "x"}
    assert desk.as_(borrower).post(f"{path}/declare-conflict", declare).status_code == 404
    assert desk.as_(borrower).post(f"{path}/confirm-completeness").status_code == 404


def test_whoever_stands_in_for_the_hub_sets_no_terms_with_an_office_of_their_own_nor_where_an_operator_enters_it(desk: Desk) -> None:
    reference, today = desk.assessed(), desk.fund.now().date().isoformat()
    desk.hired("stands_in", "officer")
    officer = desk.people["stands_in"]
    lend = {"role": "coordinator", "scope": "mena", "first": today, "last": today, "reason": "Away for the day"}
    desk.done("coordinator", f"{V1}/people/{officer}/delegate-role", lend)
    path, close = f"{V1}/applications/{reference}/close-coordination", {"mode": "via_hub"}
    answer = desk.as_("stands_in").post(path, close)
    assert (answer.status_code, answer.json()["code"]) == (403, "conflict.paid_to_deliver")
    entered = c.CloseCoordination(application=desk.stream(reference), mode="via_hub")
    with pytest.raises(Refusal, match=r"conflict\.paid_to_deliver"):
        desk.fund.handler.handle(entered, by="operator:root", on_behalf_of=officer)
    desk.done("coordinator", f"{V1}/people/{officer}/end-delegation", {"number": 1, "reason": "Back earlier"})
    desk.done("stands_in", path, close)


def test_emergency_access_is_asked_for_by_who_does_not_see_the_file_used_in_two_names_and_listed_for_ever(desk: Desk) -> None:
    reference = desk.draft()
    desk.give("signatory", reference, "submit")
    ask = {"role": "officer", "reason": "Nobody answers the telephone"}
    asker, path = "other_hub", f"{V1}/applications/{reference}"
    assert desk.as_(asker).get(path).status_code == 404
    desk.give(asker, reference, "ask-emergency-access", ask)
    assert desk.as_(asker).get(path).status_code == 404, "asking opens nothing"
    desk.give("approver", reference, "open-emergency-access", {"number": 1})
    assert desk.as_(asker).get(path).status_code == 200
    actions = desk.as_(asker).get(f"{path}/actions").json()["actions"]
    assert {"confirm-completeness", "close-emergency-access"} <= {one["verb"] for one in actions}
    desk.give(asker, reference, "confirm-completeness")
    desk.give(asker, reference, "close-emergency-access", {"number": 1, "reason": "An officer is back"})
    assert desk.as_(asker).get(path).status_code == 404
    (shown,) = desk.as_("officer").get(path).json()["state"]["emergencies"]
    assert (shown["asker"], shown["opener"]) == (desk.people[asker], desk.people["approver"])
    (listed,) = desk.as_("auditor").get(f"{V1}/breaches").json()["accesses"]
    assert (listed["person"], listed["opened_by"], len(listed["acts"])) == (shown["asker"], shown["opener"], len(shown["acts"]))
    assert listed["acts"]
    assert desk.as_("auditor").get(f"{V1}/breaches").json()["breaches"] == []


def test_an_auditor_reads_nothing_there_of_a_file_that_they_are_kept_out_of_and_that_something_is_withheld(desk: Desk) -> None:
    reference = desk.draft()
    desk.give("signatory", reference, "submit")
    desk.give("other_hub", reference, "ask-emergency-access", {"role": "officer", "reason": "Nobody answers"})
    desk.hired("neighbour", "auditor")
    everything = desk.as_("auditor").get(f"{V1}/breaches").json()
    assert desk.as_("neighbour").get(f"{V1}/breaches").json() == everything
    desk.done("administrator", f"{V1}/people/{desk.people['neighbour']}/record-affiliation", {"city": desk.ids["Lakeside"]})
    seen = desk.as_("neighbour").get(f"{V1}/breaches").json()
    assert (seen["accesses"], seen["withheld"]) == ([], len(everything["accesses"]))
    assert (len(everything["accesses"]) > 0, everything["withheld"]) == (True, 0)


def test_what_was_recorded_past_the_rules_is_listed(desk: Desk) -> None:
    officer = desk.people["officer"]
    granted = desk.fund.ledger.stream(officer)[-1]
    header = msgspec.structs.replace(granted.header, actor=officer, event_id="planted", command_id="planted")
    again = e.RoleGranted(person=officer, role="approver", scope=None)
    planted = msgspec.structs.replace(granted, version=granted.version + 1, header=header, event=again, index=0)
    desk.fund.ledger.append([planted], command_id="planted", relies_on={})
    (found,) = desk.as_("auditor").get(f"{V1}/breaches").json()["breaches"]
    assert (found["where"], found["what"]) == (officer, f"{officer} granted the role approver to themself")
