"""What a file remembers: the state of one application, folded from its events."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, TypeVar, get_args

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded, Sealed
from fund.domain.screen import Help, Screen, Screened, reminded, screened, until
from fund.domain.sections import SECTIONS, WHERE_ASKED, AnySection, Applicant, Section, section_digest, section_name, text_digest

S = TypeVar("S", bound=Section)
Moving = (
    e.ApplicationStarted
    | e.ApplicationSubmitted
    | e.TrackChanged
    | e.ReturnedForCompletion
    | e.CompletenessConfirmed
    | e.FoundEligible
    | e.AlignmentDetermined
    | e.ModerationCalled
    | e.Scored
    | e.Placed
    | e.CoordinationClosed
    | e.ProposalMade
    | e.ProposalReturned
    | e.Woken
    | e.ApplicationSuspended
    | e.ApplicationResumed
    | e.AppealLodged
    | e.AppealAdmitted
    | e.AppealNotAdmitted
    | e.AppealDecided
    | e.EligibilityOverridden
    | e.CorrectionAsked
    | e.CorrectionProposed
    | e.DecisionCorrected
    | e.ConflictDeclared
    | e.AwardAccepted
    | e.ReportReceived
    | e.ReportReturned
    | e.AwardSuspended
    | e.AwardResumed
    | e.TerminationAsked
    | e.TerminationWithdrawn
    | e.TerminationRefused
)
Ending = (
    e.Approved
    | e.ApprovedWithConditions
    | e.Declined
    | e.Deferred
    | e.Referred
    | e.PutOnWaitingList
    | e.FoundIneligible
    | e.Withdrawn
    | e.Lapsed
)
Deciding = Ending | e.AwardTerminated


class Stage(StrEnum):
    """Where a file waits. Every stage but NEW and CLOSED has an owner, a due date and a way out (see `workflow.STAGES`)."""

    NEW = "new"
    DRAFT = "draft"
    COMPLETENESS = "completeness"
    ELIGIBILITY = "eligibility"
    ASSESSMENT = "assessment"
    MODERATION = "moderation"
    COORDINATION = "coordination"
    RANKING = "ranking"
    PROPOSAL = "proposal"
    DECISION = "decision"
    ON_HOLD = "on_hold"
    LETTER = "letter"
    DEFERRED = "deferred"
    WAITING_LIST = "waiting_list"
    OFFER = "offer"
    DELIVERY = "delivery"
    REPORTED = "reported"
    SUSPENDED = "suspended"
    TERMINATION = "termination"
    CLOSED = "closed"
    APPEAL_LODGED = "appeal_lodged"
    APPEAL = "appeal"
    CORRECTION = "correction"


CLARIFIABLE = (
    Stage.COMPLETENESS,
    Stage.ELIGIBILITY,
    Stage.ASSESSMENT,
    Stage.MODERATION,
    Stage.COORDINATION,
    Stage.RANKING,
    Stage.PROPOSAL,
    Stage.DECISION,
)
"""From submission to decision: where the city can be asked about its application."""
DECIDING_LETTERS = frozenset(get_args(e.Outcome))
"""What letters tell of decisions; others answer an appeal."""
AWARDED = (Stage.OFFER, Stage.DELIVERY, Stage.REPORTED, Stage.SUSPENDED, Stage.TERMINATION)
"""From the letter of an approval to the end of the award."""
BY_DATE = (Stage.ON_HOLD, Stage.OFFER, Stage.DELIVERY, Stage.SUSPENDED)
"""Stages that are due on a day by which the city, a suspension or a review goes: no clock of the office runs in them."""
CLARIFYING = e.ClarificationRequested | e.ClarificationAnswered | e.ClarificationWithdrawn | e.ClarificationLapsed

AnsweredBy = Literal["hub", "hub_or_centre", "centre"]


class HubOpinion(msgspec.Struct, frozen=True, kw_only=True):
    """The opinion asked of one hub: open until given or deemed."""

    hub: str
    due: datetime
    remind_at: datetime | None = None
    """When it is reminded, once until another day is set; None: never."""
    reminded: bool = False
    given: e.OpinionGiven | None = None
    deemed: e.OpinionDeemed | None = None
    answered_by: AnsweredBy = "hub"
    central: e.CentralOpinionGiven | None = None
    """Given by the central team in its place."""
    released: bool = False
    """Nothing is asked of it any more."""
    note: e.ConfidentialNoteAdded | None = None
    answer: e.OpinionAnswered | None = None
    """What the proposal said to it."""

    @property
    def is_open(self) -> bool:
        return not (self.given or self.deemed or self.central or self.released)

    @property
    def opinion(self) -> e.Opinion | None:
        """What was said, by the hub or in its place; None where nothing was."""
        said = self.given or self.central
        return said.opinion if said else None

    @property
    def accepts_delivery(self) -> bool:
        return self.given is not None and self.given.accepts_delivery


class StageClock(msgspec.Struct, frozen=True, kw_only=True):
    """How the clock of the present stage was set, when nothing had stopped it: counted from `since`, due at `due` by `calendar`."""

    since: datetime
    due: datetime
    calendar: str


QuestionEnd = Literal["answered", "withdrawn", "lapsed", "overtaken"]
"""`overtaken`: the file left the stages in which it can be asked."""


class Clarification(msgspec.Struct, frozen=True, kw_only=True):
    """A question to the city: open until it is answered, withdrawn or lapsed, or the file has moved past it."""

    number: int
    by: str
    question: str | Sealed
    asked_at: datetime
    due: datetime
    """Of the answer, by `calendar`, the city's."""
    calendar: str
    reminders: tuple[datetime, ...] = ()
    reminded: int = 0
    answer: str | Sealed = ""
    end: QuestionEnd | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.end is None

    def stopped_until(self, now: datetime) -> datetime:
        """How long it stopped the clock, as of now: never past the day on which its answer was due."""
        return min(self.ended_at or now, self.due)


class ReturnedProposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal that the approver gave back, and why."""

    proposal: e.ProposalMade | None
    by: str
    reason: str | Sealed


class FirstApproval(msgspec.Struct, frozen=True, kw_only=True):
    """What a first person approved, for a second to confirm. `by`: whose rights and duties counted. `hands`: everybody in whose name."""

    by: str
    hands: tuple[str, ...] = ()
    given: e.ApprovalGiven


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who was asked to take part in the support: open until answered or lapsed."""

    person: str
    part: e.Part
    city_name: str
    due: datetime
    calendar: str = ""
    """`code/version` of the days by which that is."""
    accepted: bool = False
    ended: bool = False

    @property
    def is_open(self) -> bool:
        return not self.accepted and not self.ended


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Something that people did for the fund: the event at this version, and whose hands it was."""

    version: int
    event: str
    by: tuple[str, ...]


class EmergencyAccess(msgspec.Struct, frozen=True, kw_only=True):
    """A role on this file that somebody asked for. `until`: of the answer while it is asked; once it is open, of the access."""

    number: int
    asker: str
    role: str
    asked_at: datetime
    until: datetime
    opener: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    acts: tuple[int, ...] = ()
    """Versions of what was done with it."""

    @property
    def people(self) -> tuple[str, ...]:
        return (self.asker, *((self.opener,) if self.opener else ()))

    def is_alive(self, now: datetime) -> bool:
        """Asked or open, and not over."""
        return self.closed_at is None and now <= self.until

    def is_asked(self, now: datetime) -> bool:
        return self.opener is None and self.is_alive(now)

    def is_open(self, now: datetime) -> bool:
        return self.opener is not None and self.is_alive(now)


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """A conflict of interest that stands on file. `by`: who declared it. `settled`: somebody looked again at what it tainted."""

    by: str
    said: e.ConflictDeclared
    settled: bool = False
    ended: bool = False
    counts_again: bool = False
    """Whether the decision after which its acts were only listed has fallen: another is built on them."""

    @property
    def keeps_out(self) -> bool:
        return self.said.effect == "recuse" and not self.ended

    @property
    def waits(self) -> bool:
        """Whether somebody else is to look again at what was done, before anything is decided."""
        looked_at = ("look_again", "listed") if self.counts_again else ("look_again",)
        return self.keeps_out and not self.settled and any(act.then in looked_at for act in self.said.tainted)


class Partner(msgspec.Struct, frozen=True, kw_only=True):
    """A city that was invited to accept the text: what it accepted last, if anything, and whether it left."""

    city: str
    text: str = ""
    accepted: dict[str, str] = {}
    """Section -> its digest in the text that was accepted."""
    on_paper: bool = False
    left: e.PartnerLeft | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided, by whom and when; what was granted or is waited for, if anything."""

    outcome: e.Outcome
    by: str
    hands: tuple[str, ...] = ()
    """Everybody in whose name it was taken: two where a role was lent."""
    at: datetime
    reasons: tuple[str, ...] = ()
    conditions: tuple[e.Condition, ...] = ()
    checks: tuple[str, ...] = ()
    what_would_change: tuple[str, ...] = ()
    reason: str | Sealed = ""
    """Given with a finding of ineligibility."""
    envelope: str | None = None
    amount: int = 0
    currency: str = ""
    until: date | None = None
    awaits: str = ""
    review: datetime | None = None
    """When a file that was put off or waits is looked at again at the latest, by `calendar`."""
    calendar: str = ""
    modality: str = ""
    turn_to: str = ""
    passed_on: str = ""
    otherwise: e.DecidedOtherwise | None = None
    first: FirstApproval | None = None


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """Of a file that is suspended: since when, and how it was told."""

    at: datetime
    suspended: e.ApplicationSuspended

    @property
    def stage(self) -> Stage:
        """Where it was, and goes on."""
        return Stage(self.suspended.stage)


AppealEnd = Literal["upheld", "partly_upheld", "dismissed", "not_admitted", "withdrawn"]


class Appeal(msgspec.Struct, frozen=True, kw_only=True):
    """One city's appeal against the decision that `letter` told, and what became of it. `back_to`: where the file is decided again from."""

    number: int
    city: str
    letter: int
    at: datetime
    grounds: str | Sealed
    against: tuple[e.Inadmissible, ...]
    outcome: AppealEnd | None = None
    reasons: tuple[str, ...] = ()
    answered_at: datetime | None = None
    back_to: e.BackTo | None = None
    told: bool = False
    """Whether its letter is issued."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is said to be wrong in the decision that `letter` told: a check or the number of a reason; and the answer to it."""

    number: int
    city: str
    """That says so; empty where the central team found it."""
    letter: int
    at: datetime
    check: str
    reason: int
    instead: str | Sealed
    outcome: Literal["corrected", "refused"] | None = None
    reasons: tuple[str, ...] = ()
    answered_at: datetime | None = None
    appeal_until: datetime | None = None
    """Until when the decision can be appealed against after it was left as it was."""


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """A look at the safeguards that is awaited, by `calendar`."""

    due: datetime
    calendar: str


