"""What must hold of hubs over all history: no coordination closes while one is awaited, nothing goes through one that did not agree."""

from collections.abc import Iterator

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded


class Asked(msgspec.Struct):
    """Of one file: the hubs that were asked, those still awaited, those that accepted delivery."""

    asked: set[str] = msgspec.field(default_factory=set)
    awaited: set[str] = msgspec.field(default_factory=set)
    accepted: set[str] = msgspec.field(default_factory=set)
    lead: str | None = None


class Consultations:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._files: dict[str, Asked] = {}
        self._open: set[str] = set()
        """Hubs that are open."""

    def _remember(self, event: object) -> None:
        match event:
            case e.HubOpened(hub=hub) | e.HubResumed(hub=hub):
                self._open.add(hub)
            case e.HubSuspended(hub=hub) | e.HubClosed(hub=hub):
                self._open.discard(hub)

    def see(self, one: Recorded) -> Iterator[str]:
        self._remember(one.event)
        if not isinstance(one.event, e.ApplicationEvent):
            return
        file = self._files.setdefault(one.stream, Asked())
        match one.event:
            case e.OpinionRequested() | e.HubAsked() as event:
                file.asked.add(event.hub)
                file.awaited.add(event.hub)
            case e.HubReleased() as event:
                file.awaited.discard(event.hub)
            case e.OpinionGiven() | e.OpinionDeemed() | e.CentralOpinionGiven() as event:
                if event.hub not in file.awaited:
                    yield f"an opinion of {event.hub} was recorded, which was not awaited"
                file.awaited.discard(event.hub)
                if isinstance(event, e.OpinionGiven) and event.accepts_delivery:
                    file.accepted.add(event.hub)
            case e.CoordinationClosed() as event:
                for hub in sorted(file.awaited):
                    yield f"coordination was closed while the opinion of {hub} was awaited"
                yield from _closed(file, event)
                file.lead = event.hub
            case e.LeadHandedOver() as event:
                yield from self._handed(file, event)

    def _handed(self, file: Asked, event: e.LeadHandedOver) -> Iterator[str]:
        if event.hub_before != file.lead:
            yield f"the lead of {event.hub_before} was handed over, which did not lead"
        if event.hub_before in self._open:
            yield f"the lead of {event.hub_before} was handed over, which was open"
        if event.hub and event.hub not in self._open:
            yield f"the lead was handed over to {event.hub}, which was not open"
        yield from _closed(file, event)
        file.lead = event.hub


def _closed(file: Asked, event: e.CoordinationClosed | e.LeadHandedOver) -> Iterator[str]:
    if (event.mode == "no_hub") != (event.hub is None):
        yield f"coordination was closed as {event.mode} with {event.hub or 'no hub'}"
    if event.hub and event.hub not in file.asked:
        yield f"coordination was closed with {event.hub}, which was not asked"
    if event.mode == "via_hub" and event.hub not in file.accepted:
        yield f"delivery goes through {event.hub}, which did not accept it"
