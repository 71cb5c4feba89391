"""The outbox: which message goes to whom, when it is due, and what became of it.

It holds ids and instants. No address and no text ever stand in it: both are looked up when a message goes, so what is erased is gone
here, too. A message stands in it once, by its id, however often its fact is read. Reasons are codes: what servers say names people.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec

from fund.border.operations_database import OperationsDatabase, Statement, Value
from fund.domain.refusal import Refusal

State = Literal["queued", "sent", "dropped", "given_up"]
Rhythm = Literal["at_once", "daily", "weekly"]

LEASE = timedelta(minutes=10)
"""How long a worker may take over one mail. If it ends without a word, another one sends that mail again, under the same Message-ID."""
PATIENCE = timedelta(days=7)
"""How long after it was due a message is still sent. Then it is given up: the page tells what it would have told."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One message. tries: how often it was not taken. try_at: not before. mail: the mail that it goes in, once that is made up."""

    id: str
    event_index: int
    stream: str
    person: str
    kind: str
    rhythm: Rhythm
    queued_at: datetime
    due_at: datetime
    state: State = "queued"
    tries: int = 0
    try_at: datetime
    mail: str | None = None


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the delivery log."""

    at: datetime
    what: str
    reason: str


FIELDS = Entry.__struct_fields__
COLUMNS = ", ".join(FIELDS)
INSERT = f"INSERT INTO messages ({COLUMNS}) VALUES ({', '.join('?' * len(FIELDS))}) ON CONFLICT (id) DO NOTHING"  # noqa: S608  # our own names
LOGGED = "INSERT INTO message_log (message, at, what, reason) VALUES (?, ?, ?, ?)"


class Outbox:
    """Every method may be called from any thread. Raises Unavailable."""

    def __init__(self, database: OperationsDatabase) -> None:
        self._database = database

    def close(self) -> None:
        self._database.close()

    # ── Putting in ────────────────────────────────────────────────────────────

    def position(self) -> int:
        """Index of the last fact whose messages are in it."""
        return int(self._database.rows("SELECT position FROM messages_followed WHERE one = 1")[0][0])

    def put(self, entries: Iterable[Entry], position: int) -> None:
        """The messages of all facts up to an index. Again is the same as once."""
        moved = ("UPDATE messages_followed SET position = ? WHERE one = 1 AND position < ?", (position, position))
        self._database.together([*((INSERT, _values(entry)) for entry in entries), moved])

    # ── Taking out ────────────────────────────────────────────────────────────

    def take(self, now: datetime) -> tuple[Entry, ...]:
        """The messages of the next mail that is due, for this worker alone until the lease is over; empty where none is.

        What does not go at once goes in one mail a person. A mail that was tried keeps its messages.
        """
        while waiting := self._entries("WHERE state = 'queued' AND try_at <= ? ORDER BY try_at, id LIMIT 1", _written(now)):
            if taken := self._leased(waiting[0], now):
                return tuple(sorted(self._in_one_mail(taken), key=lambda entry: (entry.event_index, entry.id)))
        return ()

    def _leased(self, first: Entry, now: datetime) -> list[Entry]:
        same, values = _same_mail(first)
        statement = f"UPDATE messages SET try_at = ? WHERE state = 'queued' AND try_at <= ? AND {same} RETURNING {COLUMNS}"  # noqa: S608
        return [_entry(row) for row in self._database.rows(statement, _written(now + LEASE), _written(now), *values)]

    def _in_one_mail(self, taken: list[Entry]) -> list[Entry]:
        """Named by what is in it, before it goes, so that a repeat is recognised."""
        if taken[0].mail:
            return taken
        mail = taken[0].id if len(taken) == 1 else mail_id(entry.id for entry in taken)
        self._database.together([("UPDATE messages SET mail = ? WHERE id = ?", (mail, entry.id)) for entry in taken])
        return [msgspec.structs.replace(entry, mail=mail) for entry in taken]

    # ── What became of it ─────────────────────────────────────────────────────

    def sent(self, entries: Sequence[Entry], now: datetime) -> None:
        self._ended(entries, "sent", "", now)

    def dropped(self, entries: Sequence[Entry], reason: str, now: datetime) -> None:
        """It would tell what is overtaken, or is not for this person any more."""
        self._ended(entries, "dropped", reason, now)

    def given_up(self, entries: Sequence[Entry], reason: str, now: datetime) -> None:
        self._ended(entries, "given_up", reason, now)

    def failed(self, entries: Sequence[Entry], reason: str, now: datetime) -> None:
        """To be tried again after a pause that grows."""
        statement = "UPDATE messages SET tries = tries + 1, try_at = ? WHERE id = ? AND state = 'queued'"
        changed = [(statement, (_written(now + pause(entry.tries)), entry.id)) for entry in entries]
        self._database.together([*changed, *_logged(entries, "failed", reason, now)])

    def expire(self, now: datetime) -> tuple[Entry, ...]:
        """What could not be sent for too long is given up."""
        late = self._entries("WHERE state = 'queued' AND due_at < ? ORDER BY id LIMIT 500", _written(now - PATIENCE))
        if late:
            self._ended(late, "given_up", "too_late", now)
        return tuple(late)

    def _ended(self, entries: Sequence[Entry], state: State, reason: str, now: datetime) -> None:
        statement = "UPDATE messages SET state = ? WHERE id = ? AND state = 'queued'"
        changed: list[Statement] = [(statement, (state, entry.id)) for entry in entries]
        self._database.together([*changed, *_logged(entries, state, reason, now)])

    def retry(self, id: str, now: datetime) -> None:
        """Put a message that was given up in again, as after its address was corrected. Refusal message.unknown, message.not_given_up."""
        if self.entry(id).state != "given_up":
            raise Refusal("message.not_given_up", field="message")
        statement = "UPDATE messages SET state = 'queued', tries = 0, due_at = ?, try_at = ? WHERE id = ? AND state = 'given_up'"
        again = (statement, (_written(now), _written(now), id))
        self._database.together([again, (LOGGED, (id, _written(now), "queued", "again"))])

    # ── Looking in ────────────────────────────────────────────────────────────

    def entry(self, id: str) -> Entry:
        """Refusal message.unknown."""
        if found := self._entries("WHERE id = ?", id):
            return found[0]
        raise Refusal("message.unknown", field="message")

    def listed(self, state: State | None = None, person: str | None = None, *, limit: int = 100, skipped: int = 0) -> list[Entry]:
        """Newest fact first."""
        wanted = {"state": state, "person": person}
        given = {name: value for name, value in wanted.items() if value is not None}
        where = " AND ".join(f"{name} = ?" for name in given)
        order = "ORDER BY event_index DESC, id LIMIT ? OFFSET ?"
        return self._entries(f"WHERE {where} {order}" if where else order, *given.values(), limit, skipped)

    def with_it(self, entry: Entry) -> list[Entry]:
        """The messages that wait to go in one mail with this one."""
        if entry.rhythm == "at_once":
            return [entry]
        same = "state = 'queued' AND rhythm <> 'at_once' AND person = ? AND due_at = ?"
        return self._entries(f"WHERE {same} ORDER BY event_index, id", entry.person, _written(entry.due_at)) or [entry]

    def log(self, id: str) -> tuple[Happened, ...]:
        """What was tried, oldest first."""
        found = self._database.rows("SELECT at, what, reason FROM message_log WHERE message = ? ORDER BY at", id)
        return tuple(Happened(at=_read(at), what=what, reason=reason) for at, what, reason in found)

    def counts(self) -> dict[str, int]:
        """State -> how many."""
        return {state: int(count) for state, count in self._database.rows("SELECT state, count(*) FROM messages GROUP BY state")}

    def _entries(self, rest: str, *values: Value) -> list[Entry]:
        return [_entry(row) for row in self._database.rows(f"SELECT {COLUMNS} FROM messages {rest}", *values)]  # noqa: S608


def pause(tries: int) -> timedelta:
    """After so many tries before this one: a minute, twice that, up to six hours."""
    return min(FIRST_PAUSE * (1 << min(tries, 20)), LONGEST_PAUSE)


def mail_id(messages: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(messages)).encode()).hexdigest()[:32]


def _same_mail(first: Entry) -> tuple[str, tuple[str, ...]]:
    """What goes in one mail with this message: which rows, and the values of that."""
    if first.mail:
        return "mail = ?", (first.mail,)
    if first.rhythm == "at_once":
        return "id = ?", (first.id,)
    return "mail IS NULL AND rhythm <> 'at_once' AND person = ?", (first.person,)


def _logged(entries: Sequence[Entry], what: str, reason: str, now: datetime) -> list[Statement]:
    return [(LOGGED, (entry.id, _written(now), what, reason)) for entry in entries]


def _values(entry: Entry) -> tuple[Value, ...]:
    return tuple(_written(value) if isinstance(value, datetime) else value for value in (getattr(entry, name) for name in FIELDS))


def _entry(row: tuple[object, ...]) -> Entry:
    return msgspec.convert(dict(zip(FIELDS, row, strict=True)), Entry)


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text)
