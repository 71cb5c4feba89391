"""The auditor of waiting files: whose turn, by which day, and what leads on, after every commit."""

import msgspec
import pytest

from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.workflow import STAGES
from fund.projections import waiting_rules, work_queue
from fund.projections.waiting_rules import Waits
from tests.domain import world as w
from tests.domain.world import did, recorded


def found(*history: w.Told, commit: str = "") -> list[str]:
    """commit: one command id for all of it; else each fact is a commit of its own."""
    rules, breaches = Waits(), list[str]()
    for number, one in enumerate(recorded(history)):
        header = msgspec.structs.replace(one.header, command_id=commit or f"c{number}")
        breaches += (breach.what for breach in rules.see(msgspec.structs.replace(one, header=header)))
    return breaches + [breach.what for breach in rules.end()]


def test_a_file_is_somebodys_from_its_first_line_to_its_letter() -> None:
    assert found(*w.CLOSED) == []
    assert found(*w.HALF_APPROVED) == []


def undated(event: e.Event) -> e.Event:
    return msgspec.structs.replace(event, due=None)


def test_a_file_without_a_day_is_found_however_it_goes_on() -> None:
    planted = w.COORDINATED + did(w.OLGA, undated(w.PROPOSAL))
    assert found(*planted) == ["decision: waits without a day"]
    assert found(*planted, *did(w.INES, w.APPROVAL)) == ["decision: waits without a day"]


def test_what_a_file_is_within_one_commit_counts_for_nothing() -> None:
    planted = w.COORDINATED + did(w.OLGA, undated(w.PROPOSAL)) + did(w.INES, w.APPROVAL)
    assert found(*planted, commit="one") == []


def test_a_stage_that_nobody_owns_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = msgspec.structs.replace(STAGES[Stage.DECISION], owners=())
    monkeypatch.setattr(work_queue, "STAGES", STAGES | {Stage.DECISION: nobody})
    assert found(*w.PROPOSED) == ["decision: waits for nobody", "decision: waits without a day"]


def test_a_stage_that_nothing_leads_out_of_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting_rules, "LEADING_ON", waiting_rules.LEADING_ON - {Stage.DECISION})
    assert found(*w.PROPOSED) == ["decision: waits without a way out"]
