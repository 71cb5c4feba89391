"""Who is told of what: for every fact that somebody waits for, the people it is told to, the words, and how urgent it is.

A fact stands in the table `OCCASIONS`, or in `NOBODY_WAITS` with the reason. Texts are gettext messages. They say what kind of thing
happened and by when something is due, and no more: no name, no city, no text of the file. The rest stands on the page, for those who
may read it.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, Literal

import msgspec

from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.event import Event
from fund.domain.screen import Signature

Urgency = Literal["always", "daily", "at_once", "digest"]
"""`always`: at once, whatever the reader chose. `daily`: once a day at least. The other two: what is done unless a rhythm was chosen."""

TOLD = frozenset({"appeal_until", "due", "number"})
"""Fields of a fact that a message may tell, where the reader may read them."""


class To(StrEnum):
    """To whom, as the fact and the state of its stream say."""

    LEAD = "lead"
    CITIES = "cities"
    """All cities that take part in the file."""
    APPELLANTS = "appellants"
    """Cities whose time to appeal the fact sets: those that it names, else all that benefit and have not left."""
    NAMED_CITY = "named_city"
    OUTDATED = "outdated"
    """Cities that accepted the text as it was before."""
    YET_TO_ACCEPT = "yet_to_accept"
    """Cities that were asked to accept the text and have not accepted it as it stands."""
    ITS_CITY = "its_city"
    """The city whose own fact it is."""
    PERSON = "person"
    """Whoever the fact names."""
    ASKER = "asker"
    """Whoever put the question to the city."""
    HELPERS = "helpers"
    """Experts and peers who agreed to take part."""
    HUB = "hub"
    HUBS = "hubs"
    """Those whose opinion was asked and that were not released; where the fact names some, those."""
    AWAITED = "awaited"
    """Assessors who have not judged, experts and peers who have not answered."""
    OFFICERS = "officers"
    APPROVERS = "approvers"
    ADMINISTRATORS = "administrators"
    AUDITORS = "auditors"


class Kind(StrEnum):
    """What the subject line says, after the reference of the file."""

    TASK = "task"
    QUESTION = "question"
    REMINDER = "reminder"
    LETTER = "letter"
    RECEIPT = "receipt"
    NEWS = "news"
    APPEAL = "appeal"
    MEMBERSHIP = "membership"
    ROLE = "role"
    ROUND = "round"
    HUB = "hub"
    PROGRAMME = "programme"


SUBJECTS: dict[Kind, str] = {
    Kind.TASK: "Something waits for you",
    Kind.QUESTION: "A question to your city",
    Kind.REMINDER: "A reminder",
    Kind.LETTER: "A letter is there",
    Kind.RECEIPT: "Received",
    Kind.NEWS: "News",
    Kind.APPEAL: "An appeal",
    Kind.MEMBERSHIP: "Membership",
    Kind.ROLE: "Your role in the fund",
    Kind.ROUND: "A round",
    Kind.HUB: "The work {of_the_hub}",
    Kind.PROGRAMME: "The programme",
}

Still = Callable[[Any, Any, str], bool]
"""Whether it still matters to this person: (state of the stream as of now, the event, person). What is overtaken is not sent."""


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """One row: this fact is told to these people in these words."""

    event: type[Event]
    to: To
    kind: Kind
    text: str
    urgency: Urgency
    still: Still


def _ever(state: object, event: object, person: str) -> bool:
    return True


def _must(event: type[Event], to: To, kind: Kind, text: str, still: Still = _ever) -> Occasion:
    """A decision or a deadline of one's own: at once, and not to be switched off."""
    return Occasion(event=event, to=to, kind=kind, text=text, urgency="always", still=still)


def _daily(event: type[Event], to: To, kind: Kind, text: str, still: Still = _ever) -> Occasion:
    """Asked of the reader, not to be switched off, and of many facts in a row: one mail a day tells them all."""
    return Occasion(event=event, to=to, kind=kind, text=text, urgency="daily", still=still)


def _soon(event: type[Event], to: To, kind: Kind, text: str, still: Still = _ever) -> Occasion:
    return Occasion(event=event, to=to, kind=kind, text=text, urgency="at_once", still=still)


def _later(event: type[Event], to: To, kind: Kind, text: str, still: Still = _ever) -> Occasion:
    return Occasion(event=event, to=to, kind=kind, text=text, urgency="digest", still=still)


def _at(*stages: Stage) -> Still:
    return lambda file, event, person: file.stage in stages


def _unanswered(file: Application, event: Any, person: str) -> bool:
    return any(asked.number == event.number for asked in file.open_clarifications)


def _last_reminder(file: Application, event: e.ClarificationReminded, person: str) -> bool:
    return any((asked.number, asked.reminded) == (event.number, event.reminder) for asked in file.open_clarifications)


def _opinion_open(file: Application, event: Any, person: str) -> bool:
    asked = file.opinions.get(event.hub)
    return asked is not None and asked.is_open


def _for_the_hub(file: Application, event: Any, person: str) -> bool:
    return _opinion_open(file, event, person) and file.opinions[event.hub].answered_by != "centre"


def _help_open(file: Application, event: object, person: str) -> bool:
    return file.safeguard_help is not None and file.safeguard_help.is_open


def _unsigned(file: Application, event: e.SignatureAsked, person: str) -> bool:
    return file.screen is not None and any(one.asked == event for one in file.screen.unsigned)


