# ruff: noqa: F405
"""What was done to a suspended application against the rules, told event by event, is found over all history."""

import msgspec
import pytest

from fund.projections.audit_rules import audited
from fund.projections.hold_rules import Holds
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios


def found(*history: Told) -> list[str]:
    rules = Holds()
    return [what for one in recorded((*BASE, *history)) for what in rules.see(one)]


GONE_ON = e.ApplicationResumed(stage="proposal", reason="x", due=in_days(6), calendar=CALENDAR)
BY_ITSELF = Told(FILE, TIMER, GONE_ON, in_days(9) + timedelta(seconds=1))
REDONE = did(EVA, e.ConflictDeclared(
    number=1, person=EVA, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None, redone="assessment",
    tainted=(e.TaintedAct(version=len(HALF_ASSESSED), event=e.AssessmentRecorded.name, then="redone"),),
))  # fmt: skip
FAULTS: dict[str, tuple[History, str]] = {
    "elsewhere": (
        ON_HOLD + did(OLGA, msgspec.structs.replace(GONE_ON, stage="decision")),
        "an application that was suspended in proposal went on in decision",
    ),
    "as if nothing were done again": (
        ON_HOLD + REDONE + did(OMAR, GONE_ON), "an application that was suspended in assessment went on in proposal",
    ),
    "too soon": (ON_HOLD + did(TIMER, GONE_ON), "a machine let an application go on before its day"),
    "from nowhere": (COORDINATED + did(OLGA, GONE_ON), "an application went on that was not suspended"),
    "twice": (ON_HOLD + did(OLGA, PUT_ASIDE), "an application was suspended that was suspended already"),
    "meanwhile": (ON_HOLD + did(OLGA, PROPOSAL), f"{e.ProposalMade.name} of an application that is suspended"),
    "until yesterday": (
        COORDINATED + did(OLGA, msgspec.structs.replace(PUT_ASIDE, due=NOW)), "an application was suspended until a day that had passed",
    ),
}  # fmt: skip


def test_what_the_rules_suspend_is_sound() -> None:
    gone = did(AMINA, e.Withdrawn(city=LAKESIDE, reason="x", due=due("letter"), calendar=CALENDAR)) + did(TIMER, LETTER)
    back = ON_HOLD + REDONE + did(OMAR, msgspec.structs.replace(GONE_ON, stage="assessment"))
    for history in (back, ON_HOLD, ON_HOLD + did(OLGA, GONE_ON) + did(OLGA, PUT_ASIDE), (*ON_HOLD, BY_ITSELF), ON_HOLD + gone):
        assert found(*history) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    history, what = FAULTS[fault]
    assert found(*history) == [what]
    assert what in {one.what for one in audited(recorded((*BASE, *history)))}
