# ruff: noqa: F405
"""Questions to the city: who asks and answers, what stops, by whose days it is due, and what becomes of a question nobody answers."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import CLARIFIABLE, Stage
from fund.domain.programme import Calendar
from fund.processes.reactions import lapsed_clarifications, reminded_cities
from tests.domain.proof import passes, refuses
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track


def after_days(days: int, start: datetime = NOW) -> datetime:
    return start.replace(hour=23, minute=59, second=59) + timedelta(days=days)


ASK = c.RequestClarification(application=FILE, question="Which quays flood first?")
ANSWER = c.AnswerClarification(application=FILE, number=1, answer="The two at the ferry")
TAKE_BACK = c.WithdrawClarification(application=FILE, number=1, reason="It stands in the annex")
REMIND, LAPSE = c.RemindClarification(application=FILE, number=1), c.LapseClarification(application=FILE, number=1)
QUESTION = e.ClarificationRequested(
    number=1, question=ASK.question, due=after_days(6), calendar=CALENDAR, reminders=(after_days(2), after_days(4))
)
SECOND = msgspec.structs.replace(QUESTION, number=2, question="And who is moved?")
QUESTIONED = did(OLGA, QUESTION)
LAST_REMINDED = e.ClarificationReminded(number=1, reminder=2, due=after_days(6), calendar=CALENDAR)
REMINDED_OF = QUESTIONED + did(TIMER, LAST_REMINDED)
THREE_DAYS_ON, TOO_LATE = NOW + timedelta(days=3), after_days(6) + timedelta(seconds=1)
IN_EVERY_STAGE = {stage: REACHED[stage] for stage in CLARIFIABLE}


def said(number: int = 1, due_: datetime | None = None) -> e.ClarificationAnswered:
    return e.ClarificationAnswered(number=number, answer=ANSWER.answer, due=due_, calendar=CALENDAR if due_ else "")


# ── Asking ────────────────────────────────────────────────────────────────────


@passes(c.RequestClarification)
def test_an_officer_asks_in_every_stage_between_submission_and_decision_and_its_clock_stops() -> None:
    for stage, history in IN_EVERY_STAGE.items():
        after = given(*history).when(ASK, by=OLGA).then(QUESTION).after.file()
        assert (after.stage, after.due, after.calendar) == (stage, after_days(6), CALENDAR)
        assert [asked.number for asked in after.open_clarifications] == [1]


@passes(c.RequestClarification)
def test_an_approver_asks_too_and_may_decide_afterwards() -> None:
    asked = given(*PROPOSED).when(ASK, by=INES).then(QUESTION).after
    assert asked.file().did(INES, "questioning")
    asked.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then(APPROVAL, On(PURSE, COMMITMENT), *AWARDS)


@refuses(c.RequestClarification, "workflow.not_now")
def test_nobody_is_asked_about_a_draft_nor_once_it_is_decided() -> None:
    for history in (DRAFTED, APPROVED, DEFERRED, LISTED, CLOSED):
        given(*history).when(ASK, by=OLGA).then("workflow.not_now")


@refuses(c.RequestClarification, "workflow.role_needed")
def test_those_who_assess_independently_do_not_ask() -> None:
    for person in (EVA, HANA, AMINA):
        given(*ASSIGNED).when(ASK, by=person).then("workflow.role_needed")


@refuses(c.RequestClarification, "text.empty")
def test_a_question_says_something() -> None:
    given(*COMPLETE).when(msgspec.structs.replace(ASK, question=" "), by=OLGA).then("text.empty", field="question")


@passes(c.RequestClarification)
def test_several_questions_may_be_open_and_the_first_answer_due_is_the_next_date() -> None:
    later = NOW + timedelta(days=2)
    second = msgspec.structs.replace(SECOND, due=after_days(8), reminders=(after_days(4), after_days(6)))
    after = given(*COMPLETE, *QUESTIONED).when(msgspec.structs.replace(ASK, question=SECOND.question), by=OMAR, at=later).then(second).after
    assert after.file().due == after_days(6)
    assert [asked.number for asked in after.file().open_clarifications] == [1, 2]


# ── By whose days ─────────────────────────────────────────────────────────────

HILLS = Calendar(
    code="hills", version="2031", timezone="Asia/Amman", weekend=(4, 5), holidays=frozenset({date(2031, 5, 11)}),
    covers=(date(2031, 1, 1), date(2032, 12, 31)), source="test", countries=("XK",), hubs=("south",),
)  # fmt: skip
"""Friday and Saturday are off, and so is Sunday the 11th."""
IN_THE_HILLS = {"calendars": {**PROGRAMME.calendars, "hills": HILLS}}


def in_amman(day: int, month: int = 5) -> datetime:
    """The last second of that day there."""
    return datetime(2031, month, day, 20, 59, 59, tzinfo=UTC)


@passes(c.RequestClarification)
def test_an_answer_is_due_by_the_days_of_the_city_and_the_stage_by_those_of_the_office() -> None:
    scenario = given(*COMPLETE).under(**IN_THE_HILLS)
    # Tue 6, Wed 7, Thu 8 · Mon 12, Tue 13, Wed 14: Friday to Sunday are off.
    due_ = in_amman(14)
    asked = msgspec.structs.replace(QUESTION, due=due_, calendar="hills/2031", reminders=(in_amman(7), in_amman(12)))
    after = scenario.when(ASK, by=OLGA).then(asked).after
    assert (after.file().due, after.file().calendar) == (due_, "hills/2031")
    after.when(ANSWER, by=ALI, at=THREE_DAYS_ON).then(said(1, after_days(5)))


def test_what_a_city_completes_is_due_by_its_own_days() -> None:
    command = c.ReturnForCompletion(application=FILE, sections=("need", "results"), reason=RETURNED.reason)
    returned = msgspec.structs.replace(RETURNED, due=in_amman(19), calendar="hills/2031")
    given(*SUBMITTED).under(**IN_THE_HILLS).when(command, by=OLGA).then(returned)


def test_a_draft_is_due_by_the_days_of_the_city() -> None:
    command = c.StartApplication(application=FILE, reference="RTA-0000-0000", city=LAKESIDE, language="fr")
    begun = msgspec.structs.replace(started(), due=in_amman(20), calendar="hills/2031")
    given().under(**IN_THE_HILLS).when(command, by=AMINA).then(begun)


def test_an_opinion_is_due_by_the_days_of_its_hub() -> None:
    south = msgspec.structs.replace(ASKED_SOUTH, due=in_amman(12), calendar="hills/2031")
    scenario = given(*SUBMITTED_TO_BOTH).under(**IN_THE_HILLS)
    scenario.when(c.ConfirmCompleteness(application=FILE), by=OLGA).then(CONFIRMED, ASKED, south)


def test_a_hub_asked_later_answers_by_its_own_days_too() -> None:
    asked = e.HubAsked(hub="south", reason="Knows them", due=in_amman(12), calendar="hills/2031")
    command = c.AskHub(application=FILE, hub="south", reason="Knows them")
    given(*SOUTH_IS_OPEN, *COMPLETE).under(**IN_THE_HILLS).when(command, by=OLGA).then(asked)


def test_on_another_track_each_open_opinion_is_due_by_the_days_of_its_hub() -> None:
    both = SOUTH_IS_OPEN + SMALL_SAFE + did(OLGA, msgspec.structs.replace(SMALL_ASKED, hub="south"))
    own = (e.OpinionDue(hub="south", due=in_amman(12), calendar="hills/2031"),)
    moved = msgspec.structs.replace(left("officer", "eligibility", opinion_open=True), opinions=own)
    after = (
        given(*both).under(**IN_THE_HILLS).when(c.ChangeTrack(application=FILE, reason="x"), by=OLGA).then(e.TrackChangeAsked, moved).after
    )
    assert {hub: asked.due for hub, asked in after.file().opinions.items()} == {"north": due("hub_opinion"), "south": in_amman(12)}


def test_a_hub_whose_asking_moves_the_file_is_due_by_its_own_days_on_the_other_track() -> None:
    scenario = given(*SOUTH_IS_OPEN, *SMALL_COMPLETE).under(**IN_THE_HILLS)
    after = scenario.when(c.AskHub(application=FILE, hub="south", reason="x"), by=OLGA).then(e.HubAsked, e.TrackChanged).after.file()
    assert {hub: asked.due for hub, asked in after.opinions.items()} == {"north": due("hub_opinion"), "south": in_amman(12)}


# ── Answering ─────────────────────────────────────────────────────────────────


@passes(c.AnswerClarification)
def test_the_answer_restarts_the_clock_with_the_days_that_were_left() -> None:
    for stage, history in IN_EVERY_STAGE.items():
        after = given(*history, *QUESTIONED).when(ANSWER, by=ALI, at=THREE_DAYS_ON)
        left_ = DAYS[str(stage)]
        after.then(said(1, after_days(3 + left_)))
        assert (after.after.file().due, after.after.file().calendar) == (after_days(3 + left_), CALENDAR)


@passes(c.AnswerClarification)
def test_days_that_ran_before_the_question_are_gone() -> None:
    """Assessment has three days: one ran, the question stopped four, two are left."""
    asked_at, answered_at = NOW + timedelta(days=2), NOW + timedelta(days=5)
    question = msgspec.structs.replace(QUESTION, due=after_days(8), reminders=())
    history = (*ASSIGNED, Told(FILE, OLGA, question, asked_at))
    given(*history).when(ANSWER, by=AMINA, at=answered_at).then(said(1, after_days(7)))


@passes(c.AnswerClarification)
def test_a_stage_that_was_overdue_when_the_question_was_asked_stays_overdue() -> None:
    question = Told(FILE, OLGA, msgspec.structs.replace(QUESTION, due=after_days(12)), NOW + timedelta(days=5))
    given(*COMPLETE, question).when(ANSWER, by=AMINA, at=NOW + timedelta(days=9)).then(said(1, due("eligibility")))


@passes(c.AnswerClarification)
def test_the_clock_stands_still_until_the_last_answer_is_there() -> None:
    both = COMPLETE + did(OLGA, QUESTION, SECOND)
    one = given(*both).when(msgspec.structs.replace(ANSWER, number=2), by=ALI, at=NOW + timedelta(days=1)).then(said(2)).after
    assert (one.file().due, one.file().calendar) == (after_days(6), CALENDAR)
    one.when(ANSWER, by=ALI, at=THREE_DAYS_ON).then(said(1, after_days(3 + DAYS["eligibility"])))


@refuses(c.AnswerClarification, "clarification.none_open")
def test_nothing_is_answered_that_was_not_asked() -> None:
    for history in (COMPLETE, COMPLETE + QUESTIONED + did(ALI, said(1, due("eligibility")))):
        given(*history).when(ANSWER, by=ALI).then("clarification.none_open")


@refuses(c.AnswerClarification, "clarification.unknown")
def test_an_answer_names_its_question() -> None:
    given(*COMPLETE, *QUESTIONED).when(msgspec.structs.replace(ANSWER, number=2), by=ALI).then("clarification.unknown", field="number")


@refuses(c.AnswerClarification, "clarification.ended")
def test_a_question_is_answered_once() -> None:
    given(*COMPLETE, *did(OLGA, QUESTION, SECOND), *did(ALI, said())).when(ANSWER, by=ALI).then("clarification.ended", field="number")


@refuses(c.AnswerClarification, "clarification.too_late")
def test_a_late_answer_is_refused_once_the_city_was_reminded_whether_or_not_a_machine_has_said_so() -> None:
    given(*COMPLETE, *REMINDED_OF).when(ANSWER, by=ALI, at=TOO_LATE).then("clarification.too_late")
    given(*COMPLETE, *QUESTIONED).when(ANSWER, by=ALI, at=TOO_LATE).then(said(1, after_days(7 + DAYS["eligibility"])))
    given(*COMPLETE, *REMINDED_OF).when(ANSWER, by=ALI, at=after_days(6)).then(said(1, after_days(6 + DAYS["eligibility"])))
    second = msgspec.structs.replace(SECOND, due=after_days(9))
    both = given(*COMPLETE, *did(OLGA, QUESTION, second), *did(TIMER, LAST_REMINDED))
    both.when(ANSWER, by=ALI, at=TOO_LATE).then("clarification.too_late", field="number")


@refuses(c.AnswerClarification, "workflow.not_your_city")
def test_only_the_lead_city_answers() -> None:
    for person in (BELA, NILS, OLGA):
        given(*COMPLETE, *QUESTIONED).when(ANSWER, by=person).then("workflow.not_your_city")


# ── Taking it back ────────────────────────────────────────────────────────────


def taken_back(due_: datetime | None = None) -> e.ClarificationWithdrawn:
    return e.ClarificationWithdrawn(number=1, reason=TAKE_BACK.reason, due=due_, calendar=CALENDAR if due_ else "")


@passes(c.WithdrawClarification)
def test_any_officer_takes_a_question_back_and_the_clock_runs_again() -> None:
    for stage, history in IN_EVERY_STAGE.items():
        expected = taken_back(after_days(1 + DAYS[str(stage)]))
        after = given(*history, *QUESTIONED).when(TAKE_BACK, by=OMAR, at=NOW + timedelta(days=1)).then(expected).after
        after.when(ANSWER, by=ALI).then("clarification.none_open")
    given(*COMPLETE, *did(OLGA, QUESTION, SECOND)).when(TAKE_BACK, by=OMAR).then(taken_back())


@refuses(c.WithdrawClarification, "clarification.none_open")
def test_nothing_is_taken_back_that_is_not_open() -> None:
    given(*COMPLETE).when(TAKE_BACK, by=OLGA).then("clarification.none_open")
    two = COMPLETE + did(OLGA, QUESTION, SECOND, taken_back())
    given(*two).when(TAKE_BACK, by=OLGA).then("clarification.ended", field="number")


# ── Reminders, and silence ────────────────────────────────────────────────────


def reminded(reminder: int) -> e.ClarificationReminded:
    return e.ClarificationReminded(number=1, reminder=reminder, due=after_days(6), calendar=CALENDAR)


@passes(c.RemindClarification)
def test_a_city_is_reminded_once_each_of_its_days_has_passed() -> None:
    for stage, history in IN_EVERY_STAGE.items():
        first = given(*history, *QUESTIONED).when(REMIND, by=TIMER, at=THREE_DAYS_ON).then(reminded(1)).after
        assert (first.file().stage, first.file().due) == (stage, after_days(6))
        first.when(REMIND, by=TIMER, at=THREE_DAYS_ON).then("clarification.none_to_remind")
        last = first.when(REMIND, by=TIMER, at=after_days(5)).then(reminded(2)).after
        last.when(REMIND, by=TIMER, at=after_days(6)).then("clarification.none_to_remind")


@passes(c.RemindClarification)
def test_of_reminders_that_were_missed_the_last_counts_for_all() -> None:
    given(*COMPLETE, *QUESTIONED).when(REMIND, by=TIMER, at=after_days(5)).then(reminded(2))


@passes(c.RemindClarification)
@refuses(c.LapseClarification, "clarification.none_overdue")
def test_a_last_reminder_that_comes_late_leaves_two_days_all_the_same_and_the_clock_stands_until_they_are_over() -> None:
    questioned = given(*COMPLETE, *QUESTIONED)
    for at in (after_days(6), TOO_LATE, NOW + timedelta(days=40)):
        questioned.when(LAPSE, by=TIMER, at=at).then("clarification.none_overdue")
        later = after_days(2, at.replace(hour=12))
        expected = msgspec.structs.replace(LAST_REMINDED, due=later, instead_of=after_days(6))
        after = questioned.when(REMIND, by=TIMER, at=at).then(expected).after
        assert (after.file().due, after.file().calendar) == (later, CALENDAR)
        after.when(REMIND, by=TIMER, at=later).then("clarification.none_to_remind")
        after.when(ANSWER, by=ALI, at=later + timedelta(seconds=1)).then("clarification.too_late")
        after.when(LAPSE, by=TIMER, at=later).then("clarification.none_overdue")
        stage_due = later + timedelta(days=DAYS["eligibility"])
        lapsed_ = e.ClarificationLapsed(number=1, answer_due=later, due=stage_due, calendar=CALENDAR)
        after.when(LAPSE, by=TIMER, at=later + timedelta(days=9)).then(lapsed_)


@refuses(c.RemindClarification, "clarification.none_to_remind")
def test_nobody_is_reminded_before_the_day_nor_of_another_question() -> None:
    for at in (NOW, after_days(2)):
        given(*COMPLETE, *QUESTIONED).when(REMIND, by=TIMER, at=at).then("clarification.none_to_remind")
    later = msgspec.structs.replace(SECOND, reminders=(after_days(5),))
    two = given(*COMPLETE, *did(OLGA, QUESTION, later))
    two.when(msgspec.structs.replace(REMIND, number=2), by=TIMER, at=THREE_DAYS_ON).then("clarification.none_to_remind", field="number")


def lapsed(due_: datetime | None = None) -> e.ClarificationLapsed:
    return e.ClarificationLapsed(number=1, answer_due=after_days(6), due=due_, calendar=CALENDAR if due_ else "")


@passes(c.LapseClarification)
def test_past_its_day_a_question_lapses_and_the_clock_has_run_since_that_day_whenever_it_is_recorded() -> None:
    for stage, history in IN_EVERY_STAGE.items():
        for at in (TOO_LATE, NOW + timedelta(days=40)):
            after = given(*history, *REMINDED_OF).when(LAPSE, by=TIMER, at=at).then(lapsed(after_days(6 + DAYS[str(stage)]))).after.file()
            assert (after.stage, after.due, after.open_clarifications) == (stage, after_days(6 + DAYS[str(stage)]), ())


@passes(c.LapseClarification)
def test_a_question_that_lapses_leaves_the_others_open() -> None:
    second = msgspec.structs.replace(SECOND, due=after_days(9))
    two = (*COMPLETE, *did(OLGA, QUESTION, second), *did(TIMER, LAST_REMINDED))
    after = given(*two).when(LAPSE, by=TIMER, at=TOO_LATE).then(lapsed()).after
    assert after.file().due == after_days(9)


@refuses(c.LapseClarification, "clarification.none_overdue")
def test_nothing_lapses_before_its_day_has_passed() -> None:
    for at in (NOW, after_days(6)):
        given(*COMPLETE, *QUESTIONED).when(LAPSE, by=TIMER, at=at).then("clarification.none_overdue")


@refuses(c.LapseClarification, "clarification.not_overdue")
def test_only_what_is_overdue_lapses() -> None:
    second = msgspec.structs.replace(SECOND, due=after_days(9))
    both = given(*COMPLETE, *did(OLGA, QUESTION, second), *did(TIMER, LAST_REMINDED))
    both.when(msgspec.structs.replace(LAPSE, number=2), by=TIMER, at=TOO_LATE).then("clarification.not_overdue", field="number")


def test_a_machine_reminds_and_lapses_when_it_is_time_and_at_no_other() -> None:
    file = given(*COMPLETE, *QUESTIONED).file()
    for at, reminds, lapses in ((NOW, False, False), (THREE_DAYS_ON, True, False), (TOO_LATE, True, False)):
        assert reminded_cities(file, PROGRAMME, at) == (REMIND if reminds else None), at
        assert lapsed_clarifications(file, PROGRAMME, at) == (LAPSE if lapses else None), at
    done = given(*COMPLETE, *QUESTIONED, *did(TIMER, reminded(2))).file()
    assert (reminded_cities(done, PROGRAMME, TOO_LATE), lapsed_clarifications(done, PROGRAMME, after_days(6))) == (None, None)
    assert lapsed_clarifications(done, PROGRAMME, TOO_LATE) == LAPSE


# ── What becomes of an open question when the file moves on ──────────────────


def test_a_step_taken_meanwhile_starts_its_clock_only_when_the_answer_is_there() -> None:
    moved = given(*SUBMITTED, *QUESTIONED).when(c.ConfirmCompleteness(application=FILE), by=OLGA).then(CONFIRMED, ASKED).after
    assert (moved.file().stage, moved.file().due) == (Stage.ELIGIBILITY, after_days(6))
    assert moved.file().opinions["north"].due == due("hub_opinion")  # the hub was not asked
    moved.when(ANSWER, by=ALI, at=THREE_DAYS_ON).then(said(1, after_days(3 + DAYS["eligibility"])))


@pytest.mark.parametrize(
    ("history", "event", "stage"),
    [
        (SUBMITTED, RETURNED, Stage.DRAFT),
        (PROPOSED, APPROVAL, Stage.LETTER),
        (COMPLETE, e.Withdrawn(city=LAKESIDE, reason="x", due=due("letter"), calendar=CALENDAR), Stage.LETTER),
    ],
)
def test_a_file_that_goes_back_or_ends_waits_for_no_answer(history: History, event: e.ApplicationEvent, stage: Stage) -> None:
    after = given(*history, *QUESTIONED, *did(OLGA, event)).file()
    assert (after.stage, after.due) == (stage, event.due)  # type: ignore[attr-defined]  # each of the three has one
    assert [(asked.end, asked.ended_at) for asked in after.clarifications] == [("overtaken", NOW)]
