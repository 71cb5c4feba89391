"""People, their roles, interests and absences."""

from datetime import date

from fund.domain import events as e
from fund.domain.commands.command import Command


class RegisterPerson(Command, frozen=True, kw_only=True):
    verb, target, creates = "register", "person", True

    person: str = ""  # given by the handler
    full_name: str
    email: str
    language: str
    country: str | None = None


class GrantRole(Command, frozen=True, kw_only=True):
    verb, target = "grant-role", "person"

    person: str
    role: str
    scope: str | None = None


class RevokeRole(Command, frozen=True, kw_only=True):
    verb, target = "revoke-role", "person"

    person: str
    role: str
    scope: str | None = None


class RecordAffiliation(Command, frozen=True, kw_only=True):
    verb, target = "record-affiliation", "person"

    person: str
    city: str


class DeclareInterest(Command, frozen=True, kw_only=True):
    """Of a tie to a city or to the organisation behind a hub; one of the two is named."""

    verb, target = "declare-interest", "person"

    person: str
    interest: e.Interest
    city: str | None = None
    hub: str | None = None
    about: str


class EndInterest(Command, frozen=True, kw_only=True):
    verb, target = "end-interest", "person"

    person: str
    number: int
    reason: str


class ChooseMessages(Command, frozen=True, kw_only=True):
    """How messages come, and in which language; an empty one is the one that the person was registered with."""

    verb, target = "choose-messages", "person"

    person: str
    rhythm: e.Rhythm
    language: str = ""


class DelegateRole(Command, frozen=True, kw_only=True):
    """To `person`, from the first day to the last. scope: the hub, of a coordinator."""

    verb, target = "delegate-role", "person"

    person: str
    role: str
    scope: str | None = None
    first: date
    last: date
    reason: str


class EndDelegation(Command, frozen=True, kw_only=True):
    verb, target = "end-delegation", "person"

    person: str
    number: int
    reason: str


class RecordAbsence(Command, frozen=True, kw_only=True):
    verb, target = "record-absence", "person"

    person: str
    first: date
    last: date


class ErasePerson(Command, frozen=True, kw_only=True):
    verb, target = "erase", "person"

    person: str
    basis: str
