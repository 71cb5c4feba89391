"""Every lot drawn again: its candidates are exactly those who qualified, their loads are true, and the seed draws who was drawn.

From the events alone, and written independently of the deciders. What was known "as of" an index may be a moment old: whoever came to
qualify only after that index may be missing, and nobody else.
"""

from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.sections import Applicant
from fund.projections.serving import Serving

OLDEST = timedelta(minutes=10)
"""How long somebody may have qualified without being in a lot."""
REMEMBERED = 5_000
"""Events that a list may be behind, at most."""
A_DAY = timedelta(days=1)


class Somebody(msgspec.Struct):
    """`changed`: index of the last fact that bears on what they may judge. `owes`: index and change of the assessments they owe."""

    roles: set[tuple[str, str | None]] = msgspec.field(default_factory=set)
    cities: set[str] = msgspec.field(default_factory=set)
    speaks_for: set[str] = msgspec.field(default_factory=set)
    absences: dict[date, date] = msgspec.field(default_factory=dict)
    interests: dict[int, tuple[str | None, str | None]] = msgspec.field(default_factory=dict)
    """Number -> city or hub of each standing declaration that keeps them out."""
    changed: int = 0
    owes: list[tuple[int, int]] = msgspec.field(default_factory=list)

    @property
    def hubs(self) -> set[str]:
        return {scope for role, scope in self.roles if role == "coordinator" and scope}

    def owed(self, as_of: int) -> int:
        return sum(change for index, change in self.owes if index <= as_of)


class Judged(msgspec.Struct):
    """Of one file: what decides who may judge it, and who was asked to."""

    cities: list[str] = msgspec.field(default_factory=list)
    observers: tuple[str, ...] = ()
    round: str = ""
    conflicts: dict[int, str] = msgspec.field(default_factory=dict)
    """Number -> whom it keeps out."""
    hubs: set[str] = msgspec.field(default_factory=set)
    touched: set[str] = msgspec.field(default_factory=set)
    owing: set[str] = msgspec.field(default_factory=set)
    moderator: str = ""
    """Who is asked by name to moderate it."""
    asked: set[str] = msgspec.field(default_factory=set)
    """Everybody who was ever assigned or drawn for it."""
    read_by: set[str] = msgspec.field(default_factory=set)
    """To whom it was opened in an emergency."""


