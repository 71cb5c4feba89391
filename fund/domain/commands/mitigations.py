"""What lessens a risk, once it is owed."""

from fund.domain.commands.command import Command


class ReportMitigation(Command, frozen=True, kw_only=True):
    """What the city owes against harm is done, and how."""

    verb, target = "report-mitigation", "application"

    application: str
    number: int
    done: str


class ReportMitigationOfHub(Command, frozen=True, kw_only=True):
    """The same, of the hub that one serves."""

    verb, target = "report-mitigation-of-hub", "application"

    application: str
    number: int
    done: str


class RecordMitigationDone(Command, frozen=True, kw_only=True):
    """The same, of the central team; and of a hub that is late or gone."""

    verb, target = "record-mitigation-done", "application"

    application: str
    number: int
    done: str


class GiveUpMitigation(Command, frozen=True, kw_only=True):
    verb, target = "give-up-mitigation", "application"

    application: str
    number: int
    reason: str


class RemindMitigation(Command, frozen=True, kw_only=True):
    """Of what is due first."""

    verb, target = "remind-mitigation", "application"

    application: str


class MissMitigation(Command, frozen=True, kw_only=True):
    """The one that was due first."""

    verb, target = "miss-mitigation", "application"

    application: str
