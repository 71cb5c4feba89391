"""The key that wraps all others. It lives in a file of its own, outside both databases and their backups."""

import base64
import binascii
import os
import stat
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY = 32
NONCE = 12


class KekError(Exception):
    """The key file is missing, open to others, malformed, or not the one the keys were wrapped with."""


class Kek:
    """Wraps data keys with AES-256-GCM, each bound to its reference, so that one cannot pass for another."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY:
            raise KekError(f"a key encryption key has {KEY} bytes, not {len(secret)}")
        self._cipher = AESGCM(secret)

    @classmethod
    def load(cls, path: Path) -> "Kek":
        """From a file of 32 bytes in base64 that only its owner can read or write (mode 0600)."""
        try:
            with path.open("rb") as file:
                mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
                content = file.read()
        except OSError as error:
            raise KekError(f"cannot read the key file {path}: {error.strerror}") from error
        if mode != 0o600:
            raise KekError(f"the key file {path} has mode {mode:04o}; it must be 0600")
        try:
            return cls(base64.b64decode(content.strip(), validate=True))
        except binascii.Error:
            raise KekError(f"the key file {path} is not base64") from None

    def wrap(self, ref: str, key: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, key, ref.encode())

    def unwrap(self, ref: str, wrapped: bytes) -> bytes:
        try:
            return self._cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], ref.encode())
        except InvalidTag:
            raise KekError(f"the key of {ref} was wrapped with another key file, or altered") from None


def generate_kek(path: Path) -> Kek:
    """A new key file, for the demo only: in production it is made, kept and backed up by people. Never overwrites."""
    secret = os.urandom(KEY)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        # The umask may have taken rights away from 0600.
        os.fchmod(file.fileno(), 0o600)
        file.write(base64.b64encode(secret) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return Kek(secret)
