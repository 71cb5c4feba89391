"""What was adopted governs, as it was adopted; files keep the version they were submitted under."""

import shutil
from pathlib import Path

import pytest

from fund.border.opening import Fund, opened
from fund.border.settings import Settings
from fund.documents.blobs import BlobDamaged
from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.streams import PROGRAMME
from fund.policy.loading import bundled, load
from tests.acceptance.office import OPERATOR, Office
from tests.documents.reading import read_pages


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


def adopt(fund: Fund) -> None:
    """By two people."""
    fund.handler.handle(c.ProposeProgramme(programme=PROGRAMME, reason="Read by all"), by=OPERATOR)
    fund.handler.handle(c.AdoptProgramme(programme=PROGRAMME, version=fund.handler.offered.version), by="operator:second")


def adopted(settings: Settings) -> str:
    """A file submitted under the adopted version."""
    with opened(settings, specimen=True) as fund:
        adopt(fund)
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
        adopt(fund)
        assert fund.handler.current == "2023-2025.2"
        state = fund.handler.load(file).state
        assert isinstance(state, Application)
        assert fund.handler.programme_of(state).tracks["standard"].assessors == 2
    with opened(settings) as fund:
        assert fund.programme.version == "2023-2025.2"


def test_what_was_proposed_is_kept_with_the_data_and_no_folder_of_it_is_needed(tmp_path: Path) -> None:
    first = folder(tmp_path, "one")
    file = adopted(Settings(data=tmp_path / "data", programme=first))
    shutil.rmtree(first)
    second = Settings(data=tmp_path / "data", programme=folder(tmp_path, "two", VERSION, ONE_ASSESSOR))
    with opened(second) as fund:
        adopt(fund)
        assert fund.handler.programme_of(fund.handler.load(file).state).track().assessors == 2
        assert (fund.programme.version, fund.programme.track().assessors) == ("2023-2025.2", 1)


def test_a_version_that_was_adopted_and_is_neither_kept_nor_given_stops_the_opening(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", programme=folder(tmp_path, "one"))
    adopted(settings)
    kept = settings.blobs_folder / (digest := load(settings.programme).digest)[:2] / digest
    kept.unlink()
    with pytest.raises(Refusal) as refused, opened(Settings(data=tmp_path / "data", programme=folder(tmp_path, "two", VERSION))):
        pass
    assert refused.value.code == "policy.missing"


def test_a_text_that_was_tampered_with_where_it_is_kept_is_not_read(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", programme=folder(tmp_path, "one"))
    adopted(settings)
    kept = settings.blobs_folder / (digest := load(settings.programme).digest)[:2] / digest
    kept.write_bytes(kept.read_bytes().replace(b"assessors = 2", b"assessors = 1"))
    with pytest.raises(BlobDamaged), opened(Settings(data=tmp_path / "data", programme=folder(tmp_path, "two", VERSION))):
        pass


def test_a_folder_with_a_problem_and_a_folder_that_changed_meanwhile_are_not_proposed(tmp_path: Path) -> None:
    wrong = folder(tmp_path, "wrong", ("checks.toml", 'source = "', 'source = ""\n#'))
    propose = c.ProposeProgramme(programme=PROGRAMME, reason="x")
    with opened(Settings(data=tmp_path / "data", programme=wrong), specimen=True) as fund:
        with pytest.raises(Refusal) as refused:
            fund.handler.handle(propose, by=OPERATOR)
        assert refused.value.code == "programme.incoherent"
        (wrong / "checks.toml").write_text((bundled()[0] / "checks.toml").read_text("utf-8"), "utf-8")
        with pytest.raises(Refusal) as changed:
            fund.handler.handle(propose, by=OPERATOR)
        assert changed.value.code == "policy.changed"
        assert fund.ledger.head() == 0


def test_a_file_submitted_by_another_process_is_pinned_to_what_was_adopted_meanwhile(tmp_path: Path) -> None:
    adopted(Settings(data=tmp_path / "data", programme=folder(tmp_path, "one")))
    second = Settings(data=tmp_path / "data", programme=folder(tmp_path, "two", VERSION, ONE_ASSESSOR))
    with opened(second) as slow, opened(second) as quick:
        office = Office(slow.handler, 10_000_00)
        before = slow.handler.load(office.submitted(1_000_00)).state
        adopt(quick)
        after = slow.handler.load(office.submitted(1_000_00)).state
    assert isinstance(before, Application)
    assert isinstance(after, Application)
    assert (before.policy, after.policy) == ("2023-2025.1", "2023-2025.2")


def test_a_letter_keeps_the_numbers_of_the_day_it_was_issued(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path / "data"), specimen=True) as fund:
        adopt(fund)
        office = Office(fund.handler, 10_000_00)
        numbers = iter(("7", "8"))

        def correct() -> None:
            correction = c.RenumberPriority(programme=PROGRAMME, priority="SP-MANDATE", printed=next(numbers), reason="x")
            fund.handler.handle(correction, by=OPERATOR)

        correct()
        file = office.awaiting_decision(1_000_00)
        office.do(c.Approve(application=file, reasons=("It serves the priority.",)), by=office.person(Role.APPROVER))
        fund.worker.once()
        correct()
        letter = fund.handler.load(file).state
        assert isinstance(letter, Application)
        assert letter.letter
        assert "7 · SP-MANDATE" in " ".join(read_pages(fund.letters.opened(letter)))
        again = fund.letters.rendered(letter, letter.letter.issued_on, letter.letter.numbered_at)
        assert again == fund.letters.opened(letter)
        now = fund.programme.priority("SP-MANDATE")
        assert now
        assert now.printed == "8"
