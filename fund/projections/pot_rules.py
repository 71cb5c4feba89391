"""What must hold over all history of every contribution: nothing is drawn on that was given for something else, and no pot is overdrawn.

Worked out from the events alone, in other words than the deciders use.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.sections import Applicant
from fund.domain.texts import says_something


class Kept(msgspec.Struct):
    """A contribution with what is left of it, and what was drawn from it."""

    given: e.ContributionReceived
    worth: int
    drawn: int = 0


class Bid(msgspec.Struct):
    """What of an application says whether money is for it."""

    lead: str = ""
    partners: tuple[str, ...] = ()
    priority: str = ""
    support: str | None = None

    @property
    def cities(self) -> tuple[str, ...]:
        return (self.lead, *self.partners)


class Pots:
    """No earmark is broken, no window missed, every commitment is fully explained by its allocations, no pot is below zero."""

    def __init__(self) -> None:
        self._pots: dict[str, list[Kept]] = {}
        self._held: dict[tuple[str, str, int], int] = {}
        self._bids: dict[str, Bid] = {}
        self._places: dict[str, e.CityRegistered] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        """Sentences about what is wrong with this event."""
        match one.event:
            case e.CityRegistered() as event:
                self._places[one.stream] = event
            case e.ApplicationEvent() as event:
                self._bid(self._bids.setdefault(one.stream, Bid()), event)
            case e.ContributionReceived() as event:
                self._pots.setdefault(one.stream, []).append(Kept(event, event.amount))
                yield from _odd(event)
            case e.ContributionReduced() as event:
                yield from self._reduced(one.stream, event)
            case e.FundsCommitted() as event:
                yield from self._committed(one, event)
            case e.FundsReleased() as event:
                yield from self._released(one.stream, event)

    def _bid(self, bid: Bid, event: e.ApplicationEvent) -> None:
        match event:
            case e.ApplicationStarted():
                bid.lead = event.city
            case e.SectionSaved(section=Applicant() as section):
                bid.partners = section.beneficiaries
            case e.PartnerLeft(city=left):
                bid.partners = tuple(city for city in bid.partners if city != left)
            case e.ApplicationSubmitted():
                bid.priority = event.priorities[0] if event.priorities else ""
            case e.ProposalMade():
                bid.support = event.support_type

    def _find(self, envelope: str, number: int) -> Kept | None:
        pots = self._pots.get(envelope, [])
        return pots[number - 1] if 0 < number <= len(pots) else None

    def _reduced(self, envelope: str, event: e.ContributionReduced) -> Iterator[str]:
        pot = self._find(envelope, event.contribution)
        if pot is None:
            yield f"contribution {event.contribution} was reduced and never came"
            return
        pot.worth -= event.amount
        if pot.worth < pot.drawn:
            yield f"contribution {event.contribution} was reduced to {pot.worth}, {pot.drawn} of it is committed"

    def _committed(self, one: Recorded, event: e.FundsCommitted) -> Iterator[str]:
        if event.allocations and sum(part.amount for part in event.allocations) != event.amount:
            yield f"the allocations to {event.application} do not add up to {event.amount}"
        if event.on and abs(event.on - one.header.at.date()) > timedelta(days=1):
            yield f"a commitment of {one.header.at.date()} counts as one of {event.on}"
        for part in event.allocations or self._oldest(one.stream, event.amount):
            pot = self._find(one.stream, part.contribution)
            if pot is None:
                yield f"contribution {part.contribution} was drawn on and never came"
                continue
            pot.drawn += part.amount
            key = one.stream, event.application, part.contribution
            self._held[key] = self._held.get(key, 0) + part.amount
            for why in self._wrong(pot, part.amount, self._bids.get(event.application, Bid()), event.on or one.header.at.date()):
                yield f"{part.amount} of contribution {part.contribution} was drawn for {event.application}: {why}"

    def _wrong(self, pot: Kept, amount: int, bid: Bid, day: date) -> Iterator[str]:
        mark = pot.given.earmark
        places = [self._places.get(city) for city in bid.cities]
        if amount < 1:
            yield "that is no amount"
        if pot.given.kind == "in_kind":
            yield "it was given in kind"
        if pot.drawn > pot.worth:
            yield f"{pot.drawn} of its {pot.worth} is committed"
        if mark.city and any(city != mark.city for city in bid.cities):
            yield f"it is for {mark.city} alone"
        if mark.priorities and bid.priority not in mark.priorities:
            yield f"it is for the priorities {', '.join(mark.priorities)}"
        if mark.support_types and bid.support not in mark.support_types:
            yield f"it is for support of the types {', '.join(mark.support_types)}"
        if mark.regions and any(place is None or place.region not in mark.regions for place in places):
            yield f"it is for the regions {', '.join(mark.regions)}"
        if mark.countries and any(place is None or place.country not in mark.countries for place in places):
            yield f"it is for the countries {', '.join(mark.countries)}"
        if (mark.spend_from and day < mark.spend_from) or (mark.spend_until and day > mark.spend_until):
            yield f"{day} lies outside its window"

    def _released(self, envelope: str, event: e.FundsReleased) -> Iterator[str]:
        if sum(part.amount for part in event.allocations) != event.amount:
            yield f"what {event.application} gave back does not add up to {event.amount}"
        for part in event.allocations:
            key = envelope, event.application, part.contribution
            held = self._held.get(key, 0)
            self._held[key] = held - part.amount
            if pot := self._find(envelope, part.contribution):
                pot.drawn -= part.amount
            if not 1 <= part.amount <= held:
                yield f"{event.application} gave back {part.amount} of contribution {part.contribution}, of which it held {held}"

    def _oldest(self, envelope: str, amount: int) -> list[e.Allocation]:
        """A commitment that does not say what it drew on was made when all money was free: oldest first."""
        parts = []
        for number, pot in enumerate(self._pots.get(envelope, []), start=1):
            part = min(amount, pot.worth - pot.drawn) if pot.given.kind != "in_kind" else 0
            if part > 0:
                parts.append(e.Allocation(contribution=number, amount=part))
                amount -= part
        return parts


def _odd(given: e.ContributionReceived) -> Iterator[str]:
    if given.kind == "in_kind" and not says_something(given.valuation):
        yield "what was given in kind has no method of valuation"
    if given.kind == "self_funded" and (given.city is None or given.earmark.city != given.city):
        yield "a city that pays for itself is not named, or pays for another"
