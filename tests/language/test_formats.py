"""Amounts, dates and lists as people write them."""

from datetime import UTC, date, datetime

import pytest

from fund.language import (
    LOCALES,
    direction,
    endonym,
    format_date,
    format_instant,
    format_list,
    format_long_list,
    format_money,
    format_month,
    isolated,
    negotiate,
)

NARROW, NO_BREAK = "\u202f", "\u00a0"


def test_amounts_carry_the_code_of_the_currency_and_the_digits_of_iso_4217():
    assert format_money("en", 1_250_000, "EUR") == f"12,500.00{NO_BREAK}EUR"
    assert format_money("en", 1_250_000, "JPY") == f"1,250,000{NO_BREAK}JPY"
    assert format_money("en", 1_250_000, "KWD") == f"1,250.000{NO_BREAK}KWD"
    assert format_money("en", 5, "EUR") == f"0.05{NO_BREAK}EUR"


def test_iraqi_dinars_keep_the_three_digits_that_cldr_hides():
    assert format_money("en", 1_250_500, "IQD") == f"1,250.500{NO_BREAK}IQD"


def test_french_groups_thousands_with_a_narrow_no_break_space():
    assert format_money("fr", 1_250_000, "EUR") == f"12{NARROW}500,00{NO_BREAK}EUR"


def test_spanish_writes_a_comma_for_decimals():
    assert format_money("es", 1_250_000, "EUR") == f"12.500,00{NO_BREAK}EUR"


def test_the_largest_amount_keeps_every_digit():
    assert format_money("en", 2**53 - 1, "EUR") == f"90,071,992,547,409.91{NO_BREAK}EUR"


def test_arabic_keeps_western_digits_and_adds_no_hidden_signs():
    assert format_money("ar", 1_250_000, "EUR") == f"12,500.00{NO_BREAK}EUR"
    assert format_date("ar", date(2026, 3, 12)) == "12 مارس 2026"
    assert not any(sign in format_instant("ar", datetime(2026, 3, 12, tzinfo=UTC)) for sign in "٠١٢٣٤٥٦٧٨٩")


def test_a_currency_the_fund_never_recorded_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        format_money("en", 1, "XXX")


def test_dates_name_the_month():
    day = date(2026, 4, 2)
    assert [format_date(locale, day) for locale in LOCALES] == ["2 April 2026", "2 avril 2026", "2 de abril de 2026", "2 أبريل 2026"]


def test_french_counts_the_first_of_a_month_and_only_that():
    assert format_date("fr", date(2026, 3, 1)) == "1er mars 2026"
    assert format_date("fr", date(2026, 3, 11)) == "11 mars 2026"


def test_an_instant_is_told_by_the_clock_of_its_place():
    instant = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    assert format_instant("en", instant, "Africa/Nairobi") == "1 April 2026, 01:30 (Nairobi, UTC+03:00)"
    assert format_instant("fr", instant, "Europe/London") == "31 mars 2026, 23:30 (Londres, UTC+01:00)"
    assert format_instant("es", instant) == "31 de marzo de 2026, 22:30 (UTC)"
    assert format_instant("ar", instant, "Africa/Cairo") == "1 أبريل 2026، 00:30 (القاهرة، \u2068UTC+02:00\u2069)"


def test_the_day_of_an_instant_is_the_day_of_its_place():
    assert format_date("en", datetime(2026, 4, 1, 3, 59, 59, tzinfo=UTC), "America/New_York") == "31 March 2026"


def test_a_naive_instant_is_a_fault_of_the_program():
    with pytest.raises(ValueError, match="time zone"):
        format_instant("en", datetime(2026, 3, 31))


def test_months():
    assert [format_month(locale, "2024-05") for locale in LOCALES] == ["May 2024", "mai 2024", "mayo de 2024", "مايو 2024"]


def test_lists():
    assert [format_list(locale, ["a", "b", "c"]) for locale in LOCALES] == ["a, b and c", "a, b et c", "a, b y c", "a وb وc"]
    assert format_list("fr", []) == ""
    assert format_long_list("fr", ["a", "b"]) == f"a{NARROW}; b"
    assert format_long_list("ar", ["a", "b"]) == "a؛ b"


def test_only_what_runs_against_the_sentence_is_isolated():
    assert isolated("en", "Nairobi") == "Nairobi"
    assert isolated("en", "عمّان") == "\u2068عمّان\u2069"
    assert isolated("ar", "عمّان") == "عمّان"
    assert isolated("ar", "TSF-7K3M-Q9F2") == "\u2068TSF-7K3M-Q9F2\u2069"
    assert isolated("ar", "2023-2025.1") == "\u20682023-2025.1\u2069"
    assert isolated("ar", "12") == "12"


def test_directions_and_own_names():
    assert [direction(locale) for locale in LOCALES] == ["ltr", "ltr", "ltr", "rtl"]
    assert [endonym(locale) for locale in LOCALES] == ["English", "Français", "Español", "العربية"]


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        (None, "en"),
        ("", "en"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("de, es;q=0.4, ar;q=0.9", "ar"),
        ("en;q=0, fr;q=0.1", "fr"),
        ("ES-419", "es"),
        ("*", "en"),
        ("de;q=x,;;,q", "en"),
        ("fr;q=5", "en"),
        (",".join(["x"] * 100_000), "en"),
    ],
)
def test_the_language_a_browser_asks_for(header, locale):
    assert negotiate(header) == locale
