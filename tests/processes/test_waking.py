"""Files that wait after a decision are taken up again by the clock and by money: once each, in their turn, however long nobody worked."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.processes import waking as process
from tests.acceptance.office import NOW
from tests.processes.waiting import Waiting, waiting

DAY = date(2025, 4, 14)
"""Until when a decision is put off here."""


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def causes(there: Waiting) -> list[tuple[str, str]]:
    """Which files were taken up again, and why, in order."""
    return [(one.stream, one.event.cause) for one in there.by(process.ACTOR) if isinstance(one.event, e.Woken)]


def test_a_file_that_was_put_off_is_taken_up_on_its_day_and_once(there: Waiting) -> None:
    file = there.put_off(DAY)
    there.worked()
    there.clock.moved_to(DAY - timedelta(days=1))
    assert (there.worked(), causes(there)) == (0, [])
    there.clock.moved_to(DAY)
    assert (there.worked(), causes(there)) == (1, [(file, "date")])
    assert there.file(file).stage is Stage.PROPOSAL
    there.clock.moved_to(DAY + timedelta(days=3))
    assert (there.worked(), there.another_worker().once(), causes(there)) == (0, 0, [(file, "date")])


def test_what_came_due_while_no_worker_ran_is_done_in_one_go(there: Waiting) -> None:
    on_its_day, awaiting, listed = there.put_off(DAY), there.put_off(awaits="The council votes"), there.listed()
    there.clock.moved_to(date(2025, 12, 1))
    assert there.worked() == 3
    assert sorted(causes(there)) == sorted([(on_its_day, "date"), (awaiting, "review"), (listed, "review")])
    assert {there.file(file).stage for file in (on_its_day, awaiting, listed)} == {Stage.PROPOSAL}
    assert (there.worked(), there.another_worker().once()) == (0, 0)


def test_a_worker_that_starts_again_from_what_it_knew_before_does_nothing_twice(there: Waiting) -> None:
    """The cause is the command's id: another process that read the file before it was woken is told that it was done."""
    file = there.put_off(DAY)
    there.clock.moved_to(DAY)
    before = there.file(file)
    there.worked()
    head = there.fund.ledger.head()
    again = there.fund.handler.handle(process.command(before), by=process.ACTOR, command_id=process.command_id(before))
    assert (again.repeated, there.fund.ledger.head()) == (True, head)


def test_a_file_that_waits_a_second_time_is_woken_a_second_time(there: Waiting) -> None:
    file = there.put_off(DAY)
    there.clock.moved_to(DAY)
    there.worked()
    there.propose_again(file)
    there.decide(c.Defer(application=file, until=date(2025, 5, 12), reasons=("Not yet",), otherwise="The vote is late"))
    assert there.worked() == 0
    there.clock.moved_to(date(2025, 5, 12))
    there.worked()
    assert causes(there) == [(file, "date")] * 2
    assert len({one.header.command_id for one in there.by(process.ACTOR)}) == 2


def test_money_wakes_whoever_was_listed_first_and_nobody_behind_them(there: Waiting) -> None:
    first = there.listed()
    there.clock.moved_to(NOW.date() + timedelta(days=1))
    second = there.listed()
    assert there.worked() == 0
    there.given(10_000_00)
    assert there.worked() == 1
    assert causes(there) == [(first, "money")]
    assert (there.file(first).stage, there.file(second).stage) == (Stage.PROPOSAL, Stage.WAITING_LIST)
    assert there.file(first).reserved == there.office.envelope


def test_money_for_two_that_came_while_no_worker_ran_wakes_both_in_their_order(there: Waiting) -> None:
    first = there.listed()
    there.clock.moved_to(NOW.date() + timedelta(days=1))
    second = there.listed()
    there.given(20_000_00)
    there.clock.moved_to(NOW.date() + timedelta(days=10))
    assert there.worked() == 2
    assert causes(there) == [(first, "money"), (second, "money")]
    assert there.worked() == 0


def test_what_one_gives_back_wakes_the_next(there: Waiting) -> None:
    first = there.listed()
    there.clock.moved_to(NOW.date() + timedelta(days=1))
    second = there.listed()
    there.given(10_000_00)
    there.worked()
    there.office.do(c.WithdrawApplication(application=first, reason="Other plans"), by=there.office.signatory)
    letter = c.IssueLetter(application=first, issued_on=DAY, template="t", renderer="r", sha256="a" * 64, blob="c" * 64, size=1)
    there.clock.moved_to(DAY)
    there.office.do(letter, by="machine:letters")
    assert there.worked() == 1
    assert causes(there) == [(first, "money"), (second, "money")]


def test_too_little_money_wakes_nobody(there: Waiting) -> None:
    there.listed()
    there.given(9_998_99)
    assert (there.worked(), causes(there)) == (0, [])
    there.given(1)
    there.given(99)
    assert there.worked() == 1
