"""Rounds in which applications compete."""

from datetime import datetime

from fund.domain import events as e
from fund.domain.commands.command import Command


class OpenRound(Command, frozen=True, kw_only=True):
    verb, target, creates = "open", "round", True

    round: str = ""  # given by the handler
    title: str
    opens_at: datetime
    closes_at: datetime
    envelope: str
    priorities: tuple[str, ...] = ()


class CancelRound(Command, frozen=True, kw_only=True):
    verb, target = "cancel", "round"

    round: str
    reason: str


class CloseRound(Command, frozen=True, kw_only=True):
    verb, target = "close", "round"

    round: str
    standings: tuple[e.Standing, ...]
    served_since: datetime | None = None


class RankRound(Command, frozen=True, kw_only=True):
    verb, target = "rank", "round"

    round: str
    equity_note: str


class DrawLine(Command, frozen=True, kw_only=True):
    verb, target = "draw-line", "round"

    round: str
    places: int
    reasons: tuple[str, ...]
