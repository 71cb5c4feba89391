"""Rules of hub coordination. Support goes through the hub, or with it, where one exists (strategy: modalities, the Fund)."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, HubOpinion
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal


def open_opinion(file: Application) -> HubOpinion:
    """The opinion that is asked and not yet answered, or the refusal that says why there is none."""
    if file.opinion is None:
        raise Refusal("opinion.not_asked")
    if not file.opinion.is_open:
        raise Refusal("opinion.already_answered")
    return file.opinion


def may_answer(file: Application, facts: Facts) -> None:
    open_opinion(file)


def may_deem(file: Application, facts: Facts) -> None:
    asked = open_opinion(file)
    if facts.now <= asked.due:
        raise Refusal("opinion.not_yet_due", due=asked.due)


def may_close(file: Application, facts: Facts) -> None:
    if file.opinion and file.opinion.is_open:
        raise Refusal("coordination.opinion_open", hub=file.opinion.hub, due=file.opinion.due)


def give_opinion(file: Application, command: c.GiveOpinion, facts: Facts) -> tuple[Event, ...]:
    asked = open_opinion(file)
    if not facts.hub(asked.hub).is_open:
        raise Refusal("hub.not_open", hub=asked.hub)
    return (e.OpinionGiven(hub=asked.hub, opinion=command.opinion, accepts_delivery=command.accepts_delivery, reason=command.reason),)


def deem_opinion(file: Application, command: c.DeemOpinion, facts: Facts) -> tuple[Event, ...]:
    asked = open_opinion(file)
    return (e.OpinionDeemed(hub=asked.hub, due=asked.due),)


def close_coordination(file: Application, command: c.CloseCoordination, facts: Facts) -> tuple[Event, ...]:
    hub = _hub_of(file, command, facts)
    if command.mode != "via_hub" and not command.reason.strip():
        raise Refusal("text.empty", field="reason")
    due, days = facts.due("proposal", file)
    return (e.CoordinationClosed(mode=command.mode, hub=hub, reason=command.reason, due=due, calendar=days),)


def _hub_of(file: Application, command: c.CloseCoordination, facts: Facts) -> str | None:
    if file.opinion is None:
        if command.mode != "no_hub":
            raise Refusal("coordination.no_hub_asked", field="mode")
        return None
    if not facts.hub(file.opinion.hub).is_open:
        if command.mode != "no_hub":
            raise Refusal("hub.not_open", field="mode", hub=file.opinion.hub)
        return None
    if command.mode == "no_hub":
        raise Refusal("coordination.hub_exists", field="mode", hub=file.opinion.hub)
    if command.mode == "via_hub" and not file.opinion.accepts_delivery:
        raise Refusal("coordination.delivery_not_accepted", field="mode", hub=file.opinion.hub)
    return file.opinion.hub
