"""Letters and their delivery."""

from datetime import date

from fund.domain.commands.command import Command


class OpenLetter(Command, frozen=True, kw_only=True):
    verb, target = "open-letter", "application"

    application: str
    letter: int
    """Its number in the file, from 1."""


class DeemDelivered(Command, frozen=True, kw_only=True):
    verb, target = "deem-delivered", "application"

    application: str
    letter: int


class IssueLetter(Command, frozen=True, kw_only=True):
    verb, target = "issue-letter", "application"

    application: str
    issued_on: date
    template: str
    renderer: str
    sha256: str
    blob: str
    size: int
    numbered_at: int = 0
