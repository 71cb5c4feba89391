"""Rounds as views: one row a round, and what is counted for equal points, the same on both databases and in batches of any size."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import events as e
from fund.domain.round import Entry
from fund.ledger.store import Ledger
from fund.projections import VIEWS, Database, rounds
from fund.projections.runner import Runner
from tests.projections.history import CITY, OFFICER, OTHER_CITY, SPEAKER, START, Story, submitted

ROUND = "round-spring"
OPENED = e.RoundOpened(
    title="Spring", opens_at=START, closes_at=START + timedelta(days=9), envelope="envelope-e1", currency="EUR", priorities=(), rubric="r"
)  # fmt: skip


def told(ledger: Ledger) -> None:
    """Oslo was approved before; Oslo and São Paulo enter the round, and São Paulo leaves it."""
    story = Story(ledger).world()
    story.letter("application-before")
    story.tell(ROUND, OFFICER, OPENED)
    for file, city in (("application-a", CITY), ("application-b", OTHER_CITY)):
        story.draft(file, city)
        entered = e.FileEntered(application=file, cities=(city,), region="europe" if city == CITY else None)
        sent = msgspec.structs.replace(submitted(entered.region), city=city, round=ROUND)
        story.tell(file, SPEAKER, sent, also=((ROUND, entered),))
        story.tell(file, SPEAKER, sent)  # returned and sent again: the first time counts
    story.tell("application-b", SPEAKER, e.Withdrawn(city=OTHER_CITY, reason="x", due=START, calendar="office/1"))
    story.tell(ROUND, SPEAKER, e.FileLeft(application="application-b", why="withdrawn"))


def test_a_round_is_one_row_with_its_files_in_the_order_of_submission(ledger: Ledger, database: Database) -> None:
    told(ledger)
    Runner(ledger, database).catch_up()
    with database.reading() as reading:
        (row,) = rounds.listed(reading)
        assert rounds.by_id(reading, ROUND) == row
        assert rounds.by_id(reading, "round-none") is None
    assert (row.title, row.phase, row.files, row.version) == ("Spring", "open", 1, 4)
    state = rounds.opened_state(row)
    assert [(entry.application, entry.left) for entry in state.entries] == [("application-a", None), ("application-b", "withdrawn")]


@pytest.mark.parametrize("size", [1, 3, 500])
def test_what_tells_equal_points_apart_is_counted_as_of_two_instants(ledger: Ledger, database: Database, size: int) -> None:
    told(ledger)
    Runner(ledger, database, size).catch_up()
    long_ago, now = START - timedelta(days=700), START + timedelta(days=30)
    oslo = Entry(application="application-a", cities=(CITY,), region="europe")
    paulo = Entry(application="application-b", cities=(OTHER_CITY,), region=None)
    with database.reading() as reading:
        assert rounds.standing(reading, oslo, long_ago, now) == e.Standing(application="application-a", first_time=False, served=1)
        assert rounds.standing(reading, paulo, long_ago, now) == e.Standing(application="application-b", first_time=True, served=0)
        assert rounds.standing(reading, oslo, now, now).served == 0
        assert rounds.standing(reading, oslo, long_ago, START).served == 0


def test_the_view_is_one_of_them() -> None:
    assert rounds.VIEW in VIEWS
