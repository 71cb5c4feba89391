"""The clock of a file's stage, day by day: why it is where it is, and when it runs out.

Days are working days of the office's calendar after the day on which the stage began. A day on which a question to the city was
open, if only for a part of it, is stopped: neither the day of asking nor that of the answer counts. Everything comes from the folded
file; nothing here decides. Decision record 0019.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal

import msgspec

from fund.domain.application import Application, StageClock
from fund.domain.calendar import ONE_DAY, end_of_day, is_working_day, local_day, working_days_between
from fund.domain.programme import Calendar

DayState = Literal["runs", "stopped", "off"]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """One day since the stage began. `by`: numbers of the questions that stopped it, the first asked first."""

    day: date
    state: DayState
    by: tuple[int, ...] = ()


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """How many working days a question stopped. A day that several stopped counts for the one that was asked first."""

    question: int
    days: int


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """`day` of `allowed` working days have begun: `running` count, `stopped` do not.

    due: of the stage; None while the clock stands still. projected: when the stage is due if no answer comes before it must.
    calendar: `code/version` of the days that are counted. days: each day since the stage began, the present one last.
    """

    day: int
    allowed: int
    running: int
    stopped: int
    stops: tuple[Stop, ...]
    stands: bool
    """Whether it stands still now."""
    due: datetime | None
    projected: datetime
    calendar: str
    days: tuple[Day, ...]


def clock(file: Application, now: datetime, calendar: Calendar) -> Reading | None:
    """What the clock of the present stage shows; None where none runs. calendar: of the office, as it is known now."""
    if file.clock is None:
        return None
    days = tuple(_days(file, file.clock, now, calendar))
    first = [day.by[0] for day in days if day.by]
    running, stopped = sum(day.state == "runs" for day in days), len(first)
    projected = due(file, calendar)
    stands = any(not asked.is_late(now) for asked in file.open_clarifications)
    return Reading(
        day=running + stopped,
        allowed=allowed(file.clock, calendar),
        running=running,
        stopped=stopped,
        stops=tuple(Stop(question=number, days=first.count(number)) for number in sorted(set(first))),
        stands=stands,
        due=None if stands else projected,
        projected=projected,
        calendar=calendar.stamp,
        days=days,
    )


def allowed(clock_: StageClock, calendar: Calendar) -> int:
    """Working days that the stage was given."""
    return working_days_between(clock_.since, clock_.due, calendar)


def due(file: Application, calendar: Calendar) -> datetime:
    """The last second of the day on which the stage has had all its days, if every question still open is open until its answer is due."""
    assert file.clock, "a stage with questions has a clock"
    return due_of(file.clock, file, calendar)


def due_of(clock_: StageClock, file: Application, calendar: Calendar) -> datetime:
    """The same of anybody's clock, by their own days: while a question is open nothing of the file goes on.

    Never before the day that was told first, also where that turned out to be a day off.
    """
    stops = _stops(file, None, calendar)
    day = local_day(clock_.since, calendar)
    left = allowed(clock_, calendar)
    while left or not _counts(day, stops, calendar):
        day += ONE_DAY
        left -= left > 0 and _counts(day, stops, calendar)
    return max(end_of_day(day, calendar), clock_.due)


Stops = tuple[tuple[int, date, date], ...]
"""Number of a question, the first and the last day that it stopped."""


def _stops(file: Application, now: datetime | None, calendar: Calendar) -> Stops:
    """Until now; without it, until every answer is due."""
    return tuple(
        (asked.number, local_day(asked.asked_at, calendar), local_day(asked.stopped_until(now or asked.due), calendar))
        for asked in file.clarifications
    )


def _counts(day: date, stops: Stops, calendar: Calendar) -> bool:
    return is_working_day(day, calendar) and not any(first <= day <= last for _, first, last in stops)


def _days(file: Application, clock_: StageClock, now: datetime, calendar: Calendar) -> Iterator[Day]:
    stops = _stops(file, now, calendar)
    day, last = local_day(clock_.since, calendar) + ONE_DAY, local_day(now, calendar)
    while day <= last:
        by = tuple(number for number, begun, ended in stops if begun <= day <= ended)
        if not is_working_day(day, calendar):
            yield Day(day=day, state="off")
        else:
            yield Day(day=day, state="stopped" if by else "runs", by=by)
        day += ONE_DAY
