"""Appeals against a decision."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import AppealOutcome, BackTo, Inadmissible


class AppealLodged(ApplicationEvent, frozen=True, kw_only=True):
    """By one city of the file. Why it cannot be heard, if so, is a matter of fact and stands here; a person says so."""

    name = "application.appeal_lodged.v1"
    sentence = "{city} lodged appeal {number}; whether it is heard is said by {due}."
    duty = "drafting"

    number: Internal[int]
    """From 1 within the file."""
    city: Internal[str]
    letter: Internal[int]
    """The one whose decision it is against."""
    grounds: Restricted
    against: Internal[tuple[Inadmissible, ...]]
    due: Internal[datetime]
    calendar: Internal[str]


class AppealWithdrawn(ApplicationEvent, frozen=True, kw_only=True):
    """By the city that lodged it; the decision stands."""

    name = "application.appeal_withdrawn.v1"
    sentence = "Appeal {number} was withdrawn."
    duty = "drafting"

    number: Internal[int]
    reason: Restricted
    waited: Internal[tuple[str, ...]] = ()
    """Cities that have not appealed and were in time when it was lodged: their time begins anew."""
    appeal_until: Internal[datetime | None] = None
    """Until when these can appeal now; None where no city waited."""
    calendar: Internal[str] = ""


class AppealAdmitted(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.appeal_admitted.v1"
    sentence = "Appeal {number} is heard and decided by {due}."
    duty = "hearing"

    number: Internal[int]
    due: Internal[datetime]
    calendar: Internal[str]


class AppealNotAdmitted(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.appeal_not_admitted.v1"
    sentence = "Appeal {number} is not heard: {inadmissible}."
    duty = "hearing"

    number: Internal[int]
    inadmissible: Internal[tuple[Inadmissible, ...]]
    reason: Internal[str]
    due: Internal[datetime]
    """Of the letter."""
    calendar: Internal[str]


class AppealDecided(ApplicationEvent, frozen=True, kw_only=True):
    """By somebody who had no hand in the file. Upheld, in whole or in part, the decision it is against falls, and the file is decided
    again from the step `back_to` on; money for it is held back in the same commit, or `unfunded` says why not."""

    name = "application.appeal_decided.v1"
    sentence = "Appeal {number} was decided: {appeal_outcome}."
    duty = "hearing"

    number: Internal[int]
    appeal_outcome: Internal[AppealOutcome]
    reasons: Internal[tuple[str, ...]]
    back_to: Internal[BackTo | None]
    checks: Internal[tuple[str, ...]]
    """Of eligibility, set aside: a person records them anew."""
    envelope: Internal[str | None]
    unfunded: Internal[str]
    due: Internal[datetime]
    """Of the letter."""
    calendar: Internal[str]
