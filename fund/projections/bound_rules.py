"""What a programme bounds, held against all history: what a file asks for on its track, how many hubs look at it, what its cities are
awarded there, whether it only says yes, what the lot on the track is, and how many people approve.

Written apart from the deciders: awards are counted from the approvals and the submissions, not from what the cities' streams were told.
A commit is judged when it is over, since an answer and the change of track that follows from it stand in one.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.programme import CityCap, Programme, Track
from fund.domain.sections import Support
from fund.projections.hands import Breach, acting

NOT_YES = (e.Declined, e.FoundIneligible, e.Referred, e.Deferred, e.PutOnWaitingList)
DECIDED = (*NOT_YES, e.Approved, e.ApprovedWithConditions, e.ApprovalLapsed)
"""After each of these a first approval stands no more."""


class Found(msgspec.Struct, frozen=True):
    """In which stream, at which index of the ledger, and what."""

    where: str
    index: int
    what: str


class Grant(NamedTuple):
    """What one city was granted: on which track, on which day there, in minor units."""

    track: str
    day: date
    amount: int
    currency: str


class Kept(msgspec.Struct):
    """Of one file: what its track bounds. `first`: who approved it first."""

    policy: str = ""
    track: str = ""
    cities: tuple[str, ...] = ()
    days: int = 0
    hubs: frozenset[str] = frozenset()
    safeguards: str = ""
    first: tuple[str, ...] = ()


class Bounds:
    """programmes: by version, those that files were submitted under. A version that is not at hand is itself a difference."""

    def __init__(self, programmes: Mapping[str, Programme]) -> None:
        self._programmes = programmes
        self._files: dict[str, Kept] = {}
        self._grants: dict[str, list[Grant]] = {}
        self._commit = ""
        self._beyond: list[Found] = []
        """What the commit that is being read is beyond, unless the file leaves its track in it."""

    def see(self, one: Recorded) -> Iterator[Found]:
        if one.header.command_id != self._commit:
            yield from self.end()
            self._commit = one.header.command_id
        if isinstance(one.event, e.ApplicationEvent) and self._programmes:
            yield from (Found(one.stream, one.index, what) for what in self._file(one, one.event))

    def end(self) -> Iterator[Found]:
        """The last commit is over."""
        yield from self._beyond
        self._beyond = []

    def _file(self, one: Recorded, event: e.ApplicationEvent) -> Iterator[str]:
        file = self._files.setdefault(one.stream, Kept())
        match event:
            case e.SectionSaved(section=Support() as section):
                file.days = section.days
            case e.ApplicationSubmitted():
                file.policy, file.track, file.cities = event.policy, event.track, (event.city, *event.beneficiaries)
                if self._programme(file) is None:
                    yield f"submitted under {event.policy} on {event.track}, and no such programme or track is at hand"
            case e.TrackChanged():
                self._beyond = [found for found in self._beyond if found.where != one.stream]
                file.track = event.to_track
            case e.OpinionRequested() | e.HubAsked():
                file.hubs |= {event.hub}
            case e.HubReleased():
                file.hubs -= {event.hub}
            case e.SafeguardsRecorded():
                file.safeguards = event.level
        if programme := self._programme(file):
            yield from self._judged(one, file, programme)

    def _programme(self, file: Kept) -> Programme | None:
        found = self._programmes.get(file.policy)
        return found if found and file.track in found.tracks else None

    def _judged(self, one: Recorded, file: Kept, programme: Programme) -> Iterator[str]:
        track, event, actor = programme.tracks[file.track], one.event, acting(one)
        beyond: tuple[str, ...] = ()
        match event:
            case e.ApplicationSubmitted():
                beyond = (*_asked(file, event, track), *self._capped(one, file, programme, event.amount, event.currency))
            case e.TrackChosen(why="fits" | "lot") as chosen:
                yield from _lot(one.stream, chosen, programme)
            case e.OpinionRequested() | e.HubAsked():
                beyond = _hubs(file, track)
            case e.FoundEligible() if track.safeguards and file.safeguards != track.safeguards:
                yield f"found eligible on {track.code} with safeguards {file.safeguards or 'not looked at'}"
            case e.ApprovalGiven():
                file.first = actor
            case e.Approved() | e.ApprovedWithConditions():
                yield from _approvers(file, actor, event, programme)
                yield from self._capped(one, file, programme, event.amount, event.currency)
                self._grant(one, file, programme, event)
            case e.Declined() | e.FoundIneligible() | e.Referred() | e.Deferred() | e.PutOnWaitingList() if track.only_yes:
                yield f"{event.name} on {track.code}, which only says yes"
        if isinstance(event, DECIDED) or (isinstance(event, e.TrackChanged) and event.reassess):
            file.first = ()
        self._beyond += [Found(one.stream, one.index, what) for what in beyond]

    def _capped(self, one: Recorded, file: Kept, programme: Programme, amount: int, currency: str) -> tuple[str, ...]:
        track = programme.tracks[file.track]
        if track.city_cap is None:
            return ()
        since = _months_back(_day(one, track, programme), track.city_cap.months)
        counted = {city: [one for one in self._grants.get(city, ()) if one.track == track.code and one.day > since] for city in file.cities}
        return tuple(
            f"{what} on {track.code} for {city} within {track.city_cap.months} months"
            for city, grants in counted.items()
            for what in _over(grants, track.city_cap, amount, currency)
        )

    def _grant(self, one: Recorded, file: Kept, programme: Programme, event: e.Approved | e.ApprovedWithConditions) -> None:
        """A joint bid counts whole for each of its cities."""
        day = _day(one, programme.tracks[file.track], programme)
        for city in file.cities:
            self._grants.setdefault(city, []).append(Grant(file.track, day, event.amount, event.currency))


def _asked(file: Kept, event: e.ApplicationSubmitted, track: Track) -> Iterator[str]:
    most = track.max_amount.get(event.currency, 0)
    if track.max_amount and event.amount > most:
        yield f"{event.amount} {event.currency} was asked for on {track.code}, which gives {most} at most"
    if track.max_days is not None and file.days > track.max_days:
        yield f"{file.days} days were asked for on {track.code}, which gives {track.max_days} at most"
    if track.max_hubs is not None and len(event.hubs or ()) > track.max_hubs:
        yield f"{len(event.hubs or ())} hubs are to be asked on {track.code}, which has {track.max_hubs} at most"


def _lot(file: str, chosen: e.TrackChosen, programme: Programme) -> Iterator[str]:
    """Drawn again: the first 256 bits of the ticket, as a share of all there are, lie below the percentage or do not."""
    percent = next((track.lot_percent for track in programme.tracks.values() if track.fallback), 0)
    if chosen.percent != percent:
        yield f"the lot on the track was drawn for {chosen.percent} in 100, and the programme says {percent}"
    ticket = int(sha256(f"{chosen.seed}\0{file}".encode()).hexdigest(), 16)
    if (chosen.why == "lot") != (ticket * 100 < chosen.percent * 2**256):
        yield f"the seed of the lot on the track does not give {chosen.why}"


def _hubs(file: Kept, track: Track) -> tuple[str, ...]:
    if track.max_hubs is None or len(file.hubs) <= track.max_hubs:
        return ()
    return (f"{len(file.hubs)} hubs were asked on {track.code}, which has {track.max_hubs} at most",)


def _over(grants: list[Grant], cap: CityCap, amount: int, currency: str) -> Iterator[str]:
    if cap.max_awards is not None and len(grants) + 1 > cap.max_awards:
        yield f"award number {len(grants) + 1}"
    most = cap.max_amount.get(currency)
    given = amount + sum(one.amount for one in grants if one.currency == currency)
    if most is not None and given > most:
        yield f"{given} {currency}"


def _approvers(file: Kept, actor: tuple[str, ...], event: e.Approved | e.ApprovedWithConditions, programme: Programme) -> Iterator[str]:
    large = programme.limits.two_approvers_from
    threshold = large.amount.get(event.currency) if large else None
    needed = 2 if threshold is not None and event.amount >= threshold else programme.tracks[file.track].approvers
    people = 2 if file.first and not set(file.first) & set(actor) else 1
    if people < needed:
        yield Breach(f"{event.amount} {event.currency} was approved by {people}, {needed} are needed")


def _day(one: Recorded, track: Track, programme: Programme) -> date:
    """The day that it was where the track counts its days."""
    return one.header.at.astimezone(ZoneInfo(programme.calendars[track.calendar].timezone)).date()


def _months_back(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
