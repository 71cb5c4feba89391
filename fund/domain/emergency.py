"""Rules of emergency access: a role on one file, for some hours, opened by a second person where nobody who holds it can be reached.

Whoever was given it acts in two names, as with a loan, and whatever either of the two may not do is refused. Nobody gets it who is yet to
judge the file, and nobody judges the file who ever had it (`independence`): an assessor has not read what the others said.
It stays in the file for ever, with both names, the reason and all that was done with it. Decision record 0029.
"""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, EmergencyAccess
from fund.domain.event import Event
from fund.domain.facts import Actor, Facts, Role
from fund.domain.refusal import Refusal
from fund.domain.registers import Lent, Person

ASKERS = (Role.COORDINATOR, Role.APPROVER, Role.FINANCE, Role.ADMINISTRATOR, Role.ASSESSOR, Role.EXPERT)
"""Every office but that of auditors, who look at what the others do."""
OPENERS = (Role.OFFICER, Role.APPROVER)
"""Offices that a programme may let open one: they read the file, and answer for what is done on it."""
OPENED = (Role.OFFICER,)
"""Roles that a programme may let be opened: not those that decide of money, say who may do what, or watch over all, nor those in which
somebody was chosen by name."""


class OpenedRole(Lent, frozen=True, kw_only=True):
    """A role that was opened on one file. `by` answers for it, and need not hold it."""


def may_ask(file: Application, facts: Facts) -> None:
    """Not by somebody who has it anyway, nor by somebody who is to judge the file without what the office knows."""
    if all(facts.actor.own.holds(role) for role in facts.programme.separation.emergency.roles):
        raise Refusal("emergency.holds_it")
    if any(one.asker == facts.actor.id and one.is_alive(facts.now) for one in file.emergencies):
        raise Refusal("emergency.already")
    if file.is_to_judge(facts.actor.id):
        raise Refusal("emergency.assessor")


def ask_access(file: Application, command: c.AskEmergencyAccess, facts: Facts) -> tuple[Event, ...]:
    if command.role not in facts.programme.separation.emergency.roles:
        raise Refusal("emergency.role", field="role", role=command.role)
    if facts.actor.own.holds(command.role):
        raise Refusal("emergency.holds_it", field="role")
    number, until = len(file.emergencies) + 1, facts.now + _hours(facts)
    return (e.EmergencyAccessAsked(number=number, person=facts.actor.id, role=command.role, answer_by=until, reason=command.reason),)


def may_open(file: Application, facts: Facts) -> None:
    waiting = [one for one in file.emergencies if one.is_asked(facts.now) and one.asker != facts.actor.id]
    if not waiting:
        raise Refusal("emergency.none_asked")
    if all(file.is_to_judge(one.asker) for one in waiting):
        raise Refusal("emergency.assessor")
    if not any(facts.actor.own.holds(role) for role in facts.programme.separation.emergency.opened_by):
        raise Refusal("emergency.not_opened_by_you")


def open_access(file: Application, command: c.OpenEmergencyAccess, facts: Facts) -> tuple[Event, ...]:
    """In one's own name and with a role of one's own: a loan, of the asker's or of anybody's, does not count."""
    one = _numbered(file, command.number)
    if not one.is_asked(facts.now):
        raise Refusal("emergency.none_asked", field="number")
    if one.asker == facts.actor.id:
        raise Refusal("emergency.second_person", field="number")
    if file.is_to_judge(one.asker):
        raise Refusal("emergency.assessor", field="number")
    opened = e.EmergencyAccessOpened(number=one.number, person=one.asker, role=one.role, open_until=facts.now + _hours(facts))
    return (opened,)


def close_access(file: Application, command: c.CloseEmergencyAccess, facts: Facts) -> tuple[Event, ...]:
    """By either of the two, before it ends by itself; one that was only asked is taken back."""
    one = _numbered(file, command.number)
    if not one.is_alive(facts.now):
        raise Refusal("emergency.over", field="number")
    if facts.actor.id not in one.people:
        raise Refusal("emergency.not_yours", field="number")
    return (e.EmergencyAccessClosed(number=one.number, person=one.asker, reason=command.reason),)


def _numbered(file: Application, number: int) -> EmergencyAccess:
    found = next((one for one in file.emergencies if one.number == number), None)
    if found is None:
        raise Refusal("emergency.unknown", field="number", number=number)
    return found


def _hours(facts: Facts) -> timedelta:
    return timedelta(hours=facts.programme.separation.emergency.hours)


# ── While it is open ──────────────────────────────────────────────────────────


def open_to(actor: Actor, file: Application) -> tuple[OpenedRole, ...]:
    """What is open to them on this file at the instant they ask, as long as they hold any office of their own."""
    if not file.emergencies or actor.at is None or not any(map(actor.own.holds, ASKERS)):
        return ()
    return tuple(_opened(one) for one in file.emergencies if one.asker == actor.id and one.is_open(actor.at))


def with_access(actor: Actor, file: Application) -> Actor:
    new = tuple(one for one in open_to(actor, file) if (one.role, one.scope) not in actor.roles)
    roles = {(one.role, one.scope) for one in new}
    return msgspec.structs.replace(actor, roles=actor.roles | roles, lent=(*actor.lent, *new)) if new else actor


def _opened(one: EmergencyAccess) -> OpenedRole:
    assert one.opener, "it is open"
    assert one.opened_at, "it is open"
    return OpenedRole(number=one.number, by=one.opener, role=one.role, scope=None, starts=one.opened_at, ends=one.until)


def answers_for_it(opener: Person) -> bool:
    """Whether whoever opened it still holds an office in which it may be opened."""
    return any((str(role), None) in opener.roles for role in OPENERS)


def may_knock(person: Actor) -> bool:
    """Whether they may ask for access to a file that they do not see, if nothing keeps them out of it."""
    return any(map(person.own.holds, ASKERS))
