"""Who may judge a file: people of independent mind, whatever their office. One rule for lots, for assignments by hand, and for acting.

They are chosen from the holders of the assessor's role, from the experts of the pool, and from the people of open hubs that serve none
of the file's regions. Never somebody who belongs to one of its cities (observers too) or to one that competes with it, drafted or
coordinated it, serves a hub that was asked about it (be it on a loan), or has declared an interest that keeps them out.
"""

from fund.domain import delegation
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Actor, Facts, Role, actor
from fund.domain.interest import hubs_served, hubs_spoken_for, is_of_any, is_recused
from fund.domain.refusal import Refusal
from fund.domain.registers import Person

APART: tuple[e.Duty, ...] = ("drafting", "coordinating", "advising", "helping")
"""Duties that whoever judges a file had no hand in."""


def check(person: Person, file: Application, facts: Facts, field: str) -> None:
    """Refusal assessor.role_needed, assessor.not_independent."""
    if not is_chosen_from(person, file, facts):
        raise Refusal("assessor.role_needed", field=field)
    if not is_independent(person, file, facts):
        raise Refusal("assessor.not_independent", field=field)


def qualifies(person: Person, file: Application, facts: Facts) -> bool:
    return person.is_active and is_chosen_from(person, file, facts) and is_independent(person, file, facts)


def is_chosen_from(person: Person, file: Application, facts: Facts) -> bool:
    """Whether the fund chooses those who judge this file from people like them."""
    if any((str(role), None) in person.roles for role in (Role.ASSESSOR, Role.EXPERT)):
        return True
    regions = {facts.city(city).region for city in file.named}
    return any(_is_of_other_regions(hub, regions, facts) for hub in hubs_served(person))


def is_independent(person: Person, file: Application, facts: Facts) -> bool:
    interested = is_of_any(person, file.parties, facts) or is_recused(person, file) or competes(person, file, facts)
    apart = any(file.did(person.id, duty) for duty in APART)
    return not (interested or serves_asked_hub(_as_lent(person, facts), file) or apart or person.id in kept_from_judging(file))


def _as_lent(person: Person, facts: Facts) -> Actor:
    """With what others lent them for now."""
    return delegation.in_force(actor(person.id, person, facts.now), facts.states)


def kept_from_judging(file: Application) -> frozenset[str]:
    """Who judged it before and was set aside, or has read it as the office does, in an emergency, with what others said of it."""
    set_aside = (one for one in file.released if file.did(one, "assessing"))
    return frozenset((*set_aside, *(one.asker for one in file.emergencies if one.opener)))


def competes(one: Person | Actor, file: Application, facts: Facts) -> bool:
    """Whether another city of the same round is their own."""
    return file.round is not None and is_of_any(one, facts.round(file.round).cities, facts)


def serves_asked_hub(one: Person | Actor, file: Application) -> bool:
    return bool(hubs_spoken_for(one, file) & hubs_asked(file))


def hubs_asked(file: Application) -> set[str]:
    return set(file.opinions)


def _is_of_other_regions(hub: str, regions: set[str | None], facts: Facts) -> bool:
    opened = facts.hub(hub).opened
    return opened is not None and not regions & set(opened.regions)
