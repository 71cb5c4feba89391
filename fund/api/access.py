"""At the door: every route is guarded by its row in `entitlements`, and what has no row does not open."""

from collections.abc import Callable
from typing import Annotated, cast

import msgspec
from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute, iter_route_contexts

from fund.api import files
from fund.api.entitlements import ACCESS, Access
from fund.border.opening import Fund
from fund.border.operations import Operations
from fund.domain.emergency import with_access
from fund.domain.facts import Actor
from fund.domain.refusal import Refusal

# ── The routes of an app and their rows ───────────────────────────────────────


def routed(app: FastAPI) -> set[tuple[str, str]]:
    """Method and path of every route; a mounted folder counts as GET."""
    contexts = iter_route_contexts(app.routes)
    return {(method, str(context.path)) for context in contexts for method in _methods(context.methods)}


def unlisted(app: FastAPI) -> set[tuple[str, str]]:
    """Routes without a row."""
    return routed(app) - {(row.method, row.path) for row in ACCESS}


def unrouted(app: FastAPI) -> set[tuple[str, str]]:
    """Rows without a route."""
    return {(row.method, row.path) for row in ACCESS} - routed(app)


def close_the_rest(app: FastAPI) -> None:
    """Give every route its row. A route that cannot be guarded (a mounted folder) must be public, or the app does not start."""
    by_route = {(row.method, row.path): row for row in ACCESS}
    rows: dict[tuple[int, str], Access] = {}
    for context in iter_route_contexts(app.routes):
        for method in _methods(context.methods):
            row = by_route.get((method, str(context.path)))
            if row:
                rows[id(context.original_route), method] = row
            if not isinstance(context.original_route, APIRoute) and (row is None or not row.who.public):
                raise LookupError(f"{method} {context.path} cannot be guarded and is not public")
    app.state.access = rows


def _methods(methods: set[str] | None) -> set[str]:
    return (methods or {"GET"}) - {"HEAD", "OPTIONS"}


# ── At the door ───────────────────────────────────────────────────────────────


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Who came in, where that had to be known, and the file they came for, if the route has one."""

    actor: Actor | None = None
    file: files.OpenFile | None = None


Identify = Callable[[Request], Actor | None]


def fund_of(request: Request) -> Fund:
    return cast("Fund", request.app.state.fund)


def admit(request: Request) -> Visitor:
    """By the row of the route. Refusal request.not_found, token.*, reference.unknown, workflow.role_needed."""
    row = request.app.state.access.get((id(request.scope["route"]), request.method))
    if row is None:
        raise Refusal("request.not_found")
    if row.who.public:
        return Visitor()
    actor = identify(request)
    if actor is None:
        raise Refusal("token.missing")
    file = files.find(fund_of(request), actor, request.path_params["ref"], knock=row.who.knock) if row.who.file else None
    actor = with_access(actor, file.state) if file else actor
    if row.who.roles and not any(actor.holds(role) for role in row.who.roles):
        raise Refusal("workflow.role_needed", role=str(row.who.roles[0]))
    return Visitor(actor=actor, file=file)


def identify(request: Request) -> Actor | None:
    """The API asks for a token in the header and takes no cookie, so that no other site can act through a browser; pages say how."""
    if request.url.path.startswith("/api/"):
        return bearer(request)
    of_page: Identify | None = getattr(request.app.state, "identify_page", None)
    return of_page(request) if of_page else None


def bearer(request: Request) -> Actor | None:
    """None without a token. Refusal token.unknown, token.expired."""
    given = request.headers.get("authorization")
    if given is None:
        return None
    scheme, _, secret = given.partition(" ")
    if scheme.lower() != "bearer":
        raise Refusal("token.unknown")
    fund = fund_of(request)
    operations = cast("Operations", request.app.state.operations)
    person = operations.person_of(secret.strip(), fund.now())
    try:
        return fund.actor(person)
    except Refusal as gone:
        # Erased since: the token opens nothing any more.
        raise Refusal("token.unknown") from gone


async def _opened(request: Request) -> Fund:
    return fund_of(request)


async def _actor(visitor: Annotated[Visitor, Depends(admit)]) -> Actor:
    if visitor.actor is None:
        raise Refusal("token.missing")
    return visitor.actor


def _anyone(request: Request, visitor: Annotated[Visitor, Depends(admit)]) -> Actor | None:
    """On a public route nobody is looked up until it matters who it is."""
    return visitor.actor or identify(request)


async def _file(visitor: Annotated[Visitor, Depends(admit)]) -> files.OpenFile:
    if visitor.file is None:
        raise Refusal("reference.unknown")
    return visitor.file


Opened = Annotated[Fund, Depends(_opened)]
Known = Annotated[Actor, Depends(_actor)]
Anyone = Annotated[Actor | None, Depends(_anyone)]
File = Annotated[files.OpenFile, Depends(_file)]
