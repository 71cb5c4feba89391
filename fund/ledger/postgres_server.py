"""Connecting to PostgreSQL the way a ledger needs it, and telling our errors from the driver's."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from time import monotonic
from typing import Any, ClassVar, TypeVar

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, TupleRow, dict_row, tuple_row

from fund.ledger.errors import Lost, Unavailable
from fund.ledger.pool import Pool
from fund.ledger.retry import once_more

T = TypeVar("T")
LOCK_MS = 2_000
STATEMENT_MS = 4_000
ANSWER_SECONDS = 4.5

TIMEOUTS: dict[str, int] = {
    "connect_timeout": 2,
    # A server that vanished without a word is noticed by the kernel after about 4 s.
    "tcp_user_timeout": 4_000,
    "keepalives_idle": 2,
    "keepalives_interval": 1,
    "keepalives_count": 2,
}

SESSION = f"""SELECT
    set_config('lock_timeout', '{LOCK_MS}ms', false),
    set_config('statement_timeout', '{STATEMENT_MS}ms', false),
    set_config('idle_in_transaction_session_timeout', '5s', false),
    set_config('default_transaction_isolation', 'read committed', false),
    CASE WHEN current_setting('synchronous_commit') = 'off' THEN set_config('synchronous_commit', 'on', false) END"""
# Read committed matters: the append function must see, after it got the lock, what the writer before it committed.


class Connection(psycopg.Connection[DictRow]):
    """A connection that stops waiting: a server that hangs keeps its sockets alive, and no time-out of its own is carried out.

    Rows are named by default, because the library's own queries read them by name.
    """

    gave_up: ClassVar[type[Exception]] = Unavailable
    """What waiting too long raises; never tried again, since waiting twice is longer than anybody was promised."""

    @cached_property
    def quick(self) -> psycopg.Cursor[TupleRow]:
        """One cursor for single statements, kept: a new one finds out anew how to pass each kind of parameter."""
        return self.cursor(row_factory=tuple_row, binary=True)

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        return super().wait(self._hurried(gen, monotonic() + ANSWER_SECONDS), interval, timeout)

    def _hurried(self, gen: PQGen[RV], end: float) -> PQGen[RV]:
        try:
            waiting = next(gen)
            while True:
                ready = yield waiting
                if monotonic() > end:
                    self.pgconn.finish()
                    raise self.gave_up("PostgreSQL: no answer")
                waiting = gen.send(ready)
        except StopIteration as done:
            result: RV = done.value
            return result


OUT_OF_REACH = ("08", "25", "40", "53", "55", "57", "58")
"""SQLSTATE classes: connection, read-only, rollback, resources (disk full), lock, operator intervention, system error."""


def translated(error: psycopg.Error, connection: Connection | None = None) -> Exception:
    """Lost, Unavailable, or the error itself, which is a fault of ours."""
    if connection is not None and connection.closed:
        return Lost(f"PostgreSQL: {error}")
    state = error.sqlstate
    unreachable = isinstance(error, psycopg.OperationalError) if state is None else state[:2] in OUT_OF_REACH
    return Unavailable(f"PostgreSQL: {error}") if unreachable else error


def connect(url: str) -> Connection:
    """A connection in autocommit mode with our time-outs; those given in the URL win."""
    try:
        connection = Connection.connect(with_timeouts(url), autocommit=True, row_factory=dict_row)
        connection.execute(SESSION)
    except psycopg.Error as error:
        raise translated(error) from error
    return connection


def with_timeouts(url: str) -> str:
    given: dict[str, Any] = conninfo_to_dict(url)
    return make_conninfo(**(TIMEOUTS | given))


def _sound(connection: Connection) -> bool:
    return not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE


class Server:
    """A pool of connections to one database, with our errors and our one retry."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._pool = Pool(lambda: connect(url), _sound)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        with self._pool.borrow() as connection:
            try:
                yield connection
            except psycopg.Error as error:
                raise translated(error, connection) from error

    def once(self, statement: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Run one statement and return its rows as tuples. Prepared, binary, one round trip, never repeated."""
        with self.connection() as connection:
            cursor = connection.quick
            cursor.execute(statement, parameters, prepare=True)
            return cursor.fetchall() if cursor.description else []

    def fetch(self, statement: str, parameters: Sequence[object] = ()) -> list[Any]:
        """Run one statement that reads or may be repeated, again if the connection broke."""
        return once_more(lambda: self.once(statement, parameters))

    def define(self, statements: Sequence[str], *, present: str) -> None:
        """Create tables and functions in one transaction, unless the query `present` says they are there.

        An advisory lock lets several processes start at once: IF NOT EXISTS and OR REPLACE still race.
        """
        once_more(lambda: self._define(statements, present))

    def _define(self, statements: Sequence[str], present: str) -> None:
        with self.connection() as connection, connection.cursor(row_factory=tuple_row) as cursor, connection.transaction():
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('fund.define'))")
            if cursor.execute(present).fetchone() == (True,):
                return
            for statement in statements:
                cursor.execute(statement)

    def transaction(self, work: Callable[[Connection], T]) -> T:
        """Do repeatable work in one transaction."""

        def attempt() -> T:
            with self.connection() as connection, connection.transaction():
                return work(connection)

        return once_more(attempt)

    def close(self) -> None:
        self._pool.close()
