"""A network's name, prefix and words of its own stand in its programme's folder and nowhere in the engine.

The words looked for are read from the programmes themselves, so a new term or a new name is looked for at once.
Not looked into: `fund/samples` and `fund/demo`, which are a play of the bundled programme; its cities and its people speak of it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import fund
from fund.domain.programme import Programme
from fund.policy import bundled, load
from fund.resources import ROOT

PACKAGE = Path(fund.__file__).parent
PLAYED = (PACKAGE / "samples", PACKAGE / "demo")
TEXTS = {".py", ".html", ".css", ".po", ".pot", ".toml", ".json", ".csv", ".txt", ".svg"}
WHAT_TO_DO = "a sentence takes the programme's word as {the_hub}, {of_the_hub}, {the_office} … (fund/language/forms.py); else “hub”"


def own_names(programme: Programme) -> set[str]:
    """Its code and prefix, what it, its network and its office are called, and the terms it marks as its own."""
    titles = [programme.titles, programme.network, programme.office, *(programme.terms[term] for term in programme.own_terms)]
    return {programme.code.replace("_", " "), programme.prefix} | {text for each in titles for text in each.values()}


def pattern(programme: Programme) -> re.Pattern[str]:
    """Whole words in any case, also written together as in an address; the prefix as it is. Arabic writes short words onto the next one."""
    names = sorted(own_names(programme) - {programme.prefix}, key=len, reverse=True)
    called = "|".join(re.escape(name).replace(r"\ ", r"[\s_]*") for name in names)
    return re.compile(rf"(?<!\w)(?:[وفبكل]{{0,2}}(?i:{called})|{programme.prefix})(?!\w)")


def files(folder: Path) -> Iterator[Path]:
    apart = (*bundled(), *PLAYED)
    yield from (
        path for path in sorted(folder.rglob("*")) if path.suffix in TEXTS and not any(path.is_relative_to(other) for other in apart)
    )


@pytest.mark.parametrize("folder", [PACKAGE, ROOT / "templates", ROOT / "locales"], ids=lambda folder: folder.name)
@pytest.mark.parametrize("programme", [load(one) for one in bundled()], ids=lambda programme: programme.code)
def test_the_engine_knows_no_networks_name(programme: Programme, folder: Path) -> None:
    wanted, looked, found = pattern(programme), 0, []
    for path in files(folder):
        looked += 1
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found += [f"{path.relative_to(folder.parent)}:{number}: “{hit[0]}”" for hit in wanted.finditer(line)]
    assert looked
    assert not found, f"{WHAT_TO_DO}\n" + "\n".join(found)


def test_what_is_looked_for_is_found_in_every_language_and_in_any_case() -> None:
    wanted = pattern(load())
    said = ("the strong cities network", "STRONG_CITIES", "TSF-7K3M", "l’unité de gestion", "un Centre régional", "del centro regional")
    assert all(wanted.search(text) for text in (*said, "وللمركز الإقليمي", "بوحدة الإدارة", "دون مركز إقليمي"))
    assert not any(wanted.search(text) for text in ("the hub", "le pôle", "strong towns", "tsf", "management"))


def test_the_play_of_the_bundled_programme_is_all_that_is_left_out() -> None:
    """Were nothing of it left to except, the exception would have to go."""
    wanted = pattern(load())
    assert all(any(wanted.search(path.read_text("utf-8")) for path in folder.rglob("*") if path.suffix in TEXTS) for folder in PLAYED)
