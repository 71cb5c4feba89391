"""Rules of standing in for somebody: a role lent from day to day, by somebody who holds it. Decision record 0021.

Whoever acts with a lent role acts in two names, and whatever either of the two may not do is refused: earlier acts on the file, conflicts
and cities of both count. What is said for oneself (an interest, a conflict) is never said for the lender.
"""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from fund.domain import calendar
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.emergency import OpenedRole, answers_for_it
from fund.domain.event import Event
from fund.domain.facts import Actor, Facts, Role, actor
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.domain.step import Step


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


def lenders(one: Actor, step: Step) -> tuple[str, ...]:
    """People whose role somebody could take this step with now."""
    return tuple(dict.fromkeys(lent.by for lent in one.lent if lent.role in step.roles)) if not step.in_person else ()


def in_two_names(step: Step, facts: Facts) -> Iterator[Facts]:
    """For each role that was lent for such a step and that its lender still holds, or that was opened on the file: the facts of acting
    with it."""
    for lent in facts.actor.lent:
        lender = facts.states.get(lent.by)
        if lent.role not in step.roles or not isinstance(lender, Person) or not lender.is_active:
            continue
        held = (lent.role, lent.scope)
        if held in lender.roles or (isinstance(lent, OpenedRole) and answers_for_it(lender)):
            hands, other = facts.actor.own, actor(lent.by, lender)
            yield msgspec.structs.replace(facts, actor=_holding(other, held), hands=_holding(hands, held))


def _holding(one: Actor, held: tuple[str, str | None]) -> Actor:
    return msgspec.structs.replace(one, roles=one.roles | {held})
