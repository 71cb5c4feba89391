"""In which order a worker does what time has brought: whatever was due first comes first, however long nobody worked.

What follows from an act takes its turn by the instant at which it was due itself, before everything that was due later.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from heapq import heappop, heappush

import msgspec

from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.programme import Programme
from fund.processes.reactions import TIMERS


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """Something that came due at an instant. name: its cause, the id of the command; of: the stream it is about."""

    at: datetime
    name: str
    command: c.Command
    by: str
    of: str


def of_file(file: Application, programme: Programme, now: datetime) -> Iterator[Timed]:
    """What its clocks want done by now."""
    for timer in TIMERS:
        command = timer.wanted(file, programme, now)
        if command and timer.since:
            yield Timed(at=timer.since(file, now), name=timer.command_id(file), command=command, by=timer.actor, of=file.id)


def in_order(due: Iterable[Timed], after: Callable[[Timed], Iterable[Timed]]) -> Iterator[Timed]:
    """Each once, given out when those before it are done; of the same instant as they were found.

    after: what is due of the same stream once one of it was tried.
    """
    found: dict[str, Timed] = {}
    waiting: list[tuple[datetime, int, str]] = []

    def enter(some: Iterable[Timed]) -> None:
        for one in some:
            if one.name not in found:
                found[one.name] = one
                heappush(waiting, (one.at, len(found), one.name))

    enter(due)
    while waiting:
        *_, name = heappop(waiting)
        yield found[name]
        enter(after(found[name]))
