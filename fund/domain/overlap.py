"""What the fund gives already, as a submission finds it: awards that run, nested tiers included, and reports that are overdue.

Facts as of that instant, for the checks of eligibility. Whether a running award serves the same need is for a person to say.
"""

from collections.abc import Iterable, Mapping

from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.registers import City
from fund.domain.streams import State


def kin(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """Cities around and inside those that were looked at."""
    return tuple(id for state in list(states.values()) if isinstance(state, City) for id in state.kin)


def around(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """Cities around those that were looked at."""
    return tuple(id for state in list(states.values()) if isinstance(state, City) for id in state.within)


def with_running_awards(file: Application, facts: Facts) -> tuple[str, ...]:
    """Cities of the file of which an award runs, or of a city that lies around or inside them."""
    return tuple(id for id in file.cities if any(one.has_running_award for one in _lineage(facts.city(id), facts)))


def with_overdue_reports(file: Application, facts: Facts) -> tuple[str, ...]:
    return tuple(id for id in file.cities if facts.city(id).has_missed_report)


def _lineage(city: City, facts: Facts) -> Iterable[City]:
    """What a city once lay within, and does no more, is no kin."""
    yield city
    yield from (one for id in city.within if isinstance(one := facts.states.get(id), City))
    yield from (one for id in city.inside if isinstance(one := facts.states.get(id), City) and city.id in one.within)
