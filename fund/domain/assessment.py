"""Rules of the assessment of alignment: independent people, one judgement per priority, combined when all are in."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts, Role
from fund.domain.refusal import Refusal


def may_assign(file: Application, facts: Facts) -> None:
    if len(file.assessors) >= facts.track(file).assessors:
        raise Refusal("assessor.enough", assessors=len(file.assessors))


def may_assess(file: Application, facts: Facts) -> None:
    if facts.actor.id in file.assessed_by:
        raise Refusal("assessment.already_recorded")


def may_release(file: Application, facts: Facts) -> None:
    if set(file.assessors) <= file.assessed_by:
        raise Refusal("assessor.none_to_release")


def assign_assessor(file: Application, command: c.AssignAssessor, facts: Facts) -> tuple[Event, ...]:
    """An assessor holds the role, belongs to none of the cities, and had no hand in draft or coordination."""
    if command.assessor in file.assessors:
        raise Refusal("assessor.already_assigned", field="assessor")
    person = facts.person(command.assessor, field="assessor")
    if (str(Role.ASSESSOR), None) not in person.roles:
        raise Refusal("assessor.role_needed", field="assessor")
    belongs = any(city in person.cities or facts.city(city).represented_by(person.id) for city in file.cities)
    if belongs or any(file.did(person.id, duty) for duty in ("drafting", "coordinating")):
        raise Refusal("assessor.not_independent", field="assessor")
    return (e.AssessorAssigned(assessor=command.assessor),)


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
    due, days = facts.due("coordination", file)
    findings = tuple(combined(priority, everything) for priority in wanted)
    return (recorded, e.AlignmentDetermined(findings=findings, due=due, calendar=days))


def combined(priority: str, assessments: tuple[e.AssessmentRecorded, ...]) -> e.Finding:
    """The same view stands; differing views are “partly”, and the proposal must say why it follows one of them."""
    verdicts = {j.verdict for a in assessments for j in a.judgements if j.priority == priority}
    unanimous = len(verdicts) == 1
    return e.Finding(priority=priority, verdict=verdicts.pop() if unanimous else "partly", unanimous=unanimous)
