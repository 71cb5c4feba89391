"""The events table on PostgreSQL.

An append is one call of one function, so one round trip: it locks the table, checks command and relied-on streams, numbers and
inserts the events, and notifies. Nothing of the library's insert is used: its pipeline lets checks run before the lock is held,
and commits although a check inside it failed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from typing import NoReturn

import psycopg
from eventsourcing import persistence
from eventsourcing import postgres as library
from eventsourcing.utils import Environment, EnvType
from psycopg.conninfo import conninfo_to_dict

from fund.ledger.errors import Duplicate, Stale
from fund.ledger.postgres_server import LOCK_MS, Connection, Server
from fund.ledger.retry import or_after_loss
from fund.ledger.rows import Leaves, Row, Versions, leaf_of

TABLE = """CREATE TABLE IF NOT EXISTS events (
    notification_id bigint NOT NULL,
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    leaf bytea NOT NULL,
    command_id text COLLATE "C",
    part integer,
    CONSTRAINT events_place PRIMARY KEY (originator_id, originator_version),
    CONSTRAINT events_index UNIQUE (notification_id),
    CONSTRAINT events_command UNIQUE (command_id, part))"""

REFUSE = """CREATE OR REPLACE FUNCTION fund_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only';
END $body$"""

APPEND_ONLY = """CREATE OR REPLACE TRIGGER events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION fund_append_only()"""

DUPLICATE, STALE = "FUNDD", "FUNDS"

APPEND = f"""CREATE OR REPLACE FUNCTION fund_append_v1(
    streams text[], versions bigint[], names text[], states bytea[], leaves bytea[],
    command text, relied text[], expected bigint[]) RETURNS bigint LANGUAGE plpgsql AS $body$
DECLARE
    head bigint;
    moved text;
BEGIN
    SET LOCAL lock_timeout = '{LOCK_MS}ms';
    -- Writers queue here, so order of index = order of commit and no reader ever passes a gap that is filled later.
    LOCK TABLE events IN EXCLUSIVE MODE;
    IF command IS NOT NULL AND EXISTS (SELECT FROM events WHERE command_id = command) THEN
        RAISE EXCEPTION 'command already recorded' USING ERRCODE = '{DUPLICATE}';
    END IF;
    SELECT r.stream INTO moved FROM unnest(relied, expected) AS r (stream, version)
        WHERE r.version <> coalesce((SELECT max(e.originator_version) FROM events e WHERE e.originator_id = r.stream), 0) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'stream has moved' USING ERRCODE = '{STALE}', DETAIL = moved;
    END IF;
    SELECT coalesce(max(notification_id), 0) INTO head FROM events;
    -- A loop, because one event is the rule: an INSERT from arrays of one takes a third longer.
    FOR part IN 1 .. cardinality(streams) LOOP
        INSERT INTO events VALUES
            (head + part, streams[part], versions[part], names[part], states[part], leaves[part], command, part);
    END LOOP;
    NOTIFY events;
    RETURN head;
END $body$"""

PRESENT = "SELECT to_regproc('fund_append_v1') IS NOT NULL"
CALL = "SELECT fund_append_v1({}, {}, {}, {}, {}, %s::text, {}, {})"
WRITTEN = ("text", "bigint", "text", "bytea", "bytea")
RELIED = ("text", "bigint")
SPELT_OUT = 8
ROW = "SELECT notification_id, originator_id, originator_version, topic, state FROM events "
DONE = "SELECT notification_id, leaf FROM events WHERE command_id = %s ORDER BY part"
NO_LIMIT = 2**63 - 1


class Datastore(library.PostgresDatastore):
    """The library's datastore over our connections."""

    def __init__(self, url: str) -> None:
        given = conninfo_to_dict(url)
        super().__init__(*(str(given.get(key, "")) for key in ("dbname", "host", "port", "user", "password")), originator_id_type="text")
        self.server = Server(url)

    @contextmanager
    def get_connection(self) -> Iterator[Connection]:
        with self.server.connection() as connection:
            yield connection

    def register_type_adapters(self) -> None:
        """None are needed: plain arrays are passed instead of the library's composite types."""

    def close(self) -> None:
        super().close()
        if hasattr(self, "server"):
            self.server.close()


