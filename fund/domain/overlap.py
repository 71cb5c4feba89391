"""What the fund gives already, as a submission finds it: awards that run, nested tiers included, and reports that are overdue.

Facts as of that instant, for the checks of eligibility. Whether a running award serves the same need is for a person to say.
"""

from collections.abc import Iterable, Mapping

from fund.domain import commands as c
from fund.domain import tier
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.registers import City
from fund.domain.streams import State


def kin(command: c.SubmitApplication, states: Mapping[str, State]) -> tuple[str, ...]:
    """Cities around and inside those that would benefit: what one of them is given may serve the same need."""
    file = states.get(command.stream)
    cities = file.cities if isinstance(file, Application) else ()
    return (*tier.streams_around(cities, states), *tier.streams_inside(cities, states))


def with_running_awards(file: Application, facts: Facts) -> tuple[str, ...]:
    """Cities of the file of which an award runs, or of a city that lies around or inside them."""
    return tuple(id for id in file.cities if any(one.has_running_award for one in _lineage(facts.city(id), facts)))


def with_overdue_reports(file: Application, facts: Facts) -> tuple[str, ...]:
    return tuple(id for id in file.cities if facts.city(id).has_missed_report)


def _lineage(city: City, facts: Facts) -> Iterable[City]:
    yield city
    yield from tier.around(city, facts.states)
    yield from tier.inside(city, facts.states)
