"""Production ledgers at four moments: begun, with people who speak for their cities, with an application, and with a letter."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.driving import Desk, key_file, register, row

CITIES = register(
    row("Mombasa", "KE", name_local="Mombasa", strategy_region="east-southern-africa", status="member"),
    row("Tripoli", "LB", name_local="طرابلس", status="member"),
    row("Tripoli", "LY", name_local="طرابلس"),
    row("Springfield", "US", kind="city"),
)


def _begin(desk: Desk) -> None:
    key_file(desk.data)
    assert desk.fund("init", "--name", "Ada Admin", "--email", "ada@example.org", "--keys-backed-up").code == 0


def person(desk: Desk, name: str, role: str | None = None) -> str:
    """The id of somebody new."""
    id: str = desk.fund(*f"person register --full-name {name} --email {name}@example.org --language en --json".split()).json["reference"]
    if role:
        assert desk.fund("person", "grant-role", id, "--role", role).code == 0
    return id


def signatory(desk: Desk, name: str, city: str) -> str:
    """The id of somebody new who signs for a city."""
    id = person(desk, name)
    confirmed = desk.fund("city", "confirm-representative", city, "--person", id, "--capacity", "signatory", "--proof", "A letter")
    assert confirmed.code == 0, confirmed.err
    return id


def _bring_people(desk: Desk) -> None:
    assert desk.fund("cities", "import", "-", stdin=CITIES).code == 0
    known = {"amina": signatory(desk, "amina", "Mombasa"), "olga": person(desk, "olga", "officer"), "nobody": person(desk, "nobody")}
    (desk.data / "known.json").write_text(json.dumps(known))


def _apply(desk: Desk) -> None:
    applied = desk.fund("apply", "-", "--json", stdin=example(desk))
    (desk.data / "applied.json").write_text(applied.out)


def _decide(desk: Desk) -> None:
    amina = known(desk)["amina"]
    assert desk.fund("--as", amina, "application", "withdraw", reference(desk), "--reason", "Not now").code == 0
    assert desk.fund("worker", "--once").code == 0


def example(desk: Desk) -> str:
    return desk.fund("schema", "application", "--example").out


def known(desk: Desk) -> dict[str, str]:
    """Ids of amina, signatory of Mombasa, olga, an officer, and nobody, who has no role."""
    people: dict[str, str] = json.loads((desk.data / "known.json").read_text())
    return people


def reference(desk: Desk) -> str:
    """That of the application."""
    return str(json.loads((desk.data / "applied.json").read_text())["reference"])


MOMENTS = {"begun": _begin, "peopled": _bring_people, "applied": _apply, "decided": _decide}
"""Each goes on from the one before it."""


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders to copy from, each made once."""
    folder = tmp_path_factory.mktemp("models")
    before: Path | None = None
    for name, go_on in MOMENTS.items():
        desk = _copied(before, folder / name) if before else Desk(folder / name)
        go_on(desk)
        before = desk.data
    return {name: folder / name for name in MOMENTS}


def _copied(model: Path, to: Path) -> Desk:
    shutil.copytree(model, to)
    return Desk(to)


@pytest.fixture
def begun(models: dict[str, Path], tmp_path: Path) -> Desk:
    """A production ledger with its programme and its administrator."""
    return _copied(models["begun"], tmp_path / "data")


@pytest.fixture
def peopled(models: dict[str, Path], tmp_path: Path) -> Desk:
    """Four cities, a signatory, an officer."""
    return _copied(models["peopled"], tmp_path / "data")


@pytest.fixture
def applied(models: dict[str, Path], tmp_path: Path) -> Desk:
    """Mombasa applied with the example."""
    return _copied(models["applied"], tmp_path / "data")


@pytest.fixture
def decided(models: dict[str, Path], tmp_path: Path) -> Desk:
    """Mombasa withdrew, and its letter is issued."""
    return _copied(models["decided"], tmp_path / "data")
