"""Texts that must say something: no required text of a command, a section or a condition is blank, or of signs that nobody sees."""

import unicodedata
from functools import cache

import msgspec

from fund.domain.event import Sealed
from fund.domain.refusal import Refusal
from fund.domain.sections import Section, section_name

SPACES_AND_CONTROLS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
"""Categories of Unicode: joiners and marks of direction belong to them, as do most tags."""
UNSEEN = frozenset(
    chr(code)
    for first, last in (
        (0x034F, 0x034F),  # grapheme joiner
        (0x115F, 0x1160),  # Hangul fillers, letters by their category
        (0x17B4, 0x17B5),  # Khmer vowels that are not written
        (0x180B, 0x180F),  # Mongolian variation selectors
        (0x2065, 0x2065),
        (0x2800, 0x2800),  # Braille without a dot
        (0x3164, 0x3164),  # Hangul filler
        (0xFE00, 0xFE0F),  # variation selectors
        (0xFFA0, 0xFFA0),  # Hangul filler
        (0xFFF0, 0xFFF8),
        (0x13441, 0x13442),  # Egyptian blanks
        (0x16FE4, 0x16FE4),  # Khitan filler
        (0x1D159, 0x1D159),  # note without a head
        (0xE0000, 0xE0FFF),  # tags and variation selectors
    )
    for code in range(first, last + 1)
)
"""Letters, marks and signs that show nothing: Unicode's default ignorables outside the categories above, and those drawn as blanks."""


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
        return None if says_something(value) else ""
    return _blank(value) if isinstance(value, msgspec.Struct) and not isinstance(value, Sealed) else None


def says_something(text: str) -> bool:
    """Whether anything of it is seen. Joiners between letters, as Arabic and Persian write them, take nothing from a word."""
    return any(letter not in UNSEEN and unicodedata.category(letter) not in SPACES_AND_CONTROLS for letter in text)


def _path(where: str, value: object, within: str) -> str:
    """A section goes by its own name, wherever it stands."""
    if isinstance(value, Section):
        where = section_name(value)
    return f"{where}.{within}" if within else where
