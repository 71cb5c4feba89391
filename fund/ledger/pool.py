"""A small pool of connections.

Ours rather than the drivers' or the library's because of what happens when a database is gone: psycopg's pool reconnects in the
background with growing pauses, the library's SQLite pool keeps its writer lock if connecting fails. Here the caller connects, within
its own time-out, and one broken connection discards the idle ones: they are as old as it is.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import Generic, Protocol, TypeVar

from fund.ledger.errors import Unavailable


class Closable(Protocol):
    def close(self) -> None: ...


C = TypeVar("C", bound=Closable)


class Pool(Generic[C]):
    """At most `limit` connections at once; `sound` tells whether one can be used again. `patience` in seconds."""

    def __init__(self, connect: Callable[[], C], sound: Callable[[C], bool], limit: int = 16, patience: float = 2.0) -> None:
        self._connect = connect
        self._sound = sound
        self._patience = patience
        self._free = BoundedSemaphore(limit)
        self._idle: deque[C] = deque()
        self._lock = Lock()
        self._closed = False

    @contextmanager
    def borrow(self) -> Iterator[C]:
        """A connection for one piece of work. Raises Unavailable when none is free in time."""
        if not self._free.acquire(timeout=self._patience):
            raise Unavailable("all connections are busy")
        try:
            connection = self._take() or self._connect()
            try:
                yield connection
            finally:
                self._give_back(connection)
        finally:
            self._free.release()

    def close(self) -> None:
        """Close the idle connections; those in use are closed when they come back."""
        self._closed = True
        self._discard_idle()

    def _take(self) -> C | None:
        if self._closed:
            raise Unavailable("the ledger is closed")
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: C) -> None:
        sound = self._sound(connection)
        if sound and not self._closed:
            with self._lock:
                self._idle.append(connection)
            return
        connection.close()
        if not sound:
            self._discard_idle()

    def _discard_idle(self) -> None:
        with self._lock:
            discarded, self._idle = self._idle, deque()
        for connection in discarded:
            connection.close()
