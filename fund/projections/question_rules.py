"""What must hold of questions to cities over all history: each ends once, in time or past it as its ending says, and the last says when."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded

Ending = e.ClarificationAnswered | e.ClarificationWithdrawn | e.ClarificationLapsed
OVERTAKING = (
    e.ReturnedForCompletion | e.Approved | e.ApprovedWithConditions | e.Declined | e.Deferred | e.Referred | e.PutOnWaitingList
    | e.FoundIneligible | e.Withdrawn | e.ApplicationSuspended
)  # fmt: skip
"""What a file waits for no answer after."""


class Awaited(msgspec.Struct):
    """An answer: by when, and how many reminders were given of how many. Before the last of them no answer is late."""

    due: datetime
    reminders: int
    given: int = 0


class Asked(msgspec.Struct):
    """Of one file: how many questions were asked, and those still open."""

    number: int = 0
    open: dict[int, Awaited] = msgspec.field(default_factory=dict)


class Questions:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._files: dict[str, Asked] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        if not isinstance(one.event, e.ApplicationEvent):
            return
        file = self._files.setdefault(one.stream, Asked())
        match one.event:
            case e.ClarificationRequested() as event:
                file.number += 1
                if event.number != file.number:
                    yield f"question {event.number} was asked where {file.number} was next"
                file.open[event.number] = Awaited(due=event.due, reminders=len(event.reminders))
            case e.ClarificationReminded() as event if asked := file.open.get(event.number):
                if event.due < asked.due:
                    yield f"a reminder took time away from question {event.number}"
                file.open[event.number] = Awaited(due=event.due, reminders=asked.reminders, given=event.reminder)
            case e.ClarificationAnswered() | e.ClarificationWithdrawn() | e.ClarificationLapsed() as event:
                yield from _ended(file, event, one.header.at)
            case event if isinstance(event, OVERTAKING):
                file.open.clear()


def _ended(file: Asked, event: Ending, at: datetime) -> Iterator[str]:
    asked = file.open.pop(event.number, None)
    if asked is None:
        yield f"question {event.number} ended, which was not open"
        return
    if isinstance(event, e.ClarificationAnswered) and at > asked.due and asked.given >= asked.reminders:
        yield f"question {event.number} was answered after its last day"
    if isinstance(event, e.ClarificationLapsed) and at <= asked.due:
        yield f"question {event.number} lapsed before its last day had passed"
    if (event.due is None) != bool(file.open):
        yield f"question {event.number} ended {'with no date' if event.due is None else 'with a date while another is open'}"
