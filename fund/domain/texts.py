"""Texts that must say something: no required text of a command, a section or a condition is blank."""

from functools import cache

import msgspec

from fund.domain.event import Sealed
from fund.domain.refusal import Refusal
from fund.domain.sections import Section, section_name


def check_not_blank(struct: msgspec.Struct, path: str = "") -> None:
    """Refusal text.empty, naming the field. A field with a default may be left blank; an item of a list may not."""
    blank = _blank(struct)
    if blank is not None:
        raise Refusal("text.empty", field=f"{path}.{blank}".lstrip("."))


def _blank(struct: msgspec.Struct) -> str | None:
    """Path of the first blank text. Every command is asked: a path is put together only where there is something to tell."""
    for name, required in _fields(type(struct)):
        value = getattr(struct, name)
        if isinstance(value, tuple):
            for place, item in enumerate(value):
                if (found := _blank_at(item)) is not None:
                    return _path(f"{name}.{place}", item, found)
        elif required and (found := _blank_at(value)) is not None:
            return _path(name, value, found)
    return None


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    return tuple((field.name, field.required) for field in msgspec.structs.fields(kind))


def _blank_at(value: object) -> str | None:
    """Path within the value, empty for the value itself."""
    if isinstance(value, str):
        return None if _says_something(value) else ""
    return _blank(value) if isinstance(value, msgspec.Struct) and not isinstance(value, Sealed) else None


def _says_something(text: str) -> bool:
    return text[:1].isalnum() or any(letter.isprintable() and not letter.isspace() for letter in text)


def _path(where: str, value: object, within: str) -> str:
    """A section goes by its own name, wherever it stands."""
    if isinstance(value, Section):
        where = section_name(value)
    return f"{where}.{within}" if within else where
