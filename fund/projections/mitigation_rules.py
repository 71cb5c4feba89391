"""What must hold over all history of what lessens a risk: what was agreed is awaited once the award is offered, done or given up once and
by others, never overdue before its day, not dropped by another look at an award that runs, and no award is closed over what is still open.

Worked out from the facts, and not by the rules that decided.
"""

from collections.abc import Iterator

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded


class Owing(msgspec.Struct):
    """Of one file: the numbers that were agreed, what is open, what is over, and who reported something done."""

    runs: bool = False
    agreed: set[int] = msgspec.field(default_factory=set)
    open: dict[int, e.MitigationAsked] = {}
    over: set[int] = msgspec.field(default_factory=set)
    reporters: set[str] = msgspec.field(default_factory=set)


class Lessening:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._files: dict[str, Owing] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        file = self._files.setdefault(one.stream, Owing()) if isinstance(one.event, e.ApplicationEvent) else Owing()
        match one.event:
            case e.AwardAccepted():
                file.runs = True
            case e.SafeguardsRecorded(questions=questions) if questions and not file.runs:
                self._files[one.stream] = Owing()
            case e.MitigationAgreed(number=number):
                yield from _agreed(file, number)
            case e.MitigationAsked() as event:
                if event.number not in file.agreed - file.over:
                    yield f"safeguard {event.number} is awaited, which was not agreed or is over"
                file.open[event.number] = event
            case e.MitigationMissed() as event if event.number in file.open and one.header.at <= file.open[event.number].due:
                yield f"safeguard {event.number} was overdue before its day"
            case e.MitigationReported() | e.MitigationRecorded() as event:
                yield from _over(file, event.number)
                file.reporters |= one.header.hands
            case e.MitigationGivenUp() as event:
                yield from _over(file, event.number)
                if one.header.hands & file.reporters:
                    yield f"safeguard {event.number} was given up by somebody who reported another done"
            case e.AwardEnded():
                yield from _ended(file, one.event)


def _agreed(file: Owing, number: int) -> Iterator[str]:
    """Its number is one that was over, where every look numbered from 1."""
    if file.open.pop(number, None):
        yield f"another safeguard took the place of {number}, which was open"
    file.over.discard(number)
    file.agreed.add(number)


def _ended(file: Owing, event: e.AwardEnded) -> Iterator[str]:
    if isinstance(event, e.AwardClosed) and file.open:
        yield f"an award was closed with safeguards open: {', '.join(map(str, sorted(file.open)))}"
    file.runs = False


def _over(file: Owing, number: int) -> Iterator[str]:
    if file.open.pop(number, None) is None:
        yield f"safeguard {number} is over, which was not awaited"
    file.over.add(number)
