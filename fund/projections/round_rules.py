"""What must hold of every competitive round over all history: who was in it, in which order, what was decided above and below the line.

Pure functions of the events in order of index. The order is worked out here a second time, and so are the facts that tell equal
points apart; nothing is asked of the deciders or of a state that they fold.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.projections.hands import Breach, acting

Award = tuple[datetime, str | None]
"""When something was approved, and the region of its file."""


class Race(msgspec.Struct):
    """One round as it went so far."""

    opened: e.RoundOpened
    entered: dict[str, e.FileEntered] = {}
    first_time: dict[str, bool] = {}
    points: dict[str, tuple[int, bool]] = {}
    left: set[str] = set()
    scorers: set[str] = set()
    moderators: set[str] = set()
    ranked_by: set[str] = set()
    closed: e.RoundClosed | None = None
    order: tuple[str, ...] = ()
    above: frozenset[str] | None = None


class Rounds:
    """Files enter in time, the order follows the points, the line is drawn once, and no decision goes against it."""

    def __init__(self) -> None:
        self._races: dict[str, Race] = {}
        self._in: dict[str, str] = {}
        self._regions: dict[str, str | None] = {}
        self._submitted: set[str] = set()
        self._earlier: dict[str, bool] = {}
        self._awards: list[Award] = []

    def see(self, one: Recorded) -> Iterator[str]:
        match one.event:
            case e.ApplicationSubmitted() as event:
                yield from self._submits(one, event)
            case e.Approved() | e.ApprovedWithConditions():
                self._awards.append((one.header.at, self._regions.get(one.stream)))
                yield from self._decided(one.stream, approved=True)
            case e.Declined():
                yield from self._decided(one.stream, approved=False)
            case e.AppealDecided(back_to=str()) | e.EligibilityOverridden() | e.DecisionCorrected():
                self._in.pop(one.stream, None)  # the line speaks for it no more
            case e.RoundOpened() as event:
                self._races[one.stream] = Race(opened=event)
            case _ if race := self._races.get(one.stream):
                yield from self._in_race(race, one)

    def _submits(self, one: Recorded, event: e.ApplicationSubmitted) -> Iterator[str]:
        self._regions[one.stream] = event.region
        self._earlier.setdefault(one.stream, event.city in self._submitted)
        self._submitted.add(event.city)
        if event.round is None or one.stream in self._in:
            return
        self._in[one.stream] = event.round
        race = self._races.get(event.round)
        if race is None or not race.opened.opens_at <= one.header.at <= race.opened.closes_at:
            yield f"entered {event.round} outside its time"

    def _decided(self, file: str, *, approved: bool) -> Iterator[str]:
        race = self._races.get(self._in.get(file, ""))
        if race is None:
            return
        if race.above is None:
            yield "decided before the line of its round was drawn"
        elif approved != (file in race.above):
            yield "approved below the line of its round" if approved else "declined above the line of its round"

    def _in_race(self, race: Race, one: Recorded) -> Iterator[str]:
        by = set(acting(one))
        match one.event:
            case e.FileEntered() as event:
                race.entered[event.application] = event
                race.first_time[event.application] = not self._earlier.get(event.application, False)
                if self._in.get(event.application) != one.stream:
                    yield f"{event.application} entered without a submission to it"
            case e.FileScored() as event:
                race.points[event.application] = (event.points, event.passed)
                race.scorers |= set(event.by)
                race.moderators |= {event.moderator, *by} if event.moderator else set()
            case e.FileLeft() as event:
                race.left.add(event.application)
            case e.RoundClosed() as event:
                race.closed = event
                yield from self._standings(race, event)
            case e.RoundRanked() as event:
                yield from self._ranked(race, event, by)
            case e.LineDrawn() as event:
                if race.above is not None:
                    yield "the line was drawn again"
                yield from (Breach(f"the line was drawn by {one}, who scored") for one in sorted(by & (race.scorers | race.moderators)))
                yield from (Breach(f"the line was drawn by {one}, who ranked") for one in sorted(by & race.ranked_by))
                race.above = frozenset(race.order[: event.places])

    def _standings(self, race: Race, closed: e.RoundClosed) -> Iterator[str]:
        for standing in closed.standings:
            entered = race.entered.get(standing.application)
            if entered is None:
                yield f"{standing.application} is counted and never entered"
                continue
            served = sum(
                region == entered.region and (closed.served_since or at) <= at <= race.opened.closes_at for at, region in self._awards
            )
            if (standing.first_time, standing.served) != (race.first_time[standing.application], served):
                yield f"{standing.application} is counted wrongly"

    def _ranked(self, race: Race, ranked: e.RoundRanked, by: set[str]) -> Iterator[str]:
        if race.order:
            yield "ranked again"
        yield from (Breach(f"ranked by {one}, who scored") for one in sorted(by & race.scorers))
        race.ranked_by |= by
        race.order = tuple(place.application for place in ranked.places)
        if race.order != self._right_order(race, ranked.ties):
            yield "the order is not that of the points and the ties"

    def _right_order(self, race: Race, ties: tuple[str, ...]) -> tuple[str, ...]:
        counted = {standing.application: standing for standing in race.closed.standings} if race.closed else {}
        arrived = list(race.entered)
        running = [file for file in arrived if file not in race.left]

        def key(file: str) -> tuple[int, ...]:
            points, passed = race.points.get(file, (0, False))
            standing = counted.get(file)
            facts = {
                "first_time": 0 if standing and standing.first_time else 1,
                "least_served": standing.served if standing else 0,
                "earlier": arrived.index(file),
            }
            return (0 if passed else 1, -points, *(facts[tie] for tie in ties), arrived.index(file))

        return tuple(sorted(running, key=key))
