"""Reading what is shared: the register of cities, where the money comes from, how many files stand where; and one's own work."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Response

from fund.api import files
from fund.api.access import Anyone, Known, Opened
from fund.api.answers import json
from fund.api.entitlements import API
from fund.api.incoming import Fresh
from fund.api.schema import answers
from fund.border.choice import Choice, choice_of
from fund.border.opening import Fund
from fund.border.text import clean
from fund.domain.facts import Actor, Role
from fund.domain.refusal import Refusal
from fund.domain.registers import Lent, Person
from fund.projections import city_register, envelopes, people, pipeline, work_queue
from fund.projections.city_register import CityRow
from fund.projections.work_queue import Task

SEARCH_LIMIT = 200
SEES_BALANCES = (Role.OFFICER, Role.APPROVER, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR)


class CityEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A city of the register. `membership`: `member`, `suspended` or `none`. `since`: when it joined, as its source says."""

    id: str
    name_en: str
    name_local: str
    kind: str
    country: str
    region: str | None
    relation: str
    member: bool
    membership: str
    since: str | None
    source: str
    version: int


class Cities(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the register, by name. `next` is the `after` of the page that follows, null after the last one."""

    items: list[CityEntry]
    next: str | None


class EnvelopeEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money set aside, in minor units; `in_kind` is no part of it. All that follows it is for staff: what of the balance is `reserved`
    is held back for files woken from the waiting list, `free` is what is left then."""

    id: str
    title: str
    currency: str
    contributed: int
    in_kind: int = 0
    committed: int | None = None
    balance: int | None = None
    reserved: int | None = None
    free: int | None = None
    version: int | None = None


class ContributionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Who gave what, on what basis. `number` counts within the envelope; what it is for is told by `ListSources`."""

    envelope: str
    number: int
    donor: str
    kind: str
    amount: int
    currency: str
    basis: str
    at: str


class Envelopes(msgspec.Struct, frozen=True, kw_only=True):
    """The envelopes and where their money comes from."""

    envelopes: list[EnvelopeEntry]
    contributions: list[ContributionEntry]


class TaskEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Something that waits for the reader. `what`: the stage, `opinion`, `assignment`, `invitation` or `clarification`.

    stopped: a question to the city is open, so that the stage has no due date now.
    """

    reference: str
    city: str
    what: str
    stage: str
    due: str | None
    since: str
    late: bool
    stopped: bool


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for the reader, first due first. `load`: assessments that they were assigned and have not given."""

    items: list[TaskEntry]
    load: int


class RoleHeld(msgspec.Struct, frozen=True, kw_only=True):
    """A role, with the hub it is for."""

    role: str
    scope: str | None


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """How messages come to them: rhythm null where nothing was chosen, and the language."""

    rhythm: str | None
    language: str


class RoleLent(msgspec.Struct, frozen=True, kw_only=True):
    """A role that `lender` lent from one instant to another: what is done with it is done in both names."""

    number: int
    lender: str
    role: str
    scope: str | None
    starts: str
    ends: str


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Whose token this is: their roles, those lent to them for now, the cities they speak for, the cities they belong to and so decide
    nothing of."""

    person: str
    roles: list[RoleHeld]
    lent: list[RoleLent]
    represents: list[str]
    belongs_to: list[str]
    messages: Chosen


def mount(app: FastAPI) -> None:
    app.get(f"{API}/cities", operation_id="ListCities", tags=["city"], responses=answers(Cities))(cities)
    app.get(f"{API}/envelopes", operation_id="ListEnvelopes", tags=["envelope"], responses=answers(Envelopes))(money)
    app.get(f"{API}/pipeline", operation_id="ReadPipeline", tags=["programme"], responses=answers(pipeline.Pipeline))(numbers)
    app.get(f"{API}/queue", operation_id="ReadQueue", tags=["person"], responses=answers(Queue))(queue)
    app.get(f"{API}/me", operation_id="ReadMe", tags=["person"], responses=answers(Me))(me)


def cities(
    fund: Opened,
    reader: Anyone,
    fresh: Fresh,
    search: str = "",
    member: bool | None = None,
    region: str | None = None,
    country: str | None = None,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """`search`: a part of either name, whatever its case and accents."""
    fresh.wait(fund, city_register.VIEW.name)
    text, region, country = _word(search, "search") or "", _word(region, "region"), _word(country, "country")
    with fund.views.reading() as reading:
        found = city_register.listed(reading, text, members=member, region=region, country=country, after=_from_cursor(after), limit=limit)
    following = _cursor(found[-1]) if len(found) == limit else None
    return json(Cities(items=[entry(row) for row in found], next=following))


def money(fund: Opened, reader: Anyone, fresh: Fresh) -> Response:
    fresh.wait(fund, envelopes.VIEW.name)
    with fund.views.reading() as reading:
        balances, sources = envelopes.listed(reading), envelopes.sources(reading)
    full = sees_balances(reader)
    given = [
        ContributionEntry(
            envelope=one.envelope,
            number=one.number,
            donor=one.donor,
            kind=one.kind,
            amount=one.amount,
            currency=one.currency,
            basis=one.basis,
            at=one.at.isoformat(),
        )
        for one in sources
    ]
    return json(Envelopes(envelopes=[_balance(one, full=full) for one in balances], contributions=given))


def sees_balances(reader: Actor | None) -> bool:
    return reader is not None and any(reader.holds(role) for role in SEES_BALANCES)


def numbers(fund: Opened, reader: Anyone, fresh: Fresh) -> Response:
    """How many applications there are, and where they stand."""
    fresh.wait(fund, pipeline.VIEW.name)
    with fund.views.reading() as reading:
        counts = pipeline.counts(reading)
    # JSON has no null as a name.
    return json(msgspec.structs.replace(counts, regions={region or "": count for region, count in counts.regions.items()}))


def queue(fund: Opened, actor: Known, fresh: Fresh) -> Response:
    fresh.wait(fund, work_queue.VIEW.name, city_register.VIEW.name, people.VIEW.name)
    now = fund.now()
    with fund.views.reading() as reading:
        represents = [one.city for one in city_register.represented_by(reading, actor.id)]
        waiting, load = work_queue.for_actor(reading, actor, represents), people.loads(reading).get(actor.id, 0)
    tasks = [task for task in waiting if files.is_theirs(fund, actor, task.stream)]
    late = [task.due is not None and task.due < now for task in tasks]
    return json(Queue(items=[_task(task, late=past) for task, past in zip(tasks, late, strict=True)], load=load))


def me(fund: Opened, actor: Known, fresh: Fresh) -> Response:
    fresh.wait(fund, city_register.VIEW.name)
    with fund.views.reading() as reading:
        represents = [one.city for one in city_register.represented_by(reading, actor.id)]
    return json(
        Me(
            person=actor.id,
            roles=_roles(actor.own),
            lent=lent_roles(actor.lent),
            represents=represents,
            belongs_to=sorted(actor.cities),
            messages=_how_messages_come(fund, actor.id),
        )
    )


def _how_messages_come(fund: Fund, id: str) -> Chosen:
    person = fund.handler.load(id).state
    registered = person.registered if isinstance(person, Person) else None
    choice = choice_of(person, fund.keys) if isinstance(person, Person) else Choice()
    return Chosen(rhythm=choice.rhythm, language=choice.language or (registered.language if registered else ""))


def lent_roles(lent: Iterable[Lent | people.Loan]) -> list[RoleLent]:
    return [
        RoleLent(number=one.number, lender=one.by, role=one.role, scope=one.scope, starts=one.starts.isoformat(), ends=one.ends.isoformat())
        for one in lent
    ]


def _roles(actor: Actor) -> list[RoleHeld]:
    return [RoleHeld(role=role, scope=scope) for role, scope in sorted(actor.roles, key=str)]


def entry(row: CityRow) -> CityEntry:
    return CityEntry(**{name: getattr(row, name) for name in CityEntry.__struct_fields__})


def _balance(one: envelopes.Balance, *, full: bool) -> EnvelopeEntry:
    shown = EnvelopeEntry(id=one.id, title=one.title, currency=one.currency, contributed=one.contributed, in_kind=one.in_kind)
    staff = ("committed", "balance", "reserved", "free", "version") if full else ()
    return msgspec.structs.replace(shown, **{name: getattr(one, name) for name in staff})


def _task(task: Task, *, late: bool) -> TaskEntry:
    return TaskEntry(
        reference=task.reference,
        city=task.city,
        what=task.what,
        stage=task.stage,
        due=task.due.isoformat() if task.due else None,
        since=task.since.isoformat(),
        late=late,
        stopped=task.stopped,
    )


# ── Addresses ─────────────────────────────────────────────────────────────────


def _word(text: str | None, field: str) -> str | None:
    return None if text is None else clean(text, field, SEARCH_LIMIT)


def _cursor(last: CityRow) -> str:
    return urlsafe_b64encode(msgspec.json.encode((last.sort, last.id))).decode()


def _from_cursor(cursor: str | None) -> tuple[str, str] | None:
    if cursor is None:
        return None
    try:
        sort, id = msgspec.json.decode(urlsafe_b64decode(cursor), type=tuple[str, str])
    except ValueError:
        raise Refusal("code.unknown", field="after") from None
    return clean(sort, "after"), clean(id, "after")