class RunningAward(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an award since its letter offered it.

    report_due: as it stands; it moves when a suspension ends or a report goes back. reminders, reminded: of what the city is awaited for.
    """

    report_due: datetime
    reminders: tuple[datetime, ...]
    reminded: int = 0
    accepted: e.AwardAccepted | None = None
    met: tuple[e.ConditionMet, ...] = ()
    activities: tuple[e.ActivityHeld, ...] = ()
    missed: bool = False
    """Whether the report that is awaited is overdue."""
    report: e.ReportReceived | None = None
    suspended: e.AwardSuspended | None = None
    suspended_at: datetime | None = None
    """Since when, where it was suspended anew too."""
    termination: e.TerminationAsked | None = None
    termination_by: str = ""
    """Who asked for it."""
    incidents: tuple[e.IncidentReported, ...] = ()
    """In the order of reporting: the number of an incident is its place, from 1."""
    screening: Screening | None = None
    """While the safeguards wait to be looked at again."""
    looked_again: bool = False
    """Whether their level was recorded since the award was accepted."""
    ending: e.Ending | None = None

    @property
    def stage(self) -> Stage:
        """Where it goes on once nobody asks for its end any more."""
        if self.suspended:
            return Stage.SUSPENDED
        return Stage.REPORTED if self.report else Stage.DELIVERY


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody proposed to set aside, for somebody else to confirm by `due`, by `calendar`."""

    by: str
    checks: tuple[str, ...]
    reasons: tuple[str, ...]
    due: datetime
    calendar: str


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """One application. `hands` keeps who did which duty.

    `due` and `calendar`: when the present stage is due; while a question to the city is open, when the first answer is.
    """

    id: str = ""
    stage: Stage = Stage.NEW
    reference: str = ""
    city: str = ""
    language: str = "en"
    sections: dict[str, AnySection] = {}
    digests: dict[str, str] = {}
    """Section -> the digest of it as it stands."""
    partners: dict[str, Partner] = {}
    """City -> what was asked of it, in the order of asking."""
    submission: e.ApplicationSubmitted | None = None
    submitted_at: datetime | None = None
    submissions: int = 0
    track: str | None = None
    """The way it takes through the fund; None before it is submitted."""
    round: str | None = None
    """The competitive round it is in."""
    sealed_until: datetime | None = None
    """When that round closes: nobody assesses the file before."""
    track_chosen: e.TrackChosen | None = None
    track_changes: tuple[e.TrackChanged, ...] = ()
    safeguards: e.SafeguardsRecorded | None = None
    screen: Screen | None = None
    """The same with all that was said to it since; None where no questions were asked."""
    screen_again: bool = False
    """A decision fell, by an appeal or by two people: whatever was recorded before is looked at anew."""
    safeguard_help: Help | None = None
    """What was asked for the city, which could not answer every question."""
    returned: e.ReturnedForCompletion | None = None
    reminded: bool = False
    """Whether its city was told that what it does not submit lapses."""
    due: datetime | None = None
    calendar: str = ""
    clock: StageClock | None = None
    held: Held | None = None
    """While it is suspended, before any decision."""
    clarifications: tuple[Clarification, ...] = ()
    """In the order of asking: the number of a question is its place, from 1."""
    opinions: dict[str, HubOpinion] = {}
    """Hub code -> what was asked of that hub, in the order of asking."""
    checks: dict[str, e.CheckRecorded] = {}
    assessors: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    """Assessors who made room for others."""
    draws: int = 0
    announced_short: int = 0
    """The submission of which it was announced that people are missing to finish it."""
    assessments: tuple[e.AssessmentRecorded, ...] = ()
    assessors_clocks: dict[str, StageClock] = {}
    """Assessor -> since when they are asked, by when they assess, and by whose days."""
    findings: tuple[e.Finding, ...] = ()
    scores: tuple[e.ScoresRecorded, ...] = ()
    moderation: e.ModerationCalled | None = None
    moderator: str = ""
    """Who was asked by name to hold the moderation; empty while it is any officer's work."""
    moderated: e.ModerationHeld | None = None
    scored: e.Scored | None = None
    placed: e.Placed | None = None
    invited: tuple[Invitation, ...] = ()
    """Experts and peers, in the order in which they were asked."""
    coordination: e.CoordinationClosed | None = None
    proposal: e.ProposalMade | None = None
    returned_proposals: tuple[ReturnedProposal, ...] = ()
    otherwise: e.DecidedOtherwise | None = None
    """Why the decision that is being taken departs from the proposal."""
    approval: FirstApproval | None = None
    """Given by one person and not yet confirmed by a second."""
    decision: Decision | None = None
    """The one in force; None again once the file is taken up anew."""
    earlier: tuple[Decision, ...] = ()
    """Decisions that others took the place of, oldest first."""
    letters: tuple[e.LetterIssued, ...] = ()
    opened: tuple[e.LetterOpened, ...] = ()
    deemed: tuple[e.LetterDeemedDelivered, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    """In the order of lodging: the number of an appeal is its place, from 1."""
    corrections: tuple[Correction, ...] = ()
    """In the order of asking: the number of a correction is its place, from 1."""
    override: Override | None = None
    """Of a finding of ineligibility: proposed, and neither confirmed nor declined."""
    overturned: frozenset[str] = frozenset()
    """Who took decisions that an appeal overturned, or two people set aside: they decide nothing of the file any more."""
    set_aside: frozenset[str] = frozenset()
    """Checks that a person records, whatever the facts on file say: what was found on them did not stand."""
    award: RunningAward | None = None
    """Since the letter of its approval; None where that letter asked nothing more of the city."""
    reserved: str | None = None
    """The envelope that holds money back for this file, which was woken, or is decided again, for it."""
    hands: frozenset[tuple[str, str]] = frozenset()
    acts: tuple[Act, ...] = ()
    """What people did for the fund, in order."""
    conflicts: tuple[Conflict, ...] = ()
    """In the order of declaring: the number of a conflict is its place, from 1."""
    emergencies: tuple[EmergencyAccess, ...] = ()
    """In the order of asking, for ever."""

    @property
    def policy(self) -> str | None:
        """The version the file is judged under; None before it is submitted."""
        return self.submission.policy if self.submission else None

    @property
    def cities(self) -> tuple[str, ...]:
        """The lead city, then the other beneficiaries that have not left."""
        applicant = self.section(Applicant)
        return (self.city, *self._staying(applicant.beneficiaries if applicant else ()))

    @property
    def named(self) -> tuple[str, ...]:
        """The lead city and every other that would benefit, those that left included: nobody of them judges the file."""
        applicant = self.section(Applicant)
        return (self.city, *(applicant.beneficiaries if applicant else ()))

    @property
    def observers(self) -> tuple[str, ...]:
        """Cities that take part in activities and do not benefit."""
        applicant = self.section(Applicant)
        return self._staying(applicant.observers if applicant else ())

    @property
    def parties(self) -> tuple[str, ...]:
        """Every city that has a part in it, or had until it left: whoever belongs to one decides nothing of it."""
        applicant = self.section(Applicant)
        return (self.city, *(applicant.beneficiaries + applicant.observers if applicant else ()))

    @property
    def left(self) -> tuple[str, ...]:
        """Cities that the form names and that left."""
        return tuple(city for city in self.parties if self._has_left(city))

    @property
    def invited_partners(self) -> tuple[str, ...]:
        """Cities that were asked to accept the text, are still named in it and have not left."""
        return tuple(city for city in self.partners if city in self.parties and not self._has_left(city))

    @property
    def text(self) -> str:
        """Digest of the form as it stands: what a partner city accepts. Empty while nothing is saved."""
        return text_digest(self.digests)

    def has_accepted(self, city: str) -> bool:
        """The text exactly as it stands."""
        return city in self.invited_partners and self.partners[city].text == self.text

    def changed_since(self, city: str) -> tuple[str, ...]:
        """Names of the sections that differ from what the city accepted, in the order of the form: all where it accepted nothing."""
        accepted = self.partners[city].accepted if city in self.partners else {}
        names = map(section_name, SECTIONS)
        return tuple(name for name in names if self.digests.get(name) != accepted.get(name))

    def _staying(self, cities: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(city for city in cities if not self._has_left(city))

    def _has_left(self, city: str) -> bool:
        partner = self.partners.get(city)
        return partner is not None and partner.left is not None

    @property
    def letter(self) -> e.LetterIssued | None:
        """The last one issued."""
        return self.letters[-1] if self.letters else None

    def opened_by(self, letter: int, city: str) -> e.LetterOpened | None:
        return next((one for one in self.opened if (one.letter, one.city) == (letter, city)), None)

    def deemed_delivered(self, letter: int) -> e.LetterDeemedDelivered | None:
        return next((one for one in self.deemed if one.letter == letter), None)

    def appeal_until(self, letter: int, city: str) -> datetime | None:
        """Until when this city can appeal against what the letter told; None while it has not been delivered to it."""
        delivered = self.opened_by(letter, city) or self.deemed_delivered(letter)
        if delivered is None or delivered.appeal_until is None:
            return None
        anew = (one.appeal_until for one in self.corrections if one.letter == letter and one.appeal_until)
        return max((delivered.appeal_until, *anew))

    def is_superseded(self, letter: int) -> bool:
        """Whether what this letter told is in force no more. Every decision that others took the place of has had its letter."""
        telling = [number for number, one in enumerate(self.letters, start=1) if one.outcome in DECIDING_LETTERS]
        return letter in telling[: len(self.earlier)]

    @property
    def answered_appeal(self) -> Appeal | None:
        """The appeal that was answered and whose letter is still to be issued."""
        return next((one for one in self.appeals if one.outcome and not one.told), None)

    @property
    def is_open(self) -> bool:
        return self.stage not in (Stage.NEW, Stage.CLOSED)

    @property
    def open_clarifications(self) -> tuple[Clarification, ...]:
        """Questions that the city has not answered, the first due first. While there is one, the clock of the stage stands still."""
        return tuple(sorted((asked for asked in self.clarifications if asked.is_open), key=lambda asked: (asked.due, asked.number)))

    @property
    def open_opinions(self) -> tuple[HubOpinion, ...]:
        """Those still waited for, the first due first."""
        return tuple(sorted((asked for asked in self.opinions.values() if asked.is_open), key=lambda asked: asked.due))

    def invitation(self, person: str) -> Invitation | None:
        """What this person is still asked or has accepted."""
        return next((one for one in self.invited if one.person == person and not one.ended), None)

    @property
    def accepted_peers(self) -> tuple[str, ...]:
        """The cities of peers who agreed to take part, by name: a person is never named to an applicant."""
        return tuple(dict.fromkeys(one.city_name for one in self.invited if one.accepted and one.part == "peer"))

    def conflicts_of(self, person: str) -> tuple[Conflict, ...]:
        """Those that stand."""
        return tuple(one for one in self.conflicts if one.said.person == person and not one.ended)

    @property
    def recused(self) -> frozenset[str]:
        """Who has no part in it any more, by what was declared on this very file."""
        return frozenset(one.said.person for one in self.conflicts if one.keeps_out)

    @property
    def to_look_at_again(self) -> tuple[Conflict, ...]:
        return tuple(one for one in self.conflicts if one.waits)

    @property
    def people(self) -> tuple[str, ...]:
        """Whoever did something for the fund on it, or was asked to."""
        asked = (*self.assessors, self.moderator, *(one.person for one in self.invited if not one.ended))
        return tuple(dict.fromkeys(filter(None, (*(hand for act in self.acts for hand in act.by), *asked))))

    @property
    def assessed_by(self) -> frozenset[str]:
        return frozenset(one.assessor for one in self.assessments) | frozenset(one.assessor for one in self.scores)

    def assessment_due(self, assessor: str) -> datetime | None:
        """By when this person judges, as queues show it; None where nobody said. Not before the stage is due.

        Days that a question to the city took are given back by their own days (`replacement.missing`), which may be more.
        """
        own = self.assessors_clocks.get(assessor)
        return max(own.due, self.due or own.due) if own else None

    @property
    def assessors_due(self) -> dict[str, datetime]:
        """Assessor -> by when they assess, if nothing stops their clock."""
        return {assessor: clock.due for assessor, clock in self.assessors_clocks.items()}

    def section(self, kind: type[S]) -> S | None:
        found = self.sections.get(section_name(kind))
        return found if isinstance(found, kind) else None

    def did(self, actor: str, duty: str) -> bool:
        return (duty, actor) in self.hands

    def verdict(self, priority: str) -> e.Verdict | None:
        return next((finding.verdict for finding in self.findings if finding.priority == priority), None)


def missing_sections(file: Application, *, safeguards: bool = False) -> tuple[str, ...]:
    """Names of the sections that were never saved, in the order of the form. safeguards: whether the programme asks about them."""
    asked = (kind for kind in SECTIONS if safeguards or kind not in WHERE_ASKED)
    return tuple(name for name in map(section_name, asked) if name not in file.sections)


def evolve(file: Application, recorded: Recorded) -> Application:
    """Remember one fact. Never refuses: it has happened."""
    event, header = recorded.event, recorded.header
    changes = _changes(file, event, header.on_behalf_of or header.actor, header.at)
    if "due" in changes and not isinstance(event, CLARIFYING):
        changes |= _clock_set(file, changes, header.at)
    by = tuple(hand for hand in (header.actor, header.on_behalf_of) if hand)
    changes |= {
        name: msgspec.structs.replace(taken, hands=by) for name, taken in changes.items() if isinstance(taken, Decision | FirstApproval)
    }
    if isinstance(event, Screened):
        changes |= {"screen": screened(file.screen, event, frozenset(by))}
    duty = event.duty if isinstance(event, e.ApplicationEvent) else None
    hands = file.hands | {(duty, hand) for hand in by} if duty else file.hands
    acts = file.acts if duty in NO_ACT else _acts(file, recorded, by)
    if len(by) == 2 and duty != "emergency":
        changes |= {"emergencies": tuple(_used(one, recorded) for one in file.emergencies)}
    return msgspec.structs.replace(file, id=recorded.stream, hands=hands, acts=acts, **changes)


NO_ACT = (None, "drafting", "declaring", "emergency", "reporting")
"""What the city did, what is said of conflicts and of access itself, and of what happened: a conflict taints none of it."""


def _acts(file: Application, recorded: Recorded, by: tuple[str, ...]) -> tuple[Act, ...]:
    people = tuple(hand for hand in by if not hand.startswith("machine:"))
    return (*file.acts, Act(version=recorded.version, event=recorded.event.name, by=people)) if people else file.acts


def _used(one: EmergencyAccess, recorded: Recorded) -> EmergencyAccess:
    """With what was done with it, in both names."""
    header = recorded.header
    if not one.is_open(header.at) or (one.asker, one.opener) != (header.actor, header.on_behalf_of):
        return one
    return msgspec.structs.replace(one, acts=(*one.acts, recorded.version))


def _changes(file: Application, event: object, actor: str, at: datetime) -> dict[str, object]:
    match event:
        case e.ApplicationStarted():
            return _moved(Stage.DRAFT, event) | {"reference": event.reference, "city": event.city, "language": event.language}
        case e.SectionSaved():
            name = section_name(event.section)
            # A section from before digests were recorded stands for itself as it is stored.
            digest = event.digest or section_digest(event.section)
            return {"sections": file.sections | {name: event.section}, "digests": file.digests | {name: digest}}
        case e.PartnerInvited():
            return _partner(file, Partner(city=event.city))
        case e.TextAccepted() | e.AcceptanceRecorded():
            on_paper = isinstance(event, e.AcceptanceRecorded)
            return _partner(file, Partner(city=event.city, text=event.text, accepted=file.digests, on_paper=on_paper))
        case e.PartnerLeft():
            was = file.partners.get(event.city) or Partner(city=event.city)
            return _partner(file, msgspec.structs.replace(was, left=event))
        case e.ApplicationSubmitted():
            submissions = {
                "submission": event,
                "submitted_at": at,
                "submissions": file.submissions + 1,
                "returned": None,
                "reminded": False,
                "track": event.track,
                "round": event.round,
                "sealed_until": event.sealed_until,
            }
            return _moved(Stage.COMPLETENESS, event) | submissions
        case e.TrackChosen():
            return {"track_chosen": event}
        case e.TrackChanged():
            return _on_another_track(file, event)
        case e.SafeguardHelpAsked():
            return {"safeguard_help": Help(hub=event.hub, questions=event.questions, due=event.due, remind_at=event.remind_at)}
        case e.SafeguardHelpGiven():
            helping = file.safeguard_help or Help(hub=event.hub, questions=(), due=at)
            return {"safeguard_help": msgspec.structs.replace(helping, given=event)}
        case e.SafeguardsReminded():
            help, screen = reminded(file.safeguard_help, file.screen, event)
            return {"safeguard_help": help, "screen": screen}
        case e.SafeguardsRecorded():
            return {"safeguards": event, "screen_again": False} | _looked_again(file)
        case e.IncidentReported() | e.ScreeningAsked():
            return _to_screen(file, event)
        case e.ReturnedForCompletion():
            return _moved(Stage.DRAFT, event) | {"returned": event, "reminded": False}
        case e.ApplicationSuspended():
            return _moved(Stage.ON_HOLD, event) | {"held": Held(at=at, suspended=event)}
        case e.ApplicationResumed():
            return _moved(Stage(event.stage), event) | _put_off(file, event, at)
        case e.DraftReminded():
            return {"due": event.due, "calendar": event.calendar, "reminded": True}
        case e.ClarificationRequested():
            return _clarified(file, (*file.clarifications, _question(event, actor, at)), file.due, file.calendar)
        case e.ClarificationReminded():
            return {"clarifications": _changed(file, event.number, reminded=event.reminder)}
        case e.ClarificationAnswered():
            changed = _changed(file, event.number, end="answered", ended_at=at, answer=event.answer)
            return _clarified(file, changed, event.due, event.calendar)
        case e.ClarificationWithdrawn():
            return _clarified(file, _changed(file, event.number, end="withdrawn", ended_at=at), event.due, event.calendar)
        case e.ClarificationLapsed():
            return _clarified(file, _changed(file, event.number, end="lapsed", ended_at=event.answer_due), event.due, event.calendar)
        case e.ConflictDeclared():
            return _conflicted(file, event, actor)
        case e.ConflictEnded():
            return {"conflicts": _conflict(file, event.number, ended=True)}
        case e.LookedAgain():
            return {"conflicts": _conflict(file, event.number, settled=True)}
        case e.EmergencyAccessAsked():
            asked = EmergencyAccess(number=event.number, asker=event.person, role=event.role, asked_at=at, until=event.answer_by)
            return {"emergencies": (*file.emergencies, asked)}
        case e.EmergencyAccessOpened():
            return {"emergencies": _emergency(file, event.number, opener=actor, opened_at=at, until=event.open_until)}
        case e.EmergencyAccessClosed():
            return {"emergencies": _emergency(file, event.number, closed_at=at)}
        case e.CompletenessConfirmed():
            return _moved(Stage.ELIGIBILITY, event)
        case e.OpinionRequested() | e.HubAsked():
            return _opinion(file, HubOpinion(hub=event.hub, due=event.due, remind_at=event.remind_at))
        case e.HubReminded():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), reminded=True))
        case e.CheckRecorded():
            return {"checks": file.checks | {event.check: event}}
        case e.FoundEligible():
            return _moved(Stage.ASSESSMENT, event)
        case e.OpinionGiven():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), given=event))
        case e.OpinionDeemed():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), due=event.due, deemed=event))
        case e.CentralOpinionGiven():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), central=event))
        case e.CentralHelpAsked():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), answered_by="hub_or_centre"))
        case e.OpinionTakenOver():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), answered_by="centre", due=event.due))
        case e.HubReleased():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), released=True))
        case e.ConfidentialNoteAdded():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), note=event))
        case e.OpinionAnswered():
            return _opinion(file, msgspec.structs.replace(_asked(file, event.hub, at), answer=event))
        case e.AssessorAssigned():
            return {"assessors": (*file.assessors, event.assessor)} | _asked_to_assess(file, {event.assessor: event}, at)
        case e.ShortageAnnounced():
            return {"announced_short": file.submissions}
        case e.AssessorsDrawn():
            judging = _asked_to_assess(file, {person: event.asked_of(person) for person in event.drawn}, at)
            return {"assessors": (*file.assessors, *event.drawn), "draws": file.draws + 1} | judging
        case e.AssessorReleased() | e.AssessorLapsed():
            left = tuple(one for one in file.assessors if one != event.assessor)
            return {"assessors": left, "released": (*file.released, event.assessor)}
        case e.AssessmentRecorded():
            return {"assessments": (*file.assessments, event)}
        case e.AlignmentDetermined():
            return _moved(Stage.COORDINATION, event) | {"findings": event.findings}
        case e.ScoresRecorded():
            return {"scores": (*file.scores, event)}
        case e.ModerationCalled():
            return _moved(Stage.MODERATION, event) | {"moderation": event}
        case e.ModeratorAssigned():
            return {"moderator": event.moderator}
        case e.ModerationHeld():
            return {"moderated": event}
        case e.Scored():
            return _moved(Stage.COORDINATION, event) | {"scored": event}
        case e.ExpertProposed():
            others = tuple(one for one in file.invited if one.person != event.person)
            invited = Invitation(person=event.person, part=event.part, city_name=event.city_name, due=event.due, calendar=event.calendar)
            return {"invited": (*others, invited)}
        case e.ExpertAccepted():
            return {"invited": _answered(file, event.person, accepted=True)}
        case e.ExpertDeclined() | e.ExpertConflicted() | e.ExpertLapsed():
            return {"invited": _answered(file, event.person, accepted=False, ended=True)}
        case e.CoordinationClosed():
            return _moved(Stage.RANKING if file.scored else Stage.PROPOSAL, event) | {"coordination": event}
        case e.Placed():
            return _moved(Stage.PROPOSAL, event) | {"placed": event}
        case e.ProposalMade():
            return _moved(Stage.DECISION, event) | {"proposal": event}
        case e.ProposalReturned():
            given_back = ReturnedProposal(proposal=file.proposal, by=actor, reason=event.reason)
            return _moved(Stage.PROPOSAL, event) | {"proposal": None, "returned_proposals": (*file.returned_proposals, given_back)}
        case e.DecidedOtherwise():
            return {"otherwise": event}
        case e.ApprovalGiven():
            return {"approval": FirstApproval(by=actor, given=event)}
        case e.ApprovalLapsed():
            return {"approval": None, "otherwise": None}
        case e.Woken():
            return _moved(Stage.PROPOSAL, event) | _anew(file, event)
        case e.Withdrawn() | e.Lapsed() if file.submission is None:
            return {"stage": Stage.CLOSED, "due": None, "calendar": "", "decision": _decision(event, actor, at)}
        case e.Approved() | e.ApprovedWithConditions() | e.Declined() | e.FoundIneligible() | e.Withdrawn() | e.Lapsed():
            return _moved(Stage.LETTER, event) | _decided(file, event, actor, at)
        case e.Deferred() | e.Referred() | e.PutOnWaitingList():
            return _moved(Stage.LETTER, event) | _decided(file, event, actor, at)
        case e.LetterIssued():
            return _after_letter(file, event) | {"letters": (*file.letters, event), "appeals": _told(file)}
        case e.LetterOpened():
            return {"opened": (*file.opened, event)}
        case e.LetterDeemedDelivered():
            return {"deemed": (*file.deemed, event)}
        case e.AppealLodged():
            return _moved(Stage.APPEAL_LODGED, event) | {"appeals": (*file.appeals, _appeal(event, at)), "override": None}
        case e.AppealWithdrawn():
            ended = _answered_appeal(file, event.number, outcome="withdrawn", told=True)
            return {"stage": Stage.CLOSED, "due": None, "calendar": "", "appeals": ended}
        case e.AppealAdmitted():
            return _moved(Stage.APPEAL, event)
        case e.AppealNotAdmitted():
            answer = {"outcome": "not_admitted", "reasons": (event.reason,), "answered_at": at}
            return _moved(Stage.LETTER, event) | {"appeals": _answered_appeal(file, event.number, **answer)}
        case e.AppealDecided():
            answer = {"outcome": event.appeal_outcome, "reasons": event.reasons, "answered_at": at, "back_to": event.back_to}
            return _moved(Stage.LETTER, event) | {"appeals": _answered_appeal(file, event.number, **answer)} | _reopened(file, event)
        case e.CorrectionAsked() | e.CorrectionProposed():
            return _moved(Stage.CORRECTION, event) | {"corrections": (*file.corrections, _correction(event, at)), "override": None}
        case e.DecisionCorrected():
            answered = _answered_correction(file, event, outcome="corrected", answered_at=at)
            return _moved(Stage(event.back_to), event) | answered | _fallen(file, event.back_to, event.checks, event.envelope)
        case e.CorrectionRefused():
            answered = _answered_correction(file, event, outcome="refused", answered_at=at, appeal_until=event.appeal_until)
            return {"stage": Stage.CLOSED, "due": None, "calendar": ""} | answered
        case e.OverrideProposed():
            proposed = Override(by=actor, checks=event.checks, reasons=event.reasons, due=event.due, calendar=event.calendar)
            return {"override": proposed}
        case e.OverrideDeclined():
            return {"override": None}
        case e.EligibilityOverridden():
            return _moved(Stage.ELIGIBILITY, event) | _fallen(file, "eligibility", event.checks) | {"override": None}
        case e.AwardEvent():
            return _lived(file, event, actor, at)
        case _:
            return {}


