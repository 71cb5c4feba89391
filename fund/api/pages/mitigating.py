"""The page on which a city reports that something it saw to, so that the support harms nobody, is done."""

from fastapi import APIRouter, Response

from fund.api.pages import posting
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Field
from fund.api.pages.files import Owes, Seen, check_open, found, since
from fund.api.pages.posting import Form
from fund.api.pages.site import In
from fund.api.problems import status_of
from fund.border.bodies import command_from
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something
from fund.language import message
from fund.language.catalogues import N_

DONE, DONE_HINT = N_("What was done?"), N_("Name nobody. Write in the language that suits you.")

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/{locale:locale}/applications/{ref}/mitigations/{number}")
def mitigation_page(visit: In, ref: str, number: str) -> Response:
    seen = found(visit, ref)
    check_open(seen, c.ReportMitigation.verb)
    return _page(seen, _asked(seen, number), "", expected=seen.version)


@router.post("/{locale:locale}/applications/{ref}/mitigations/{number}")
def report_mitigation(visit: In, ref: str, number: str, form: Form) -> Response:
    seen = found(visit, ref)
    asked, text = _asked(seen, number), str(form.get("done") or "")
    try:
        if not says_something(text):
            raise Refusal("text.empty", field="done")
        command = command_from(c.ReportMitigation, {"number": asked.number, "done": text}, {"application": seen.file.id}, form=True)
        reply = visit.site.fund.handler.handle(
            command, by=seen.actor.id, command_id=posting.command_id(form), expected=posting.expected(form)
        )
    except Refusal as refused:
        fault = visit.said(refused)
        told = {"faults": [("done", fault)], "moved": since(seen, refused, form), "expected": seen.version}
        return _page(seen, asked, text, fault, status_of(refused), **told)
    return visit.to("applications", seen.reference, saved=reply.index)


def _asked(seen: Seen, number: str) -> Owes:
    """What the reader's city was asked for, also once it is done. Refusal request.not_found."""
    asked = next((one for one in seen.owes if str(one.number) == number), None)
    if asked is None:
        raise Refusal("request.not_found")
    return asked


def _page(seen: Seen, asked: Owes, text: str, fault: str = "", status: int = 200, **told: object) -> Response:
    label, hint = (message(seen.visit.locale, said) for said in (DONE, DONE_HINT))
    field = Field(name="done", control="text", label=label, hint=hint, values=(text,), fault=fault)
    return seen.visit.page("mitigation.html", status, seen=seen, asked=asked, field=field, **{"moved": [], **told})
