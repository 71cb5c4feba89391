"""Appeals against a decision."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class LodgeAppeal(Command, frozen=True, kw_only=True):
    verb, target = "lodge-appeal", "application"

    application: str
    city: str = ""
    """May be left out by whoever speaks for one city of the file only."""
    grounds: str


class WithdrawAppeal(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-appeal", "application"

    application: str
    reason: str


class AdmitAppeal(Command, frozen=True, kw_only=True):
    verb, target = "admit-appeal", "application"

    application: str


class TurnAwayAppeal(Command, frozen=True, kw_only=True):
    verb, target = "turn-away-appeal", "application"

    application: str
    reason: str


class DecideAppeal(Command, frozen=True, kw_only=True):
    """Unless it is dismissed: the step from which the file is decided again, and the envelope that holds money back for it, or why none."""

    verb, target = "decide-appeal", "application"

    application: str
    outcome: e.AppealOutcome
    reasons: tuple[str, ...]
    back_to: e.BackTo | None = None
    checks: tuple[str, ...] = ()
    envelope: str | None = None
    amount: int = 0
    unfunded: str = ""
