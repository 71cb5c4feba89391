"""Questions to a city at the command line, and the clock that explains itself."""

from tests.cli.conftest import known, reference
from tests.cli.driving import Desk

ASK = ("application", "request-clarification")


def test_a_question_is_asked_and_answered_and_the_clock_says_why(applied: Desk) -> None:
    people, file = known(applied), reference(applied)
    assert applied.fund("clock", file).out.splitlines() == [f"{file}  completeness: Day 0 of 3. Due by 6 March 2025."]
    asked = applied.fund("--as", people["olga"], *ASK, file, "--question", "How many families?")
    assert asked.code == 0, asked.err
    assert f"stopped           {file}  completeness  officer" in applied.fund("queue").out
    standing = applied.fund("clock", file, "--json").json
    assert (standing["reference"], standing["clock"]["stands"], standing["clock"]["due"]) == (file, True, None)
    answer = applied.fund(
        "--as", people["amina"], "application", "answer-clarification", file, "--number", "1", "--answer", "About four hundred"
    )
    assert answer.code == 0, answer.err
    running = applied.fund("clock", file, "--json").json["clock"]
    assert (running["stands"], running["due"]) == (False, "2025-03-06T23:59:59Z")


def test_a_clock_is_for_those_who_may_see_the_file(applied: Desk) -> None:
    refused = applied.fund("--as", known(applied)["nobody"], "clock", reference(applied))
    assert refused.code != 0
    assert "reference.unknown" in refused.err
