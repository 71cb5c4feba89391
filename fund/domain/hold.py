"""Rules of an application that is suspended before it is decided: until a day, for a reason that its city is told, and then on again.

It goes back to the step it came from, with as many working days as it had left: the day on which it was suspended and those of
its absence do not count, and there is always one day more. Where a conflict that was declared meanwhile has an earlier step done again, it
goes back to that one, with all of its days. The same holds for the opinions, the help and the signatures that are still
owed, by the days of those who owe them, and for assessments, for all of one file until the last of them; experts and peers have the whole
time to answer again. A file of a round is never suspended: the others would wait for it. Decision record 0031.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from fund.domain import calendar, clock, signature
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Held, HubOpinion
from fund.domain.event import Event
from fund.domain.facts import Facts, Role
from fund.domain.programme import Calendar
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something


def may_suspend(file: Application, facts: Facts) -> None:
    if file.round:
        raise Refusal("suspension.in_round")


def suspend(file: Application, command: c.SuspendApplication, facts: Facts) -> tuple[Event, ...]:
    """Until a day to come, and no longer than a decision is ever put off."""
    days = facts.days(file)
    latest, _ = facts.due("deferral", file)
    if not facts.today < command.review_on <= calendar.local_day(latest, days):
        raise Refusal("suspension.out_of_range", field="review_on", latest=latest)
    return (
        e.ApplicationSuspended(
            stage=file.stage.value,  # type: ignore[arg-type]  # one of those that the row names
            reason=command.reason,
            review_on=command.review_on,
            left=_days_left(file, facts),
            due=calendar.end_of_day(command.review_on, days),
            calendar=days.stamp,
        ),
    )


def may_resume(file: Application, facts: Facts) -> None:
    """An officer for a reason; a machine once the day is over, which is a pure fact."""
    if _is_machine(facts) and (file.due is None or facts.now <= file.due):
        raise Refusal("suspension.not_yet", due=file.due)


def resume(file: Application, command: c.ResumeApplication, facts: Facts) -> tuple[Event, ...]:
    held = file.held
    assert held, "a file on hold was suspended"
    if not _is_machine(facts) and not says_something(command.reason):
        raise Refusal("text.empty", field="reason")
    due, days = _due(file, held, facts)
    help_due, help_remind_at = _help_due(file, held.at, facts)
    return (
        e.ApplicationResumed(
            stage=held.stage.value,  # type: ignore[arg-type]  # where it was, or a step before that
            reason=command.reason,
            due=due,
            calendar=days,
            opinions=tuple(_opinion_due(asked, held.at, file, facts) for asked in file.open_opinions),
            help_due=help_due,
            help_remind_at=help_remind_at,
            invitations_due=_invitations_due(file, facts),
            assessors_due=_assessors_due(file, held.at, facts),
        ),
        *_signatures(file, held.at, facts),
    )


def _due(file: Application, held: Held, facts: Facts) -> tuple[datetime, str]:
    """By the days that its step had left; a step that is done again because of a conflict has all of its own."""
    if held.back_to:
        return facts.due(held.back_to.value, file)
    days = facts.days(file)
    return calendar.due(facts.now, held.suspended.left, days), days.stamp


def _days_left(file: Application, facts: Facts) -> int:
    """Of the step, as its clock shows them before today."""
    shown = clock.clock(file, facts.now, facts.days(file))
    if shown is None:
        return 1
    today_ran = any(day.state == "runs" for day in shown.days[-1:])
    return max(1, shown.allowed - shown.running + today_ran)


def _left(due: datetime, suspended_at: datetime, days: Calendar) -> int:
    """Working days until it was due, the day of suspension among them; one where it was overdue."""
    return max(1, calendar.working_days_from(suspended_at, due, days))


def _opinion_due(asked: HubOpinion, suspended_at: datetime, file: Application, facts: Facts) -> e.OpinionDue:
    own = facts.days_of_hub(asked.hub, file)
    due = _later(asked.due, suspended_at, facts.now, own)
    remind_at = calendar.reminder_later(asked.remind_at, asked.due, due, own)
    return e.OpinionDue(hub=asked.hub, due=due, calendar=own.stamp, remind_at=remind_at)


def _help_due(file: Application, suspended_at: datetime, facts: Facts) -> tuple[datetime | None, datetime | None]:
    """By when, and when whoever owes it is reminded."""
    help = file.safeguard_help
    if help is None or not help.is_open:
        return None, None
    own = facts.days_of_hub(help.hub, file)
    due = _later(help.due, suspended_at, facts.now, own)
    return due, calendar.reminder_later(help.remind_at, help.due, due, own)


def _signatures(file: Application, suspended_at: datetime, facts: Facts) -> tuple[e.SignatureAsked, ...]:
    """Asked again until a later day, in facts of their own: cities read that the application goes on, and nothing of its level."""
    waiting = ((one.asked, facts.days_of_hub(one.asked.hub, file)) for one in signature.to_sign(file))
    return tuple(_until(asked, _later(asked.due, suspended_at, facts.now, own), own) for asked, own in waiting)


def _until(asked: e.SignatureAsked, due: datetime, days: Calendar) -> e.SignatureAsked:
    """As long before it reminded as before."""
    remind_at = calendar.reminder_later(asked.remind_at, asked.due, due, days)
    return msgspec.structs.replace(asked, due=due, calendar=days.stamp, remind_at=remind_at)


def _assessors_due(file: Application, suspended_at: datetime, facts: Facts) -> datetime | None:
    """All who have not judged yet have until the last of them has had the days that were left, each by their own."""
    waited_for = (file.assessors_clocks.get(one) for one in file.assessors if one not in file.assessed_by)
    asked = ((one, facts.days_stamped(one.calendar, file)) for one in waited_for if one)
    return _day_of_all((_later(clock.due_of(one, file, days), suspended_at, facts.now, days) for one, days in asked), file, facts)


def _invitations_due(file: Application, facts: Facts) -> datetime | None:
    """All who have not answered yet have until the last of them has had the whole time, each by their own days."""
    waited_for = (facts.days_stamped(one.calendar, file) for one in file.invited if one.is_open)
    return _day_of_all((facts.due("expert", file, by=days)[0] for days in waited_for), file, facts)


def _day_of_all(dues: Iterable[datetime], file: Application, facts: Facts) -> datetime | None:
    """The end of a day of the office by which all these are over: none loses one, and cities read neither who nor from where they are."""
    last, office = max(dues, default=None), facts.days(file)
    return last and calendar.end_of_day(calendar.local_day(last, office), office)


def _later(due: datetime, suspended_at: datetime, now: datetime, days: Calendar) -> datetime:
    return calendar.due(now, _left(due, suspended_at, days), days)


def _is_machine(facts: Facts) -> bool:
    return facts.actor.holds(Role.MACHINE)
