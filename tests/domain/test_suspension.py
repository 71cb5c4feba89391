# ruff: noqa: F405
"""An award that is stopped: suspended with a day of review, resumed, and ended early by two people."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.deciding import reads
from fund.domain.facts import On
from tests.domain.proof import passes, refuses
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track
from tests.domain.test_activity import HELD, OVERDUE, VISIT
from tests.domain.test_delegation import TO_FINN as LENT_TO_FINN
from tests.domain.test_emergency import TO_FINN as OPENED_TO_FINN
from tests.domain.test_offer import ends, lakeside, purse

SUSPEND = c.SuspendAward(application=FILE, reason="A flood", review_on=DAY_OF_REVIEW)
RESUME = c.ResumeAward(application=FILE, reason="The water is gone")
ASK = c.AskTermination(application=FILE, reason="The office was closed")
RELINQUISH = c.RelinquishAward(application=FILE, reason="The office was closed")
WITHDRAW = c.WithdrawTermination(application=FILE, reason="Somebody was found")
REFUSE = c.RefuseTermination(application=FILE, reason="Another office takes it on")
TERMINATE = c.TerminateAward(application=FILE, reasons=("Nobody is left to work with.",), spent=1_000_00)
ENDED = e.AwardTerminated(
    reasons=("Nobody is left to work with.",), spent=1_000_00, released=2_500_00, currency="EUR", days_released=5, due=due("letter"),
    calendar=CALENDAR,
)  # fmt: skip
FREED = e.FundsReleased(
    application=FILE, amount=2_500_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=2_500_00),), reason="terminated"
)  # fmt: skip

# ── Suspending and resuming ───────────────────────────────────────────────────


@passes(c.SuspendAward)
def test_a_suspended_award_is_looked_at_again_on_its_day() -> None:
    for history in (UNDER_WAY, REPORTED):
        for by in (OLGA, INES):
            file = given(*history).when(SUSPEND, by=by).then(STOPPED).after.file()
            assert (file.stage, file.due) == (Stage.SUSPENDED, end_of(DAY_OF_REVIEW))


@passes(c.SuspendAward)
def test_it_is_suspended_anew_with_another_day_and_counts_from_the_first() -> None:
    later = NOW + timedelta(days=20)
    again = msgspec.structs.replace(SUSPEND, review_on=date(2031, 7, 1))
    file = given(*HALTED).when(again, by=OMAR, at=later).then(e.AwardSuspended).after.file()
    assert file.award
    assert (file.due, file.award.stopped_at) == (end_of(date(2031, 7, 1)), NOW)


@refuses(c.SuspendAward, "award.review_out_of_range")
def test_a_review_lies_ahead_and_not_too_far() -> None:
    for day in (NOW.date(), NOW.date() + timedelta(days=101)):
        command = msgspec.structs.replace(SUSPEND, review_on=day)
        given(*UNDER_WAY).when(command, by=OLGA).then("award.review_out_of_range", field="review_on")
    given(*UNDER_WAY).when(msgspec.structs.replace(SUSPEND, review_on=NOW.date() + timedelta(days=100)), by=OLGA).then(e.AwardSuspended)


@passes(c.ResumeAward)
def test_a_report_is_due_as_many_days_later_as_the_suspension_took() -> None:
    at = NOW + timedelta(days=20)
    moved = REPORT_BY + timedelta(days=20)
    reminders = (moved - timedelta(days=10), moved - timedelta(days=2))
    expected = e.AwardResumed(reason="The water is gone", due=moved, calendar=CALENDAR, reminders=reminders)
    file = given(*HALTED).when(RESUME, by=OLGA, at=at).then(expected).after.file()
    assert (file.stage, file.due) == (Stage.DELIVERY, moved)
    assert file.award
    assert (file.award.suspended, file.award.stopped_at, file.award.report_due, file.award.reminders) == (None, None, moved, reminders)


@passes(c.ResumeAward)
def test_a_report_that_was_being_read_is_read_anew() -> None:
    paused = REPORTED + did(OLGA, STOPPED)
    at = NOW + timedelta(days=3)
    expected = e.AwardResumed(reason="The water is gone", due=in_days(27, at), calendar=CALENDAR, reminders=())
    file = given(*paused).when(RESUME, by=INES, at=at).then(expected).after.file()
    assert (file.stage, file.award and file.award.report) == (Stage.REPORTED, REPORT)


@refuses(c.ResumeAward, "workflow.not_now")
def test_what_runs_is_not_resumed_and_what_stands_still_is_not_delivered() -> None:
    given(*UNDER_WAY).when(RESUME, by=OLGA).then("workflow.not_now")
    tomorrow = msgspec.structs.replace(HELD, last_day=NOW.date() + timedelta(days=1))
    given(*HALTED).when(tomorrow, by=OLGA, at=NOW + timedelta(days=1)).then("activity.after_stop", field="last_day")


def test_a_report_that_was_overdue_stays_so() -> None:
    late = REPORT_BY + timedelta(days=10)
    paused = (*OVERDUE, Told(FILE, OLGA, msgspec.structs.replace(STOPPED, due=late + timedelta(days=30)), late))
    back = late + timedelta(days=7)
    resumed = given(*paused).when(RESUME, by=OLGA, at=back)
    assert resumed.after.file().due == REPORT_BY + timedelta(days=7)
    assert resumed.after.when(c.MissReport(application=FILE), by=TIMER, at=back).code == "award.already_missed"
    assert lakeside(resumed.after).has_missed_report


def test_a_report_that_is_overdue_stays_so_until_it_comes_though_its_last_day_moved_to_the_evening() -> None:
    """Suspended and resumed on the morning after: the file remembers what its city's stream does, and both hear when it comes."""
    nine, ten, noon = (REPORT_BY + timedelta(hours=hours) for hours in (9, 10, 12))
    review = (REPORT_BY + timedelta(days=9)).date()
    reminded = e.AwardReminded(awaited="report", reminder=2, due=REPORT_BY, calendar=CALENDAR)
    missed = (
        given(*UNDER_WAY, *did(TIMER, reminded)).when(c.MissReport(application=FILE), by=TIMER, at=REPORT_BY + timedelta(seconds=1)).after
    )
    halted = missed.when(msgspec.structs.replace(SUSPEND, review_on=review), by=OLGA, at=nine).after
    back = halted.when(RESUME, by=OLGA, at=ten).after
    award = back.file().award
    assert award
    assert (award.report_due > ten, award.missed, lakeside(back).has_missed_report) == (True, True, True)
    came = back.when(c.HandInReport(application=FILE, report="x"), by=ALI, at=noon)
    came.then(e.ReportReceived, On(LAKESIDE, e.CityReportReceived(application=FILE)))
    handed_in = came.after.file().award
    assert handed_in
    assert (lakeside(came.after).has_missed_report, handed_in.missed) == (False, False)


