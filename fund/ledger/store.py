"""The ledger as the rest of the fund sees it."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

import msgspec
from eventsourcing.persistence import EventStore, InfrastructureFactory
from eventsourcing.utils import Environment

from fund.domain.event import Event, Recorded
from fund.ledger.bell import Bell, ListeningBell
from fund.ledger.errors import Stale
from fund.ledger.keys import KeyStore
from fund.ledger.mapper import Mapper, Upcasters
from fund.ledger.reader import BATCH, Reader
from fund.ledger.rows import Leaves, Row, Rows, Versions
from fund.ledger.seal import seal
from fund.ledger.sqlite_file import path_in

if TYPE_CHECKING:
    from fund.ledger import memory, postgres, sqlite

    # The library hands recorders out under its own type; here the type checker sees that each of ours is what is cast to below.
    KINDS: tuple[type[Rows], ...] = (memory.Recorder, sqlite.Recorder, postgres.Recorder)

SQLITE_LOOK_SECONDS = 0.02
Nonces = Callable[[int], bytes]


class Ledger:
    """Append facts, read them, wait for them. Open one per process with `Ledger.open`; every method may be called from any thread."""

    def __init__(self, factory: InfrastructureFactory, mapper: Mapper, keys: KeyStore, nonces: Nonces, url: str) -> None:
        self._factory = factory
        self._store: EventStore[str] = factory.event_store(mapper=mapper)
        self._rows = cast("Rows", self._store.recorder)
        self._reader = Reader(self._rows, mapper)
        self._keys = keys
        self._nonces = nonces
        self._bell = _bell(url, self._rows)

    @classmethod
    def open(
        cls,
        url: str,
        keys: KeyStore,
        registry: Mapping[str, type[Event]],
        upcasters: Upcasters | None = None,
        nonces: Nonces = os.urandom,
    ) -> "Ledger":
        """`memory://`, `sqlite:///path` or `postgresql://…`; tables are created if missing. Raises Unavailable within 5 s."""
        factory: InfrastructureFactory = InfrastructureFactory.construct(Environment(env=_environment(url)))
        return cls(factory, Mapper(registry, upcasters), keys, nonces, url)

    def append(self, events: Sequence[Recorded], *, command_id: str, relies_on: Versions | None = None) -> tuple[Recorded, ...]:
        """Seal and record events in one transaction; returns them sealed, with their indexes.

        relies_on: streams the decision was made from without writing to them, with the version each had.
        Raises Duplicate, Stale, Unavailable, KeyErased, Refusal("text.too_long"): then nothing was recorded.
        Only after Unavailable may it have been: ask `by_command`, or append again.
        """
        if not events:
            return ()
        sealed = [seal(event, self._keys, self._nonces) for event in events]
        recordings = self._store.put(sealed, command_id=command_id, relies_on=_expected(events, relies_on))
        self._bell.ring()
        indexes = (recording.notification.id for recording in recordings)
        return tuple(msgspec.structs.replace(event, index=index) for event, index in zip(sealed, indexes, strict=True))

    def stream(self, stream_id: str, after: int = 0, up_to: int | None = None) -> tuple[Recorded, ...]:
        """A stream's events after a version, up to and with a version."""
        return self._reader.stream(stream_id, after, up_to)

    def read(self, after_index: int, limit: int, up_to: int | None = None) -> tuple[Recorded, ...]:
        """At most `limit` events after an index, up to and with an index, in order of index."""
        return self._reader.read(after_index, limit, up_to)

    def batches(self, after_index: int = 0, up_to: int | None = None, size: int = BATCH) -> Iterator[tuple[Recorded, ...]]:
        """All events after an index, in batches."""
        return self._reader.batches(after_index, up_to, size)

    def by_command(self, command_id: str) -> tuple[Recorded, ...]:
        """What a command recorded; empty if it is not recorded."""
        return self._reader.by_command(command_id)

    def rows(self, after_index: int, limit: int, up_to: int | None = None) -> Sequence[Row]:
        """Stored rows as they are (index, stream, version, name, state bytes), for bundles and proofs."""
        return self._rows.rows(after_index, limit, up_to)

    def decoded(self, row: Row) -> Recorded:
        """The event in a raw row. Raises ValueError, UnknownEvent, Misplaced."""
        return self._reader.decoded(row)

    def leaves(self, after_index: int, limit: int, up_to: int | None = None) -> Leaves:
        """Indexes and stored leaf hashes, for the proof tree."""
        return self._rows.leaves(after_index, limit, up_to)

    def head(self) -> int:
        """The index of the newest event, 0 for an empty ledger."""
        return self._rows.head()

    def wait(self, index: int, timeout: float) -> bool:
        """Whether the ledger reached an index within `timeout` seconds."""
        return self._bell.wait(index, timeout)

    def close(self) -> None:
        """Give back connections and threads. The key store was opened by the caller and stays open."""
        self._bell.close()
        self._factory.close()


def _environment(url: str) -> dict[str, str]:
    common = {"ORIGINATOR_ID_TYPE": "text", "IS_SNAPSHOTTING_ENABLED": "no"}
    if url == "memory://":
        return common | {"PERSISTENCE_MODULE": "fund.ledger.memory"}
    if url.startswith("sqlite:///"):
        return common | {"PERSISTENCE_MODULE": "fund.ledger.sqlite", "SQLITE_DBNAME": str(path_in(url))}
    if url.startswith(("postgresql://", "postgres://")):
        return common | {"PERSISTENCE_MODULE": "fund.ledger.postgres", "POSTGRES_URL": url}
    raise ValueError("a ledger is memory://, sqlite:///path or postgresql://…")


def _bell(url: str, rows: Rows) -> Bell:
    if url.startswith("postgres"):
        return ListeningBell(rows.head, url)
    return Bell(rows.head, every=SQLITE_LOOK_SECONDS if url.startswith("sqlite") else 1.0)


def _expected(events: Sequence[Recorded], relies_on: Versions | None) -> Versions:
    """Every stream's version before this append. A stream written to is one that is relied on: this refuses gaps as well as conflicts."""
    written: dict[str, int] = {}
    for event in events:
        written.setdefault(event.stream, event.version - 1)
    for stream, version in (relies_on or {}).items():
        if written.setdefault(stream, version) != version:
            raise Stale(stream)
    return written
