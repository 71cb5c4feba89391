"""Reading applications: lists, one file, its history, its letter, and what may be done with it now."""

from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Path, Query, Response

from fund.api.access import File, Known, Opened
from fund.api.answers import etag, json
from fund.api.entitlements import API
from fund.api.files import OpenFile
from fund.api.incoming import Fresh, Locale
from fund.api.listing import files_for
from fund.api.schema import answers
from fund.border import delivery, issued
from fund.border.clocks import days_of
from fund.border.conflicts import ConflictShown, conflicts_of
from fund.border.consents import Consent, consents_of
from fund.border.issued import Move
from fund.border.opening import Fund
from fund.border.seeing import Sights, Told
from fund.border.why import WhyDecided, why_decided
from fund.domain.application import Application, Stage
from fund.domain.clock import Reading, clock
from fund.domain.deciding import allowed_actions
from fund.domain.events import LetterIssued
from fund.domain.facts import Actor, Facts
from fund.domain.refusal import Refusal
from fund.domain.streams import hub_stream
from fund.domain.workflow import STAGES
from fund.language import terms_of, worded
from fund.language.clocks import clock_told
from fund.projections import application_file, city_register

PDF = "application/pdf"


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One file in a list."""

    reference: str
    city: str
    city_name: str
    stage: str
    status: str
    due: str | None
    submitted_at: str | None
    outcome: str | None
    version: int
    index: int


class Summaries(msgspec.Struct, frozen=True, kw_only=True):
    """A page of files, newest first. `next` is the `before` of the page that follows, null after the last one."""

    items: list[Summary]
    next: int | None


class LetterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of a file; `href`: where it is read. superseded: what it told is in force no more."""

    number: int
    issued_on: str
    outcome: str
    language: str
    superseded: bool
    href: str


class Letters(msgspec.Struct, frozen=True, kw_only=True):
    """The letters of a file, oldest first."""

    reference: str
    letters: list[LetterEntry]


class ClockTold(msgspec.Struct, frozen=True, kw_only=True):
    """Why the clock of the stage is where it is: in a sentence, and day by day."""

    says: str
    reading: Reading


class FileState(msgspec.Struct, frozen=True, kw_only=True):
    """A file as the reader may see it, as of one version: the track it is on, how it came there, and its letters.

    text: digest of the form as it stands, which partner cities accept; consents: what each of them did accept.
    conflicts: what those who worked on it have disclosed, and who has no part in it.
    """

    reference: str
    index: int
    version: int
    at: str
    status: str
    track: str | None
    moves: list[Move]
    letters: list[LetterEntry]
    text: str
    consents: tuple[Consent, ...]
    conflicts: tuple[ConflictShown, ...]
    state: Any
    clock: ClockTold | None


class FileHistory(msgspec.Struct, frozen=True, kw_only=True):
    """What has happened, in order, as far as the reader may know."""

    reference: str
    events: list[Told]


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """Something the reader may do now. `body` is the name of its schema."""

    verb: str
    title: str
    method: str
    href: str
    body: str


class Actions(msgspec.Struct, frozen=True, kw_only=True):
    """What the reader may do with the file as it stands at `version`."""

    reference: str
    version: int
    actions: list[Action]


def mount(app: FastAPI) -> None:
    here = f"{API}/applications"
    app.get(here, operation_id="ListApplications", tags=["application"], responses=answers(Summaries))(listed)
    app.get(f"{here}/{{ref}}", operation_id="ReadApplication", tags=["application"], responses=answers(FileState))(state)
    app.get(f"{here}/{{ref}}/history", operation_id="ReadHistory", tags=["application"], responses=answers(FileHistory))(told)
    app.get(f"{here}/{{ref}}/actions", operation_id="ReadActions", tags=["application"], responses=answers(Actions))(actions)
    app.get(f"{here}/{{ref}}/why", operation_id="ReadWhy", tags=["application"], responses=answers(WhyDecided))(why)
    pdf: dict[int | str, dict[str, Any]] = {200: {"description": "The letter as it was issued.", "content": {PDF: {}}}}
    app.get(f"{here}/{{ref}}/letter", operation_id="ReadLetter", tags=["application"], responses=pdf)(letter)
    app.get(f"{here}/{{ref}}/letters", operation_id="ListLetters", tags=["application"], responses=answers(Letters))(letters)
    app.get(f"{here}/{{ref}}/letters/{{number}}", operation_id="ReadEarlierLetter", tags=["application"], responses=pdf)(numbered)