def _question(event: e.ClarificationRequested, actor: str, at: datetime) -> Clarification:
    return Clarification(
        number=event.number,
        by=actor,
        question=event.question,
        asked_at=at,
        due=event.due,
        calendar=event.calendar,
        reminders=event.reminders,
    )


def _changed(file: Application, number: int, **changes: object) -> tuple[Clarification, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.number == number else one for one in file.clarifications)


def _clarified(file: Application, questions: tuple[Clarification, ...], due: datetime | None, calendar: str) -> dict[str, object]:
    """The file waits for the first answer due; with no question open, for what its stage waits for, as the event says."""
    waiting = msgspec.structs.replace(file, clarifications=questions).open_clarifications
    if waiting:
        due, calendar = waiting[0].due, waiting[0].calendar
    return {"clarifications": questions, "due": due, "calendar": calendar}


def _clock_set(file: Application, changes: dict[str, Any], at: datetime) -> dict[str, object]:
    """A step set the clock. A question that is open stops it at once, unless the file left the stages in which it can be asked."""
    stage, due, calendar = changes.get("stage", file.stage), changes["due"], changes["calendar"]
    since = max(at, file.sealed_until or at) if stage is Stage.ASSESSMENT else at
    clock = StageClock(since=since, due=due, calendar=calendar) if due and stage not in BY_DATE else None
    if stage in CLARIFIABLE:
        return {"clock": clock} | _clarified(file, file.clarifications, due, calendar)
    overtaken = tuple(msgspec.structs.replace(one, end="overtaken", ended_at=at) if one.is_open else one for one in file.clarifications)
    return {"clock": clock, "clarifications": overtaken}


