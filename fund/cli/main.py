"""`fund`: the verbs put together."""

import os
import re
import sys
import traceback
from collections.abc import Callable
from typing import Annotated, NoReturn

import typer

from fund.border.private import UMASK
from fund.cli import files, listing, logs, messages, registers, rounds, running, staffing, upkeep, verbs
from fund.cli.masking import masked
from fund.cli.session import FAILED, WRONG, session

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The engine of a fund for cities.")

ACTOR = re.compile(r"person-[0-9a-z-]{1,80}|operator:[^\W_][\w.@-]{0,63}")
"""A machine acts through the worker, never through an option."""


@app.callback()
def options(
    actor: Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Who acts; recorded with every fact.")] = None,
) -> None:
    if actor is not None and not ACTOR.fullmatch(actor):
        raise typer.BadParameter("an actor is person-… or operator:…", param_hint="--as")
    session.begin(actor)


COMMANDS: tuple[Callable[..., None], ...] = (
    running.init, running.demo, running.serve, upkeep.worker,
    files.apply, files.history, files.state, files.clock, files.why, files.letter, files.letters, files.schema,
    listing.queue, staffing.staffing,
    upkeep.rebuild, upkeep.check, upkeep.breaches, upkeep.doctor, upkeep.version,
)  # fmt: skip


def _assemble() -> None:
    app.command("pipeline")(listing.numbers)
    app.command("sources")(listing.list_sources)
    for command in COMMANDS:
        app.command()(command)
    made = verbs.groups()
    for kind, command in (("person", registers.list_people), ("envelope", listing.list_envelopes), ("hub", listing.list_hubs)):
        made[kind].command("list")(command)
    made["round"].command("list")(rounds.list_rounds)
    made["round"].command("show")(rounds.show_round)
    for name, group in made.items():
        app.add_typer(group, name=name)
    app.add_typer(registers.cities, name="cities")
    app.add_typer(registers.tokens, name="token")
    app.add_typer(messages.messages, name="messages")
    app.add_typer(upkeep.policy, name="policy")


_assemble()


def main() -> NoReturn:
    """Exit codes: 0 done, 1 the answer is no, 2 wrong usage or bad input, 3 the system failed."""
    os.umask(UMASK)
    logs.configure()
    sys.exit(_ended(sys.argv[1:]))


def _ended(arguments: list[str]) -> int:
    """The exit code. Wrong usage is told in one line, a fault of ours with its trace."""
    try:
        _check_encoding(arguments)
        return int(app(arguments, prog_name="fund", standalone_mode=False) or 0)
    except typer.TyperException as error:
        if told := " ".join(error.format_message().split()):  # empty where help was printed
            sys.stderr.write(f"usage: {told}\n")
        return WRONG
    except Exception:  # noqa: BLE001  # the outermost border
        sys.stderr.write(masked(traceback.format_exc()))
        return FAILED


def _check_encoding(arguments: list[str]) -> None:
    """Python hands on bytes that are no UTF-8 as lone surrogates; no database takes them."""
    for place, argument in enumerate(arguments, start=1):
        if any("\ud800" <= character <= "\udfff" for character in argument):
            raise typer.BadParameter("not valid Unicode (UTF-8)", param_hint=f"argument {place}")
