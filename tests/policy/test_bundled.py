"""What this fund's own data must be true to: the strategy, the register of cities, and the good use of four languages."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import fund
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
