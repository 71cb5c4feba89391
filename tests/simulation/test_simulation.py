"""Many files through a small office: no breach, nothing stuck that was not announced. At full length with `make faults`."""

import os

import pytest

from fund.domain.workflow import APPLICATION_STEPS
from fund.policy import load
from tests.simulation.carrying import carry
from tests.simulation.office import Office
from tests.simulation.report import Report
from tests.simulation.ways import WAYS

FULL = os.environ.get("FUND_FAULTS") == "full"
SEEDS = (2031, 2032, 2033, 2034) if FULL else (2031,)
FILES = 25_000 if FULL else 1_000
"""Of each seed: 100,000 at full length."""
pytestmark = pytest.mark.faults


@pytest.fixture(scope="module", params=SEEDS)
def lived(request: pytest.FixtureRequest) -> tuple[Office, Report]:
    office = Office(load(), seed=request.param)
    return office, carry(office, FILES)


def test_every_step_of_the_table_has_a_way_in_the_simulation() -> None:
    assert {step.command for step in APPLICATION_STEPS} == set(WAYS)


def test_the_auditors_find_no_breach(lived: tuple[Office, Report]) -> None:
    office, _ = lived
    assert office.audited() == []


def test_no_file_is_stuck_that_was_not_announced(lived: tuple[Office, Report]) -> None:
    """A file of a round may be stuck by who came after it: then the shortage was said when that one came."""
    _, report = lived
    print("\n".join(report.lines()))
    assert [stuck for stuck in report.stuck if not stuck.announced] == []
    assert len(report.stuck) <= FILES // 100
    assert report.closed + len(report.stuck) == FILES


def test_every_kind_of_ending_and_every_track_was_simulated(lived: tuple[Office, Report]) -> None:
    _, report = lived
    assert set(report.seconds) == set(load().tracks)
    assert {"approved", "approved_with_conditions", "declined", "ineligible", "withdrawn", "referred"} <= set(report.outcomes)
