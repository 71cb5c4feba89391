"""Driving `fund` as an operator does: in this process through `main`, where that is enough, or as a process of its own."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import structlog

from fund.cli import main

ROOT = Path(__file__).resolve().parents[2]
NOW = "2025-03-03T09:00:00Z"
NOTHING: Mapping[str, str] = {}
KEK = "dGVzdHMgb25seTogbm90aGluZyBpcyBzZWFsZWQgMSE="


class Answer(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """Standard error, which must be one line."""
        assert self.err.endswith("\n")
        assert self.err.count("\n") == 1, self.err
        return self.err[:-1]


class Desk:
    """A data folder and the commands given on it."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.environment = {"FUND_DATA": str(data), "FUND_NOW": NOW} | environment

    def fund(self, *arguments: str, stdin: str | bytes = b"", **environment: str) -> Answer:
        """In this process."""
        given = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
        out, err = io.BytesIO(), io.BytesIO()
        with _standing_in(arguments, given, out, err, self.environment | environment):
            code = _ended()
        return Answer(code, out.getvalue().decode(), err.getvalue().decode())

    def process(self, *arguments: str | bytes, stdin: bytes = b"", **environment: str) -> Answer:
        """As a process of its own."""
        done = self._run(["-m", "fund", *arguments], stdin, environment)
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def process_bytes(self, *arguments: str) -> bytes:
        """Standard output of a process that ends well, as it is."""
        done = self._run(["-m", "fund", *arguments])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def script(self, code: str, *arguments: str) -> Answer:
        """A process that runs `code`."""
        done = self._run(["-c", code, *arguments])
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    def _run(
        self, arguments: Sequence[str | bytes], stdin: bytes = b"", environment: Mapping[str, str] = NOTHING
    ) -> subprocess.CompletedProcess[bytes]:
        given = _clean_environment() | self.environment | environment
        return subprocess.run([sys.executable, *arguments], input=stdin, capture_output=True, timeout=120, cwd=ROOT, env=given)

    def head(self) -> int:
        """The index of the newest fact, read from the file itself."""
        with closing(sqlite3.connect(f"file:{self.data / 'fund.db'}?mode=ro", uri=True)) as connection:
            newest: int = connection.execute("SELECT coalesce(max(rowid), 0) FROM events").fetchone()[0]
            return newest


def _clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("FUND_")}


def _ended() -> int:
    try:
        main()
    except SystemExit as end:
        return int(str(end.code))


@contextmanager
def _standing_in(arguments: tuple[str, ...], stdin: bytes, out: io.BytesIO, err: io.BytesIO, environment: dict[str, str]) -> Iterator[None]:
    """This process with other arguments, streams and settings."""
    before = sys.argv, sys.stdin, sys.stdout, sys.stderr
    umask = os.umask(0o022)  # what most machines have; a command makes it stricter, which is not for tests and servers beside it
    before_environment = dict(os.environ)
    sys.argv = ["fund", *arguments]
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), "utf-8")
    sys.stdout = io.TextIOWrapper(out, "utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(err, "utf-8", errors="backslashreplace", write_through=True)
    for name in [name for name in os.environ if name.startswith("FUND_")]:
        del os.environ[name]
    os.environ.update(environment)
    try:
        yield
    finally:
        os.umask(umask)
        structlog.reset_defaults()  # or later tests would log into streams that are gone
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.detach()  # so that collecting the wrapper leaves the bytes readable
        sys.argv, sys.stdin, sys.stdout, sys.stderr = before
        os.environ.clear()
        os.environ.update(before_environment)


@contextmanager
def begun_umask(umask: int) -> Iterator[None]:
    """The habit of the machine when a command begins."""
    before = os.umask(umask)
    try:
        yield
    finally:
        os.umask(before)


# ── Things an operator has at hand ────────────────────────────────────────────

COLUMNS = "name_en name_local kind iso_country strategy_region status joined source relation_evidence geonames_id lat lon note".split()


def row(name: str, country: str = "KE", **cells: str) -> str:
    """One line of a register: a listed city, but for these cells."""
    given = {"name_en": name, "kind": "city", "iso_country": country, "status": "listed", "source": "https://example.org/list"} | cells
    return ",".join(_quoted(given.get(column, "")) for column in COLUMNS) + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(character in cell for character in ',"\n') else cell


def register(*rows: str) -> str:
    """A register as CSV."""
    return ",".join(COLUMNS) + "\n" + "".join(rows)


def key_file(data: Path, mode: int = 0o600) -> Path:
    data.mkdir(parents=True, exist_ok=True)
    path = data / "kek"
    path.write_text(KEK + "\n")
    path.chmod(mode)
    return path
