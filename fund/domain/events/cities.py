"""Cities, their membership and who speaks for them."""

from datetime import date, datetime
from typing import ClassVar

import msgspec

from fund.domain.event import Event, Internal, Public, Restricted
from fund.domain.events.words import Capacity, Duty, Ending, Territory


class CityRegistered(Event, frozen=True, kw_only=True):
    name = "city.registered.v1"
    sentence = "{name_en} was entered in the register."

    name_en: Public[str]
    name_local: Public[str]
    kind: Public[str]
    country: Public[str]
    region: Public[str | None]
    relation: Public[str]
    """What the source says the city is to the network."""
    source: Public[str]
    note: Public[str]
    identifiers: Public[dict[str, str]]


class MembershipRecorded(Event, frozen=True, kw_only=True):
    """Membership as a source states it. The attestation stays “not on file” until a person records it."""

    name = "city.membership_recorded.v1"
    sentence = "Membership was recorded on the basis of: {basis}."

    basis: Public[str]
    joined: Public[str | None]


class MembershipEnded(Event, frozen=True, kw_only=True):
    name = "city.membership_ended.v1"
    sentence = "Membership ended: {basis}."

    basis: Public[str]


class CityEvent(Event, frozen=True, kw_only=True):
    """A fact of one city's way into the network. `duty` as for a file: whoever asked or determined does not admit."""

    duty: ClassVar[Duty | None] = None


class MembershipAsked(CityEvent, frozen=True, kw_only=True):
    """By the city; or for one that nobody represents yet, by an administrator who has seen `proof` that it asks."""

    name = "city.membership_asked.v1"
    sentence = "Membership was asked for; the answer is due by {due}."
    duty = "asking"

    proof: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class MembershipAskWithdrawn(CityEvent, frozen=True, kw_only=True):
    name = "city.membership_ask_withdrawn.v1"
    sentence = "The city no longer asks for membership."
    duty = "asking"

    reason: Internal[str]


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one guiding principle: in word (`committed`), and in deed (what the city does about it)."""

    principle: Public[str]
    committed: Internal[bool]
    deed: Restricted


class PrinciplesAttested(CityEvent, frozen=True, kw_only=True):
    """`signatory`: the confirmed one who gave it; None where it was signed on paper, which `proof` names. `office`: never a name."""

    name = "city.principles_attested.v1"
    sentence = "Answers to the guiding principles of {catalogue} were given: {office}, {signed_on}."
    duty = "asking"

    catalogue: Public[str]
    signatory: Internal[str | None]
    office: Internal[str]
    signed_on: Internal[date]
    commitments: tuple[Commitment, ...]
    proof: Restricted


class LeadershipChanged(CityEvent, frozen=True, kw_only=True):
    """Another mayor, or whoever leads the city; the name is nobody's business here. What was attested before is to be attested again."""

    name = "city.leadership_changed.v1"
    sentence = "The city has a new leadership since {since}; the guiding principles are to be attested again by {due}."

    since: Public[date]
    basis: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]


class TerritoryDetermined(CityEvent, frozen=True, kw_only=True):
    """A person's determination of one city's case, never looked up in a list. Who and under which policy: the header says.

    `due`: by when a second person decides or acts, where the territory does not meet the rule or it is unresolved.
    """

    name = "city.territory_determined.v1"
    sentence = "The rule on territory was applied: {territory}; to be reviewed by {review_on}."
    duty = "determining"

    territory: Internal[Territory]
    basis: Restricted
    review_on: Internal[date]
    due: Internal[datetime | None]
    calendar: Internal[str]


class MemberAdmitted(CityEvent, frozen=True, kw_only=True):
    name = "city.member_admitted.v1"
    sentence = "Admitted as a member on {admitted_on}."
    duty = "admitting"

    admitted_on: Public[date]


class MembershipDeclined(CityEvent, frozen=True, kw_only=True):
    name = "city.membership_declined.v1"
    sentence = "Membership was declined."
    duty = "admitting"

    reason: Restricted


class MembershipSuspended(CityEvent, frozen=True, kw_only=True):
    """While it lasts the city counts as no member. `review_on`: by when somebody resumes it, ends it or suspends it anew."""

    name = "city.membership_suspended.v1"
    sentence = "Membership is suspended; to be reviewed by {review_on}."
    duty = "admitting"

    reason: Restricted
    review_on: Internal[date]


class MembershipResumed(CityEvent, frozen=True, kw_only=True):
    name = "city.membership_resumed.v1"
    sentence = "Membership is resumed."
    duty = "admitting"

    reason: Restricted


class RepresentativeRequested(CityEvent, frozen=True, kw_only=True):
    name = "city.representative_requested.v1"
    sentence = "It was asked to confirm {person} as {capacity}, by {due}."

    person: Internal[str]
    capacity: Internal[Capacity]
    proof: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class RepresentativeRefused(CityEvent, frozen=True, kw_only=True):
    name = "city.representative_refused.v1"
    sentence = "{person} was not confirmed."

    person: Internal[str]
    reason: Internal[str]


class RepresentativeConfirmed(Event, frozen=True, kw_only=True):
    name = "city.representative_confirmed.v1"
    sentence = "{person} was confirmed as {capacity}."

    person: Internal[str]
    capacity: Internal[Capacity]
    proof: Restricted


class RepresentativeEnded(Event, frozen=True, kw_only=True):
    name = "city.representative_ended.v1"
    sentence = "{person} no longer represents the city."

    person: Internal[str]
    reason: Internal[str]


class TierRecorded(Event, frozen=True, kw_only=True):
    """The city lies within another, as a borough does in its city: the two do not benefit from one application."""

    name = "city.tier_recorded.v1"
    sentence = "It lies within {within}: {basis}."

    within: Public[tuple[str, ...]]
    """The one it lies in, then the one around that, outwards as far as the register knew."""
    basis: Public[str]


class AwardRecorded(Event, frozen=True, kw_only=True):
    """An award to this city, alone or with others, in the commit of the approval: caps per city count these."""

    name = "city.award_recorded.v1"
    sentence = "{amount} was awarded on {application}."

    application: Internal[str]
    track: Internal[str]
    amount: Internal[int]
    currency: Internal[str]


class CityContributed(Event, frozen=True, kw_only=True):
    """The city is a donor, in the commit of its contribution: where it applies itself, whoever checks and decides is to know."""

    name = "city.contributed.v1"
    sentence = "It contributed to {envelope}."

    envelope: Public[str]


class CityReportMissed(Event, frozen=True, kw_only=True):
    """Told to the lead city's stream: while a report is overdue it is a fact that eligibility looks at."""

    name = "city.report_missed.v1"
    sentence = "The report on {application} was due by {due} and is overdue."

    application: Internal[str]
    due: Internal[datetime]


class CityReportReceived(Event, frozen=True, kw_only=True):
    """Of a report that was overdue."""

    name = "city.report_received.v1"
    sentence = "The report on {application} was received."

    application: Internal[str]


class CityAwardEnded(Event, frozen=True, kw_only=True):
    name = "city.award_ended.v1"
    sentence = "The award on {application} ended: {ending}."

    application: Internal[str]
    ending: Internal[Ending]


class TierInsideRecorded(Event, frozen=True, kw_only=True):
    """The other side of a tier: what one of the two is given may serve the same need."""

    name = "city.tier_inside_recorded.v1"
    sentence = "{city} lies within it."

    city: Public[str]
