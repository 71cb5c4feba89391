"""Many events, fast: raw rows from the driver straight into structs, past the library's row and notification objects."""

from collections.abc import Iterable, Iterator
from itertools import starmap

from fund.domain.event import Recorded
from fund.ledger.mapper import Mapper
from fund.ledger.rows import Row, Rows

BATCH = 1_000


class Reader:
    """Reads what is recorded, with indexes filled in."""

    def __init__(self, rows: Rows, mapper: Mapper) -> None:
        self._rows = rows
        self._mapper = mapper

    def read(self, after_index: int, limit: int, up_to: int | None = None) -> tuple[Recorded, ...]:
        """Events after an index, in order of index."""
        return self._decode(self._rows.rows(after_index, limit, up_to))

    def stream(self, stream: str, after: int = 0, up_to: int | None = None) -> tuple[Recorded, ...]:
        """Events of a stream after a version, up to and with a version."""
        return self._decode(self._rows.stream_rows(stream, after, up_to))

    def by_command(self, command_id: str) -> tuple[Recorded, ...]:
        """What a command recorded, in the order it was appended; empty if it is not recorded."""
        return self._decode(self._rows.command_rows(command_id))

    def batches(self, after_index: int = 0, up_to: int | None = None, size: int = BATCH) -> Iterator[tuple[Recorded, ...]]:
        """All events after an index, in batches, to the end of the ledger as it is when the end is reached."""
        while batch := self.read(after_index, size, up_to):
            yield batch
            after_index = batch[-1].index

    def decoded(self, row: Row) -> Recorded:
        """One row."""
        return self._mapper.recorded(*row)

    def _decode(self, rows: Iterable[Row]) -> tuple[Recorded, ...]:
        return tuple(starmap(self._mapper.recorded, rows))
