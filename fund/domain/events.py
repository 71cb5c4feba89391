"""Everything that can ever be recorded, in the order in which it happens.

Names are frozen and versioned. A field may be added with a default; anything else is a new version and an upcaster.
`duty` names what the actor's hand on a file was: whoever did one duty is kept apart from others (see `workflow`).
Sentences are gettext messages; placeholders are fields of the event, written out by whoever tells the story.
"""

from datetime import date, datetime
from typing import ClassVar, Literal

import msgspec

from fund.domain.event import Event, Internal, Personal, Public, Restricted
from fund.domain.programme import ConflictEffect, SafeguardLevel, SignedBy, Silence
from fund.domain.rubric import Short, Tie
from fund.domain.sections import AnySection, SafeguardAnswer, Safeguards

CheckResult = Literal["pass", "fail"]
Verdict = Literal["aligned", "partly", "not"]
Opinion = Literal["support", "support_with_changes", "no_objection", "concern", "veto_request"]
Mode = Literal["via_hub", "with_hub", "no_hub"]
Missing = Literal["silent", "away"]
"""Why somebody is not waited for any longer."""
Recommendation = Literal["approve", "decline", "defer", "refer", "wait"]
Outcome = Literal[
    "approved", "approved_with_conditions", "declined", "deferred", "referred", "waiting_list", "ineligible", "withdrawn", "terminated",
    "lapsed",
]  # fmt: skip
AppealOutcome = Literal["upheld", "partly_upheld", "dismissed"]
LetterOutcome = Literal[Outcome, "appeal_upheld", "appeal_partly_upheld", "appeal_dismissed", "appeal_not_admitted"]
"""What a letter tells: a decision, or the answer to an appeal."""
Inadmissible = Literal["late", "not_a_party"]
"""Why an appeal is not heard."""
HeldAt = Literal["completeness", "eligibility", "assessment", "coordination", "proposal", "decision"]
"""Where an application can be suspended."""
BackTo = Literal["eligibility", "assessment", "proposal"]
"""The step from which a file is decided again."""
Cause = Literal["date", "event", "money", "review"]
Capacity = Literal["signatory", "focal_point"]
Territory = Literal["meets", "does_not_meet", "unresolved"]
Leaving = Literal["withdrawn", "ineligible", "lapsed"]
Part = Literal["expert", "peer"]
AskedFor = Literal["help", "signature"]
"""What is asked of somebody for the safeguards."""
Awaited = Literal["acceptance", "report"]
"""What a city is reminded of once it has an award."""
Ending = Literal["turned_down", "lapsed", "closed", "terminated"]
"""How an award ends."""
Failing = Literal["nothing", "text", "checks", "track", "hubs"]
"""What fails of a joint application when a city leaves it."""
Rhythm = Literal["at_once", "daily", "weekly", "never"]
"""How often messages come that are no decision and no deadline of one's own."""
Interest = Literal["employer", "family", "gain", "advice", "former_post"]
"""Kinds of conflict that people declare. What each does is the programme's to say."""
Redone = Literal["nothing", "assessment", "moderation", "proposal", "approval", "admission"]
"""What is done again from the beginning because somebody who did it should not have."""
Then = Literal["redone", "look_again", "listed"]
"""Of a tainted act: it is done again; somebody else looks at it again before the answer; it is kept in sight for whoever corrects it."""
Duty = Literal[
    "drafting",
    "declaring",
    "emergency",
    "checking",
    "questioning",
    "assessing",
    "coordinating",
    "advising",
    "ranking",
    "drawing",
    "proposing",
    "deciding",
    "hearing",
    "correcting",
    "overriding",
    "helping",
    "asking",
    "determining",
    "admitting",
    "stopping",
]
ContributionKind = Literal["cash", "in_kind", "self_funded"]
TrackReason = Literal[
    "only",
    "round",
    "fits",
    "lot",
    "amount",
    "days",
    "hubs",
    "cities",
    "city_cap",
    "safeguards",
    "check",
    "opinion",
    "alignment",
    "officer",
    "approver",
    "appeal",
    "override",
    "correction",
]
"""Why a file is on a track: `only` to `city_cap` at submission, `amount` to `correction` where it leaves one."""


class ApplicationEvent(Event, frozen=True, kw_only=True):
    """A fact of one application."""

    duty: ClassVar[Duty | None] = None


RISK = "risk"
"""What could endanger somebody is sealed under a key of its own beside that of the application."""


class RiskEvent(ApplicationEvent, frozen=True, kw_only=True):
    """A fact of one application whose texts say what harm the support could do."""

    @property
    def key_scope(self) -> str:
        return RISK


# ── Draft ─────────────────────────────────────────────────────────────────────


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


# ── Partner cities ────────────────────────────────────────────────────────────


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
    """Said at intake, and no persons are named: with those there are, somebody is missing for these duties."""

    name = "application.shortage_announced.v1"
    sentence = "The people there are cannot finish this application; somebody is missing for: {duties}."

    duties: Internal[tuple[str, ...]]


# ── Track ─────────────────────────────────────────────────────────────────────
# ── Track ─────────────────────────────────────────────────────────────────────


class TrackChosen(ApplicationEvent, frozen=True, kw_only=True):
    """Once, with the first submission: which rule spoke. Where the lot was asked, whoever has its seed can draw it again."""

    name = "application.track_chosen.v1"
    sentence = "The application is on the track “{track}”: {why}."

    track: Public[str]
    why: Public[TrackReason]
    seed: Internal[str] = ""
    percent: Internal[int] = 0
    drawn: Internal[bool] = False


class OpinionDue(msgspec.Struct, frozen=True, kw_only=True):
    """When an open opinion is due anew, of a hub with working days of its own."""

    hub: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]


class TrackChanged(ApplicationEvent, frozen=True, kw_only=True):
    """A file never changes track silently, and never back. The answer that moved it stands before it in the same commit."""

    name = "application.track_changed.v1"
    sentence = "The application moved from the track “{from_track}” to “{to_track}”: {why}. The step it waits in is due by {due}."

    from_track: Public[str]
    to_track: Public[str]
    why: Internal[TrackReason]
    reassess: Public[bool]
    """Whether the assessment is open again, because the new track asks for more assessors than have spoken."""
    due: Internal[datetime]
    calendar: Internal[str]
    opinions_due: Internal[datetime | None]
    """When the opinions that are still open are due on the new track."""
    opinions: Internal[tuple[OpinionDue, ...]] = ()
    """Of hubs with working days of their own; these win."""


