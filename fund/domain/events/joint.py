"""Cities that apply together accept the text, or leave."""

from datetime import date

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import Failing


class PartnerInvited(ApplicationEvent, frozen=True, kw_only=True):
    """A city that the form names is asked to accept the text. From here on its representatives see the application."""

    name = "application.partner_invited.v1"
    sentence = "{city} was invited to accept the text of the application."

    city: Internal[str]


class TextAccepted(ApplicationEvent, frozen=True, kw_only=True):
    """By the city's own signatory, of the text as it stood. A later edit asks for another acceptance."""

    name = "application.text_accepted.v1"
    sentence = "{city} accepted the text of the application."
    duty = "drafting"

    city: Internal[str]
    text: Internal[str]
    """`text_digest` of all sections as they stood."""


class AcceptanceRecorded(ApplicationEvent, frozen=True, kw_only=True):
    """A city accepted on paper; an officer, who is the actor, answers for what was recorded of it."""

    name = "application.acceptance_recorded.v1"
    sentence = "{city} accepted the text of the application on paper, signed on {signed_on}."
    duty = "checking"

    city: Internal[str]
    text: Internal[str]
    """As it stands on the paper."""
    signatory: Internal[str]
    signed_on: Internal[date]
    paper: Internal[str]
    """SHA-256 of the photograph of the signed paper, lowercase hex."""


class PartnerLeft(ApplicationEvent, frozen=True, kw_only=True):
    """It declined, or left after it had accepted; and what fails of the application without it."""

    name = "application.partner_left.v1"
    sentence = "{city} takes no part in the application any more; what fails without it: {fails}."
    duty = "drafting"

    city: Internal[str]
    reason: Restricted
    fails: Internal[tuple[Failing, ...]]
    checks: Internal[tuple[str, ...]] = ()
    """Eligibility checks of pure facts that the other cities do not pass."""
    accept_again: Internal[tuple[str, ...]] = ()
    """Cities that had accepted a text with it in it."""
    hubs: Internal[tuple[str, ...]] = ()
    """Hubs that were asked on its account alone."""
