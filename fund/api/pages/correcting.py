"""The page on which a city names an error in a decision: what the decision rests on comes first, and one fact of it is chosen."""

from fastapi import APIRouter, Response

from fund.api.pages import posting
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Field, Option
from fund.api.pages.files import Seen, check_open, found, since
from fund.api.pages.posting import Form
from fund.api.pages.questions import Control
from fund.api.pages.site import In
from fund.api.problems import status_of
from fund.border.bodies import command_from
from fund.border.why import why_decided
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something
from fund.language import message
from fund.language.catalogues import N_

ASKED: dict[str, tuple[Control, str, str]] = {
    "fact": ("one", N_("What is wrong?"), N_("Choose one. If all facts are right and you see them otherwise, appeal instead.")),
    "instead": ("text", N_("What is so instead?"), N_("Say where it can be looked up. Name nobody.")),
}
"""Field -> how it is asked, its label and its hint."""

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/{locale:locale}/applications/{ref}/correction")
def correction_page(visit: In, ref: str) -> Response:
    seen = found(visit, ref)
    check_open(seen, c.AskCorrection.verb)
    return _page(seen, {}, {}, expected=seen.version)


@router.post("/{locale:locale}/applications/{ref}/correction")
def ask_correction(visit: In, ref: str, form: Form) -> Response:
    seen = found(visit, ref)
    given = {name: str(form.get(name) or "") for name in ASKED}
    try:
        command = command_from(c.AskCorrection, _named(seen, given), {"application": seen.file.id}, form=True)
        reply = visit.site.fund.handler.handle(
            command, by=seen.actor.id, command_id=posting.command_id(form), expected=posting.expected(form)
        )
    except Refusal as refused:
        field, fault = refused.field if refused.field in ASKED else "fact", visit.said(refused)
        told = {"faults": [(field, fault)], "moved": since(seen, refused, form), "expected": seen.version}
        return _page(seen, given, {field: fault}, status_of(refused), **told)
    return visit.to("applications", seen.reference, saved=reply.index)


def _named(seen: Seen, given: dict[str, str]) -> dict[str, object]:
    """The code of a check that failed, or the number of a reason. Refusal field.missing, text.empty."""
    fact, instead = given["fact"], given["instead"]
    if fact not in dict(_facts(seen)):
        raise Refusal("field.missing", field="fact")
    if not says_something(instead):
        raise Refusal("text.empty", field="instead")
    return {"instead": instead, "reason" if fact.isdecimal() else "check": fact}


def _facts(seen: Seen) -> tuple[Option, ...]:
    """What the decision rests on, to choose from."""
    decision = seen.read.decision
    if decision is None:
        return ()
    checks = tuple((check, seen.visit.term(f"eligibility_check.{check}")) for check in decision.checks)
    return checks or tuple((str(number), reason) for number, reason in enumerate(decision.reasons, start=1))


def _page(seen: Seen, given: dict[str, str], marked: dict[str, str], status: int = 200, **told: object) -> Response:
    fields = [_field(seen, name, given.get(name, ""), marked.get(name, "")) for name in ASKED]
    why = why_decided(seen.visit.site.fund, seen.read, seen.visit.locale)
    return seen.visit.page("correction.html", status, seen=seen, fields=fields, why=why, **({"moved": []} | told))


def _field(seen: Seen, name: str, value: str, fault: str) -> Field:
    control, label, hint = ASKED[name]
    options = _facts(seen) if name == "fact" else ()
    label, hint = message(seen.visit.locale, label), message(seen.visit.locale, hint)
    return Field(name=name, control=control, label=label, hint=hint, options=options, values=(value,), fault=fault)
