"""An issued letter is checked by rendering it again from the facts."""

import hashlib

from fund.border.opening import Fund
from fund.projections import application_file


def test_every_issued_letter_renders_again_to_the_same_bytes(demo: Fund) -> None:
    with demo.views.reading() as reading:
        files = [application_file.opened_state(row) for row in application_file.listed(reading, limit=500)]
    issued = [file for file in files if file.letter]
    assert len(issued) >= 8
    for file in issued:
        assert file.letter
        again = demo.letters.rendered(file, file.letter.issued_on, file.letter.numbered_at)
        assert hashlib.sha256(again).hexdigest() == file.letter.sha256
        assert demo.letters.opened(file) == again


def test_the_stored_letter_cannot_be_read_without_the_key(demo: Fund) -> None:
    stored = [path.read_bytes() for path in demo.settings.blobs_folder.rglob("*") if path.is_file()]
    assert len(stored) >= 8
    assert not any(b"%PDF" in content for content in stored)
