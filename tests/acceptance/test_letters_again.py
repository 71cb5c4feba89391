"""An issued letter is checked by rendering it again from the facts."""

import hashlib
import os

import pytest

from fund.border.opening import Fund
from fund.domain.application import Application
from fund.domain.events import LetterIssued
from fund.domain.streams import fold
from fund.projections import application_file

FULL = os.environ.get("FUND_FAULTS") == "full"


@pytest.mark.faults
def test_issued_letters_render_again_to_the_same_bytes(demo: Fund) -> None:
    """All of them at full length, else the first of each language and outcome."""
    with demo.views.reading() as reading:
        files = [application_file.opened_state(row) for row in application_file.listed(reading, limit=500)]
    issued = [(file, number) for file in files for number in range(1, len(file.letters) + 1)]
    alike = {(file.language, file.letters[number - 1].outcome): (file, number) for file, number in reversed(issued)}
    assert len(alike) >= 8
    for file, number in issued if FULL else alike.values():
        letter = file.letters[number - 1]
        again = demo.letters.rendered(before_its_letter(demo, file.id, number), letter.issued_on, letter.numbered_at, letter.template)
        assert hashlib.sha256(again).hexdigest() == letter.sha256, (file.reference, number)
        assert demo.letters.opened(file, number) == again


def before_its_letter(demo: Fund, stream: str, number: int) -> Application:
    """The file as the view had it when that letter was written."""
    facts = demo.ledger.stream(stream)
    place = [place for place, one in enumerate(facts) if isinstance(one.event, LetterIssued)][number - 1]
    found = fold(stream, facts[:place])
    assert isinstance(found, Application)
    return application_file.opened_state(application_file.file_row(found, facts[place - 1], 0))


def test_the_stored_letter_cannot_be_read_without_the_key(demo: Fund) -> None:
    stored = [path.read_bytes() for path in demo.settings.blobs_folder.rglob("*") if path.is_file()]
    assert len(stored) >= 8
    assert not any(b"%PDF" in content for content in stored)
