"""The audit of what lessens a risk: nothing is found where all went as it should, and each planted fault is."""

from datetime import timedelta

import pytest

from fund.domain import events as e
from fund.projections.mitigation_rules import Lessening
from tests.domain import screening as s
from tests.domain import world as w
from tests.domain.world import Told, did

CITYS, HUBS, CENTRES = s.LESSENING
OWED = w.UNDER_WAY + s.LOOKED_AT + did(w.TIMER, *s.LESSENING)
BY_CITY = e.MitigationReported(number=1, city=CITYS.city, hub=None, done="x")
BY_HUB = e.MitigationRecorded(number=2, city=None, hub=HUBS.hub, done="x")
DROPPED = e.MitigationGivenUp(number=3, city=None, hub=None, reason="x")
MISSED = e.MitigationMissed(number=3, city=None, hub=None, due=CENTRES.due)
CLOSED = e.AwardClosed(spent=0, released=0, currency="EUR", days_released=0)


def found(history: w.History) -> list[str]:
    rules = Lessening()
    return [what for one in w.recorded(history) for what in rules.see(one)]


def test_what_is_done_or_given_up_before_the_award_is_closed_is_no_fault() -> None:
    late = (Told(w.FILE, w.TIMER, MISSED, CENTRES.due + timedelta(seconds=1)),)
    assert found(OWED + late + did(w.AMINA, BY_CITY) + did(w.HANA, BY_HUB) + did(w.OMAR, DROPPED) + did(w.OLGA, CLOSED)) == []


PLANTED: dict[str, tuple[w.History, str]] = {
    "not agreed": (w.UNDER_WAY + did(w.TIMER, CITYS), "safeguard 1 is awaited, which was not agreed or is over"),
    "awaited again": (OWED + did(w.AMINA, BY_CITY) + did(w.TIMER, CITYS), "safeguard 1 is awaited, which was not agreed or is over"),
    "overdue too early": (OWED + did(w.TIMER, MISSED), "safeguard 3 was overdue before its day"),
    "done twice": (OWED + did(w.AMINA, BY_CITY, BY_CITY), "safeguard 1 is over, which was not awaited"),
    "given up by who reported": (OWED + did(w.OMAR, BY_HUB, DROPPED), "safeguard 3 was given up by somebody who reported another done"),
    "closed over two": (OWED + did(w.AMINA, BY_CITY) + did(w.OLGA, CLOSED), "an award was closed with safeguards open: 2, 3"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_what_should_not_have_happened_is_found(fault: str) -> None:
    history, what = PLANTED[fault]
    assert found(history) == [what]
