"""The reference people read out and type: `ABC-7K3M-Q9F2`. It says nothing about the city.

Seven random symbols and a check symbol, in Crockford's base32 (no I, L, O, U). The eight symbols are elements of GF(32), each
weighted with another power of the generator, and sum to zero. Two different symbols with different non-zero weights cannot
cancel out, so one mistyped symbol, or any two symbols swapped, is always noticed.
"""

from functools import reduce

from fund.domain.refusal import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 8
RANDOM_BYTES = 5
"""Of which 35 bits are used."""

_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)

# What is read alike, digits of other keyboards, and what comes along when a reference is copied from a letter:
# dashes, spaces, and the invisible marks that keep it left to right in Arabic text.
_READ_AS = str.maketrans(
    "OoIiLl" + "٠١٢٣٤٥٦٧٨٩" + "۰۱۲۳۴۵۶۷۸۹",
    "001111" + "0123456789" * 2,
    "-‐‑‒–—−_ \t\r\n\u00a0\u202f\u200e\u200f\u061c\u2066\u2067\u2068\u2069",
)


def make(prefix: str, random_bytes: bytes) -> str:
    """A reference from at least five random bytes."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a reference needs {RANDOM_BYTES} random bytes")
    bits = int.from_bytes(random_bytes[:RANDOM_BYTES], "big") >> 5
    values = [bits >> shift & 31 for shift in range(30, -1, -5)]
    return _written(prefix, "".join(ALPHABET[value] for value in [*values, _times_x(_weighted_sum(values))]))


def parse(text: str, prefix: str) -> str:
    """The reference as written, from what was typed: any case, O for 0, I or L for 1, with or without dashes and prefix.

    Refusal reference.invalid.
    """
    symbols = text.translate(_READ_AS)
    if not symbols.isascii():
        raise _invalid()
    symbols, expected = symbols.upper(), prefix.translate(_READ_AS).upper()
    if len(symbols) == len(expected) + SYMBOLS and symbols.startswith(expected):
        symbols = symbols[len(expected) :]
    if len(symbols) != SYMBOLS or not set(symbols) <= set(ALPHABET) or _weighted_sum([ALPHABET.index(symbol) for symbol in symbols]):
        raise _invalid()
    return _written(prefix, symbols)


def _written(prefix: str, symbols: str) -> str:
    return f"{prefix}-{symbols[:4]}-{symbols[4:]}"


def _weighted_sum(values: list[int]) -> int:
    """Horner's rule: each value times x to the power of its distance from the end, added in GF(32)."""
    return reduce(lambda total, value: _times_x(total) ^ value, values, 0)


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled & 32 else doubled


def _invalid() -> Refusal:
    return Refusal("reference.invalid", field="reference")
