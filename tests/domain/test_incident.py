# ruff: noqa: F405
"""While an award runs: what happens is reported, its safeguards are looked at again, and what is found lets it go on or does not."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain import visibility as v
from fund.domain.application import Stage
from fund.domain.registers import City
from tests.domain.proof import passes, refuses
from tests.domain.screening import *  # noqa: F403  # the world in which questions are asked
from tests.domain.test_suspension import ASK, REFUSE, RESUME, TERMINATE, WITHDRAW

TODAY = NOW.date()
TELL = c.ReportIncident(application=FILE, happened_on=TODAY, account="Somebody was followed home")
STOP = msgspec.structs.replace(TELL, stop=True)
AGE = c.AskScreening(application=FILE)
CLOSE = c.CloseAward(application=FILE, spent=0)
LOOK_BY = in_days(3)
TOLD = e.IncidentReported(number=1, by="hub", happened_on=TODAY, account=TELL.account, due=LOOK_BY, calendar=CALENDAR)
STANDS_STILL = e.AwardSuspended(reason="", review_on=LOOK_BY.date(), due=LOOK_BY, calendar=CALENDAR, cause="safeguards")
LAST_DAY_OF_LOOK = end_of(date(2031, 7, 5))
"""Two months after the level was recorded."""


def look(level: p.SafeguardLevel, *mitigations: c.Mitigation) -> c.ScreenAward:
    return c.ScreenAward(application=FILE, level=level, reason="Looked at again", mitigations=mitigations)


CALM_AGAIN, LESSENED, GRAVE, NEVER = look("green"), look("amber", MITIGATION), look("red", MITIGATION), look("black")


def award(history: History = UNDER_WAY, section: Safeguards = CALM) -> Scenario:
    """An award under a programme that asks, and where others sign what is amber."""
    return screening(history, section).under(safeguards=SIGNED)


def looked(command: c.ScreenAward, history: History = UNDER_WAY) -> Scenario:
    return award(history).when(TELL, by=HANA).after.when(command, by=OLGA).after


def stage(scenario: Scenario) -> Stage:
    return scenario.file().stage


def signed(scenario: Scenario) -> Scenario:
    screen = screen_of(scenario)
    hub = c.SignSafeguards(application=FILE, screen=screen, reason="x")
    return scenario.when(hub, by=HANA).after.when(c.CountersignSafeguards(application=FILE, screen=screen, reason="x"), by=OMAR).after


# ── Reporting ─────────────────────────────────────────────────────────────────


@passes(c.ReportIncident)
def test_whoever_is_near_an_award_reports_and_somebody_looks_again_by_the_days_of_the_office() -> None:
    for who, by in ((ALI, "city"), (AMINA, "city"), (BELA, "city"), (HANA, "hub"), (OMAR, "central"), (INES, "central")):
        told = msgspec.structs.replace(TOLD, by=by)
        for history, at in (
            (UNDER_WAY, Stage.DELIVERY),
            (REPORTED, Stage.REPORTED),
            (HALTED, Stage.SUSPENDED),
            (TO_TERMINATE, Stage.TERMINATION),
        ):
            there = award(history)
            file = there.when(TELL, by=who).then(told).after.file()
            assert (file.stage, file.due) == (at, there.file().due)
            assert file.award
            assert (file.award.incidents, file.award.screening and file.award.screening.due) == ((told,), LOOK_BY)


@refuses(c.ReportIncident, "incident.not_yours")
@refuses(c.ReportIncident, "incident.not_foreseen")
@refuses(c.ReportIncident, "date.in_future")
@refuses(c.ReportIncident, "workflow.not_now")
def test_nobody_else_reports_nor_what_is_still_to_come_nor_where_nobody_would_look() -> None:
    for who in (EVA, AUDE, NILS, HUGO):
        award().when(TELL, by=who).then("incident.not_yours")
    for tie in (
        did(ADA, e.AffiliationRecorded(person=OMAR, city=HILLTOWN), on=OMAR),
        did(OMAR, e.ConflictDeclared(
            number=1, person=OMAR, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None, tainted=()
        )),
    ):  # fmt: skip
        award().and_(*tie).when(TELL, by=OMAR).then("incident.not_yours")
    award().and_(*did(OMAR, TAKEN_ON)).when(STOP, by=OMAR).then("incident.not_yours")
    loan = e.RoleDelegated(
        person=FINN, number=1, lender=OLGA, role="officer", scope=None, first=TODAY, last=TODAY, starts=NOW, ends=last_of(0),
        calendar=CALENDAR, reason="x",
    )  # fmt: skip
    of_hana = msgspec.structs.replace(loan, number=2, lender=HANA, role="coordinator", scope="north")
    opened = did(FINN, e.EmergencyAccessAsked(number=1, person=FINN, role="officer", answer_by=loan.ends, reason="x")) + did(
        INES, e.EmergencyAccessOpened(number=1, person=FINN, role="officer", open_until=loan.ends)
    )
    for part in (did(OLGA, loan, on=FINN), did(HANA, of_hana, on=FINN), opened):
        award().and_(*part).when(STOP, by=FINN).then("incident.not_yours")
    tomorrow = msgspec.structs.replace(TELL, happened_on=TODAY + timedelta(days=1))
    award().when(tomorrow, by=ALI).then("date.in_future", field="happened_on")
    given(*UNDER_WAY).when(TELL, by=ALI).then("incident.not_foreseen")
    award().under(safeguards=msgspec.structs.replace(SIGNED, screen_days=None)).when(TELL, by=ALI).then("incident.not_foreseen")
    for history in (OFFERED, PROPOSED):
        award(history).when(TELL, by=ALI).then("workflow.not_now")


@passes(c.ReportIncident)
@refuses(c.ReportIncident, "incident.may_not_stop")
def test_what_may_go_on_doing_harm_stops_the_award_in_the_same_commit_where_the_programme_lets_the_reporter_say_so() -> None:
    for history in (UNDER_WAY, REPORTED):
        after = award(history).when(STOP, by=HANA).then(TOLD, STANDS_STILL).after
        file = after.file()
        assert (file.stage, file.due, file.award and file.award.suspended) == (Stage.SUSPENDED, LOOK_BY, STANDS_STILL)
    award(HALTED).when(STOP, by=HANA).then(TOLD)
    award().when(STOP, by=ALI).then("incident.may_not_stop", field="stop")
    award().under(safeguards=msgspec.structs.replace(SIGNED, may_stop=())).when(STOP, by=HANA).then("incident.may_not_stop", field="stop")


@passes(c.ReportIncident)
@passes(c.RefuseTermination)
@passes(c.WithdrawTermination)
def test_what_is_reported_to_be_stopped_while_its_end_is_asked_for_does_not_run_when_it_is_not_ended() -> None:
    there = award(TO_TERMINATE)
    stopped = there.when(STOP, by=HANA).then(TOLD, STANDS_STILL).after
    file = stopped.file()
    assert (file.stage, file.due, file.award and file.award.suspended) == (Stage.TERMINATION, there.file().due, STANDS_STILL)
    stopped.when(STOP, by=HANA).then(e.IncidentReported)
    for command, by, event in ((REFUSE, IVO, e.TerminationRefused), (WITHDRAW, OLGA, e.TerminationWithdrawn)):
        again = stopped.when(command, by=by).then(event).after
        assert (stage(again), again.file().due) == (Stage.SUSPENDED, LOOK_BY)
        again.when(RESUME, by=OMAR).then("incident.to_look_at")
        at = NOW + timedelta(days=2)
        resumed = again.when(CALM_AGAIN, by=OMAR, at=at).after.when(RESUME, by=OMAR, at=at).then(e.AwardResumed).after
        assert resumed.file().due == REPORT_BY + timedelta(days=2)


@passes(c.RefuseTermination)
@passes(c.WithdrawTermination)
def test_while_a_look_is_awaited_an_award_that_is_not_ended_stands_still_until_then() -> None:
    late = in_days(4)
    for history, runs_at in ((UNDER_WAY, Stage.DELIVERY), (REPORTED, Stage.REPORTED)):
        told = award(history).when(TELL, by=ALI).after.when(ASK, by=OLGA).after
        for command, by, event in ((REFUSE, IVO, e.TerminationRefused), (WITHDRAW, OLGA, e.TerminationWithdrawn)):
            for at in (late, NOW):
                again = told.when(command, by=by, at=at).then(e.AwardSuspended, event).after
                assert (stage(again), again.file().due) == (Stage.SUSPENDED, in_days(3, at))
            again.when(RESUME, by=OMAR).then("incident.to_look_at")
            assert stage(again.when(CALM_AGAIN, by=OMAR).after.when(RESUME, by=OMAR).after) is runs_at
            seen = told.when(CALM_AGAIN, by=OMAR).after
            assert stage(seen.when(command, by=by).then(event).after) is runs_at
    day = timedelta(days=1)
    refused = award(TO_TERMINATE).when(TELL, by=ALI).after.when(REFUSE, by=IVO, at=NOW + day).after
    resumed = refused.when(CALM_AGAIN, by=OMAR).after.when(RESUME, by=OMAR, at=NOW + 3 * day).after
    assert resumed.file().due == REPORT_BY + 3 * day, "with the days since its end was asked for"
    amber = looked(LESSENED, TO_TERMINATE).when(TELL, by=HANA).after
    amber.when(REFUSE, by=IVO).then(e.AwardSuspended, e.TerminationRefused)
    looked(NEVER, TO_TERMINATE).when(TELL, by=HANA).after.when(REFUSE, by=IVO).then("incident.only_ended")


def test_a_report_of_an_award_that_stood_still_is_due_as_many_days_later() -> None:
    halted = award().when(STOP, by=HANA).after
    at = NOW + timedelta(days=2)
    resumed = halted.when(CALM_AGAIN, by=OLGA, at=at).after.when(RESUME, by=OLGA, at=at)
    assert resumed.after.file().due == REPORT_BY + timedelta(days=2)


def test_a_second_incident_is_looked_at_with_the_first_and_by_the_same_day() -> None:
    once = award().when(TELL, by=ALI).after
    again = once.when(TELL, by=HANA, at=NOW + timedelta(days=1)).then(msgspec.structs.replace(TOLD, number=2)).after
    file = again.when(CALM_AGAIN, by=OLGA).then(e.SafeguardsRecorded).after.file()
    assert file.award
    assert (len(file.award.incidents), file.award.screening) == (2, None)
    anew = again.when(CALM_AGAIN, by=OLGA).after.when(TELL, by=HANA, at=NOW + timedelta(days=1)).after.file()
    assert anew.award
    assert anew.award.screening
    assert anew.award.screening.due == in_days(4)


# ── Age ───────────────────────────────────────────────────────────────────────


@passes(c.AskScreening)
@refuses(c.AskScreening, "incident.no_screening_due")
@refuses(c.AskScreening, "incident.not_foreseen")
def test_a_look_that_holds_no_longer_is_asked_for_again_while_support_is_to_come() -> None:
    stale = LAST_DAY_OF_LOOK + timedelta(seconds=1)
    for history, where in ((UNDER_WAY, Stage.DELIVERY), (HALTED, Stage.SUSPENDED)):
        there = award(history).when(CALM_AGAIN, by=OLGA).after
        there.when(AGE, by=TIMER, at=LAST_DAY_OF_LOOK).then("incident.no_screening_due")
        asked = there.when(AGE, by=TIMER, at=stale).then(e.ScreeningAsked(due=in_days(3, stale), calendar=CALENDAR)).after
        assert stage(asked) is where
        asked.when(AGE, by=TIMER, at=stale).then("incident.no_screening_due")
        afresh = asked.when(CALM_AGAIN, by=OLGA, at=stale).after
        afresh.when(AGE, by=TIMER, at=stale).then("incident.no_screening_due")
    award().when(AGE, by=TIMER, at=stale).then("incident.no_screening_due")
    paused = award(REPORTED + did(OLGA, STOPPED)).when(CALM_AGAIN, by=OLGA).after
    paused.when(AGE, by=TIMER, at=stale).then("incident.no_screening_due")
    given(*UNDER_WAY).when(AGE, by=TIMER).then("incident.not_foreseen")


# ── Looking again ─────────────────────────────────────────────────────────────


@passes(c.ScreenAward)
def test_green_ends_the_look_and_whatever_runs_goes_on_running() -> None:
    for history in (UNDER_WAY, REPORTED, HALTED, TO_TERMINATE):
        there = award(history).when(TELL, by=HANA).after
        outcome = there.when(CALM_AGAIN, by=OLGA).then(e.SafeguardsRecorded)
        file = outcome.after.file()
        assert (file.stage, file.due, file.award and file.award.screening) == (there.file().stage, there.file().due, None)
        assert file.screen
        assert (file.screen.recorded.questions, file.screen.recorded.valid_until) == ("banks-1", LAST_DAY_OF_LOOK)


@passes(c.ScreenAward)
def test_what_green_agrees_all_the_same_is_asked_for_at_once_where_the_award_runs() -> None:
    now = c.Mitigation(text="Doors are kept shut", owner="Us", due_on=TODAY)
    agreed = (MITIGATION, msgspec.structs.replace(now, office="hub"), msgspec.structs.replace(now, office="city"))
    green = look("green", *agreed)
    today = end_of(TODAY)
    for history in (UNDER_WAY, REPORTED):
        events = award(history).when(green, by=OLGA).then(e.SafeguardsRecorded, *[e.MitigationAgreed] * 3, *[e.MitigationAsked] * 3).events
        asked = [(one.number, one.city, one.hub, one.due) for one in events if isinstance(one, e.MitigationAsked)]
        assert asked == [(1, None, None, end_of(MITIGATION.due_on)), (2, None, "north", today), (3, LAKESIDE, None, today)]
    halted = award(HALTED).when(green, by=OLGA).then(e.SafeguardsRecorded, *[e.MitigationAgreed] * 3).after
    halted.when(RESUME, by=OLGA).then(e.AwardResumed, *[e.MitigationAsked] * 3)


@passes(c.RefuseTermination)
@passes(c.WithdrawTermination)
@refuses(c.WithdrawTermination, "incident.only_ended")
def test_what_is_agreed_while_an_end_is_asked_for_is_asked_for_once_the_award_runs_again() -> None:
    ending = award(TO_TERMINATE).when(look("green", MITIGATION), by=OLGA).then(e.SafeguardsRecorded, e.MitigationAgreed).after
    ending.when(WITHDRAW, by=OLGA).then(e.TerminationWithdrawn, e.MitigationAsked)
    award(TO_TERMINATE).when(NEVER, by=OLGA).after.when(WITHDRAW, by=OLGA).then("incident.only_ended")
    again = ending.when(REFUSE, by=IVO).then(e.TerminationRefused, e.MitigationAsked).after
    assert again.when(ASK, by=OMAR).after.when(REFUSE, by=IVO).then(e.TerminationRefused)
    stopped = award(HALTED).when(look("green", MITIGATION), by=OLGA).after.when(ASK, by=OMAR).after
    stopped.when(REFUSE, by=IVO).then(e.TerminationRefused).after.when(RESUME, by=OLGA).then(e.AwardResumed, e.MitigationAsked)


@passes(c.ScreenAward)
def test_what_is_not_green_stands_still() -> None:
    for history in (UNDER_WAY, REPORTED):
        there = award(history)
        there.when(LESSENED, by=OLGA).then(e.SafeguardsRecorded, e.MitigationAgreed, e.SignatureAsked, e.SignatureAsked, STANDS_STILL)
        there.when(GRAVE, by=OLGA).then(e.SafeguardsRecorded, e.MitigationAgreed, STANDS_STILL)
        assert stage(there.when(NEVER, by=OLGA).then(e.SafeguardsRecorded, STANDS_STILL).after) is Stage.SUSPENDED
    for history in (HALTED, TO_TERMINATE):
        award(history).when(NEVER, by=OLGA).then(e.SafeguardsRecorded)


@refuses(c.ScreenAward, "safeguards.too_low")
@refuses(c.ScreenAward, "safeguards.mitigation_needed")
@refuses(c.ScreenAward, "duty.not_apart")
@refuses(c.ScreenAward, "incident.not_foreseen")
@refuses(c.ScreenAward, "workflow.role_needed")
def test_nobody_looks_again_who_reported_nor_below_what_the_answers_ask_for() -> None:
    award(UNDER_WAY, NAMING).when(CALM_AGAIN, by=OLGA).then("safeguards.too_low", field="level")
    award().when(look("amber"), by=OLGA).then("safeguards.mitigation_needed", field="mitigations")
    award().when(TELL, by=OLGA).after.when(CALM_AGAIN, by=OLGA).then("duty.not_apart")
    award().when(CALM_AGAIN, by=INES).then("workflow.role_needed")
    given(*UNDER_WAY).when(CALM_AGAIN, by=OLGA).then("incident.not_foreseen")


# ── What it lets go on ────────────────────────────────────────────────────────


@passes(c.ResumeAward)
@refuses(c.ResumeAward, "incident.to_look_at")
@refuses(c.ResumeAward, "safeguards.unsigned")
def test_amber_goes_on_once_it_is_signed_and_nothing_does_while_a_look_is_awaited() -> None:
    stopped = award().when(STOP, by=HANA).after
    stopped.when(RESUME, by=OLGA).then("incident.to_look_at")
    amber = stopped.when(LESSENED, by=OLGA).after
    amber.when(RESUME, by=INES).then("safeguards.unsigned")
    running_again = signed(amber).when(RESUME, by=OLGA).then(e.AwardResumed, e.MitigationAsked).after
    assert stage(running_again) is Stage.DELIVERY
    assert stage(signed(looked(LESSENED, REPORTED)).when(RESUME, by=OLGA).after) is Stage.REPORTED


@passes(c.SignSafeguards)
@passes(c.CountersignSafeguards)
@passes(c.SignInPlaceOfHub)
@passes(c.RemindOfSafeguards)
def test_signatures_are_given_and_reminded_of_where_an_award_stands_still() -> None:
    late = in_days(2) + timedelta(seconds=1)
    remind = c.RemindOfSafeguards(application=FILE)
    for history, where in ((UNDER_WAY, Stage.SUSPENDED), (TO_TERMINATE, Stage.TERMINATION)):
        there = looked(LESSENED, history)
        assert stage(signed(there)) is where
        for_hub = c.SignInPlaceOfHub(application=FILE, screen=screen_of(there), reason="x")
        there.when(for_hub, by=OMAR).then("safeguards.hub_signs")
        there.when(for_hub, by=OMAR, at=late).then(e.SafeguardsSigned)
        reminding = award(history).under(safeguards=msgspec.structs.replace(SIGNED, reminder_days=1)).when(LESSENED, by=OLGA).after
        reminding.when(remind, by=TIMER, at=in_days(1) + timedelta(seconds=1)).then(e.SafeguardsReminded)


@passes(c.ResumeAward)
@refuses(c.ResumeAward, "incident.second_person")
def test_red_goes_on_by_an_approver_who_did_not_record_it() -> None:
    red = looked(GRAVE)
    for officer in (OLGA, OMAR):
        red.when(RESUME, by=officer).then("incident.second_person")
    approves_too = did(ADA, e.RoleGranted(person=OLGA, role="approver", scope=None), on=OLGA)
    red.and_(*approves_too).when(RESUME, by=OLGA).then("incident.second_person")
    red.when(RESUME, by=IVO).then(e.AwardResumed, e.MitigationAsked)


@refuses(c.ResumeAward, "incident.only_ended")
@refuses(c.RefuseTermination, "incident.only_ended")
@passes(c.TerminateAward)
def test_black_is_ended_or_somebody_finds_it_lessened() -> None:
    black = looked(NEVER)
    for who in (OLGA, INES):
        black.when(RESUME, by=who).then("incident.only_ended")
    asked = black.when(ASK, by=OMAR).after
    asked.when(REFUSE, by=IVO).then("incident.only_ended")
    ended = asked.when(TERMINATE, by=IVO).after.file().award
    assert ended
    assert ended.ending == "terminated"
    less = black.when(CALM_AGAIN, by=OMAR).after
    less.when(RESUME, by=OLGA).then(e.AwardResumed)
    less.when(ASK, by=OMAR).after.when(REFUSE, by=IVO).then(e.TerminationRefused)


@refuses(c.RefuseTermination, "safeguards.unsigned")
@passes(c.RefuseTermination)
def test_an_end_that_is_refused_does_not_let_run_what_has_to_stand_still() -> None:
    amber = looked(LESSENED, TO_TERMINATE)
    amber.when(REFUSE, by=IVO).then("safeguards.unsigned")
    signed(amber).when(REFUSE, by=IVO).then(e.TerminationRefused, e.MitigationAsked)
    looked(GRAVE, TO_TERMINATE).when(REFUSE, by=IVO).then(e.TerminationRefused, e.MitigationAsked)
    ivo_looked = did(ADA, e.RoleGranted(person=IVO, role="officer", scope=None), on=IVO)
    by_ivo = award(TO_TERMINATE).and_(*ivo_looked).when(GRAVE, by=IVO).after
    assert by_ivo.when(REFUSE, by=IVO).code == "duty.not_apart"
    halted = looked(LESSENED).when(ASK, by=OMAR).after
    assert stage(halted.when(REFUSE, by=IVO).then(e.TerminationRefused).after) is Stage.SUSPENDED


@refuses(c.CloseAward, "incident.to_look_at")
def test_nothing_is_closed_while_an_incident_is_to_be_looked_at_but_it_may_be_ended() -> None:
    told = award(REPORTED).when(TELL, by=ALI).after
    told.when(CLOSE, by=OMAR).then("incident.to_look_at")
    assert told.when(CALM_AGAIN, by=OLGA).after.when(CLOSE, by=OMAR).code is None
    ending = told.when(ASK, by=OMAR).after
    assert ending.when(TERMINATE, by=IVO).code is None


def test_a_level_from_before_the_award_and_one_that_stops_for_another_reason_stop_nothing_here() -> None:
    for level in (AMBER, RED):
        before = screening(CHECKED).when(level, by=OLGA).after.history[len(answering(CHECKED)) :]
        there = award(CHECKED + before + HALTED[len(CHECKED) :])
        assert there.when(RESUME, by=OMAR).code is None


def test_a_history_without_an_award_that_tells_of_incidents_is_read_all_the_same() -> None:
    assert screening(CHECKED).and_(*did(HANA, TOLD)).file().award is None


# ── Who reads it ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", [ALI, HANA, OMAR])
def test_of_an_incident_the_office_reads_and_whoever_reported_it(by: str) -> None:
    told = award().when(TELL, by=by).after
    file, one = told.file(), next(one for one in recorded(told.history) if isinstance(one.event, e.IncidentReported))
    cities = [state for city in file.cities if isinstance(state := told.state(city), City)]
    readers = {who for who in EVERYBODY if who not in (TIMER, CLERK) and v.visible(told.facts(who).actor, one, file, cities)}
    assert readers == {OLGA, OMAR, INES, IVO, AUDE, by}
