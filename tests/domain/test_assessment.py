# ruff: noqa: F405
"""The assessment of alignment: independent people, one judgement per priority, combined when all are in."""

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.assessment import combined
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

ASSESS = c.RecordAssessment(application=FILE, judgements=judged())
UNASSIGNED = ADVISED


BY_HAND = "Speaks the language of the file"


def by_hand(assessor: str) -> e.AssessorAssigned:
    return e.AssessorAssigned(assessor=assessor, reason=BY_HAND, due=due("assessment"), calendar=CALENDAR)


def assign(assessor: str) -> c.AssignAssessor:
    return c.AssignAssessor(application=FILE, assessor=assessor, reason=BY_HAND)


def refused(assessor: str, code: str, *history: Told) -> None:
    given(*UNASSIGNED, *history).when(assign(assessor), by=OLGA).then(code, field="assessor")


# ── Assigning ─────────────────────────────────────────────────────────────────


@passes(c.AssignAssessor)
def test_an_officer_assigns_as_many_assessors_as_the_track_asks_for() -> None:
    first = given(*UNASSIGNED).when(assign(EVA), by=OLGA).then(by_hand(EVA)).after
    second = first.when(assign(TOM), by=OMAR).then(by_hand(TOM)).after
    assert second.file().assessors == (EVA, TOM)
    assert second.file().stage is Stage.ASSESSMENT


@refuses(c.AssignAssessor, "assessor.enough")
def test_a_third_assessor_is_one_too_many() -> None:
    given(*ASSIGNED).when(assign(UMA), by=OLGA).then("assessor.enough")


@refuses(c.AssignAssessor, "assessor.already_assigned")
def test_one_person_is_not_two_assessors() -> None:
    refused(EVA, "assessor.already_assigned", *did(OLGA, e.AssessorAssigned(assessor=EVA)))


@refuses(c.AssignAssessor, "person.unknown")
def test_an_assessor_is_a_registered_person() -> None:
    refused(STRANGER, "person.unknown")
    refused(EVA, "person.unknown", *did(ADA, e.PersonErased(person=EVA, basis="asked"), on=EVA))


@refuses(c.AssignAssessor, "assessor.role_needed")
def test_an_assessor_holds_the_role_now() -> None:
    refused(OMAR, "assessor.role_needed")
    refused(EVA, "assessor.role_needed", *did(ADA, e.RoleRevoked(person=EVA, role="assessor", scope=None), on=EVA))


@refuses(c.AssignAssessor, "assessor.not_independent")
def test_an_assessor_belongs_to_no_city_of_the_file() -> None:
    for city in (LAKESIDE, HILLTOWN):
        refused(EVA, "assessor.not_independent", *did(ADA, e.AffiliationRecorded(person=EVA, city=city), on=EVA))
        confirmed = e.RepresentativeConfirmed(person=EVA, capacity="focal_point", proof="letter")
        refused(EVA, "assessor.not_independent", *did(ADA, confirmed, on=city))
    other = did(ADA, e.AffiliationRecorded(person=EVA, city=OUTPOST), on=EVA)
    given(*UNASSIGNED, *other).when(assign(EVA), by=OLGA).then(e.AssessorAssigned)


@refuses(c.AssignAssessor, "assessor.not_independent")
def test_an_assessor_had_no_hand_in_the_draft_nor_in_the_coordination() -> None:
    role = e.RoleGranted(person=HANA, role="assessor", scope=None)
    refused(HANA, "assessor.not_independent", *did(ADA, role, on=HANA))
    left = did(ADA, e.RepresentativeEnded(person=ALI, reason="Left"), on=LAKESIDE)
    refused(ALI, "assessor.not_independent", *left, *did(ADA, e.RoleGranted(person=ALI, role="assessor", scope=None), on=ALI))


@refuses(c.AssignAssessor, "text.empty")
def test_nobody_departs_from_the_lot_without_a_reason() -> None:
    command = msgspec.structs.replace(assign(EVA), reason=" ")
    given(*UNASSIGNED).when(command, by=OLGA).then("text.empty", field="reason")


# ── Releasing ─────────────────────────────────────────────────────────────────

