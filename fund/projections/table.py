"""Rows and tables: a row of a view is a frozen struct, and its table has one column per field of it.

Texts sort by code point on both databases; instants are ISO texts in UTC of one width, so that they sort as texts and
equal rows are equal bytes everywhere.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import NoneType
from typing import Any, NamedTuple, TypeVar, get_args, get_type_hints

import msgspec
from sqlalchemy import BigInteger, Boolean, Column, Connection, Dialect, Index, MetaData, Table, Text, delete, insert
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
    """A table of a view. `part` completes its name where a view has several; `indexes` are tuples of columns."""

    row: type[Row]
    key: tuple[str, ...]
    part: str = ""
    indexes: tuple[tuple[str, ...], ...] = ()


def table(metadata: MetaData, name: str, shape: Shape) -> Table:
    hints = get_type_hints(shape.row)
    columns = [_column(field, hints[field], field in shape.key) for field in shape.row.__struct_fields__]
    indexes = [Index(f"{name}_by_{'_'.join(fields)}", *fields) for fields in shape.indexes]
    return Table(name, metadata, *columns, *indexes)


def _column(name: str, hint: Any, key: bool) -> "Column[Any]":
    inner = tuple(part for part in get_args(hint) if part is not NoneType)
    optional = NoneType in get_args(hint)
    plain = PLAIN.get(inner[0] if optional and len(inner) == 1 else hint)
    # Without autoincrement=False, PostgreSQL would make a sequence for an integer key.
    return Column(name, plain or AsJson(hint), primary_key=key, nullable=optional, autoincrement=False)


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows whose keys are new."""
    if rows:
        connection.execute(insert(table), [_fields(row) for row in rows])


def upsert(connection: Connection, table: Table, rows: Sequence[Row], keep: tuple[str, ...] = ()) -> None:
    """Insert rows or replace those with the same key, except for the columns in `keep`."""
    if rows:
        connection.execute(_upsert(table, keep, connection.dialect.name), [_fields(row) for row in rows])


def replace(connection: Connection, table: Table, column: str, keys: Iterable[str], rows: Sequence[Row]) -> None:
    """Delete whatever has one of `keys` in `column`, then insert rows."""
    known = sorted(keys)
    for start in range(0, len(known), CHUNK):
        connection.execute(delete(table).where(table.c[column].in_(known[start : start + CHUNK])))
    add(connection, table, rows)


@lru_cache(maxsize=256)
def _upsert(table: Table, keep: tuple[str, ...], dialect: str) -> Any:
    inserting = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    changed = {column.name: inserting.excluded[column.name] for column in table.c if not column.primary_key and column.name not in keep}
    return inserting.on_conflict_do_update(index_elements=list(table.primary_key), set_=changed)


def _fields(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__}
