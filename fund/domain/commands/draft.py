"""An application as its city writes it and sends it in."""

from fund.domain.commands.command import Command
from fund.domain.sections import AnySection


class StartApplication(Command, frozen=True, kw_only=True):
    verb, target, creates = "start", "application", True

    application: str = ""  # given by the handler
    reference: str = ""  # given by the handler
    city: str
    language: str


class SaveSection(Command, frozen=True, kw_only=True):
    verb, target = "save-section", "application"

    application: str
    section: AnySection
    salt: str = ""  # given by the handler


class SubmitApplication(Command, frozen=True, kw_only=True):
    verb, target = "submit", "application"

    application: str
    round: str | None = None
    """The competitive round to enter, if any."""
    seed: str = ""  # given by the handler


class AnnounceShortage(Command, frozen=True, kw_only=True):
    verb, target = "announce-shortage", "application"

    application: str
    people: tuple[str, ...] = ()
    """Whoever holds a role."""
