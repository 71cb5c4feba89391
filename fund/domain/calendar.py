"""Working days of one place: when a step is due, and how many working days lie between two instants.

A day is a day of the calendar's own clock. Instants go in and come out as aware UTC.
Outside the days a calendar covers nothing is guessed: Refusal calendar.not_covered.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fund.domain.programme import Calendar
from fund.domain.refusal import Refusal

ONE_DAY = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(1, 1, 3), date(9999, 12, 29)
"""Between these every day begins and ends in every time zone. One beyond them counts as the nearest of them, so that nothing stops for good
over a day that was recorded once."""
LAST_INSTANT = datetime(9999, 12, 31, tzinfo=UTC)
FORESEEN_YEARS = 10
"""A day further away is a slip of the pen: no strategy, budget or office plans so far ahead."""


def due(start: datetime, working_days: int, calendar: Calendar) -> datetime:
    """The last second, in UTC, of the nth working day after the day of `start`; of the first from `start` on where n is 0."""
    if working_days < 0:
        raise ValueError("working_days counts forward")
    day = local_day(start, calendar)
    _covered(day, calendar)
    left = working_days
    while left or not is_working_day(day, calendar):
        day += ONE_DAY
        left -= left > 0 and is_working_day(day, calendar)
    return end_of_day(day, calendar)


def working_days_between(earlier: datetime, later: datetime, calendar: Calendar) -> int:
    """Working days after the day of `earlier`, up to and with the day of `later`; negative where `later` comes first."""
    first, last = local_day(earlier, calendar), local_day(later, calendar)
    if last < first:
        return -working_days_between(later, earlier, calendar)
    _covered(first, calendar)
    return sum(is_working_day(first + ONE_DAY * step, calendar) for step in range(1, (last - first).days + 1))


def working_days_from(earlier: datetime, later: datetime, calendar: Calendar) -> int:
    """The same with the day of `earlier`. A day is never taken for 24 hours: it has 25 where clocks go back."""
    return working_days_between(earlier, later, calendar) + is_working_day(local_day(earlier, calendar), calendar)


def reminder(due: datetime, working_days: int | None, calendar: Calendar) -> datetime | None:
    """The last second of the last working day after which there are so many until the day of `due`, and that day among them.

    None without a number, and where these days are not covered: nothing is guessed.
    """
    if working_days is None:
        return None
    first, last = calendar.covers
    day, ahead = local_day(due, calendar), 0
    while first <= day <= last:
        works = is_working_day(day, calendar)
        if works and ahead == working_days:
            return end_of_day(day, calendar)
        day, ahead = day - ONE_DAY, ahead + works
    return None


def reminder_later(before: datetime | None, due: datetime, later: datetime, calendar: Calendar) -> datetime | None:
    """Of what is due `later` than first: as many working days ahead of it as `before` was of `due`; None where there was none."""
    return reminder(later, working_days_between(before, due, calendar), calendar) if before else None


def is_working_day(day: date, calendar: Calendar) -> bool:
    _covered(day, calendar)
    return day.weekday() not in calendar.weekend and day not in calendar.holidays


def local_day(instant: datetime, calendar: Calendar) -> date:
    """The day it is at the calendar's place."""
    if instant.tzinfo is None:
        raise ValueError("an instant carries its time zone")
    return instant.astimezone(ZoneInfo(calendar.timezone)).date()


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months ago, or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on, or the last of that month where it is shorter."""
    return months_before(day, -months)


def days_after(day: date, days: int) -> date:
    """So many days on, and none after `LAST_DAY`."""
    return day + timedelta(days=min(days, (LAST_DAY - day).days))


def later(instant: datetime, by: timedelta) -> datetime:
    """So much later, and never after `LAST_INSTANT`."""
    return instant + min(by, LAST_INSTANT - instant)


def check_near(day: date, today: date, field: str) -> None:
    """Of a day that somebody names. Refusal date.too_far where it is more than `FORESEEN_YEARS` from today, back or ahead."""
    months = FORESEEN_YEARS * 12
    if not months_before(today, months) <= day <= months_after(today, months):
        raise Refusal("date.too_far", field=field, years=FORESEEN_YEARS)


def end_of_day(day: date, calendar: Calendar) -> datetime:
    day = min(max(day, FIRST_DAY), LAST_DAY)
    # The second before the next midnight: where clocks change at midnight, 23:59:59 may come twice or never.
    midnight = datetime.combine(day + ONE_DAY, time.min, ZoneInfo(calendar.timezone))
    return midnight.astimezone(UTC) - timedelta(seconds=1)


def _covered(day: date, calendar: Calendar) -> None:
    first, last = calendar.covers
    if not first <= day <= last:
        raise Refusal("calendar.not_covered", calendar=f"{calendar.code}/{calendar.version}", date=day)
