"""One route for every command, made from the workflow table: its verb, its words, its body."""

from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import FastAPI, Response

from fund.api.access import File, Known, Opened
from fund.api.answers import etag, json
from fund.api.entitlements import API, register_path
from fund.api.incoming import Incoming, Locale, Sent, check_ids, stream_id
from fund.api.moved import telling
from fund.api.schema import answers, body_reference
from fund.border.bodies import command_from
from fund.border.naming import with_files_called
from fund.border.opening import Fund
from fund.domain.application import Application
from fund.domain.commands import Command
from fund.domain.facts import Actor, Role
from fund.domain.refusal import Refusal
from fund.domain.step import Step
from fund.domain.streams import ONLY, hub_stream
from fund.domain.workflow import APPLICATION_STEPS, REGISTER_STEPS
from fund.language import own_words, worded
from fund.ledger.handler import Reply

REPEATED = {"Idempotency-Replayed": "true"}


class CommandReply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was recorded. `index` is the position of the last fact: give it as `wait` to a reading that must show it."""

    reference: str = ""
    id: str = ""
    version: int
    index: int
    events: list[str]


def mount(app: FastAPI) -> None:
    for step in APPLICATION_STEPS:
        if step.command.creates:
            _add(app, f"{API}/applications", _starting(step), step)
        elif step.by is not Role.MACHINE:
            _add(app, f"{API}/applications/{{ref}}/{step.verb}", _on_file(step), step)
    for step in REGISTER_STEPS:
        if step.by is Role.MACHINE:
            continue
        target = step.command.target
        give = _registering(step) if step.command.creates else _on_the_only(step) if target in ONLY else _on_register(step)
        _add(app, register_path(target, step.verb, creates=step.command.creates), give, step)


def _add(app: FastAPI, path: str, give: Callable[..., Response], step: Step) -> None:
    """`operationId` is the command's own name: no two commands share it."""
    app.add_api_route(
        path,
        give,
        methods=["POST"],
        status_code=201 if step.command.creates else 200,
        name=step.command.__name__,
        operation_id=step.command.__name__,
        summary=_said(step.applicant or step.staff),
        description=f"{_said(step.staff)}. Given by: {step.by}.",
        tags=[step.command.target],
        responses=answers(CommandReply, 201 if step.command.creates else 200),
        openapi_extra=body_reference(step.command),
    )


# ── Each kind of target ───────────────────────────────────────────────────────


def _starting(step: Step) -> Callable[..., Response]:
    def give(fund: Opened, actor: Known, sent: Sent) -> Response:
        reply = _handled(fund, actor, sent, step.command)
        state = fund.handler.load(reply.stream).state
        reference = state.reference if isinstance(state, Application) else ""
        return _answer(reply, 201, reference=reference, location=f"{API}/applications/{reference}")

    return give


def _on_file(step: Step) -> Callable[..., Response]:
    def give(ref: str, fund: Opened, actor: Known, file: File, sent: Sent, locale: Locale) -> Response:
        try:
            reply = _handled(fund, actor, sent, step.command, application=file.state.id)
        except Refusal as refused:
            raise telling(refused, fund, actor, file.state.id, sent.expected, locale) from None
        return _answer(reply, 200, reference=file.state.reference)

    return give


def _registering(step: Step) -> Callable[..., Response]:
    def give(fund: Opened, actor: Known, sent: Sent) -> Response:
        reply = _handled(fund, actor, sent, step.command)
        return _answer(reply, 201, id=reply.stream)

    return give


def _on_register(step: Step) -> Callable[..., Response]:
    target = step.command.target

    def give(id: str, fund: Opened, actor: Known, sent: Sent) -> Response:
        stream = _existing(fund, target, id)
        reply = _handled(fund, actor, sent, step.command, **{target: stream})
        return _answer(reply, 200, id=id)

    return give


def _on_the_only(step: Step) -> Callable[..., Response]:
    """Of the programme and of the exchange rates there is one stream."""
    target, stream = step.command.target, ONLY[step.command.target]

    def give(fund: Opened, actor: Known, sent: Sent) -> Response:
        return _answer(_handled(fund, actor, sent, step.command, **{target: stream}), 200, id=stream)

    return give


def _existing(fund: Fund, target: str, id: str) -> str:
    """The stream behind an id in an address. Hubs are named by the catalogue. Refusal request.not_found."""
    if target == "hub":
        known = {hub.code for hub in fund.programme.catalogue.hubs}
        if id in known:
            return hub_stream(id)
    elif (stream := stream_id(target, id)) and fund.handler.load(stream).version:
        return stream
    raise Refusal("request.not_found")


# ── The command itself ────────────────────────────────────────────────────────


def _handled(fund: Fund, actor: Actor, sent: Incoming, kind: type[Command], **given: Any) -> Reply:
    command = command_from(kind, with_files_called(fund, kind, sent.content), given)
    check_ids(msgspec.to_builtins(command))
    return fund.handler.handle(command, by=actor.id, command_id=sent.key, expected=sent.expected)


def _answer(reply: Reply, status: int, *, reference: str = "", id: str = "", location: str = "") -> Response:
    events = [recorded.event.name for recorded in reply.events]
    body = CommandReply(reference=reference, id=id, version=reply.version, index=reply.index, events=events)
    headers = {"ETag": etag(reply.version), "Fund-Index": str(reply.index)}
    headers |= {"Location": location} if location else {}
    return json(body, status, headers | (REPEATED if reply.repeated else {}))


def _said(label: str) -> str:
    """In the engine's own words: the description is of no programme."""
    return worded("en", label, own_words("en"))
