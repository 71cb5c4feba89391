"""Rules of files that wait after a decision: put off, on the waiting list, and taken up again.

First come, first served: whoever is woken for money has it reserved in the same commit, so that nobody else is woken for it or
granted it until that file is decided.
"""

from collections import Counter
from datetime import date, datetime

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.calendar import end_of_day
from fund.domain.conflict import giving_cities, is_closed_to
from fund.domain.envelope import allocation, available, purpose_of
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.refusal import Refusal
from fund.domain.registers import Envelope
from fund.domain.texts import says_something


def review(file: Application, until: date | None, awaits: str, facts: Facts) -> datetime:
    """When a file that is put off is looked at again at the latest: on its day, or when the clock of the deferral runs out."""
    latest, _ = facts.due("deferral", file)
    if (until is None) == (not says_something(awaits)):
        raise Refusal("deferral.until_or_event", field="until")
    if until is None:
        return latest
    if until <= facts.today:
        raise Refusal("deferral.past", field="until")
    day = end_of_day(until, facts.programme.calendars[facts.track(file).calendar])
    if day > latest:
        raise Refusal("deferral.too_long", field="until", latest=latest)
    return day


def left_for(application: str, envelope: Envelope) -> Envelope:
    """The envelope as this file finds it ("" is none): what is held back for others is as good as committed."""
    held = Counter[int]()
    for other, allocations in envelope.reserved.items():
        held.update({one.contribution: one.amount for one in allocations if other != application})
    pots = tuple(msgspec.structs.replace(pot, committed=pot.committed + held[pot.number]) for pot in envelope.pots)
    return msgspec.structs.replace(envelope, pots=pots, committed=envelope.committed + held.total())


def spare(file: Application, envelope: Envelope, facts: Facts) -> int:
    """What the envelope could give this file today, in minor units."""
    return available(left_for(file.id, envelope), purpose_of(file, facts), facts.today)


def ended(file: Application, keep: str | None = None) -> tuple[On, ...]:
    """The end of what was reserved for a file that is decided, unless the commitment from `keep` uses it up."""
    return (On(file.reserved, e.ReservationEnded(application=file.id)),) if file.reserved and file.reserved != keep else ()


# ── Taking up again ───────────────────────────────────────────────────────────


def may_wake(file: Application, facts: Facts) -> None:
    if _cause(file, facts) is None:
        raise Refusal("waiting.not_yet", due=file.due)


def wake(file: Application, command: c.WakeApplication, facts: Facts) -> tuple[Event | On, ...]:
    cause = _cause(file, facts)
    assert cause, "the guard saw it"
    woken = _woken(file, cause, "", facts)
    if cause != "money":
        return (woken,)
    decision = file.decision
    assert decision, "a file waits after a decision"
    assert decision.envelope, "and for an envelope"
    envelope = left_for(file.id, facts.envelope(decision.envelope))
    held = allocation(envelope, purpose_of(file, facts), decision.amount, facts.today)
    reserved = e.FundsReserved(application=file.id, amount=decision.amount, currency=decision.currency, allocations=held)
    return (woken, On(decision.envelope, reserved))


def _cause(file: Application, facts: Facts) -> e.Cause | None:
    decision = file.decision
    if decision and decision.until and facts.today >= decision.until:
        return "date"
    if file.stage is Stage.WAITING_LIST and _is_covered(file, facts):
        return "money"
    return "review" if file.due and facts.now > file.due else None


def _is_covered(file: Application, facts: Facts) -> bool:
    waits = file.decision
    if waits is None or waits.envelope is None or pays_a_donor(file, facts):
        return False
    return spare(file, facts.envelope(waits.envelope), facts) >= waits.amount


def pays_a_donor(file: Application, facts: Facts) -> bool:
    """Whether a city of the file has come to give to the envelope that it waits for, and the programme closes that to it."""
    envelope = file.decision.envelope if file.decision else None
    return envelope is not None and is_closed_to(giving_cities(file, envelope, facts), facts)


def may_record_awaited_event(file: Application, facts: Facts) -> None:
    if not (file.decision and file.decision.awaits):
        raise Refusal("deferral.nothing_awaited")


def record_awaited_event(file: Application, command: c.RecordAwaitedEvent, facts: Facts) -> tuple[Event, ...]:
    assert file.decision, "the guard saw it"
    return (e.AwaitedEventRecorded(awaited=file.decision.awaits, evidence=command.evidence), _woken(file, "event", "", facts))


def reconsider(file: Application, command: c.ReconsiderApplication, facts: Facts) -> tuple[Event, ...]:
    """A person need not wait for the clock; the proposal and the decision follow as ever."""
    return (_woken(file, "review", command.reason, facts),)


def _woken(file: Application, cause: e.Cause, reason: str, facts: Facts) -> e.Woken:
    due, days = facts.due("proposal", file)
    return e.Woken(cause=cause, reason=reason, due=due, calendar=days)
