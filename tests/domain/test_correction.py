# ruff: noqa: F405
"""A factual error in a refusal: named before any appeal by a city that read its letter, answered by people who had no hand in the file."""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.deciding import allowed_actions
from fund.domain.delivery import appeal_until
from fund.domain.facts import On
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

ASK = c.AskCorrection(application=FILE, reason=1, instead="The gauges were read in May")
FIND = c.ProposeCorrection(application=FILE, reason=1, instead="The gauges were read in May")
REFUSED_FOR_TWO = COORDINATED + did(OLGA, DECLINING) + did(INES, msgspec.structs.replace(REFUSAL, reasons=("x", "y"))) + TOLD_REFUSAL
NAME_CHECK = msgspec.structs.replace(ASK, check="P1", reason=0)
CORRECT = c.CorrectDecision(application=FILE, reasons=("They were.",), back_to="proposal", envelope=PURSE, amount=4_000_00)
LEAVE = c.RefuseCorrection(application=FILE, reasons=("They were not.",))
DISMISSED = msgspec.structs.replace(UPHELD, appeal_outcome="dismissed", back_to=None, checks=(), envelope=None, unfunded="")
TOLD_DISMISSED = msgspec.structs.replace(LETTER, outcome="appeal_dismissed")
LATER = last_of(5) + timedelta(seconds=1)
STANDS = TO_CORRECT + did(IVO, LEFT_AS_IT_WAS)
READ_BY_BOTH = REFUSAL_READ + did(BELA, msgspec.structs.replace(READ_BY_LAKESIDE, city=HILLTOWN))
RACE_NAMED = RACE_REFUSED + did(AMINA, READ_BY_LAKESIDE, ERROR_NAMED)


# ── Asking ────────────────────────────────────────────────────────────────────


@passes(c.AskCorrection)
def test_a_city_that_read_its_letter_names_one_fact_and_people_have_a_day_to_answer_by() -> None:
    file = given(*REFUSAL_READ).when(ASK, by=AMINA).then(ERROR_NAMED).after.file()
    assert (file.stage, file.due) == (Stage.CORRECTION, due("appeal_admission"))
    given(*READ_BY_BOTH).when(ASK, by=BELA).then(msgspec.structs.replace(ERROR_NAMED, city=HILLTOWN))
    turned_down = TURNED_DOWN + did(AMINA, READ_BY_LAKESIDE)
    given(*turned_down).when(NAME_CHECK, by=ALI).then(msgspec.structs.replace(ERROR_NAMED, check="P1", reason=0))


@refuses(c.AskCorrection, "correction.letter_unopened")
@refuses(c.AskCorrection, "workflow.not_your_city")
def test_its_own_file_and_the_reasons_were_before_the_city_that_asks() -> None:
    given(*REFUSED).when(ASK, by=AMINA).then("correction.letter_unopened")
    given(*REFUSAL_READ).when(ASK, by=BELA).then("correction.letter_unopened")
    given(*READ_BY_BOTH).when(msgspec.structs.replace(ASK, city=HILLTOWN), by=AMINA).then("workflow.not_your_city", field="city")


@refuses(c.AskCorrection, "correction.fact")
def test_what_is_named_is_a_check_that_failed_or_one_of_the_reasons() -> None:
    for wrong in ({"reason": 0}, {"reason": 2}, {"check": "P1"}):
        given(*REFUSAL_READ).when(msgspec.structs.replace(ASK, **wrong), by=AMINA).then("correction.fact", field="reason")
    turned_down = TURNED_DOWN + did(AMINA, READ_BY_LAKESIDE)
    for wrong in ({"check": "P2"}, {"reason": 1}):
        given(*turned_down).when(msgspec.structs.replace(NAME_CHECK, **wrong), by=AMINA).then("correction.fact", field="check")


