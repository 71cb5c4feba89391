"""Rules of an award that the city accepted: conditions met, activities held, the report received, missed or given back, the end.

Record 0023. What follows of results, indicators and lessons is no part of this.
"""

from datetime import date, datetime

from fund.domain import calendar, incident, mitigation, release
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Invitation
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.offer import report_reminders, rule_of, running
from fund.domain.refusal import Refusal

# ── What was done ─────────────────────────────────────────────────────────────


def open_conditions(file: Application) -> tuple[int, ...]:
    """Numbers of those of the approval that nobody recorded as met."""
    met = {one.number for one in file.award.met} if file.award else set()
    return tuple(number for number in range(1, len(release.approval(file).conditions) + 1) if number not in met)


def may_record_condition(file: Application, facts: Facts) -> None:
    if not open_conditions(file):
        raise Refusal("award.no_condition_open")


def record_condition(file: Application, command: c.RecordConditionMet, facts: Facts) -> tuple[Event, ...]:
    if command.number not in open_conditions(file):
        raise Refusal("award.condition_unknown", field="number", number=command.number)
    _check_past(command.met_on, "met_on", facts)
    return (e.ConditionMet(number=command.number, met_on=command.met_on, evidence=command.evidence),)


def _check_past(day: date, field: str, facts: Facts) -> None:
    if day > facts.today:
        raise Refusal("date.in_future", field=field)


def record_activity(file: Application, command: c.RecordActivity, facts: Facts) -> tuple[Event, ...]:
    _check_activity(command, facts)
    _check_after_acceptance(file, command, facts)
    _check_before_stop(file, command, facts)
    _check_delivered_by(file, command, facts)
    return (
        e.ActivityHeld(
            format=command.format,
            first_day=command.first_day,
            last_day=command.last_day,
            days=command.days,
            participants=command.participants,
            hub=command.hub or None,
            experts=command.experts,
            note=command.note,
        ),
    )


def _check_activity(command: c.RecordActivity, facts: Facts) -> None:
    if command.format not in {entry.code for entry in facts.programme.catalogue.formats}:
        raise Refusal("code.unknown", field="format", value=command.format)
    if command.last_day < command.first_day:
        raise Refusal("activity.window_reversed", field="last_day")
    _check_past(command.last_day, "last_day", facts)
    if not 1 <= command.days <= facts.programme.limits.max_days:
        raise Refusal("activity.days_out_of_range", field="days", limit=facts.programme.limits.max_days)
    if command.participants < 1:
        raise Refusal("activity.nobody_took_part", field="participants")


def _check_after_acceptance(file: Application, command: c.RecordActivity, facts: Facts) -> None:
    """Support begins with the city's word: what was held before that day, by the days of the city, was no part of it."""
    accepted = running(file).accepted_at
    if accepted and command.first_day < (day := calendar.local_day(accepted, facts.days_of_city(file.city, file))):
        raise Refusal("activity.before_acceptance", field="first_day", date=day)


def _check_before_stop(file: Application, command: c.RecordActivity, facts: Facts) -> None:
    """What was held before an award was stopped was held, and its days are not given back; nothing is held while it stands still."""
    stopped = running(file).stopped_at
    if stopped and command.last_day > (day := calendar.local_day(stopped, facts.days(file))):
        raise Refusal("activity.after_stop", field="last_day", date=day)


def _check_delivered_by(file: Application, command: c.RecordActivity, facts: Facts) -> None:
    """The hub that leads or one that led before, experts and peers who agreed, or both; whoever stepped back since, until that day."""
    agreed = {one.person for one in file.invited if one.accepted or _was_there(file, one, command.last_day, facts)}
    if not command.hub and not command.experts:
        raise Refusal("activity.nobody_delivered", field="hub")
    if command.hub and command.hub not in (release.leading(file), *file.led_before):
        raise Refusal("activity.other_hub", field="hub", hub=command.hub)
    stopped = facts.hub(command.hub).stopped_at if command.hub else None
    if stopped and command.last_day > calendar.local_day(stopped, facts.days(file)):
        raise Refusal("coordination.lead_not_open", field="hub", hub=command.hub)
    if not agreed.issuperset(command.experts):
        raise Refusal("activity.expert_not_agreed", field="experts")


def _was_there(file: Application, one: Invitation, day: date, facts: Facts) -> bool:
    return one.left_at is not None and day <= calendar.local_day(one.left_at, facts.days(file))


# ── The report ────────────────────────────────────────────────────────────────


def hand_in_report(file: Application, command: c.HandInReport, facts: Facts) -> tuple[Event | On, ...]:
    """Late is better than never: it is received whenever it comes."""
    due, days = office_due(rule_of(facts).close_days, file, facts)
    received = e.ReportReceived(city=file.city, report=command.report, due=due, calendar=days)
    told = (On(file.city, e.CityReportReceived(application=file.id)),) if running(file).missed else ()
    return (received, *told)


def office_due(working_days: int, file: Application, facts: Facts) -> tuple[datetime, str]:
    days = facts.days(file)
    return calendar.due(facts.now, working_days, days), days.stamp


def return_report(file: Application, command: c.ReturnReport, facts: Facts) -> tuple[Event, ...]:
    """Another is due so long from now, and never before the first one was."""
    rule, days = rule_of(facts), facts.days_of_city(file.city, file)
    due = max(running(file).report_due, calendar.due(facts.now, rule.again_days, days))
    return (e.ReportReturned(reason=command.reason, due=due, calendar=days.stamp, reminders=report_reminders(due, rule)),)


def may_miss_report(file: Application, facts: Facts) -> None:
    award = running(file)
    if award.missed:
        raise Refusal("award.already_missed")
    if not award.is_late(award.report_due, facts.now):
        raise Refusal("award.not_overdue", due=award.report_due)


def miss_report(file: Application, command: c.MissReport, facts: Facts) -> tuple[Event | On, ...]:
    due = running(file).report_due
    return (e.ReportMissed(due=due), On(file.city, e.CityReportMissed(application=file.id, due=due)))


# ── The end ───────────────────────────────────────────────────────────────────


def may_close(file: Application, facts: Facts) -> None:
    if numbers := open_conditions(file):
        raise Refusal("award.conditions_open", numbers=numbers)
    incident.check_looked_at(file)
    mitigation.check_none_open(file)


def close(file: Application, command: c.CloseAward, facts: Facts) -> tuple[Event | On, ...]:
    back = release.unused(file, command.spent, facts)
    closed = e.AwardClosed(spent=command.spent, released=back.money, currency=back.currency, days_released=back.days)
    return (closed, *release.given_back(file, "closed", back, facts))
