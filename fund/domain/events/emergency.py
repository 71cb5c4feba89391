"""Access that two people open to a file in an emergency."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent


class EmergencyAccessAsked(ApplicationEvent, frozen=True, kw_only=True):
    """By somebody without the role, where nobody who holds it can be reached. Opens nothing until a second person does."""

    name = "application.emergency_access_asked.v1"
    sentence = "{person} asked for emergency access as {role} under number {number}; a second person answers until {answer_by}."
    duty = "emergency"

    number: Internal[int]
    """From 1 within the file."""
    person: Internal[str]
    role: Internal[str]
    answer_by: Internal[datetime]
    """What is not opened until then has lapsed."""
    reason: Restricted


class EmergencyAccessOpened(ApplicationEvent, frozen=True, kw_only=True):
    """By a second person, to `person`. What is done with it is done in both names."""

    name = "application.emergency_access_opened.v1"
    sentence = "A second person opened emergency access {number} as {role} to {person}, until {open_until}."
    duty = "emergency"

    number: Internal[int]
    person: Internal[str]
    role: Internal[str]
    open_until: Internal[datetime]
    """It ends then by itself."""


class EmergencyAccessClosed(ApplicationEvent, frozen=True, kw_only=True):
    """By either of the two, before it ended by itself."""

    name = "application.emergency_access_closed.v1"
    sentence = "Emergency access {number} of {person} was closed."
    duty = "emergency"

    number: Internal[int]
    person: Internal[str]
    reason: Restricted
