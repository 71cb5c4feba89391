"""Who sees what. The one rule for history, state, API, pages and exports.

`visible(person, recorded, file, cities)` gives the classes of fields that this actor may read of this event, and whether they
may know who did it; None where they may not know that it happened.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.emergency import may_knock, open_to
from fund.domain.event import FieldClass, Recorded
from fund.domain.facts import Actor, Role
from fund.domain.interest import is_recused
from fund.domain.opinion import answerable, served_hubs
from fund.domain.registers import City
from fund.domain.round import Round
from fund.domain.sections import Safeguards
from fund.domain.workflow import STEPS


class Sight(msgspec.Struct, frozen=True):
    """What of an event may be read."""

    classes: frozenset[FieldClass]
    actor: bool
    """Whether the reader may know who acted; hub staff and assessors are never named to the applicant."""


FULL = Sight(frozenset({"public", "internal", "personal", "restricted"}), True)
CLEAR = Sight(frozenset({"public", "internal"}), True)
ANONYMOUS = Sight(frozenset({"public", "internal"}), False)
APPLICANT = Sight(frozenset({"public", "internal", "restricted"}), False)
ONLY_THAT = Sight(frozenset({"public"}), False)

STAFF = (Role.OFFICER, Role.APPROVER, Role.AUDITOR, Role.MACHINE)
PARTNERS = e.PartnerInvited | e.TextAccepted | e.AcceptanceRecorded | e.PartnerLeft
"""How the cities of an application come to one text."""
CITYS_OWN = e.ApplicationStarted | e.SectionSaved | e.ApplicationSubmitted | e.ClarificationAnswered | e.Withdrawn
CITYS_ANSWERS = e.AwardAccepted | e.AwardTurnedDown | e.AwardRelinquished | e.ReportReceived
"""To its award."""
STEPS_OF_THE_FUND = (
    e.TrackChosen
    | e.DraftReminded
    | e.ApplicationSuspended
    | e.ApplicationResumed
    | e.Lapsed
    | e.ReturnedForCompletion
    | e.CompletenessConfirmed
    | e.FoundEligible
    | e.OpinionRequested
    | e.HubReminded
    | e.OpinionDeemed
    | e.EligibilityOverridden
    | e.SafeguardHelpAsked
)
ANSWERS = e.FoundIneligible | e.CoordinationClosed | e.LeadHandedOver | e.Approved | e.ApprovedWithConditions | e.Declined | e.LetterIssued
WAITING = e.Deferred | e.Referred | e.PutOnWaitingList | e.AwaitedEventRecorded | e.Woken
"""Other answers, and what ends a wait for them."""
DELIVERY = e.LetterOpened | e.LetterDeemedDelivered
HEARING = (
    e.AppealLodged
    | e.AppealWithdrawn
    | e.AppealAdmitted
    | e.AppealNotAdmitted
    | e.AppealDecided
    | e.CorrectionAsked
    | e.CorrectionProposed
    | e.DecisionCorrected
    | e.CorrectionRefused
)
"""What an appeal, or an error that was named, says of a decision: in clear to those who had a part in it."""
DELIBERATION = e.ProposalMade | e.ProposalReturned | e.DecidedOtherwise | e.ApprovalGiven | e.ApprovalLapsed
"""How a decision comes about: for staff and auditors, for assessors once it is taken, never for applicants and hubs."""

AWARD = e.AwardEvent
"""What becomes of an award: for its city, the hub that leads and staff; others who work on it read that it happened."""

INVITATIONS = e.ExpertProposed | e.ExpertAccepted | e.ExpertDeclined | e.ExpertConflicted | e.ExpertLapsed


CONFLICTS = e.ConflictDeclared | e.ConflictEnded | e.LookedAgain
"""What is said of conflicts of interest, for staff and deciders; assessors read it in clear once it is decided."""

EMERGENCY = e.EmergencyAccessAsked | e.EmergencyAccessOpened | e.EmergencyAccessClosed
"""For the office and auditors for ever; for whoever asked; and that it was, for administrators."""

WITHIN = (
    e.TrackChangeAsked
    | e.ApprovalWithheld
    | e.CityCapReached
    | e.OpinionGiven
    | e.OpinionAnswered
    | e.OverrideProposed
    | e.OverrideDeclined
)
"""What the fund says within itself: assessors, who stay independent, read it once it is decided."""

QUESTIONS = e.ClarificationRequested | e.ClarificationReminded | e.ClarificationWithdrawn | e.ClarificationLapsed
"""Of what the city is asked; its answer is its own word."""

TELLING = ("safeguards", "check", "opinion", "alignment")
"""Causes of a change of track that tell what somebody found."""


class Reader(StrEnum):
    """In what capacity somebody reads this file: the one that binds most, where they hold several."""

    APPLICANT = "applicant"
    PARTNER = "partner"
    STRANGER = "stranger"
    ASSESSOR = "assessor"
    EXPERT = "expert"
    STAFF = "staff"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"


def is_operator(actor: str) -> bool:
    """Whoever runs the machine: reads all that is stored in clear, and opens sealed texts only where that is recorded."""
    return actor.startswith("operator:")


def reader(person: Actor, file: Application, cities: Sequence[City]) -> Reader:
    """Whoever belongs to a city of the file reads it as that city or not at all, and whoever has a conflict that keeps them out does not
    read it; whoever assesses it reads it as an assessor, unless it was opened to them in an emergency once they had assessed. Likewise
    whoever is to give the opinion of a hub reads it as their hub until they have, also where it is open to them in an emergency.

    cities: those of the file as of now, the lead first.
    """
    if cities and cities[0].represented_by(person.id):
        return Reader.APPLICANT
    if any(city.id in file.invited_partners and city.represented_by(person.id) for city in cities):
        return Reader.PARTNER
    if _belongs(person, file, cities):
        return Reader.STRANGER
    if is_operator(person.id):
        return Reader.OPERATOR
    if is_recused(person, file):
        return Reader.STRANGER
    if open_to(person, file) and not answerable(file, person):
        return Reader.STAFF
    if person.id in (*file.assessors, file.moderator) and any(map(person.holds, STEPS[c.HoldModeration].roles)):
        return Reader.ASSESSOR
    if file.invitation(person.id):
        return Reader.EXPERT
    if file.decision is None and _coordinates(person, file):
        return Reader.COORDINATOR
    if any(person.holds(role) for role in STAFF):
        return Reader.STAFF
    return Reader.COORDINATOR if _coordinates(person, file) else Reader.STRANGER


def _belongs(person: Actor, file: Application, cities: Sequence[City]) -> bool:
    return bool(person.cities & set(file.parties)) or any(city.represented_by(person.id) for city in cities)


def may_ask_for(person: Actor, file: Application, cities: Sequence[City]) -> bool:
    """Whether somebody may ask for emergency access to a file that they do not see: nobody whom something keeps out of it."""
    return may_knock(person) and not is_kept_out(person, file, cities)


def is_kept_out(person: Actor, file: Application, cities: Sequence[City]) -> bool:
    """Whether something keeps somebody who works for the fund out of a file, whatever their office."""
    return _belongs(person, file, cities) or is_recused(person, file)


def _coordinates(person: Actor, file: Application) -> bool:
    return bool(served_hubs(file, person))


def sees_file(person: Actor, file: Application, cities: Sequence[City]) -> bool:
    """Whether the file exists for this person at all."""
    return reader(person, file, cities) is not Reader.STRANGER


def visible(person: Actor, recorded: Recorded, file: Application, cities: Sequence[City]) -> Sight | None:
    """`file` is the state as of now, `cities` its cities, the lead first."""
    event = recorded.event
    if not isinstance(event, e.ApplicationEvent):
        return None
    capacity = reader(person, file, cities)
    if isinstance(event, EMERGENCY) and capacity not in (Reader.STAFF, Reader.OPERATOR):
        return _emergency(person, event, file) if may_ask_for(person, file, cities) else None
    if isinstance(event, e.IncidentReported) and capacity is not Reader.STRANGER and person.id in recorded.header.hands:
        return FULL
    match capacity:
        case Reader.APPLICANT | Reader.PARTNER:
            return _applicant(recorded, file)
        case Reader.ASSESSOR:
            return _assessor(person, event, file)
        case Reader.EXPERT:
            return _expert(person, event, file)
        case Reader.STAFF:
            return _staff(event, file)
        case Reader.COORDINATOR:
            return _coordinator(person, event, file)
        case Reader.OPERATOR:
            return ONLY_THAT if _is_open_assessment(event, file) else CLEAR
        case Reader.STRANGER:
            return None


# ── Rounds ────────────────────────────────────────────────────────────────────


class RoundSight(StrEnum):
    """How much of a round somebody may know: which file stands where, how many there are, or only that it exists."""

    FILES = "files"
    NUMBERS = "numbers"
    PUBLIC = "public"


SEE_ROUNDS = (*STAFF, Role.FINANCE, Role.ADMINISTRATOR)


def round_sight(person: Actor, round: Round, cities: Sequence[City], files: Iterable[Application] = ()) -> RoundSight:
    """Whoever belongs to a city of the round, or has no part in one of its files, sees numbers at most, whatever their roles.

    cities: those of its files. files: looked at last, and only for whoever else would see them.
    """
    if not (is_operator(person.id) or any(person.holds(role) for role in SEE_ROUNDS)):
        return RoundSight.PUBLIC
    tied = {one.city for one in person.interests if one.effect == "recuse"}
    belongs = (person.cities | tied) & round.cities or any(city.represented_by(person.id) for city in cities)
    staff = is_operator(person.id) or any(person.holds(role) for role in STAFF)
    kept_out = belongs or not staff or any(is_recused(person, file) for file in files)
    return RoundSight.NUMBERS if kept_out else RoundSight.FILES


def _applicant(recorded: Recorded, file: Application) -> Sight | None:
    event = recorded.event
    if isinstance(event, CITYS_OWN | CITYS_ANSWERS | e.LetterOpened | e.AppealLodged | e.AppealWithdrawn | e.CorrectionAsked):
        return FULL
    if isinstance(event, PARTNERS):
        return APPLICANT if isinstance(event, e.AcceptanceRecorded) else FULL
    if isinstance(event, e.OpinionRequested):
        return ANONYMOUS
    if isinstance(event, e.ActivityHeld):
        return ANONYMOUS
    if isinstance(event, STEPS_OF_THE_FUND | QUESTIONS | ANSWERS | WAITING | DELIVERY | HEARING | AWARD):
        return APPLICANT
    if isinstance(event, e.SafeguardHelpGiven):
        return ONLY_THAT
    if isinstance(event, e.MitigationEvent):
        return _owed_by_city(event)
    if isinstance(event, e.MitigationAgreed):
        return APPLICANT if _owes(event, file, (file.city,)) else None
    if isinstance(event, e.AlignmentDetermined | e.Scored):
        return ANONYMOUS if _is_decided_on(recorded, file) else ONLY_THAT
    if isinstance(event, e.TrackChanged):
        return ONLY_THAT if event.why in TELLING and not _is_decided_on(recorded, file) else ANONYMOUS
    return None


def _is_decided_on(found: Recorded, file: Application) -> bool:
    """Whether a decision rests on it: what was found since the last one fell waits for the next."""
    return file.decision is not None or found.version <= file.anew_since


def _staff(event: e.ApplicationEvent, file: Application) -> Sight | None:
    """What a city writes is its own until it submits; an assessment is its author's until all are in."""
    if isinstance(event, e.SectionSaved) and file.submission is None:
        return ONLY_THAT
    return ONLY_THAT if _is_open_assessment(event, file) else FULL


