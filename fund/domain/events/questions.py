"""Questions to the city, at any step between submission and decision."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent


class ClarificationRequested(ApplicationEvent, frozen=True, kw_only=True):
    """A question to the city. While one is open, the clock of the step in which the file waits stands still."""

    name = "application.clarification_requested.v1"
    sentence = "Question {number} was put to the city, which answers by {due}; until then the time of this step stands still."
    duty = "questioning"

    number: Internal[int]
    """From 1 within the file."""
    question: Restricted
    due: Internal[datetime]
    """When the answer is due, by the working days of the city."""
    calendar: Internal[str]
    reminders: Internal[tuple[datetime, ...]]
    """After which instants the city is reminded."""


class ClarificationReminded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.clarification_reminded.v1"
    sentence = "The city was reminded of question {number}, which it answers by {due}."
    sentence_if_late = "The city was reminded of question {number} late, and so answers it by {due} instead of {instead_of}."

    number: Internal[int]
    reminder: Internal[int]
    """How many of its reminders have come due: of those that were missed the last counts for all."""
    due: Internal[datetime]
    calendar: Internal[str]
    instead_of: Internal[datetime | None] = None
    """When it was due before, where the last reminder came too late to leave the time that it should."""


class ClarificationAnswered(ApplicationEvent, frozen=True, kw_only=True):
    """`due` and `calendar` of this and the next two: of the step in which the file waits, whose clock runs again; None and empty
    while another question is open."""

    name = "application.clarification_answered.v1"
    sentence = "The city answered question {number}."
    duty = "drafting"

    number: Internal[int]
    answer: Restricted
    due: Internal[datetime | None]
    calendar: Internal[str]


class ClarificationWithdrawn(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.clarification_withdrawn.v1"
    sentence = "Question {number} was taken back; the city need not answer it."
    duty = "questioning"

    number: Internal[int]
    reason: Restricted
    due: Internal[datetime | None]
    calendar: Internal[str]


class ClarificationLapsed(ApplicationEvent, frozen=True, kw_only=True):
    """The clock ran again from the moment the answer was due, whenever a machine came to record it."""

    name = "application.clarification_lapsed.v1"
    sentence = "Question {number} was not answered in time; the application goes on without the answer."

    number: Internal[int]
    answer_due: Internal[datetime]
    due: Internal[datetime | None]
    calendar: Internal[str]
