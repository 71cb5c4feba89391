"""An applicant's pages: my applications, a new one, and one application with its state, its story and its letter."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from fund.api.listing import files_for
from fund.api.pages import posting
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Field, Option, language_name
from fund.api.pages.files import Seen, awaited, check_open, found, since, title, way
from fund.api.pages.posting import Form
from fund.api.pages.site import HEADERS, In, Visit
from fund.api.problems import status_of
from fund.border import delivery, issued
from fund.border.bodies import command_from
from fund.border.why import why_decided
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import AWARDED, Application, Stage
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something
from fund.domain.workflow import STAGES, WAITING
from fund.language import message
from fund.language.catalogues import N_
from fund.projections import city_register
from fund.projections.application_file import opened_state

PAGE = 25

CITY, CITY_HINT = N_("For which city?"), N_("The cities that you are confirmed to speak for.")
LANGUAGE, LANGUAGE_HINT = N_("In which language?"), N_("You write in this language, and the letter comes in it.")
WHY, WHY_HINT = N_("Why does the city withdraw?"), N_("A sentence is enough.")

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/{locale:locale}/applications")
def list_page(visit: In, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Response:
    awaited(visit)
    fund, actor = visit.site.fund, visit.signed_in.actor
    with fund.views.reading() as reading:
        files, more = files_for(fund, reading, actor, None, before, PAGE)
    rows = [(row, title(file), visit.names(row.city), _where(visit, file)) for row, file in ((row, opened_state(row)) for row in files)]
    return visit.page("applications.html", rows=rows, more=more, cities=_cities(visit))


@router.get("/{locale:locale}/applications/start")
def new_page(visit: In) -> Response:
    return visit.page("new.html", fields=_choices(visit, {}, []))


@router.post("/{locale:locale}/applications/start")
def start(visit: In, form: Form) -> Response:
    chosen = {name: str(form.get(name) or "") for name in ("city", "language")}
    try:
        _all_chosen(chosen)
        command = command_from(c.StartApplication, chosen, form=True)
        reply = visit.site.fund.handler.handle(command, by=visit.signed_in.actor.id, command_id=posting.command_id(form))
    except Refusal as refused:
        faults = [(refused.field if refused.field in chosen else "city", visit.said(refused))]
        return visit.page("new.html", status_of(refused), fields=_choices(visit, chosen, faults), faults=faults)
    started = next(one.event for one in reply.events if isinstance(one.event, e.ApplicationStarted))
    return visit.to("applications", started.reference, saved=reply.index)


@router.get("/{locale:locale}/applications/{ref}")
def file_page(visit: In, ref: str) -> Response:
    saved = awaited(visit)
    return show(found(visit, ref), saved=saved)


@router.get("/{locale:locale}/applications/{ref}/withdraw")
def withdraw_page(visit: In, ref: str) -> Response:
    seen = found(visit, ref)
    check_open(seen, "withdraw")
    return visit.page("withdraw.html", seen=seen, field=_why(visit, ""), expected=seen.version, moved=[])


@router.post("/{locale:locale}/applications/{ref}/withdraw")
def withdraw(visit: In, ref: str, form: Form) -> Response:
    seen = found(visit, ref)
    reason = str(form.get("reason") or "")
    try:
        if not says_something(reason):
            raise Refusal("text.empty", field="reason")
        command = command_from(c.WithdrawApplication, {"reason": reason}, {"application": seen.file.id}, form=True)
        reply = visit.site.fund.handler.handle(
            command, by=seen.actor.id, command_id=posting.command_id(form), expected=posting.expected(form)
        )
    except Refusal as refused:
        fault = visit.said(refused)
        told = {"faults": [("reason", fault)], "moved": since(seen, refused, form), "expected": seen.version}
        return visit.page("withdraw.html", status_of(refused), seen=seen, field=_why(visit, reason, fault), **told)
    return visit.to("applications", seen.reference, saved=reply.index)


@router.get("/{locale:locale}/applications/{ref}/letter")
def letter(visit: In, ref: str) -> Response:
    return _printed(found(visit, ref), None)


@router.get("/{locale:locale}/applications/{ref}/letters/{number}")
def numbered_letter(visit: In, ref: str, number: Annotated[int, Path(ge=1, le=2**31)]) -> Response:
    """Counted from 1."""
    return _printed(found(visit, ref), number)


def _printed(seen: Seen, number: int | None) -> Response:
    if not seen.has_letter:
        raise Refusal("letter.not_issued", reference=seen.reference)
    name = issued.file_name(seen.reference, number)
    named = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    content = delivery.opened(seen.visit.site.fund, seen.actor, seen.file, number)
    return Response(content, headers=HEADERS | named, media_type="application/pdf")


def show(seen: Seen, *, saved: bool = False) -> Response:
    """One application: where it stands and what to do now, then what happened."""
    file, read, visit = seen.file, seen.read, seen.visit
    stages = way(seen.programme.track(file.track))
    return visit.page(
        "application.html",
        seen=seen,
        file=file,
        city=visit.names(file.city),
        stage=_where(visit, file) if seen.is_ours or file.stage is not Stage.DRAFT else visit.term("stage.draft"),
        stages=stages,
        on_the_way=file.stage not in (*WAITING, *AWARDED, Stage.CLOSED),
        position=stages.index(file.stands_at) if file.stands_at in stages else len(stages),
        tasks=seen.tasks() if file.stage is Stage.DRAFT and (seen.is_ours or not seen.is_of_a_party) else [],
        decision=read.decision,
        returned=seen.text(read.returned.reason) if read.returned else "",
        ineligible=seen.text(read.decision.reason) if read.decision and read.decision.reason else "",
        happened=seen.happened(),
        why=why_decided(visit.site.fund, read, visit.locale) if read.decision else None,
        saved=saved,
    )


def _where(visit: Visit, file: Application) -> str:
    """Where it stands, in the applicant's words. What was never submitted ends without a letter."""
    if file.stage is Stage.CLOSED and file.letter is None:
        return visit.term("stage.closed")
    return visit.words(STAGES[file.stage].applicant)


