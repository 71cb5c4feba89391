"""One event of each kind, made from its types; and names and words to tell them with."""

import types
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from fund.domain.event import Event, Header, Recorded
from fund.domain.sections import AnySection, Need

AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
DUE = datetime(2026, 3, 31, 22, 59, 59, tzinfo=UTC)

BY_NAME: dict[str, object] = {
    "amount": 1_250_000,
    "application": "application-7f3a",
    "assessor": "person-2",
    "basis": "list of members",
    "check": "E4",
    "checks": ("E4", "E7"),
    "closes_at": DUE,
    "criteria": ("need", "network"),
    "city": "city-1",
    "currency": "EUR",
    "donor": "Norway",
    "envelope": "envelope-1",
    "hub": "south_asia",
    "name_en": "Nairobi",
    "opened": "2024-05",
    "moderator": "person-2",
    "person": "person-1",
    "round": "round-1",
    "programme": "strong_cities",
    "role": "officer",
    "sections": ("need", "results"),
    "stream": "application-7f3a",
    "title": "General envelope",
    "version": "2023-2025.1",
}
NAMES = {
    "application-7f3a": "TSF-7K3M-Q9F2",
    "city-1": "Nairobi",
    "person-1": "A. Person",
    "person-2": "B. Person",
    "envelope-1": "General envelope",
    "round-1": "Spring round",
    "south_asia": "South Asia Regional Hub",
}


def names(id: str) -> str:
    return NAMES.get(id, id)


def recorded(kind: type[Event]) -> Recorded:
    header = Header(event_id="e", actor="person-1", at=AT, command_id="c", content="x", policy="2023-2025.1")
    return Recorded(stream="application-7f3a", version=1, header=header, event=made(kind))


def made(kind: type[msgspec.Struct]) -> Any:
    hints = get_type_hints(kind)
    return kind(**{field: BY_NAME.get(field, of_type(hints[field])) for field in kind.__struct_fields__})


def of_type(hint: Any) -> object:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint == AnySection:
        return Need(problem="p", evidence="e", affected="a", mandate="m")
    if origin is Annotated:
        return of_type(arguments[0])
    if origin in (Union, types.UnionType):
        return of_type(arguments[0])
    if origin is Literal:
        return arguments[0]
    if origin is tuple:
        return (of_type(arguments[0]),)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return made(hint)
    return {str: "text", int: 3, bool: True, date: DUE.date(), datetime: DUE}.get(hint, {})
