"""Nobody waits for people who are not there: it is announced once that nobody is left to answer an appeal or an error, or to be drawn."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.facts import Role
from tests.processes.waiting import Waiting, waiting

ACTOR = "machine:staffing"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def announced(there: Waiting, file: str) -> list[tuple[str, ...]]:
    """However often machines look."""
    for _ in range(2):
        there.worked()
        there.another_worker().once()
    return [one.event.duties for one in there.by(ACTOR, file) if isinstance(one.event, e.ShortageAnnounced)]


def refused(there: Waiting) -> str:
    """By the one approver there is, on a proposal of the one officer."""
    file = there.office.awaiting_decision(10_000_00)
    there.worked()
    there.decide(
        c.Decline(application=file, reasons=("Nobody is affected.",), what_would_change=("Say who is.",), otherwise="The register says so")
    )
    return file


def lodge(there: Waiting, file: str) -> None:
    there.office.do(c.LodgeAppeal(application=file, grounds="We are."), by=there.office.signatory)


def test_an_appeal_that_nobody_without_a_hand_can_hear_is_lodged_and_announced_once(there: Waiting) -> None:
    file = refused(there)
    before = announced(there, file)
    lodge(there, file)
    assert announced(there, file) == [*before, ("hearing",)]
    assert there.file(file).stage is Stage.APPEAL_LODGED
    outsider = there.office.person(Role.APPROVER)
    there.office.do(c.AdmitAppeal(application=file), by=outsider)
    assert announced(there, file) == [*before, ("hearing",)]
    declared = c.DeclareConflict(application=file, person=outsider, interest="family", about="x")
    there.office.do(declared, by=outsider)
    assert announced(there, file) == [*before, ("hearing",), ("hearing",)], "and again once the one who could is kept out"


def test_nothing_is_announced_where_somebody_can_hear_it(there: Waiting) -> None:
    file = refused(there)
    there.office.person(Role.APPROVER)
    before = announced(there, file)
    lodge(there, file)
    assert announced(there, file) == before


def test_an_error_that_nobody_without_a_hand_can_look_at_is_announced_once(there: Waiting) -> None:
    file = refused(there)
    before = announced(there, file)
    named = c.AskCorrection(application=file, reason=1, instead="We are.")
    there.office.do(named, by=there.office.signatory)
    assert announced(there, file) == [*before, ("correcting",)]
    there.office.do(c.RefuseCorrection(application=file, reasons=("They are not.",)), by=there.office.person(Role.OFFICER))
    lodge(there, file)
    there.office.person(Role.APPROVER)
    assert announced(there, file) == [*before, ("correcting",)]


def test_a_lot_that_finds_nobody_once_all_assessors_lapsed_is_announced_and_drawn_when_others_come(there: Waiting) -> None:
    file = there.office.eligible(10_000_00)
    there.office.person(Role.OFFICER)
    before = announced(there, file)
    silent = there.file(file).assessors
    there.clock.moved_to(max(there.file(file).assessors_due.values()).date() + timedelta(days=1))
    (*same, said) = announced(there, file)
    assert (same, there.file(file).assessors, there.file(file).released) == (before, (), silent)
    assert "assessing" in said
    others = {there.office.person(Role.ASSESSOR) for _ in silent}
    there.worked()
    assert set(there.file(file).assessors) == others
