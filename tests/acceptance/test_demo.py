"""The demonstration: what it shows, and that it is sound."""

import csv
import re
import stat
from pathlib import Path

import pypdfium2
import pytest

from fund.border.opening import Fund
from fund.border.settings import Settings
from fund.domain.application import Application
from fund.domain.event import Recorded
from fund.domain.registers import City
from fund.domain.streams import fold, kind_of
from fund.projections.check import check
from fund.resources import sample
from tests.acceptance.conftest import played


@pytest.fixture(scope="module")
def history(demo: Fund) -> tuple[Recorded, ...]:
    return demo.ledger.read(0, 100_000)


@pytest.fixture(scope="module")
def files(demo: Fund, history: tuple[Recorded, ...]) -> dict[str, Application]:
    """Applications by the English name of their city, the first of it; further ones of a city by their reference too."""
    streams = dict.fromkeys(one.stream for one in history if kind_of(one.stream) == "application")
    states = [fold(stream, demo.ledger.stream(stream)) for stream in streams]
    found: dict[str, Application] = {}
    for state in states:
        assert isinstance(state, Application)
        name = city_of(demo, state).name
        found[f"{name}, {state.reference}" if name in found else name] = state
    return found


def city_of(demo: Fund, file: Application) -> City:
    city = demo.handler.load(file.city).state
    assert isinstance(city, City)
    return city


def test_every_fact_is_one_line(first_run: str, history: tuple[Recorded, ...]) -> None:
    told = [int(number) for number in re.findall(r"^ *(\d+)  \d{4}-\d\d-\d\d \d\d:\d\d  ", first_run, re.MULTILINE)]
    assert told == list(range(1, len(history) + 1))


def test_no_sentence_has_an_unfilled_place(first_run: str) -> None:
    assert [line for line in first_run.splitlines() if "{" in line or "—" in line] == []


def test_it_says_where_the_letters_lie(first_run: str, letters: list[Path]) -> None:
    assert len(letters) >= 8
    assert [path for path in letters if str(path) not in first_run] == []


def test_letters_are_private_even_where_the_demonstration_runs_inside_another_program(letters: list[Path]) -> None:
    assert [path for path in (letters[0].parent, *letters) if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_second_run_adds_no_fact(demo: Fund, demo_settings: Settings, history: tuple[Recorded, ...]) -> None:
    assert f"Nothing new: all {len(history)} facts are there." in played(demo_settings)
    assert demo.ledger.head() == len(history)


def test_the_check_finds_no_difference(demo: Fund) -> None:
    demo.runner.catch_up()
    assert check(demo.ledger, demo.views, demo.keys, demo.handler.programmes).differences == ()


def test_every_city_of_the_sample_is_registered_with_its_source(history: tuple[Recorded, ...]) -> None:
    with sample("cities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    registered = [one.event for one in history if one.event.name == "city.registered.v1"]
    members = [one for one in history if one.event.name == "city.membership_recorded.v1"]
    assert {(city.name_en, city.source) for city in registered} == {(row["name_en"], row["source"]) for row in rows}  # type: ignore[attr-defined]
    assert len(members) == sum(row["status"] == "member" for row in rows)


def test_hubs_open_with_their_dates_and_envelopes_have_donors_of_the_source(demo: Fund, history: tuple[Recorded, ...]) -> None:
    opened = {one.event.hub: one.event.opened for one in history if one.event.name == "hub.opened.v1"}  # type: ignore[attr-defined]
    assert opened == {hub.code: hub.opened for hub in demo.programme.catalogue.hubs if hub.opened}
    donors = {one.event.donor for one in history if one.event.name == "envelope.contribution_received.v1"}  # type: ignore[attr-defined]
    assert donors <= {donor.code for donor in demo.programme.catalogue.donors}


def test_it_takes_the_eight_ways_it_promises(demo: Fund, files: dict[str, Application]) -> None:
    def ended(city: str) -> tuple[str | None, str | None]:
        file = files[city]
        return file.decision.outcome if file.decision else None, file.coordination.mode if file.coordination else None

    assert ended("Čair") == ("approved", "via_hub")
    assert ended("Nakuru") == ("approved_with_conditions", "with_hub")
    (silent,) = files["Nakuru"].opinions.values()
    assert silent.deemed is not None
    assert ended("Kolofata") == ("approved", "no_hub")
    assert city_of(demo, files["Kolofata"]).region is None
    assert ended("Peshawar")[0] == "declined"
    assert files["Kumanovo"].earlier[-1].outcome == "ineligible"
    assert not city_of(demo, files["Kumanovo"]).is_member
    assert ended("Cuenca")[0] == "withdrawn"
    assert files["Beirut"].language == "ar"
    assert {files["Kolofata"].language, files["Montréal"].language} == {"fr"}


def test_every_decided_file_has_a_letter_in_its_language_and_name(demo: Fund, files: dict[str, Application], letters: list[Path]) -> None:
    by_reference = {path.stem: path for path in letters}
    # A draft that nobody ever submitted lapses without one.
    decided = {name: file for name, file in files.items() if file.submission and (file.decision or file.earlier)}
    assert {file.reference for file in decided.values()} == set(by_reference)
    for name, file in decided.items():
        text = text_of(by_reference[file.reference])
        registered = city_of(demo, file).registered
        assert registered
        assert "SPECIMEN" in text
        assert file.reference in text
        assert name in text or registered.name_local in text


def test_the_arabic_letter_carries_the_name_in_its_own_script(files: dict[str, Application], letters: list[Path]) -> None:
    path = next(path for path in letters if path.stem == files["Beirut"].reference)
    assert "بيروت" in text_of(path)


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_every_fact_is_marked_as_a_specimen(history: tuple[Recorded, ...]) -> None:
    assert all(one.header.specimen for one in history)
