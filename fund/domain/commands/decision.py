"""The proposal, and every decision on it."""

from datetime import date

import msgspec

from fund.domain import events as e
from fund.domain.commands.command import Command


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever proposes says to the opinion of one hub."""

    hub: str
    text: str


class MakeProposal(Command, frozen=True, kw_only=True):
    verb, target = "propose", "application"

    application: str
    recommendation: e.Recommendation
    envelope: str | None = None
    amount: int = 0
    currency: str = ""
    peers: tuple[str, ...] = ()
    no_peers_reason: str = ""
    conditions: tuple[e.Condition, ...] = ()
    support_type: str | None = None
    reason: str
    until: date | None = None
    awaits: str = ""
    modality: str = ""
    answers: tuple[Answer, ...] = ()
    """To the opinions of hubs that ask for one."""
    window: e.Window | None = None
    """Of the support; the days asked for where none is named."""


class RecordAwaitedEvent(Command, frozen=True, kw_only=True):
    verb, target = "record-awaited-event", "application"

    application: str
    evidence: str


class ReconsiderApplication(Command, frozen=True, kw_only=True):
    verb, target = "reconsider", "application"

    application: str
    reason: str


class Approve(Command, frozen=True, kw_only=True):
    """Envelope and amount are those of the proposal where none are given. `otherwise`: why it is not decided as proposed."""

    verb, target = "approve", "application"

    application: str
    reasons: tuple[str, ...]
    envelope: str | None = None
    amount: int | None = None
    otherwise: str = ""
    despite: str = ""
    """Why, where a hub whose opinion asks for a reason is not followed."""


class ApproveWithConditions(Command, frozen=True, kw_only=True):
    verb, target = "approve-with-conditions", "application"

    application: str
    reasons: tuple[str, ...]
    conditions: tuple[e.Condition, ...]
    envelope: str | None = None
    amount: int | None = None
    otherwise: str = ""
    despite: str = ""


class WithholdApproval(Command, frozen=True, kw_only=True):
    verb, target = "withhold-approval", "application"

    application: str
    reason: str


class Decline(Command, frozen=True, kw_only=True):
    verb, target = "decline", "application"

    application: str
    reasons: tuple[str, ...]
    what_would_change: tuple[str, ...]
    otherwise: str = ""


class Defer(Command, frozen=True, kw_only=True):
    """Until a day, or until what it awaits has happened: one of the two."""

    verb, target = "defer", "application"

    application: str
    until: date | None = None
    awaits: str = ""
    reasons: tuple[str, ...]
    otherwise: str = ""


class Refer(Command, frozen=True, kw_only=True):
    verb, target = "refer", "application"

    application: str
    modality: str
    turn_to: str
    passed_on: str
    reasons: tuple[str, ...]
    otherwise: str = ""


class PutOnWaitingList(Command, frozen=True, kw_only=True):
    verb, target = "put-on-waiting-list", "application"

    application: str
    envelope: str | None = None
    amount: int | None = None
    reasons: tuple[str, ...]
    otherwise: str = ""


class ReturnProposal(Command, frozen=True, kw_only=True):
    verb, target = "return-proposal", "application"

    application: str
    reason: str


class WakeApplication(Command, frozen=True, kw_only=True):
    verb, target = "wake", "application"

    application: str
