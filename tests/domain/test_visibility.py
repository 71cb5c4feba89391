# ruff: noqa: F405
"""Who sees what of a file: the whole truth, event by event, person by person, before and after the decision."""

from functools import cache
from typing import get_args

import pytest

from fund.domain import events as e
from fund.domain import visibility as v
from fund.domain.event import Event, FieldClass, Recorded
from fund.domain.events import EVENTS
from fund.domain.facts import GRANTABLE, OPERATOR_ROLES, Actor
from fund.domain.registers import City
from tests.domain.proof import every_outcome
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

SIGHTS: dict[str, v.Sight | None] = {"F": v.FULL, "C": v.CLEAR, "T": v.APPLICANT, "A": v.ANONYMOUS, "o": v.ONLY_THAT, ".": None}
"""Full · in clear, and nothing sealed · told, but not by whom · the same without sealed texts · only that it happened · nothing."""

READERS = (AMINA, OLGA, INES, AUDE, EVA, HANA, TIMER, CLERK)
# fmt: off
TRUTH: dict[type[e.ApplicationEvent], str] = {
    #                           applicant officer approver auditor assessor coordinator machine operator
    e.ApplicationStarted:       "F        F       F        F       F        F           F       C",
    e.SectionSaved:             "F        F       F        F       F        F           F       C",
    e.PartnerInvited:           "F        F       F        F       F        F           F       C",
    e.TextAccepted:             "F        F       F        F       F        F           F       C",
    e.AcceptanceRecorded:       "T        F       F        F       F        F           F       C",
    e.PartnerLeft:              "F        F       F        F       F        F           F       C",
    e.ApplicationSubmitted:     "F        F       F        F       F        F           F       C",
    e.TrackChosen:              "T        F       F        F       F        F           F       C",
    e.TrackChanged:             "A        F       F        F       F        C           F       C",
    e.TrackChangeAsked:         ".        F       F        F       .        .           F       C",
    e.SafeguardHelpAsked:       "T        F       F        F       .        F           F       C",
    e.SafeguardHelpGiven:       "o        F       F        F       .        F           F       C",
    e.SafeguardsRecorded:       ".        F       F        F       .        .           F       C",
    e.MitigationAgreed:         ".        F       F        F       .        .           F       C",
    e.SignatureAsked:           ".        F       F        F       .        F           F       C",
    e.SafeguardsSigned:         ".        F       F        F       .        F           F       C",
    e.SafeguardsReminded:       ".        F       F        F       .        F           F       C",
    e.IncidentReported:         ".        F       F        F       .        .           F       C",
    e.ScreeningAsked:           ".        F       F        F       .        .           F       C",
    e.MitigationAsked:          ".        F       F        F       .        F           F       C",
    e.MitigationReminded:       ".        F       F        F       .        F           F       C",
    e.MitigationMissed:         ".        F       F        F       .        F           F       C",
    e.MitigationReported:       "T        F       F        F       .        .           F       C",
    e.MitigationRecorded:           ".        F       F        F       .        F           F       C",
    e.MitigationGivenUp:        ".        F       F        F       .        F           F       C",
    e.ApprovalWithheld:         ".        F       F        F       .        .           F       C",
    e.CityCapReached:           ".        F       F        F       .        .           F       C",
    e.ApplicationSuspended:     "T        F       F        F       F        F           F       C",
    e.ApplicationResumed:       "T        F       F        F       F        F           F       C",
    e.DraftReminded:            "T        F       F        F       F        F           F       C",
    e.Lapsed:                   "T        F       F        F       F        F           F       C",
    e.ReturnedForCompletion:    "T        F       F        F       F        F           F       C",
    e.ShortageAnnounced:            ".        F       F        F       .        .           F       C",
    e.ConflictDeclared:         ".        F       F        F       .        .           F       C",
    e.ConflictEnded:            ".        F       F        F       .        .           F       C",
    e.EmergencyAccessAsked:     ".        F       F        F       .        .           F       C",
    e.EmergencyAccessOpened:    ".        F       F        F       .        .           F       C",
    e.EmergencyAccessClosed:    ".        F       F        F       .        .           F       C",
    e.LookedAgain:              ".        F       F        F       .        .           F       C",
    e.ClarificationRequested:   "T        F       F        F       F        F           F       C",
    e.ClarificationReminded:    "T        F       F        F       F        F           F       C",
    e.ClarificationAnswered:    "F        F       F        F       F        F           F       C",
    e.ClarificationWithdrawn:   "T        F       F        F       F        F           F       C",
    e.ClarificationLapsed:      "T        F       F        F       F        F           F       C",
    e.CompletenessConfirmed:    "T        F       F        F       F        F           F       C",
    e.OpinionRequested:         "A        F       F        F       F        F           F       C",
    e.CheckRecorded:            ".        F       F        F       F        .           F       C",
    e.FoundEligible:            "T        F       F        F       F        F           F       C",
    e.FoundIneligible:          "T        F       F        F       F        F           F       C",
    e.HubReminded:              "T        F       F        F       F        F           F       C",
    e.OpinionGiven:             ".        F       F        F       .        F           F       C",
    e.ConfidentialNoteAdded:    ".        F       F        F       .        F           F       C",
    e.HubAsked:                 ".        F       F        F       F        F           F       C",
    e.HubReleased:              ".        F       F        F       F        F           F       C",
    e.CentralHelpAsked:         ".        F       F        F       F        F           F       C",
    e.OpinionTakenOver:         ".        F       F        F       F        F           F       C",
    e.CentralOpinionGiven:      ".        F       F        F       .        .           F       C",
    e.OpinionAnswered:          ".        F       F        F       .        .           F       C",
    e.OpinionOverruled:         ".        F       F        F       F        F           F       C",
    e.OpinionDeemed:            "T        F       F        F       F        F           F       C",
    e.AssessorAssigned:         ".        F       F        F       F        .           F       C",
    e.AssessorsDrawn:           ".        F       F        F       F        .           F       C",
    e.AssessorReleased:         ".        F       F        F       F        .           F       C",
    e.AssessorLapsed:           ".        F       F        F       F        .           F       C",
    e.AssessmentRecorded:       ".        o       o        o       o        .           o       o",
    e.AlignmentDetermined:      "o        o       o        o       o        .           o       o",
    e.ScoresRecorded:           ".        o       o        o       o        .           o       o",
    e.ModerationCalled:         ".        F       F        F       F        .           F       C",
    e.ModeratorAssigned:        ".        F       F        F       F        .           F       C",
    e.ModeratorLapsed:          ".        F       F        F       F        .           F       C",
    e.ModerationHeld:           ".        F       F        F       F        .           F       C",
    e.Scored:                   "o        F       F        F       F        .           F       C",
    e.Placed:                   ".        F       F        F       F        .           F       C",
    e.CoordinationClosed:       "T        F       F        F       F        F           F       C",
    e.LeadHandedOver:           "T        F       F        F       F        F           F       C",
    e.ExpertProposed:           ".        F       F        F       .        .           F       C",
    e.ExpertAccepted:           ".        F       F        F       .        .           F       C",
    e.ExpertDeclined:           ".        F       F        F       .        .           F       C",
    e.ExpertConflicted:         ".        F       F        F       .        .           F       C",
    e.ExpertLapsed:             ".        F       F        F       .        .           F       C",
    e.ProposalMade:             ".        F       F        F       .        .           F       C",
    e.ProposalReturned:         ".        F       F        F       .        .           F       C",
    e.DecidedOtherwise:         ".        F       F        F       .        .           F       C",
    e.ApprovalGiven:            ".        F       F        F       .        .           F       C",
    e.ApprovalLapsed:           ".        F       F        F       .        .           F       C",
    e.Approved:                 "T        F       F        F       F        F           F       C",
    e.ApprovedWithConditions:   "T        F       F        F       F        F           F       C",
    e.Declined:                 "T        F       F        F       F        F           F       C",
    e.Deferred:                 "T        F       F        F       F        F           F       C",
    e.Referred:                 "T        F       F        F       F        F           F       C",
    e.PutOnWaitingList:         "T        F       F        F       F        F           F       C",
    e.AwaitedEventRecorded:     "T        F       F        F       F        F           F       C",
    e.Woken:                    "T        F       F        F       F        F           F       C",
    e.Withdrawn:                "F        F       F        F       F        F           F       C",
    e.LetterIssued:             "T        F       F        F       F        F           F       C",
    e.LetterOpened:             "F        F       F        F       F        F           F       C",
    e.LetterDeemedDelivered:    "T        F       F        F       F        F           F       C",
    e.AppealLodged:             "F        F       F        F       C        C           F       C",
    e.AppealWithdrawn:          "F        F       F        F       C        C           F       C",
    e.AppealAdmitted:           "T        F       F        F       C        C           F       C",
    e.AppealNotAdmitted:        "T        F       F        F       C        C           F       C",
    e.AppealDecided:            "T        F       F        F       C        C           F       C",
    e.CorrectionAsked:          "F        F       F        F       C        C           F       C",
    e.CorrectionProposed:       "T        F       F        F       C        C           F       C",
    e.DecisionCorrected:        "T        F       F        F       C        C           F       C",
    e.CorrectionRefused:        "T        F       F        F       C        C           F       C",
    e.AwardAccepted:            "F        F       F        F       C        F           F       C",
    e.AwardTurnedDown:          "F        F       F        F       C        F           F       C",
    e.AwardReminded:            "T        F       F        F       C        F           F       C",
    e.AwardLapsed:              "T        F       F        F       C        F           F       C",
    e.ConditionMet:             "T        F       F        F       C        F           F       C",
    e.ActivityHeld:             "A        F       F        F       C        F           F       C",
    e.ReportReceived:           "F        F       F        F       C        F           F       C",
    e.ReportReturned:           "T        F       F        F       C        F           F       C",
    e.ReportMissed:             "T        F       F        F       C        F           F       C",
    e.AwardSuspended:           "T        F       F        F       C        F           F       C",
    e.AwardResumed:             "T        F       F        F       C        F           F       C",
    e.TerminationAsked:         "T        F       F        F       C        F           F       C",
    e.TerminationWithdrawn:     "T        F       F        F       C        F           F       C",
    e.TerminationRefused:       "T        F       F        F       C        F           F       C",
    e.AwardRelinquished:        "F        F       F        F       C        F           F       C",
    e.AwardTerminated:          "T        F       F        F       C        F           F       C",
    e.AwardClosed:              "T        F       F        F       C        F           F       C",
    e.OverrideProposed:         ".        F       F        F       .        .           F       C",
    e.OverrideDeclined:         ".        F       F        F       .        .           F       C",
    e.EligibilityOverridden:    "T        F       F        F       F        F           F       C",
}
ONCE_ALL_ARE_IN: dict[type[e.ApplicationEvent], str] = {
    e.AlignmentDetermined:      "o        F       F        F       F        .           F       C",
    e.AssessmentRecorded:       ".        F       F        F       F        .           F       C",
    e.ScoresRecorded:           ".        F       F        F       F        .           F       C",
}
ONCE_DECIDED: dict[type[e.ApplicationEvent], str] = ONCE_ALL_ARE_IN | {
    e.OpinionGiven:             ".        F       F        F       F        F           F       C",
    e.Scored:                   "A        F       F        F       F        .           F       C",
    e.OpinionAnswered:          ".        F       F        F       F        F           F       C",
    e.ConflictDeclared:         ".        F       F        F       C        .           F       C",
    e.ConflictEnded:            ".        F       F        F       C        .           F       C",
    e.LookedAgain:              ".        F       F        F       C        .           F       C",
    e.TrackChangeAsked:         ".        F       F        F       F        .           F       C",
    e.ApprovalWithheld:         ".        F       F        F       F        .           F       C",
    e.OverrideProposed:         ".        F       F        F       F        .           F       C",
    e.OverrideDeclined:         ".        F       F        F       F        .           F       C",
    e.CityCapReached:           ".        F       F        F       F        .           F       C",
    e.CentralOpinionGiven:      ".        F       F        F       F        .           F       C",
    e.AlignmentDetermined:      "A        F       F        F       F        .           F       C",
    e.ProposalMade:             ".        F       F        F       F        .           F       C",
    e.ProposalReturned:         ".        F       F        F       F        .           F       C",
    e.DecidedOtherwise:         ".        F       F        F       F        .           F       C",
    e.ApprovalGiven:            ".        F       F        F       F        .           F       C",
    e.ApprovalLapsed:           ".        F       F        F       F        .           F       C",
}
TAKEN_UP_AGAIN: dict[type[e.ApplicationEvent], str] = ONCE_ALL_ARE_IN | {
    e.Scored:                   "A        F       F        F       F        .           F       C",
    e.AlignmentDetermined:      "A        F       F        F       F        .           F       C",
}
# fmt: on
PHASES: dict[str, tuple[History, dict[type[e.ApplicationEvent], str]]] = {
    "while it is assessed": (HALF_ASSESSED, TRUTH),
    "once all assessments are in": (PROPOSED, TRUTH | ONCE_ALL_ARE_IN),
    "once it is decided": (CLOSED, TRUTH | ONCE_DECIDED),
    "while it waits": (LISTED, TRUTH | ONCE_DECIDED),
    "once it is taken up again": (TAKEN_UP, TRUTH | TAKEN_UP_AGAIN),
}
every_phase = pytest.mark.parametrize("phase", PHASES)
SEE_NOTHING = (NILS, UMA, HUGO, FINN, ADA)
"""Another city’s signatory, an assessor of other files, another hub’s coordinator, finance, administrator."""


