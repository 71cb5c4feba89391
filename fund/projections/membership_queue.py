"""Which city waits for whom on its way into the network, and whose determination, suspension or attestation is to be looked at again.

An owner is a role; for the city's own word, its representatives. What a new strategy changes is known when the list is read:
`catalogue` is the one that a city stands by now, and the reader says which is in force.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from fund.domain import commands as c
from fund.domain.event import Recorded
from fund.domain.facts import Role
from fund.domain.registers import City
from fund.domain.workflow import STEPS
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, replace
from fund.projections.view import Tables, View

ATTESTATION, ADMISSION = "attestation", "admission"
Wait = tuple[str, Role, datetime | None]
"""What, for whom, by when."""
WAYS_OUT: dict[str, tuple[type[c.Command], ...]] = {
    ATTESTATION: (c.AttestPrinciples, c.WithdrawMembershipAsk),
    "determination": (c.DetermineTerritory,),
    "second_look": (c.DetermineTerritory, c.DeclineMembership, c.SuspendMembership),
    ADMISSION: (c.AdmitMember, c.DeclineMembership),
    "review": (c.DetermineTerritory,),
    "suspension": (c.ResumeMembership, c.SuspendMembership),
    "representative": (c.ConfirmRepresentative, c.RefuseRepresentative),
}
"""What -> the commands that end the wait; its owner gives one of them."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """what: attestation, determination, second_look (unresolved, or found against), admission, review, suspension, representative.

    about: the person, of a representative; else empty. since: when the city last changed. catalogue: the one it stands by, or empty.
    """

    city: str
    what: str
    about: str
    owner: str
    name: str
    due: datetime | None
    since: datetime
    catalogue: str
    version: int


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    touched = [(city, last) for city, last in batch.of(City) if city.registered]
    rows = [row for city, last in touched for row in _rows(city, last)]
    replace(connection, tables[Waiting], "city", (city.id for city, _ in touched), rows)


def _rows(city: City, last: Recorded) -> Iterator[Waiting]:
    waits = [(what, "", owner, due) for what, owner, due in (*_asking(city), *_reviews(city))]
    waits += [("representative", person, Role.ADMINISTRATOR, request.asked.due) for person, request in city.requests.items()]
    for what, about, owner, due in waits:
        yield Waiting(
            city=city.id,
            what=what,
            about=about,
            owner=str(owner),
            name=city.name,
            due=due,
            since=last.header.at,
            catalogue=city.stands_by or "",
            version=last.version,
        )


def _asking(city: City) -> Iterator[Wait]:
    if city.asked:
        found = city.determination
        yield ATTESTATION, Role.REPRESENTATIVE, city.asked.due
        if found is None:
            yield "determination", Role.OFFICER, city.asked.due
        elif found.said.territory == "meets":
            yield ADMISSION, Role.APPROVER, city.asked.due
    elif city.membership and city.attestation:
        yield ATTESTATION, Role.REPRESENTATIVE, city.leadership.due if city.leadership and city.leads_anew else None


def _reviews(city: City) -> Iterator[Wait]:
    suspended = city.membership.suspended if city.membership else None
    if suspended:
        yield "suspension", Role.APPROVER, end_of(suspended.review_on)
    if city.determination is None or not (city.asked or city.membership):
        return
    said = city.determination.said
    if said.territory == "meets":
        yield "review", Role.OFFICER, end_of(said.review_on)
    elif said.territory == "unresolved":
        yield "second_look", Role.OFFICER, said.due
    elif not suspended:
        yield "second_look", Role.APPROVER, said.due


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


VIEW = View(
    "membership_queue",
    1,
    (Shape(Waiting, ("city", "what", "about"), indexes=(("owner", "due"),)),),
    apply,
)


def ways_out(waiting: Waiting) -> tuple[str, ...]:
    """Verbs by which the owner ends the wait."""
    return tuple(command.verb for command in WAYS_OUT[waiting.what] if STEPS[command].by == waiting.owner)


def listed(
    reading: Reading, catalogue: str, *, owners: Collection[str] | None = None, before: datetime | None = None, limit: int = 500
) -> list[Waiting]:
    """First due first, without a date last. catalogue: the one in force. owners: these roles alone. before: due before this instant."""
    table = reading.table(Waiting)
    stands = table.c.catalogue == catalogue
    wanted: ColumnElement[bool] = or_(
        and_(table.c.what == ATTESTATION, ~stands),
        and_(table.c.what == ADMISSION, stands),
        table.c.what.not_in((ATTESTATION, ADMISSION)),
    )
    if owners is not None:
        wanted = and_(wanted, table.c.owner.in_(sorted(owners)))
    if before is not None:
        wanted = and_(wanted, table.c.due < before)
    order = (table.c.due.is_(None), table.c.due, table.c.name, table.c.city, table.c.what, table.c.about)
    return reading.rows(Waiting, select(table).where(wanted).order_by(*order).limit(limit))
