"""Nobody loses in silence what nobody spoke of: what lapses does so after its last reminder, and a fair time after that.

How long is fair the programme says with the days of its reminders: what the last one leaves. A reminder that comes too late to leave as
much, because no machine ran, says until when there is time instead. Until it was given nobody is late. Decision record 0036.
"""

from collections.abc import Sequence
from datetime import datetime

from fund.domain import calendar
from fund.domain.programme import Calendar


def passed(reminders: Sequence[datetime], now: datetime) -> int:
    """How many have come due. Of those that were missed the last counts for all."""
    return sum(now > instant for instant in reminders)


def is_late(due: datetime, reminders: Sequence[datetime], given: int, now: datetime) -> bool:
    """Past its day, and reminded of. given: how many of the reminders; without any to give, the day alone counts."""
    return given >= len(reminders) and now > due


def due_after(reminders: Sequence[datetime], given: int, due: datetime, now: datetime, days: Calendar) -> datetime:
    """Until when there is time once a reminder is given now, `given` with it: `due`, or later where that would not leave what is fair.

    The day of the reminder counts where it comes in time. days: of whoever is reminded.
    """
    if given < len(reminders):
        return due
    fair = max(1, calendar.working_days_between(reminders[-1], due, days))
    in_time = calendar.working_days_from(now, due, days) >= fair
    return due if in_time else calendar.due(now, fair, days)
