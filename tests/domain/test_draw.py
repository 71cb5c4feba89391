# ruff: noqa: F405
"""Assessors are drawn: the least loaded first, ties by lot, from everybody who qualifies and is there; and anyone can draw again."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import lot
from fund.domain.application import Stage
from fund.domain.draw import drawn
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

SEED = "5e" * lot.SEED_BYTES
RESTED, TIRED = e.Candidate(person=UMA, load=0), e.Candidate(person=EVA, load=3)
THREE = (RESTED, e.Candidate(person=TOM, load=1), TIRED)


def draw(*candidates: e.Candidate, seed: str = SEED) -> c.DrawAssessors:
    return c.DrawAssessors(application=FILE, candidates=candidates, as_of=7, seed=seed)


TODAY = NOW.date()


def away(person: str, first: date = TODAY, days: int = 0) -> History:
    return did(ADA, e.AbsenceRecorded(person=person, first=first, last=first + timedelta(days=days)), on=person)


def names(events: tuple[object, ...]) -> tuple[str, ...]:
    (event,) = events
    assert isinstance(event, e.AssessorsDrawn)
    return tuple(one.person for one in event.candidates)


# ── Drawing ───────────────────────────────────────────────────────────────────


@passes(c.DrawAssessors)
def test_an_officer_may_ask_for_a_lot() -> None:
    given(*ADVISED).when(draw(*THREE), by=OLGA).then(e.AssessorsDrawn)


@passes(c.DrawAssessors)
def test_a_machine_draws_the_least_loaded_for_every_free_place_and_it_says_from_whom() -> None:
    outcome = given(*ADVISED).when(draw(*THREE), by=TIMER)
    lot = e.AssessorsDrawn(
        candidates=(TIRED, THREE[1], RESTED), as_of=7, day=NOW.date(), seed=SEED, places=2, drawn=(UMA, TOM), most=9,
        due=due("assessment"), calendar=CALENDAR,
    )  # fmt: skip
    outcome.then(lot)
    after = outcome.after.file()
    assert (after.assessors, after.stage, after.due) == ((UMA, TOM), Stage.ASSESSMENT, due("assessment"))


@passes(c.DrawAssessors)
def test_only_who_qualifies_now_is_in_the_lot_whatever_the_list_says() -> None:
    """The list is made from views, which may be a moment behind."""
    listed = tuple(e.Candidate(person=who, load=0) for who in (EVA, TOM, UMA, OMAR, HANA, HUGO, STRANGER, FILE))
    gone = did(ADA, e.RoleRevoked(person=EVA, role="assessor", scope=None), on=EVA)
    assert names(given(*ADVISED, *gone).when(draw(*listed), by=TIMER).events) == (TOM, UMA)
    assert names(given(*ADVISED, *hub_opened(SOUTH, "south", "steppe")).when(draw(*listed), by=TIMER).events) == (EVA, HUGO, TOM, UMA)


@passes(c.DrawAssessors)
def test_whoever_is_assigned_already_is_not_drawn_and_one_place_is_one() -> None:
    one = ADVISED + did(OLGA, e.AssessorAssigned(assessor=UMA))
    outcome = given(*one).when(draw(*THREE), by=TIMER)
    assert names(outcome.events) == (EVA, TOM)
    assert outcome.after.file().assessors == (UMA, TOM)


@passes(c.DrawAssessors)
def test_whoever_was_released_is_not_drawn_again_but_may_be_assigned_by_hand() -> None:
    released_uma = ADVISED + did(OLGA, e.AssessorAssigned(assessor=UMA), released(UMA))
    scenario = given(*released_uma)
    assert scenario.when(draw(*THREE), by=TIMER).after.file().assessors == (TOM, EVA)
    scenario.when(c.AssignAssessor(application=FILE, assessor=UMA, reason="Well again"), by=OLGA).then(e.AssessorAssigned)


@passes(c.DrawAssessors)
def test_as_many_are_drawn_as_there_are() -> None:
    outcome = given(*ADVISED).when(draw(TIRED), by=TIMER).then(e.AssessorsDrawn)
    assert outcome.after.file().assessors == (EVA,)
    outcome.after.when(draw(*THREE), by=TIMER).then(e.AssessorsDrawn)


@passes(c.DrawAssessors)
def test_who_owes_as_much_as_one_may_is_not_in_the_lot() -> None:
    full = msgspec.structs.replace(TIRED, load=9)
    assert names(given(*ADVISED).when(draw(full, msgspec.structs.replace(RESTED, load=8)), by=TIMER).events) == (UMA,)
    given(*ADVISED).when(draw(full), by=TIMER).then("assessor.nobody_free")
    given(*ADVISED).when(c.AssignAssessor(application=FILE, assessor=EVA, reason="Reads the language"), by=OLGA).then(e.AssessorAssigned)


@refuses(c.DrawAssessors, "assessor.nobody_free")
def test_without_anybody_who_qualifies_nothing_is_drawn() -> None:
    for listed in ((), (e.Candidate(person=OMAR, load=0),), (TIRED,)):
        given(*ADVISED, *away(EVA)).when(draw(*listed), by=TIMER).then("assessor.nobody_free")


@refuses(c.DrawAssessors, "assessor.enough")
def test_nobody_is_drawn_where_no_place_is_free() -> None:
    given(*ASSIGNED).when(draw(*THREE), by=TIMER).then("assessor.enough")


@refuses(c.DrawAssessors, "workflow.role_needed")
def test_neither_an_assessor_nor_a_city_draws() -> None:
    for who in (EVA, AMINA, INES):
        given(*ADVISED).when(draw(*THREE), by=who).then("workflow.role_needed")


# ── Away ──────────────────────────────────────────────────────────────────────


@passes(c.RecordAbsence)
def test_whoever_is_away_that_day_is_not_drawn() -> None:
    absence = c.RecordAbsence(person=UMA, first=NOW.date(), last=NOW.date() + timedelta(days=2))
    recorded_away = given(*ADVISED).when(absence, by=ADA).then(e.AbsenceRecorded(person=UMA, first=absence.first, last=absence.last)).after
    for day, expected in ((-1, True), (0, False), (2, False), (3, True)):
        outcome = recorded_away.when(draw(*THREE), by=TIMER, at=NOW + timedelta(days=day))
        assert (UMA in names(outcome.events)) == expected, day


@passes(c.RecordAbsence)
def test_an_absence_recorded_again_from_the_same_day_takes_the_place_of_the_earlier_one() -> None:
    shorter = c.RecordAbsence(person=UMA, first=NOW.date(), last=NOW.date())
    back = given(*ADVISED, *away(UMA, days=30)).when(shorter, by=ADA).then(e.AbsenceRecorded).after
    assert UMA in names(back.when(draw(*THREE), by=TIMER, at=NOW + timedelta(days=1)).events)


@refuses(c.RecordAbsence, "absence.reversed")
def test_an_absence_ends_no_earlier_than_it_begins() -> None:
    reversed_ = c.RecordAbsence(person=UMA, first=NOW.date(), last=NOW.date() - timedelta(days=1))
    given().when(reversed_, by=ADA).then("absence.reversed", field="last")


@refuses(c.RecordAbsence, "person.unknown")
def test_only_somebody_who_is_registered_can_be_away() -> None:
    given().when(c.RecordAbsence(person=STRANGER, first=NOW.date(), last=NOW.date()), by=ADA).then("person.unknown")


# ── The lot itself ────────────────────────────────────────────────────────────

people = st.lists(st.sampled_from([f"person-{number}" for number in range(12)]), unique=True, min_size=1)
seeds = st.binary(min_size=lot.SEED_BYTES, max_size=lot.SEED_BYTES).map(bytes.hex)
candidates = st.tuples(people, st.data()).map(
    lambda drawn_: tuple(e.Candidate(person=who, load=drawn_[1].draw(st.integers(0, 3))) for who in drawn_[0])
)


@given_any(candidates, seeds, st.integers(0, 4))
def test_the_draw_is_the_same_for_everybody_who_draws_it_again(listed: tuple[e.Candidate, ...], seed: str, places: int) -> None:
    first = drawn(seed, listed, places)
    assert first == drawn(seed, reversed(listed), places)
    assert len(first) == len(set(first)) == min(places, len(listed))
    loads = {one.person: one.load for one in listed}
    left = [load for person, load in loads.items() if person not in first]
    assert all(loads[person] <= min(left, default=99) for person in first), "nobody with less to do was passed over"


@given_any(people, st.lists(seeds, max_size=30), st.integers(1, 3))
def test_where_everybody_qualifies_loads_differ_by_at_most_one(crowd: list[str], lots: list[str], places: int) -> None:
    loads = dict.fromkeys(crowd, 0)
    for seed in lots:
        for person in drawn(seed, (e.Candidate(person=who, load=load) for who, load in loads.items()), places):
            loads[person] += 1
        assert max(loads.values()) - min(loads.values()) <= 1, loads


def test_ties_are_broken_by_the_seed_and_not_by_the_name() -> None:
    equal = tuple(e.Candidate(person=who, load=0) for who in (EVA, TOM, UMA))
    first = {drawn(f"{number:032x}", equal, 1)[0] for number in range(50)}
    assert first == {EVA, TOM, UMA}


@pytest.mark.parametrize("field", ["candidates", "as_of", "seed"])
def test_nobody_who_asks_can_choose_what_the_lot_is_drawn_from(field: str) -> None:
    from fund.border.bodies import body_of

    assert field in msgspec.structs.asdict(draw())
    assert field not in body_of(c.DrawAssessors).model_fields
