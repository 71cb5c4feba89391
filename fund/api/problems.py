"""Every refusal as a problem (RFC 9457, `application/problem+json`).

What somebody may not see is refused with the very words of what is not there.
"""

from collections.abc import Callable
from http import HTTPStatus
from traceback import format_exception
from typing import Any, cast

import msgspec
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException

from fund.api.moved import Moved
from fund.api.statuses import OTHERWISE, STATUS
from fund.border.bodies import refusal_of
from fund.border.naming import hubs_named
from fund.border.seeing import Told
from fund.border.why import Why, why_refused
from fund.domain.refusal import Refusal
from fund.language import negotiate, refusal, terms_of
from fund.ledger.errors import Unavailable
from fund.ledger.kek import KekError

PROBLEM_JSON = "application/problem+json; charset=utf-8"
TYPE = "urn:fund:problem:"
RETRY_SECONDS = 5
DENIALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
log = structlog.get_logger(__name__)

OF_ROUTER = {
    400: "json.malformed",
    404: "request.not_found",
    405: "request.method",
    413: "request.too_large",
    415: "upload.unsupported",
}
"""What the framework itself refuses, by status."""


AsPage = Callable[[Request, Refusal], Response]


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`type` is `urn:fund:problem:<code>`; `detail` a sentence in the language asked for; `about` the values it speaks of.

    why: the rules that said no, in which version and from which source, what they looked at, and what would change the answer.
    since: where a file moved on after the version that the request expected, what happened to it, oldest first.
    """

    type: str
    title: str
    status: int
    detail: str = ""
    code: str
    field: str | None = None
    instance: str
    about: dict[str, Any] = {}
    why: Why
    since: list[Told] = []


def problem(request: Request, refused: Refusal, headers: dict[str, str] | None = None) -> Response:
    """The answer to a request that is refused."""
    status = status_of(refused, request)
    programme = request.app.state.fund.programme
    locale = negotiate(request.headers.get("accept-language"), programme.languages)
    body = Problem(
        type=TYPE + refused.code,
        title=HTTPStatus(status).phrase,
        status=status,
        detail=_readable(refusal(locale, refused, hubs_named(programme, locale), terms_of(programme, locale))),
        code=refused.code,
        field=_readable(refused.field) if refused.field else None,
        instance=_readable(request.url.path),
        about={name: _plain(value) for name, value in refused.about.items()},
        why=_readable_why(why_refused(request.app.state.fund, refused, locale)),
        since=refused.since if isinstance(refused, Moved) else [],
    )
    more = {"Content-Language": locale, "Vary": "Accept-Language"} | _for_status(status) | (headers or {})
    return Response(msgspec.json.encode(body), status, more, media_type=PROBLEM_JSON)


def status_of(refused: Refusal, request: Request | None = None) -> int:
    """By the table; but where the request itself said which version it expects, another one is a failed precondition."""
    if refused.code == "stream.moved" and request is not None and "if-match" in request.headers:
        return HTTPStatus.PRECONDITION_FAILED
    return STATUS.get(refused.code, OTHERWISE)


def _for_status(status: int) -> dict[str, str]:
    if status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": 'Bearer realm="fund"'}
    return {"Retry-After": str(RETRY_SECONDS)} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}


def _readable(text: str) -> str:
    """Half a surrogate pair can come in as an escape; it must not make the answer unreadable."""
    return text.encode("utf-8", "replace").decode()


def _readable_why(told: Why) -> Why:
    return msgspec.convert(_plain(msgspec.to_builtins(told)), Why)


def _plain(value: object) -> object:
    match value:
        case str():
            return _readable(value)
        case None | bool() | int():
            return value
        case tuple() | list() | set() | frozenset():
            return [_plain(item) for item in value]
        case dict():
            return {name: _plain(item) for name, item in value.items()}
        case _:
            return _readable(str(value))


async def answer(request: Request, refused: Refusal, headers: dict[str, str] | None = None) -> Response:
    """A problem; or a page, for a browser that came for one to an address outside the API."""
    as_page: AsPage | None = getattr(request.app.state, "failure_page", None)
    if as_page is None or request.url.path.startswith("/api/") or "text/html" not in request.headers.get("accept", ""):
        return problem(request, refused, headers)
    page = await run_in_threadpool(as_page, request, refused)
    page.headers.update(headers or {})
    return page


# ── Handlers ──────────────────────────────────────────────────────────────────


def answer_problems(app: FastAPI) -> None:
    """Every way in which a request can fail ends in one of these."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(KekError, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _by_router)
    app.add_exception_handler(Exception, _unexpected)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    if status_of(error) in DENIALS:
        log.info("request.denied", method=request.method, path=request.url.path, code=error.code)
    return await answer(request, error)


async def _unavailable(request: Request, error: Exception) -> Response:
    log.warning("request.unavailable", method=request.method, path=request.url.path, error=str(error))
    return await answer(request, Refusal("ledger.unavailable"))


async def _invalid(request: Request, error: Exception) -> Response:
    """A parameter of the address or a header; bodies are read by ourselves."""
    assert isinstance(error, RequestValidationError)
    fault = cast("ErrorDetails", dict(error.errors()[0]))
    fault["loc"] = fault["loc"][1:]
    return problem(request, refusal_of(fault))


async def _by_router(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return await answer(request, Refusal(OF_ROUTER.get(error.status_code, "request.not_found")), dict(error.headers or {}))


async def _unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: told to those who run the fund, not to whoever found it."""
    # As text: a renderer of exceptions may print local variables, and with them tokens and opened texts.
    log.error("request.failed", method=request.method, path=request.url.path, traceback="".join(format_exception(error)))
    failed = Refusal("server.failed")
    try:
        return await answer(request, failed)
    except Exception as second:  # noqa: BLE001  # the outermost border: whatever fails here, a problem without pages is answered
        log.error("request.failed_twice", path=request.url.path, traceback="".join(format_exception(second)))
        return problem(request, failed)
