"""What was stored once is read for ever; and the checker that says so says otherwise where it is not."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fund.domain import events as e
from fund.domain import streams
from fund.domain.event import Event, Internal, Public, Recorded
from fund.domain.events import EVENTS
from fund.ledger.leaf import leaf
from tests.golden import __main__ as program
from tests.golden import logs
from tests.golden.logs import GoldenKeys, Line, folds, keys, lines, problems
from tests.golden.stories import STORIES

GOLDEN = lines()
AGAIN = "if this is meant, see the top of tests/golden/__main__.py"


def at(topic: str) -> int:
    """The place of the first golden line of an event."""
    return next(place for place, line in enumerate(GOLDEN) if line.topic == topic)


def with_(place: int, **changes: Any) -> tuple[Line, ...]:
    """The golden lines, one of them with other values."""
    return (*GOLDEN[:place], msgspec.structs.replace(GOLDEN[place], **changes), *GOLDEN[place + 1 :])


def released(line: Line, state: str) -> dict[str, str]:
    """Another state and the leaf that fits it: the fault is then not found by the leaf."""
    return {"state": state, "leaf": leaf(line.stream, line.version, line.topic, state.encode()).hex()}


# ── They are read as they were written ────────────────────────────────────────


def test_every_golden_line_is_read_opened_folded_and_hashed_as_when_it_was_written() -> None:
    assert problems(GOLDEN, folds(), keys()) == [], AGAIN


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_there_is_has_a_golden_line(name: str) -> None:
    assert any(line.topic == name for line in GOLDEN), "add a story to tests/golden/stories.py, then: python -m tests.golden --write"


def test_the_lines_stand_in_order_without_gaps_each_in_its_place() -> None:
    assert [line.index for line in GOLDEN] == list(range(1, len(GOLDEN) + 1))
    versions: dict[str, int] = {}
    for line in GOLDEN:
        versions[line.stream] = versions.get(line.stream, 0) + 1
        assert line.version == versions[line.stream]


def test_every_stream_has_its_expected_state() -> None:
    assert set(folds()) == {line.stream for line in GOLDEN}
    assert {streams.kind_of(stream) for stream in folds()} == set(streams.KINDS)


def test_sealed_texts_stand_sealed_and_open_with_the_committed_key_alone() -> None:
    need = GOLDEN[at("application.withdrawn.v1")]
    assert need.opened["reason"] == "The council reorganises 市"
    assert "市" not in need.state
    assert json.loads(need.state)["event"]["reason"].keys() == {"sealed", "key", "at", "box"}


def test_an_erased_person_reads_as_erased() -> None:
    gone = next(line for line in GOLDEN if line.stream == "person-gone")
    assert gone.opened["full_name"] == gone.opened["email"] == {"erased": "personal"}


def test_a_line_of_a_city_in_another_script_is_kept_to_the_letter() -> None:
    city = next(line for line in GOLDEN if line.stream == "city-left")
    assert "މާލެ" in city.state


# ── The checker fails on a fault ──────────────────────────────────────────────


class Retyped(Event, frozen=True, kw_only=True):
    """An amount that became a text."""

    name = "envelope.contribution_received.v1"
    donor: Public[str]
    amount: Public[str]
    currency: Public[str]
    basis: Public[str]


class Forgetful(Event, frozen=True, kw_only=True):
    """A field that was taken away: it would still decode, and lose what it held."""

    name = "envelope.contribution_received.v1"
    donor: Public[str]
    amount: Public[int]
    currency: Public[str]


class Demanding(Event, frozen=True, kw_only=True):
    """A field that old rows do not have."""

    name = "envelope.contribution_received.v1"
    donor: Public[str]
    amount: Public[int]
    currency: Public[str]
    basis: Public[str]
    receipt: Public[str]


class Unsealed(Event, frozen=True, kw_only=True):
    """A text that is not to be sealed any more."""

    name = "application.withdrawn.v1"
    city: Internal[str]
    reason: Internal[str]
    due: Internal[str]
    calendar: Internal[str]


class Kinder(e.EnvelopeOpened, frozen=True, kw_only=True):
    """A field added with a default: no fault."""

    purpose: Public[str] = ""


class Unheard(Event, frozen=True, kw_only=True):
    """An event without a golden line."""

    name = "boat.moored.v1"
    quay: Public[str]


@pytest.mark.parametrize("planted", [Retyped, Forgetful, Demanding, Unsealed], ids=lambda kind: kind.__name__)
def test_a_changed_field_is_found(planted: type[Event]) -> None:
    found = problems(GOLDEN, folds(), keys(), registry={**EVENTS, planted.name: planted})
    assert any(f" {planted.name}: " in problem for problem in found)


def test_a_field_added_with_a_default_is_no_fault() -> None:
    assert problems(GOLDEN, folds(), keys(), registry={**EVENTS, Kinder.name: Kinder}) == []


def test_an_event_that_is_gone_is_found() -> None:
    without = {name: kind for name, kind in EVENTS.items() if name != "hub.closed.v1"}
    found = problems(GOLDEN, folds(), keys(), registry=without)
    assert any("hub.closed.v1: UnknownEvent" in problem for problem in found)


def test_an_event_that_was_renamed_is_read_through_its_upcaster_alone() -> None:
    class Shut(Event, frozen=True, kw_only=True):
        name = "hub.closed.v2"
        hub: Public[str]
        basis: Public[str]
        by: Public[str]

    renamed = {name: kind for name, kind in EVENTS.items() if name != "hub.closed.v1"} | {Shut.name: Shut}
    kept = [problem for problem in problems(GOLDEN, folds(), keys(), registry=renamed) if "UnknownEvent" in problem]
    assert kept
    upcast = {"hub.closed.v1": ("hub.closed.v2", lambda fields: fields | {"by": ""})}
    found = problems(GOLDEN, folds(), keys(), registry=renamed, upcasters=upcast)
    assert not [problem for problem in found if "UnknownEvent" in problem]


def test_an_event_without_a_golden_line_is_found() -> None:
    assert problems(GOLDEN, folds(), keys(), registry={**EVENTS, Unheard.name: Unheard}) == ["boat.moored.v1: no golden line"]


def test_an_altered_byte_is_found_by_the_leaf() -> None:
    place = at("envelope.opened.v1")
    state = GOLDEN[place].state.replace("EUR", "EUS")
    assert f"{GOLDEN[place].index} envelope.opened.v1: its leaf is another one" in problems(with_(place, state=state), folds(), keys())


def test_an_altered_value_whose_leaf_was_made_again_is_found_by_what_it_said() -> None:
    place = at("envelope.opened.v1")
    line = GOLDEN[place]
    found = problems(with_(place, **released(line, line.state.replace("EUR", "USD"))), folds(), keys())
    assert f"{line.index} envelope.opened.v1: opened.currency reads otherwise" in found
    assert f"{line.stream}: folds to another state" in found


def test_an_altered_sealed_text_does_not_open() -> None:
    place = at("application.withdrawn.v1")
    line = GOLDEN[place]
    box = json.loads(line.state)["event"]["reason"]["box"]
    swapped = ("B" if box[40] == "A" else "A").join((box[:40], box[41:]))
    found = problems(with_(place, **released(line, line.state.replace(box, swapped))), folds(), keys())
    assert any(f"{line.index} {line.topic}: Misplaced" in problem for problem in found)


def test_a_row_that_moved_to_another_stream_is_found() -> None:
    place = at("person.registered.v1")
    found = problems(with_(place, stream="person-other"), folds(), keys())
    assert any("Misplaced" in problem for problem in found)
    assert any("its leaf is another one" in problem for problem in found)


def test_another_key_opens_nothing() -> None:
    other = GoldenKeys(bytes(32), keys().wrapped)
    assert any("KekError" in problem for problem in problems(GOLDEN, folds(), other))


def test_a_fold_that_forgets_an_event_is_found() -> None:
    def forgetful(stream: str, recorded: Iterable[Recorded]) -> object:
        return streams.fold(stream, [one for one in recorded if not isinstance(one.event, e.MembershipEnded)])

    assert problems(GOLDEN, folds(), keys(), fold=forgetful) == ["city-left: folds to another state"]


def test_a_state_that_nobody_expected_and_one_that_never_came_are_found() -> None:
    expected = folds()
    expected["city-nowhere"] = expected.pop("city-left")
    assert problems(GOLDEN, expected, keys()) == ["city-left: folds to another state", "city-nowhere: folds to another state"]


# ── Writing only adds ─────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the golden files."""
    for name in ("rows.jsonl", "keys.json", "folds.json"):
        shutil.copy(logs.FOLDER / name, tmp_path)
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_writing_again_changes_no_byte(folder: Path) -> None:
    before = content(folder)
    assert program.write(folder) == 0
    assert content(folder) == before


def test_a_new_story_is_added_after_the_lines_that_stand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / "rows.jsonl").read_bytes()
    told = STORIES["hubs"][0]
    monkeypatch.setitem(STORIES, "again", (told,))
    assert program.write(folder) == 1
    assert (folder / "rows.jsonl").read_bytes().startswith(before)
    added = lines(folder)[-1]
    assert (added.index, added.stream, added.version) == (len(GOLDEN) + 1, told.stream, 3)
    assert problems(lines(folder), folds(folder), keys(folder)) == []


def test_a_changed_story_changes_no_line_that_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(folder)
    monkeypatch.setitem(STORIES, "hubs", STORIES["people"])
    assert program.write(folder) == 0
    assert content(folder) == before
