"""The money of a fund as a bystander with a notebook sees it: every contribution, who drew on it, and what is held back for whom.

Written from what was recorded alone, and never by asking the rules. `note` fails on the first fact that breaks a promise.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.registers import Envelope
from fund.domain.sections import Applicant


class Kept(msgspec.Struct):
    """One contribution. `drawn` and `held`: application -> minor units."""

    given: e.ContributionReceived
    worth: int
    drawn: Counter[str]
    held: Counter[str]

    @property
    def left(self) -> int:
        return self.worth - self.drawn.total() - self.held.total()


class Wish(msgspec.Struct):
    """What money would be spent on."""

    lead: str = ""
    partners: tuple[str, ...] = ()
    priority: str = ""
    support: str | None = None

    @property
    def cities(self) -> tuple[str, ...]:
        return (self.lead, *self.partners)


class Notebook:
    """`pots`: envelope -> its contributions in the order in which they came. `reached`: which kinds of entry there were, how often."""

    def __init__(self) -> None:
        self.pots: dict[str, list[Kept]] = {}
        self.wishes: dict[str, Wish] = {}
        self.places: dict[str, e.CityRegistered] = {}
        self.reached: Counter[str] = Counter()

    def note(self, one: Recorded) -> None:
        envelope, day = one.stream, one.header.at.date()
        match one.event:
            case e.CityRegistered() as event:
                self.places[one.stream] = event
            case e.ApplicationEvent() as event:
                _understand(self.wishes.setdefault(one.stream, Wish()), event)
            case e.ContributionReceived() as event:
                self.pots.setdefault(envelope, []).append(Kept(event, event.amount, Counter(), Counter()))
                self.reached[f"given {event.kind}"] += 1
            case e.ContributionReduced(contribution=number, amount=amount):
                self.pots[envelope][number - 1].worth -= amount
                self.reached["taken back"] += 1
            case e.FundsCommitted(application=application, allocations=parts, amount=amount):
                self._free(envelope, application)
                for pot, part in self._parts(envelope, parts, amount):
                    self._spend(pot, application, day, "drawn")
                    pot.drawn[application] += part
            case e.FundsReserved(application=application, allocations=parts, amount=amount):
                self._free(envelope, application)
                for pot, part in self._parts(envelope, parts, amount):
                    self._spend(pot, application, day, "held")
                    pot.held[application] += part
            case e.ReservationEnded(application=application):
                assert self.held(envelope, application), f"nothing was held back for {application}"
                self._free(envelope, application)
                self.reached["held no more"] += 1
            case e.FundsReleased(application=application, allocations=parts, amount=amount):
                for pot, part in self._parts(envelope, parts, amount):
                    pot.drawn[application] -= part
                    assert pot.drawn[application] >= 0, f"{application} gave back more than it had drawn"
                self.reached["released"] += 1
        for number, pot in enumerate(self.pots.get(envelope, []), start=1):
            assert pot.left >= 0, f"contribution {number} of {envelope} is overdrawn by {-pot.left}"

    def balance(self, envelope: str) -> int:
        """Money that is not spent; what is held back is not spent yet, and what is given in kind is no money."""
        return sum(pot.worth - pot.drawn.total() for pot in self.pots.get(envelope, []) if pot.given.kind != "in_kind")

    def held(self, envelope: str, application: str) -> int:
        return sum(pot.held[application] for pot in self.pots.get(envelope, []))

    def agrees(self, envelope: Envelope) -> None:
        """The fund knows of this envelope what the notebook says."""
        pots = self.pots.get(envelope.id, [])
        assert envelope.balance == self.balance(envelope.id)
        assert [pot.remaining for pot in envelope.pots] == [pot.worth - pot.drawn.total() for pot in pots]
        held = {file: [(part.contribution, part.amount) for part in parts] for file, parts in envelope.reserved.items()}
        for file in {file for pot in pots for file in +pot.held} | set(held):
            assert sorted(held[file]) == [(number, pot.held[file]) for number, pot in enumerate(pots, start=1) if pot.held[file]]

    def _parts(self, envelope: str, parts: tuple[e.Allocation, ...], amount: int) -> Iterator[tuple[Kept, int]]:
        assert sum(part.amount for part in parts) == amount, "the parts are not the whole"
        for part in parts:
            assert part.amount > 0, "a part is no amount"
            yield self.pots[envelope][part.contribution - 1], part.amount

    def _free(self, envelope: str, application: str) -> None:
        for pot in self.pots.get(envelope, []):
            pot.held.pop(application, None)

    def _spend(self, pot: Kept, application: str, day: date, how: str) -> None:
        assert pot.given.kind != "in_kind", "what was given in kind is no money"
        for limit, kept in self._limits(pot.given.earmark, self.wishes[application], day):
            assert kept, f"{how} outside its {limit}"
            self.reached[f"{how} of a {limit}"] += 1
        self.reached[how] += 1

    def _limits(self, mark: e.Earmark, wish: Wish, day: date) -> Iterator[tuple[str, bool]]:
        """Each limit that this money has, and whether it is kept within."""
        places = [self.places[city] for city in wish.cities]
        if mark.city:
            yield "city", set(wish.cities) == {mark.city}
        if mark.priorities:
            yield "priority", wish.priority in mark.priorities
        if mark.support_types:
            yield "support type", wish.support in mark.support_types
        if mark.regions:
            yield "region", all(place.region in mark.regions for place in places)
        if mark.countries:
            yield "country", all(place.country in mark.countries for place in places)
        if mark.spend_from or mark.spend_until:
            yield "window", (mark.spend_from or day) <= day <= (mark.spend_until or day)


def _understand(wish: Wish, event: e.ApplicationEvent) -> None:
    match event:
        case e.ApplicationStarted():
            wish.lead = event.city
        case e.SectionSaved(section=Applicant() as section):
            wish.partners = section.beneficiaries
        case e.PartnerLeft(city=left):
            wish.partners = tuple(city for city in wish.partners if city != left)
        case e.ApplicationSubmitted():
            wish.priority = event.priorities[0] if event.priorities else ""
        case e.ProposalMade():
            wish.support = event.support_type
