"""Writers that are killed: nothing acknowledged is lost, nothing is half there, the index has no gap."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from fund.domain.event import Recorded
from fund.ledger.leaf import leaf
from fund.ledger.store import Ledger
from tests.faults.writer import open_handler

ROUNDS = 40 if os.environ.get("FUND_FAULTS") == "full" else 3
EVENTS_A_COMMAND = 2
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.faults


class Writer:
    """A process that writes, and the file it tells its acknowledged commands to."""

    def __init__(self, url: str, name: str, folder: Path) -> None:
        self._told = folder / name
        with self._told.open("wb") as told:
            command = [sys.executable, "-m", "tests.faults.writer", url, name]
            self._process = subprocess.Popen(command, stdout=told, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})

    def wait_until_ready(self) -> None:
        while b"ready\n" not in self._told.read_bytes():
            assert self._process.poll() is None, "it ended before it began"
            time.sleep(0.01)

    def killed(self) -> list[str]:
        """Ids it had acknowledged. A line that was cut short was not read by anybody."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        lines = self._told.read_text().splitlines(keepends=True)
        return [line.strip() for line in lines if line.endswith("\n") and line != "ready\n"]


def sound(ledger: Ledger, acknowledged: list[str]) -> None:
    rows = ledger.rows(0, 1_000_000)
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1)), "the index has no gap"
    leaves = dict(ledger.leaves(0, 1_000_000))
    assert all(leaves[index] == leaf(stream, version, name, state) for index, stream, version, name, state in rows)
    recorded: dict[str, list[Recorded]] = {}
    for one in ledger.read(0, 1_000_000):
        recorded.setdefault(one.header.command_id, []).append(one)
    assert {len(parts) for parts in recorded.values()} <= {EVENTS_A_COMMAND}, "a command is there as a whole or not at all"
    assert set(acknowledged) <= recorded.keys(), "what was acknowledged is there"


def test_killed_processes_lose_nothing_that_was_acknowledged(database_url: str, tmp_path: Path) -> None:
    chance = random.Random(20251)
    told: list[str] = []
    for number in range(ROUNDS):
        writers = [Writer(database_url, f"round-{number}-{one}", tmp_path) for one in range(2)]
        for writer in writers:
            writer.wait_until_ready()
            time.sleep(chance.uniform(0.05, 0.4))
            told += writer.killed()
    check(database_url, told)


def test_connections_cut_by_the_server_lose_nothing_that_was_acknowledged(postgres_url: str, tmp_path: Path) -> None:
    """The server ends every connection again and again; each writer goes on, or gives up without having said so."""
    writers = [Writer(postgres_url, f"cut-{one}", tmp_path) for one in range(2)]
    for writer in writers:
        writer.wait_until_ready()
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        for _ in range(ROUNDS * 3):
            time.sleep(0.15)
            connection.execute(cut)
    check(postgres_url, [id for writer in writers for id in writer.killed()])


def check(url: str, told: list[str]) -> None:
    handler = open_handler(url)
    with closing(handler.keys), closing(handler.ledger):
        assert told
        sound(handler.ledger, told)
