"""An application is written and handed in."""

from datetime import datetime

from fund.domain.event import Internal, Public, Restricted
from fund.domain.events.kinds import RISK, ApplicationEvent
from fund.domain.sections import AnySection, Safeguards


class ApplicationStarted(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.started.v1"
    sentence = "{city} started an application."
    duty = "drafting"

    reference: Public[str]
    city: Internal[str]
    language: Public[str]
    due: Internal[datetime]
    calendar: Internal[str]


class SectionSaved(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.section_saved.v1"
    sentence = "The section “{section}” was saved."
    duty = "drafting"

    section: AnySection
    digest: Internal[str] = ""
    """`section_digest(section, salt)`: what a partner city accepts. Empty where it was not recorded."""
    salt: Restricted = ""

    @property
    def key_scope(self) -> str:
        return RISK if isinstance(self.section, Safeguards) else ""


class ApplicationSubmitted(ApplicationEvent, frozen=True, kw_only=True):
    """The file pins the policy version of its header, the catalogue and the track from here on."""

    name = "application.submitted.v1"
    sentence = "{city} submitted the application under policy {policy}; completeness is checked by {due}."
    duty = "drafting"

    city: Internal[str]
    beneficiaries: Internal[tuple[str, ...]]
    members: Internal[tuple[str, ...]]
    """Which of these cities were members at this instant."""
    attested: Internal[tuple[str, ...]] = ()
    """Which of these cities had an attestation of the guiding principles on file that was current at this instant."""
    determined: Internal[tuple[str, ...]] = ()
    """For which of these cities a person had determined that the territory meets the rule, with no review overdue."""
    signatory: Internal[str]
    authorised: Internal[bool]
    """Whether the signatory was a confirmed one at this instant."""
    policy: Public[str]
    catalogue: Public[str]
    track: Public[str]
    region: Public[str | None]
    """Of the lead city."""
    priorities: Public[tuple[str, ...]]
    amount: Internal[int]
    currency: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]
    """`code/version` of the calendar that gave the due instant."""
    round: Public[str | None] = None
    """The competitive round that it enters, or is in already."""
    sealed_until: Internal[datetime | None] = None
    """When that round closes: nobody assesses the file before."""
    regions: Public[tuple[str, ...]] = ()
    """Of all its cities, the lead's first."""
    hubs: Internal[tuple[str, ...] | None] = None
    """Those to consult that were open at this instant. None where it was not recorded."""
    text: Internal[str] = ""
    """`text_digest` of what was submitted. Empty where it was not recorded."""
    consents: Internal[tuple[str, ...]] = ()
    """The partner cities that accepted exactly this text, as the programme asks."""
    giving: Internal[tuple[str, ...]] = ()
    """Which of its cities had given money or help to an envelope at this instant."""
    awarded: Internal[tuple[str, ...]] = ()
    """Which of these cities had an award that ran at this instant, or lay around or within one that had."""
    overdue: Internal[tuple[str, ...]] = ()
    """Which of these cities had a report on an award that was overdue at this instant."""


class ShortageAnnounced(ApplicationEvent, frozen=True, kw_only=True):
    """At intake, and once it needs others than it did. No persons are named: of those there are, nobody is left for these duties."""

    name = "application.shortage_announced.v1"
    sentence = "The people there are cannot finish this application; somebody is missing for: {duties}."

    duties: Internal[tuple[str, ...]]
