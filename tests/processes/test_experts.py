"""Experts who say nothing are asked no more, by machine: each past their own day, in whatever order they were asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.facts import Role
from tests.processes.waiting import Waiting, waiting

ASKED_ON, OFFICE_DAY, JORDAN_DAY = date(2025, 3, 26), date(2025, 4, 2), date(2025, 4, 7)
"""Five working days on: by the days of the office, and of a country with three days of Eid and another weekend meanwhile."""


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def asked(there: Waiting, *countries: str | None) -> tuple[str, list[str]]:
    """A file that waits for a decision, and experts who work there, in the order in which they were asked."""
    office, file = there.office, there.office.awaiting_decision(10_000_00)
    there.clock.moved_to(ASKED_ON)
    experts = []
    for country in countries:
        person = office.do(c.RegisterPerson(full_name="Somebody", email="somebody@example.invalid", language="en", country=country))
        office.do(c.GrantRole(person=person, role=Role.EXPERT))
        office.do(c.ProposeExpert(application=file, person=person, part="expert", purpose="Trains the trainers"), by=office.officer)
        experts.append(person)
    return file, experts


def lapsed(there: Waiting) -> list[str]:
    return [one.event.person for one in there.by("machine:experts") if isinstance(one.event, e.ExpertLapsed)]


def test_one_who_was_asked_first_and_is_due_last_lapses_too(there: Waiting) -> None:
    file, (jordan, office) = asked(there, "JO", None)
    assert [one.due.date() for one in there.file(file).invited] == [JORDAN_DAY, OFFICE_DAY]
    for day, gone in (
        (OFFICE_DAY, []),
        (OFFICE_DAY + timedelta(days=1), [office]),
        (JORDAN_DAY + timedelta(days=1), [office, jordan]),
    ):
        there.clock.moved_to(day)
        there.worked()
        there.another_worker().once()
        assert lapsed(there) == gone


def test_after_weeks_without_a_worker_all_lapse_in_the_order_in_which_they_were_due(there: Waiting) -> None:
    _, (jordan, office) = asked(there, "JO", None)
    there.clock.moved_to(JORDAN_DAY + timedelta(days=30))
    there.worked()
    assert lapsed(there) == [office, jordan]
    assert (there.worked(), there.another_worker().once()) == (0, 0)
