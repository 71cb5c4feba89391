"""The state as it was: at every index, of every application, equal to what a ledger cut there would say.

The state of an application changes only where one of its own facts is: unless at full length (`make faults`), each is asked for at these
indexes and at those just before them, and all are asked for at every hundredth.
"""

import os
import sqlite3
from pathlib import Path

import pytest

from fund.border.opening import Fund
from fund.border.reading import state_at
from fund.border.settings import Settings
from fund.domain.events import EVENTS
from fund.domain.streams import fold, initial, kind_of
from fund.ledger.keys import MemoryKeys
from fund.ledger.store import Ledger

FULL = os.environ.get("FUND_FAULTS") == "full"


@pytest.mark.faults
def test_the_state_at_every_index_equals_that_of_a_ledger_cut_there(demo: Fund, demo_settings: Settings, tmp_path: Path) -> None:
    applications = sorted({one.stream for one in demo.ledger.read(0, 100_000) if kind_of(one.stream) == "application"})
    cut = Ledger.open(f"sqlite:///{tmp_path}/cut.db", MemoryKeys(), EVENTS)
    source = sqlite3.connect(demo_settings.data / "fund.db")
    target = sqlite3.connect(tmp_path / "cut.db", isolation_level=None)
    names = [column[1] for column in source.execute("PRAGMA table_info(events)")]
    insert = f"INSERT INTO events ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    target.execute("PRAGMA synchronous=OFF")
    moves = [one.stream for one in demo.ledger.read(0, 100_000)]
    compared, then = 0, {stream: initial(stream) for stream in applications}
    try:
        for index, row in enumerate(source.execute(f"SELECT {', '.join(names)} FROM events ORDER BY rowid"), start=1):
            target.execute(insert, row)
            moved = row[names.index("originator_id")]
            if moved in then:
                # The ledger that is cut here holds nothing newer of any other stream than it did one event ago.
                then[moved] = fold(moved, cut.stream(moved))
            around = {moved, *moves[index : index + 1]} & then.keys()
            for stream in applications if FULL or index % 100 == 0 else around:
                known = state_at(demo.ledger, stream, index=index)
                assert (known.file if known else initial(stream)) == then[stream], f"{stream} at {index}"
                compared += 1
    finally:
        for connection in (source, target):
            connection.close()
        cut.close()
    assert index == demo.ledger.head()
    assert compared == index * len(applications) > 0 if FULL else compared > len(moves)


def test_the_state_at_an_instant_is_that_at_the_last_index_before_it(demo: Fund) -> None:
    stream = next(one.stream for one in demo.ledger.read(0, 100_000) if kind_of(one.stream) == "application")
    for one in demo.ledger.stream(stream):
        at_instant, at_index = state_at(demo.ledger, stream, at=one.header.at), state_at(demo.ledger, stream, index=one.index)
        assert at_instant is not None
        assert at_index is not None
        assert at_instant.last.header.at == at_index.last.header.at
        assert at_instant.last.index >= at_index.last.index


def test_before_its_first_fact_there_was_no_application(demo: Fund) -> None:
    first = next(one for one in demo.ledger.read(0, 100_000) if kind_of(one.stream) == "application")
    assert state_at(demo.ledger, first.stream, index=first.index - 1) is None
