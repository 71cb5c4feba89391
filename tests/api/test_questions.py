"""A question to a city over HTTP: asked, read, answered, and a clock that says why it is where it is."""

from typing import Any

import pytest

from tests.api.desk import V1, Desk


@pytest.fixture
def reference(desk: Desk) -> str:
    """A file whose completeness is checked, of a city in Jordan."""
    return desk.submitted()


def read(desk: Desk, name: str, reference: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.as_(name).get(f"{V1}/applications/{reference}").json()
    return found


def verbs(desk: Desk, name: str, reference: str) -> set[str]:
    return {one["verb"] for one in desk.as_(name).get(f"{V1}/applications/{reference}/actions").json()["actions"]}


def test_the_city_reads_the_question_answers_it_and_the_clock_runs_again(desk: Desk, reference: str) -> None:
    before = read(desk, "officer", reference)
    assert before["clock"]["says"] == "Day 0 of 3. Due by 26 November 2026."
    desk.give("officer", reference, "request-clarification", {"question": "Who owns the lamps?"})
    assert "answer-clarification" in verbs(desk, "focal", reference)
    seen = read(desk, "signatory", reference)
    (asked,) = seen["state"]["clarifications"]
    assert (asked["question"], asked["calendar"]) == ("Who owns the lamps?", "amman/2026.2")
    # Ten working days of Amman, where Friday and Saturday are off.
    assert seen["state"]["due"] == asked["due"] == "2026-12-07T20:59:59Z"
    assert desk.people["officer"] not in str(seen)
    assert seen["clock"]["reading"]["stands"]
    assert seen["clock"]["says"].startswith("Day 0 of 3. The time stands still")
    desk.give("focal", reference, "answer-clarification", {"number": 1, "answer": "The city does."})
    after = read(desk, "officer", reference)
    assert after["state"]["clarifications"][0]["answer"] == "The city does."
    assert after["state"]["due"] == before["state"]["due"]
    assert "answer-clarification" not in verbs(desk, "focal", reference)


def test_who_may_not_answer_is_told_so(desk: Desk, reference: str) -> None:
    desk.give("officer", reference, "request-clarification", {"question": "Who owns the lamps?"})
    path = f"{V1}/applications/{reference}/answer-clarification"
    answers = {
        name: desk.as_(name).post(path, {"number": number, "answer": "x"})
        for name, number in (("officer", 1), ("other", 1), ("signatory", 7))
    }
    assert {name: (answer.status_code, answer.json()["code"]) for name, answer in answers.items()} == {
        "officer": (403, "workflow.not_your_city"),
        "other": (404, "reference.unknown"),
        "signatory": (422, "clarification.unknown"),
    }
