# ruff: noqa: F405
"""A finding of ineligibility is set aside by two people, neither of whom had a hand in the file; whoever found it decides no more of it."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.projections.audit_rules import audited
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

PROPOSED_BY_IVO = c.ProposeOverride(application=FILE, checks=("P1",), reasons=("The register was out of date.",))
ASIDE = e.OverrideProposed(checks=("P1",), reasons=PROPOSED_BY_IVO.reasons, due=due("decision"), calendar=CALENDAR)
PENDING = TURNED_DOWN + did(IVO, ASIDE)
CONFIRM = c.OverrideEligibility(application=FILE, reasons=("So it was.",))
OVERRIDDEN = e.EligibilityOverridden(checks=("P1",), reasons=CONFIRM.reasons, due=due("eligibility"), calendar=CALENDAR)
LEAVE = c.DeclineOverride(application=FILE, reason="The register was right")
RIVALS = did(NILS, e.FileEntered(application=OTHER_FILE, cities=(OUTPOST,), region=None), on=ROUND)
OF_A_ROUND = OPENED + in_the_round(TURNED_DOWN) + did(AMINA, ENTERED, on=ROUND) + RIVALS
"""Turned down in a round, in which Outpost competes."""
TIED = did(ADA, e.AffiliationRecorded(person=IVO, city=OUTPOST), on=IVO)
SPEAKS = {who: did(ADA, e.RepresentativeConfirmed(person=who, capacity="focal_point", proof="x"), on=OUTPOST) for who in (IVO, INES)}


@passes(c.ProposeOverride)
@passes(c.OverrideEligibility)
def test_two_people_set_a_refusal_aside_and_others_answer_the_checks_again() -> None:
    first = given(*TURNED_DOWN).when(PROPOSED_BY_IVO, by=IVO).then(ASIDE).after
    pending = first.file()
    assert (pending.stage, pending.due, pending.override and pending.override.due) == (Stage.CLOSED, None, due("decision"))
    after = first.when(CONFIRM, by=INES).then(OVERRIDDEN).after
    file = after.file()
    assert (file.stage, file.due, file.decision, file.override) == (Stage.ELIGIBILITY, due("eligibility"), None, None)
    assert (file.set_aside, "P1" in file.checks, file.overturned) == ({"P1"}, False, {OMAR})
    again = after.when(c.RecordCheck(application=FILE, check="P1", result="pass", evidence="Looked up"), by=OLGA)
    passed = again.then(e.CheckRecorded).after
    passed.when(c.ConfirmEligibility(application=FILE), by=OLGA).then(e.FoundEligible)
    failed = did(OLGA, check("P1", "fail"))
    after.and_(*failed).when(c.RefuseEligibility(application=FILE, reason="x"), by=OMAR).then("duty.overturned")


@passes(c.DeclareConflict)
@refuses(c.OverrideEligibility, "override.not_proposed")
def test_what_was_proposed_falls_with_a_conflict_of_who_proposed_it_and_of_nobody_else() -> None:
    own = c.DeclareConflict(application=FILE, interest="family", about="My brother keeps the quay")
    fallen = given(*PENDING).when(own, by=IVO).then(e.ConflictDeclared).after
    assert (fallen.file().stage, fallen.file().override) == (Stage.CLOSED, None)
    fallen.when(CONFIRM, by=INES).then("override.not_proposed")
    others = given(*PENDING).when(own, by=UMA).then(e.ConflictDeclared).after
    others.when(CONFIRM, by=INES).then(OVERRIDDEN)


def test_the_audit_finds_one_that_was_confirmed_although_its_proposal_had_fallen() -> None:
    said = e.ConflictDeclared(
        number=1, person=IVO, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None,
        tainted=(e.TaintedAct(version=1, event=ASIDE.name, then="listed"),),
    )  # fmt: skip
    what = "a refusal was set aside by fewer than two people"
    for history, found in ((PENDING + did(IVO, said), True), (PENDING, False)):
        told = recorded((*BASE, *history, *did(INES, OVERRIDDEN)))
        assert (what in {one.what for one in audited(told)}) is found


@passes(c.DeclineOverride)
@passes(c.ProposeOverride)
def test_the_second_person_may_let_it_stand_and_it_may_be_proposed_again() -> None:
    after = given(*PENDING).when(LEAVE, by=INES).then(e.OverrideDeclined(reason=LEAVE.reason)).after
    assert (after.file().stage, after.file().override) == (Stage.CLOSED, None)
    after.when(PROPOSED_BY_IVO, by=IVO).then(ASIDE)


@refuses(c.ProposeOverride, "duty.not_apart")
@refuses(c.OverrideEligibility, "duty.not_apart")
@refuses(c.DeclineOverride, "duty.not_apart")
@refuses(c.OverrideEligibility, "delegation.lender_may_not")
def test_neither_of_the_two_had_a_hand_in_the_file_nor_is_the_other() -> None:
    for by in (OLGA, OMAR):
        given(*TURNED_DOWN).when(PROPOSED_BY_IVO, by=by).then("duty.not_apart")
    given(*PENDING).when(CONFIRM, by=IVO).then("duty.not_apart")
    given(*PENDING).when(LEAVE, by=IVO).then("duty.not_apart")
    refuser = did(ADA, e.RoleGranted(person=OMAR, role="approver", scope=None), on=OMAR)
    given(*PENDING, *refuser).when(CONFIRM, by=OMAR).then("duty.not_apart")
    lent = e.RoleDelegated(
        person=FINN, number=1, lender=IVO, role="approver", scope=None, first=NOW.date(), last=NOW.date(), starts=NOW, ends=last_of(0),
        calendar=CALENDAR, reason="x",
    )  # fmt: skip
    given(*PENDING, *did(IVO, lent, on=FINN)).when(CONFIRM, by=FINN).then("delegation.lender_may_not")


@passes(c.AdmitAppeal)
@refuses(c.AdmitAppeal, "duty.not_apart")
@refuses(c.TurnAwayAppeal, "duty.not_apart")
@refuses(c.DecideAppeal, "duty.not_apart")
@refuses(c.CorrectDecision, "duty.not_apart")
@refuses(c.RefuseCorrection, "duty.not_apart")
def test_whoever_proposed_it_or_let_the_refusal_stand_hears_no_appeal_and_answers_no_doubt_about_it() -> None:
    stands = PENDING + did(INES, e.OverrideDeclined(reason=LEAVE.reason))
    admit, decide = (
        c.AdmitAppeal(application=FILE),
        c.DecideAppeal(application=FILE, outcome="dismissed", reasons=("It was.",), back_to=None),
    )
    lodged = stands + did(AMINA, LODGED)
    late = stands + did(AMINA, msgspec.structs.replace(LODGED, against=("late",)))
    doubted = stands + did(AMINA, READ_BY_LAKESIDE, msgspec.structs.replace(ERROR_NAMED, check="P1", reason=0))
    correct = c.CorrectDecision(application=FILE, reasons=("x",), back_to="eligibility", envelope="", amount=0)
    for by in (IVO, INES):
        given(*lodged).when(admit, by=by).then("duty.not_apart")
        given(*late).when(c.TurnAwayAppeal(application=FILE, reason="x"), by=by).then("duty.not_apart")
        given(*lodged, *did(UMA, ADMITTED)).when(decide, by=by).then("duty.not_apart")
        given(*doubted).when(correct, by=by).then("duty.not_apart")
        given(*doubted).when(c.RefuseCorrection(application=FILE, reasons=("x",)), by=by).then("duty.not_apart")
    outsider = did(ADA, e.RoleGranted(person=UMA, role="approver", scope=None), on=UMA)
    given(*lodged, *outsider).when(admit, by=UMA).then(ADMITTED)
    given(*lodged, *outsider, *did(UMA, ADMITTED)).when(decide, by=UMA).then(e.AppealDecided)


def test_the_audit_finds_an_appeal_that_was_heard_by_who_had_let_the_refusal_stand() -> None:
    for by, found in ((INES, True), (UMA, False)):
        outsider = did(ADA, e.RoleGranted(person=UMA, role="approver", scope=None), on=UMA)
        history = PENDING + did(INES, e.OverrideDeclined(reason=LEAVE.reason)) + outsider + did(AMINA, LODGED) + did(by, ADMITTED)
        told = {one.what for one in audited(recorded((*BASE, *history))) if one.separation}
        assert (f"appeal 1 was heard by {by}, who had a hand in the file" in told) is found


@refuses(c.ProposeOverride, "override.checks")
@refuses(c.ProposeOverride, "decision.reason_needed")
@refuses(c.OverrideEligibility, "decision.reason_needed")
def test_checks_that_failed_and_reasons_are_named() -> None:
    for checks in ((), ("P2",), ("P1", "M1")):
        wrong = msgspec.structs.replace(PROPOSED_BY_IVO, checks=checks)
        given(*TURNED_DOWN).when(wrong, by=IVO).then("override.checks", field="checks")
    given(*TURNED_DOWN).when(msgspec.structs.replace(PROPOSED_BY_IVO, reasons=()), by=IVO).then("decision.reason_needed")
    given(*PENDING).when(msgspec.structs.replace(CONFIRM, reasons=()), by=INES).then("decision.reason_needed")


@refuses(c.ProposeOverride, "override.nothing_to_override")
@refuses(c.ProposeOverride, "override.already_proposed")
@refuses(c.ProposeOverride, "override.appealed")
@refuses(c.OverrideEligibility, "override.not_proposed")
@refuses(c.DeclineOverride, "override.not_proposed")
@refuses(c.OverrideEligibility, "workflow.not_now")
def test_only_a_refusal_that_stands_and_that_no_appeal_was_heard_against() -> None:
    given(*REFUSED).when(PROPOSED_BY_IVO, by=IVO).then("override.nothing_to_override")
    given(*PENDING).when(PROPOSED_BY_IVO, by=INES).then("override.already_proposed")
    given(*TURNED_DOWN).when(CONFIRM, by=INES).then("override.not_proposed")
    given(*TURNED_DOWN).when(LEAVE, by=INES).then("override.not_proposed")
    appealed = PENDING + did(AMINA, LODGED)
    given(*appealed).when(CONFIRM, by=INES).then("workflow.not_now")
    dismissed = msgspec.structs.replace(UPHELD, appeal_outcome="dismissed", back_to=None, envelope=None)
    heard = appealed + did(IVO, ADMITTED, dismissed) + did(TIMER, msgspec.structs.replace(LETTER, outcome="appeal_dismissed"))
    given(*heard).when(CONFIRM, by=INES).then("override.not_proposed")
    given(*heard).when(PROPOSED_BY_IVO, by=IVO).then("override.appealed")


@passes(c.OverrideEligibility)
@refuses(c.ProposeOverride, "override.competes_with_you")
@refuses(c.OverrideEligibility, "override.competes_with_you")
@refuses(c.DeclineOverride, "override.competes_with_you")
def test_its_round_is_over_for_it_and_nobody_of_a_competing_city_opens_it_again() -> None:
    for tie in (TIED, SPEAKS[IVO]):
        given(*OF_A_ROUND, *tie).when(PROPOSED_BY_IVO, by=IVO).then("override.competes_with_you")
    tied = did(ADA, e.AffiliationRecorded(person=INES, city=OUTPOST), on=INES)
    pending = given(*OF_A_ROUND).when(PROPOSED_BY_IVO, by=IVO).then(e.OverrideProposed).after
    for command in (CONFIRM, LEAVE):
        pending.and_(*tied).when(command, by=INES).then("override.competes_with_you")
        pending.and_(*SPEAKS[INES]).when(command, by=INES).then("override.competes_with_you")
    file = pending.when(CONFIRM, by=INES).then(e.EligibilityOverridden, e.TrackChanged).after.file()
    assert (file.stage, file.round, file.track) == (Stage.ELIGIBILITY, None, "standard")
