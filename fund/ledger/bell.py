"""Waking those who wait for new events: at once in this process, on notice from PostgreSQL, else by looking again and again."""

from collections.abc import Callable
from threading import Condition, Event, Thread
from time import monotonic

import psycopg

from fund.ledger.errors import Unavailable
from fund.ledger.postgres_server import connect


class Bell:
    """`look` returns the head of the ledger; `every` is how often to look without being rung, in seconds."""

    def __init__(self, look: Callable[[], int], every: float) -> None:
        self._look = look
        self._every = every
        self._rung = Condition()
        self._rings = 0

    def ring(self) -> None:
        """Something was committed."""
        with self._rung:
            self._rings += 1
            self._rung.notify_all()

    def wait(self, index: int, timeout: float) -> bool:
        """Whether the ledger reached an index within `timeout` seconds."""
        end = monotonic() + timeout
        while True:
            # Counted before looking: a ring in between is not slept through.
            rings = self._rings
            if self._look() >= index:
                return True
            left = end - monotonic()
            if left <= 0:
                return False
            self._sleep(rings, min(left, self._every))

    def close(self) -> None:
        self.ring()

    def _sleep(self, rings: int, seconds: float) -> None:
        with self._rung:
            self._rung.wait_for(lambda: self._rings != rings, seconds)


class ListeningBell(Bell):
    """Also rung by the commits of other processes, through LISTEN on a connection of its own, from the first wait on."""

    def __init__(self, look: Callable[[], int], url: str, every: float = 1.0) -> None:
        super().__init__(look, every)
        self._url = url
        self._stop = Event()
        self._thread: Thread | None = None

    def wait(self, index: int, timeout: float) -> bool:
        self._start()
        return super().wait(index, timeout)

    def close(self) -> None:
        self._stop.set()
        super().close()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _start(self) -> None:
        with self._rung:
            if self._thread is None:
                self._thread = Thread(target=self._listen, name="ledger-bell", daemon=True)
                self._thread.start()

    def _listen(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen_once()
            except (Unavailable, psycopg.Error):
                # Waiters look every second meanwhile.
                self._stop.wait(1.0)

    def _listen_once(self) -> None:
        with connect(self._url) as connection:
            connection.execute("LISTEN events")
            self.ring()
            while not self._stop.is_set():
                for _ in connection.notifies(timeout=0.2, stop_after=1):
                    self.ring()
