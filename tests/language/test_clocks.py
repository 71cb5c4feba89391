"""The clock of a stage in words."""

from datetime import UTC, datetime

import pytest

from fund.domain.clock import Reading, Stop
from fund.language.clocks import clock_told

AT = datetime(2026, 5, 4, 22, 59, 59, tzinfo=UTC)


def reading(*stops: Stop, stands: bool = False) -> Reading:
    stopped = sum(stop.days for stop in stops)
    return Reading(
        day=14 + stopped, allowed=30, running=14, stopped=stopped, stops=stops, stands=stands, due=None if stands else AT,
        projected=AT, calendar="central/1", days=(),
    )  # fmt: skip


def test_it_says_why_it_is_where_it_is() -> None:
    said = clock_told("en", reading(Stop(question=2, days=9)), "Europe/London")
    assert said == "Day 23 of 30: 14 running, 9 stopped by question 2. Due by 4 May 2026."
    both = clock_told("en", reading(Stop(question=1, days=2), Stop(question=2, days=9)), "Europe/London")
    assert both.startswith("Day 25 of 30: 14 running, 2 stopped by question 1 and 9 stopped by question 2.")
    assert clock_told("en", reading(), "Europe/London") == "Day 14 of 30. Due by 4 May 2026."


def test_while_it_stands_still_it_says_until_when_at_the_latest() -> None:
    said = clock_told("en", reading(Stop(question=2, days=9), stands=True), "Europe/London")
    assert said.endswith("The time stands still until every question is answered. This step is then due by 4 May 2026 at the latest.")


@pytest.mark.parametrize("locale", ["fr", "es", "ar"])
def test_it_is_said_in_every_language(locale: str) -> None:
    said = clock_told(locale, reading(Stop(question=2, days=9), stands=True), "Europe/London")
    assert not {"Day", "question is", "stopped"} & set(said.split())
    assert all(number in said for number in ("23", "30", "14", "9", "2"))
