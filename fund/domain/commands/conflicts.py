"""Conflicts of interest on a file."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class DeclareConflict(Command, frozen=True, kw_only=True):
    verb, target = "declare-conflict", "application"

    application: str
    interest: e.Interest
    about: str
    person: str = ""
    """Whose it is; may be left out for one's own."""


class EndConflict(Command, frozen=True, kw_only=True):
    verb, target = "end-conflict", "application"

    application: str
    number: int
    reason: str


class LookAgain(Command, frozen=True, kw_only=True):
    verb, target = "look-again", "application"

    application: str
    number: int
    """Of the conflict under which it was done."""
    finding: str


class BringInterest(Command, frozen=True, kw_only=True):
    verb, target = "bring-interest", "application"

    application: str
    person: str
    number: int
    """Of their standing declaration."""
