# ruff: noqa: F405
"""Completeness and eligibility: what a machine may decide, what takes a person, and what a refusal needs."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

RETURN = c.ReturnForCompletion(application=FILE, sections=("need", "results"), reason="Say who is affected")
CONFIRM = c.ConfirmCompleteness(application=FILE)
RUN = c.RunMachineChecks(application=FILE)
FIND = c.ConfirmEligibility(application=FILE)
REFUSE = c.RefuseEligibility(application=FILE, reason="The city is no member")


def record(code: str, result: e.CheckResult = "pass") -> c.RecordCheck:
    return c.RecordCheck(application=FILE, check=code, result=result, evidence="Read")


# ── Completeness ──────────────────────────────────────────────────────────────


@passes(c.ReturnForCompletion)
def test_an_officer_returns_a_file_naming_the_sections_to_complete() -> None:
    after = given(*SUBMITTED).when(RETURN, by=OLGA).then(RETURNED).after.file()
    assert (after.stage, after.returned, after.due) == (Stage.DRAFT, RETURNED, due("completion"))


@passes(c.ReturnForCompletion)
def test_a_section_that_is_named_twice_is_returned_once() -> None:
    twice = msgspec.structs.replace(RETURN, sections=("need", "results", "need"))
    given(*SUBMITTED).when(twice, by=OLGA).then(RETURNED)


@refuses(c.ReturnForCompletion, "text.empty")
def test_a_return_says_why() -> None:
    given(*SUBMITTED).when(msgspec.structs.replace(RETURN, reason="\n"), by=OLGA).then("text.empty", field="reason")


@refuses(c.ReturnForCompletion, "code.unknown")
def test_what_is_returned_are_sections_of_the_form() -> None:
    for sections in ((), ("need", "horoscope")):
        given(*SUBMITTED).when(msgspec.structs.replace(RETURN, sections=sections), by=OLGA).then("code.unknown", field="sections")


@refuses(c.ReturnForCompletion, "workflow.not_now")
def test_nothing_is_returned_after_completeness() -> None:
    given(*COMPLETE).when(RETURN, by=OLGA).then("workflow.not_now")


@passes(c.ConfirmCompleteness)
def test_with_completeness_the_eligibility_clock_starts_and_the_hub_of_the_region_is_asked() -> None:
    after = given(*SUBMITTED).when(CONFIRM, by=OLGA).then(CONFIRMED, ASKED).after.file()
    assert (after.stage, after.due) == (Stage.ELIGIBILITY, due("eligibility"))
    asked = after.opinions["north"]
    assert (asked.hub, asked.due, asked.is_open) == ("north", due("hub_opinion"), True)


@passes(c.ReturnForCompletion)
@refuses(c.ConfirmCompleteness, "support.window_over")
def test_a_file_whose_window_passed_before_it_was_read_is_returned_for_another_one() -> None:
    last = datetime(2031, 9, 5, 12, tzinfo=UTC)
    given(*SUBMITTED).when(CONFIRM, by=OLGA, at=last).then(e.CompletenessConfirmed, e.OpinionRequested)
    late = last + timedelta(days=1)
    given(*SUBMITTED).when(CONFIRM, by=OLGA, at=late).then("support.window_over", field="support.ends_on")
    back = given(*SUBMITTED).when(msgspec.structs.replace(RETURN, sections=("support",)), by=OLGA, at=late).after
    ahead = with_(SUPPORT, starts_on=late.date(), ends_on=late.date() + timedelta(days=9))
    named = back.when(c.SaveSection(application=FILE, section=ahead), by=AMINA, at=late).after
    again = given(*consented(*named.history)).when(c.SubmitApplication(application=FILE), by=AMINA, at=late).after
    again.when(CONFIRM, by=OLGA, at=late).then(e.CompletenessConfirmed, e.OpinionRequested)


@refuses(c.ConfirmCompleteness, "workflow.role_needed")
def test_a_city_does_not_confirm_its_own_completeness() -> None:
    given(*SUBMITTED).when(CONFIRM, by=AMINA).then("workflow.role_needed")


# ── Machine checks ────────────────────────────────────────────────────────────


@passes(c.RunMachineChecks)
def test_the_machine_records_one_fact_per_check_of_its_own_and_no_other() -> None:
    after = given(*COMPLETE).when(RUN, by=TIMER).then(*MACHINE_CHECKS).after.file()
    assert set(after.checks) == {"M1", "M2", "M3", "M4", "M5"}


def failing(**changes: object) -> Application:
    """The file after the machine checks, where the submission says otherwise."""
    submission = msgspec.structs.replace(SUBMISSION, **changes)
    submitted = AGREED + did(AMINA, submission) + did(OLGA, CONFIRMED, ASKED)
    return given(*submitted).when(RUN, by=TIMER).after.file()


def results(file: Application) -> dict[str, str]:
    return {code: one.result for code, one in file.checks.items()}


@passes(c.RunMachineChecks)
def test_membership_is_judged_as_of_submission_and_not_of_today() -> None:
    left = did(ADA, e.MembershipEnded(basis="left"), on=LAKESIDE)
    given(*COMPLETE, *left).when(RUN, by=TIMER).then(*MACHINE_CHECKS)


@passes(c.RunMachineChecks)
def test_a_lead_city_that_was_no_member_fails_both_checks_of_membership() -> None:
    assert results(failing(members=("city-hilltown",))) == {"M1": "fail", "M2": "fail", "M3": "pass", "M4": "pass", "M5": "pass"}


@passes(c.RunMachineChecks)
def test_a_partner_that_was_no_member_fails_only_the_check_of_the_partners() -> None:
    assert results(failing(members=(LAKESIDE,))) == {"M1": "pass", "M2": "fail", "M3": "pass", "M4": "pass", "M5": "pass"}


@passes(c.RunMachineChecks)
def test_the_signature_is_judged_as_of_submission_and_not_of_today() -> None:
    left = did(ADA, e.RepresentativeEnded(person=AMINA, reason="Left"), on=LAKESIDE)
    given(*COMPLETE, *left).when(RUN, by=TIMER).then(*MACHINE_CHECKS)
    joined = did(ADA, e.RepresentativeEnded(person=ALI, reason="Promoted"), on=LAKESIDE) + did(
        ADA, e.RepresentativeConfirmed(person=ALI, capacity="signatory", proof="letter"), on=LAKESIDE
    )
    submitted = AGREED + did(ALI, msgspec.structs.replace(SUBMISSION, signatory=ALI, authorised=False)) + joined
    file = given(*submitted, *did(OLGA, CONFIRMED)).when(RUN, by=TIMER).after.file()
    assert results(file)["M3"] == "fail"


@passes(c.RunMachineChecks)
def test_a_signatory_who_was_not_confirmed_fails_the_check_of_the_signature() -> None:
    assert results(failing(authorised=False)) == {"M1": "pass", "M2": "pass", "M3": "fail", "M4": "pass", "M5": "pass"}


@passes(c.RunMachineChecks)
def test_a_file_without_sections_fails_the_checks_of_priority_and_completeness() -> None:
    bare = did(AMINA, started(), SUBMISSION) + did(OLGA, CONFIRMED)
    assert results(given(*bare).when(RUN, by=TIMER).after.file()) == {"M1": "pass", "M2": "pass", "M3": "pass", "M4": "fail", "M5": "fail"}


@passes(c.RunMachineChecks)
def test_the_machine_runs_only_the_checks_that_are_still_open() -> None:
    partly = COMPLETE + did(TIMER, *MACHINE_CHECKS[:3])
    given(*partly).when(RUN, by=TIMER).then(*MACHINE_CHECKS[3:])


@refuses(c.RunMachineChecks, "checks.already_run")
def test_the_machine_checks_run_once() -> None:
    given(*MACHINE_CHECKED).when(RUN, by=TIMER).then("checks.already_run")


@refuses(c.RunMachineChecks, "workflow.role_needed")
def test_no_person_runs_the_machines_checks() -> None:
    given(*COMPLETE).when(RUN, by=OLGA).then("workflow.role_needed")


# ── Persons’ checks ───────────────────────────────────────────────────────────


@passes(c.RecordCheck)
def test_an_officer_records_a_check_with_the_version_of_its_rule() -> None:
    given(*COMPLETE).when(record("P1"), by=OLGA).then(e.CheckRecorded(check="P1", result="pass", evidence="Read", rule="1"))


@passes(c.RecordCheck)
def test_a_check_recorded_again_replaces_the_earlier_answer() -> None:
    failed = CHECKED + did(OLGA, check("P1", "fail"))
    after = given(*failed).when(record("P1"), by=OMAR).then(e.CheckRecorded).after
    after.when(FIND, by=OLGA).then(FOUND_ELIGIBLE)


@refuses(c.RecordCheck, "code.unknown")
def test_a_check_is_one_of_the_programmes() -> None:
    given(*COMPLETE).when(record("P9"), by=OLGA).then("code.unknown", field="check")


@refuses(c.RecordCheck, "checks.decided_by_machine")
def test_no_person_overrules_a_pure_fact() -> None:
    given(*COMPLETE).when(record("M1"), by=OLGA).then("checks.decided_by_machine", field="check")


# ── Eligible or not ───────────────────────────────────────────────────────────


@passes(c.ConfirmEligibility)
def test_a_file_with_every_check_passed_is_eligible() -> None:
    after = given(*CHECKED).when(FIND, by=OLGA).then(FOUND_ELIGIBLE).after.file()
    assert (after.stage, after.due) == (Stage.ASSESSMENT, due("assessment"))


@refuses(c.ConfirmEligibility, "checks.open")
def test_no_file_is_eligible_while_a_check_is_open() -> None:
    outcome = given(*MACHINE_CHECKED, *did(OLGA, check("P1"))).when(FIND, by=OLGA).then("checks.open")
    assert outcome.refusal is not None
    assert outcome.refusal.about == {"checks": ("P2",)}
    given(*COMPLETE, *did(OLGA, check("P1"), check("P2"))).when(FIND, by=OLGA).then("checks.open")


@refuses(c.ConfirmEligibility, "checks.failed")
def test_no_file_is_eligible_with_a_failed_check() -> None:
    outcome = given(*MACHINE_CHECKED, *did(OLGA, check("P1"), check("P2", "fail"))).when(FIND, by=OLGA).then("checks.failed")
    assert outcome.refusal is not None
    assert outcome.refusal.about == {"checks": ("P2",)}


@passes(c.ConfirmEligibility)
def test_the_checks_asked_for_are_those_of_the_programme() -> None:
    fewer = tuple(one for one in PROGRAMME.checks if one.code != "P2")
    given(*MACHINE_CHECKED, *did(OLGA, check("P1"))).under(checks=fewer).when(FIND, by=OLGA).then(FOUND_ELIGIBLE)


NOT_A_MEMBER = COMPLETE + did(TIMER, machine_check("M1", "lead_is_member", holds=False))


@passes(c.RefuseEligibility)
def test_a_second_officer_refuses_naming_the_failed_checks() -> None:
    ineligible = e.FoundIneligible(checks=("M1",), reason=REFUSE.reason, due=due("letter"), calendar=CALENDAR)
    after = given(*NOT_A_MEMBER).when(REFUSE, by=OMAR).then(ineligible).after.file()
    assert after.stage is Stage.LETTER
    assert after.decision
    assert (after.decision.outcome, after.decision.by, after.decision.checks) == ("ineligible", OMAR, ("M1",))


@refuses(c.RefuseEligibility, "duty.not_apart")
def test_whoever_checked_a_file_does_not_refuse_it() -> None:
    given(*NOT_A_MEMBER).when(REFUSE, by=OLGA).then("duty.not_apart")


@refuses(c.RefuseEligibility, "decision.too_long_for_letter")
def test_a_finding_of_ineligibility_is_brief_enough_for_two_pages() -> None:
    longer = msgspec.structs.replace(REFUSE, reason="x" + "\n" * 25 + "x")
    given(*NOT_A_MEMBER).when(longer, by=OMAR).then("decision.too_long_for_letter", field="reason")


@refuses(c.RefuseEligibility, "checks.none_failed")
def test_nothing_is_refused_without_a_failed_check() -> None:
    given(*CHECKED).when(REFUSE, by=OMAR).then("checks.none_failed")


@refuses(c.RefuseEligibility, "workflow.not_now")
def test_an_eligible_file_is_not_found_ineligible_later() -> None:
    given(*ELIGIBLE).when(REFUSE, by=OMAR).then("workflow.not_now")


@refuses(c.RefuseEligibility, "workflow.role_needed")
def test_a_machine_refuses_nobody() -> None:
    given(*NOT_A_MEMBER).when(REFUSE, by=TIMER).then("workflow.role_needed")
