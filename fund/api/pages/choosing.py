"""How messages come: the reader's own choice of rhythm and language. What cannot be switched off is told with it."""

from fastapi import APIRouter, Response

from fund.api.pages import posting
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Field, Option, language_name
from fund.api.pages.posting import Form
from fund.api.pages.site import In, Visit
from fund.api.problems import status_of
from fund.border.bodies import command_from
from fund.border.choice import Choice, choice_of
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.language.catalogues import N_

RHYTHMS = {
    "at_once": N_("At once, each in a mail of its own"),
    "daily": N_("Once a day, in the morning"),
    "weekly": N_("Once a week, on Monday morning"),
    "never": N_("Not at all"),
}
RHYTHM, LANGUAGE = N_("How often do you want to hear what is new?"), N_("In which language?")
HINT = N_("Questions to you, letters, decisions and days by which you must answer always come at once.")

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/{locale:locale}/messages")
def choice_page(visit: In) -> Response:
    chosen, registered = _chosen(visit)
    given = {"rhythm": chosen.rhythm or "", "language": chosen.language or registered}
    return visit.page("messages.html", fields=_fields(visit, given, []), saved=visit.saved() is not None)


@router.post("/{locale:locale}/messages")
def choose(visit: In, form: Form) -> Response:
    given = {name: str(form.get(name) or "") for name in ("rhythm", "language")}
    person = visit.signed_in.actor.id
    try:
        if not given["rhythm"]:
            raise Refusal("field.missing", field="rhythm")
        command = command_from(c.ChooseMessages, given, {"person": person}, form=True)
        reply = visit.site.fund.handler.handle(command, by=person, command_id=posting.command_id(form))
    except Refusal as refused:
        faults = [(refused.field if refused.field in given else "rhythm", visit.said(refused))]
        return visit.page("messages.html", status_of(refused), fields=_fields(visit, given, faults), faults=faults)
    return visit.to("messages", saved=reply.index)


def _chosen(visit: Visit) -> tuple[Choice, str]:
    """What was chosen so far, and the language of the registration."""
    fund = visit.site.fund
    person = fund.handler.load(visit.signed_in.actor.id).state
    assert isinstance(person, Person), "whoever is signed in is a person"
    assert person.registered, "and registered"
    return choice_of(person, fund.keys), person.registered.language


def _fields(visit: Visit, given: dict[str, str], faults: list[tuple[str, str]]) -> tuple[Field, ...]:
    told = dict(faults)
    rhythms = tuple((code, visit.words(words)) for code, words in RHYTHMS.items())
    languages: tuple[Option, ...] = tuple((code, language_name(visit.locale, code)) for code in visit.site.programme.languages)
    return (
        Field(
            name="rhythm", control="one", label=visit.words(RHYTHM), hint=visit.words(HINT), options=rhythms,
            values=(given["rhythm"],), fault=told.get("rhythm", ""),
        ),
        Field(
            name="language", control="one", label=visit.words(LANGUAGE), options=languages, values=(given["language"],),
            fault=told.get("language", ""),
        ),
    )  # fmt: skip
