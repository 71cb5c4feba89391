"""Who has an interest in a file: what people declared once and for all, and what was declared on this very file. Record 0020.

One rule for assignments, for acting and for seeing. What each kind of interest does is recorded with the declaration.
"""

from collections.abc import Iterable

from fund.domain.application import Application
from fund.domain.facts import Actor, Facts, Role
from fund.domain.registers import City, Interest, Person


def belongs_to(one: Person | Actor, city: City) -> bool:
    """Whether it is their own city: it is recorded that they belong to it, or they speak for it."""
    return city.id in one.cities or city.represented_by(one.id)


def is_of_any(one: Person | Actor, cities: Iterable[str], facts: Facts) -> bool:
    """Whether one of these cities is their own.

    Pages ask this of actors whose `cities` has those they speak for, and load no other cities of a round.
    """
    there = ((id, facts.states.get(id)) for id in cities)
    return any(id in one.cities or (isinstance(city, City) and belongs_to(one, city)) for id, city in there)


def concerning(one: Person | Actor, file: Application) -> tuple[Interest, ...]:
    """Their standing declarations about a city that has a part in the file, or about a hub that is asked about it."""
    return tuple(it for it in one.interests if it.city in file.parties or it.hub in file.opinions)


def is_recused(one: Person | Actor, file: Application) -> bool:
    """Whether they have no part in the file: it is hidden from them, and they do nothing on it."""
    return one.id in file.recused or any(it.effect == "recuse" for it in concerning(one, file))


def would_deliver(actor: Person | Actor, file: Application) -> bool:
    """Whether they, or who pays them, would deliver the support: then others set its form and its cost."""
    if any(one.said.paid_to_deliver for one in file.conflicts_of(actor.id)):
        return True
    paid, delivering = (it for it in concerning(actor, file) if it.paid_to_deliver), delivering_hubs(file)
    return any(it.city or it.hub in delivering for it in paid) or bool(hubs_spoken_for(actor, file) & delivering)


def delivering_hubs(file: Application) -> set[str | None]:
    """The hub that leads; until there is one, every hub that may come to lead."""
    return {file.coordination.hub} - {None} if file.coordination else hubs_to_choose_from(file)


def hubs_to_choose_from(file: Application) -> set[str | None]:
    return {asked.hub for asked in file.opinions.values() if not asked.released}


def hubs_served(one: Person | Actor) -> set[str]:
    """Codes of the hubs whose people they are."""
    return {scope for role, scope in one.roles if role == Role.COORDINATOR and scope}


def hubs_spoken_for(one: Person | Actor, file: Application) -> set[str]:
    """Codes of the hubs whose people they are, whose work somebody lent them for now, or whose opinion of the file they gave."""
    lent = {it.scope for it in one.aside if it.role == Role.COORDINATOR and it.scope} if isinstance(one, Actor) else set[str]()
    return hubs_served(one) | lent | {asked.hub for asked in file.opinions.values() if one.id in asked.by}
