"""What a recorder of ours offers beyond the library's: commands, relied-on streams, and raw rows for the reader."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from eventsourcing.persistence import StoredEvent

from fund.ledger.leaf import leaf

Row = tuple[int, str, int, str, bytes]
"""Index, stream, version, name, state: an event as it is stored, straight from the driver."""

Leaves = list[tuple[int, bytes]]
"""Index and leaf hash, in order of index."""

Versions = Mapping[str, int]
"""Stream -> the version it had when it was read; 0 for a stream without events."""


class Rows(Protocol):
    """The events table."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], command_id: str | None = None, relies_on: Versions | None = None
    ) -> Sequence[int]:
        """Append in one transaction and return the indexes. Raises Duplicate, Stale, Unavailable."""
        ...

    def rows(self, after: int, limit: int, up_to: int | None = None) -> Sequence[Row]:
        """Rows after an index, in order of index."""
        ...

    def stream_rows(self, stream: str, after: int = 0, up_to: int | None = None) -> Sequence[Row]:
        """Rows of a stream after a version, up to and with a version, in order of version."""
        ...

    def command_rows(self, command_id: str) -> Sequence[Row]:
        """Rows recorded by a command, in the order they were appended."""
        ...

    def leaves(self, after: int, limit: int, up_to: int | None = None) -> Leaves:
        """Leaf hashes after an index, in order of index."""
        ...

    def head(self) -> int:
        """The highest index, 0 for an empty ledger."""
        ...


def leaf_of(event: StoredEvent) -> bytes:
    """The leaf of an event about to be stored."""
    return leaf(str(event.originator_id), event.originator_version, event.topic, event.state)