PINNED: dict[type[Event], Told] = {
    e.SectionSaved: saved(NEED)[0],
    e.SafeguardHelpAsked: Told(
        FILE, OLGA, e.SafeguardHelpAsked(hub="north", questions=("NAMES",), due=due("hub_opinion"), calendar=CALENDAR)
    ),
    e.SafeguardHelpGiven: Told(FILE, HANA, e.SafeguardHelpGiven(hub="north", answers=(), digest="", salt="x")),
    e.SignatureAsked: Told(
        FILE, OLGA, e.SignatureAsked(role="coordinator", hub="north", screen="", due=due("hub_opinion"), calendar=CALENDAR)
    ),
    e.SafeguardsReminded: Told(FILE, TIMER, e.SafeguardsReminded(about="signature", hub="north", due=due("hub_opinion"))),
    e.IncidentReported: Told(
        FILE, OMAR, e.IncidentReported(number=1, by="central", happened_on=NOW.date(), account="x", due=due("expert"), calendar=CALENDAR)
    ),
    e.SafeguardsSigned: Told(FILE, HANA, e.SafeguardsSigned(role="coordinator", hub="north", screen="", reason="x")),
    e.MitigationAsked: Told(FILE, TIMER, e.MitigationAsked(number=1, city=None, hub="north", due=NOW, calendar=CALENDAR, remind_at=None)),
    e.MitigationReminded: Told(FILE, TIMER, e.MitigationReminded(number=1, city=None, hub="north", due=NOW)),
    e.MitigationMissed: Told(FILE, TIMER, e.MitigationMissed(number=1, city=None, hub="north", due=NOW)),
    e.MitigationReported: Told(FILE, AMINA, e.MitigationReported(number=1, city=LAKESIDE, hub=None, done="x")),
    e.MitigationRecorded: Told(FILE, HANA, e.MitigationRecorded(number=1, city=None, hub="north", done="x")),
    e.MitigationGivenUp: Told(FILE, OLGA, e.MitigationGivenUp(number=1, city=None, hub="north", reason="x")),
    e.HubAsked: Told(FILE, OLGA, e.HubAsked(hub="north", reason="x", due=due("hub_opinion"), calendar=CALENDAR)),
    e.HubReleased: Told(FILE, OLGA, e.HubReleased(hub="north", reason="x")),
    e.CentralHelpAsked: Told(FILE, HANA, e.CentralHelpAsked(hub="north", reason="x")),
    e.OpinionTakenOver: Told(FILE, TIMER, e.OpinionTakenOver(hub="north", reason="", due=due("hub_opinion"), calendar=CALENDAR)),
    e.LeadHandedOver: Told(FILE, OLGA, e.LeadHandedOver(hub_before="north", mode="no_hub", hub=None, reason="x")),
    e.AssessmentRecorded: Told(FILE, TOM, BY_TOM),
    e.ScoresRecorded: Told(FILE, TOM, scored_by(TOM)),
    e.OpinionGiven: Told(FILE, HANA, OPINION),
    e.ConfidentialNoteAdded: Told(FILE, HANA, e.ConfidentialNoteAdded(hub="north", note="The mayor’s brother trains")),
    e.OpinionAnswered: Told(FILE, OLGA, e.OpinionAnswered(hub="north", answer="The visits are held online")),
    e.TrackChanged: Told(FILE, OLGA, left("officer", "eligibility")),
}


