"""The same request again: answered again and done once. A version that somebody saw: still the one there is, or nothing happens."""

from concurrent.futures import ThreadPoolExecutor

from fund.domain import commands as c
from tests.api.desk import FORM, V1, Desk


def test_a_repeat_gets_the_same_answer_and_adds_nothing(desk: Desk) -> None:
    body = {"city": desk.ids["Lakeside"], "language": "fr"}
    first = desk.as_("signatory").post(f"{V1}/applications", body, idempotency_key="start-1")
    head = desk.fund.ledger.head()
    again = desk.as_("signatory").post(f"{V1}/applications", body, idempotency_key="start-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["location"] == again.headers["location"] == f"{V1}/applications/{first.json()['reference']}"
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert desk.fund.ledger.head() == head


def test_a_repeat_is_known_even_after_the_file_has_moved_on(desk: Desk) -> None:
    reference = desk.draft()
    path = f"{V1}/applications/{reference}/submit"
    version = desk.as_("signatory").get(f"{V1}/applications/{reference}").headers["etag"]
    first = desk.as_("signatory").post(path, idempotency_key="submit-1", if_match=version)
    desk.give("officer", reference, "confirm-completeness")
    again = desk.as_("signatory").post(path, idempotency_key="submit-1", if_match=version)
    assert (again.status_code, again.json()) == (200, first.json())


def test_the_same_key_for_something_else_is_refused(desk: Desk) -> None:
    body = {"city": desk.ids["Lakeside"], "language": "en"}
    desk.done("signatory", f"{V1}/applications", body, idempotency_key="start-2")
    head = desk.fund.ledger.head()
    answer = desk.as_("signatory").post(f"{V1}/applications", body | {"language": "es"}, idempotency_key="start-2")
    assert (answer.status_code, answer.json()["code"]) == (422, "command.other_content")
    assert desk.fund.ledger.head() == head


def test_the_key_of_somebody_else_is_refused_without_a_word_about_it(desk: Desk) -> None:
    desk.done("signatory", f"{V1}/applications", {"city": desk.ids["Lakeside"], "language": "en"}, idempotency_key="start-3")
    head = desk.fund.ledger.head()
    body = {"city": desk.ids["Hilltown"], "language": "en"}
    answer = desk.as_("other").post(f"{V1}/applications", body, idempotency_key="start-3")
    assert (answer.status_code, answer.json()["code"]) == (409, "command.other_actor")
    assert "about" not in answer.json()
    assert "field" not in answer.json()
    assert desk.fund.ledger.head() == head


def test_a_key_from_outside_cannot_use_up_a_machines_command(desk: Desk) -> None:
    """Machines derive the ids of their commands from the cause; whoever guessed one could stop them for ever."""
    reference = desk.submitted()
    stream = desk.stream(reference)
    answer = desk.as_("officer").post(f"{V1}/applications/{reference}/confirm-completeness", idempotency_key=f"eligibility:{stream}:1")
    assert answer.status_code == 200
    reply = desk.fund.handler.handle(c.RunMachineChecks(application=stream), by="machine:eligibility", command_id=f"eligibility:{stream}:1")
    assert not reply.repeated


def test_many_at_once_with_one_key_are_done_once(desk: Desk) -> None:
    body = {"city": desk.ids["Lakeside"], "language": "en"}
    head = desk.fund.ledger.head()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: desk.as_("signatory").post(f"{V1}/applications", body, idempotency_key="start-4"), range(16)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["reference"] for answer in answers}) == 1
    assert desk.fund.ledger.head() == head + 1


def test_a_version_that_has_moved_is_a_failed_precondition(desk: Desk) -> None:
    reference = desk.draft()
    caller = desk.as_("focal")
    seen = caller.get(f"{V1}/applications/{reference}").headers["etag"]
    desk.give("signatory", reference, "save-section", {"section": {"section": "need", **FORM["need"]}})
    head = desk.fund.ledger.head()
    path = f"{V1}/applications/{reference}/save-section"
    stale = caller.post(path, {"section": {"section": "need", **FORM["need"]}}, if_match=seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "stream.moved")
    assert stale.json()["about"] == {"expected": 8, "version": 9}
    assert [(one["version"], one["event"]) for one in stale.json()["since"]] == [(9, "application.section_saved.v1")]
    assert desk.fund.ledger.head() == head
    since = caller.get(f"{V1}/applications/{reference}/history?after={stale.json()['about']['expected']}").json()["events"]
    assert [one["event"] for one in since] == ["application.section_saved.v1"]
    fresh = caller.post(path, {"section": {"section": "need", **FORM["need"]}}, if_match='"9"')
    assert (fresh.status_code, fresh.headers["etag"]) == (200, '"10"')


def test_any_version_will_do_for_a_star(desk: Desk) -> None:
    reference = desk.draft()
    assert desk.as_("signatory").post(f"{V1}/applications/{reference}/submit", if_match="*").status_code == 200
