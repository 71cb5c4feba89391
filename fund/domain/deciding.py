"""Asking the table: what a command would record, and what a person may do now."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec

from fund.domain import commands as c
from fund.domain import conflict, incident, suspension
from fund.domain.application import Application, Stage
from fund.domain.delegation import in_force, in_two_names
from fund.domain.emergency import open_to, with_access
from fund.domain.event import Event
from fund.domain.facts import BY_FACT, Actor, Facts, On, Role
from fund.domain.interest import belongs_to, is_of_any
from fund.domain.opinion import served_hubs
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.domain.scoring import moderates
from fund.domain.step import Relation, Step
from fund.domain.streams import KINDS, State, kind_of
from fund.domain.texts import check_not_blank
from fund.domain.workflow import APPLICATION_STEPS, MEMBERSHIP_STEPS, STEPS


def decide(state: State, command: c.Command, facts: Facts) -> tuple[Event | On, ...]:
    """The events that `command` would record, or the one Refusal that says why not.

    Checked in this order, so that a stranger learns nothing: role, relation, stage, duty separation, guard, then the rule.
    """
    step = STEPS[type(command)]
    permit(step, state, command, facts)
    check_not_blank(command)
    if facts.hands is None:
        return step.rule(state, command, facts)
    step.rule(state, command, _by_hand(facts))
    with _of_the_lender(step, facts):
        return step.rule(state, command, facts)


def stands_in_for(state: State, actor: Actor) -> frozenset[str]:
    """Streams of those who lent the actor a role, for whatever step, and of those who opened one to them on this file."""
    opened = open_to(actor, state) if isinstance(state, Application) else ()
    return frozenset(one.by for one in (*actor.lent, *actor.aside, *opened))


def _on(state: State, actor: Actor) -> Actor:
    return with_access(actor, state) if isinstance(state, Application) else actor


def in_whose_name(state: State, command: c.Command, facts: Facts) -> Facts:
    """As the one who asks; where a role that they lack was lent to them, in the lender's name too: the first for whom it is allowed."""
    return _in_whose_name(STEPS[type(command)], state, command, facts)


def _in_whose_name(step: Step, state: State, command: c.Command | None, facts: Facts) -> Facts:
    if (actor := _on(state, in_force(facts.actor, facts.states))) is not facts.actor:
        facts = msgspec.structs.replace(facts, actor=actor)
    if step.in_person or not facts.actor.lent:
        return facts
    alone = msgspec.structs.replace(facts, actor=facts.actor.own)
    chosen = tuple(in_two_names(step, facts))
    refused = _refusal(step, state, command, alone)
    if not chosen or refused is None or refused.code not in LACKING:
        return alone
    return next((one for one in chosen if _refusal(step, state, command, one) is None), chosen[0])


LACKING = ("workflow.role_needed", "workflow.not_your_hub")
"""Refusals for want of a role."""


def _refusal(step: Step, state: State, command: c.Command | None, facts: Facts) -> Refusal | None:
    try:
        permit(step, state, command, facts)
    except Refusal as refused:
        return refused
    return None


def _by_hand(facts: Facts) -> Facts:
    """The same of whoever acts, who was lent the role."""
    return msgspec.structs.replace(facts, actor=facts.hands or facts.actor, hands=None)


def reads(state: State, command: c.Command, actor: str, programme: Programme) -> frozenset[str]:
    """Streams besides the command's own that deciding it relies on."""
    cities = state.parties if isinstance(state, Application) else ()
    people = (actor,) if actor.startswith("person-") else ()
    named = STEPS[type(command)].reads(state, command, programme)
    return frozenset(id for id in (*cities, *people, *named) if kind_of(id) in KINDS) - {command.stream}


def further(command: c.Command, states: Mapping[str, State]) -> frozenset[str]:
    """Streams that those it relies on lead to, and on which deciding relies besides. What they lead to may lead on."""
    return frozenset(STEPS[type(command)].further(command, states)) - {command.stream}


def permit(step: Step, state: State, command: c.Command | None, facts: Facts) -> None:
    """Refused where either of the two, the lender of a role and whoever acts with it, may not take the step."""
    if facts.hands:
        permit(step, state, command, _by_hand(facts))
        with _of_the_lender(step, facts):
            _permit(step, state, command, facts)
    else:
        _permit(step, state, command, facts)


@contextmanager
def _of_the_lender(step: Step, facts: Facts) -> Iterator[None]:
    """What is refused to the lender alone is told as such: whoever acts would take it for their own."""
    try:
        yield
    except Refusal as refused:
        raise Refusal("delegation.lender_may_not", command=step.verb, person=facts.actor.id, because=refused.code) from refused