RELEASE = c.ReleaseAssessor(application=FILE, assessor=EVA, reason="Ill until autumn")
DROPPED_OUT: dict[str, History] = {
    "erased": did(ADA, e.PersonErased(person=EVA, basis="asked"), on=EVA),
    "without the role": did(ADA, e.RoleRevoked(person=EVA, role="assessor", scope=None), on=EVA),
    "of the lead city": did(ADA, e.AffiliationRecorded(person=EVA, city=LAKESIDE), on=EVA),
    "of a city that benefits": did(ADA, e.RepresentativeConfirmed(person=EVA, capacity="focal_point", proof="x"), on=HILLTOWN),
}


@passes(c.ReleaseAssessor)
def test_an_assessor_who_drops_out_makes_room_for_another() -> None:
    without = given(*ASSIGNED).when(RELEASE, by=OLGA).then(released(EVA)).after
    assert (without.file().assessors, without.file().stage, without.file().due) == ((TOM,), Stage.ASSESSMENT, due("assessment"))
    assert without.when(assign(UMA), by=OMAR).then(by_hand(UMA)).after.file().assessors == (TOM, UMA)


@pytest.mark.parametrize("how", DROPPED_OUT)
def test_a_file_whose_assessor_is_gone_comes_to_its_findings_with_another(how: str) -> None:
    stuck = given(*ASSIGNED, *DROPPED_OUT[how])
    stuck.when(ASSESS, by=EVA).then({"erased": "person.unknown", "without the role": "workflow.role_needed"}.get(how, "duty.own_city"))
    stuck.when(assign(UMA), by=OLGA).then("assessor.enough")
    freed = stuck.when(RELEASE, by=OLGA).then(released(EVA)).after.when(assign(UMA), by=OLGA).then(e.AssessorAssigned).after
    first = freed.when(ASSESS, by=TOM).then(e.AssessmentRecorded).after
    assert first.when(ASSESS, by=UMA).then(e.AssessmentRecorded, e.AlignmentDetermined).after.file().stage is Stage.COORDINATION


@passes(c.ReleaseAssessor)
def test_one_assessment_that_is_in_stays_when_the_other_assessor_is_released() -> None:
    after = given(*HALF_ASSESSED).when(msgspec.structs.replace(RELEASE, assessor=TOM), by=OLGA).then(e.AssessorReleased).after.file()
    assert (after.assessors, after.assessments) == ((EVA,), (BY_EVA,))


@passes(c.AssignAssessor)
def test_whoever_was_released_may_be_assigned_again() -> None:
    given(*ASSIGNED, *did(OLGA, released(EVA))).when(assign(EVA), by=OLGA).then(by_hand(EVA))


@refuses(c.RecordAssessment, "workflow.not_assigned")
def test_whoever_was_released_assesses_no_more() -> None:
    given(*ASSIGNED, *did(OLGA, released(EVA))).when(ASSESS, by=EVA).then("workflow.not_assigned")


@refuses(c.ReleaseAssessor, "assessor.not_waiting")
def test_only_somebody_whose_assessment_is_awaited_is_released() -> None:
    given(*HALF_ASSESSED).when(RELEASE, by=OLGA).then("assessor.not_waiting", field="assessor")
    for nobody in (UMA, OMAR, STRANGER):
        given(*ASSIGNED).when(msgspec.structs.replace(RELEASE, assessor=nobody), by=OLGA).then("assessor.not_waiting", field="assessor")


@refuses(c.ReleaseAssessor, "assessor.none_to_release")
def test_nobody_is_released_where_no_assessment_is_awaited() -> None:
    given(*ADVISED).when(RELEASE, by=OLGA).then("assessor.none_to_release")
    only_eva = ADVISED + did(OLGA, e.AssessorAssigned(assessor=EVA)) + did(EVA, BY_EVA)
    given(*only_eva).when(RELEASE, by=OLGA).then("assessor.none_to_release")


@refuses(c.ReleaseAssessor, "text.empty")
def test_nobody_is_released_without_a_reason() -> None:
    given(*ASSIGNED).when(msgspec.structs.replace(RELEASE, reason=" "), by=OLGA).then("text.empty", field="reason")


