"""Writing a letter where somebody wants it: never over what the fund stores, and over nothing of theirs unless they say so."""

import errno
import os
from pathlib import Path

from fund.border.private import write_private
from fund.border.settings import Settings
from fund.cli.session import WRONG, end

LETTER = b"%PDF"
DATABASES = ("fund.db", "keys.db", "views.db", "operations.db")
NO_FAULT_OF_THE_PATH = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


def write_letter(path: Path, content: bytes, settings: Settings, *, force: bool) -> None:
    """Mode 0600. An older letter is replaced; any other file only with `force`. Ends with exit code 2 where it cannot be."""
    target = Path(os.path.realpath(path))
    if _is_stored(target, settings):
        end(WRONG, f"file.protected [out]: {path}: the fund keeps its own records there")
    try:
        if target.exists() and not target.is_file():
            end(WRONG, f"file.unwritable [out]: {path}: not a file")
        write_private(target, content, replace=target.exists() and (force or _is_letter(target)))
    except FileExistsError:
        end(WRONG, f"file.exists [out]: {path}: there is a file that is no letter; --force replaces it")
    except OSError as error:
        if error.errno in NO_FAULT_OF_THE_PATH:
            raise
        end(WRONG, f"file.unwritable [out]: {path}: {error.strerror}")


def _is_letter(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(LETTER)) == LETTER


def _is_stored(target: Path, settings: Settings) -> bool:
    """Whether it is, or would be, one of the fund's own files: databases with their logs, the key file, blobs."""
    folders, names = {_real(settings.data)}, set(DATABASES)
    if settings.is_sqlite:
        ledger = _real(Path(settings.ledger_url.removeprefix("sqlite:///")))
        folders.add(ledger.parent)
        names.add(ledger.name)
    own = target.parent in folders and target.name.startswith(tuple(names))
    kek, blobs = _real(settings.kek_file), {_real(settings.blobs_folder), _real(settings.data / "blobs")}
    return own or target in (kek, _real(settings.data / "kek")) or not blobs.isdisjoint((target, *target.parents))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
