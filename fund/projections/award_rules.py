"""What must hold of awards over all history: who accepted them and when, what an end gave back, and who ended what.

Added up here from the facts alone. What an end gives back stands right behind it, in the same commit.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import get_args

import msgspec

from fund.domain import events as e
from fund.domain.event import Event, Recorded
from fund.projections.bound_rules import Found
from fund.projections.hands import Breach, acting

ENDINGS: dict[type[Event], e.Ending] = {
    e.AwardTurnedDown: "turned_down",
    e.AwardLapsed: "lapsed",
    e.AwardClosed: "closed",
    e.AwardTerminated: "terminated",
}
GOING_ON = (e.AwardResumed, e.TerminationRefused, e.TerminationWithdrawn, e.ReportReceived, e.ReportMissed, e.AwardClosed)
assert set(ENDINGS.values()) == set(get_args(e.Ending))


class Kept(msgspec.Struct):
    """One award: what is asked of the city until when, what was done, and what is kept for it."""

    city: str = ""
    cities: set[str] = msgspec.field(default_factory=set)
    accept_by: datetime | None = None
    reminders: int = 0
    reminded: int = 0
    """Of how many reminders of its offer how many were given. Before the last of them no answer is late."""
    accepted: bool = False
    report_by: datetime | None = None
    reported: bool = False
    suspended: bool = False
    conditions: int = 0
    met: set[int] = msgspec.field(default_factory=set)
    hub: str | None = None
    delivered: dict[str, int] = msgspec.field(default_factory=dict)
    """Hub -> days that it delivered while it led, or before another did."""
    stopped_by: dict[str, str] = {}
    """Whoever suspended it or asked for its end -> the commit in which they did so first."""
    end_asked_by: tuple[str, ...] = ()
    given_up: bool = False
    """By its city: it does not go on any more."""
    money: int = 0
    released: bool = False
    """Whether some of it was released by hand."""
    days: int = 0
    ended: bool = False


class Awards:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._files: dict[str, Kept] = {}
        self._signs: set[tuple[str, str]] = set()
        self._due: list[tuple[str, str]] = []
        """What the end that was seen last still owes: the name of an event, and of how much or to whom."""
        self._of = Found(where="", index=0, what="")
        """The file of that end, and its index."""

    def see(self, one: Recorded) -> Iterator[str]:
        if isinstance(one.event, e.FundsReleased) and not self._is_owed(one):
            yield from self._by_hand(self._file(one.event.application))
        yield from self._settled(one)
        match one.event:
            case e.RepresentativeConfirmed() as event if event.capacity == "signatory":
                self._signs.add((one.stream, event.person))
            case e.RepresentativeConfirmed() as event:
                self._signs.discard((one.stream, event.person))
            case e.RepresentativeEnded() as event:
                self._signs.discard((one.stream, event.person))
            case e.AwardRecorded() as event:
                self._file(event.application).cities.add(one.stream)
            case e.FundsCommitted() as event:
                self._file(event.application).money += event.amount
            case e.FundsReleased() as event:
                self._file(event.application).money -= event.amount
            case e.HubDaysReserved() as event:
                self._file(event.application).days += event.days
            case e.HubDaysReleased() as event:
                self._file(event.application).days -= event.days
            case e.ApplicationEvent():
                yield from self._of_file(one, self._file(one.stream))

    def _file(self, application: str) -> Kept:
        return self._files.setdefault(application, Kept())

    def _of_file(self, one: Recorded, file: Kept) -> Iterator[str]:
        hand = one.header.on_behalf_of or one.header.actor
        if file.given_up and isinstance(one.event, GOING_ON):
            yield "an award went on that its city had given up"
        match one.event:
            case e.ApplicationStarted() as event:
                file.city = event.city
            case e.CoordinationClosed() as event:
                file.hub = event.hub
            case e.LeadHandedOver() as event:
                yield from self._handed(one, event, file)
            case e.ApprovedWithConditions() as event:
                file.conditions = len(event.conditions)
            case e.LetterIssued() as event if event.report_due:
                file.accept_by, file.report_by, file.reminders = event.due, event.report_due, len(event.reminders)
                if file.released:
                    yield "an award was offered of which money had been released before"
            case e.AwardAccepted() | e.AwardTurnedDown():
                yield from self._answered(one, file, hand)
            case e.AwardRelinquished():
                yield from self._given_up(one, file, hand)
            case e.AwardLapsed() if file.accept_by is None or one.header.at <= file.accept_by:
                yield "an award lapsed before its last day had passed"
            case e.AwardReminded() as event:
                yield from _reminded(file, event)
            case e.ConditionMet() as event:
                if not 1 <= event.number <= file.conditions or event.number in file.met:
                    yield f"condition {event.number} was met, which was not open"
                file.met.add(event.number)
            case e.ActivityHeld() as event:
                file.delivered |= {event.hub: file.delivered.get(event.hub, 0) + event.days} if event.hub else {}
            case e.ReportReceived():
                file.reported = True
            case e.ReportReturned() as event:
                file.reported, file.report_by = False, event.due
            case e.AwardResumed() as event:
                file.suspended = False
                _awaited_again(file, event.due)
            case e.ReportMissed() if file.reported or file.report_by is None or one.header.at <= file.report_by:
                yield "a report was missed that was not overdue"
            case e.TerminationWithdrawn() if not set(acting(one)) & set(file.end_asked_by):
                yield "it was not asked any more to end the award early, by somebody who had not asked"
            case e.TerminationWithdrawn() as event:
                _awaited_again(file, event.due)
            case e.AwardSuspended() | e.TerminationAsked():
                file.suspended = file.suspended or isinstance(one.event, e.AwardSuspended)
                file.stopped_by = dict.fromkeys(one.header.hands, one.header.command_id) | file.stopped_by
                file.end_asked_by = acting(one) if isinstance(one.event, e.TerminationAsked) else file.end_asked_by
            case e.AwardTerminated() | e.TerminationRefused():
                if isinstance(one.event, e.TerminationRefused):
                    _awaited_again(file, one.event.due)
                # What they suspend by refusing the end stands in the same commit.
                both = (by for by in acting(one) if file.stopped_by.get(by, one.header.command_id) != one.header.command_id)
                yield from (Breach(f"the end of the award was decided by {by}, who had stopped it") for by in both)
            case e.AwardClosed():
                yield from _closed(file)
        if isinstance(one.event, e.AwardEnded):
            yield from self._over(one, one.event, file)

    def _answered(self, one: Recorded, file: Kept, hand: str) -> Iterator[str]:
        if (file.city, hand) not in self._signs:
            yield f"{hand} answered for {file.city} and is not its signatory"
        if file.accept_by is None or (one.header.at > file.accept_by and file.reminded >= file.reminders):
            yield "an award was answered after its last day, or without an offer"
        if file.accepted or file.ended:
            yield "an award was answered again"
        file.accepted = isinstance(one.event, e.AwardAccepted)

    def _given_up(self, one: Recorded, file: Kept, hand: str) -> Iterator[str]:
        if (file.city, hand) not in self._signs:
            yield f"{hand} gave the award of {file.city} up and is not its signatory"
        if not file.accepted or file.ended:
            yield "an award was given up that did not run"
        file.given_up = True

    def _over(self, one: Recorded, event: e.AwardEnded, file: Kept) -> Iterator[str]:
        if file.ended:
            yield "an award ended again"
        file.ended = True
        spent = getattr(event, "spent", 0)
        if event.released != file.money - spent:
            yield f"of {file.money} that was kept {spent} was used, and {event.released} went back"
        yield from _days(file, event.days_released)
        self._of = Found(where=one.stream, index=one.index, what="")
        self._due = [(e.FundsReleased.name, str(event.released))] if event.released else []
        self._due += [(e.HubDaysReleased.name, str(event.days_released))] if event.days_released else []
        self._due += [(e.CityAwardEnded.name, f"{city} {ENDINGS[type(event)]}") for city in sorted(file.cities)]

    def _handed(self, one: Recorded, event: e.LeadHandedOver, file: Kept) -> Iterator[str]:
        """What the hub that led did not deliver is not kept any more; for the one that leads from here on days are counted anew."""
        yield from _days(file, event.days_released)
        file.hub, file.days = event.hub, event.days_released
        self._of = Found(where=one.stream, index=one.index, what="")
        self._due = [(e.HubDaysReleased.name, str(event.days_released))] if event.days_released else []

    def _is_owed(self, one: Recorded) -> bool:
        """By the end that was seen last."""
        return getattr(one.event, "application", "") == self._of.where and (one.event.name, _measure(one)) in self._due

    def _by_hand(self, file: Kept) -> Iterator[str]:
        file.released = True
        if file.accept_by is not None:
            yield "money of an award was released otherwise than by its end"

    def _settled(self, one: Recorded) -> Iterator[str]:
        """Whether this fact is one that the end before it owes; any other shows that something is missing."""
        if not self._due:
            return
        if self._is_owed(one):
            self._due.remove((one.event.name, _measure(one)))
            return
        yield from (found.what for found in self.end())
        self._due = []

    def end(self) -> Iterator[Found]:
        if self._due:
            owed = "; ".join(" ".join(fact) for fact in self._due)
            yield msgspec.structs.replace(self._of, what=f"the end of the award of {self._of.where} was not followed by: {owed}")


def _days(file: Kept, back: int) -> Iterator[str]:
    delivered = file.delivered.get(file.hub or "", 0)
    if back != max(0, file.days - delivered):
        yield f"of {file.days} days that were kept {delivered} were delivered, and {back} went back"


def _measure(one: Recorded) -> str:
    match one.event:
        case e.FundsReleased() as event:
            return str(event.amount)
        case e.HubDaysReleased() as event:
            return str(event.days)
        case e.CityAwardEnded() as event:
            return f"{one.stream} {event.ending}"
    return ""


def _reminded(file: Kept, event: e.AwardReminded) -> Iterator[str]:
    """One that comes late puts off what it reminds of, and none takes time away."""
    before = file.report_by if file.accepted else file.accept_by
    if before and event.due < before:
        yield f"a reminder took time away from a city, until {event.due}"
    if file.accepted:
        file.report_by = event.due
    else:
        file.accept_by, file.reminded = event.due, event.reminder


def _awaited_again(file: Kept, due: datetime) -> None:
    """The report, where the award runs again and has none."""
    file.report_by = file.report_by if file.reported or file.suspended else due


def _closed(file: Kept) -> Iterator[str]:
    if not file.reported:
        yield "an award was closed without its report"
    if len(file.met) < file.conditions:
        yield f"an award was closed with {file.conditions - len(file.met)} conditions open"
