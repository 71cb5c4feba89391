"""What the support could do harm to: help, levels, mitigations, signatures."""

from datetime import date, datetime

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import RiskEvent
from fund.domain.events.words import AskedFor, Reporter
from fund.domain.programme import Office, SafeguardLevel, SignedBy
from fund.domain.sections import SafeguardAnswer


class SafeguardHelpAsked(RiskEvent, frozen=True, kw_only=True):
    """The city could not answer these questions. Nothing is decided until a hub, or the central team, has helped."""

    name = "application.safeguard_help_asked.v1"
    sentence = "Help was asked with questions about safeguards that the city could not answer, due by {due}."

    hub: Internal[str | None]
    """None: the central team helps."""
    questions: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]
    remind_at: Internal[datetime | None] = None
    """When whoever is asked is reminded, if they have not helped by then."""


class SafeguardHelpGiven(RiskEvent, frozen=True, kw_only=True):
    """What is known now of what the city did not know; it may still be that nobody does."""

    name = "application.safeguard_help_given.v1"
    sentence = "The questions about safeguards that the city could not answer were looked into."
    duty = "coordinating"

    hub: Internal[str | None]
    """None: the central team answered."""
    answers: tuple[SafeguardAnswer, ...]
    digest: Internal[str]
    """`section_digest` of a safeguards section of these answers alone, with the salt."""
    salt: Restricted


class SafeguardsRecorded(RiskEvent, frozen=True, kw_only=True):
    """An officer looked at the answers and at what they ask for, and set the level. The risk itself stands in sealed texts alone."""

    name = "application.safeguards_recorded.v1"
    sentence = "The safeguards were looked at: {level}."
    duty = "checking"

    level: Internal[SafeguardLevel]
    reason: Restricted
    questions: Internal[str] = ""
    """Version of the questions that were answered. Empty where none were asked; then nothing below was recorded either."""
    proposed: Internal[SafeguardLevel | None] = None
    """What the answers ask for, by the rules of the programme."""
    digest: Internal[str] = ""
    """`screen.answers_digest`: of the answers that were looked at."""
    text: Internal[str] = ""
    """`text_digest` of the form as it stood."""
    cities: Internal[tuple[str, ...]] = ()
    track: Internal[str] = ""
    valid_until: Internal[datetime | None] = None
    """How long the look holds, by `calendar`."""
    calendar: Internal[str] = ""


class MitigationAgreed(RiskEvent, frozen=True, kw_only=True):
    """What lessens a risk, by which office, until when. It says nothing of the risk itself."""

    name = "application.mitigation_agreed.v1"
    sentence = "Safeguard {number}: {owner}, by {due_on}."
    duty = "checking"

    number: Internal[int]
    """From 1 within the level it belongs to."""
    text: Restricted
    owner: Internal[str]
    due_on: Internal[date]
    office: Internal[Office] = "centre"
    """Who owes it once the award is offered."""


class SignatureAsked(RiskEvent, frozen=True, kw_only=True):
    """Somebody else signs the level before anything goes on with it: in this role, of this hub where it names one."""

    name = "application.signature_asked.v1"
    sentence = "The safeguards wait for a signature: {role}, by {due}."

    role: Internal[SignedBy]
    hub: Internal[str | None]
    """None: the central team signs."""
    screen: Internal[str]
    """`screen.screen_digest`: of what is signed."""
    due: Internal[datetime]
    calendar: Internal[str]
    remind_at: Internal[datetime | None] = None
    """When whoever is asked is reminded, if nobody has signed by then."""


class SafeguardsSigned(RiskEvent, frozen=True, kw_only=True):
    """Of the level and what lessens the risk exactly as they were recorded; another record asks for other signatures."""

    name = "application.safeguards_signed.v1"
    sentence = "The safeguards were signed: {role}."
    duty = "checking"

    role: Internal[SignedBy]
    """In which it was asked."""
    hub: Internal[str | None]
    """None: the central team signed, for itself or in the place of a hub."""
    screen: Internal[str]
    reason: Restricted


class SafeguardsReminded(RiskEvent, frozen=True, kw_only=True):
    """Whoever was asked, before the day is over."""

    name = "application.safeguards_reminded.v1"
    sentence = "A reminder was given of what is awaited for the safeguards, due by {due}."

    about: Internal[AskedFor]
    hub: Internal[str | None]
    """None: the central team."""
    due: Internal[datetime]


class IncidentReported(RiskEvent, frozen=True, kw_only=True):
    """Something happened under an award that did harm, or may do some: its safeguards are looked at again. The account is sealed."""

    name = "application.incident_reported.v1"
    sentence = "An incident was reported; the safeguards are looked at again by {due}."
    duty = "reporting"

    number: Internal[int]
    """From 1 within the file."""
    by: Internal[Reporter]
    happened_on: Internal[date]
    account: Restricted
    due: Internal[datetime]
    """Of the look at the safeguards, by `calendar`: of one that is awaited already, where one is."""
    calendar: Internal[str]


class ScreeningAsked(RiskEvent, frozen=True, kw_only=True):
    """The last look at the safeguards of an award holds no longer, and its support is not over."""

    name = "application.screening_asked.v1"
    sentence = "The safeguards were looked at too long ago; they are looked at again by {due}."

    due: Internal[datetime]
    calendar: Internal[str]
