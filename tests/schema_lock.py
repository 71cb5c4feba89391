"""The shape of everything that is ever stored, written down: `schema.lock.json`.

    python -m tests.schema_lock           what differs between the code and the lock; ends 1 if anything does
    python -m tests.schema_lock --write   write the lock again

Inside a version a field may only be added, with a default, or one of a few words become one of more, or one of a few tagged structs one of
more: each stored value names its word, or its struct by the tag, so what is stored reads as before. A member that went, or whose tag is
another, is breaking, and so is any other difference: it takes a new version of the event and an upcaster, unless nothing was released yet.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from fund.domain.event import Event, Header, Sealed
from fund.domain.events import EVENTS

LOCK = Path(__file__).with_name("schema.lock.json")

Field = dict[str, object]
"""`type`, as written below; `class`, or "" where the classes are those of the struct inside; `default`, if it has one."""
Schema = dict[str, dict[str, Field]]
"""Name -> field -> what it is. Events by their stored name, structs inside them by the name of their class."""


def schema(events: Iterable[type[msgspec.Struct]] = tuple(EVENTS.values())) -> Schema:
    """The shape of these events, of the structs inside them, of the header and of a sealed text."""
    found: Schema = {}
    todo: list[type[msgspec.Struct]] = [*events, Header, Sealed]
    while todo:
        struct = todo.pop(0)
        name = stored_name(struct)
        if name not in found:
            found[name] = fields_of(struct)
            todo.extend(inner for hint in hints_of(struct).values() for inner in structs_in(hint))
    return dict(sorted(found.items()))


def stored_name(struct: type[msgspec.Struct]) -> str:
    """`application.approved.v1` for an event; `Condition` for a struct inside; `Need (section: need)` for a tagged one."""
    config = struct.__struct_config__
    tag = f" ({config.tag_field}: {config.tag})" if config.tag_field else ""
    return struct.name if issubclass(struct, Event) else struct.__name__ + tag


def fields_of(struct: type[msgspec.Struct]) -> dict[str, Field]:
    hints = hints_of(struct)
    fields: dict[str, Field] = {}
    for field in msgspec.structs.fields(struct):
        fields[field.encode_name] = {"type": type_text(hints[field.name]), "class": class_of(hints[field.name])}
        if not field.required:
            fields[field.encode_name]["default"] = msgspec.json.decode(msgspec.json.encode(default_of(field)))
    return fields


def default_of(field: msgspec.structs.FieldInfo) -> object:
    return field.default_factory() if field.default is msgspec.NODEFAULT else field.default


def hints_of(struct: type[msgspec.Struct]) -> dict[str, object]:
    hints = get_type_hints(struct, include_extras=True)
    return {name: hints[name] for name in struct.__struct_fields__}


def class_of(hint: object) -> str:
    notes = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    return next((str(note.extra["class"]) for note in notes if isinstance(note, msgspec.Meta) and note.extra), "")


def type_text(hint: object) -> str:
    """`str | None`, `tuple[Judgement, ...]`, `"pass" | "fail"`: order and all."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return type_text(args[0])
    if origin is Literal:
        return " | ".join(json.dumps(arg) for arg in args)
    if origin in (Union, UnionType):
        return " | ".join(type_text(arg) for arg in args)
    if origin is not None:
        return f"{origin.__name__}[{', '.join('...' if arg is Ellipsis else type_text(arg) for arg in args)}]"
    return "None" if hint is NoneType else getattr(hint, "__name__", str(hint))


def structs_in(hint: object) -> Iterator[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        yield hint
    for arg in get_args(hint):
        yield from structs_in(arg)


def differences(locked: Schema, now: Schema) -> list[str]:
    """One line each, worst first: what is breaking, then what was only added."""
    breaking: list[str] = []
    added: list[str] = []
    tagged = _tagged(now)
    for name in sorted(locked.keys() | now.keys()):
        old, new = locked.get(name), now.get(name)
        if new is None:
            breaking.append(f"breaking: {name} is gone")
        elif old is None:
            added.append(f"added: {name}")
        else:
            for line in _changed(name, old, new, tagged):
                (breaking if line.startswith("breaking") else added).append(line)
    return breaking + added


def _changed(name: str, old: dict[str, Field], new: dict[str, Field], tagged: frozenset[str]) -> Iterator[str]:
    for field in [*old, *(field for field in new if field not in old)]:
        if field not in new:
            yield f"breaking: {name}.{field} is gone"
        elif field in old:
            for what in ("type", "class", "default"):
                if what == "type" and _is_widened(str(old[field][what]), str(new[field][what]), tagged):
                    yield f"added: {name}.{field} may be more: {new[field][what]}"
                elif old[field].get(what, "required") != new[field].get(what, "required"):
                    yield f"breaking: {name}.{field} {what}: {old[field].get(what)} -> {new[field].get(what)}"
        elif "default" in new[field]:
            yield f"added: {name}.{field}"
        else:
            yield f"breaking: {name}.{field} was added without a default"


def _is_widened(old: str, new: str, tagged: frozenset[str]) -> bool:
    """One of a few, and now of more: words, or structs that their tags tell apart."""
    were, are = frozenset(old.split(" | ")), frozenset(new.split(" | "))
    words = all(one.startswith('"') for one in are)
    return were < are and (words or (len(were) > 1 and are <= tagged))


def _tagged(shapes: Schema) -> frozenset[str]:
    """Names of the structs that are stored with a tag: `Need` for `Need (section: need)`."""
    return frozenset(name.partition(" (")[0] for name in shapes if " (" in name)


def locked() -> Schema:
    found: Schema = json.loads(LOCK.read_text("utf-8"))
    return found


def write() -> None:
    LOCK.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    lines = differences(locked() if LOCK.exists() else {}, schema())
    print("\n".join(lines) or f"{len(schema())} shapes, as locked")
    if "--write" in arguments:
        write()
        return 0
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
