"""What the other streams remember: cities, hubs, envelopes, people, the programme."""

from datetime import date, datetime
from typing import TypeVar

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.programme import ConflictEffect, Programme, with_numbers

T = TypeVar("T")


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """How a city is a member. `basis`: what the source says; None where people admitted it. `joined`: as the source dates it."""

    basis: str | None = None
    joined: str | None = None
    suspended: e.MembershipSuspended | None = None


class Determination(msgspec.Struct, frozen=True, kw_only=True):
    """What a person determined of the city's territory, when, and when it is looked at again."""

    by: frozenset[str]
    at: datetime
    said: e.TerritoryDetermined


class RepresentativeRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A representative whom somebody proposed: `by` are the hands, and they confirm nothing."""

    by: frozenset[str]
    asked: e.RepresentativeRequested


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """What a city was awarded, alone or with others, and when."""

    at: datetime
    application: str
    track: str
    amount: int
    currency: str
    missed: bool = False
    """Whether a report on it is overdue; known of the city that leads."""
    ending: e.Ending | None = None
    """None: it runs, or was granted before its end was recorded."""


class City(msgspec.Struct, frozen=True, kw_only=True):
    """A sub-national government as the register knows it. Region is nullable and never decides eligibility."""

    id: str = ""
    registered: e.CityRegistered | None = None
    membership: Membership | None = None
    asked: e.MembershipAsked | None = None
    """The open ask for membership."""
    attestation: e.PrinciplesAttested | None = None
    leadership: e.LeadershipChanged | None = None
    determination: Determination | None = None
    representatives: dict[str, e.RepresentativeConfirmed] = {}
    requests: dict[str, RepresentativeRequest] = {}
    hands: frozenset[tuple[str, str]] = frozenset()
    awards: tuple[Award, ...] = ()
    contributes: frozenset[str] = frozenset()
    """Envelopes that it gave to."""
    within: tuple[str, ...] = ()
    """The city it lies in, then what the register knew around that one at the time: how it is now is said by `tier`."""
    inside: tuple[str, ...] = ()
    """Cities that lie within it, as far as that was recorded since it is remembered on both sides."""

    @property
    def lies_in(self) -> str | None:
        return self.within[0] if self.within else None

    @property
    def has_running_award(self) -> bool:
        return any(one.ending is None for one in self.awards)

    @property
    def has_missed_report(self) -> bool:
        return any(one.missed for one in self.awards)

    @property
    def is_member(self) -> bool:
        """A suspended member counts as none."""
        return self.membership is not None and self.membership.suspended is None

    @property
    def leads_anew(self) -> bool:
        """Whether the city's leadership changed after it last attested the principles."""
        return bool(self.leadership and self.attestation and self.attestation.signed_on < self.leadership.since)

    @property
    def stands_by(self) -> str | None:
        """The catalogue of whose every principle the city attested under its present leadership."""
        given = self.attestation
        full = given is not None and not self.leads_anew and all(one.committed for one in given.commitments)
        return given.catalogue if given and full else None

    def has_attested(self, catalogue: str) -> bool:
        return self.stands_by == catalogue

    def meets_on(self, day: date) -> bool:
        """Whether a person determined that the territory meets the rule, and no review of that is overdue on this day."""
        found = self.determination
        return found is not None and found.said.territory == "meets" and day <= found.said.review_on

    def did(self, actor: str, duty: str) -> bool:
        return (duty, actor) in self.hands

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
    """A hub: open, suspended or closed."""

    id: str = ""
    opened: e.HubOpened | None = None
    suspended: e.HubSuspended | None = None
    stopped_at: datetime | None = None
    """Since when it is suspended or closed."""
    days: dict[str, int] = {}
    """Application -> days that its people keep free for it, or have delivered."""

    @property
    def is_open(self) -> bool:
        return self.opened is not None and self.suspended is None


class Pot(msgspec.Struct, frozen=True, kw_only=True):
    """One contribution: what it is worth now, and how much of it is committed. Minor units."""

    number: int
    given: e.ContributionReceived
    received: datetime
    worth: int
    committed: int = 0

    @property
    def is_money(self) -> bool:
        return self.given.kind != "in_kind"

    @property
    def remaining(self) -> int:
        """What can still be committed or taken back."""
        return self.worth - self.committed


