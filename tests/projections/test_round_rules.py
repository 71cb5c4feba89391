# ruff: noqa: F405
"""What the audit finds in a round that went wrong, whoever let it happen; and nothing in one that went right."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from fund.domain import events as e
from fund.projections.round_rules import Rounds
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

SECOND_FILE = "application-2"
TIES = ("least_served", "first_time", "earlier")
BEFORE = NOW - timedelta(days=400)


def entered(file: str, city: str = LAKESIDE, region: str | None = "delta", at: datetime = NOW) -> History:
    submitted = msgspec.structs.replace(RACING, city=city, region=region)
    return did(AMINA, submitted, on=file) + did(AMINA, e.FileEntered(application=file, cities=(city,), region=region), on=ROUND)


def scored(file: str, points: int) -> History:
    return did(TOM, e.FileScored(application=file, points=points, passed=True, by=(EVA, TOM)), on=ROUND)


def settled(file: str, points: int) -> History:
    """By Ines, with a role that Olga lent."""
    event = e.FileScored(application=file, points=points, passed=True, by=(EVA, TOM), moderator=OLGA)
    return tuple(msgspec.structs.replace(one, lender=OLGA) for one in did(INES, event, on=ROUND))


def place(file: str, points: int, *, first: bool = True, served: int = 0) -> e.Place:
    return e.Place(application=file, points=points, passed=True, first_time=first, served=served)


def counted(*standings: tuple[str, bool, int], since: datetime | None = None) -> History:
    told = tuple(e.Standing(application=file, first_time=first, served=served) for file, first, served in standings)
    return did(TIMER, e.RoundClosed(standings=told, served_since=since), on=ROUND)


def ranked(*places: e.Place, by: str = OMAR) -> History:
    return did(by, e.RoundRanked(places=places, equity_note="x", ties=TIES), on=ROUND)


def lined(places: int, by: str = INES) -> History:
    return did(by, e.LineDrawn(places=places, reasons=("x",)), on=ROUND)


def ended(file: str, event: e.Event) -> History:
    return did(INES, event, on=file)


DECLINED = e.Declined(reasons=("x",), what_would_change=("x",), due=NOW, calendar=CALENDAR)
TWO = entered(FILE) + entered(SECOND_FILE, HILLTOWN, "coast") + scored(FILE, 70_00) + scored(SECOND_FILE, 80_00)
COUNTED = counted((FILE, True, 0), (SECOND_FILE, True, 0))
RIGHT = (place(SECOND_FILE, 80_00), place(FILE, 70_00))
HONEST = TWO + COUNTED + ranked(*RIGHT) + lined(1) + ended(SECOND_FILE, APPROVAL) + ended(FILE, DECLINED)


def found(history: History) -> list[str]:
    rules = Rounds()
    return [what for one in recorded((*OPENED, *history)) for what in rules.see(one)]


def test_a_round_that_went_right_has_no_fault() -> None:
    assert found(HONEST) == []


FAULTS: dict[str, tuple[Callable[[], History], str]] = {
    "too late": (lambda: tuple(msgspec.structs.replace(told, at=AFTER) for told in entered(FILE)), f"entered {ROUND} outside its time"),
    "from nowhere": (
        lambda: did(AMINA, e.FileEntered(application=FILE, cities=(LAKESIDE,), region=None), on=ROUND),
        f"{FILE} entered without a submission to it",
    ),
    "never entered": (lambda: TWO + counted((FILE, True, 0), ("application-9", True, 0)), "application-9 is counted and never entered"),
    "no first time": (
        lambda: did(AMINA, SUBMISSION, on="application-0") + TWO + COUNTED,
        f"{FILE} is counted wrongly",
    ),
    "served before": (
        lambda: did(AMINA, SUBMISSION, on="application-0") + did(INES, APPROVAL, on="application-0") + TWO + counted((FILE, False, 0)),
        f"{FILE} is counted wrongly",
    ),
    "worse points first": (lambda: TWO + COUNTED + ranked(*reversed(RIGHT)), "the order is not that of the points and the ties"),
    "somebody left out": (lambda: TWO + COUNTED + ranked(RIGHT[0]), "the order is not that of the points and the ties"),
    "ranked twice": (lambda: TWO + COUNTED + ranked(*RIGHT) + ranked(*RIGHT), "ranked again"),
    "ranked by a scorer": (lambda: TWO + COUNTED + ranked(*RIGHT, by=EVA), f"ranked by {EVA}, who scored"),
    "lined twice": (lambda: TWO + COUNTED + ranked(*RIGHT) + lined(1) + lined(2), "the line was drawn again"),
    "lined by a scorer": (lambda: TWO + COUNTED + ranked(*RIGHT) + lined(1, by=TOM), f"the line was drawn by {TOM}, who scored"),
    "lined by who moderated on a loan": (
        lambda: TWO + settled(FILE, 70_00) + COUNTED + ranked(*RIGHT) + lined(1),
        f"the line was drawn by {INES}, who scored",
    ),
    "decided too early": (lambda: TWO + ended(FILE, APPROVAL), "decided before the line of its round was drawn"),
    "approved below": (
        lambda: TWO + COUNTED + ranked(*RIGHT) + lined(1) + ended(FILE, APPROVAL),
        "approved below the line of its round",
    ),
    "declined above": (
        lambda: TWO + COUNTED + ranked(*RIGHT) + lined(1) + ended(SECOND_FILE, DECLINED),
        "declined above the line of its round",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_round_that_went_wrong_is_found(fault: str) -> None:
    history, what = FAULTS[fault]
    assert found(history()) == [what]


def test_equal_points_are_told_apart_by_what_happened_before() -> None:
    """Lakeside asked before and its region was served once: the coast, never served, comes first though it came later."""
    earlier = did(AMINA, SUBMISSION, on="application-0") + did(INES, APPROVAL, on="application-0")
    two = entered(FILE) + entered(SECOND_FILE, HILLTOWN, "coast") + scored(FILE, 70_00) + scored(SECOND_FILE, 70_00)
    right = counted((FILE, False, 1), (SECOND_FILE, True, 0)) + ranked(place(SECOND_FILE, 70_00), place(FILE, 70_00, first=False, served=1))
    assert found(earlier + two + right) == []
    long_ago = tuple(msgspec.structs.replace(told, at=BEFORE) for told in earlier)
    window = counted((FILE, False, 0), (SECOND_FILE, True, 0), since=NOW - timedelta(days=365))
    assert found(long_ago + two + window) == []


def test_a_file_that_left_has_no_place() -> None:
    left = did(AMINA, e.FileLeft(application=SECOND_FILE, why="withdrawn"), on=ROUND)
    assert found(TWO + left + COUNTED + ranked(RIGHT[1])) == []
