"""Cities, their membership and who represents them."""

from datetime import date

import msgspec

from fund.domain import events as e
from fund.domain.commands.command import Command


class RegisterCity(Command, frozen=True, kw_only=True):
    verb, target, creates = "register", "city", True

    city: str = ""  # given by the handler
    name_en: str
    name_local: str = ""
    kind: str
    country: str
    region: str | None = None
    relation: str
    source: str
    note: str = ""
    identifiers: dict[str, str] = msgspec.field(default_factory=dict)


class RecordTier(Command, frozen=True, kw_only=True):
    verb, target = "record-tier", "city"

    city: str
    within: str
    basis: str


class RecordMembership(Command, frozen=True, kw_only=True):
    verb, target = "record-membership", "city"

    city: str
    basis: str
    joined: str | None = None


class EndMembership(Command, frozen=True, kw_only=True):
    verb, target = "end-membership", "city"

    city: str
    basis: str


class ConfirmRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "confirm-representative", "city"

    city: str
    person: str
    capacity: e.Capacity
    proof: str


class EndRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "end-representative", "city"

    city: str
    person: str
    reason: str


class RequestRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "request-representative", "city"

    city: str
    person: str
    capacity: e.Capacity
    proof: str


class RefuseRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "refuse-representative", "city"

    city: str
    person: str
    reason: str


class AskMembership(Command, frozen=True, kw_only=True):
    """`proof`: of an administrator who asks for a city that nobody represents yet."""

    verb, target = "ask-membership", "city"

    city: str
    proof: str = ""


class WithdrawMembershipAsk(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-membership-ask", "city"

    city: str
    reason: str


class AttestPrinciples(Command, frozen=True, kw_only=True):
    """`office`: in which it is signed, such as mayor. `signed_on` and `proof`: where it was signed on paper."""

    verb, target = "attest-principles", "city"

    city: str
    office: str
    commitments: tuple[e.Commitment, ...]
    signed_on: date | None = None
    proof: str = ""


class RecordNewLeadership(Command, frozen=True, kw_only=True):
    verb, target = "record-new-leadership", "city"

    city: str
    since: date
    basis: str


class DetermineTerritory(Command, frozen=True, kw_only=True):
    verb, target = "determine-territory", "city"

    city: str
    territory: e.Territory
    basis: str
    review_on: date


class AdmitMember(Command, frozen=True, kw_only=True):
    verb, target = "admit-member", "city"

    city: str


class DeclineMembership(Command, frozen=True, kw_only=True):
    verb, target = "decline-membership", "city"

    city: str
    reason: str


class SuspendMembership(Command, frozen=True, kw_only=True):
    verb, target = "suspend-membership", "city"

    city: str
    reason: str
    review_on: date


class ResumeMembership(Command, frozen=True, kw_only=True):
    verb, target = "resume-membership", "city"

    city: str
    reason: str
