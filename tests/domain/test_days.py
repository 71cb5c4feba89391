# ruff: noqa: F405
"""A file is judged by the rules of its version and counted by the days of the version in force."""

import msgspec

from fund.domain import calendar, clock
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.days import counted_by, known_now
from fund.domain.programme import Calendar
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

OWN = Calendar(
    code="river", version="2031", timezone="Europe/Paris", weekend=(5, 6), holidays=frozenset({date(2031, 3, 3), date(2032, 5, 5)}),
    covers=(date(2031, 1, 1), date(2032, 12, 31)), source="test", countries=("FR",), hubs=("north",),
)  # fmt: skip


def later(**changes: object) -> Calendar:
    fresh = {"version": "2033", "holidays": frozenset[date](), "countries": (), "hubs": ("south",), "source": "announced"}
    return msgspec.structs.replace(OWN, **(fresh | changes))


def test_days_that_a_later_version_covers_are_its_own_and_the_others_stay_as_they_were() -> None:
    found = known_now(OWN, later(covers=(date(2032, 1, 1), date(2040, 12, 31)), holidays=frozenset({date(2033, 7, 14)})))
    assert found.covers == (date(2031, 1, 1), date(2040, 12, 31))
    assert found.holidays == {date(2031, 3, 3), date(2033, 7, 14)}
    assert (found.stamp, found.source) == ("river/2033", "announced")


def test_a_later_version_that_covers_less_takes_no_days_away() -> None:
    found = known_now(OWN, later(covers=(date(2031, 6, 1), date(2031, 12, 31))))
    assert (found.covers, found.holidays) == (OWN.covers, OWN.holidays)


def test_whose_days_they_are_stays_as_it_was() -> None:
    found = known_now(OWN, later())
    assert (found.countries, found.hubs) == (OWN.countries, OWN.hubs)


def test_days_of_another_time_zone_are_not_taken() -> None:
    assert known_now(OWN, later(timezone="Asia/Amman")) == OWN


def test_no_day_is_guessed_between_two_versions() -> None:
    for first, last in ((date(2033, 1, 1), date(2034, 1, 1)), (date(2029, 1, 1), date(2030, 12, 31))):
        assert known_now(OWN, later(covers=(first, last))).version == "2033"
    for first, last in ((date(2033, 1, 2), date(2034, 1, 1)), (date(2029, 1, 1), date(2030, 12, 30))):
        assert known_now(OWN, later(covers=(first, last))) == OWN


def test_all_else_is_what_the_version_of_the_file_says() -> None:
    own = msgspec.structs.replace(PROGRAMME, calendars={"river": OWN, "lost": OWN})
    now = msgspec.structs.replace(PROGRAMME, version="river-2", tracks={}, calendars={"river": later(), "new": OWN})
    found = counted_by(own, now)
    assert found.calendars == {"river": known_now(OWN, later()), "lost": OWN}
    assert msgspec.structs.replace(found, calendars=own.calendars) == own


def test_a_day_that_was_told_stands_though_it_turns_out_to_be_a_day_off() -> None:
    file = given(*COORDINATED).file()
    assert file.due
    days = PROGRAMME.calendars["river"]
    last = calendar.local_day(file.due, days)
    announced = msgspec.structs.replace(days, holidays=days.holidays | {last})
    shown = clock.clock(file, NOW, announced)
    assert shown
    assert (shown.due, shown.allowed) == (file.due, DAYS["proposal"] - 1)


def test_a_city_withdraws_also_on_a_day_that_no_calendar_covers() -> None:
    at = BEYOND_THE_CALENDAR + timedelta(days=9)
    withdraw = c.WithdrawApplication(application=FILE, reason="x")
    gone = given(*COMPLETE).when(withdraw, by=ALI, at=at).then(e.Withdrawn).after
    assert (gone.file().stage, gone.file().due, gone.file().calendar) == (Stage.LETTER, last_of(0, at), CALENDAR)
    letter = msgspec.structs.replace(ISSUE, issued_on=at.date())
    assert gone.when(letter, by=TIMER, at=at).then(e.LetterIssued).after.file().stage is Stage.CLOSED