class Envelope(msgspec.Struct, frozen=True, kw_only=True):
    """Money set aside, in minor units of one currency. The balance never goes below zero; what is given in kind is no part of it."""

    id: str = ""
    title: str = ""
    currency: str = ""
    contributed: int = 0
    committed: int = 0
    pots: tuple[Pot, ...] = ()
    commitments: dict[str, tuple[e.Allocation, ...]] = {}
    """Application -> what it holds now of each contribution, in the order in which it was drawn."""
    reserved: dict[str, tuple[e.Allocation, ...]] = {}
    """Application -> what is held back for it since it was woken from the waiting list."""

    @property
    def balance(self) -> int:
        return self.contributed - self.committed

    def pot(self, number: int) -> Pot | None:
        return self.pots[number - 1] if 1 <= number <= len(self.pots) else None


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """A standing declaration that has not ended: what it does where the city or the hub has a part in a file."""

    number: int
    kind: e.Interest
    effect: ConflictEffect
    paid_to_deliver: bool
    city: str | None
    hub: str | None


class Lent(msgspec.Struct, frozen=True, kw_only=True):
    """A role that `by`, who holds it, lent to somebody from one instant to another, both included."""

    number: int
    by: str
    role: str
    scope: str | None
    starts: datetime
    ends: datetime


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who acts. The name stays sealed in the event; no rule reads it."""

    id: str = ""
    registered: e.PersonRegistered | None = None
    roles: frozenset[tuple[str, str | None]] = frozenset()
    cities: frozenset[str] = frozenset()
    erased: bool = False
    absences: tuple[tuple[date, date], ...] = ()
    """First and last day away of each."""
    interests: tuple[Interest, ...] = ()
    declared: int = 0
    """How many interests were ever declared: the number of the last one."""
    messages: e.MessagesChosen | None = None
    """How messages come. Sealed; no rule reads it."""
    lent: tuple[Lent, ...] = ()
    """What others lent them and did not end."""
    delegations: int = 0
    """How many roles were ever lent to them: the number of the last one."""

    @property
    def is_active(self) -> bool:
        return self.registered is not None and not self.erased

    def is_away(self, day: date) -> bool:
        return self.is_away_throughout(day, day)

    def is_away_throughout(self, start: date, end: date) -> bool:
        return any(first <= start and end <= last for first, last in self.absences)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A version that was proposed. `by`: whose hands proposed it."""

    programme: str
    version: str
    digest: str
    by: frozenset[str]


class Adoption(msgspec.Struct, frozen=True, kw_only=True):
    """Which versions of the programme were adopted; the last is in force. `proposal`: one that waits for a second person."""

    id: str = ""
    versions: tuple[e.ProgrammeAdopted, ...] = ()
    proposal: Proposal | None = None
    numbers: tuple[tuple[int, e.PriorityRenumbered], ...] = ()
    """Corrections of printed numbers, each with its version in this stream."""

    @property
    def in_force(self) -> e.ProgrammeAdopted | None:
        return self.versions[-1] if self.versions else None

    def numbered(self, programme: Programme, upto: int | None = None) -> Programme:
        """The programme with its priorities numbered as of version `upto` of this stream; as of now without it."""
        found = {
            event.priority: event.printed
            for version, event in self.numbers
            if event.catalogue == programme.catalogue.version and (upto is None or version <= upto)
        }
        return with_numbers(programme, found) if found else programme


class Rates(msgspec.Struct, frozen=True, kw_only=True):
    """The newest exchange rate of each two currencies, whichever of them it was recorded from."""

    id: str = ""
    newest: dict[str, e.RateRecorded] = {}

    def between(self, one: str, other: str) -> e.RateRecorded | None:
        return self.newest.get(_pair(one, other))


def _pair(one: str, other: str) -> str:
    return "/".join(sorted((one, other)))


def evolve_city(city: City, recorded: Recorded) -> City:
    hands = frozenset(hand for hand in (recorded.header.actor, recorded.header.on_behalf_of) if hand)
    duty = recorded.event.duty if isinstance(recorded.event, e.CityEvent) else None
    done = city.hands | {(duty, hand) for hand in hands} if duty else city.hands
    return msgspec.structs.replace(city, hands=done, **_changes(city, recorded, hands))


