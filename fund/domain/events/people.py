"""People, their roles, interests and absences."""

from datetime import date, datetime

from fund.domain.event import Event, Internal, Personal
from fund.domain.events.words import Interest
from fund.domain.programme import ConflictEffect


class PersonRegistered(Event, frozen=True, kw_only=True):
    name = "person.registered.v1"
    sentence = "A person was registered."

    person: Internal[str]
    full_name: Personal
    email: Personal
    language: Internal[str]
    country: Internal[str | None] = None
    """Where they work, if that is known: what they are asked by name is due by the working days there."""


class RoleGranted(Event, frozen=True, kw_only=True):
    name = "person.role_granted.v1"
    sentence = "The role {role} was granted."

    person: Internal[str]
    role: Internal[str]
    scope: Internal[str | None]
    """The hub of a coordinator; None where the role has no scope."""


class RoleRevoked(Event, frozen=True, kw_only=True):
    name = "person.role_revoked.v1"
    sentence = "The role {role} was revoked."

    person: Internal[str]
    role: Internal[str]
    scope: Internal[str | None]


class AffiliationRecorded(Event, frozen=True, kw_only=True):
    """The person belongs to a city, and so decides nothing of it."""

    name = "person.affiliation_recorded.v1"
    sentence = "Belongs to {city}."

    person: Internal[str]
    city: Internal[str]


class InterestDeclared(Event, frozen=True, kw_only=True):
    """A standing declaration: a tie to a city, or to the organisation behind a hub, on every file that these have a part in."""

    name = "person.interest_declared.v1"
    sentence = "Interest {number} was declared: {interest} ({effect})."

    person: Internal[str]
    number: Internal[int]
    """From 1 for each person."""
    interest: Internal[Interest]
    effect: Internal[ConflictEffect]
    """As the programme in force said."""
    paid_to_deliver: Internal[bool]
    city: Internal[str | None]
    hub: Internal[str | None]
    about: Personal


class InterestEnded(Event, frozen=True, kw_only=True):
    """An administrator, who is somebody else, has seen that the tie is over, or that it never was one."""

    name = "person.interest_ended.v1"
    sentence = "Interest {number} ended."

    person: Internal[str]
    number: Internal[int]
    reason: Personal


class MessagesChosen(Event, frozen=True, kw_only=True):
    """How somebody is told what waits for them. Their own business: sealed, and gone with them."""

    name = "person.messages_chosen.v1"
    sentence = "It was chosen how messages come."

    person: Internal[str]
    rhythm: Personal
    """`at_once`, `daily`, `weekly` or `never`: of what is not always told at once."""
    language: Personal
    """Of the programme's; empty for the one they were registered with."""


class RoleDelegated(Event, frozen=True, kw_only=True):
    """Lent by somebody who holds the role, from the first day to the last. What is done with it is done in both names."""

    name = "person.role_delegated.v1"
    sentence = "The role {role} was lent by {lender} from {first} to {last}."

    person: Internal[str]
    """To whom."""
    number: Internal[int]
    """From 1 for each person."""
    lender: Internal[str]
    role: Internal[str]
    scope: Internal[str | None]
    first: Internal[date]
    last: Internal[date]
    starts: Internal[datetime]
    ends: Internal[datetime]
    """The last second of the last day, by `calendar`."""
    calendar: Internal[str]
    reason: Personal


class DelegationEnded(Event, frozen=True, kw_only=True):
    name = "person.delegation_ended.v1"
    sentence = "The role lent under number {number} was taken back."

    person: Internal[str]
    number: Internal[int]
    reason: Personal


class AbsenceRecorded(Event, frozen=True, kw_only=True):
    """Away, both days included; no reason is recorded. Recorded again from the same day, it takes the place of the earlier one."""

    name = "person.absence_recorded.v1"
    sentence = "Away from {first} to {last}."

    person: Internal[str]
    first: Internal[date]
    last: Internal[date]


class PersonErased(Event, frozen=True, kw_only=True):
    """The key is destroyed with this fact; what was sealed under it reads as erased ever after."""

    name = "person.erased.v1"
    sentence = "The person’s data was erased: {basis}."

    person: Internal[str]
    basis: Internal[str]