class TrackChangeAsked(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.track_change_asked.v1"
    sentence = "An officer asked for the fuller track."
    duty = "checking"

    reason: Restricted


# ── Safeguards: the harm that the support could do ────────────────────────────


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


# ── Questions to the city, at any step between submission and decision ────────


class ClarificationRequested(ApplicationEvent, frozen=True, kw_only=True):
    """A question to the city. While one is open, the clock of the step in which the file waits stands still."""

    name = "application.clarification_requested.v1"
    sentence = "Question {number} was put to the city, which answers by {due}; until then the time of this step stands still."
    duty = "questioning"

    number: Internal[int]
    """From 1 within the file."""
    question: Restricted
    due: Internal[datetime]
    """When the answer is due, by the working days of the city."""
    calendar: Internal[str]
    reminders: Internal[tuple[datetime, ...]]
    """After which instants the city is reminded."""


class ClarificationReminded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.clarification_reminded.v1"
    sentence = "The city was reminded of question {number}, which it answers by {due}."

    number: Internal[int]
    reminder: Internal[int]
    """How many of its reminders have come due: one that was missed is not made up for."""
    due: Internal[datetime]
    calendar: Internal[str]


class ClarificationAnswered(ApplicationEvent, frozen=True, kw_only=True):
    """`due` and `calendar` of this and the next two: of the step in which the file waits, whose clock runs again; None and empty
    while another question is open."""

    name = "application.clarification_answered.v1"
    sentence = "The city answered question {number}."
    duty = "drafting"

    number: Internal[int]
    answer: Restricted
    due: Internal[datetime | None]
    calendar: Internal[str]


class ClarificationWithdrawn(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.clarification_withdrawn.v1"
    sentence = "Question {number} was taken back; the city need not answer it."
    duty = "questioning"

    number: Internal[int]
    reason: Restricted
    due: Internal[datetime | None]
    calendar: Internal[str]


class ClarificationLapsed(ApplicationEvent, frozen=True, kw_only=True):
    """The clock ran again from the moment the answer was due, whenever a machine came to record it."""

    name = "application.clarification_lapsed.v1"
    sentence = "Question {number} was not answered in time; the application goes on without the answer."

    number: Internal[int]
    answer_due: Internal[datetime]
    due: Internal[datetime | None]
    calendar: Internal[str]


# ── Conflicts of interest, at any step ────────────────────────────────────────


class TaintedAct(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done to the file by somebody who has no part in it any more: the event at that version."""

    version: Internal[int]
    event: Internal[str]
    then: Internal[Then]


class ConflictDeclared(ApplicationEvent, frozen=True, kw_only=True):
    """By the person, by a colleague who found it, or because a standing declaration of theirs concerns this file.

    `tainted`: every act of theirs before it, where the conflict keeps them out. `due`, `calendar`: of the stage that the file goes
    back to; None and empty where it stays.
    """

    name = "application.conflict_declared.v1"
    sentence = "Conflict {number} was declared: {person}, {interest} ({effect})."
    duty = "declaring"

    number: Internal[int]
    """From 1 within the file."""
    person: Internal[str]
    interest: Internal[Interest]
    effect: Internal[ConflictEffect]
    """As the programme said, or the standing declaration."""
    paid_to_deliver: Internal[bool]
    about: Restricted
    """Empty where it stands on the person's own stream."""
    standing: Internal[int | None]
    """Number of the standing declaration."""
    tainted: tuple[TaintedAct, ...] = ()
    redone: Internal[Redone] = "nothing"
    due: Internal[datetime | None] = None
    calendar: Internal[str] = ""


class ConflictEnded(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody else found that it is none. What was done again stays done again."""

    name = "application.conflict_ended.v1"
    sentence = "Conflict {number} was found to be none, or to be over."
    duty = "declaring"

    number: Internal[int]
    reason: Restricted


class EmergencyAccessAsked(ApplicationEvent, frozen=True, kw_only=True):
    """By somebody without the role, where nobody who holds it can be reached. Opens nothing until a second person does."""

    name = "application.emergency_access_asked.v1"
    sentence = "{person} asked for emergency access as {role} under number {number}; a second person answers until {answer_by}."
    duty = "emergency"

    number: Internal[int]
    """From 1 within the file."""
    person: Internal[str]
    role: Internal[str]
    answer_by: Internal[datetime]
    """What is not opened until then has lapsed."""
    reason: Restricted


class EmergencyAccessOpened(ApplicationEvent, frozen=True, kw_only=True):
    """By a second person, to `person`. What is done with it is done in both names."""

    name = "application.emergency_access_opened.v1"
    sentence = "A second person opened emergency access {number} as {role} to {person}, until {open_until}."
    duty = "emergency"

    number: Internal[int]
    person: Internal[str]
    role: Internal[str]
    open_until: Internal[datetime]
    """It ends then by itself."""


class EmergencyAccessClosed(ApplicationEvent, frozen=True, kw_only=True):
    """By either of the two, before it ended by itself."""

    name = "application.emergency_access_closed.v1"
    sentence = "Emergency access {number} of {person} was closed."
    duty = "emergency"

    number: Internal[int]
    person: Internal[str]
    reason: Restricted


class LookedAgain(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody else went through what the person had done and answers for it from here on."""

    name = "application.looked_again.v1"
    sentence = "What had been done under conflict {number} was looked at again."
    duty = "checking"

    number: Internal[int]
    finding: Restricted


# ── Completeness ──────────────────────────────────────────────────────────────


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


# ── Eligibility, with the hub's opinion asked beside it ───────────────────────


class OpinionRequested(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.opinion_requested.v1"
    sentence = "The opinion of {hub} was asked, due by {due}."

    hub: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]
    remind_at: Internal[datetime | None] = None
    """When it is reminded, if it has not answered by then."""


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

    hub: Internal[str]
    due: Internal[datetime]


class OpinionDeemed(ApplicationEvent, frozen=True, kw_only=True):
    """Silence past the due date means what the programme says, and never agreement to deliver."""

    name = "application.opinion_deemed.v1"
    sentence = "{hub} gave no opinion by {due}; its silence counts as: {meaning}."

    hub: Internal[str]
    due: Internal[datetime]
    meaning: Internal[Silence] = "no_objection"


# ── Assessment of alignment ───────────────────────────────────────────────────


class AssessorAssigned(ApplicationEvent, frozen=True, kw_only=True):
    """By hand, which departs from the lot and so has its reason."""

    name = "application.assessor_assigned.v1"
    sentence = "{assessor} was assigned to assess the alignment."
    duty = "checking"

    assessor: Internal[str]
    reason: Restricted = ""
    due: Internal[datetime | None] = None
    """By when this person assesses: a whole clock of the step from now."""
    calendar: Internal[str] = ""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may be drawn, and how many assessments they still owe."""

    person: Internal[str]
    load: Internal[int]


class AssessorsDrawn(ApplicationEvent, frozen=True, kw_only=True):
    """`draw.drawn(seed, candidates, places)` is `drawn`. The candidates are all who qualified, by what the views knew as of an index."""

    name = "application.assessors_drawn.v1"
    sentence = "Drawn by lot to assess the alignment: {drawn}."
    duty = "checking"

    candidates: tuple[Candidate, ...]
    as_of: Internal[int]
    """Index of the ledger up to which people and loads were known."""
    day: Internal[date]
    """On which nobody of the candidates was away."""
    seed: Internal[str]
    places: Internal[int]
    drawn: Internal[tuple[str, ...]]
    most: Internal[int | None] = None
    """Whoever owed so many was not in the lot."""
    due: Internal[datetime | None] = None
    """By when whoever was drawn assesses."""
    calendar: Internal[str] = ""


class AssessorLapsed(ApplicationEvent, frozen=True, kw_only=True):
    """Nobody waits for somebody who does not come: silent past their due date, or away until after it."""

    name = "application.assessor_lapsed.v1"
    sentence = "{assessor} was to assess the alignment by {due} and makes way for somebody else: {missing}."

    assessor: Internal[str]
    missing: Internal[Missing]
    due: Internal[datetime]


class AssessorReleased(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.assessor_released.v1"
    sentence = "{assessor} was released from the assessment."
    duty = "checking"

    assessor: Internal[str]
    reason: Restricted


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One person's view of one priority."""

    priority: Public[str]
    verdict: Internal[Verdict]
    reason: Restricted


class AssessmentRecorded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.assessment_recorded.v1"
    sentence = "{assessor} assessed the alignment."
    duty = "assessing"

    assessor: Internal[str]
    judgements: tuple[Judgement, ...]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the assessments together say of one priority."""

    priority: Public[str]
    verdict: Internal[Verdict]
    unanimous: Internal[bool]


class AlignmentDetermined(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.alignment_determined.v1"
    sentence = "All assessments are in; alignment: {findings}. Coordination is closed by {due}."

    findings: tuple[Finding, ...]
    due: Internal[datetime]
    calendar: Internal[str]


# ── Points, in a competitive round ────────────────────────────────────────────


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One person's score of one criterion, 0 to 5."""

    criterion: Public[str]
    score: Internal[int]
    reason: Restricted


class ScoresRecorded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.scores_recorded.v1"
    sentence = "{assessor} scored the application."
    duty = "assessing"

    assessor: Internal[str]
    scores: tuple[Score, ...]


class ModerationCalled(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.moderation_called.v1"
    sentence = "The scores are {gap} points apart: moderation is due by {due}."

    gap: Internal[int]
    """Points x100 between the highest and the lowest total."""
    criteria: Internal[tuple[str, ...]]
    """On which the scores differ too much; may be none."""
    due: Internal[datetime]
    calendar: Internal[str]


class ModeratorAssigned(ApplicationEvent, frozen=True, kw_only=True):
    """By hand, which departs from the office whose work it is, and so has its reason."""

    name = "application.moderator_assigned.v1"
    sentence = "{moderator} was asked to hold the moderation."
    duty = "checking"

    moderator: Internal[str]
    reason: Restricted


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """The score of one criterion after moderation, 0 to 5."""

    criterion: Public[str]
    score: Internal[int]


class ModerationHeld(ApplicationEvent, frozen=True, kw_only=True):
    """The original scores stay as they were recorded; these are the ones that count."""

    name = "application.moderation_held.v1"
    sentence = "{moderator} held the moderation and settled the scores."
    duty = "assessing"

    moderator: Internal[str]
    scores: tuple[Agreed, ...]
    reason: Restricted


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What one criterion came to: the mark (mean score x100) and its points x100."""

    criterion: Public[str]
    mark: Internal[int]
    points: Internal[int]


class Scored(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.scored.v1"
    sentence = "All scores are in: {points} points. Coordination is closed by {due}."

    rubric: Public[str]
    marks: tuple[Mark, ...]
    points: Internal[int]
    passed: Internal[bool]
    short: Internal[tuple[Short, ...]]
    """Why it did not pass."""
    due: Internal[datetime]
    calendar: Internal[str]


class Placed(ApplicationEvent, frozen=True, kw_only=True):
    """What the round decided about this file; `above` the line it can only be approved, below it only be refused."""

    name = "application.placed.v1"
    sentence = "Placed {place} of {files} in “{round}”; the proposal is due by {due}."

    round: Public[str]
    place: Internal[int]
    files: Internal[int]
    above: Internal[bool]
    envelope: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]


# ── Coordination, proposal, decision ──────────────────────────────────────────


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


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What must be done, by which office (never a person's name), until when, and what shows it."""

    text: Internal[str]
    owner: Internal[str]
    due_on: Internal[date]
    proof: Internal[str]


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for, in the currency that is proposed: `limit` in minor units, by the dated rate that was in force."""

    base: Internal[str]
    quote: Internal[str]
    rate: Internal[int]
    digits: Internal[int]
    """One unit of `base` is rate / 10^digits units of `quote`."""
    on: Internal[date]
    source: Internal[str]
    limit: Internal[int]


class OpinionAnswered(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.opinion_answered.v1"
    sentence = "The opinion of {hub} was answered."
    duty = "proposing"

    hub: Internal[str]
    answer: Restricted


class ProposalMade(ApplicationEvent, frozen=True, kw_only=True):
    """`peers` are local leaders or practitioners of the network in design and delivery, or `no_peers_reason` says why not."""

    name = "application.proposal_made.v1"
    sentence = "It was proposed to {recommendation}; the decision is due by {due}."
    duty = "proposing"

    recommendation: Internal[Recommendation]
    envelope: Internal[str | None]
    amount: Internal[int]
    currency: Internal[str]
    peers: tuple[Restricted, ...]
    no_peers_reason: Internal[str]
    conditions: tuple[Condition, ...]
    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]
    support_type: Internal[str | None] = None
    """What of the catalogue's types of support it is; None where that was not said."""
    exchange: Exchange | None = None
    """Where the money is in another currency than was asked for."""
    giving_cities: Internal[tuple[str, ...]] = ()
    """Cities of the file that themselves gave to this envelope: whoever decides is to know."""
    until: Internal[date | None] = None
    awaits: Internal[str] = ""
    modality: Internal[str] = ""


class ProposalReturned(ApplicationEvent, frozen=True, kw_only=True):
    """The approver gives the proposal back to whoever made it; the file is in proposal again."""

    name = "application.proposal_returned.v1"
    sentence = "The proposal went back to the proposer; a new one is due by {due}."
    duty = "deciding"

    reason: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class DecidedOtherwise(ApplicationEvent, frozen=True, kw_only=True):
    """Why the decision in the same commit differs from the proposal: in its kind, envelope, amount, conditions, date or modality."""

    name = "application.decided_otherwise.v1"
    sentence = "It was decided otherwise than proposed ({differs}): “{reason}”."
    duty = "deciding"

    differs: Internal[tuple[str, ...]]
    reason: Internal[str]


class ApprovalGiven(ApplicationEvent, frozen=True, kw_only=True):
    """The first of two approvals: exactly what the second person confirms. No money is committed by it."""

    name = "application.approval_given.v1"
    sentence = "A first person approved {amount}; a second person decides by the same date."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    conditions: tuple[Condition, ...]


class ApprovalLapsed(ApplicationEvent, frozen=True, kw_only=True):
    """The second person did not confirm the first approval: what they decided instead stands in the same commit."""

    name = "application.approval_lapsed.v1"
    sentence = "The first approval lapsed: a second person decided otherwise."
    duty = "deciding"


class OpinionOverruled(ApplicationEvent, frozen=True, kw_only=True):
    """Whoever approves does not follow hubs whose opinion asks for a reason."""

    name = "application.opinion_overruled.v1"
    sentence = "The decision does not follow: {hubs}."
    duty = "deciding"

    hubs: Internal[tuple[str, ...]]
    reason: Restricted


class Approved(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.approved.v1"
    sentence = "Approved: {amount}."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]


class ApprovedWithConditions(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.approved_with_conditions.v1"
    sentence = "Approved with conditions: {amount}."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    conditions: tuple[Condition, ...]
    due: Internal[datetime]
    calendar: Internal[str]


class ApprovalWithheld(ApplicationEvent, frozen=True, kw_only=True):
    """On a track that refuses nothing: the approver does not approve, and wants it assessed as on the fallback."""

    name = "application.approval_withheld.v1"
    sentence = "Approval was withheld: the application needs the fuller track."
    duty = "deciding"

    reason: Restricted


class CityCapReached(ApplicationEvent, frozen=True, kw_only=True):
    """The approver said yes, and the track can give this city no more at present."""

    name = "application.city_cap_reached.v1"
    sentence = "The approval could not stand: {city} has had all that this track gives a city within {months} months."
    duty = "deciding"

    city: Internal[str]
    months: Internal[int]


class Declined(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.declined.v1"
    sentence = "Declined."
    duty = "deciding"

    reasons: Internal[tuple[str, ...]]
    what_would_change: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]


class Deferred(ApplicationEvent, frozen=True, kw_only=True):
    """Put off `until` a day, or until what it `awaits` has happened and a person records it; looked at again at `review` at the latest."""

    name = "application.deferred.v1"
    sentence = "Deferred; it is taken up again by {review} at the latest."
    duty = "deciding"

    reasons: Internal[tuple[str, ...]]
    until: Internal[date | None]
    awaits: Internal[str]
    review: Internal[datetime]
    due: Internal[datetime]
    calendar: Internal[str]


class Referred(ApplicationEvent, frozen=True, kw_only=True):
    """No rejection: another modality of the network helps. `turn_to`: where the city turns; `passed_on`: what the fund hands over."""

    name = "application.referred.v1"
    sentence = "Referred to: {modality}."
    duty = "deciding"

    modality: Internal[str]
    turn_to: Internal[str]
    passed_on: Internal[str]
    reasons: Internal[tuple[str, ...]]
    due: Internal[datetime]
    calendar: Internal[str]


class PutOnWaitingList(ApplicationEvent, frozen=True, kw_only=True):
    """Aligned, and the envelope cannot cover it now: a contribution wakes it, or a review at `review`."""

    name = "application.put_on_waiting_list.v1"
    sentence = "Put on the waiting list for {amount}; it is looked at again by {review} at the latest."
    duty = "deciding"

    envelope: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    reasons: Internal[tuple[str, ...]]
    review: Internal[datetime]
    due: Internal[datetime]
    calendar: Internal[str]


class AwaitedEventRecorded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.awaited_event_recorded.v1"
    sentence = "What was awaited has happened: {awaited}."
    duty = "checking"

    awaited: Internal[str]
    evidence: Restricted


class Woken(ApplicationEvent, frozen=True, kw_only=True):
    """A file that was put off or waited is proposed anew. The decision before it stays on file."""

    name = "application.woken.v1"
    sentence = "Taken up again ({cause}); a proposal is due by {due}."
    duty = "checking"

    cause: Internal[Cause]
    reason: Restricted
    """Of the person who took it up; empty where a machine did."""
    due: Internal[datetime]
    calendar: Internal[str]


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
    """In the stage that it came from. What others owe it is due later too: opinions, help with the safeguards, assessments, answers."""

    name = "application.resumed.v1"
    sentence = "The application goes on where it was; its step is due by {due}."
    duty = "checking"

    stage: Internal[HeldAt]
    reason: Restricted
    """Of the person who let it go on; empty where its day had come."""
    due: Internal[datetime]
    calendar: Internal[str]
    opinions: Internal[tuple[OpinionDue, ...]] = ()
    """Those that are open."""
    help_due: Internal[datetime | None] = None
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


class LetterIssued(ApplicationEvent, frozen=True, kw_only=True):
    """`sha256` is of the PDF, `blob` of the sealed file as it is stored."""

    name = "application.letter_issued.v1"
    sentence = "The letter was issued: {outcome}."

    outcome: Internal[LetterOutcome]
    language: Public[str]
    issued_on: Internal[date]
    template: Internal[str]
    renderer: Internal[str]
    sha256: Internal[str]
    blob: Internal[str]
    size: Internal[int]
    numbered_at: Internal[int] = 0
    """Version of the programme's stream whose numbers of priorities it prints."""
    deemed: Internal[datetime | None] = None
    """From when on it counts as delivered to a city that has not opened it; None where that was not counted."""
    due: Internal[datetime | None] = None
    """Of the step in which the file goes on after it: of an award that it tells of, by when the city accepts it.

    None where it goes on in none, or in one that the decision dated."""
    calendar: Internal[str] = ""
    """Of an award, of the city."""
    reminders: Internal[tuple[datetime, ...]] = ()
    """After which instants the city is reminded to accept its award."""
    report_due: Internal[datetime | None] = None
    """By when it reports, once accepted; None where the letter tells of no award, or nothing more is asked."""


class LetterOpened(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody who speaks for this city opened it: with the first time it is delivered to that city."""

    name = "application.letter_opened.v1"
    sentence = "{city} opened letter {letter}."

    letter: Internal[int]
    """Its number in the file, from 1."""
    city: Internal[str]
    appeal_until: Internal[datetime | None]
    """Until when this city can appeal against the decision that it tells; None where that is not foreseen."""
    calendar: Internal[str]


class LetterDeemedDelivered(ApplicationEvent, frozen=True, kw_only=True):
    """To every city of the file that had not opened it by then, whenever a machine came to record it."""

    name = "application.letter_deemed_delivered.v1"
    sentence = "Letter {letter} was not opened by every city and counts as delivered since {delivered}."

    letter: Internal[int]
    delivered: Internal[datetime]
    appeal_until: Internal[datetime | None]
    calendar: Internal[str]


# ── Appeals ───────────────────────────────────────────────────────────────────


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


# ── A factual error in a decision ─────────────────────────────────────────────


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


# ── The award's own life, from its letter to its end ──────────────────────────


class AwardEvent(ApplicationEvent, frozen=True, kw_only=True):
    """A fact of an award. `due` and `calendar`: of what the file waits for from then on."""


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

    awaited: Internal[Awaited]
    reminder: Internal[int]
    """How many of its reminders have come due: one that was missed is not made up for."""
    due: Internal[datetime]
    calendar: Internal[str]


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


class TerminationRefused(AwardEvent, frozen=True, kw_only=True):
    name = "application.termination_refused.v1"
    sentence = "The award is not ended early; its next step is due by {due}."
    duty = "deciding"

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


# ── Rounds ────────────────────────────────────────────────────────────────────


class RoundOpened(Event, frozen=True, kw_only=True):
    """Applications are taken from `opens_at` to `closes_at`, both included. No priorities: for all of them."""

    name = "round.opened.v1"
    sentence = "The round “{title}” was opened; it takes applications until {closes_at}."

    title: Public[str]
    opens_at: Public[datetime]
    closes_at: Public[datetime]
    envelope: Internal[str]
    currency: Public[str]
    priorities: Public[tuple[str, ...]]
    rubric: Public[str]
    """Version of the rubric that all its files are scored by."""


class RoundCancelled(Event, frozen=True, kw_only=True):
    name = "round.cancelled.v1"
    sentence = "The round was cancelled: {reason}."

    reason: Public[str]


class FileEntered(Event, frozen=True, kw_only=True):
    name = "round.file_entered.v1"
    sentence = "{application} entered the round."

    application: Internal[str]
    cities: Internal[tuple[str, ...]]
    """The lead first."""
    region: Internal[str | None]


class FileScored(Event, frozen=True, kw_only=True):
    name = "round.file_scored.v1"
    sentence = "{application} was scored: {points} points."

    application: Internal[str]
    points: Internal[int]
    passed: Internal[bool]
    by: Internal[tuple[str, ...]]
    """Who scored it."""
    moderator: Internal[str | None] = None


class FileUnscored(Event, frozen=True, kw_only=True):
    """Who scored or moderated it should not have: it has no points until it is scored again."""

    name = "round.file_unscored.v1"
    sentence = "The points of {application} count no more; it is scored again."

    application: Internal[str]


class FileLeft(Event, frozen=True, kw_only=True):
    name = "round.file_left.v1"
    sentence = "{application} left the round."

    application: Internal[str]
    why: Internal[Leaving]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What tells equal points apart, as of the closing instant: anyone can count it again from the ledger.

    first_time: the lead city had never submitted before. served: approvals in its region in the months that the rubric names.
    """

    application: Internal[str]
    first_time: Internal[bool]
    served: Internal[int]


class RoundClosed(Event, frozen=True, kw_only=True):
    name = "round.closed.v1"
    sentence = "The round closed."

    standings: tuple[Standing, ...]
    served_since: Internal[datetime | None] = None
    """From when approvals in a region are counted; to the closing instant."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One file in the order of the round, with everything that decided its place."""

    application: Internal[str]
    points: Internal[int]
    passed: Internal[bool]
    first_time: Internal[bool]
    served: Internal[int]


class RoundRanked(Event, frozen=True, kw_only=True):
    """The order is computed. The equity note says how regions and first-time applicants fare in it; it changes nothing."""

    name = "round.ranked.v1"
    sentence = "The round was ranked."

    places: tuple[Place, ...]
    """Best first."""
    equity_note: Internal[str]
    ties: Internal[tuple[Tie, ...]] = ()
    """What told equal points apart, in this order."""


class LineDrawn(Event, frozen=True, kw_only=True):
    name = "round.line_drawn.v1"
    sentence = "The line was drawn below place {places}."

    places: Internal[int]
    """How many from the top."""
    reasons: Internal[tuple[str, ...]]


# ── Cities ────────────────────────────────────────────────────────────────────


class CityRegistered(Event, frozen=True, kw_only=True):
    name = "city.registered.v1"
    sentence = "{name_en} was entered in the register."

    name_en: Public[str]
    name_local: Public[str]
    kind: Public[str]
    country: Public[str]
    region: Public[str | None]
    relation: Public[str]
    """What the source says the city is to the network."""
    source: Public[str]
    note: Public[str]
    identifiers: Public[dict[str, str]]


class MembershipRecorded(Event, frozen=True, kw_only=True):
    """Membership as a source states it. The attestation stays “not on file” until a person records it."""

    name = "city.membership_recorded.v1"
    sentence = "Membership was recorded on the basis of: {basis}."

    basis: Public[str]
    joined: Public[str | None]


class MembershipEnded(Event, frozen=True, kw_only=True):
    name = "city.membership_ended.v1"
    sentence = "Membership ended: {basis}."

    basis: Public[str]


class CityEvent(Event, frozen=True, kw_only=True):
    """A fact of one city's way into the network. `duty` as for a file: whoever asked or determined does not admit."""

    duty: ClassVar[Duty | None] = None


class MembershipAsked(CityEvent, frozen=True, kw_only=True):
    """By the city; or for one that nobody represents yet, by an administrator who has seen `proof` that it asks."""

    name = "city.membership_asked.v1"
    sentence = "Membership was asked for; the answer is due by {due}."
    duty = "asking"

    proof: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class MembershipAskWithdrawn(CityEvent, frozen=True, kw_only=True):
    name = "city.membership_ask_withdrawn.v1"
    sentence = "The city no longer asks for membership."
    duty = "asking"

    reason: Internal[str]


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one guiding principle: in word (`committed`), and in deed (what the city does about it)."""

    principle: Public[str]
    committed: Internal[bool]
    deed: Restricted


class PrinciplesAttested(CityEvent, frozen=True, kw_only=True):
    """`signatory`: the confirmed one who gave it; None where it was signed on paper, which `proof` names. `office`: never a name."""

    name = "city.principles_attested.v1"
    sentence = "Answers to the guiding principles of {catalogue} were given: {office}, {signed_on}."
    duty = "asking"

    catalogue: Public[str]
    signatory: Internal[str | None]
    office: Internal[str]
    signed_on: Internal[date]
    commitments: tuple[Commitment, ...]
    proof: Restricted


class LeadershipChanged(CityEvent, frozen=True, kw_only=True):
    """Another mayor, or whoever leads the city; the name is nobody's business here. What was attested before is to be attested again."""

    name = "city.leadership_changed.v1"
    sentence = "The city has a new leadership since {since}; the guiding principles are to be attested again by {due}."

    since: Public[date]
    basis: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]


class TerritoryDetermined(CityEvent, frozen=True, kw_only=True):
    """A person's determination of one city's case, never looked up in a list. Who and under which policy: the header says.

    `due`: by when a second person decides or acts, where the territory does not meet the rule or it is unresolved.
    """

    name = "city.territory_determined.v1"
    sentence = "The rule on territory was applied: {territory}; to be reviewed by {review_on}."
    duty = "determining"

    territory: Internal[Territory]
    basis: Restricted
    review_on: Internal[date]
    due: Internal[datetime | None]
    calendar: Internal[str]


class MemberAdmitted(CityEvent, frozen=True, kw_only=True):
    name = "city.member_admitted.v1"
    sentence = "Admitted as a member on {admitted_on}."
    duty = "admitting"

    admitted_on: Public[date]


class MembershipDeclined(CityEvent, frozen=True, kw_only=True):
    name = "city.membership_declined.v1"
    sentence = "Membership was declined."
    duty = "admitting"

    reason: Restricted


class MembershipSuspended(CityEvent, frozen=True, kw_only=True):
    """While it lasts the city counts as no member. `review_on`: by when somebody resumes it, ends it or suspends it anew."""

    name = "city.membership_suspended.v1"
    sentence = "Membership is suspended; to be reviewed by {review_on}."
    duty = "admitting"

    reason: Restricted
    review_on: Internal[date]


class MembershipResumed(CityEvent, frozen=True, kw_only=True):
    name = "city.membership_resumed.v1"
    sentence = "Membership is resumed."
    duty = "admitting"

    reason: Restricted


class RepresentativeRequested(CityEvent, frozen=True, kw_only=True):
    name = "city.representative_requested.v1"
    sentence = "It was asked to confirm {person} as {capacity}, by {due}."

    person: Internal[str]
    capacity: Internal[Capacity]
    proof: Restricted
    due: Internal[datetime]
    calendar: Internal[str]


class RepresentativeRefused(CityEvent, frozen=True, kw_only=True):
    name = "city.representative_refused.v1"
    sentence = "{person} was not confirmed."

    person: Internal[str]
    reason: Internal[str]


class RepresentativeConfirmed(Event, frozen=True, kw_only=True):
    name = "city.representative_confirmed.v1"
    sentence = "{person} was confirmed as {capacity}."

    person: Internal[str]
    capacity: Internal[Capacity]
    proof: Restricted


class RepresentativeEnded(Event, frozen=True, kw_only=True):
    name = "city.representative_ended.v1"
    sentence = "{person} no longer represents the city."

    person: Internal[str]
    reason: Internal[str]


class TierRecorded(Event, frozen=True, kw_only=True):
    """The city lies within another, as a borough does in its city: the two do not benefit from one application."""

    name = "city.tier_recorded.v1"
    sentence = "It lies within {within}: {basis}."

    within: Public[tuple[str, ...]]
    """The one it lies in, then the one around that, outwards as far as the register knew."""
    basis: Public[str]


class AwardRecorded(Event, frozen=True, kw_only=True):
    """An award to this city, alone or with others, in the commit of the approval: caps per city count these."""

    name = "city.award_recorded.v1"
    sentence = "{amount} was awarded on {application}."

    application: Internal[str]
    track: Internal[str]
    amount: Internal[int]
    currency: Internal[str]


class CityContributed(Event, frozen=True, kw_only=True):
    """The city is a donor, in the commit of its contribution: where it applies itself, whoever checks and decides is to know."""

    name = "city.contributed.v1"
    sentence = "It contributed to {envelope}."

    envelope: Public[str]


class CityReportMissed(Event, frozen=True, kw_only=True):
    """Told to the lead city's stream: while a report is overdue it is a fact that eligibility looks at."""

    name = "city.report_missed.v1"
    sentence = "The report on {application} was due by {due} and is overdue."

    application: Internal[str]
    due: Internal[datetime]


class CityReportReceived(Event, frozen=True, kw_only=True):
    """Of a report that was overdue."""

    name = "city.report_received.v1"
    sentence = "The report on {application} was received."

    application: Internal[str]


class CityAwardEnded(Event, frozen=True, kw_only=True):
    name = "city.award_ended.v1"
    sentence = "The award on {application} ended: {ending}."

    application: Internal[str]
    ending: Internal[Ending]


class TierInsideRecorded(Event, frozen=True, kw_only=True):
    """The other side of a tier: what one of the two is given may serve the same need."""

    name = "city.tier_inside_recorded.v1"
    sentence = "{city} lies within it."

    city: Public[str]


# ── Hubs ──────────────────────────────────────────────────────────────────────


class HubOpened(Event, frozen=True, kw_only=True):
    name = "hub.opened.v1"
    sentence = "{hub} opened ({opened})."

    hub: Public[str]
    """Code in the catalogue."""
    regions: Public[tuple[str, ...]]
    opened: Public[str]
    basis: Public[str]


class HubSuspended(Event, frozen=True, kw_only=True):
    """It answers nothing until it resumes; what is asked of it is taken over."""

    name = "hub.suspended.v1"
    sentence = "{hub} was suspended."

    hub: Public[str]
    reason: Internal[str]


class HubResumed(Event, frozen=True, kw_only=True):
    name = "hub.resumed.v1"
    sentence = "{hub} resumed its work."

    hub: Public[str]
    reason: Internal[str]


class HubClosed(Event, frozen=True, kw_only=True):
    name = "hub.closed.v1"
    sentence = "{hub} closed: {basis}."

    hub: Public[str]
    basis: Public[str]


class HubDaysReserved(Event, frozen=True, kw_only=True):
    """Of its people's time, for an award that it leads and agreed to deliver."""

    name = "hub.days_reserved.v1"
    sentence = "Days kept free for {application}: {days}."

    application: Internal[str]
    days: Internal[int]


class HubDaysReleased(Event, frozen=True, kw_only=True):
    """What an award did not use of them."""

    name = "hub.days_released.v1"
    sentence = "Days kept for {application} and not used: {days}."

    application: Internal[str]
    days: Internal[int]


# ── Envelopes ─────────────────────────────────────────────────────────────────


class EnvelopeOpened(Event, frozen=True, kw_only=True):
    name = "envelope.opened.v1"
    sentence = "The envelope “{title}” was opened in {currency}."

    title: Public[str]
    currency: Public[str]


class Earmark(msgspec.Struct, frozen=True, kw_only=True):
    """What a contribution may be spent on; whatever is left empty is any. Codes are the catalogue's, countries ISO 3166-1 alpha-2."""

    priorities: Public[tuple[str, ...]] = ()
    regions: Public[tuple[str, ...]] = ()
    support_types: Public[tuple[str, ...]] = ()
    countries: Public[tuple[str, ...]] = ()
    city: Public[str | None] = None
    """The one city that it may be spent on: the one that pays for itself."""
    spend_from: Public[date | None] = None
    spend_until: Public[date | None] = None
    """The days on which it may be committed, both included."""


class ContributionReceived(Event, frozen=True, kw_only=True):
    """One pot of the envelope. Its number is its place among the contributions, from 1."""

    name = "envelope.contribution_received.v1"
    sentence = "{donor} contributed {amount}."

    donor: Public[str]
    """A donor's code in the catalogue, or a name."""
    amount: Public[int]
    currency: Public[str]
    basis: Public[str]
    kind: Public[ContributionKind] = "cash"
    """What is given in kind is a source with a value; only money can be committed."""
    valuation: Public[str] = ""
    """How the value of what is given in kind was found."""
    city: Public[str | None] = None
    """The city of the register that gives, where one does."""
    earmark: Earmark = Earmark()


class ContributionReduced(Event, frozen=True, kw_only=True):
    """A contribution is corrected by this alone, and never below what is committed of it."""

    name = "envelope.contribution_reduced.v1"
    sentence = "Contribution {contribution} was reduced by {amount}."

    contribution: Public[int]
    amount: Public[int]
    currency: Public[str]
    reason: Public[str]


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """So much of one contribution, by its number in the envelope."""

    contribution: Internal[int]
    amount: Internal[int]


class FundsCommitted(Event, frozen=True, kw_only=True):
    """The allocations add up to the amount. Without any it drew on the contributions in the order in which they came."""

    name = "envelope.funds_committed.v1"
    sentence = "{amount} was committed to {application}."

    application: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    allocations: tuple[Allocation, ...] = ()
    on: Internal[date | None] = None
    """The day it was, where the fund's working days are counted: spend windows are held against it."""


class FundsReleased(Event, frozen=True, kw_only=True):
    """What an award did not use goes back to the contributions it came from."""

    name = "envelope.funds_released.v1"
    sentence = "Of what was committed to {application}, {amount} was released."

    application: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    allocations: tuple[Allocation, ...]
    reason: Internal[str]


# ── Exchange rates ────────────────────────────────────────────────────────────


class RateRecorded(Event, frozen=True, kw_only=True):
    """One unit of `base` was rate / 10^digits units of `quote` on that day. A later fact for the same day corrects it."""

    name = "rates.rate_recorded.v1"
    sentence = "The rate of {base} to {quote} on {on} was recorded ({source})."

    base: Public[str]
    quote: Public[str]
    rate: Public[int]
    digits: Public[int]
    on: Public[date]
    source: Public[str]


class FundsReserved(Event, frozen=True, kw_only=True):
    """For a file that is woken, or decided again: nobody else is woken for, or granted, the same money until this file is decided."""

    name = "envelope.funds_reserved.v1"
    sentence = "{amount} was reserved for {application}."

    application: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    allocations: tuple[Allocation, ...]


class ReservationEnded(Event, frozen=True, kw_only=True):
    name = "envelope.reservation_ended.v1"
    sentence = "The reservation for {application} ended."

    application: Internal[str]


# ── People ────────────────────────────────────────────────────────────────────


class PersonRegistered(Event, frozen=True, kw_only=True):
    name = "person.registered.v1"
    sentence = "A person was registered."

    person: Internal[str]
    full_name: Personal
    email: Personal
    language: Internal[str]


class RoleGranted(Event, frozen=True, kw_only=True):
    name = "person.role_granted.v1"
    sentence = "The role {role} was granted."

    person: Internal[str]
    role: Internal[str]
    scope: Internal[str | None]
    """The hub of a coordinator; None where the role has no scope."""


class RoleRevoked(Event, frozen=True, kw_only=True):
    name = "person.role_revoked.v1"
    sentence = "The role {role} was revoked."

    person: Internal[str]
    role: Internal[str]
    scope: Internal[str | None]


class AffiliationRecorded(Event, frozen=True, kw_only=True):
    """The person belongs to a city, and so decides nothing of it."""

    name = "person.affiliation_recorded.v1"
    sentence = "Belongs to {city}."

    person: Internal[str]
    city: Internal[str]


class InterestDeclared(Event, frozen=True, kw_only=True):
    """A standing declaration: a tie to a city, or to the organisation behind a hub, on every file that these have a part in."""

    name = "person.interest_declared.v1"
    sentence = "Interest {number} was declared: {interest} ({effect})."

    person: Internal[str]
    number: Internal[int]
    """From 1 for each person."""
    interest: Internal[Interest]
    effect: Internal[ConflictEffect]
    """As the programme in force said."""
    paid_to_deliver: Internal[bool]
    city: Internal[str | None]
    hub: Internal[str | None]
    about: Personal


class InterestEnded(Event, frozen=True, kw_only=True):
    """An administrator, who is somebody else, has seen that the tie is over, or that it never was one."""

    name = "person.interest_ended.v1"
    sentence = "Interest {number} ended."

    person: Internal[str]
    number: Internal[int]
    reason: Personal


class MessagesChosen(Event, frozen=True, kw_only=True):
    """How somebody is told what waits for them. Their own business: sealed, and gone with them."""

    name = "person.messages_chosen.v1"
    sentence = "It was chosen how messages come."

    person: Internal[str]
    rhythm: Personal
    """`at_once`, `daily`, `weekly` or `never`: of what is not always told at once."""
    language: Personal
    """Of the programme's; empty for the one they were registered with."""


class RoleDelegated(Event, frozen=True, kw_only=True):
    """Lent by somebody who holds the role, from the first day to the last. What is done with it is done in both names."""

    name = "person.role_delegated.v1"
    sentence = "The role {role} was lent by {lender} from {first} to {last}."

    person: Internal[str]
    """To whom."""
    number: Internal[int]
    """From 1 for each person."""
    lender: Internal[str]
    role: Internal[str]
    scope: Internal[str | None]
    first: Internal[date]
    last: Internal[date]
    starts: Internal[datetime]
    ends: Internal[datetime]
    """The last second of the last day, by `calendar`."""
    calendar: Internal[str]
    reason: Personal


class DelegationEnded(Event, frozen=True, kw_only=True):
    name = "person.delegation_ended.v1"
    sentence = "The role lent under number {number} was taken back."

    person: Internal[str]
    number: Internal[int]
    reason: Personal


class AbsenceRecorded(Event, frozen=True, kw_only=True):
    """Away, both days included; no reason is recorded. Recorded again from the same day, it takes the place of the earlier one."""

    name = "person.absence_recorded.v1"
    sentence = "Away from {first} to {last}."

    person: Internal[str]
    first: Internal[date]
    last: Internal[date]


class PersonErased(Event, frozen=True, kw_only=True):
    """The key is destroyed with this fact; what was sealed under it reads as erased ever after."""

    name = "person.erased.v1"
    sentence = "The person’s data was erased: {basis}."

    person: Internal[str]
    basis: Internal[str]


# ── Programme ─────────────────────────────────────────────────────────────────


class ProgrammeProposed(Event, frozen=True, kw_only=True):
    """The folder whose files have this digest was checked and put up for adoption; it is kept from here on."""

    name = "programme.proposed.v1"
    sentence = "Programme {programme}, version {version}, was checked and proposed: {reason}."

    programme: Public[str]
    version: Public[str]
    digest: Public[str]
    problems: Public[int]
    """How many the check found; none, or it would not have been proposed."""
    reason: Public[str]


class ProposalWithdrawn(Event, frozen=True, kw_only=True):
    name = "programme.proposal_withdrawn.v1"
    sentence = "The proposal of version {version} was withdrawn: {reason}."

    version: Public[str]
    digest: Public[str]
    reason: Public[str]


class ProgrammeAdopted(Event, frozen=True, kw_only=True):
    name = "programme.adopted.v1"
    sentence = "Programme {programme}, version {version}, was adopted."

    programme: Public[str]
    version: Public[str]
    digest: Public[str]


class ProgrammeSuperseded(Event, frozen=True, kw_only=True):
    """Files that were submitted under it keep it."""

    name = "programme.superseded.v1"
    sentence = "Version {version} of the programme was superseded by version {by}."

    version: Public[str]
    digest: Public[str]
    by: Public[str]


class PriorityRenumbered(Event, frozen=True, kw_only=True):
    """The printed number of a priority was corrected. The code stays, and letters keep the numbers of their day."""

    name = "programme.priority_renumbered.v1"
    sentence = "The priority {priority} is printed with the number {printed}: {reason}."

    catalogue: Public[str]
    priority: Public[str]
    printed: Public[str]
    reason: Public[str]


class SealedRead(Event, frozen=True, kw_only=True):
    """Somebody opened sealed texts outside their daily work; that is itself a fact."""

    name = "programme.sealed_read.v1"
    sentence = "Sealed texts of {stream} were read."

    stream: Internal[str]
    purpose: Internal[str]


def _every(kind: type[Event]) -> list[type[Event]]:
    return [cls for sub in kind.__subclasses__() for cls in ([sub] if sub.name else []) + _every(sub)]


EVENTS: dict[str, type[Event]] = {cls.name: cls for cls in _every(Event) if cls.__module__ == __name__}
"""Stored name -> event."""
