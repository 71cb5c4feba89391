# ruff: noqa: F405
"""Who may judge a file: assessors, experts of the pool, and hub people of other regions; nobody with a stake in it."""

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import visibility
from fund.domain.independence import qualifies
from fund.domain.registers import City, Person
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

EASTERN = "hub-east"
"""A hub of the steppe: none of the file's cities lies there."""


def holds(person: str, role: str, scope: str | None = None) -> History:
    return did(ADA, e.RoleGranted(person=person, role=role, scope=scope), on=person)


def belongs(person: str, city: str) -> History:
    return did(ADA, e.AffiliationRecorded(person=person, city=city), on=person)


def speaks(person: str, city: str) -> History:
    return did(ADA, e.RepresentativeConfirmed(person=person, capacity="focal_point", proof="x"), on=city)


SOUTH_IN_THE_STEPPE = hub_opened(SOUTH, "south", "steppe")
ASSESS = c.RecordAssessment(application=FILE, judgements=judged())

WHO: dict[str, tuple[str, History, bool]] = {
    "an assessor": (EVA, (), True),
    "an officer": (OMAR, (), False),
    "an expert of the pool": (FINN, holds(FINN, "expert"), True),
    "hub people of another region": (HUGO, SOUTH_IN_THE_STEPPE, True),
    "hub people of the region of a city that benefits": (HUGO, hub_opened(SOUTH, "south", "coast"), False),
    "hub people of several regions, one of them the file’s": (HUGO, hub_opened(SOUTH, "south", "steppe", "delta"), False),
    "hub people of a hub that never opened": (HUGO, (), False),
    "hub people of a hub that closed": (HUGO, SOUTH_IN_THE_STEPPE + hub_closed(SOUTH, "south"), False),
    "hub people of the hub that was asked": (HANA, (), False),
    "an assessor who serves the hub that was asked": (EVA, holds(EVA, "coordinator", "north"), False),
    "an expert who serves the hub that was asked": (HANA, holds(HANA, "expert"), False),
    "an assessor of the lead city": (EVA, belongs(EVA, LAKESIDE), False),
    "an expert of a city that benefits": (FINN, holds(FINN, "expert") + belongs(FINN, HILLTOWN), False),
    "hub people who speak for a city of the file": (HUGO, SOUTH_IN_THE_STEPPE + speaks(HUGO, HILLTOWN), False),
    "an assessor of another city": (EVA, belongs(EVA, OUTPOST) + speaks(EVA, OUTPOST), True),
    "an assessor who was erased": (EVA, did(ADA, e.PersonErased(person=EVA, basis="x"), on=EVA), False),
    "an assessor no more": (EVA, did(ADA, e.RoleRevoked(person=EVA, role="assessor", scope=None), on=EVA), False),
    "an expert who drafted": (
        ALI,
        did(ADA, e.RepresentativeEnded(person=ALI, reason="x"), on=LAKESIDE) + holds(ALI, "expert"),
        False,
    ),
}


@refuses(c.AssignAssessor, "assessor.not_independent")
@refuses(c.ProposeExpert, "expert.not_independent")
def test_people_of_a_city_that_only_observes_judge_nothing_and_help_with_nothing_as_the_file_is_not_theirs_to_see() -> None:
    watched = given(*ADVISED, *saved(with_(APPLICANT, observers=(OUTPOST,))))
    for tie in (belongs(EVA, OUTPOST), speaks(EVA, OUTPOST)):
        scenario = watched.and_(*tie, *holds(EVA, "expert"))
        person = scenario.state(EVA)
        assert isinstance(person, Person)
        assert not qualifies(person, scenario.file(), scenario.facts(OLGA))
        scenario.when(c.AssignAssessor(application=FILE, assessor=EVA, reason="x"), by=OLGA).then("assessor.not_independent")
    asked = c.ProposeExpert(application=FILE, person=POOLED, part="expert", purpose="x")
    in_coordination = given(*ASSESSED, *saved(with_(APPLICANT, observers=(OUTPOST,))), *POOL)
    in_coordination.when(asked, by=OLGA).then(e.ExpertProposed)
    in_coordination.and_(*belongs(POOLED, OUTPOST)).when(asked, by=OLGA).then("expert.not_independent")


@pytest.mark.parametrize("who", WHO)
def test_who_qualifies_to_judge_a_file(who: str) -> None:
    id, history, expected = WHO[who]
    scenario = given(*ADVISED, *history)
    person = scenario.state(id)
    assert isinstance(person, Person)
    assert qualifies(person, scenario.file(), scenario.facts(OLGA)) == expected
    outcome = scenario.when(c.AssignAssessor(application=FILE, assessor=id, reason="x"), by=OLGA)
    assert (outcome.refusal is None) == expected, "by hand as by lot"


def test_where_a_city_lies_in_no_region_every_hub_is_of_another_region() -> None:
    alone = did(NILS, started(OUTPOST)) + did(OLGA, FOUND_ELIGIBLE)
    scenario = given(*alone, *hub_opened(SOUTH, "south", "coast"))
    person = scenario.state(HUGO)
    assert isinstance(person, Person)
    assert qualifies(person, scenario.file(), scenario.facts(OLGA))


@passes(c.RecordAssessment)
def test_whoever_is_assigned_acts_by_the_assignment_whatever_their_office() -> None:
    assigned = did(OLGA, e.AssessorAssigned(assessor=HUGO), e.AssessorAssigned(assessor=FINN))
    scenario = given(*ADVISED, *SOUTH_IN_THE_STEPPE, *holds(FINN, "expert"), *assigned)
    first = scenario.when(ASSESS, by=HUGO).then(e.AssessmentRecorded).after
    first.when(ASSESS, by=FINN).then(e.AssessmentRecorded, e.AlignmentDetermined)


@passes(c.RecordAssessment)
def test_they_read_it_as_assessors_and_not_before_they_are_assigned() -> None:
    before = given(*ADVISED, *SOUTH_IN_THE_STEPPE)
    after = before.and_(*did(OLGA, e.AssessorAssigned(assessor=HUGO)))
    for scenario, expected in ((before, visibility.Reader.STRANGER), (after, visibility.Reader.ASSESSOR)):
        file = scenario.file()
        cities = [state for id in file.cities if isinstance(state := scenario.state(id), City)]
        assert visibility.reader(scenario.facts(HUGO).actor, file, cities) is expected
    after.when(ASSESS, by=HUGO).then(e.AssessmentRecorded)


@refuses(c.RecordAssessment, "assessor.not_independent")
def test_an_assessor_who_came_to_serve_the_hub_that_was_asked_assesses_no_more() -> None:
    given(*ASSIGNED, *holds(EVA, "coordinator", "north")).when(ASSESS, by=EVA).then("assessor.not_independent")


@refuses(c.RecordAssessment, "workflow.not_assigned")
def test_hub_people_of_other_regions_assess_nothing_unasked() -> None:
    given(*ASSIGNED, *SOUTH_IN_THE_STEPPE).when(ASSESS, by=HUGO).then("workflow.not_assigned")
