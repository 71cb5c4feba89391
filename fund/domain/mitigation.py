"""Rules of what lessens a risk once an award is offered: its office knows by when, is reminded once, reports it done, or is overdue.

The city is told of its own and of no others. What is not reported by its day is overdue, and an award is not closed over what is still
open: it is done, or somebody of the central team who reported none of it says why it is not awaited any more. Decision record 0034.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from fund.domain import calendar, release, signature
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.offer import running
from fund.domain.opinion import served_hubs
from fund.domain.programme import Calendar, SafeguardPolicy
from fund.domain.refusal import Refusal
from fund.domain.screen import Owed

# ── Who owes it, by when ──────────────────────────────────────────────────────


def asked(file: Application, accept_by: datetime, facts: Facts) -> tuple[e.MitigationAsked, ...]:
    """With the letter of an award, by the days of the office it was agreed with; never before the city may have accepted."""
    policy, screen = facts.programme.safeguards, file.screen
    if policy is None or screen is None:
        return ()
    return tuple(_asked(file, one, accept_by, policy, facts) for one in screen.mitigations)


def _asked(file: Application, one: e.MitigationAgreed, accept_by: datetime, policy: SafeguardPolicy, facts: Facts) -> e.MitigationAsked:
    city = file.city if one.office == "city" else None
    hub = _hub(file, facts) if one.office == "hub" else None
    days = _days(file, city, hub, facts)
    due = max(calendar.end_of_day(one.due_on, days), accept_by)
    remind_at = calendar.reminder(due, policy.reminder_days, days)
    return e.MitigationAsked(number=one.number, city=city, hub=hub, due=due, calendar=days.stamp, remind_at=remind_at)


def _hub(file: Application, facts: Facts) -> str | None:
    """The one that leads, or the first that was asked, of those that answer for the file; None: the central team owes it."""
    asked = (file.opinions[hub] for hub in (release.leading(file), *file.opinions) if hub in file.opinions)
    return next((one.hub for one in asked if signature.answers(one) and facts.hub(one.hub).is_open), None)


def _days(file: Application, city: str | None, hub: str | None, facts: Facts) -> Calendar:
    if city:
        return facts.days_of_city(city, file)
    return facts.days_of_hub(hub, file) if hub else facts.days(file)


def asked_now(file: Application, agreed: Iterable[e.MitigationAgreed], facts: Facts) -> tuple[e.MitigationAsked, ...]:
    """While the award runs: each by its day, and not before today is over."""
    policy, today = facts.programme.safeguards, calendar.end_of_day(facts.today, facts.days(file))
    return tuple(_asked(file, one, today, policy, facts) for one in agreed if policy)


def asked_on_going_on(file: Application, facts: Facts) -> tuple[e.MitigationAsked, ...]:
    """What was agreed while the award stood still; and what was asked before, later."""
    known = {one.asked.number for one in owed(file)}
    fresh = (one for one in (file.screen.mitigations if file.screen else ()) if one.number not in known)
    return (*_asked_later(file, facts), *asked_now(file, fresh, facts))


def _asked_later(file: Application, facts: Facts) -> tuple[e.MitigationAsked, ...]:
    """As many days later as the award stood still: what was not overdue before."""
    since, policy = running(file).stopped_at, facts.programme.safeguards
    if since is None or policy is None:
        return ()
    waiting = (one.asked for one in open_ones(file) if one.asked.due >= since)
    later = ((one, _later(file, one, facts.now - since, policy, facts)) for one in waiting)
    return tuple(again for one, again in later if again.due > one.due)


def _later(file: Application, one: e.MitigationAsked, lost: timedelta, policy: SafeguardPolicy, facts: Facts) -> e.MitigationAsked:
    days = _days(file, one.city, one.hub, facts)
    due = calendar.end_of_day(calendar.local_day(calendar.later(one.due, lost), days), days)
    remind_at = calendar.reminder(due, policy.reminder_days, days)
    return e.MitigationAsked(number=one.number, city=one.city, hub=one.hub, due=due, calendar=days.stamp, remind_at=remind_at)


def owed(file: Application) -> tuple[Owed, ...]:
    return file.screen.owed if file.screen else ()


def open_ones(file: Application) -> tuple[Owed, ...]:
    """The first due first."""
    return tuple(sorted((one for one in owed(file) if one.is_open), key=lambda one: one.asked.due))


def owing_hub(file: Application, one: Owed) -> str | None:
    """The hub whose report is awaited; None where it is another office's, or the hub does not answer for the file any more."""
    hub = file.opinions.get(one.asked.hub or "")
    return hub.hub if hub and signature.answers(hub) else None


# ── Done ──────────────────────────────────────────────────────────────────────


