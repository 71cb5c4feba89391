"""The award's own life, from its letter to its end."""

from datetime import date

from fund.domain.commands.command import Command


class AcceptAward(Command, frozen=True, kw_only=True):
    verb, target = "accept-award", "application"

    application: str


class TurnDownAward(Command, frozen=True, kw_only=True):
    verb, target = "turn-down-award", "application"

    application: str
    reason: str


class HandInReport(Command, frozen=True, kw_only=True):
    verb, target = "hand-in-report", "application"

    application: str
    report: str


class RemindOfAward(Command, frozen=True, kw_only=True):
    verb, target = "remind-of-award", "application"

    application: str


class LapseAward(Command, frozen=True, kw_only=True):
    verb, target = "lapse-award", "application"

    application: str


class MissReport(Command, frozen=True, kw_only=True):
    """What a machine says once a report is past due."""

    verb, target = "miss-report", "application"

    application: str


class RelinquishAward(Command, frozen=True, kw_only=True):
    """Of an award that was accepted, by its city. What was used the fund says when it ends it."""

    verb, target = "relinquish-award", "application"

    application: str
    reason: str


class RecordConditionMet(Command, frozen=True, kw_only=True):
    verb, target = "record-condition-met", "application"

    application: str
    number: int
    """Of the condition, from 1."""
    met_on: date
    evidence: str


class RecordActivity(Command, frozen=True, kw_only=True):
    """`hub`: the one that leads, where it delivered. `experts`: those of the file who agreed to take part."""

    verb, target = "record-activity", "application"

    application: str
    format: str
    first_day: date
    last_day: date
    days: int
    participants: int
    hub: str = ""
    experts: tuple[str, ...] = ()
    note: str = ""


class ReturnReport(Command, frozen=True, kw_only=True):
    verb, target = "return-report", "application"

    application: str
    reason: str


class CloseAward(Command, frozen=True, kw_only=True):
    """`spent`: minor units of the award's currency; the rest goes back to where it came from."""

    verb, target = "close-award", "application"

    application: str
    spent: int


class SuspendAward(Command, frozen=True, kw_only=True):
    verb, target = "suspend-award", "application"

    application: str
    reason: str
    review_on: date


class ResumeAward(Command, frozen=True, kw_only=True):
    verb, target = "resume-award", "application"

    application: str
    reason: str


class AskTermination(Command, frozen=True, kw_only=True):
    verb, target = "ask-termination", "application"

    application: str
    reason: str


class WithdrawTermination(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-termination", "application"

    application: str
    reason: str


class RefuseTermination(Command, frozen=True, kw_only=True):
    verb, target = "refuse-termination", "application"

    application: str
    reason: str


class TerminateAward(Command, frozen=True, kw_only=True):
    """`spent`: minor units of the award's currency, up to now; the rest goes back to where it came from."""

    verb, target = "terminate-award", "application"

    application: str
    reasons: tuple[str, ...]
    spent: int
