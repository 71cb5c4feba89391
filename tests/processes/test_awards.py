"""The machines of awards: a city is reminded, an offer lapses, a report is overdue; each once, and after a time in which none ran."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.registers import City, Envelope
from tests.acceptance.office import NOW
from tests.processes.waiting import Waiting, waiting

ACCEPT_BY, REPORT_BY = date(2025, 3, 31), date(2025, 11, 29)
"""Twenty working days after Monday 3 March, and sixty days after the end of September."""
TOLD = e.AwardReminded | e.AwardLapsed | e.ReportMissed


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        there.given(20_000_00)
        yield there


def granted(there: Waiting, *, accepted: bool = False) -> str:
    file = there.office.awaiting_decision(10_000_00)
    there.decide(c.Approve(application=file, reasons=("It serves.",)))
    if accepted:
        there.office.do(c.AcceptAward(application=file), by=there.office.signatory)
    there.worked()
    return file


def told(there: Waiting, file: str) -> list[tuple[str, int]]:
    facts = (one.event for one in there.fund.ledger.stream(file))
    return [(type(one).__name__, getattr(one, "reminder", 0)) for one in facts if isinstance(one, TOLD)]


def test_an_offer_is_reminded_twice_and_lapses_with_its_money_free(there: Waiting) -> None:
    file = granted(there)
    for day in range(1, 40):
        there.clock.moved_to(NOW.date() + timedelta(days=day))
        there.worked()
        there.another_worker().once()
    assert told(there, file) == [("AwardReminded", 1), ("AwardReminded", 2), ("AwardLapsed", 0)]
    assert there.file(file).stage is Stage.CLOSED
    envelope = there.fund.handler.load(there.office.envelope).state
    assert isinstance(envelope, Envelope)
    assert (envelope.committed, envelope.balance) == (0, 20_001_00)


def test_after_months_without_a_worker_a_city_is_reminded_once_and_then_has_its_time(there: Waiting) -> None:
    silent, accepted = granted(there), granted(there, accepted=True)
    for day in (date(2026, 2, 2), date(2026, 2, 9)):
        there.clock.moved_to(day)
        there.worked()
        assert (told(there, silent), told(there, accepted)) == ([("AwardReminded", 2)], [("AwardReminded", 2)])
    there.clock.moved_to(date(2026, 2, 10))
    assert there.worked() == 2
    assert (there.worked(), there.another_worker().once()) == (0, 0)
    assert told(there, silent)[1:] == [("AwardLapsed", 0)]
    assert told(there, accepted)[1:] == [("ReportMissed", 0)]
    city = there.fund.handler.load(there.office.city).state
    assert isinstance(city, City)
    assert {one.application: (one.missed, one.ending) for one in city.awards} == {silent: (False, "lapsed"), accepted: (True, None)}


def test_a_report_is_reminded_of_and_overdue_on_the_day_after_its_last(there: Waiting) -> None:
    file = granted(there, accepted=True)
    for day in (REPORT_BY - timedelta(days=29), REPORT_BY - timedelta(days=6), REPORT_BY, REPORT_BY + timedelta(days=1)):
        there.clock.moved_to(day)
        there.worked()
    assert told(there, file) == [("AwardReminded", 1), ("AwardReminded", 2), ("ReportMissed", 0)]
    there.office.do(c.HandInReport(application=file, report="Two workshops were held"), by=there.office.signatory)
    assert (there.worked(), there.file(file).stage) == (0, Stage.REPORTED)


def test_a_second_report_that_is_missed_is_another_cause(there: Waiting) -> None:
    file = granted(there, accepted=True)
    there.clock.moved_to(REPORT_BY - timedelta(days=6))
    there.worked()
    for day, command, by in (
        (REPORT_BY + timedelta(days=2), c.HandInReport(application=file, report="x"), there.office.signatory),
        (REPORT_BY + timedelta(days=3), c.ReturnReport(application=file, reason="Who took part?"), there.office.officer),
    ):
        there.clock.moved_to(day)
        there.worked()
        there.office.do(command, by=by)
    for days in (60, 80):
        there.clock.moved_to(REPORT_BY + timedelta(days=days))
        there.worked()
    assert [name for name, _ in told(there, file)].count("ReportMissed") == 2
    assert there.worked() == 0


def test_a_report_that_came_back_in_time_is_reminded_of_once_more_and_not_of_what_was_said_before(there: Waiting) -> None:
    """Its day stays the same, and so does what the city was told of it."""
    file, office = granted(there, accepted=True), there.office
    for days, command, by in (
        (29, None, ""),
        (26, c.HandInReport(application=file, report="x"), office.signatory),
        (25, c.ReturnReport(application=file, reason="Who took part?"), office.officer),
        (24, None, ""),
        (6, None, ""),
        (0, None, ""),
    ):
        there.clock.moved_to(REPORT_BY - timedelta(days=days))
        if command:
            office.do(command, by=by)
        there.worked()
    assert told(there, file) == [("AwardReminded", 1), ("AwardReminded", 2)]
    award = there.file(file).award
    assert award
    assert (award.report_due.date(), award.reminded) == (REPORT_BY, 2)


def test_a_city_is_reminded_anew_of_a_report_whose_day_moved_while_the_end_of_its_award_was_asked_for(there: Waiting) -> None:
    """Each award twice: its old day passes while it is asked for, and the new one is watched as any other."""
    file, approver = granted(there, accepted=True), there.approver
    for day, command, by in (
        (REPORT_BY - timedelta(days=29), None, ""),
        (REPORT_BY - timedelta(days=9), c.AskTermination(application=file, reason="x"), there.office.officer),
        (REPORT_BY + timedelta(days=2), c.RefuseTermination(application=file, reason="x"), approver),
        (REPORT_BY + timedelta(days=5), None, ""),
        (REPORT_BY + timedelta(days=11), None, ""),
        (REPORT_BY + timedelta(days=12), None, ""),
    ):
        there.clock.moved_to(day)
        there.worked()
        if command:
            there.office.do(command, by=by)
            there.worked()
    assert told(there, file) == [("AwardReminded", 1), ("AwardReminded", 1), ("AwardReminded", 2), ("ReportMissed", 0)]
