"""The events table in memory, for tests of rules and for looking around. Nothing survives the process."""

from collections.abc import Iterable, Sequence

from eventsourcing import persistence, popo

from fund.ledger.errors import Duplicate, Stale
from fund.ledger.rows import Leaves, Row, Versions, leaf_of


class Recorder(popo.POPOApplicationRecorder):
    """The library's recorder, with leaves, commands and relied-on streams."""

    def __init__(self) -> None:
        super().__init__()
        self._leaves: list[bytes] = []
        self._commands: dict[str, range] = {}

    def insert_events(
        self,
        stored_events: Sequence[persistence.StoredEvent],
        command_id: str | None = None,
        relies_on: Versions | None = None,
        **_: object,
    ) -> list[int]:
        leaves = [leaf_of(event) for event in stored_events]
        with self._database_lock:
            self._check(command_id, relies_on)
            indexes = self._append(stored_events)
            self._leaves += leaves
            if command_id is not None:
                self._commands[command_id] = range(len(self._leaves) - len(leaves), len(self._leaves))
        self._notify_listeners()
        return indexes

    def _check(self, command_id: str | None, relies_on: Versions | None) -> None:
        if command_id in self._commands:
            raise Duplicate
        for stream, version in (relies_on or {}).items():
            if next(reversed(self._stored_events_index[stream]), 0) != version:
                raise Stale(stream)

    def _append(self, stored_events: Sequence[persistence.StoredEvent]) -> list[int]:
        try:
            return list(self._insert_events(stored_events) or ())
        except persistence.IntegrityError as error:
            raise Stale from error

    def rows(self, after: int, limit: int, up_to: int | None = None) -> list[Row]:
        return self._rows_at(self._positions(after, limit, up_to))

    def stream_rows(self, stream: str, after: int = 0, up_to: int | None = None) -> list[Row]:
        with self._database_lock:
            versions = sorted(self._stored_events_index[stream].items())
        return self._rows_at(at for version, at in versions if version > after and (up_to is None or version <= up_to))

    def command_rows(self, command_id: str) -> list[Row]:
        with self._database_lock:
            return self._rows_at(self._commands.get(command_id, ()))

    def leaves(self, after: int, limit: int, up_to: int | None = None) -> Leaves:
        return [(at + 1, self._leaves[at]) for at in self._positions(after, limit, up_to)]

    def head(self) -> int:
        return len(self._stored_events)

    def _positions(self, after: int, limit: int, up_to: int | None) -> range:
        with self._database_lock:
            end = len(self._leaves)
        return range(after, min(end, after + limit, end if up_to is None else up_to))

    def _rows_at(self, positions: Iterable[int]) -> list[Row]:
        events = ((at, self._stored_events[at]) for at in positions)
        return [(at + 1, str(event.originator_id), event.originator_version, event.topic, event.state) for at, event in events]


class Factory(popo.POPOFactory):
    """Chosen by `PERSISTENCE_MODULE=fund.ledger.memory`."""

    def application_recorder(self) -> Recorder:
        return Recorder()
