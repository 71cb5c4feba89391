"""The opinions of hubs on a file."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import HubOpinion
from fund.domain.application.moving import Changes, moved
from fund.domain.application.stage import Stage

Fact = (
    e.OpinionRequested
    | e.HubAsked
    | e.HubReminded
    | e.OpinionGiven
    | e.OpinionDeemed
    | e.CentralOpinionGiven
    | e.CentralHelpAsked
    | e.OpinionTakenOver
    | e.HubReleased
    | e.ConfidentialNoteAdded
    | e.OpinionAnswered
    | e.CoordinationClosed
    | e.LeadHandedOver
)


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.OpinionRequested() | e.HubAsked():
            before = file.opinions.get(event.hub)
            times = before.asked + 1 if before else 1
            by = before.by if before else frozenset[str]()
            return _opinion(file, HubOpinion(hub=event.hub, due=event.due, asked=times, remind_at=event.remind_at, by=by))
        case e.CoordinationClosed():
            return moved(Stage.RANKING if file.scored else Stage.PROPOSAL, event) | {"coordination": event, "led_before": ()}
        case e.LeadHandedOver():
            settled = {"mode": event.mode, "hub": event.hub, "reason": event.reason}
            there = msgspec.structs.replace(file.coordination, **settled) if file.coordination else None
            return {"coordination": there, "led_before": (*file.led_before, event.hub_before)}
    return _opinion(file, _after(_asked(file, event.hub, at), event))


def _after(opinion: HubOpinion, event: Fact) -> HubOpinion:
    match event:
        case e.HubReminded():
            return msgspec.structs.replace(opinion, reminded=True, due=event.due)
        case e.OpinionGiven():
            return msgspec.structs.replace(opinion, given=event)
        case e.OpinionDeemed():
            return msgspec.structs.replace(opinion, due=event.due, deemed=event)
        case e.CentralOpinionGiven():
            return msgspec.structs.replace(opinion, central=event)
        case e.CentralHelpAsked():
            return msgspec.structs.replace(opinion, answered_by="hub_or_centre")
        case e.OpinionTakenOver():
            return msgspec.structs.replace(opinion, answered_by="centre", due=event.due)
        case e.HubReleased():
            return msgspec.structs.replace(opinion, released=True)
        case e.ConfidentialNoteAdded():
            return msgspec.structs.replace(opinion, note=event)
        case e.OpinionAnswered():
            return msgspec.structs.replace(opinion, answer=event)
    return opinion


def spoken(file: Application, event: e.OpinionGiven, hands: frozenset[str], at: datetime) -> Changes:
    """As `changes`, with everybody in whose name the hub spoke."""
    asked = _asked(file, event.hub, at)
    return _opinion(file, msgspec.structs.replace(_after(asked, event), by=asked.by | hands))


def _asked(file: Application, hub: str, at: datetime) -> HubOpinion:
    """What is known of a hub's opinion; a history that never asked it is read all the same."""
    return file.opinions.get(hub) or HubOpinion(hub=hub, due=at)


def _opinion(file: Application, opinion: HubOpinion) -> Changes:
    return {"opinions": file.opinions | {opinion.hub: opinion}}
