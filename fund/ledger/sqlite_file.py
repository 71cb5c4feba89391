"""Opening an SQLite file the way a ledger needs it, and telling our errors from SQLite's."""

import sqlite3
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

from fund.ledger.errors import Unavailable

BUSY_SECONDS = 2.0

OUT_OF_REACH = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}


def path_in(url: str) -> Path:
    """`sqlite:///relative.db`, `sqlite:////absolute.db`, as SQLAlchemy reads them."""
    return Path(url.removeprefix("sqlite:///")).absolute()


def check_file(path: Path, inode: int) -> None:
    """Unavailable where the file is another one than was opened: SQLite goes on writing to a removed file, and all of it is lost."""
    try:
        gone = path.stat().st_ino != inode
    except OSError as error:
        raise Unavailable(f"SQLite: {error}") from error
    if gone:
        raise Unavailable("SQLite: the file was replaced")


def translated(error: sqlite3.Error) -> Exception:
    """Unavailable, if the file is out of reach; else the error itself, which is a fault of ours."""
    # Extended codes keep the primary code in their low byte.
    code = getattr(error, "sqlite_errorcode", None)
    return Unavailable(f"SQLite: {error}") if code is not None and code & 0xFF in OUT_OF_REACH else error


def connect(path: Path, *, create: bool = False, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode, durable at every commit. A missing file is created only if `create`."""
    uri = f"file:{quote(str(path))}?mode={'rwc' if create else 'rw'}"
    try:
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS, cached_statements=64
        )
        _prepare(connection, read_only)
    except sqlite3.Error as error:
        raise translated(error) from error
    return connection


def _prepare(connection: sqlite3.Connection, read_only: bool) -> None:
    journal = _journal(connection)
    # NORMAL may lose the last commits on a power cut: good for views, not for facts.
    connection.execute("PRAGMA synchronous=FULL")
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    if journal != "wal" or synchronous != 2:
        connection.close()
        raise Unavailable(f"SQLite: journal {journal}, synchronous {synchronous}; a ledger needs wal and 2 (FULL)")
    connection.execute(f"PRAGMA query_only={'ON' if read_only else 'OFF'}")


def _journal(connection: sqlite3.Connection) -> str:
    """Switch a new file to WAL. SQLite does not wait for another process that is doing the same, so we do."""
    end = monotonic() + BUSY_SECONDS
    while True:
        try:
            mode: str = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            return mode
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= end:
                raise
            sleep(0.01)
