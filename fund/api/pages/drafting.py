"""The form: one section at a time, each saved as it is made; then everything once more, and the button."""

from fastapi import APIRouter, Response

from fund.api.pages import answers, posting
from fund.api.pages.answers import Answers, Fault, Faulty, Register
from fund.api.pages.failing import PageRoute
from fund.api.pages.fields import Asking, Line
from fund.api.pages.files import Happened, Seen, check_open, found, since
from fund.api.pages.posting import Form
from fund.api.pages.questions import INTRODUCTIONS
from fund.api.pages.safeguarding import SECTION, is_unanswered, questions_of
from fund.api.pages.site import In, Visit
from fund.api.problems import status_of
from fund.border.naming import city_called, city_written
from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.refusal import Refusal
from fund.domain.sections import AnySection
from fund.ledger.handler import Reply

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.get("/{locale:locale}/applications/{ref}/sections/{section}")
def section_page(visit: In, ref: str, section: str) -> Response:
    seen = _draft(visit, ref, section)
    return _asked(seen, section, _saved(seen, seen.read, section))


@router.post("/{locale:locale}/applications/{ref}/sections/{section}")
def save(visit: In, ref: str, section: str, form: Form) -> Response:
    seen = _draft(visit, ref, section)
    questions = questions_of(seen, section)
    typed = answers.posted(questions, form)
    try:
        reply = _save(seen, answers.meant(section, questions, typed, _register(seen)), form)
    except Faulty as faulty:
        return _asked(seen, section, typed, faulty.faults, 422)
    except Refusal as refused:
        fault = (answers.control_for(section, questions, typed, refused.field or ""), refused)
        return _asked(seen, section, typed, [fault], status_of(refused), since(seen, refused, form))
    if section == SECTION and is_unanswered(found(visit, ref)):
        return visit.to("applications", seen.reference, "sections", section, saved=reply.index)
    return visit.to("applications", seen.reference, saved=reply.index)


@router.get("/{locale:locale}/applications/{ref}/check")
def check_page(visit: In, ref: str) -> Response:
    return _checked(found(visit, ref))


@router.post("/{locale:locale}/applications/{ref}/submit")
def submit(visit: In, ref: str, form: Form) -> Response:
    seen = found(visit, ref)
    try:
        reply = visit.site.fund.handler.handle(
            c.SubmitApplication(application=seen.file.id),
            by=seen.actor.id,
            command_id=posting.command_id(form),
            expected=posting.expected(form),
        )
    except Refusal as refused:
        faults = [(f"section-{(refused.field or '').partition('.')[0]}", visit.said(refused))]
        return _checked(seen, status_of(refused), faults, since(seen, refused, form))
    return visit.to("applications", seen.reference, saved=reply.index)


def _draft(visit: Visit, reference: str, section: str) -> Seen:
    """A file whose section may be written. Refusal request.not_found, access.denied, workflow.not_now."""
    seen = found(visit, reference)
    if section not in seen.sections:
        raise Refusal("request.not_found")
    check_open(seen, "save-section")
    return seen


def _save(seen: Seen, section: AnySection, form: Form) -> Reply:
    return seen.visit.site.fund.handler.handle(
        c.SaveSection(application=seen.file.id, section=section),
        by=seen.actor.id,
        command_id=posting.command_id(form),
        expected=posting.expected(form),
    )


def _saved(seen: Seen, read: Application, section: str) -> Answers:
    known = read.sections.get(section)
    return answers.saved(known, questions_of(seen, section), _register(seen), seen.text) if known else {}


def _register(seen: Seen) -> Register:
    fund, names = seen.visit.site.fund, seen.visit.names
    return Register(lambda text, country: city_called(fund, text, country), lambda id: city_written(fund, id, names(id)))


def _asked(
    seen: Seen, section: str, typed: Answers, faults: list[Fault] | None = None, status: int = 200, moved: list[Happened] | None = None
) -> Response:
    visit, names = seen.visit, seen.sections
    return visit.page(
        "section.html",
        status,
        seen=seen,
        section=section,
        number=names.index(section) + 1,
        total=len(names),
        introduction=INTRODUCTIONS[section],
        fields=Asking(visit, section, questions_of(seen, section), typed, faults).fields(),
        expected=seen.version,
        faults=[(name, visit.said(refused)) for name, refused in faults or []],
        moved=moved or [],
    )


def _checked(seen: Seen, status: int = 200, faults: list[tuple[str, str]] | None = None, moved: list[Happened] | None = None) -> Response:
    """All answers, to be read once more before submitting, and any time after."""
    if seen.file.sections and not seen.has_answers:
        raise Refusal("access.denied")
    sections = [(name, lines_of(seen, seen.read, name)) for name in seen.sections]
    may_submit = "submit" in seen.actions and all(lines for _, lines in sections)
    told = {"expected": seen.version, "faults": faults or [], "moved": moved or []}
    return seen.visit.page("check.html", status, seen=seen, sections=sections, may_submit=may_submit, **told)


def lines_of(seen: Seen, read: Application, section: str) -> list[Line]:
    """The answers of a section in `read`, which is the file as this reader may read it, at some moment. Empty where it was never saved."""
    if section not in read.sections:
        return []
    return Asking(seen.visit, section, questions_of(seen, section), _saved(seen, read, section)).lines()
