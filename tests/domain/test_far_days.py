# ruff: noqa: F405
"""Days from the first to the last that there are: every command takes them or is refused, also on what was recorded with them before."""

from collections.abc import Iterator
from datetime import timezone
from typing import Any, get_type_hints

import msgspec
import pytest

from fund.domain import calendar
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.programme import Calendar
from fund.domain.refusal import Refusal
from fund.domain.sections import Support
from tests.domain.proof import passing, refuses
from tests.domain.screening import MITIGATION, form, record, screening
from tests.domain.small import *  # noqa: F403  # the words and people of the scenarios, and the small track

FAR = (date.min, date.min + timedelta(days=1), date.max - timedelta(days=1), date.max)
ENDS = (timezone(timedelta(hours=14)), UTC, timezone(timedelta(hours=-12)))
"""From where a day begins first to where it ends last."""
PLACES = ("Pacific/Kiritimati", "Africa/Cairo", "Etc/GMT+12")
IN_TEN_YEARS = date(NOW.year + calendar.FORESEEN_YEARS, NOW.month, NOW.day)


def variants(value: Any, day: date) -> Iterator[Any]:
    """What it would be with that day in the place of one of its days or instants, each in turn; none where it has neither."""
    match value:
        case datetime():
            yield from (datetime(day.year, day.month, day.day, 23 * (day == date.max), tzinfo=zone) for zone in ENDS)
        case date():
            yield day
        case tuple():
            yield from ((*value[:at], one, *value[at + 1 :]) for at, part in enumerate(value) for one in variants(part, day))
        case msgspec.Struct():
            hints = get_type_hints(type(value))
            for name in value.__struct_fields__:
                left_out = getattr(value, name) is None and hints[name] == date | None
                found = [day] if left_out else variants(getattr(value, name), day)
                yield from (msgspec.structs.replace(value, **{name: one}) for one in found)


def everywhere(value: Any, day: date) -> Any:
    """The same with this day in the place of each that people gave."""
    match value:
        case datetime():
            return value
        case date():
            return day
        case tuple():
            return tuple(everywhere(part, day) for part in value)
        case msgspec.Struct():
            return msgspec.structs.replace(value, **{name: everywhere(getattr(value, name), day) for name in value.__struct_fields__})
    return value


# ── Whatever the day ──────────────────────────────────────────────────────────


def test_every_command_with_a_day_takes_any_day_or_is_refused() -> None:
    """The case sees to it that no other error comes: `when` lets none of them pass."""
    tried = set()
    for kind, outcomes in passing().items():
        for outcome in outcomes:
            for day in FAR:
                for command in variants(outcome.command, day):
                    outcome.scenario.when(command, by=outcome.by, at=outcome.at)
                    tried.add(kind)
    assert tried >= {c.Defer, c.SuspendApplication, c.SuspendAward, c.OpenRound, c.RecordSafeguards, c.ReceiveContribution, c.IssueLetter}


@pytest.mark.parametrize("day", FAR)
def test_whatever_day_was_recorded_before_every_command_is_still_taken_or_refused(day: date) -> None:
    for outcomes in passing().values():
        for outcome in outcomes:
            history = tuple(msgspec.structs.replace(told, event=everywhere(told.event, day)) for told in outcome.scenario.history)
            msgspec.structs.replace(outcome.scenario, history=history).when(outcome.command, by=outcome.by, at=outcome.at)


def test_an_award_whose_support_ends_on_the_last_day_there_is_still_has_its_letter() -> None:
    forever = e.SectionSaved(section=with_(SUPPORT, ends_on=date.max))
    held = given(*APPROVED, *did(AMINA, forever)).when(ISSUE, by=TIMER)
    assert held.refusal is None
    file = held.after.file()
    assert file.award
    assert file.award.report_due.date() == calendar.LAST_DAY


# ── In the rules that count days ──────────────────────────────────────────────


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("day", FAR)
def test_every_day_has_its_end_everywhere(day: date, place: str) -> None:
    days = Calendar(code="x", version="1", timezone=place, weekend=(), holidays=frozenset(), covers=(date.min, date.max), source="test")
    end = calendar.end_of_day(day, days)
    assert calendar.local_day(end, days) == min(max(day, calendar.FIRST_DAY), calendar.LAST_DAY)
    assert calendar.local_day(calendar.later(end, timedelta(days=999)), days) >= calendar.local_day(end, days)


