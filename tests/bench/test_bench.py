"""The benchmark runs, measures everything it promises, and would refuse a floor that flatters. What it measures is not judged here."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from bench import __main__ as bench
from bench import databases, report
from bench.extent import QUICK
from bench.floor import HONEST, check_honest
from bench.report import Line

FIELDS = {"work", "database", "writers", "figure", "floor", "ratio", "goal", "met"}
JUDGED = {
    ("command", 1): 2.0,
    ("command", 4): 2.0,
    ("floor over bare INSERT", 1): HONEST,
    ("floor over bare INSERT", 4): HONEST,
    ("replay and fold", 0): 1.5,
    (f"freshness, median of {QUICK.saves}", 1): 1.0,
    (f"freshness, p99 of {QUICK.saves}", 1): 1.0,
}
CATCH_UP = {databases.SQLITE: 15.0, databases.POSTGRESQL: 30.0}


def test_every_work_is_measured_on_both_databases(tmp_path: Path, postgres_server: str) -> None:
    homes = [databases.Home(databases.SQLITE, str(tmp_path)), databases.Home(databases.POSTGRESQL, postgres_server)]
    lines = list(bench.measured(homes, QUICK))
    for home in homes:
        judged = {(line.work, line.writers): line.goal for line in lines if line.database == home.name and line.goal is not None}
        assert judged == JUDGED | {("projection catch-up", 0): CATCH_UP[home.name]}
        informing = {line.work for line in lines if line.database == home.name and line.met is None}
        assert informing == {"command on a seen version", "approval with its money"}
    assert all(line.figure > 0 and line.floor > 0 and line.ratio > 0 for line in lines)


def test_results_are_a_list_of_the_promised_fields(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    report.written([line(2.0, goal=2.0), line(2.01, goal=2.0), line(14.9, goal=15.0, at_least=True), line(3.0)], file)
    results = json.loads(file.read_text())
    assert [set(result) for result in results] == [FIELDS] * 4
    assert [result["met"] for result in results] == [True, False, False, None]


def test_the_table_shows_every_line_and_names_what_is_missed() -> None:
    console = Console(width=bench.WIDTH, record=True)
    report.shown([line(2.01, goal=2.0)], console)
    bench.concluded([line(2.01, goal=2.0)], console)
    text = console.export_text()
    assert "NO" in text
    assert "Goal missed: command, SQLite, 4 writers: 2.01" in text


def test_a_floor_far_above_a_bare_insert_is_refused() -> None:
    check_honest(HONEST, "SQLite")
    with pytest.raises(AssertionError, match=r"only 0\.39 of a bare INSERT"):
        check_honest(0.39, "SQLite")


def test_a_server_that_does_not_wait_for_the_disk_is_refused(monkeypatch: pytest.MonkeyPatch, postgres_url: str) -> None:
    databases.check_durable(postgres_url)
    monkeypatch.setenv("PGOPTIONS", "-c synchronous_commit=off")
    with pytest.raises(RuntimeError, match="synchronous_commit"):
        databases.check_durable(postgres_url)


def line(ratio: float, goal: float | None = None, *, at_least: bool = False) -> Line:
    return Line(
        work="command", database="SQLite", writers=4, unit="per second", figure=100.0, floor=100.0 * ratio, ratio=ratio,
        low=ratio, high=ratio, goal=goal, at_least=at_least,
    )  # fmt: skip
