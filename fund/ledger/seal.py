"""Sealed texts: encrypted one by one inside an event, each under the key of a person or of a stream.

Class, key and place (`stream/version/field path/event name`) are authenticated with the text. A ciphertext moved elsewhere is refused:
by `check_places` where it is read within its event, by `unseal` if its own place was rewritten. Lengths are hidden in 64-byte steps.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fund.domain.event import Erased, Recorded, Sealed
from fund.ledger.classes import SealedClass, slots
from fund.ledger.keys import KeyStore

S = TypeVar("S", bound=msgspec.Struct)
Text = str | Sealed
Rewrite = Callable[[Text, SealedClass, str], object]
"""Text, class and field path -> what to put in its place."""

# Made once: `str | Sealed` within a function is put together at every call.
TEXT = (str, Sealed)
SEQUENCE = (tuple, list)

NONCE = 12
STEP = 64
LENGTH = 4


class Misplaced(Exception):
    """A sealed text was moved from where it was sealed, or altered. `args[0]` is its place, never its text."""


class Closed(msgspec.Struct, frozen=True):
    """What a sealed text reads as for those who may not open it."""

    sealed: SealedClass


def seal(recorded: Recorded, keys: KeyStore, nonces: Callable[[int], bytes] = os.urandom) -> Recorded:
    """Seal every personal and restricted text that is still plain. Raises KeyErased for a person who was erased."""
    if not slots(type(recorded.event)):
        return recorded

    def closed(text: Text, kind: SealedClass, path: str) -> object:
        if isinstance(text, Sealed):
            return text
        ref, at = _key_ref(recorded, kind), _place(recorded, path, recorded.event.name)
        nonce = nonces(NONCE)
        box = nonce + AESGCM(keys.created(ref)).encrypt(nonce, _padded(text), _bound(kind, ref, at))
        return Sealed(sealed=kind, key=ref, at=at, box=b64encode(box).decode("ascii"))

    return msgspec.structs.replace(recorded, event=rewritten(recorded.event, closed))


def unseal(value: Text, keys: KeyStore) -> str | Erased:
    """The text, or Erased once its key is gone. Raises Misplaced if the value was altered."""
    if isinstance(value, str):
        return value
    key = keys.key(value.key)
    if key is None:
        return Erased(erased=value.sealed)
    box = b64decode(value.box)
    try:
        return _unpadded(AESGCM(key).decrypt(box[:NONCE], box[NONCE:], _bound(value.sealed, value.key, value.at)))
    except InvalidTag:
        raise Misplaced(value.at) from None


def check_places(recorded: Recorded, name: str | None = None) -> None:
    """Raises Misplaced if a sealed text of this event was sealed for another place.

    name: the name the event is stored under, if an upcaster has since changed it; the field's path may then differ too.
    """
    stored = name or recorded.event.name
    for text, kind, path in _sealed_texts(recorded.event):
        if not _stands_right(text, kind, recorded, path, stored):
            raise Misplaced(text.at)


def open_event(recorded: Recorded, keys: KeyStore) -> dict[str, Any]:
    """The event's fields as plain values with its texts opened; `{"erased": class}` where the key is gone."""
    return _builtins(rewritten(recorded.event, lambda text, kind, path: unseal(text, keys)))


def closed_event(recorded: Recorded) -> dict[str, Any]:
    """The event's fields as plain values with `{"sealed": class}` in place of every text to be sealed."""
    return _builtins(rewritten(recorded.event, lambda text, kind, path: Closed(kind)))


def rewritten(struct: S, rewrite: Rewrite, path: str = "") -> S:
    """A copy of a struct with its personal and restricted texts replaced; the struct itself if it has none."""
    changes = {slot.field: _rewrite(getattr(struct, slot.field), slot.sealed, rewrite, path + slot.field) for slot in slots(type(struct))}
    return msgspec.structs.replace(struct, **changes) if changes else struct


def _rewrite(value: object, sealed: SealedClass | None, rewrite: Rewrite, path: str) -> object:
    if isinstance(value, TEXT):
        return value if sealed is None else rewrite(value, sealed, path)
    if isinstance(value, SEQUENCE):
        return type(value)(_rewrite(item, sealed, rewrite, f"{path}.{at}") for at, item in enumerate(value))
    return rewritten(value, rewrite, f"{path}.") if isinstance(value, msgspec.Struct) else value


def _sealed_texts(struct: msgspec.Struct, path: str = "") -> list[tuple[Sealed, SealedClass, str]]:
    """Sealed text, class and field path. Every event that is read goes through here, so nothing is copied as `rewritten` does."""
    found: list[tuple[Sealed, SealedClass, str]] = []
    for slot in slots(type(struct)):
        _find_sealed(getattr(struct, slot.field), slot.sealed, path + slot.field, found)
    return found


def _find_sealed(value: object, sealed: SealedClass | None, path: str, found: list[tuple[Sealed, SealedClass, str]]) -> None:
    if isinstance(value, Sealed):
        if sealed is not None:
            found.append((value, sealed, path))
    elif isinstance(value, SEQUENCE):
        for at, item in enumerate(value):
            _find_sealed(item, sealed, f"{path}.{at}", found)
    elif isinstance(value, msgspec.Struct):
        found += _sealed_texts(value, f"{path}.")


def _builtins(event: msgspec.Struct) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(event)
    return fields


def _key_ref(recorded: Recorded, kind: SealedClass) -> str:
    if kind == "restricted":
        return f"{recorded.stream}/{scope}" if (scope := recorded.event.key_scope) else recorded.stream
    person = getattr(recorded.event, "person", None)
    if not isinstance(person, str):
        raise TypeError(f"{recorded.event.name} holds a personal text but names no person")
    return person


def _place(recorded: Recorded, path: str, name: str) -> str:
    return f"{recorded.stream}/{recorded.version}/{path}/{name}"


def _stands_right(text: Sealed, kind: SealedClass, recorded: Recorded, path: str, stored: str) -> bool:
    if stored == recorded.event.name:
        return text.sealed == kind and text.at == _place(recorded, path, stored)
    return text.at.startswith(f"{recorded.stream}/{recorded.version}/") and text.at.endswith(f"/{stored}")


def _bound(kind: SealedClass, ref: str, at: str) -> bytes:
    return f"{kind}|{ref}|{at}".encode()


def _padded(text: str) -> bytes:
    plain = text.encode()
    counted = len(plain).to_bytes(LENGTH, "big") + plain
    return counted + bytes(-len(counted) % STEP)


def _unpadded(padded: bytes) -> str:
    length = int.from_bytes(padded[:LENGTH], "big")
    return padded[LENGTH : LENGTH + length].decode()