def _emergency(file: Application, number: int, **changes: object) -> tuple[EmergencyAccess, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.number == number else one for one in file.emergencies)


def _conflict(file: Application, number: int, **changes: object) -> tuple[Conflict, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.said.number == number else one for one in file.conflicts)


def _conflicted(file: Application, event: e.ConflictDeclared, by: str) -> dict[str, object]:
    """Whoever is kept out has no task any more; what they did that is done again stands no more, nor what was built on it."""
    conflicts: dict[str, object] = {"conflicts": (*file.conflicts, Conflict(by=by, said=event))}
    if event.effect != "recuse":
        return conflicts
    return conflicts | _without_person(file, event.person) | _done_again(file, event)


def _without_person(file: Application, person: str) -> dict[str, object]:
    assessed = person in file.assessors
    return {
        "assessors": tuple(one for one in file.assessors if one != person),
        "released": (*file.released, person) if assessed else file.released,
        "moderator": "" if file.moderator == person else file.moderator,
        "invited": _answered(file, person, accepted=False, ended=True),
    }


def _done_again(file: Application, event: e.ConflictDeclared) -> dict[str, object]:
    undecided: dict[str, object] = {"approval": None, "otherwise": None}
    unproposed = undecided | {"proposal": None}
    unscored = unproposed | {"coordination": None, "moderated": None, "scored": None}
    match event.redone:
        case "assessment":
            assessments = tuple(one for one in file.assessments if one.assessor != event.person)
            scores = tuple(one for one in file.scores if one.assessor != event.person)
            unjudged = {"assessments": assessments, "scores": scores, "findings": (), "moderation": None}
            return unscored | unjudged | _back(event, Stage.ASSESSMENT)
        case "moderation":
            return unscored | _back(event, Stage.MODERATION)
        case "proposal":
            return unproposed | _back(event, Stage.PROPOSAL)
        case "approval":
            return undecided
        case "admission":
            return _back(event, Stage.APPEAL_LODGED)
    return {}


