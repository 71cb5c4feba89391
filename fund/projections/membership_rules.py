"""What must hold of membership over all history: nobody is admitted unasked, uncommitted, or by the person who determined the territory.

Independent of the deciders, as `audit_rules` is, and put together there.
"""

from collections.abc import Iterator

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.projections.hands import Breach, acting

DECIDED = e.TerritoryDetermined | e.MemberAdmitted | e.MembershipDeclined | e.MembershipSuspended | e.MembershipResumed


class Town(msgspec.Struct):
    """Of one city: whether it asks, whether it is a member, who asked or determined, and what was found last."""

    asks: bool = False
    member: bool = False
    asked_by: frozenset[str] = frozenset()
    determined_by: frozenset[str] = frozenset()
    last: tuple[str, frozenset[str]] = ("", frozenset())
    """What was found last of its territory, and by whom."""
    committed: bool = False
    proposed: dict[str, frozenset[str]] = {}
    """Who asked to confirm whom."""


class Memberships:
    """Sees every fact in order, and tells what is wrong with it."""

    def __init__(self) -> None:
        self._towns: dict[str, Town] = {}
        self._homes: set[tuple[str, str]] = set()
        """Person, city."""

    def see(self, one: Recorded) -> Iterator[str]:
        if isinstance(one.event, e.AffiliationRecorded):
            self._homes.add((one.event.person, one.event.city))
        town = self._towns.setdefault(one.stream, Town()) if one.stream.startswith("city-") else Town()
        for by in acting(one):
            yield from (Breach(f"{one.event.name} was done by {by}{what}") for what in self._breaches(town, one, by))
        yield from (f"{one.event.name} {what}" for what in _out_of_order(town, one))
        self._remember(town, one, one.header.hands)

    def _breaches(self, town: Town, one: Recorded, by: str) -> Iterator[str]:
        if isinstance(one.event, DECIDED):
            if by.startswith("machine:"):
                yield ": only a person may do it"
            if (by, one.stream) in self._homes:
                yield f", who belongs to {one.stream}"
        match one.event:
            case e.MemberAdmitted() if by in town.determined_by | town.asked_by:
                yield ", who asked for the city or determined its territory"
            case e.TerritoryDetermined() if town.last[0] == "unresolved" and by in town.last[1]:
                yield ", who had left the case unresolved"
            case e.RepresentativeConfirmed() as event if by in town.proposed.get(event.person, frozenset()):
                yield ", who had asked for it"

    def _remember(self, town: Town, one: Recorded, hands: frozenset[str]) -> None:
        match one.event:
            case e.MembershipAsked():
                town.asks, town.asked_by = True, town.asked_by | hands
            case e.PrinciplesAttested() as event:
                town.committed, town.asked_by = all(said.committed for said in event.commitments), town.asked_by | hands
            case e.TerritoryDetermined() as event:
                town.last, town.determined_by = (event.territory, hands), town.determined_by | hands
            case e.MembershipAskWithdrawn() | e.MembershipDeclined():
                town.asks = False
            case e.MembershipRecorded() | e.MemberAdmitted():
                town.asks, town.member = False, True
            case e.MembershipEnded():
                town.member = False
            case e.RepresentativeRequested() as event:
                town.proposed = town.proposed | {event.person: hands}
            case e.RepresentativeRefused() as event:
                town.proposed = {who: by for who, by in town.proposed.items() if who != event.person}
            case e.RepresentativeConfirmed() as event:
                town.proposed = {who: by for who, by in town.proposed.items() if who != event.person}
                self._homes.add((event.person, one.stream))
            case e.RepresentativeEnded() as event:
                self._homes.discard((event.person, one.stream))


def _out_of_order(town: Town, one: Recorded) -> Iterator[str]:
    match one.event:
        case e.MembershipAsked() if town.asks or town.member:
            yield "of a city that had asked or was a member already"
        case e.MemberAdmitted():
            yield from _admitted(town)
        case e.MembershipEnded() | e.MembershipSuspended() | e.MembershipResumed() if not town.member:
            yield "of a city that was no member"


def _admitted(town: Town) -> Iterator[str]:
    if not town.asks:
        yield "of a city that had not asked"
    if not town.committed:
        yield "of a city that had not attested every principle"
    if town.last[0] != "meets":
        yield "without a determination that the territory meets the rule"
