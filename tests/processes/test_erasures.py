"""Erasures are finished for whoever was erased, and what cannot be finished now holds up nothing else."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fund.border.opening import Fund, opened
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.ledger.errors import Unavailable
from fund.ledger.keys import KeyStore, open_keys
from tests.acceptance.office import KEK, OPERATOR, Office


@pytest.fixture
def fund(tmp_path: Path) -> Iterator[Fund]:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        yield fund


@pytest.fixture
def stores(database_url: str) -> Iterator[Callable[[], KeyStore]]:
    """Key stores as processes of their own would open them."""
    made: list[KeyStore] = []

    def another() -> KeyStore:
        made.append(open_keys(database_url, KEK))
        return made[-1]

    yield another
    for store in made:
        store.close()


def registered(fund: Fund) -> str:
    return fund.handler.handle(c.RegisterPerson(full_name="Somebody", email="a@example.invalid", language="en"), by=OPERATOR).stream


def erase(fund: Fund, person: str) -> None:
    fund.handler.handle(c.ErasePerson(person=person, basis="asked"), by=OPERATOR)


@contextmanager
def reading(data: Path) -> Iterator[None]:
    """Somebody reads the key store, so that its log cannot be emptied."""
    reader = sqlite3.connect(data / "keys.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM keys").fetchall()
    try:
        yield
    finally:
        reader.close()


def test_a_key_store_that_is_locked_holds_up_no_check_of_any_file(fund: Fund, tmp_path: Path) -> None:
    office = Office(fund.handler, 10_000_00)
    file = office.submitted(1_000_00)
    office.do(c.ConfirmCompleteness(application=file), by=office.officer)
    person = registered(fund)
    with reading(tmp_path), pytest.raises(Unavailable):
        erase(fund, person)
    holder = sqlite3.connect(tmp_path / "keys.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    # The key of whoever asks is made already; only destroying one needs the lock.
    done = fund.worker.once()
    holder.execute("ROLLBACK")
    holder.close()
    assert done == 1


def test_a_log_that_could_not_be_emptied_is_emptied_later(fund: Fund, tmp_path: Path) -> None:
    person = registered(fund)
    wrapped = sqlite3.connect(tmp_path / "keys.db").execute("SELECT wrapped FROM keys WHERE ref=?", (person,)).fetchone()[0]

    def residue() -> list[str]:
        return [path.name for path in tmp_path.glob("keys.db*") if wrapped in path.read_bytes()]

    with reading(tmp_path), pytest.raises(Unavailable):
        erase(fund, person)
    assert residue() != []
    fund.worker.once()
    assert residue() == []


def test_whoever_was_erased_reads_as_erased_also_where_a_restored_key_store_never_knew_them(fund: Fund, tmp_path: Path) -> None:
    person = registered(fund)
    erase(fund, person)
    with sqlite3.connect(tmp_path / "keys.db") as restored:
        restored.execute("DELETE FROM keys WHERE ref=?", (person,))
    restored.close()
    fund.worker.once()
    fund.keys.forget(person)
    assert fund.keys.key(person) is None


def test_a_finished_erasure_is_not_done_again(fund: Fund, monkeypatch: pytest.MonkeyPatch) -> None:
    person = registered(fund)
    erase(fund, person)
    again: list[str] = []
    monkeypatch.setattr(fund.keys, "erase", again.append)
    fund.worker.once()
    assert again == []


def test_a_store_tells_which_keys_were_erased(stores: Callable[[], KeyStore]) -> None:
    here, there = stores(), stores()
    here.created("person-1")
    here.created("person-2")
    here.erase("person-1")
    assert there.erased() == {"person-1"}
