"""What the other streams remember: cities, hubs, envelopes, people, the programme."""

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded


class City(msgspec.Struct, frozen=True, kw_only=True):
    """A sub-national government as the register knows it. Region is nullable and never decides eligibility."""

    id: str = ""
    registered: e.CityRegistered | None = None
    membership: e.MembershipRecorded | None = None
    representatives: dict[str, e.RepresentativeConfirmed] = {}

    @property
    def is_member(self) -> bool:
        return self.membership is not None

    @property
    def name(self) -> str:
        return self.registered.name_en if self.registered else self.id

    @property
    def region(self) -> str | None:
        return self.registered.region if self.registered else None

    def represented_by(self, person: str, capacity: e.Capacity | None = None) -> bool:
        confirmed = self.representatives.get(person)
        return confirmed is not None and capacity in (None, confirmed.capacity)


class Hub(msgspec.Struct, frozen=True, kw_only=True):
    """A hub: open or not."""

    id: str = ""
    opened: e.HubOpened | None = None

    @property
    def is_open(self) -> bool:
        return self.opened is not None


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Money set aside, in minor units of one currency. The balance never goes below zero."""

    id: str = ""
    title: str = ""
    currency: str = ""
    contributed: int = 0
    committed: int = 0

    @property
    def balance(self) -> int:
        return self.contributed - self.committed


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who acts. The name stays sealed in the event; no rule reads it."""

    id: str = ""
    registered: e.PersonRegistered | None = None
    roles: frozenset[tuple[str, str | None]] = frozenset()
    cities: frozenset[str] = frozenset()
    erased: bool = False

    @property
    def is_active(self) -> bool:
        return self.registered is not None and not self.erased


class Adoption(msgspec.Struct, frozen=True, kw_only=True):
    """Which versions of the programme were adopted; the last is in force."""

    id: str = ""
    versions: tuple[e.ProgrammeAdopted, ...] = ()


def evolve_city(city: City, recorded: Recorded) -> City:
    match recorded.event:
        case e.CityRegistered() as event:
            return msgspec.structs.replace(city, id=recorded.stream, registered=event)
        case e.MembershipRecorded() as event:
            return msgspec.structs.replace(city, membership=event)
        case e.MembershipEnded():
            return msgspec.structs.replace(city, membership=None)
        case e.RepresentativeConfirmed() as event:
            return msgspec.structs.replace(city, representatives=city.representatives | {event.person: event})
        case e.RepresentativeEnded() as event:
            left = {person: confirmed for person, confirmed in city.representatives.items() if person != event.person}
            return msgspec.structs.replace(city, representatives=left)
    return city


def evolve_hub(hub: Hub, recorded: Recorded) -> Hub:
    match recorded.event:
        case e.HubOpened() as event:
            return msgspec.structs.replace(hub, id=recorded.stream, opened=event)
        case e.HubClosed():
            return msgspec.structs.replace(hub, opened=None)
    return hub


def evolve_envelope(envelope: Envelope, recorded: Recorded) -> Envelope:
    match recorded.event:
        case e.EnvelopeOpened() as event:
            return msgspec.structs.replace(envelope, id=recorded.stream, title=event.title, currency=event.currency)
        case e.ContributionReceived() as event:
            return msgspec.structs.replace(envelope, contributed=envelope.contributed + event.amount)
        case e.FundsCommitted() as event:
            return msgspec.structs.replace(envelope, committed=envelope.committed + event.amount)
    return envelope


def evolve_person(person: Person, recorded: Recorded) -> Person:
    match recorded.event:
        case e.PersonRegistered() as event:
            return msgspec.structs.replace(person, id=recorded.stream, registered=event)
        case e.RoleGranted() as event:
            return msgspec.structs.replace(person, roles=person.roles | {(event.role, event.scope)})
        case e.RoleRevoked() as event:
            return msgspec.structs.replace(person, roles=person.roles - {(event.role, event.scope)})
        case e.AffiliationRecorded() as event:
            return msgspec.structs.replace(person, cities=person.cities | {event.city})
        case e.PersonErased():
            return msgspec.structs.replace(person, erased=True, roles=frozenset())
    return person


def evolve_adoption(adoption: Adoption, recorded: Recorded) -> Adoption:
    match recorded.event:
        case e.ProgrammeAdopted() as event:
            return msgspec.structs.replace(adoption, id=recorded.stream, versions=(*adoption.versions, event))
    return adoption
