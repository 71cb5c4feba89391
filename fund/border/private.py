"""Files for the fund's own user alone, on any machine."""

import os
import secrets
from pathlib import Path

UMASK = 0o077
"""What a process of the fund begins with: databases, their logs and folders are made by libraries that ask for no mode."""

MODE = 0o600


def write_private(path: Path, content: bytes, *, replace: bool) -> None:
    """Whole or not at all, mode 0600. FileExistsError where there is a file, unless it is to be replaced."""
    made = path.with_name(f".{secrets.token_hex(8)}") if replace else path
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(made, path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
