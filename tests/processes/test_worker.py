"""The worker: what fails holds up nothing else, and is tried again after growing pauses."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from fund.border.opening import Fund, opened
from fund.border.settings import Settings
from fund.documents.rendering import RenderFailed
from fund.domain import commands as c
from fund.domain.application import Application, Stage
from fund.domain.eligibility import is_for_a_machine
from fund.processes.letters import Letters
from fund.processes.worker import Worker
from tests.acceptance.office import OPERATOR, Office


@pytest.fixture
def fund(tmp_path: Path) -> Iterator[Fund]:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        yield fund


class Broken(Letters):
    """A press that is out of order for one file."""

    def __init__(self, working: Letters, broken: str, failure: Exception) -> None:
        super().__init__(working.handler, working.keys, working.blobs, working.renderer)
        self.broken, self.failure, self.tries = broken, failure, 0

    def issue(self, file: Application):  # type: ignore[no-untyped-def]  # as its parent's
        if file.id == self.broken:
            self.tries += 1
            raise self.failure
        return super().issue(file)


def withdrawn(office: Office) -> str:
    file = office.submitted(1_000_00)
    office.do(c.WithdrawApplication(application=file, reason="Other plans"), by=office.signatory)
    return file


def stage_of(fund: Fund, file: str) -> Stage:
    state = fund.handler.load(file).state
    assert isinstance(state, Application)
    return state.stage


@pytest.mark.parametrize("failure", [RenderFailed("no paper"), KeyError("unexpected"), OSError(28, "No space left on device")])
def test_one_letter_that_fails_holds_up_no_other_and_no_check(fund: Fund, failure: Exception) -> None:
    office = Office(fund.handler, 10_000_00)
    broken, sound, checked = withdrawn(office), withdrawn(office), office.submitted(1_000_00)
    office.do(c.ConfirmCompleteness(application=checked), by=office.officer)
    letters = Broken(fund.letters, broken, failure)
    worker = Worker(fund.handler, fund.runner, fund.views, lambda: letters)
    worker.once()
    assert stage_of(fund, broken) is Stage.LETTER
    assert stage_of(fund, sound) is Stage.CLOSED
    state = fund.handler.load(checked).state
    assert isinstance(state, Application)
    assert set(state.checks) == {check.code for check in fund.programme.checks if is_for_a_machine(check, state)}
    assert worker.failing == (f"letter:{broken}",)


def test_what_failed_is_tried_again_after_growing_pauses_and_at_once_when_asked(fund: Fund) -> None:
    office = Office(fund.handler, 10_000_00)
    broken = withdrawn(office)
    letters, now = Broken(fund.letters, broken, RenderFailed("no paper")), [0.0]
    worker = Worker(fund.handler, fund.runner, fund.views, lambda: letters, lambda: now[0])
    tried_at = []
    for second in range(20):
        now[0] = float(second)
        before = letters.tries
        worker._all_due(Event())
        tried_at += [second] * (letters.tries - before)
    assert tried_at == [0, 1, 3, 7, 15]
    worker.once()
    assert letters.tries == len(tried_at) + 1


def test_a_mended_press_issues_what_was_left(fund: Fund) -> None:
    office = Office(fund.handler, 10_000_00)
    file = withdrawn(office)
    Worker(fund.handler, fund.runner, fund.views, lambda: Broken(fund.letters, file, RenderFailed("no paper"))).once()
    assert fund.worker.once() == 1
    assert stage_of(fund, file) is Stage.CLOSED
    assert fund.handler.ledger.stream(file)[-1].header.actor == "machine:letters"
    assert OPERATOR not in {one.header.actor for one in fund.handler.ledger.stream(file)}
