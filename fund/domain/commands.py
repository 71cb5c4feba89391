"""Everything that can be asked of the fund. A command is plain data; its `verb` is its word in URLs, buttons and the CLI.

The field named by `target` holds the stream it is addressed to. Fields marked "given by the handler" are filled in
from the injected sources of ids before the rules see the command; a border never accepts them from outside.
"""

from datetime import date, datetime
from typing import ClassVar

import msgspec

from fund.domain import events as e
from fund.domain.programme import Office, SafeguardLevel
from fund.domain.sections import AnySection, SafeguardAnswer


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """A request. `verb` and `target` are given by each command."""

    verb: ClassVar[str] = ""
    target: ClassVar[str] = ""
    creates: ClassVar[bool] = False

    @property
    def stream(self) -> str:
        return str(getattr(self, self.target))


# ── The city ──────────────────────────────────────────────────────────────────


class StartApplication(Command, frozen=True, kw_only=True):
    verb, target, creates = "start", "application", True

    application: str = ""  # given by the handler
    reference: str = ""  # given by the handler
    city: str
    language: str


class SaveSection(Command, frozen=True, kw_only=True):
    verb, target = "save-section", "application"

    application: str
    section: AnySection
    salt: str = ""  # given by the handler


class SubmitApplication(Command, frozen=True, kw_only=True):
    verb, target = "submit", "application"

    application: str
    round: str | None = None
    """The competitive round to enter, if any."""
    seed: str = ""  # given by the handler


class WithdrawApplication(Command, frozen=True, kw_only=True):
    verb, target = "withdraw", "application"

    application: str
    reason: str


class SuspendApplication(Command, frozen=True, kw_only=True):
    verb, target = "suspend-application", "application"

    application: str
    reason: str
    review_on: date


class ResumeApplication(Command, frozen=True, kw_only=True):
    """By an officer for a reason; by a machine, without one, once the day is over."""

    verb, target = "resume-application", "application"

    application: str
    reason: str = ""


class RemindDraft(Command, frozen=True, kw_only=True):
    verb, target = "remind-draft", "application"

    application: str


class LapseApplication(Command, frozen=True, kw_only=True):
    """What a machine says once nobody completed it in time."""

    verb, target = "lapse-application", "application"

    application: str


# ── Partner cities ────────────────────────────────────────────────────────────


class AcceptText(Command, frozen=True, kw_only=True):
    verb, target = "accept-text", "application"

    application: str
    city: str
    text: str
    """Digest of the text that was read."""


class RecordAcceptance(Command, frozen=True, kw_only=True):
    verb, target = "record-acceptance", "application"

    application: str
    city: str
    text: str
    signatory: str
    signed_on: date
    paper: str
    """SHA-256 of the photograph of the signed paper."""


class LeaveApplication(Command, frozen=True, kw_only=True):
    verb, target = "leave", "application"

    application: str
    city: str
    reason: str


class OpenLetter(Command, frozen=True, kw_only=True):
    verb, target = "open-letter", "application"

    application: str
    letter: int
    """Its number in the file, from 1."""


class LodgeAppeal(Command, frozen=True, kw_only=True):
    verb, target = "lodge-appeal", "application"

    application: str
    city: str = ""
    """May be left out by whoever speaks for one city of the file only."""
    grounds: str


