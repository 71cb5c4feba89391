"""An application that was suspended goes on by machine once its day is over, each time it was suspended, and once."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from tests.acceptance.office import NOW
from tests.processes.waiting import Waiting, waiting


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def suspended(there: Waiting, file: str, until: date) -> None:
    there.office.do(c.SuspendApplication(application=file, reason="A flood", review_on=until), by=there.office.officer)


def resumed_by(there: Waiting, file: str) -> list[str]:
    return [one.header.actor for one in there.fund.ledger.stream(file) if isinstance(one.event, e.ApplicationResumed)]


def test_it_goes_on_by_itself_each_time_and_after_months_without_a_worker(there: Waiting) -> None:
    file, today = there.office.submitted(10_000_00), NOW.date()
    suspended(there, file, today + timedelta(days=3))
    for days, times in ((3, 0), (4, 1), (5, 1)):
        there.clock.moved_to(today + timedelta(days=days))
        there.worked()
        there.another_worker().once()
        assert len(resumed_by(there, file)) == times
    suspended(there, file, today + timedelta(days=8))
    there.clock.moved_to(today + timedelta(days=200))
    there.worked()
    there.another_worker().once()
    assert resumed_by(there, file) == ["machine:suspensions"] * 2
    found = there.file(file)
    assert found.stage is Stage.COMPLETENESS
    assert found.due
    assert found.due > there.clock.now