def _changes(city: City, recorded: Recorded, hands: frozenset[str]) -> dict[str, object]:
    match recorded.event:
        case e.CityRegistered() as event:
            return {"id": recorded.stream, "registered": event}
        case e.MembershipRecorded() as event:
            return {"membership": Membership(basis=event.basis, joined=event.joined), "asked": None}
        case e.MemberAdmitted() as event:
            return {"membership": Membership(joined=event.admitted_on.isoformat()), "asked": None}
        case e.MembershipSuspended() as event if city.membership:
            return {"membership": msgspec.structs.replace(city.membership, suspended=event)}
        case e.MembershipResumed() if city.membership:
            return {"membership": msgspec.structs.replace(city.membership, suspended=None)}
        case e.MembershipEnded():
            return {"membership": None}
        case e.MembershipAsked() as event:
            return {"asked": event}
        case e.MembershipAskWithdrawn() | e.MembershipDeclined():
            return {"asked": None}
        case e.PrinciplesAttested() as event:
            return {"attestation": event}
        case e.LeadershipChanged() as event:
            return {"leadership": event}
        case e.TerritoryDetermined() as event:
            return {"determination": Determination(by=hands, at=recorded.header.at, said=event)}
        case e.RepresentativeRequested() as event:
            return {"requests": city.requests | {event.person: RepresentativeRequest(by=hands, asked=event)}}
        case e.RepresentativeRefused() as event:
            return {"requests": _without(city.requests, event.person)}
        case e.RepresentativeConfirmed() as event:
            confirmed = city.representatives | {event.person: event}
            return {"representatives": confirmed, "requests": _without(city.requests, event.person)}
        case e.RepresentativeEnded() as event:
            return {"representatives": _without(city.representatives, event.person)}
        case e.TierRecorded() as event:
            return {"within": event.within}
        case e.CityContributed() as event:
            return {"contributes": city.contributes | {event.envelope}}
        case e.TierInsideRecorded() as event:
            return {"inside": tuple(dict.fromkeys((*city.inside, event.city)))}
        case e.AwardRecorded() as event:
            return {"awards": (*city.awards, _award(event, recorded.header.at))}
        case e.CityReportMissed() as event:
            return {"awards": _of_award(city, event.application, missed=True)}
        case e.CityReportReceived() as event:
            return {"awards": _of_award(city, event.application, missed=False)}
        case e.CityAwardEnded() as event:
            return {"awards": _of_award(city, event.application, missed=False, ending=event.ending)}
    return {}


def _without(people: dict[str, T], person: str) -> dict[str, T]:
    return {one: about for one, about in people.items() if one != person}


def _award(event: e.AwardRecorded, at: datetime) -> Award:
    return Award(at=at, application=event.application, track=event.track, amount=event.amount, currency=event.currency)


def _of_award(city: City, application: str, **changes: object) -> tuple[Award, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.application == application else one for one in city.awards)


def evolve_hub(hub: Hub, recorded: Recorded) -> Hub:
    match recorded.event:
        case e.HubOpened() as event:
            return msgspec.structs.replace(hub, id=recorded.stream, opened=event, stopped_at=None)
        case e.HubSuspended() as event:
            return msgspec.structs.replace(hub, suspended=event, stopped_at=recorded.header.at)
        case e.HubResumed():
            return msgspec.structs.replace(hub, suspended=None, stopped_at=None)
        case e.HubClosed():
            return msgspec.structs.replace(hub, opened=None, suspended=None, stopped_at=hub.stopped_at or recorded.header.at)
        case e.HubDaysReserved() as event:
            return msgspec.structs.replace(hub, days=hub.days | {event.application: event.days})
        case e.HubDaysReleased() as event:
            left = max(0, hub.days.get(event.application, 0) - event.days)
            return msgspec.structs.replace(hub, days=hub.days | {event.application: left})
    return hub


def evolve_envelope(envelope: Envelope, recorded: Recorded) -> Envelope:
    match recorded.event:
        case e.EnvelopeOpened() as event:
            return msgspec.structs.replace(envelope, id=recorded.stream, title=event.title, currency=event.currency)
        case e.ContributionReceived() as event:
            pot = Pot(number=len(envelope.pots) + 1, given=event, received=recorded.header.at, worth=event.amount)
            return _filled(envelope, (*envelope.pots, pot), event.amount if pot.is_money else 0)
        case e.ContributionReduced() as event:
            money = any(pot.is_money for pot in envelope.pots if pot.number == event.contribution)
            return _filled(envelope, _reduced(envelope.pots, event), -event.amount if money else 0)
        case e.FundsCommitted() as event:
            free = _reserved(envelope, event.application, ())
            return _drawn(free, event.application, event.allocations or _in_order(envelope.pots, event.amount), event.amount)
        case e.FundsReleased() as event:
            back = tuple(e.Allocation(contribution=one.contribution, amount=-one.amount) for one in event.allocations)
            return _drawn(envelope, event.application, back, -event.amount)
        case e.FundsReserved() as event:
            return _reserved(envelope, event.application, event.allocations)
        case e.ReservationEnded() as event:
            return _reserved(envelope, event.application, ())
    return envelope


def _reserved(envelope: Envelope, application: str, allocations: tuple[e.Allocation, ...]) -> Envelope:
    others = {file: held for file, held in envelope.reserved.items() if file != application}
    return msgspec.structs.replace(envelope, reserved=others | ({application: allocations} if allocations else {}))


