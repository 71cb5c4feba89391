"""Taking up again what waits: what was put off, on its day; what waits for money, in its turn; what is past its due date.

Of the files that wait for one envelope those that were put on the list first come first: money that could go to one of them goes to
nobody behind them, and money that is earmarked for others passes them by. The rule reserves what a file is woken for in the same
commit. The command id names the cause: this file and the decision that made it wait.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import msgspec

from fund.domain import calendar
from fund.domain import commands as c
from fund.domain.application import Application, Stage
from fund.domain.deferral import left_for, may_wake, pays_a_donor
from fund.domain.envelope import available, purpose_of, usable
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import Envelope
from fund.domain.workflow import WAITING

ACTOR = "machine:waking"

FactsOf = Callable[[Application], Facts]
"""The clock, the programme of a file, its cities and the envelope it waits for."""


def to_wake(files: Iterable[Application], facts_of: FactsOf) -> Iterator[Application]:
    """The files to take up again now, of those that are open; of each envelope's line one at a time, for what is left after it."""
    waiting = [file for file in files if file.stage in WAITING]
    lines: dict[str, list[Application]] = {}
    for file in sorted(waiting, key=_place):
        if file.stage is Stage.WAITING_LIST and file.decision and file.decision.envelope:
            lines.setdefault(file.decision.envelope, []).append(file)
    called = [one.id for line in lines.values() for one in _next(line, facts_of)]
    yield from (file for file in waiting if file.id in called or _is_due(file, facts_of(file)))


def since(file: Application, facts: Facts) -> datetime | None:
    """When its day came or its review was due; None while neither is. Money is not asked about here: that goes by the line."""
    if file.stage not in WAITING or not _is_due(file, facts):
        return None
    until = file.decision.until if file.decision else None
    days = facts.days(file)
    began = calendar.end_of_day(until - calendar.ONE_DAY, days) if until else None
    return min(filter(None, (began, file.due)), default=None)


def command(file: Application) -> c.WakeApplication:
    return c.WakeApplication(application=file.id)


def command_id(file: Application) -> str:
    return f"waking:{file.id}:{len(file.earlier)}"


def _place(file: Application) -> tuple[datetime, str]:
    assert file.decision, "a file waits after a decision"
    return file.decision.at, file.id


def _next(line: list[Application], facts_of: FactsOf) -> Iterator[Application]:
    """The first in line whom money that no one before could use covers."""
    claimed = frozenset[int]()
    for file in line:
        facts = facts_of(file)
        if pays_a_donor(file, facts):
            continue
        assert file.decision, "a file waits after a decision"
        envelope = _without(left_for(file.id, facts.envelope(file.decision.envelope or "")), claimed)
        purpose = purpose_of(file, facts)
        if available(envelope, purpose, facts.today) >= file.decision.amount:
            yield file
            return
        claimed |= {pot.number for pot in usable(envelope, purpose, facts.today)}


def _without(envelope: Envelope, claimed: frozenset[int]) -> Envelope:
    return msgspec.structs.replace(envelope, pots=tuple(pot for pot in envelope.pots if pot.number not in claimed))


def _is_due(file: Application, facts: Facts) -> bool:
    """Its day has come, or its review is due. Money is not asked about here: that goes by the line."""
    if file.stage is Stage.WAITING_LIST:
        return file.due is not None and facts.now > file.due
    try:
        may_wake(file, facts)
    except Refusal:
        return False
    return True