def listed(
    fund: Opened,
    actor: Known,
    locale: Locale,
    fresh: Fresh,
    stage: Stage | None = None,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Response:
    """Files that are the reader's to know."""
    fresh.wait(fund, application_file.VIEW.name, city_register.VIEW.name)
    with fund.views.reading() as reading:
        found, following = files_for(fund, reading, actor, str(stage) if stage else None, before, limit)
        names = city_register.names(reading, [row.city for row in found])
    items = [_summary(row, names.get(row.city, row.city), locale, actor, fund) for row in found]
    return json(Summaries(items=items, next=following))


def state(ref: str, fund: Opened, actor: Known, file: File, locale: Locale, fresh: Fresh) -> Response:
    seen = _sights(fund, actor, file)
    last = fund.ledger.stream(file.state.id, file.version - 1, file.version)[0]
    known, programme = seen.state(), fund.handler.programme_of(file.state)
    body = FileState(
        reference=file.state.reference,
        index=last.index,
        version=file.version,
        at=last.header.at.isoformat(),
        status=str(file.state.stage),
        track=file.state.track,
        moves=issued.moves(seen, programme, locale),
        letters=_letters(seen, file.state),
        text=file.state.text,
        consents=consents_of(file.state),
        conflicts=conflicts_of(known, terms_of(programme, locale)),
        state=msgspec.to_builtins(known, order="deterministic"),
        clock=_clock(fund, file.state, locale),
    )
    return json(body, headers={"ETag": etag(file.version), "Content-Language": locale, "Vary": "Accept-Language"})


def _clock(fund: Fund, file: Application, locale: str) -> ClockTold | None:
    days = days_of(fund, file)
    reading = clock(file, fund.now(), days)
    return None if reading is None else ClockTold(says=clock_told(locale, reading, days.timezone), reading=reading)


def told(
    ref: str, fund: Opened, actor: Known, file: File, locale: Locale, fresh: Fresh, after: Annotated[int, Query(ge=0, le=2**53)] = 0
) -> Response:
    """`after`: a version; what has happened since."""
    events = _sights(fund, actor, file).history(locale, after)
    headers = {"ETag": etag(file.version), "Content-Language": locale, "Vary": "Accept-Language"}
    return json(FileHistory(reference=file.state.reference, events=events), headers=headers)


def why(ref: str, fund: Opened, actor: Known, file: File, locale: Locale, fresh: Fresh) -> Response:
    """The rules that the decision in force rests on, as far as the reader may know of it."""
    body = why_decided(fund, _sights(fund, actor, file).state(), locale)
    return json(body, headers={"ETag": etag(file.version), "Content-Language": locale, "Vary": "Accept-Language"})


def letter(ref: str, fund: Opened, actor: Known, file: File, fresh: Fresh) -> Response:
    """The last one. Refusal letter.not_issued, letter.erased."""
    return _printed(fund, actor, file, None)


def letters(ref: str, fund: Opened, actor: Known, file: File, fresh: Fresh) -> Response:
    return json(Letters(reference=file.state.reference, letters=_letters(_sights(fund, actor, file), file.state)))


def numbered(ref: str, number: Annotated[int, Path(ge=1, le=2**31)], fund: Opened, actor: Known, file: File, fresh: Fresh) -> Response:
    """Counted from 1. Refusal letter.not_issued, letter.erased."""
    return _printed(fund, actor, file, number)


def _printed(fund: Fund, actor: Actor, file: OpenFile, number: int | None) -> Response:
    if not _sights(fund, actor, file).sees(LetterIssued):
        raise Refusal("letter.not_issued")
    name = f'inline; filename="{issued.file_name(file.state.reference, number)}"'
    return Response(delivery.opened(fund, actor, file.state, number), media_type=PDF, headers={"Content-Disposition": name})


def _letters(seen: Sights, file: Application) -> list[LetterEntry]:
    here = f"{API}/applications/{file.reference}/letters"
    return [LetterEntry(**msgspec.to_builtins(one), href=f"{here}/{one.number}") for one in issued.letters(seen)]


def actions(ref: str, fund: Opened, actor: Known, file: File, locale: Locale, fresh: Fresh) -> Response:
    own = file.lead.represented_by(actor.id)
    allowed = [
        Action(
            verb=step.verb,
            title=worded(locale, step.applicant if own else step.staff, terms_of(fund.programme, locale)),
            method="POST",
            href=f"{API}/applications/{file.state.reference}/{step.verb}",
            body=f"{step.command.__name__}Body",
        )
        for step in allowed_actions(file.state, facts(fund, actor, file.state))
    ]
    body = Actions(reference=file.state.reference, version=file.version, actions=allowed)
    return json(body, headers={"ETag": etag(file.version), "Content-Language": locale, "Vary": "Accept-Language"})


def facts(fund: Fund, actor: Actor, file: Application) -> Facts:
    """What a rule may know of a file's surroundings now, to ask what its reader may do."""
    programme = fund.handler.judging(file.policy) or fund.programme
    hubs = (hub_stream(hub.code) for hub in programme.catalogue.hubs)
    around = (*file.parties, *filter(None, (file.round,)), *hubs, *(lent.by for lent in actor.lent))
    return Facts(now=fund.now(), actor=actor, programme=programme, states={id: fund.handler.load(id).state for id in around})


def _sights(fund: Fund, actor: Actor, file: OpenFile) -> Sights:
    return Sights(fund, actor, file.state, file.cities, file.version)


def _summary(row: application_file.File, city_name: str, locale: str, actor: Actor, fund: Fund) -> Summary:
    waiting = STAGES[Stage(row.stage)]
    return Summary(
        reference=row.reference,
        city=row.city,
        city_name=city_name,
        stage=row.stage,
        status=worded(locale, waiting.staff if actor.roles else waiting.applicant, terms_of(fund.programme, locale)),
        due=row.due.isoformat() if row.due else None,
        submitted_at=row.submitted_at.isoformat() if row.submitted_at else None,
        outcome=row.outcome,
        version=row.version,
        index=row.index,
    )
