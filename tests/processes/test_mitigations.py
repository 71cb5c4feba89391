"""What lessens a risk and the looks at an award are watched by machine: reminded of, overdue, looked at again; each once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Event
from fund.projections.work_queue import MITIGATION, SCREENING, of_file
from tests.acceptance.office import NOW
from tests.processes.waiting import Waiting, waiting

DUE = NOW.date() + timedelta(days=42)
"""A Monday."""
WATCHED = e.MitigationReminded | e.MitigationMissed | e.ScreeningAsked


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        there.given(20_000_00)
        yield there


def looked_at(there: Waiting) -> str:
    """An award under way whose level is green, with something that the central team sees to all the same."""
    file = there.office.awaiting_decision(10_000_00)
    there.decide(c.Approve(application=file, reasons=("It serves.",)))
    there.office.do(c.AcceptAward(application=file), by=there.office.signatory)
    lessened = (c.Mitigation(text="Lists of names are shredded", owner="Programme office", due_on=DUE),)
    there.office.do(c.ScreenAward(application=file, level="green", reason="x", mitigations=lessened), by=there.office.officer)
    return file


def watched(there: Waiting, file: str) -> list[type[Event]]:
    return [type(one.event) for one in there.fund.ledger.stream(file) if isinstance(one.event, WATCHED)]


def queue(there: Waiting, file: str) -> set[str]:
    with there.fund.views.reading() as reading:
        return {task.what for task in of_file(reading, file) if task.owner == "officer"}


def test_whoever_owes_it_is_reminded_two_working_days_ahead_and_then_it_is_overdue(there: Waiting) -> None:
    file = looked_at(there)
    assert DUE.weekday() == 0
    for days, expected in (
        (-4, []),
        (-3, [e.MitigationReminded]),
        (0, [e.MitigationReminded]),
        (1, [e.MitigationReminded, e.MitigationMissed]),
        (2, [e.MitigationReminded, e.MitigationMissed]),
    ):
        there.clock.moved_to(DUE + timedelta(days=days))
        there.worked()
        there.another_worker().once()
        assert watched(there, file) == expected
        assert MITIGATION in queue(there, file)
    there.office.do(c.RecordMitigationDone(application=file, number=1, done="Shredded"), by=there.office.officer)
    there.worked()
    assert MITIGATION not in queue(there, file)


def test_after_weeks_without_a_worker_nobody_is_reminded_of_what_is_overdue(there: Waiting) -> None:
    file = looked_at(there)
    there.clock.moved_to(DUE + timedelta(days=30))
    there.worked()
    there.another_worker().once()
    assert watched(there, file) == [e.MitigationMissed]


def test_officers_are_asked_to_look_again_once_the_last_look_is_too_old(there: Waiting) -> None:
    file = looked_at(there)
    screen = there.file(file).screen
    assert screen
    assert screen.recorded.valid_until
    last = screen.recorded.valid_until.date()
    for day, asked in ((last, 0), (last + timedelta(days=1), 1), (last + timedelta(days=9), 1)):
        there.clock.moved_to(day)
        there.worked()
        there.another_worker().once()
        assert watched(there, file).count(e.ScreeningAsked) == asked
        assert (SCREENING in queue(there, file)) == bool(asked)
    there.office.do(c.ScreenAward(application=file, level="green", reason="Nothing has changed"), by=there.office.officer)
    there.worked()
    assert SCREENING not in queue(there, file)