def _still_owed(file: Application, event: e.SafeguardsReminded, person: str) -> bool:
    return _help_open(file, event, person) if event.about == "help" else any(one.asked.due == event.due for one in _signatures(file))


def _signatures(file: Application) -> tuple[Signature, ...]:
    return file.screen.unsigned if file.screen else ()


def _owed_by_the_centre(file: Application, event: e.SafeguardsReminded, person: str) -> bool:
    return event.hub is None and _still_owed(file, event, person)


def _of_the_centre(file: Application, event: e.SignatureAsked, person: str) -> bool:
    return event.hub is None and _unsigned(file, event, person)


def _signed_by_all(file: Application, event: e.SafeguardsSigned, person: str) -> bool:
    return file.screen is not None and not file.screen.unsigned


def _to_screen(file: Application, event: object, person: str) -> bool:
    return file.award is not None and file.award.screening is not None and file.award.ending is None


def _owed(file: Application, event: e.MitigationEvent, person: str) -> bool:
    owed = file.screen.owed if file.screen else ()
    return any(one.is_open and one.asked.number == event.number for one in owed)


def _owed_by_city(file: Application, event: e.MitigationEvent, person: str) -> bool:
    return event.city is not None and _owed(file, event, person)


def _owed_by_centre(file: Application, event: e.MitigationEvent, person: str) -> bool:
    return event.city is None and event.hub is None and _owed(file, event, person)


def _of_city(file: Application, event: e.MitigationEvent, person: str) -> bool:
    return event.city is not None


def _to_assess(file: Application, event: object, person: str) -> bool:
    return file.stage is Stage.ASSESSMENT and person in file.assessors and person not in file.assessed_by


def _to_answer(file: Application, event: object, person: str) -> bool:
    return any(one.person == person and one.is_open for one in file.invited)


def _owes(file: Application, event: object, person: str) -> bool:
    return _to_assess(file, event, person) or _to_answer(file, event, person)


def _to_accept(file: Application, event: Any, person: str) -> bool:
    return file.stage is Stage.DRAFT and event.city in file.invited_partners and not file.has_accepted(event.city)


def _unmoderated(file: Application, event: object, person: str) -> bool:
    return file.stage is Stage.MODERATION and not file.moderator


def _touched(file: Application, event: e.ConflictDeclared, person: str) -> bool:
    return event.redone != "nothing" or any(one.said.number == event.number for one in file.to_look_at_again)


def _to_open(file: Application, event: e.EmergencyAccessAsked, person: str) -> bool:
    return any(one.number == event.number and one.opener is None and one.closed_at is None for one in file.emergencies)


S = Stage
DECIDED = (e.FoundIneligible, e.Approved, e.ApprovedWithConditions, e.Declined, e.Deferred, e.Referred, e.PutOnWaitingList)
STEPPED_BACK = (e.ExpertDeclined, e.ExpertConflicted)
ACCESS_ASKED = "Emergency access to an application is asked for. It waits for a second person to open it."
WATCHING = (To.AUDITORS, To.ADMINISTRATORS)
DECISION_TAKEN = "A decision was taken on this application."
WITHDRAWN = "The application was withdrawn."
NOT_SUBMITTED = "The application was not submitted in time and lapsed."
HELD = "The application is suspended until {due} at the latest. See why."
GOES_ON = "A suspended application goes on. Its step is due by {due}."
OWED_LATER = "A suspended application goes on. What you still owe it is due later than before."
LEFT = "A city takes no part in the application any more. See what that changes."
TO_HELP = "A city could not answer questions about safeguards. They are looked into by {due}."
OWED_FOR_SAFEGUARDS = "Help or a signature is still awaited for safeguards, by {due}."
TO_SIGN = "Safeguards were looked at and wait for your signature, by {due}."
TO_SCREEN = "The safeguards of an award are to be looked at again, by {due}."
OPINION_ASKED = "The opinion {of_the_hub} is asked, by {due}."
TO_ASSESS = "You are asked to assess an application by {due}, independently of others."
ALL_IN = "All assessments are in. Coordination is to be closed by {due}."
OWED = "A safeguard is yours to see to, by {due}. See what it is, and report it once it is done."
OWED_STILL = "A safeguard that is yours to see to is due by {due}. Report it once it is done."
OVERDUE = "A safeguard that is yours to see to was not reported in time and is overdue. Report it once it is done."
AWAITED_NO_MORE = "A safeguard that was yours to see to is not awaited any more."
NO_OPINION = "No opinion came in time. The application goes on without it."
APPEAL_CAME = "An appeal was lodged. Somebody who had no hand in the application says by {due} whether it is heard."
ERROR_NAMED = "A city names an error in a decision. Somebody who had no hand in the application answers by {due}."
ERROR_FOUND = "A reason of one of our decisions is in doubt. Somebody who had no hand in the application answers by {due}."
APPEAL_GONE = "The appeal was withdrawn. The decision stands."
TURNED_DOWN = "The award was turned down."
LAPSED = "The award was not accepted in time and lapsed."
SUSPENDED = "The award is suspended. Nothing is delivered until it goes on."
RESUMED = "The award goes on. Its next step is due by {due}."
NOT_ENDED = "The award is not ended early. Its next step is due by {due}."
CLOSED = "The award was closed."
LEAD_TO_HAND_OVER = "The work {of_the_hub} is suspended or ended. Hand over the lead where it leads: nothing is granted before."
AWARDS: dict[type[Event], str] = {
    e.AwardAccepted: "The award was accepted.",
    e.AwardTurnedDown: TURNED_DOWN,
    e.AwardLapsed: LAPSED,
    e.AwardSuspended: SUSPENDED,
    e.AwardResumed: RESUMED,
    e.TerminationRefused: NOT_ENDED,
    e.TerminationWithdrawn: NOT_ENDED,
    e.AwardRelinquished: "The award was given up by its city. What was used is settled by {due}.",
    e.AwardTerminated: "The award was ended early.",
    e.AwardClosed: CLOSED,
}
"""What officers, hubs and those who help hear of an award."""

