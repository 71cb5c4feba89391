"""Applications that end, or stand still, without a decision."""

from datetime import date

from fund.domain.commands.command import Command


class WithdrawApplication(Command, frozen=True, kw_only=True):
    verb, target = "withdraw", "application"

    application: str
    reason: str


class SuspendApplication(Command, frozen=True, kw_only=True):
    verb, target = "suspend-application", "application"

    application: str
    reason: str
    review_on: date


class ResumeApplication(Command, frozen=True, kw_only=True):
    """By an officer for a reason; by a machine, without one, once the day is over."""

    verb, target = "resume-application", "application"

    application: str
    reason: str = ""


class RemindDraft(Command, frozen=True, kw_only=True):
    verb, target = "remind-draft", "application"

    application: str


class LapseApplication(Command, frozen=True, kw_only=True):
    """What a machine says once nobody completed it in time."""

    verb, target = "lapse-application", "application"

    application: str
