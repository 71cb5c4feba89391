"""Rules of an award that its letter offers: accepted or turned down by the city's confirmed signatory, reminded of, lapsed in silence.

The days by which the city accepts and reports are settled by the day of the letter, so that the letter can tell them; the event of the
letter stores them. Decision record 0023.
"""

from datetime import date, datetime, timedelta

import msgspec

from fund.domain import calendar, notice, release, window
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, RunningAward, Stage
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.programme import AwardRule, Calendar
from fund.domain.refusal import Refusal

GRANTED = ("approved", "approved_with_conditions")


class Dates(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter of this day tells a city, by its own calendar."""

    accept_by: datetime
    reminders: tuple[datetime, ...]
    report_due: datetime
    calendar: str


def dates(file: Application, issued_on: date, days: Calendar, rule: AwardRule | None) -> Dates | None:
    """None where the file was granted nothing, or the programme asks nothing more. days: of the city."""
    if rule is None or file.decision is None or file.decision.outcome not in GRANTED:
        return None
    issued = calendar.end_of_day(issued_on, days)
    accept_by = calendar.due(issued, rule.accept_days, days)
    return Dates(
        accept_by=accept_by,
        reminders=tuple(calendar.due(issued, after, days) for after in rule.accept_reminders),
        report_due=_report_due(window.granted(file), calendar.local_day(accept_by, days), days, rule),
        calendar=days.stamp,
    )


def _report_due(within: e.Window | None, accept_by: date, days: Calendar, rule: AwardRule) -> datetime:
    last = max(accept_by, within.ends_on if within else accept_by)
    return calendar.end_of_day(calendar.days_after(last, rule.report_days), days)


def report_reminders(due: datetime, rule: AwardRule) -> tuple[datetime, ...]:
    return tuple(due - timedelta(days=before) for before in rule.report_reminders)


def rule_of(facts: Facts) -> AwardRule:
    """What is pinned to a file with an award: the programme had such a rule when its letter was issued."""
    rule = facts.programme.awards
    assert rule, "an award was offered under it"
    return rule


def running(file: Application) -> RunningAward:
    assert file.award, "the stage follows the offer of an award"
    return file.award


# ── The city's word ───────────────────────────────────────────────────────────


def may_accept(file: Application, facts: Facts) -> None:
    """Guard of both answers: of the city's confirmed signatory, and in time."""
    check_signatory(file, facts)
    if _is_late(file, facts):
        raise Refusal("award.too_late")


def check_signatory(file: Application, facts: Facts) -> None:
    if not facts.city(file.city).represented_by(facts.actor.id, "signatory"):
        raise Refusal("award.signatory_needed")


def _is_late(file: Application, facts: Facts) -> bool:
    return file.due is not None and running(file).is_late(file.due, facts.now)


def accept(file: Application, command: c.AcceptAward, facts: Facts) -> tuple[Event, ...]:
    award = running(file)
    return (
        e.AwardAccepted(
            city=file.city,
            due=award.report_due,
            calendar=file.calendar,
            reminders=report_reminders(award.report_due, rule_of(facts)),
        ),
    )


def turn_down(file: Application, command: c.TurnDownAward, facts: Facts) -> tuple[Event | On, ...]:
    back = release.unused(file, 0, facts)
    turned_down = e.AwardTurnedDown(
        city=file.city, reason=command.reason, released=back.money, currency=back.currency, days_released=back.days
    )  # fmt: skip
    return (turned_down, *release.given_back(file, "turned_down", back, facts))


# ── Silence ───────────────────────────────────────────────────────────────────


def to_remind(file: Application, now: datetime) -> bool:
    """While the city is awaited for something."""
    return file.award is not None and file.stage in (Stage.OFFER, Stage.DELIVERY) and file.award.to_remind(now)


def may_remind(file: Application, facts: Facts) -> None:
    if not to_remind(file, facts.now):
        raise Refusal("award.none_to_remind")


def remind(file: Application, command: c.RemindOfAward, facts: Facts) -> tuple[Event, ...]:
    assert file.due, "a city is awaited until a day"
    awaited: e.Awaited = "acceptance" if file.stage is Stage.OFFER else "report"
    reminders, days = running(file).reminders, facts.days_of_city(file.city, file)
    passed = notice.passed(reminders, facts.now)
    due = notice.due_after(reminders, passed, file.due, facts.now, days)
    if due == file.due:
        return (e.AwardReminded(awaited=awaited, reminder=passed, due=due, calendar=file.calendar),)
    return (e.AwardReminded(awaited=awaited, reminder=passed, due=due, calendar=days.stamp, instead_of=file.due),)


def may_lapse(file: Application, facts: Facts) -> None:
    if not _is_late(file, facts):
        raise Refusal("award.not_overdue", due=file.due)


def lapse(file: Application, command: c.LapseAward, facts: Facts) -> tuple[Event | On, ...]:
    assert file.due, "an offer stands until a day"
    back = release.unused(file, 0, facts)
    lapsed = e.AwardLapsed(due=file.due, released=back.money, currency=back.currency, days_released=back.days)
    return (lapsed, *release.given_back(file, "lapsed", back, facts))
