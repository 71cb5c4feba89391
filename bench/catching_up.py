"""Bringing all views up to date in batches, against one transaction per event by the same runner."""

from collections.abc import Iterator
from time import perf_counter

import psycopg

from bench import rounds
from bench.databases import POSTGRESQL, SQLITE, Home
from bench.extent import Extent
from bench.report import Line
from fund.ledger.sqlite_file import path_in
from fund.ledger.store import Ledger
from fund.projections import open_views
from fund.projections.database import Database
from fund.projections.engine import SCHEMA
from fund.projections.runner import Runner

GOALS = {SQLITE: 15.0, POSTGRESQL: 30.0}


def catch_ups(home: Home, extent: Extent, url: str, ledger: Ledger) -> Iterator[Line]:
    """Each round: empty views, the first half of the ledger in batches, some events one by one, the rest in batches."""
    batched, single = [], []
    for number in range(extent.catch_ups + 1):
        views = fresh_views(url)
        half, head = ledger.head() // 2, ledger.head()
        middle = half + extent.single
        first = _seconds(Runner(ledger, views), half)
        alone = _seconds(Runner(ledger, views, size=1), middle)
        last = _seconds(Runner(ledger, views), head)
        views.close()
        if number:
            batched.append((half + head - middle) / (first + last))
            single.append(extent.single / alone)
    found = rounds.compared(batched, single, lambda batched, single: batched / single)
    goal = GOALS[home.name]
    yield Line(work="projection catch-up", database=home.name, writers=0, unit="events/s", goal=goal, at_least=True, **found._asdict())


def _seconds(runner: Runner, up_to: int) -> float:
    begin = perf_counter()
    runner.catch_up(up_to)
    return perf_counter() - begin


def fresh_views(url: str) -> Database:
    """Empty views beside a ledger."""
    if url.startswith("sqlite:"):
        for file in path_in(url).parent.glob("views.db*"):
            file.unlink()
    else:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    return open_views(url)