def _assessor(person: Actor, event: e.ApplicationEvent, file: Application) -> Sight | None:
    """Independent: until all are in, each sees their own assessment, and of others only that one is in."""
    if isinstance(event, e.AssessmentRecorded | e.ScoresRecorded):
        return ONLY_THAT if _is_open_assessment(event, file) and event.assessor != person.id else FULL
    if isinstance(event, CONFLICTS):
        return CLEAR if file.decision else None
    if isinstance(event, AWARD):
        return CLEAR
    if _tells_a_risk(event):
        return CLEAR
    if isinstance(event, e.ShortageAnnounced | e.RiskEvent | e.ConfidentialNoteAdded | INVITATIONS):
        return None
    if isinstance(event, HEARING):
        return CLEAR
    if isinstance(event, WITHIN | e.CentralOpinionGiven | DELIBERATION) and file.decision is None:
        return None
    if isinstance(event, e.TrackChanged) and event.why in TELLING and file.decision is None:
        return ONLY_THAT
    return ONLY_THAT if _is_open_assessment(event, file) else FULL


def _coordinator(person: Actor, event: e.ApplicationEvent, file: Application) -> Sight | None:
    """Independent too: they read another hub's opinion once nothing is asked of their own any more, and never its confidential note."""
    own = served_hubs(file, person)
    if isinstance(event, AWARD):
        return CLEAR if file.coordination and file.coordination.hub not in own else FULL
    match event:
        case e.OpinionGiven():
            return FULL if event.hub in own or not any(file.opinions[hub].is_open for hub in own) else None
        case e.ConfidentialNoteAdded():
            return FULL if event.hub in own else None
        case e.OpinionAnswered():
            return FULL if event.hub in own and file.decision else None
        case e.TrackChanged():
            return ONLY_THAT if event.why in TELLING else CLEAR
        case e.AppealLodged() | e.AppealWithdrawn() | e.AppealAdmitted() | e.AppealNotAdmitted() | e.AppealDecided():
            return CLEAR
        case e.CorrectionAsked() | e.CorrectionProposed() | e.DecisionCorrected() | e.CorrectionRefused():
            return CLEAR
        case e.SafeguardHelpAsked() | e.SafeguardHelpGiven() | e.SignatureAsked() | e.SafeguardsSigned() | e.SafeguardsReminded():
            return FULL if event.hub in own else None
        case e.MitigationEvent():
            return FULL if event.hub in own else None
        case e.MitigationAgreed() if _owes(event, file, own):
            return FULL
        case e.SafeguardsRecorded() | e.MitigationAgreed():
            return FULL if _signs(event, file, own) else None
        case e.CentralHelpAsked() | e.OpinionTakenOver() | e.HubReleased() | e.HubAsked():
            return FULL if event.hub in own else None
    told = CITYS_OWN | PARTNERS | STEPS_OF_THE_FUND | QUESTIONS | ANSWERS | WAITING | DELIVERY | e.OpinionOverruled
    return FULL if isinstance(event, told) else None