# ── Ending early ──────────────────────────────────────────────────────────────


@passes(c.AskTermination)
def test_whoever_asks_to_end_an_award_leaves_it_to_an_approver() -> None:
    for history in (UNDER_WAY, REPORTED, HALTED):
        for by in (OMAR, IVO):
            file = given(*history).when(ASK, by=by).then(END_ASKED).after.file()
            assert (file.stage, file.due) == (Stage.TERMINATION, in_days(28))


@refuses(c.AskTermination, "workflow.not_now")
def test_what_was_not_accepted_need_not_be_ended() -> None:
    given(*OFFERED).when(ASK, by=OLGA).then("workflow.not_now")


@passes(c.TerminateAward)
def test_a_second_person_ends_it_early_and_what_was_not_used_goes_back_at_once() -> None:
    outcome = given(*TO_TERMINATE).when(TERMINATE, by=INES)
    after = outcome.then(ENDED, On(PURSE, FREED), *ends("terminated")).after
    file = after.file()
    assert (file.stage, file.due, purse(after).balance) == (Stage.LETTER, due("letter"), 7_000_00)
    assert file.decision
    assert (file.decision.outcome, file.decision.amount, file.earlier[-1].outcome) == ("terminated", 1_000_00, "approved")
    assert not lakeside(after).has_running_award


