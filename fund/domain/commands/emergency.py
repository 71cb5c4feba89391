"""Emergency access to a file."""

from fund.domain.commands.command import Command


class AskEmergencyAccess(Command, frozen=True, kw_only=True):
    """For oneself, to one file, in a role that one does not hold."""

    verb, target = "ask-emergency-access", "application"

    application: str
    role: str
    reason: str


class OpenEmergencyAccess(Command, frozen=True, kw_only=True):
    verb, target = "open-emergency-access", "application"

    application: str
    number: int


class CloseEmergencyAccess(Command, frozen=True, kw_only=True):
    verb, target = "close-emergency-access", "application"

    application: str
    number: int
    reason: str
