"""An application is counted by the days of the version in force, on a real ledger: its rules stay those of its own version."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fund.border.opening import Fund, opened
from fund.border.settings import Settings
from fund.documents.rendering import Renderer
from fund.domain import commands as c
from fund.domain.application import Application, Stage
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.streams import PROGRAMME
from fund.ledger.handler import Sources
from fund.projections.check import check
from tests.acceptance.office import NOW, Office, seeded
from tests.acceptance.test_programme_versions import ONE_ASSESSOR, VERSION, adopt, folder

CALENDAR = ("calendars.toml", 'version = "2026.1"', 'version = "2031.1"')
TEN_YEARS = ("calendars.toml", "covers = [2023-01-01, 2030-12-31]", "covers = [2023-01-01, 2040-12-31]")
ANNOUNCED = ("calendars.toml", "  2025-04-18,", "  2025-03-06,\n  2025-04-18,")
"""A day off in the week of these tests."""


class At:
    """A clock that tests set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def running(tmp_path: Path, programme: Path, clock: At, seed: int = 1) -> Iterator[Fund]:
    settings = Settings(data=tmp_path / "data", programme=programme)
    with opened(settings, Sources(clock, seeded(seed)), specimen=True) as fund:
        yield fund


def file_of(fund: Fund, id: str) -> Application:
    state = fund.handler.load(id).state
    assert isinstance(state, Application)
    return state


def refused(fund: Fund, command: c.Command, by: str) -> str:
    with pytest.raises(Refusal) as no:
        fund.handler.handle(command, by=by)
    return no.value.code


def test_an_application_goes_on_past_the_calendar_of_its_version_once_one_that_covers_more_is_adopted(tmp_path: Path) -> None:
    first = folder(tmp_path, "one")
    second = folder(tmp_path, "two", VERSION, CALENDAR, TEN_YEARS, ONE_ASSESSOR)
    clock = At(datetime(2030, 9, 16, 9, tzinfo=UTC))
    with running(tmp_path, first, clock) as fund:
        adopt(fund)
        office = Office(fund.handler, 10_000_00)
        file, leaving = office.submitted(1_000_00), office.submitted(1_000_00)
        office.do(c.ConfirmCompleteness(application=file), by=office.officer)
        told = file_of(fund, file).due
        clock.now = datetime(2031, 3, 3, 9, tzinfo=UTC)
        ask = c.RequestClarification(application=file, question="?")
        suspend = c.SuspendApplication(application=file, reason="A flood", review_on=date(2031, 3, 20))
        assert [refused(fund, one, office.officer) for one in (ask, suspend)] == ["calendar.not_covered"] * 2
        office.do(c.WithdrawApplication(application=leaving, reason="x"), by=office.signatory)
        gone = file_of(fund, leaving)
        assert (gone.stage, gone.due) == (Stage.LETTER, datetime(2031, 3, 3, 23, 59, 59, tzinfo=UTC))
    with running(tmp_path, second, clock, seed=2) as fund:
        assert refused(fund, suspend, office.officer) == "calendar.not_covered"
        adopt(fund)
        assert (file_of(fund, file).due, file_of(fund, file).calendar) == (told, "central/2026.1")
        fund.handler.handle(ask, by=office.officer)
        asked = file_of(fund, file).open_clarifications[0]
        assert (asked.due.year, asked.calendar) == (2031, "central/2031.1")
        fund.handler.handle(suspend, by=office.officer)
        clock.now = datetime(2031, 3, 21, 9, tzinfo=UTC)
        fund.worker.once()
        after = file_of(fund, file)
        assert (after.stage, after.calendar, after.policy) == (Stage.ELIGIBILITY, "central/2031.1", "2023-2025.1")
        own = fund.handler.programme_of(after)
        assert (own.version, own.track().assessors, fund.programme.track().assessors) == ("2023-2025.1", 2, 1)
        assert fund.worker.failing == ()
        assert check(fund.ledger, fund.views, fund.keys, fund.handler.programmes).differences == ()


def test_a_day_off_that_is_announced_reaches_an_open_application_and_what_was_told_stands(tmp_path: Path) -> None:
    first, second = folder(tmp_path, "one"), folder(tmp_path, "two", VERSION, CALENDAR, ANNOUNCED)
    clock = At(NOW)
    with running(tmp_path, first, clock) as fund:
        adopt(fund)
        office = Office(fund.handler, 10_000_00)
        one, other = office.submitted(1_000_00), office.submitted(1_000_00)
        office.do(c.ConfirmCompleteness(application=one), by=office.officer)
        told = file_of(fund, one).due
    with running(tmp_path, second, clock, seed=2) as fund:
        adopt(fund)
        fund.handler.handle(c.ConfirmCompleteness(application=other), by=office.officer)
        later = file_of(fund, other)
        assert file_of(fund, one).due == told
        assert told
        assert later.due
        assert later.due > told
        assert later.calendar == "central/2031.1"


def test_a_letter_renders_again_by_the_days_that_it_was_written_with(tmp_path: Path) -> None:
    first, second = folder(tmp_path, "one"), folder(tmp_path, "two", VERSION, CALENDAR, ANNOUNCED)
    clock = At(NOW)
    with running(tmp_path, first, clock) as fund:
        adopt(fund)
        file = approved(Office(fund.handler, 10_000_00))
        before = file_of(fund, file)
        fund.letters.issue(before)
    with running(tmp_path, second, clock, seed=2) as fund:
        adopt(fund)
        issued = file_of(fund, file)
        assert issued.letter
        assert fund.letters.rendered(before, issued.letter.issued_on, issued.letter.numbered_at) == fund.letters.opened(issued)
        assert fund.letters.rendered(before, issued.letter.issued_on, 99) != fund.letters.opened(issued)


def test_a_letter_that_another_version_overtakes_is_written_anew_and_tells_what_its_fact_records(tmp_path: Path) -> None:
    first, second = folder(tmp_path, "one"), folder(tmp_path, "two", VERSION, CALENDAR, ANNOUNCED)
    clock = At(NOW)
    with running(tmp_path, first, clock) as fund:
        adopt(fund)
        file = approved(Office(fund.handler, 10_000_00))
    with running(tmp_path, second, clock, seed=2) as fund:

        class Slow(Renderer):
            """While it prints its first page, two people adopt what was proposed."""

            def render(self, html: str, timeout: float = 20.0, stylesheet: str = "letter.css") -> bytes:
                if fund.handler.current == "2023-2025.1":
                    adopt(fund)
                return super().render(html, timeout, stylesheet)

        with Slow() as slow:
            fund.letters.renderer = slow
            fund.letters.issue(file_of(fund, file))
        issued = file_of(fund, file)
        assert issued.letter
        assert issued.calendar == "central/2031.1"
        assert issued.letter.numbered_at == fund.handler.load(PROGRAMME).version


def approved(office: Office) -> str:
    file = office.awaiting_decision(1_000_00)
    office.do(c.Approve(application=file, reasons=("It serves the priority.",)), by=office.person(Role.APPROVER))
    return file
