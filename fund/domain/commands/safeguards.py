"""What harm a support could do: before it is granted, and while an award runs."""

from datetime import date

import msgspec

from fund.domain.commands.command import Command
from fund.domain.programme import Office, SafeguardLevel
from fund.domain.sections import SafeguardAnswer


class ReportIncident(Command, frozen=True, kw_only=True):
    """`stop`: what was reported may go on doing harm, so the award stands still at once."""

    verb, target = "report-incident", "application"

    application: str
    happened_on: date
    account: str
    stop: bool = False


class AskScreening(Command, frozen=True, kw_only=True):
    """Once the last look at the safeguards of an award is too long ago."""

    verb, target = "ask-screening", "application"

    application: str


class ScreenAward(Command, frozen=True, kw_only=True):
    """As `RecordSafeguards`, while an award runs."""

    verb, target = "screen-award", "application"

    application: str
    level: SafeguardLevel
    reason: str
    mitigations: tuple["Mitigation", ...] = ()


class Mitigation(msgspec.Struct, frozen=True, kw_only=True):
    """What lessens a risk, in words that do not tell it; by which office, until when. Whoever owes it reads it once it is granted.

    office: whose people report it done.
    """

    text: str
    owner: str
    due_on: date
    office: Office = "centre"


class RecordSafeguards(Command, frozen=True, kw_only=True):
    verb, target = "record-safeguards", "application"

    application: str
    level: SafeguardLevel
    reason: str
    mitigations: tuple[Mitigation, ...] = ()


class HelpWithSafeguards(Command, frozen=True, kw_only=True):
    verb, target = "help-with-safeguards", "application"

    application: str
    answers: tuple[SafeguardAnswer, ...]
    salt: str = ""  # given by the handler


class HelpInPlaceOfHub(Command, frozen=True, kw_only=True):
    verb, target = "help-in-place-of-hub", "application"

    application: str
    answers: tuple[SafeguardAnswer, ...]
    salt: str = ""  # given by the handler


class SignSafeguards(Command, frozen=True, kw_only=True):
    verb, target = "sign-safeguards", "application"

    application: str
    screen: str
    """The digest of what is signed, as it was asked for."""
    reason: str


class SignInPlaceOfHub(Command, frozen=True, kw_only=True):
    verb, target = "sign-in-place-of-hub", "application"

    application: str
    screen: str
    reason: str


class CountersignSafeguards(Command, frozen=True, kw_only=True):
    """For the central team."""

    verb, target = "countersign-safeguards", "application"

    application: str
    screen: str
    reason: str


class RemindOfSafeguards(Command, frozen=True, kw_only=True):
    """Of what is due first."""

    verb, target = "remind-of-safeguards", "application"

    application: str
