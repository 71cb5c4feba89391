"""People and what they may do. Names and addresses are copied sealed; after an erasure they open no more, here as in the ledger."""

from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, func, select

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.draw import Pool
from fund.domain.event import Recorded, Sealed
from fund.domain.programme import ConflictEffect
from fund.domain.registers import Interest, Person
from fund.domain.workflow import STEPS
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, replace, upsert
from fund.projections.view import Tables, View


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """cities: those the person belongs to, and so decides nothing of. absences: first and last day away of each."""

    id: str
    full_name: str | Sealed
    email: str | Sealed
    language: str
    cities: tuple[str, ...]
    absences: tuple[tuple[date, date], ...]
    active: bool
    version: int
    index: int


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """A role held now. scope: the hub of a coordinator, else empty."""

    person: str
    role: str
    scope: str


class Declared(msgspec.Struct, frozen=True, kw_only=True):
    """A standing interest that has not ended."""

    person: str
    number: int
    kind: e.Interest
    effect: ConflictEffect
    paid_to_deliver: bool
    city: str | None
    hub: str | None


class Loan(msgspec.Struct, frozen=True, kw_only=True):
    """A role that was lent to `person` and not taken back, also one whose last day has passed."""

    person: str
    number: int
    by: str
    role: str
    scope: str | None
    starts: datetime
    ends: datetime


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment that somebody was assigned and has not given."""

    stream: str
    person: str


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    touched = list(batch.of(Person))
    upsert(connection, tables[PersonRow], [_row(person, last) for person, last in touched if person.registered])
    grants = [Grant(person=last.stream, role=role, scope=scope or "") for person, last in touched for role, scope in person.roles]
    replace(connection, tables[Grant], "person", (last.stream for _, last in touched), grants)
    declared = [Declared(person=last.stream, **msgspec.structs.asdict(one)) for person, last in touched for one in person.interests]
    replace(connection, tables[Declared], "person", (last.stream for _, last in touched), declared)
    lent = [Loan(person=last.stream, **msgspec.structs.asdict(one)) for person, last in touched for one in person.lent]
    replace(connection, tables[Loan], "person", (last.stream for _, last in touched), lent)
    files = list(batch.of(Application))
    owed = [Owed(stream=file.id, person=person) for file, _ in files for person in _owing(file)]
    replace(connection, tables[Owed], "stream", (file.id for file, _ in files), owed)


def _owing(file: Application) -> list[str]:
    if file.stage is not Stage.ASSESSMENT:
        return []
    return [person for person in file.assessors if person not in file.assessed_by]


def _row(person: Person, last: Recorded) -> PersonRow:
    entry = person.registered
    assert entry, "only registered people are shown"
    return PersonRow(
        id=last.stream,
        full_name=entry.full_name,
        email=entry.email,
        language=entry.language,
        cities=tuple(sorted(person.cities)),
        absences=person.absences,
        active=person.is_active,
        version=last.version,
        index=last.index,
    )


VIEW = View(
    "people",
    4,
    (
        Shape(PersonRow, ("id",)),
        Shape(Grant, ("person", "role", "scope"), part="roles", indexes=(("role", "scope"),)),
        Shape(Declared, ("person", "number"), part="interests"),
        Shape(Loan, ("person", "number"), part="loans"),
        Shape(Owed, ("stream", "person"), part="owed", indexes=(("person",),)),
    ),
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


def interests(reading: Reading) -> dict[str, tuple[Interest, ...]]:
    """Person -> what they have declared and not ended."""
    table, found = reading.table(Declared), dict[str, tuple[Interest, ...]]()
    for one in reading.rows(Declared, select(table).order_by(table.c.person, table.c.number)):
        values = {name: getattr(one, name) for name in Interest.__struct_fields__}
        found[one.person] = (*found.get(one.person, ()), Interest(**values))
    return found


def loans_to(reading: Reading, person: str) -> list[Loan]:
    """What was lent to somebody, in order."""
    table = reading.table(Loan)
    return reading.rows(Loan, select(table).where(table.c.person == person).order_by(table.c.number))


def loads(reading: Reading) -> dict[str, int]:
    """Assessments that each person owes; who owes none is not named."""
    owed = reading.table(Owed)
    counted = reading.connection.execute(select(owed.c.person, func.count().label("owed")).group_by(owed.c.person))
    return {row.person: row.owed for row in counted}


def pool(reading: Reading) -> Pool:
    """Everybody from whom assessors may be chosen for one file or another, with what they owe."""
    table, grants, owed = reading.table(PersonRow), reading.table(Grant), loads(reading)
    holders = select(grants.c.person).where(grants.c.role.in_([str(role) for role in STEPS[c.RecordAssessment].roles]))
    ids = reading.connection.execute(select(table.c.id).where(table.c.id.in_(holders) & table.c.active).order_by(table.c.id)).scalars()
    people = tuple(e.Candidate(person=id, load=owed.get(id, 0)) for id in ids)
    return Pool(as_of=reading.position(VIEW.name), people=people)


def staff(reading: Reading) -> tuple[str, ...]:
    """Ids of active people who hold any role."""
    table, grants = reading.table(PersonRow), reading.table(Grant)
    held = select(table.c.id).where(table.c.id.in_(select(grants.c.person)) & table.c.active)
    return tuple(reading.connection.execute(held.order_by(table.c.id)).scalars())
