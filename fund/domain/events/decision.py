"""Proposal, approval, decision, and what a decision waits for."""

from datetime import date, datetime

import msgspec

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import Cause, Recommendation


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What must be done, by which office (never a person's name), until when, and what shows it."""

    text: Internal[str]
    owner: Internal[str]
    due_on: Internal[date]
    proof: Internal[str]


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, in the currency that is proposed: `limit` in minor units, by the dated rate that was in force."""

    base: Internal[str]
    quote: Internal[str]
    rate: Internal[int]
    digits: Internal[int]
    """One unit of `base` is rate / 10^digits units of `quote`."""
    on: Internal[date]
    source: Internal[str]
    limit: Internal[int]


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The first and the last day on which support may be given."""

    starts_on: Internal[date]
    ends_on: Internal[date]


class ProposalMade(ApplicationEvent, frozen=True, kw_only=True):
    """`peers` are local leaders or practitioners of the network in design and delivery, or `no_peers_reason` says why not."""

    name = "application.proposal_made.v1"
    sentence = "It was proposed to {recommendation}; the decision is due by {due}."
    duty = "proposing"

    recommendation: Internal[Recommendation]
    envelope: Internal[str | None]
    amount: Internal[int]
    currency: Internal[str]
    peers: tuple[Restricted, ...]
    no_peers_reason: Internal[str]
    conditions: tuple[Condition, ...]
    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]
    support_type: Internal[str | None] = None
    """What of the catalogue's types of support it is; None where that was not said."""
    exchange: Exchange | None = None
    """Where the money is in another currency than was asked for."""
    giving_cities: Internal[tuple[str, ...]] = ()
    """Cities of the file that themselves gave to this envelope: whoever decides is to know."""
    until: Internal[date | None] = None
    awaits: Internal[str] = ""
    modality: Internal[str] = ""
    window: Window | None = None
    """Where support is granted in other days than were asked for."""


class ProposalReturned(ApplicationEvent, frozen=True, kw_only=True):
    """The approver gives the proposal back to whoever made it; the file is in proposal again."""

    name = "application.proposal_returned.v1"
    sentence = "The proposal went back to the proposer; a new one is due by {due}."
    duty = "deciding"

    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class DecidedOtherwise(ApplicationEvent, frozen=True, kw_only=True):
    """Why the decision in the same commit differs from the proposal: in its kind, envelope, amount, conditions, date or modality."""

    name = "application.decided_otherwise.v1"
    sentence = "It was decided otherwise than proposed ({differs}): “{reason}”."
    duty = "deciding"

    differs: Internal[tuple[str, ...]]
    reason: Internal[str]


class ApprovalGiven(ApplicationEvent, frozen=True, kw_only=True):
    """The first of two approvals: exactly what the second person confirms. No money is committed by it."""

    name = "application.approval_given.v1"
    sentence = "A first person approved {amount}; a second person decides by the same date."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    conditions: tuple[Condition, ...]


class ApprovalLapsed(ApplicationEvent, frozen=True, kw_only=True):
    """The second person did not confirm the first approval: what they decided instead stands in the same commit."""

    name = "application.approval_lapsed.v1"
    sentence = "The first approval lapsed: a second person decided otherwise."
    duty = "deciding"


class OpinionOverruled(ApplicationEvent, frozen=True, kw_only=True):
    """Whoever approves does not follow hubs whose opinion asks for a reason."""

    name = "application.opinion_overruled.v1"
    sentence = "The decision does not follow: {hubs}."
    duty = "deciding"

    hubs: Internal[tuple[str, ...]]
    reason: Restricted


class Approved(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.approved.v1"
    sentence = "Approved: {amount}."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]


class ApprovedWithConditions(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.approved_with_conditions.v1"
    sentence = "Approved with conditions: {amount}."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    conditions: tuple[Condition, ...]
    due: Internal[datetime]
    calendar: Internal[str]


class ApprovalWithheld(ApplicationEvent, frozen=True, kw_only=True):
    """On a track that refuses nothing: the approver does not approve, and wants it assessed as on the fallback."""

    name = "application.approval_withheld.v1"
    sentence = "Approval was withheld: the application needs the fuller track."
    duty = "deciding"

    reason: Restricted


class CityCapReached(ApplicationEvent, frozen=True, kw_only=True):
    """The approver said yes, and the track can give this city no more at present."""

    name = "application.city_cap_reached.v1"
    sentence = "The approval could not stand: {city} has had all that this track gives a city within {months} months."
    duty = "deciding"

    city: Internal[str]
    months: Internal[int]


class Declined(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.declined.v1"
    sentence = "Declined."
    duty = "deciding"

    reasons: Internal[tuple[str, ...]]
    what_would_change: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]


class Deferred(ApplicationEvent, frozen=True, kw_only=True):
    """Put off `until` a day, or until what it `awaits` has happened and a person records it; looked at again at `review` at the latest."""

    name = "application.deferred.v1"
    sentence = "Deferred; it is taken up again by {review} at the latest."
    duty = "deciding"

    reasons: Internal[tuple[str, ...]]
    until: Internal[date | None]
    awaits: Internal[str]
    review: Internal[datetime]
    due: Internal[datetime]
    calendar: Internal[str]


class Referred(ApplicationEvent, frozen=True, kw_only=True):
    """No rejection: another modality of the network helps. `turn_to`: where the city turns; `passed_on`: what the fund hands over."""

    name = "application.referred.v1"
    sentence = "Referred to: {modality}."
    duty = "deciding"

    modality: Internal[str]
    turn_to: Internal[str]
    passed_on: Internal[str]
    reasons: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]


class PutOnWaitingList(ApplicationEvent, frozen=True, kw_only=True):
    """Aligned, and the envelope cannot cover it now: a contribution wakes it, or a review at `review`."""

    name = "application.put_on_waiting_list.v1"
    sentence = "Put on the waiting list for {amount}; it is looked at again by {review} at the latest."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    review: Internal[datetime]
    due: Internal[datetime]
    calendar: Internal[str]


class AwaitedEventRecorded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.awaited_event_recorded.v1"
    sentence = "What was awaited has happened: {awaited}."
    duty = "checking"

    awaited: Internal[str]
    evidence: Restricted


class Woken(ApplicationEvent, frozen=True, kw_only=True):
    """A file that was put off or waited is proposed anew. The decision before it stays on file."""

    name = "application.woken.v1"
    sentence = "Taken up again ({cause}); a proposal is due by {due}."
    duty = "checking"

    cause: Internal[Cause]
    reason: Restricted
    """Of the person who took it up; empty where a machine did."""
    due: Internal[datetime]
    calendar: Internal[str]
