# ruff: noqa: F405
"""An award is offered by its letter: accepted or turned down by the city's signatory in time, reminded of, and lapsed in silence."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.application import Stage
from fund.domain.facts import On
from fund.domain.registers import City, Envelope, Hub
from tests.domain.proof import passes, refuses
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

assert PROGRAMME.awards
RULE: p.AwardRule = PROGRAMME.awards
ACCEPT = c.AcceptAward(application=FILE)
TURN_DOWN = c.TurnDownAward(application=FILE, reason="The mayor has changed")
REMIND = c.RemindOfAward(application=FILE)
LAPSE = c.LapseAward(application=FILE)
LAST_REMINDED = e.AwardReminded(awaited="acceptance", reminder=2, due=ACCEPT_BY, calendar=CALENDAR)
REMINDED_OF = OFFERED + did(TIMER, LAST_REMINDED)
SECOND = timedelta(seconds=1)
ALL_BACK = e.FundsReleased(
    application=FILE, amount=3_500_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=3_500_00),), reason="turned_down"
)  # fmt: skip


def ends(ending: e.Ending, days: int = 5) -> tuple[On, ...]:
    """What the hub and the cities are told when an award ends of which nothing was used."""
    ended = e.CityAwardEnded(application=FILE, ending=ending)
    freed = (On(NORTH, e.HubDaysReleased(application=FILE, days=days)),) if days else ()
    return (*freed, On(LAKESIDE, ended), On(HILLTOWN, ended))


def purse(scenario: Scenario) -> Envelope:
    found = scenario.state(PURSE)
    assert isinstance(found, Envelope)
    return found


def hub(scenario: Scenario) -> Hub:
    found = scenario.state(NORTH)
    assert isinstance(found, Hub)
    return found


def lakeside(scenario: Scenario) -> City:
    found = scenario.state(LAKESIDE)
    assert isinstance(found, City)
    return found


# ── The letter offers ─────────────────────────────────────────────────────────


@passes(c.IssueLetter)
def test_the_letter_of_an_approval_says_by_when_to_accept_and_to_report_and_keeps_the_days_of_the_hub() -> None:
    outcome = given(*APPROVED).when(ISSUE, by=TIMER).then(OFFER, On(NORTH, KEPT_FREE))
    file = outcome.after.file()
    assert (file.stage, file.due, file.calendar, file.is_open, file.clock) == (Stage.OFFER, ACCEPT_BY, CALENDAR, True, None)
    assert file.award
    assert (file.award.report_due, file.award.ending) == (REPORT_BY, None)
    assert hub(outcome.after).days == {FILE: 5}


def test_days_that_were_never_kept_free_leave_none_when_they_are_released() -> None:
    released = did(TIMER, e.HubDaysReleased(application=OTHER_FILE, days=3), on=NORTH)
    assert hub(given(*OFFERED, *released)).days == {FILE: 5, OTHER_FILE: 0}


def test_a_report_is_due_after_the_support_and_never_before_the_award_must_be_accepted() -> None:
    early = APPROVED + saved(with_(SUPPORT, starts_on=date(2031, 5, 6), ends_on=date(2031, 5, 7)))
    letter = given(*early).when(ISSUE, by=TIMER).events[0]
    assert isinstance(letter, e.LetterIssued)
    assert letter.report_due == in_days(15 + 30)


def test_a_hub_that_does_not_deliver_keeps_no_days() -> None:
    with_hub = ASSESSED + did(OLGA, msgspec.structs.replace(COORDINATION, mode="with_hub", reason="x"))
    there = with_hub + APPROVED[len(COORDINATED) :]
    given(*there).when(ISSUE, by=TIMER).then(OFFER)


def test_a_city_with_days_of_its_own_accepts_by_them() -> None:
    river = PROGRAMME.calendars["river"]
    delta = msgspec.structs.replace(river, code="delta", weekend=(0, 1, 2, 3, 4, 5), countries=("XK",))
    letter = given(*APPROVED).under(calendars={"river": river, "delta": delta}).when(ISSUE, by=TIMER).events[0]
    assert isinstance(letter, e.LetterIssued)
    # Its only working day is Sunday, and the fifth of May is a Monday.
    assert (letter.due, letter.calendar) == (end_of(date(2031, 5, 11) + timedelta(weeks=14)), "delta/2031")


@passes(c.IssueLetter)
def test_a_file_whose_programme_asks_for_nothing_more_is_closed_with_its_letter() -> None:
    after = given(*APPROVED).under(awards=None).when(ISSUE, by=TIMER).then(LETTER).after.file()
    assert (after.stage, after.due, after.award) == (Stage.CLOSED, None, None)


def test_a_file_that_was_closed_at_its_letter_stays_closed() -> None:
    file = given(*CLOSED).file()
    assert (file.stage, file.due, file.award) == (Stage.CLOSED, None, None)


# ── The city's word ───────────────────────────────────────────────────────────


@passes(c.AcceptAward)
def test_the_signatory_accepts_until_the_last_second_and_the_report_is_awaited() -> None:
    for at in (NOW, ACCEPT_BY):
        file = given(*OFFERED).when(ACCEPT, by=AMINA, at=at).then(TAKEN_ON).after.file()
        assert (file.stage, file.due) == (Stage.DELIVERY, REPORT_BY)
        assert file.award
        assert (file.award.accepted, file.award.reminders, file.award.reminded) == (TAKEN_ON, REMINDING, 0)


@refuses(c.AcceptAward, "award.signatory_needed")
@refuses(c.TurnDownAward, "award.signatory_needed")
def test_a_focal_point_speaks_for_no_award() -> None:
    for command in (ACCEPT, TURN_DOWN):
        given(*OFFERED).when(command, by=ALI).then("award.signatory_needed")
        given(*OFFERED).when(command, by=BELA).then("workflow.not_your_city")


@refuses(c.AcceptAward, "award.too_late")
@refuses(c.TurnDownAward, "award.too_late")
def test_an_answer_after_the_last_day_is_late_once_the_city_was_reminded() -> None:
    for command in (ACCEPT, TURN_DOWN):
        given(*REMINDED_OF).when(command, by=AMINA, at=ACCEPT_BY + SECOND).then("award.too_late")
        assert given(*OFFERED).when(command, by=AMINA, at=ACCEPT_BY + SECOND).code is None


@passes(c.TurnDownAward)
def test_an_award_that_is_turned_down_gives_everything_back_in_the_same_commit() -> None:
    turned_down = e.AwardTurnedDown(city=LAKESIDE, reason="The mayor has changed", released=3_500_00, currency="EUR", days_released=5)
    outcome = given(*OFFERED).when(TURN_DOWN, by=AMINA).then(turned_down, On(PURSE, ALL_BACK), *ends("turned_down"))
    file = outcome.after.file()
    assert (file.stage, file.due, file.award and file.award.ending) == (Stage.CLOSED, None, "turned_down")
    assert (purse(outcome.after).balance, purse(outcome.after).commitments, hub(outcome.after).days) == (8_000_00, {FILE: ()}, {FILE: 0})
    assert not lakeside(outcome.after).has_running_award


def test_what_finance_gave_back_before_is_not_given_back_twice() -> None:
    some = msgspec.structs.replace(ALL_BACK, amount=3_000_00, allocations=(e.Allocation(contribution=1, amount=3_000_00),), reason="x")
    rest = msgspec.structs.replace(ALL_BACK, amount=500_00, allocations=(e.Allocation(contribution=1, amount=500_00),))
    outcome = given(*OFFERED, *did(FINN, some, on=PURSE)).when(TURN_DOWN, by=AMINA)
    assert outcome.events[1] == On(PURSE, rest)
    nothing = given(*OFFERED, *did(FINN, msgspec.structs.replace(ALL_BACK, reason="x"), on=PURSE)).when(TURN_DOWN, by=AMINA)
    nothing.then(e.AwardTurnedDown, *ends("turned_down"))


# ── Silence ───────────────────────────────────────────────────────────────────


@passes(c.RemindOfAward)
@refuses(c.RemindOfAward, "award.none_to_remind")
def test_a_city_is_reminded_when_it_is_time_and_the_last_that_was_missed_stands_for_all() -> None:
    for days, reminder in ((3, 1), (5, 1), (6, 2)):
        at = in_days(days) + SECOND
        expected = e.AwardReminded(awaited="acceptance", reminder=reminder, due=ACCEPT_BY, calendar=CALENDAR)
        after = given(*OFFERED).when(REMIND, by=TIMER, at=at).then(expected).after
        after.when(REMIND, by=TIMER, at=at).then("award.none_to_remind")
    for at in (NOW, in_days(3)):
        given(*OFFERED).when(REMIND, by=TIMER, at=at).then("award.none_to_remind")


@passes(c.RemindOfAward)
def test_a_last_reminder_that_comes_late_leaves_the_time_that_it_should_have_left_and_says_so() -> None:
    """Nine days, as from the sixth to the fifteenth."""
    for at in (in_days(7) + SECOND, ACCEPT_BY, ACCEPT_BY + SECOND, in_days(90)):
        later = in_days(9, at)
        expected = e.AwardReminded(awaited="acceptance", reminder=2, due=later, calendar=CALENDAR, instead_of=ACCEPT_BY)
        after = given(*OFFERED).when(REMIND, by=TIMER, at=at).then(expected).after
        assert (after.file().due, after.file().stage) == (later, Stage.OFFER)
        assert after.file().award == msgspec.structs.replace(given(*REMINDED_OF).file().award, reminded=2)
        after.when(REMIND, by=TIMER, at=later).then("award.none_to_remind")
        after.when(ACCEPT, by=AMINA, at=later).then(TAKEN_ON)
        after.when(ACCEPT, by=AMINA, at=later + SECOND).then("award.too_late")
        after.when(LAPSE, by=TIMER, at=later).then("award.not_overdue")
        assert after.when(LAPSE, by=TIMER, at=later + SECOND).code is None


@passes(c.RemindOfAward)
def test_of_a_report_too_it_is_reminded_before_that_is_overdue() -> None:
    late = REPORT_BY + timedelta(days=40)
    expected = e.AwardReminded(awaited="report", reminder=2, due=in_days(2, late), calendar=CALENDAR, instead_of=REPORT_BY)
    under_way = given(*UNDER_WAY)
    under_way.when(c.MissReport(application=FILE), by=TIMER, at=late).then("award.not_overdue")
    after = under_way.when(REMIND, by=TIMER, at=late).then(expected).after
    assert after.file().award
    assert after.file().award.report_due == after.file().due == in_days(2, late)
    missed = after.when(c.MissReport(application=FILE), by=TIMER, at=in_days(2, late) + SECOND)
    assert missed.events[0] == e.ReportMissed(due=in_days(2, late))
    missed.after.when(REMIND, by=TIMER, at=in_days(2, late) + SECOND).then("award.none_to_remind")


@passes(c.RemindOfAward)
def test_of_its_report_it_is_reminded_anew() -> None:
    under_way = REMINDED_OF + did(AMINA, TAKEN_ON)
    expected = e.AwardReminded(awaited="report", reminder=1, due=REPORT_BY, calendar=CALENDAR)
    given(*under_way).when(REMIND, by=TIMER, at=REMINDING[0] + SECOND).then(expected)


@passes(c.LapseAward)
@refuses(c.LapseAward, "award.not_overdue")
def test_silence_past_the_last_day_lapses_and_the_money_is_free_for_others() -> None:
    given(*REMINDED_OF).when(LAPSE, by=TIMER, at=ACCEPT_BY).then("award.not_overdue")
    given(*OFFERED).when(LAPSE, by=TIMER, at=ACCEPT_BY + SECOND).then("award.not_overdue")
    lapsed = e.AwardLapsed(due=ACCEPT_BY, released=3_500_00, currency="EUR", days_released=5)
    back = msgspec.structs.replace(ALL_BACK, reason="lapsed")
    after = given(*REMINDED_OF).when(LAPSE, by=TIMER, at=ACCEPT_BY + SECOND).then(lapsed, On(PURSE, back), *ends("lapsed")).after
    assert (after.file().stage, purse(after).balance, hub(after).days) == (Stage.CLOSED, 8_000_00, {FILE: 0})


def test_a_city_that_the_award_does_not_know_is_told_nothing() -> None:
    """An approval from before cities were told of awards ends without telling them."""
    untold = tuple(told for told in REMINDED_OF if not isinstance(told.event, e.AwardRecorded))
    given(*untold).when(LAPSE, by=TIMER, at=ACCEPT_BY + SECOND).then(
        e.AwardLapsed, On(PURSE, msgspec.structs.replace(ALL_BACK, reason="lapsed")), *ends("lapsed")[:1]
    )


# ── It can fail ───────────────────────────────────────────────────────────────


def test_other_days_in_the_programme_are_other_days_in_the_letter() -> None:
    rule = msgspec.structs.replace(RULE, accept_days=20, accept_reminders=(19,), report_days=7)
    letter = given(*APPROVED).under(awards=rule).when(ISSUE, by=TIMER).events[0]
    assert isinstance(letter, e.LetterIssued)
    assert (letter.due, letter.reminders, letter.report_due) == (in_days(20), (in_days(19),), end_of(date(2031, 9, 12)))
