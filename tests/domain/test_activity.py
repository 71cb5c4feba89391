# ruff: noqa: F405
"""An award that was accepted: conditions met, activities held, the report received, late or given back, and the end."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import release
from fund.domain.application import Stage
from fund.domain.facts import On
from tests.domain.proof import passes, refuses
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track
from tests.domain.test_offer import ALL_BACK, SECOND, ends, hub, lakeside, purse

MET = c.RecordConditionMet(application=FILE, number=1, met_on=NOW.date(), evidence="Letter of the harbour office")
HELD = c.RecordActivity(
    application=FILE, format="visit", first_day=NOW.date(), last_day=NOW.date(), days=3, participants=12, hub="north"
)  # fmt: skip
"""On the day of the acceptance: three people of the hub, a day each."""
VISIT = e.ActivityHeld(
    format="visit", first_day=NOW.date(), last_day=NOW.date(), days=3, participants=12, hub="north", experts=(), note=""
)  # fmt: skip
HAND_IN = c.HandInReport(application=FILE, report="Dry quays")
MISS = c.MissReport(application=FILE)
RETURN = c.ReturnReport(application=FILE, reason="Say who took part")
CLOSE = c.CloseAward(application=FILE, spent=3_000_00)
MISSED = e.ReportMissed(due=REPORT_BY)
REMINDED = UNDER_WAY + did(TIMER, e.AwardReminded(awaited="report", reminder=2, due=REPORT_BY, calendar=CALENDAR))
OVERDUE = REMINDED + did(TIMER, MISSED) + did(TIMER, e.CityReportMissed(application=FILE, due=REPORT_BY), on=LAKESIDE)
FREED = e.FundsReleased(
    application=FILE, amount=500_00, currency="EUR", allocations=(e.Allocation(contribution=1, amount=500_00),), reason="closed"
)  # fmt: skip

# ── Conditions ────────────────────────────────────────────────────────────────


@passes(c.RecordConditionMet)
def test_each_condition_that_is_met_is_a_fact_of_its_own() -> None:
    for history in (UNDER_WAY, REPORTED, HALTED):
        expected = e.ConditionMet(number=1, met_on=NOW.date(), evidence="Letter of the harbour office")
        after = given(*conditional(history)).when(MET, by=OLGA).then(expected).after
        assert after.file().award
        assert after.when(MET, by=OLGA).then("award.condition_unknown", field="number")
        after.when(msgspec.structs.replace(MET, number=2), by=OLGA).then(e.ConditionMet)


@refuses(c.RecordConditionMet, "award.no_condition_open")
@refuses(c.RecordConditionMet, "award.condition_unknown")
@refuses(c.RecordConditionMet, "date.in_future")
def test_only_what_was_asked_for_can_be_met_and_not_in_the_future() -> None:
    given(*UNDER_WAY).when(MET, by=OLGA).then("award.no_condition_open")
    for number in (0, 3):
        command = msgspec.structs.replace(MET, number=number)
        given(*conditional(UNDER_WAY)).when(command, by=OLGA).then("award.condition_unknown", field="number")
    tomorrow = msgspec.structs.replace(MET, met_on=NOW.date() + timedelta(days=1))
    given(*conditional(UNDER_WAY)).when(tomorrow, by=OLGA).then("date.in_future", field="met_on")


# ── Activities ────────────────────────────────────────────────────────────────


@passes(c.RecordActivity)
def test_an_activity_says_what_was_held_when_for_how_many_and_who_delivered_it() -> None:
    for history in (UNDER_WAY, REPORTED):
        after = given(*history).when(HELD, by=OLGA).then(VISIT).after.file()
        assert after.award
        assert after.award.activities == (VISIT,)


@passes(c.RecordActivity)
@refuses(c.RecordActivity, "activity.after_stop")
def test_what_was_held_before_an_award_was_stopped_is_recorded_while_it_stands_still() -> None:
    later = NOW + timedelta(days=3)
    for history in (HALTED, TO_TERMINATE):
        stopped = given(*history)
        after = stopped.when(HELD, by=OMAR, at=later).then(VISIT).after
        next_day = msgspec.structs.replace(HELD, last_day=NOW.date() + timedelta(days=1))
        stopped.when(next_day, by=OMAR, at=later).then("activity.after_stop", field="last_day")
        assert after.file().stage is stopped.file().stage
        before, now = (release.unused(told.file(), 0, told.facts(IVO, later)).days for told in (stopped, after))
        assert before - now == VISIT.days


@passes(c.RecordActivity)
@refuses(c.RecordActivity, "activity.before_acceptance")
def test_support_begins_on_the_day_on_which_the_city_accepted_it_by_its_own_days() -> None:
    """Late in the evening of the office, when it is the next day already where the city is."""
    evening, later = NOW.replace(hour=20), NOW + timedelta(days=3)
    eve = msgspec.structs.replace(HELD, first_day=NOW.date() - timedelta(days=1))
    refused = given(*UNDER_WAY).when(eve, by=OLGA).then("activity.before_acceptance", field="first_day").refusal
    assert refused
    assert refused.about["date"] == NOW.date()
    accepted = given(*OFFERED).when(c.AcceptAward(application=FILE), by=AMINA, at=evening).after
    accepted.when(HELD, by=OLGA, at=later).then(VISIT)
    tokyo = msgspec.structs.replace(PROGRAMME.calendars["river"], code="tokyo", timezone="Asia/Tokyo", countries=("XK",))
    abroad = accepted.under(calendars={**PROGRAMME.calendars, "tokyo": tokyo})
    abroad.when(HELD, by=OLGA, at=later).then("activity.before_acceptance", field="first_day")
    next_day = NOW.date() + timedelta(days=1)
    abroad.when(msgspec.structs.replace(HELD, first_day=next_day, last_day=next_day), by=OLGA, at=later).then(e.ActivityHeld)


@refuses(c.RecordActivity, "activity.before_acceptance")
def test_an_award_that_is_offered_again_begins_with_its_second_acceptance_and_one_that_was_suspended_with_its_first() -> None:
    later, day = NOW + timedelta(days=30), NOW.date() + timedelta(days=9)
    between = msgspec.structs.replace(HELD, first_day=day, last_day=day)
    resumed = given(*HALTED).when(c.ResumeAward(application=FILE, reason="x"), by=OLGA, at=NOW + timedelta(days=5)).after
    resumed.when(HELD, by=OLGA, at=later).then(VISIT)
    resumed.when(between, by=OLGA, at=later).then(e.ActivityHeld)
    offered_again = (*UNDER_WAY, Told(FILE, TIMER, OFFER, NOW + timedelta(days=10)), Told(FILE, AMINA, TAKEN_ON, NOW + timedelta(days=11)))
    given(*offered_again).when(between, by=OLGA, at=later).then("activity.before_acceptance", field="first_day")


@passes(c.RecordActivity)
def test_experts_who_agreed_deliver_too() -> None:
    asked = e.ExpertProposed(person=POOLED, part="expert", city=None, city_name="", purpose="x", due=NOW, calendar=CALENDAR)
    helped = POOL + UNDER_WAY + did(OLGA, asked) + did(POOLED, e.ExpertAccepted(person=POOLED))
    by_expert = msgspec.structs.replace(HELD, hub="", experts=(POOLED,))
    given(*helped).when(by_expert, by=OLGA).then(msgspec.structs.replace(VISIT, hub=None, experts=(POOLED,)))


NOT_HELD: dict[str, tuple[str, dict[str, object]]] = {
    "of no kind there is": ("code.unknown", {"format": "parade"}),
    "ended before it began": ("activity.window_reversed", {"last_day": date(2031, 4, 30)}),
    "still to come": ("date.in_future", {"last_day": date(2031, 5, 6)}),
    "took no day": ("activity.days_out_of_range", {"days": 0}),
    "took more days than the fund gives": ("activity.days_out_of_range", {"days": 21}),
    "without anybody": ("activity.nobody_took_part", {"participants": 0}),
    "delivered by nobody": ("activity.nobody_delivered", {"hub": ""}),
    "delivered by another hub": ("activity.other_hub", {"hub": "south"}),
    "delivered by somebody who did not agree": ("activity.expert_not_agreed", {"experts": (POOLED,)}),
}


@refuses(c.RecordActivity, "code.unknown")
@refuses(c.RecordActivity, "activity.window_reversed")
@refuses(c.RecordActivity, "activity.days_out_of_range")
@refuses(c.RecordActivity, "activity.nobody_took_part")
@refuses(c.RecordActivity, "activity.nobody_delivered")
@refuses(c.RecordActivity, "activity.other_hub")
@refuses(c.RecordActivity, "activity.expert_not_agreed")
def test_what_was_not_held_so_is_refused() -> None:
    for why, (code, changes) in NOT_HELD.items():
        outcome = given(*UNDER_WAY).when(msgspec.structs.replace(HELD, **changes), by=OLGA)
        assert outcome.code == code, why


# ── The report ────────────────────────────────────────────────────────────────


@passes(c.HandInReport)
def test_any_representative_hands_the_report_in_and_the_office_closes_by_its_own_days() -> None:
    file = given(*UNDER_WAY).when(HAND_IN, by=ALI).then(REPORT).after.file()
    assert (file.stage, file.due) == (Stage.REPORTED, in_days(27))
    assert file.clock


@refuses(c.HandInReport, "text.empty")
@refuses(c.HandInReport, "workflow.not_now")
def test_a_report_says_something_and_follows_the_acceptance() -> None:
    given(*UNDER_WAY).when(c.HandInReport(application=FILE, report=" "), by=ALI).then("text.empty", field="report")
    early = given(*OFFERED).when(HAND_IN, by=ALI).then("workflow.not_now").refusal
    assert early
    assert early.about == {"command": "hand-in-report", "stage": "offer"}


@passes(c.MissReport)
@refuses(c.MissReport, "award.not_overdue")
@refuses(c.MissReport, "award.already_missed")
def test_a_report_that_did_not_come_is_overdue_once_and_the_city_is_told() -> None:
    given(*REMINDED).when(MISS, by=TIMER, at=REPORT_BY).then("award.not_overdue")
    told = On(LAKESIDE, e.CityReportMissed(application=FILE, due=REPORT_BY))
    after = given(*REMINDED).when(MISS, by=TIMER, at=REPORT_BY + SECOND).then(MISSED, told).after
    assert (after.file().stage, after.file().due, lakeside(after).has_missed_report) == (Stage.DELIVERY, REPORT_BY, True)
    after.when(MISS, by=TIMER, at=REPORT_BY + SECOND).then("award.already_missed")


@passes(c.HandInReport)
def test_late_is_better_than_never() -> None:
    outcome = given(*OVERDUE).when(HAND_IN, by=AMINA, at=REPORT_BY + timedelta(days=90))
    after = outcome.then(e.ReportReceived, On(LAKESIDE, e.CityReportReceived(application=FILE))).after
    assert (after.file().stage, lakeside(after).has_missed_report) == (Stage.REPORTED, False)


@passes(c.ReturnReport)
def test_a_report_that_does_not_do_goes_back_with_time_for_another() -> None:
    expected = e.ReportReturned(reason="Say who took part", due=REPORT_BY, calendar=CALENDAR, reminders=REMINDING)
    file = given(*REPORTED).when(RETURN, by=OLGA).then(expected).after.file()
    assert (file.stage, file.due, file.award and file.award.report) == (Stage.DELIVERY, REPORT_BY, None)
    late = REPORT_BY + timedelta(days=1)
    returned = given(*REPORTED).when(RETURN, by=OLGA, at=late).events[0]
    assert isinstance(returned, e.ReportReturned)
    assert returned.due == in_days(26, late)


@refuses(c.ReturnReport, "workflow.not_now")
def test_what_did_not_come_does_not_go_back() -> None:
    given(*UNDER_WAY).when(RETURN, by=OLGA).then("workflow.not_now")


# ── The end ───────────────────────────────────────────────────────────────────


@passes(c.CloseAward)
def test_what_was_not_used_goes_back_when_the_award_is_closed() -> None:
    held = REPORTED + did(OLGA, VISIT)
    closed = e.AwardClosed(spent=3_000_00, released=500_00, currency="EUR", days_released=2)
    after = given(*held).when(CLOSE, by=OLGA).then(closed, On(PURSE, FREED), *ends("closed", 2)).after
    file = after.file()
    assert (file.stage, file.due, file.award and file.award.ending) == (Stage.CLOSED, None, "closed")
    assert file.decision
    assert file.decision.outcome == "approved"
    assert (purse(after).balance, hub(after).days) == (5_000_00, {FILE: 3})
    assert not lakeside(after).has_running_award


@passes(c.CloseAward)
def test_an_award_that_was_used_up_gives_nothing_back() -> None:
    all_days = msgspec.structs.replace(VISIT, days=6)
    used = c.CloseAward(application=FILE, spent=3_500_00)
    given(*REPORTED, *did(OLGA, all_days)).when(used, by=OLGA).then(e.AwardClosed, *ends("closed", 0))


def test_days_of_experts_are_no_days_of_the_hub() -> None:
    by_expert = msgspec.structs.replace(VISIT, hub=None, experts=(POOLED,))
    closed = given(*REPORTED, *did(OLGA, by_expert)).when(CLOSE, by=OLGA).events[0]
    assert isinstance(closed, e.AwardClosed)
    assert closed.days_released == 5


@refuses(c.CloseAward, "award.spent_too_much")
def test_no_more_was_used_than_was_there() -> None:
    for spent in (3_500_01, -1):
        command = msgspec.structs.replace(CLOSE, spent=spent)
        given(*REPORTED).when(command, by=OLGA).then("award.spent_too_much", field="spent")
    given(*REPORTED).when(msgspec.structs.replace(CLOSE, spent=0), by=OLGA).then(
        e.AwardClosed, On(PURSE, msgspec.structs.replace(ALL_BACK, reason="closed")), *ends("closed")
    )


@refuses(c.CloseAward, "award.conditions_open")
def test_an_award_with_an_open_condition_is_not_closed() -> None:
    scenario = given(*conditional(REPORTED))
    one = scenario.when(MET, by=OLGA).after
    for open_one in (scenario, one):
        open_one.when(CLOSE, by=OLGA).then("award.conditions_open")
    one.when(msgspec.structs.replace(MET, number=2), by=OLGA).after.when(CLOSE, by=OLGA).then(
        e.AwardClosed, On(PURSE, FREED), *ends("closed")
    )


@refuses(c.CloseAward, "workflow.not_now")
def test_no_award_is_closed_without_its_report() -> None:
    given(*UNDER_WAY).when(CLOSE, by=OLGA).then("workflow.not_now")