@cache
def told() -> dict[type[Event], Recorded]:
    """One fact of every kind, as the marked tests recorded them; of those that are somebody's own, the one of these."""
    found = {type(one.event): one for outcome in every_outcome() for one in outcome.recorded}
    return {kind: recorded((one,))[0] for kind, one in (found | PINNED).items()}


def cities(scenario: Scenario) -> list[City]:
    """Those of the file as of now, the lead first."""
    return [state for id in scenario.file().cities or (LAKESIDE,) if isinstance(state := scenario.state(id), City)]


def sight(person: str | Actor, event: Recorded, history: History) -> v.Sight | None:
    scenario = given(*history)
    actor = person if isinstance(person, Actor) else scenario.facts(person).actor
    return v.visible(actor, event, scenario.file(), cities(scenario))


def test_the_truth_is_told_about_every_event_of_an_application() -> None:
    assert set(TRUTH) == {kind for kind in EVENTS.values() if issubclass(kind, e.ApplicationEvent)}
    assert set(told()) == set(EVENTS.values())


@every_phase
@pytest.mark.parametrize("kind", list(TRUTH), ids=lambda kind: kind.__name__)
def test_everybody_sees_exactly_this(kind: type[e.ApplicationEvent], phase: str) -> None:
    history, truth = PHASES[phase]
    seen = {person: sight(person, told()[kind], history) for person in READERS}
    assert seen == {person: SIGHTS[letter] for person, letter in zip(READERS, truth[kind].split(), strict=True)}


