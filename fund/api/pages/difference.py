"""What changed in an answer, word by word."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from fund.api.pages.fields import Line

WORDS = re.compile(r"\s+|\S+")


class Part(msgspec.Struct, frozen=True):
    """A run of words: in both texts, only in the newer one, or only in the older one."""

    kind: Literal["kept", "added", "taken"]
    text: str


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that differs."""

    label: str
    parts: tuple[Part, ...]


def changed(before: Sequence[Line], now: Sequence[Line]) -> tuple[Changed, ...]:
    """The answers that differ, in the order of the form; those that are gone come last."""
    old, new = _texts(before), _texts(now)
    labels = dict.fromkeys((*new, *old))
    pairs = ((label, old.get(label, ""), new.get(label, "")) for label in labels)
    return tuple(Changed(label=label, parts=difference(was, is_now)) for label, was, is_now in pairs if was != is_now)


def difference(before: str, now: str) -> tuple[Part, ...]:
    """What is taken out stands before what comes in its place."""
    old, new = WORDS.findall(before), WORDS.findall(now)
    matches = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(part for _, a, b, c, d in matches for part in _parts("".join(old[a:b]), "".join(new[c:d])))


def _parts(old: str, new: str) -> Iterator[Part]:
    if old == new:
        yield Part("kept", new)
        return
    if old:
        yield Part("taken", old)
    if new:
        yield Part("added", new)


def _texts(lines: Sequence[Line]) -> dict[str, str]:
    return {f"{line.part_of} – {line.label}" if line.part_of else line.label: "\n".join(line.texts) for line in lines}
