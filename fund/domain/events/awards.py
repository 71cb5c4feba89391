"""The award's own life, from its letter to its end."""

from datetime import date, datetime

from fund.domain.event import Internal, Public, Restricted
from fund.domain.events.kinds import AwardEvent
from fund.domain.events.words import Awaited, StoppedFor


class AwardAccepted(AwardEvent, frozen=True, kw_only=True):
    name = "application.award_accepted.v1"
    sentence = "{city} accepted the award; its report is due by {due}."
    duty = "drafting"

    city: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]
    reminders: Internal[tuple[datetime, ...]]


class AwardEnded(AwardEvent, frozen=True, kw_only=True):
    """What each end of an award says. What was not used is free again in the same commit: money in minor units, and days of a hub."""

    released: Internal[int]
    currency: Internal[str]
    days_released: Internal[int]


class AwardTurnedDown(AwardEnded, frozen=True, kw_only=True):
    name = "application.award_turned_down.v1"
    sentence = "{city} turned the award down; {released} is free for others."
    duty = "drafting"

    city: Internal[str]
    reason: Restricted


class AwardReminded(AwardEvent, frozen=True, kw_only=True):
    name = "application.award_reminded.v1"
    sentence = "The city was reminded of {awaited}, due by {due}."
    sentence_if_late = "The city was reminded of {awaited} late, which so is due by {due} instead of {instead_of}."

    awaited: Internal[Awaited]
    reminder: Internal[int]
    """How many of its reminders have come due: of those that were missed the last counts for all."""
    due: Internal[datetime]
    calendar: Internal[str]
    instead_of: Internal[datetime | None] = None
    """When it was due before, where the last reminder came too late to leave the time that it should."""


class AwardLapsed(AwardEnded, frozen=True, kw_only=True):
    name = "application.award_lapsed.v1"
    sentence = "The award was not accepted by {due} and lapsed; {released} is free for others."

    due: Internal[datetime]


class ConditionMet(AwardEvent, frozen=True, kw_only=True):
    """A person saw the proof that the condition asks for."""

    name = "application.condition_met.v1"
    sentence = "Condition {number} was met on {met_on}."
    duty = "checking"

    number: Internal[int]
    """Its place among the conditions of the approval, from 1."""
    met_on: Internal[date]
    evidence: Restricted


class ActivityHeld(AwardEvent, frozen=True, kw_only=True):
    """Part of the support as it was given. Participants are a number and never people; who delivered is a hub, experts, or both."""

    name = "application.activity_held.v1"
    sentence = "{format}, from {first_day} to {last_day}: number of days {days}, of participants {participants}."
    duty = "checking"

    format: Public[str]
    first_day: Internal[date]
    last_day: Internal[date]
    days: Internal[int]
    participants: Internal[int]
    hub: Internal[str | None]
    experts: tuple[Restricted, ...]
    note: Restricted


class ReportReceived(AwardEvent, frozen=True, kw_only=True):
    name = "application.report_received.v1"
    sentence = "{city} handed in its report; the award is closed by {due}."
    duty = "drafting"

    city: Internal[str]
    report: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class ReportReturned(AwardEvent, frozen=True, kw_only=True):
    name = "application.report_returned.v1"
    sentence = "The report went back to the city; the next one is due by {due}."
    duty = "checking"

    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]
    reminders: Internal[tuple[datetime, ...]]


class ReportMissed(AwardEvent, frozen=True, kw_only=True):
    """From here on it is overdue, until it is received or the award ends."""

    name = "application.report_missed.v1"
    sentence = "No report came by {due}; it is overdue."

    due: Internal[datetime]


class AwardSuspended(AwardEvent, frozen=True, kw_only=True):
    """Nothing is delivered, and no report is awaited, until somebody resumes it. `due`: the end of the day of the review."""

    name = "application.award_suspended.v1"
    sentence = "The award is suspended; it is looked at again by {review_on}."
    duty = "stopping"

    reason: Restricted
    review_on: Internal[date]
    due: Internal[datetime]
    calendar: Internal[str]
    cause: Internal[StoppedFor] = "reason"
    """Where it is the safeguards, they say when it goes on, and `reason` is empty."""


class AwardResumed(AwardEvent, frozen=True, kw_only=True):
    """A report that was awaited is due as many days later as the suspension took."""

    name = "application.award_resumed.v1"
    sentence = "The award goes on; its next step is due by {due}."
    duty = "stopping"

    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]
    reminders: Internal[tuple[datetime, ...]]


class TerminationAsked(AwardEvent, frozen=True, kw_only=True):
    name = "application.termination_asked.v1"
    sentence = "It was asked to end the award early; that is decided by {due}."
    duty = "stopping"

    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class TerminationWithdrawn(AwardEvent, frozen=True, kw_only=True):
    """By whoever asked: it goes on where it was; a report that was awaited is due as many days later as that took."""

    name = "application.termination_withdrawn.v1"
    sentence = "It is not asked any more to end the award early; its next step is due by {due}."
    duty = "stopping"

    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]
    reminders: Internal[tuple[datetime, ...]] = ()
    """Of a report that is awaited again."""


class TerminationRefused(AwardEvent, frozen=True, kw_only=True):
    """It goes on where it was; a report that was awaited is due as many days later as that took."""

    name = "application.termination_refused.v1"
    sentence = "The award is not ended early; its next step is due by {due}."
    duty = "deciding"

    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]
    reminders: Internal[tuple[datetime, ...]] = ()
    """Of a report that is awaited again."""


class AwardRelinquished(AwardEvent, frozen=True, kw_only=True):
    """By its city, for good. From here on nothing is delivered; the fund says by `due` what was used, and so ends it."""

    name = "application.award_relinquished.v1"
    sentence = "{city} gave the award up; what was used is settled by {due}."
    duty = "drafting"

    city: Internal[str]
    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class AwardTerminated(AwardEnded, frozen=True, kw_only=True):
    """Decided by somebody other than who asked for it; its letter is due next."""

    name = "application.award_terminated.v1"
    sentence = "The award was ended early: {spent} was used, {released} is free for others."
    duty = "deciding"

    reasons: Internal[tuple[str, ...]]
    spent: Internal[int]
    due: Internal[datetime]
    calendar: Internal[str]


class AwardClosed(AwardEnded, frozen=True, kw_only=True):
    name = "application.award_closed.v1"
    sentence = "The award was closed: {spent} was used, {released} is free for others."
    duty = "checking"

    spent: Internal[int]