@every_phase
@pytest.mark.parametrize("person", SEE_NOTHING)
def test_whoever_has_nothing_to_do_with_a_file_does_not_even_see_that_it_exists(person: str, phase: str) -> None:
    history, _ = PHASES[phase]
    scenario = given(*history)
    assert not v.sees_file(scenario.facts(person).actor, scenario.file(), cities(scenario))
    # Whoever asked for emergency access to it reads that, as `test_emergency` shows.
    facts = {kind: event for kind, event in told().items() if kind not in get_args(v.EMERGENCY)}
    assert {kind: sight(person, event, history) for kind, event in facts.items()} == dict.fromkeys(facts, None)


SAID_BY_WHAT_IT_FOUND = {
    #              applicant officer approver auditor assessor coordinator machine operator
    "safeguards": "o         F       F        F       o        o           F       C",
    "check":      "o         F       F        F       o        o           F       C",
    "opinion":    "o         F       F        F       o        o           F       C",
    "alignment":  "o         o       o        o       o        o           o       o",
}  # fmt: skip


@pytest.mark.parametrize("cause", SAID_BY_WHAT_IT_FOUND)
def test_a_change_of_track_does_not_tell_what_somebody_found_before_the_finding_may_be_read(cause: e.TrackReason) -> None:
    change = recorded(did(OLGA, left(cause, "assessment")))[0]
    seen = {person: sight(person, change, HALF_ASSESSED) for person in READERS}
    assert seen == {person: SIGHTS[letter] for person, letter in zip(READERS, SAID_BY_WHAT_IT_FOUND[cause].split(), strict=True)}
    assert sight(OLGA, change, CLOSED) == sight(EVA, change, CLOSED) == v.FULL
    # The letter tells the reason of a move, so that the page may too.
    assert sight(AMINA, change, CLOSED) == v.ANONYMOUS


