"""A batch of facts, decoded once for all views, with the state of every stream it touches."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol, TypeVar

from fund.domain.event import Recorded
from fund.domain.streams import State, fold

KEPT = 4_000
"""States in memory: more than the files that are open at once."""

S = TypeVar("S", bound=State)


class Batch(NamedTuple):
    """Consecutive events, the state of each of their streams after the last of them, and that last event."""

    recorded: tuple[Recorded, ...]
    states: Mapping[str, State]
    last: Mapping[str, Recorded]

    def of(self, kind: type[S]) -> Iterator[tuple[S, Recorded]]:
        """Streams of one kind that the batch touches: state after it, and the last event."""
        return ((state, self.last[stream]) for stream, state in self.states.items() if isinstance(state, kind))


class Source(Protocol):
    """What views need of a ledger."""

    def read(self, after_index: int, limit: int, up_to: int | None = None) -> tuple[Recorded, ...]: ...

    def stream(self, stream_id: str, after: int = 0, up_to: int | None = None) -> tuple[Recorded, ...]: ...

    def head(self) -> int: ...

    def wait(self, index: int, timeout: float) -> bool: ...


class States:
    """Frozen states of the streams last seen, advanced batch by batch. What is not at hand is read from its stream."""

    def __init__(self, source: Source, kept: int = KEPT) -> None:
        self._source = source
        self._kept = kept
        self._states: OrderedDict[str, tuple[int, State]] = OrderedDict()

    def batch(self, recorded: tuple[Recorded, ...]) -> Batch:
        by_stream: dict[str, list[Recorded]] = {}
        for one in recorded:
            by_stream.setdefault(one.stream, []).append(one)
        states = {stream: self._advanced(stream, events) for stream, events in by_stream.items()}
        self._forget_oldest()
        return Batch(recorded, states, {stream: events[-1] for stream, events in by_stream.items()})

    def _advanced(self, stream: str, events: list[Recorded]) -> State:
        state = fold(stream, events, self._before(stream, events[0].version))
        self._states[stream] = (events[-1].version, state)
        self._states.move_to_end(stream)
        return state

    def _before(self, stream: str, version: int) -> State | None:
        """The state just before a version: at hand, or folded from the ledger (a view may stand behind the others)."""
        at, state = self._states.get(stream, (0, None))
        if at == version - 1:
            return state
        return fold(stream, self._source.stream(stream, 0, version - 1)) if version > 1 else None

    def _forget_oldest(self) -> None:
        while len(self._states) > self._kept:
            self._states.popitem(last=False)
