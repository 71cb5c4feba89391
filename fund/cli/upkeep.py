"""Commands that keep the fund sound: rebuild, check, worker, doctor, policy check, version."""

import signal
import threading
from collections.abc import Callable
from importlib.metadata import version as installed
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from msgspec import to_builtins
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from fund import __version__
from fund.border.carrier import Carrier
from fund.border.lives import lives
from fund.border.naming import Names
from fund.border.settings import Settings
from fund.border.shelf import faults
from fund.cli.masking import masked
from fund.cli.session import NO, end, err, guarded, say, session, settings, show
from fund.domain.refusal import Refusal
from fund.domain.streams import PROGRAMME
from fund.policy import load
from fund.projections.check import accesses as accesses_of
from fund.projections.check import breaches as breaches_of
from fund.projections.check import check as checked
from fund.projections.emergencies import AccessFound
from fund.projections.rebuild import RebuildFailed
from fund.projections.rebuild import rebuild as rebuilt

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
policy = typer.Typer(no_args_is_help=True, help="Programme folders.")


@guarded
def rebuild(views: Annotated[list[str] | None, typer.Argument(metavar="[VIEW…]", help="All of them where none is named.")] = None) -> None:
    """Make views again from the ledger, beside the live ones, and switch."""
    with session.fund() as fund:
        try:
            steps = rebuilt(fund.ledger, fund.views, views or ())
        except KeyError as unknown:
            raise Refusal("view.unknown", field="view", view=str(unknown.args[0])) from None
        began = monotonic()
        try:
            with Progress(
                TextColumn("rebuilding"), BarColumn(), MofNCompleteColumn(), console=err, transient=True, disable=not err.is_terminal
            ) as bar:
                task = bar.add_task("", total=None)
                done = 0
                for done, total in steps:
                    bar.update(task, completed=done, total=total)
        except RebuildFailed as failed:
            end(NO, str(failed))
        seconds = max(monotonic() - began, 1e-9)
    say(f"{done} events, {done / seconds:,.0f} events/s, switched.")


@guarded
def check(as_json: AsJson = False) -> None:
    """Replay everything: live views equal a fresh replay; duty separation, money and bounds hold over all history."""
    with session.fund() as fund:
        fund.runner.catch_up()
        report = checked(fund.ledger, fund.views, fund.keys, fund.handler.programmes)
    if as_json:
        found = [{"where": one.where, "index": one.index, "what": one.what} for one in report.differences]
        show({"ok": not found, "checked": report.checked, "differences": found})
    else:
        say(", ".join(f"{name} {number}" for name, number in report.checked.items()))
        for one in report.differences:
            say(f"  {one.where} at {one.index}: {one.what}")
        say("No difference." if not report.differences else f"{len(report.differences)} differences.")
    if report.differences:
        end(NO)


@guarded
def breaches(as_json: AsJson = False) -> None:
    """Every breach of the separation of duties over all history: who did what they may not have done. `fund check` looks as well.

    Beside them every emergency access, which is no breach: who asked for it, who opened it, and what was done with it.
    """
    with session.fund() as fund:
        opened = accesses_of(fund.ledger)
        found = [{"where": one.where, "index": one.index, "what": one.what} for one in breaches_of(fund.ledger, fund.handler.programmes)]
    if as_json:
        show({"ok": not found, "breaches": found, "accesses": to_builtins(opened)})
    else:
        for access in opened:
            say(f"  {access.where}: {_told_of(access)}")
        for one in found:
            say(f"  {one['where']} at {one['index']}: {one['what']}")
        say("No breach." if not found else f"{len(found)} breaches.")
    if found:
        end(NO)


def _told_of(access: AccessFound) -> str:
    asked = f"emergency access {access.number} as {access.role}, asked for by {access.person} at {access.asked.isoformat()}"
    if access.opened is None or access.until is None:
        return f"{asked}, not opened"
    end = access.closed or access.until
    did = ", ".join(map(str, access.acts)) or "nothing"
    return f"{asked}, opened by {access.opened_by} at {access.opened.isoformat()} until {end.isoformat()}; done with it: {did}"


@guarded
def worker(once: Annotated[bool, typer.Option("--once", help="Bring everything up to date, and end.")] = False) -> None:
    """Views, machine checks, timers, letters, messages. The first SIGINT or SIGTERM lets it finish what it is doing, the second ends it."""
    with session.fund() as fund:
        if once:
            say(f"{fund.worker.once()} things done.")
        else:
            fund.worker.run(_asked_to_stop())


def _asked_to_stop() -> threading.Event:
    """Set by a signal: an exception out of nowhere could be swallowed wherever Python calls back from C, and the worker go on."""
    stop = threading.Event()

    def heard(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, heard)
    return stop


@guarded
def doctor(as_json: AsJson = False) -> None:
    """The effective settings, and what works on this machine."""
    effective = {f"FUND_{name.upper()}": masked("" if value is None else str(value)) for name, value in _effective(settings()).items()}
    tried = {"ledger": _tried(_try_ledger), "printing": _tried(_try_printing)}
    if settings().smtp_url:
        tried["mail"] = _tried(_try_mail)
    if as_json:
        show({"settings": effective, "checks": tried})
    else:
        for name, value in (effective | tried).items():
            say(f"{name}: {value}")
    if any(result != "ok" for result in tried.values()):
        end(NO)


def _effective(found: Settings) -> dict[str, object]:
    own = {name: getattr(found, name) for name in Settings.model_fields}
    return own | {"database_url": found.ledger_url, "blobs_url": found.blobs_folder, "kek": found.kek_file}


def _tried(attempt: Callable[[], None]) -> str:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001  # a doctor reports whatever is wrong
        return masked(str(error))
    return "ok"


def _try_ledger() -> None:
    with session.fund() as fund:
        Names(fund, "en")


def _try_mail() -> None:
    """Whether the server answers and takes us for who we are. Nothing is sent."""
    chosen = settings()
    Carrier(chosen.smtp_url, chosen.sender.host).check()


def _try_printing() -> None:
    from fund.documents.rendering import renderer_versions

    renderer_versions()


@policy.command("check")
@guarded
def check_policy(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="The bundled programme where it is left out.")] = None,
) -> None:
    """Whether a programme folder is coherent: paths within the total, terms complete in every language, no rule without source."""
    programme = load(folder or settings().programme)
    found = faults(programme)
    for problem in found:
        say(problem)
    if found:
        end(NO)
    say(f"{programme.code} {programme.version}: coherent ({programme.digest[:12]}).")


@policy.command("list")
@guarded
def list_policies(as_json: AsJson = False) -> None:
    """Every version of the programme that was proposed or adopted, and what became of it."""
    with session.fund() as fund:
        found = lives(fund.ledger.stream(PROGRAMME))
    if as_json:
        show([{"version": one.version, "digest": one.digest, "status": one.status, "life": to_builtins(one.moments)} for one in found])
    for one in () if as_json else found:
        say(f"{one.version}  {one.digest[:12]}  {one.status}")
        for moment in one.moments:
            say(f"    {moment.at[:16].replace('T', ' ')}  {moment.status:<10}  {moment.by}")


def version() -> None:
    """The version of the fund, and of the libraries that shape what is stored and printed."""
    say(f"fund {__version__}")
    for name in ("eventsourcing", "msgspec", "weasyprint", "cryptography"):
        say(f"{name} {installed(name)}")
