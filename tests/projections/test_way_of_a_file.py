"""What the view of a file says of its way: the track it is on and how it came there, who has a part in it, and every letter."""

from datetime import date

import msgspec

from fund.domain import events as e
from fund.ledger.store import Ledger
from fund.projections import Database, application_file, envelopes
from fund.projections.application_file import File, Filters, Letter, Move
from fund.projections.check import check
from fund.projections.runner import Runner
from tests.projections.history import ASSESSOR_A, ASSESSOR_B, CLOCK, DUE, OFFICER, OPERATOR, Story, letter

FILE, MACHINE, SCHOLAR, MODERATOR = "application-way", "machine:letters", "person-scholar", "person-moderator"
MOVED = e.TrackChanged(from_track="small", to_track="standard", why="officer", reassess=False, opinions_due=None, **CLOCK)
LATER = e.Deferred(reasons=("later",), until=None, awaits="The council votes", review=DUE, **CLOCK)
ASKED = e.ExpertProposed(person=SCHOLAR, part="expert", city=None, city_name="", purpose="A talk", **CLOCK)


def row(database: Database) -> File:
    with database.reading() as reading:
        found = application_file.by_stream(reading, FILE)
    assert found
    return found


def theirs(database: Database, person: str) -> list[str]:
    with database.reading() as reading:
        return [file.stream for file in application_file.listed(reading, Filters(person=person))]


def differs(ledger: Ledger, database: Database) -> bool:
    """Whether the view is another than a replay gives. Its rules of tracks and decisions are not asked: these stories keep to none."""
    return any(one.where.startswith("application_file/") for one in check(ledger, database).differences)


def test_a_file_that_moved_is_on_its_new_track_and_says_why(ledger: Ledger, database: Database) -> None:
    story, runner = Story(ledger).world(), Runner(ledger, database)
    story.assess(FILE)
    runner.catch_up()
    assert (row(database).track, row(database).moves) == ("standard", ())
    story.tell(FILE, OFFICER, MOVED)
    story.tell(FILE, OFFICER, msgspec.structs.replace(MOVED, from_track="standard", to_track="competitive", why="approver"))
    runner.catch_up()
    assert row(database).track == "competitive"
    assert row(database).moves == (
        Move(from_track="small", to_track="standard", why="officer"),
        Move(from_track="standard", to_track="competitive", why="approver"),
    )
    assert not differs(ledger, database)


def test_every_letter_is_there_with_its_own_outcome(ledger: Ledger, database: Database) -> None:
    story = Story(ledger).world()
    story.propose(FILE)
    first = msgspec.structs.replace(letter(), outcome="deferred", issued_on=date(2026, 11, 3))
    story.tell(FILE, OFFICER, LATER)
    story.tell(FILE, MACHINE, first)
    story.tell(FILE, "machine:timers", e.Woken(cause="event", reason="", **CLOCK))
    story.tell(FILE, OFFICER, e.Declined(reasons=("no",), what_would_change=("more",), **CLOCK))
    story.tell(FILE, MACHINE, msgspec.structs.replace(letter(), outcome="declined", issued_on=date(2026, 12, 4)))
    Runner(ledger, database).catch_up()
    assert row(database).letters == (
        Letter(number=1, issued_on=date(2026, 11, 3), outcome="deferred"),
        Letter(number=2, issued_on=date(2026, 12, 4), outcome="declined"),
    )
    assert not differs(ledger, database)


def test_who_has_a_part_in_a_file_finds_it_as_long_as_they_have_one(ledger: Ledger, database: Database) -> None:
    story, runner = Story(ledger).world(), Runner(ledger, database)
    story.assess(FILE)
    story.tell(FILE, OFFICER, ASKED)
    runner.catch_up()
    assert theirs(database, ASSESSOR_A) == theirs(database, ASSESSOR_B) == theirs(database, SCHOLAR) == [FILE]
    assert theirs(database, OFFICER) == theirs(database, "person-scho") == []
    story.tell(FILE, OFFICER, e.ModeratorAssigned(moderator=MODERATOR, reason="knows the rubric"))
    runner.catch_up()
    assert theirs(database, MODERATOR) == [FILE]
    story.tell(FILE, OFFICER, e.AssessorReleased(assessor=ASSESSOR_B, reason="away"))
    story.tell(FILE, SCHOLAR, e.ExpertDeclined(person=SCHOLAR, reason="busy"))
    runner.catch_up()
    assert (theirs(database, ASSESSOR_A), theirs(database, ASSESSOR_B), theirs(database, SCHOLAR)) == ([FILE], [], [])


def test_what_is_held_back_is_part_of_the_balance_and_not_free(ledger: Ledger, database: Database) -> None:
    story, runner = Story(ledger).world(), Runner(ledger, database)

    def money() -> tuple[int, int, int, int]:
        runner.catch_up()
        with database.reading() as reading:
            found = envelopes.by_id(reading, "envelope-e1")
        assert found
        return found.committed, found.balance, found.reserved, found.free

    held = (e.Allocation(contribution=1, amount=30_000_00), e.Allocation(contribution=2, amount=5_000_00))
    assert money() == (0, 100_000_00, 0, 100_000_00)
    story.tell("envelope-e1", OPERATOR, e.FundsReserved(application=FILE, amount=35_000_00, currency="EUR", allocations=held))
    assert money() == (0, 100_000_00, 35_000_00, 65_000_00)
    story.tell("envelope-e1", OPERATOR, e.FundsCommitted(application=FILE, amount=35_000_00, currency="EUR", allocations=held))
    assert money() == (35_000_00, 65_000_00, 0, 65_000_00)
