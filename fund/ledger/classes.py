"""Which class every field of an event has, and which fields can hold a text to be sealed.

A class is given by an annotation (`Public[…]`, `Personal`, …) and holds for everything inside the field that has none of its own.
"""

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from fund.domain.event import FieldClass, Sealed

SealedClass = Literal["personal", "restricted"]

CLASSES: tuple[FieldClass, ...] = get_args(FieldClass)
SEALED_CLASSES: tuple[SealedClass, ...] = get_args(SealedClass)
REPEATED = (tuple, list, frozenset, set)


class Unclassified(TypeError):
    """A field of an event says neither itself nor through what surrounds it who may read it."""


class Slot(msgspec.Struct, frozen=True):
    """A field that holds a text to be sealed (`sealed` is its class), or structs that do (`sealed` is None)."""

    field: str
    sealed: SealedClass | None


@cache
def slots(struct: type[msgspec.Struct]) -> tuple[Slot, ...]:
    """The fields of a struct that can hold, at any depth, a text to be sealed. Empty for most events: then nothing is walked."""
    found = ((name, _sealed_class(hint), hint) for name, hint in _hints(struct))
    return tuple(Slot(name, sealed) for name, sealed, hint in found if sealed or _holds_sealed(hint))


def field_classes(event_type: type[msgspec.Struct]) -> dict[str, FieldClass]:
    """Path -> class of every field, `*` standing for the position in a sequence. Raises Unclassified."""
    return {path: kind for name, hint in _hints(event_type) for path, kind in _leaves(hint, name, None, (event_type,))}


def _hints(struct: type[msgspec.Struct]) -> list[tuple[str, object]]:
    hints = get_type_hints(struct, include_extras=True)
    return [(name, hints[name]) for name in struct.__struct_fields__]


def _own_class(hint: object) -> FieldClass | None:
    for note in get_args(hint)[1:] if get_origin(hint) is Annotated else ():
        given = note.extra.get("class") if isinstance(note, msgspec.Meta) and note.extra else None
        for known in CLASSES:
            if given == known:
                return known
    return None


def _parts(hint: object) -> tuple[object, ...]:
    """What a type is put together from: the members of a union, what a sequence holds, what an annotation is about."""
    origin = get_origin(hint)
    if origin is Annotated:
        return get_args(hint)[:1]
    if origin in (Union, UnionType) or origin in REPEATED:
        return tuple(part for part in get_args(hint) if part is not Ellipsis)
    return ()


def _is_struct(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint is not Sealed


def _sealed_class(hint: object) -> SealedClass | None:
    """The class of a text to be sealed: `Personal`, `Personal | None`, `tuple[Restricted, ...]`."""
    for sealed in SEALED_CLASSES:
        if _own_class(hint) == sealed:
            return sealed
    return next((inner for part in _parts(hint) if (inner := _sealed_class(part))), None)


def _holds_sealed(hint: object, seen: tuple[object, ...] = ()) -> bool:
    if hint in seen:
        return False
    if _sealed_class(hint) is not None:
        return True
    if get_origin(hint) is dict and any(_holds_sealed(part, seen) for part in get_args(hint)):
        raise TypeError(f"texts to be sealed cannot stand in a dict: {hint}")
    if isinstance(hint, type) and _is_struct(hint):
        return any(_holds_sealed(inner, (*seen, hint)) for _, inner in _hints(hint))
    return any(_holds_sealed(part, seen) for part in _parts(hint))


def _leaves(hint: object, path: str, around: FieldClass | None, seen: tuple[object, ...]) -> Iterator[tuple[str, FieldClass]]:
    kind = _own_class(hint) or around
    if kind in SEALED_CLASSES and kind is not None:
        yield path, kind
    elif isinstance(hint, type) and _is_struct(hint):
        yield from _leaves_of_struct(hint, path, kind, seen)
    elif parts := tuple(part for part in _parts(hint) if part is not type(None)):
        inside = f"{path}.*" if get_origin(hint) in REPEATED and not _plain(parts) else path
        for part in parts:
            yield from _leaves(part, inside, kind, seen)
    elif kind is None:
        raise Unclassified(f"{path}: {hint}")
    else:
        yield path, kind


def _leaves_of_struct(
    struct: type[msgspec.Struct], path: str, kind: FieldClass | None, seen: tuple[object, ...]
) -> Iterator[tuple[str, FieldClass]]:
    if struct not in seen:
        for name, inner in _hints(struct):
            yield from _leaves(inner, f"{path}.{name}", kind, (*seen, struct))


def _plain(parts: tuple[object, ...]) -> bool:
    """Whether a sequence holds plain values: its own path then says enough."""
    return not any(_is_struct(part) or _own_class(part) or _parts(part) for part in parts)
