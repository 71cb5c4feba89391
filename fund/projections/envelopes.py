"""Money set aside: what came in and from whom, what is committed, what is left. Minor units; nothing is added across currencies."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.registers import Envelope
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, add, upsert
from fund.projections.view import Tables, View


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    title: str
    currency: str
    contributed: int
    committed: int
    balance: int
    version: int
    index: int


class Contribution(msgspec.Struct, frozen=True, kw_only=True):
    """Public: who gave what, on what basis."""

    index: int
    envelope: str
    donor: str
    amount: int
    currency: str
    basis: str
    at: datetime


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    index: int
    envelope: str
    application: str
    amount: int
    currency: str
    at: datetime


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    upsert(connection, tables[Balance], [_balance(envelope, last) for envelope, last in batch.of(Envelope)])
    given = [_contribution(one, one.event) for one in batch.recorded if isinstance(one.event, e.ContributionReceived)]
    committed = [_commitment(one, one.event) for one in batch.recorded if isinstance(one.event, e.FundsCommitted)]
    add(connection, tables[Contribution], given)
    add(connection, tables[Commitment], committed)


def _balance(envelope: Envelope, last: Recorded) -> Balance:
    return Balance(
        id=last.stream,
        title=envelope.title,
        currency=envelope.currency,
        contributed=envelope.contributed,
        committed=envelope.committed,
        balance=envelope.balance,
        version=last.version,
        index=last.index,
    )


def _contribution(one: Recorded, given: e.ContributionReceived) -> Contribution:
    return Contribution(
        index=one.index,
        envelope=one.stream,
        donor=given.donor,
        amount=given.amount,
        currency=given.currency,
        basis=given.basis,
        at=one.header.at,
    )


def _commitment(one: Recorded, committed: e.FundsCommitted) -> Commitment:
    return Commitment(
        index=one.index,
        envelope=one.stream,
        application=committed.application,
        amount=committed.amount,
        currency=committed.currency,
        at=one.header.at,
    )


VIEW = View(
    "envelopes",
    1,
    (
        Shape(Balance, ("id",)),
        Shape(Contribution, ("index",), part="contributions", indexes=(("envelope", "index"),)),
        Shape(Commitment, ("index",), part="commitments", indexes=(("envelope", "index"), ("application",))),
    ),
    apply,
)


def by_id(reading: Reading, id: str) -> Balance | None:
    table = reading.table(Balance)
    return reading.first(Balance, select(table).where(table.c.id == id))


def listed(reading: Reading) -> list[Balance]:
    table = reading.table(Balance)
    return reading.rows(Balance, select(table).order_by(table.c.title, table.c.id))


def sources(reading: Reading, envelope: str | None = None) -> list[Contribution]:
    """The public list of where the money comes from, in the order it came."""
    table = reading.table(Contribution)
    wanted = select(table).order_by(table.c.index)
    return reading.rows(Contribution, wanted if envelope is None else wanted.where(table.c.envelope == envelope))


def commitments(reading: Reading, envelope: str) -> list[Commitment]:
    table = reading.table(Commitment)
    return reading.rows(Commitment, select(table).where(table.c.envelope == envelope).order_by(table.c.index))
