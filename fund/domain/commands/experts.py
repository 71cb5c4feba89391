"""Experts and peers."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class ProposeExpert(Command, frozen=True, kw_only=True):
    verb, target = "propose-expert", "application"

    application: str
    person: str
    part: e.Part
    city: str | None = None
    purpose: str


class AcceptExpertRole(Command, frozen=True, kw_only=True):
    verb, target = "accept-expert-role", "application"

    application: str


class DeclineExpertRole(Command, frozen=True, kw_only=True):
    verb, target = "decline-expert-role", "application"

    application: str
    reason: str


class DeclareExpertConflict(Command, frozen=True, kw_only=True):
    verb, target = "declare-expert-conflict", "application"

    application: str
    reason: str


class LapseExpert(Command, frozen=True, kw_only=True):
    verb, target = "lapse-expert", "application"

    application: str
    person: str
