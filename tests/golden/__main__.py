"""Golden rows, written once.

    python -m tests.golden             what today's program makes of them otherwise than it should; ends 1 if anything
    python -m tests.golden --write     adds the stories that are not written yet; no line that stands is touched
    python -m tests.golden --folds     writes the hashes of states again, where a state was changed on purpose

Until the first release a changed event is settled by deleting `rows.jsonl`, `keys.json` and `folds.json` and writing them again.
Afterwards by a new version of the event, an upcaster, and a new story.
"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from itertools import groupby
from pathlib import Path

import msgspec

from fund.domain import events as e
from fund.domain.event import Header, Recorded
from fund.domain.events import EVENTS
from fund.ledger.mapper import Mapper
from fund.ledger.seal import open_event
from fund.ledger.store import Ledger
from tests.domain.world import PROGRAMME, History, Told
from tests.golden import logs
from tests.golden.logs import FOLDER, GoldenKeys, Line
from tests.golden.stories import STORIES

COLUMNS = "rowid, originator_id, originator_version, topic, state, leaf, command_id, part"


def write(folder: Path = FOLDER) -> int:
    """The number of lines added."""
    golden = logs.lines(folder) if (folder / "rows.jsonl").exists() else ()
    kept = logs.keys(folder) if (folder / "keys.json").exists() else GoldenKeys(os.urandom(32), {})
    written = {(line.command or "").split("-")[1] for line in golden}
    new = {name: story for name, story in STORIES.items() if name not in written}
    added = _stored(golden, new, kept) if new else ()
    with (folder / "rows.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(msgspec.json.encode(line).decode() + "\n" for line in added)
    (folder / "keys.json").write_text(logs.keys_text(kept), "utf-8")
    if added:
        write_folds(folder)
    return len(added)


def write_folds(folder: Path = FOLDER) -> None:
    mapper = Mapper(EVENTS)
    read = [mapper.recorded(line.index, line.stream, line.version, line.topic, line.state.encode()) for line in logs.lines(folder)]
    (folder / "folds.json").write_text(logs.folds_text(logs.folded(read)), "utf-8")


def _stored(golden: tuple[Line, ...], stories: dict[str, History], kept: GoldenKeys) -> tuple[Line, ...]:
    """The rows a real ledger stores for these stories after those that stand."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fund.db"
        ledger = Ledger.open(f"sqlite:///{path}", kept, EVENTS)
        try:
            _put_back(path, golden)
            _tell(ledger, golden, stories)
            after = len(golden)
            opened = _opened(ledger.read(after, 10_000), kept)
            return tuple(_line(row, opened[row[0]]) for row in _rows(path, after))
        finally:
            ledger.close()


def _put_back(path: Path, golden: Iterable[Line]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for line in golden:
            row = (
                line.index,
                line.stream,
                line.version,
                line.topic,
                line.state.encode(),
                bytes.fromhex(line.leaf),
                line.command,
                line.part,
            )
            connection.execute(f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def _tell(ledger: Ledger, golden: Iterable[Line], stories: dict[str, History]) -> None:
    versions = {line.stream: line.version for line in golden}
    for name, story in stories.items():
        for number, (_, together) in enumerate(groupby(story, key=lambda told: (told.by, told.at)), start=1):
            command = f"golden-{name}-{number}"
            ledger.append([_placed(told, command, part, versions) for part, told in enumerate(together)], command_id=command)


def _placed(told: Told, command: str, part: int, versions: dict[str, int]) -> Recorded:
    version = versions[told.stream] = versions.get(told.stream, 0) + 1
    header = Header(
        event_id=f"{command}-{part}",
        actor=told.by,
        on_behalf_of="person-ali" if told.by.startswith("operator:") else told.lender,
        at=told.at,
        command_id=command,
        content="0" * 32,
        correlation=told.stream,
        causation=f"{command}-0" if part else None,
        policy=PROGRAMME.version,
        specimen=True,
    )
    return Recorded(stream=told.stream, version=version, header=header, event=told.event)


def _opened(recorded: tuple[Recorded, ...], kept: GoldenKeys) -> dict[int, dict[str, object]]:
    for one in recorded:
        if isinstance(one.event, e.PersonErased):
            kept.erase(one.event.person)
    return {one.index: open_event(one, kept) for one in recorded}


Stored = tuple[int, str, int, str, bytes, bytes, str, int]


def _rows(path: Path, after: int) -> list[Stored]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {COLUMNS} FROM events WHERE rowid > ? ORDER BY rowid", (after,)).fetchall()


def _line(row: Stored, opened: dict[str, object]) -> Line:
    index, stream, version, topic, state, leaf, command, part = row
    return Line(
        index=index,
        stream=stream,
        version=version,
        topic=topic,
        command=command,
        part=part,
        leaf=leaf.hex(),
        opened=opened,
        state=state.decode(),
    )


def main(arguments: list[str]) -> int:
    if "--write" in arguments:
        print(f"{write()} lines added")
    if "--folds" in arguments:
        write_folds()
    found = logs.problems(logs.lines(), logs.folds(), logs.keys())
    print("\n".join(found) or f"{len(logs.lines())} golden lines, all read as they were written")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