@passes(c.IssueLetter)
def test_the_end_has_a_letter_of_its_own_and_then_the_file_is_closed() -> None:
    over = given(*TO_TERMINATE).when(TERMINATE, by=INES).after
    file = over.when(ISSUE, by=TIMER).then(msgspec.structs.replace(LETTER, outcome="terminated")).after.file()
    assert (file.stage, file.due, len(file.letters), file.award and file.award.ending) == (Stage.CLOSED, None, 2, "terminated")


@refuses(c.TerminateAward, "duty.not_apart")
@refuses(c.RefuseTermination, "duty.not_apart")
def test_whoever_asked_or_suspended_does_not_decide_it() -> None:
    asked = UNDER_WAY + did(IVO, END_ASKED)
    paused = UNDER_WAY + did(IVO, STOPPED) + did(OLGA, END_ASKED)
    for history in (asked, paused):
        for command in (TERMINATE, REFUSE):
            given(*history).when(command, by=IVO).then("duty.not_apart")
            assert given(*history).when(command, by=INES).code is None


@refuses(c.TerminateAward, "decision.reason_needed")
@refuses(c.TerminateAward, "award.spent_too_much")
def test_the_city_is_told_why_and_no_more_was_used_than_was_there() -> None:
    given(*TO_TERMINATE).when(msgspec.structs.replace(TERMINATE, reasons=()), by=INES).then("decision.reason_needed", field="reasons")
    given(*TO_TERMINATE).when(msgspec.structs.replace(TERMINATE, spent=3_500_01), by=INES).then("award.spent_too_much", field="spent")


@passes(c.RefuseTermination)
@passes(c.WithdrawTermination)
def test_an_award_that_is_not_ended_goes_on_where_it_was_and_a_report_is_due_as_many_days_later_as_that_took() -> None:
    at, later = NOW + timedelta(days=2), REPORT_BY + timedelta(days=2)
    reminding = (later - timedelta(days=10), later - timedelta(days=2))
    for history, stage, until, reminders in (
        (UNDER_WAY, Stage.DELIVERY, later, reminding),
        (REPORTED, Stage.REPORTED, in_days(27, at), ()),
        (HALTED, Stage.SUSPENDED, end_of(DAY_OF_REVIEW), ()),
    ):
        asked = history + did(OLGA, END_ASKED)
        expected = e.TerminationRefused(reason="Another office takes it on", due=until, calendar=CALENDAR, reminders=reminders)
        taken_back = e.TerminationWithdrawn(reason="Somebody was found", due=until, calendar=CALENDAR, reminders=reminders)
        for command, by, event in ((REFUSE, INES, expected), (WITHDRAW, OLGA, taken_back)):
            file = given(*asked).when(command, by=by, at=at).then(event).after.file()
            assert (file.stage, file.due, file.award and file.award.termination) == (stage, until, None)


def test_a_city_whose_report_could_not_come_while_its_end_was_asked_for_still_has_the_days_it_had() -> None:
    """Two days before it is due, for three weeks: it is neither overdue at once nor without a reminder."""
    asked_at, refused_at = REPORT_BY - timedelta(days=2, hours=1), REPORT_BY + timedelta(days=19)
    asked = given(*UNDER_WAY).when(ASK, by=OMAR, at=asked_at).after
    asked.when(c.HandInReport(application=FILE, report="x"), by=ALI, at=REPORT_BY - timedelta(days=1)).then("workflow.not_now")
    back = asked.when(REFUSE, by=IVO, at=refused_at).after
    award = back.file().award
    assert award
    assert (award.report_due, award.reminders[-1], award.reminded, award.stopped_at) == (
        REPORT_BY + timedelta(days=22), REPORT_BY + timedelta(days=20), 0, None,
    )  # fmt: skip
    back.when(c.MissReport(application=FILE), by=TIMER, at=refused_at).then("award.not_overdue")
    back.when(c.HandInReport(application=FILE, report="x"), by=ALI, at=REPORT_BY + timedelta(days=22)).then(e.ReportReceived)


