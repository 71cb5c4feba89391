"""Keys: made once, wrapped, shared between processes, erased for ever."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest

from fund.ledger.errors import Unavailable
from fund.ledger.kek import KEY, Kek, KekError, generate_kek
from fund.ledger.keys import KeyErased, KeyMissing, KeyStore, MemoryKeys, SQLiteKeys, open_keys
from fund.ledger.sqlite_file import path_in

KEK = Kek(b"k" * KEY)


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(ledger_url: str) -> Iterator[KeyStore]:
    store = open_keys(ledger_url, KEK)
    yield store
    store.close()


@pytest.fixture
def other(database_url: str) -> Iterator[Callable[[], KeyStore]]:
    """Opens key stores as other processes would: same database, caches of their own."""
    stores: list[KeyStore] = []

    def another() -> KeyStore:
        stores.append(open_keys(database_url, KEK))
        return stores[-1]

    yield another
    for store in stores:
        store.close()


def test_a_key_is_made_only_when_asked_and_then_stays(store: KeyStore) -> None:
    with pytest.raises(KeyMissing):
        store.key("person-1")
    assert not store.exists("person-1")
    made = store.key("person-1", create=True)
    assert made is not None
    assert len(made) == KEY
    assert store.key("person-1") == store.created("person-1") == made
    assert store.created("person-2") != made


def test_an_erased_key_is_gone_for_ever(store: KeyStore) -> None:
    store.created("person-1")
    store.erase("person-1")
    assert store.key("person-1") is None
    with pytest.raises(KeyErased):
        store.key("person-1", create=True)


def test_a_key_can_be_erased_twice_and_before_it_exists(store: KeyStore) -> None:
    store.erase("person-1")
    store.erase("person-1")
    with pytest.raises(KeyErased):
        store.created("person-1")


def test_a_key_is_committed_before_it_is_returned(other: Callable[[], KeyStore]) -> None:
    assert other().created("person-1") == other().key("person-1")


def test_two_racers_get_the_same_key(other: Callable[[], KeyStore]) -> None:
    stores = [other() for _ in range(4)]
    for ref in ("person-1", "person-2", "person-3"):
        start = Barrier(len(stores))

        def create(store: KeyStore, ref: str = ref, start: Barrier = start) -> bytes:
            start.wait()
            return store.created(ref)

        with ThreadPoolExecutor(len(stores)) as pool:
            assert len(set(pool.map(create, stores))) == 1


def test_a_key_erased_elsewhere_is_dropped_when_told(other: Callable[[], KeyStore]) -> None:
    here, there = other(), other()
    key = here.created("person-1")
    there.erase("person-1")
    assert here.key("person-1") == key
    here.forget("person-1")
    assert here.key("person-1") is None


def test_a_key_is_remembered_for_five_minutes_at_most() -> None:
    clock = Clock()
    store = MemoryKeys(KEK, clock)
    key = store.created("person-1")
    store._stored.clear()
    clock.now += 299
    assert store.key("person-1") == key
    clock.now += 1
    with pytest.raises(KeyMissing):
        store.key("person-1")


def test_a_key_erased_elsewhere_is_forgotten_within_a_second() -> None:
    clock = Clock()
    store = MemoryKeys(KEK, clock)
    key = store.created("person-1")
    store._stored["person-1"] = None  # what another process would have done
    clock.now += 0.9
    assert store.key("person-1") == key
    clock.now += 0.2
    assert store.key("person-1") is None


def test_a_key_that_was_read_before_it_was_forgotten_is_not_remembered_after() -> None:
    class Slow(MemoryKeys):
        def _find(self, ref: str) -> bytes | None:
            found = super()._find(ref)
            self.forget(ref)
            return found

    store = Slow(KEK)
    store.created("person-1")
    store.forget("person-1")
    assert store.key("person-1") is not None
    store._stored["person-1"] = None
    assert store.key("person-1") is None


def test_a_key_store_whose_file_was_taken_away_is_out_of_reach(sqlite_url: str) -> None:
    store = SQLiteKeys(path_in(sqlite_url).with_name("keys.db"), KEK)
    try:
        store.created("person-1")
        path_in(sqlite_url).with_name("keys.db").unlink()
        with pytest.raises(Unavailable):
            store.created("person-2")
    finally:
        store.close()


def stored_bytes(url: str) -> list[tuple[str, bytes | None]]:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(path_in(url).with_name("keys.db"))
        rows = connection.execute("SELECT ref, wrapped FROM keys").fetchall()
        connection.close()
        return rows
    with psycopg.connect(url) as server:
        return server.execute("SELECT ref, wrapped FROM fund_keys.keys").fetchall()


def test_keys_are_stored_wrapped_only(other: Callable[[], KeyStore], database_url: str) -> None:
    key = other().created("person-1")
    [(ref, wrapped)] = stored_bytes(database_url)
    assert ref == "person-1"
    assert wrapped is not None
    assert key not in wrapped
    assert KEK.unwrap("person-1", wrapped) == key


def test_erasing_leaves_a_tombstone(other: Callable[[], KeyStore], database_url: str) -> None:
    store = other()
    store.created("person-1")
    store.erase("person-1")
    assert stored_bytes(database_url) == [("person-1", None)]


def test_no_byte_of_an_erased_key_is_left_in_the_files(sqlite_url: str, tmp_path: Path) -> None:
    store = open_keys(sqlite_url, KEK)
    store.created("person-1")
    wrapped = stored_bytes(sqlite_url)[0][1]
    assert wrapped is not None

    def residue() -> list[str]:
        return [path.name for path in tmp_path.iterdir() if wrapped in path.read_bytes()]

    assert residue() != []
    store.erase("person-1")
    assert residue() == []
    store.close()


def test_an_erasure_that_could_not_empty_the_log_says_so_and_can_be_repeated(sqlite_url: str) -> None:
    store = open_keys(sqlite_url, KEK)
    store.created("person-1")
    reader = sqlite3.connect(path_in(sqlite_url).with_name("keys.db"), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM keys").fetchall()
    with pytest.raises(Unavailable):
        store.erase("person-1")
    reader.close()
    assert store.key("person-1") is None
    store.erase("person-1")
    store.close()


def test_a_key_cannot_pass_for_another_ones(other: Callable[[], KeyStore]) -> None:
    wrapped = KEK.wrap("person-1", b"x" * KEY)
    with pytest.raises(KekError):
        KEK.unwrap("person-2", wrapped)


def test_keys_do_not_open_with_another_key_file(sqlite_url: str) -> None:
    open_keys(sqlite_url, KEK).created("person-1")
    with pytest.raises(KekError, match="another key file"):
        open_keys(sqlite_url, Kek(b"o" * KEY)).key("person-1")


def test_a_key_file_is_made_for_its_owner_only_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "fund.kek"
    made = generate_kek(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Kek.load(path).unwrap("person-1", made.wrap("person-1", b"x" * KEY)) == b"x" * KEY


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    generate_kek(tmp_path / "fund.kek")
    with pytest.raises(FileExistsError):
        generate_kek(tmp_path / "fund.kek")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o400, 0o700])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "fund.kek"
    generate_kek(path)
    path.chmod(mode)
    with pytest.raises(KekError, match="0600"):
        Kek.load(path)


@pytest.mark.parametrize("content", [b"", b"not base64!", b"c2hvcnQ="])
def test_a_malformed_key_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fund.kek"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(KekError):
        Kek.load(path)


def test_a_missing_key_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KekError, match="cannot read"):
        Kek.load(tmp_path / "none.kek")
