"""What can go wrong with an append or a read. After any of these the ledger is unchanged, or the command is found under its id.

They descend from the library's errors, so that its contract holds; none from its `OperationalError` or `InterfaceError`,
because the library retries those ten times and we have one retry policy of our own (`retry`).
"""

from eventsourcing.persistence import IntegrityError, PersistenceError


class Stale(IntegrityError):
    """A stream written to, or relied on, has moved since it was read. `stream` names it where it is known."""

    def __init__(self, stream: str | None = None) -> None:
        super().__init__(f"stream has moved: {stream or 'unknown'}")
        self.stream = stream


class Duplicate(IntegrityError):
    """The command id is already recorded. Says nothing about it: the caller may not be entitled to know."""

    def __init__(self) -> None:
        super().__init__("command already recorded")


class Unavailable(PersistenceError):
    """The database is locked, full, read-only or gone. Asking again later may succeed."""


class Lost(Unavailable):
    """The connection broke while in use: what was asked may or may not have been done."""
