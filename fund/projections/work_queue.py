"""Who has to do what by when: one row per file and owner.

An owner is a person where one is known (an assigned assessor who has not assessed yet), else a role: for a city's own work the
representatives of that city, for a hub's opinion its coordinators.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, or_, select, tuple_

from fund.domain import commands as c
from fund.domain import mitigation, safeguards, signature
from fund.domain.application import Application, HubOpinion, Stage, missing_sections
from fund.domain.event import Recorded
from fund.domain.facts import Actor, Role
from fund.domain.workflow import EXPERT_OPEN, OPINION_OPEN, STAGES, STEPS
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, replace
from fund.projections.view import Tables, View

OPINION, ASSIGNMENT, INVITATION, QUESTION, CONSENT = "opinion", "assignment", "invitation", "clarification", "consent"
LOOKING_AGAIN, OVERRIDE, SAFEGUARD_HELP, SIGNATURE, SCREENING = "conflict", "override", "safeguard_help", "signature", "screening"
MITIGATION = "mitigation"


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """owner: a person's id or a role. scope: the hub or the city of that role, else empty.

    what: the stage, or `opinion` (the hub's, asked beside other stages), `assignment` (officers while it is assessed),
    `consent` (a partner city's, while its application is a draft that it has not accepted as it stands),
    `clarification` (the city's, and a machine's that reminds it), `conflict` (officers, who look again at what was done under one; it
    holds up the answer, and so is due with the stage), `override` (approvers: a refusal that somebody proposed to set aside),
    `safeguard_help` (what a city could not answer: the hub's that is asked, and officers', who help themselves past the day, or from the
    beginning where no hub is at work), `signature` (under the safeguards: the hub's, and officers', who sign for the central team, and
    past the day in the place of a hub), `screening` (officers, who look at the safeguards of an award again), `mitigation` (what lessens a
    risk, once it is granted: of whoever owes it, and of officers, by the day of the first that is open).
    stopped: the stage's clock stands still, and so it has no due date.
    since: when the file last moved. version: of the file.
    """

    stream: str
    owner: str
    scope: str
    what: str
    reference: str
    city: str
    stage: str
    due: datetime | None
    since: datetime
    version: int
    stopped: bool = False


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    touched = list(batch.of(Application))
    replace(connection, tables[Task], "stream", (file.id for file, _ in touched), [task for pair in touched for task in _tasks(*pair)])


def _tasks(file: Application, last: Recorded) -> Iterator[Task]:
    for owner, scope, what, due in owners(file):
        yield Task(
            stream=file.id,
            owner=owner,
            scope=scope,
            what=what,
            reference=file.reference,
            city=file.city,
            stage=str(file.stage),
            due=due,
            since=last.header.at,
            version=last.version,
            stopped=bool(file.open_clarifications) and what in (str(file.stage), ASSIGNMENT, LOOKING_AGAIN),
        )


def owners(file: Application) -> Iterator[tuple[str, str, str, datetime | None]]:
    """Owner, scope, what and due date of every task of a file, as `Task` has them."""
    stage = str(file.stage)
    stage_due = None if file.open_clarifications else file.due
    if file.open_clarifications:
        yield str(Role.REPRESENTATIVE), file.city, QUESTION, file.due
        yield str(Role.MACHINE), "", QUESTION, file.due
    if file.override and file.stage is Stage.CLOSED:
        yield str(Role.APPROVER), "", OVERRIDE, file.override.due
    if file.to_look_at_again and file.stage in STEPS[c.LookAgain].at:
        yield str(Role.OFFICER), "", LOOKING_AGAIN, stage_due
    yield from _helping(file)
    yield from _signing(file)
    if file.award and file.award.screening and file.stage in STEPS[c.ScreenAward].at:
        yield str(Role.OFFICER), "", SCREENING, file.award.screening.due
    yield from _lessening(file)
    for role in STAGES[file.stage].owners if file.stage in STAGES else ():
        if role is Role.ASSESSOR:
            judging = (person for person in file.assessors if person not in file.assessed_by)
            yield from ((person, "", stage, stage_due and (file.assessment_due(person) or stage_due)) for person in judging)
        elif role is Role.REPRESENTATIVE:
            yield str(role), file.city, stage, stage_due
        elif file.stage is Stage.MODERATION and file.moderator:
            yield file.moderator, "", stage, stage_due and file.moderation_due
        elif role is not Role.COORDINATOR:
            yield str(role), "", ASSIGNMENT if file.stage is Stage.ASSESSMENT else stage, stage_due
    if file.stage is Stage.DRAFT and not missing_sections(file):
        waited_for = (city for city in file.invited_partners if not file.has_accepted(city))
        yield from ((str(Role.REPRESENTATIVE), city, CONSENT, file.due) for city in waited_for)
    if file.stage in EXPERT_OPEN:
        yield from ((one.person, "", INVITATION, one.due) for one in file.invited if one.is_open)
    # Until it is answered or deemed, also in stages where the table names no coordinator.
    if file.stage in OPINION_OPEN and file.open_opinions:
        yield from ((str(Role.COORDINATOR), asked.hub, OPINION, asked.due) for asked in file.open_opinions if asked.answered_by != "centre")
        yield from ((str(Role.OFFICER), "", OPINION, asked.due) for asked in _with_centre(file)[:1])
        yield str(Role.MACHINE), "", OPINION, file.open_opinions[0].due


def _helping(file: Application) -> Iterator[tuple[str, str, str, datetime | None]]:
    """Officers see it from the beginning: a view is not written anew when only a day passes."""
    help = file.safeguard_help
    if help is None or not help.is_open or file.stage not in STEPS[c.HelpInPlaceOfHub].at:
        return
    if hub := safeguards.helping_hub(file):
        yield str(Role.COORDINATOR), hub, SAFEGUARD_HELP, help.due
    yield str(Role.OFFICER), "", SAFEGUARD_HELP, help.due


def _signing(file: Application) -> Iterator[tuple[str, str, str, datetime | None]]:
    """Officers see it once, by the first day on which one of the signatures is due."""
    waiting = signature.to_sign(file) if file.stage in STEPS[c.CountersignSafeguards].at else ()
    hubs = ((signature.signing_hub(file, one), one.asked.due) for one in waiting if one.asked.role == "coordinator")
    yield from ((str(Role.COORDINATOR), hub, SIGNATURE, due) for hub, due in hubs if hub in file.opinions)
    yield from ((str(Role.OFFICER), "", SIGNATURE, min(one.asked.due for one in waiting)) for _ in waiting[:1])


def _lessening(file: Application) -> Iterator[tuple[str, str, str, datetime | None]]:
    """Each office once, by the first day of what it owes; officers see also what others owe."""
    waiting = mitigation.open_ones(file) if file.stage in STEPS[c.GiveUpMitigation].at else ()
    offices: dict[tuple[str, str], datetime] = {}
    for one in waiting:
        hub = mitigation.owing_hub(file, one)
        owner = (str(Role.REPRESENTATIVE), one.asked.city) if one.asked.city else (str(Role.COORDINATOR), hub) if hub else None
        for office in (owner, (str(Role.OFFICER), "")):
            if office:
                offices.setdefault(office, one.asked.due)
    yield from ((role, scope, MITIGATION, due) for (role, scope), due in offices.items())
    clocks = [one.asked.due for one in waiting if not one.missed] if file.stage in STEPS[c.MissMitigation].at else []
    yield from ((str(Role.MACHINE), "", MITIGATION, due) for due in clocks[:1])


def _with_centre(file: Application) -> tuple[HubOpinion, ...]:
    return tuple(asked for asked in file.open_opinions if asked.answered_by != "hub")


VIEW = View("work_queue", 10, (Shape(Task, ("stream", "owner", "scope", "what"), indexes=(("owner", "scope", "due"),)),), apply)


def for_actor(reading: Reading, actor: Actor, represents: Collection[str] = (), *, limit: int = 500) -> list[Task]:
    """What waits for this person: what is theirs by name, and what their roles share. First due first, without a date last.

    represents: ids of the cities they speak for (`city_register.represented_by`).
    """
    table = reading.table(Task)
    shared = [(role, scope or "") for role, scope in sorted(actor.roles, key=str)]
    shared += [(str(Role.REPRESENTATIVE), city) for city in sorted(represents)]
    theirs: ColumnElement[bool] = and_(table.c.owner == actor.id, table.c.scope == "")
    if shared:
        theirs = or_(theirs, tuple_(table.c.owner, table.c.scope).in_(shared))
    return _ordered(reading, theirs, limit)


def for_machine(reading: Reading, *, limit: int = 500) -> list[Task]:
    """Letters to issue, opinions to deem and questions to remind of, and to give up once they are past due."""
    return _ordered(reading, reading.table(Task).c.owner == str(Role.MACHINE), limit)


def of_file(reading: Reading, stream: str) -> list[Task]:
    """Whom a file waits for."""
    return _ordered(reading, reading.table(Task).c.stream == stream, 500)


def overdue(reading: Reading, now: datetime, *, limit: int = 500) -> list[Task]:
    return _ordered(reading, reading.table(Task).c.due < now, limit)


def _ordered(reading: Reading, where: ColumnElement[bool], limit: int) -> list[Task]:
    table = reading.table(Task)
    order = (table.c.due.is_(None), table.c.due, table.c.stream, table.c.owner, table.c.scope, table.c.what)
    return reading.rows(Task, select(table).where(where).order_by(*order).limit(limit))
