"""The same clock and ids give the same history on SQLite and on PostgreSQL."""

import re
from pathlib import Path
from typing import Any

from fund.border.opening import Fund, opened
from fund.border.reading import opening, shown
from fund.border.settings import Settings
from fund.domain.event import Recorded
from fund.domain.streams import fold
from tests.acceptance.conftest import played


def test_the_demonstration_on_postgresql_equals_that_on_sqlite(demo: Fund, first_run: str, postgres_url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=postgres_url)
    told = played(settings)
    with opened(settings) as fund:
        # Other tests read letters of the shared demonstration, which leaves facts after its end.
        last = fund.ledger.head()
        assert events_of(fund, last) == events_of(demo, last)
        ours, theirs = states_of(fund, last), states_of(demo, last)
        assert {one: state for one, state in ours.items() if state != theirs[one]} == {
            one: theirs[one] for one in theirs if ours[one] != theirs[one]
        }
    assert facts_in(told) == facts_in(first_run)


def events_of(fund: Fund, last: int) -> list[tuple[int, str, int, str, str, str]]:
    facts = [one for one in fund.ledger.read(0, 100_000) if one.index <= last]
    return [(one.index, one.stream, one.version, one.event.name, one.header.actor, one.header.at.isoformat()) for one in facts]


def states_of(fund: Fund, last: int) -> dict[str, Any]:
    """Every stream folded, its texts opened. A letter's sealed file is another one for each key, and so is the salt of a text's digest."""
    look = opening(fund.keys)
    facts: dict[str, list[Recorded]] = {}
    for one in fund.ledger.read(0, 100_000):
        if one.index <= last:
            facts.setdefault(one.stream, []).append(one)
    states = {stream: shown(fold(stream, told), look) for stream, told in facts.items()}
    for state in states.values():
        for letter in (state.get("letter"), *state.get("letters", ())):
            if letter:
                letter.pop("blob")
    return {stream: unsalted(state) for stream, state in states.items()}


SALTED = re.compile(r"[0-9a-f]{64}")


def unsalted(value: Any, key: str = "") -> Any:
    """The same with a word in place of every digest of a text."""
    if isinstance(value, dict):
        return {name: unsalted(one, key if key in ("digests", "accepted", "papers") else str(name)) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [unsalted(one, key) for one in value]
    digest = (
        key in ("digest", "digests", "accepted", "papers", "text", "salt", "left", "screen")
        and isinstance(value, str)
        and SALTED.fullmatch(value)
    )
    return "a digest" if digest else value


def facts_in(told: str) -> list[str]:
    return told.partition("\nLetters\n")[0].splitlines()
