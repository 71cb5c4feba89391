"""Many threads that decode their first events at once, in a process of their own: what goes wrong here ends the process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROUNDS = 10 if os.environ.get("FUND_FAULTS") == "full" else 1
ROOT = Path(__file__).parents[2]
RACE = """
import sys, threading
from fund.domain.events import EVENTS
from fund.ledger.mapper import Mapper
from tests.golden import logs

THREADS, lines = 32, logs.lines()
together = threading.Barrier(THREADS)
sys.setswitchinterval(1e-5)

def decode(number):
    mapper, start = Mapper(EVENTS), number * 7 % len(lines)
    together.wait()
    for line in lines[start:] + lines[:start]:
        mapper.recorded(line.index, line.stream, line.version, line.topic, line.state.encode())

threads = [threading.Thread(target=decode, args=(number,)) for number in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.mark.faults
def test_threads_that_meet_an_event_for_the_first_time_together_all_read_it() -> None:
    for _ in range(ROUNDS):
        raced = subprocess.run([sys.executable, "-c", RACE], cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert (raced.returncode, raced.stderr) == (0, "")
