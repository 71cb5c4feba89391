# ruff: noqa: F405
"""An application that is suspended before it is decided: until a day, for a reason, and then on where it was with the time it had left."""

from datetime import datetime, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.clock import clock
from fund.domain.replacement import missing
from fund.domain.workflow import HELD_AT
from fund.processes import agenda
from fund.processes.reactions import resumed_files
from tests.domain.proof import passes, refuses
from tests.domain.screening import CALM, GREEN, recorded_as
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

SUSPEND = c.SuspendApplication(application=FILE, reason="A flood", review_on=in_days(9).date())
RESUME = c.ResumeApplication(application=FILE, reason="The water is gone")
MACHINE = c.ResumeApplication(application=FILE)
IN_FIVE = NOW + timedelta(days=5)
OVER = in_days(9) + timedelta(seconds=1)


def goes_on(days: int, at: datetime = IN_FIVE, **more: object) -> e.ApplicationResumed:
    return e.ApplicationResumed(stage="proposal", reason=RESUME.reason, due=in_days(days, at), calendar=CALENDAR, **more)  # type: ignore[arg-type]


@passes(c.ResumeApplication)
def test_an_officer_need_not_wait_for_a_machine_that_is_late() -> None:
    given(*ON_HOLD).when(RESUME, by=OMAR, at=OVER).then(goes_on(6, OVER))


# ── Suspending ────────────────────────────────────────────────────────────────


@passes(c.SuspendApplication)
@passes(c.ResumeApplication)
def test_from_every_step_before_the_decision_it_is_suspended_and_comes_back_to_it() -> None:
    for stage in HELD_AT:
        held = given(*REACHED[stage]).when(SUSPEND, by=OMAR).then(e.ApplicationSuspended).after
        file = held.file()
        assert (file.stage, file.due, file.calendar, file.clock) == (Stage.ON_HOLD, in_days(9), CALENDAR, None)
        back = held.when(RESUME, by=OMAR, at=IN_FIVE).then(e.ApplicationResumed).after.file()
        assert (back.stage, back.held, back.due) == (stage, None, in_days(DAYS[stage], IN_FIVE))


@refuses(c.SuspendApplication, "suspension.out_of_range")
def test_it_is_suspended_until_a_day_to_come_and_no_longer_than_a_decision_is_put_off() -> None:
    for day in (NOW.date(), in_days(DAYS["deferral"] + 1).date()):
        command = msgspec.structs.replace(SUSPEND, review_on=day)
        given(*COORDINATED).when(command, by=OLGA).then("suspension.out_of_range", field="review_on")
    given(*COORDINATED).when(msgspec.structs.replace(SUSPEND, review_on=due("deferral").date()), by=OLGA).then(e.ApplicationSuspended)


@refuses(c.SuspendApplication, "suspension.in_round")
def test_a_round_waits_for_nobody() -> None:
    given(*RACE).when(SUSPEND, by=OMAR).then("suspension.in_round")


@refuses(c.SuspendApplication, "workflow.not_now")
def test_what_is_not_submitted_or_is_decided_is_not_suspended() -> None:
    for history in (DRAFTED, ON_HOLD, APPROVED, DEFERRED, CLOSED):
        given(*history).when(SUSPEND, by=OLGA).then("workflow.not_now")


def test_nothing_is_done_while_it_is_suspended_but_its_cities_may_go() -> None:
    given(*ON_HOLD).when(c.MakeProposal(application=FILE, recommendation="decline", reason="x"), by=OLGA).then("workflow.not_now")
    left = given(*ON_HOLD).when(c.LeaveApplication(application=FILE, city=HILLTOWN, reason="x"), by=BELA).then(e.PartnerLeft).after.file()
    assert (left.stage, left.due) == (Stage.ON_HOLD, in_days(9))
    gone = given(*ON_HOLD).when(c.WithdrawApplication(application=FILE, reason="x"), by=AMINA).then(e.Withdrawn).after.file()
    assert (gone.stage, gone.held) == (Stage.LETTER, None)


def test_money_that_is_held_back_for_it_stays_held_back() -> None:
    back = given(*TAKEN_UP).when(SUSPEND, by=OMAR).then(e.ApplicationSuspended).after
    assert back.file().reserved == EMPTY
    assert back.when(RESUME, by=OMAR, at=IN_FIVE).then(e.ApplicationResumed).after.file().reserved == EMPTY


# ── Going on ──────────────────────────────────────────────────────────────────


