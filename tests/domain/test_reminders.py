# ruff: noqa: F405
"""Whoever has not done what is due soon is reminded some working days ahead, counted by the days of those who owe it."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.screen import Owed
from tests.domain.screening import AMBER, LOOKED_AT, REMINDING_TWO, SIGNED, form, screening
from tests.domain.small import SMALL_ASKED, SMALL_SAFE
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

AMMAN = p.Calendar(
    code="amman", version="2031", timezone="Asia/Amman", weekend=(4, 5), holidays=frozenset(),
    covers=(date(2031, 1, 1), date(2032, 12, 31)), source="test", countries=("XK",), hubs=("north", "south"),
)  # fmt: skip
"""Friday and Saturday are off, for the cities and their hubs. NOW is Monday the 5th of May; the office has no days off."""
THERE = {"calendars": {**PROGRAMME.calendars, "amman": AMMAN}}
SILENCE = p.SilenceRule(means="no_objection", reminder_days=2, source="test")
REMINDING = THERE | {"consultation": msgspec.structs.replace(PROGRAMME.consultation, silence=SILENCE)}
CONFIRM = c.ConfirmCompleteness(application=FILE)


def in_amman(day: int, month: int = 5) -> datetime:
    """The last second of that day there."""
    return datetime(2031, month, day, 20, 59, 59, tzinfo=UTC)


# ── Opinions ──────────────────────────────────────────────────────────────────


def test_a_hub_is_reminded_two_of_its_working_days_ahead_not_on_its_weekend() -> None:
    """Four days from Monday the 5th: it is due on Sunday the 11th, and Thursday and Sunday are left after Wednesday."""
    asked = given(*SUBMITTED).under(**REMINDING).when(CONFIRM, by=OLGA).after.file().opinions["north"]
    assert (asked.due, asked.remind_at) == (in_amman(11), in_amman(7))
    later = c.AskHub(application=FILE, hub="south", reason="x")
    south = given(*SOUTH_IS_OPEN, *COMPLETE).under(**REMINDING).when(later, by=OLGA).after.file().opinions["south"]
    assert (south.due, south.remind_at) == (in_amman(11), in_amman(7))


def test_on_another_track_it_is_reminded_as_many_of_its_days_ahead() -> None:
    both = SOUTH_IS_OPEN + SMALL_SAFE + did(OLGA, msgspec.structs.replace(SMALL_ASKED, hub="south"))
    fuller = c.ChangeTrack(application=FILE, reason="x")
    of_north = REMINDING | {"calendars": {**PROGRAMME.calendars, "amman": msgspec.structs.replace(AMMAN, hubs=("south",))}}
    opinions = given(*both).under(**of_north).when(fuller, by=OLGA).after.file().opinions
    assert (opinions["south"].due, opinions["south"].remind_at) == (in_amman(11), in_amman(7))
    assert opinions["north"].remind_at == opinions["north"].due - timedelta(days=2), "by the days of the office"


def test_after_a_suspension_it_is_reminded_as_many_of_its_days_ahead_of_the_later_day() -> None:
    """Suspended on Monday the 5th with five days left, that day among them; it goes on on Wednesday the 14th."""
    asked = given(*SUBMITTED).under(**REMINDING).when(CONFIRM, by=OLGA).after
    suspend = c.SuspendApplication(application=FILE, reason="x", review_on=(NOW + timedelta(days=10)).date())
    held = asked.when(suspend, by=OMAR).after
    back = held.when(c.ResumeApplication(application=FILE, reason="x"), by=OMAR, at=NOW + timedelta(days=9)).after
    # Thursday 15, Sunday 18, Monday 19, Tuesday 20, Wednesday 21.
    opinion = back.file().opinions["north"]
    assert (opinion.due, opinion.remind_at) == (in_amman(21), in_amman(19))


# ── Safeguards ────────────────────────────────────────────────────────────────


def test_help_with_the_safeguards_is_reminded_of_by_the_days_of_the_hub_also_after_a_suspension() -> None:
    asking = THERE | {"safeguards": msgspec.structs.replace(SIGNED, reminder_days=1, help_days=5)}
    asked = screening(SUBMITTED, form(NAMES="unknown")).under(**asking).when(CONFIRM, by=OLGA).after
    help = asked.file().safeguard_help
    assert help
    # Tuesday to Thursday, Sunday, Monday.
    assert (help.due, help.remind_at) == (in_amman(12), in_amman(11))
    suspend = c.SuspendApplication(application=FILE, reason="x", review_on=(NOW + timedelta(days=11)).date())
    resume = c.ResumeApplication(application=FILE, reason="x")
    # On Thursday the 8th three days are left; it goes on on Tuesday the 13th: Wednesday, Thursday, Sunday.
    held = asked.when(suspend, by=OMAR, at=NOW + timedelta(days=3)).after
    help = held.when(resume, by=OMAR, at=NOW + timedelta(days=8)).after.file().safeguard_help
    assert help
    assert (help.due, help.remind_at) == (in_amman(18), in_amman(15))


def test_who_signs_a_level_is_reminded_by_their_own_days() -> None:
    """Two days to sign, asked on Wednesday: the office by Friday, the hub by Sunday."""
    asking = THERE | {"safeguards": msgspec.structs.replace(SIGNED, reminder_days=1)}
    wednesday = NOW + timedelta(days=2)
    waiting = screening(CHECKED, form(NAMES="yes")).under(**asking).when(AMBER, by=OLGA, at=wednesday).events
    asked = {one.hub: (one.due, one.remind_at) for one in waiting if isinstance(one, e.SignatureAsked)}
    assert asked == {"north": (in_amman(11), in_amman(8)), None: (last_of(4), last_of(3))}


def test_each_office_is_reminded_of_what_lessens_a_risk_by_its_own_days() -> None:
    """The city’s is due on Monday the 1st of September, the hub’s on a Friday, the 1st of August."""
    approved = given(*APPROVED, *LOOKED_AT).under(**THERE, safeguards=REMINDING_TWO)
    screen = approved.when(ISSUE, by=TIMER).after.file().screen
    assert screen
    citys, hubs, centres = (one.asked for one in _by_number(screen.owed))
    assert (citys.due, citys.remind_at, citys.calendar) == (in_amman(1, 9), in_amman(28, 8), "amman/2031")
    assert (hubs.due, hubs.remind_at, hubs.calendar) == (in_amman(1, 8), in_amman(29, 7), "amman/2031")
    assert centres.calendar == CALENDAR
    assert centres.remind_at == last_of((centres.due.date() - NOW.date()).days - 2)


def _by_number(owed: tuple[Owed, ...]) -> list[Owed]:
    return sorted(owed, key=lambda one: one.asked.number)
