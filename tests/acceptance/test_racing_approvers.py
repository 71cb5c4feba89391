"""Approvers racing for one envelope: it is never over-committed, and whoever comes too late is told so."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest

from fund.domain import commands as c
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.registers import Envelope
from fund.ledger.handler import Handler
from tests.acceptance.office import Office, opened_handler

APPROVERS = 32
AMOUNT = 3_000_00
BALANCE = 40_000_00


@pytest.mark.parametrize("shared", [True, False], ids=["one process", "handlers of their own"])
def test_thirty_two_approvers_share_out_exactly_what_the_envelope_holds(database_url: str, shared: bool) -> None:
    with ExitStack() as open_until_done:
        race(database_url, open_until_done, shared=shared)


def race(url: str, open_until_done: ExitStack, *, shared: bool) -> None:
    handler = open_until_done.enter_context(opened_handler(url))
    office = Office(handler, BALANCE)
    files = [(office.awaiting_decision(AMOUNT), office.person(Role.APPROVER)) for _ in range(APPROVERS)]
    start = Barrier(APPROVERS)
    seeds = range(100, 100 + APPROVERS)
    handlers = [handler if shared else open_until_done.enter_context(opened_handler(url, seed)) for seed in seeds]

    def approve(handler: Handler, file: str, approver: str) -> str:
        start.wait()
        try:
            handler.handle(c.Approve(application=file, reasons=("good",)), by=approver)
        except Refusal as refused:
            return refused.code
        return "approved"

    with ThreadPoolExecutor(APPROVERS) as pool:
        outcomes = list(pool.map(lambda job: approve(job[0], *job[1]), zip(handlers, files, strict=True)))

    accepted = BALANCE // AMOUNT
    assert sorted(outcomes) == ["approved"] * accepted + ["envelope.insufficient"] * (APPROVERS - accepted)
    envelope = handler.load(office.envelope).state
    assert isinstance(envelope, Envelope)
    assert envelope.balance == BALANCE - accepted * AMOUNT >= 0
