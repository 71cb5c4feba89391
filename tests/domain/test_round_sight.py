# ruff: noqa: F405
"""Who may know what of a round, in which phase it is, and how months are counted back."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from fund.domain.facts import GRANTABLE, OPERATOR_ROLES, Actor, Role
from fund.domain.registers import City
from fund.domain.round import Round, months_before
from fund.domain.rubric import ANCHORED, anchors_of
from fund.domain.visibility import RoundSight, round_sight
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

S = RoundSight
CONFLICT = e.ConflictDeclared(
    number=1, person=OLGA, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None
)  # fmt: skip


def seen(person: Actor, history: History = RACE) -> RoundSight:
    scenario = given(*history)
    round = scenario.state(ROUND)
    assert isinstance(round, Round)
    cities = [city for id in round.cities if isinstance(city := scenario.state(id), City)]
    return round_sight(person, round, cities, (scenario.file(entry.application) for entry in round.entries))


SEES = {
    Role.OFFICER: S.FILES, Role.APPROVER: S.FILES, Role.AUDITOR: S.FILES,
    Role.FINANCE: S.NUMBERS, Role.ADMINISTRATOR: S.NUMBERS,
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(GRANTABLE))
def test_staff_see_files_or_numbers_and_everybody_else_what_is_public(role: Role) -> None:
    assert seen(Actor(id="person-x", roles=frozenset({(str(role), None)}))) is SEES.get(role, S.PUBLIC)


def test_an_operator_reads_what_is_stored_in_clear() -> None:
    assert seen(Actor(id=CLERK, roles=OPERATOR_ROLES)) is S.FILES


def test_whoever_belongs_to_a_city_in_it_sees_numbers_at_most() -> None:
    everything = frozenset((str(role), None) for role in GRANTABLE)
    for home in (LAKESIDE, HILLTOWN):
        assert seen(Actor(id="person-x", roles=everything, cities=frozenset({home}))) is S.NUMBERS
        speaks = did(ADA, e.RepresentativeConfirmed(person="person-x", capacity="focal_point", proof="x"), on=home)
        assert seen(Actor(id="person-x", roles=everything), RACE + speaks) is S.NUMBERS
    assert seen(Actor(id="person-x", roles=everything, cities=frozenset({OUTPOST}))) is S.FILES
    assert seen(Actor(id="person-x", cities=frozenset({LAKESIDE}))) is S.PUBLIC


def test_whoever_has_no_part_in_one_of_its_files_sees_numbers_at_most() -> None:
    officer = frozenset({(str(Role.OFFICER), None)})
    assert seen(Actor(id=OLGA, roles=officer), RACE + did(OLGA, CONFLICT)) is S.NUMBERS
    assert seen(Actor(id=OMAR, roles=officer), RACE + did(OLGA, CONFLICT)) is S.FILES
    assert seen(Actor(id=OLGA, roles=officer), RACE + did(OLGA, msgspec.structs.replace(CONFLICT, effect="disclose"))) is S.FILES
    ended = did(OLGA, CONFLICT) + did(OMAR, e.ConflictEnded(number=1, reason="x"))
    assert seen(Actor(id=OLGA, roles=officer), RACE + ended) is S.FILES
    assert seen(Actor(id=OLGA), RACE + did(OLGA, CONFLICT)) is S.PUBLIC


@pytest.mark.parametrize(
    ("history", "phase"),
    [
        (RACE, "open"), (OPENED + did(OLGA, e.RoundCancelled(reason="x"), on=ROUND), "cancelled"),
        (TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND), "closed"), (LINED[:-1], "ranked"), (LINED, "lined"),
    ],
)  # fmt: skip
def test_a_round_goes_through_its_phases(history: History, phase: str) -> None:
    round = given(*history).state(ROUND)
    assert isinstance(round, Round)
    assert round.phase == phase


def test_months_are_counted_back_to_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert months_before(datetime(2031, 5, 31, 12, tzinfo=UTC), 3) == datetime(2031, 2, 28, 12, tzinfo=UTC)
    assert months_before(datetime(2032, 2, 29, 12, tzinfo=UTC), 12) == datetime(2031, 2, 28, 12, tzinfo=UTC)
    assert months_before(datetime(2031, 1, 15, tzinfo=UTC), 24) == datetime(2029, 1, 15, tzinfo=UTC)


@given_any(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(0, 120))
def test_more_months_never_lead_to_a_later_day(instant: datetime, months: int) -> None:
    assert months_before(instant, months + 1) <= months_before(instant, months) <= instant


@given_any(st.integers(0, 500))
def test_a_mark_meets_an_anchor_or_lies_between_two(mark: int) -> None:
    found = anchors_of(mark)
    assert set(found) <= set(ANCHORED)
    assert found[0] * 100 <= mark <= found[-1] * 100
    assert len(found) == (1 if mark in (0, 300, 500) else 2)