REASSESSED = (
    HEARD
    + did(IVO, msgspec.structs.replace(UPHELD, back_to="assessment"))
    + did(IVO, HELD, on=PURSE)
    + did(TIMER, msgspec.structs.replace(TOLD_UPHELD, due=due("assessment")))
    + did(OLGA, e.AssessorAssigned(assessor=UMA))
)
"""An appeal was upheld: the file is assessed again, by others."""
FOUND: dict[str, Event] = {
    "alignment": ALIGNED,
    "scores": MARKED,
} | {cause: left(cause, "assessment") for cause in get_args(e.TrackReason) if cause in v.TELLING}


def follows(history: History, found: Event) -> Recorded:
    """The fact in its place, the next one of this history."""
    return recorded((*history, *did(UMA, found)))[-1]


@pytest.mark.parametrize("found", FOUND)
@pytest.mark.parametrize("person", [AMINA, ALI, BELA])
def test_what_is_found_after_a_decision_fell_waits_for_the_next_and_what_was_found_before_stays(found: str, person: str) -> None:
    event = FOUND[found]
    before, after = follows(HALF_ASSESSED, event), follows(REASSESSED, event)
    assert sight(person, before, HALF_ASSESSED) == v.ONLY_THAT
    assert sight(person, before, REASSESSED) == v.ANONYMOUS
    assert sight(person, after, REASSESSED) == v.ONLY_THAT
    anew = REASSESSED + did(UMA, event) + did(INES, REFUSAL)
    assert [sight(person, one, anew) for one in (before, after)] == [v.ANONYMOUS, v.ANONYMOUS]


