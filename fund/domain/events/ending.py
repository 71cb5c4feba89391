"""A file that is withdrawn, suspended or lapses."""

from datetime import date, datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.track import OpinionDue
from fund.domain.events.words import HeldAt


class Withdrawn(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.withdrawn.v1"
    sentence = "{city} withdrew the application."

    city: Internal[str]
    reason: Restricted
    due: Internal[datetime | None]
    """When the letter is due; a draft that was never submitted gets none."""
    calendar: Internal[str]


class ApplicationSuspended(ApplicationEvent, frozen=True, kw_only=True):
    """Not decided yet, and nothing is done on it until `due`, the end of the day on which it goes on at the latest.

    stage: in which it was. left: working days that this step still has then.
    """

    name = "application.suspended.v1"
    sentence = "The application is suspended until {review_on} at the latest. Working days left for its step: {left}."
    duty = "checking"

    stage: Internal[HeldAt]
    reason: Restricted
    review_on: Internal[date]
    left: Internal[int]
    due: Internal[datetime]
    calendar: Internal[str]


class ApplicationResumed(ApplicationEvent, frozen=True, kw_only=True):
    """In the stage that it came from, or in an earlier one that a conflict has done again.

    What others owe it is due later too: opinions, help with the safeguards, assessments, answers.
    """

    name = "application.resumed.v1"
    sentence = "The application goes on; its step is due by {due}."
    duty = "checking"

    stage: Internal[HeldAt]
    reason: Restricted
    """Of the person who let it go on; empty where its day had come."""
    due: Internal[datetime]
    calendar: Internal[str]
    opinions: Internal[tuple[OpinionDue, ...]] = ()
    """Those that are open."""
    help_due: Internal[datetime | None] = None
    help_remind_at: Internal[datetime | None] = None
    invitations_due: Internal[datetime | None] = None
    assessors_due: Internal[datetime | None] = None
    """Of all who have not judged yet; none of them is named."""


class DraftReminded(ApplicationEvent, frozen=True, kw_only=True):
    """That it lapses on a day: the whole time of the programme from here on, however late a machine came to say so."""

    name = "application.draft_reminded.v1"
    sentence = "The city was reminded of its application, which lapses if it is not submitted by {due}."

    due: Internal[datetime]
    calendar: Internal[str]


class Lapsed(ApplicationEvent, frozen=True, kw_only=True):
    """Nobody submitted it by the day that the city was told."""

    name = "application.lapsed.v1"
    sentence = "The application was not submitted by {waited_until} and lapsed."

    waited_until: Internal[datetime]
    due: Internal[datetime | None]
    """When the letter is due; a draft that was never submitted gets none."""
    calendar: Internal[str]