def test_an_award_that_was_suspended_too_stands_still_from_the_first_of_both() -> None:
    """Suspended, then its end asked for; and stopped by its safeguards while its end was asked for."""
    ten, twenty, thirty = (NOW + timedelta(days=days) for days in (10, 20, 30))
    ending = given(*HALTED).when(ASK, by=OMAR, at=ten).after.when(REFUSE, by=IVO, at=twenty).after
    assert ending.when(RESUME, by=OLGA, at=thirty).after.file().due == REPORT_BY + timedelta(days=30)
    stopped = (*UNDER_WAY, Told(FILE, OMAR, END_ASKED, ten), Told(FILE, OLGA, STOPPED, twenty))
    back = given(*stopped).when(REFUSE, by=IVO, at=twenty).after
    assert back.file().stage is Stage.SUSPENDED
    assert back.when(RESUME, by=INES, at=thirty).after.file().due == REPORT_BY + timedelta(days=20)


def test_a_refusal_from_before_the_days_were_given_back_folds_to_the_day_that_it_told() -> None:
    refused = e.TerminationRefused(reason="x", due=REPORT_BY, calendar=CALENDAR)
    reminded = e.AwardReminded(awaited="report", reminder=1, due=REPORT_BY, calendar=CALENDAR)
    award = given(*UNDER_WAY, *did(TIMER, reminded), *did(OLGA, END_ASKED), *did(INES, refused)).file().award
    assert award
    assert (award.report_due, award.reminders, award.reminded, award.stage) == (REPORT_BY, REMINDING, 1, Stage.DELIVERY)


@passes(c.WithdrawTermination)
@refuses(c.WithdrawTermination, "termination.not_yours")
def test_whoever_asked_for_the_end_takes_it_back_and_nobody_else_so_that_no_award_waits_for_an_approver_who_may_not_decide() -> None:
    alone = UNDER_WAY + did(IVO, END_ASKED)
    for by in (OLGA, INES):
        given(*alone).when(WITHDRAW, by=by).then("termination.not_yours")
    given(*alone).when(WITHDRAW, by=IVO).then(e.TerminationWithdrawn)
    again = given(*alone).when(WITHDRAW, by=IVO).after.when(ASK, by=OLGA).after
    again.when(WITHDRAW, by=IVO).then("termination.not_yours")
    again.when(WITHDRAW, by=OLGA).then(e.TerminationWithdrawn)


def test_where_a_role_was_lent_or_opened_in_an_emergency_both_names_have_asked_for_the_end() -> None:
    for lender, tie in ((OLGA, LENT_TO_FINN), (INES, OPENED_TO_FINN)):
        asked = given(*UNDER_WAY, *tie, Told(FILE, FINN, END_ASKED, NOW, lender))
        for by in (FINN, lender):
            asked.when(WITHDRAW, by=by).then(e.TerminationWithdrawn)
        asked.when(WITHDRAW, by=OMAR).then("termination.not_yours")


# ── Given up by the city ──────────────────────────────────────────────────────


@passes(c.RelinquishAward)
def test_the_signatory_gives_an_award_up_while_it_runs_and_nobody_delivers_or_reports_any_more() -> None:
    for history in (UNDER_WAY, HALTED, OVERDUE):
        after = given(*history).when(RELINQUISH, by=AMINA).then(RELINQUISHED).after
        file = after.file()
        assert (file.stage, file.due, file.award and file.award.given_up) == (Stage.TERMINATION, in_days(28), RELINQUISHED)
        after.when(c.HandInReport(application=FILE, report="x"), by=ALI).then("workflow.not_now")
        after.when(RELINQUISH, by=AMINA).then("workflow.not_now")
        assert file.did(AMINA, "drafting")


