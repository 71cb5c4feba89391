"""Access tokens: whose they are, how long they live, and that the secret is kept nowhere."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fund.border import operations_database
from fund.border.operations import Operations
from fund.border.operations_database import migrations
from fund.domain.refusal import Refusal
from fund.ledger.errors import Unavailable
from tests.api.desk import V1, Desk

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ADA = "person-ada"


@pytest.fixture
def kept(database_url: str) -> Iterator[Operations]:
    operations = Operations.open(database_url)
    yield operations
    operations.close()


def _refused(operations: Operations, secret: str, now: datetime = NOW) -> str:
    with pytest.raises(Refusal) as refused:
        operations.person_of(secret, now)
    assert secret not in repr(refused.value) or not secret
    return refused.value.code


def test_a_token_opens_for_its_person(kept: Operations) -> None:
    secret = kept.issue(ADA, "laptop", 90, NOW)
    assert re.fullmatch(r"fund_[A-Za-z0-9_-]{43}", secret)
    assert kept.person_of(secret, NOW) == ADA


def test_another_process_knows_it_too(kept: Operations, database_url: str) -> None:
    secret = kept.issue(ADA, "laptop", 1, NOW)
    again = Operations.open(database_url)
    assert again.person_of(secret, NOW) == ADA
    again.close()


@pytest.mark.parametrize("wrong", ["", "fund_", "fund_" + "a" * 43, "\ud800", "x" * 100_000, "' OR 1=1 --"])
def test_what_is_no_token_opens_nothing(wrong: str, kept: Operations) -> None:
    kept.issue(ADA, "laptop", 1, NOW)
    assert _refused(kept, wrong) == "token.unknown"


def test_a_token_ends_on_its_day(kept: Operations) -> None:
    secret = kept.issue(ADA, "laptop", 2, NOW)
    assert kept.person_of(secret, NOW + timedelta(days=2, seconds=-1)) == ADA
    assert _refused(kept, secret, NOW + timedelta(days=2)) == "token.expired"


@pytest.mark.parametrize("days", [0, -1, 91, 10_000])
def test_no_token_lives_longer_than_90_days(days: int, kept: Operations) -> None:
    with pytest.raises(ValueError, match="90"):
        kept.issue(ADA, "laptop", days, NOW)
    assert kept.tokens() == ()


@pytest.mark.parametrize("id", ["operator:root", "machine:letters", ""])
def test_only_people_have_tokens(id: str, kept: Operations) -> None:
    with pytest.raises(Refusal, match=r"person\.unknown"):
        kept.issue(id, "laptop", 1, NOW)


def test_a_revoked_token_opens_nothing_and_stays_in_the_list(kept: Operations) -> None:
    first, second = kept.issue(ADA, "laptop", 1, NOW), kept.issue(ADA, "phone", 1, NOW + timedelta(seconds=1))
    laptop, _ = kept.tokens(ADA)
    kept.revoke(laptop.id, NOW)
    kept.revoke(laptop.id, NOW + timedelta(hours=5))
    assert _refused(kept, first) == "token.unknown"
    assert kept.person_of(second, NOW) == ADA
    assert [(one.label, one.revoked_at) for one in kept.tokens()] == [("laptop", NOW), ("phone", None)]
    with pytest.raises(Refusal, match=r"token\.unknown"):
        kept.revoke("token-0", NOW)


def test_all_of_a_person_at_once(kept: Operations) -> None:
    secrets = [kept.issue(ADA, label, 1, NOW) for label in "ab"]
    other = kept.issue("person-bela", "c", 1, NOW)
    kept.revoke_all(ADA, NOW)
    assert {_refused(kept, secret) for secret in secrets} == {"token.unknown"}
    assert kept.person_of(other, NOW) == "person-bela"


def test_the_last_use_is_known_to_the_hour(kept: Operations) -> None:
    secret = kept.issue(ADA, "laptop", 1, NOW)
    assert kept.tokens()[0].last_used_at is None
    for minutes in (0, 30, 59):
        kept.person_of(secret, NOW + timedelta(minutes=minutes))
    assert kept.tokens()[0].last_used_at == NOW
    kept.person_of(secret, NOW + timedelta(minutes=61))
    assert kept.tokens()[0].last_used_at == NOW + timedelta(minutes=61)


def test_no_file_holds_a_secret(tmp_path: Path) -> None:
    operations = Operations.open(f"sqlite:///{tmp_path}/ledger.db")
    secret = operations.issue(ADA, "laptop", 1, NOW)
    operations.person_of(secret, NOW)
    operations.close()
    for path in tmp_path.iterdir():
        assert secret.removeprefix("fund_").encode() not in path.read_bytes()


def test_the_token_of_an_erased_person_opens_nothing(desk: Desk) -> None:
    body = {"full_name": "Gone Soon", "email": "gone@fund.example", "language": "en"}
    person = desk.done("administrator", f"{V1}/people", body)["id"]
    desk.enter("gone", person)
    assert desk.as_("gone").get(f"{V1}/me").status_code == 200
    desk.done("administrator", f"{V1}/people/{person}/erase", {"basis": "They asked"})
    answer = desk.as_("gone").get(f"{V1}/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token.unknown")


# ── Migrations ────────────────────────────────────────────────────────────────


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [one.number for one in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_new_migration_is_applied_once(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Operations.open(database_url).close()
    for path in operations_database.FOLDER.glob("*.sql"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    number = len(migrations()) + 1
    (tmp_path / f"{number:04}_notes.sql").write_text("CREATE TABLE notes (id TEXT PRIMARY KEY);\nINSERT INTO notes VALUES ('a');\n")
    planned = migrations(tmp_path)
    monkeypatch.setattr(operations_database, "migrations", lambda: planned)
    for _ in range(2):
        opened = operations_database.open_database(database_url)
        assert opened.rows("SELECT id FROM notes") == [("a",)]
        opened.close()
    monkeypatch.undo()
    with pytest.raises(Unavailable, match="newer"):
        Operations.open(database_url)
