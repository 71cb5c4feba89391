"""Rules of an application that nobody submits, for the first time or after it came back: reminded of once it is past due, then lapsed.

The city always has the whole time of the programme from the reminder on. A round is not held up by it any longer than that.
"""

from fund.domain import calendar, competition
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.programme import DraftRule
from fund.domain.refusal import Refusal


def _rule(facts: Facts) -> DraftRule:
    if facts.programme.drafts is None:
        raise Refusal("draft.never_lapses")
    return facts.programme.drafts


def _check_past_due(file: Application, facts: Facts) -> None:
    if file.due is None or facts.now <= file.due:
        raise Refusal("draft.not_past_due", due=file.due)


def may_remind(file: Application, facts: Facts) -> None:
    _rule(facts)
    if file.reminded:
        raise Refusal("draft.already_reminded")
    _check_past_due(file, facts)


def remind(file: Application, command: c.RemindDraft, facts: Facts) -> tuple[Event, ...]:
    days = facts.days_of_city(file.city, file)
    return (e.DraftReminded(due=calendar.due(facts.now, _rule(facts).lapse_days, days), calendar=days.stamp),)


def may_lapse(file: Application, facts: Facts) -> None:
    _rule(facts)
    if not file.reminded:
        raise Refusal("draft.not_reminded")
    _check_past_due(file, facts)


def lapse(file: Application, command: c.LapseApplication, facts: Facts) -> tuple[Event | On, ...]:
    """A city that had submitted it is told by letter."""
    assert file.due, "the guard saw it"
    due, days = facts.due("letter", file) if file.submission else (None, "")
    lapsed = e.Lapsed(waited_until=file.due, due=due, calendar=days)
    return (lapsed, *competition.left(file, "lapsed"))
