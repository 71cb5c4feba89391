"""Proving the views: they equal a fresh replay, and all history keeps the rules."""

from collections.abc import Iterator, Mapping
from contextlib import closing

import msgspec
from sqlalchemy import TypeDecorator, select, type_coerce

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.programme import Programme
from fund.ledger.keys import KeyStore
from fund.ledger.soundness import Inspection
from fund.ledger.store import Ledger
from fund.projections.audit_rules import Difference, audited
from fund.projections.batch import Source
from fund.projections.database import Database, Generation, Reading
from fund.projections.emergencies import AccessFound
from fund.projections.emergencies import accesses as accesses_of
from fund.projections.runner import Runner
from fund.projections.table import TEXT, Shape
from fund.projections.view import View

BATCH = 1_000
Fields = dict[str, object]
Rows = dict[tuple[object, ...], Fields]
"""Key -> the row as it is stored: nothing is decoded, so that whatever was written there can be compared."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """checked: `events` of the ledger, `rows` of views, and the position of each view. An empty list of differences is a proof."""

    checked: dict[str, int]
    differences: tuple[Difference, ...]


def check(ledger: Ledger, database: Database, keys: KeyStore | None = None, programmes: Mapping[str, Programme] | None = None) -> Report:
    """Inspect the stored rows, replay everything, with `keys` see that erased people have none, and with `programmes` (by version)
    hold what they bound against all history. Raises Unavailable.

    Where stored rows are at fault nothing else is said: a replay of them would prove nothing.
    """
    inspection = Inspection(ledger)
    faults = [Difference(where=one.stream, index=one.index, what=one.what) for one in inspection.faults()]
    checked = {"events": inspection.read, "rows": 0}
    if faults:
        return Report(checked=checked, differences=tuple(faults))
    found = list(audited(_events(ledger, ledger.head()), programmes))
    found += _half_erased(ledger, keys) if keys else ()
    with closing(Database.in_memory(database.views)) as fresh:
        for one in sorted(database.live(), key=lambda one: one.position):
            found += _view_differences(ledger, database, fresh, one.name, checked)
    return Report(checked=checked, differences=tuple(found))


def breaches(ledger: Ledger, programmes: Mapping[str, Programme]) -> list[Difference]:
    """Everything in all history that somebody did and may not have done."""
    return [one for one in audited(_events(ledger, ledger.head()), programmes) if one.separation]


def accesses(ledger: Ledger) -> list[AccessFound]:
    """Every emergency access in all history."""
    return accesses_of(_events(ledger, ledger.head()))


def _half_erased(ledger: Ledger, keys: KeyStore) -> Iterator[Difference]:
    for one in _events(ledger, ledger.head()):
        if isinstance(one.event, e.PersonErased) and keys.exists(one.event.person):
            yield Difference(where=one.stream, index=one.index, what="the person was erased and the key is still there")


def differences(ledger: Ledger, database: Database) -> list[Difference]:
    return list(check(ledger, database).differences)


def _view_differences(ledger: Source, database: Database, fresh: Database, name: str, checked: dict[str, int]) -> Iterator[Difference]:
    view = database.view(name)
    with database.reading() as reading:
        one, live = reading.live()[name], [_rows(reading, shape) for shape in view.shapes]
    if one.stopped_at is not None:
        yield Difference(where=name, index=one.stopped_at, what=f"the view is stopped: {one.error}")
    checked[name] = one.position
    checked["rows"] += sum(map(len, live))
    for shape, rows, expected in zip(view.shapes, live, _replayed(ledger, database, fresh, view, one), strict=True):
        yield from _compared(name, one.position, shape, rows, expected)


def _replayed(ledger: Source, database: Database, fresh: Database, view: View, one: Generation) -> list[Rows]:
    """The same view made from nothing, up to the same event. `fresh` serves all views that stand at the same place or further on."""
    Runner(ledger, fresh).catch_up(one.position)
    with fresh.reading() as reading:
        if reading.position(view.name) == one.position:
            return [_rows(reading, shape) for shape in view.shapes]
    # The live view moved back meanwhile: it was rebuilt by another program.
    with closing(Database.in_memory(database.views)) as again:
        return _replayed(ledger, database, again, view, one)


def _rows(reading: Reading, shape: Shape) -> Rows:
    columns = [type_coerce(column, TEXT) if isinstance(column.type, TypeDecorator) else column for column in reading.table(shape.row).c]
    names = shape.row.__struct_fields__
    rows = (dict(zip(names, values, strict=True)) for values in reading.connection.execute(select(*columns)))
    return {tuple(row[field] for field in shape.key): row for row in rows}


def _compared(name: str, position: int, shape: Shape, live: Rows, expected: Rows) -> Iterator[Difference]:
    for key in sorted(live.keys() | expected.keys(), key=repr):
        if what := _difference(live.get(key), expected.get(key)):
            where = "/".join((name, shape.part or "rows", *map(str, key)))
            yield Difference(where=where, index=position, what=what)


def _difference(live: Fields | None, expected: Fields | None) -> str:
    if live is None or expected is None:
        return "the row is missing" if live is None else "the row should not be there"
    return "; ".join(
        f"{name} is {_short(live[name])}, a replay gives {_short(expected[name])}" for name in live if live[name] != expected[name]
    )


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _events(ledger: Source, head: int) -> Iterator[Recorded]:
    after = 0
    while after < head and (batch := ledger.read(after, BATCH, head)):
        yield from batch
        after = batch[-1].index
