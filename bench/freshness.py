"""From the return of a save to its row in a view, seen on another connection.

On SQLite the runner is a thread of the process that saves, as in `fund serve`; on PostgreSQL a process of its own, as `fund worker` is.
"""

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import quantiles
from threading import Event, Thread
from time import perf_counter, sleep

import psycopg

from bench import world
from bench.databases import Home
from bench.extent import Extent
from bench.report import Line
from fund.domain import commands as c
from fund.ledger.handler import Handler
from fund.ledger.sqlite_file import path_in
from fund.projections import application_file, open_views
from fund.projections.engine import FILE
from fund.projections.runner import Runner

GOALS = {"median": 10.0, "p99": 50.0}
LOOK = 0.000_5
PATIENCE = 10.0
DRAFTS = 10

Look = Callable[[str], int | None]
"""The version of an application's row, on a connection of its own."""


def fresh(home: Home, extent: Extent) -> Iterator[Line]:
    url = home.url()
    with world.opened(url) as (ledger, handler):
        world.settle(handler)
        files = [f"application-fresh{number}" for number in range(DRAFTS)]
        for file in files:
            world.start(handler, file)
        views = open_views(url)
        with views.reading() as reading:
            table = reading.table(application_file.File).fullname
        with _running(url, lambda: Runner(ledger, views)), _looking(url, table) as look:
            waited = [_waited(handler, look, files[number % DRAFTS]) for number in range(-DRAFTS, extent.saves)][DRAFTS:]
        views.close()
    percentiles = quantiles(waited, n=100)
    for name, found in (("median", percentiles[49]), ("p99", percentiles[98])):
        goal = GOALS[name]
        ratio = found / goal
        yield Line(
            work=f"freshness, {name} of {extent.saves}", database=home.name, writers=1, unit="ms",
            figure=found, floor=goal, ratio=ratio, low=ratio, high=ratio, goal=1.0,
        )  # fmt: skip


def _waited(handler: Handler, look: Look, file: str) -> float:
    """Milliseconds. Saves come at odd moments, not when the runner has just finished."""
    sleep(random.uniform(0, 0.005))
    command = c.SaveSection(application=file, section=random.choice(world.form()))
    version = handler.handle(command, by=world.SIGNATORY, command_id=os.urandom(16).hex()).version
    begin = perf_counter()
    while (look(file) or 0) < version:
        if perf_counter() - begin > PATIENCE:
            raise TimeoutError(f"{file} did not reach version {version} within {PATIENCE} s")
        sleep(LOOK)
    return (perf_counter() - begin) * 1000


@contextmanager
def _running(url: str, runner: Callable[[], Runner]) -> Iterator[None]:
    if url.startswith("sqlite:"):
        stop = Event()
        thread = Thread(target=runner().run, args=(stop,))
        thread.start()
        yield
        stop.set()
        thread.join()
        return
    context = get_context("spawn")
    ready, stopped = context.Event(), context.Event()
    process = context.Process(target=_work, args=(url, ready, stopped), daemon=True)
    process.start()
    ready.wait(PATIENCE)
    yield
    stopped.set()
    process.join(timeout=5)


def _work(url: str, ready: "Event", stopped: "Event") -> None:
    """A worker's process."""
    with world.opened(url) as (ledger, _):
        views = open_views(url)
        ready.set()
        Runner(ledger, views).run(stopped)
        views.close()


@contextmanager
def _looking(url: str, table: str) -> Iterator[Look]:
    if url.startswith("sqlite:"):
        connection = sqlite3.connect(path_in(url).with_name(FILE), isolation_level=None)
        statement = f"SELECT version FROM {table} WHERE stream = ?"
        yield lambda file: next(iter(connection.execute(statement, (file,)).fetchone() or ()), None)
        connection.close()
        return
    with psycopg.connect(url, autocommit=True) as session, session.cursor(binary=True) as cursor:
        asked = f"SELECT version FROM {table} WHERE stream = %s"
        yield lambda file: next(iter(cursor.execute(asked, (file,), prepare=True).fetchone() or ()), None)