@passes(c.AskCorrection)
@refuses(c.AskCorrection, "correction.too_late")
@refuses(c.AskCorrection, "correction.appealed")
@refuses(c.AskCorrection, "correction.already_asked")
@refuses(c.AskCorrection, "correction.nothing_to_correct")
def test_it_is_asked_once_in_time_and_before_any_appeal() -> None:
    given(*REFUSAL_READ).when(ASK, by=AMINA, at=last_of(5)).then(e.CorrectionAsked)
    given(*REFUSAL_READ).when(ASK, by=AMINA, at=LATER).then("correction.too_late")
    read = given(*REFUSAL_READ)
    assert not any(step.command is c.AskCorrection for step in allowed_actions(read.file(), read.facts(AMINA, LATER)))
    withdrawn = READ_BY_BOTH + did(AMINA, LODGED, e.AppealWithdrawn(number=1, reason="x"))
    given(*withdrawn).when(ASK, by=AMINA).then("correction.appealed")
    given(*withdrawn).when(ASK, by=BELA).then(msgspec.structs.replace(ERROR_NAMED, city=HILLTOWN))
    dismissed = READ_BY_BOTH + did(AMINA, LODGED) + did(OMAR, ADMITTED) + did(IVO, DISMISSED) + did(TIMER, TOLD_DISMISSED)
    given(*dismissed).when(ASK, by=BELA).then("correction.appealed")
    given(*STANDS).when(ASK, by=AMINA).then("correction.already_asked")
    speaks_for_both = did(ADA, e.RepresentativeConfirmed(person=AMINA, capacity="signatory", proof="x"), on=HILLTOWN)
    both = given(*READ_BY_BOTH, *did(AMINA, ERROR_NAMED), *did(IVO, LEFT_AS_IT_WAS), *speaks_for_both)
    both.when(msgspec.structs.replace(ASK, city=LAKESIDE), by=AMINA).then("correction.already_asked", field="city")
    given(*withdrawn, *speaks_for_both).when(ASK, by=AMINA).then("correction.appealed", field="city")
    both.when(msgspec.structs.replace(ASK, city=HILLTOWN), by=AMINA).then(e.CorrectionAsked)
    read_later = msgspec.structs.replace(READ_BY_LAKESIDE, city=HILLTOWN, appeal_until=last_of(9))
    late_for_one = given(*REFUSAL_READ, *did(BELA, read_later), *speaks_for_both)
    late_for_one.when(msgspec.structs.replace(ASK, city=LAKESIDE), by=AMINA, at=LATER).then("correction.too_late", field="city")
    late_for_one.when(msgspec.structs.replace(ASK, city=HILLTOWN), by=AMINA, at=LATER).then(e.CorrectionAsked)
    given(*OFFERED, *did(AMINA, READ_BY_LAKESIDE)).when(ASK, by=AMINA).then("workflow.not_now")
    withdrew = given(*CLOSED, *did(AMINA, READ_BY_LAKESIDE))
    withdrew.when(ASK, by=AMINA).then("correction.nothing_to_correct")


@passes(c.ProposeCorrection)
def test_the_central_team_finds_an_error_in_its_own_refusal_and_others_answer() -> None:
    by_officer = given(*REFUSED).when(FIND, by=OLGA).then(ERROR_FOUND).after
    assert (by_officer.file().stage, by_officer.file().due) == (Stage.CORRECTION, due("appeal_admission"))
    (found,) = by_officer.file().corrections
    assert (found.number, found.city, found.letter, found.check, found.reason) == (1, "", 1, "", 1)
    by_officer.when(CORRECT, by=OLGA).then("duty.not_apart")
    corrected = by_officer.when(CORRECT, by=IVO).then(CORRECTED, On(PURSE, HELD)).after.file()
    assert (corrected.stage, corrected.overturned, corrected.corrections[0].outcome) == (Stage.PROPOSAL, {INES}, "corrected")
    given(*REFUSED).when(FIND, by=INES, at=LATER).then(e.CorrectionProposed)


def test_who_finds_an_error_neither_answers_nor_hears_an_appeal() -> None:
    found = REFUSED + did(OMAR, ERROR_FOUND)
    for command in (CORRECT, LEAVE):
        given(*found).when(command, by=OMAR).then("duty.not_apart")
    appealed = found + did(IVO, LEFT_AS_IT_WAS) + did(AMINA, READ_BY_LAKESIDE, LODGED)
    given(*appealed).when(c.AdmitAppeal(application=FILE), by=OMAR).then("duty.not_apart")


def test_where_a_doubted_reason_stands_every_city_has_its_whole_time_to_appeal() -> None:
    at = last_of(9)
    read = DOUBTED + did(AMINA, READ_BY_LAKESIDE) + did(BELA, msgspec.structs.replace(READ_BY_LAKESIDE, city=HILLTOWN))
    refused = msgspec.structs.replace(LEFT_AS_IT_WAS, appeal_until=last_of(5, at))
    after = given(*read).when(LEAVE, by=IVO, at=at).then(refused).after
    assert {appeal_until(after.file(), 1, city, after.facts(AMINA, at)) for city in (LAKESIDE, HILLTOWN)} == {last_of(5, at)}


