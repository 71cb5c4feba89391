"""Lines of the table, and the file other programs read."""

from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).with_name("results.json")


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """figure, floor: in `unit`. ratio is compared with goal: at most, or with `at_least` at least. Without a goal the line only informs.

    low, high: quartiles of the ratio over all rounds.
    """

    work: str
    database: str
    writers: int
    unit: str
    figure: float
    floor: float
    ratio: float
    low: float
    high: float
    goal: float | None = None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal


def written(lines: list[Line], path: Path = RESULTS) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode([_fields(line) for line in lines]), indent=2) + b"\n")


def _fields(line: Line) -> dict[str, object]:
    return {
        "work": line.work,
        "database": line.database,
        "writers": line.writers,
        "figure": round(line.figure, 2),
        "floor": round(line.floor, 2),
        "ratio": round(line.ratio, 3),
        "goal": line.goal,
        "met": line.met,
    }


def shown(lines: list[Line], console: Console) -> None:
    table = Table(title="Ratios against floors measured in the same run")
    for heading in ("work", "database"):
        table.add_column(heading, no_wrap=True)
    for heading in ("writers", "figure", "floor", "unit", "ratio", "quartiles", "goal", "met"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        table.add_row(*_cells(line))
    console.print(table)


def _cells(line: Line) -> tuple[str, ...]:
    sign = "≥" if line.at_least else "≤"
    goal = "" if line.goal is None else f"{sign} {line.goal:g}"
    met = {None: "", True: "[green]yes[/]", False: "[bold red]NO[/]"}[line.met]
    figures = (f"{line.figure:,.1f}", f"{line.floor:,.1f}", line.unit, f"{line.ratio:.2f}", f"{line.low:.2f}–{line.high:.2f}")
    return (line.work, line.database, str(line.writers), *figures, goal, met)
