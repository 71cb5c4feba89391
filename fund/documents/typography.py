"""How values look in a letter: dates, money and foreign names, each kept in its own direction of writing."""

import unicodedata
from datetime import date

import msgspec
from babel.dates import format_date
from babel.numbers import get_currency_precision, get_decimal_symbol
from markupsafe import Markup, escape

NARROW = "\u202f"
"""Narrow no-break space: groups of digits may not part at a line's end, nor change places in Arabic."""

# Fixed here and not left to CLDR: a letter must come out the same after an update of the locale data. Month names are Babel's.
DATES = {"en": "d MMMM y", "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y", "ar": "d MMMM y"}
GROUPS = {"en": ",", "fr": NARROW, "es": NARROW, "ar": ","}
DECIMALS = {"en": ".", "fr": ",", "es": ",", "ar": "."}
CODE_FIRST = frozenset({"en"})

# Overrides and embeddings could reorder a whole paragraph, other controls break the file; joiners and plain marks are part of writing.
_KEPT = frozenset("\n\t\u200c\u200d\u200e\u200f\u061c\u00ad\u06dd") | frozenset(map(chr, range(0x600, 0x606)))
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_RTL, _STRONG = frozenset({"R", "AL"}), frozenset({"L", "R", "AL"})


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """minor: minor units of the currency. currency: ISO 4217."""

    minor: int
    currency: str


def clean(text: str) -> str:
    """Without the characters that no letter prints: controls, overrides of direction, private and unassigned code points."""
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _DROPPED)


def direction_of(text: str) -> str:
    """`rtl` or `ltr`, by the first letter with a direction; `ltr` if there is none."""
    first = next((bidi for c in text if (bidi := unicodedata.bidirectional(c)) in _STRONG), "L")
    return "rtl" if first in _RTL else "ltr"


def in_arabic_script(text: str) -> bool:
    """Whether the first letter of the text is Arabic."""
    return "ARABIC" in next((unicodedata.name(c, "") for c in text if c.isalpha()), "")


def isolate(value: object) -> Markup:
    """The value in a `bdi` with its own direction. The direction is written out: the printing engine guesses none."""
    if isinstance(value, Markup):
        return value
    text = clean(str(value))
    return Markup('<bdi dir="{}">{}</bdi>').format(direction_of(text), text)


def paragraphs(text: str) -> Markup:
    """The text as HTML paragraphs, each in its own direction; empty lines part them, single line breaks are kept."""
    blocks = [block.strip() for block in clean(text).replace("\r", "").split("\n\n") if block.strip()]
    shown = (Markup('<p dir="{}">{}</p>').format(direction_of(block), _lines(block)) for block in blocks)
    return Markup("").join(shown)


def _lines(block: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in block.split("\n"))


def written_date(day: date, language: str) -> str:
    """The day in words: `4 May 2026`, `1er mai 2026`, `4 de mayo de 2026`, `4 مايو 2026`."""
    text = format_date(day, DATES.get(language, "long"), locale=language)
    return text.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else text


def written_hundredths(number: int, language: str) -> str:
    """Points, which are kept x100: `72.5`, `72,5`. Always to be read left to right."""
    whole, rest = divmod(number, 100)
    return f"{whole}{DECIMALS.get(language, '.')}{rest:02d}".rstrip("0") if rest else str(whole)


def written_money(money: Money, language: str) -> str:
    """The amount with its currency code: `EUR 41,800`, `41 800,50 EUR`. Always to be read left to right."""
    places = get_currency_precision(money.currency)
    whole, rest = divmod(abs(money.minor), 10**places)
    digits = f"{whole:,}".replace(",", GROUPS.get(language, NARROW))
    if rest:
        digits += (DECIMALS.get(language) or get_decimal_symbol(language)) + f"{rest:0{places}d}"
    number = ("\u2212" if money.minor < 0 else "") + digits
    return f"{money.currency}\u00a0{number}" if language in CODE_FIRST else f"{number}\u00a0{money.currency}"
