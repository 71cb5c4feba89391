"""The opinion of a hub."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class AskHub(Command, frozen=True, kw_only=True):
    verb, target = "ask-hub", "application"

    application: str
    hub: str
    reason: str


class ReleaseHub(Command, frozen=True, kw_only=True):
    verb, target = "release-hub", "application"

    application: str
    hub: str
    reason: str


class TakeOverOpinion(Command, frozen=True, kw_only=True):
    verb, target = "take-over-opinion", "application"

    application: str
    hub: str
    reason: str = ""
    """Required of a person."""


class GiveCentralOpinion(Command, frozen=True, kw_only=True):
    verb, target = "give-central-opinion", "application"

    application: str
    hub: str
    opinion: e.Opinion
    reason: str


class CloseCoordination(Command, frozen=True, kw_only=True):
    verb, target = "close-coordination", "application"

    application: str
    mode: e.Mode
    hub: str = ""
    """The hub that leads. May be left out where it can be only one."""
    reason: str = ""


class HandOverLead(Command, frozen=True, kw_only=True):
    verb, target = "hand-over-lead", "application"

    application: str
    mode: e.Mode
    hub: str = ""
    """The hub that leads from here on. May be left out where it can be only one."""
    reason: str


class GiveOpinion(Command, frozen=True, kw_only=True):
    verb, target = "give-opinion", "application"

    application: str
    hub: str = ""
    """May be left out by whoever answers for one hub only."""
    opinion: e.Opinion
    accepts_delivery: bool = False
    reason: str
    sustainability: str = ""
    confidential: str = ""
    """For the fund's staff and whoever decides."""


class AskCentralHelp(Command, frozen=True, kw_only=True):
    verb, target = "ask-central-help", "application"

    application: str
    hub: str
    reason: str


class RemindHub(Command, frozen=True, kw_only=True):
    """What a machine says while there is still time to answer."""

    verb, target = "remind-hub", "application"

    application: str
    hub: str


class DeemOpinion(Command, frozen=True, kw_only=True):
    verb, target = "deem-opinion", "application"

    application: str
    hub: str
