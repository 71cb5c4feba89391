"""The pages of a partner city: it reads the text and what changed since it accepted, accepts exactly that text, or leaves."""

import secrets

import msgspec
from fastapi import APIRouter, Response

from fund.api.pages import posting
from fund.api.pages.difference import Changed, changed
from fund.api.pages.drafting import lines_of
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Field, Option
from fund.api.pages.files import Seen, check_open, found, since
from fund.api.pages.posting import Form
from fund.api.pages.site import In
from fund.api.problems import status_of
from fund.border.bodies import command_from
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something
from fund.language import message
from fund.language.catalogues import N_

WHICH = N_("Which city?")
WHY, WHY_HINT = N_("Why does your city leave?"), N_("A sentence is enough.")

router = APIRouter(route_class=PageRoute, include_in_schema=False)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A city that the reader signs for, with a form of its own. changed: section -> its answers that differ from what the city accepted;
    empty where it has accepted nothing yet."""

    city: str
    name: str
    command_id: str
    changed: tuple[tuple[str, tuple[Changed, ...]], ...]


@router.get("/{locale:locale}/applications/{ref}/accept-text")
def acceptance_page(visit: In, ref: str) -> Response:
    seen = found(visit, ref)
    check_open(seen, c.AcceptText.verb)
    return _acceptance(seen)


@router.post("/{locale:locale}/applications/{ref}/accept-text")
def accept_text(visit: In, ref: str, form: Form) -> Response:
    """What is accepted is the text that stood on the page."""
    seen = found(visit, ref)
    content = {name: str(form.get(name) or "") for name in ("city", "text")}
    try:
        command = command_from(c.AcceptText, content, {"application": seen.file.id}, form=True)
        reply = visit.site.fund.handler.handle(command, by=seen.actor.id, command_id=posting.command_id(form))
    except Refusal as refused:
        if not seen.owing:
            raise
        return _acceptance(seen, status_of(refused), [("accept", visit.said(refused))])
    return visit.to("applications", seen.reference, saved=reply.index)


@router.get("/{locale:locale}/applications/{ref}/leave")
def leave_page(visit: In, ref: str) -> Response:
    seen = found(visit, ref)
    check_open(seen, c.LeaveApplication.verb)
    return _leaving(seen, {})


@router.post("/{locale:locale}/applications/{ref}/leave")
def leave(visit: In, ref: str, form: Form) -> Response:
    seen = found(visit, ref)
    content = {name: str(form.get(name) or "") for name in ("city", "reason")}
    try:
        if not says_something(content["reason"]):
            raise Refusal("text.empty", field="reason")
        command = command_from(c.LeaveApplication, content, {"application": seen.file.id}, form=True)
        reply = visit.site.fund.handler.handle(
            command, by=seen.actor.id, command_id=posting.command_id(form), expected=posting.expected(form)
        )
    except Refusal as refused:
        return _leaving(seen, content, refused, moved=since(seen, refused, form))
    return visit.to("applications", saved=reply.index)


def _acceptance(seen: Seen, status: int = 200, faults: list[tuple[str, str]] | None = None) -> Response:
    sections = [(name, lines_of(seen, seen.read, name)) for name in seen.sections]
    owed = [_asked(seen, city) for city in seen.owing]
    return seen.visit.page("acceptance.html", status, seen=seen, sections=sections, owed=owed, faults=faults or [])


def _asked(seen: Seen, city: str) -> Asked:
    return Asked(city=city, name=seen.visit.names(city), command_id=secrets.token_hex(16), changed=_changes(seen, city))


def _changes(seen: Seen, city: str) -> tuple[tuple[str, tuple[Changed, ...]], ...]:
    before = seen.as_accepted(city)
    sections = seen.file.changed_since(city) if before else ()
    return tuple((name, changed(lines_of(seen, before, name), lines_of(seen, seen.read, name))) for name in sections if before)


def _leaving(seen: Seen, given: dict[str, str], refused: Refusal | None = None, **told: object) -> Response:
    visit = seen.visit
    cities = tuple((city, visit.names(city)) for city in seen.signs_for)
    named = "city" if refused and refused.field == "city" and len(cities) > 1 else "reason"
    fault = {named: visit.said(refused)} if refused else {}
    label, hint = message(visit.locale, WHY), message(visit.locale, WHY_HINT)
    field = Field(name="reason", control="text", label=label, hint=hint, values=(given.get("reason", ""),), fault=fault.get("reason", ""))
    which = _which(seen, cities, given.get("city", ""), fault.get("city", "")) if len(cities) > 1 else None
    told = {"faults": list(fault.items()), "moved": [], "expected": seen.version} | told
    return visit.page("leave.html", status_of(refused) if refused else 200, seen=seen, field=field, which=which, cities=cities, **told)


def _which(seen: Seen, cities: tuple[Option, ...], value: str, fault: str) -> Field:
    return Field(name="city", control="one", label=message(seen.visit.locale, WHICH), options=cities, values=(value,), fault=fault)
