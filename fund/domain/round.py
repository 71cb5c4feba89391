"""A competitive round: what its stream remembers, and the order of its files, which is computed and never given."""

import calendar
from datetime import datetime
from typing import Literal

import msgspec

from fund.domain import events as e
from fund.domain.application import Act
from fund.domain.event import Recorded
from fund.domain.rubric import Rubric

Phase = Literal["open", "cancelled", "closed", "ranked", "lined"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a round, in the order of submission. `points`: x100, None until it is scored. `left`: why it is no longer in it."""

    application: str
    cities: tuple[str, ...]
    region: str | None
    points: int | None = None
    passed: bool = False
    scorers: tuple[str, ...] = ()
    moderators: frozenset[str] = frozenset()
    """Everybody in whose name its scores were settled."""
    left: e.Leaving | None = None


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """One round. `policy`: the version it was opened under; its files share the rubric of that version."""

    id: str = ""
    policy: str | None = None
    opened: e.RoundOpened | None = None
    cancelled: e.RoundCancelled | None = None
    entries: tuple[Entry, ...] = ()
    """In the order of submission."""
    closed: e.RoundClosed | None = None
    ranked: e.RoundRanked | None = None
    line: e.LineDrawn | None = None
    acts: tuple[Act, ...] = ()
    """The ranking, then the line."""

    @property
    def phase(self) -> Phase:
        if self.cancelled:
            return "cancelled"
        return "lined" if self.line else "ranked" if self.ranked else "closed" if self.closed else "open"

    @property
    def running(self) -> tuple[Entry, ...]:
        """Files that have not left it, in the order of submission."""
        return tuple(entry for entry in self.entries if entry.left is None)

    @property
    def cities(self) -> frozenset[str]:
        return frozenset(city for entry in self.entries for city in entry.cities)

    @property
    def scorers(self) -> frozenset[str]:
        return frozenset(person for entry in self.entries for person in entry.scorers)

    @property
    def moderators(self) -> frozenset[str]:
        return frozenset(person for entry in self.entries for person in entry.moderators)

    @property
    def ranked_by(self) -> frozenset[str]:
        return frozenset(hand for act in self.acts if act.event == e.RoundRanked.name for hand in act.by)

    @property
    def ordered_by(self) -> frozenset[str]:
        """Who ranked it or drew its line."""
        return frozenset(hand for act in self.acts for hand in act.by)

    def takes_at(self, instant: datetime) -> bool:
        """From the opening instant to the closing instant, both included, to the second."""
        return self.opened is not None and self.opened.opens_at <= instant <= self.opened.closes_at

    def place(self, application: str) -> int | None:
        """Counted from 1; None before the ranking, and for a file that had left."""
        places = self.ranked.places if self.ranked else ()
        return next((number for number, one in enumerate(places, start=1) if one.application == application), None)

    def is_above(self, application: str) -> bool:
        """Whether the line leaves this file among those to be approved."""
        place = self.place(application)
        return self.line is not None and place is not None and place <= self.line.places


def evolve_round(round: Round, recorded: Recorded) -> Round:
    match recorded.event:
        case e.RoundOpened() as event:
            return msgspec.structs.replace(round, id=recorded.stream, policy=recorded.header.policy, opened=event)
        case e.RoundCancelled() as event:
            return msgspec.structs.replace(round, cancelled=event)
        case e.FileEntered() as event:
            entry = Entry(application=event.application, cities=event.cities, region=event.region)
            return msgspec.structs.replace(round, entries=(*_others(round, event.application), entry))
        case e.FileScored() as event:
            settled = recorded.header.hands | {event.moderator} if event.moderator else frozenset[str]()
            return _changed(round, event.application, points=event.points, passed=event.passed, scorers=event.by, moderators=settled)
        case e.FileUnscored() as event:
            return _changed(round, event.application, points=None, passed=False, scorers=(), moderators=frozenset())
        case e.FileLeft() as event:
            return _changed(round, event.application, left=event.why)
        case e.RoundClosed() as event:
            return msgspec.structs.replace(round, closed=event)
        case e.RoundRanked() as event:
            return msgspec.structs.replace(round, ranked=event, acts=(*round.acts, _act(recorded)))
        case e.LineDrawn() as event:
            return msgspec.structs.replace(round, line=event, acts=(*round.acts, _act(recorded)))
    return round


def _act(recorded: Recorded) -> Act:
    return Act(version=recorded.version, event=recorded.event.name, by=tuple(sorted(recorded.header.hands)))


def _others(round: Round, application: str) -> tuple[Entry, ...]:
    return tuple(entry for entry in round.entries if entry.application != application)


def _changed(round: Round, application: str, **changes: object) -> Round:
    entries = (msgspec.structs.replace(one, **changes) if one.application == application else one for one in round.entries)
    return msgspec.structs.replace(round, entries=tuple(entries))


def ranking(round: Round, rubric: Rubric) -> tuple[e.Place, ...]:
    """The files that are still in the round, best first. Files that did not pass come after all that did.

    Equal points are told apart by the rubric's `ties`, and at last by the order of submission: no two files share a place.
    """
    standings = {standing.application: standing for standing in round.closed.standings} if round.closed else {}
    places = [_place(entry, standings.get(entry.application)) for entry in round.running]
    order = {place.application: number for number, place in enumerate(places)}

    def key(place: e.Place) -> tuple[int, ...]:
        ties = {"first_time": int(not place.first_time), "least_served": place.served, "earlier": order[place.application]}
        return (int(not place.passed), -place.points, *(ties[tie] for tie in rubric.ties), order[place.application])

    return tuple(sorted(places, key=key))


def _place(entry: Entry, standing: e.Standing | None) -> e.Place:
    return e.Place(
        application=entry.application,
        points=entry.points or 0,
        passed=entry.passed,
        first_time=standing is not None and standing.first_time,
        served=standing.served if standing else 0,
    )


def months_before(instant: datetime, months: int) -> datetime:
    """The same day and hour so many months earlier; the last day of a month that is shorter."""
    year, month = divmod(instant.year * 12 + instant.month - 1 - months, 12)
    return instant.replace(year=year, month=month + 1, day=min(instant.day, calendar.monthrange(year, month + 1)[1]))
