"""The keys of sealed texts, one per person or stream. Erasing a key erases every text under it, in all copies of the ledger.

Kept apart from the ledger (`keys.db` beside it, schema `fund_keys` on PostgreSQL), stored only wrapped, committed before the
event that uses them. An erased key leaves a tombstone: it is never made again. PostgreSQL keeps the wrapped bytes in its
write-ahead log, archives and backups: there an erasure is final when these expire.
"""

import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, Protocol

from fund.ledger.errors import Unavailable
from fund.ledger.kek import KEY, Kek
from fund.ledger.pool import Pool
from fund.ledger.postgres_server import Server
from fund.ledger.sqlite_file import check_file, connect, path_in, translated

CACHE_SECONDS = 300.0
WATCH_SECONDS = 1.0
"""How soon a process learns that another one erased a key."""


class KeyErased(Exception):
    """The key was erased; nothing can be sealed under this reference again."""


class KeyMissing(Unavailable):
    """There never was such a key here, and there should be: the key store is not the one that belongs to the ledger."""


class KeyStore(Protocol):
    """Where keys are found, made and erased. Raises Unavailable."""

    def key(self, ref: str, create: bool = False) -> bytes | None:
        """The key; None if it was erased, KeyMissing if there never was one.

        With `create`, made if missing and committed before it is returned; KeyErased if erased.
        """
        ...

    def created(self, ref: str) -> bytes:
        """The key, made if missing."""
        ...

    def exists(self, ref: str) -> bool:
        """Whether the key can still open anything."""
        ...

    def erase(self, ref: str) -> None:
        """Destroy the key for ever. Doing it twice, or before the key exists, is the same as once."""
        ...

    def forget(self, ref: str) -> None:
        """Drop the key from this process: it was erased by another one."""
        ...

    def close(self) -> None: ...


class CachedKeys(ABC):
    """What all key stores share: wrapping, and a cache of at most five minutes."""

    def __init__(self, kek: Kek, clock: Callable[[], float] = monotonic) -> None:
        self._kek = kek
        self._clock = clock
        self._cache: dict[str, tuple[bytes, float]] = {}
        self._lock = Lock()
        self._epoch = 0
        self._watched = clock()
        self._tombstones = 0

    def key(self, ref: str, create: bool = False) -> bytes | None:
        cached = self._cached(ref)
        if cached is not None:
            return cached
        asked, epoch = self._clock(), self._epoch
        wrapped = self._made(ref, self._kek.wrap(ref, os.urandom(KEY))) if create else self._find(ref)
        if wrapped is None:
            if create:
                raise KeyErased(ref)
            return None
        return self._remember(ref, self._kek.unwrap(ref, wrapped), asked, epoch)

    def created(self, ref: str) -> bytes:
        key = self.key(ref, create=True)
        if key is None:
            raise KeyErased(ref)
        return key

    def exists(self, ref: str) -> bool:
        try:
            return self._find(ref) is not None
        except KeyMissing:
            return False

    def erase(self, ref: str) -> None:
        try:
            self._bury(ref)
        finally:
            self.forget(ref)

    def forget(self, ref: str) -> None:
        with self._lock:
            self._epoch += 1
            self._cache.pop(ref, None)

    def close(self) -> None:
        with self._lock:
            self._cache.clear()

    def _cached(self, ref: str) -> bytes | None:
        self._watch()
        found = self._cache.get(ref)
        if found is None:
            return None
        if self._clock() >= found[1]:
            self.forget(ref)
            return None
        return found[0]

    def _watch(self) -> None:
        """Another process may have erased a key that is remembered here."""
        now = self._clock()
        if now - self._watched < WATCH_SECONDS:
            return
        self._watched = now
        tombstones = self._erased()
        with self._lock:
            if tombstones != self._tombstones:
                self._tombstones, self._epoch = tombstones, self._epoch + 1
                self._cache.clear()

    def _remember(self, ref: str, key: bytes, asked: float, epoch: int) -> bytes:
        """Not if a key was forgotten meanwhile: it may have been this one."""
        with self._lock:
            if epoch == self._epoch:
                self._cache[ref] = (key, asked + CACHE_SECONDS)
        return key

    @abstractmethod
    def _erased(self) -> int:
        """How many keys were erased so far."""

    @abstractmethod
    def _find(self, ref: str) -> bytes | None:
        """The wrapped key; None if it was erased. KeyMissing if there never was one."""

    @abstractmethod
    def _made(self, ref: str, wrapped: bytes) -> bytes | None:
        """Store the wrapped key unless there is one, and return the one that is stored; None if it was erased."""

    @abstractmethod
    def _bury(self, ref: str) -> None:
        """Replace the wrapped key by a tombstone."""