class Recorder(library.PostgresApplicationRecorder):
    """The library's recorder, with leaves, commands and relied-on streams."""

    datastore: Datastore

    def __init__(self, datastore: Datastore) -> None:
        super().__init__(datastore, events_table_name="events")
        self._server = datastore.server

    def create_table(self) -> None:
        self._server.define([TABLE, REFUSE, APPEND_ONLY, APPEND], present=PRESENT)

    def insert_events(
        self,
        stored_events: Sequence[persistence.StoredEvent],
        command_id: str | None = None,
        relies_on: Versions | None = None,
        **_: object,
    ) -> list[int]:
        if not stored_events:
            return []
        leaves = [leaf_of(event) for event in stored_events]
        call, parameters = _call(stored_events, leaves, command_id, relies_on or {})

        def append() -> list[int]:
            head = self._append(call, parameters)
            return list(range(head + 1, head + 1 + len(leaves)))

        return or_after_loss(append, lambda: self._unless_done(append, leaves, command_id))

    def _append(self, call: str, parameters: Sequence[object]) -> int:
        try:
            head: int = self._server.once(call, parameters)[0][0]
        except psycopg.Error as error:
            raise _refusal(error) from error
        return head

    def _unless_done(self, append: Callable[[], list[int]], leaves: list[bytes], command_id: str | None) -> list[int]:
        """After a lost reply. Equal leaves prove the rows are ours: sealed texts carry random nonces."""
        try:
            return append()
        except Duplicate:
            done = self._server.fetch(DONE, (command_id,))
            if [leaf for _, leaf in done] != leaves:
                raise
            return [index for index, _ in done]

    def rows(self, after: int, limit: int, up_to: int | None = None) -> list[Row]:
        parameters = (after, NO_LIMIT if up_to is None else up_to, limit)
        statement = f"{ROW} WHERE notification_id > %s AND notification_id <= %s ORDER BY notification_id LIMIT %s"
        return self._server.fetch(statement, parameters)

    def stream_rows(self, stream: str, after: int = 0, up_to: int | None = None) -> list[Row]:
        place = "originator_id = %s AND originator_version > %s AND originator_version <= %s"
        parameters = (stream, after, NO_LIMIT if up_to is None else up_to)
        return self._server.fetch(f"{ROW} WHERE {place} ORDER BY originator_version", parameters)

    def command_rows(self, command_id: str) -> list[Row]:
        return self._server.fetch(f"{ROW} WHERE command_id = %s ORDER BY part", (command_id,))

    def leaves(self, after: int, limit: int, up_to: int | None = None) -> Leaves:
        statement = "SELECT notification_id, leaf FROM events WHERE notification_id > %s AND notification_id <= %s"
        parameters = (after, NO_LIMIT if up_to is None else up_to, limit)
        return self._server.fetch(f"{statement} ORDER BY notification_id LIMIT %s", parameters)

    def head(self) -> int:
        head: int = self._server.fetch("SELECT coalesce(max(notification_id), 0) FROM events")[0][0]
        return head

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> NoReturn:
        """Refused, as on SQLite: the library's subscription reads before it listens, and sleeps through a commit in between."""
        raise NotImplementedError("wait with Ledger.wait, then read")


def _call(
    events: Sequence[persistence.StoredEvent], leaves: list[bytes], command_id: str | None, relies_on: Versions
) -> tuple[str, list[object]]:
    """The statement and its parameters. A few elements are passed one by one: the driver takes twice as long over arrays."""
    written: list[list[object]] = [
        [event.originator_id for event in events],
        [event.originator_version for event in events],
        [event.topic for event in events],
        [event.state for event in events],
        [*leaves],
    ]
    relied: list[list[object]] = [[*relies_on], [*relies_on.values()]]
    if len(events) > SPELT_OUT or len(relies_on) > SPELT_OUT:
        return _statement(None, None), [*written, command_id, *relied]
    return _statement(len(events), len(relies_on)), [*chain(*written), command_id, *chain(*relied)]


@cache
def _statement(events: int | None, relied: int | None) -> str:
    """Prepared once per number of events and of streams relied on; None for arrays of any length."""
    counts = (events,) * len(WRITTEN) + (relied,) * len(RELIED)
    return CALL.format(*(_array(kind, count) for kind, count in zip(WRITTEN + RELIED, counts, strict=True)))


def _array(kind: str, count: int | None) -> str:
    return f"%s::{kind}[]" if count is None else f"ARRAY[{', '.join(['%s'] * count)}]::{kind}[]"


def _refusal(error: psycopg.Error) -> Exception:
    """What the function, or a constraint behind it, said no to."""
    if error.sqlstate == DUPLICATE or error.diag.constraint_name == "events_command":
        return Duplicate()
    if error.sqlstate == STALE or error.diag.constraint_name == "events_place":
        return Stale(error.diag.message_detail if error.sqlstate == STALE else None)
    return error


class Factory(library.PostgresFactory):
    """Chosen by `PERSISTENCE_MODULE=fund.ledger.postgres`; `POSTGRES_URL` says where. The library's own settings are not read."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        # Past the library's constructor, which would demand each part of the URL under a name of its own.
        persistence.BaseInfrastructureFactory.__init__(self, env)
        self.datastore: Datastore = Datastore(self.env.get("POSTGRES_URL", ""))

    def application_recorder(self) -> Recorder:
        recorder = Recorder(self.datastore)
        recorder.create_table()
        return recorder
