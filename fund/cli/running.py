"""Commands that start something: init, demo, serve."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fund.border.bodies import command_from
from fund.border.opening import Fund, open_fund
from fund.border.operations import Operations
from fund.border.private import UMASK
from fund.border.settings import Settings
from fund.border.shelf import faults
from fund.cli import logs
from fund.cli.session import WRONG, end, err, guarded, say, session, settings
from fund.demo.playing import play_demo
from fund.domain import commands as c
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.streams import PROGRAMME
from fund.policy import load
from fund.projections import city_register

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
TOKEN_DAYS = 7


@guarded
def init(
    name: Annotated[str, typer.Option(help="Full name of the first administrator.")],
    email: Annotated[str, typer.Option(help="Their address.")],
    language: Annotated[str, typer.Option(help="Their language.")] = "en",
    keys_backed_up: Annotated[bool, typer.Option("--keys-backed-up", help="The key file is kept in a second, safe place.")] = False,
) -> None:
    """Begin a production ledger: its programme, proposed, and the administrator who adopts it. It needs a key file and its backup."""
    chosen = settings()
    if not chosen.kek_file.exists():
        end(WRONG, f"key.missing: make the key file first: (umask 077; openssl rand -base64 32 > {chosen.kek_file})")
    if not keys_backed_up:
        end(WRONG, f"key.backup: without {chosen.kek_file} nothing sealed can ever be read. Back it up, then say --keys-backed-up")
    programme = load(chosen.programme)
    if found := faults(programme):
        end(WRONG, f"policy.incoherent: {found[0]}")
    registration = command_from(c.RegisterPerson, {"full_name": name, "email": email, "language": language})
    with session.fund() as fund:
        if fund.specimen:
            raise Refusal("specimen.refused")
        proposal = c.ProposeProgramme(programme=PROGRAMME, reason="The first programme of this ledger")
        fund.handler.handle(proposal, by=session.actor, command_id="init:programme")
        person = fund.handler.handle(registration, by=session.actor, command_id="init:administrator").stream
        fund.handler.handle(c.GrantRole(person=person, role=Role.ADMINISTRATOR), by=session.actor, command_id="init:role")
    say(person)
    err.print(f"Next, the administrator adopts it: fund --as {person} programme adopt --version {programme.version}", soft_wrap=True)


@guarded
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop before serving.")] = False,
    data: Annotated[Path | None, typer.Option(help="Data folder.")] = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Carry sample applications of real cities from draft to letter on a specimen ledger, then serve the portal."""
    chosen = settings()
    chosen = chosen.model_copy(update={"data": data}) if data else chosen
    play_demo(chosen, Console(highlight=False))
    if not no_serve:
        with _open(chosen) as fund:
            _offer_tokens(fund, chosen)
            _run(fund, chosen, host, port)


@guarded
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes; more than one needs PostgreSQL.")] = 1,
    specimen: Annotated[bool, typer.Option("--specimen", help="Serve a ledger made by the demonstration.")] = False,
) -> None:
    """Portal and API. On SQLite the worker runs inside."""
    chosen = settings()
    if workers > 1 and chosen.is_sqlite:
        end(WRONG, "serve.workers: SQLite serves from one process; use PostgreSQL for more")
    with _open(chosen) as fund:
        if fund.specimen and not specimen:
            raise Refusal("specimen.refused")
        if workers == 1:
            _run(fund, chosen, host, port)
            return
    import uvicorn

    uvicorn.run(
        "fund.cli.running:application", factory=True, host=host, port=port, workers=workers, log_level="warning", server_header=False
    )


def application():  # type: ignore[no-untyped-def]  # uvicorn calls it in each of its processes
    """The application of one of several processes."""
    from fund.api.app import create_app

    os.umask(UMASK)
    logs.configure()
    chosen = settings()
    return create_app(open_fund(chosen), Operations.open(chosen.ledger_url), with_worker=False)


class _open:
    """A fund that is closed whatever happens."""

    def __init__(self, chosen: Settings) -> None:
        self._fund = open_fund(chosen)

    def __enter__(self) -> Fund:
        return self._fund

    def __exit__(self, *_: object) -> None:
        self._fund.close()


def _run(fund: Fund, chosen: Settings, host: str, port: int) -> None:
    # Imported here: most commands need no web server, and it takes longer to load than they take to run.
    import uvicorn

    from fund.api.app import create_app

    operations = Operations.open(chosen.ledger_url)
    try:
        say(f"Serving at http://{'localhost' if host == '127.0.0.1' else host}:{port} until Ctrl-C.")
        uvicorn.run(
            create_app(fund, operations, with_worker=chosen.is_sqlite), host=host, port=port, log_level="warning", server_header=False
        )
    finally:
        operations.close()


def _offer_tokens(fund: Fund, chosen: Settings) -> None:
    """Tokens to try the specimen with: the signatories of its cities."""
    operations = Operations.open(chosen.ledger_url)
    try:
        with fund.views.reading() as reading:
            speaking = [
                (city, one.person)
                for city in city_register.listed(reading, limit=500)
                for one in city_register.representatives(reading, city.id)
            ]
        say("\nTokens to sign in with (a week, this specimen only):")
        for city, person in speaking:
            say(f"  {city.name_en[:16]:<16} {operations.issue(person, 'demonstration', TOKEN_DAYS, fund.now())}")
    finally:
        operations.close()
