"""Rebuilding beside the live views: equal, complete at any moment, and nothing left behind."""

from contextlib import suppress
from threading import Event, Thread

import pytest
from sqlalchemy import func, inspect, select

from fund.ledger.errors import Unavailable
from fund.ledger.store import Ledger
from fund.projections import VIEWS, Database, application_file, history, open_views
from fund.projections import rebuild as rebuilding
from fund.projections.application_file import File
from fund.projections.engine import SCHEMA
from fund.projections.history import Fact
from fund.projections.rebuild import Progress, RebuildFailed, rebuild
from fund.projections.runner import Runner
from tests.projections.history import APPROVER, OFFICER, Story, letter
from tests.projections.test_runner import PICKY, rows


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names(schema=SCHEMA if database.is_postgres else None))


def contents(database: Database) -> list[object]:
    return list(rows(database).values())


def test_a_rebuilt_view_equals_the_live_one(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up()
    before = contents(database)
    steps = list(rebuild(ledger, database, size=50))
    assert steps[0] == Progress(0, ledger.head())
    assert steps[-1] == Progress(ledger.head(), ledger.head())
    assert contents(database) == before
    assert {(one.generation, one.position) for one in database.live()} == {(2, ledger.head())}


def test_old_tables_are_dropped(ledger: Ledger, database: Database) -> None:
    Story(ledger).world()
    Runner(ledger, database).catch_up()
    list(rebuild(ledger, database, ["history", "envelopes"]))
    names = tables(database)
    assert "history_v1_g2" in names
    assert "envelopes_contributions_v3_g2" in names
    assert "people_v4_g1" in names
    assert not {name for name in names if name.startswith(("history", "envelopes")) and name.endswith("_g1")}


def test_a_planted_fault_is_gone_after_a_rebuild(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up()
    before = contents(database)
    with database.writing() as connection:
        files = database.tables(application_file.VIEW, 1)[File]
        connection.execute(files.update().values(stage="closed"))
    assert contents(database) != before
    list(rebuild(ledger, database, ["application_file"]))
    assert contents(database) == before


def test_views_go_on_from_the_new_tables(ledger: Ledger, database: Database) -> None:
    story = Story(ledger).world()
    runner = Runner(ledger, database)
    runner.catch_up()
    list(rebuild(ledger, database))
    story.approve("application-new")
    runner.catch_up()
    with database.reading() as reading:
        assert application_file.by_stream(reading, "application-new")
    assert {(one.generation, one.position) for one in database.live()} == {(2, ledger.head())}


def test_readers_always_see_one_complete_generation(database_url: str, ledger: Ledger, database: Database) -> None:
    story = Story(ledger).everything()
    runner = Runner(ledger, database)
    runner.catch_up()
    stop, seen, wrong = Event(), set(), []

    def read_all_the_time() -> None:
        own = open_views(database_url)
        reached = 0
        while not stop.is_set():
            try:
                with own.reading() as reading:
                    count, position = history.count(reading), reading.position("history")
                    newest = reading.connection.execute(select(func.max(reading.table(Fact).c.index))).scalar_one()
                    files = len(application_file.listed(reading))
                seen.add(own_generation(reading))
                if not count == position == newest or position < reached or files != 10:
                    wrong.append((count, position, newest, reached, files))
                reached = position
            except Exception as error:
                wrong.append(error)
        own.close()

    def own_generation(reading: object) -> int:
        return reading.live()["history"].generation  # type: ignore[attr-defined]

    def write_all_the_time() -> None:
        while not stop.is_set():
            story.tell("application-closed", "machine:letters", letter())
            # On SQLite a switch of tables may take longer than a writer waits: the runner, too, would come back later.
            with suppress(Unavailable):
                runner.catch_up()

    threads = [Thread(target=read_all_the_time), Thread(target=read_all_the_time), Thread(target=write_all_the_time)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        list(rebuild(ledger, database, size=60))
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(seen) >= 2
    assert {one.generation for one in database.live()} == {5}


def test_who_has_looked_which_tables_are_live_can_still_read_them(
    ledger: Ledger, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    Story(ledger).world()
    Runner(ledger, database).catch_up()
    monkeypatch.setattr(rebuilding, "PATIENCE", 0.3)
    with database.reading() as reading:
        list(rebuild(ledger, database, ["history"]))
        assert reading.live()["history"].generation == 1
        assert history.count(reading) == ledger.head()
    list(rebuild(ledger, database, ["history"]))
    assert {name for name in tables(database) if name.startswith("history")} == {"history_v1_g3"}


def test_the_switch_waits_until_the_new_view_is_as_far_as_the_live_one(ledger: Ledger, database: Database) -> None:
    class Late:
        """Says at first that it is shorter than the live views know."""

        read, stream, wait = ledger.read, ledger.stream, ledger.wait
        asked = 0

        def head(self) -> int:
            self.asked += 1
            return ledger.head() - (5 if self.asked < 4 else 0)

    Story(ledger).world()
    Runner(ledger, database).catch_up()
    list(rebuild(Late(), database))
    assert {(one.generation, one.position) for one in database.live()} == {(2, ledger.head())}


def test_of_two_rebuilds_the_later_one_stays(ledger: Ledger, database: Database) -> None:
    Story(ledger).world()
    Runner(ledger, database).catch_up()
    first = rebuild(ledger, database, size=5)
    next(first)
    list(rebuild(ledger, database))
    with pytest.raises(RebuildFailed, match="another rebuild"):
        list(first)
    assert {(one.generation, one.position) for one in database.live()} == {(3, ledger.head())}


def test_a_rebuild_that_fails_changes_nothing(database_url: str, ledger: Ledger) -> None:
    Story(ledger).world()
    database = Database.open(database_url, (*VIEWS, PICKY))
    Runner(ledger, database).catch_up(6)
    before, names = contents(database), tables(database)
    with pytest.raises(RebuildFailed, match="picky cannot take event 7"):
        list(rebuild(ledger, database))
    assert contents(database) == before
    assert tables(database) == names
    with pytest.raises(KeyError):
        rebuild(ledger, database, ["unknown"])
    database.close()


def test_a_rebuild_left_half_way_is_cleaned_up(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    names = tables(database)
    steps = rebuild(ledger, database, size=10)
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  # a generator
    assert tables(database) == names


def test_rows_are_the_same_before_and_after_an_erasure(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up()
    before = contents(database)
    for person in (OFFICER, APPROVER):
        ledger._keys.erase(person)  # type: ignore[attr-defined]
    list(rebuild(ledger, database))
    assert contents(database) == before
