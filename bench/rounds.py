"""Taking turns: variants run slice by slice, one after the other, in rounds, so that a noisy minute meets them all."""

import gc
from collections.abc import Callable, Mapping
from statistics import median, quantiles
from threading import Barrier, Thread
from time import perf_counter, sleep
from typing import NamedTuple

Slice = Callable[[], float]
"""Runs for a moment and returns its rate, per second."""


class Compared(NamedTuple):
    """Of all rounds. low, high: quartiles of the ratio."""

    figure: float
    floor: float
    ratio: float
    low: float
    high: float


def interleaved(variants: Mapping[str, Slice], rounds: int) -> dict[str, list[float]]:
    """Rates of each variant, round by round. One unmeasured round warms them up."""
    rates: dict[str, list[float]] = {name: [] for name in variants}
    for number in range(rounds + 1):
        gc.collect()
        for name, run in variants.items():
            rate = run()
            if number:
                rates[name].append(rate)
    return rates


def compared(figures: list[float], floors: list[float], ratio: Callable[[float, float], float]) -> Compared:
    """Medians; the ratio is that of the two neighbours in each round, then the median over rounds."""
    ratios = [ratio(figure, floor) for figure, floor in zip(figures, floors, strict=True)]
    low, _, high = quantiles(ratios, n=4, method="inclusive") if len(ratios) > 1 else (ratios[0],) * 3
    return Compared(median(figures), median(floors), median(ratios), low, high)


def repeated(work: Callable[[], object], begin: float, seconds: float) -> float:
    """Rate of work that begins at an instant of `perf_counter` and is done again for so many seconds, at least twice."""
    sleep(max(0.0, begin - perf_counter()))
    begin = now = perf_counter()
    end, done = begin + seconds, 0
    while now < end or done < 2:
        work()
        done += 1
        now = perf_counter()
    return done / (now - begin)


def at_once(works: list[Callable[[], object]], seconds: float) -> float:
    """Rate of all of them together, each in a thread of its own."""
    if len(works) == 1:
        return repeated(works[0], perf_counter(), seconds)
    barrier, rates = Barrier(len(works)), [0.0] * len(works)

    def run(number: int) -> None:
        barrier.wait()
        rates[number] = repeated(works[number], perf_counter(), seconds)

    threads = [Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(rates)
