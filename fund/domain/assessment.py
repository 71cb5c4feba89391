"""Rules of the assessment of alignment: independent people, one judgement per priority, combined when all are in."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import independence, track, workplace
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.proposal import aligned
from fund.domain.refusal import Refusal


def may_assign(file: Application, facts: Facts) -> None:
    if len(file.assessors) >= facts.track(file).assessors:
        raise Refusal("assessor.enough", assessors=len(file.assessors))
    if file.sealed_until and facts.now <= file.sealed_until:
        raise Refusal("assessor.round_open", closes_at=file.sealed_until)


def may_assess(file: Application, facts: Facts) -> None:
    if facts.track(file).judgement != "judgement":
        raise Refusal("assessment.by_points")
    if facts.actor.id in file.assessed_by:
        raise Refusal("assessment.already_recorded")
    if independence.serves_asked_hub(facts.actor, file):
        raise Refusal("assessor.not_independent")


def may_release(file: Application, facts: Facts) -> None:
    if set(file.assessors) <= file.assessed_by:
        raise Refusal("assessor.none_to_release")


def assign_assessor(file: Application, command: c.AssignAssessor, facts: Facts) -> tuple[Event, ...]:
    """By hand, in place of the lot: somebody who would qualify for it, also one who is away or was released."""
    if command.assessor in file.assessors:
        raise Refusal("assessor.already_assigned", field="assessor")
    person = facts.person(command.assessor, field="assessor")
    independence.check(person, file, facts, field="assessor")
    due, days = facts.due("assessment", file, by=workplace.days_of(person, file, facts))
    return (e.AssessorAssigned(assessor=command.assessor, reason=command.reason, due=due, calendar=days),)


def release_assessor(file: Application, command: c.ReleaseAssessor, facts: Facts) -> tuple[Event, ...]:
    """Somebody who cannot assess makes room for another; an assessment that is in stays."""
    if command.assessor not in file.assessors or command.assessor in file.assessed_by:
        raise Refusal("assessor.not_waiting", field="assessor")
    return (e.AssessorReleased(assessor=command.assessor, reason=command.reason),)


def assess(file: Application, command: c.RecordAssessment, facts: Facts) -> tuple[Event, ...]:
    wanted = file.submission.priorities if file.submission else ()
    if tuple(sorted(j.priority for j in command.judgements)) != tuple(sorted(wanted)):
        raise Refusal("assessment.priorities_differ", field="judgements", priorities=wanted)
    recorded = e.AssessmentRecorded(assessor=facts.actor.id, judgements=command.judgements)
    everything = (*file.assessments, recorded)
    if len(everything) < facts.track(file).assessors:
        return (recorded,)
    findings = tuple(combined(priority, everything) for priority in wanted)
    changed = track.assessed(file, facts, aligned=aligned(msgspec.structs.replace(file, findings=findings)))
    there = track.after(file, changed)
    if len(everything) < facts.track(there).assessors:
        return (recorded, *changed)
    due, days = facts.due("coordination", there)
    return (recorded, *changed, e.AlignmentDetermined(findings=findings, due=due, calendar=days))


def combined(priority: str, assessments: tuple[e.AssessmentRecorded, ...]) -> e.Finding:
    """The same view stands; differing views are “partly”, and the proposal must say why it follows one of them."""
    verdicts = {j.verdict for a in assessments for j in a.judgements if j.priority == priority}
    unanimous = len(verdicts) == 1
    return e.Finding(priority=priority, verdict=verdicts.pop() if unanimous else "partly", unanimous=unanimous)
