"""Where operations are kept: `operations.db` beside the ledger, or schema `fund_operations` of its PostgreSQL database.

Neither facts nor views: no rebuild touches it. Its tables come from the numbered files in `migrations/`, applied once each, forward only.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from psycopg.conninfo import make_conninfo

from fund.ledger.errors import Unavailable
from fund.ledger.pool import Pool
from fund.ledger.postgres_server import Connection, Server
from fund.ledger.sqlite_file import connect, path_in, translated

SCHEMA = "fund_operations"
FOLDER = Path(__file__).parent / "migrations"
APPLIED = "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL)"

Rows = list[tuple[Any, ...]]
Value = str | int | None
Statement = tuple[str, tuple[Value, ...]]
"""With its values."""


class OperationsDatabase(Protocol):
    """Statements are the same on both databases, with `?` for values. Raises Unavailable."""

    def rows(self, statement: str, *values: Value) -> Rows:
        """Run one statement, which is its own transaction, and give its rows."""
        ...

    def together(self, statements: Sequence[Statement]) -> None:
        """Run several that may be repeated, all or none."""
        ...

    def close(self) -> None: ...


def open_database(ledger_url: str) -> OperationsDatabase:
    if ledger_url.startswith("sqlite:///"):
        return SQLiteOperations(path_in(ledger_url).with_name("operations.db"))
    if ledger_url.startswith(("postgresql://", "postgres://")):
        return PostgresOperations(ledger_url)
    raise ValueError("operations are kept beside a ledger on SQLite or PostgreSQL")


class SQLiteOperations:
    """As durable as the ledger: a token that was revoked stays revoked."""

    def __init__(self, path: Path) -> None:
        self._pool = Pool(lambda: connect(path), lambda connection: not connection.in_transaction, limit=8)
        try:
            _migrate_sqlite(connect(path, create=True))
        except sqlite3.Error as error:
            raise translated(error) from error

    def rows(self, statement: str, *values: Value) -> Rows:
        try:
            with self._pool.borrow() as connection:
                return connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

    def together(self, statements: Sequence[Statement]) -> None:
        try:
            with self._pool.borrow() as connection:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    for statement, values in statements:
                        connection.execute(statement, values)
                    connection.execute("COMMIT")
                except BaseException:
                    connection.rollback()
                    raise
        except sqlite3.Error as error:
            raise translated(error) from error

    def close(self) -> None:
        self._pool.close()


class PostgresOperations:
    def __init__(self, url: str) -> None:
        self._server = Server(make_conninfo(url, options=f"-c search_path={SCHEMA}"))
        try:
            self._server.transaction(_migrate_postgres)
        except Exception:
            self._server.close()
            raise

    def rows(self, statement: str, *values: Value) -> Rows:
        return self._server.fetch(statement.replace("?", "%s"), values)

    def together(self, statements: Sequence[Statement]) -> None:
        def run(connection: Connection) -> None:
            for statement, values in statements:
                connection.execute(statement.replace("?", "%s"), values)

        self._server.transaction(run)

    def close(self) -> None:
        self._server.close()


# ── Migrations ────────────────────────────────────────────────────────────────


class Migration(NamedTuple):
    number: int
    name: str
    statements: tuple[str, ...]


def migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """In order. The statements of a file are parted by a semicolon at the end of a line."""
    return tuple(_migration(path) for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")))


def _migration(path: Path) -> Migration:
    number, _, name = path.stem.partition("_")
    parts = path.read_text(encoding="utf-8").split(";\n")
    return Migration(int(number), name, tuple(part.strip() for part in parts if part.strip()))


def _migrate_sqlite(connection: sqlite3.Connection) -> None:
    # The lock first: several processes may start at once.
    try:
        connection.execute("BEGIN IMMEDIATE")
        _apply(lambda statement: connection.execute(statement).fetchall())
        connection.execute("COMMIT")
    finally:
        connection.close()


def _migrate_postgres(connection: Connection) -> None:
    def run(statement: str) -> Rows:
        cursor = connection.execute(statement)
        return [tuple(row.values()) for row in cursor.fetchall()] if cursor.description else []

    run("SELECT pg_advisory_xact_lock(hashtext('fund.operations.migrate'))")
    run(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    _apply(run)


def _apply(run: Callable[[str], Rows]) -> None:
    """What is missing, in the caller's transaction. Unavailable if a newer program has been here: it cannot be undone."""
    run(APPLIED)
    done = {int(row[0]) for row in run("SELECT number FROM migrations")}
    known = migrations()
    if done - {migration.number for migration in known}:
        raise Unavailable("operations: the database belongs to a newer program")
    for statement in _missing(known, done):
        run(statement)


def _missing(known: tuple[Migration, ...], done: set[int]) -> Iterator[str]:
    for migration in known:
        if migration.number not in done:
            yield from migration.statements
            # A file's name, never input.
            yield f"INSERT INTO migrations (number, name) VALUES ({migration.number}, '{migration.name}')"  # noqa: S608