OCCASIONS: tuple[Occasion, ...] = (
    # ── To cities ─────────────────────────────────────────────────────────────
    _must(e.PartnerInvited, To.NAMED_CITY, Kind.TASK, "Your city is asked to accept the text of an application that names it.", _to_accept),
    _daily(e.SectionSaved, To.OUTDATED, Kind.TASK,
           "The text of an application changed after your city had accepted it. Your city is asked to accept it again.", _at(S.DRAFT)),
    _later(e.TextAccepted, To.LEAD, Kind.NEWS, "A partner city accepted the text of the application."),
    _must(e.AcceptanceRecorded, To.NAMED_CITY, Kind.RECEIPT,
          "It was recorded that your city accepted the text of an application on paper. If it did not, tell us at once."),
    _later(e.AcceptanceRecorded, To.LEAD, Kind.NEWS, "A partner city accepted the text of the application."),
    _must(e.PartnerLeft, To.CITIES, Kind.NEWS, LEFT),
    _must(e.ApplicationSubmitted, To.CITIES, Kind.RECEIPT,
          "The application was submitted. We check by {due} whether anything is missing."),
    _must(e.ClarificationRequested, To.LEAD, Kind.QUESTION, "We have a question about your application. Please answer it by {due}.",
          _unanswered),
    _must(e.ClarificationReminded, To.LEAD, Kind.REMINDER,
          "A question about your application still waits for your answer. Please answer it by {due}.", _last_reminder),
    _must(e.ClarificationWithdrawn, To.LEAD, Kind.QUESTION, "A question about your application was taken back. You need not answer it."),
    _must(e.ClarificationLapsed, To.LEAD, Kind.QUESTION,
          "A question about your application was not answered in time. The application goes on without the answer."),
    _must(e.ReturnedForCompletion, To.LEAD, Kind.TASK,
          "Something is missing in your application. Please complete it and submit it again by {due}.", _at(S.DRAFT)),
    _later(e.CompletenessConfirmed, To.LEAD, Kind.NEWS, "Nothing is missing in your application. We are checking that the fund can help."),
    _later(e.FoundEligible, To.LEAD, Kind.NEWS, "The fund can help in principle. People are reading your application independently."),
    _later(e.TrackChanged, To.LEAD, Kind.NEWS, "Your application takes another way through the fund than before. See what that changes."),
    _must(e.LeadHandedOver, To.CITIES, Kind.NEWS, "It is settled anew who leads the support. See who."),
    _later(e.CoordinationClosed, To.LEAD, Kind.NEWS, "It is settled how the support would be given. The decision is being prepared."),
    _must(e.Woken, To.LEAD, Kind.NEWS, "Your application is taken up again."),
    _must(e.ApplicationSuspended, To.CITIES, Kind.NEWS, HELD),
    _must(e.ApplicationResumed, To.CITIES, Kind.NEWS, GOES_ON),
    _must(e.Withdrawn, To.CITIES, Kind.RECEIPT, WITHDRAWN),
    _must(e.DraftReminded, To.LEAD, Kind.REMINDER, "Your application still waits for you. If it is not submitted by {due}, it lapses.",
          _at(S.DRAFT)),
    _must(e.DraftReminded, To.YET_TO_ACCEPT, Kind.REMINDER,
          "The text of an application still waits for your city to accept it. If the application is not submitted by {due}, it lapses.",
          _at(S.DRAFT)),
    _must(e.Lapsed, To.CITIES, Kind.NEWS, NOT_SUBMITTED),
    _must(e.LetterIssued, To.APPELLANTS, Kind.LETTER,
          "A letter answers the appeal of another city, and the decision stands. Your city can appeal until {appeal_until}.",
          _at(S.CLOSED)),
    _must(e.LetterIssued, To.CITIES, Kind.LETTER,
          "A letter about your application is there. Please open it: it counts as delivered once it is opened."),
    _must(e.LetterDeemedDelivered, To.CITIES, Kind.LETTER,
          "A letter about your application was not opened by every city and now counts as delivered. Time limits run from that day."),
    _must(e.AppealLodged, To.CITIES, Kind.APPEAL,
          "An appeal was lodged. We say by {due} whether it is heard. The time of other cities to appeal is not lost meanwhile."),
    _must(e.AppealWithdrawn, To.APPELLANTS, Kind.APPEAL,
          "The appeal of another city was withdrawn, and the decision stands. Your city can appeal until {appeal_until}.",
          _at(S.CLOSED)),
    _must(e.AppealWithdrawn, To.CITIES, Kind.APPEAL, APPEAL_GONE),
    _must(e.AppealAdmitted, To.CITIES, Kind.APPEAL, "The appeal is heard. It is decided by {due}."),
    _must(e.CorrectionAsked, To.CITIES, Kind.RECEIPT,
          "An error in the decision was named. People who had no part in it answer by {due}; the time to appeal is not lost meanwhile."),
    _must(e.CorrectionProposed, To.CITIES, Kind.NEWS,
          "We doubt a reason of our decision. People who had no part in it answer by {due}; the time to appeal is not lost meanwhile."),
    _must(e.DecisionCorrected, To.CITIES, Kind.NEWS,
          "The decision rested on an error and is taken again. The next step is due by {due}, and a new letter follows."),
    _must(e.CorrectionRefused, To.APPELLANTS, Kind.NEWS,
          "The fact that was named was looked at, and the decision stands. See why. Your city can appeal until {appeal_until}, even if it "
          "withdrew an appeal or one was not heard."),
    _must(e.CorrectionRefused, To.CITIES, Kind.NEWS, "The fact that was named was looked at, and the decision stands. See why."),
    _must(e.EligibilityOverridden, To.CITIES, Kind.NEWS,
          "Your application is open again: two people set the refusal aside. Eligibility is looked at again by {due}."),
    # ── An award, to those who are in it ──────────────────────────────────────
    _must(e.AwardAccepted, To.CITIES, Kind.RECEIPT, "The award was accepted. The report on it is due by {due}."),
    _must(e.AwardTurnedDown, To.CITIES, Kind.RECEIPT, TURNED_DOWN),
    _must(e.AwardReminded, To.LEAD, Kind.REMINDER, "We are still waiting for what your city owes on its award. It is due by {due}.",
          lambda file, event, person: file.award is not None and file.award.reminded == event.reminder),
    _must(e.AwardLapsed, To.CITIES, Kind.NEWS, LAPSED),
    _later(e.ConditionMet, To.LEAD, Kind.NEWS, "A condition of your award was found to be met."),
    _later(e.ActivityHeld, To.LEAD, Kind.NEWS, "An activity of the support was recorded."),
    _must(e.ReportReceived, To.CITIES, Kind.RECEIPT, "The report was received. The award is closed by {due}."),
    _must(e.ReportReturned, To.LEAD, Kind.TASK, "Your report came back. Please hand it in again by {due}.", _at(S.DELIVERY)),
    _must(e.ReportMissed, To.LEAD, Kind.REMINDER, "Your report did not come in time and is overdue. Please hand it in.",
          lambda file, event, person: file.award is not None and file.award.missed),
    _must(e.MitigationAsked, To.LEAD, Kind.TASK, OWED, _owed_by_city),
    _must(e.MitigationReminded, To.LEAD, Kind.REMINDER, OWED_STILL, _owed_by_city),
    _must(e.MitigationMissed, To.LEAD, Kind.REMINDER, OVERDUE, _owed_by_city),
    _must(e.MitigationGivenUp, To.LEAD, Kind.NEWS, AWAITED_NO_MORE, _of_city),
    _must(e.AwardSuspended, To.CITIES, Kind.NEWS, SUSPENDED),
    _must(e.AwardResumed, To.CITIES, Kind.NEWS, RESUMED),
    _must(e.TerminationAsked, To.CITIES, Kind.NEWS, "It was asked to end the award early. That is decided by {due}."),
    _must(e.AwardRelinquished, To.CITIES, Kind.RECEIPT, "The award was given up. We settle by {due} what was used; then a letter follows."),
    _must(e.TerminationRefused, To.CITIES, Kind.NEWS, NOT_ENDED),
    _must(e.TerminationWithdrawn, To.CITIES, Kind.NEWS, NOT_ENDED),
    _must(e.AwardClosed, To.CITIES, Kind.NEWS, CLOSED),
    *(_later(event, to, Kind.NEWS, text) for to in (To.OFFICERS, To.HUBS, To.HELPERS) for event, text in AWARDS.items()),
    _later(e.ReportReceived, To.OFFICERS, Kind.TASK, "A report came in. Close the award, or return the report, by {due}.", _at(S.REPORTED)),
    _later(e.ReportMissed, To.OFFICERS, Kind.NEWS, "A report is overdue.",
           lambda file, event, person: file.award is not None and file.award.missed),
    _soon(e.TerminationAsked, To.APPROVERS, Kind.TASK, "It was asked to end an award early. Decide by {due}.", _at(S.TERMINATION)),
    _soon(e.AwardRelinquished, To.APPROVERS, Kind.TASK, "A city gave its award up. Say by {due} what was used, and end it.",
          _at(S.TERMINATION)),
    # ── To those who work on files ────────────────────────────────────────────
    _later(e.ApplicationSubmitted, To.OFFICERS, Kind.TASK, "An application came in. Check by {due} whether anything is missing.",
           _at(S.COMPLETENESS)),
    _soon(e.ShortageAnnounced, To.OFFICERS, Kind.TASK, "The people there are cannot finish this application. See who is missing.",
          lambda file, event, person: file.is_open),
    _later(e.PartnerLeft, To.OFFICERS, Kind.NEWS, LEFT, lambda file, event, person: file.submission is not None),
    _soon(e.ClarificationAnswered, To.ASKER, Kind.NEWS, "The city answered a question that you asked."),
    _soon(e.ClarificationLapsed, To.ASKER, Kind.NEWS,
          "The city did not answer a question of yours in time. The application goes on without the answer."),
    _later(e.CompletenessConfirmed, To.OFFICERS, Kind.TASK, "Nothing is missing in an application. Check its eligibility by {due}.",
           _at(S.ELIGIBILITY)),
    _must(e.OpinionRequested, To.HUB, Kind.TASK, OPINION_ASKED, _for_the_hub),
    _must(e.HubAsked, To.HUB, Kind.TASK, OPINION_ASKED, _for_the_hub),
    _must(e.HubReminded, To.HUB, Kind.REMINDER, "The opinion {of_the_hub} is still awaited, by {due}. After that, silence counts.",
          _for_the_hub),
    _must(e.SafeguardHelpAsked, To.HUB, Kind.TASK, TO_HELP, _help_open),
    _soon(e.SafeguardHelpAsked, To.OFFICERS, Kind.TASK, TO_HELP, _help_open),
    _soon(e.SafeguardHelpGiven, To.OFFICERS, Kind.TASK,
          "Questions about safeguards were looked into. Record the level.", _at(S.ELIGIBILITY)),
    _must(e.MitigationAsked, To.HUB, Kind.TASK, OWED, _owed),
    _must(e.MitigationReminded, To.HUB, Kind.REMINDER, OWED_STILL, _owed),
    _must(e.MitigationMissed, To.HUB, Kind.REMINDER, OVERDUE, _owed),
    _must(e.MitigationGivenUp, To.HUB, Kind.NEWS, AWAITED_NO_MORE),
    _soon(e.MitigationAsked, To.OFFICERS, Kind.TASK, OWED, _owed_by_centre),
    _soon(e.MitigationReminded, To.OFFICERS, Kind.REMINDER, OWED_STILL, _owed_by_centre),
    _soon(e.MitigationMissed, To.OFFICERS, Kind.TASK,
          "A safeguard was not reported in time and is overdue. The award is not closed before it is done or given up.", _owed),
    _later(e.MitigationReported, To.OFFICERS, Kind.NEWS, "A safeguard was reported done."),
    _later(e.MitigationRecorded, To.OFFICERS, Kind.NEWS, "A safeguard was reported done."),
    _must(e.SafeguardsReminded, To.HUB, Kind.REMINDER, OWED_FOR_SAFEGUARDS, _still_owed),
    _soon(e.SafeguardsReminded, To.OFFICERS, Kind.REMINDER, OWED_FOR_SAFEGUARDS, _owed_by_the_centre),
    _must(e.SignatureAsked, To.HUB, Kind.TASK, TO_SIGN, _unsigned),
    _soon(e.SignatureAsked, To.OFFICERS, Kind.TASK, TO_SIGN, _of_the_centre),
    _soon(e.SafeguardsSigned, To.OFFICERS, Kind.NEWS, "Everybody who was asked has signed the safeguards.", _signed_by_all),
    _must(e.IncidentReported, To.OFFICERS, Kind.TASK, TO_SCREEN, _to_screen),
    _soon(e.ScreeningAsked, To.OFFICERS, Kind.TASK, TO_SCREEN, _to_screen),
    _later(e.OpinionGiven, To.OFFICERS, Kind.NEWS, "The opinion {of_the_hub} is there."),
    _soon(e.CentralHelpAsked, To.OFFICERS, Kind.TASK, "Help is asked for with the opinion {of_the_hub}.", _opinion_open),
    _soon(e.OpinionTakenOver, To.OFFICERS, Kind.TASK, "The opinion {of_the_hub} is yours to give now, by {due}.", _opinion_open),
    _soon(e.OpinionDeemed, To.HUB, Kind.NEWS, NO_OPINION),
    _later(e.OpinionDeemed, To.OFFICERS, Kind.NEWS, NO_OPINION),
    _later(e.OpinionOverruled, To.HUBS, Kind.NEWS, "The decision does not follow the opinion {of_the_hub}. See why."),
    _must(e.AssessorAssigned, To.PERSON, Kind.TASK, TO_ASSESS, _to_assess),
    _must(e.AssessorsDrawn, To.PERSON, Kind.TASK, TO_ASSESS, _to_assess),
    _later(e.AssessorLapsed, To.OFFICERS, Kind.NEWS, "An assessor did not come and makes way for somebody else."),
    _later(e.AlignmentDetermined, To.OFFICERS, Kind.TASK, ALL_IN, _at(S.COORDINATION)),
    _later(e.Scored, To.OFFICERS, Kind.TASK, ALL_IN, _at(S.COORDINATION)),
    _soon(e.ModerationCalled, To.OFFICERS, Kind.TASK, "The scores are far apart. Hold a moderation by {due}.", _unmoderated),
    _must(e.ModeratorAssigned, To.PERSON, Kind.TASK, "You are asked to hold a moderation.",
          lambda file, event, person: file.stage is Stage.MODERATION and file.moderator == person),
    _soon(e.ModeratorLapsed, To.OFFICERS, Kind.TASK, "Whoever was to hold the moderation did not come. Hold it, or ask somebody else.",
          _unmoderated),
    _later(e.Placed, To.OFFICERS, Kind.TASK, "A round placed this application. Make a proposal by {due}.", _at(S.PROPOSAL)),
    _must(e.LeadHandedOver, To.HUB, Kind.NEWS, "From now on {the_hub} leads the support. See how it is to be given."),
    _later(e.CoordinationClosed, To.HUB, Kind.NEWS, "Coordination is closed. See what part {the_hub} has in it."),
    _must(e.ExpertProposed, To.PERSON, Kind.TASK, "You are asked to take part in the support of a city. Please answer by {due}.",
          _to_answer),
    _later(e.ExpertAccepted, To.OFFICERS, Kind.NEWS, "Somebody who was asked to take part in the support agreed."),
    *(_soon(event, To.OFFICERS, Kind.NEWS, "Somebody who was asked to take part in the support does not. Ask somebody else.")
      for event in STEPPED_BACK),
    _later(e.ExpertLapsed, To.OFFICERS, Kind.NEWS, "Somebody who was asked to take part in the support did not answer. Ask somebody else."),
    _soon(e.ProposalMade, To.APPROVERS, Kind.TASK, "A proposal waits for a decision, by {due}.", _at(S.DECISION)),
    _soon(e.ProposalReturned, To.OFFICERS, Kind.TASK, "A proposal came back. Make a new one by {due}.", _at(S.PROPOSAL)),
    _soon(e.ApprovalGiven, To.APPROVERS, Kind.TASK, "A first person approved. A second person decides.", _at(S.DECISION)),
    _later(e.ApprovalWithheld, To.OFFICERS, Kind.NEWS, "Approval was withheld: the application needs the fuller track."),
    _later(e.CityCapReached, To.OFFICERS, Kind.NEWS, "An approval could not stand: the city has had all that the track gives."),
    *(_later(event, To.OFFICERS, Kind.NEWS, DECISION_TAKEN) for event in DECIDED),
    *(_later(event, To.HUBS, Kind.NEWS, DECISION_TAKEN) for event in DECIDED),
    *(_later(event, To.HELPERS, Kind.NEWS, DECISION_TAKEN) for event in (e.Approved, e.ApprovedWithConditions, e.Declined)),
    _soon(e.Woken, To.OFFICERS, Kind.TASK, "An application was taken up again. Make a proposal by {due}.", _at(S.PROPOSAL)),
    _later(e.ApplicationSuspended, To.OFFICERS, Kind.NEWS, HELD, _at(S.ON_HOLD)),
    _soon(e.ApplicationSuspended, To.HUBS, Kind.NEWS, HELD, _at(S.ON_HOLD)),
    _soon(e.ApplicationSuspended, To.AWAITED, Kind.NEWS, HELD, _at(S.ON_HOLD)),
    _soon(e.ApplicationResumed, To.OFFICERS, Kind.TASK, GOES_ON, lambda file, event, person: str(file.stage) == event.stage),
    _soon(e.ApplicationResumed, To.APPROVERS, Kind.TASK, GOES_ON, _at(S.DECISION)),
    _soon(e.ApplicationResumed, To.HUBS, Kind.NEWS, OWED_LATER, lambda file, event, person: file.is_open),
    _soon(e.ApplicationResumed, To.AWAITED, Kind.TASK, OWED_LATER, _owes),
    _later(e.Withdrawn, To.OFFICERS, Kind.NEWS, WITHDRAWN, lambda file, event, person: file.submission is not None),
    _later(e.Withdrawn, To.HUBS, Kind.NEWS, WITHDRAWN),
    _later(e.Lapsed, To.OFFICERS, Kind.NEWS, NOT_SUBMITTED, lambda file, event, person: file.submission is not None),
    _soon(e.AppealLodged, To.OFFICERS, Kind.APPEAL, APPEAL_CAME, _at(S.APPEAL_LODGED)),
    _soon(e.AppealLodged, To.APPROVERS, Kind.APPEAL, APPEAL_CAME, _at(S.APPEAL_LODGED)),
    _later(e.AppealWithdrawn, To.OFFICERS, Kind.APPEAL, APPEAL_GONE),
    _later(e.AppealWithdrawn, To.APPROVERS, Kind.APPEAL, APPEAL_GONE),
    _soon(e.AppealAdmitted, To.APPROVERS, Kind.APPEAL,
          "An appeal is heard. Somebody who had no hand in the application decides it by {due}.",
          _at(S.APPEAL)),
    _soon(e.CorrectionAsked, To.OFFICERS, Kind.TASK, ERROR_NAMED, _at(S.CORRECTION)),
    _soon(e.CorrectionAsked, To.APPROVERS, Kind.TASK, ERROR_NAMED, _at(S.CORRECTION)),
    _soon(e.CorrectionProposed, To.OFFICERS, Kind.TASK, ERROR_FOUND, _at(S.CORRECTION)),
    _soon(e.CorrectionProposed, To.APPROVERS, Kind.TASK, ERROR_FOUND, _at(S.CORRECTION)),
    _soon(e.DecisionCorrected, To.OFFICERS, Kind.TASK,
          "A decision rested on an error and is taken again. Its next step is due by {due}.", _at(S.ELIGIBILITY, S.ASSESSMENT, S.PROPOSAL)),
    _soon(e.ConflictDeclared, To.OFFICERS, Kind.TASK,
          "A conflict of interest was declared on an application. What it touches is done again, or to be looked at again.", _touched),
    _soon(e.OverrideProposed, To.APPROVERS, Kind.TASK,
          "Somebody proposed to set a refusal aside. A second person, who had no hand in it either, answers by {due}.",
          lambda file, event, person: file.override is not None),
    _soon(e.EligibilityOverridden, To.OFFICERS, Kind.TASK,
          "Two people set a refusal aside. Check eligibility again by {due}.", _at(S.ELIGIBILITY)),
    _later(e.AppealDecided, To.OFFICERS, Kind.APPEAL, "An appeal was decided. See what that means for the application."),
    # ── Rounds ────────────────────────────────────────────────────────────────
    _soon(e.RoundClosed, To.OFFICERS, Kind.ROUND, "A round closed. Rank it once its applications are scored.",
          lambda round, event, person: round.phase == "closed"),
    _soon(e.RoundRanked, To.APPROVERS, Kind.ROUND, "A round was ranked. Draw its line.",
          lambda round, event, person: round.phase == "ranked"),
    _later(e.RoundCancelled, To.OFFICERS, Kind.ROUND, "A round was cancelled."),
    # ── Membership ────────────────────────────────────────────────────────────
    _soon(e.MembershipAsked, To.OFFICERS, Kind.MEMBERSHIP, "A city asks to become a member. It is answered by {due}.",
          lambda city, event, person: city.asked is not None),
    _later(e.MembershipAskWithdrawn, To.OFFICERS, Kind.MEMBERSHIP, "A city does not ask to become a member any more."),
    _later(e.PrinciplesAttested, To.OFFICERS, Kind.MEMBERSHIP, "A city answered the guiding principles."),
    _soon(e.TerritoryDetermined, To.APPROVERS, Kind.MEMBERSHIP, "The rule on territory was applied to a city that asks to become a member.",
          lambda city, event, person: city.asked is not None),
    _must(e.LeadershipChanged, To.ITS_CITY, Kind.MEMBERSHIP,
          "Your city has a new leadership. Please attest the guiding principles again by {due}."),
    _must(e.MemberAdmitted, To.ITS_CITY, Kind.MEMBERSHIP, "Your city was admitted as a member."),
    _must(e.MembershipDeclined, To.ITS_CITY, Kind.MEMBERSHIP, "Your city was not admitted as a member. See why."),
    _must(e.MembershipSuspended, To.ITS_CITY, Kind.MEMBERSHIP, "The membership of your city is suspended."),
    _must(e.MembershipResumed, To.ITS_CITY, Kind.MEMBERSHIP, "Your city is a full member again."),
    _must(e.MembershipEnded, To.ITS_CITY, Kind.MEMBERSHIP, "The membership of your city ended."),
    _soon(e.RepresentativeRequested, To.ADMINISTRATORS, Kind.MEMBERSHIP, "A representative of a city is to be confirmed by {due}.",
          lambda city, event, person: event.person in city.requests),
    _must(e.RepresentativeRefused, To.ITS_CITY, Kind.MEMBERSHIP, "Somebody was not confirmed to speak for your city."),
    _must(e.RepresentativeConfirmed, To.PERSON, Kind.MEMBERSHIP,
          "You are confirmed to speak for your city. See whether an application waits for its word."),
    _must(e.RepresentativeEnded, To.ITS_CITY, Kind.MEMBERSHIP, "Somebody does not speak for your city any more."),
    # ── People, hubs, the programme ───────────────────────────────────────────
    _must(e.RoleGranted, To.PERSON, Kind.ROLE, "You were given a role in the fund."),
    _must(e.RoleDelegated, To.PERSON, Kind.ROLE,
          "A role in the fund was lent to you for some days. What you do with it is done in both names."),
    _must(e.DelegationEnded, To.PERSON, Kind.ROLE, "A role that was lent to you was taken back."),
    _must(e.RoleRevoked, To.PERSON, Kind.ROLE, "A role of yours in the fund ended."),
    _soon(e.AffiliationRecorded, To.PERSON, Kind.ROLE, "It was recorded that you belong to a city. You decide nothing of it."),
    _must(e.InterestDeclared, To.PERSON, Kind.ROLE, "An interest of yours was recorded."),
    _must(e.InterestEnded, To.PERSON, Kind.ROLE, "An interest of yours that was recorded ended."),
    _must(e.HubSuspended, To.HUB, Kind.HUB, "The work {of_the_hub} is suspended. What was asked is taken over."),
    _must(e.HubResumed, To.HUB, Kind.HUB, "The work {of_the_hub} goes on."),
    _must(e.HubClosed, To.HUB, Kind.HUB, "The work {of_the_hub} ended. What was asked is taken over."),
    *(_soon(gone, To.OFFICERS, Kind.HUB, LEAD_TO_HAND_OVER) for gone in (e.HubSuspended, e.HubClosed)),
    _soon(e.ProgrammeProposed, To.ADMINISTRATORS, Kind.PROGRAMME, "A new version of the programme waits for a second person.",
          lambda adoption, event, person: adoption.proposal is not None and adoption.proposal.version == event.version),
    _later(e.ProposalWithdrawn, To.ADMINISTRATORS, Kind.PROGRAMME, "A proposed version of the programme was withdrawn."),
    _later(e.ProgrammeAdopted, To.OFFICERS, Kind.PROGRAMME, "A new version of the programme is in force."),
    _later(e.ProgrammeAdopted, To.APPROVERS, Kind.PROGRAMME, "A new version of the programme is in force."),
    _soon(e.EmergencyAccessAsked, To.APPROVERS, Kind.TASK, ACCESS_ASKED, _to_open),
    _soon(e.EmergencyAccessAsked, To.OFFICERS, Kind.TASK, ACCESS_ASKED, _to_open),
    *(_must(e.EmergencyAccessAsked, to, Kind.NEWS, "Emergency access to an application was asked for.") for to in WATCHING),
    _must(e.EmergencyAccessOpened, To.PERSON, Kind.ROLE, "Emergency access was opened to you for some hours. You act in two names."),
    *(_must(e.EmergencyAccessOpened, to, Kind.NEWS, "Emergency access to an application was opened.") for to in WATCHING),
    *(_must(e.EmergencyAccessClosed, to, Kind.NEWS, "Emergency access to an application was closed.") for to in (To.PERSON, *WATCHING)),
    _later(e.SealedRead, To.AUDITORS, Kind.PROGRAMME, "Sealed texts were read outside daily work."),
)  # fmt: skip

