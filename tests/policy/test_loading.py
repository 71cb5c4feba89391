"""Programme folders: what loads, and what a writer of one is told otherwise."""

import hashlib
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from fund.policy import PolicyError, bundled, load, load_packed, packed
from fund.policy.loading import joined, parted

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled()[0], tmp_path / "programme"))


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace(name: str, old: str, new: str) -> Path:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return replace


def refusal(folder: Path) -> tuple[str, str]:
    with pytest.raises(PolicyError) as refused:
        load(folder)
    return refused.value.code, refused.value.where


def test_the_bundled_programme_is_loaded_by_default() -> None:
    assert load() == load(bundled()[0])


def test_dates_sets_and_codes_come_out_as_the_domain_wants_them() -> None:
    programme = load()
    calendar = programme.calendars["central"]
    assert date(2026, 12, 25) in calendar.holidays
    assert isinstance(calendar.holidays, frozenset)
    assert (calendar.code, programme.tracks["standard"].code) == ("central", "standard")
    assert programme.tracks["standard"].clocks["decision"].code == "decision"
    assert programme.catalogue.valid_to == date(2025, 12, 31)


def test_the_digest_is_of_the_files_as_they_lie_there(folder: Path) -> None:
    framed = b"".join(b"%s\0%d\0%s" % (p.name.encode(), p.stat().st_size, p.read_bytes()) for p in sorted(folder.glob("*.toml")))
    assert load(folder).digest == hashlib.sha256(framed).hexdigest()


def test_the_digest_moves_with_every_byte_and_no_file_can_borrow_from_the_next(edit: Edit) -> None:
    before = load().digest
    assert load(edit("tracks.toml", "# Ways", "#  Ways")).digest != before
    contents: list[dict[str, bytes]] = [
        {"a": b"bc", "d": b""},
        {"a": b"b", "cd": b""},
        {"a": b"b", "d": b"c"},
        {"a": b"\0000\0", "b": b"1"},
    ]
    assert len(set(map(joined, contents))) == len(contents)
    assert [parted(joined(one)) for one in contents] == contents


def test_a_packed_folder_is_the_same_programme_and_its_bytes_are_its_digest(folder: Path) -> None:
    assert load_packed(packed(folder)) == load(folder)
    assert hashlib.sha256(packed(folder)).hexdigest() == load(folder).digest


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "key"),
    [
        ("programme.toml", "max_days = 60", "max_days = 60\nmax_hours = 2", "policy.key_unknown", "limits.max_hours"),
        ("programme.toml", "max_days = 60\n", "", "policy.key_missing", "limits.max_days"),
        ("programme.toml", "max_days = 60", 'max_days = "60"', "policy.value_invalid", "limits.max_days"),
        ("programme.toml", "max_days = 60", "max_days = 60.0", "policy.value_invalid", "limits.max_days"),
        ("programme.toml", 'prefix = "TSF"', 'prefix = "tsf!"', "policy.value_invalid", "prefix"),
        ("catalogue.toml", "valid_to = 2025-12-31", 'valid_to = "soon"', "policy.value_invalid", "valid_to"),
        ("catalogue.toml", 'code = "GP2"', "code = 2", "policy.value_invalid", "principles.1.code"),
        ("checks.toml", 'decided_by = "machine"', 'decided_by = "oracle"', "policy.value_invalid", "checks.0.decided_by"),
        ("tracks.toml", "assessors = 2", "assessors = 0", "policy.value_invalid", "standard.assessors"),
        ("calendars.toml", "2023-12-25,", '"Christmas",', "policy.value_invalid", "central.holidays.8"),
    ],
)
def test_a_wrong_entry_is_named_by_file_and_key(edit: Edit, name: str, old: str, new: str, code: str, key: str) -> None:
    assert refusal(edit(name, old, new)) == (code, f"{name}: {key}")


def test_a_file_that_is_not_toml_is_named(folder: Path) -> None:
    (folder / "terms.toml").write_text("[terms\n")
    assert refusal(folder) == ("policy.not_toml", "terms.toml")
    (folder / "terms.toml").write_bytes(b"\xff\xfe")
    assert refusal(folder) == ("policy.not_toml", "terms.toml")


def test_a_missing_or_unknown_file_is_named(folder: Path) -> None:
    (folder / "extra.toml").write_text("")
    assert refusal(folder) == ("policy.file_unknown", "extra.toml")
    (folder / "letter.toml").unlink()
    assert refusal(folder) == ("policy.file_missing", "letter.toml")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere") == ("policy.folder_missing", str(tmp_path / "nowhere"))


def test_with_several_bundled_programmes_one_must_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        shutil.copytree(bundled()[0], tmp_path / name)
    monkeypatch.setattr("fund.policy.loading.PROGRAMMES", tmp_path)
    with pytest.raises(PolicyError) as refused:
        load()
    assert refused.value.code == "policy.choose_one"
