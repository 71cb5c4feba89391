"""A factual error in a decision."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import BackTo


class CorrectionAsked(ApplicationEvent, frozen=True, kw_only=True):
    """By a city that opened its letter, before any appeal: one fact that the decision rests on is not so."""

    name = "application.correction_asked.v1"
    sentence = "{city} says that a fact in the decision is wrong; that is answered by {due}."
    duty = "drafting"

    number: Internal[int]
    """From 1 within the file."""
    city: Internal[str]
    letter: Internal[int]
    """The one that told the decision."""
    check: Internal[str]
    """That failed; empty where a reason is named."""
    reason: Internal[int]
    """Its number in the decision, from 1; 0 where a check is named."""
    instead: Restricted
    """What is so, as the city says."""
    due: Internal[datetime]
    calendar: Internal[str]


class CorrectionProposed(ApplicationEvent, frozen=True, kw_only=True):
    """By the central team, of its own decision: one of its reasons is not so. Somebody else answers."""

    name = "application.correction_proposed.v1"
    sentence = "A reason of the decision was found to be in doubt; people who had no part in it answer by {due}."
    duty = "correcting"

    number: Internal[int]
    """From 1 within the file, with those that cities asked for."""
    letter: Internal[int]
    """The one that told the decision."""
    reason: Internal[int]
    """Its number in the decision, from 1."""
    instead: Restricted
    """What is so, as whoever found it says."""
    due: Internal[datetime]
    calendar: Internal[str]


class DecisionCorrected(ApplicationEvent, frozen=True, kw_only=True):
    """By somebody who had no hand in the file. The decision falls and stays on file; another is taken from the step `back_to` on."""

    name = "application.decision_corrected.v1"
    sentence = "The decision rested on an error and falls; it is taken again, and the next step is due by {due}."
    duty = "correcting"

    number: Internal[int]
    letter: Internal[int]
    """That told the decision which falls."""
    reasons: Internal[tuple[str, ...]]
    back_to: Internal[BackTo]
    checks: Internal[tuple[str, ...]]
    """Of eligibility, set aside: a person records them anew."""
    envelope: Internal[str | None]
    unfunded: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]


class CorrectionRefused(ApplicationEvent, frozen=True, kw_only=True):
    """By somebody who had no hand in the file. The decision stands, and the time to appeal against it begins anew."""

    name = "application.correction_refused.v1"
    sentence = "The fact was looked at and stands; an appeal is in time until {appeal_until}."
    duty = "correcting"

    number: Internal[int]
    reasons: Internal[tuple[str, ...]]
    appeal_until: Internal[datetime]
    """For every city of the file that has less time of its own."""
    calendar: Internal[str]
