"""People who work on files and how much waits for each: what an officer looks at before assigning somebody. Names stay sealed."""

from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Response

from fund.api.access import Opened
from fund.api.answers import json
from fund.api.entitlements import API
from fund.api.incoming import Fresh
from fund.api.schema import answers
from fund.api.v1.registers import RoleHeld, RoleLent, lent_roles
from fund.border.text import clean
from fund.projections import people
from fund.projections.database import Reading
from fund.projections.people import PersonRow

ID_LIMIT = 100


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day away."""

    first: str
    last: str


class PersonEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A person by id. `lent`: roles that others lent them and did not take back. `load`: assessments that they were assigned and have
    not given."""

    id: str
    roles: list[RoleHeld]
    lent: list[RoleLent]
    load: int
    absences: list[Absence]
    active: bool


class People(msgspec.Struct, frozen=True, kw_only=True):
    """A page of people, by id. `next` is the `after` of the page that follows, null after the last one."""

    items: list[PersonEntry]
    next: str | None


def mount(app: FastAPI) -> None:
    app.get(f"{API}/people", operation_id="ListPeople", tags=["person"], responses=answers(People))(listed)


def listed(fund: Opened, fresh: Fresh, after: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 100) -> Response:
    fresh.wait(fund, people.VIEW.name)
    with fund.views.reading() as reading:
        found, loads = people.listed(reading, after=clean(after, "after", ID_LIMIT), limit=limit), people.loads(reading)
        items = [_entry(reading, row, loads.get(row.id, 0)) for row in found]
    return json(People(items=items, next=found[-1].id if len(found) == limit else None))


def _entry(reading: Reading, row: PersonRow, load: int) -> PersonEntry:
    held = sorted(people.roles_of(reading, row.id), key=str)
    return PersonEntry(
        id=row.id,
        roles=[RoleHeld(role=role, scope=scope) for role, scope in held],
        lent=lent_roles(people.loans_to(reading, row.id)),
        load=load,
        absences=[Absence(first=first.isoformat(), last=last.isoformat()) for first, last in row.absences],
        active=row.active,
    )
