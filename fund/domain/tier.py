"""What lies within what: each city says which one it lies in; what lies around that, the other one says itself.

So it makes no difference in which order the register learnt of it, and a city that moves takes along what lies in it. Decision record 0018.
Everything here ends, also where an older register took a circle.
"""

from collections.abc import Iterable, Mapping

from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.registers import City
from fund.domain.sections import Applicant
from fund.domain.streams import State


def around(city: City, states: Mapping[str, State]) -> tuple[City, ...]:
    """What it lies in, outwards. states: by id, all those that `streams_around` names."""
    found: dict[str, City] = {}
    outer = _city(city.lies_in, states)
    while outer and outer.id not in (city.id, *found):
        found[outer.id] = outer
        outer = _city(outer.lies_in, states)
    return tuple(found.values())


def inside(city: City, states: Mapping[str, State]) -> tuple[City, ...]:
    """What lies in it, at any depth; what once did, and does no more, is not told. states: all those that `streams_inside` names."""
    found = {city.id: city}
    waiting = [city]
    while waiting:
        outer = waiting.pop(0)
        inner = [one for id in outer.inside if (one := _city(id, states)) and one.lies_in == outer.id and id not in found]
        found |= {one.id: one for one in inner}
        waiting += inner
    return tuple(one for one in found.values() if one is not city)


def _city(id: str | None, states: Mapping[str, State]) -> City | None:
    found = states.get(id) if id else None
    return found if isinstance(found, City) else None


# ── What has to be read ───────────────────────────────────────────────────────
# Of each of these the next one names more, until there is no more to name.


def streams_around(cities: Iterable[str], states: Mapping[str, State]) -> tuple[str, ...]:
    known = [city for id in cities if (city := _city(id, states))]
    return tuple(one.lies_in for city in known for one in (city, *around(city, states)) if one.lies_in)


def streams_inside(cities: Iterable[str], states: Mapping[str, State]) -> tuple[str, ...]:
    known = [city for id in cities if (city := _city(id, states))]
    return tuple(id for city in known for one in (city, *inside(city, states)) for id in one.inside)


def around_the_outer(command: c.RecordTier, states: Mapping[str, State]) -> tuple[str, ...]:
    return streams_around((command.within,), states)


def around_the_named(command: c.SaveSection, states: Mapping[str, State]) -> tuple[str, ...]:
    """Around the cities that would benefit by the section that says which these are."""
    file = states.get(command.stream)
    if not isinstance(command.section, Applicant) or not isinstance(file, Application):
        return ()
    return streams_around((file.city, *command.section.beneficiaries), states)
