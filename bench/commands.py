"""A command from asking to its durable commit, against the same row appended by hand."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from time import perf_counter

from bench import rounds, world, writers
from bench.databases import Home
from bench.extent import Extent
from bench.floor import HONEST, Floor, Pen, floor_beside
from bench.report import Line
from fund.domain import commands as c
from fund.domain.events import Approved, FundsCommitted
from fund.ledger.handler import Handler
from fund.ledger.store import Ledger

GOAL = 2.0
UNIT = "per second"
HONESTY = "floor over bare INSERT"


def saved_sections(home: Home, extent: Extent) -> Iterator[Line]:
    """`SaveSection` on warm drafts, the six sections in turn. Also against a version that was seen, and the floor against the bare row."""
    with writers.team(home.url(), max(extent.writers), extent.drafts) as team:
        for count in extent.writers:
            works = (writers.COMMAND, writers.FLOOR, writers.BARE, writers.SEEN)
            rates = rounds.interleaved({work: partial(team.rate, work, count, extent.slice) for work in works}, extent.rounds)
            yield _line("command", home, count, rates[writers.COMMAND], rates[writers.FLOOR], GOAL)
            yield _line("command on a seen version", home, count, rates[writers.SEEN], rates[writers.FLOOR], None)
            honesty = rounds.compared(rates[writers.FLOOR], rates[writers.BARE], lambda floor, bare: floor / bare)
            yield Line(work=HONESTY, database=home.name, writers=count, unit=UNIT, goal=HONEST, at_least=True, **honesty._asdict())


def approvals(home: Home, extent: Extent, decided: Ledger) -> Iterator[Line]:
    """`Approve`, each file on an envelope of its own: two streams in one commit. For information."""
    url = home.url()
    with world.opened(url) as (ledger, handler):
        world.copied(decided, ledger)
        files = [event.stream for event in ledger.read(0, ledger.head()) if event.event.name == "application.proposal_made.v1"]
        for file in files:
            handler.load(file)
        floor = floor_beside(url)
        by_command = _approve(handler, iter(files))
        by_hand = _approve_by_hand(floor)
        # Counted, not timed: no file is approved twice. One more round warms up.
        each = len(files) // (extent.rounds + 1)
        turns = {"figure": partial(_timed, by_command, each), "floor": partial(_timed, by_hand, each)}
        rates = rounds.interleaved(turns, extent.rounds)
        floor.close()
    yield _line("approval with its money", home, 1, rates["figure"], rates["floor"], None)


def _line(work: str, home: Home, count: int, figures: list[float], floors: list[float], goal: float | None) -> Line:
    # In time, not in rate: how many times as long it takes.
    found = rounds.compared(figures, floors, lambda figure, floor: floor / figure)
    return Line(work=work, database=home.name, writers=count, unit=UNIT, goal=goal, **found._asdict())


def _timed(steps: Iterator[None], number: int) -> float:
    begin = perf_counter()
    done = sum(1 for _ in islice(steps, number))
    return done / (perf_counter() - begin)


def _approve(handler: Handler, files: Iterator[str]) -> Iterator[None]:
    for file in files:
        command = c.Approve(application=file, reasons=("it serves the priority",))
        handler.handle(command, by=world.APPROVER, command_id=os.urandom(16).hex())
        yield


def _approve_by_hand(floor: Floor) -> Iterator[None]:
    now = datetime.now(UTC)
    while True:
        file, envelope = Pen(f"application-{os.urandom(8).hex()}"), Pen(f"envelope-{os.urandom(8).hex()}")
        id = os.urandom(16).hex()
        granted = Approved(
            envelope=envelope.stream, amount=1, currency="EUR", reasons=("it serves the priority",), due=now, calendar="central/1"
        )
        money = FundsCommitted(application=file.stream, amount=1, currency="EUR")
        floor.append((file.row(granted, id, 1), envelope.row(money, id, 2)))
        yield
