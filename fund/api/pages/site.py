"""What every page stands on: the fund, whoever reads, templates in every language, and how a page is sent."""

import gzip
import hashlib
import secrets
from functools import cached_property
from typing import Annotated, Any

import msgspec
from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from fund.api.access import Visitor, admit
from fund.api.pages import guarding
from fund.border.naming import Names
from fund.border.opening import Fund
from fund.border.operations import Operations
from fund.domain.facts import Actor
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.language import (
    direction,
    endonym,
    format_date,
    format_instant,
    format_money,
    format_number,
    in_markup,
    negotiate,
    refusal,
    terms_of,
    translations,
    worded,
)
from fund.resources import resource

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Encoding, Cookie",
}
WORTH_PACKING = 600
"""Bytes from which a page is compressed."""


class Reader(msgspec.Struct, frozen=True):
    """Who reads, with the token they came with."""

    token: str
    actor: Actor


class Site:
    """One per process."""

    def __init__(self, fund: Fund, operations: Operations) -> None:
        self.fund = fund
        self.operations = operations
        self.style = resource("templates", "static", "fund.css").read_bytes()
        self._environments: dict[tuple[str, str], Environment] = {}
        self.style_name = f"fund.{hashlib.sha256(self.style).hexdigest()[:10]}.css"

    def reader(self, token: str) -> Reader:
        """Refusal token.unknown, token.expired, person.unknown."""
        person = self.operations.person_of(token, self.fund.now())
        return Reader(token, self.fund.actor(person))

    def reader_of(self, request: Request) -> Reader | None:
        """By the session cookie; None also for a token that is no longer good."""
        token = request.cookies.get(guarding.cookie_name(self.base_url))
        try:
            return self.reader(token) if token else None
        except Refusal:
            return None

    @property
    def base_url(self) -> str:
        return self.fund.settings.base_url

    @property
    def programme(self) -> Programme:
        return self.fund.programme

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of the programme, in its order; the first one is for whoever asks for none of them."""
        return self.programme.languages

    def environment(self, locale: str) -> Environment:
        """Made once for each language and programme."""
        key = locale, self.programme.digest
        if key not in self._environments:
            self._environments[key] = self._environment(locale)
        return self._environments[key]

    def _environment(self, locale: str) -> Environment:
        made = Environment(
            loader=FileSystemLoader(resource("templates")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
        )
        term, catalogue = terms_of(self.programme, locale), translations(locale)
        made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
            lambda text: in_markup(catalogue.gettext(text), term),
            lambda one, many, n: in_markup(catalogue.ngettext(one, many, n), term),
            newstyle=True,
            pgettext=lambda context, text: in_markup(catalogue.pgettext(context, text), term),
            npgettext=lambda context, one, many, n: in_markup(catalogue.npgettext(context, one, many, n), term),
        )
        made.filters |= {
            "number": lambda number: format_number(locale, number),
            "money": lambda amount, currency: Markup("<bdi>{}</bdi>").format(format_money(locale, amount, currency)),
            "day": lambda day, timezone="UTC": format_date(locale, day, timezone),
            "instant": lambda instant, timezone="UTC": format_instant(locale, instant, timezone),
            "bdi": _bdi,
        }
        made.globals |= {
            "locale": locale,
            "direction": direction(locale),
            "languages": [(code, endonym(code), direction(code)) for code in self.languages],
            "fund_title": self.programme.titles[locale],
            "network": self.programme.network[locale],
            "office": self.programme.office[locale],
            "style": f"/static/{self.style_name}",
            "term": term,
            "specimen": self.fund.specimen,
        }
        return made


class Visit:
    """One request for a page."""

    def __init__(self, site: Site, request: Request, locale: str) -> None:
        self.site = site
        self.request = request
        self.locale = locale
        self.names = Names(site.fund, locale)
        self.term = terms_of(site.programme, locale)

    @cached_property
    def reader(self) -> Reader | None:
        return self.site.reader_of(self.request)

    @property
    def signed_in(self) -> Reader:
        if self.reader is None:
            raise Refusal("token.missing")
        return self.reader

    def path(self, *steps: str) -> str:
        return "/" + "/".join((self.locale, *steps))

    def said(self, refused: Refusal) -> str:
        return refusal(self.locale, refused, self.names, self.term)

    def words(self, msgid: str) -> str:
        """A label in the reader's language and the programme's words."""
        return worded(self.locale, msgid, self.term)

    def to(self, *steps: str, saved: int | None = None) -> Response:
        """Post/Redirect/Get. `saved`: the ledger index that the next page waits for."""
        return RedirectResponse(self.path(*steps) + (f"?saved={saved}" if saved else ""), status_code=303)

    def saved(self) -> int | None:
        text = self.request.query_params.get("saved", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None

    def page(self, template: str, code: int = 200, **values: Any) -> Response:
        rest = self.request.url.path.removeprefix(f"/{self.locale}")
        about: dict[str, Any] = {
            "reader": self.reader,
            "rest": rest if rest.startswith("/") else "/",
            "command_id": secrets.token_hex(16),
            "proof": guarding.form_proof(self.reader.token) if self.reader else "",
            "saved": None,
            "faults": [],
        }
        text = self.site.environment(self.locale).get_template(f"pages/{template}").render(about | values)
        return packed(self.request, text.encode(), "text/html; charset=utf-8", code, self._caching())

    def _caching(self) -> dict[str, str]:
        return {"Content-Language": self.locale, "Cache-Control": "no-store" if self.reader else "private, no-cache"}


def site_of(request: Request) -> Site:
    site: Site = request.app.state.pages
    return site


def visit_of(request: Request) -> Visit:
    """In the language of its address, else in the one the browser asks for."""
    site, first = site_of(request), request.url.path.split("/")[1]
    return Visit(site, request, first if first in site.languages else negotiate(request.headers.get("accept-language"), site.languages))


async def _visit(request: Request, visitor: Annotated[Visitor, Depends(admit)]) -> Visit:
    """Past the door: `access` has the row. Refusal request.not_found for a language that the programme does not speak."""
    visit = visit_of(request)
    if visit.locale != request.path_params.get("locale", visit.locale):
        raise Refusal("request.not_found")
    return visit


In = Annotated[Visit, Depends(_visit)]


def packed(request: Request, body: bytes, kind: str, status: int = 200, more: dict[str, str] | None = None) -> Response:
    """Compressed where the browser takes it: many readers sit behind a slow line."""
    headers = HEADERS | (more or {})
    if len(body) > WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers = gzip.compress(body, mtime=0), headers | {"Content-Encoding": "gzip"}
    return Response(body, status, headers, media_type=kind)


def _bdi(text: object, language: str = "") -> Markup:
    """A text of the user's: isolated, so that it disturbs no sentence around it, in its own language where that is known."""
    known = Markup(' lang="{}"').format(language) if language else ""
    return Markup('<bdi dir="auto"{}>{}</bdi>').format(known, text)
