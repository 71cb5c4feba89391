"""Rules of hub coordination. Support goes through the hub, or with it, where one exists (strategy: modalities, the Fund)."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, HubOpinion
from fund.domain.event import Event
from fund.domain.facts import Actor, Facts, Role
from fund.domain.refusal import Refusal


def served_hubs(file: Application, actor: Actor) -> tuple[str, ...]:
    """The hubs asked about this file for which this person answers."""
    return tuple(hub for hub in file.opinions if actor.holds(Role.COORDINATOR, hub))


def may_answer(file: Application, facts: Facts) -> None:
    if not _answerable(file, facts.actor):
        raise Refusal("opinion.already_answered")


def may_deem(file: Application, facts: Facts) -> None:
    if not file.opinions:
        raise Refusal("opinion.not_asked")
    if not file.open_opinions:
        raise Refusal("opinion.already_answered")
    _check_overdue(file.open_opinions[0], facts)


def may_close(file: Application, facts: Facts) -> None:
    for asked in file.open_opinions:
        raise Refusal("coordination.opinion_open", hub=asked.hub, due=asked.due)


def give_opinion(file: Application, command: c.GiveOpinion, facts: Facts) -> tuple[Event, ...]:
    hub = _answering_hub(file, command, facts.actor)
    if not facts.hub(hub).is_open:
        raise Refusal("hub.not_open", hub=hub)
    return (e.OpinionGiven(hub=hub, opinion=command.opinion, accepts_delivery=command.accepts_delivery, reason=command.reason),)


def deem_opinion(file: Application, command: c.DeemOpinion, facts: Facts) -> tuple[Event, ...]:
    asked = file.opinions.get(command.hub)
    if asked is None:
        raise Refusal("opinion.not_asked", field="hub")
    if not asked.is_open:
        raise Refusal("opinion.already_answered", field="hub")
    _check_overdue(asked, facts)
    return (e.OpinionDeemed(hub=asked.hub, due=asked.due),)


def _check_overdue(asked: HubOpinion, facts: Facts) -> None:
    if facts.now <= asked.due:
        raise Refusal("opinion.not_yet_due", due=asked.due)


def _answerable(file: Application, actor: Actor) -> tuple[str, ...]:
    return tuple(hub for hub in served_hubs(file, actor) if file.opinions[hub].is_open)


def _answering_hub(file: Application, command: c.GiveOpinion, actor: Actor) -> str:
    """The hub that this opinion is of: the one named, else the only one that this person can still answer for."""
    if command.hub and command.hub not in served_hubs(file, actor):
        raise Refusal("workflow.not_your_hub", field="hub", command=command.verb)
    waiting = _answerable(file, actor)
    if command.hub and command.hub not in waiting:
        raise Refusal("opinion.already_answered", field="hub")
    if not command.hub and len(waiting) > 1:
        raise Refusal("opinion.hub_needed", field="hub")
    return command.hub or waiting[0]


def close_coordination(file: Application, command: c.CloseCoordination, facts: Facts) -> tuple[Event, ...]:
    hub = _hub_of(file, command, facts)
    if command.mode != "via_hub" and not command.reason.strip():
        raise Refusal("text.empty", field="reason")
    due, days = facts.due("ranking" if file.scored else "proposal", file)
    return (e.CoordinationClosed(mode=command.mode, hub=hub, reason=command.reason, due=due, calendar=days),)


def _hub_of(file: Application, command: c.CloseCoordination, facts: Facts) -> str | None:
    asked = next(iter(file.opinions.values()), None)
    if asked is None:
        if command.mode != "no_hub":
            raise Refusal("coordination.no_hub_asked", field="mode")
        return None
    if not facts.hub(asked.hub).is_open:
        if command.mode != "no_hub":
            raise Refusal("hub.not_open", field="mode", hub=asked.hub)
        return None
    if command.mode == "no_hub":
        raise Refusal("coordination.hub_exists", field="mode", hub=asked.hub)
    if command.mode == "via_hub" and not asked.accepts_delivery:
        raise Refusal("coordination.delivery_not_accepted", field="mode", hub=asked.hub)
    return asked.hub
