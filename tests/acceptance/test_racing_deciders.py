"""Two approvers decide one file at the same instant: one decision is made, and the other is told what changed since they looked."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Role
from fund.domain.registers import Envelope
from tests.acceptance.office import Office
from tests.api.desk import V1, Desk, opened

TRIES = 200 if os.environ.get("FUND_FAULTS") == "full" else 12
AMOUNT = 3_000_00
WAYS = [
    ("approve", {"reasons": ["It serves the priority"]}),
    ("decline", {"reasons": ["Nobody would be helped"], "what_would_change": ["A plan"], "otherwise": "The plan is missing"}),
]
DECISIONS = {e.Approved.name, e.Declined.name}


@pytest.mark.faults
def test_of_two_who_decide_at_once_one_decides_and_the_other_learns_what_changed(tmp_path: Path, database_url: str) -> None:
    with opened(tmp_path, database_url) as desk:
        desk.found()
        office = Office(desk.fund.handler, AMOUNT * TRIES)
        for name in ("one", "another"):
            desk.enter(name, office.person(Role.APPROVER))
        outcomes = [race(desk, office.awaiting_decision(AMOUNT)) for _ in range(TRIES)]
        envelope = desk.fund.handler.load(office.envelope).state
    assert isinstance(envelope, Envelope)
    assert envelope.committed == AMOUNT * outcomes.count(e.Approved.name)
    assert set(outcomes) <= DECISIONS


def race(desk: Desk, stream: str) -> str:
    """The event that decided."""
    file = desk.fund.handler.load(stream).state
    assert isinstance(file, Application)
    path, start = f"{V1}/applications/{file.reference}", Barrier(2)
    seen = desk.as_("one").get(path).headers["etag"]

    def decide(job: tuple[str, tuple[str, dict[str, Any]]]) -> Any:
        name, (verb, body) = job
        start.wait()
        return desk.as_(name).post(f"{path}/{verb}", body, if_match=seen)

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(decide, zip(("one", "another"), WAYS, strict=True)), key=lambda one: one.status_code)
    assert [one.status_code for one in answers] == [200, 412], [one.text for one in answers]
    decided = [name for name in answers[0].json()["events"] if name in DECISIONS]
    told = answers[1].json()["since"]
    assert answers[1].json()["code"] == "stream.moved"
    assert [one["event"] for one in told if one["event"] in DECISIONS] == decided
    assert all(one["sentence"] and one["version"] > int(seen.strip('"')) for one in told)
    facts = [one.event.name for one in desk.fund.handler.ledger.stream(stream)]
    assert [name for name in facts if name in DECISIONS] == decided
    return decided[0]
