"""`python -m bench [--quick]`: measures, prints the table, writes `bench/results.json`. Ends 0 when all was measured, goals met or not."""

import argparse
import gc
from collections.abc import Iterator
from contextlib import ExitStack
from time import perf_counter

from rich.console import Console

from bench import catching_up, commands, freshness, replay, report, world
from bench.databases import Home, postgres_home, sqlite_home
from bench.extent import FULL, QUICK, Extent
from bench.floor import check_honest
from bench.report import Line
from fund.ledger.store import Ledger

WIDTH = 132


def measured(homes: list[Home], extent: Extent) -> Iterator[Line]:
    with world.opened("memory://") as (history, handler), world.opened("memory://") as (decided, other):
        world.settle(handler)
        world.lives(handler, extent.files)
        world.settle(other)
        world.decided(other, extent.approvals)
        # What was made here for measuring is no burden of what is measured.
        gc.collect()
        gc.freeze()
        for home in homes:
            yield from commands.saved_sections(home, extent)
            yield from commands.approvals(home, extent, decided)
            yield from on_history(home, extent, history)
            yield from freshness.fresh(home, extent)


def on_history(home: Home, extent: Extent, history: Ledger) -> Iterator[Line]:
    url = home.url()
    with world.opened(url) as (ledger, _):
        world.copied(history, ledger)
        yield from replay.replays(home, extent, url, ledger)
        yield from catching_up.catch_ups(home, extent, url, ledger)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few seconds: shows that everything runs, the figures mean little")
    quick = parser.parse_args().quick
    begin, console = perf_counter(), Console()
    # Into a file or a log, at full width.
    console = console if console.is_terminal else Console(width=WIDTH)
    lines: list[Line] = []
    with ExitStack() as stack:
        homes = [stack.enter_context(sqlite_home()), stack.enter_context(postgres_home())]
        for line in measured(homes, QUICK if quick else FULL):
            lines.append(line)
            console.print(f"[dim]{line.work}, {line.database}, {line.writers or ''}: {line.ratio:.2f}[/]")
    report.shown(lines, console)
    report.written(lines)
    concluded(lines, console)
    console.print(f"{perf_counter() - begin:.0f} s; {report.RESULTS}")
    for line in lines:
        if line.work == commands.HONESTY and not quick:
            check_honest(line.ratio, f"{line.database} with {line.writers} writers")


def concluded(lines: list[Line], console: Console) -> None:
    """What was missed, by name."""
    missed = [line for line in lines if line.met is False]
    for line in missed:
        console.print(f"[bold red]Goal missed:[/] {line.work}, {line.database}, {line.writers or 'no'} writers: {line.ratio:.2f}")
    if not missed:
        console.print("[green]Every goal is met.[/]")


if __name__ == "__main__":
    main()