ANEW: dict[str, History] = {
    "an appeal": REASSESSED,
    "money for the waiting list": TAKEN_UP,
    "two people set a finding aside": TURNED_DOWN
    + did(INES, e.EligibilityOverridden(checks=("P1",), reasons=REASONS, due=due("eligibility"), calendar=CALENDAR)),
    "an error that was named": HEARD
    + did(
        IVO,
        e.DecisionCorrected(
            number=1,
            letter=1,
            reasons=REASONS,
            back_to="assessment",
            checks=(),
            envelope=None,
            unfunded="x",
            due=due("assessment"),
            calendar=CALENDAR,
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("cause", ANEW)
def test_whatever_a_decision_fell_by_the_next_findings_wait_and_fall_again_with_the_next(cause: str) -> None:
    history = ANEW[cause]
    found = follows(history, ALIGNED)
    assert sight(AMINA, found, history) == v.ONLY_THAT
    decided = history + did(UMA, ALIGNED) + did(INES, REFUSAL)
    assert sight(AMINA, found, decided) == v.ANONYMOUS
    fallen = decided + did(IVO, msgspec.structs.replace(UPHELD, back_to="assessment"))
    assert [sight(AMINA, one, fallen) for one in (found, follows(fallen, ALIGNED))] == [v.ANONYMOUS, v.ONLY_THAT]


@pytest.mark.parametrize("person", [OLGA, INES, AUDE])
def test_staff_read_what_is_found_anew_once_all_is_in(person: str) -> None:
    found = follows(REASSESSED, ALIGNED)
    assert sight(person, found, REASSESSED + did(UMA, ALIGNED)) == v.FULL


def test_findings_of_the_shorter_track_are_hidden_again_from_the_second_assessor() -> None:
    again = SMALL_ASSESSED + did(OLGA, left("officer", "assessment", reassess=True), e.AssessorAssigned(assessor=TOM))
    first, determined = recorded(SMALL_ASSESSED)[-2:]
    assert [sight(TOM, one, again) for one in (first, determined)] == [v.ONLY_THAT, v.ONLY_THAT]
    assert sight(EVA, first, again) == v.FULL


ASKED_EXPERT = e.ExpertProposed(person=FINN, part="expert", city=None, city_name="", purpose="x", due=NOW, calendar=CALENDAR)


def test_a_hub_that_does_not_lead_reads_no_reasons_of_an_award() -> None:
    elsewhere = tuple(
        msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, hub="south")) if told.event == COORDINATION else told
        for told in CLOSED
    )
    assert [sight(HANA, told()[kind], elsewhere) for kind in (e.AwardSuspended, e.ActivityHeld)] == [v.CLEAR, v.CLEAR]


def test_an_expert_who_agreed_reads_what_becomes_of_the_award_and_who_did_not_reads_nothing() -> None:
    asked = POOL + CLOSED + did(OLGA, msgspec.structs.replace(ASKED_EXPERT, person=POOLED))
    agreed = asked + did(POOLED, e.ExpertAccepted(person=POOLED))
    assert [sight(POOLED, told()[e.ActivityHeld], history) for history in (asked, agreed)] == [None, v.CLEAR]


CITYS_ANSWERS = {e.AwardAccepted, e.AwardTurnedDown, e.AwardRelinquished, e.ReportReceived}
NEVER_FOR_APPLICANTS = (
    e.ShortageAnnounced,
    e.ExpertProposed,
    e.ExpertAccepted,
    e.ExpertDeclined,
    e.ExpertConflicted,
    e.ExpertLapsed,
    e.AssessorAssigned,
    e.AssessorsDrawn,
    e.AssessorReleased,
    e.AssessorLapsed,
    e.AssessmentRecorded,
    e.OpinionGiven,
    e.ProposalMade,
    e.CheckRecorded,
    e.ScoresRecorded,
    e.ModerationCalled,
    e.ModeratorAssigned,
    e.ModeratorLapsed,
    e.ModerationHeld,
    e.Placed,
    e.ConfidentialNoteAdded,
    e.OpinionAnswered,
    e.OpinionOverruled,
    e.ProposalReturned,
    e.DecidedOtherwise,
    e.ApprovalGiven,
    e.ApprovalLapsed,
)


@every_phase
def test_an_applicant_never_sees_the_work_of_the_fund_even_one_who_holds_every_role(phase: str) -> None:
    history, _ = PHASES[phase]
    everything = frozenset((str(role), scope) for role in GRANTABLE for scope in (None, "north"))
    for person in (AMINA, ALI, Actor(id=ALI, roles=everything)):
        for kind in NEVER_FOR_APPLICANTS:
            assert sight(person, told()[kind], history) is None


@every_phase
def test_an_applicant_is_never_told_who_at_the_fund_acted(phase: str) -> None:
    history, _ = PHASES[phase]
    cities = {e.PartnerInvited, e.TextAccepted, e.PartnerLeft}
    cities |= {e.LetterOpened, e.AppealLodged, e.AppealWithdrawn, e.CorrectionAsked} | CITYS_ANSWERS
    own = {e.ApplicationStarted, e.SectionSaved, e.ApplicationSubmitted, e.ClarificationAnswered, e.Withdrawn} | cities
    for kind, event in told().items():
        seen = sight(AMINA, event, history)
        assert seen is None or seen.actor == (kind in own), kind


def test_nothing_that_an_applicant_may_read_names_an_assessor() -> None:
    for kind in set(TRUTH) - set(NEVER_FOR_APPLICANTS):
        assert not {"assessor", "assessors"} & set(kind.__struct_fields__), kind


def test_two_assessors_see_their_own_work_and_not_the_others_until_both_are_in() -> None:
    by_eva = recorded(did(EVA, BY_EVA))[0]
    both_but_the_last_word = HALF_ASSESSED + did(TOM, BY_TOM)
    for history in (HALF_ASSESSED, both_but_the_last_word):
        assert sight(EVA, by_eva, history) == v.FULL
        assert sight(TOM, by_eva, history) == v.ONLY_THAT
    assert sight(TOM, by_eva, ASSESSED) == v.FULL


def test_that_one_assessment_is_in_says_neither_whose_it_is_nor_what_it_says() -> None:
    assert v.ONLY_THAT.classes == {"public"}
    assert not v.ONLY_THAT.actor
    assert "assessor" in e.AssessmentRecorded.__struct_fields__


@every_phase
def test_an_operator_reads_every_file_in_clear_and_nothing_sealed(phase: str) -> None:
    history, _ = PHASES[phase]
    operator = Actor(id=CLERK, roles=OPERATOR_ROLES)
    for kind in TRUTH:
        seen = sight(operator, told()[kind], history)
        assert seen is not None, kind
        assert seen.classes <= {"public", "internal"}, kind


@pytest.mark.parametrize("person", [OLGA, INES, AUDE, CLERK, TIMER])
def test_nobody_at_the_fund_reads_an_assessment_while_another_is_awaited(person: str) -> None:
    for event in (told()[e.AssessmentRecorded], recorded(did(EVA, BY_EVA))[0]):
        assert sight(person, event, HALF_ASSESSED) == v.ONLY_THAT
        assert sight(person, event, ASSESSED) in (v.FULL, v.CLEAR)


@every_phase
def test_no_role_opens_a_file_to_somebody_who_belongs_to_a_city_of_it(phase: str) -> None:
    history, _ = PHASES[phase]
    for person in (OLGA, INES, AUDE, EVA, TOM, HANA):
        for home in (LAKESIDE, HILLTOWN):
            belongs = did(ADA, e.AffiliationRecorded(person=person, city=home), on=person)
            assert_blind(person, (*history, *belongs))
        elsewhere = did(ADA, e.AffiliationRecorded(person=person, city=OUTPOST), on=person)
        assert sight(person, told()[e.ApplicationSubmitted], (*history, *elsewhere)) == v.FULL


def assert_blind(person: str, history: History) -> None:
    """Sees nothing of the file, and does not see that it exists."""
    scenario = given(*history)
    assert not v.sees_file(scenario.facts(person).actor, scenario.file(), cities(scenario))
    assert {sight(person, event, history) for event in told().values()} == {None}


def also(person: str, role: str, scope: str | None = None) -> History:
    return did(ADA, e.RoleGranted(person=person, role=role, scope=scope), on=person)


def no_more(person: str, role: str) -> History:
    return did(ADA, e.RoleRevoked(person=person, role=role, scope=None), on=person)


def speaks_for_a_beneficiary(person: str) -> History:
    return did(ADA, e.RepresentativeConfirmed(person=person, capacity="focal_point", proof="letter"), on=HILLTOWN)


GONE = e.PartnerLeft(city=HILLTOWN, reason="x", fails=("nothing",))
READ_AS: dict[str, tuple[str, History, v.Reader]] = {
    "signatory": (AMINA, ASSIGNED, v.Reader.APPLICANT),
    "focal point": (ALI, ASSIGNED, v.Reader.APPLICANT),
    "signatory who is an officer": (AMINA, ASSIGNED + also(AMINA, "officer"), v.Reader.APPLICANT),
    "assessor": (EVA, ASSIGNED, v.Reader.ASSESSOR),
    "assessor of another file": (UMA, ASSIGNED, v.Reader.STRANGER),
    "expert who was asked": (
        FINN,
        COORDINATED
        + did(
            OLGA,
            e.ExpertProposed(person=FINN, part="expert", city=None, city_name="", purpose="x", due=due("expert"), calendar=CALENDAR),
        ),
        v.Reader.EXPERT,
    ),
    "assessor who is an officer": (EVA, ASSIGNED + also(EVA, "officer"), v.Reader.ASSESSOR),
    "assessor who is an auditor": (EVA, ASSIGNED + also(EVA, "auditor"), v.Reader.ASSESSOR),
    "assessor who coordinates the hub": (EVA, ASSIGNED + also(EVA, "coordinator", "north"), v.Reader.ASSESSOR),
    "assessor who lost the role": (EVA, ASSIGNED + no_more(EVA, "assessor"), v.Reader.STRANGER),
    "assessor who was released": (EVA, ASSIGNED + did(OLGA, released(EVA)), v.Reader.STRANGER),
    "officer who was released as assessor": (EVA, ASSIGNED + also(EVA, "officer") + did(OLGA, released(EVA)), v.Reader.STAFF),
    "officer": (OLGA, ASSIGNED, v.Reader.STAFF),
    "officer who speaks for a city that would benefit": (OLGA, ASSIGNED + speaks_for_a_beneficiary(OLGA), v.Reader.PARTNER),
    "partner’s signatory": (BELA, ASSIGNED, v.Reader.PARTNER),
    "signatory of a partner that left": (BELA, ASSIGNED + did(BELA, GONE), v.Reader.STRANGER),
    "officer who coordinates the hub that was asked": (OLGA, ASSIGNED + also(OLGA, "coordinator", "north"), v.Reader.COORDINATOR),
    "approver": (INES, ASSIGNED, v.Reader.STAFF),
    "auditor": (AUDE, ASSIGNED, v.Reader.STAFF),
    "auditor who coordinates another hub": (AUDE, ASSIGNED + also(AUDE, "coordinator", "south"), v.Reader.STAFF),
    "machine": (TIMER, ASSIGNED, v.Reader.STAFF),
    "coordinator": (HANA, ASSIGNED, v.Reader.COORDINATOR),
    "coordinator of another hub": (HUGO, ASSIGNED, v.Reader.STRANGER),
    "coordinator who was not asked": (HANA, COMPLETE_WITHOUT_HUB, v.Reader.STRANGER),
    "operator": (CLERK, ASSIGNED, v.Reader.OPERATOR),
    "finance": (FINN, ASSIGNED, v.Reader.STRANGER),
    "administrator": (ADA, ASSIGNED, v.Reader.STRANGER),
}


@pytest.mark.parametrize("who", READ_AS)
def test_everybody_reads_a_file_in_one_capacity(who: str) -> None:
    person, history, expected = READ_AS[who]
    scenario = given(*history)
    assert v.reader(scenario.facts(person).actor, scenario.file(), cities(scenario)) is expected
    assert {expected for _, _, expected in READ_AS.values()} == set(v.Reader)


def test_an_officer_who_assesses_learns_no_opinion_before_the_decision() -> None:
    officer = also(EVA, "officer")
    for kind in (e.OpinionGiven, e.ProposalMade):
        assert sight(EVA, told()[kind], (*PROPOSED, *officer)) is None
        assert sight(EVA, told()[kind], (*CLOSED, *officer)) == v.FULL
    assert sight(EVA, told()[e.AssessmentRecorded], (*HALF_ASSESSED, *officer)) == v.ONLY_THAT


@every_phase
def test_an_auditor_sees_what_auditors_see_whatever_hub_they_coordinate_besides(phase: str) -> None:
    history, _ = PHASES[phase]
    for kind in TRUTH:
        assert sight(AUDE, told()[kind], (*history, *also(AUDE, "coordinator", "south"))) == sight(AUDE, told()[kind], history)


class QuayInspected(e.ApplicationEvent, frozen=True, kw_only=True):
    """A kind of fact that nobody has thought about yet."""

    name = "application.quay_inspected.v1"
    sentence = "A quay was inspected."


def test_a_new_kind_of_fact_is_shown_to_staff_and_neither_to_the_city_nor_to_the_hub() -> None:
    new = recorded(did(OLGA, QuayInspected()))[0]
    for history in (HALF_ASSESSED, CLOSED):
        assert [sight(person, new, history) for person in (AMINA, HANA)] == [None, None]
        assert sight(OLGA, new, history) == v.FULL


def test_a_hub_reads_anothers_opinion_once_nothing_is_asked_of_it_any_more_and_never_its_confidential_note() -> None:
    of_south, note = recorded(did(HUGO, OF_SOUTH, e.ConfidentialNoteAdded(hub="south", note="x")))
    answer = recorded(did(OLGA, e.OpinionAnswered(hub="south", answer="x")))[0]
    waiting = ASKED_BOTH + did(HUGO, OF_SOUTH)
    silent = did(TIMER, DEEMED)
    assert sight(HUGO, of_south, waiting) == v.FULL
    assert sight(HANA, of_south, waiting) is None
    for over in (did(HANA, OPINION), silent):
        assert sight(HANA, of_south, waiting + over) == v.FULL
        assert [sight(HANA, one, waiting + over) for one in (note, answer)] == [None, None]
    assert sight(HUGO, note, waiting) == v.FULL
    assert [sight(who, answer, waiting + did(INES, APPROVAL)) for who in (HUGO, HANA)] == [v.FULL, None]


@every_phase
def test_a_confidential_note_is_for_the_fund_and_the_hub_that_wrote_it(phase: str) -> None:
    history, _ = PHASES[phase]
    note = told()[e.ConfidentialNoteAdded]
    for person, others in ((EVA, ()), (EVA, also(EVA, "officer")), (AMINA, also(AMINA, "officer")), (HUGO, ())):
        assert sight(person, note, (*history, *others)) is None


def test_a_coordinator_sees_a_file_only_once_their_hub_was_asked() -> None:
    for history, asked in ((SUBMITTED, False), (COMPLETE_WITHOUT_HUB, False), (COMPLETE, True)):
        seen = sight(HANA, told()[e.ApplicationSubmitted], history)
        assert seen == (v.FULL if asked else None)


def test_whoever_no_longer_represents_the_city_sees_nothing_any_more() -> None:
    ended = did(ADA, e.RepresentativeEnded(person=ALI, reason="Left"), on=LAKESIDE)
    assert sight(ALI, told()[e.SectionSaved], (*CLOSED, *ended)) is None


def test_every_class_of_field_is_known_to_somebody() -> None:
    assert v.FULL.classes == set(get_args(FieldClass))


def test_what_a_city_writes_is_its_own_until_it_submits() -> None:
    saved_need = told()[e.SectionSaved]
    for person in (OLGA, INES, AUDE):
        assert sight(person, saved_need, AGREED) == v.ONLY_THAT
        assert sight(person, saved_need, SUBMITTED) == v.FULL
    assert sight(ALI, saved_need, AGREED) == v.FULL


@every_phase
def test_a_partner_reads_what_the_lead_reads(phase: str) -> None:
    history, _ = PHASES[phase]
    for kind, event in told().items():
        assert sight(BELA, event, history) == sight(AMINA, event, history), kind


def test_a_city_that_is_only_named_in_a_form_that_asks_for_no_consent_reads_nothing() -> None:
    named = STARTED + saved(*FORM)
    assert {sight(BELA, event, named) for event in told().values()} == {None}
