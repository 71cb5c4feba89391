"""Catching up: any batch size, any number of runners, any event, and soon."""

import statistics
from threading import Event, Thread
from time import monotonic, perf_counter, sleep
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, select, update

from fund.ledger.errors import Unavailable
from fund.ledger.store import Ledger
from fund.projections import VIEWS, Database, history, open_views
from fund.projections import runner as running
from fund.projections.batch import Batch, States
from fund.projections.check import differences
from fund.projections.follower import Follower, Overtaken
from fund.projections.runner import Lead, Runner
from fund.projections.table import Shape, add
from fund.projections.view import Tables, View
from tests.projections.history import OPERATOR, Story, letter, opened, registered


def rows(database: Database) -> dict[str, list[Any]]:
    """Every row of every view."""
    with database.reading() as reading:
        tables = {reading.table(shape.row).name: reading.table(shape.row) for view in database.views for shape in view.shapes}
        return {name: sorted(map(tuple, reading.connection.execute(select(table))), key=repr) for name, table in tables.items()}


def test_rows_are_the_same_whatever_the_size_of_batches() -> None:
    with opened("memory://") as ledger:
        Story(ledger).everything()
        made = []
        for size in (1, 7, 500):
            database = Database.in_memory(VIEWS)
            Runner(ledger, database, size).catch_up()
            made.append(rows(database))
        assert made[0] == made[1] == made[2]
        assert sum(map(len, made[0].values())) > ledger.head()


