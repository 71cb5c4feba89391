"""What an append promises, the same on every database."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Timer
from time import monotonic

import psycopg
import pytest

from fund.ledger.errors import Duplicate, Stale
from fund.ledger.leaf import leaf
from fund.ledger.sqlite_file import path_in
from fund.ledger.store import Ledger
from tests.ledger.samples import filed, opened, places, said


def test_events_get_a_gap_free_index_from_one(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        first = ledger.append([said("a", 1), said("b", 1)], command_id="one")
        second = ledger.append([said("a", 2)], command_id="two")
        assert places(first + second) == [(1, "a", 1), (2, "b", 1), (3, "a", 2)]
        assert ledger.head() == 3


def test_what_is_read_is_what_append_returned(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        written = ledger.append([filed("a", 1), said("b", 1), said("a", 2)], command_id="one")
        assert ledger.read(0, 10) == written
        assert ledger.by_command("one") == written
        assert ledger.stream("a") == (written[0], written[2])


def test_reading_stops_where_it_is_told(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        ledger.append([said("a", version) for version in range(1, 8)], command_id="one")
        assert [event.index for event in ledger.read(2, 2)] == [3, 4]
        assert [event.index for event in ledger.read(2, 9, up_to=5)] == [3, 4, 5]
        assert [event.version for event in ledger.stream("a", after=2, up_to=4)] == [3, 4]
        assert [len(batch) for batch in ledger.batches(size=3)] == [3, 3, 1]
        assert [index for index, _ in ledger.leaves(2, 9, up_to=5)] == [3, 4, 5]
        assert ledger.read(7, 9) == ledger.stream("b") == ledger.by_command("none") == ()


def test_an_empty_ledger_has_head_zero(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        assert (ledger.head(), ledger.read(0, 10)) == (0, ())


def test_a_leaf_stands_beside_every_event_and_commits_to_its_stored_bytes(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        ledger.append([filed("a", 1), said("a", 2)], command_id="one")
        rows = ledger.rows(0, 10)
        assert ledger.leaves(0, 10) == [(index, leaf(stream, version, name, state)) for index, stream, version, name, state in rows]


@pytest.mark.parametrize("version", [1, 3], ids=["taken", "ahead"])
def test_a_version_that_is_not_the_next_is_stale(ledger_url: str, version: int) -> None:
    with opened(ledger_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
        with pytest.raises(Stale) as stale:
            ledger.append([said("b", 1), said("a", version)], command_id="two")
        assert stale.value.stream == "a"
        assert ledger.head() == 1
        assert ledger.by_command("two") == ()


def test_a_stream_relied_on_must_not_have_moved(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        ledger.append([said("city", 1)], command_id="one")
        ledger.append([said("a", 1)], command_id="two", relies_on={"city": 1, "hub": 0})
        ledger.append([said("city", 2)], command_id="three")
        with pytest.raises(Stale) as stale:
            ledger.append([said("a", 2)], command_id="four", relies_on={"city": 1})
        assert stale.value.stream == "city"
        assert ledger.head() == 3


def test_a_stream_cannot_be_relied_on_at_another_version_than_it_is_written(ledger_url: str) -> None:
    with opened(ledger_url) as ledger, pytest.raises(Stale):
        ledger.append([said("a", 1)], command_id="one", relies_on={"a": 3})


def test_a_command_is_recorded_once(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        done = ledger.append([said("a", 1)], command_id="one")
        for again in (said("a", 1), said("a", 2), said("b", 1)):
            with pytest.raises(Duplicate):
                ledger.append([again], command_id="one")
        assert ledger.by_command("one") == ledger.read(0, 10) == done


def test_indexes_have_no_gap_after_failures(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        for version in range(1, 6):
            ledger.append([said("a", version)], command_id=f"good-{version}")
            with pytest.raises(Stale):
                ledger.append([said("b", 1), said("a", 1)], command_id=f"bad-{version}")
        assert [event.index for event in ledger.read(0, 10)] == [1, 2, 3, 4, 5]


def race(ledgers: list[Ledger], write: Callable[[Ledger, int], object]) -> list[object]:
    """What each writer got, all having started at once."""
    start = Barrier(len(ledgers))

    def run(number: int) -> object:
        start.wait()
        try:
            return write(ledgers[number], number)
        except (Stale, Duplicate) as refusal:
            return type(refusal)

    with ThreadPoolExecutor(len(ledgers)) as pool:
        return list(pool.map(run, range(len(ledgers))))


def test_of_two_racing_writers_one_is_stale(database_url: str) -> None:
    with opened(database_url) as one, opened(database_url) as other:
        for version in range(1, 11):
            results = race([one, other], lambda ledger, n, v=version: ledger.append([said("a", v)], command_id=f"{n}-{v}"))
            assert results.count(Stale) == 1
        assert [event.version for event in one.stream("a")] == list(range(1, 11))
        assert [event.index for event in other.read(0, 20)] == list(range(1, 11))


def test_of_two_racing_repeats_one_is_a_duplicate(database_url: str) -> None:
    with opened(database_url) as one, opened(database_url) as other:
        for version in range(1, 11):
            results = race([one, other], lambda ledger, n, v=version: ledger.append([said(f"a-{n}", v)], command_id=f"{v}"))
            assert results.count(Duplicate) == 1
            winner = next(n for n, result in enumerate(results) if result is not Duplicate)
            one.append([said(f"a-{1 - winner}", version)], command_id=f"catch-up-{version}")


def test_write_skew_between_two_streams_is_refused(database_url: str) -> None:
    with opened(database_url) as one, opened(database_url) as other:
        for version in range(1, 11):
            streams = [f"a-{version}", f"b-{version}"]
            results = race(
                [one, other],
                lambda ledger, n, s=streams: ledger.append([said(s[n], 1)], command_id=s[n], relies_on={s[1 - n]: 0}),
            )
            assert results.count(Stale) == 1


def test_many_writers_leave_no_gap(database_url: str) -> None:
    with opened(database_url) as one, opened(database_url) as other:

        def write(number: int) -> None:
            for version in range(1, 16):
                (one, other)[number % 2].append([said(f"a-{number}", version)] * 1, command_id=f"{number}-{version}")

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(write, range(4)))
        assert [event.index for event in one.read(0, 100)] == list(range(1, 61))


@pytest.mark.parametrize("statement", ["UPDATE events SET topic = 'x'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_history(database_url: str, statement: str) -> None:
    with opened(database_url) as ledger:
        written = ledger.append([said("a", 1)], command_id="one")
        connection = sqlite3.connect(path_in(database_url)) if "sqlite" in database_url else psycopg.connect(database_url)
        with pytest.raises((sqlite3.DatabaseError, psycopg.Error), match="append-only"):
            connection.execute(statement)
        connection.close()
        assert ledger.read(0, 10) == written


def test_postgresql_refuses_to_truncate_history(postgres_url: str) -> None:
    with opened(postgres_url), psycopg.connect(postgres_url) as connection, pytest.raises(psycopg.Error, match="append-only"):
        connection.execute("TRUNCATE events")


def test_a_ledger_is_found_again_after_closing(database_url: str) -> None:
    with opened(database_url) as ledger:
        written = ledger.append([said("a", 1)], command_id="one")
    with opened(database_url) as ledger:
        assert ledger.read(0, 10) == written
        assert places(ledger.append([said("a", 2)], command_id="two")) == [(2, "a", 2)]


def test_several_processes_may_create_the_tables_at_once(database_url: str) -> None:
    def create(_: int) -> int:
        with opened(database_url) as ledger:
            return ledger.head()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(create, range(4))) == [0, 0, 0, 0]


def test_stored_state_is_json_any_client_reads(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        ledger.append([said("a", 1)], command_id="one")
    row = sqlite3.connect(path_in(sqlite_url)).execute("SELECT topic, state ->> '$.event.text', state ->> '$.header.at' FROM events")
    assert row.fetchone() == ("sample.said.v1", "hello", "2026-11-23T09:30:00Z")


def test_sqlite_is_durable_at_every_commit(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        with ledger._factory.datastore.transaction(commit=True) as cursor:
            assert cursor.execute("PRAGMA synchronous").fetchone() == (2,)
        assert sqlite3.connect(path_in(sqlite_url)).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_waiting_ends_when_the_index_is_reached(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        timer = Timer(0.2, lambda: ledger.append([said("a", 1)], command_id="one"))
        timer.start()
        started = monotonic()
        assert ledger.wait(1, timeout=5)
        assert 0.1 < monotonic() - started < 0.7
        timer.join()


def test_waiting_is_woken_by_another_process_too(database_url: str) -> None:
    with opened(database_url) as ledger, opened(database_url) as other:
        ledger.wait(1, timeout=0.2)
        timer = Timer(0.2, lambda: other.append([said("a", 1)], command_id="one"))
        timer.start()
        started = monotonic()
        assert ledger.wait(1, timeout=5)
        assert monotonic() - started < 0.7
        timer.join()


def test_waiting_in_vain_ends_in_time(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        started = monotonic()
        assert not ledger.wait(1, timeout=0.2)
        assert monotonic() - started < 1


def test_an_append_of_nothing_records_nothing(ledger_url: str) -> None:
    with opened(ledger_url) as ledger:
        assert ledger.append([], command_id="one") == ()
        assert places(ledger.append([said("a", 1)], command_id="one")) == [(1, "a", 1)]


@pytest.mark.parametrize("count", [1, 8, 9, 40])
def test_any_number_of_events_and_of_streams_relied_on(ledger_url: str, count: int) -> None:
    with opened(ledger_url) as ledger:
        streams = [f"s-{number}" for number in range(count)]
        written = ledger.append([filed(stream, 1) for stream in streams], command_id="one")
        assert ledger.read(0, 100) == written
        assert places(written) == [(index, stream, 1) for index, stream in enumerate(streams, start=1)]
        assert places(ledger.append([said("a", 1)], command_id="two", relies_on=dict.fromkeys(streams, 1))) == [(count + 1, "a", 1)]
        with pytest.raises(Stale) as stale:
            ledger.append([said("a", 2)], command_id="three", relies_on=dict.fromkeys(streams, 1) | {streams[-1]: 2})
        assert stale.value.stream == streams[-1]
