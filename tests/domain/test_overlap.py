# ruff: noqa: F405
"""What runs already is seen at submission, nested tiers included, and an overdue report with it; both for the checks to read."""

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.facts import On
from fund.domain.registers import City
from tests.domain.proof import passes
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

SUBMIT = c.SubmitApplication(application=FILE)
BOROUGH, COUNTY = "city-borough", "city-county"
TIERS: History = (
    *city(BOROUGH, "Borough", "delta", True, {}),
    *city(COUNTY, "County", "delta", True, {}),
    *did(ADA, e.TierRecorded(within=(COUNTY,), basis="Law"), on=LAKESIDE),
    *did(ADA, e.TierInsideRecorded(city=LAKESIDE), on=COUNTY),
    *did(ADA, e.TierRecorded(within=(LAKESIDE, COUNTY), basis="Law"), on=BOROUGH),
    *did(ADA, e.TierInsideRecorded(city=BOROUGH), on=LAKESIDE),
    *did(ADA, e.TierInsideRecorded(city=BOROUGH), on=COUNTY),
)
"""The borough lies in Lakeside, and Lakeside in the county."""


def submitted(*history: Told) -> e.ApplicationSubmitted:
    event = given(*AGREED, *history).when(SUBMIT, by=AMINA).events[0]
    assert isinstance(event, e.ApplicationSubmitted)
    return event


def ended(on: str, ending: e.Ending = "closed") -> History:
    return did(OLGA, e.CityAwardEnded(application=OTHER_FILE, ending=ending), on=on)


@passes(c.SubmitApplication)
def test_an_award_that_runs_is_seen_until_it_ends() -> None:
    assert submitted().awarded == ()
    assert submitted(*awarded()).awarded == (LAKESIDE,)
    assert submitted(*awarded(HILLTOWN), *awarded()).awarded == (LAKESIDE, HILLTOWN)
    assert submitted(*awarded(), *ended(LAKESIDE)).awarded == ()


@passes(c.SubmitApplication)
def test_one_that_runs_around_or_inside_the_city_is_seen_too() -> None:
    for place in (BOROUGH, COUNTY):
        assert submitted(*TIERS, *awarded(place)).awarded == (LAKESIDE,)
        assert submitted(*TIERS, *awarded(place), *ended(place)).awarded == ()
    assert submitted(*TIERS, *awarded(OUTPOST)).awarded == ()


def test_what_once_lay_inside_and_does_no_more_is_no_kin() -> None:
    moved = did(ADA, e.TierRecorded(within=(OUTPOST,), basis="Reform"), on=BOROUGH)
    assert submitted(*TIERS, *awarded(BOROUGH), *moved).awarded == ()


@passes(c.SubmitApplication)
def test_an_overdue_report_is_seen_until_it_is_received_or_the_award_ends() -> None:
    missed = awarded() + did(TIMER, e.CityReportMissed(application=OTHER_FILE, due=NOW), on=LAKESIDE)
    assert submitted(*missed).overdue == (LAKESIDE,)
    for settled in (e.CityReportReceived(application=OTHER_FILE), e.CityAwardEnded(application=OTHER_FILE, ending="terminated")):
        assert submitted(*missed, *did(OLGA, settled, on=LAKESIDE)).overdue == ()
    # A report that another award owes is another one.
    other = did(OLGA, e.CityReportReceived(application=FILE), on=LAKESIDE)
    assert submitted(*missed, *other).overdue == (LAKESIDE,)


@passes(c.RecordTier)
def test_both_sides_of_a_tier_know_it() -> None:
    within = tuple(told for told in TIERS if told.stream in (BOROUGH, COUNTY) and isinstance(told.event, e.CityRegistered))
    around = within + did(ADA, e.TierRecorded(within=(COUNTY,), basis="Law"), on=LAKESIDE)
    told = (On(LAKESIDE, e.TierInsideRecorded(city=BOROUGH)), On(COUNTY, e.TierInsideRecorded(city=BOROUGH)))
    command = c.RecordTier(city=BOROUGH, within=LAKESIDE, basis="Law")
    after = given(*around).when(command, by=ADA).then(e.TierRecorded, *told).after
    county = after.state(COUNTY)
    assert isinstance(county, City)
    assert county.inside == (BOROUGH,)
    after.when(command, by=ADA).then(e.TierRecorded)


# ── The checks read it ────────────────────────────────────────────────────────


def by_fact(fact: str) -> tuple[p.Check, ...]:
    return tuple(msgspec.structs.replace(one, fact=fact) if one.code == "M4" else one for one in PROGRAMME.checks)


@pytest.mark.parametrize(("fact", "field"), [("no_award_runs", "awarded"), ("no_report_is_overdue", "overdue")])
@pytest.mark.parametrize(("cities", "result"), [((), "pass"), ((LAKESIDE,), "fail"), ((HILLTOWN,), "fail")])
def test_a_machine_reads_what_the_submission_found(fact: str, field: str, cities: tuple[str, ...], result: str) -> None:
    said = msgspec.structs.replace(SUBMISSION, **{field: cities})
    history = tuple(msgspec.structs.replace(told, event=said) if told.event == SUBMISSION else told for told in COMPLETE)
    events = given(*history).under(checks=by_fact(fact)).when(c.RunMachineChecks(application=FILE), by=TIMER).events
    assert {one.check: one.result for one in events if isinstance(one, e.CheckRecorded)}["M4"] == result
