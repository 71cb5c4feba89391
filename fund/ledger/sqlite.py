"""The events table in an SQLite file.

Write transactions start with BEGIN IMMEDIATE. The library's deferred BEGIN takes the write lock at the first write only, and a
transaction that has read before it fails at once, without waiting, if another process wrote in between. With the lock
in hand from the start, command and versions can be checked *before* the insert: what was read cannot move any more.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from eventsourcing import persistence
from eventsourcing import sqlite as library
from eventsourcing.utils import Environment, EnvType

from fund.ledger.errors import Duplicate, Stale, Unavailable
from fund.ledger.pool import Pool
from fund.ledger.rows import Leaves, Row, Versions, leaf_of
from fund.ledger.sqlite_file import BUSY_SECONDS, check_file, connect, translated

TABLE = """CREATE TABLE IF NOT EXISTS events (
    rowid INTEGER PRIMARY KEY,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    leaf BLOB NOT NULL,
    command_id TEXT,
    part INTEGER,
    UNIQUE (originator_id, originator_version),
    UNIQUE (command_id, part))"""
# Named `rowid`, the column is both SQLite's own row number (max + 1, so free of gaps: nothing is ever deleted)
# and what the library selects as the notification id. Any other name breaks the library; no name lets VACUUM renumber.

REFUSED = "the ledger is append-only"
APPEND_ONLY = f"""CREATE TRIGGER IF NOT EXISTS events_no_{{change}} BEFORE {{change}} ON events
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"""

NO_REPLACE = f"""CREATE TRIGGER IF NOT EXISTS events_no_replace BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE rowid = NEW.rowid)
        OR EXISTS (SELECT 1 FROM events WHERE originator_id = NEW.originator_id AND originator_version = NEW.originator_version)
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"""
# INSERT OR REPLACE deletes without asking the trigger on deletes.

INSERT = "INSERT INTO events (originator_id, originator_version, topic, state, leaf, command_id, part) VALUES (?,?,?,?,?,?,?)"
COMMAND = "SELECT 1 FROM events WHERE command_id=? LIMIT 1"
VERSION = "SELECT coalesce(max(originator_version), 0) FROM events WHERE originator_id=?"
ROW = "SELECT rowid, originator_id, originator_version, topic, state FROM events "
NO_LIMIT = 2**63 - 1


class Datastore(library.SQLiteDatastore):
    """One writing connection behind a lock, several reading ones."""

    def __init__(self, path: Path) -> None:
        super().__init__(db_name=str(path), originator_id_type="text")
        self._path = path
        self._writer = connect(path, create=True)
        self._inode = path.stat().st_ino
        self._writing = Lock()
        self._readers = Pool(lambda: connect(path, read_only=True), lambda reader: not reader.in_transaction)

    # The library yields a cursor of its own with the same methods; ours is the driver's.
    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[sqlite3.Cursor]:  # type: ignore[override]
        try:
            with self._write() if commit else self._read() as cursor:
                yield cursor
        except sqlite3.Error as error:
            raise translated(error) from error

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Cursor]:
        with self._readers.borrow() as connection:
            cursor = connection.cursor()
            cursor.row_factory = sqlite3.Row
            yield cursor

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Cursor]:
        if not self._writing.acquire(timeout=BUSY_SECONDS):
            raise Unavailable("SQLite: another thread is writing")
        try:
            check_file(self._path, self._inode)
            cursor = self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                # A full disk has already rolled back.
                if self._writer.in_transaction:
                    self._writer.rollback()
                raise
        finally:
            self._writing.release()

    def fetch(self, statement: str, parameters: Sequence[str | int]) -> list[Row]:
        """Raw tuples: a third of the cost of the library's named rows."""
        try:
            with self._readers.borrow() as connection:
                return connection.execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

    def close(self) -> None:
        super().close()
        if hasattr(self, "_readers"):
            self._readers.close()
            self._writer.close()


class Recorder(library.SQLiteApplicationRecorder):
    """The library's recorder, with leaves, commands and relied-on streams."""

    datastore: Datastore

    def __init__(self, datastore: Datastore) -> None:
        super().__init__(datastore, events_table_name="events")

    def construct_create_table_statements(self) -> list[str]:
        return [TABLE, *(APPEND_ONLY.format(change=change) for change in ("UPDATE", "DELETE")), NO_REPLACE]

    def insert_events(
        self,
        stored_events: Sequence[persistence.StoredEvent],
        command_id: str | None = None,
        relies_on: Versions | None = None,
        **_: object,
    ) -> list[int]:
        rows = [
            (event.originator_id, event.originator_version, event.topic, event.state, leaf_of(event), command_id, part)
            for part, event in enumerate(stored_events, start=1)
        ]
        with self.datastore.transaction(commit=True) as cursor:
            self._check(cursor, command_id, relies_on)
            return [self._insert(cursor, row) for row in rows]

    def _check(self, cursor: sqlite3.Cursor, command_id: str | None, relies_on: Versions | None) -> None:
        if command_id is not None and cursor.execute(COMMAND, (command_id,)).fetchone():
            raise Duplicate
        for stream, version in (relies_on or {}).items():
            if cursor.execute(VERSION, (stream,)).fetchone()[0] != version:
                raise Stale(stream)

    def _insert(self, cursor: sqlite3.Cursor, row: tuple[object, ...]) -> int:
        try:
            cursor.execute(INSERT, row)
        except sqlite3.IntegrityError as error:
            # The trigger says that a place is taken before the index does.
            if error.sqlite_errorcode != sqlite3.SQLITE_CONSTRAINT_UNIQUE and REFUSED not in str(error):
                raise
            raise Stale(str(row[0])) from error
        return cursor.lastrowid or 0

    def rows(self, after: int, limit: int, up_to: int | None = None) -> list[Row]:
        parameters = (after, NO_LIMIT if up_to is None else up_to, limit)
        return self.datastore.fetch(f"{ROW} WHERE rowid>? AND rowid<=? ORDER BY rowid LIMIT ?", parameters)

    def stream_rows(self, stream: str, after: int = 0, up_to: int | None = None) -> list[Row]:
        statement = f"{ROW} WHERE originator_id=? AND originator_version>? AND originator_version<=? ORDER BY originator_version"
        return self.datastore.fetch(statement, (stream, after, NO_LIMIT if up_to is None else up_to))

    def command_rows(self, command_id: str) -> list[Row]:
        return self.datastore.fetch(f"{ROW} WHERE command_id=? ORDER BY part", (command_id,))

    def leaves(self, after: int, limit: int, up_to: int | None = None) -> Leaves:
        statement = "SELECT rowid, leaf FROM events WHERE rowid>? AND rowid<=? ORDER BY rowid LIMIT ?"
        with self.datastore.transaction(commit=False) as cursor:
            cursor.row_factory = None
            return cursor.execute(statement, (after, NO_LIMIT if up_to is None else up_to, limit)).fetchall()

    def head(self) -> int:
        return self.max_notification_id() or 0


class Factory(library.SQLiteFactory):
    """Chosen by `PERSISTENCE_MODULE=fund.ledger.sqlite`; `SQLITE_DBNAME` is the path of the file."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.datastore: Datastore = Datastore(Path(self.env.get(self.SQLITE_DBNAME, "")))

    def application_recorder(self) -> Recorder:
        recorder = Recorder(self.datastore)
        recorder.create_table()
        return recorder
