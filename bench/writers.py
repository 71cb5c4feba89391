"""Writers: each has draft applications of its own and saves them section by section, by command or by hand.

On SQLite they are threads of one process, because one server writes; on PostgreSQL processes, because web workers are. The engine and
its floor are run by the same writers in the same way.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Protocol

from bench import rounds, world
from bench.floor import Floor, Pen, floor_beside
from fund.domain import commands as c
from fund.ledger.handler import Handler

COMMAND, SEEN, FLOOR, BARE = "command", "seen", "floor", "bare"
AHEAD = 0.02
"""Seconds that processes are given to hear of a slice."""


class Writer:
    """Works on drafts `application-{name}-0` and so on, each warm: known to the handler, its key at hand."""

    def __init__(self, handler: Handler, floor: Floor, name: str, drafts: int) -> None:
        self._handler = handler
        self._floor = floor
        self._files = [f"application-{name}-{number}" for number in range(drafts)]
        self._versions: dict[str, int] = {}
        for file in self._files:
            world.start(handler, file)
            self._save(c.SaveSection(application=file, section=world.form()[1]), None)
        turns = [(file, section) for section in world.form() for file in self._files]
        self._commands = cycle([c.SaveSection(application=file, section=section) for file, section in turns])
        pens = {file: Pen(file) for file in self._files}
        self._by_hand = cycle([(pens[file], section) for file, section in turns])
        self._finished = cycle([pens[file].section(section) for file, section in turns])
        self.works: dict[str, Callable[[], object]] = {
            COMMAND: self.command, SEEN: self.seen, FLOOR: self.by_hand, BARE: self.bare,
        }  # fmt: skip

    def command(self) -> None:
        """With an id, as every request has one, so that it may be sent again."""
        self._save(next(self._commands), None)

    def seen(self) -> None:
        """The same, against the version that the person saw, as forms and If-Match give it."""
        command = next(self._commands)
        self._save(command, self._versions[command.stream])

    def _save(self, command: c.SaveSection, expected: int | None) -> None:
        reply = self._handler.handle(command, by=world.SIGNATORY, command_id=os.urandom(16).hex(), expected=expected)
        self._versions[reply.stream] = reply.version

    def by_hand(self) -> None:
        pen, section = next(self._by_hand)
        self._floor.append((pen.section(section),))

    def bare(self) -> None:
        self._floor.bare(next(self._finished))


class Team(Protocol):
    def rate(self, work: str, writers: int, seconds: float) -> float:
        """Per second, of so many writers at once."""
        ...


class Threads:
    """Writers of one process, on one handler."""

    def __init__(self, writers: list[Writer]) -> None:
        self._writers = writers

    def rate(self, work: str, writers: int, seconds: float) -> float:
        return rounds.at_once([writer.works[work] for writer in self._writers[:writers]], seconds)


class Processes:
    """Writers in processes of their own, each with a handler of its own."""

    def __init__(self, lines: "list[Connection[object, object]]") -> None:
        self._lines = lines

    def rate(self, work: str, writers: int, seconds: float) -> float:
        begin = perf_counter() + AHEAD
        for line in self._lines[:writers]:
            line.send((work, begin, seconds))
        return sum(float(str(line.recv())) for line in self._lines[:writers])


@contextmanager
def team(url: str, writers: int, drafts: int) -> Iterator[Team]:
    with world.opened(url) as (_, handler):
        world.settle(handler)
        if url.startswith("sqlite:"):
            floor = floor_beside(url)
            yield Threads([Writer(handler, floor, str(number), drafts) for number in range(writers)])
            floor.close()
            return
    with ExitStack() as stack:
        lines = [stack.enter_context(_process(url, str(number), drafts)) for number in range(writers)]
        for line in lines:
            line.recv()
        yield Processes(lines)


@contextmanager
def _process(url: str, name: str, drafts: int) -> "Iterator[Connection[object, object]]":
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, url, name, drafts), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.join(timeout=10)


def _serve(line: "Connection[object, tuple[str, float, float]]", url: str, name: str, drafts: int) -> None:
    with world.opened(url) as (_, handler):
        floor = floor_beside(url)
        writer = Writer(handler, floor, name, drafts)
        line.send("ready")
        try:
            while True:
                work, begin, seconds = line.recv()
                line.send(rounds.repeated(writer.works[work], begin, seconds))
        except EOFError:
            floor.close()