def _permit(step: Step, state: State, command: c.Command | None, facts: Facts) -> None:
    _check_role(step, facts.actor)
    if isinstance(state, Application):
        if state.stage is Stage.NEW and Stage.NEW not in step.at:
            raise Refusal("reference.unknown", field="application")
        _check_relation(step, state, command, facts)
        if state.stage not in step.at:
            raise Refusal("workflow.not_now", command=step.verb, stage=str(state.stage))
        _check_separation(step, state, facts)
        step.guard(state, facts)
    elif isinstance(state, City) and not step.command.creates:
        _permit_on_city(step, state, command, facts)


def _permit_on_city(step: Step, city: City, command: c.Command | None, facts: Facts) -> None:
    if city.registered is None:
        raise Refusal("city.unknown", field="city", city=command.stream if command else city.id)
    if step.relation is Relation.SPEAKS_FOR_CITY and not speaks_for(facts.actor, city):
        raise Refusal("workflow.not_your_city", command=step.verb)
    if step.by is not Role.REPRESENTATIVE and belongs_to(facts.actor, city):
        raise Refusal("membership.own_city", command=step.verb)
    for duty in step.apart:
        if city.did(facts.actor.id, duty):
            raise Refusal("membership.not_apart", command=step.verb, duty=duty)
    step.guard(city, facts)


def speaks_for(actor: Actor, city: City) -> bool:
    """Represents it; or, while nobody does, keeps the registers and does not belong to it."""
    return city.represented_by(actor.id) or (not city.representatives and actor.holds(Role.ADMINISTRATOR) and not belongs_to(actor, city))


def city_actions(city: City, facts: Facts) -> tuple[Step, ...]:
    """The rows of membership open to this actor on this city now."""
    return tuple(step for step in MEMBERSHIP_STEPS if _is_permitted(step, city, facts))


def allowed_actions(file: Application, facts: Facts) -> tuple[Step, ...]:
    """The rows open to this actor on this file now; buttons are made of it."""
    return tuple(step for step in APPLICATION_STEPS if _is_permitted(step, file, facts))


def _is_permitted(step: Step, state: Application | City, facts: Facts) -> bool:
    if isinstance(state, Application) and state.stage is Stage.NEW:
        return False
    return _refusal(step, state, None, _in_whose_name(step, state, None, facts)) is None


def _check_role(step: Step, actor: Actor) -> None:
    if step.by not in BY_FACT and not any(map(actor.holds, step.roles)):
        raise Refusal("workflow.role_needed", command=step.verb, role=str(step.by))


def _check_relation(step: Step, file: Application, command: c.Command | None, facts: Facts) -> None:
    match step.relation:
        case Relation.REPRESENTS_CITY:
            lead = file.city or (command.city if isinstance(command, c.StartApplication) else "")
            if not facts.city(lead).represented_by(facts.actor.id):
                raise Refusal("workflow.not_your_city", command=step.verb)
        case Relation.REPRESENTS_PARTY:
            if not any(facts.city(city).represented_by(facts.actor.id) for city in file.parties):
                raise Refusal("workflow.not_your_city", command=step.verb)
        case Relation.REPRESENTS_PARTNER:
            if not any(facts.city(city).represented_by(facts.actor.id) for city in file.invited_partners):
                raise Refusal("workflow.not_your_city", command=step.verb)
        case Relation.IS_NEAR:
            if incident.reporter(file, facts) is None:
                raise Refusal("incident.not_yours")
        case Relation.IS_INVITED:
            if file.invitation(facts.actor.id) is None:
                raise Refusal("workflow.not_invited", command=step.verb)
        case Relation.IS_ASSIGNED:
            if facts.actor.id not in file.assessors:
                raise Refusal("workflow.not_assigned", command=step.verb)
        case Relation.MODERATES:
            if not moderates(file, facts.actor):
                raise Refusal("moderator.other")
        case Relation.HAS_ACCESS:
            if not any(facts.actor.id in one.people and one.is_alive(facts.now) for one in file.emergencies):
                raise Refusal("emergency.not_yours")
        case Relation.ASKED_THE_END:
            if facts.actor.id not in suspension.end_asked_by(file):
                raise Refusal("termination.not_yours")
        case Relation.SERVES_HUB:
            if not served_hubs(file, facts.actor):
                raise Refusal("workflow.not_your_hub", command=step.verb)


def _check_separation(step: Step, file: Application, facts: Facts) -> None:
    """Nobody acts for the fund on a file of a city they belong to, observers included, or after a duty this step is kept apart from."""
    if step.by in (Role.REPRESENTATIVE, Role.MACHINE):
        return
    if is_of_any(facts.actor, file.parties, facts):
        raise Refusal("duty.own_city", command=step.verb)
    conflict.permit(step, file, facts)
    for duty in step.apart:
        if file.did(facts.actor.id, duty):
            raise Refusal("duty.not_apart", command=step.verb, duty=duty)
    if step.decides and facts.actor.id in file.overturned:
        raise Refusal("duty.overturned", command=step.verb)
