# ruff: noqa: F405
"""Who sees what of a file: the whole truth, event by event, person by person, before and after the decision."""

from typing import get_args

import pytest

from fund.domain import events as e
from fund.domain import visibility as v
from fund.domain.event import Event, FieldClass, Recorded
from fund.domain.events import EVENTS
from fund.domain.facts import GRANTABLE, OPERATOR_ROLES, Actor
from fund.domain.registers import City
from tests.domain.proof import every_outcome
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

SIGHTS: dict[str, v.Sight | None] = {"F": v.FULL, "C": v.CLOSED_TEXTS, "T": v.APPLICANT, "A": v.ANONYMOUS, "o": v.ONLY_THAT, ".": None}
"""Full · closed texts stay closed · told, but not by whom · the same without sealed texts · only that it happened · nothing."""

READERS = (AMINA, OLGA, INES, AUDE, EVA, HANA, TIMER, CLERK)
# fmt: off
TRUTH: dict[type[e.ApplicationEvent], str] = {
    #                           applicant officer approver auditor assessor coordinator machine operator
    e.ApplicationStarted:       "F        F       F        F       F        F           F       C",
    e.SectionSaved:             "F        F       F        F       F        F           F       C",
    e.ApplicationSubmitted:     "F        F       F        F       F        F           F       C",
    e.ReturnedForCompletion:    "T        F       F        F       F        F           F       C",
    e.CompletenessConfirmed:    "T        F       F        F       F        F           F       C",
    e.OpinionRequested:         "A        F       F        F       F        F           F       C",
    e.CheckRecorded:            ".        F       F        F       F        .           F       C",
    e.FoundEligible:            "T        F       F        F       F        F           F       C",
    e.FoundIneligible:          "T        F       F        F       F        F           F       C",
    e.OpinionGiven:             ".        F       F        F       .        F           F       C",
    e.OpinionDeemed:            "T        F       F        F       F        F           F       C",
    e.AssessorAssigned:         ".        F       F        F       F        .           F       C",
    e.AssessmentRecorded:       ".        o       o        o       o        o           o       C",
    e.AlignmentDetermined:      "o        F       F        F       F        .           F       C",
    e.CoordinationClosed:       "T        F       F        F       F        F           F       C",
    e.ProposalMade:             ".        F       F        F       .        .           F       C",
    e.Approved:                 "T        F       F        F       F        F           F       C",
    e.ApprovedWithConditions:   "T        F       F        F       F        F           F       C",
    e.Declined:                 "T        F       F        F       F        F           F       C",
    e.Withdrawn:                "F        F       F        F       F        F           F       C",
    e.LetterIssued:             "T        F       F        F       F        F           F       C",
}
ONCE_ALL_ARE_IN: dict[type[e.ApplicationEvent], str] = {
    e.AssessmentRecorded:       ".        F       F        F       F        .           F       C",
}
ONCE_DECIDED: dict[type[e.ApplicationEvent], str] = ONCE_ALL_ARE_IN | {
    e.OpinionGiven:             ".        F       F        F       F        F           F       C",
    e.AlignmentDetermined:      "A        F       F        F       F        .           F       C",
    e.ProposalMade:             ".        F       F        F       F        .           F       C",
}
# fmt: on
PHASES: dict[str, tuple[History, dict[type[e.ApplicationEvent], str]]] = {
    "while it is assessed": (HALF_ASSESSED, TRUTH),
    "once all assessments are in": (PROPOSED, TRUTH | ONCE_ALL_ARE_IN),
    "once it is decided": (CLOSED, TRUTH | ONCE_DECIDED),
}
every_phase = pytest.mark.parametrize("phase", PHASES)
SEE_NOTHING = (BELA, NILS, UMA, HUGO, FINN, ADA)
"""A partner city’s signatory, another city’s, an assessor of other files, another hub’s coordinator, finance, administrator."""


def told() -> dict[type[Event], Recorded]:
    """One fact of every kind, as the marked tests recorded them; of the assessments, the one by Tom."""
    found = {type(one.event): one for outcome in every_outcome() for one in outcome.recorded}
    return {kind: recorded((one,))[0] for kind, one in (found | {e.AssessmentRecorded: Told(FILE, TOM, BY_TOM)}).items()}


def sight(person: str | Actor, event: Recorded, history: History) -> v.Sight | None:
    scenario = given(*history)
    lead = scenario.state(LAKESIDE)
    assert isinstance(lead, City)
    actor = person if isinstance(person, Actor) else scenario.facts(person).actor
    return v.visible(actor, event, scenario.file(), lead)


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
    lead = scenario.state(LAKESIDE)
    assert isinstance(lead, City)
    assert not v.sees_file(scenario.facts(person).actor, scenario.file(), lead)
    assert {kind: sight(person, event, history) for kind, event in told().items()} == dict.fromkeys(told(), None)


NEVER_FOR_APPLICANTS = (e.AssessorAssigned, e.AssessmentRecorded, e.OpinionGiven, e.ProposalMade, e.CheckRecorded)


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
    own = {e.ApplicationStarted, e.SectionSaved, e.ApplicationSubmitted, e.Withdrawn}
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
def test_an_operator_reads_everything_in_clear_and_nothing_sealed(phase: str) -> None:
    history, _ = PHASES[phase]
    operator = Actor(id=CLERK, roles=OPERATOR_ROLES)
    for event in told().values():
        seen = sight(operator, event, history)
        assert seen is not None
        assert seen.classes == {"public", "internal"}


def test_a_coordinator_sees_a_file_only_once_their_hub_was_asked() -> None:
    for history, asked in ((SUBMITTED, False), (COMPLETE_WITHOUT_HUB, False), (COMPLETE, True)):
        seen = sight(HANA, told()[e.ApplicationSubmitted], history)
        assert seen == (v.FULL if asked else None)


def test_whoever_no_longer_represents_the_city_sees_nothing_any_more() -> None:
    ended = did(ADA, e.RepresentativeEnded(person=ALI, reason="Left"), on=LAKESIDE)
    assert sight(ALI, told()[e.SectionSaved], (*CLOSED, *ended)) is None


def test_every_class_of_field_is_known_to_somebody() -> None:
    assert v.FULL.classes == set(get_args(FieldClass))