def test_days_after_a_day_end_with_the_last_one() -> None:
    assert calendar.days_after(date(2031, 5, 5), 30) == date(2031, 6, 4)
    assert calendar.days_after(date.max - timedelta(days=9), 30) == calendar.LAST_DAY
    assert calendar.days_after(date.max, 30) == calendar.LAST_DAY


# ── What is too far away to be meant ──────────────────────────────────────────


def test_a_day_within_ten_years_is_near_enough() -> None:
    for day in (IN_TEN_YEARS, date(NOW.year - calendar.FORESEEN_YEARS, NOW.month, NOW.day)):
        calendar.check_near(day, NOW.date(), "on")
    for day in (IN_TEN_YEARS + timedelta(days=1), *FAR):
        with pytest.raises(Refusal, match=r"date\.too_far"):
            calendar.check_near(day, NOW.date(), "on")


@refuses(c.SaveSection, "date.too_far")
def test_support_is_asked_for_within_ten_years() -> None:
    for field in ("starts_on", "ends_on"):
        window = with_(SUPPORT, **{"starts_on": NOW.date(), "ends_on": IN_TEN_YEARS, field: IN_TEN_YEARS})
        given(*STARTED).when(c.SaveSection(application=FILE, section=window), by=ALI).then(e.SectionSaved)
    for wrong in ({"starts_on": date.min}, {"ends_on": IN_TEN_YEARS + timedelta(days=1)}):
        command = c.SaveSection(application=FILE, section=with_(SUPPORT, **wrong))
        given(*STARTED).when(command, by=ALI).then("date.too_far", field=f"support.{next(iter(wrong))}")


@refuses(c.SubmitApplication, "date.too_far")
def test_a_draft_that_was_saved_with_a_day_too_far_away_is_not_submitted() -> None:
    support = given(*AGREED).file().section(Support)
    assert support
    forever = e.SectionSaved(section=msgspec.structs.replace(support, ends_on=date.max))
    history = consented(*AGREED, *did(ALI, forever))
    given(*history).when(c.SubmitApplication(application=FILE), by=AMINA).then("date.too_far", field="support.ends_on")


@refuses(c.RecordSafeguards, "date.too_far")
def test_a_risk_is_lessened_within_ten_years() -> None:
    last = msgspec.structs.replace(MITIGATION, due_on=IN_TEN_YEARS)
    screening(CHECKED, form(NAMES="yes")).when(record("amber", last), by=OLGA)
    later = msgspec.structs.replace(MITIGATION, due_on=IN_TEN_YEARS + timedelta(days=1))
    screening(CHECKED).when(record("amber", later), by=OLGA).then("date.too_far", field="mitigations")


@refuses(c.MakeProposal, "date.too_far")
@refuses(c.ApproveWithConditions, "date.too_far")
def test_a_condition_is_met_within_ten_years() -> None:
    later = (msgspec.structs.replace(CONDITION, due_on=IN_TEN_YEARS + timedelta(days=1)),)
    proposal = c.MakeProposal(
        application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Elm",), conditions=later,
        reason="x",
    )  # fmt: skip
    given(*COORDINATED).when(proposal, by=OLGA).then("date.too_far", field="conditions")
    approval = c.ApproveWithConditions(application=FILE, conditions=later, reasons=REASONS)
    given(*PROPOSED).when(approval, by=INES).then("date.too_far", field="conditions")


@refuses(c.OpenRound, "date.too_far")
def test_a_round_opens_and_closes_within_ten_years() -> None:
    for zone in ENDS:
        begun = datetime(1, 1, 1, tzinfo=zone)
        ended = datetime(9999, 12, 31, 23, 59, 59, tzinfo=zone)
        for wrong, field in (({"opens_at": begun}, "opens_at"), ({"closes_at": ended}, "closes_at")):
            command = c.OpenRound(
                round=ROUND, title="x", envelope=PURSE, **({"opens_at": NOW, "closes_at": NOW + timedelta(days=9)} | wrong)
            )
            given().when(command, by=OMAR).then("date.too_far", field=field)
