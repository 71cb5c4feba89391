"""Money: whole minor units, one currency, never below zero."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fund.domain.money import EXPONENTS, LARGEST, Money, exponent, parse_decimal
from fund.domain.refusal import Refusal

CURRENCIES = st.sampled_from(sorted(EXPONENTS))
AMOUNTS = st.integers(0, LARGEST)


@given(AMOUNTS, CURRENCIES)
def test_what_is_written_is_read_back(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    assert parse_decimal(money.decimal(), currency) == money


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("1500", "EUR", 150_000),
        ("1500.5", "EUR", 150_050),
        ("1500.05", "EUR", 150_005),
        (" 0 ", "EUR", 0),
        ("0.01", "EUR", 1),
        ("1500", "XOF", 1_500),
        ("1.005", "JOD", 1_005),
    ],
)
def test_an_amount_as_typed_becomes_minor_units(text: str, currency: str, amount: int) -> None:
    assert parse_decimal(text, currency) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [
        ("", "EUR", "money.format"),
        ("1,500", "EUR", "money.format"),
        ("1 500", "EUR", "money.format"),
        ("1500,50", "EUR", "money.format"),
        ("1e3", "EUR", "money.format"),
        ("+1", "EUR", "money.format"),
        (".5", "EUR", "money.format"),
        ("5.", "EUR", "money.format"),
        ("007", "EUR", "money.format"),
        ("1.005", "EUR", "money.format"),
        ("1.0", "XOF", "money.format"),
        ("NaN", "EUR", "money.format"),
        ("١٥٠٠", "EUR", "money.format"),
        ("1500\n", "EUR", "money.format"),
        ("9" * 17, "EUR", "money.format"),
        ("9" * 16, "EUR", "money.too_large"),
        ("-5", "EUR", "money.negative"),
        ("5", "EURO", "money.unknown_currency"),
        ("5", "eur", "money.unknown_currency"),
    ],
)
def test_anything_else_is_refused_with_its_own_code(text: str, currency: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_decimal(text, currency)
    assert refused.value.code == code
    assert refused.value.field == ("currency" if code == "money.unknown_currency" else "amount")


def test_sums_stay_in_one_currency() -> None:
    assert Money(150, "EUR") + Money(50, "EUR") == Money(200, "EUR")
    assert Money(150, "EUR") - Money(50, "EUR") == Money(100, "EUR")
    for sum_up in (Money.__add__, Money.__sub__, Money.covers):
        with pytest.raises(Refusal, match=r"money\.currency_mismatch"):
            sum_up(Money(150, "EUR"), Money(50, "USD"))


def test_an_amount_covers_what_is_not_more_than_itself() -> None:
    assert Money(100, "EUR").covers(Money(100, "EUR"))
    assert not Money(100, "EUR").covers(Money(101, "EUR"))


@pytest.mark.parametrize(("amount", "code"), [(-1, "money.negative"), (LARGEST + 1, "money.too_large")])
def test_amounts_out_of_bounds_are_refused(amount: int, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        Money(amount, "EUR")
    assert refused.value.code == code


def test_taking_away_more_than_there_is_is_refused() -> None:
    with pytest.raises(Refusal, match=r"money\.negative"):
        Money(1, "EUR") - Money(2, "EUR")


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_floats_and_their_like_are_errors_of_the_program(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "EUR")  # type: ignore[arg-type]  # the mistake this test is about


def test_each_currency_has_its_own_number_of_digits() -> None:
    assert [exponent(currency) for currency in ("XOF", "EUR", "TND")] == [0, 2, 3]
    assert Money(5, "EUR").decimal() == "0.05"
    assert Money(5, "XOF").decimal() == "5"
