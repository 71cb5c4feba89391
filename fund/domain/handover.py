"""When a hub cannot answer: it asks for help, it is suspended or closes, or an officer asks another. No file waits for a closed hub.

There is no limit to what a hub may be asked: a full one asks for help and refuses nothing.
"""

from fund.domain import commands as c
from fund.domain import consultation, track
from fund.domain import events as e
from fund.domain.application import Application, HubOpinion
from fund.domain.event import Event
from fund.domain.facts import Facts, Role
from fund.domain.opinion import served_hubs
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something


def may_ask(file: Application, facts: Facts) -> None:
    if not any(_is_askable(file, hub.code) and facts.hub(hub.code).is_open for hub in facts.programme.catalogue.hubs):
        raise Refusal("hub.none_to_ask")


def ask_hub(file: Application, command: c.AskHub, facts: Facts) -> tuple[Event, ...]:
    if facts.programme.hub(command.hub) is None:
        raise Refusal("hub.unknown", field="hub", hub=command.hub)
    if not _is_askable(file, command.hub):
        raise Refusal("hub.already_asked", field="hub", hub=command.hub)
    if not facts.hub(command.hub).is_open:
        raise Refusal("hub.not_open", field="hub", hub=command.hub)
    moves = track.consulted(file, command.hub, facts)
    days = facts.days_of_hub(command.hub, file)
    due, stamp = facts.due("hub_opinion", track.after(file, moves), by=days)
    remind_at = consultation.reminder(due, days, facts.programme)
    return (e.HubAsked(hub=command.hub, reason=command.reason, due=due, calendar=stamp, remind_at=remind_at), *moves)


def _is_askable(file: Application, hub: str) -> bool:
    """Not asked yet, or nothing is asked of it any more."""
    return hub not in file.opinions or file.opinions[hub].released


def may_release(file: Application, facts: Facts) -> None:
    if not file.open_opinions:
        raise Refusal("opinion.none_open")


def release_hub(file: Application, command: c.ReleaseHub, facts: Facts) -> tuple[Event, ...]:
    return (e.HubReleased(hub=_open(file, command.hub).hub, reason=command.reason),)


def may_ask_help(file: Application, facts: Facts) -> None:
    if not any(_waits_for_hub_alone(file.opinions[hub]) for hub in served_hubs(file, facts.actor)):
        raise Refusal("opinion.help_not_needed")


def ask_central_help(file: Application, command: c.AskCentralHelp, facts: Facts) -> tuple[Event, ...]:
    if command.hub not in served_hubs(file, facts.actor):
        raise Refusal("workflow.not_your_hub", field="hub", command=command.verb)
    if not _waits_for_hub_alone(file.opinions[command.hub]):
        raise Refusal("opinion.help_not_needed", field="hub")
    return (e.CentralHelpAsked(hub=command.hub, reason=command.reason),)


def _waits_for_hub_alone(asked: HubOpinion) -> bool:
    return asked.is_open and asked.answered_by == "hub"


def may_take_over(file: Application, facts: Facts) -> None:
    """An officer for a reason; a machine where the hub is not open, which is a pure fact."""
    waiting = [asked for asked in file.open_opinions if asked.answered_by != "centre"]
    if not waiting:
        raise Refusal("opinion.none_open")
    if _is_machine(facts) and all(facts.hub(asked.hub).is_open for asked in waiting):
        raise Refusal("hub.is_open")


def take_over_opinion(file: Application, command: c.TakeOverOpinion, facts: Facts) -> tuple[Event, ...]:
    asked = _open(file, command.hub)
    if asked.answered_by == "centre":
        raise Refusal("opinion.already_taken_over", field="hub")
    if _is_machine(facts) and facts.hub(asked.hub).is_open:
        raise Refusal("hub.is_open", field="hub")
    if not _is_machine(facts) and not says_something(command.reason):
        raise Refusal("text.empty", field="reason")
    due, days = facts.due("hub_opinion", file)
    return (e.OpinionTakenOver(hub=asked.hub, reason=command.reason, due=due, calendar=days),)


def may_give_central(file: Application, facts: Facts) -> None:
    if not any(asked.answered_by != "hub" for asked in file.open_opinions):
        raise Refusal("opinion.not_with_centre")


def give_central_opinion(file: Application, command: c.GiveCentralOpinion, facts: Facts) -> tuple[Event, ...]:
    asked = _open(file, command.hub)
    if asked.answered_by == "hub":
        raise Refusal("opinion.not_with_centre", field="hub")
    return (e.CentralOpinionGiven(hub=asked.hub, opinion=command.opinion, reason=command.reason),)


def _open(file: Application, hub: str) -> HubOpinion:
    asked = file.opinions.get(hub)
    if asked is None:
        raise Refusal("opinion.not_asked", field="hub")
    if not asked.is_open:
        raise Refusal("opinion.already_answered", field="hub")
    return asked


def _is_machine(facts: Facts) -> bool:
    return facts.actor.holds(Role.MACHINE)
