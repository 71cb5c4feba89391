"""Rows and tables: a row of a view is a frozen struct, and its table has one column per field of it.

Texts sort by code point on both databases; instants are ISO texts in UTC of one width, so that they sort as texts and
equal rows are equal bytes everywhere.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

import msgspec
from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Delete,
    Dialect,
    Index,
    MetaData,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    event,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

Row = msgspec.Struct
R = TypeVar("R", bound=Row)

TEXT: TypeEngine[str] = Text().with_variant(Text(collation="C"), "postgresql")
CHUNK = 500
"""Keys per DELETE: far below any database's limit of parameters."""


class Instant(TypeDecorator[datetime]):
    """An aware instant as ISO text in UTC with microseconds."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class AsJson(TypeDecorator[Any]):
    """Any other value as JSON text: tuples, sealed texts."""

    impl = TEXT
    cache_ok = True

    def __init__(self, hint: Any) -> None:
        super().__init__()
        self.hint = hint

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value, order="deterministic").decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value, type=self.hint)


PLAIN: dict[object, TypeEngine[Any]] = {str: TEXT, int: BigInteger(), bool: Boolean(), datetime: Instant()}


class Shape(NamedTuple):
    """A table of a view. `part` completes its name where a view has several; `indexes` are tuples of columns.

    `sealed`: columns full of ciphertext, which PostgreSQL would try in vain to compress.
    """

    row: type[Row]
    key: tuple[str, ...]
    part: str = ""
    indexes: tuple[tuple[str, ...], ...] = ()
    sealed: tuple[str, ...] = ()


UNCOMPRESSED = "ALTER TABLE %(fullname)s ALTER COLUMN %(column)s SET STORAGE EXTERNAL"


def table(metadata: MetaData, name: str, shape: Shape) -> Table:
    hints = get_type_hints(shape.row)
    columns = [_column(field, hints[field], field in shape.key) for field in shape.row.__struct_fields__]
    indexes = [Index(f"{name}_by_{'_'.join(fields)}", *fields) for fields in shape.indexes]
    made = Table(name, metadata, *columns, *indexes)
    for sealed in shape.sealed:
        uncompressed = DDL(UNCOMPRESSED, context={"column": sealed})  # type: ignore[no-untyped-call]  # SQLAlchemy's has no types
        event.listen(made, "after_create", uncompressed.execute_if(dialect="postgresql"))
    return made


def _column(name: str, hint: Any, key: bool) -> "Column[Any]":
    inner = tuple(part for part in get_args(hint) if part is not NoneType)
    optional = NoneType in get_args(hint)
    plain = PLAIN.get(inner[0] if optional and len(inner) == 1 else hint)
    # Without autoincrement=False, PostgreSQL would make a sequence for an integer key.
    return Column(name, plain or AsJson(hint), primary_key=key, nullable=optional, autoincrement=False)


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows whose keys are new."""
    _write(connection, _inserting(table, None, connection.dialect), table, rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Row], keep: tuple[str, ...] = ()) -> None:
    """Insert rows or replace those with the same key, except for the columns in `keep`."""
    _write(connection, _inserting(table, keep, connection.dialect), table, rows)


def replace(connection: Connection, table: Table, column: str, keys: Iterable[str], rows: Sequence[Row]) -> None:
    """Delete whatever has one of `keys` in `column`, then insert rows."""
    known = sorted(keys)
    for start in range(0, len(known), CHUNK):
        connection.execute(_deleting(table, column), {"keys": known[start : start + CHUNK]})
    add(connection, table, rows)


@lru_cache(maxsize=256)
def _deleting(table: Table, column: str) -> Delete:
    return delete(table).where(table.c[column].in_(bindparam("keys", expanding=True)))


def _write(connection: Connection, statement: str, table: Table, rows: Sequence[Row]) -> None:
    """Straight to the driver: for many rows, preparing each row's parameters costs more than writing it."""
    if not rows:
        return
    stored = [_stored(row, _conversions(table, connection.dialect)) for row in rows]
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(statement, {"rows": msgspec.json.encode(stored).decode()})
    else:
        connection.exec_driver_sql(statement, [tuple(values.values()) for values in stored])


def _stored(row: Row, conversions: list[tuple[str, Callable[[Any], Any]]]) -> dict[str, Any]:
    """Column -> what the driver takes, in order of the columns."""
    values = msgspec.structs.asdict(row)
    for name, convert in conversions:
        values[name] = convert(values[name])
    return values


@lru_cache(maxsize=256)
def _conversions(table: Table, dialect: Dialect) -> list[tuple[str, Callable[[Any], Any]]]:
    """The columns whose values the driver does not take as they are."""
    found = ((column.name, column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.c)
    return [(name, convert) for name, convert in found if convert]


@lru_cache(maxsize=256)
def _inserting(table: Table, keep: tuple[str, ...] | None, dialect: Dialect) -> str:
    """INSERT for all columns in order; with `keep`, what stays where the key is known and the rest replaced.

    PostgreSQL takes all rows as one JSON parameter: one statement a batch instead of one a row.
    """
    if dialect.name == "postgresql":
        rows = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON)).table_valued(*(column(c.name, c.type) for c in table.c))
        known: Any = postgresql.insert(table).from_select(list(table.c.keys()), select(rows.render_derived("new", with_types=True)))
    else:
        known = sqlite.insert(table).values({c.name: bindparam(c.name) for c in table.c})
    if keep is not None:
        changed = {c.name: known.excluded[c.name] for c in table.c if not c.primary_key and c.name not in keep}
        known = known.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)
    return str(known.compile(dialect=dialect))
