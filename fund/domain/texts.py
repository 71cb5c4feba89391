"""Texts that must say something: no required text of a command, a section or a condition is blank."""

import msgspec

from fund.domain.event import Sealed
from fund.domain.refusal import Refusal
from fund.domain.sections import Section, section_name


def check_not_blank(struct: msgspec.Struct, path: str = "") -> None:
    """Refusal text.empty, naming the field. A field with a default may be left blank; an item of a list may not."""
    for field in msgspec.structs.fields(struct):
        value, where = getattr(struct, field.name), f"{path}.{field.name}".lstrip(".")
        if isinstance(value, tuple):
            for place, item in enumerate(value):
                _check(item, f"{where}.{place}")
        elif field.required:
            _check(value, where)


def _check(value: object, where: str) -> None:
    if isinstance(value, Section):
        check_not_blank(value, section_name(value))
    elif isinstance(value, msgspec.Struct) and not isinstance(value, Sealed):
        check_not_blank(value, where)
    elif isinstance(value, str) and not value.strip():
        raise Refusal("text.empty", field=where)
