# ruff: noqa: F405
"""What was done about incidents against the rules, told event by event, is found over all history."""

from datetime import timedelta

import msgspec
import pytest

from fund.projections.audit_rules import audited
from fund.projections.award_rules import Awards
from fund.projections.incident_rules import Incidents
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

TOLD = e.IncidentReported(number=1, by="hub", happened_on=NOW.date(), account="x", due=in_days(3), calendar=CALENDAR)
GREEN = e.SafeguardsRecorded(level="green", reason="x", questions="1")
AMBER, RED, BLACK = (msgspec.structs.replace(GREEN, level=level) for level in ("amber", "red", "black"))
ASKED = e.SignatureAsked(role="officer", hub=None, screen="s", due=in_days(2), calendar=CALENDAR)
SIGNED = e.SafeguardsSigned(role="officer", hub=None, screen="s", reason="x")
RESUMED = e.AwardResumed(reason="x", due=REPORT_BY, calendar=CALENDAR, reminders=())
CLOSED_IT = e.AwardClosed(spent=0, released=0, currency="EUR", days_released=0)
THERE = HALTED + did(HANA, TOLD)
LATER = Told(FILE, OLGA, STOPPED, in_days(3) + timedelta(seconds=1))


def found(*history: Told) -> list[str]:
    rules = Incidents()
    seen = [str(what) for one in recorded((*BASE, *history)) for what in rules.see(one)]
    return seen + [str(one.what) for one in rules.end()]


TOLD_AT_ITS_END = TO_TERMINATE + did(HANA, TOLD)
REFUSED_IT = e.TerminationRefused(reason="x", due=REPORT_BY, calendar=CALENDAR)
TAKEN_BACK = e.TerminationWithdrawn(reason="x", due=REPORT_BY, calendar=CALENDAR)
UNSEEN = "an award went on before somebody had looked at its safeguards again"


def in_one_commit(history: History, *events: Event, by: str) -> list[Recorded]:
    """The history, and then these facts of one commit."""
    told = recorded((*BASE, *history, *did(by, *events)))
    there = len(told) - len(events)
    return [
        msgspec.structs.replace(one, header=msgspec.structs.replace(one.header, command_id="one")) if at >= there else one
        for at, one in enumerate(told)
    ]


FAULTS: dict[str, tuple[History, str]] = {
    "by a reporter": (HALTED + did(OLGA, TOLD, GREEN), f"safeguards were looked at again by {OLGA}, who had reported"),
    "goes on unseen": (THERE + did(OLGA, RESUMED), "an award went on before somebody had looked at its safeguards again"),
    "closed unseen": (THERE + did(OLGA, CLOSED_IT), "an award was closed before somebody had looked at its safeguards again"),
    "black": (THERE + did(OLGA, BLACK) + did(INES, RESUMED), "an award went on although its safeguards were black"),
    "unsigned": (
        THERE + did(OLGA, AMBER, ASKED) + did(INES, RESUMED), "an award went on before everybody who was asked had signed its safeguards",
    ),
    "red by one": (THERE + did(OLGA, RED, RESUMED), f"an award went on by {OLGA}, who alone had found it red"),
    "an end that is refused lets it run": (TOLD_AT_ITS_END + did(INES, REFUSED_IT) + did(OLGA, STOPPED), UNSEEN),
    "an end that is taken back lets it run": (TOLD_AT_ITS_END + did(OLGA, TAKEN_BACK), UNSEEN),
    "an end that is refused at black": (
        TOLD_AT_ITS_END + did(OLGA, BLACK) + did(INES, REFUSED_IT), "an award went on although its safeguards were black",
    ),
    "an end that is refused unsigned": (
        TOLD_AT_ITS_END + did(OLGA, AMBER, ASKED) + did(INES, REFUSED_IT),
        "an award went on before everybody who was asked had signed its safeguards",
    ),
    "never": ((*THERE, LATER), f"nobody looked at the safeguards again by {in_days(3):%Y-%m-%d}"),
    "never, of age": (
        (*HALTED, *did(TIMER, e.ScreeningAsked(due=in_days(3), calendar=CALENDAR)), LATER),
        f"nobody looked at the safeguards again by {in_days(3):%Y-%m-%d}",
    ),
}  # fmt: skip


def test_what_the_rules_let_go_on_is_sound() -> None:
    ended = did(
        INES, e.AwardTerminated(reasons=("x",), spent=0, released=0, currency="EUR", days_released=0, due=due("letter"), calendar="")
    )
    for history in (
        (*THERE, *did(OLGA, GREEN), LATER),
        THERE + did(OLGA, GREEN, RESUMED, CLOSED_IT),
        THERE + did(OLGA, AMBER, ASKED) + did(OMAR, SIGNED) + did(OLGA, RESUMED),
        THERE + did(OLGA, RED) + did(INES, RESUMED),
        (*THERE, *ended, LATER),
        CHECKED + did(HANA, TOLD) + did(HANA, SIGNED),
    ):
        assert [what for what in found(*history) if "nobody looked" not in what or history[-1] is LATER] == []


@pytest.mark.parametrize(("event", "by"), [(REFUSED_IT, INES), (TAKEN_BACK, OLGA)])
def test_an_award_that_is_not_ended_and_stands_still_in_the_same_commit_is_sound(event: Event, by: str) -> None:
    incidents, awards = Incidents(), Awards()
    held_back = in_one_commit(TOLD_AT_ITS_END, STOPPED, event, by=by)
    assert [what for one in held_back for what in (*incidents.see(one), *awards.see(one))] == []
    assert found(*TO_TERMINATE, *did(OLGA, STOPPED), *did(HANA, TOLD), *did(by, event)) == [], "it stood still before"


def test_an_officer_who_reported_may_suspend_the_award_and_is_not_accused_of_it() -> None:
    told = UNDER_WAY + did(OMAR, TOLD, STOPPED)
    assert not any("reporting" in one.what for one in audited(recorded((*BASE, *told))))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    history, what = FAULTS[fault]
    assert found(*history) == [what]
    assert what in {one.what for one in audited(recorded((*BASE, *history)))}
