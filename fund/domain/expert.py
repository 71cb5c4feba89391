"""Experts and peers on a file: asked by the fund, and they accept, decline or declare a conflict; silence past the due date ends
it, and whoever agreed may step back.

Experts come from the pool; peers are leaders and practitioners of a member city (strategy: peers take part in design and delivery).
"""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import workplace
from fund.domain.application import Application, Invitation
from fund.domain.event import Event
from fund.domain.facts import Facts, Role
from fund.domain.independence import competes
from fund.domain.interest import belongs_to, is_of_any, is_recused
from fund.domain.programme import Calendar
from fund.domain.refusal import Refusal
from fund.domain.registers import Person

WORK: tuple[e.Duty, ...] = ("drafting", "checking", "assessing", "coordinating", "advising", "proposing", "deciding")
"""Whoever worked on the file does not take part in the support, and the other way round."""


def propose_expert(file: Application, command: c.ProposeExpert, facts: Facts) -> tuple[Event, ...]:
    if command.person in {one.person for one in file.invited if not one.ended}:
        raise Refusal("expert.already_asked", field="person")
    person = facts.person(command.person)
    if is_of_any(person, file.parties, facts):
        raise Refusal("expert.not_independent", field="person")
    if is_recused(person, file) or competes(person, file, facts):
        raise Refusal("expert.not_independent", field="person")
    if any(file.did(person.id, duty) for duty in WORK):
        raise Refusal("expert.not_independent", field="person")
    city = _peers_city(command, person, facts) if command.part == "peer" else _of_the_pool(person)
    due, days = facts.due("expert", file, by=_days(command, person, file, facts))
    return (
        e.ExpertProposed(
            person=command.person,
            part=command.part,
            city=command.city if city else None,
            city_name=city,
            purpose=command.purpose,
            due=due,
            calendar=days,
        ),
    )


def _days(command: c.ProposeExpert, person: Person, file: Application, facts: Facts) -> Calendar:
    """Of the city that a peer comes from; of where an expert works."""
    if command.part == "peer" and command.city:
        return facts.days_of_city(command.city, file)
    return workplace.days_of(person, file, facts)


def _of_the_pool(person: Person) -> str:
    if (str(Role.EXPERT), None) not in person.roles:
        raise Refusal("expert.not_in_pool", field="person")
    return ""


def _peers_city(command: c.ProposeExpert, person: Person, facts: Facts) -> str:
    """The name of the member city that a peer comes from."""
    if not command.city:
        raise Refusal("city.unknown", field="city", city="")
    city = facts.city(command.city)
    if not belongs_to(person, city):
        raise Refusal("expert.not_of_city", field="city")
    if not city.is_member:
        raise Refusal("expert.city_not_member", field="city")
    return city.name


def may_answer(file: Application, facts: Facts) -> None:
    if not _invitation(file, facts.actor.id).is_open:
        raise Refusal("expert.already_answered")


def may_lapse(file: Application, facts: Facts) -> None:
    if not any(one.is_open and facts.now > one.due for one in file.invited):
        raise Refusal("expert.none_overdue")


def accept(file: Application, command: c.AcceptExpertRole, facts: Facts) -> tuple[Event, ...]:
    return (e.ExpertAccepted(person=facts.actor.id),)


def decline(file: Application, command: c.DeclineExpertRole, facts: Facts) -> tuple[Event, ...]:
    """Also by somebody who had agreed: whoever cannot help any more steps back, and somebody else can be asked."""
    return (e.ExpertDeclined(person=facts.actor.id, reason=command.reason),)


def declare_conflict(file: Application, command: c.DeclareExpertConflict, facts: Facts) -> tuple[Event, ...]:
    return (e.ExpertConflicted(person=facts.actor.id, reason=command.reason),)


def lapse(file: Application, command: c.LapseExpert, facts: Facts) -> tuple[Event, ...]:
    asked = _invitation(file, command.person)
    if not asked.is_open or facts.now <= asked.due:
        raise Refusal("expert.not_overdue", field="person")
    return (e.ExpertLapsed(person=command.person, due=asked.due),)


def _invitation(file: Application, person: str) -> Invitation:
    found = next((one for one in file.invited if one.person == person), None)
    if found is None:
        raise Refusal("expert.not_asked", field="person")
    return found
