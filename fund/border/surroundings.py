"""Who may be meant by a fact: the fund's staff, whoever speaks for its cities, and whom it names."""

from collections.abc import Collection

import msgspec

from fund.domain.application import Application
from fund.domain.event import Event, Recorded
from fund.domain.facts import Actor, actor
from fund.domain.messages import Around
from fund.domain.registers import City, Person
from fund.domain.round import Round
from fund.domain.streams import State
from fund.ledger.handler import Handler
from fund.projections import city_register, people
from fund.projections.database import Reading


class Surroundings:
    """Who may be meant by facts, as of one reading of the views: asked for once, and kept."""

    def __init__(self, handler: Handler, reading: Reading) -> None:
        self._handler = handler
        self._reading = reading
        self._known: dict[str, Actor | None] = {}

    def of(self, recorded: Recorded, state: State) -> Around:
        cities = tuple(self._city(id) for id in _cities_of(state))
        named = {person for city in (*cities, state) if isinstance(city, City) for person in city.representatives}
        named |= _people_of(recorded.event, state)
        # Staff are looked up with the first fact: most readings find none that is told.
        named = named if self._known else named | set(people.staff(self._reading))
        if new := named - self._known.keys():
            self._known |= self._actors(new)
        return Around(people={id: person for id, person in self._known.items() if person}, cities=cities)

    def _actors(self, ids: Collection[str]) -> dict[str, Actor | None]:
        """With the cities they speak for; None where there is nobody active behind an id."""
        spoken_for = city_register.spoken_for(self._reading, ids)
        return {id: self._actor(id, spoken_for.get(id, frozenset())) for id in ids}

    def _actor(self, id: str, spoken_for: frozenset[str]) -> Actor | None:
        state = self._handler.load(id).state if id.startswith("person-") else None
        if not isinstance(state, Person) or not state.is_active:
            return None
        person = actor(id, state)
        return msgspec.structs.replace(person, cities=person.cities | spoken_for)

    def _city(self, id: str) -> City:
        state = self._handler.load(id).state
        return state if isinstance(state, City) else City()


def _cities_of(state: State) -> tuple[str, ...]:
    if isinstance(state, Application):
        return state.parties
    return tuple(sorted(state.cities)) if isinstance(state, Round) else ()


def _people_of(event: Event, state: State) -> set[str]:
    """Whom a fact or its file names."""
    fields = (getattr(event, name, "") for name in ("person", "assessor", "moderator"))
    named = {*filter(None, fields), *getattr(event, "drawn", ())}
    if isinstance(state, Application):
        named |= {*state.assessors, *(one.person for one in state.invited), *(one.by for one in state.clarifications)}
    return named
