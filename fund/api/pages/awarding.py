"""The pages on which a city answers its award: accepts it, turns it down, gives it up, hands in its report, reports an incident."""

import msgspec
from fastapi import APIRouter, Response

from fund.api.pages import posting
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Field
from fund.api.pages.files import Seen, check_open, found, since
from fund.api.pages.posting import Form
from fund.api.pages.questions import Control
from fund.api.pages.site import In
from fund.api.problems import status_of
from fund.border.bodies import command_from
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something
from fund.language import message
from fund.language.catalogues import N_

router = APIRouter(route_class=PageRoute, include_in_schema=False)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: what it is called, what it brings, and what is asked for with it (a text field, and a day, each with label and hint)."""

    command: type[c.Command]
    title: str
    brings: str
    asks: tuple[str, str, str] | None = None
    day: tuple[str, str, str] | None = None
    warns: bool = False


ANSWERS: dict[str, Answer] = {
    "accept": Answer(
        command=c.AcceptAward,
        title=N_("Accept the award"),
        brings=N_("You accept, for your city, the support as the letter describes it. We then agree with you on the working plan."),
    ),
    "turn-down": Answer(
        command=c.TurnDownAward,
        title=N_("Turn the award down"),
        brings=N_("The support is free for other cities at once. Your city may apply again at any time."),
        asks=("reason", N_("Why does the city turn the award down?"), N_("A sentence is enough.")),
        warns=True,
    ),
    "relinquish": Answer(
        command=c.RelinquishAward,
        title=N_("Give the award up"),
        brings=N_(
            "Nothing more is delivered, and this cannot be taken back. We settle what was used, the rest is free for other cities, "
            "and a letter follows. Your city may apply again at any time."
        ),
        asks=("reason", N_("Why does the city give the award up?"), N_("A sentence is enough.")),
        warns=True,
    ),
    "report": Answer(
        command=c.HandInReport,
        title=N_("Hand in your report"),
        brings=N_("We read it and then close the award, or ask you for more."),
        asks=("report", N_("What was done, and what came of it?"), N_("Name nobody. Write in the language that suits you.")),
    ),
    "incident": Answer(
        command=c.ReportIncident,
        title=N_("Report an incident"),
        brings=N_("Tell us if something has happened that did harm to somebody, or may do so. Only you and the fund’s office read it."),
        asks=("account", N_("What has happened?"), N_("Name nobody who is in danger. If somebody is in danger now, call for help first.")),
        day=("happened_on", N_("On which day did it happen?"), N_("The day on which you learned of it, if you do not know.")),
    ),
}
"""Last step of the path -> the answer."""


@router.get("/{locale:locale}/applications/{ref}/award/{answer}")
def answer_page(visit: In, ref: str, answer: str) -> Response:
    seen, asked = found(visit, ref), _asked(answer)
    check_open(seen, asked.command.verb)
    return _page(seen, answer, asked, {}, expected=seen.version)


@router.post("/{locale:locale}/applications/{ref}/award/{answer}")
def give_answer(visit: In, ref: str, answer: str, form: Form) -> Response:
    seen, asked = found(visit, ref), _asked(answer)
    content = {one[0]: str(form.get(one[0]) or "") for one in (asked.day, asked.asks) if one}
    try:
        if empty := next((name for name, text in content.items() if not says_something(text)), None):
            raise Refusal("text.empty", field=empty)
        command = command_from(asked.command, content, {"application": seen.file.id}, form=True)
        reply = visit.site.fund.handler.handle(
            command, by=seen.actor.id, command_id=posting.command_id(form), expected=posting.expected(form)
        )
    except Refusal as refused:
        fault = visit.said(refused)
        name = refused.field if refused.field in content else next(iter(content), "")
        told = {"faults": [(name, fault)], "moved": since(seen, refused, form), "expected": seen.version}
        return _page(seen, answer, asked, content, {name: fault}, status_of(refused), **told)
    return visit.to("applications", seen.reference, saved=reply.index)


def _asked(answer: str) -> Answer:
    """Refusal request.not_found."""
    if answer not in ANSWERS:
        raise Refusal("request.not_found")
    return ANSWERS[answer]


def _page(
    seen: Seen, answer: str, asked: Answer, given: dict[str, str], wrong: dict[str, str] | None = None, status: int = 200, **told: object
) -> Response:
    shown: tuple[tuple[tuple[str, str, str] | None, Control], ...] = ((asked.day, "day"), (asked.asks, "text"))
    fields = [_field(seen, one, control, given, wrong or {}) for one, control in shown if one]
    return seen.visit.page("award.html", status, seen=seen, answer=answer, asked=asked, fields=fields, **{"moved": [], **told})


def _field(seen: Seen, said: tuple[str, str, str], control: Control, given: dict[str, str], faults: dict[str, str]) -> Field:
    name = said[0]
    label, hint = (message(seen.visit.locale, one) for one in said[1:])
    return Field(name=name, control=control, label=label, hint=hint, values=(given.get(name, ""),), fault=faults.get(name, ""))
