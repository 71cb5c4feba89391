"""Who assesses a file, and what they say."""

from collections.abc import Mapping
from datetime import datetime

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import StageClock
from fund.domain.application.moving import Changes, moved
from fund.domain.application.stage import Stage

Fact = e.AssessorAssigned | e.AssessorsDrawn | e.AssessorReleased | e.AssessorLapsed | e.AssessmentRecorded | e.AlignmentDetermined


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.AssessorAssigned():
            return {"assessors": (*file.assessors, event.assessor)} | _asked_to_assess(file, {event.assessor: event}, at)
        case e.AssessorsDrawn():
            judging = _asked_to_assess(file, {person: event.asked_of(person) for person in event.drawn}, at)
            return {"assessors": (*file.assessors, *event.drawn), "draws": file.draws + 1} | judging
        case e.AssessorReleased() | e.AssessorLapsed():
            left = tuple(one for one in file.assessors if one != event.assessor)
            return {"assessors": left, "released": (*file.released, event.assessor)}
        case e.AssessmentRecorded():
            return {"assessments": (*file.assessments, event)}
        case e.AlignmentDetermined():
            return moved(Stage.COORDINATION, event) | {"findings": event.findings}


def _asked_to_assess(file: Application, asked: Mapping[str, e.AssessorAssigned | e.AssessorsDrawn], at: datetime) -> Changes:
    """Each person with what was asked of them; earlier events do not say by when."""
    clocks = {person: StageClock(since=at, due=event.due, calendar=event.calendar) for person, event in asked.items() if event.due}
    return {"assessors_clocks": file.assessors_clocks | clocks}
