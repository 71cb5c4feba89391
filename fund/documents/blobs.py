"""Files kept by their content: a folder in which a file's name is the SHA-256 of its bytes. What is put in is already sealed."""

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
_NAME = re.compile(r"[0-9a-f]{64}")


class BlobMissing(KeyError):
    """No file has this hash."""


class BlobDamaged(Exception):
    """The bytes on disk are not those that were put in, or were sealed under another key or for another place."""


class Blobs:
    """A folder store. Putting the same content twice keeps one file; a file never changes once it is there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """The content's SHA-256 in lowercase hex. When this returns, the file survives a power cut."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = self._path(sha256)
        if not self._holds(path, content):
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
            for folder in (path.parent, path.parent.parent):
                _sync_folder(folder)
        return sha256

    def get(self, sha256: str) -> bytes:
        """BlobMissing, or BlobDamaged if the bytes no longer have this hash."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(sha256) from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BlobDamaged(f"the file {sha256} does not have its hash")
        return content

    def __contains__(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise BlobMissing(sha256)
        return self._folder / sha256[:2] / sha256

    @staticmethod
    def _holds(path: Path, content: bytes) -> bool:
        with contextlib.suppress(FileNotFoundError):
            return path.read_bytes() == content
        return False


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: a reader sees the complete file under its name or none."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def seal_blob(content: bytes, key: bytes, nonce: bytes, aad: bytes) -> bytes:
    """AES-256-GCM: nonce ‖ ciphertext ‖ tag. key: 32 bytes. nonce: 12 bytes, never used twice with a key. aad: where the file belongs."""
    if len(key) != 32 or len(nonce) != NONCE_BYTES:
        raise ValueError("a blob is sealed with a key of 32 bytes and a nonce of 12")
    return nonce + AESGCM(key).encrypt(nonce, content, aad)


def open_blob(box: bytes, key: bytes, aad: bytes) -> bytes:
    """What `seal_blob` sealed. BlobDamaged if any of box, key or aad is another."""
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as error:
        raise BlobDamaged("the file cannot be opened with this key in this place") from error