class MemoryKeys(CachedKeys):
    """For tests and `memory://`."""

    def __init__(self, kek: Kek | None = None, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(kek or Kek(os.urandom(KEY)), clock)
        self._stored: dict[str, bytes | None] = {}

    def _find(self, ref: str) -> bytes | None:
        if ref not in self._stored:
            raise KeyMissing(f"no key {ref}")
        return self._stored[ref]

    def _erased(self) -> int:
        return sum(wrapped is None for wrapped in list(self._stored.values()))

    def _made(self, ref: str, wrapped: bytes) -> bytes | None:
        with self._lock:
            return self._stored.setdefault(ref, wrapped)

    def _bury(self, ref: str) -> None:
        with self._lock:
            self._stored[ref] = None


class SQLiteKeys(CachedKeys):
    """In an SQLite file of their own. Deleted bytes are overwritten, in the file and in its write-ahead log."""

    def __init__(self, path: Path, kek: Kek, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(kek, clock)
        self._pool = Pool(lambda: self._connect(path), lambda connection: not connection.in_transaction, limit=4)
        connect(path, create=True).close()
        self._path, self._inode = path, path.stat().st_ino
        self._rows("CREATE TABLE IF NOT EXISTS keys (ref TEXT PRIMARY KEY, wrapped BLOB) WITHOUT ROWID")

    def close(self) -> None:
        super().close()
        self._pool.close()

    def _find(self, ref: str) -> bytes | None:
        return _only(ref, self._rows("SELECT wrapped FROM keys WHERE ref=?", ref))

    def _erased(self) -> int:
        return int(self._rows("SELECT count(*) FROM keys WHERE wrapped IS NULL")[0][0])

    def _made(self, ref: str, wrapped: bytes) -> bytes | None:
        self._rows("INSERT INTO keys VALUES (?, ?) ON CONFLICT DO NOTHING", ref, wrapped)
        return self._find(ref)

    def _bury(self, ref: str) -> None:
        self._rows("INSERT INTO keys VALUES (?, NULL) ON CONFLICT (ref) DO UPDATE SET wrapped=NULL", ref)
        if self._rows("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]:
            # The tombstone holds, but old bytes are still in the log: erasing again finishes it.
            raise Unavailable("SQLite: the key store is being read; its log could not be emptied")

    def _rows(self, statement: str, *parameters: str | bytes) -> list[tuple[Any, ...]]:
        check_file(self._path, self._inode)
        try:
            with self._pool.borrow() as connection:
                return connection.execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.execute("PRAGMA secure_delete=ON")
        return connection


class PostgresKeys(CachedKeys):
    """In schema `fund_keys`."""

    def __init__(self, url: str, kek: Kek, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(kek, clock)
        self._server = Server(url)
        schema = "CREATE SCHEMA IF NOT EXISTS fund_keys"
        table = "CREATE TABLE IF NOT EXISTS fund_keys.keys (ref text PRIMARY KEY, wrapped bytea)"
        self._server.define([schema, table], present="SELECT to_regclass('fund_keys.keys') IS NOT NULL")

    def close(self) -> None:
        super().close()
        self._server.close()

    def _find(self, ref: str) -> bytes | None:
        return _only(ref, self._server.fetch("SELECT wrapped FROM fund_keys.keys WHERE ref = %s", (ref,)))

    def _erased(self) -> int:
        return int(self._server.fetch("SELECT count(*) FROM fund_keys.keys WHERE wrapped IS NULL", ())[0][0])

    def _made(self, ref: str, wrapped: bytes) -> bytes | None:
        self._server.fetch("INSERT INTO fund_keys.keys VALUES (%s, %s) ON CONFLICT DO NOTHING", (ref, wrapped))
        return self._find(ref)

    def _bury(self, ref: str) -> None:
        self._server.fetch("INSERT INTO fund_keys.keys VALUES (%s, NULL) ON CONFLICT (ref) DO UPDATE SET wrapped = NULL", (ref,))
        self._server.fetch("VACUUM fund_keys.keys")


def _only(ref: str, rows: Sequence[Sequence[bytes | None]]) -> bytes | None:
    if not rows:
        raise KeyMissing(f"no key {ref}")
    return rows[0][0]


def open_keys(url: str, kek: Kek) -> KeyStore:
    """The key store that follows a ledger: `keys.db` beside its file, or schema `fund_keys` in its database."""
    if url.startswith("sqlite:"):
        return SQLiteKeys(path_in(url).with_name("keys.db"), kek)
    return PostgresKeys(url, kek) if url.startswith("postgres") else MemoryKeys(kek)
