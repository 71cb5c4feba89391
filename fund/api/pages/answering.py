"""The page on which a city answers a question about its application."""

from fastapi import APIRouter, Response

from fund.api.pages import posting
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Field
from fund.api.pages.files import Seen, check_open, found, since
from fund.api.pages.posting import Form
from fund.api.pages.site import In
from fund.api.problems import status_of
from fund.border.bodies import command_from
from fund.domain import commands as c
from fund.domain.application import Clarification
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something
from fund.language import message
from fund.language.catalogues import N_

ANSWER, ANSWER_HINT = N_("Your answer"), N_("Write in the language that suits you.")
VERB = c.AnswerClarification.verb

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/{locale:locale}/applications/{ref}/questions/{number}")
def question_page(visit: In, ref: str, number: str) -> Response:
    seen = found(visit, ref)
    check_open(seen, VERB)
    asked = _asked(seen, number)
    return visit.page("question.html", seen=seen, asked=asked, field=_field(seen, ""), expected=seen.version, moved=[])


@router.post("/{locale:locale}/applications/{ref}/questions/{number}")
def answer(visit: In, ref: str, number: str, form: Form) -> Response:
    seen = found(visit, ref)
    asked, text = _asked(seen, number), str(form.get("answer") or "")
    try:
        if not says_something(text):
            raise Refusal("text.empty", field="answer")
        command = command_from(c.AnswerClarification, {"number": asked.number, "answer": text}, {"application": seen.file.id}, form=True)
        reply = visit.site.fund.handler.handle(
            command, by=seen.actor.id, command_id=posting.command_id(form), expected=posting.expected(form)
        )
    except Refusal as refused:
        fault = visit.said(refused)
        told = {"faults": [("answer", fault)], "moved": since(seen, refused, form), "expected": seen.version}
        return visit.page("question.html", status_of(refused), seen=seen, asked=asked, field=_field(seen, text, fault), **told)
    return visit.to("applications", seen.reference, saved=reply.index)


def _asked(seen: Seen, number: str) -> Clarification:
    """The question as the reader may read it. Refusal request.not_found."""
    asked = next((one for one in seen.read.clarifications if str(one.number) == number), None)
    if asked is None:
        raise Refusal("request.not_found")
    return asked


def _field(seen: Seen, text: str, fault: str = "") -> Field:
    label, hint = (message(seen.visit.locale, said) for said in (ANSWER, ANSWER_HINT))
    return Field(name="answer", control="text", label=label, hint=hint, values=(text,), fault=fault)