def _back(event: e.ConflictDeclared, stage: Stage) -> dict[str, object]:
    return _moved(stage, event) if event.due else {}


def _asked(file: Application, hub: str, at: datetime) -> HubOpinion:
    """What is known of a hub's opinion; a history that never asked it is read all the same."""
    return file.opinions.get(hub) or HubOpinion(hub=hub, due=at)


def _asked_until(asked: HubOpinion, due: datetime, remind_at: datetime | None) -> HubOpinion:
    """It is reminded of the other day again; where the event does not say when, as long before it as before the first."""
    remind_at = remind_at or (asked.remind_at and asked.remind_at + (due - asked.due))
    return msgspec.structs.replace(asked, due=due, remind_at=remind_at, reminded=asked.reminded and due == asked.due)


def _opinion(file: Application, opinion: HubOpinion) -> dict[str, object]:
    return {"opinions": file.opinions | {opinion.hub: opinion}}


def _partner(file: Application, partner: Partner) -> dict[str, object]:
    return {"partners": file.partners | {partner.city: partner}}


def _on_another_track(file: Application, event: e.TrackChanged) -> dict[str, object]:
    """What was said stays said; what was concluded from it, with fewer assessors than the new track asks for, is open again."""
    changes: dict[str, object] = {"track": event.to_track, "track_changes": (*file.track_changes, event)}
    if event.opinions_due:
        own = {one.hub: (one.due, one.remind_at) for one in event.opinions}
        dues = ((asked, own.get(asked.hub, (event.opinions_due, event.opinions_remind_at))) for asked in file.open_opinions)
        later = {asked.hub: _asked_until(asked, *due) for asked, due in dues}
        changes |= {"opinions": file.opinions | later}
    if event.reassess:
        changes |= {"findings": (), "coordination": None, "proposal": None, "approval": None}
    return _moved(Stage.ASSESSMENT if event.reassess else file.stage, event) | changes


