"""What every command shares: opening the fund, naming the actor, printing, and turning failures into exit codes."""

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import psycopg
import typer
from pydantic import ValidationError
from rich.console import Console

from fund.border.opening import Fund, opened
from fund.border.settings import Settings
from fund.border.text import clean
from fund.cli.masking import masked, remember
from fund.documents.rendering import RenderFailed
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.streams import PROGRAMME
from fund.language import refusal as refusal_sentence
from fund.ledger.errors import Unavailable
from fund.ledger.kek import KekError
from fund.policy import PolicyError

P = ParamSpec("P")
R = TypeVar("R")

DONE, NO, WRONG, FAILED = 0, 1, 2, 3
DATABASES = ("sqlite:///", "postgresql://", "postgres://")
COMMAND_ID_LIMIT = 200
COMMAND_ID_PREFIX = "cli:"
"""Ids from outside stand apart from those that machines derive from causes: nobody can use one up beforehand."""

out = Console()
err = Console(stderr=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


class Session:
    """The options given before the verb."""

    def __init__(self) -> None:
        self.begin(None)

    def begin(self, actor: str | None) -> None:
        """Every run of a command begins anew, several in one process too."""
        self.actor = actor or f"operator:{_user()}"

    @contextmanager
    def fund(self) -> Iterator[Fund]:
        """Opened, with views brought up to the ledger when the command is done."""
        with opened(settings()) as fund:
            yield fund
            fund.runner.catch_up()

    def record_sealed_read(self, fund: Fund, stream: str, purpose: str) -> None:
        """That sealed texts were opened is itself a fact."""
        fund.handler.handle(c.RecordSealedRead(programme=PROGRAMME, read=stream, purpose=purpose), by=self.actor)


session = Session()


def settings() -> Settings:
    found = Settings()
    if not found.ledger_url.startswith(DATABASES):
        end(WRONG, "settings.invalid [FUND_DATABASE_URL]: sqlite:///path or postgresql://…")
    if not found.is_sqlite:
        _check_address(found.ledger_url)
    return found


def _check_address(url: str) -> None:
    """Read once, here: whoever reads it later would quote it, password and all, in the text of an error."""
    try:
        parts = remember(url)
    except (psycopg.Error, ValueError):
        parts = {"port": "unreadable"}
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]  # an @ in it: a slash in the password cut the address in two
    if "@" in path or any(port and not port.isdecimal() for port in str(parts.get("port", "")).split(",")):
        end(WRONG, "settings.invalid [FUND_DATABASE_URL]: no address of a database; write signs such as % / @ in it as %25 %2F %40")


def own_id(command_id: str | None) -> str | None:
    """The id that somebody gave their command. Refusal as for any text."""
    if command_id is None:
        return None
    if not (cleaned := clean(command_id, "command_id", COMMAND_ID_LIMIT)):
        raise Refusal("text.empty", field="command_id")
    return COMMAND_ID_PREFIX + cleaned


def show(document: object) -> None:
    """One JSON document on stdout, nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=str) + "\n")


def say(text: str) -> None:
    """One line for a person."""
    sys.stdout.write(text + "\n")


def end(code: int, text: str = "") -> NoReturn:
    """Stop with an exit code and, on stderr, one clear line."""
    if text:
        sys.stderr.write(masked(text.rstrip("\n")) + "\n")
    raise typer.Exit(code)


def read_input(file: str) -> bytes:
    """A file, or standard input for `-`."""
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        end(WRONG, f"file.unreadable [file]: {file}: {error.strerror}")


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Refusals end with 2, a system that fails with 3, each with one clear line."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Refusal as refused:
            code = FAILED if refused.code.startswith("ledger.") else WRONG
            end(code, line_of(refused))
        except PolicyError as error:
            end(WRONG, f"{error.code} [{error.where}]" + (f": {error.reason}" if error.reason else ""))
        except ValidationError as error:
            end(WRONG, _settings_line(error))
        except Unavailable as error:
            end(FAILED, f"ledger.unavailable: {_first_line(error)}")
        except KekError as error:
            end(FAILED, f"key.unusable: {_first_line(error)}")
        except RenderFailed as error:
            end(FAILED, f"letter.failed: {_first_line(error)}")
        except BrokenPipeError:
            # Whoever read our output has seen enough. Python would complain once more when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            end(DONE)
        except OSError as error:
            end(FAILED, "system.failed: " + f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))

    return run


def line_of(refused: Refusal) -> str:
    """`code: sentence`, with the line of the file and the field where they are known."""
    where = "".join(f" [{name} {refused.about[name]}]" for name in ("line",) if name in refused.about)
    field = f" [{refused.field}]" if refused.field else ""
    return f"{refused.code}{where}{field}: {refusal_sentence('en', refused)}"


def _settings_line(error: ValidationError) -> str:
    fault: Any = error.errors()[0]
    return "settings.invalid [FUND_" + "_".join(str(part) for part in fault["loc"]).upper() + f"]: {fault['msg']}"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