def _cities(visit: Visit) -> list[str]:
    """Ids of the cities that the reader speaks for."""
    with visit.site.fund.views.reading() as reading:
        return [one.city for one in city_register.represented_by(reading, visit.signed_in.actor.id)]


def _choices(visit: Visit, chosen: dict[str, str], faults: list[tuple[str, str]]) -> tuple[Field, ...]:
    """For which city, and in which language. None where the reader speaks for no city."""
    cities, locale, told = tuple((id, visit.names(id)) for id in _cities(visit)), visit.locale, dict(faults)
    if not cities:
        return ()
    tongues = tuple((code, language_name(locale, code)) for code in visit.site.programme.languages)
    only = cities[0][0] if len(cities) == 1 else ""
    return (
        _one(visit, "city", (CITY, CITY_HINT), cities, chosen.get("city") or only, told),
        _one(visit, "language", (LANGUAGE, LANGUAGE_HINT), tongues, chosen.get("language") or locale, told),
    )


def _one(visit: Visit, name: str, asked: tuple[str, str], options: tuple[Option, ...], value: str, faults: dict[str, str]) -> Field:
    label, hint = (message(visit.locale, text) for text in asked)
    return Field(name=name, control="one", label=label, hint=hint, options=options, values=(value,), fault=faults.get(name, ""))


def _why(visit: Visit, reason: str, fault: str = "") -> Field:
    label, hint = message(visit.locale, WHY), message(visit.locale, WHY_HINT)
    return Field(name="reason", control="text", label=label, hint=hint, values=(reason,), fault=fault)


def _all_chosen(chosen: dict[str, str]) -> None:
    for field, value in chosen.items():
        if not value:
            raise Refusal("field.missing", field=field)
