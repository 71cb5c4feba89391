"""What the programme says of the life of an award is what its letter, its reminders and its due dates follow."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from tests.domain import world as w
from tests.domain.world import ALI, AMINA, FILE, OLGA, SUPPORT, TIMER
from tests.policy.bundled import AT, counted, under
from tests.policy.tracing import PROGRAMME, of

assert PROGRAMME.awards
RULE = PROGRAMME.awards
DAYS = PROGRAMME.calendars[PROGRAMME.track().calendar]
ISSUED = AT.date()
ISSUE = msgspec.structs.replace(w.ISSUE, issued_on=ISSUED)
PAST = AT - timedelta(days=1)
"""Until when a report was due that is given back."""
OWED = (
    w.APPROVED
    + w.did(TIMER, msgspec.structs.replace(w.OFFER, report_due=PAST))
    + w.did(AMINA, msgspec.structs.replace(w.TAKEN_ON, due=PAST))
)


def days(instant: datetime | None) -> int:
    """After the day of the letter, as a calendar counts them."""
    assert instant
    return (instant.astimezone(ZoneInfo(DAYS.timezone)).date() - ISSUED).days


def working(count: int) -> int:
    return (counted(AT, count, DAYS) - ISSUED).days


def letter() -> e.LetterIssued:
    issued = under(w.APPROVED).when(ISSUE, by=TIMER, at=AT).events[0]
    assert isinstance(issued, e.LetterIssued)
    return issued


def event(command: c.Command, by: str, history: w.History = OWED) -> e.Event | None:
    found = next(iter(under(history).when(command, by=by, at=AT).events), None)
    assert found is None or isinstance(found, e.Event)
    return found


def due(command: c.Command, by: str, history: w.History = OWED) -> int:
    found = event(command, by, history)
    return days(getattr(found, "due", None))


def accepted() -> e.AwardAccepted:
    offered = w.APPROVED + w.did(TIMER, letter())
    found = event(c.AcceptAward(application=FILE), AMINA, offered)
    assert isinstance(found, e.AwardAccepted)
    return found


def reported() -> w.History:
    return OWED + w.did(ALI, w.REPORT)


def suspended(more: int) -> e.Event | None:
    day = AT.astimezone(ZoneInfo(DAYS.timezone)).date() + timedelta(days=RULE.suspend_days + more)
    return event(c.SuspendAward(application=FILE, reason="x", review_on=day), OLGA)


TRACED: dict[str, Callable[[], bool]] = {
    "accept_days": lambda: days(letter().due) == working(RULE.accept_days),
    "accept_reminders": lambda: [days(one) for one in letter().reminders] == [working(count) for count in RULE.accept_reminders],
    "report_days": lambda: days(letter().report_due) == (SUPPORT.ends_on - ISSUED).days + RULE.report_days,
    "report_reminders": lambda: (
        [accepted().due - one for one in accepted().reminders] == [timedelta(days=n) for n in RULE.report_reminders]
    ),
    "again_days": lambda: due(c.ReturnReport(application=FILE, reason="x"), OLGA, reported()) == working(RULE.again_days),
    "close_days": lambda: due(c.HandInReport(application=FILE, report="x"), ALI) == working(RULE.close_days),
    "termination_days": lambda: due(c.AskTermination(application=FILE, reason="x"), OLGA) == working(RULE.termination_days),
    "suspend_days": lambda: suspended(0) is not None and suspended(1) is None,
}


@of("award")
def test_award(key: str) -> None:
    """An award is accepted, reported on, suspended and closed within so many days, counted one by one."""
    assert TRACED[key]()
