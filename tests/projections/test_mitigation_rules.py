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


LOOKED = e.SafeguardsRecorded(level="green", reason="x", questions="1")
ANOTHER = e.MitigationAgreed(number=1, text="x", owner="x", due_on=w.NOW.date(), office="city")
FOURTH = e.MitigationAgreed(number=4, text="x", owner="x", due_on=w.NOW.date(), office="city")


def test_another_look_at_an_award_that_runs_changes_nothing_that_is_awaited() -> None:
    asked = did(w.TIMER, e.MitigationAsked(number=4, city=w.LAKESIDE, hub=None, due=CITYS.due, calendar=w.CALENDAR, remind_at=None))
    later = OWED + did(w.OMAR, LOOKED, FOURTH) + asked
    assert found(later + did(w.AMINA, BY_CITY) + did(w.HANA, BY_HUB) + did(w.OMAR, DROPPED)) == []
    again = OWED + did(w.AMINA, BY_CITY) + did(w.OMAR, LOOKED, ANOTHER) + did(w.TIMER, CITYS) + did(w.AMINA, BY_CITY)
    assert found(again) == [], "numbered from one, as every look once did"
    ended = e.AwardTerminated(
        reasons=("x",), spent=0, released=0, currency="EUR", days_released=0, due=w.due("letter"), calendar=w.CALENDAR
    )
    assert found(OWED + did(w.INES, ended) + did(w.OLGA, LOOKED, ANOTHER)) == [], "of an award that is over nothing is owed"


PLANTED: dict[str, tuple[w.History, str]] = {
    "not agreed": (w.UNDER_WAY + did(w.TIMER, CITYS), "safeguard 1 is awaited, which was not agreed or is over"),
    "awaited again": (OWED + did(w.AMINA, BY_CITY) + did(w.TIMER, CITYS), "safeguard 1 is awaited, which was not agreed or is over"),
    "overdue too early": (OWED + did(w.TIMER, MISSED), "safeguard 3 was overdue before its day"),
    "done twice": (OWED + did(w.AMINA, BY_CITY, BY_CITY), "safeguard 1 is over, which was not awaited"),
    "given up by who reported": (OWED + did(w.OMAR, BY_HUB, DROPPED), "safeguard 3 was given up by somebody who reported another done"),
    "another in its place": (OWED + did(w.OMAR, LOOKED, ANOTHER), "another safeguard took the place of 1, which was open"),
    "closed over what another look dropped": (
        OWED + did(w.OMAR, LOOKED) + did(w.OLGA, CLOSED),
        "an award was closed with safeguards open: 1, 2, 3",
    ),
    "given up after another look by who reported": (
        OWED + did(w.OMAR, BY_HUB, LOOKED, DROPPED),
        "safeguard 3 was given up by somebody who reported another done",
    ),
    "closed over two": (OWED + did(w.AMINA, BY_CITY) + did(w.OLGA, CLOSED), "an award was closed with safeguards open: 2, 3"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_what_should_not_have_happened_is_found(fault: str) -> None:
    history, what = PLANTED[fault]
    assert found(history) == [what]
