# ruff: noqa: F405
"""Dated exchange rates: recorded, never guessed; and support in another currency than was asked for."""

from datetime import date

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.money import EXPONENTS, LARGEST, Money, exponent
from fund.domain.rates import MOST_DIGITS, worth
from fund.domain.registers import Rates
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

TODAY = NOW.date()
RECORD = c.RecordRate(rates=RATES, base="EUR", quote="NOK", rate=117_512, digits=4, on=TODAY, source="Bank of the Delta")
RATE = e.RateRecorded(base="EUR", quote="NOK", rate=117_512, digits=4, on=TODAY, source="Bank of the Delta")
PROPOSE = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=KRONER, amount=47_004_80, currency="NOK", peers=("Elm",), reason="x"
)
"""4,000.00 EUR were asked for: 47,004.80 NOK."""


def recorded_rate(**changes: object) -> History:
    return did(FINN, msgspec.structs.replace(RATE, **changes), on=RATES)


def not_recorded(code: str, field: str, **changes: object) -> None:
    given().when(msgspec.structs.replace(RECORD, **changes), by=FINN).then(code, field=field)


# ── Recording ─────────────────────────────────────────────────────────────────


@passes(c.RecordRate)
def test_a_rate_is_a_fact_of_a_day_and_a_source() -> None:
    after = given().when(RECORD, by=FINN).then(RATE).after.state(RATES)
    assert isinstance(after, Rates)
    assert after.between("NOK", "EUR") == after.between("EUR", "NOK") == RATE
    assert after.between("EUR", "USD") is None


@passes(c.RecordRate)
def test_the_newest_day_is_in_force_and_a_later_fact_for_the_same_day_corrects_it() -> None:
    corrected = msgspec.structs.replace(RECORD, rate=117_600)
    earlier = msgspec.structs.replace(RECORD, base="NOK", quote="EUR", rate=8, digits=2, on=date(2031, 5, 4))
    scenario = given().when(RECORD, by=FINN).after.when(corrected, by=FINN).after.when(earlier, by=FINN).then(e.RateRecorded).after
    rates = scenario.state(RATES)
    assert isinstance(rates, Rates)
    found = rates.between("EUR", "NOK")
    assert found
    assert found.rate == 117_600


@refuses(c.RecordRate, "money.unknown_currency")
@refuses(c.RecordRate, "rate.same_currency")
@refuses(c.RecordRate, "rate.out_of_range")
@refuses(c.RecordRate, "rate.not_yet")
@refuses(c.RecordRate, "text.empty")
def test_a_rate_lies_between_two_currencies_of_the_fund_and_not_in_the_future() -> None:
    for field in ("base", "quote"):
        not_recorded("money.unknown_currency", field, **{field: "USD"})
    not_recorded("rate.same_currency", "quote", quote="EUR")
    for rate in (0, LARGEST + 1):
        not_recorded("rate.out_of_range", "rate", rate=rate)
    for digits in (-1, MOST_DIGITS + 1):
        not_recorded("rate.out_of_range", "digits", digits=digits)
    for bounds in ({"rate": 1, "digits": 0}, {"rate": LARGEST, "digits": MOST_DIGITS}):
        given().when(msgspec.structs.replace(RECORD, **bounds), by=FINN).then(e.RateRecorded)
    not_recorded("rate.not_yet", "on", on=TODAY + timedelta(days=1))
    not_recorded("text.empty", "source", source=" ")


@refuses(c.RecordRate, "workflow.role_needed")
def test_finance_records_rates() -> None:
    given().when(RECORD, by=OLGA).then("workflow.role_needed")


