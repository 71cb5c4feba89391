"""Rules of an award that is stopped: suspended and resumed; given up by its city; ended early by somebody other than who asked for it."""

from datetime import datetime, timedelta

from fund.domain import calendar, incident, mitigation, release
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.activity import office_due
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.offer import check_signatory, report_reminders, rule_of, running
from fund.domain.refusal import Refusal


def suspend(file: Application, command: c.SuspendAward, facts: Facts) -> tuple[Event, ...]:
    """Or suspend it anew, with another day on which somebody looks at it again."""
    latest = facts.today + timedelta(days=rule_of(facts).suspend_days)
    if not facts.today < command.review_on <= latest:
        raise Refusal("award.review_out_of_range", field="review_on", last=latest)
    days = facts.days(file)
    due = calendar.end_of_day(command.review_on, days)
    return (e.AwardSuspended(reason=command.reason, review_on=command.review_on, due=due, calendar=days.stamp),)


def resume(file: Application, command: c.ResumeAward, facts: Facts) -> tuple[Event, ...]:
    due, days = _goes_on(file, facts)
    reminders = () if running(file).report else report_reminders(due, rule_of(facts))
    return (e.AwardResumed(reason=command.reason, due=due, calendar=days, reminders=reminders), *mitigation.asked_on_going_on(file, facts))


def _goes_on(file: Application, facts: Facts) -> tuple[datetime, str]:
    """The report as many days later as the award stood still; its reading anew."""
    award = running(file)
    if award.report:
        return office_due(rule_of(facts).close_days, file, facts)
    lost = facts.now - (award.stopped_at or facts.now)
    days = facts.days_of_city(file.city, file)
    day = calendar.local_day(calendar.later(award.report_due, max(lost, timedelta())), days)
    return calendar.end_of_day(day, days), days.stamp


def may_resume(file: Application, facts: Facts) -> None:
    incident.check_looked_at(file)
    incident.check_level(file, facts)


def ask_termination(file: Application, command: c.AskTermination, facts: Facts) -> tuple[Event, ...]:
    due, days = office_due(rule_of(facts).termination_days, file, facts)
    return (e.TerminationAsked(reason=command.reason, due=due, calendar=days),)


def may_relinquish(file: Application, facts: Facts) -> None:
    """Whoever may accept an award for the city may give it up."""
    check_signatory(file, facts)


def relinquish(file: Application, command: c.RelinquishAward, facts: Facts) -> tuple[Event, ...]:
    """Nobody refuses it. What was used only the fund knows: it settles that by ending the award as it ends any other early."""
    due, days = office_due(rule_of(facts).termination_days, file, facts)
    return (e.AwardRelinquished(city=file.city, reason=command.reason, due=due, calendar=days),)


def end_asked_by(file: Application) -> tuple[str, ...]:
    """Everybody in whose name the end was asked for last: two where a role was lent, or opened in an emergency."""
    return next((act.by for act in reversed(file.acts) if act.event == e.TerminationAsked.name), ())


def withdraw_termination(file: Application, command: c.WithdrawTermination, facts: Facts) -> tuple[Event, ...]:
    """What was asked and nobody there may decide has a way back."""
    due, days, reminders = _where_it_was(file, facts)
    taken_back = e.TerminationWithdrawn(reason=command.reason, due=due, calendar=days, reminders=reminders)
    return (*_held_back(file, facts), taken_back, *_asked_meanwhile(file, facts))


def may_go_on(file: Application, facts: Facts) -> None:
    """What its city gave up, or its safeguards stop for good, does not go on; nor does what they stop, where it would run again by this.

    While a look is awaited it does not run: it is suspended, and the look says what goes on.
    """
    if running(file).given_up:
        raise Refusal("award.relinquished")
    incident.check_not_black(file)
    if not running(file).suspended and not incident.held_back(file, facts):
        incident.check_level(file, facts)


def refuse_termination(file: Application, command: c.RefuseTermination, facts: Facts) -> tuple[Event, ...]:
    due, days, reminders = _where_it_was(file, facts)
    refused = e.TerminationRefused(reason=command.reason, due=due, calendar=days, reminders=reminders)
    return (*_held_back(file, facts), refused, *_asked_meanwhile(file, facts))


def _held_back(file: Application, facts: Facts) -> tuple[e.AwardSuspended, ...]:
    """First, so that it never runs, and the days since its end was asked for are given back with the others."""
    held = incident.held_back(file, facts)
    return (held,) if held else ()


def _where_it_was(file: Application, facts: Facts) -> tuple[datetime, str, tuple[datetime, ...]]:
    """A review keeps its day; what the city was awaited for has the days back on which nobody could hand it in."""
    award = running(file)
    if stands_still := award.suspended or incident.held_back(file, facts):
        return stands_still.due, stands_still.calendar, ()
    due, days = _goes_on(file, facts)
    return due, days, () if award.report else report_reminders(due, rule_of(facts))


def _asked_meanwhile(file: Application, facts: Facts) -> tuple[e.MitigationAsked, ...]:
    """What was agreed since the end was asked for, and what is due later by it, where the award runs again."""
    return () if running(file).suspended or incident.held_back(file, facts) else mitigation.asked_on_going_on(file, facts)


def terminate(file: Application, command: c.TerminateAward, facts: Facts) -> tuple[Event | On, ...]:
    if not command.reasons:
        raise Refusal("decision.reason_needed", field="reasons")
    back = release.unused(file, command.spent, facts)
    due, days = facts.due("letter", file)
    terminated = e.AwardTerminated(
        reasons=command.reasons,
        spent=command.spent,
        released=back.money,
        currency=back.currency,
        days_released=back.days,
        due=due,
        calendar=days,
    )
    return (terminated, *release.given_back(file, "terminated", back, facts))
