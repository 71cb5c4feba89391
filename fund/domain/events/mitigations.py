"""What becomes of a mitigation once an award is offered: who owes it by when, reminded, overdue, done, given up."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import RiskEvent


class MitigationEvent(RiskEvent, frozen=True, kw_only=True):
    """A fact of one mitigation of the level in force, and of the office that owes it: the city, the hub, or the central team."""

    number: Internal[int]
    city: Internal[str | None]
    hub: Internal[str | None]
    """Neither city nor hub: the central team."""


class MitigationAsked(MitigationEvent, frozen=True, kw_only=True):
    """The award is offered: its office knows what it owes, until when."""

    name = "application.mitigation_asked.v1"
    sentence = "Safeguard {number} is awaited by {due}."

    due: Internal[datetime]
    calendar: Internal[str]
    remind_at: Internal[datetime | None]


class MitigationReminded(MitigationEvent, frozen=True, kw_only=True):
    name = "application.mitigation_reminded.v1"
    sentence = "A reminder was given of safeguard {number}, due by {due}."

    due: Internal[datetime]


class MitigationMissed(MitigationEvent, frozen=True, kw_only=True):
    """From here on it is overdue, until it is reported done or given up, or the award ends."""

    name = "application.mitigation_missed.v1"
    sentence = "Safeguard {number} was not reported by {due}; it is overdue."

    due: Internal[datetime]


class MitigationReported(MitigationEvent, frozen=True, kw_only=True):
    """The city reports its own done."""

    name = "application.mitigation_reported.v1"
    sentence = "The city reported safeguard {number} done."
    duty = "drafting"

    done: Restricted
    """What was done, in its words."""


class MitigationRecorded(MitigationEvent, frozen=True, kw_only=True):
    """A hub or the central team says so."""

    name = "application.mitigation_recorded.v1"
    sentence = "It was recorded that safeguard {number} is done."
    duty = "helping"

    done: Restricted
    """What was done, in words of the office that did it."""


class MitigationGivenUp(MitigationEvent, frozen=True, kw_only=True):
    """It is awaited no more, as the central team says why."""

    name = "application.mitigation_given_up.v1"
    sentence = "Safeguard {number} is not awaited any more."
    duty = "checking"

    reason: Restricted