@refuses(c.RelinquishAward, "award.signatory_needed")
@refuses(c.RelinquishAward, "workflow.not_your_city")
@refuses(c.RelinquishAward, "text.empty")
@refuses(c.RelinquishAward, "workflow.not_now")
def test_the_lead_citys_signatory_alone_says_so_with_a_reason_and_not_where_an_end_is_asked_for_or_the_report_is_in() -> None:
    given(*UNDER_WAY).when(RELINQUISH, by=ALI).then("award.signatory_needed")
    given(*UNDER_WAY).when(RELINQUISH, by=BELA).then("workflow.not_your_city")
    given(*UNDER_WAY).when(c.RelinquishAward(application=FILE, reason=" "), by=AMINA).then("text.empty", field="reason")
    for history in (OFFERED, REPORTED, TO_TERMINATE):
        given(*history).when(RELINQUISH, by=AMINA).then("workflow.not_now")
    given(*TO_TERMINATE).when(REFUSE, by=INES).after.when(RELINQUISH, by=AMINA).then(e.AwardRelinquished)


@passes(c.TerminateAward)
def test_what_an_award_that_was_given_up_did_not_use_is_free_as_at_any_early_end() -> None:
    told = given(*UNDER_WAY, *did(OLGA, VISIT)).when(RELINQUISH, by=AMINA).after
    told.when(HELD, by=OMAR).then(e.ActivityHeld)
    after = (
        told.when(TERMINATE, by=INES).then(msgspec.structs.replace(ENDED, days_released=2), On(PURSE, FREED), *ends("terminated", 2)).after
    )
    file = after.file()
    assert (file.stage, file.decision and file.decision.outcome, file.award and file.award.ending) == (
        Stage.LETTER, "terminated", "terminated",
    )  # fmt: skip
    assert (purse(after).balance, lakeside(after).has_running_award) == (purse(told).balance + 2_500_00, False)
    after.when(TERMINATE, by=INES).then("workflow.not_now")


def test_whoever_suspended_it_settles_it_no_more_than_they_end_it() -> None:
    held = given(*UNDER_WAY, *did(INES, STOPPED)).when(RELINQUISH, by=AMINA).after
    held.when(TERMINATE, by=INES).then("duty.not_apart")
    held.when(TERMINATE, by=IVO).then(e.AwardTerminated, On(PURSE, FREED), *ends("terminated"))


@refuses(c.RefuseTermination, "award.relinquished")
@refuses(c.WithdrawTermination, "award.relinquished")
def test_nobody_keeps_a_city_in_an_award_that_it_gave_up() -> None:
    """Not even who had asked for its end before, which was refused."""
    given(*UNDER_WAY, *did(AMINA, RELINQUISHED)).when(REFUSE, by=INES).then("award.relinquished")
    before = given(*TO_TERMINATE).when(REFUSE, by=INES).after.when(RELINQUISH, by=AMINA).after
    before.when(WITHDRAW, by=OLGA).then("award.relinquished")


def test_a_report_that_was_overdue_when_an_award_was_given_up_is_as_at_any_early_end() -> None:
    ended = [given(*OVERDUE).when(asked, by=by).after.when(TERMINATE, by=INES).after for asked, by in ((RELINQUISH, AMINA), (ASK, OLGA))]
    one, other = (lakeside(after) for after in ended)
    assert one.has_missed_report == other.has_missed_report


def test_an_incident_that_is_reported_after_an_award_was_given_up_does_not_bring_it_back() -> None:
    stopped = given(*UNDER_WAY, *did(AMINA, RELINQUISHED), *did(OLGA, STOPPED)).file()
    assert (stopped.stage, stopped.due) == (Stage.TERMINATION, in_days(28))


def test_days_that_the_hub_delivered_before_the_end_are_not_given_back() -> None:
    held = UNDER_WAY + did(OLGA, VISIT, END_ASKED)
    ended = given(*held).when(TERMINATE, by=INES).events[0]
    assert isinstance(ended, e.AwardTerminated)
    assert ended.days_released == 2


def test_the_end_of_an_award_relies_on_the_envelope_that_pays_and_on_the_hub_that_keeps_days_free() -> None:
    assert {PURSE, NORTH} <= reads(given(*TO_TERMINATE).file(), TERMINATE, INES, PROGRAMME)
