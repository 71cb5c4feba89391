"""Reading the whole ledger and folding every stream, against raw rows decoded and folded by hand."""

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from bench import floor, rounds
from bench.databases import Home
from bench.extent import Extent
from bench.report import Line
from fund.domain import streams
from fund.ledger.store import Ledger

GOAL = 1.5


def replays(home: Home, extent: Extent, url: str, ledger: Ledger) -> Iterator[Line]:
    events = ledger.head()
    with floor.reading(url) as raw_rows:
        assert replayed(ledger) == floor.replayed(raw_rows()), "both must do the same work"
        engine = partial(_rate, events, lambda: replayed(ledger))
        by_hand = partial(_rate, events, lambda: floor.replayed(raw_rows()))
        rates = rounds.interleaved({"figure": engine, "floor": by_hand}, extent.replays)
    found = rounds.compared(rates["figure"], rates["floor"], lambda figure, floor: floor / figure)
    yield Line(work="replay and fold", database=home.name, writers=0, unit="events/s", goal=GOAL, **found._asdict())


def _rate(events: int, work: Callable[[], object]) -> float:
    begin = perf_counter()
    work()
    return events / (perf_counter() - begin)


def replayed(ledger: Ledger) -> dict[str, streams.State]:
    states: dict[str, streams.State] = {}
    for batch in ledger.batches():
        for one in batch:
            states[one.stream] = streams.fold(one.stream, (one,), states.get(one.stream))
    return states
