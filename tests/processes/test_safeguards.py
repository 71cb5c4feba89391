"""Whoever was asked to sign the safeguards is reminded by machine while there is time, and once, whichever worker comes first."""

from datetime import timedelta
from pathlib import Path

from fund.domain import commands as c
from fund.domain import events as e
from tests.acceptance.office import NOW
from tests.processes.waiting import waiting


def test_the_central_team_where_no_hub_is_open_is_reminded_once_of_both_signatures_before_they_are_due(tmp_path: Path) -> None:
    with waiting(tmp_path) as there:
        file, office = there.office.submitted(10_000_00), there.office
        lessened = c.Mitigation(text="Names stay with the school", owner="School office", due_on=NOW.date() + timedelta(days=90))
        office.do(c.RecordSafeguards(application=file, level="amber", reason="x", mitigations=(lessened,)), by=office.officer)
        screen = there.file(file).screen
        assert screen
        due = screen.signatures[0].asked.due.date()
        # A Monday: two working days before it are left once Thursday is over.
        for day, times in ((due - timedelta(days=4), 0), (due - timedelta(days=3), 1), (due, 1), (due + timedelta(days=1), 1)):
            there.clock.moved_to(day)
            there.worked()
            there.another_worker().once()
            assert len(there.by("machine:reminders-of-safeguards", file)) == times
        (reminded,) = there.by("machine:reminders-of-safeguards", file)
        assert reminded.event == e.SafeguardsReminded(about="signature", hub=None, due=screen.signatures[0].asked.due)
