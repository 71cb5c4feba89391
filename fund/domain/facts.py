"""What a rule may know of the world outside its file: the clock, the programme, who asks, and the streams it relies on.

Fetched by the caller, never by a rule. The versions of these streams go into the append as `relies_on`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec

from fund.domain import calendar
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.programme import Calendar, Programme, Track
from fund.domain.refusal import Refusal
from fund.domain.registers import City, Envelope, Hub, Interest, Lent, Person, Rates
from fund.domain.round import Round
from fund.domain.streams import RATES, State, hub_stream


class Role(StrEnum):
    """What a person may be to the fund. Not granted, but facts: a city's representative, of its stream; who is invited, of the file's."""

    REPRESENTATIVE = "representative"
    OFFICER = "officer"
    ASSESSOR = "assessor"
    EXPERT = "expert"
    COORDINATOR = "coordinator"
    APPROVER = "approver"
    FINANCE = "finance"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    INVITED = "invited"
    MACHINE = "machine"


BY_FACT = (Role.REPRESENTATIVE, Role.INVITED)
GRANTABLE = frozenset(Role) - {*BY_FACT, Role.MACHINE}
OPERATOR_ROLES = frozenset({(str(role), None) for role in (Role.ADMINISTRATOR, Role.FINANCE)})
"""What an operator at the machine's own command line may do."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, with the roles held now. `cities`: the cities they belong to. `interests`: what they have declared and not ended.
    `lent`: what others lent them for now; `roles` has these roles too, so that they see what they stand in for.
    `aside`: what others lent them for now that is not used: in whosever name they act, they serve the hubs of it.
    `at`: the instant of asking; None where nothing that came from others is used.
    """

    id: str
    roles: frozenset[tuple[str, str | None]] = frozenset()
    cities: frozenset[str] = frozenset()
    interests: tuple[Interest, ...] = ()
    lent: tuple[Lent, ...] = ()
    aside: tuple[Lent, ...] = ()
    at: datetime | None = None

    @property
    def own(self) -> "Actor":
        """The same person, using nothing that was lent."""
        lent = {(one.role, one.scope) for one in self.lent}
        return msgspec.structs.replace(self, roles=self.roles - lent, lent=(), aside=(*self.aside, *self.lent)) if lent else self

    def holds(self, role: str, scope: str | None = None) -> bool:
        return any(held == role and scope in (None, at) for held, at in self.roles)


def actor(id: str, person: Person | None, now: datetime | None = None) -> Actor:
    """The actor behind an id: a machine, an operator, or a registered person; with `now`, with what others have lent them for now."""
    if id.startswith("machine:"):
        return Actor(id=id, roles=frozenset({(str(Role.MACHINE), None)}))
    if id.startswith("operator:"):
        return Actor(id=id, roles=OPERATOR_ROLES)
    if person is None or not person.is_active:
        raise Refusal("person.unknown", person=id)
    lent = tuple(one for one in person.lent if now and one.starts <= now <= one.ends and (one.role, one.scope) not in person.roles)
    roles = person.roles | {(one.role, one.scope) for one in lent}
    return Actor(id=id, roles=roles, cities=person.cities, interests=person.interests, lent=lent, at=now)


class On(msgspec.Struct, frozen=True):
    """An event for another stream than the command's own, saved in the same commit."""

    stream: str
    event: Event


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """now: aware UTC. programme: the version the file is judged under. states: streams by id, folded.

    actor: whose rights and duties count. hands: who acts, where `actor` lent them a role; what they may not do is refused as well.
    """

    now: datetime
    actor: Actor
    hands: Actor | None = None
    programme: Programme
    states: Mapping[str, State]

    def city(self, id: str, field: str = "city") -> City:
        found = self.states.get(id)
        if isinstance(found, City) and found.registered:
            return found
        raise Refusal("city.unknown", field=field, city=id)

    def hub(self, code: str) -> Hub:
        found = self.states.get(hub_stream(code))
        return found if isinstance(found, Hub) else Hub()

    def envelope(self, id: str) -> Envelope:
        found = self.states.get(id)
        if isinstance(found, Envelope) and found.currency:
            return found
        raise Refusal("envelope.unknown", field="envelope", envelope=id)

    def application(self, id: str) -> Application:
        found = self.states.get(id)
        return found if isinstance(found, Application) else Application()

    def round(self, id: str) -> Round:
        found = self.states.get(id)
        if isinstance(found, Round) and found.opened:
            return found
        raise Refusal("round.unknown", field="round", round=id)

    def person(self, id: str, field: str = "person") -> Person:
        found = self.states.get(id)
        if isinstance(found, Person) and found.is_active:
            return found
        raise Refusal("person.unknown", field=field, person=id)

    @property
    def rates(self) -> Rates:
        found = self.states.get(RATES)
        return found if isinstance(found, Rates) else Rates()

    def track(self, file: Application | None = None) -> Track:
        """The track that the file is on; without a file, and before it is submitted, the standard one."""
        return self.programme.track(file.track if file else None)

    @property
    def today(self) -> date:
        """The day it is where the fund's working days are counted."""
        return calendar.local_day(self.now, self.programme.calendars[self.track().calendar])

    def days(self, file: Application | None = None) -> Calendar:
        """The working days of the office, by which the file's own steps are due."""
        return self.programme.calendars[self.track(file).calendar]

    def days_of_city(self, city: str, file: Application) -> Calendar:
        """By which a city's part is due: its own days where the programme knows them, else those of the office."""
        registered = self.city(city).registered
        return self.days_of_country(registered.country if registered else "", file)

    def days_of_country(self, country: str, file: Application) -> Calendar:
        """By which somebody works there: its own days where the programme knows them, else those of the office."""
        return self.programme.calendar_of_country(country) or self.days(file)

    def days_of_hub(self, hub: str | None, file: Application) -> Calendar:
        """By which a hub's part is due: its own days, else those of the office, which does the part of a hub that there is not."""
        return (self.programme.calendar_of_hub(hub) if hub else None) or self.days(file)

    def days_stamped(self, stamp: str, file: Application) -> Calendar:
        """By which something was due that an event stamped `code/version`: what the programme knows of these days now."""
        return self.programme.calendars.get(stamp.partition("/")[0]) or self.days(file)

    def due(
        self, clock: str, file: Application | None = None, since: datetime | None = None, by: Calendar | None = None
    ) -> tuple[datetime, str]:
        """When a step that starts now is due by the clock of the file's track, and `code/version` of the calendar that says so.

        since: an instant to come, where the step cannot start before it. by: the days of whose step it is, where it is not the office's.
        """
        days = by or self.days(file)
        instant = calendar.due(max(self.now, since or self.now), self.track(file).clocks[clock].working_days, days)
        return instant, days.stamp
