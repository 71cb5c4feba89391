"""Faults inside an append. After each, the ledger is unchanged or the command is found as done, never something in between."""

import os
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Lock, Thread
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from fund.ledger.errors import Duplicate, Stale, Unavailable
from fund.ledger.kek import KEY, Kek
from fund.ledger.keys import open_keys
from fund.ledger.sqlite_file import path_in
from fund.ledger.store import Ledger
from tests.ledger.samples import opened, places, said

pytestmark = pytest.mark.faults


@contextmanager
def unchanged(url: str) -> Iterator[None]:
    """What is in the database, asked past the ledger under test, is the same afterwards."""
    with opened(url) as onlooker:
        before = [(onlooker.rows(0, 100), onlooker.leaves(0, 100))]
        yield
        assert [(onlooker.rows(0, 100), onlooker.leaves(0, 100))] == before


@contextmanager
def within(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


def goes_on(ledger: Ledger, index: int) -> None:
    """The next append works, and its index has no gap before it."""
    assert places(ledger.append([said(f"next-{index}", 1)], command_id=f"next-{index}")) == [(index, f"next-{index}", 1)]


def test_a_stale_command_leaves_nothing(database_url: str) -> None:
    with opened(database_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        with unchanged(database_url), pytest.raises(Stale):
            ledger.append([said("b", 1), said("a", 1)], command_id="two")
        goes_on(ledger, 2)


def test_a_moved_stream_relied_on_leaves_nothing(database_url: str) -> None:
    with opened(database_url) as ledger:
        ledger.append([said("city", 1)], command_id="one")
        with unchanged(database_url), pytest.raises(Stale):
            ledger.append([said("a", 1)], command_id="two", relies_on={"city": 0})
        goes_on(ledger, 2)


def test_a_repeated_command_leaves_nothing_more(database_url: str) -> None:
    with opened(database_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        with unchanged(database_url), pytest.raises(Duplicate):
            ledger.append([said("b", 1)], command_id="one")
        goes_on(ledger, 2)


SQLITE_TRAP = "CREATE TRIGGER trap BEFORE INSERT ON events WHEN NEW.part = 2 BEGIN SELECT RAISE(ABORT, 'trapped'); END"
POSTGRES_TRAP = """
    CREATE FUNCTION trap() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$;
    CREATE TRIGGER trap AFTER INSERT ON events FOR EACH ROW WHEN (NEW.part = 2) EXECUTE FUNCTION trap()"""


def run(url: str, statement: str) -> None:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(path_in(url))
        connection.executescript(statement)
        connection.close()
    else:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(statement)


def test_an_error_in_the_second_event_undoes_the_first(database_url: str) -> None:
    with opened(database_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        run(database_url, SQLITE_TRAP if database_url.startswith("sqlite") else POSTGRES_TRAP)
        with unchanged(database_url), pytest.raises((sqlite3.Error, psycopg.Error), match="trapped"):
            ledger.append([said("a", 2), said("a", 3)], command_id="two")
        assert ledger.by_command("two") == ()
        goes_on(ledger, 2)


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Someone else is writing, and does not finish."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(path_in(url), isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.close()
    else:
        with psycopg.connect(url) as server:
            server.execute("LOCK TABLE events IN EXCLUSIVE MODE")
            yield


def test_a_lock_is_waited_for_two_seconds(database_url: str) -> None:
    with opened(database_url) as ledger, unchanged(database_url), locked(database_url), within(4), pytest.raises(Unavailable):
        ledger.append([said("a", 1)], command_id="one")
    with opened(database_url) as ledger:
        goes_on(ledger, 1)


def test_a_locked_ledger_can_still_be_read(database_url: str) -> None:
    with opened(database_url) as ledger:
        written = ledger.append([said("a", 1)], command_id="one")
        with locked(database_url), within(1):
            assert ledger.read(0, 10) == written


def test_a_full_disk_leaves_nothing(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        with ledger._factory.datastore.transaction(commit=True) as cursor:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={pages}")
        with unchanged(sqlite_url), pytest.raises(Unavailable, match="full"):
            ledger.append([said("a", version, "x" * 4000) for version in range(2, 9)], command_id="two")
        assert ledger.by_command("two") == ()
        with ledger._factory.datastore.transaction(commit=True) as cursor:
            cursor.execute(f"PRAGMA max_page_count={pages + 100}")
        goes_on(ledger, 2)


@pytest.mark.parametrize("loss", [Path.unlink, lambda path: path.rename(path.with_name("elsewhere.db"))], ids=["removed", "moved"])
def test_a_file_that_is_gone_is_not_written_to(sqlite_url: str, loss) -> None:
    with opened(sqlite_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        loss(path_in(sqlite_url))
        with pytest.raises(Unavailable):
            ledger.append([said("a", 2)], command_id="two")


def test_a_file_that_was_replaced_is_not_written_to(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        path_in(sqlite_url).rename(path_in(sqlite_url).with_name("elsewhere.db"))
        with opened(sqlite_url), pytest.raises(Unavailable):
            ledger.append([said("a", 1)], command_id="one")


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/ledger.db", "postgresql://nobody@127.0.0.1:1/none", "postgresql:///none?host=/nowhere"]
)
def test_a_database_that_is_not_there_is_known_at_start_up(url: str) -> None:
    with within(5), pytest.raises(Unavailable), opened(url):
        pass
    with within(5), pytest.raises(Unavailable):
        open_keys(url, Kek(os.urandom(KEY)))


def test_a_file_that_is_no_database_is_known_at_start_up(sqlite_url: str) -> None:
    path_in(sqlite_url).write_bytes(b"not a database, but long enough to be looked at" * 100)
    with pytest.raises(Unavailable), opened(sqlite_url):
        pass


def test_a_process_that_dies_after_commit_leaves_the_command_done(database_url: str) -> None:
    child = os.fork()
    if child == 0:
        with opened(database_url) as ledger:
            ledger.append([said("a", 1), said("a", 2)], command_id="one")
            os._exit(0)
    os.waitpid(child, 0)
    with opened(database_url) as ledger:
        assert places(ledger.by_command("one")) == [(1, "a", 1), (2, "a", 2)]
        with unchanged(database_url), pytest.raises(Duplicate):
            ledger.append([said("a", 1), said("a", 2)], command_id="one")


class Wire:
    """Stands between a ledger and PostgreSQL and breaks on command. `url` is what the ledger connects to."""

    def __init__(self, url: str, folder: Path) -> None:
        parts = urlsplit(url)
        self._upstream = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._path = folder / ".s.PGSQL.5432"
        self.url = parts._replace(query=f"host={folder}").geturl()
        self.fault: str | None = None
        self.lasting = False
        self.hangs, self.awake = Event(), Event()
        self._open: list[socket.socket] = []
        self._lock = Lock()
        self.listen()

    def listen(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._path))
        self._listener.listen()
        Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """The server is gone: nobody listens, and every connection breaks."""
        self._path.unlink()
        self._listener.close()
        with self._lock:
            broken, self._open = self._open, []
        for end in broken:
            close(end)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._upstream)
            with self._lock:
                self._open += [client, server]
            Thread(target=self._carry, args=(client, server, "request lost"), daemon=True).start()
            Thread(target=self._carry, args=(server, client, "reply lost"), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, loss: str) -> None:
        """One way of one connection, until either end closes it or what it carries is to be lost."""
        while (content := read(source)) and self.fault != loss:
            if self.hangs.is_set():
                self.awake.wait()
            send(target, content)
        if self.fault == loss and not self.lasting:
            self.fault = None
        close(source)
        close(target)


def read(end: socket.socket) -> bytes:
    try:
        return end.recv(1 << 20)
    except OSError:
        return b""


def send(end: socket.socket, content: bytes) -> None:
    try:
        end.sendall(content)
    except OSError:
        close(end)


def close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@pytest.fixture
def wire(postgres_url: str, tmp_path: Path) -> Iterator[Wire]:
    wire = Wire(postgres_url, tmp_path)
    yield wire
    wire.awake.set()
    wire.cut()


@pytest.mark.parametrize("fault", ["request lost", "reply lost"])
def test_a_broken_connection_is_mended_and_the_command_done_once(wire: Wire, postgres_url: str, fault: str) -> None:
    with opened(wire.url) as ledger, opened(postgres_url) as onlooker:
        ledger.append([said("a", 1)], command_id="one")
        wire.fault = fault
        done = ledger.append([said("a", 2), said("b", 1)], command_id="two")
        assert wire.fault is None
        assert places(done) == [(2, "a", 2), (3, "b", 1)]
        assert onlooker.by_command("two") == done
        goes_on(ledger, 4)


def test_a_lost_reply_does_not_hide_that_another_request_had_the_command_id(wire: Wire, postgres_url: str) -> None:
    with opened(wire.url) as ledger, opened(postgres_url) as onlooker:
        ledger.append([said("c", 1)], command_id="warm")
        onlooker.append([said("a", 1)], command_id="one")
        wire.fault = "reply lost"
        with pytest.raises(Duplicate):
            ledger.append([said("b", 1)], command_id="one")


def test_when_every_reply_is_lost_the_command_is_found_as_done(wire: Wire, postgres_url: str) -> None:
    with opened(wire.url) as ledger, opened(postgres_url) as onlooker:
        ledger.append([said("a", 1)], command_id="one")
        wire.fault, wire.lasting = "reply lost", True
        with within(5), pytest.raises(Unavailable):
            ledger.append([said("a", 2)], command_id="two")
        wire.fault, wire.lasting = None, False
        assert places(onlooker.by_command("two")) == [(2, "a", 2)]
        with pytest.raises(Duplicate):
            ledger.append([said("a", 2)], command_id="two")
        goes_on(ledger, 3)


def test_when_every_request_is_lost_nothing_is_done(wire: Wire, postgres_url: str) -> None:
    with opened(wire.url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        wire.fault, wire.lasting = "request lost", True
        with unchanged(postgres_url), within(5), pytest.raises(Unavailable):
            ledger.append([said("a", 2)], command_id="two")
        wire.fault, wire.lasting = None, False
        goes_on(ledger, 2)


def test_a_reader_mends_a_broken_connection(wire: Wire) -> None:
    with opened(wire.url) as ledger:
        written = ledger.append([said("a", 1)], command_id="one")
        wire.fault = "reply lost"
        assert ledger.read(0, 10) == written
        assert wire.fault is None


def test_a_server_that_is_gone_is_known_at_once_and_found_when_it_is_back(wire: Wire) -> None:
    with opened(wire.url) as ledger:
        written = ledger.append([said("a", 1)], command_id="one")
        wire.cut()
        for ask in (ledger.head, lambda: ledger.stream("a"), lambda: ledger.append([said("a", 2)], command_id="two")):
            with within(5), pytest.raises(Unavailable):
                ask()
        wire.listen()
        assert ledger.read(0, 10) == written
        goes_on(ledger, 2)


def test_a_server_that_never_answers_is_known_at_start_up(tmp_path: Path) -> None:
    silent = socket.socket(socket.AF_UNIX)
    silent.bind(str(tmp_path / ".s.PGSQL.5432"))
    silent.listen()
    with within(5), pytest.raises(Unavailable), opened(f"postgresql://postgres@/none?host={tmp_path}"):
        pass
    silent.close()


def test_a_session_ended_by_the_administrator_is_replaced(postgres_url: str) -> None:
    with opened(postgres_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        run(postgres_url, end)
        goes_on(ledger, 2)


def test_a_server_that_only_reads_is_unavailable_for_writing(postgres_url: str) -> None:
    with opened(postgres_url) as ledger:
        written = ledger.append([said("a", 1)], command_id="one")
    run(postgres_url, f'ALTER DATABASE "{urlsplit(postgres_url).path[1:]}" SET default_transaction_read_only = on')
    with opened(postgres_url) as ledger:
        assert ledger.read(0, 10) == written
        with pytest.raises(Unavailable):
            ledger.append([said("a", 2)], command_id="two")


def test_a_server_that_hangs_is_given_up(postgres_url: str, wire: Wire) -> None:
    with opened(wire.url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        wire.hangs.set()
        with within(6), pytest.raises(Unavailable):
            ledger.append([said("a", 2)], command_id="two")
