"""Whose days count for what is asked of somebody by name: those of where they work, as far as the registers know it."""

from collections.abc import Mapping

from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.interest import hubs_served
from fund.domain.programme import Calendar
from fund.domain.registers import Person
from fund.domain.streams import State


def days_of(person: Person, file: Application, facts: Facts) -> Calendar:
    """Of the country where they work; where none is known, of the cities they belong to and the hubs they serve, if all these go by the
    same days; else of the office."""
    if person.registered and person.registered.country:
        return facts.days_of_country(person.registered.country, file)
    cities = (facts.days_of_city(city, file) for city in person.cities)
    hubs = (facts.days_of_hub(hub, file) for hub in hubs_served(person))
    found = {days.code: days for days in (*cities, *hubs)}
    return next(iter(found.values())) if len(found) == 1 else facts.days(file)


def cities(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """To which the people belong who were looked at."""
    return tuple(id for state in list(states.values()) if isinstance(state, Person) for id in sorted(state.cities))
