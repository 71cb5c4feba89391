"""What a city does not submit is reminded of and lapses by machine, each once, and never without the whole time after the reminder."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from tests.acceptance.office import NOW
from tests.processes.waiting import Waiting, waiting

TOLD = e.DraftReminded | e.Lapsed | e.LetterIssued


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def left_lying(there: Waiting) -> str:
    file = there.office.submitted(10_000_00)
    back = c.ReturnForCompletion(application=file, sections=("need",), reason="Say who is affected")
    there.office.do(back, by=there.office.officer)
    return file


def told(there: Waiting, file: str) -> list[str]:
    return [type(one.event).__name__ for one in there.fund.ledger.stream(file) if isinstance(one.event, TOLD)]


def test_an_application_that_came_back_and_was_left_lying_lapses_a_month_after_its_reminder(there: Waiting) -> None:
    file = left_lying(there)
    seen: dict[str, int] = {}
    for day in range(1, 50):
        there.clock.moved_to(NOW.date() + timedelta(days=day))
        there.worked()
        there.another_worker().once()
        seen = dict.fromkeys(told(there, file), day) | seen
    # Ten working days to complete it from Monday 3 March, and twenty from Tuesday 18 March.
    assert told(there, file) == ["DraftReminded", "Lapsed", "LetterIssued"]
    assert (seen["DraftReminded"], seen["Lapsed"], seen["LetterIssued"]) == (15, 44, 44)
    assert there.file(file).stage is Stage.CLOSED


def test_after_a_year_without_a_worker_the_reminder_comes_first_and_the_city_has_its_time(there: Waiting) -> None:
    file = left_lying(there)
    there.clock.moved_to(date(2026, 3, 2))
    there.worked()
    there.another_worker().once()
    assert (told(there, file), there.file(file).stage) == (["DraftReminded"], Stage.DRAFT)
