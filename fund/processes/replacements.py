"""Assessors who do not come make way for others: a pure fact of clock, absence and file, so a machine's to record."""

from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.replacement import missing

ACTOR = "machine:replacements"


def to_replace(file: Application, facts: Facts) -> tuple[str, ...]:
    """Who is not waited for any longer. facts: with the streams of the assessors."""
    return tuple(assessor for assessor in file.assessors if missing(file, assessor, facts))


def command(file: Application, assessor: str) -> c.LapseAssessor:
    return c.LapseAssessor(application=file.id, assessor=assessor)


def command_id(file: Application, assessor: str) -> str:
    """One cause: this person, asked until then."""
    return f"replacements:{file.id}:{assessor}:{file.assessors_due[assessor].isoformat()}"
