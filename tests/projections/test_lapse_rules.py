# ruff: noqa: F405
"""What nobody could have let lapse by the rules, told event by event, is found over all history."""

import msgspec
import pytest

from fund.projections.audit_rules import audited
from fund.projections.lapse_rules import Lapses
from tests.domain.test_lapse import FORGOTTEN, GONE, LAST_AGAIN, LEFT_LYING, RETURNED_ONE, SECOND
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios


def found(*history: Told) -> list[str]:
    rules = Lapses()
    return [what for one in recorded((*BASE, *history)) for what in rules.see(one)]


LAPSED = Told(FILE, TIMER, GONE, LAST_AGAIN + SECOND)
REMINDER = LEFT_LYING[-1]
FAULTS: dict[str, tuple[History, str]] = {
    "unawares": ((*RETURNED_ONE, LAPSED), "an application lapsed, and its city was not reminded"),
    "too soon": ((*LEFT_LYING, msgspec.structs.replace(LAPSED, at=LAST_AGAIN)), "an application lapsed before its last day was over"),
    "reminded too soon": ((*RETURNED_ONE, msgspec.structs.replace(REMINDER, at=NOW)), "a city was reminded of what it still had time for"),
    "reminded twice": ((*LEFT_LYING, REMINDER), "a city was reminded of what it still had time for"),
}


def test_what_the_rules_let_lapse_is_sound() -> None:
    for history in (FORGOTTEN, (*LEFT_LYING, LAPSED), SUBMITTED):
        assert found(*history) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    history, what = FAULTS[fault]
    assert found(*history) == [what]
    assert what in {one.what for one in audited(recorded((*BASE, *history)))}
