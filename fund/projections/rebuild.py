"""Making views again from the ledger, beside the live ones: new tables, catch up, one switch, and only then are the old tables dropped.

Readers see one complete generation at any time: the switch is one transaction, and dropping waits until nobody reads the old tables.
"""

from collections.abc import Iterator, Sequence
from time import monotonic, sleep
from typing import NamedTuple

from sqlalchemy import Connection, text, tuple_

from fund.ledger.errors import Unavailable
from fund.projections.batch import Source
from fund.projections.database import Database, Generation
from fund.projections.follower import SIZE, Follower, Overtaken
from fund.projections.view import View

PATIENCE = 5.0
"""Seconds to wait for readers of old tables. What is left over goes with the next rebuild."""


class Progress(NamedTuple):
    """Events taken in so far, and how many there are to be."""

    done: int
    total: int


class RebuildFailed(Exception):
    """A new generation could not be made; the live one was left as it was. Says which view, at which event, and why."""


def rebuild(ledger: Source, database: Database, names: Sequence[str] = (), size: int = SIZE) -> Iterator[Progress]:
    """Make views again, all of them if none is named. To be iterated to its end; the switch comes after the last step.

    Raises KeyError for an unknown view, RebuildFailed, Unavailable: then the live views are untouched.
    """
    views = [database.view(name) for name in names] if names else list(database.views)
    return _rebuilt(ledger, database, views, size)


def _rebuilt(ledger: Source, database: Database, views: Sequence[View], size: int) -> Iterator[Progress]:
    follower = Follower(ledger, database, size)
    new = _begun(database, views)
    try:
        while True:
            yield from _caught_up(ledger, database, follower, new)
            if _switched(database, new):
                break
    except BaseException:
        _drop(database, new)
        raise
    _drop(database, _superseded(database, new))


def _begun(database: Database, views: Sequence[View]) -> list[Generation]:
    with database.writing() as connection:
        if database.is_postgres:
            # Two that begin at once would choose the same number.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('fund.views.define'))"))
        taken = database.generations(connection)
        new = [(view, 1 + max(one.generation for one in taken if one.name == view.name)) for view in views]
        for view, generation in new:
            database.create(connection, view, generation, live=False)
        return [Generation(view.name, view.version, generation, 0, False, None, None) for view, generation in new]


def _caught_up(ledger: Source, database: Database, follower: Follower, new: Sequence[Generation]) -> Iterator[Progress]:
    while True:
        group, head = _present(database, new), ledger.head()
        position = min(one.position for one in group)
        yield Progress(position, head)
        if position >= head:
            return
        try:
            follower.advance([one for one in group if one.position == position], head)
        except Overtaken:
            raise RebuildFailed("another rebuild came first") from None


def _present(database: Database, new: Sequence[Generation]) -> list[Generation]:
    keys = {one.key for one in new}
    with database.reading() as reading:
        found = [one for one in database.generations(reading.connection) if one.key in keys]
    if len(found) != len(keys):
        raise RebuildFailed("another rebuild came first")
    for one in found:
        if one.stopped_at is not None:
            raise RebuildFailed(f"{one.name} cannot take event {one.stopped_at}: {one.error}")
    return found


def _switched(database: Database, new: Sequence[Generation]) -> bool:
    """Whether the new generations are live now; not while a live one is ahead of them."""
    registry = database.registry
    key = tuple_(registry.c.name, registry.c.version, registry.c.generation)
    # Older versions stay live for the older programs that know them.
    versions = tuple_(registry.c.name, registry.c.version).in_([(one.name, one.version) for one in new])
    try:
        with database.writing() as connection:
            # From here to the commit no runner moves the old ones.
            connection.execute(registry.update().where(registry.c.live & versions).values(live=False))
            if _is_behind(database, connection, new):
                raise Overtaken
            connection.execute(registry.update().where(key.in_([one.key for one in new])).values(live=True))
    except Overtaken:
        return False
    return True


def _is_behind(database: Database, connection: Connection, new: Sequence[Generation]) -> bool:
    keys = {one.key: one.name for one in new}
    generations = database.generations(connection)
    reached = {one.name: one.position for one in generations if one.key in keys}
    return any(one.position > reached[one.name] for one in generations if one.name in reached and one.key not in keys)


def _superseded(database: Database, new: Sequence[Generation]) -> list[Generation]:
    """Older generations of the views that were switched, left-overs of rebuilds that were killed among them."""
    newest = {one.name: one.generation for one in new}
    with database.reading() as reading:
        generations = database.generations(reading.connection)
    return [one for one in generations if not one.live and one.generation < newest.get(one.name, 0)]


def _drop(database: Database, old: Sequence[Generation]) -> None:
    end = monotonic() + PATIENCE
    while monotonic() < end:
        try:
            return _drop_once(database, old)
        except Unavailable:
            sleep(0.1)


def _drop_once(database: Database, old: Sequence[Generation]) -> None:
    registry = database.registry
    with database.writing() as connection:
        if database.is_postgres:
            # Whoever reads an old table has first read the registry in the same transaction, and so is waited for here;
            # whoever comes after this lock finds the new generation. Short, because newcomers queue behind it.
            connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
            connection.execute(text(f"LOCK TABLE {registry.fullname} IN ACCESS EXCLUSIVE MODE"))
        for one in old:
            for table in database.tables(database.view(one.name), one.generation).values():
                table.drop(connection, checkfirst=True)
            key = tuple_(registry.c.name, registry.c.version, registry.c.generation)
            connection.execute(registry.delete().where(key == tuple_(*one.key)))
