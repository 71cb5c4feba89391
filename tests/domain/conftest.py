"""What holds of every test of the domain: a refusal that it meets can be told in full."""

import os
import sys
from collections.abc import Iterator

import pytest

from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.workflow import WORKFLOW
from fund.language import field_name, message
from fund.language.checking import placeholders
from fund.language.forms import FORMS
from fund.language.telling import BRIEF
from tests.domain.world import BEGINNING

MET: set[tuple[str, frozenset[str], bool]] = set()
"""Codes of the refusals that the engine made since the last look, each with the names of its values, and whether one of them is None."""
FIELDS_MET: set[tuple[str, str]] = set()
"""Codes with the fields that they named."""
OF_MACHINES = {name for step in WORKFLOW if step.by is Role.MACHINE for name in step.command.__struct_fields__}
"""What no person sends, and so nobody is refused for."""
_made = Refusal.__init__


def _remembered(self: Refusal, code: str, field: str | None = None, **about: object) -> None:
    _made(self, code, field, **about)
    # Tests make refusals of their own, too.
    if sys._getframe(1).f_globals["__name__"].startswith("fund."):
        MET.add((code, frozenset({*about, "field"} if field else about), None in about.values()))
        FIELDS_MET.update({(code, field)} if field else ())


Refusal.__init__ = _remembered  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def told_in_full() -> Iterator[None]:
    """A sentence that lacks a value is not told, nor a field that has no word: whoever is refused would read a code in its place."""
    MET.clear()
    FIELDS_MET.clear()
    yield
    assert [one for one in sorted(FIELDS_MET) if not _has_its_word(*one)] == []
    assert [one for one in sorted(MET, key=str) if not _can_be_told(*one)] == []


def _has_its_word(code: str, field: str) -> bool:
    unsaid = "field" not in placeholders(message("en", code))
    return unsaid or field.partition(".")[0] in OF_MACHINES or field_name("fr", field) != field


def _can_be_told(code: str, given: frozenset[str], hollow: bool) -> bool:
    sentences = [told for msgid in (code, code + BRIEF) if (told := message("en", msgid)) != msgid]
    return not hollow and any(placeholders(told) - FORMS.keys() <= given for told in sentences)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """While faults are planted (`tests/mutants.py`) each test folds for itself: else only the first is known to reach what it folds."""
    if os.environ.get("MUTANT_UNDER_TEST"):
        BEGINNING.later.clear()
