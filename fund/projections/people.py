"""People and what they may do. Names and addresses are copied sealed; after an erasure they open no more, here as in the ledger."""

import msgspec
from sqlalchemy import Connection, select

from fund.domain.event import Recorded, Sealed
from fund.domain.registers import Person
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, replace, upsert
from fund.projections.view import Tables, View


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """cities: those the person belongs to, and so decides nothing of."""

    id: str
    full_name: str | Sealed
    email: str | Sealed
    language: str
    cities: tuple[str, ...]
    active: bool
    version: int
    index: int


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A role held now. scope: the hub of a coordinator, else empty."""

    person: str
    role: str
    scope: str


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    touched = list(batch.of(Person))
    upsert(connection, tables[PersonRow], [_row(person, last) for person, last in touched if person.registered])
    grants = [Grant(person=last.stream, role=role, scope=scope or "") for person, last in touched for role, scope in person.roles]
    replace(connection, tables[Grant], "person", (last.stream for _, last in touched), grants)


def _row(person: Person, last: Recorded) -> PersonRow:
    entry = person.registered
    assert entry, "only registered people are shown"
    return PersonRow(
        id=last.stream,
        full_name=entry.full_name,
        email=entry.email,
        language=entry.language,
        cities=tuple(sorted(person.cities)),
        active=person.is_active,
        version=last.version,
        index=last.index,
    )


VIEW = View(
    "people",
    1,
    (Shape(PersonRow, ("id",)), Shape(Grant, ("person", "role", "scope"), part="roles", indexes=(("role", "scope"),))),
    apply,
)


def by_id(reading: Reading, id: str) -> PersonRow | None:
    table = reading.table(PersonRow)
    return reading.first(PersonRow, select(table).where(table.c.id == id))


def listed(reading: Reading, *, after: str = "", limit: int = 100) -> list[PersonRow]:
    """By id. `after`: id of the last person of the page before."""
    table = reading.table(PersonRow)
    return reading.rows(PersonRow, select(table).where(table.c.id > after).order_by(table.c.id).limit(limit))


def erased(reading: Reading) -> list[str]:
    """Ids of people whose data was erased."""
    table = reading.table(PersonRow)
    return list(reading.connection.execute(select(table.c.id).where(table.c.active.is_(False))).scalars())


def roles_of(reading: Reading, person: str) -> frozenset[tuple[str, str | None]]:
    """As an `Actor` holds them."""
    table = reading.table(Grant)
    return frozenset((held.role, held.scope or None) for held in reading.rows(Grant, select(table).where(table.c.person == person)))


def with_role(reading: Reading, role: str, scope: str | None = None) -> list[PersonRow]:
    """Active people who hold a role, of a scope or of any."""
    table, grants = reading.table(PersonRow), reading.table(Grant)
    holders = select(grants.c.person).where(grants.c.role == role)
    holders = holders if scope is None else holders.where(grants.c.scope == scope)
    return reading.rows(PersonRow, select(table).where(table.c.id.in_(holders) & table.c.active).order_by(table.c.id))
