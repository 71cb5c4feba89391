"""Assessors and moderators who do not come make way for others: a pure fact of clock, absence and file, so a machine's to record."""

from collections.abc import Iterator

from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.replacement import missing, moderator_missing
from fund.processes.agenda import Timed

ACTOR = "machine:replacements"


def come_due(file: Application, facts: Facts) -> Iterator[Timed]:
    """Who is not waited for any longer: since their due date, or from now on where they are away. facts: with the assessors' streams."""
    for assessor in file.assessors:
        if missing(file, assessor, facts):
            command = c.LapseAssessor(application=file.id, assessor=assessor)
            at = min(file.assessment_due(assessor) or facts.now, facts.now)
            yield Timed(at=at, name=command_id(file, assessor), command=command, by=ACTOR, of=file.id)


def moderator_come_due(file: Application, facts: Facts) -> Iterator[Timed]:
    """The same of whoever was asked by name to moderate. facts: with their stream."""
    if moderator_missing(file, facts):
        command = c.LapseModerator(application=file.id, moderator=file.moderator)
        at = min(file.moderation_due or facts.now, facts.now)
        yield Timed(at=at, name=moderator_command_id(file), command=command, by=ACTOR, of=file.id)


def command_id(file: Application, assessor: str) -> str:
    """One cause: this person, asked until then, and so often before: officers may choose them again until the same day."""
    before = file.released.count(assessor)
    return f"replacements:{file.id}:{assessor}:{file.assessors_due[assessor].isoformat()}" + (f":{before}" if before else "")


def moderator_command_id(file: Application) -> str:
    """One cause: this person, asked until then, and so often before; whoever was asked until no day of their own, with the step."""
    due, before = file.moderation_due, file.lapsed_moderators.count(file.moderator)
    return f"replacements:{file.id}:moderator:{file.moderator}:{due.isoformat() if due else ''}" + (f":{before}" if before else "")
