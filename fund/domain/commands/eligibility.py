"""Completeness, eligibility, and a refusal that two people set aside."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class ReturnForCompletion(Command, frozen=True, kw_only=True):
    verb, target = "return-for-completion", "application"

    application: str
    sections: tuple[str, ...]
    reason: str


class ConfirmCompleteness(Command, frozen=True, kw_only=True):
    verb, target = "confirm-completeness", "application"

    application: str


class RecordCheck(Command, frozen=True, kw_only=True):
    verb, target = "record-check", "application"

    application: str
    check: str
    result: e.CheckResult
    evidence: str


class ConfirmEligibility(Command, frozen=True, kw_only=True):
    verb, target = "confirm-eligibility", "application"

    application: str


class RefuseEligibility(Command, frozen=True, kw_only=True):
    verb, target = "refuse-eligibility", "application"

    application: str
    reason: str


class ProposeOverride(Command, frozen=True, kw_only=True):
    """That the finding of ineligibility is set aside on these checks."""

    verb, target = "propose-override", "application"

    application: str
    checks: tuple[str, ...]
    reasons: tuple[str, ...]


class OverrideEligibility(Command, frozen=True, kw_only=True):
    verb, target = "override-eligibility", "application"

    application: str
    reasons: tuple[str, ...]


class DeclineOverride(Command, frozen=True, kw_only=True):
    verb, target = "decline-override", "application"

    application: str
    reason: str


class RunMachineChecks(Command, frozen=True, kw_only=True):
    verb, target = "run-machine-checks", "application"

    application: str
