# ruff: noqa: F405
"""Whoever opens, appeals, withdraws, answers or doubts what and when: no city has less than the days of the track to lodge its appeal in.

What is asked is what a city finds: each day at noon, whether an appeal of its would be lodged and nothing would speak against it.
"""

from datetime import datetime, timedelta

from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.projections.appeal_rules import Appeals
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

Act = tuple[c.Command, str]
DAY, TO_NOON = timedelta(days=1), timedelta(hours=3)
CITIES = {LAKESIDE: AMINA, HILLTOWN: BELA}
ANSWERING = ("person-rosa", "person-theo", "person-vera")
"""Each answers one error, so that Omar and Ivo can hear appeals."""
OTHERS = tuple(
    told
    for who in ANSWERING
    for told in did(
        ADA,
        e.PersonRegistered(person=who, full_name=who, email="", language="en"),
        e.RoleGranted(person=who, role="officer", scope=None),
        on=who,
    )
)
LODGE = c.LodgeAppeal(application=FILE, grounds="x")
OPEN = c.OpenLetter(application=FILE, letter=1)
DISMISS = c.DecideAppeal(application=FILE, outcome="dismissed", reasons=("x",))
OF_CITIES = (
    OPEN,
    LODGE,
    c.WithdrawAppeal(application=FILE, reason="x"),
    c.AskCorrection(application=FILE, reason=1, instead="x"),
)
ENDING: tuple[Act, ...] = (
    (c.TurnAwayAppeal(application=FILE, reason="x"), OMAR),
    (c.AdmitAppeal(application=FILE), OMAR),
    (DISMISS, IVO),
    (ISSUE, TIMER),
    *((c.RefuseCorrection(application=FILE, reasons=("x",)), who) for who in ANSWERING),
)
"""What leads a file back to where it is closed."""
ACTS: tuple[Act, ...] = (
    *((command, by) for command in OF_CITIES for by in CITIES.values()),
    *ENDING,
    (c.DeemDelivered(application=FILE, letter=1), TIMER),
    (c.ProposeCorrection(application=FILE, reason=1, instead="x"), OLGA),
)
DAYS = st.lists(st.sampled_from((None, *ACTS)), max_size=25)
"""One act a day, or none."""


def _after(scenario: Scenario, act: Act, at: datetime) -> Scenario:
    outcome = scenario.when(act[0], by=act[1], at=at)
    return outcome.after if outcome.events else scenario


def _in_time(scenario: Scenario, by: str, at: datetime) -> bool:
    events = scenario.when(LODGE, by=by, at=at).events
    return any(isinstance(one, e.AppealLodged) and not one.against for one in events)


def _days(acts: list[Act | None]) -> tuple[Scenario, dict[str, str]]:
    """The end of it, and for each city day by day whether it could appeal (x) or not (space), for long after the last act."""
    scenario, could = given(*REFUSED, *OTHERS), dict.fromkeys(CITIES, "")
    for day, act in enumerate((*acts, *[None] * 20)):
        at = NOW + day * DAY
        if act:
            scenario = _after(scenario, act, at)
        for closing in ENDING if day >= len(acts) else ():
            scenario = _after(scenario, closing, at)
        could = {city: days + " x"[_in_time(scenario, CITIES[city], at + TO_NOON)] for city, days in could.items()}
    assert scenario.file().stage is Stage.CLOSED
    return scenario, could


@given_any(DAYS)
@settings(max_examples=80, deadline=None)
def test_no_city_has_less_than_its_days_to_appeal_in_one_go_and_the_audit_finds_nothing_wrong(acts: list[Act | None]) -> None:
    """From the day on which it is delivered, or what kept it waiting ends; that day is one more where it happens before noon."""
    scenario, could = _days(acts)
    appealed = {one.city for one in scenario.file().appeals}
    for city in CITIES.keys() - appealed:
        assert max(map(len, could[city].split())) > APPEALS.lodge_days
    rules = Appeals()
    assert [found for one in recorded((*BASE, *scenario.history)) for found in rules.see(one)] == []
