"""The round of the demonstration: who entered, how it was ordered, what its letters say, and that nobody stepped over the line."""

import re
from pathlib import Path

import pypdfium2
import pytest

from fund.border.opening import Fund
from fund.border.rounds import told
from fund.demo.round import REASONS, TITLE
from fund.domain.application import Application
from fund.domain.facts import Actor
from fund.domain.round import Round
from fund.projections import rounds


@pytest.fixture(scope="module")
def row(demo: Fund) -> rounds.RoundRow:
    demo.runner.catch_up()
    with demo.views.reading() as reading:
        return next(row for row in rounds.listed(reading) if row.title == TITLE)


def files(demo: Fund, row: rounds.RoundRow) -> list[Application]:
    states = [demo.handler.load(entry.application).state for entry in rounds.opened_state(row).entries]
    return [state for state in states if isinstance(state, Application)]


def test_a_machine_closed_it_and_told_each_file_its_place(demo: Fund, row: rounds.RoundRow) -> None:
    recorded = demo.ledger.stream(row.id)
    by = {one.event.name: one.header.actor for one in recorded}
    assert by["round.closed.v1"] == "machine:rounds"
    placed = [file.placed for file in files(demo, row) if file.placed]
    assert sorted((one.place, one.above) for one in placed) == [(1, True), (2, True), (3, False)]


def test_the_view_is_the_round_as_it_is(demo: Fund, row: rounds.RoundRow) -> None:
    state = demo.handler.load(row.id).state
    assert isinstance(state, Round)
    assert rounds.opened_state(row) == state
    assert (row.phase, row.files, row.version) == ("lined", 3, demo.handler.load(row.id).version)


def test_one_was_moderated_and_its_original_scores_are_there(demo: Fund, row: rounds.RoundRow) -> None:
    moderated = [file for file in files(demo, row) if file.moderated]
    assert len(moderated) == 1
    assert len(moderated[0].scores) == 2
    assert moderated[0].moderation
    assert moderated[0].moderation.criteria


def test_above_the_line_is_approved_and_below_is_not(demo: Fund, row: rounds.RoundRow) -> None:
    decided = {file.placed.above: set() for file in files(demo, row) if file.placed}
    for file in files(demo, row):
        if file.placed and file.decision:
            decided[file.placed.above].add(file.decision.outcome)
    assert decided == {True: {"approved"}, False: {"declined"}}


def test_who_belongs_to_a_city_in_it_sees_numbers_whatever_their_roles(demo: Fund, row: rounds.RoundRow) -> None:
    entry = rounds.opened_state(row).entries[0]
    staff = frozenset({("officer", None), ("approver", None)})
    full = told(demo, Actor(id="person-x", roles=staff), row)
    assert full.files
    assert [file.place for file in full.files] == [1, 2, 3, None]
    own = told(demo, Actor(id="person-x", roles=staff, cities=frozenset({entry.cities[0]})), row)
    assert own.files is None
    assert own.envelope is None
    assert own.equity_note is None
    assert own.numbers
    assert (own.numbers.files, own.numbers.above) == (3, 2)
    for stranger in (None, Actor(id="person-x"), Actor(id="person-x", roles=frozenset({("assessor", None)}))):
        assert told(demo, stranger, row).numbers is None


def test_letters_say_the_scores_in_words_of_the_rubric_and_no_scorers_text(demo: Fund, row: rounds.RoundRow, letters: list[Path]) -> None:
    rubric = demo.programme.rubric
    assert rubric
    for file in files(demo, row):
        if not file.scored:
            continue
        text, pages = text_of(next(path for path in letters if path.stem == file.reference))
        assert pages <= 2
        for criterion in rubric.criteria:
            assert squeezed(criterion.titles[file.language]) in text
        assert squeezed(TITLE) in text
        assert not any(squeezed(reason) in text for reasons in REASONS.values() for reason in reasons)
        assert not re.search(r"person-\w+", text)


def text_of(pdf: Path) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return squeezed("\n".join(page.get_textpage().get_text_range() for page in document)), len(document)
    finally:
        document.close()


def squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text)
