"""Errors of a decision, named and answered."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class AskCorrection(Command, frozen=True, kw_only=True):
    """Of one fact that the decision rests on: a check that failed, or one of the reasons by its number, from 1."""

    verb, target = "ask-correction", "application"

    application: str
    city: str = ""
    """May be left out by whoever speaks for one city of the file only."""
    check: str = ""
    reason: int = 0
    instead: str


class ProposeCorrection(Command, frozen=True, kw_only=True):
    """Of one of the reasons of a decision by its number, from 1: the central team finds its own error."""

    verb, target = "propose-correction", "application"

    application: str
    reason: int
    instead: str


class CorrectDecision(Command, frozen=True, kw_only=True):
    """The decision falls and is taken again from `back_to` on; `envelope` and `amount` hold money back, or `unfunded` says why not."""

    verb, target = "correct-decision", "application"

    application: str
    reasons: tuple[str, ...]
    back_to: e.BackTo
    envelope: str = ""
    amount: int = 0
    unfunded: str = ""


class RefuseCorrection(Command, frozen=True, kw_only=True):
    verb, target = "refuse-correction", "application"

    application: str
    reasons: tuple[str, ...]
