"""The floors: the same work by hand, without anything that the engine adds.

A row has the same columns, its texts are sealed with AES-256-GCM under a key per stream, its leaf hashes its bytes, its command id and
part are unique, its index is the highest one plus one, and its commit waits for the disk. Below each floor lies a *bare* INSERT + commit
of a finished row into a table without indexes, one writer at a time. A floor far above it would be no floor: see `HONEST`.
"""

import os
import sqlite3
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import msgspec
import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bench import world
from fund.domain import sections as s
from fund.domain import streams
from fund.domain.event import Event, Header, Recorded, Sealed
from fund.domain.events import EVENTS, SectionSaved
from fund.domain.sections import AnySection

HONEST = 0.4
"""A floor does at least this much of a bare INSERT + commit, per second."""

Row = tuple[str, int, str, bytes, bytes, str, int]
"""Stream, version, name, state, leaf, command id, part."""

RawRow = tuple[int, str, int, str, bytes]
"""Index, stream, version, name, state."""


def check_honest(ratio: float, where: str) -> None:
    """Raises AssertionError for a floor so slow that it would flatter what stands on it."""
    assert ratio >= HONEST, f"the floor on {where} does only {ratio:.2f} of a bare INSERT + commit; it must do {HONEST}"


# ── A row, made by hand ───────────────────────────────────────────────────────


class Stored(msgspec.Struct, frozen=True):
    """As the engine stores it."""

    header: Header
    event: Event


class Pen:
    """Writes down events of one stream: the key is at hand, the encoder is made."""

    def __init__(self, stream: str) -> None:
        self.stream = stream
        self.version = 0
        self._cipher = AESGCM(os.urandom(32))
        self._encode = msgspec.json.Encoder().encode

    def section(self, section: AnySection) -> Row:
        return self.row(SectionSaved(section=self._closed(section)))

    def row(self, event: Event, command_id: str | None = None, part: int = 1) -> Row:
        self.version += 1
        command_id = command_id or os.urandom(16).hex()
        header = Header(
            event_id=os.urandom(16).hex(),
            actor=world.SIGNATORY,
            at=datetime.now(UTC),
            command_id=command_id,
            content=command_id,
            correlation=self.stream,
            policy=world.PROGRAMME.version,
            specimen=True,
        )
        state = self._encode(Stored(header, event))
        entry = '{"commit":"%s","name":"%s","stream":"%s","v":1,"version":%d}'
        leaf = sha256(b"\0" + (entry % (sha256(state).hexdigest(), event.name, self.stream, self.version)).encode()).digest()
        return self.stream, self.version, event.name, state, leaf, command_id, part

    def _closed(self, section: AnySection) -> AnySection:
        place = f"{self.stream}/{self.version + 1}/section."
        match section:
            case s.Need(problem=str(a), evidence=str(b), affected=str(c), mandate=str(d)):
                texts = (
                    self._sealed(text, place + name) for text, name in ((a, "problem"), (b, "evidence"), (c, "affected"), (d, "mandate"))
                )
                return s.Need(**dict(zip(("problem", "evidence", "affected", "mandate"), texts, strict=True)))
            case s.Support(description=str(text)):
                return msgspec.structs.replace(section, description=self._sealed(text, place + "description"))
            case s.Alignment(primary=s.Argument(priority=priority, reason=str(text))):
                argument = s.Argument(priority=priority, reason=self._sealed(text, place + "primary.reason"))
                return s.Alignment(primary=argument, results=section.results)
            case s.Results(sustainability=str(a), sharing=str(b)):
                sustainability, sharing = self._sealed(a, place + "sustainability"), self._sealed(b, place + "sharing")
                return s.Results(indicators=section.indicators, sustainability=sustainability, sharing=sharing)
            case s.Resources(own_contribution=str(a), other_funders=str(b)):
                own, other = self._sealed(a, place + "own_contribution"), self._sealed(b, place + "other_funders")
                return msgspec.structs.replace(section, own_contribution=own, other_funders=other)
        return section

    def _sealed(self, text: str, place: str) -> Sealed:
        at = f"{place}/application.section_saved.v1"
        plain = text.encode()
        plain = len(plain).to_bytes(4, "big") + plain
        nonce = os.urandom(12)
        box = nonce + self._cipher.encrypt(nonce, plain + bytes(-len(plain) % 64), f"restricted|{self.stream}|{at}".encode())
        return Sealed(sealed="restricted", key=self.stream, at=at, box=b64encode(box).decode("ascii"))


# ── Appending by hand ─────────────────────────────────────────────────────────


class Floor(Protocol):
    """Each method is one durable commit. `append` numbers the rows and holds what the engine holds; `bare` only inserts."""

    def append(self, rows: Sequence[Row]) -> int: ...

    def bare(self, row: Row) -> None: ...

    def close(self) -> None: ...


class SQLiteFloor:
    """One connection for all threads of a process, as the engine has one for writing."""

    COLUMNS = """rowid INTEGER PRIMARY KEY, originator_id TEXT NOT NULL, originator_version INTEGER NOT NULL, topic TEXT NOT NULL,
        state BLOB NOT NULL, leaf BLOB NOT NULL, command_id TEXT, part INTEGER"""
    TABLE = f"CREATE TABLE floor ({COLUMNS}, UNIQUE (originator_id, originator_version), UNIQUE (command_id, part))"
    BARE = f"CREATE TABLE bare ({COLUMNS})"
    APPEND = "INSERT INTO floor SELECT coalesce(max(rowid), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM floor"
    INSERT = "INSERT INTO bare (originator_id, originator_version, topic, state, leaf, command_id, part) VALUES (?, ?, ?, ?, ?, ?, ?)"

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        for statement in (self.TABLE, self.BARE):
            self._connection.execute(statement)
        self._writing = Lock()

    def append(self, rows: Sequence[Row]) -> int:
        with self._writing:
            execute = self._connection.execute
            execute("BEGIN IMMEDIATE")
            last = [execute(self.APPEND, row).lastrowid for row in rows][-1]
            execute("COMMIT")
            return last or 0

    def bare(self, row: Row) -> None:
        with self._writing:
            self._connection.execute(self.INSERT, row)

    def close(self) -> None:
        self._connection.close()


