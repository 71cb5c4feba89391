"""The demonstration, played once on SQLite for all tests that look at its result."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from fund.border.opening import Fund, open_fund
from fund.border.settings import Settings
from fund.demo.playing import play_demo
from fund.demo.stage import ScriptedClock
from fund.ledger.handler import Sources
from tests.acceptance.office import seeded
from tests.cli.driving import begun_umask


def played(settings: Settings) -> str:
    """What the demonstration prints, with ids that are the same in every run."""
    printed = StringIO()
    play_demo(settings, Console(file=printed, width=200, highlight=False), Sources(ScriptedClock(), seeded(7)))
    return printed.getvalue()


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(data=tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def first_run(demo_settings: Settings) -> str:
    """Played inside another program that lets everybody read what it makes."""
    with begun_umask(0o022):
        return played(demo_settings)


@pytest.fixture(scope="session")
def demo(demo_settings: Settings, first_run: str) -> Iterator[Fund]:
    fund = open_fund(demo_settings, Sources(ScriptedClock(), seeded(8)))
    yield fund
    fund.close()


@pytest.fixture(scope="session")
def letters(demo_settings: Settings, first_run: str) -> list[Path]:
    return sorted((demo_settings.data / "letters").glob("*.pdf"))
