"""The demonstration leaves out nothing that the fund can do: no event that is never recorded, no row of the table never taken."""

from fund.border.opening import Fund
from fund.domain.events import EVENTS
from fund.domain.step import Step
from fund.domain.workflow import WORKFLOW


def recorded(demo: Fund) -> set[str]:
    return {one.event.name for one in demo.ledger.read(0, 100_000)}


def taken(step: Step, names: set[str]) -> bool:
    """A row is taken when something that only it can record, or else everything it can record, has been recorded."""
    own = [event.name for event in step.records if sum(event in row.records for row in WORKFLOW) == 1]
    return any(name in names for name in own) if own else all(event.name in names for event in step.records)


def test_every_event_there_is_happens_in_the_demonstration(demo: Fund) -> None:
    assert sorted(set(EVENTS) - recorded(demo)) == []


def test_every_row_of_the_table_is_taken_in_the_demonstration(demo: Fund) -> None:
    names = recorded(demo)
    assert [step.command.__name__ for step in WORKFLOW if not taken(step, names)] == []


def test_a_row_that_was_never_taken_is_found(demo: Fund) -> None:
    names = recorded(demo) - {"application.declined.v1"}
    assert [step.command.__name__ for step in WORKFLOW if not taken(step, names)] == ["Decline"]