class PostgresFloor:
    """One connection per writer. One function, so one round trip; the lock keeps the order of indexes that of commits."""

    COLUMNS = """originator_id text COLLATE "C" NOT NULL, originator_version bigint NOT NULL, topic text NOT NULL,
        state bytea NOT NULL, leaf bytea NOT NULL, command_id text COLLATE "C", part integer"""
    TABLE = f"""CREATE TABLE IF NOT EXISTS floor (notification_id bigint NOT NULL UNIQUE, {COLUMNS},
        PRIMARY KEY (originator_id, originator_version), UNIQUE (command_id, part))"""
    BARE = f"CREATE TABLE IF NOT EXISTS bare ({COLUMNS})"
    ONE = """CREATE OR REPLACE FUNCTION floor_one(a text, b bigint, c text, d bytea, e bytea, f text, g integer) RETURNS bigint
        LANGUAGE plpgsql AS $body$
        DECLARE head bigint;
        BEGIN
            LOCK TABLE floor IN EXCLUSIVE MODE;
            INSERT INTO floor SELECT coalesce(max(notification_id), 0) + 1, a, b, c, d, e, f, g FROM floor
                RETURNING notification_id INTO head;
            NOTIFY floor;
            RETURN head;
        END $body$"""
    TWO = """CREATE OR REPLACE FUNCTION floor_two(a text[], b bigint[], c text[], d bytea[], e bytea[], f text, g integer[]) RETURNS bigint
        LANGUAGE plpgsql AS $body$
        DECLARE head bigint;
        BEGIN
            LOCK TABLE floor IN EXCLUSIVE MODE;
            SELECT coalesce(max(notification_id), 0) INTO head FROM floor;
            INSERT INTO floor VALUES (head + 1, a[1], b[1], c[1], d[1], e[1], f, g[1]), (head + 2, a[2], b[2], c[2], d[2], e[2], f, g[2]);
            NOTIFY floor;
            RETURN head + 2;
        END $body$"""
    CALL_ONE = "SELECT floor_one(%s::text, %s::bigint, %s::text, %s::bytea, %s::bytea, %s::text, %s::integer)"
    CALL_TWO = "SELECT floor_two(%s::text[], %s::bigint[], %s::text[], %s::bytea[], %s::bytea[], %s::text, %s::integer[])"
    # Held until the commit is done: writers take turns, as they must for indexes in the order of commits, and as on SQLite.
    INSERT = "INSERT INTO bare SELECT %s, %s, %s, %s, %s, %s, %s FROM pg_advisory_xact_lock(2)"

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        with self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(1)")
            for statement in (self.TABLE, self.BARE, self.ONE, self.TWO):
                self._connection.execute(statement)
        self._cursor = self._connection.cursor(binary=True)

    def append(self, rows: Sequence[Row]) -> int:
        if len(rows) == 1:
            found = self._cursor.execute(self.CALL_ONE, rows[0], prepare=True).fetchone()
        else:
            a, b, c, d, e, f, g = map(list, zip(*rows, strict=True))
            found = self._cursor.execute(self.CALL_TWO, (a, b, c, d, e, f[0], g), prepare=True).fetchone()
        assert found
        return int(found[0])

    def bare(self, row: Row) -> None:
        self._cursor.execute(self.INSERT, row, prepare=True)

    def close(self) -> None:
        self._connection.close()


def floor_beside(url: str) -> Floor:
    """On the same disk, or in the same database, as the ledger."""
    if url.startswith("sqlite:///"):
        return SQLiteFloor(Path(url.removeprefix("sqlite:///")).with_name("floor.db"))
    return PostgresFloor(url)


# ── Reading and folding by hand ───────────────────────────────────────────────


def _decoder(event_type: type[Event]) -> Callable[[bytes], Any]:
    return msgspec.json.Decoder(msgspec.defstruct("Typed", [("header", Header), ("event", event_type)], frozen=True)).decode


DECODERS = {name: _decoder(event_type) for name, event_type in EVENTS.items()}


def replayed(rows: Iterable[RawRow]) -> dict[str, streams.State]:
    """Raw rows -> structs -> the state of every stream."""
    states: dict[str, streams.State] = {}
    kinds = streams.KINDS
    for index, stream, version, name, state in rows:
        stored = DECODERS[name](state)
        kind = kinds[stream.partition("-")[0]]
        recorded = Recorded(stream=stream, version=version, header=stored.header, event=stored.event, index=index)
        states[stream] = kind.evolve(states.get(stream, kind.initial), recorded)
    return states


@contextmanager
def reading(url: str) -> Iterator[Callable[[], list[RawRow]]]:
    """Reads the whole ledger in one statement, on a connection of its own."""
    columns = "originator_id, originator_version, topic, state FROM events ORDER BY 1"
    if url.startswith("sqlite:///"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        yield lambda: connection.execute(f"SELECT rowid, {columns}").fetchall()
        connection.close()
        return
    with psycopg.connect(url, autocommit=True) as session, session.cursor(binary=True) as cursor:
        yield lambda: cursor.execute(f"SELECT notification_id, {columns}", prepare=True).fetchall()
