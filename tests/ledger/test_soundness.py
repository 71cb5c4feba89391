"""Rows that were tampered with, past every trigger, are found and named."""

import sqlite3
from contextlib import closing

import psycopg
import pytest

from fund.domain import commands as c
from fund.ledger.soundness import Fault, Inspection
from fund.ledger.sqlite_file import path_in
from tests.acceptance.office import OPERATOR, opened_handler

EVENTS = 6


@pytest.fixture
def written(database_url: str) -> str:
    """Three people of two events each."""
    with opened_handler(database_url) as handler:
        for number in range(3):
            registration = c.RegisterPerson(full_name=f"Somebody {number}", email="a@example.invalid", language="en")
            person = handler.handle(registration, by=OPERATOR).stream
            handler.handle(c.GrantRole(person=person, role="officer"), by=OPERATOR)
    return database_url


def tamper(url: str, *statements: str) -> None:
    """As somebody who may do everything with the database."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(path_in(url), isolation_level=None)) as connection:
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            for statement in statements:
                connection.execute(statement.replace("notification_id", "rowid"))
        return
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE events DISABLE TRIGGER USER")
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]  # statements of this file


def faults(url: str) -> list[Fault]:
    with opened_handler(url) as handler:
        return list(Inspection(handler.ledger).faults())


def test_an_untouched_ledger_is_sound(written: str) -> None:
    assert faults(written) == []
    with opened_handler(written) as handler:
        inspection = Inspection(handler.ledger)
        assert list(inspection.faults()) == []
        assert inspection.read == EVENTS


CHANGES = {
    "a changed state": ("UPDATE events SET state = (SELECT state FROM events WHERE notification_id = 1) WHERE notification_id = 3",),
    "a changed name": ("UPDATE events SET topic = 'person.role_revoked.v1' WHERE notification_id = 2",),
    "an unknown name": ("UPDATE events SET topic = 'person.crowned.v1' WHERE notification_id = 2",),
    "a changed leaf": ("UPDATE events SET leaf = (SELECT leaf FROM events WHERE notification_id = 1) WHERE notification_id = 4",),
    "another stream": (
        "UPDATE events SET originator_id = (SELECT originator_id FROM events WHERE notification_id = 1), originator_version = 3 "
        "WHERE notification_id = 6",
    ),
    "a deleted event": ("DELETE FROM events WHERE notification_id = 4",),
    "a changed index": ("UPDATE events SET notification_id = 60 WHERE notification_id = 6",),
    "a changed version": ("UPDATE events SET originator_version = 5 WHERE notification_id = 6",),
}


@pytest.mark.parametrize("change", CHANGES)
def test_tampering_is_found(written: str, change: str) -> None:
    tamper(written, *CHANGES[change])
    assert faults(written) != []


def test_an_event_that_takes_the_place_of_another_is_refused_by_sqlite_itself(sqlite_url: str) -> None:
    with opened_handler(sqlite_url) as handler:
        registration = c.RegisterPerson(full_name="Somebody", email="a@example.invalid", language="en")
        handler.handle(registration, by=OPERATOR)
    replace = "INSERT OR REPLACE INTO events SELECT * FROM events WHERE rowid = 1"
    connecting = closing(sqlite3.connect(path_in(sqlite_url), isolation_level=None))
    with connecting as connection, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(replace)
    assert faults(sqlite_url) == []
