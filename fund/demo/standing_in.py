"""An approver is away: the role is lent from day to day, and what is done with it is done in both names."""

from datetime import timedelta

from fund.demo.cast import Cast, person
from fund.demo.stage import Stage
from fund.demo.story import File
from fund.domain import commands as c


def approved_by_a_deputy(file: File, stage: Stage, cast: Cast, *reasons: str) -> None:
    """The approver comes back a day early and takes the role back."""
    deputy = person(stage, "deputy", "Deputy of the approver")
    first = stage.clock.now.date()
    lend = c.DelegateRole(person=deputy, role="approver", first=first, last=first + timedelta(days=7), reason="On leave for a week")
    file.do("lend", lend, by=cast.approver)
    file.do("approve", c.Approve(application=file.id, reasons=reasons), by=deputy)
    stage.days(2)
    file.do("take-back", c.EndDelegation(person=deputy, number=1, reason="Back a day early"), by=cast.approver)
