"""Connecting to the views' own database: an SQLite file, or a schema of a PostgreSQL database.

Views are disposable, so neither database waits for the disk at a commit: rows and position are in one transaction and are lost together.
"""

import sqlite3
from pathlib import Path
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from fund.ledger import postgres_server, sqlite_file
from fund.ledger.errors import Unavailable

SCHEMA = "fund_views"
BUSY_SECONDS = 2
IDLE_SECONDS = 1.0
FILE = "views.db"

SESSION = """SELECT
    set_config('lock_timeout', '2s', false),
    set_config('statement_timeout', '60s', false),
    set_config('idle_in_transaction_session_timeout', '10s', false),
    set_config('synchronous_commit', 'off', false)"""


def engine_beside(ledger_url: str) -> Engine:
    """`views.db` beside the ledger's file, schema `fund_views` of its PostgreSQL database, or memory for `memory://`."""
    if ledger_url.startswith("sqlite:///"):
        return sqlite_engine(sqlite_file.path_in(ledger_url).with_name(FILE))
    if ledger_url.startswith(("postgresql://", "postgres://")):
        return postgres_engine(ledger_url)
    if ledger_url == "memory://":
        return sqlite_engine(None)
    raise ValueError("views follow a ledger: memory://, sqlite:///path or postgresql://…")


def sqlite_engine(path: Path | None) -> Engine:
    """On a file, or in memory on one connection that all threads take in turn (see `Database`)."""
    settings: dict[str, Any] = {"pool_timeout": BUSY_SECONDS} if path else {"poolclass": StaticPool}
    engine = create_engine(
        URL.create("sqlite", database=str(path) if path else None),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,  # what is written is none of a log's business
        **settings,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _translate)
    return engine


class ViewsConnection(postgres_server.Connection):
    """Gives up on a server that hangs, in words that SQLAlchemy takes for a lost connection."""

    gave_up = psycopg.OperationalError


def postgres_engine(url: str) -> Engine:
    conninfo = postgres_server.with_timeouts(url)
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        creator=lambda: ViewsConnection.connect(conninfo),
        pool_timeout=BUSY_SECONDS,
        pool_size=8,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "checkin", _note_time)
    event.listen(engine, "checkout", _check_alive)
    event.listen(engine, "handle_error", _translate)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    # Transactions begin where we say so (below), never where the driver thinks fit.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA cache_size=-16000")


def _begin_sqlite(connection: Connection) -> None:
    """A deferred BEGIN gives readers one snapshot; writers take the lock at once, because a late upgrade fails without waiting."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _prepare_postgres(connection: "psycopg.Connection[Any]", record: object) -> None:
    connection.execute(SESSION)
    connection.commit()


def _note_time(connection: object, record: ConnectionPoolEntry) -> None:
    record.info["idle_since"] = monotonic()


def _check_alive(connection: "psycopg.Connection[Any]", record: ConnectionPoolEntry, proxy: object) -> None:
    """Only after a pause: a round trip for every piece of work would be felt."""
    if monotonic() - record.info.get("idle_since", monotonic()) < IDLE_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.OperationalError as error:
        # The pool connects anew.
        raise DisconnectionError from error


def _translate(context: ExceptionContext) -> None:
    """Raise Unavailable for a database that is locked, full or gone; leave faults of ours as they are."""
    error = context.original_exception
    if context.is_pre_ping:
        return
    if isinstance(error, sqlite3.Error):
        meaning = sqlite_file.translated(error)
    elif isinstance(error, psycopg.Error):
        meaning = postgres_server.translated(error)
    else:
        return
    if isinstance(meaning, Unavailable):
        raise meaning
