"""What this fund's own data must be true to: the strategy, the register of cities, and the good use of four languages."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import fund
from fund.domain.calendar import due, is_working_day, local_day
from fund.domain.programme import Programme
from fund.policy import load
from fund.policy.checking import texts

FUND = Path(fund.__file__).parent
PROGRAMME = load()
HUB_STARTS = {"fr": "Centre régional", "es": "Centro Regional", "ar": "المركز الإقليمي"}


def written_in(language: str, programme: Programme = PROGRAMME) -> Iterator[tuple[str, str]]:
    return ((where, titles[language]) for where, titles in texts(programme))


def cities() -> list[dict[str, str]]:
    with (FUND / "samples" / "cities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_catalogue_has_the_lists_of_the_strategy() -> None:
    catalogue = PROGRAMME.catalogue
    assert [entry.code for entry in catalogue.principles] == ["GP1", "GP2", "GP3", "GP4", "GP5", "GP6"]
    assert [entry.code for entry in catalogue.priorities] == ["SP-CITY2CITY", "SP-NLC", "SP-VOICE", "SP-YOUTH", "SP-MANDATE"]
    assert [entry.code for entry in catalogue.support_types] == ["TS1", "TS2", "TS3", "TS4", "TS5"]
    assert [entry.code for entry in catalogue.results] == ["1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1", "4.2"]
    assert len(catalogue.regions) == 8


def test_numbers_are_printed_only_where_the_source_proves_them() -> None:
    assert [entry.printed for entry in PROGRAMME.catalogue.priorities] == ["1", "2", None, None, None]
    assert {entry.code for entry in PROGRAMME.catalogue.results if not entry.printed} == {"4.1"}


def test_every_region_in_the_register_of_cities_is_in_the_catalogue() -> None:
    used = {row["strategy_region"] for row in cities()} - {""}
    assert used <= {region.code for region in PROGRAMME.catalogue.regions}
    assert "transatlantic" not in used


def test_the_hubs_open_in_their_order_and_a_promised_one_is_not_a_hub() -> None:
    assert [(hub.code, hub.opened) for hub in PROGRAMME.catalogue.hubs] == [
        ("east-southern-africa", "2022-10"),
        ("western-balkans", "2022-11"),
        ("south-asia", "2023-01"),
        ("mena", "2023-03"),
        ("north-america", "2024-08"),
    ]
    assert PROGRAMME.hubs_for(("west-africa-sahel",)) == ()
    assert PROGRAMME.hubs_for(()) == ()


def test_a_machine_decides_pure_facts_only() -> None:
    assert {check.code for check in PROGRAMME.checks if check.decided_by == "machine"} == {"E1", "E2", "E6", "E8", "E9", "E11"}
    assert {check.code for check in PROGRAMME.checks if check.decided_by == "machine_or_person"} == {"E4", "E5", "E10", "E15"}


@pytest.mark.parametrize("language", HUB_STARTS)
def test_a_hub_is_called_by_its_one_name_and_fits_behind_its_article(language: str) -> None:
    for hub in PROGRAMME.catalogue.hubs:
        assert hub.titles[language].startswith(HUB_STARTS[language])
        assert hub.titles["en"].endswith("Regional Hub")


@pytest.mark.parametrize("term", ["management_unit", "steering_committee", "regional_hubs"])
def test_the_bodies_are_named_as_in_the_glossary(term: str) -> None:
    named = [body.titles for body in PROGRAMME.catalogue.bodies]
    assert PROGRAMME.terms[term] in named


def test_letters_name_the_management_unit_and_the_hub_by_the_glossary() -> None:
    for language in PROGRAMME.languages:
        unit, hub = PROGRAMME.terms["management_unit"][language], PROGRAMME.terms["regional_hub"][language]
        assert unit in PROGRAMME.letter["granted.in_kind"][language].replace("\u200e", "")
        assert unit in PROGRAMME.letter["signature"][language]
        assert hub in PROGRAMME.letter["heading.coordination"][language]


def test_the_outcome_and_the_reference_stand_in_the_first_sentence() -> None:
    for code, titles in PROGRAMME.letter.items():
        if code.startswith("opening."):
            assert all("{reference}" in text and "{city}" in text for text in titles.values()), code


def test_french_spacing_and_quotes_are_french() -> None:
    for where, text in written_in("fr"):
        assert not re.search(r"(?<![\u00a0\u202f])[;!?»]", text), where
        assert not re.search(r"(?<!\u00a0):", text), where
        assert "'" not in text, where
        assert '"' not in text, where


def test_arabic_punctuation_is_arabic() -> None:
    for where, text in written_in("ar"):
        assert re.search(r"[\u0600-\u06ff]", text), where
        assert not re.search(r"[,;?]", text), where


def test_english_and_spanish_have_typographic_quotes_only() -> None:
    for language in ("en", "es"):
        for where, text in written_in(language):
            assert not re.search(r"['\"]| [;:!?]", text), where


def test_spanish_questions_and_exclamations_open_as_they_close() -> None:
    for where, text in written_in("es"):
        assert text.count("?") == text.count("¿"), where
        assert text.count("!") == text.count("¡"), where


def test_no_title_is_left_in_another_language() -> None:
    for where, titles in texts(PROGRAMME):
        if len(titles["en"].split()) > 2 and "host institution" not in titles["en"]:
            assert len(set(titles.values())) == len(titles), where


def test_a_letter_never_promises_money_or_names_an_assessor() -> None:
    for where, titles in ((code, PROGRAMME.letter[code]) for code in PROGRAMME.letter):
        assert not {"assessor", "officer", "coordinator"} & {name for text in titles.values() for name in re.findall(r"\{(\w+)\}", text)}, (
            where
        )


def test_the_name_of_the_network_occurs_nowhere_else_in_the_package() -> None:
    names = re.compile("|".join(re.escape(name) for name in {"strong_cities", "Strong Cities", *PROGRAMME.network.values()}), re.IGNORECASE)
    allowed = (FUND / "policy" / "programmes", FUND / "samples")
    files = [
        path for path in FUND.rglob("*") if path.is_file() and path.suffix in {".py", ".toml", ".sql", ".json", ".html", ".css", ".md"}
    ]
    guilty = [
        path for path in files if not any(path.is_relative_to(folder) for folder in allowed) and names.search(path.read_text("utf-8"))
    ]
    assert guilty == []


# ── Working days ──────────────────────────────────────────────────────────────

AMMAN = PROGRAMME.calendars["amman"]
FEASTS = {
    "Islamic New Year": (1, 1),
    "Prophet's Birthday": (3, 12),
    "Isra' and Mi'raj": (7, 27),
    "Eid al-Fitr": (10, 1),
    "Day of Arafah": (12, 9),
    "Eid al-Adha": (12, 10),
}
"""Name -> month and day of the year that follows the moon, of the first day of each."""
ESTIMATED = " (estimated)"


def by_the_moon(year: int, month: int, day: int) -> date:
    """The civil arithmetic of that year, in which months of 30 and 29 days follow each other: right within a day."""
    days = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(days + 227_014)


def written() -> dict[date, list[str]]:
    """Holidays of Amman with their names, as a reader of the file sees them."""
    text = (FUND / "policy" / "programmes" / "strong_cities" / "calendars.toml").read_text("utf-8").partition("[amman]")[2]
    return {date.fromisoformat(day): names.split("; ") for day, names in re.findall(r"^  (\S+),  # (.*)$", text, re.MULTILINE)}


def test_no_day_of_amman_is_without_its_name() -> None:
    assert set(written()) == AMMAN.holidays


@pytest.mark.parametrize("feast", FEASTS)
def test_a_feast_that_follows_the_moon_stands_in_every_year_and_says_that_it_is_estimated(feast: str) -> None:
    first, last = AMMAN.covers
    expected = [by_the_moon(year, *FEASTS[feast]) for year in range(1444, 1454)]
    found = sorted(day for day, names in written().items() if feast + ESTIMATED in names)
    within = [day for day in expected if first < day < last]
    assert len(found) == len(within)
    assert all(abs((one - other).days) <= 1 for one, other in zip(found, within, strict=True))


def test_a_feast_of_several_days_is_off_on_each_of_them() -> None:
    named = written()
    for feast, more in (("Eid al-Fitr", 2), ("Eid al-Adha", 2)):
        for first in (day for day, names in named.items() if feast + ESTIMATED in names):
            assert all(f"{feast} Holiday{ESTIMATED}" in named[first + timedelta(days=step)] for step in range(1, more + 1))


def test_nothing_is_due_in_amman_during_eid() -> None:
    """The eve of Eid al-Fitr is Monday, the 8th of March 2027; three days of it and the weekend after are off."""
    eve = datetime(2027, 3, 8, 9, tzinfo=UTC)
    assert not any(is_working_day(date(2027, 3, day), AMMAN) for day in range(9, 14))
    assert local_day(due(eve, 1, AMMAN), AMMAN) == date(2027, 3, 14)
    assert due(eve, 1, PROGRAMME.calendars["central"]).date() == date(2027, 3, 9)


def test_what_is_estimated_is_told_as_such() -> None:
    assert "estimated" in AMMAN.source
    assert all("estim" in PROGRAMME.sources[AMMAN.source][language] for language in ("en", "fr", "es"))
    assert "تقديرية" in PROGRAMME.sources[AMMAN.source]["ar"]
