"""What hubs are asked and answer."""

from datetime import datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import Mode, Opinion
from fund.domain.programme import Silence


class OpinionRequested(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.opinion_requested.v1"
    sentence = "The opinion of {hub} was asked, due by {due}."

    hub: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]
    remind_at: Internal[datetime | None] = None
    """When it is reminded, if it has not answered by then."""


class OpinionGiven(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.opinion_given.v1"
    sentence = "{hub} gave its opinion: {opinion}."
    duty = "coordinating"

    hub: Internal[str]
    opinion: Internal[Opinion]
    accepts_delivery: Internal[bool]
    reason: Restricted
    sustainability: Restricted = ""
    """What would last after the support, and what other cities could learn from it."""


class ConfidentialNoteAdded(ApplicationEvent, frozen=True, kw_only=True):
    """What a hub tells the fund's staff and whoever decides, and neither the city, nor assessors, nor another hub."""

    name = "application.confidential_note_added.v1"
    sentence = "{hub} added a confidential note."
    duty = "coordinating"

    hub: Internal[str]
    note: Restricted


class HubAsked(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody asked a hub that the register alone would not have asked."""

    name = "application.hub_asked.v1"
    sentence = "The opinion of {hub} was asked besides, due by {due}."
    duty = "coordinating"

    hub: Internal[str]
    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]
    remind_at: Internal[datetime | None] = None
    """When it is reminded, if it has not answered by then."""


class HubReleased(ApplicationEvent, frozen=True, kw_only=True):
    """Nothing is asked of it any more."""

    name = "application.hub_released.v1"
    sentence = "{hub} need not give an opinion any more."
    duty = "coordinating"

    hub: Internal[str]
    reason: Restricted


class CentralHelpAsked(ApplicationEvent, frozen=True, kw_only=True):
    """A full hub refuses nothing: from here on the central team may give the opinion as well."""

    name = "application.central_help_asked.v1"
    sentence = "{hub} asked for help with its opinion."
    duty = "coordinating"

    hub: Internal[str]
    reason: Restricted


class OpinionTakenOver(ApplicationEvent, frozen=True, kw_only=True):
    """From here on the central team gives the opinion, and no longer the hub. A machine does so where the hub is not open."""

    name = "application.opinion_taken_over.v1"
    sentence = "The opinion asked of {hub} was taken over by {the_office}, due by {due}."
    duty = "coordinating"

    hub: Internal[str]
    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class CentralOpinionGiven(ApplicationEvent, frozen=True, kw_only=True):
    """In the place of a hub; it never accepts delivery for one."""

    name = "application.central_opinion_given.v1"
    sentence = "The opinion asked of {hub} was given by {the_office}: {opinion}."
    duty = "advising"

    hub: Internal[str]
    opinion: Internal[Opinion]
    reason: Restricted


class HubReminded(ApplicationEvent, frozen=True, kw_only=True):
    """Before its silence counts."""

    name = "application.hub_reminded.v1"
    sentence = "{hub} was reminded of the opinion that it was asked for, due by {due}."
    sentence_if_late = "{hub} was reminded late of the opinion that it was asked for, which so is due by {due} instead of {instead_of}."

    hub: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str] = ""
    """Of a reminder that put it off."""
    instead_of: Internal[datetime | None] = None
    """When it was due before, where the reminder came too late to leave the time that it should."""


class OpinionDeemed(ApplicationEvent, frozen=True, kw_only=True):
    """Silence past the due date means what the programme says, and never agreement to deliver."""

    name = "application.opinion_deemed.v1"
    sentence = "{hub} gave no opinion by {due}; its silence counts as: {meaning}."

    hub: Internal[str]
    due: Internal[datetime]
    meaning: Internal[Silence] = "no_objection"


class LeadHandedOver(ApplicationEvent, frozen=True, kw_only=True):
    """Once coordination is closed, where the hub that leads is not open: another leads in its place, or none does."""

    name = "application.lead_handed_over.v1"
    sentence = "The hub that led is not open, and it is settled anew how the support is given: {mode}."
    duty = "coordinating"

    hub_before: Internal[str]
    """The hub that led."""
    mode: Internal[Mode]
    hub: Internal[str | None]
    """The one that leads from here on."""
    reason: Internal[str]
    days_released: Internal[int] = 0
    """Of the hub that led: those that it kept free and did not deliver."""


class CoordinationClosed(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.coordination_closed.v1"
    sentence = "Coordination was closed: {mode}. The proposal is due by {due}."
    duty = "coordinating"

    mode: Internal[Mode]
    hub: Internal[str | None]
    """The one that leads, where several were asked."""
    reason: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]


class OpinionAnswered(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.opinion_answered.v1"
    sentence = "The opinion of {hub} was answered."
    duty = "proposing"

    hub: Internal[str]
    answer: Restricted
