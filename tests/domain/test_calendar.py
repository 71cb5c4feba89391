"""Working days: when a step is due, against a plain count of days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.domain.calendar import due, end_of_day, is_working_day, reminder, reminder_later, working_days_between, working_days_from
from fund.domain.programme import Calendar
from fund.domain.refusal import Refusal

LONDON = Calendar(
    code="central",
    version="1",
    timezone="Europe/London",
    weekend=(5, 6),
    holidays=frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2026, 4, 3), date(2026, 4, 6)}),
    covers=(date(2026, 1, 1), date(2026, 12, 31)),
    source="test",
)
CAIRO = Calendar(
    code="nile",
    version="1",
    timezone="Africa/Cairo",
    weekend=(4, 5),
    holidays=frozenset(),
    covers=(date(2026, 1, 1), date(2026, 12, 31)),
    source="test",
)
BEIRUT = Calendar(
    code="mena",
    version="1",
    timezone="Asia/Beirut",
    weekend=(4, 5),
    holidays=frozenset({date(2026, 5, 1)}),
    covers=(date(2026, 1, 1), date(2026, 12, 31)),
    source="test",
)
CALENDARS = st.sampled_from([LONDON, BEIRUT])
INSTANTS = st.datetimes(datetime(2026, 1, 2), datetime(2026, 12, 30), timezones=st.just(UTC))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(instant: datetime, calendar: Calendar) -> datetime:
    return instant.astimezone(ZoneInfo(calendar.timezone))


def counted(first: date, last: date, calendar: Calendar) -> int:
    """The oracle: every day after `first` up to `last`, looked at one by one."""
    days = [date.fromordinal(n) for n in range(first.toordinal() + 1, last.toordinal() + 1)]
    return len([day for day in days if day.weekday() not in calendar.weekend and day not in calendar.holidays])


def test_three_working_days_from_a_monday_end_on_thursday_night() -> None:
    assert due(at("2026-11-23T09:00"), 3, LONDON) == at("2026-11-26T23:59:59")


def test_a_weekend_and_holidays_are_not_counted() -> None:
    assert due(at("2026-12-24T09:00"), 1, LONDON) == at("2026-12-29T23:59:59")


def test_a_step_that_starts_on_a_day_off_counts_from_the_next_working_day() -> None:
    assert due(at("2026-11-21T09:00"), 1, LONDON) == at("2026-11-23T23:59:59")


def test_no_days_at_all_end_with_the_day_itself_or_the_next_working_day() -> None:
    assert due(at("2026-11-23T09:00"), 0, LONDON) == at("2026-11-23T23:59:59")
    assert due(at("2026-11-21T09:00"), 0, LONDON) == at("2026-11-23T23:59:59")


def test_the_day_is_the_one_at_the_place_of_the_calendar() -> None:
    late_on_sunday_in_london_is_monday_in_beirut = at("2026-11-22T23:00")
    assert due(late_on_sunday_in_london_is_monday_in_beirut, 1, BEIRUT) == at("2026-11-24T21:59:59")


def test_summer_time_moves_the_end_of_the_day() -> None:
    assert due(at("2026-06-01T09:00"), 1, LONDON) == at("2026-06-02T22:59:59")


def test_a_day_whose_last_hour_comes_twice_ends_the_second_time() -> None:
    open_on_the_saturday_when_clocks_go_back = msgspec.structs.replace(BEIRUT, weekend=(0,))
    assert due(at("2026-10-23T09:00"), 1, open_on_the_saturday_when_clocks_go_back) == at("2026-10-24T21:59:59")


@given(CALENDARS, INSTANTS, st.integers(1, 40))
def test_the_due_day_is_the_nth_working_day_by_plain_counting(calendar: Calendar, start: datetime, days: int) -> None:
    first = local(start, calendar).date()
    if counted(first, calendar.covers[1], calendar) < days:
        with pytest.raises(Refusal, match=r"calendar\.not_covered"):
            due(start, days, calendar)
        return
    end = due(start, days, calendar)
    last = local(end, calendar).date()
    assert counted(first, last, calendar) == days
    assert is_working_day(last, calendar)
    assert local(end + timedelta(seconds=1), calendar).date() == last + timedelta(days=1)
    assert end.tzinfo is UTC


@given(CALENDARS, INSTANTS, INSTANTS)
def test_working_days_between_two_instants_are_those_of_plain_counting(calendar: Calendar, a: datetime, b: datetime) -> None:
    first, last = sorted([a, b])
    expected = counted(local(first, calendar).date(), local(last, calendar).date(), calendar)
    assert working_days_between(first, last, calendar) == expected
    assert working_days_between(last, first, calendar) == -expected


@given(CALENDARS, INSTANTS.filter(lambda start: start < datetime(2026, 11, 1, tzinfo=UTC)), st.integers(1, 20))
def test_between_undoes_due(calendar: Calendar, start: datetime, days: int) -> None:
    assert working_days_between(start, due(start, days, calendar), calendar) == days


@pytest.mark.parametrize("start", ["2025-12-31T12:00", "2027-01-01T12:00", "2026-12-30T12:00"])
def test_outside_the_days_covered_no_date_is_guessed(start: str) -> None:
    with pytest.raises(Refusal) as refused:
        due(at(start), 2, LONDON)
    assert refused.value.code == "calendar.not_covered"
    assert refused.value.about["calendar"] == "central/1"


def test_between_refuses_where_either_end_is_not_covered() -> None:
    for a, b in (("2025-12-31T12:00", "2026-01-05T12:00"), ("2026-12-30T12:00", "2027-01-01T12:00")):
        with pytest.raises(Refusal, match=r"calendar\.not_covered"):
            working_days_between(at(a), at(b), LONDON)


def test_an_instant_without_time_zone_or_days_backward_are_errors_of_the_program() -> None:
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 11, 23), 1, LONDON)
    with pytest.raises(ValueError, match="forward"):
        due(at("2026-11-23T09:00"), -1, LONDON)


# ── Reminders ─────────────────────────────────────────────────────────────────


def test_two_working_days_before_a_monday_in_beirut_is_wednesday_night() -> None:
    """Friday and Saturday are off: Sunday is the first day before, Thursday the second."""
    assert reminder(due(at("2026-11-23T09:00"), 0, BEIRUT), 2, BEIRUT) == at("2026-11-19T21:59:59")
    assert reminder(due(at("2026-11-23T09:00"), 0, LONDON), 2, LONDON) == at("2026-11-19T23:59:59")


def test_what_is_due_on_a_day_off_is_reminded_of_while_there_are_working_days_left() -> None:
    assert reminder(at("2026-11-21T23:59:59"), 1, LONDON) == at("2026-11-19T23:59:59")


@given(INSTANTS, st.integers(0, 15), CALENDARS)
def test_between_a_reminder_and_its_day_lie_so_many_working_days(until: datetime, ahead: int, calendar: Calendar) -> None:
    told, last = reminder(until, ahead, calendar), local(until, calendar).date()
    days = [date.fromordinal(number) for number in range(calendar.covers[0].toordinal(), last.toordinal() + 1)]
    fitting = [day for day in days if is_working_day(day, calendar) and counted(day, last, calendar) == ahead]
    assert told == (end_of_day(fitting[-1], calendar) if fitting else None)


def test_nobody_is_reminded_where_no_number_is_given_nor_where_the_days_are_not_known() -> None:
    assert reminder(at("2026-11-23T09:00"), None, LONDON) is None
    assert reminder(at("2027-11-23T09:00"), 2, LONDON) is None
    assert reminder(at("2026-01-02T09:00"), 5, LONDON) is None


def test_of_what_is_due_later_the_reminder_is_as_many_working_days_ahead() -> None:
    first, later = due(at("2026-11-23T09:00"), 5, LONDON), due(at("2026-12-21T09:00"), 5, LONDON)
    before = reminder(first, 3, LONDON)
    assert reminder_later(before, first, later, LONDON) == reminder(later, 3, LONDON)
    assert reminder_later(None, first, later, LONDON) is None


# ── With the day itself ───────────────────────────────────────────────────────


@pytest.mark.parametrize("hour", ["20:30", "21:30"])
def test_a_day_of_twenty_five_hours_is_one_day_at_each_of_them(hour: str) -> None:
    """Thursday 29 October in Cairo, and then Sunday to Wednesday."""
    assert working_days_from(at(f"2026-10-29T{hour}"), end_of_day(date(2026, 11, 4), CAIRO), CAIRO) == 5


def test_the_first_day_that_a_calendar_covers_is_counted_itself() -> None:
    assert working_days_from(at("2026-01-01T12:00"), at("2026-01-02T12:00"), LONDON) == 2


@given(INSTANTS, INSTANTS, CALENDARS)
def test_with_the_day_itself_it_is_one_more_where_that_day_works(one: datetime, other: datetime, calendar: Calendar) -> None:
    first, last = sorted((one, other))
    itself = is_working_day(local(first, calendar).date(), calendar)
    assert working_days_from(first, last, calendar) == working_days_between(first, last, calendar) + itself
