"""Letters that nobody opens count as delivered by the clock: once each, also of closed files, however long nobody worked."""

from datetime import date, timedelta
from pathlib import Path

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from tests.acceptance.office import NOW
from tests.processes.waiting import waiting


def test_an_unopened_letter_of_a_closed_file_is_counted_once_after_its_days(tmp_path: Path) -> None:
    with waiting(tmp_path) as there:
        file = there.office.submitted(10_000_00)
        there.office.do(c.WithdrawApplication(application=file, reason="Other plans"), by=there.office.signatory)
        letter = c.IssueLetter(application=file, issued_on=NOW.date(), template="t", renderer="r", sha256="a" * 64, blob="c" * 64, size=1)
        there.office.do(letter, by="machine:letters")
        assert there.file(file).stage is Stage.CLOSED
        rules = there.fund.programme.track().appeals
        assert rules
        there.clock.moved_to(NOW.date() + timedelta(days=rules.deemed_days))
        assert there.worked() == 0
        there.clock.moved_to(date(2025, 12, 1))
        assert (there.worked(), there.worked(), there.another_worker().once()) == (1, 0, 0)
        (counted,) = there.by("machine:deliveries")
        assert isinstance(counted.event, e.LetterDeemedDelivered)
        assert (counted.stream, counted.event.appeal_until) == (file, None)
