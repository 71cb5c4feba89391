"""Money set aside: what came in, from whom and for what, what is committed or held back, what is left of each contribution.

Minor units; nothing is added across currencies.
"""

from collections.abc import Iterator
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
    """Of money. `in_kind` is the value of what was given in kind: a source, and no part of the balance.

    reserved: what of the balance is held back for files that were woken from the waiting list; `free`: what is left then.
    """

    id: str
    title: str
    currency: str
    contributed: int
    in_kind: int
    committed: int
    balance: int
    reserved: int
    free: int
    version: int
    index: int


class Contribution(msgspec.Struct, frozen=True, kw_only=True):
    """Public: who gave what and for what, on what basis; `number` within the envelope. Not public: `remaining`, which may be committed.

    `amount`: what it is worth now; `announced`: what it was before it was reduced.
    """

    envelope: str
    number: int
    donor: str
    kind: str
    amount: int
    announced: int
    remaining: int
    currency: str
    basis: str
    valuation: str
    city: str | None
    earmark: e.Earmark
    at: datetime


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """What was committed to a file, and below zero what it gave back."""

    index: int
    envelope: str
    application: str
    amount: int
    currency: str
    allocations: tuple[e.Allocation, ...]
    at: datetime


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    upsert(connection, tables[Balance], [_balance(envelope, last) for envelope, last in batch.of(Envelope)])
    upsert(
        connection, tables[Contribution], [one for envelope, last in batch.of(Envelope) for one in _contributions(envelope, last.stream)]
    )
    add(connection, tables[Commitment], [moved for one in batch.recorded if (moved := _commitment(one))])


def _balance(envelope: Envelope, last: Recorded) -> Balance:
    reserved = sum(one.amount for held in envelope.reserved.values() for one in held)
    return Balance(
        id=last.stream,
        title=envelope.title,
        currency=envelope.currency,
        contributed=envelope.contributed,
        in_kind=sum(pot.worth for pot in envelope.pots if not pot.is_money),
        committed=envelope.committed,
        balance=envelope.balance,
        reserved=reserved,
        free=envelope.balance - reserved,
        version=last.version,
        index=last.index,
    )


def _contributions(envelope: Envelope, stream: str) -> Iterator[Contribution]:
    for pot in envelope.pots:
        yield Contribution(
            envelope=stream,
            number=pot.number,
            donor=pot.given.donor,
            kind=pot.given.kind,
            amount=pot.worth,
            announced=pot.given.amount,
            remaining=pot.remaining if pot.is_money else 0,
            currency=pot.given.currency,
            basis=pot.given.basis,
            valuation=pot.given.valuation,
            city=pot.given.city,
            earmark=pot.given.earmark,
            at=pot.received,
        )


def _commitment(one: Recorded) -> Commitment | None:
    match one.event:
        case e.FundsCommitted() as event:
            amount = event.amount
        case e.FundsReleased() as event:
            amount = -event.amount
        case _:
            return None
    return Commitment(
        index=one.index,
        envelope=one.stream,
        application=event.application,
        amount=amount,
        currency=event.currency,
        allocations=event.allocations,
        at=one.header.at,
    )


VIEW = View(
    "envelopes",
    3,
    (
        Shape(Balance, ("id",)),
        Shape(Contribution, ("envelope", "number"), part="contributions", indexes=(("at", "envelope", "number"),)),
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
    wanted = select(table).order_by(table.c.at, table.c.envelope, table.c.number)
    return reading.rows(Contribution, wanted if envelope is None else wanted.where(table.c.envelope == envelope))


def commitments(reading: Reading, envelope: str) -> list[Commitment]:
    table = reading.table(Commitment)
    return reading.rows(Commitment, select(table).where(table.c.envelope == envelope).order_by(table.c.index))