# ── Worth ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "currency", "rate", "expected"),
    [
        (Money(4_000_00, "EUR"), "NOK", RATE, 47_004_80),
        (Money(1, "EUR"), "NOK", RATE, 11),
        (Money(47_004_80, "NOK"), "EUR", RATE, 4_000_00),
        (Money(47_004_79, "NOK"), "EUR", RATE, 3_999_99),
        (Money(10_00, "EUR"), "XOF", msgspec.structs.replace(RATE, quote="XOF", rate=655_957, digits=3), 6_559),
        (Money(6_559, "XOF"), "EUR", msgspec.structs.replace(RATE, quote="XOF", rate=655_957, digits=3), 9_99),
        (Money(1_00, "EUR"), "TND", msgspec.structs.replace(RATE, quote="TND", rate=34, digits=1), 3_400),
    ],
)
def test_a_worth_is_counted_in_whole_minor_units_and_rounded_down(asked: Money, currency: str, rate: e.RateRecorded, expected: int) -> None:
    assert worth(asked, currency, rate) == expected


@given_any(
    st.sampled_from(sorted(EXPONENTS)),
    st.sampled_from(sorted(EXPONENTS)),
    st.integers(0, LARGEST),
    st.integers(1, LARGEST),
    st.integers(0, 12),
)
def test_no_exchange_gives_more_than_the_rate_and_a_unit_more_would(base: str, quote: str, amount: int, rate: int, digits: int) -> None:
    if base == quote:
        return
    recorded = msgspec.structs.replace(RATE, base=base, quote=quote, rate=rate, digits=digits)
    limit = worth(Money(amount, base), quote, recorded)
    given_per_asked = 10**digits * 10 ** exponent(base)
    asked_value = amount * rate * 10 ** exponent(quote)
    assert limit * given_per_asked <= asked_value < (limit + 1) * given_per_asked


# ── Proposing in another currency ─────────────────────────────────────────────


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "proposal.exceeds_request")
def test_support_in_another_currency_is_not_worth_more_than_was_asked_for_and_keeps_the_rate() -> None:
    history = COORDINATED + recorded_rate()
    after = given(*history).when(PROPOSE, by=OLGA).then(e.ProposalMade).after.file()
    assert after.proposal
    assert after.proposal.exchange == e.Exchange(
        base="EUR", quote="NOK", rate=117_512, digits=4, on=TODAY, source="Bank of the Delta", limit=47_004_80
    )
    outcome = given(*history).when(msgspec.structs.replace(PROPOSE, amount=47_004_81), by=OLGA).then("proposal.exceeds_request")
    assert outcome.refusal
    assert outcome.refusal.about == {"requested": 47_004_80, "currency": "NOK"}


@passes(c.MakeProposal)
def test_in_the_currency_that_was_asked_for_nothing_is_exchanged() -> None:
    same = msgspec.structs.replace(PROPOSE, envelope=PURSE, currency="EUR", amount=1)
    after = given(*COORDINATED, *recorded_rate()).when(same, by=OLGA).after.file()
    assert after.proposal
    assert after.proposal.exchange is None


@refuses(c.MakeProposal, "rate.missing")
@passes(c.MakeProposal)
def test_without_a_rate_that_is_young_enough_nothing_is_guessed() -> None:
    """Three days, in this programme."""
    oldest = TODAY - timedelta(days=3)
    given(*COORDINATED, *recorded_rate(on=oldest)).when(PROPOSE, by=OLGA).then(e.ProposalMade)
    stale = recorded_rate(on=oldest - timedelta(days=1))
    for history in ((), stale, recorded_rate(base="EUR", quote="USD")):
        outcome = given(*COORDINATED, *history).when(PROPOSE, by=OLGA).then("rate.missing", field="currency")
        assert outcome.refusal
        assert outcome.refusal.about == {"base": "EUR", "quote": "NOK", "since": oldest}


@refuses(c.MakeProposal, "money.currency_mismatch")
def test_a_programme_that_exchanges_nothing_gives_in_the_currency_that_was_asked_for() -> None:
    given(*COORDINATED, *recorded_rate()).under(exchange=None).when(PROPOSE, by=OLGA).then("money.currency_mismatch", field="currency")


@refuses(c.MakeProposal, "money.out_of_range")
def test_the_caps_of_each_currency_stand_whatever_the_rate_says() -> None:
    dear = recorded_rate(rate=1_000, digits=0)
    given(*COORDINATED, *dear).when(msgspec.structs.replace(PROPOSE, amount=90_000_01), by=OLGA).then("money.out_of_range", field="amount")