def test_it_goes_on_where_it_was_with_the_days_that_were_left() -> None:
    """Its proposal was due in six days; two of them had passed, and the third was that of the suspension."""
    at = NOW + timedelta(days=3)
    held = given(*COORDINATED).when(SUSPEND, by=OLGA, at=at).then(msgspec.structs.replace(PUT_ASIDE, left=4)).after
    file = held.when(RESUME, by=OMAR, at=IN_FIVE).then(goes_on(4)).after.file()
    shown = clock(file, IN_FIVE + timedelta(days=1), PROGRAMME.calendars["river"])
    assert shown
    assert (shown.day, shown.allowed, shown.running, shown.stopped, shown.due) == (1, 4, 1, 0, in_days(4, IN_FIVE))


def test_what_was_overdue_has_one_day_more() -> None:
    at = due("proposal") + timedelta(days=1)
    command = msgspec.structs.replace(SUSPEND, review_on=in_days(12).date())
    held = given(*COORDINATED).when(command, by=OLGA, at=at).then(e.ApplicationSuspended).after
    held.when(RESUME, by=OLGA, at=in_days(10)).then(goes_on(1, in_days(10)))


def test_a_question_that_is_open_is_waited_for_no_more_and_the_days_it_stopped_stay_stopped() -> None:
    asked = given(*COORDINATED).when(c.RequestClarification(application=FILE, question="x"), by=OLGA).then(e.ClarificationRequested).after
    held = asked.when(SUSPEND, by=OMAR, at=NOW + timedelta(days=3)).then(msgspec.structs.replace(PUT_ASIDE, left=6)).after
    assert [one.end for one in held.file().clarifications] == ["overtaken"]
    assert held.when(RESUME, by=OMAR, at=IN_FIVE).then(goes_on(6)).after.file().open_clarifications == ()


def test_what_others_owe_it_is_due_later_too() -> None:
    """An opinion that was due in four days, and an answer of somebody who was asked today."""
    invited = e.ExpertProposed(person=FINN, part="expert", city=None, city_name="", purpose="x", due=due("expert"), calendar=CALENDAR)
    held = given(*UNANSWERED, *did(OLGA, invited)).when(SUSPEND, by=OMAR).then(e.ApplicationSuspended).after
    file = held.when(RESUME, by=OMAR, at=IN_FIVE).then(e.ApplicationResumed).after.file()
    assert [asked.due for asked in file.open_opinions] == [in_days(DAYS["hub_opinion"] + 1, IN_FIVE)]
    assert [asked.due for asked in file.invited] == [due("expert", IN_FIVE)]


def test_a_hub_is_not_reminded_meanwhile_and_then_as_long_before_its_later_day() -> None:
    reminded = given(*TO_BE_REMINDED, *did(TIMER, e.HubReminded(hub="north", due=ASKED.due)))
    before = reminded.file().opinions["north"]
    held = reminded.when(SUSPEND, by=OMAR).then(e.ApplicationSuspended).after
    held.when(c.RemindHub(application=FILE, hub="north"), by=TIMER).then("workflow.not_now")
    after = held.when(RESUME, by=OMAR, at=IN_FIVE).then(e.ApplicationResumed).after.file().opinions["north"]
    assert before.remind_at
    assert (after.due, after.reminded) == (in_days(DAYS["hub_opinion"] + 1, IN_FIVE), False)
    assert after.remind_at == after.due - timedelta(days=(before.due.date() - before.remind_at.date()).days)


def test_help_with_the_safeguards_keeps_the_days_it_had_left() -> None:
    asked = e.SafeguardHelpAsked(hub="north", questions=("NAMES",), due=in_days(2), calendar=CALENDAR)
    held = given(*CHECKED, *did(OLGA, asked)).when(SUSPEND, by=OMAR, at=NOW + timedelta(days=1)).then(e.ApplicationSuspended).after
    held.when(c.HelpWithSafeguards(application=FILE, answers=()), by=HANA).then("workflow.not_now")
    help = held.when(RESUME, by=OMAR, at=IN_FIVE).then(e.ApplicationResumed).after.file().safeguard_help
    assert help
    assert (help.due, help.is_open) == (in_days(2, IN_FIVE), True)


