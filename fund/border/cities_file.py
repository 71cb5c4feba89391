"""The register's CSV file: every row is checked before anything is recorded; a bad one is named by its line."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fund.border.bodies import MULTILINE
from fund.border.opening import Fund
from fund.border.text import clean
from fund.domain import commands as c
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.ledger.handler import Handler
from fund.projections import city_register

COLUMNS = (
    "name_en", "name_local", "kind", "iso_country", "strategy_region", "status", "joined",
    "source", "relation_evidence", "geonames_id", "lat", "lon", "note",
)  # fmt: skip
SEVERAL_LINES = MULTILINE | {"relation_evidence"}
REQUIRED = ("name_en", "kind", "iso_country", "status", "source")
MEMBER = "member"
LIMIT = 500
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


class CityRow(NamedTuple):
    """One city of the file. `line`: the one it begins on."""

    line: int
    values: dict[str, str]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.values["name_en"], self.values["iso_country"], self.values["kind"]

    @property
    def is_member(self) -> bool:
        return self.values["status"] == MEMBER

    def id(self, what: str, *more: str) -> str:
        """A command id that stands for this row, so that a second import adds nothing."""
        digest = hashlib.sha256("\0".join((*self.key, *more)).encode()).hexdigest()[:24]
        return f"import-{what}:{digest}"


def read(content: bytes, programme: Programme) -> tuple[CityRow, ...]:
    """The rows, all valid. Refusal text.encoding, csv.missing_column, csv.unknown_column, csv.bad_row, csv.duplicate_row."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("text.encoding", line=content[: error.start].count(b"\n") + 1) from None
    records = _records(text)
    _, columns = next(records, (1, []))
    _check_columns(columns)
    rows = tuple(_row(line, columns, cells, programme) for line, cells in records)
    _check_duplicates(rows)
    return rows


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the line it begins on: an open quote runs to the end of the file."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refusal("csv.bad_row", line=line, column="") from None
        if cells:
            yield line, cells


def imported(fund: Fund, content: bytes, by: str) -> Iterator[tuple[CityRow, int]]:
    """Register what is new in a file; each row with the number of facts it added. Any fault refuses the whole file first."""
    fund.runner.catch_up()
    rows = read(content, fund.programme)
    return ((row, _record(row, fund, by)) for row in rows)


def _record(row: CityRow, fund: Fund, by: str) -> int:
    with fund.views.reading() as reading:
        found = city_register.find(reading, *row.key)
    known, added = (found.id, 0) if found else _register(row, fund.handler, by)
    return added + (_record_membership(row, known, fund.handler, by) if row.is_member else 0)


def _register(row: CityRow, handler: Handler, by: str) -> tuple[str, int]:
    reply = handler.handle(_registration(row), by=by, command_id=row.id("city"))
    return reply.stream, 0 if reply.repeated else len(reply.events)


def _record_membership(row: CityRow, city: str, handler: Handler, by: str) -> int:
    """By its own command id: a membership that people ended later is not brought back by the same row, whoever imports it."""
    state = handler.load(city).state
    if isinstance(state, City) and state.is_member:
        return 0
    command = c.RecordMembership(city=city, basis=row.values["source"], joined=row.values["joined"] or None)
    try:
        reply = handler.handle(command, by=by, command_id=row.id("membership", city, row.values["source"], row.values["joined"]))
    except Refusal as refusal:
        if refusal.code in ("membership.already_recorded", "command.other_actor"):
            return 0
        raise
    return 0 if reply.repeated else len(reply.events)


def _registration(row: CityRow) -> c.RegisterCity:
    values = row.values
    identifiers = {"geonames": values["geonames_id"], "latitude": values["lat"], "longitude": values["lon"]}
    return c.RegisterCity(
        name_en=values["name_en"],
        name_local=values["name_local"],
        kind=values["kind"],
        country=values["iso_country"],
        region=values["strategy_region"] or None,
        relation=values["status"],
        source=values["source"],
        note=values["note"],
        identifiers={kind: value for kind, value in identifiers.items() if value},
    )


# ── Checks ────────────────────────────────────────────────────────────────────


def _check_columns(found: Sequence[str]) -> None:
    for column in COLUMNS:
        if column not in found:
            raise Refusal("csv.missing_column", field=column, column=column)
    for column in found:
        if column not in COLUMNS or found.count(column) > 1:
            raise Refusal("csv.unknown_column", field=column, column=column)


def _row(line: int, columns: Sequence[str], cells: Sequence[str], programme: Programme) -> CityRow:
    if len(cells) != len(columns):
        raise Refusal("csv.bad_row", line=line, column="")
    raw, values = dict(zip(columns, cells, strict=True)), {}
    for column in COLUMNS:
        try:
            values[column] = clean(raw[column], column, LIMIT, multiline=column in SEVERAL_LINES)
        except Refusal as refusal:
            raise Refusal("csv.bad_row", field=column, line=line, column=column, reason=refusal.code) from None
        if not _is_valid(column, values[column], programme):
            raise Refusal("csv.bad_row", field=column, line=line, column=column)
    return CityRow(line, values)


def _is_valid(column: str, value: str, programme: Programme) -> bool:
    if not value:
        return column not in REQUIRED
    match column:
        case "iso_country":
            return re.fullmatch("[A-Z]{2}", value) is not None
        case "strategy_region":
            return value in {region.code for region in programme.catalogue.regions}
        case "status":
            return re.fullmatch("[a-z][a-z_]*", value) is not None
        case "joined":
            return _is_day_or_month_or_year(value)
        case "geonames_id":
            return value.isascii() and value.isdecimal()
        case "lat" | "lon":
            return _is_degree(value, 90 if column == "lat" else 180)
    return True


def _is_degree(value: str, limit: int) -> bool:
    return re.fullmatch(r"-?\d{1,3}(\.\d+)?", value, re.ASCII) is not None and abs(Decimal(value)) <= limit


def _is_day_or_month_or_year(value: str) -> bool:
    """`2023`, `2023-02` or `2023-02-28`, and a day that there is."""
    if not PARTIAL_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "2000-01-01"[len(value) :])
    except ValueError:
        return False
    return True


def _check_duplicates(rows: tuple[CityRow, ...]) -> None:
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        if row.key in seen:
            raise Refusal("csv.duplicate_row", line=row.line, earlier=seen[row.key], city=row.key[0])
        seen[row.key] = row.line
