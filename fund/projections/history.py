"""Every fact of the ledger: where it stands, when it happened, who did it and what it is called. What it says is read from its stream."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, func, select

from fund.domain.streams import kind_of
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, add
from fund.projections.view import Tables, View


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """kind: of the stream. name: of the event. command_id is the whole commit's."""

    index: int
    stream: str
    kind: str
    version: int
    at: datetime
    actor: str
    on_behalf_of: str | None
    name: str
    command_id: str


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    facts = [
        Fact(
            index=one.index,
            stream=one.stream,
            kind=kind_of(one.stream),
            version=one.version,
            at=one.header.at,
            actor=one.header.actor,
            on_behalf_of=one.header.on_behalf_of,
            name=one.event.name,
            command_id=one.header.command_id,
        )
        for one in batch.recorded
    ]
    add(connection, tables[Fact], facts)


VIEW = View("history", 1, (Shape(Fact, ("index",), indexes=(("stream", "version"), ("actor", "index"))),), apply)


def of_stream(reading: Reading, stream: str, *, after: int = 0, limit: int = 200) -> list[Fact]:
    """In order. `after`: version of the last fact of the page before."""
    table = reading.table(Fact)
    here = (table.c.stream == stream) & (table.c.version > after)
    return reading.rows(Fact, select(table).where(here).order_by(table.c.version).limit(limit))


def between(reading: Reading, after: int = 0, up_to: int | None = None, *, kind: str | None = None, limit: int = 200) -> list[Fact]:
    """Facts after an index, up to and with an index, in order."""
    table = reading.table(Fact)
    wanted = select(table).where(table.c.index > after).order_by(table.c.index).limit(limit)
    if up_to is not None:
        wanted = wanted.where(table.c.index <= up_to)
    return reading.rows(Fact, wanted if kind is None else wanted.where(table.c.kind == kind))


def newest(reading: Reading, *, before: int | None = None, limit: int = 50) -> list[Fact]:
    """Newest first. `before`: index of the last fact of the page before."""
    table = reading.table(Fact)
    wanted = select(table).order_by(table.c.index.desc()).limit(limit)
    return reading.rows(Fact, wanted if before is None else wanted.where(table.c.index < before))


def by_actor(reading: Reading, actor: str, *, before: int | None = None, limit: int = 50) -> list[Fact]:
    """What somebody did, newest first."""
    table = reading.table(Fact)
    wanted = select(table).where(table.c.actor == actor).order_by(table.c.index.desc()).limit(limit)
    return reading.rows(Fact, wanted if before is None else wanted.where(table.c.index < before))


def count(reading: Reading) -> int:
    return int(reading.connection.execute(select(func.count()).select_from(reading.table(Fact))).scalar_one())
