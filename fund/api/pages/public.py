"""Pages for everybody: the start page, the pipeline in numbers, signing in and out, and the stylesheet."""

from typing import Any, get_args

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from fund.api.pages import guarding
from fund.api.pages.failing import PageRoute
from fund.api.pages.files import WAY
from fund.api.pages.posting import Form
from fund.api.pages.site import HEADERS, In, Visit, packed, site_of
from fund.border.sources import Source, Sum, sources, sums
from fund.domain.application import Stage
from fund.domain.events import Outcome
from fund.domain.refusal import Refusal
from fund.domain.workflow import APPLICATION_STEPS, STAGES
from fund.language import currency_name, message, negotiate
from fund.language.catalogues import N_
from fund.projections import pipeline

HOME = "applications"
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
NO_REGION = N_("Outside every region")


class Milestone(msgspec.Struct, frozen=True, kw_only=True):
    """One step on the way, as the workflow table tells it to an applicant. `days`: working days it may take, None for the city’s own."""

    told: str
    ways: tuple[str, ...]
    days: int | None


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers by kind: words and how many. Drawn and written from the same values."""

    title: str
    rows: tuple[tuple[str, int], ...]

    @property
    def most(self) -> int:
        return max((count for _, count in self.rows), default=0) or 1


def milestones(visit: Visit) -> list[Milestone]:
    """One step leads on from each stage and gives it its words; where there is a choice, the stage's own sentence does."""
    clocks = visit.site.programme.track().clocks
    told = []
    for stage, following in zip(WAY, (*WAY[1:], Stage.CLOSED), strict=True):
        onward = [visit.words(step.applicant) for step in APPLICATION_STEPS if step.at == (stage,) and following in step.leads_to]
        chosen = len(onward) > 1
        clock = STAGES[stage].clock
        told.append(
            Milestone(
                told=visit.words(STAGES[stage].applicant) if chosen else onward[0],
                ways=tuple(onward) if chosen else (),
                days=clocks[clock].working_days if clock and stage is not Stage.DRAFT else None,
            )
        )
    return told


def numbers(visit: Visit) -> pipeline.Pipeline:
    with visit.site.fund.views.reading() as reading:
        return pipeline.counts(reading)


def bars(visit: Visit, counted: pipeline.Pipeline) -> list[Bars]:
    """Every kind of the catalogue, also where there is none yet: a zero is a number."""
    catalogue, term = visit.site.programme.catalogue, visit.term
    outside = counted.regions.get(None, 0)
    regions = [(entry.titles[visit.locale], counted.regions.get(entry.code, 0)) for entry in catalogue.regions]
    outcomes, stages = get_args(Outcome), (*(stage for stage in Stage if stage not in (Stage.NEW, Stage.CLOSED)), Stage.CLOSED)
    return [
        Bars(title=message(visit.locale, BY_STAGE), rows=tuple((term(f"stage.{s}"), counted.stages.get(s, 0)) for s in stages)),
        Bars(
            title=message(visit.locale, BY_OUTCOME), rows=tuple((term(f"outcome.{one}"), counted.outcomes.get(one, 0)) for one in outcomes)
        ),
        Bars(title=message(visit.locale, BY_REGION), rows=(*regions, (message(visit.locale, NO_REGION), outside))),
        Bars(
            title=message(visit.locale, BY_PRIORITY),
            rows=tuple((entry.titles[visit.locale], counted.priorities.get(entry.code, 0)) for entry in catalogue.priorities),
        ),
    ]


class Purse(msgspec.Struct, frozen=True, kw_only=True):
    """All that came in one currency: the currency in words, sums by kind, and each source."""

    currency: str
    name: str
    sums: list[Sum]
    sources: list[Source]


def purses(visit: Visit) -> list[Purse]:
    found = sources(visit.site.fund, visit.locale)
    by_currency: dict[str, list[Source]] = {}
    for one in found:
        by_currency.setdefault(one.given.currency, []).append(one)
    return [
        Purse(
            currency=currency,
            name=currency_name(visit.locale, currency),
            sums=sums(one.given for one in here),
            sources=here,
        )
        for currency, here in sorted(by_currency.items())
    ]


BY_STAGE, BY_OUTCOME = N_("By stage"), N_("By outcome")
BY_REGION, BY_PRIORITY = N_("By region"), N_("By primary priority")


router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/")
def choose_language(request: Request) -> Response:
    locale = negotiate(request.headers.get("accept-language"), site_of(request).languages)
    return RedirectResponse(f"/{locale}/", 307, {"Vary": "Accept-Language", "Cache-Control": "no-store"})


@router.get("/static/{name}")
def static(name: str, request: Request) -> Response:
    site = site_of(request)
    if name != site.style_name:
        raise Refusal("request.not_found")
    return packed(request, site.style, "text/css; charset=utf-8", more=FOR_EVER)


@router.get("/{locale:locale}")
def add_slash(locale: str) -> Response:
    return RedirectResponse(f"/{locale}/", 307)


@router.get("/{locale:locale}/")
def start_page(visit: In) -> Response:
    return visit.page("start.html", milestones=milestones(visit), counted=numbers(visit), **_catalogue(visit))


@router.get("/{locale:locale}/pipeline")
def pipeline_page(visit: In) -> Response:
    counted = numbers(visit)
    return visit.page("pipeline.html", counted=counted, charts=bars(visit, counted), today=visit.site.fund.now())


@router.get("/{locale:locale}/sources")
def sources_page(visit: In) -> Response:
    programme = visit.site.programme
    timezone = programme.calendars[programme.track().calendar].timezone
    return visit.page("sources.html", purses=purses(visit), timezone=timezone)


@router.get("/{locale:locale}/sign-in")
def sign_in_page(visit: In, next: str = "") -> Response:
    return visit.page("sign_in.html", next=next)


@router.post("/{locale:locale}/sign-in")
def sign_in(visit: In, form: Form) -> Response:
    token, onward = str(form.get("token") or "").strip(), str(form.get("next") or "")
    try:
        visit.site.reader(token)
    except Refusal as refused:
        return visit.page("sign_in.html", 422, next=onward, faults=[("token", visit.said(refused))])
    response = RedirectResponse(guarding.local_path(onward, visit.path(HOME)), 303)
    guarding.keep_token(response, token, visit.site.base_url)
    return response


@router.post("/{locale:locale}/sign-out")
def sign_out(visit: In, form: Form) -> Response:
    response = RedirectResponse(visit.path(""), 303, {"Clear-Site-Data": '"cache"', **HEADERS})
    guarding.forget_token(response, visit.site.base_url)
    return response


def _catalogue(visit: Visit) -> dict[str, Any]:
    programme = visit.site.programme
    return {
        "programme": programme,
        "formats": programme.catalogue.formats,
        "priorities": programme.catalogue.priorities,
        "checks": programme.checks,
    }