@refuses(c.ProposeCorrection, "correction.fact")
@refuses(c.ProposeCorrection, "correction.looked_at")
@refuses(c.ProposeCorrection, "correction.appealed")
@refuses(c.ProposeCorrection, "correction.set_aside_instead")
@refuses(c.ProposeCorrection, "correction.nothing_to_correct")
@refuses(c.ProposeCorrection, "workflow.not_now")
def test_the_central_team_doubts_each_reason_once_and_nothing_that_an_appeal_settled() -> None:
    for wrong in (0, 3):
        refused = given(*REFUSED_FOR_TWO).when(msgspec.structs.replace(FIND, reason=wrong), by=OLGA)
        refused.then("correction.fact", field="reason")
    stood = REFUSED_FOR_TWO + did(OLGA, ERROR_FOUND) + did(IVO, LEFT_AS_IT_WAS)
    given(*stood).when(FIND, by=OLGA).then("correction.looked_at", field="reason")
    other = msgspec.structs.replace(FIND, reason=2)
    given(*stood).when(other, by=OLGA).then(msgspec.structs.replace(ERROR_FOUND, number=2, reason=2))
    given(*STANDS).when(FIND, by=OLGA).then("correction.looked_at")
    settled = HEARD + did(IVO, DISMISSED) + did(TIMER, TOLD_DISMISSED)
    given(*settled).when(FIND, by=OLGA).then("correction.appealed")
    given(*TURNED_DOWN).when(FIND, by=OLGA).then("correction.set_aside_instead")
    given(*CLOSED).when(FIND, by=OLGA).then("correction.nothing_to_correct")
    given(*DOUBTED).when(FIND, by=OLGA).then("workflow.not_now")
    withdrawn = REFUSED + did(AMINA, LODGED, e.AppealWithdrawn(number=1, reason="x"))
    given(*withdrawn).when(FIND, by=OLGA).then(e.CorrectionProposed)


def test_a_city_names_its_own_error_after_the_office_has_doubted_a_reason() -> None:
    stood = DOUBTED + did(IVO, LEFT_AS_IT_WAS) + did(AMINA, READ_BY_LAKESIDE)
    given(*stood).when(ASK, by=AMINA).then(msgspec.structs.replace(ERROR_NAMED, number=2))


# ── Answering ─────────────────────────────────────────────────────────────────


@passes(c.CorrectDecision)
def test_a_decision_that_rested_on_an_error_falls_and_another_follows_it() -> None:
    after = given(*TO_CORRECT).when(CORRECT, by=IVO).then(CORRECTED, On(PURSE, HELD)).after
    file = after.file()
    assert (file.stage, file.due, file.decision, file.reserved) == (Stage.PROPOSAL, due("proposal"), None, PURSE)
    assert ([one.outcome for one in file.earlier], file.overturned) == (["declined"], {INES})
    superseded = [file.is_superseded(number) for number in range(1, len(file.letters) + 1)]
    assert superseded == [True]
    declining = after.and_(*did(OLGA, DECLINING))
    declining.when(c.Decline(application=FILE, reasons=REASONS, what_would_change=("x",)), by=INES).then("duty.overturned")
    again = declining.when(c.Decline(application=FILE, reasons=REASONS, what_would_change=("x",)), by=IVO).then(e.Declined, On).after
    assert again.and_(*TOLD_REFUSAL).file().is_superseded(2) is False
    assessed = msgspec.structs.replace(CORRECT, back_to="assessment", envelope="", amount=0, unfunded="Nothing is left")
    read_again = given(*TO_CORRECT).when(assessed, by=IVO).then(e.DecisionCorrected).after.file()
    assert (read_again.stage, read_again.assessors) == (Stage.ASSESSMENT, ())


@passes(c.CorrectDecision)
def test_a_check_that_failed_by_error_is_answered_again_by_a_person() -> None:
    command = msgspec.structs.replace(CORRECT, back_to="eligibility")
    after = given(*CHECK_NAMED).when(command, by=IVO).then(e.DecisionCorrected, On(PURSE, HELD)).after
    file = after.file()
    assert (file.stage, "P1" in file.checks, file.set_aside) == (Stage.ELIGIBILITY, False, {"P1"})
    again = c.RecordCheck(application=FILE, check="P1", result="pass", evidence="Looked up")
    after.when(again, by=OLGA).then(e.CheckRecorded).after.when(c.ConfirmEligibility(application=FILE), by=OLGA).then(e.FoundEligible)


@passes(c.RefuseCorrection)
def test_where_the_fact_stands_the_time_to_appeal_begins_anew_for_every_city() -> None:
    at = last_of(9)
    refused = msgspec.structs.replace(LEFT_AS_IT_WAS, appeal_until=last_of(5, at))
    after = given(*TO_CORRECT, *did(BELA, msgspec.structs.replace(READ_BY_LAKESIDE, city=HILLTOWN))).when(LEAVE, by=IVO, at=at)
    file: Application = after.then(refused).after.file()
    assert (file.stage, file.due, file.decision and file.decision.outcome) == (Stage.CLOSED, None, "declined")
    assert {appeal_until(file, 1, city, after.after.facts(AMINA, at)) for city in (LAKESIDE, HILLTOWN)} == {last_of(5, at)}
    lodge = c.LodgeAppeal(application=FILE, grounds="x")
    for by in (AMINA, BELA):
        (lodged,) = after.after.when(lodge, by=by, at=last_of(5, at)).events
        assert isinstance(lodged, e.AppealLodged)
        assert lodged.against == ()
    (late,) = after.after.when(lodge, by=AMINA, at=last_of(5, at) + timedelta(seconds=1)).events
    assert isinstance(late, e.AppealLodged)
    assert late.against == ("late",)


