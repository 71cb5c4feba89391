"""Drawing by lot, so that anyone can draw again: the seed is recorded with what was drawn from.

Each name gets the SHA-256 of `seed NUL name`; the lowest are drawn. Nobody who knows the names can choose the outcome without
choosing the seed, and the seed comes from the handler's source of randomness, never from a person.
"""

from collections.abc import Iterable
from hashlib import sha256

SEED_BYTES = 16
"""A seed is so many random bytes, in hex."""


def order(seed: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names in the order in which this seed draws them; in which order they are given makes no difference."""
    return tuple(sorted(set(names), key=lambda name: _ticket(seed, name)))


def is_drawn(seed: str, name: str, percent: int) -> bool:
    """Whether this name is among the `percent` of a hundred that this seed draws."""
    return int.from_bytes(_ticket(seed, name), "big") * 100 < percent << 256


def _ticket(seed: str, name: str) -> bytes:
    return sha256(f"{seed}\0{name}".encode()).digest()