WITH_ANOTHER = "The fact that stands beside it in the same commit is told"
NOT_THEIRS = "From then on the file is not there for them; it is gone from their queue"
LETTER_TELLS = "The letter tells it, and that it is there is told"
READ_THERE = "Whoever works on it reads it there; nobody's next step hangs on it alone"
PUBLIC_REGISTER = "A register that anybody may read; nobody waits for its entries one by one"
BY_MACHINES = "Machines take it up at once; what they record of it is told"

NOBODY_WAITS: dict[type[Event], str] = {
    e.ApplicationStarted: "The city that acts knows it, and nobody else waits before it submits",
    e.TrackChosen: WITH_ANOTHER,
    e.TrackChangeAsked: BY_MACHINES,
    e.SafeguardsRecorded: READ_THERE,
    e.MitigationAgreed: READ_THERE,
    e.CheckRecorded: "Whether the application is eligible is told once all checks are recorded",
    e.CentralOpinionGiven: "By those who would be told",
    e.ConfidentialNoteAdded: "It goes with the opinion, which is told; a message would say that there is one",
    e.AssessorReleased: NOT_THEIRS,
    e.AssessmentRecorded: "Assessors are independent: that all are in is told, not that one is",
    e.ScoresRecorded: "Assessors are independent: that all are in is told, not that one is",
    e.ModerationHeld: WITH_ANOTHER,
    e.OpinionAnswered: WITH_ANOTHER,
    e.HubReleased: NOT_THEIRS,
    e.ConflictEnded: READ_THERE,
    e.LookedAgain: READ_THERE,
    e.OverrideDeclined: "The refusal stands as it was told",
    e.DecidedOtherwise: WITH_ANOTHER,
    e.ApprovalLapsed: WITH_ANOTHER,
    e.AwaitedEventRecorded: WITH_ANOTHER,
    e.LetterOpened: "The city that acts knows it; time limits are read in the letter",
    e.AppealNotAdmitted: LETTER_TELLS,
    e.RoundOpened: "Rounds are public, and addressed to nobody in particular",
    e.LineDrawn: "Each file is told its place",
    e.FileEntered: WITH_ANOTHER,
    e.FileScored: WITH_ANOTHER,
    e.FileLeft: WITH_ANOTHER,
    e.FileUnscored: WITH_ANOTHER,
    e.CityContributed: WITH_ANOTHER,
    e.CityRegistered: PUBLIC_REGISTER,
    e.TierRecorded: PUBLIC_REGISTER,
    e.MembershipRecorded: "What a source says of a city that is a member already; imported by the hundred",
    e.AwardRecorded: WITH_ANOTHER,
    e.TierInsideRecorded: PUBLIC_REGISTER,
    e.CityReportMissed: WITH_ANOTHER,
    e.CityReportReceived: WITH_ANOTHER,
    e.CityAwardEnded: WITH_ANOTHER,
    e.HubDaysReserved: WITH_ANOTHER,
    e.HubDaysReleased: WITH_ANOTHER,
    e.HubOpened: "Its coordinators are named afterwards, and that is told to them",
    e.EnvelopeOpened: PUBLIC_REGISTER,
    e.ContributionReceived: BY_MACHINES,
    e.ContributionReduced: PUBLIC_REGISTER,
    e.FundsCommitted: WITH_ANOTHER,
    e.FundsReleased: BY_MACHINES,
    e.FundsReserved: WITH_ANOTHER,
    e.ReservationEnded: WITH_ANOTHER,
    e.RateRecorded: PUBLIC_REGISTER,
    e.PersonRegistered: "A first role, or a city to speak for, is told; before that there is nothing to do here",
    e.MessagesChosen: "Whoever chose it knows it",
    e.AbsenceRecorded: "Known to whoever is away; the lot passes them by",
    e.PersonErased: "There is no address any more",
    e.ProgrammeSuperseded: WITH_ANOTHER,
    e.PriorityRenumbered: PUBLIC_REGISTER,
}
"""Why nobody is told."""


def _by_event(occasions: Iterable[Occasion]) -> dict[type[Event], tuple[Occasion, ...]]:
    found: dict[type[Event], tuple[Occasion, ...]] = {}
    for one in occasions:
        found[one.event] = (*found.get(one.event, ()), one)
    return found


BY_EVENT = _by_event(OCCASIONS)
