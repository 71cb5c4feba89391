"""When the system fails: exit 3, one line, within five seconds, and nothing that was acknowledged is lost."""

import sqlite3
from contextlib import closing
from time import monotonic

import pytest

from tests.cli.conftest import example, known, reference
from tests.cli.driving import Answer, Desk, key_file

GONE = "postgresql://fund:secret@127.0.0.1:1/fund"
SILENT = "postgresql://fund:secret@10.255.255.1:5432/fund"
SECONDS = 5.0


def failed(desk: Desk, *arguments: str, stdin: str = "", **environment: str) -> Answer:
    """The answer, after making certain that it came in time and is one line without a secret."""
    began = monotonic()
    answer = desk.fund(*arguments, stdin=stdin, **environment)
    assert monotonic() - began < SECONDS
    assert (answer.code, answer.out) == (3, ""), answer
    assert "secret" not in answer.line
    return answer


COMMANDS = (
    ("person", "register", "--full-name", "A", "--email", "a@example.org", "--language", "en"),
    ("history", "TSF-7K3M-Q9F2", "--json"),
    ("check", "--json"),
    ("token", "list", "--json"),
    ("worker", "--once"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_database_that_is_gone(begun: Desk, command: tuple[str, ...]) -> None:
    assert failed(begun, *command, FUND_DATABASE_URL=GONE).line.startswith("ledger.unavailable: ")


def test_a_database_that_does_not_answer(begun: Desk) -> None:
    assert failed(begun, "check", "--json", FUND_DATABASE_URL=SILENT).line.startswith("ledger.unavailable: ")


def test_a_database_that_is_gone_while_the_portal_should_start(begun: Desk) -> None:
    assert failed(begun, "serve", FUND_DATABASE_URL=GONE).line.startswith("ledger.unavailable: ")


def test_a_ledger_that_is_locked_records_nothing_and_works_again_afterwards(peopled: Desk) -> None:
    head = peopled.head()
    file = example(peopled)
    with closing(sqlite3.connect(peopled.data / "fund.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        answer = failed(peopled, "apply", "-", "--command-id", "letter-1", stdin=file)
        assert answer.line.startswith("ledger.")
        connection.execute("ROLLBACK")
    assert peopled.head() == head
    assert peopled.fund("apply", "-", "--command-id", "letter-1", stdin=file).code == 0
    assert peopled.head() == head + 10


@pytest.mark.parametrize("command", ["state", "check", "history"])
def test_a_locked_ledger_is_read_or_the_reading_ends_in_time(applied: Desk, command: str) -> None:
    with closing(sqlite3.connect(applied.data / "fund.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        began = monotonic()
        answer = applied.fund(command, *(() if command == "check" else (reference(applied),)), "--json")
        assert monotonic() - began < SECONDS
        connection.execute("ROLLBACK")
    assert answer.json if answer.code == 0 else (answer.code, answer.line.partition(":")[0]) == (3, "ledger.unavailable")


def test_views_that_are_locked_end_in_time_too(peopled: Desk) -> None:
    peopled.fund("person", "register", "--full-name", "A", "--email", "a@example.org", "--language", "en")
    head = peopled.head()
    with closing(sqlite3.connect(peopled.data / "views.db", isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        failed(peopled, "rebuild", "people")
        connection.execute("ROLLBACK")
    assert peopled.head() == head
    assert peopled.fund("check").code == 0


@pytest.mark.parametrize("file", ["fund.db", "keys.db", "operations.db", "views.db"])
def test_a_file_that_is_no_database_any_more(applied: Desk, file: str) -> None:
    applied.fund("token", "list")
    for rest in applied.data.glob(f"{file}-*"):
        rest.unlink()
    (applied.data / file).write_bytes(b"not a database, whatever its name says" * 500)
    command = ("token", "list") if file == "operations.db" else ("state", reference(applied), "--unseal")
    assert "ledger.unavailable: " in failed(applied, *command).line


@pytest.mark.parametrize(("content", "mode"), [("dGVzdA==\n", 0o600), ("no base64 at all!\n", 0o600), (None, 0o640), ("", 0o600)])
def test_a_key_file_that_cannot_be_used(begun: Desk, content: str | None, mode: int) -> None:
    path = key_file(begun.data, mode)
    if content is not None:
        path.write_text(content)
    assert failed(begun, "person", "list").line.startswith("key.unusable: ")


def test_a_key_file_of_another_ledger_opens_nothing(applied: Desk) -> None:
    (applied.data / "kek").write_text("QW5vdGhlciBrZXksIG5vdCB0aGUgcmlnaHQgb25lISE=\n")
    head = applied.head()
    assert failed(applied, "person", "list", "--unseal").line.startswith("key.unusable: ")
    assert applied.head() == head
    assert known(applied)["amina"] not in applied.fund("person", "list", "--unseal").out
