"""The guards of the house, each shown failing on a planted fault. More of the schema lock and the golden logs: in their own tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fund.domain import events as e
from fund.domain.event import Event, Public
from fund.domain.events import EVENTS
from fund.ledger.classes import Unclassified, field_classes
from tests.golden import logs
from tests.schema_lock import differences, locked, schema

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's code and configuration, somewhere else."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "fund", folder / "fund", ignore=shutil.ignore_patterns("__pycache__", "samples"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(folder: Path, *command: str) -> tuple[int, str]:
    """Exit code and everything printed; the copy comes first on the path."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    done = subprocess.run([TOOLS / command[0], *command[1:]], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


# ── Import contracts ──────────────────────────────────────────────────────────


def contracts(folder: Path) -> tuple[int, str]:
    return run(folder, "lint-imports", "--no-cache")


def planted(copy: Path, file: str, line: str) -> tuple[int, str]:
    """What the contracts say with one more line at the end of a file; the file is as before afterwards."""
    path = copy / file
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{line}\n", "utf-8")
    try:
        return contracts(copy)
    finally:
        path.write_text(before, "utf-8")


def test_import_contracts_hold_without_a_fault_and_name_the_one_that_is_broken(copy: Path) -> None:
    code, said = contracts(copy)
    assert (code, "2 kept, 0 broken" in said) == (0, True), said
    code, said = planted(copy, "fund/domain/money.py", "import fund.api.app")
    assert code != 0
    assert "Arrows point down only BROKEN" in said
    assert "fund.domain.money -> fund.api.app" in said


def test_the_domain_takes_no_library(copy: Path) -> None:
    code, said = planted(copy, "fund/domain/money.py", "import pydantic")
    assert code != 0
    assert "The domain knows the standard library and msgspec, nothing else BROKEN" in said
    assert "fund.domain.money -> pydantic" in said


# ── Strict types ──────────────────────────────────────────────────────────────

HONEST = '''

def planted(amount: int) -> str:
    """A line for a person."""
    return f"{amount}"
'''
FAULTS = {
    "a wrong type": ("return f", "return amount or f", "return-value"),
    "no types": ("(amount: int) -> str", "(amount)", "no-untyped-def"),
    "an ignored fault without a reason": ('return f"{amount}"', "return amount  # type: ignore", "ignore-without-code"),
}


def typed(copy: Path, cache: Path, text: str) -> tuple[int, str]:
    """What strict types say of one small module of the domain that has this text at its end."""
    path = copy / "fund/domain/refusal.py"
    before = path.read_text("utf-8")
    path.write_text(before + text, "utf-8")
    try:
        return run(copy, "mypy", "--cache-dir", str(cache), "fund/domain/refusal.py")
    finally:
        path.write_text(before, "utf-8")


def test_strict_types_take_honest_code_and_refuse_what_is_wrong(copy: Path, tmp_path: Path) -> None:
    code, said = typed(copy, tmp_path, HONEST)
    assert code == 0, said
    for fault, (old, new, name) in FAULTS.items():
        assert old in HONEST
        code, said = typed(copy, tmp_path, HONEST.replace(old, new))
        assert code != 0, fault
        assert f"[{name}]" in said, said


# ── Classes, lock, golden logs ────────────────────────────────────────────────


class Retyped(Event, frozen=True, kw_only=True):
    """An envelope whose currency became a number."""

    name = e.EnvelopeOpened.name
    title: Public[str]
    currency: Public[int]


def test_a_field_that_does_not_say_who_may_read_it_is_caught() -> None:
    class Careless(Event, frozen=True, kw_only=True):
        name = "city.telephoned.v1"
        number: str

    with pytest.raises(Unclassified, match="number"):
        field_classes(Careless)


def test_the_schema_lock_tells_a_field_of_another_type() -> None:
    changed = {**schema(), **schema([Retyped])}
    assert "breaking: envelope.opened.v1.currency type: str -> int" in differences(locked(), changed)
    assert differences(locked(), schema()) == []


def test_golden_logs_tell_a_field_of_another_type() -> None:
    found = logs.problems(logs.lines(), logs.folds(), logs.keys(), registry={**EVENTS, e.EnvelopeOpened.name: Retyped})
    assert any("envelope.opened.v1: ValidationError" in problem for problem in found)
