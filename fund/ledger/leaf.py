"""The leaf of an event: what the proof tree commits to. *Frozen.*

The entry says which bytes stand in which place. It carries no position (the tree gives it) and no instant (the bytes hold it),
so that the history of one stream can be proved without a word about others.
"""

from hashlib import sha256
from json.encoder import encode_basestring_ascii as _ascii

ENTRY_LIMIT = 65_535
"""C2SP tile bundles store the length of an entry in 16 bits."""


def entry(stream: str, version: int, name: str, state: bytes) -> bytes:
    """Compact ASCII JSON with sorted keys; `commit` is the lowercase hex SHA-256 of the stored state bytes."""
    commit = sha256(state).hexdigest()
    encoded = f'{{"commit":"{commit}","name":{_ascii(name)},"stream":{_ascii(stream)},"v":1,"version":{version:d}}}'.encode("ascii")
    if len(encoded) > ENTRY_LIMIT:
        raise ValueError(f"entry of {len(encoded)} bytes; a proof tree takes {ENTRY_LIMIT}")
    return encoded


def leaf(stream: str, version: int, name: str, state: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry), as RFC 6962 hashes a leaf."""
    return sha256(b"\x00" + entry(stream, version, name, state)).digest()
