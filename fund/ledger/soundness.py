"""Whether the stored rows are what was recorded: no gap, no event that is not the one its leaf was made of, none unreadable.

What this cannot see: an end that was cut off cleanly, and rows rewritten together with their leaves by somebody who can write
to the database. Both show only against a checkpoint that is kept elsewhere.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from fund.ledger.leaf import leaf
from fund.ledger.mapper import UnknownEvent
from fund.ledger.rows import Row
from fund.ledger.seal import Misplaced
from fund.ledger.store import Ledger

BATCH = 1_000


class Fault(msgspec.Struct, frozen=True):
    """What is wrong, in which stream, at which index."""

    stream: str
    index: int
    what: str


class Inspection:
    """Goes through the rows once, in order of index. `read`: how many there were."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.read = 0
        self._next = 1
        self._versions: dict[str, int] = {}
        self._instants: dict[str, datetime] = {}

    def faults(self) -> Iterator[Fault]:
        after = 0
        while rows := self._ledger.rows(after, BATCH):
            leaves = dict(self._ledger.leaves(after, BATCH))
            for row in rows:
                yield from self._of_row(row, leaves.get(row[0]))
            after = rows[-1][0]

    def _of_row(self, row: Row, stored: bytes | None) -> Iterator[Fault]:
        index, stream, version, name, state = row
        self.read += 1
        if index != self._next:
            yield Fault(stream, index, f"index {self._next} should come here")
        if version != (wanted := self._versions.get(stream, 0) + 1):
            yield Fault(stream, index, f"version {version} where {wanted} should come")
        if stored is None or bytes(stored) != leaf(stream, version, name, state):
            yield Fault(stream, index, "the event is not the one its leaf was made of")
        self._next, self._versions[stream] = index + 1, version
        yield from self._of_content(row)

    def _of_content(self, row: Row) -> Iterator[Fault]:
        index, stream = row[:2]
        try:
            recorded = self._ledger.decoded(row)
        except (ValueError, UnknownEvent, Misplaced) as error:
            yield Fault(stream, index, f"cannot be read: {type(error).__name__}")
            return
        if stream in self._instants and recorded.header.at < self._instants[stream]:
            yield Fault(stream, index, "earlier than the event before it")
        self._instants[stream] = recorded.header.at