def test_who_has_not_judged_yet_has_the_days_of_the_last_of_them_and_nobody_is_named() -> None:
    """Tom was asked some days after Eva: his days go beyond those of the step."""
    assigned = (e.AssessorAssigned(assessor=who, due=in_days(days), calendar=CALENDAR) for who, days in ((EVA, 3), (TOM, 5)))
    held = given(*ADVISED, *did(OLGA, *assigned)).when(SUSPEND, by=OMAR, at=NOW + timedelta(days=2)).then(e.ApplicationSuspended).after
    assert held.file().assessors_due == {EVA: in_days(3), TOM: in_days(5)}
    back = held.when(RESUME, by=OMAR, at=IN_FIVE).then(e.ApplicationResumed)
    assert back.after.file().assessors_due == dict.fromkeys((EVA, TOM), in_days(4, IN_FIVE))
    assert EVA not in str(back.events)


def test_a_level_of_safeguards_does_not_stand_still() -> None:
    """Two months after it was looked at a level holds no longer, whether or not somebody worked on the file."""
    held = recorded_as(GREEN, CHECKED, CALM).when(SUSPEND, by=OMAR).then(e.ApplicationSuspended).after
    later = NOW + timedelta(days=70)
    back = held.when(RESUME, by=OMAR, at=later).then(e.ApplicationResumed).after
    back.when(c.ConfirmEligibility(application=FILE), by=OLGA, at=later).then("safeguards.stale")


def test_whatever_others_owe_it_nothing_is_overdue_while_it_is_suspended_nor_when_it_goes_on() -> None:
    """A machine is late by many days; then each clock has at least a day."""
    late = NOW + timedelta(days=60)
    helping = e.SafeguardHelpAsked(hub=None, questions=("NAMES",), due=in_days(2), calendar=CALENDAR)
    invited = e.ExpertProposed(person=FINN, part="expert", city=None, city_name="", purpose="x", due=due("expert"), calendar=CALENDAR)
    owing = did(OLGA, helping, invited)
    asked = e.AssessorAssigned(assessor=EVA, due=in_days(3), calendar=CALENDAR)
    histories = [*(REACHED[stage] for stage in HELD_AT), TO_BE_REMINDED + owing, ADVISED + did(OLGA, asked) + owing]
    for history in histories:
        held = given(*history).when(SUSPEND, by=OMAR).then(e.ApplicationSuspended).after
        assert [one.command for one in agenda.of_file(held.file(), PROGRAMME, late)] == [MACHINE]
        back = held.when(MACHINE, by=TIMER, at=late).then(e.ApplicationResumed).after
        assert list(agenda.of_file(back.file(), PROGRAMME, late)) == []
        file, facts = back.file(), back.facts(TIMER, late)
        assert not any(missing(file, who, facts) for who in file.assessors)
        assert not file.safeguard_help or file.safeguard_help.due > late


def test_an_earlier_letter_counts_as_delivered_meanwhile() -> None:
    """Of a refusal that was corrected: it reached its city whether or not somebody works on the file now."""
    held = given(*TO_CORRECT, *did(IVO, CORRECTED)).when(SUSPEND, by=OMAR).then(e.ApplicationSuspended).after
    delivered = c.DeemDelivered(application=FILE, letter=1)
    assert [one.command for one in agenda.of_file(held.file(), PROGRAMME, OVER + timedelta(days=60))] == [MACHINE, delivered]
    after = held.when(delivered, by=TIMER, at=OVER + timedelta(days=60)).then(e.LetterDeemedDelivered).after.file()
    assert (after.stage, after.due) == (Stage.ON_HOLD, in_days(9))


@passes(c.ResumeApplication)
@refuses(c.ResumeApplication, "suspension.not_yet")
def test_a_machine_lets_it_go_on_once_its_day_is_over_and_not_before() -> None:
    held = given(*ON_HOLD)
    assert resumed_files(held.file(), PROGRAMME, in_days(9)) is None
    held.when(MACHINE, by=TIMER, at=in_days(9)).then("suspension.not_yet")
    assert resumed_files(held.file(), PROGRAMME, OVER) == MACHINE
    held.when(MACHINE, by=TIMER, at=OVER).then(msgspec.structs.replace(goes_on(6, OVER), reason=""))


@refuses(c.ResumeApplication, "text.empty")
def test_a_person_says_why_it_goes_on() -> None:
    given(*ON_HOLD).when(MACHINE, by=OLGA).then("text.empty", field="reason")


@refuses(c.ResumeApplication, "workflow.not_now")
def test_what_is_not_suspended_does_not_go_on() -> None:
    given(*COORDINATED).when(RESUME, by=OLGA).then("workflow.not_now")
