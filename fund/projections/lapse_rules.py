"""What must hold of lapses over all history: nothing lapsed that its city was not reminded of, or before its day was over."""

from collections.abc import Iterator
from datetime import datetime

from fund.domain import events as e
from fund.domain.event import Recorded


class Lapses:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        """By when each application that waits for its city is to be submitted."""
        self._reminded: set[str] = set()

    def see(self, one: Recorded) -> Iterator[str]:
        until = self._until.get(one.stream)
        match one.event:
            case e.ApplicationStarted() | e.ReturnedForCompletion() as event:
                self._until[one.stream] = event.due
                self._reminded.discard(one.stream)
            case e.ApplicationSubmitted():
                self._until.pop(one.stream, None)
            case e.DraftReminded() as event:
                if until is None or one.header.at <= until or one.stream in self._reminded:
                    yield "a city was reminded of what it still had time for"
                self._until[one.stream] = event.due
                self._reminded.add(one.stream)
            case e.Lapsed():
                if one.stream not in self._reminded:
                    yield "an application lapsed, and its city was not reminded"
                if until is None or one.header.at <= until:
                    yield "an application lapsed before its last day was over"
