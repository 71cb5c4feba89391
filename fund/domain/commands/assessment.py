"""Assessors and what they judge."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class AssignAssessor(Command, frozen=True, kw_only=True):
    verb, target = "assign-assessor", "application"

    application: str
    assessor: str
    reason: str


class DrawAssessors(Command, frozen=True, kw_only=True):
    verb, target = "draw-assessors", "application"

    application: str
    candidates: tuple[e.Candidate, ...] = ()  # given by the handler
    as_of: int = 0  # given by the handler
    seed: str = ""  # given by the handler


class LapseAssessor(Command, frozen=True, kw_only=True):
    verb, target = "lapse-assessor", "application"

    application: str
    assessor: str


class ReleaseAssessor(Command, frozen=True, kw_only=True):
    verb, target = "release-assessor", "application"

    application: str
    assessor: str
    reason: str


class RecordAssessment(Command, frozen=True, kw_only=True):
    verb, target = "assess", "application"

    application: str
    judgements: tuple[e.Judgement, ...]