class WithdrawAppeal(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-appeal", "application"

    application: str
    reason: str


class AskCorrection(Command, frozen=True, kw_only=True):
    """Of one fact that the decision rests on: a check that failed, or one of the reasons by its number, from 1."""

    verb, target = "ask-correction", "application"

    application: str
    city: str = ""
    """May be left out by whoever speaks for one city of the file only."""
    check: str = ""
    reason: int = 0
    instead: str


class ProposeCorrection(Command, frozen=True, kw_only=True):
    """Of one of the reasons of a decision by its number, from 1: the central team finds its own error."""

    verb, target = "propose-correction", "application"

    application: str
    reason: int
    instead: str


class CorrectDecision(Command, frozen=True, kw_only=True):
    """The decision falls and is taken again from `back_to` on; `envelope` and `amount` hold money back, or `unfunded` says why not."""

    verb, target = "correct-decision", "application"

    application: str
    reasons: tuple[str, ...]
    back_to: e.BackTo
    envelope: str = ""
    amount: int = 0
    unfunded: str = ""


class RefuseCorrection(Command, frozen=True, kw_only=True):
    verb, target = "refuse-correction", "application"

    application: str
    reasons: tuple[str, ...]


# ── An award, from its letter to its end ──────────────────────────────────────


class AcceptAward(Command, frozen=True, kw_only=True):
    verb, target = "accept-award", "application"

    application: str


class TurnDownAward(Command, frozen=True, kw_only=True):
    verb, target = "turn-down-award", "application"

    application: str
    reason: str


class HandInReport(Command, frozen=True, kw_only=True):
    verb, target = "hand-in-report", "application"

    application: str
    report: str


class RemindOfAward(Command, frozen=True, kw_only=True):
    verb, target = "remind-of-award", "application"

    application: str


class LapseAward(Command, frozen=True, kw_only=True):
    verb, target = "lapse-award", "application"

    application: str


class MissReport(Command, frozen=True, kw_only=True):
    """What a machine says once a report is past due."""

    verb, target = "miss-report", "application"

    application: str


class RecordConditionMet(Command, frozen=True, kw_only=True):
    verb, target = "record-condition-met", "application"

    application: str
    number: int
    """Of the condition, from 1."""
    met_on: date
    evidence: str


class RecordActivity(Command, frozen=True, kw_only=True):
    """`hub`: the one that leads, where it delivered. `experts`: those of the file who agreed to take part."""

    verb, target = "record-activity", "application"

    application: str
    format: str
    first_day: date
    last_day: date
    days: int
    participants: int
    hub: str = ""
    experts: tuple[str, ...] = ()
    note: str = ""


class ReturnReport(Command, frozen=True, kw_only=True):
    verb, target = "return-report", "application"

    application: str
    reason: str


class CloseAward(Command, frozen=True, kw_only=True):
    """`spent`: minor units of the award's currency; the rest goes back to where it came from."""

    verb, target = "close-award", "application"

    application: str
    spent: int


class ReportIncident(Command, frozen=True, kw_only=True):
    """`stop`: what was reported may go on doing harm, so the award stands still at once."""

    verb, target = "report-incident", "application"

    application: str
    happened_on: date
    account: str
    stop: bool = False


class AskScreening(Command, frozen=True, kw_only=True):
    """Once the last look at the safeguards of an award is too long ago."""

    verb, target = "ask-screening", "application"

    application: str


class ScreenAward(Command, frozen=True, kw_only=True):
    """As `RecordSafeguards`, while an award runs."""

    verb, target = "screen-award", "application"

    application: str
    level: SafeguardLevel
    reason: str
    mitigations: tuple["Mitigation", ...] = ()


class ReportMitigation(Command, frozen=True, kw_only=True):
    """What the city owes against harm is done, and how."""

    verb, target = "report-mitigation", "application"

    application: str
    number: int
    done: str


class ReportMitigationOfHub(Command, frozen=True, kw_only=True):
    """The same, of the hub that one serves."""

    verb, target = "report-mitigation-of-hub", "application"

    application: str
    number: int
    done: str


class RecordMitigationDone(Command, frozen=True, kw_only=True):
    """The same, of the central team; and of a hub that is late or gone."""

    verb, target = "record-mitigation-done", "application"

    application: str
    number: int
    done: str


class GiveUpMitigation(Command, frozen=True, kw_only=True):
    verb, target = "give-up-mitigation", "application"

    application: str
    number: int
    reason: str


class RemindMitigation(Command, frozen=True, kw_only=True):
    """Of what is due first."""

    verb, target = "remind-mitigation", "application"

    application: str


class MissMitigation(Command, frozen=True, kw_only=True):
    """The one that was due first."""

    verb, target = "miss-mitigation", "application"

    application: str


class SuspendAward(Command, frozen=True, kw_only=True):
    verb, target = "suspend-award", "application"

    application: str
    reason: str
    review_on: date


class ResumeAward(Command, frozen=True, kw_only=True):
    verb, target = "resume-award", "application"

    application: str
    reason: str


class AskTermination(Command, frozen=True, kw_only=True):
    verb, target = "ask-termination", "application"

    application: str
    reason: str


class WithdrawTermination(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-termination", "application"

    application: str
    reason: str


class RefuseTermination(Command, frozen=True, kw_only=True):
    verb, target = "refuse-termination", "application"

    application: str
    reason: str


class TerminateAward(Command, frozen=True, kw_only=True):
    """`spent`: minor units of the award's currency, up to now; the rest goes back to where it came from."""

    verb, target = "terminate-award", "application"

    application: str
    reasons: tuple[str, ...]
    spent: int


# ── The fund's officers ────────────────────────────────────────────


class ReturnForCompletion(Command, frozen=True, kw_only=True):
    verb, target = "return-for-completion", "application"

    application: str
    sections: tuple[str, ...]
    reason: str


class RequestClarification(Command, frozen=True, kw_only=True):
    verb, target = "request-clarification", "application"

    application: str
    question: str


class AnswerClarification(Command, frozen=True, kw_only=True):
    verb, target = "answer-clarification", "application"

    application: str
    number: int
    """Of the question, from 1."""
    answer: str


class WithdrawClarification(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-clarification", "application"

    application: str
    number: int
    reason: str


class RemindClarification(Command, frozen=True, kw_only=True):
    verb, target = "remind-clarification", "application"

    application: str
    number: int


class LapseClarification(Command, frozen=True, kw_only=True):
    verb, target = "lapse-clarification", "application"

    application: str
    number: int


class DeclareConflict(Command, frozen=True, kw_only=True):
    verb, target = "declare-conflict", "application"

    application: str
    interest: e.Interest
    about: str
    person: str = ""
    """Whose it is; may be left out for one's own."""


class EndConflict(Command, frozen=True, kw_only=True):
    verb, target = "end-conflict", "application"

    application: str
    number: int
    reason: str


class AskEmergencyAccess(Command, frozen=True, kw_only=True):
    """For oneself, to one file, in a role that one does not hold."""

    verb, target = "ask-emergency-access", "application"

    application: str
    role: str
    reason: str


class OpenEmergencyAccess(Command, frozen=True, kw_only=True):
    verb, target = "open-emergency-access", "application"

    application: str
    number: int


class CloseEmergencyAccess(Command, frozen=True, kw_only=True):
    verb, target = "close-emergency-access", "application"

    application: str
    number: int
    reason: str


class LookAgain(Command, frozen=True, kw_only=True):
    verb, target = "look-again", "application"

    application: str
    number: int
    """Of the conflict under which it was done."""
    finding: str


class ConfirmCompleteness(Command, frozen=True, kw_only=True):
    verb, target = "confirm-completeness", "application"

    application: str


class RecordCheck(Command, frozen=True, kw_only=True):
    verb, target = "record-check", "application"

    application: str
    check: str
    result: e.CheckResult
    evidence: str


class ConfirmEligibility(Command, frozen=True, kw_only=True):
    verb, target = "confirm-eligibility", "application"

    application: str


class RefuseEligibility(Command, frozen=True, kw_only=True):
    verb, target = "refuse-eligibility", "application"

    application: str
    reason: str


class ProposeOverride(Command, frozen=True, kw_only=True):
    """That the finding of ineligibility is set aside on these checks."""

    verb, target = "propose-override", "application"

    application: str
    checks: tuple[str, ...]
    reasons: tuple[str, ...]


class OverrideEligibility(Command, frozen=True, kw_only=True):
    verb, target = "override-eligibility", "application"

    application: str
    reasons: tuple[str, ...]


class DeclineOverride(Command, frozen=True, kw_only=True):
    verb, target = "decline-override", "application"

    application: str
    reason: str


class Mitigation(msgspec.Struct, frozen=True, kw_only=True):
    """What lessens a risk, in words that do not tell it; by which office, until when. Whoever owes it reads it once it is granted.

    office: whose people report it done.
    """

    text: str
    owner: str
    due_on: date
    office: Office = "centre"


class RecordSafeguards(Command, frozen=True, kw_only=True):
    verb, target = "record-safeguards", "application"

    application: str
    level: SafeguardLevel
    reason: str
    mitigations: tuple[Mitigation, ...] = ()


class HelpWithSafeguards(Command, frozen=True, kw_only=True):
    verb, target = "help-with-safeguards", "application"

    application: str
    answers: tuple[SafeguardAnswer, ...]
    salt: str = ""  # given by the handler


class HelpInPlaceOfHub(Command, frozen=True, kw_only=True):
    verb, target = "help-in-place-of-hub", "application"

    application: str
    answers: tuple[SafeguardAnswer, ...]
    salt: str = ""  # given by the handler


class SignSafeguards(Command, frozen=True, kw_only=True):
    verb, target = "sign-safeguards", "application"

    application: str
    screen: str
    """The digest of what is signed, as it was asked for."""
    reason: str


class SignInPlaceOfHub(Command, frozen=True, kw_only=True):
    verb, target = "sign-in-place-of-hub", "application"

    application: str
    screen: str
    reason: str


class CountersignSafeguards(Command, frozen=True, kw_only=True):
    """For the central team."""

    verb, target = "countersign-safeguards", "application"

    application: str
    screen: str
    reason: str


class RemindOfSafeguards(Command, frozen=True, kw_only=True):
    """Of what is due first."""

    verb, target = "remind-of-safeguards", "application"

    application: str


class ChangeTrack(Command, frozen=True, kw_only=True):
    verb, target = "change-track", "application"

    application: str
    reason: str


class AssignAssessor(Command, frozen=True, kw_only=True):
    verb, target = "assign-assessor", "application"

    application: str
    assessor: str
    reason: str


class DrawAssessors(Command, frozen=True, kw_only=True):
    verb, target = "draw-assessors", "application"

    application: str
    candidates: tuple[e.Candidate, ...] = ()  # given by the handler
    as_of: int = 0  # given by the handler
    seed: str = ""  # given by the handler


class LapseAssessor(Command, frozen=True, kw_only=True):
    verb, target = "lapse-assessor", "application"

    application: str
    assessor: str


class ReleaseAssessor(Command, frozen=True, kw_only=True):
    verb, target = "release-assessor", "application"

    application: str
    assessor: str
    reason: str


class AssignModerator(Command, frozen=True, kw_only=True):
    verb, target = "assign-moderator", "application"

    application: str
    moderator: str
    reason: str


class HoldModeration(Command, frozen=True, kw_only=True):
    verb, target = "moderate", "application"

    application: str
    scores: tuple[e.Agreed, ...]
    reason: str


class AskHub(Command, frozen=True, kw_only=True):
    verb, target = "ask-hub", "application"

    application: str
    hub: str
    reason: str


class ReleaseHub(Command, frozen=True, kw_only=True):
    verb, target = "release-hub", "application"

    application: str
    hub: str
    reason: str


class TakeOverOpinion(Command, frozen=True, kw_only=True):
    verb, target = "take-over-opinion", "application"

    application: str
    hub: str
    reason: str = ""
    """Required of a person."""


class GiveCentralOpinion(Command, frozen=True, kw_only=True):
    verb, target = "give-central-opinion", "application"

    application: str
    hub: str
    opinion: e.Opinion
    reason: str


class CloseCoordination(Command, frozen=True, kw_only=True):
    verb, target = "close-coordination", "application"

    application: str
    mode: e.Mode
    hub: str = ""
    """The hub that leads. May be left out where it can be only one."""
    reason: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever proposes says to the opinion of one hub."""

    hub: str
    text: str


class ProposeExpert(Command, frozen=True, kw_only=True):
    verb, target = "propose-expert", "application"

    application: str
    person: str
    part: e.Part
    city: str | None = None
    purpose: str


class MakeProposal(Command, frozen=True, kw_only=True):
    verb, target = "propose", "application"

    application: str
    recommendation: e.Recommendation
    envelope: str | None = None
    amount: int = 0
    currency: str = ""
    peers: tuple[str, ...] = ()
    no_peers_reason: str = ""
    conditions: tuple[e.Condition, ...] = ()
    support_type: str | None = None
    reason: str
    until: date | None = None
    awaits: str = ""
    modality: str = ""
    answers: tuple[Answer, ...] = ()
    """To the opinions of hubs that ask for one."""


class RecordAwaitedEvent(Command, frozen=True, kw_only=True):
    verb, target = "record-awaited-event", "application"

    application: str
    evidence: str


class ReconsiderApplication(Command, frozen=True, kw_only=True):
    verb, target = "reconsider", "application"

    application: str
    reason: str


# ── Assessors, hub coordinators, approvers ────────────────────────────────────


class RecordAssessment(Command, frozen=True, kw_only=True):
    verb, target = "assess", "application"

    application: str
    judgements: tuple[e.Judgement, ...]


class RecordScores(Command, frozen=True, kw_only=True):
    verb, target = "score", "application"

    application: str
    scores: tuple[e.Score, ...]


class GiveOpinion(Command, frozen=True, kw_only=True):
    verb, target = "give-opinion", "application"

    application: str
    hub: str = ""
    """May be left out by whoever answers for one hub only."""
    opinion: e.Opinion
    accepts_delivery: bool = False
    reason: str
    sustainability: str = ""
    confidential: str = ""
    """For the fund's staff and whoever decides."""


class AskCentralHelp(Command, frozen=True, kw_only=True):
    verb, target = "ask-central-help", "application"

    application: str
    hub: str
    reason: str


class Approve(Command, frozen=True, kw_only=True):
    """Envelope and amount are those of the proposal where none are given. `otherwise`: why it is not decided as proposed."""

    verb, target = "approve", "application"

    application: str
    reasons: tuple[str, ...]
    envelope: str | None = None
    amount: int | None = None
    otherwise: str = ""
    despite: str = ""
    """Why, where a hub whose opinion asks for a reason is not followed."""


class ApproveWithConditions(Command, frozen=True, kw_only=True):
    verb, target = "approve-with-conditions", "application"

    application: str
    reasons: tuple[str, ...]
    conditions: tuple[e.Condition, ...]
    envelope: str | None = None
    amount: int | None = None
    otherwise: str = ""
    despite: str = ""


class WithholdApproval(Command, frozen=True, kw_only=True):
    verb, target = "withhold-approval", "application"

    application: str
    reason: str


class Decline(Command, frozen=True, kw_only=True):
    verb, target = "decline", "application"

    application: str
    reasons: tuple[str, ...]
    what_would_change: tuple[str, ...]
    otherwise: str = ""


class Defer(Command, frozen=True, kw_only=True):
    """Until a day, or until what it awaits has happened: one of the two."""

    verb, target = "defer", "application"

    application: str
    until: date | None = None
    awaits: str = ""
    reasons: tuple[str, ...]
    otherwise: str = ""


class Refer(Command, frozen=True, kw_only=True):
    verb, target = "refer", "application"

    application: str
    modality: str
    turn_to: str
    passed_on: str
    reasons: tuple[str, ...]
    otherwise: str = ""


class PutOnWaitingList(Command, frozen=True, kw_only=True):
    verb, target = "put-on-waiting-list", "application"

    application: str
    envelope: str | None = None
    amount: int | None = None
    reasons: tuple[str, ...]
    otherwise: str = ""


class AdmitAppeal(Command, frozen=True, kw_only=True):
    verb, target = "admit-appeal", "application"

    application: str


class TurnAwayAppeal(Command, frozen=True, kw_only=True):
    verb, target = "turn-away-appeal", "application"

    application: str
    reason: str


class DecideAppeal(Command, frozen=True, kw_only=True):
    """Unless it is dismissed: the step from which the file is decided again, and the envelope that holds money back for it, or why none."""

    verb, target = "decide-appeal", "application"

    application: str
    outcome: e.AppealOutcome
    reasons: tuple[str, ...]
    back_to: e.BackTo | None = None
    checks: tuple[str, ...] = ()
    envelope: str | None = None
    amount: int = 0
    unfunded: str = ""


class ReturnProposal(Command, frozen=True, kw_only=True):
    verb, target = "return-proposal", "application"

    application: str
    reason: str


# ── Experts and peers ─────────────────────────────────────────────────────────


class AcceptExpertRole(Command, frozen=True, kw_only=True):
    verb, target = "accept-expert-role", "application"

    application: str


class DeclineExpertRole(Command, frozen=True, kw_only=True):
    verb, target = "decline-expert-role", "application"

    application: str
    reason: str


class DeclareExpertConflict(Command, frozen=True, kw_only=True):
    verb, target = "declare-expert-conflict", "application"

    application: str
    reason: str


# ── Machines ──────────────────────────────────────────────────────────────────


class RunMachineChecks(Command, frozen=True, kw_only=True):
    verb, target = "run-machine-checks", "application"

    application: str


class BringInterest(Command, frozen=True, kw_only=True):
    verb, target = "bring-interest", "application"

    application: str
    person: str
    number: int
    """Of their standing declaration."""


class AnnounceShortage(Command, frozen=True, kw_only=True):
    verb, target = "announce-shortage", "application"

    application: str
    people: tuple[str, ...] = ()
    """Whoever holds a role."""


class RemindHub(Command, frozen=True, kw_only=True):
    """What a machine says while there is still time to answer."""

    verb, target = "remind-hub", "application"

    application: str
    hub: str


class DeemOpinion(Command, frozen=True, kw_only=True):
    verb, target = "deem-opinion", "application"

    application: str
    hub: str


class PlaceInRanking(Command, frozen=True, kw_only=True):
    verb, target = "place", "application"

    application: str


class WakeApplication(Command, frozen=True, kw_only=True):
    verb, target = "wake", "application"

    application: str


class DeemDelivered(Command, frozen=True, kw_only=True):
    verb, target = "deem-delivered", "application"

    application: str
    letter: int


class LapseExpert(Command, frozen=True, kw_only=True):
    verb, target = "lapse-expert", "application"

    application: str
    person: str


class IssueLetter(Command, frozen=True, kw_only=True):
    verb, target = "issue-letter", "application"

    application: str
    issued_on: date
    template: str
    renderer: str
    sha256: str
    blob: str
    size: int
    numbered_at: int = 0


# ── Rounds ────────────────────────────────────────────────────────────────────


class OpenRound(Command, frozen=True, kw_only=True):
    verb, target, creates = "open", "round", True

    round: str = ""  # given by the handler
    title: str
    opens_at: datetime
    closes_at: datetime
    envelope: str
    priorities: tuple[str, ...] = ()


class CancelRound(Command, frozen=True, kw_only=True):
    verb, target = "cancel", "round"

    round: str
    reason: str


class CloseRound(Command, frozen=True, kw_only=True):
    verb, target = "close", "round"

    round: str
    standings: tuple[e.Standing, ...]
    served_since: datetime | None = None


class RankRound(Command, frozen=True, kw_only=True):
    verb, target = "rank", "round"

    round: str
    equity_note: str


class DrawLine(Command, frozen=True, kw_only=True):
    verb, target = "draw-line", "round"

    round: str
    places: int
    reasons: tuple[str, ...]


# ── Registers ─────────────────────────────────────────────────────────────────


class RegisterCity(Command, frozen=True, kw_only=True):
    verb, target, creates = "register", "city", True

    city: str = ""  # given by the handler
    name_en: str
    name_local: str = ""
    kind: str
    country: str
    region: str | None = None
    relation: str
    source: str
    note: str = ""
    identifiers: dict[str, str] = {}


class RecordTier(Command, frozen=True, kw_only=True):
    verb, target = "record-tier", "city"

    city: str
    within: str
    basis: str


class RecordMembership(Command, frozen=True, kw_only=True):
    verb, target = "record-membership", "city"

    city: str
    basis: str
    joined: str | None = None


class EndMembership(Command, frozen=True, kw_only=True):
    verb, target = "end-membership", "city"

    city: str
    basis: str


class ConfirmRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "confirm-representative", "city"

    city: str
    person: str
    capacity: e.Capacity
    proof: str


class EndRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "end-representative", "city"

    city: str
    person: str
    reason: str


class RequestRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "request-representative", "city"

    city: str
    person: str
    capacity: e.Capacity
    proof: str


class RefuseRepresentative(Command, frozen=True, kw_only=True):
    verb, target = "refuse-representative", "city"

    city: str
    person: str
    reason: str


class AskMembership(Command, frozen=True, kw_only=True):
    """`proof`: of an administrator who asks for a city that nobody represents yet."""

    verb, target = "ask-membership", "city"

    city: str
    proof: str = ""


class WithdrawMembershipAsk(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-membership-ask", "city"

    city: str
    reason: str


class AttestPrinciples(Command, frozen=True, kw_only=True):
    """`office`: in which it is signed, such as mayor. `signed_on` and `proof`: where it was signed on paper."""

    verb, target = "attest-principles", "city"

    city: str
    office: str
    commitments: tuple[e.Commitment, ...]
    signed_on: date | None = None
    proof: str = ""


class RecordNewLeadership(Command, frozen=True, kw_only=True):
    verb, target = "record-new-leadership", "city"

    city: str
    since: date
    basis: str


class DetermineTerritory(Command, frozen=True, kw_only=True):
    verb, target = "determine-territory", "city"

    city: str
    territory: e.Territory
    basis: str
    review_on: date


class AdmitMember(Command, frozen=True, kw_only=True):
    verb, target = "admit-member", "city"

    city: str


class DeclineMembership(Command, frozen=True, kw_only=True):
    verb, target = "decline-membership", "city"

    city: str
    reason: str


class SuspendMembership(Command, frozen=True, kw_only=True):
    verb, target = "suspend-membership", "city"

    city: str
    reason: str
    review_on: date


class ResumeMembership(Command, frozen=True, kw_only=True):
    verb, target = "resume-membership", "city"

    city: str
    reason: str


class OpenHub(Command, frozen=True, kw_only=True):
    verb, target = "open", "hub"

    hub: str
    opened: str
    basis: str


class SuspendHub(Command, frozen=True, kw_only=True):
    verb, target = "suspend", "hub"

    hub: str
    reason: str


class ResumeHub(Command, frozen=True, kw_only=True):
    verb, target = "resume", "hub"

    hub: str
    reason: str


class CloseHub(Command, frozen=True, kw_only=True):
    verb, target = "close", "hub"

    hub: str
    basis: str


class OpenEnvelope(Command, frozen=True, kw_only=True):
    verb, target, creates = "open", "envelope", True

    envelope: str = ""  # given by the handler
    title: str
    currency: str


class ReceiveContribution(Command, frozen=True, kw_only=True):
    verb, target = "receive-contribution", "envelope"

    envelope: str
    donor: str
    amount: int
    currency: str
    basis: str
    kind: e.ContributionKind = "cash"
    valuation: str = ""
    city: str | None = None
    priorities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    support_types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    spend_from: date | None = None
    spend_until: date | None = None


class ReduceContribution(Command, frozen=True, kw_only=True):
    verb, target = "reduce-contribution", "envelope"

    envelope: str
    contribution: int
    amount: int
    reason: str


class ReleaseFunds(Command, frozen=True, kw_only=True):
    verb, target = "release-funds", "envelope"

    envelope: str
    application: str
    amount: int
    reason: str


class RecordRate(Command, frozen=True, kw_only=True):
    verb, target = "record-rate", "rates"

    rates: str
    base: str
    quote: str
    rate: int
    digits: int
    on: date
    source: str


class RegisterPerson(Command, frozen=True, kw_only=True):
    verb, target, creates = "register", "person", True

    person: str = ""  # given by the handler
    full_name: str
    email: str
    language: str
    country: str | None = None


class GrantRole(Command, frozen=True, kw_only=True):
    verb, target = "grant-role", "person"

    person: str
    role: str
    scope: str | None = None


class RevokeRole(Command, frozen=True, kw_only=True):
    verb, target = "revoke-role", "person"

    person: str
    role: str
    scope: str | None = None


class RecordAffiliation(Command, frozen=True, kw_only=True):
    verb, target = "record-affiliation", "person"

    person: str
    city: str


class DeclareInterest(Command, frozen=True, kw_only=True):
    """Of a tie to a city or to the organisation behind a hub; one of the two is named."""

    verb, target = "declare-interest", "person"

    person: str
    interest: e.Interest
    city: str | None = None
    hub: str | None = None
    about: str


class EndInterest(Command, frozen=True, kw_only=True):
    verb, target = "end-interest", "person"

    person: str
    number: int
    reason: str


class ChooseMessages(Command, frozen=True, kw_only=True):
    """How messages come, and in which language; an empty one is the one that the person was registered with."""

    verb, target = "choose-messages", "person"

    person: str
    rhythm: e.Rhythm
    language: str = ""


class DelegateRole(Command, frozen=True, kw_only=True):
    """To `person`, from the first day to the last. scope: the hub, of a coordinator."""

    verb, target = "delegate-role", "person"

    person: str
    role: str
    scope: str | None = None
    first: date
    last: date
    reason: str


class EndDelegation(Command, frozen=True, kw_only=True):
    verb, target = "end-delegation", "person"

    person: str
    number: int
    reason: str


class RecordAbsence(Command, frozen=True, kw_only=True):
    verb, target = "record-absence", "person"

    person: str
    first: date
    last: date


class ErasePerson(Command, frozen=True, kw_only=True):
    verb, target = "erase", "person"

    person: str
    basis: str


class ProposeProgramme(Command, frozen=True, kw_only=True):
    verb, target = "propose", "programme"

    programme: str
    reason: str
    problems: int = 0  # given by the handler


class WithdrawProposal(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-proposal", "programme"

    programme: str
    version: str
    reason: str


class AdoptProgramme(Command, frozen=True, kw_only=True):
    verb, target = "adopt", "programme"

    programme: str
    version: str


class RenumberPriority(Command, frozen=True, kw_only=True):
    verb, target = "renumber-priority", "programme"

    programme: str
    priority: str
    printed: str
    reason: str


class RecordSealedRead(Command, frozen=True, kw_only=True):
    verb, target = "record-sealed-read", "programme"

    programme: str
    read: str
    purpose: str
