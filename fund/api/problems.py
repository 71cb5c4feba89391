"""Every refusal as a problem (RFC 9457, `application/problem+json`), with one table from code to HTTP status.

What somebody may not see is refused with the very words of what is not there.
"""

from http import HTTPStatus
from traceback import format_exception
from typing import Any, cast

import msgspec
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic_core import ErrorDetails
from starlette.exceptions import HTTPException

from fund.border.bodies import refusal_of
from fund.domain.refusal import Refusal
from fund.language import negotiate, refusal
from fund.ledger.errors import Unavailable

PROBLEM_JSON = "application/problem+json; charset=utf-8"
TYPE = "urn:fund:problem:"
RETRY_SECONDS = 5
log = structlog.get_logger(__name__)

CODES_BY_STATUS: dict[int, str] = {
    # What was sent cannot be read at all.
    400: "json.malformed text.encoding version.malformed",
    401: "token.expired token.missing token.unknown",
    # The person, their relation to the file, or a duty they did before.
    403: """
        access.denied assessment.already_recorded duty.not_apart duty.own_city form.foreign submission.signatory_needed
        workflow.not_assigned workflow.not_your_city workflow.not_your_hub workflow.role_needed
    """,
    # Nothing there, or nothing for this reader. A thing that a *body* names and nobody knows is 422.
    404: "letter.not_issued page.not_found reference.invalid reference.unknown request.not_found",
    405: "request.method",
    # The fund as it stands now says no; it may say yes at another time.
    409: """
        affiliation.already_recorded application.incomplete assessor.already_assigned assessor.enough calendar.not_covered
        checks.already_run checks.failed checks.none_failed checks.open command.other_actor coordination.delivery_not_accepted
        coordination.hub_exists coordination.no_hub_asked coordination.opinion_open decision.conditions_proposed decision.not_proposed
        envelope.insufficient hub.already_open hub.not_open membership.already_recorded membership.not_recorded
        opinion.already_answered opinion.not_asked opinion.not_yet_due person.erased policy.unknown programme.already_adopted
        programme.expired proposal.not_aligned representative.already_confirmed representative.unknown role.already_granted
        role.not_granted stream.moved workflow.not_now
    """,
    410: "letter.erased",
    413: "request.too_large",
    415: "upload.unsupported",
    # It can be read, and something in it is not right.
    422: """
        alignment.priority_repeated alignment.result_needed alignment.too_many_priorities amount.negative amount.not_integer
        applicant.city_repeated applicant.too_many_cities assessment.priorities_differ assessor.not_independent assessor.role_needed
        checks.decided_by_machine city.ambiguous city.unknown code.unknown command.malformed command.other_content country.unknown
        csv.bad_row csv.duplicate_row csv.missing_column csv.unknown_column date.invalid decision.change_needed
        decision.condition_needed decision.reason_needed envelope.unknown field.missing hub.unknown json.unknown_field json.wrong_type
        language.unknown list.too_long money.currency_mismatch money.format money.negative money.out_of_range money.too_large
        money.unknown_currency person.unknown proposal.exceeds_request proposal.peers_unexplained results.indicator_needed role.scope
        support.days_out_of_range support.design_or_delivery support.format_needed support.participants_needed support.window_reversed
        text.bidi_override text.control_character text.empty text.too_long
    """,
    428: "version.required",
    429: "rate.limited",
    503: "key.file_mode key.missing ledger.busy ledger.unavailable specimen.mixed specimen.refused",
}

STATUS: dict[str, int] = {code: status for status, codes in CODES_BY_STATUS.items() for code in codes.split()}
OTHERWISE = 422

OF_ROUTER = {
    400: "json.malformed",
    404: "request.not_found",
    405: "request.method",
    413: "request.too_large",
    415: "upload.unsupported",
}
"""What the framework itself refuses, by status."""


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`type` is `urn:fund:problem:<code>`; `detail` a sentence in the language asked for; `about` the values it speaks of."""

    type: str
    title: str
    status: int
    detail: str = ""
    code: str
    field: str | None = None
    instance: str
    about: dict[str, Any] = {}


def problem(request: Request, refused: Refusal, headers: dict[str, str] | None = None) -> Response:
    """The answer to a request that is refused."""
    status = status_of(refused, request)
    locale = negotiate(request.headers.get("accept-language"))
    body = Problem(
        type=TYPE + refused.code,
        title=HTTPStatus(status).phrase,
        status=status,
        detail=_readable(refusal(locale, refused)),
        code=refused.code,
        field=_readable(refused.field) if refused.field else None,
        instance=_readable(request.url.path),
        about={name: _plain(value) for name, value in refused.about.items()},
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


def _plain(value: object) -> object:
    match value:
        case str():
            return _readable(value)
        case None | bool() | int():
            return value
        case tuple() | list() | set() | frozenset():
            return [_plain(item) for item in value]
        case _:
            return _readable(str(value))


# ── Handlers ──────────────────────────────────────────────────────────────────


def answer_problems(app: FastAPI) -> None:
    """Every way in which a request can fail ends in one of these."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(Unavailable, _unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _by_router)
    app.add_exception_handler(Exception, _unexpected)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return problem(request, error)


async def _unavailable(request: Request, error: Exception) -> Response:
    log.warning("request.unavailable", method=request.method, path=request.url.path, error=str(error))
    return problem(request, Refusal("ledger.unavailable"))


async def _invalid(request: Request, error: Exception) -> Response:
    """A parameter of the address or a header; bodies are read by ourselves."""
    assert isinstance(error, RequestValidationError)
    fault = cast("ErrorDetails", dict(error.errors()[0]))
    fault["loc"] = fault["loc"][1:]
    return problem(request, refusal_of(fault))


async def _by_router(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(request, Refusal(OF_ROUTER.get(error.status_code, "request.not_found")), dict(error.headers or {}))


async def _unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: told to those who run the fund, not to whoever found it."""
    # As text: a renderer of exceptions may print local variables, and with them tokens and opened texts.
    log.error("request.failed", method=request.method, path=request.url.path, traceback="".join(format_exception(error)))
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    body = Problem(
        type=f"{TYPE}server.failed", title=status.phrase, status=status, code="server.failed", instance=_readable(request.url.path)
    )
    return Response(msgspec.json.encode(body), status, media_type=PROBLEM_JSON)
