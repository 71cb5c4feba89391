# ruff: noqa: F405
"""An application that nobody submits is reminded of once it is past due, and then it lapses; nothing else waits for it any longer."""

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.facts import On
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

REMIND, LAPSE = c.RemindDraft(application=FILE), c.LapseApplication(application=FILE)
SECOND = timedelta(seconds=1)
RETURNED_ONE = SUBMITTED + did(OLGA, RETURNED)
LATE = due("draft") + SECOND
LAST = in_days(12, LATE)
FORGOTTEN = (*DRAFTED, Told(FILE, TIMER, e.DraftReminded(due=LAST, calendar=CALENDAR), LATE))
LATE_AGAIN = due("completion") + SECOND
LAST_AGAIN = in_days(12, LATE_AGAIN)
LEFT_LYING = (*RETURNED_ONE, Told(FILE, TIMER, e.DraftReminded(due=LAST_AGAIN, calendar=CALENDAR), LATE_AGAIN))
LETTER_DUE = due("letter", LAST_AGAIN + SECOND)
GONE = e.Lapsed(waited_until=LAST_AGAIN, due=LETTER_DUE, calendar=CALENDAR)


@passes(c.RemindDraft)
def test_a_city_has_the_whole_time_from_its_reminder_on_however_late_that_comes() -> None:
    for history, late in ((DRAFTED, LATE), (RETURNED_ONE, LATE_AGAIN), (RETURNED_ONE, LATE_AGAIN + timedelta(days=50))):
        expected = e.DraftReminded(due=in_days(12, late), calendar=CALENDAR)
        file = given(*history).when(REMIND, by=TIMER, at=late).then(expected).after.file()
        assert (file.stage, file.due, file.reminded) == (Stage.DRAFT, in_days(12, late), True)


@refuses(c.RemindDraft, "draft.not_past_due")
@refuses(c.RemindDraft, "draft.already_reminded")
@refuses(c.RemindDraft, "draft.never_lapses")
def test_it_is_reminded_of_once_and_not_before_it_is_past_due() -> None:
    given(*DRAFTED).when(REMIND, by=TIMER, at=due("draft")).then("draft.not_past_due")
    given(*FORGOTTEN).when(REMIND, by=TIMER, at=LAST + SECOND).then("draft.already_reminded")
    given(*DRAFTED).under(drafts=None).when(REMIND, by=TIMER, at=LATE).then("draft.never_lapses")


@passes(c.LapseApplication)
def test_a_draft_that_was_never_submitted_lapses_without_a_letter() -> None:
    file = given(*FORGOTTEN).when(LAPSE, by=TIMER, at=LAST + SECOND).then(e.Lapsed(waited_until=LAST, due=None, calendar="")).after.file()
    assert (file.stage, file.due) == (Stage.CLOSED, None)
    assert file.decision
    assert (file.decision.outcome, file.decision.by) == ("lapsed", TIMER)


@passes(c.LapseApplication)
def test_an_application_that_came_back_and_was_left_lying_is_ended_by_a_letter() -> None:
    after = given(*LEFT_LYING).when(LAPSE, by=TIMER, at=LAST_AGAIN + SECOND).then(GONE).after
    assert (after.file().stage, after.file().due) == (Stage.LETTER, LETTER_DUE)
    after.when(c.LodgeAppeal(application=FILE, grounds="x"), by=AMINA, at=LAST_AGAIN + SECOND).then("workflow.not_now")


@passes(c.LapseApplication)
def test_a_round_is_held_up_by_it_no_longer() -> None:
    lying = OPENED + in_the_round(SUBMITTED) + did(AMINA, ENTERED, on=ROUND) + did(OLGA, RETURNED) + LEFT_LYING[-1:]
    left = On(ROUND, e.FileLeft(application=FILE, why="lapsed"))
    after = given(*lying).when(LAPSE, by=TIMER, at=LAST_AGAIN + SECOND).then(GONE, left).after
    (entry,) = after.facts(OLGA).round(ROUND).entries
    assert entry.left == "lapsed"


@refuses(c.LapseApplication, "draft.not_reminded")
@refuses(c.LapseApplication, "draft.not_past_due")
@refuses(c.LapseApplication, "draft.never_lapses")
def test_nothing_lapses_unawares_or_before_its_last_day_is_over() -> None:
    given(*RETURNED_ONE).when(LAPSE, by=TIMER, at=LATE_AGAIN).then("draft.not_reminded")
    given(*LEFT_LYING).when(LAPSE, by=TIMER, at=LAST_AGAIN).then("draft.not_past_due")
    given(*LEFT_LYING).under(drafts=None).when(LAPSE, by=TIMER, at=LAST_AGAIN + SECOND).then("draft.never_lapses")


def test_until_then_it_can_be_submitted_and_what_comes_back_once_more_is_reminded_of_anew() -> None:
    submitted = given(*LEFT_LYING, *did(BELA, ACCEPTED)).when(c.SubmitApplication(application=FILE), by=AMINA, at=LAST_AGAIN)
    assert submitted.code is None
    assert not submitted.after.file().reminded
    again = submitted.after.and_(*did(OLGA, RETURNED)).file()
    assert (again.stage, again.reminded, again.due) == (Stage.DRAFT, False, RETURNED.due)


@pytest.mark.parametrize("history", [FORGOTTEN, LEFT_LYING])
def test_a_reminder_takes_nothing_from_its_city(history: History) -> None:
    before = msgspec.structs.replace(given(*history[:-1]).file(), due=None, clock=None, reminded=True)
    assert msgspec.structs.replace(given(*history).file(), due=None, clock=None) == before
