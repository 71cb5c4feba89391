"""Keeping live views up to date."""

from threading import Condition, Event, Lock
from time import monotonic

import structlog
from sqlalchemy import Connection, text

from fund.ledger.errors import Unavailable
from fund.projections.batch import Source
from fund.projections.database import Database, Generation
from fund.projections.follower import SIZE, Follower, Overtaken

IDLE_SECONDS = 1.0
LOOK_SECONDS = 0.02
LEADING = "SELECT pg_try_advisory_lock(hashtext('fund.views.run'))"
log = structlog.get_logger(__name__)


class Runner:
    """Any number may run against one database: the position of each view moves by compare-and-set."""

    def __init__(self, ledger: Source, database: Database, size: int = SIZE) -> None:
        self._ledger = ledger
        self._database = database
        self._follower = Follower(ledger, database, size)
        self._working = Lock()
        self._moved = Condition()
        self._moves = 0
        self._known: list[Generation] = []

    def catch_up(self, up_to: int | None = None) -> int:
        """Bring every view that is not stopped up to an index, by default the head of the ledger as it is now, and return that index.

        Raises Unavailable.
        """
        head = self._ledger.head()
        target = head if up_to is None else min(up_to, head)
        with self._working:
            while behind := self._behind(target):
                self._advance(behind, target)
        return target

    def run(self, stop: Event) -> None:
        """Until `stop` is set: woken by each commit, at worst after 1 s. Stopped views are tried once more at the start."""
        lead = Lead(self._database)
        resumed = False
        try:
            while not stop.is_set():
                try:
                    resumed = resumed or self.resume()
                    self._run_once(lead, stop)
                except Unavailable as error:
                    log.warning("views.unavailable", error=str(error))
                    lead.release()
                    stop.wait(IDLE_SECONDS)
        finally:
            lead.release()

    def resume(self) -> bool:
        """Let stopped views try again: the program that could not take the event may have been mended."""
        registry = self._database.registry
        with self._database.writing() as connection:
            connection.execute(registry.update().where(registry.c.stopped_at.is_not(None)).values(stopped_at=None, error=None))
        with self._working:
            self._known = []
        return True

    def wait_for(self, view: str, index: int, timeout: float) -> bool:
        """Whether a live view took in the event at an index within `timeout` seconds, whichever process brought it there."""
        end = monotonic() + timeout
        while True:
            # Counted before looking: a move in between is not slept through.
            moves = self._moves
            if self._position(view) >= index:
                return True
            left = end - monotonic()
            if left <= 0:
                return False
            with self._moved:
                self._moved.wait_for(lambda seen=moves: self._moves != seen, min(left, LOOK_SECONDS))  # type: ignore[misc]  # bound early

    def _run_once(self, lead: "Lead", stop: Event) -> None:
        if lead.held():
            self._ledger.wait(self.catch_up() + 1, IDLE_SECONDS)
        else:
            # Somebody else does the work; what is still not done a second later is done here.
            head = self._ledger.head()
            stop.wait(IDLE_SECONDS)
            self.catch_up(head)

    def _advance(self, behind: list[Generation], target: int) -> None:
        """One batch for those that stand furthest back, not past the next ones: there they go on together."""
        lowest = min(one.position for one in behind)
        group = [one for one in behind if one.position == lowest]
        ahead = min((one.position for one in behind if one.position > lowest), default=target)
        known, self._known = self._known, []
        try:
            reached = self._follower.advance(group, ahead)
        except Overtaken:
            return
        if reached is not None:
            self._known = [one._replace(position=reached) if one in group else one for one in known]
        with self._moved:
            self._moves += 1
            self._moved.notify_all()

    def _behind(self, target: int) -> list[Generation]:
        # What was known last holds until a write finds otherwise; then nothing is known, and the registry is asked.
        self._known = self._known or self._database.live()
        return [one for one in self._known if one.stopped_at is None and one.position < target]

    def _position(self, view: str) -> int:
        with self._database.reading() as reading:
            return reading.position(view)


class Lead:
    """On PostgreSQL an advisory lock, so that one of many runners works and the others stand by. It only saves work."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def held(self) -> bool:
        """Taken if it is free, and kept until released or until the connection ends."""
        if not self._database.is_postgres or self._connection is not None:
            return True
        connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.execute(text(LEADING)).scalar_one():
            self._connection = connection
            return True
        connection.close()
        return False

    def release(self) -> None:
        if self._connection is not None:
            # Ended, not given back to the pool: with the session goes its lock.
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
