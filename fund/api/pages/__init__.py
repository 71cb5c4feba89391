"""The pages: plain HTML in every language, no script. `mount(app, fund, operations)` adds them to an app, after everything else."""

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.convertors import Convertor, register_url_convertor

from fund.api.pages.failing import PageRoute, failure_page
from fund.api.pages.site import Site
from fund.border.opening import Fund
from fund.border.operations import Operations
from fund.domain.facts import Actor
from fund.domain.refusal import Refusal


class LocaleConvertor(Convertor[str]):
    """The first step of a page's path."""

    regex = r"(?!api\b)[a-z]{2,3}(?:-[A-Z][a-z]{3})?"
    """Any language: which ones there are is the programme's, and `site.visit_of` knows it."""

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("locale", LocaleConvertor())

anything_else = APIRouter(route_class=PageRoute, include_in_schema=False)


@anything_else.get("/{locale:locale}/{rest:path}")
def not_here(request: Request) -> Response:
    return failure_page(request, Refusal("request.not_found"))


def mount(app: FastAPI, fund: Fund, operations: Operations) -> None:
    """Add the pages last: they answer every path below a locale."""
    from fund.api.pages import (  # their paths need the convertor
        answering,
        applications,
        awarding,
        choosing,
        consenting,
        correcting,
        drafting,
        mitigating,
        outbox,
        public,
    )

    app.state.pages = Site(fund, operations)
    app.state.identify_page = _identified
    for module in (public, applications, drafting, consenting, answering, awarding, mitigating, correcting, choosing, outbox):
        app.include_router(module.router)
    app.include_router(anything_else)


def _identified(request: Request) -> Actor | None:
    """Who came in through a page's door: by their session."""
    site: Site = request.app.state.pages
    reader = site.reader_of(request)
    return reader.actor if reader else None


__all__ = ["mount"]