@refuses(c.ReleaseAssessor, "workflow.role_needed")
def test_an_assessor_releases_neither_themself_nor_the_other() -> None:
    given(*ASSIGNED).when(RELEASE, by=EVA).then("workflow.role_needed")
    given(*ASSIGNED).when(RELEASE, by=TOM).then("workflow.role_needed")


@refuses(c.ReleaseAssessor, "workflow.not_now")
def test_nobody_is_released_once_the_alignment_is_determined() -> None:
    given(*ASSESSED).when(RELEASE, by=OLGA).then("workflow.not_now")


# ── Assessing ─────────────────────────────────────────────────────────────────


@passes(c.RecordAssessment)
def test_the_first_assessment_is_recorded_and_the_file_waits_for_the_second() -> None:
    after = given(*ASSIGNED).when(ASSESS, by=EVA).then(BY_EVA).after.file()
    assert (after.stage, after.assessed_by, after.findings) == (Stage.ASSESSMENT, frozenset({EVA}), ())


@passes(c.RecordAssessment)
def test_with_the_last_assessment_the_alignment_is_determined() -> None:
    second = msgspec.structs.replace(ASSESS, judgements=judged(ferry="not"))
    after = given(*HALF_ASSESSED).when(second, by=TOM).then(BY_TOM, ALIGNED).after.file()
    assert (after.stage, after.due, after.findings) == (Stage.COORDINATION, due("coordination"), FINDINGS)
    assert [after.verdict(priority) for priority in ("FLOOD", "FERRY", "FISH")] == ["aligned", "partly", None]


@passes(c.RecordAssessment)
def test_judgements_may_come_in_any_order() -> None:
    backwards = msgspec.structs.replace(ASSESS, judgements=judged()[::-1])
    given(*HALF_ASSESSED).when(backwards, by=TOM).then(e.AssessmentRecorded, e.AlignmentDetermined)


@refuses(c.RecordAssessment, "workflow.not_assigned")
def test_an_assessor_who_was_not_assigned_assesses_nothing() -> None:
    given(*ASSIGNED).when(ASSESS, by=UMA).then("workflow.not_assigned")


@refuses(c.RecordAssessment, "assessment.already_recorded")
def test_nobody_assesses_twice() -> None:
    given(*HALF_ASSESSED).when(ASSESS, by=EVA).then("assessment.already_recorded")


@refuses(c.RecordAssessment, "assessment.priorities_differ")
def test_every_priority_of_the_application_is_judged_once_and_no_other() -> None:
    flood, ferry = judged()
    fish = e.Judgement(priority="FISH", verdict="aligned", reason="x")
    for judgements in ((), (flood,), (flood, flood), (flood, ferry, fish), (flood, fish), (flood, ferry, ferry)):
        command = c.RecordAssessment(application=FILE, judgements=judgements)
        given(*ASSIGNED).when(command, by=EVA).then("assessment.priorities_differ", field="judgements")


@refuses(c.RecordAssessment, "text.empty")
def test_every_judgement_gives_its_reason() -> None:
    flood, ferry = judged()
    command = c.RecordAssessment(application=FILE, judgements=(flood, msgspec.structs.replace(ferry, reason=" ")))
    given(*ASSIGNED).when(command, by=EVA).then("text.empty", field="judgements.1.reason")


@refuses(c.RecordAssessment, "workflow.role_needed")
def test_an_assessor_who_lost_the_role_assesses_no_more() -> None:
    revoked = did(ADA, e.RoleRevoked(person=EVA, role="assessor", scope=None), on=EVA)
    given(*ASSIGNED, *revoked).when(ASSESS, by=EVA).then("workflow.role_needed")


VERDICTS: tuple[e.Verdict, ...] = ("aligned", "partly", "not")


@pytest.mark.parametrize("first", VERDICTS)
@pytest.mark.parametrize("second", VERDICTS)
def test_the_same_view_stands_and_differing_views_are_partly(first: e.Verdict, second: e.Verdict) -> None:
    both = (
        msgspec.structs.replace(BY_EVA, judgements=judged(flood=first)),
        msgspec.structs.replace(BY_TOM, judgements=judged(flood=second)),
    )
    expected = e.Finding(priority="FLOOD", verdict=first if first == second else "partly", unanimous=first == second)
    assert combined("FLOOD", both) == combined("FLOOD", both[::-1]) == expected
