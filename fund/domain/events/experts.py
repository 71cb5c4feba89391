"""An expert or a peer city is proposed and answers."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import Part


class ExpertProposed(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody of the pool of experts, or a peer of a member city, is asked to take part in the support."""

    name = "application.expert_proposed.v1"
    sentence = "{person} was asked to take part as {part}, and answers by {due}."
    duty = "checking"

    person: Internal[str]
    part: Internal[Part]
    city: Internal[str | None]
    city_name: Internal[str]
    """Of a peer; empty for an expert."""
    purpose: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class ExpertAccepted(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.expert_accepted.v1"
    sentence = "{person} agreed to take part."
    duty = "helping"

    person: Internal[str]


class ExpertDeclined(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.expert_declined.v1"
    sentence = "{person} declined to take part."
    duty = "helping"

    person: Internal[str]
    reason: Restricted


class ExpertConflicted(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.expert_conflicted.v1"
    sentence = "{person} declared a conflict and does not take part."
    duty = "helping"

    person: Internal[str]
    reason: Restricted


class ExpertLapsed(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.expert_lapsed.v1"
    sentence = "{person} gave no answer by {due}; somebody else can be asked."

    person: Internal[str]
    due: Internal[datetime]
