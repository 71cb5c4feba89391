"""A small office that carries many files: four people of the central team, one coordinator for each of five hubs, all of them
sometimes away, all of them at home in some city. Rules only, no database: what is recorded is folded and handed to the auditors.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from fund.domain import commands as c
from fund.domain import reference, streams
from fund.domain.application import Application, Demand
from fund.domain.deciding import decide
from fund.domain.event import Event, Header, Recorded
from fund.domain.facts import Actor, Facts, On, Role, actor
from fund.domain.independence import is_independent, qualifies
from fund.domain.programme import Programme
from fund.domain.registers import Person
from fund.domain.streams import State
from fund.projections.audit_rules import Difference, Duties, Money
from fund.projections.award_rules import Awards

OPENING = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
CLERK = "operator:simulation"
CURRENCY = "EUR"
"""Of every competitive round."""
CENTRAL = ((Role.OFFICER, Role.ASSESSOR), (Role.OFFICER, Role.ASSESSOR), (Role.OFFICER, Role.APPROVER), (Role.OFFICER, Role.APPROVER))
"""What each of the four may do: two who work on files, two who decide them, and all can stand in where somebody new is needed."""
LEAVE_PERCENT = 12
"""Days on which somebody is away, of a hundred."""


class Office:
    """States as they grow, who is there on which day, and the auditors that read along."""

    def __init__(self, programme: Programme, seed: int, cities: int = 80) -> None:
        self.programme = programme
        self.chance = random.Random(seed)
        self.states: dict[str, State] = {}
        self.differences: list[Difference] = []
        self.index = 0
        self.now = OPENING
        """When somebody does something with a file."""
        self.waited = timedelta()
        """How long nothing has happened with it."""
        self._auditors = (Duties(), Money())
        self._awards = Awards()
        self._leave: dict[tuple[str, int, int], bool] = {}
        self.signatories: dict[str, str] = {}
        self.looked_at: set[tuple[str, Demand]] = set()
        """Files, with what made somebody see whether there are people enough."""
        self.competing: dict[str, str] = {}
        """Application -> the round it is written for."""
        self.hubs = [hub for hub in programme.catalogue.hubs if hub.opened][:5]
        self.cities = [self._city(number) for number in range(cities)]
        self.central = [self._person(f"central-{number}", roles) for number, roles in enumerate(CENTRAL)]
        self.coordinators = [self._hub(hub.code) for hub in self.hubs]
        self.experts = [self._person(f"expert-{number}", (Role.EXPERT,)) for number in range(2)]
        self.staff = (*self.central, *self.coordinators)
        self.envelopes: dict[str, str] = {}
        """Currency -> the envelope that pays in it."""

    # ── Who is there ──────────────────────────────────────────────────────────

    def present(self, now: datetime) -> list[str]:
        """Staff who are not away on this day, in a random order."""
        there = [person for person in self.staff if not self._is_away(person, now)]
        self.chance.shuffle(there)
        return there

    def _is_away(self, person: str, now: datetime) -> bool:
        """Leave comes in whole weeks, so that waiting a day seldom helps."""
        week = (person, *now.isocalendar()[:2])
        if week not in self._leave:
            self._leave[week] = self.chance.randrange(100) < LEAVE_PERCENT
        return self._leave[week]

    def actor(self, id: str) -> Actor:
        person = self.states.get(id)
        return actor(id, person if isinstance(person, Person) else None)

    def judges(self, file: Application) -> set[str]:
        """Staff who may judge the file, whoever is away."""
        facts = self.facts(CLERK, OPENING)
        return {one.id for one in self._people() if qualifies(one, file, facts)}

    def independent(self, file: Application) -> set[str]:
        """Staff who have no part in the file, whether or not judging is their work."""
        facts = self.facts(CLERK, OPENING)
        return {one.id for one in self._people() if is_independent(one, file, facts)}

    def _people(self) -> list[Person]:
        return [one for one in (self.states[id] for id in self.staff) if isinstance(one, Person)]

    # ── Acting ────────────────────────────────────────────────────────────────

    def file(self, stream: str) -> Application:
        found = self.states.get(stream, streams.initial(stream))
        assert isinstance(found, Application)
        return found

    def facts(self, by: str, now: datetime) -> Facts:
        return Facts(now=now, actor=self.actor(by), programme=self.programme, states=self.states)

    def ask(self, command: c.Command, by: str, now: datetime) -> tuple[Recorded, ...]:
        """What was recorded. Refusal as in the fund itself."""
        state = self.states.get(command.stream, streams.initial(command.stream))
        return tuple(self._record(one, command, by, now) for one in decide(state, command, self.facts(by, now)))

    def _record(self, one: Event | On, command: c.Command, by: str, now: datetime) -> Recorded:
        stream, event = (one.stream, one.event) if isinstance(one, On) else (command.stream, one)
        self.index += 1
        # One command, one commit: the auditors tell them apart by the command id.
        header = Header(event_id="", actor=by, at=now, command_id=f"{command.stream}:{id(command)}:{now}", content="", policy="")
        recorded = Recorded(stream=stream, version=1, header=header, event=event, index=self.index)
        self.states[stream] = streams.fold(stream, (recorded,), self.states.get(stream))
        for auditor in self._auditors:
            self.differences.extend(auditor.see(recorded))
        self.differences.extend(Difference(where=stream, index=self.index, what=what) for what in self._awards.see(recorded))
        return recorded

    def closed(self, stream: str) -> None:
        """A file that ended is remembered by the auditors alone."""
        self.states.pop(stream, None)

    def audited(self) -> list[Difference]:
        return self.differences + [one for auditor in self._auditors for one in ended(auditor)]

    # ── Registers ─────────────────────────────────────────────────────────────

    def _city(self, number: int) -> str:
        """One in ten is no member, one in five lies outside every region."""
        id, regions = f"city-{number}", [region for hub in self.hubs for region in hub.regions]
        region = self.chance.choice(regions) if self.chance.randrange(5) else None
        registered = c.RegisterCity(city=id, name_en=f"Town {number}", kind="city", country="XK", region=region, relation="m", source="s")
        self.ask(registered, CLERK, OPENING)
        if self.chance.randrange(10):
            self.ask(c.RecordMembership(city=id, basis="list"), CLERK, OPENING)
        self.signatories[id] = self._person(f"signatory-{number}", ())
        self.ask(c.ConfirmRepresentative(city=id, person=self.signatories[id], capacity="signatory", proof="letter"), CLERK, OPENING)
        return id

    def _person(self, key: str, roles: tuple[Role, ...], scope: str | None = None) -> str:
        id = f"person-{key}"
        language = self.programme.languages[0]
        self.ask(c.RegisterPerson(person=id, full_name=key, email="x@example.invalid", language=language), CLERK, OPENING)
        for role in roles:
            self.ask(c.GrantRole(person=id, role=role, scope=scope), CLERK, OPENING)
        if roles:
            self.ask(c.RecordAffiliation(person=id, city=self.chance.choice(self.cities)), CLERK, OPENING)
        return id

    def _hub(self, code: str) -> str:
        self.ask(c.OpenHub(hub=streams.hub_stream(code), opened="2025-01", basis="launch"), CLERK, OPENING)
        return self._person(f"coordinator-{code}", (Role.COORDINATOR,), code)

    def open_envelopes(self, number: int) -> None:
        """One for each currency, in the place of those before: a fund has new ones every year."""
        for currency in self.programme.limits.max_amount:
            id = self.envelopes[currency] = f"envelope-{currency}-{number}"
            self.ask(c.OpenEnvelope(envelope=id, title=currency, currency=currency), CLERK, OPENING)

    def top_up(self, currency: str, amount: int, now: datetime) -> None:
        """Donors give as it is needed, most of the time."""
        gift = c.ReceiveContribution(envelope=self.envelopes[currency], donor="Donor", amount=amount, currency=currency, basis="agreement")
        self.ask(gift, CLERK, now)

    # ── Chances ───────────────────────────────────────────────────────────────

    def one_in(self, number: int) -> bool:
        return self.chance.randrange(number) == 0

    def reference(self) -> str:
        return reference.make(self.programme.prefix, self.chance.randbytes(reference.RANDOM_BYTES))


def ended(auditor: Duties | Money) -> Iterator[Difference]:
    return auditor.end() if isinstance(auditor, Money) else iter(())
