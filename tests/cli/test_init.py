"""`fund init` begins a production ledger, and not before its keys are safe."""

from pathlib import Path

import pytest

from tests.cli.driving import Desk, key_file

NAMED = ("init", "--name", "Ada Admin", "--email", "ada@example.org")


@pytest.fixture
def empty(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


def test_without_a_key_file_nothing_begins_and_the_line_says_how_to_make_one(empty: Desk) -> None:
    answer = empty.fund(*NAMED, "--keys-backed-up")
    assert answer.code == 2
    assert answer.line.startswith("key.missing: ")
    assert "openssl rand -base64 32" in answer.line
    assert not (empty.data / "fund.db").exists()


def test_without_a_backup_of_the_keys_nothing_begins(empty: Desk) -> None:
    key_file(empty.data)
    answer = empty.fund(*NAMED)
    assert answer.code == 2
    assert answer.line.startswith("key.backup: ")
    assert not (empty.data / "fund.db").exists()


def test_a_key_file_that_others_can_read_is_not_used(empty: Desk) -> None:
    key_file(empty.data, mode=0o644)
    answer = empty.fund(*NAMED, "--keys-backed-up")
    assert answer.code == 3
    assert answer.line.startswith("key.unusable: ")
    assert "0644" in answer.line
    assert not (empty.data / "fund.db").exists()


def test_it_records_the_programme_and_the_first_administrator_and_is_no_specimen(empty: Desk) -> None:
    key_file(empty.data)
    answer = empty.fund(*NAMED, "--keys-backed-up")
    assert answer.code == 0
    person = answer.out.strip()
    first = {"id": person, "roles": ["administrator"], "lent": [], "load": 0, "name": {"sealed": "personal"}}
    assert empty.fund("person", "list", "--json").json == [first]
    assert empty.head() == 3
    assert b'"specimen":true' not in (empty.data / "fund.db").read_bytes()


def test_a_second_time_it_answers_the_same_and_adds_nothing(begun: Desk) -> None:
    again = begun.fund(*NAMED, "--keys-backed-up")
    assert again.code == 0
    assert again.out.strip() == begun.fund("person", "list", "--json").json[0]["id"]
    assert begun.head() == 3


def test_somebody_else_cannot_begin_it_again(begun: Desk) -> None:
    answer = begun.fund("init", "--name", "Eve Other", "--email", "eve@example.org", "--keys-backed-up")
    assert answer.code == 2
    assert answer.line.startswith("command.other_content")
    assert begun.head() == 3


def test_the_demonstration_does_not_play_on_a_production_ledger(begun: Desk) -> None:
    answer = begun.fund("demo", "--no-serve")
    assert answer.code == 2
    assert answer.line.startswith("specimen.mixed")
    assert begun.head() == 3
