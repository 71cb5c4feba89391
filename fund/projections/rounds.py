"""Competitive rounds, and what tells their equal points apart: who had submitted before, and what each region was given when."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, select

from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Recorded
from fund.domain.round import Entry, Round
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, add, upsert
from fund.projections.view import Tables, View


class RoundRow(msgspec.Struct, frozen=True, kw_only=True):
    """One round. `files`: still in it. `opened`: index of its first event. `state`: the folded round as JSON."""

    id: str
    title: str
    phase: str
    opens_at: datetime
    closes_at: datetime
    files: int
    opened: int
    version: int
    index: int
    state: str


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """The first submission of a file, by its lead city."""

    stream: str
    city: str
    index: int


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """An approval, and the region of the file as of its submission."""

    index: int
    region: str | None
    at: datetime


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    opened = {one.stream: one.index for one in batch.recorded if one.version == 1}
    rows = [_row(round, last, opened.get(last.stream, 0)) for round, last in batch.of(Round) if round.opened]
    upsert(connection, tables[RoundRow], rows, keep=("opened",))
    upsert(connection, tables[Submission], list(_submissions(batch).values()), keep=("index",))
    add(
        connection,
        tables[Award],
        [_award(one, batch) for one in batch.recorded if isinstance(one.event, e.Approved | e.ApprovedWithConditions)],
    )


def _submissions(batch: Batch) -> dict[str, Submission]:
    """The first of each file in this batch; an earlier one that is known already keeps its index."""
    found: dict[str, Submission] = {}
    for one in batch.recorded:
        if isinstance(one.event, e.ApplicationSubmitted):
            found.setdefault(one.stream, Submission(stream=one.stream, city=one.event.city, index=one.index))
    return found


def _award(one: Recorded, batch: Batch) -> Award:
    file = batch.states[one.stream]
    region = file.submission.region if isinstance(file, Application) and file.submission else None
    return Award(index=one.index, region=region, at=one.header.at)


def _row(round: Round, last: Recorded, opened: int) -> RoundRow:
    assert round.opened, "only rounds that were opened have a row"
    return RoundRow(
        id=last.stream,
        title=round.opened.title,
        phase=round.phase,
        opens_at=round.opened.opens_at,
        closes_at=round.opened.closes_at,
        files=len(round.running),
        opened=opened,
        version=last.version,
        index=last.index,
        state=msgspec.json.encode(round, order="deterministic").decode(),
    )


VIEW = View(
    "rounds",
    2,
    (
        Shape(RoundRow, ("id",), indexes=(("closes_at",),)),
        Shape(Submission, ("stream",), part="submissions", indexes=(("city", "index"),)),
        Shape(Award, ("index",), part="awards", indexes=(("region", "at"),)),
    ),
    apply,
)


def listed(reading: Reading) -> list[RoundRow]:
    """The last to close first."""
    table = reading.table(RoundRow)
    return reading.rows(RoundRow, select(table).order_by(table.c.closes_at.desc(), table.c.id))


def by_id(reading: Reading, id: str) -> RoundRow | None:
    table = reading.table(RoundRow)
    return reading.first(RoundRow, select(table).where(table.c.id == id))


def opened_state(row: RoundRow) -> Round:
    return msgspec.json.decode(row.state, type=Round)


def standing(reading: Reading, entry: Entry, since: datetime, until: datetime) -> e.Standing:
    """What tells this file apart from others with as many points. Instants: both included."""
    submitted, awards = reading.table(Submission), reading.table(Award)
    own = select(submitted.c.index).where(submitted.c.stream == entry.application).scalar_subquery()
    before = select(func.count()).where(submitted.c.city == entry.cities[0], submitted.c.index < own)
    given = select(func.count()).where(awards.c.region.is_not_distinct_from(entry.region), awards.c.at >= since, awards.c.at <= until)
    return e.Standing(
        application=entry.application,
        first_time=not reading.connection.execute(before).scalar_one(),
        served=reading.connection.execute(given).scalar_one(),
    )
