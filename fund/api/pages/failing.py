"""What a page says when it cannot be shown: every refusal as a page in the reader's language."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from fund.api.pages.site import visit_of
from fund.api.problems import OF_ROUTER, RETRY_SECONDS, status_of
from fund.border.why import why_refused
from fund.domain.refusal import Refusal
from fund.language.catalogues import N_
from fund.ledger.errors import Unavailable

log = structlog.get_logger(__name__)

HEADINGS = {
    403: N_("You may not do this"),
    404: N_("This page is not here"),
    410: N_("This page is not here"),
    405: N_("This page is not here"),
    409: N_("This cannot be done now"),
    413: N_("That was too much at once"),
    422: N_("Something is not right yet"),
    500: N_("Something went wrong here"),
    503: N_("The service is resting for a moment"),
}


class PageRoute(APIRoute):
    """A route that answers failures with a page. Programming errors pass through and crash."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except Refusal as refused:
                return await run_in_threadpool(failure_page, request, refused)
            except Unavailable as error:
                log.warning("page.unavailable", path=request.url.path, error=str(error))
                return await run_in_threadpool(failure_page, request, Refusal("ledger.unavailable"))
            except (HTTPException, RequestValidationError) as stopped:
                return await run_in_threadpool(failure_page, request, _of_framework(stopped))

        return handled


def failure_page(request: Request, refused: Refusal) -> Response:
    """The refusal as a page; whoever is not signed in is led to where they can. While the ledger is away nobody is looked up."""
    visit, status = visit_of(request), status_of(refused)
    if status == HTTPStatus.UNAUTHORIZED:
        return visit.to("sign-in" + (f"?next={quote(request.url.path)}" if request.method == "GET" else ""))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        visit.reader = None
    heading = HEADINGS.get(status, HEADINGS[422])
    why = why_refused(visit.site.fund, refused, visit.locale) if refused.judged else None
    page = visit.page("failure.html", status, heading=heading, told=visit.said(refused), why=why, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        page.headers["Retry-After"] = str(RETRY_SECONDS)
    return page


def _of_framework(stopped: HTTPException | RequestValidationError) -> Refusal:
    """A parameter of the address that cannot be is an address that is not there."""
    if isinstance(stopped, HTTPException):
        return Refusal(OF_ROUTER.get(stopped.status_code, "request.not_found"))
    return Refusal("request.not_found")