def _put_off(file: Application, event: e.ApplicationResumed, at: datetime) -> dict[str, object]:
    """What others owe the file."""
    later = {one.hub: _asked_until(file.opinions[one.hub], one.due, one.remind_at) for one in event.opinions if one.hub in file.opinions}
    invited = tuple(msgspec.structs.replace(one, due=event.invitations_due or one.due) if one.is_open else one for one in file.invited)
    help_ = file.safeguard_help
    helping = until(help_, event.help_due, event.help_remind_at) if help_ and event.help_due else help_
    judging = _assessed_later(file, event.assessors_due, at)
    return {"held": None, "opinions": file.opinions | later, "invited": invited, "safeguard_help": helping} | judging


def _answered(file: Application, person: str, **changes: bool) -> tuple[Invitation, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.person == person else one for one in file.invited)


def _moved(stage: Stage, event: Moving | Deciding) -> dict[str, object]:
    return {"stage": stage, "due": event.due, "calendar": event.calendar}


def _decided(file: Application, event: Deciding, actor: str, at: datetime) -> dict[str, object]:
    decision = msgspec.structs.replace(_decision(event, actor, at), otherwise=file.otherwise, first=file.approval)
    return {"decision": decision, "earlier": _overtaken(file), "otherwise": None, "approval": None, "reserved": None, "held": None}


def _anew(file: Application, event: e.Woken) -> dict[str, object]:
    reserved = file.decision.envelope if file.decision and event.cause == "money" else None
    return {"proposal": None, "decision": None, "earlier": _overtaken(file), "reserved": reserved}


def _overtaken(file: Application) -> tuple[Decision, ...]:
    return (*file.earlier, file.decision) if file.decision else file.earlier


def _appeal(event: e.AppealLodged, at: datetime) -> Appeal:
    return Appeal(number=event.number, city=event.city, letter=event.letter, at=at, grounds=event.grounds, against=event.against)


def _answered_appeal(file: Application, number: int, **answer: object) -> tuple[Appeal, ...]:
    return tuple(msgspec.structs.replace(one, **answer) if one.number == number else one for one in file.appeals)


def _told(file: Application) -> tuple[Appeal, ...]:
    return tuple(msgspec.structs.replace(one, told=True) if one.outcome else one for one in file.appeals)


def _correction(event: e.CorrectionAsked | e.CorrectionProposed, at: datetime) -> Correction:
    city, check = (event.city, event.check) if isinstance(event, e.CorrectionAsked) else ("", "")
    return Correction(number=event.number, city=city, letter=event.letter, at=at, check=check, reason=event.reason, instead=event.instead)


def _answered_correction(file: Application, event: e.DecisionCorrected | e.CorrectionRefused, **answer: object) -> dict[str, object]:
    answered = {"reasons": event.reasons} | answer
    return {
        "corrections": tuple(msgspec.structs.replace(one, **answered) if one.number == event.number else one for one in file.corrections)
    }


def _reopened(file: Application, event: e.AppealDecided) -> dict[str, object]:
    return _fallen(file, event.back_to, event.checks, event.envelope) if event.back_to else {}


def _fallen(file: Application, back_to: e.BackTo, checks: tuple[str, ...], envelope: str | None = None) -> dict[str, object]:
    """What the decision that fell rested on, from the step on to which the file goes back, is open again; its round is over for it."""
    decision = file.decision
    by = {decision.by, *decision.hands, *((decision.first.by, *decision.first.hands) if decision.first else ())} if decision else set[str]()
    again: dict[str, object] = {
        "decision": None,
        "earlier": _overtaken(file),
        "overturned": file.overturned | by,
        "reserved": envelope,
        "screen_again": True,
        "conflicts": tuple(msgspec.structs.replace(one, counts_again=True) for one in file.conflicts),
    }
    again |= {"proposal": None, "round": None, "sealed_until": None, "placed": None}
    if back_to == "eligibility":
        kept = {code: check for code, check in file.checks.items() if code not in checks}
        again |= {"checks": kept, "set_aside": file.set_aside | set(checks)}
    if back_to == "assessment":
        again |= {"assessors": (), "released": (*file.released, *file.assessors), "assessments": (), "findings": ()}
        again |= {"scores": (), "moderation": None, "moderated": None, "scored": None, "coordination": None}
    return again


