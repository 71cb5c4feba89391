"""The money of the demonstration: every kind of contribution, a pot that only some may draw on, one award in another currency."""

from typing import get_args

import pytest

from fund.border.opening import Fund
from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.registers import Envelope
from fund.domain.streams import fold, kind_of


@pytest.fixture(scope="module")
def history(demo: Fund) -> tuple[Recorded, ...]:
    return demo.ledger.read(0, 100_000)


@pytest.fixture(scope="module")
def envelopes(history: tuple[Recorded, ...]) -> list[Envelope]:
    streams = {one.stream for one in history if kind_of(one.stream) == "envelope"}
    states = [fold(stream, (one for one in history if one.stream == stream)) for stream in sorted(streams)]
    return [state for state in states if isinstance(state, Envelope)]


def test_there_is_a_contribution_of_every_kind(envelopes: list[Envelope]) -> None:
    kinds = {pot.given.kind for envelope in envelopes for pot in envelope.pots}
    assert kinds == set(get_args(e.ContributionKind))


def test_every_donor_of_the_strategy_is_told_in_words(first_run: str) -> None:
    assert "Contribution received from Denmark: 12,000.00" in first_run
    assert "denmark" not in first_run


def test_an_award_spent_the_earmarked_pot_first_and_gave_back_free_money(envelopes: list[Envelope]) -> None:
    (envelope, earmarked) = next((envelope, pot) for envelope in envelopes for pot in envelope.pots if pot.given.donor == "denmark")
    assert earmarked.remaining == 0
    held = [held for held in envelope.commitments.values() if held and held[0].contribution == earmarked.number]
    assert [[one.amount for one in parts] for parts in held] == [[12_000_00, 1_800_00]]


def test_an_award_in_another_currency_keeps_the_rate_it_was_compared_by(history: tuple[Recorded, ...]) -> None:
    (proposal,) = [one.event for one in history if isinstance(one.event, e.ProposalMade) and one.event.exchange]
    assert isinstance(proposal, e.ProposalMade)
    assert proposal.exchange
    assert proposal.amount <= proposal.exchange.limit == 11_000_00 * 117_280 // 10_000
