"""The views' database: which generation of each view is live, how far it has come, and reading and writing it.

A view's tables are named `{view}_v{version}_g{generation}`. Readers find the live generation and read it in one transaction, so they see
one complete generation also while another one takes its place (see `rebuild`).
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import RLock
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Boolean, Column, Connection, Engine, Integer, MetaData, Select, Table, select, text, tuple_
from sqlalchemy.exc import TimeoutError as PoolTimeout

from fund.ledger.errors import Unavailable
from fund.projections.engine import SCHEMA, engine_beside, sqlite_engine
from fund.projections.table import TEXT, R, Row
from fund.projections.view import Tables, View


class Generation(NamedTuple):
    """One set of tables of a view. `position`: index of the last event in it. `stopped_at`: index of the event it could not take."""

    name: str
    version: int
    generation: int
    position: int
    live: bool
    stopped_at: int | None
    error: str | None

    @property
    def key(self) -> tuple[str, int, int]:
        return self.name, self.version, self.generation


class Reading:
    """Live views as of one instant. Queries take it as their first argument."""

    def __init__(self, database: "Database", connection: Connection) -> None:
        self.connection = connection
        self._database = database
        self._live = {found.name: found for found in database.generations(connection) if found.live}

    def table(self, row: type[Row]) -> Table:
        """The live table of rows of this type."""
        view = self._database.view_of(row)
        return self._database.tables(view, self._live[view.name].generation)[row]

    def rows(self, kind: type[R], statement: "Select[Any]") -> list[R]:
        """What a SELECT of all columns of a table finds."""
        return [kind(**found._mapping) for found in self.connection.execute(statement)]

    def first(self, kind: type[R], statement: "Select[Any]") -> R | None:
        return next(iter(self.rows(kind, statement.limit(1))), None)

    def position(self, view: str) -> int:
        """Index of the last event in a view: how fresh it is."""
        return self._live[view].position

    def live(self) -> dict[str, Generation]:
        return dict(self._live)


class Database:
    """Open one per process with `fund.projections.open_views`. Every method may be called from any thread. Raises Unavailable."""

    def __init__(self, engine: Engine, views: Sequence[View]) -> None:
        self.engine = engine
        self.is_postgres = engine.dialect.name == "postgresql"
        self._metadata = MetaData(schema=SCHEMA if self.is_postgres else None)
        self.registry = _registry(self._metadata)
        self._views = {view.name: view for view in views}
        self._view_of = {shape.row: view for view in views for shape in view.shapes}
        self._tables: dict[tuple[str, int, int], Tables] = {}
        # A database in memory has one connection, which threads use in turn.
        in_memory = not self.is_postgres and engine.url.database is None
        self._turn: AbstractContextManager[object] = RLock() if in_memory else nullcontext()
        self._define()

    @classmethod
    def open(cls, ledger_url: str, views: Sequence[View]) -> "Database":
        return cls(engine_beside(ledger_url), views)

    @classmethod
    def in_memory(cls, views: Sequence[View]) -> "Database":
        return cls(sqlite_engine(None), views)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """One snapshot of all live views."""
        snapshot: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if self.is_postgres else {}
        with self._connection(**snapshot) as connection:
            if self.is_postgres:
                # Before the snapshot: a rebuild that then wants to drop old tables waits for us, or we see what it switched to.
                connection.execute(text(f"LOCK TABLE {self.registry.fullname} IN ACCESS SHARE MODE"))
            yield Reading(self, connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction."""
        with self._connection(writing=True) as connection:
            yield connection

    def generations(self, connection: Connection) -> list[Generation]:
        """Of the views and versions that this program knows."""
        known = [(view.name, view.version) for view in self._views.values()]
        found = connection.execute(select(self.registry).where(tuple_(self.registry.c.name, self.registry.c.version).in_(known)))
        return [Generation(*row) for row in found]

    def live(self) -> list[Generation]:
        with self.reading() as reading:
            return list(reading.live().values())

    def view(self, name: str) -> View:
        return self._views[name]

    def view_of(self, row: type[Row]) -> View:
        return self._view_of[row]

    @property
    def views(self) -> tuple[View, ...]:
        return tuple(self._views.values())

    def tables(self, view: View, generation: int) -> Tables:
        key = (view.name, view.version, generation)
        if key not in self._tables:
            metadata = MetaData(schema=self._metadata.schema)
            self._tables[key] = view.tables(metadata, f"_v{view.version}_g{generation}")
        return self._tables[key]

    def create(self, connection: Connection, view: View, generation: int, *, live: bool) -> None:
        """Empty tables of a generation, entered in the registry at position 0."""
        for table in self.tables(view, generation).values():
            table.create(connection)
        entry = {"name": view.name, "version": view.version, "generation": generation, "position": 0, "live": live}
        connection.execute(self.registry.insert(), entry)

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def _connection(self, **options: Any) -> Iterator[Connection]:
        try:
            with self._turn, self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except PoolTimeout as error:
            raise Unavailable("all connections to the views are busy") from error

    def _define(self) -> None:
        """The registry, and a first generation of every view that has none. Several processes may start at once."""
        if self._is_defined():
            return
        with self.writing() as connection:
            if self.is_postgres:
                connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('fund.views.define'))"))
                connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            self.registry.create(connection, checkfirst=True)
            present = {found.name for found in self.generations(connection) if found.live}
            for view in self._views.values():
                if view.name not in present:
                    self.create(connection, view, 1, live=True)

    def _is_defined(self) -> bool:
        with self._connection() as connection:
            if not self.engine.dialect.has_table(connection, self.registry.name, schema=self.registry.schema):
                return False
            return {found.name for found in self.generations(connection) if found.live} == set(self._views)


def _registry(metadata: MetaData) -> Table:
    return Table(
        "views",
        metadata,
        Column("name", TEXT, primary_key=True),
        Column("version", Integer, primary_key=True, autoincrement=False),
        Column("generation", Integer, primary_key=True, autoincrement=False),
        Column("position", BigInteger, nullable=False),
        Column("live", Boolean, nullable=False),
        Column("stopped_at", BigInteger),
        Column("error", TEXT),
    )
