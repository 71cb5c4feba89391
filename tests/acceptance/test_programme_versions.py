"""What was adopted governs, as it was adopted; files keep the version they were submitted under."""

import shutil
from pathlib import Path

import pytest

from fund.border.opening import opened
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.refusal import Refusal
from fund.domain.streams import PROGRAMME
from fund.policy.loading import bundled
from tests.acceptance.office import OPERATOR, Office


def folder(tmp_path: Path, name: str, *changes: tuple[str, str, str]) -> Path:
    """A copy of the bundled programme with (file, old, new) changed."""
    copy = Path(shutil.copytree(bundled()[0], tmp_path / name))
    for file, old, new in changes:
        text = (copy / file).read_text("utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), "utf-8")
    return copy


VERSION = ("programme.toml", 'version = "2023-2025.1"', 'version = "2023-2025.2"')
ONE_ASSESSOR = ("tracks.toml", "assessors = 2", "assessors = 1")


def adopted(settings: Settings) -> str:
    """A file submitted under the adopted version."""
    with opened(settings, specimen=True) as fund:
        fund.handler.handle(c.AdoptProgramme(programme=PROGRAMME), by=OPERATOR)
        return Office(fund.handler, 10_000_00).submitted(1_000_00)


def test_a_version_that_reads_otherwise_than_when_it_was_adopted_does_not_open(tmp_path: Path) -> None:
    adopted(Settings(data=tmp_path / "data", programme=folder(tmp_path, "one")))
    changed = Settings(data=tmp_path / "data", programme=folder(tmp_path, "changed", ONE_ASSESSOR))
    with pytest.raises(Refusal) as refused, opened(changed):
        pass
    assert refused.value.code == "policy.changed"


def test_a_new_version_governs_when_it_is_adopted_and_files_in_flight_keep_theirs(tmp_path: Path) -> None:
    first = folder(tmp_path, "one")
    file = adopted(Settings(data=tmp_path / "data", programme=first))
    second = folder(tmp_path, "two", VERSION, ONE_ASSESSOR)
    settings = Settings(data=tmp_path / "data", programme=second, earlier_programmes=str(first))
    with opened(settings) as fund:
        assert fund.handler.current == "2023-2025.1"
        fund.handler.handle(c.AdoptProgramme(programme=PROGRAMME), by=OPERATOR)
        assert fund.handler.current == "2023-2025.2"
        state = fund.handler.load(file).state
        assert isinstance(state, Application)
        assert fund.handler.programme_of(state).tracks["standard"].assessors == 2
    with opened(settings) as fund:
        assert fund.programme.version == "2023-2025.2"


def test_a_version_that_files_were_submitted_under_must_be_at_hand(tmp_path: Path) -> None:
    adopted(Settings(data=tmp_path / "data", programme=folder(tmp_path, "one")))
    with pytest.raises(Refusal) as refused, opened(Settings(data=tmp_path / "data", programme=folder(tmp_path, "two", VERSION))):
        pass
    assert refused.value.code == "policy.missing"
