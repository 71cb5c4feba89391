"""A standing declaration reaches every open file that it concerns, once, whenever it was made."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.facts import Role
from fund.processes.interests import ACTOR
from tests.acceptance.office import NOW
from tests.processes.waiting import HUB, Waiting, waiting


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path, HUB) as there:
        there.office.do(c.OpenHub(hub=f"hub-{HUB}", opened="2024-05", basis="launch"))
        yield there


def test_it_is_brought_once_to_each_file_on_which_the_person_did_something(there: Waiting) -> None:
    touched, other = there.asked_of_the_hub(), there.asked_of_the_hub()
    colleague = there.office.person(Role.OFFICER)
    there.office.do(c.RecordSafeguards(application=touched, level="green", reason="x"), by=colleague)
    declared = c.DeclareInterest(person=colleague, interest="family", city=there.file(touched).city, about="x")
    there.worked()
    there.clock.moved_to(NOW.date() + timedelta(days=1))
    there.office.do(declared, by=colleague)
    there.worked()
    (brought,) = there.by(ACTOR)
    assert (brought.stream, type(brought.event)) == (touched, e.ConflictDeclared)
    assert (there.file(touched).recused, there.file(other).recused) == ({colleague}, set())
    assert (there.worked(), there.another_worker().once(), len(there.by(ACTOR))) == (0, 0, 1)
    there.office.do(c.EndInterest(person=colleague, number=1, reason="x"))
    assert there.worked() == 0
    assert there.file(touched).recused == {colleague}, "what was brought to the file stands until somebody ends it there"


def test_it_is_brought_to_each_file_that_the_person_gave_a_place_in_its_round(there: Waiting) -> None:
    """Who ranks does nothing on the file itself."""
    office, ranker = there.office, there.office.person(Role.OFFICER)
    week = timedelta(days=7)
    round = office.do(c.OpenRound(title="x", opens_at=NOW - week, closes_at=NOW + week, envelope=office.envelope), by=office.officer)
    placed, unplaced = (office.submitted(10_000_00, round) for _ in range(2))
    place = e.Place(application=placed, points=1, passed=True, first_time=True, served=0)
    there.happened(round, e.RoundRanked(places=(place,), equity_note="x"), by=ranker)
    there.worked()
    office.do(c.DeclareInterest(person=ranker, interest="family", city=office.city, about="x"), by=ranker)
    there.worked()
    (brought,) = there.by(ACTOR)
    assert isinstance(brought.event, e.ConflictDeclared)
    assert (brought.stream, [(act.on, act.by) for act in brought.event.tainted]) == (placed, [(round, (ranker,))])
    assert (there.file(placed).recused, there.file(unplaced).recused) == ({ranker}, set())
    there.worked()
    there.another_worker().once()
    assert len(there.by(ACTOR)) == 1


def test_a_conflict_that_takes_the_only_approver_away_is_followed_by_an_announcement_once(there: Waiting) -> None:
    file = there.asked_of_the_hub()
    there.worked()
    assert there.by("machine:staffing", file) == []
    declared = c.DeclareConflict(application=file, person=there.approver, interest="family", about="x")
    there.office.do(declared, by=there.approver)
    for _ in range(2):
        there.worked()
        there.another_worker().once()
    (said,) = there.by("machine:staffing", file)
    assert said.event == e.ShortageAnnounced(duties=("deciding",))
