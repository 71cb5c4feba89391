"""Completeness and eligibility, and a refusal that two people set aside."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import CheckResult


class ReturnedForCompletion(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.returned_for_completion.v1"
    sentence = "The application went back to the city for completion of: {sections}, by {due}."
    duty = "checking"

    sections: Internal[tuple[str, ...]]
    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class CompletenessConfirmed(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.completeness_confirmed.v1"
    sentence = "The application was found complete; eligibility is checked by {due}."
    duty = "checking"

    due: Internal[datetime]
    calendar: Internal[str]


class CheckRecorded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.check_recorded.v1"
    sentence = "Check {check} was recorded: {result}."
    duty = "checking"

    check: Internal[str]
    result: Internal[CheckResult]
    evidence: Restricted
    rule: Internal[str]
    """Version of the check in the programme."""


class FoundEligible(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.found_eligible.v1"
    sentence = "The application was found eligible; alignment is assessed by {due}."
    duty = "checking"

    due: Internal[datetime]
    calendar: Internal[str]


class FoundIneligible(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.found_ineligible.v1"
    sentence = "The application was found ineligible on: {checks}."
    duty = "deciding"

    checks: Internal[tuple[str, ...]]
    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class OverrideProposed(ApplicationEvent, frozen=True, kw_only=True):
    """By somebody who had no hand in the file. Nothing changes until somebody else confirms it."""

    name = "application.override_proposed.v1"
    sentence = "It was proposed to set the refusal on {checks} aside; somebody else answers by {due}."
    duty = "overriding"

    checks: Internal[tuple[str, ...]]
    reasons: Internal[tuple[str, ...]]
    due: Internal[datetime]
    """Of the answer."""
    calendar: Internal[str]


class OverrideDeclined(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.override_declined.v1"
    sentence = "The refusal was not set aside; it stands."
    duty = "overriding"

    reason: Restricted


class EligibilityOverridden(ApplicationEvent, frozen=True, kw_only=True):
    """By a second person. The finding falls: people answer these checks again, and whoever found it decides nothing more."""

    name = "application.eligibility_overridden.v1"
    sentence = "Two people set the refusal on {checks} aside; eligibility is looked at again by {due}."
    duty = "overriding"

    checks: Internal[tuple[str, ...]]
    reasons: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]
