"""Whoever was asked to sign the safeguards is reminded by machine while there is time, and once, whichever worker comes first."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from fund.domain import commands as c
from fund.domain import events as e
from tests.acceptance.office import NOW
from tests.processes.waiting import Waiting, waiting


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


def asked_to_sign(there: Waiting) -> tuple[str, date]:
    """A file whose level waits for two signatures of the central team, and the day on which they are due."""
    file, office = there.office.submitted(10_000_00), there.office
    lessened = c.Mitigation(text="Names stay with the school", owner="School office", due_on=NOW.date() + timedelta(days=90))
    office.do(c.RecordSafeguards(application=file, level="amber", reason="x", mitigations=(lessened,)), by=office.officer)
    screen = there.file(file).screen
    assert screen
    return file, screen.signatures[0].asked.due.date()


def test_the_central_team_where_no_hub_is_open_is_reminded_once_of_both_signatures_before_they_are_due(tmp_path: Path) -> None:
    with waiting(tmp_path) as there:
        file, due = asked_to_sign(there)
        # A Monday: two working days before it are left once Thursday is over.
        for day, times in ((due - timedelta(days=4), 0), (due - timedelta(days=3), 1), (due, 1), (due + timedelta(days=1), 1)):
            there.clock.moved_to(day)
            there.worked()
            there.another_worker().once()
            assert len(there.by("machine:reminders-of-safeguards", file)) == times
        (reminded,) = there.by("machine:reminders-of-safeguards", file)
        assert reminded.event == e.SafeguardsReminded(about="signature", hub=None, due=end_of(due))


def test_who_was_reminded_is_not_again_where_a_file_stood_still_on_a_day_off_and_nothing_is_due_later_for_it(tmp_path: Path) -> None:
    with waiting(tmp_path) as there:
        file, due = asked_to_sign(there)
        office = there.office
        there.clock.moved_to(due - timedelta(days=3))
        there.worked()
        there.clock.moved_to(due - timedelta(days=2))
        office.do(c.SuspendApplication(application=file, reason="A flood", review_on=due + timedelta(days=1)), by=office.officer)
        office.do(c.ResumeApplication(application=file, reason="The water is gone"), by=office.officer)
        there.worked()
        screen = there.file(file).screen
        assert screen
        assert [(one.asked.due, one.reminded) for one in screen.signatures] == [(end_of(due), True)] * 2
        assert len(there.by("machine:reminders-of-safeguards", file)) == 1
