"""A verb on the command line for every row of the workflow table that a person may take: options come from the command itself."""

import inspect
import json
import types
from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
import typer

from fund.border.application_file import parse
from fund.border.bodies import GIVEN_BY_HANDLER, command_from
from fund.border.naming import city_called, file_called, with_files_called
from fund.border.opening import Fund
from fund.cli.session import guarded, own_id, say, session, show
from fund.domain import streams
from fund.domain.application import Application
from fund.domain.facts import Role
from fund.domain.step import Step
from fund.domain.workflow import WORKFLOW
from fund.language import own_words, worded
from fund.ledger.handler import Reply

GROUPS = {
    "application": "An application, by its reference.",
    "city": "The register of cities.",
    "hub": "Hubs, by their code.",
    "envelope": "Money set aside.",
    "person": "People, their roles, and the cities they belong to.",
    "programme": "The programme in force.",
    "rates": "Exchange rates.",
    "round": "Competitive rounds, by their id.",
}


def groups() -> dict[str, typer.Typer]:
    """One group a kind of stream, with its verbs."""
    made = {kind: typer.Typer(no_args_is_help=True, help=text) for kind, text in GROUPS.items()}
    for step in WORKFLOW:
        if step.by is not Role.MACHINE:
            made[step.command.target].command(step.verb, help=worded("en", step.staff, own_words("en")))(guarded(_verb(step)))
    return made


def _verb(step: Step) -> Callable[..., None]:
    def run(**given: Any) -> None:
        kind = step.command.target
        as_json, command_id, called = given.pop("as_json"), given.pop("command_id"), given.pop(kind, streams.ONLY.get(kind))
        with session.fund() as fund:
            named = {name: _value(value) for name, value in given.items() if value is not None}
            if kind != "application" and "application" in named:
                fund.runner.catch_up()
            content = with_files_called(fund, step.command, named)
            target = {} if called is None else {kind: stream_called(fund, kind, called)}
            command = command_from(step.command, content, target)
            reply = fund.handler.handle(command, by=session.actor, command_id=own_id(command_id))
            told(fund, reply, as_json=as_json)

    run.__signature__ = inspect.Signature(_parameters(step))  # type: ignore[attr-defined]  # typer reads it
    run.__name__ = step.verb.replace("-", "_")
    return run


def told(fund: Fund, reply: Reply, *, as_json: bool) -> None:
    state = fund.handler.load(reply.stream).state
    name = state.reference if isinstance(state, Application) else reply.stream
    if as_json:
        events = [one.event.name for one in reply.events]
        show({"reference": name, "stream": reply.stream, "version": reply.version, "index": reply.index, "events": events})
    else:
        say(name)


def stream_called(fund: Fund, kind: str, called: str) -> str:
    """The stream that a word on the command line means."""
    match kind:
        case "application":
            fund.runner.catch_up()
            return file_called(fund, called)
        case "city":
            fund.runner.catch_up()
            return city_called(fund, called)
        case "hub":
            return called if called.startswith("hub-") else streams.hub_stream(called)
        case "programme" | "rates":
            return streams.ONLY[kind]
    return called


# ── Options from the fields of a command ──────────────────────────────────────


def _parameters(step: Step) -> list[inspect.Parameter]:
    target = step.command.target
    made = []
    if not step.command.creates and target not in streams.ONLY:
        made.append(_parameter(target, str, typer.Argument(help=f"The {target}."), inspect.Parameter.empty))
    hints = get_type_hints(step.command)
    for field in msgspec.structs.fields(step.command):
        if field.name not in GIVEN_BY_HANDLER | {target}:
            kind, text = _option(hints[field.name])
            made.append(_parameter(field.name, kind, typer.Option(help=text), None if _has_default(field) else inspect.Parameter.empty))
    made.append(_parameter("as_json", bool, typer.Option("--json", help="Print one JSON document."), False))
    made.append(_parameter("command_id", str | None, typer.Option(help="Makes a repeat recognisable."), None))
    return sorted(made, key=lambda parameter: parameter.default is not inspect.Parameter.empty)


def _parameter(name: str, kind: Any, meta: object, default: object) -> inspect.Parameter:
    wanted = kind | None if default is None and kind is not bool else kind
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[wanted, meta])


def _has_default(field: msgspec.structs.FieldInfo) -> bool:
    return field.default is not msgspec.NODEFAULT or field.default_factory is not msgspec.NODEFAULT


def _option(hint: Any) -> tuple[Any, str]:
    """The type of an option and its help. What is no plain value is given as JSON."""
    if get_origin(hint) is Annotated:
        return _option(get_args(hint)[0])
    if get_origin(hint) is Literal:
        return str, " | ".join(map(str, get_args(hint)))
    if isinstance(hint, types.UnionType) and set(get_args(hint)) == {str, types.NoneType}:
        return str, ""
    if hint in (str, int, bool):
        return hint, "Minor units." if hint is int else ""
    if get_origin(hint) is tuple and get_args(hint)[0] is str:
        return list[str], "May be given several times."
    return str, "JSON."


def _value(value: object) -> object:
    """JSON where it is an object or a list; everything else as typed."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            json.loads(value)
        except ValueError:
            return value
        return parse(value)
    return value