class Lots:
    """Give it every event in order; each difference comes with what is wrong about a lot."""

    def __init__(self) -> None:
        self._people: dict[str, Somebody] = {}
        self._files: dict[str, Judged] = {}
        self._regions: dict[str, str | None] = {}
        self._entered: dict[str, set[str]] = {}
        """Round -> cities of its files."""
        self._hubs: dict[str, tuple[int, frozenset[str] | None]] = {}
        """Hub -> index of its last change, and its regions while it is open."""
        self._serving = Serving()
        self._times: deque[datetime] = deque(maxlen=REMEMBERED)
        self._last = 0

    def see(self, one: Recorded) -> Iterator[str]:
        if isinstance(one.event, e.AssessorsDrawn):
            yield from self._lot(one, one.event)
        if isinstance(one.event, e.AssessorLapsed):
            yield from self._lapse(one, one.event, one.event.assessor)
        if isinstance(one.event, e.ModeratorLapsed):
            yield from self._lapse(one, one.event, one.event.moderator)
        self._remember(one)
        self._times.append(one.header.at)
        self._last = one.index

    # ── The lot ───────────────────────────────────────────────────────────────

    def _lot(self, one: Recorded, lot: e.AssessorsDrawn) -> Iterator[str]:
        file = self._files.setdefault(one.stream, Judged())
        named = {candidate.person for candidate in lot.candidates}
        qualified = {id for id, person in self._people.items() if self._qualifies(id, person, file, lot.day, one.header.at)}
        full = {id for id in qualified if lot.most is not None and self._people[id].owed(lot.as_of) >= lot.most}
        yield from (f"{id} owed {lot.most} assessments or more and was in the lot" for id in sorted(named & full))
        yield from (f"{id} was in the lot and did not qualify" for id in sorted(named - qualified))
        yield from (
            f"{id} qualified and was left out of the lot" for id in sorted(qualified - named - full) if self._since(id) <= lot.as_of
        )
        for candidate in lot.candidates:
            owed = self._people.get(candidate.person, Somebody()).owed(lot.as_of)
            if owed != candidate.load:
                yield f"the lot says that {candidate.person} owed {candidate.load} assessments, it was {owed}"
        if lot.drawn != _drawn_again(lot):
            yield f"the seed draws {', '.join(_drawn_again(lot))}, and not {', '.join(lot.drawn)}"
        if self._is_old(one, lot.as_of):
            yield f"the lot was drawn from what was known at index {lot.as_of}, which is too old"
        if abs(lot.day - one.header.at.date()) > A_DAY:
            yield f"the lot looked at who was away on {lot.day}"

    def _lapse(self, one: Recorded, lapse: e.AssessorLapsed | e.ModeratorLapsed, gone: str) -> Iterator[str]:
        """Whoever made way was waited for, and their time was over, or they were away until after it."""
        file = self._files.setdefault(one.stream, Judged())
        if gone not in (file.owing if isinstance(lapse, e.AssessorLapsed) else {file.moderator}):
            yield f"{gone} made way and was not waited for"
        if lapse.missing == "silent" and one.header.at <= lapse.due:
            yield f"{gone} made way before their time was over"
        spans = self._people.get(gone, Somebody()).absences.items()
        if lapse.missing == "away" and not any(first <= one.header.at.date() and lapse.due.date() <= last for first, last in spans):
            yield f"{gone} made way and was not away"

    def _qualifies(self, id: str, person: Somebody, file: Judged, day: date, at: datetime) -> bool:
        away = any(first <= day <= last for first, last in person.absences.items())
        hubs = person.hubs | self._serving.lent(id, at)
        has_a_stake = (person.cities | person.speaks_for) & {*file.cities, *file.observers} or hubs & file.hubs or id in file.touched
        tied = self._is_tied(id, person, file)
        return self._is_chosen_from(person, file) and not (away or has_a_stake or tied or id in file.asked | file.read_by)

    def _is_tied(self, id: str, person: Somebody, file: Judged) -> bool:
        """Kept out by what was declared, or of a city that competes with it."""
        interested = any(city in (*file.cities, *file.observers) or hub in file.hubs for city, hub in person.interests.values())
        competes = (person.cities | person.speaks_for) & self._entered.get(file.round, set())
        return interested or id in file.conflicts.values() or bool(competes)

    def _is_chosen_from(self, person: Somebody, file: Judged) -> bool:
        if person.roles & {("assessor", None), ("expert", None)}:
            return True
        near = {self._regions.get(city) for city in file.cities}
        serving = (self._hubs.get(hub, (0, None))[1] for hub in person.hubs)
        return any(regions is not None and not regions & near for regions in serving)

    def _since(self, id: str) -> int:
        """Since which index they have qualified at the latest: nothing about them or their hubs changed after it."""
        person = self._people[id]
        return max((person.changed, *(self._hubs.get(hub, (0, None))[0] for hub in person.hubs)))

    def _is_old(self, one: Recorded, as_of: int) -> bool:
        """The first event that the list did not know is old; or the list is from after the lot."""
        unknown = self._last - as_of
        if unknown <= 0:
            return unknown < 0
        return unknown > len(self._times) or one.header.at - self._times[-unknown] > OLDEST

    # ── What is remembered ────────────────────────────────────────────────────

    def _remember(self, one: Recorded) -> None:
        self._serving.see(one.event)
        match one.event:
            case e.ApplicationEvent() as event:
                self._of_file(self._files.setdefault(one.stream, Judged()), one, event)
            case e.FileEntered(cities=cities):
                self._entered.setdefault(one.stream, set()).update(cities)
            case e.CityRegistered(region=region):
                self._regions[one.stream] = region
            case e.HubOpened(hub=hub, regions=regions):
                self._hubs[hub] = one.index, frozenset(regions)
            case e.HubClosed(hub=hub):
                self._hubs[hub] = one.index, None
            case event:
                self._of_person(one, event)

    def _of_person(self, one: Recorded, event: object) -> None:
        match event:
            case e.RoleGranted(person=id, role=role, scope=scope):
                self._changed(id, one).roles.add((role, scope))
            case e.RoleRevoked(person=id, role=role, scope=scope):
                self._changed(id, one).roles.discard((role, scope))
            case e.PersonErased(person=id):
                self._changed(id, one).roles.clear()
            case e.AffiliationRecorded(person=id, city=city):
                self._changed(id, one).cities.add(city)
            case e.RepresentativeConfirmed(person=id):
                self._changed(id, one).speaks_for.add(one.stream)
            case e.RepresentativeEnded(person=id):
                self._changed(id, one).speaks_for.discard(one.stream)
            case e.InterestDeclared(person=id, effect="recuse", number=number, city=city, hub=hub):
                self._changed(id, one).interests[number] = city, hub
            case e.InterestEnded(person=id, number=number):
                self._changed(id, one).interests.pop(number, None)
            case e.RoleDelegated(person=id) | e.DelegationEnded(person=id):
                self._changed(id, one)
            case e.AbsenceRecorded(person=id, first=first, last=last):
                self._changed(id, one).absences[first] = last

    def _changed(self, id: str, one: Recorded) -> Somebody:
        person = self._people.setdefault(id, Somebody())
        person.changed = one.index
        return person

    def _of_file(self, file: Judged, one: Recorded, event: e.ApplicationEvent) -> None:
        if event.duty in ("drafting", "coordinating", "advising", "helping"):
            file.touched |= {hand for hand in (one.header.actor, one.header.on_behalf_of) if hand}
        match event:
            case e.ApplicationStarted(city=city):
                file.cities.append(city)
            case e.SectionSaved(section=Applicant(beneficiaries=partners, observers=observers)):
                file.cities, file.observers = [*file.cities[:1], *partners], observers
            case e.ApplicationSubmitted(round=str(round)):
                file.round = round
            case e.ConflictDeclared(effect="recuse", number=number, person=id):
                file.conflicts[number] = id
                self._free(file, one, id)
                file.moderator = "" if file.moderator == id else file.moderator
            case e.ConflictEnded(number=number):
                file.conflicts.pop(number, None)
            case e.OpinionRequested(hub=hub) | e.HubAsked(hub=hub):
                file.hubs.add(hub)
            case e.AssessorAssigned(assessor=id):
                self._asked(file, one, id)
            case e.EmergencyAccessOpened(person=id):
                file.read_by.add(id)
            case e.ModeratorAssigned(moderator=id):
                file.moderator = id
            case e.ModeratorLapsed():
                file.moderator = ""
            case e.AssessorsDrawn(drawn=ids):
                self._asked(file, one, *ids)
            case (
                e.AssessorReleased(assessor=id)
                | e.AssessorLapsed(assessor=id)
                | e.AssessmentRecorded(assessor=id)
                | e.ScoresRecorded(assessor=id)
            ):
                self._free(file, one, id)
            case e.AlignmentDetermined() | e.Withdrawn():
                self._free(file, one, *file.owing)

    def _asked(self, file: Judged, one: Recorded, *ids: str) -> None:
        for id in ids:
            file.asked.add(id)
            file.owing.add(id)
            self._people.setdefault(id, Somebody()).owes.append((one.index, 1))

    def _free(self, file: Judged, one: Recorded, *ids: str) -> None:
        for id in file.owing & set(ids):
            file.owing.remove(id)
            self._people.setdefault(id, Somebody()).owes.append((one.index, -1))


def _drawn_again(lot: e.AssessorsDrawn) -> tuple[str, ...]:
    """Lowest load first; among equals the lowest SHA-256 of seed and name."""
    by_lot = sorted(lot.candidates, key=lambda one: (one.load, sha256(f"{lot.seed}\0{one.person}".encode()).digest()))
    return tuple(one.person for one in by_lot[: lot.places])
