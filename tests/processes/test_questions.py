"""The machines that remind a city and give a question up: each once, by any number of workers, and after a time in which none ran."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fund.border.opening import Fund, open_fund
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Actor
from fund.ledger.handler import Sources
from fund.processes.worker import Worker
from fund.projections import work_queue
from tests.acceptance.office import NOW, Office, seeded


class Moved:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Moved:
    return Moved()


@pytest.fixture
def fund(tmp_path: Path, clock: Moved) -> Iterator[Fund]:
    fund = open_fund(Settings(data=tmp_path), Sources(clock, seeded(7)), specimen=True)
    yield fund
    fund.close()


def asked(fund: Fund) -> str:
    """A file with one open question, asked on Monday 3 March 2025: answered by the 17th, reminded after the 10th and the 13th."""
    office = Office(fund.handler, 10_000_00)
    file = office.submitted(1_000_00)
    office.do(c.RequestClarification(application=file, question="Which wells?"), by=office.officer)
    return file


def state(fund: Fund, file: str) -> Application:
    found = fund.handler.load(file).state
    assert isinstance(found, Application)
    return found


def told(fund: Fund, file: str) -> list[e.Event]:
    kinds = e.ClarificationReminded | e.ClarificationLapsed
    return [one.event for one in fund.ledger.stream(file) if isinstance(one.event, kinds)]


def lived(fund: Fund, clock: Moved, days: tuple[int, ...]) -> None:
    for day in days:
        clock.now = NOW + timedelta(days=day)
        fund.worker.once()


def test_a_city_is_reminded_twice_and_then_the_question_lapses_each_once(fund: Fund, clock: Moved) -> None:
    file = asked(fund)
    lived(fund, clock, tuple(range(20)))
    first, second, third = told(fund, file)
    assert [getattr(one, "reminder", None) for one in (first, second)] == [1, 2]
    assert isinstance(third, e.ClarificationLapsed)
    assert {one.header.actor for one in fund.ledger.stream(file) if one.event in (first, second, third)} == {
        "machine:reminders",
        "machine:clarifications",
    }
    assert fund.worker.once() == 0


def test_days_without_a_machine_change_no_date_once_a_city_was_reminded(fund: Fund, clock: Moved, tmp_path: Path) -> None:
    """The question stopped the clock until its answer was due, whether a machine said so the day after or weeks later."""
    late = asked(fund)
    lived(fund, clock, (11, 60))
    in_time = Moved()
    other = open_fund(Settings(data=tmp_path / "other"), Sources(in_time, seeded(7)), specimen=True)
    try:
        prompt = asked(other)
        lived(other, in_time, tuple(range(20)))
        lapsed = [
            next(one for one in told(where, file) if isinstance(one, e.ClarificationLapsed))
            for where, file in ((fund, late), (other, prompt))
        ]
        assert lapsed[0] == lapsed[1]
        assert lapsed[0].answer_due == datetime(2025, 3, 17, 23, 59, 59, tzinfo=UTC)
        # Three working days of completeness, of which none had run.
        assert state(fund, late).due == state(other, prompt).due == datetime(2025, 3, 20, 23, 59, 59, tzinfo=UTC)
    finally:
        other.close()


def test_of_reminders_that_were_missed_one_is_given_and_leaves_the_time_that_the_last_should(fund: Fund, clock: Moved) -> None:
    file = asked(fund)
    lived(fund, clock, (11,))
    (only,) = told(fund, file)
    assert isinstance(only, e.ClarificationReminded)
    assert (only.reminder, only.due, only.instead_of) == (2, datetime(2025, 3, 17, 23, 59, 59, tzinfo=UTC), None)
    other = asked(fund)
    lived(fund, clock, (91, 92, 93))
    (late,) = told(fund, other)
    assert isinstance(late, e.ClarificationReminded)
    # Monday 2 June; what was due at the end of March has the Tuesday and the Wednesday.
    assert (late.reminder, late.due) == (2, datetime(2025, 6, 4, 22, 59, 59, tzinfo=UTC))
    assert state(fund, other).due == late.due
    lived(fund, clock, (94, 95))
    assert [type(one) for one in told(fund, other)] == [e.ClarificationReminded, e.ClarificationLapsed]
    assert state(fund, other).due == datetime(2025, 6, 9, 22, 59, 59, tzinfo=UTC)


def test_two_workers_do_it_once(fund: Fund, clock: Moved) -> None:
    file = asked(fund)
    second = Worker(fund.handler, fund.runner, fund.views, lambda: fund.letters)
    for day in range(20):
        clock.now = NOW + timedelta(days=day)
        for worker in (fund.worker, second, fund.worker):
            worker.once()
    assert [type(one) for one in told(fund, file)] == [e.ClarificationReminded, e.ClarificationReminded, e.ClarificationLapsed]


def test_what_is_answered_is_neither_reminded_of_nor_lapses(fund: Fund, clock: Moved) -> None:
    file = asked(fund)
    signatory = next(person for duty, person in state(fund, file).hands if duty == "drafting")
    fund.handler.handle(c.AnswerClarification(application=file, number=1, answer="The four in the east"), by=signatory)
    lived(fund, clock, tuple(range(20)))
    assert told(fund, file) == []


def test_while_a_question_is_open_the_file_waits_for_the_city_and_its_own_step_has_no_date(fund: Fund, clock: Moved) -> None:
    file = asked(fund)
    fund.worker.once()
    with fund.views.reading() as reading:
        waiting = {(one.owner, one.what): (one.due, one.stopped) for one in work_queue.of_file(reading, file)}
        city = state(fund, file).city
        (theirs,) = work_queue.for_actor(reading, Actor(id="person-x"), (city,))
    due = datetime(2025, 3, 17, 23, 59, 59, tzinfo=UTC)
    assert waiting == {
        ("representative", "clarification"): (due, False),
        ("machine", "clarification"): (due, False),
        ("officer", "completeness"): (None, True),
    }
    assert (theirs.what, theirs.due) == ("clarification", due)
    lived(fund, clock, (11, 16))
    with fund.views.reading() as reading:
        (after,) = work_queue.of_file(reading, file)
    assert (after.owner, after.due, after.stopped) == ("officer", datetime(2025, 3, 20, 23, 59, 59, tzinfo=UTC), False)