def _owed_by_city(event: e.MitigationEvent) -> Sight | None:
    """Its own; and not why it is given up, which may tell of the risk."""
    if event.city is None:
        return None
    return ANONYMOUS if isinstance(event, e.MitigationGivenUp) else APPLICANT


def _owes(event: e.MitigationAgreed, file: Application, offices: Sequence[str]) -> bool:
    """Whoever owes it reads what it is from the letter of the award on."""
    owed = file.screen.owed if file.screen else ()
    return any(one.agreed == event and (one.asked.city or one.asked.hub) in offices for one in owed)


def _signs(event: e.SafeguardsRecorded | e.MitigationAgreed, file: Application, own: Sequence[str]) -> bool:
    """Whoever is asked to sign reads what they sign, and no level that was recorded before."""
    screen = file.screen
    asked = screen is not None and any(one.asked.hub in own for one in screen.signatures)
    return screen is not None and asked and event in (screen.recorded, *screen.mitigations)


def _emergency(person: Actor, event: EMERGENCY, file: Application) -> Sight | None:
    if person.id == event.person:
        return FULL
    return CLEAR if person.holds(Role.ADMINISTRATOR) else None


def _expert(person: Actor, event: e.ApplicationEvent, file: Application) -> Sight | None:
    """What they need: the application, what they are asked, and once they agreed, how it is delivered and what was granted."""
    if isinstance(event, CITYS_OWN):
        return CLEAR if _tells_a_risk(event) else FULL
    if isinstance(event, PARTNERS | e.ApplicationSuspended | e.ApplicationResumed):
        return CLEAR
    if isinstance(event, INVITATIONS):
        return FULL if event.person == person.id else None
    agreed = (invitation := file.invitation(person.id)) is not None and invitation.accepted
    granted = e.CoordinationClosed | e.LeadHandedOver | e.Approved | e.ApprovedWithConditions | e.Declined | AWARD
    return CLEAR if agreed and isinstance(event, granted) else None