@passes(c.RefuseCorrection)
def test_a_city_that_only_takes_part_is_told_the_answer_and_no_day_to_appeal() -> None:
    watching = saved(with_(APPLICANT, beneficiaries=(), observers=(HILLTOWN,)))
    named = TO_CORRECT[: len(AGREED)] + watching + TO_CORRECT[len(AGREED) :]
    after = given(*named).when(LEAVE, by=IVO).then(LEFT_AS_IT_WAS).after
    assert (after.file().cities, after.file().observers) == ((LAKESIDE,), (HILLTOWN,))


@passes(c.CorrectDecision)
@refuses(c.CorrectDecision, "correction.competes_with_you")
@refuses(c.RefuseCorrection, "correction.competes_with_you")
@refuses(c.CorrectDecision, "correction.ordered_by_you")
@refuses(c.RefuseCorrection, "correction.ordered_by_you")
@refuses(c.CorrectDecision, "duty.not_apart")
@refuses(c.RefuseCorrection, "duty.not_apart")
@refuses(c.AdmitAppeal, "duty.not_apart")
def test_it_is_answered_by_who_had_no_hand_in_the_file_and_who_answered_hears_no_appeal() -> None:
    rivals = did(NILS, e.FileEntered(application=OTHER_FILE, cities=(OUTPOST,), region=None), on=ROUND)
    tied = RACE_NAMED + rivals + did(ADA, e.AffiliationRecorded(person=IVO, city=OUTPOST), on=IVO)
    speaks = RACE_NAMED + rivals + did(ADA, e.RepresentativeConfirmed(person=IVO, capacity="focal_point", proof="x"), on=OUTPOST)
    ranked = RACE_NAMED
    for command in (CORRECT, LEAVE):
        given(*TO_CORRECT).when(command, by=INES).then("duty.not_apart")
        given(*TO_CORRECT).when(command, by=OLGA).then("duty.not_apart")
        given(*tied).when(command, by=IVO).then("correction.competes_with_you")
        given(*speaks).when(command, by=IVO).then("correction.competes_with_you")
        given(*ranked).when(command, by=OMAR).then("correction.ordered_by_you")
    appealed = STANDS + did(AMINA, LODGED)
    given(*appealed).when(c.AdmitAppeal(application=FILE), by=IVO).then("duty.not_apart")
    race = given(*RACE_NAMED).when(CORRECT, by=IVO).then(e.DecisionCorrected, e.TrackChanged, On).after.file()
    assert (race.round, race.track, race.track_changes[-1].why) == (None, "standard", "correction")


@refuses(c.CorrectDecision, "correction.way_back")
@refuses(c.CorrectDecision, "decision.reason_needed")
@refuses(c.RefuseCorrection, "decision.reason_needed")
@refuses(c.CorrectDecision, "appeal.money_needed")
@refuses(c.CorrectDecision, "workflow.not_now")
def test_an_answer_has_reasons_a_way_back_and_says_what_becomes_of_the_money() -> None:
    for history, back_to in ((TO_CORRECT, "eligibility"), (CHECK_NAMED, "proposal")):
        given(*history).when(msgspec.structs.replace(CORRECT, back_to=back_to), by=IVO).then("correction.way_back", field="back_to")
    for command in (CORRECT, LEAVE):
        given(*TO_CORRECT).when(msgspec.structs.replace(command, reasons=()), by=IVO).then("decision.reason_needed")
    given(*TO_CORRECT).when(msgspec.structs.replace(CORRECT, envelope=""), by=IVO).then("appeal.money_needed", field="envelope")
    given(*STANDS).when(CORRECT, by=INES).then("workflow.not_now")


def test_an_error_that_is_named_ends_what_two_people_were_about_to_set_aside() -> None:
    aside = e.OverrideProposed(checks=("P1",), reasons=("x",), due=due("decision"), calendar=CALENDAR)
    pending = TURNED_DOWN + did(AMINA, READ_BY_LAKESIDE) + did(IVO, aside)
    assert given(*pending).when(NAME_CHECK, by=AMINA).then(e.CorrectionAsked).after.file().override is None
