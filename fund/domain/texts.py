"""Texts that must say something: no required text of a command, a section or a condition is blank."""

from functools import cache

import msgspec

from fund.domain.event import Sealed
from fund.domain.refusal import Refusal
from fund.domain.sections import Section, section_name


def check_not_blank(struct: msgspec.Struct, path: str = "") -> None:
    """Refusal text.empty, naming the field. A field with a default may be left blank; an item of a list may not."""
    for name, required in _fields(type(struct)):
        value, where = getattr(struct, name), f"{path}.{name}".lstrip(".")
        if isinstance(value, tuple):
            for place, item in enumerate(value):
                _check(item, f"{where}.{place}")
        elif required:
            _check(value, where)


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, bool], ...]:
    return tuple((field.name, field.required) for field in msgspec.structs.fields(kind))


def _check(value: object, where: str) -> None:
    if isinstance(value, Section):
        check_not_blank(value, section_name(value))
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Sealed):
        check_not_blank(value, where)
    elif isinstance(value, str) and not any(letter.isprintable() and not letter.isspace() for letter in value):
        raise Refusal("text.empty", field=where)
