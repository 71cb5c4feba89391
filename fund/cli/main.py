"""`fund`: the verbs put together."""

import logging
import sys
from collections.abc import Callable
from typing import Annotated

import structlog
import typer

from fund.cli import files, registers, running, upkeep, verbs
from fund.cli.session import session

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The Technical Support Fund engine.")


@app.callback()
def options(
    actor: Annotated[str | None, typer.Option("--as", metavar="PERSON", help="Who acts; recorded with every fact.")] = None,
) -> None:
    if actor:
        session.actor = actor


COMMANDS: tuple[Callable[..., None], ...] = (
    running.init, running.demo, running.serve, upkeep.worker,
    files.apply, files.history, files.state, files.letter, files.schema,
    upkeep.rebuild, upkeep.check, upkeep.doctor, upkeep.version,
)  # fmt: skip


def _assemble() -> None:
    for command in COMMANDS:
        app.command()(command)
    made = verbs.groups()
    made["person"].command("list")(registers.list_people)
    for name, group in made.items():
        app.add_typer(group, name=name)
    app.add_typer(registers.cities, name="cities")
    app.add_typer(registers.tokens, name="token")
    app.add_typer(upkeep.policy, name="policy")


_assemble()


def main() -> None:
    """Exit codes: 0 done, 1 the answer is no, 2 wrong usage or bad input, 3 the system failed."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), logger_factory=structlog.PrintLoggerFactory(sys.stderr)
    )
    app()
