"""Money: whole minor units of a currency. No floats, nothing below zero, no sum across currencies."""

import re

import msgspec

from fund.domain.refusal import Refusal

_TWO_DIGITS = """
    ALL AUD BAM BDT BRL CAD CHF CNY COP CZK DKK EGP ETB EUR GBP GHS HUF IDR ILS INR KES KGS LKR MAD MDL MKD MVR MXN MYR
    NGN NOK NPR NZD PEN PHP PKR PLN RON RSD SEK THB TRY TZS UAH USD ZAR
"""
_NO_DIGITS = "CLP JPY KRW PYG RWF UGX VND XAF XOF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"

EXPONENTS: dict[str, int] = {
    currency: digits for digits, currencies in ((0, _NO_DIGITS), (2, _TWO_DIGITS), (3, _THREE_DIGITS)) for currency in currencies.split()
}
"""ISO 4217: currency -> digits after the point. An entry is never removed: recorded amounts stay readable."""

LARGEST = 2**53 - 1
"""Exact in JSON everywhere."""

_WRITTEN = re.compile(r"(?P<whole>0|[1-9][0-9]{0,15})(?:\.(?P<part>[0-9]{1,3}))?")


class Money(msgspec.Struct, frozen=True, order=False):
    """An amount in minor units. Refusal money.unknown_currency, money.negative, money.too_large."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.amount) is not int:
            raise TypeError("an amount is a whole number of minor units")
        exponent(self.currency)
        if self.amount < 0:
            raise Refusal("money.negative", field="amount", amount=self.amount, currency=self.currency)
        if self.amount > LARGEST:
            raise Refusal("money.too_large", field="amount", currency=self.currency)

    def __add__(self, other: "Money") -> "Money":
        self._same_currency(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Refusal money.negative where `other` is more."""
        self._same_currency(other)
        return Money(self.amount - other.amount, self.currency)

    def covers(self, other: "Money") -> bool:
        """Whether `other` can be paid from this."""
        self._same_currency(other)
        return other.amount <= self.amount

    def decimal(self) -> str:
        """Plain digits with a point, the inverse of `parse_decimal`: `1500.00`. Pages and letters format by locale instead."""
        digits = exponent(self.currency)
        whole, part = divmod(self.amount, 10**digits)
        return f"{whole}.{part:0{digits}d}" if digits else str(whole)

    def _same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise Refusal("money.currency_mismatch", field="currency", expected=self.currency, given=other.currency)


def exponent(currency: str) -> int:
    """Digits after the point. Refusal money.unknown_currency."""
    if currency not in EXPONENTS:
        raise Refusal("money.unknown_currency", field="currency", currency=currency)
    return EXPONENTS[currency]


def parse_decimal(text: str, currency: str) -> Money:
    """What was typed into a form: `1500` or `1500.50`; no sign, no separators, no more digits than the currency has.

    Refusal money.format, money.negative, money.unknown_currency, money.too_large.
    """
    digits = exponent(currency)
    stripped = text.strip(" ")
    if stripped.startswith("-") and _WRITTEN.fullmatch(stripped[1:]):
        raise Refusal("money.negative", field="amount", currency=currency)
    match = _WRITTEN.fullmatch(stripped)
    part = (match["part"] or "") if match else ""
    if not match or len(part) > digits:
        raise Refusal("money.format", field="amount", currency=currency, digits=digits)
    return Money(int(match["whole"] + part.ljust(digits, "0")), currency)