def _after_letter(file: Application, letter: e.LetterIssued) -> dict[str, object]:
    """A file that was put off, or waits for money, goes on waiting; one whose appeal was upheld goes back.

    An award is offered where its letter says so; any other file is closed.
    """
    answered, decision = file.answered_appeal, file.decision
    if answered and answered.back_to:
        return {"stage": Stage(answered.back_to), "due": letter.due, "calendar": letter.calendar}
    if letter.due and letter.report_due:
        award = RunningAward(report_due=letter.report_due, reminders=letter.reminders)
        return {"stage": Stage.OFFER, "due": letter.due, "calendar": letter.calendar, "award": award}
    waiting = {"deferred": Stage.DEFERRED, "waiting_list": Stage.WAITING_LIST}
    if decision and decision.outcome in waiting:
        return {"stage": waiting[decision.outcome], "due": decision.review, "calendar": decision.calendar}
    return {"stage": Stage.CLOSED, "due": None, "calendar": ""}


def _asked_to_assess(file: Application, asked: Mapping[str, e.AssessorAssigned | e.AssessorsDrawn], at: datetime) -> dict[str, object]:
    """Each person with what was asked of them; earlier events do not say by when."""
    clocks = {person: StageClock(since=at, due=event.due, calendar=event.calendar) for person, event in asked.items() if event.due}
    return {"assessors_clocks": file.assessors_clocks | clocks}


def _assessed_later(file: Application, due: datetime | None, at: datetime) -> dict[str, object]:
    """Of all who have not judged yet."""
    waited_for = (one for one in file.assessors_clocks if due and one in file.assessors and one not in file.assessed_by)
    clocks = {one: msgspec.structs.replace(file.assessors_clocks[one], since=at, due=due) for one in waited_for}
    return {"assessors_clocks": file.assessors_clocks | clocks}


# ── The award ─────────────────────────────────────────────────────────────────


def _lived(file: Application, event: e.AwardEvent, actor: str, at: datetime) -> dict[str, object]:
    """A history that never offered an award is read all the same: what is said of one changes nothing."""
    award = file.award
    if award is None:
        return {}
    match event:
        case e.AwardTerminated():
            return _moved(Stage.LETTER, event) | _decided(file, event, actor, at) | {"award": _with(award, ending="terminated")}
        case e.AwardTurnedDown():
            return _over(award, "turned_down")
        case e.AwardLapsed():
            return _over(award, "lapsed")
        case e.AwardClosed():
            return _over(award, "closed")
        case e.AwardReminded():
            return {"award": _with(award, reminded=event.reminder)}
        case e.ConditionMet():
            return {"award": _with(award, met=(*award.met, event))}
        case e.ActivityHeld():
            return {"award": _with(award, activities=(*award.activities, event))}
        case e.ReportMissed():
            return {"award": _with(award, missed=True)}
    moved = _moved_award(award, event, actor, at)
    return _moved(Stage.TERMINATION if moved.termination else moved.stage, event) | {"award": moved}  # type: ignore[arg-type]  # one that moves


def _moved_award(award: RunningAward, event: e.AwardEvent, actor: str, at: datetime) -> RunningAward:
    match event:
        case e.AwardAccepted():
            return _awaiting(award, event.due, event.reminders, accepted=event)
        case e.ReportReceived():
            return _with(award, report=event, missed=False)
        case e.ReportReturned():
            return _awaiting(award, event.due, event.reminders, report=None)
        case e.AwardSuspended():
            return _with(award, suspended=event, suspended_at=award.suspended_at or at)
        case e.AwardResumed():
            resumed = _with(award, suspended=None, suspended_at=None)
            # A report that was overdue before, and still is, is not missed once more.
            return (
                resumed if award.report else _with(_awaiting(resumed, event.due, event.reminders), missed=award.missed and at > event.due)
            )
        case e.TerminationAsked():
            return _with(award, termination=event, termination_by=actor)
        case e.TerminationRefused() | e.TerminationWithdrawn():
            return _with(award, termination=None, termination_by="")
    return award


def _with(award: RunningAward, **changes: object) -> RunningAward:
    return msgspec.structs.replace(award, **changes)


def _awaiting(award: RunningAward, due: datetime, reminders: tuple[datetime, ...], **changes: object) -> RunningAward:
    """A report, by then."""
    return _with(award, report_due=due, reminders=reminders, reminded=0, missed=False, **changes)


def _to_screen(file: Application, event: e.IncidentReported | e.ScreeningAsked) -> dict[str, object]:
    if file.award is None:
        return {}
    incidents = (*file.award.incidents, *((event,) if isinstance(event, e.IncidentReported) else ()))
    return {"award": _with(file.award, incidents=incidents, screening=Screening(due=event.due, calendar=event.calendar))}


def _looked_again(file: Application) -> dict[str, object]:
    return {"award": _with(file.award, screening=None, looked_again=True)} if file.award else {}


def _over(award: RunningAward, ending: e.Ending) -> dict[str, object]:
    return {"stage": Stage.CLOSED, "due": None, "calendar": "", "award": _with(award, ending=ending)}


def _decision(event: Deciding, actor: str, at: datetime) -> Decision:
    match event:
        case e.Approved() | e.ApprovedWithConditions():
            conditions = event.conditions if isinstance(event, e.ApprovedWithConditions) else ()
            return Decision(
                outcome="approved_with_conditions" if conditions else "approved",
                by=actor,
                at=at,
                reasons=event.reasons,
                conditions=conditions,
                envelope=event.envelope,
                amount=event.amount,
                currency=event.currency,
            )
        case e.Declined():
            return Decision(outcome="declined", by=actor, at=at, reasons=event.reasons, what_would_change=event.what_would_change)
        case e.Deferred():
            return Decision(
                outcome="deferred",
                by=actor,
                at=at,
                reasons=event.reasons,
                until=event.until,
                awaits=event.awaits,
                review=event.review,
                calendar=event.calendar,
            )
        case e.Referred():
            return Decision(
                outcome="referred",
                by=actor,
                at=at,
                reasons=event.reasons,
                modality=event.modality,
                turn_to=event.turn_to,
                passed_on=event.passed_on,
            )
        case e.PutOnWaitingList():
            return Decision(
                outcome="waiting_list",
                by=actor,
                at=at,
                reasons=event.reasons,
                envelope=event.envelope,
                amount=event.amount,
                currency=event.currency,
                review=event.review,
                calendar=event.calendar,
            )
        case e.AwardTerminated():
            return Decision(
                outcome="terminated", by=actor, at=at, reasons=event.reasons, amount=event.spent, currency=event.currency
            )  # fmt: skip
        case e.FoundIneligible():
            return Decision(outcome="ineligible", by=actor, at=at, checks=event.checks, reason=event.reason)
        case e.Withdrawn():
            return Decision(outcome="withdrawn", by=actor, at=at)
        case e.Lapsed():
            return Decision(outcome="lapsed", by=actor, at=at)