def _tells_a_risk(event: e.ApplicationEvent) -> bool:
    """What a city says of the harm there could be: those who judge the need see its codes, and not its words."""
    return isinstance(event, e.SectionSaved) and isinstance(event.section, Safeguards)


def _is_open_assessment(event: e.ApplicationEvent, file: Application) -> bool:
    """What tells of an assessment, until all are in or the file has ended without them; on another track more may be needed."""
    all_are_in = file.findings or file.moderation or file.scored
    of_one = isinstance(event, e.AssessmentRecorded | e.ScoresRecorded | e.AlignmentDetermined)
    moved = isinstance(event, e.TrackChanged) and event.why == "alignment"
    return (of_one or moved) and not all_are_in and file.decision is None


# ── Cities ────────────────────────────────────────────────────────────────────

KEEPERS = (Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)
MEMBERSHIP = e.MembershipRecorded | e.MemberAdmitted | e.MembershipSuspended | e.MembershipResumed | e.MembershipEnded
ON_THE_REGISTER = e.CityRegistered | e.TierRecorded | e.TierInsideRecorded | e.CityContributed | MEMBERSHIP
CITYS_WORD = e.MembershipAsked | e.MembershipAskWithdrawn | e.PrinciplesAttested
"""What a city says for itself."""


class CityReader(StrEnum):
    """In what capacity somebody reads the file of a city."""

    CITY = "city"
    FUND = "fund"
    OPERATOR = "operator"
    PUBLIC = "public"


def city_reader(person: Actor | None, city: City) -> CityReader:
    """Nobody reads as the fund what concerns a city they belong to."""
    if person is None:
        return CityReader.PUBLIC
    if city.represented_by(person.id):
        return CityReader.CITY
    if city.id in person.cities:
        return CityReader.PUBLIC
    if is_operator(person.id):
        return CityReader.OPERATOR
    return CityReader.FUND if any(person.holds(role) for role in KEEPERS) else CityReader.PUBLIC


def visible_of_city(person: Actor | None, recorded: Recorded, city: City) -> Sight | None:
    """The register is public; what is asked, attested and refused is the city's and the fund's; what a person determined of
    the territory is for the fund alone."""
    event = recorded.event
    match city_reader(person, city):
        case CityReader.FUND:
            return FULL
        case CityReader.OPERATOR:
            return CLEAR
        case CityReader.CITY if not isinstance(event, e.TerritoryDetermined):
            return FULL if isinstance(event, CITYS_WORD) else APPLICANT
        case CityReader.PUBLIC:
            return ONLY_THAT if isinstance(event, ON_THE_REGISTER) else None
    return None
