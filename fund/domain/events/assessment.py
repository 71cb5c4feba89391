"""Who assesses alignment with the priorities, and what they find."""

from datetime import date, datetime

import msgspec

from fund.domain.event import Internal, Public, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import Missing, Verdict


class AssessorAssigned(ApplicationEvent, frozen=True, kw_only=True):
    """By hand, which departs from the lot and so has its reason."""

    name = "application.assessor_assigned.v1"
    sentence = "{assessor} was assigned to assess the alignment."
    duty = "checking"

    assessor: Internal[str]
    reason: Restricted = ""
    due: Internal[datetime | None] = None
    """By when this person assesses: a whole clock of the step from now."""
    calendar: Internal[str] = ""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may be drawn, and how many assessments they still owe."""

    person: Internal[str]
    load: Internal[int]


class AssessorDue(msgspec.Struct, frozen=True, kw_only=True):
    """Until when somebody who works by days of their own assesses."""

    person: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]


class AssessorsDrawn(ApplicationEvent, frozen=True, kw_only=True):
    """`draw.drawn(seed, candidates, places)` is `drawn`. The candidates are all who qualified, by what the views knew as of an index."""

    name = "application.assessors_drawn.v1"
    sentence = "Drawn by lot to assess the alignment: {drawn}."
    duty = "checking"

    candidates: tuple[Candidate, ...]
    as_of: Internal[int]
    """Index of the ledger up to which people and loads were known."""
    day: Internal[date]
    """On which nobody of the candidates was away."""
    seed: Internal[str]
    places: Internal[int]
    drawn: Internal[tuple[str, ...]]
    most: Internal[int | None] = None
    """Whoever owed so many was not in the lot."""
    due: Internal[datetime | None] = None
    """By when whoever was drawn assesses."""
    calendar: Internal[str] = ""
    own: tuple[AssessorDue, ...] = ()
    """Of those drawn whose days are not the office's."""

    def asked_of(self, person: str) -> "AssessorsDrawn":
        """The same with the due date and the calendar of one who was drawn."""
        found = next((one for one in self.own if one.person == person), None)
        return msgspec.structs.replace(self, due=found.due, calendar=found.calendar) if found else self


class AssessorLapsed(ApplicationEvent, frozen=True, kw_only=True):
    """Nobody waits for somebody who does not come: silent past their due date, or away until after it."""

    name = "application.assessor_lapsed.v1"
    sentence = "{assessor} was to assess the alignment by {due} and makes way for somebody else: {missing}."

    assessor: Internal[str]
    missing: Internal[Missing]
    due: Internal[datetime]


class AssessorReleased(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.assessor_released.v1"
    sentence = "{assessor} was released from the assessment."
    duty = "checking"

    assessor: Internal[str]
    reason: Restricted


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One person's view of one priority."""

    priority: Public[str]
    verdict: Internal[Verdict]
    reason: Restricted


class AssessmentRecorded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.assessment_recorded.v1"
    sentence = "{assessor} assessed the alignment."
    duty = "assessing"

    assessor: Internal[str]
    judgements: tuple[Judgement, ...]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the assessments together say of one priority."""

    priority: Public[str]
    verdict: Internal[Verdict]
    unanimous: Internal[bool]


class AlignmentDetermined(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.alignment_determined.v1"
    sentence = "All assessments are in; alignment: {findings}. Coordination is closed by {due}."

    findings: tuple[Finding, ...]
    due: Internal[datetime]
    calendar: Internal[str]
