"""Rules of standing in for somebody: a role lent from day to day, by somebody who holds it. Decision record 0021.

Whoever acts with a lent role acts in two names, and whatever either of the two may not do is refused: earlier acts on the file, conflicts
and cities of both count. What is said for oneself (an interest, a conflict) is never said for the lender.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

import msgspec

from fund.domain import calendar
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.emergency import OpenedRole, answers_for_it
from fund.domain.event import Event
from fund.domain.facts import Actor, Facts, Role, actor
from fund.domain.refusal import Refusal
from fund.domain.registers import Lent, Person
from fund.domain.step import Step
from fund.domain.streams import State


def delegate_role(person: Person, command: c.DelegateRole, facts: Facts) -> tuple[Event, ...]:
    """By whoever holds the role themself: what was lent is not lent on."""
    facts.person(command.person)
    held = (command.role, command.scope or None)
    if command.person == facts.actor.id:
        raise Refusal("delegation.own", field="person")
    if held not in facts.actor.own.roles:
        raise Refusal("delegation.not_held", field="role", role=command.role)
    if command.role not in facts.programme.separation.delegation.roles:
        raise Refusal("delegation.role", field="role", role=command.role)
    if held in person.roles:
        raise Refusal("delegation.holds_it", field="person")
    return (_lent(person, command, facts),)


def _lent(person: Person, command: c.DelegateRole, facts: Facts) -> e.RoleDelegated:
    longest, days = facts.programme.separation.delegation.longest_days, facts.days()
    if command.first < facts.today:
        raise Refusal("delegation.past", field="first")
    if command.last < command.first:
        raise Refusal("absence.reversed", field="last")
    if (command.last - command.first).days >= longest:
        raise Refusal("delegation.too_long", field="last", limit=longest)
    starts = calendar.end_of_day(command.first - calendar.ONE_DAY, days) + timedelta(seconds=1)
    ends = calendar.end_of_day(command.last, days)
    same = (one for one in person.lent if (one.by, one.role, one.scope) == (facts.actor.id, command.role, command.scope or None))
    if any(one.starts <= ends and starts <= one.ends for one in same):
        raise Refusal("delegation.already", field="first")
    return e.RoleDelegated(
        person=command.person,
        number=person.delegations + 1,
        lender=facts.actor.id,
        role=command.role,
        scope=command.scope or None,
        first=command.first,
        last=command.last,
        starts=starts,
        ends=ends,
        calendar=days.stamp,
        reason=command.reason,
    )


def end_delegation(person: Person, command: c.EndDelegation, facts: Facts) -> tuple[Event, ...]:
    """By the lender, by whom it was lent to, or by an administrator."""
    facts.person(command.person)
    lent = next((one for one in person.lent if one.number == command.number), None)
    if lent is None:
        raise Refusal("delegation.unknown", field="number", number=command.number)
    if facts.actor.id not in (lent.by, command.person) and not facts.actor.own.holds(Role.ADMINISTRATOR):
        raise Refusal("delegation.not_yours", field="person")
    return (e.DelegationEnded(person=command.person, number=command.number, reason=command.reason),)


# ── Acting in two names ───────────────────────────────────────────────────────


def in_force(one: Actor, states: Mapping[str, State]) -> Actor:
    """With those loans alone whose lender still holds what they lent: asked before somebody acts, and before they read.

    states: those of the lenders, among others; of a lender of whom nothing is known nothing is borrowed.
    """
    stands, aside = (tuple(lent for lent in loans if _lender(lent, states)) for loans in (one.lent, one.aside))
    if (stands, aside) == (one.lent, one.aside):
        return one
    roles = one.own.roles | {(lent.role, lent.scope) for lent in stands}
    return msgspec.structs.replace(one, roles=roles, lent=stands, aside=aside)


def lenders(command: object, states: Mapping[str, State]) -> tuple[str, ...]:
    """Streams of those who lent a role to the people who were looked at."""
    return tuple(lent.by for state in list(states.values()) if isinstance(state, Person) for lent in state.lent)


def _lender(lent: Lent, states: Mapping[str, State]) -> Person | None:
    """Whoever lent it, as long as they hold it themself; whoever opened it, as long as they answer for it."""
    found = states.get(lent.by)
    if not isinstance(found, Person) or not found.is_active:
        return None
    answers = isinstance(lent, OpenedRole) and answers_for_it(found)
    return found if answers or (lent.role, lent.scope) in found.roles else None


def in_two_names(step: Step, facts: Facts) -> Iterator[Facts]:
    """For each role that was lent for such a step and is in force, or that was opened on the file: the facts of acting with it."""
    for lent in facts.actor.lent:
        lender = _lender(lent, facts.states) if lent.role in step.roles else None
        if lender is not None:
            held, hands, other = (lent.role, lent.scope), facts.actor.own, actor(lent.by, lender)
            yield msgspec.structs.replace(facts, actor=_holding(other, held), hands=_holding(hands, held))


def _holding(one: Actor, held: tuple[str, str | None]) -> Actor:
    return msgspec.structs.replace(one, roles=one.roles | {held})