def of_city(file: Application, facts: Facts) -> tuple[Owed, ...]:
    return tuple(one for one in owed(file) if one.asked.city)


def of_hub(file: Application, facts: Facts) -> tuple[Owed, ...]:
    """Of the hub that this person serves."""
    own = served_hubs(file, facts.actor)
    return tuple(one for one in owed(file) if owing_hub(file, one) in own)


def of_centre(file: Application, facts: Facts) -> tuple[Owed, ...]:
    """Its own; and past its day, or where it is gone, a hub's."""
    return tuple(one for one in owed(file) if not one.asked.city and (owing_hub(file, one) is None or facts.now > one.asked.due))


def may_report(file: Application, facts: Facts) -> None:
    _check_some(of_city(file, facts))


def may_record_done(file: Application, facts: Facts) -> None:
    _check_some(of_centre(file, facts))


def may_report_of_hub(file: Application, facts: Facts) -> None:
    _check_some(of_hub(file, facts))


def _check_some(some: tuple[Owed, ...]) -> None:
    if not any(one.is_open for one in some):
        raise Refusal("mitigation.none_open")


def report(file: Application, command: c.ReportMitigation, facts: Facts) -> tuple[Event, ...]:
    """Whatever is another's is unknown to a city."""
    one = _named(of_city(file, facts), command.number).asked
    return (e.MitigationReported(number=one.number, city=one.city, hub=one.hub, done=command.done),)


def report_of_hub(file: Application, command: c.ReportMitigationOfHub, facts: Facts) -> tuple[Event, ...]:
    return _done(file, command, of_hub(file, facts))


def record_done(file: Application, command: c.RecordMitigationDone, facts: Facts) -> tuple[Event, ...]:
    return _done(file, command, of_centre(file, facts))


def _done(file: Application, command: c.ReportMitigationOfHub | c.RecordMitigationDone, own: tuple[Owed, ...]) -> tuple[Event, ...]:
    one = _named(owed(file), command.number)
    if one not in own:
        raise Refusal("mitigation.other_office", field="number", number=command.number)
    return (e.MitigationRecorded(number=one.asked.number, city=one.asked.city, hub=one.asked.hub, done=command.done),)


def _named(some: tuple[Owed, ...], number: int) -> Owed:
    one = next((one for one in some if one.asked.number == number), None)
    if one is None:
        raise Refusal("mitigation.unknown", field="number", number=number)
    if not one.is_open:
        raise Refusal("mitigation.ended", field="number", number=number)
    return one


# ── Not done ──────────────────────────────────────────────────────────────────


def may_give_up(file: Application, facts: Facts) -> None:
    """Somebody who reported none of them."""
    _check_some(owed(file))
    if any(facts.actor.id in one.hands for one in owed(file)):
        raise Refusal("mitigation.own_report")


def give_up(file: Application, command: c.GiveUpMitigation, facts: Facts) -> tuple[Event, ...]:
    one = _named(owed(file), command.number).asked
    return (e.MitigationGivenUp(number=one.number, city=one.city, hub=one.hub, reason=command.reason),)


def to_remind(file: Application, now: datetime) -> tuple[Owed, ...]:
    """Its day has come, and there is still time: a reminder that was missed until then is not given any more."""
    return tuple(one for one in unreminded(file) if one.asked.remind_at and one.asked.remind_at < now <= one.asked.due)


def unreminded(file: Application) -> tuple[Owed, ...]:
    return tuple(one for one in open_ones(file) if one.asked.remind_at and not one.reminded)


def to_miss(file: Application, now: datetime) -> tuple[Owed, ...]:
    return tuple(one for one in unmissed(file) if now > one.asked.due)


def unmissed(file: Application) -> tuple[Owed, ...]:
    return tuple(one for one in open_ones(file) if not one.missed)


def may_remind(file: Application, facts: Facts) -> None:
    if not to_remind(file, facts.now):
        raise Refusal("mitigation.none_to_remind")


def remind(file: Application, command: c.RemindMitigation, facts: Facts) -> tuple[Event, ...]:
    one = to_remind(file, facts.now)[0].asked
    return (e.MitigationReminded(number=one.number, city=one.city, hub=one.hub, due=one.due),)


def may_miss(file: Application, facts: Facts) -> None:
    if not to_miss(file, facts.now):
        raise Refusal("mitigation.none_overdue")


def miss(file: Application, command: c.MissMitigation, facts: Facts) -> tuple[Event, ...]:
    one = to_miss(file, facts.now)[0].asked
    return (e.MitigationMissed(number=one.number, city=one.city, hub=one.hub, due=one.due),)


def check_none_open(file: Application) -> None:
    if numbers := tuple(one.asked.number for one in open_ones(file)):
        raise Refusal("mitigation.open", numbers=numbers)
