"""Partner cities of an application."""

from datetime import date

from fund.domain.commands.command import Command


class AcceptText(Command, frozen=True, kw_only=True):
    verb, target = "accept-text", "application"

    application: str
    city: str
    text: str
    """Digest of the text that was read."""


class RecordAcceptance(Command, frozen=True, kw_only=True):
    verb, target = "record-acceptance", "application"

    application: str
    city: str
    text: str
    signatory: str
    signed_on: date
    paper: str
    """SHA-256 of the photograph of the signed paper."""


class LeaveApplication(Command, frozen=True, kw_only=True):
    verb, target = "leave", "application"

    application: str
    city: str
    reason: str
