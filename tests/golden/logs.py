"""Golden logs: rows as they were stored once, which every later release must still read.

`rows.jsonl` holds stored rows with what they say once opened, `keys.json` the test keys they are sealed under, `folds.json`
the state that each stream folds to. Nothing here is secret: the key file is the one printed in `keys.json`.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from fund.domain import streams
from fund.domain.event import Event, Recorded
from fund.domain.events import EVENTS
from fund.ledger.kek import Kek, KekError
from fund.ledger.keys import CachedKeys, KeyStore
from fund.ledger.leaf import leaf
from fund.ledger.mapper import Mapper, UnknownEvent, Upcasters
from fund.ledger.seal import Misplaced, open_event

FOLDER = Path(__file__).parent

Fold = Callable[[str, Iterable[Recorded]], object]
Registry = Mapping[str, type[Event]]


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A stored row. `leaf` in hex; `state` exactly as stored; `opened`: the event's fields, its sealed texts opened."""

    index: int
    stream: str
    version: int
    topic: str
    command: str | None
    part: int | None
    leaf: str
    opened: dict[str, Any]
    state: str


class GoldenKeys(CachedKeys):
    """Keys of a file, wrapped as a key store keeps them; an erased one is null."""

    def __init__(self, secret: bytes, wrapped: dict[str, bytes | None]) -> None:
        super().__init__(Kek(secret))
        self.secret = secret
        self.wrapped = wrapped

    def _find(self, ref: str) -> bytes | None:
        return self.wrapped.get(ref)

    def _erased(self) -> int:
        return sum(wrapped is None for wrapped in self.wrapped.values())

    def _made(self, ref: str, wrapped: bytes) -> bytes | None:
        return self.wrapped.setdefault(ref, wrapped)

    def _bury(self, ref: str) -> None:
        self.wrapped[ref] = None


# ── Files ─────────────────────────────────────────────────────────────────────


def lines(folder: Path = FOLDER) -> tuple[Line, ...]:
    return tuple(msgspec.json.decode(text, type=Line) for text in (folder / "rows.jsonl").read_text("utf-8").splitlines())


def keys(folder: Path = FOLDER) -> GoldenKeys:
    content = json.loads((folder / "keys.json").read_text("utf-8"))
    wrapped = {ref: b64decode(box) if box else None for ref, box in content["wrapped"].items()}
    return GoldenKeys(b64decode(content["kek"]), wrapped)


def folds(folder: Path = FOLDER) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "folds.json").read_text("utf-8"))
    return found


def keys_text(kept: GoldenKeys) -> str:
    wrapped = {ref: b64encode(box).decode() if box else None for ref, box in sorted(kept.wrapped.items())}
    return json.dumps({"kek": b64encode(kept.secret).decode(), "wrapped": wrapped}, indent=1) + "\n"


def folds_text(folded: Mapping[str, str]) -> str:
    return json.dumps(dict(sorted(folded.items())), indent=1) + "\n"


# ── Checks ────────────────────────────────────────────────────────────────────


def problems(
    golden: Iterable[Line],
    expected: Mapping[str, str],
    opener: KeyStore,
    *,
    registry: Registry = EVENTS,
    upcasters: Upcasters | None = None,
    fold: Fold = streams.fold,
) -> list[str]:
    """What today's program makes of them otherwise than it should: one line each, beginning with the row or the stream."""
    golden = tuple(golden)
    mapper = Mapper(registry, upcasters)
    found = [f"{name}: no golden line" for name in sorted(set(registry) - {line.topic for line in golden})]
    read: list[Recorded] = []
    for line in golden:
        found += (f"{line.index} {line.topic}: {problem}" for problem in _problems_of_leaf(line))
        try:
            recorded = mapper.recorded(line.index, line.stream, line.version, line.topic, line.state.encode())
            found += (f"{line.index} {line.topic}: {problem}" for problem in _problems_of_content(line, recorded, opener))
            read.append(recorded)
        except (msgspec.DecodeError, msgspec.ValidationError, UnknownEvent, Misplaced, KekError) as error:
            found.append(f"{line.index} {line.topic}: {type(error).__name__}: {error}")
    return found + list(_problems_of_folds(read, expected, fold))


def _problems_of_leaf(line: Line) -> Iterator[str]:
    if leaf(line.stream, line.version, line.topic, line.state.encode()).hex() != line.leaf:
        yield "its leaf is another one"


def _problems_of_content(line: Line, recorded: Recorded, opener: KeyStore) -> Iterator[str]:
    opened = open_event(recorded, opener)
    for path in _lost(line.opened, json.loads(msgspec.json.encode(opened)), "opened"):
        yield f"{path} reads otherwise"
    stored = json.loads(line.state)
    if recorded.event.name == line.topic:
        now = {"header": recorded.header, "event": recorded.event}
        for path in _lost(stored, json.loads(msgspec.json.encode(now)), ""):
            yield f"{path} would be stored otherwise"


def _lost(then: Any, now: Any, path: str) -> Iterator[str]:
    """Paths of values that are not there any more, or not the same. What was added since is no fault."""
    if isinstance(then, dict) and isinstance(now, dict):
        for name, value in then.items():
            yield from _lost(value, now.get(name, msgspec.UNSET), f"{path}.{name}".lstrip("."))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for place, (one, other) in enumerate(zip(then, now, strict=True)):
            yield from _lost(one, other, f"{path}.{place}")
    elif then != now or type(then) is not type(now):
        yield path


def folded(read: Iterable[Recorded], fold: Fold = streams.fold) -> dict[str, str]:
    """Stream -> SHA-256 of the state it folds to."""
    by_stream = groupby(sorted(read, key=lambda one: (one.stream, one.version)), key=lambda one: one.stream)
    return {stream: state_hash(fold(stream, list(facts))) for stream, facts in by_stream}


def state_hash(state: object) -> str:
    return sha256(msgspec.json.encode(state, order="deterministic")).hexdigest()


def _problems_of_folds(read: list[Recorded], expected: Mapping[str, str], fold: Fold) -> Iterator[str]:
    now = folded(read, fold)
    for stream in sorted(expected.keys() | now.keys()):
        if expected.get(stream) != now.get(stream):
            yield f"{stream}: folds to another state"
