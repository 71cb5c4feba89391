"""`fund` as a process of its own: what only a real one shows."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from time import monotonic, sleep

import pytest

from tests.cli.conftest import reference
from tests.cli.driving import ROOT, Desk


def test_exit_codes_reach_the_shell_and_each_stream_has_its_own_words(applied: Desk) -> None:
    no = applied.process("state", reference(applied), "--at", "1")
    assert (no.code, no.out, no.line.split()[0]) == (1, "", "state.not_yet")
    wrong = applied.process("state", b"\xff\xfe")
    assert (wrong.code, wrong.out, wrong.line.split()[0]) == (2, "", "usage:")
    failed = applied.process("check", "--json", FUND_DATABASE_URL="postgresql://127.0.0.1:1/fund")
    assert (failed.code, failed.out, failed.line.split()[0]) == (3, "", "ledger.unavailable:")


def test_a_letter_is_printed_although_python_imports_the_program_again_for_that(applied: Desk) -> None:
    done = applied.process("doctor", "--json")
    assert done.json["checks"] == {"ledger": "ok", "printing": "ok"}
    assert (done.code, done.err) == (0, "")


def test_a_reader_who_has_seen_enough_ends_it_quietly(applied: Desk) -> None:
    environment = {"PATH": "/usr/bin:/bin", **applied.environment}
    line = f"{sys.executable} -m fund schema application | head -c 20"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=ROOT, env=environment, capture_output=True, timeout=60)
    assert done.stderr == b""
    assert done.returncode == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_interrupted_ends_without_a_trace(begun: Desk, how: signal.Signals) -> None:
    environment = {"PATH": "/usr/bin:/bin", **begun.environment}
    (begun.data / "views.db").unlink()
    worker = subprocess.Popen([sys.executable, "-m", "fund", "worker"], cwd=ROOT, env=environment, stderr=subprocess.PIPE)
    try:
        _until(lambda: _at_work(begun))
        worker.send_signal(how)
        _, err = worker.communicate(timeout=20)
    finally:
        worker.kill()
    assert err == b""
    assert worker.returncode == 0


def _at_work(desk: Desk) -> bool:
    """Whether the views it found missing are there again, with the administrator in them."""
    try:
        with closing(sqlite3.connect(f"file:{desk.data / 'views.db'}?mode=ro", uri=True)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE name GLOB 'people_v*_g*'").fetchall()
            return any(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for (name,) in tables)
    except sqlite3.OperationalError:
        return False


def _until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, "it never came"
        sleep(0.05)
