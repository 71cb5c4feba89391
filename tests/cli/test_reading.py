"""`fund history`, `fund state`, `fund letter`: what they print is a contract; sealed texts stay sealed unless somebody says why not."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from fund.domain.sections import SECTIONS
from tests.cli.conftest import known, reference
from tests.cli.driving import NOW, Desk

SEALED = {"sealed": "restricted"}
PROBLEM = "Families who notice that a relative turns to violent groups"
AT = "2025-03-03T09:00:00+00:00"
NAMES = [
    "application.started.v1",
    *["application.section_saved.v1"] * len(SECTIONS),
    "application.submitted.v1",
    "application.track_chosen.v1",
]


def history(desk: Desk, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.fund("history", reference(desk), "--json", *options).json
    return found


def test_history_as_json_is_the_documented_document(applied: Desk) -> None:
    document = history(applied)
    assert list(document) == ["reference", "events"]
    assert document["reference"] == reference(applied)
    facts = document["events"]
    assert all(list(fact) == ["index", "version", "at", "actor", "on_behalf_of", "event", "sentence", "data"] for fact in facts)
    assert [fact["event"] for fact in facts] == NAMES
    assert [fact["version"] for fact in facts] == list(range(1, len(NAMES) + 1))
    assert [fact["index"] for fact in facts] == list(range(applied.head() - len(NAMES) + 1, applied.head() + 1))
    assert {fact["at"] for fact in facts} == {AT}
    assert facts[0]["sentence"] == "Mombasa started an application."
    assert facts[0]["data"]["reference"] == reference(applied)
    assert facts[2]["data"]["section"]["problem"] == SEALED


def test_history_for_people_has_two_lines_a_fact(applied: Desk) -> None:
    lines = applied.fund("history", reference(applied)).out.splitlines()
    assert len(lines) == 2 * len(NAMES)
    assert lines[0].split()[1:3] == ["1", AT]
    assert lines[1].strip() == "Mombasa started an application."


def test_state_as_json_is_the_documented_document(applied: Desk) -> None:
    document = applied.fund("state", reference(applied), "--json").json
    assert list(document) == ["reference", "index", "version", "at", "status", "text", "consents", "conflicts", "state"]
    assert {name: document[name] for name in list(document)[:5]} == {
        "reference": reference(applied), "index": applied.head(), "version": len(NAMES), "at": AT, "status": "completeness",
    }  # fmt: skip
    assert document["state"]["sections"]["need"]["problem"] == SEALED


@pytest.mark.parametrize("command", ["history", "state"])
def test_reading_adds_no_fact_and_opens_nothing(applied: Desk, command: str) -> None:
    head = applied.head()
    for options in ((), ("--json",)):
        answer = applied.fund(command, reference(applied), *options)
        assert answer.code == 0
        assert PROBLEM not in answer.out
    assert applied.head() == head


@pytest.mark.parametrize("command", ["history", "state"])
def test_unsealing_opens_the_texts_and_is_itself_recorded(applied: Desk, command: str) -> None:
    head = applied.head()
    answer = applied.fund("--as", "operator:curious", command, reference(applied), "--json", "--unseal")
    assert PROBLEM in json.dumps(answer.json, ensure_ascii=False)
    assert '"sealed"' not in answer.out
    assert applied.head() == head + 1
    assert applied.fund("check", "--json").json["ok"] is True


def test_somebody_who_may_not_unseals_nothing(applied: Desk) -> None:
    head = applied.head()
    answer = applied.fund("--as", known(applied)["nobody"], "state", reference(applied), "--unseal")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line
    assert applied.head() == head


@pytest.mark.parametrize("written", [str.lower, lambda text: text.replace("-", ""), lambda text: f" {text} "])
def test_a_reference_is_found_as_people_type_it(applied: Desk, written: Any) -> None:
    assert applied.fund("state", written(reference(applied)), "--json").json["reference"] == reference(applied)


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("TSF-0000", "reference.invalid [reference]"),
        ("TSF-7K3M-Q9F2", "reference."),
        ("XYZ-7K3M-Q9F2", "reference.invalid [reference]"),
        ("application-none", "reference.unknown [reference]"),
        ("مرجع", "reference.invalid [reference]"),
        ("", "reference.invalid [reference]"),
    ],
)
def test_a_reference_that_is_none_is_refused(applied: Desk, typed: str, start: str) -> None:
    for command in ("history", "state", "letter"):
        answer = applied.fund(command, typed)
        assert (answer.code, answer.out) == (2, "")
        assert answer.line.startswith(start)


# ── As known then ─────────────────────────────────────────────────────────────


def test_at_every_index_the_state_is_that_of_the_facts_up_to_there(applied: Desk) -> None:
    for number, fact in enumerate(history(applied)["events"], start=1):
        document = applied.fund("state", reference(applied), "--at", str(fact["index"]), "--json").json
        assert (document["index"], document["version"]) == (fact["index"], number)
        assert len(document["state"]["sections"]) == min(number - 1, len(SECTIONS))
        assert document["status"] == ("draft" if number < len(NAMES) - 1 else "completeness")


def test_at_an_index_of_somebody_else_it_is_the_state_of_the_last_own_fact_before(applied: Desk) -> None:
    head = applied.head()
    applied.fund("person", "register", "--full-name", "A", "--email", "a@example.org", "--language", "en")
    assert applied.fund("state", reference(applied), "--at", str(head + 1), "--json").json["index"] == head


def test_an_index_that_the_ledger_has_not_reached_is_refused(applied: Desk) -> None:
    for beyond in (str(applied.head() + 1), "9" * 18):
        answer = applied.fund("state", reference(applied), "--at", beyond, "--json")
        assert (answer.code, answer.out) == (2, "")
        assert answer.line.startswith("state.beyond [at]")
        assert str(applied.head()) in answer.line


@pytest.mark.parametrize(
    "before", ["1", "0", "2025-03-03T08:59:59Z", "2025-03-03T09:59:59+01:00", "2025-03-02", "1999-12-31", "0001-01-01T00:00:00+23:59"]
)
def test_before_its_first_fact_the_answer_is_no(applied: Desk, before: str) -> None:
    answer = applied.fund("state", reference(applied), "--at", before, "--json")
    assert (answer.code, answer.out) == (1, "")
    assert answer.line.startswith("state.not_yet [at]")


@pytest.mark.parametrize("instant", [NOW, "2025-03-03T09:00:00", "2025-03-03T10:00:00+01:00", "2025-03-04", "2099-01-01"])
def test_an_instant_may_be_written_in_any_zone_and_is_utc_where_it_says_nothing(applied: Desk, instant: str) -> None:
    assert applied.fund("state", reference(applied), "--at", instant, "--json").json["version"] == len(NAMES)


def test_an_instant_tells_what_was_known_then(applied: Desk) -> None:
    later = {"FUND_NOW": "2025-03-10T09:00:00Z"}
    withdrawn = applied.fund("--as", known(applied)["amina"], "application", "withdraw", reference(applied), "--reason", "Not now", **later)
    assert withdrawn.code == 0, withdrawn.err
    assert applied.fund("state", reference(applied), "--at", "2025-03-09", "--json").json["status"] == "completeness"
    assert applied.fund("state", reference(applied), "--at", "2025-03-11", "--json").json["status"] == "letter"


def recused(desk: Desk) -> str:
    """An officer who works for the fund, and had read the file before they declared that they have no part in it."""
    olga = known(desk)["olga"]
    said = desk.fund("--as", olga, "application", "declare-conflict", reference(desk), "--interest", "family", "--about", "A cousin")
    assert said.code == 0, said.err
    return olga


def belonging(desk: Desk) -> str:
    """An officer who has come to belong to the city."""
    olga, city = known(desk)["olga"], history(desk)["events"][0]["data"]["city"]
    said = desk.fund("person", "record-affiliation", olga, "--city", city)
    assert said.code == 0, said.err
    return olga


@pytest.mark.parametrize("kept_out", [recused, belonging])
@pytest.mark.parametrize("at", ["head", "1", "2025-03-03T09:00:00Z", "1999-12-31"])
def test_whoever_may_not_see_the_file_now_does_not_see_it_as_it_was(applied: Desk, kept_out: Callable[[Desk], str], at: str) -> None:
    at = str(applied.head()) if at == "head" else at
    seen = applied.fund("--as", known(applied)["olga"], "state", reference(applied), "--at", at, "--json").code
    reader = kept_out(applied)
    answer = applied.fund("--as", reader, "state", reference(applied), "--at", at, "--json")
    assert seen == (1 if at in ("1", "1999-12-31") else 0)
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("reference.unknown [reference]")


def test_a_reader_who_sees_it_now_reads_the_file_where_it_stood(applied: Desk) -> None:
    head, olga = applied.head(), known(applied)["olga"]
    assert applied.fund("--as", known(applied)["amina"], "application", "withdraw", reference(applied), "--reason", "Not now").code == 0
    document = applied.fund("--as", olga, "state", reference(applied), "--at", str(head), "--json").json
    assert (document["status"], document["state"]["stage"]) == ("completeness", "completeness")


@pytest.mark.parametrize(
    "instant", ["yesterday", "2025-02-30", "2025-03-03T25:00:00", "-1", "1.5", "٣", "", "9" * 19, "9" * 5000, "0" * 5000]
)
def test_what_is_no_instant_and_no_index_is_refused(applied: Desk, instant: str) -> None:
    answer = applied.fund("state", reference(applied), f"--at={instant}")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("date.invalid [at]")


# ── The letter ────────────────────────────────────────────────────────────────


def test_a_letter_is_written_once_the_machine_has_issued_it(applied: Desk) -> None:
    path = applied.data / "letter.pdf"
    early = applied.fund("letter", reference(applied), "--out", str(path))
    assert (early.code, early.out) == (2, "")
    assert early.line.startswith("letter.not_issued")
    assert not path.exists()

    amina = known(applied)["amina"]
    assert applied.fund("--as", amina, "application", "withdraw", reference(applied), "--reason", "Not now").code == 0
    assert applied.fund("worker", "--once").code == 0
    head = applied.head()
    assert applied.fund("worker", "--once").out == "0 things done.\n"
    assert applied.head() == head
    assert history(applied)["events"][-1]["event"] == "application.letter_issued.v1"

    answer = applied.fund("letter", reference(applied), "--out", str(path))
    assert (answer.code, answer.out) == (0, f"{path}\n")
    assert path.read_bytes().startswith(b"%PDF-")
    assert all(PROBLEM.encode() not in file.read_bytes() for file in applied.data.rglob("*") if file.is_file())

    for wrong in ("/nowhere/letter.pdf", str(applied.data)):
        answer = applied.fund("letter", reference(applied), "--out", wrong)
        assert (answer.code, answer.out) == (2, "")
        assert answer.line.startswith(f"file.unwritable [out]: {wrong}: ")
    assert applied.fund("letter", reference(applied), "--version", "2").line.startswith("letter.not_issued [version]")