def _filled(envelope: Envelope, pots: tuple[Pot, ...], money: int) -> Envelope:
    return msgspec.structs.replace(envelope, pots=pots, contributed=envelope.contributed + money)


def _reduced(pots: tuple[Pot, ...], event: e.ContributionReduced) -> tuple[Pot, ...]:
    return tuple(msgspec.structs.replace(pot, worth=pot.worth - event.amount) if pot.number == event.contribution else pot for pot in pots)


def _drawn(envelope: Envelope, application: str, allocations: tuple[e.Allocation, ...], amount: int) -> Envelope:
    taken = _added({}, allocations)
    held = _added({one.contribution: one.amount for one in envelope.commitments.get(application, ())}, allocations)
    now = tuple(e.Allocation(contribution=number, amount=sum) for number, sum in held.items() if sum)
    return msgspec.structs.replace(
        envelope,
        committed=envelope.committed + amount,
        pots=tuple(
            msgspec.structs.replace(pot, committed=pot.committed + taken[pot.number]) if pot.number in taken else pot
            for pot in envelope.pots
        ),
        commitments=envelope.commitments | {application: now},
    )


def _added(held: dict[int, int], allocations: tuple[e.Allocation, ...]) -> dict[int, int]:
    """Contribution -> amount, in the order in which they were first drawn."""
    sums = dict(held)
    for one in allocations:
        sums[one.contribution] = sums.get(one.contribution, 0) + one.amount
    return sums


def _in_order(pots: tuple[Pot, ...], amount: int) -> tuple[e.Allocation, ...]:
    """How a commitment drew that does not say: from the oldest money on. All contributions were free money then."""
    drawn = []
    for pot in pots:
        taken = min(amount, pot.remaining if pot.is_money else 0)
        if taken > 0:
            drawn.append(e.Allocation(contribution=pot.number, amount=taken))
            amount -= taken
    return tuple(drawn)


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
        case e.AbsenceRecorded() as event:
            others = tuple(one for one in person.absences if one[0] != event.first)
            return msgspec.structs.replace(person, absences=(*others, (event.first, event.last)))
        case e.MessagesChosen() as event:
            return msgspec.structs.replace(person, messages=event)
        case e.InterestDeclared() as event:
            return msgspec.structs.replace(person, interests=(*person.interests, _interest(event)), declared=event.number)
        case e.InterestEnded() as event:
            return msgspec.structs.replace(person, interests=tuple(one for one in person.interests if one.number != event.number))
        case e.RoleDelegated() as event:
            return msgspec.structs.replace(person, lent=(*person.lent, _lent(event)), delegations=event.number)
        case e.DelegationEnded() as event:
            return msgspec.structs.replace(person, lent=tuple(one for one in person.lent if one.number != event.number))
        case e.PersonErased():
            return msgspec.structs.replace(person, erased=True, roles=frozenset(), lent=())
    return person


def _interest(event: e.InterestDeclared) -> Interest:
    return Interest(
        number=event.number,
        kind=event.interest,
        effect=event.effect,
        paid_to_deliver=event.paid_to_deliver,
        city=event.city,
        hub=event.hub,
    )


def _lent(event: e.RoleDelegated) -> Lent:
    return Lent(number=event.number, by=event.lender, role=event.role, scope=event.scope, starts=event.starts, ends=event.ends)


def evolve_adoption(adoption: Adoption, recorded: Recorded) -> Adoption:
    match recorded.event:
        case e.ProgrammeAdopted() as event:
            return msgspec.structs.replace(adoption, id=recorded.stream, versions=(*adoption.versions, event), proposal=None)
        case e.ProgrammeProposed() as event:
            hands = frozenset(filter(None, (recorded.header.actor, recorded.header.on_behalf_of)))
            proposal = Proposal(programme=event.programme, version=event.version, digest=event.digest, by=hands)
            return msgspec.structs.replace(adoption, id=recorded.stream, proposal=proposal)
        case e.ProposalWithdrawn():
            return msgspec.structs.replace(adoption, proposal=None)
        case e.PriorityRenumbered() as event:
            return msgspec.structs.replace(adoption, id=recorded.stream, numbers=(*adoption.numbers, (recorded.version, event)))
    return adoption


def evolve_rates(rates: Rates, recorded: Recorded) -> Rates:
    """A rate of an earlier day than the newest is kept in history and changes nothing."""
    match recorded.event:
        case e.RateRecorded() as event:
            newest = rates.between(event.base, event.quote)
            if newest is None or event.on >= newest.on:
                return msgspec.structs.replace(rates, id=recorded.stream, newest=rates.newest | {_pair(event.base, event.quote): event})
    return rates