def test_rows_are_the_same_on_both_databases(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up()
    in_memory = Database.in_memory(VIEWS)
    Runner(ledger, in_memory, size=30).catch_up()
    assert rows(database) == rows(in_memory)


def test_views_stop_where_they_are_told(ledger: Ledger, database: Database) -> None:
    Story(ledger).world()
    runner = Runner(ledger, database)
    assert runner.catch_up(5) == 5
    assert {one.position for one in database.live()} == {5}
    assert runner.catch_up(10_000) == ledger.head()
    assert {one.position for one in database.live()} == {ledger.head()}


def test_states_that_were_forgotten_are_read_from_their_stream() -> None:
    with opened("memory://") as ledger:
        Story(ledger).everything()
        forgetful, mindful = States(ledger, kept=1), States(ledger)
        for after in range(0, ledger.head(), 9):
            recorded = ledger.read(after, 9)
            assert forgetful.batch(recorded).states == mindful.batch(recorded).states


def test_a_position_moves_only_from_where_it_is(ledger: Ledger, database: Database) -> None:
    Story(ledger).world()
    live = database.live()
    first, second = Follower(ledger, database), Follower(ledger, database)
    assert first.advance(live, 3) == 3
    before = rows(database)
    with pytest.raises(Overtaken):
        second.advance(live, 5)
    assert rows(database) == before


def test_views_at_different_positions_meet(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    (one,) = [one for one in database.live() if one.name == "history"]
    Follower(ledger, database, size=50).advance([one], 50)
    Runner(ledger, database, size=20).catch_up()
    assert {one.position for one in database.live()} == {ledger.head()}
    assert differences(ledger, database) == []


def test_a_runner_that_was_overtaken_forgets_its_old_states(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    first, second = Runner(ledger, database), Runner(ledger, database)
    first.catch_up(30)
    second.catch_up(70)
    first.catch_up(110)
    second.catch_up()
    assert differences(ledger, database) == []


def test_two_runners_race_and_each_event_is_taken_once(database_url: str, ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    others = [open_views(database_url) for _ in range(2)]
    failures: list[Exception] = []

    def race(database: Database) -> None:
        runner, end = Runner(ledger, database, size=3), monotonic() + 10
        while monotonic() < end:
            try:
                runner.catch_up()
                return
            except Unavailable:
                continue  # the database chose one of two that waited for each other
            except Exception as error:
                failures.append(error)
                return

    threads = [Thread(target=race, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert failures == []
    assert {one.position for one in database.live()} == {ledger.head()}
    assert differences(ledger, database) == []


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    index: int


def _picky(connection: Connection, tables: Tables, batch: Batch) -> None:
    if any(one.index == 7 for one in batch.recorded):
        raise ValueError("cannot take seven")
    add(connection, tables[Seen], [Seen(index=one.index) for one in batch.recorded])


PICKY = View("picky", 1, (Shape(Seen, ("index",)),), _picky)


def test_a_poison_event_stops_one_view_and_no_other(database_url: str, ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    Story(ledger).world()
    database = Database.open(database_url, (*VIEWS, PICKY))
    runner = Runner(ledger, database)
    runner.catch_up()
    by_name = {one.name: one for one in database.live()}
    stopped = by_name.pop("picky")
    assert (stopped.position, stopped.stopped_at, stopped.error) == (6, 7, "ValueError('cannot take seven')")
    assert {one.position for one in by_name.values()} == {ledger.head()}
    assert {one.stopped_at for one in by_name.values()} == {None}
    assert "view.stopped" in capsys.readouterr().out
    assert [found.where for found in differences(ledger, database)] == ["picky"]

    with database.reading() as reading:
        assert [row.index for row in reading.rows(Seen, select(reading.table(Seen)))] == [1, 2, 3, 4, 5, 6]
    mended = Database.open(database_url, (*VIEWS, PICKY._replace(apply=lambda connection, tables, batch: None)))
    again = Runner(ledger, mended)
    again.resume()
    again.catch_up()
    assert {one.stopped_at for one in mended.live()} == {None}
    assert {one.position for one in mended.live()} == {ledger.head()}
    database.close()
    mended.close()


def test_an_event_nobody_can_read_stops_all_views_at_it(ledger: Ledger, database: Database) -> None:
    class Torn:
        head, stream, wait = ledger.head, ledger.stream, ledger.wait

        def read(self, after: int, limit: int, up_to: int | None = None) -> Any:
            found = ledger.read(after, limit, up_to)
            if any(one.index == 9 for one in found):
                raise LookupError("unknown event")
            return found

    Story(ledger).world()
    Runner(Torn(), database).catch_up()
    assert {(one.position, one.stopped_at) for one in database.live()} == {(8, 9)}


def test_what_is_saved_is_soon_seen(database_url: str, ledger: Ledger, database: Database) -> None:
    story = Story(ledger).world()
    story.letter("application-fresh")
    stop, runner = Event(), Runner(ledger, database)
    thread = Thread(target=runner.run, args=(stop,))
    thread.start()
    other = open_views(database_url)
    try:
        assert runner.wait_for("history", ledger.head(), 5)
        delays = []
        for _ in range(40):
            (saved,) = story.tell("application-fresh", "machine:letters", letter())
            started = perf_counter()
            while not _sees(other, saved.index):
                sleep(0.0005)
            delays.append(perf_counter() - started)
        assert statistics.median(delays) < 0.2
        assert not runner.wait_for("history", ledger.head() + 1, 0.05)
    finally:
        stop.set()
        thread.join()
        other.close()


def _sees(database: Database, index: int) -> bool:
    with database.reading() as reading:
        return bool(history.between(reading, index - 1, index))


def test_one_leads_and_the_next_takes_over(postgres_url: str) -> None:
    with opened(postgres_url):
        first, second = open_views(postgres_url), open_views(postgres_url)
        leader, standby = Lead(first), Lead(second)
        assert leader.held()
        assert not standby.held()
        leader.release()
        # The server lets go of the lock when it has seen the leader's session end.
        end = monotonic() + 10
        while not standby.held():
            assert monotonic() < end
            sleep(0.01)
        standby.release()
        first.close()
        second.close()


def test_a_database_that_is_gone_is_unavailable_and_the_runner_goes_on(
    ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "IDLE_SECONDS", 0.1)

    class Gone:
        def __init__(self) -> None:
            self.times = 0

        read, stream, wait = ledger.read, ledger.stream, ledger.wait

        def head(self) -> int:
            self.times += 1
            if self.times == 1:
                raise Unavailable("gone")
            return ledger.head()

    Story(ledger).tell("city-a", OPERATOR, registered("A", "NO", None))
    stop, runner = Event(), Runner(Gone(), database)
    thread = Thread(target=runner.run, args=(stop,))
    thread.start()
    assert runner.wait_for("city_register", 1, 5)
    stop.set()
    thread.join()


def test_a_locked_file_is_unavailable_within_three_seconds(sqlite_url: str) -> None:
    with opened(sqlite_url) as ledger:
        Story(ledger).tell("city-a", OPERATOR, registered("A", "NO", None))
        database, other = open_views(sqlite_url), open_views(sqlite_url)
        with other.writing() as connection:
            connection.execute(update(other.registry).values(error="x"))
            started = monotonic()
            with pytest.raises(Unavailable):
                Runner(ledger, database).catch_up()
            assert monotonic() - started < 3
        database.close()
        other.close()


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        open_views("postgresql://nobody@127.0.0.1:1/none")
