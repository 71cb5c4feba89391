"""What time has brought is done in the order in which it was due, once, whoever else is at it and whatever ends in the middle of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from fund.border.opening import Fund, opened
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.event import Recorded
from fund.ledger.handler import Sources
from fund.processes.agenda import Timed, in_order
from tests.acceptance.office import NOW, seeded
from tests.processes.waiting import Clock, Waiting, waiting

TIMED = e.Woken | e.AwardReminded | e.AwardLapsed | e.ReportMissed | e.ClarificationReminded | e.ClarificationLapsed
LATER = date(2026, 2, 2)
"""After every day that anything here is due."""


def timed(minute: int, name: str) -> Timed:
    at = NOW + timedelta(minutes=minute)
    return Timed(at=at, name=name, command=c.WakeApplication(application=name), by="machine:x", of=name)


# ── The order ─────────────────────────────────────────────────────────────────


def test_the_oldest_comes_first_and_what_follows_takes_its_own_turn() -> None:
    late, early, between = timed(9, "late"), timed(1, "early"), timed(5, "between")
    follows = {"early": [between, early], "between": [timed(3, "older than what is left")]}
    ordered = in_order([late, early, late], lambda done: follows.get(done.name, []))
    assert [one.name for one in ordered] == ["early", "between", "older than what is left", "late"]


# ── After months in which nobody worked ───────────────────────────────────────


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def granted(there: Waiting, *, accepted: bool = False) -> str:
    there.given(10_000_00)
    file = there.office.awaiting_decision(10_000_00)
    there.decide(c.Approve(application=file, reasons=("It serves.",)))
    if accepted:
        there.office.do(c.AcceptAward(application=file), by=there.office.signatory)
    return file


def asked(there: Waiting) -> str:
    file = there.office.submitted(10_000_00)
    there.office.do(c.RequestClarification(application=file, question="Which quays?"), by=there.office.officer)
    return file


Turns = list[tuple[str, type[object]]]


def files_of_many_days(there: Waiting) -> tuple[Turns, Turns]:
    """Each with what happens to it, in the order in which that is due; begun in another order. Of what lapses: a reminder, then the end."""
    reporting, last, first, offered, question = (
        granted(there, accepted=True), there.put_off(date(2025, 5, 12)), there.put_off(date(2025, 4, 7)), granted(there), asked(there),
    )  # fmt: skip
    turns: Turns = [
        (question, e.ClarificationReminded), (offered, e.AwardReminded), (first, e.Woken), (last, e.Woken), (reporting, e.AwardReminded),
    ]  # fmt: skip
    return turns, [(question, e.ClarificationLapsed), (reporting, e.ReportMissed), (offered, e.AwardLapsed)]


def told(fund: Fund) -> Turns:
    return [(one.stream, type(one.event)) for one in by_time(fund)]


def by_time(fund: Fund) -> list[Recorded]:
    return [one for one in fund.ledger.read(0, 100_000) if isinstance(one.event, TIMED)]


def test_after_months_of_downtime_the_oldest_is_done_first(there: Waiting) -> None:
    expected, ends = files_of_many_days(there)
    there.clock.moved_to(LATER)
    there.worked()
    assert told(there.fund) == expected
    assert (there.worked(), there.another_worker().once()) == (0, 0)
    there.clock.moved_to(LATER + timedelta(days=20))
    there.worked()
    assert told(there.fund)[: len(expected) + 1] == [*expected, ends[0]]
    assert {*told(there.fund)[len(expected) :]} == {*ends}
    assert (len(told(there.fund)), there.worked(), there.another_worker().once()) == (len(expected) + len(ends), 0, 0)


def test_whoever_was_not_reminded_in_time_has_the_days_all_the_same_before_anything_lapses(there: Waiting) -> None:
    """Two working days of a question, and five of an offer: what the last reminder of each leaves. Monday 2 February is one."""
    (question, _), (offered, _), *_ = files_of_many_days(there)[0]
    there.clock.moved_to(LATER)
    there.worked()
    assert [there.file(file).due for file in (question, offered)] == [at(date(2026, 2, 4)), at(date(2026, 2, 9))]
    for day, due in ((date(2026, 2, 4), True), (date(2026, 2, 5), False)):
        there.clock.moved_to(day)
        there.worked()
        assert bool(there.file(question).open_clarifications) is due
    assert there.file(offered).stage is Stage.OFFER
    there.office.do(c.AcceptAward(application=offered), by=there.office.signatory)
    there.clock.moved_to(date(2026, 2, 10))
    there.worked()
    assert there.file(offered).stage is Stage.DELIVERY


def at(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def test_a_fault_in_one_files_clock_holds_up_no_other(there: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, _ = files_of_many_days(there)
    there.clock.moved_to(LATER)
    broken, programme_of = expected[1][0], there.fund.handler.programme_of

    def failing(state: Any) -> Any:
        if getattr(state, "id", "") == broken:
            raise KeyError("unexpected")
        return programme_of(state)

    monkeypatch.setattr(there.fund.handler, "programme_of", failing)
    there.worked()
    assert told(there.fund) == [one for one in expected if one[0] != broken]


# ── Never twice ───────────────────────────────────────────────────────────────


class Died(BaseException):
    """A process that ends where this is raised."""


def test_a_worker_that_ends_between_the_act_and_its_mark_has_acted_once(there: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commit is there and nobody was told of it, act after act; each time another worker begins anew."""
    (expected, _), append, ended = files_of_many_days(there), there.fund.ledger.append, 0
    there.clock.moved_to(LATER)

    def kept_and_not_answered(*given: Any, **more: Any) -> Any:
        append(*given, **more)
        raise Died

    while len(told(there.fund)) < len(expected):
        with monkeypatch.context() as dying:
            dying.setattr(there.fund.ledger, "append", kept_and_not_answered)
            with pytest.raises(Died):
                there.another_worker().once()
        ended += 1
    assert ended == len(expected)
    there.another_worker().once()
    assert (there.another_worker().once(), told(there.fund)) == (0, expected)


def test_two_workers_at_once_fire_each_timer_once(tmp_path: Path, database_url: str) -> None:
    """As two processes: each with its own connections, views and memory, on one ledger, through nine months day by day."""
    settings, clock = Settings(data=tmp_path, database_url=database_url), Clock()
    with opened(settings, Sources(clock, seeded(1)), specimen=True) as one, opened(settings, Sources(clock, seeded(2))) as another:
        there = Waiting(one, clock, None)
        turns, ends = files_of_many_days(there)
        expected = {*turns, *ends}
        start = Barrier(2)

        def work(fund: Fund) -> int:
            start.wait()
            return fund.worker.once()

        done = 0
        with ThreadPoolExecutor(2) as pool:
            for day in (
                date(2025, 3, 14), date(2025, 3, 24), date(2025, 4, 1), date(2025, 5, 20), date(2025, 11, 3), date(2025, 11, 30),
                date(2025, 12, 8),
            ):  # fmt: skip
                clock.moved_to(day)
                done += sum(pool.map(work, (one, another)))
        facts = by_time(one)
        assert expected <= {(fact.stream, type(fact.event)) for fact in facts}
        causes = [(fact.stream, fact.event) for fact in facts]
        assert all(causes.count(cause) == 1 for cause in causes)
        assert done >= len({fact.header.command_id for fact in facts}) == len(facts)
        assert datetime.combine(LATER, clock().timetz()) > clock()
