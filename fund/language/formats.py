"""Amounts, dates and lists as people write them, by locale.

Digits are Western (`latn`) in every language. Arabic has two customs, by country, and the network's cities stand on both
sides; references, amounts and dates are copied between languages and compared with letters, bank papers and e-mails, and
a digit that changes shape on the way is a digit misread.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

from babel import dates, lists, numbers
from babel.dates import get_timezone

from fund.domain.money import EXPONENTS
from fund.language.locales import babel_locale, direction

DIGITS = "latn"
NO_BREAK = "\N{NO-BREAK SPACE}"
FIRST_STRONG, POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_NUMBERS = re.compile(r"\d\D+\d")
_SEMICOLON = {"fr": "\N{NARROW NO-BREAK SPACE}; ", "ar": "؛ "}


def format_number(locale: str, number: int) -> str:
    return numbers.format_decimal(number, locale=babel_locale(locale), numbering_system=DIGITS)


def format_hundredths(locale: str, number: int) -> str:
    """`72.5` for 7250: points are kept x100."""
    return numbers.format_decimal(Decimal(number).scaleb(-2), "#,##0.##", locale=babel_locale(locale), numbering_system=DIGITS)


def format_money(locale: str, amount_minor: int, currency: str) -> str:
    """`12,000.00 EUR`: the code and not a sign, because a $ is several currencies here, and with the digits of ISO 4217.

    KeyError for a currency that the fund never recorded.
    """
    digits = EXPONENTS[currency]
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + NO_BREAK + "¤¤"
    return numbers.format_currency(
        Decimal(amount_minor).scaleb(-digits),
        currency,
        format=pattern,
        locale=babel_locale(locale),
        currency_digits=False,
        numbering_system=DIGITS,
    )


def currency_name(locale: str, currency: str) -> str:
    """`Euro`, as a heading says it: the code itself where the language has no name for it."""
    name = babel_locale(locale).currencies.get(currency, currency)
    return str(name[:1].upper() + name[1:])


def format_date(locale: str, day: date, timezone: str = "UTC") -> str:
    """`1 March 2026`. Of an instant, the day it is in `timezone`."""
    local = _local(day, timezone).date() if isinstance(day, datetime) else day
    written = dates.format_date(local, "long", locale=babel_locale(locale))
    # French counts the first day of a month and numbers the others; CLDR does not know.
    return f"1er{written[1:]}" if locale == "fr" and local.day == 1 else written


def format_month(locale: str, month: str) -> str:
    """`May 2024` for `2024-05`."""
    return dates.format_skeleton("yMMMM", date.fromisoformat(f"{month}-01"), locale=babel_locale(locale))


def format_instant(locale: str, instant: datetime, timezone: str = "UTC") -> str:
    """`1 March 2026, 17:05 (Nairobi, UTC+03:00)`: the time of day where the reader is, and where that is. ValueError if naive."""
    local = _local(instant, timezone)
    clock = dates.format_time(local, "HH:mm", tzinfo=get_timezone(timezone), locale=babel_locale(locale))
    comma = "، " if direction(locale) == "rtl" else ", "
    return f"{format_date(locale, local.date())}{comma}{clock} ({_place(locale, local, timezone, comma)})"


def format_list(locale: str, items: Iterable[str]) -> str:
    """`a, b and c`."""
    return lists.format_list(list(items), locale=babel_locale(locale))


def format_long_list(locale: str, items: Iterable[str]) -> str:
    """`a; b; c`, for items that have commas of their own."""
    return _SEMICOLON.get(locale, "; ").join(items)


def isolated(locale: str, text: str) -> str:
    """`text` so that it does not disturb the order of the sentence around it: fenced where it runs against the locale's direction,
    or is a number of several parts, which Arabic would turn round: 2023-2025."""
    kinds = {unicodedata.bidirectional(sign) for sign in text}
    leftward = direction(locale) == "rtl"
    against = {"L"} if leftward else {"R", "AL"}
    turned = leftward and not kinds & {"L", "R", "AL"} and _NUMBERS.search(text) is not None
    return f"{FIRST_STRONG}{text}{POP}" if kinds & against or turned else text


def _local(instant: datetime, timezone: str) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant carries its time zone")
    return instant.astimezone(get_timezone(timezone))


def _place(locale: str, local: datetime, timezone: str, comma: str) -> str:
    if timezone == "UTC" or local.tzinfo is UTC:
        return isolated(locale, "UTC")
    place = dates.get_timezone_location(timezone, locale=babel_locale(locale), return_city=True)
    offset = dates.get_timezone_gmt(local, "iso8601", locale=babel_locale(locale))
    return f"{place}{comma}{isolated(locale, f'UTC{offset}')}"
