"""Applications as they stand: what lists and searches need as columns, and the whole state with its texts still sealed."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, select

from fund.domain import delivery
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.event import Recorded
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, upsert
from fund.projections.view import Tables, View


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A change of track."""

    from_track: str
    to_track: str
    why: e.TrackReason


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """One that was issued. number: counted from 1."""

    number: int
    issued_on: date
    outcome: e.LetterOutcome


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One application. `state` is JSON of `Application` (see `opened_state`); amounts are in minor units: granted, else asked for.

    started: index of its first event. version, index, updated_at: of its last.
    """

    stream: str
    reference: str
    city: str
    stage: str
    language: str
    track: str | None
    """The one it is on now."""
    moves: tuple[Move, ...]
    policy: str | None
    due: datetime | None
    submitted_at: datetime | None
    outcome: str | None
    amount: int | None
    currency: str | None
    region: str | None
    priority: str | None
    hubs: str
    """Codes of the hubs that were asked, each between spaces."""
    partners: str
    """Ids of the cities that were invited and have not left, each between spaces."""
    people: str
    """Ids of those who assess or moderate it, or were asked to take part in the support and did not decline, each between spaces."""
    letters: tuple[Letter, ...]
    deemed: datetime | None
    """When the first of its letters that not every city has opened counts as delivered."""
    started: int
    version: int
    index: int
    updated_at: datetime
    state: str


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """None: whatever it is."""

    stage: str | None = None
    outcome: str | None = None
    city: str | None = None
    region: str | None = None
    priority: str | None = None
    hub: str | None = None
    partner: str | None = None
    person: str | None = None


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    # Later batches do not know the first event any more; its index stays as it was.
    started = {one.stream: one.index for one in batch.recorded if one.version == 1}
    rows = [file_row(file, last, started.get(last.stream, 0)) for file, last in batch.of(Application)]
    upsert(connection, tables[File], rows, keep=("started",))


def file_row(file: Application, last: Recorded, started: int) -> File:
    submission, decision = file.submission, file.decision
    granted = decision if decision and decision.currency else None
    money = granted or submission
    return File(
        stream=file.id,
        reference=file.reference,
        city=file.city,
        stage=str(file.stage),
        language=file.language,
        track=file.track,
        moves=tuple(Move(from_track=one.from_track, to_track=one.to_track, why=one.why) for one in file.track_changes),
        policy=file.policy,
        due=file.due,
        submitted_at=file.submitted_at,
        outcome=decision.outcome if decision else None,
        amount=money.amount if money else None,
        currency=money.currency if money else None,
        region=submission.region if submission else None,
        priority=submission.priorities[0] if submission and submission.priorities else None,
        hubs=_between_spaces(file.opinions),
        partners=_between_spaces(file.invited_partners),
        people=_between_spaces(dict.fromkeys(filter(None, (*file.assessors, file.moderator, *_invited(file))))),
        letters=tuple(Letter(number=n, issued_on=one.issued_on, outcome=one.outcome) for n, one in enumerate(file.letters, start=1)),
        deemed=min(delivery.awaited(file), default=None),
        started=started,
        version=last.version,
        index=last.index,
        updated_at=last.header.at,
        state=msgspec.json.encode(file, order="deterministic").decode(),
    )


def _invited(file: Application) -> Iterable[str]:
    return (one.person for one in file.invited if not one.ended)


def _between_spaces(codes: Iterable[str]) -> str:
    return "".join(f" {code} " for code in codes)


VIEW = View(
    "application_file",
    21,
    (Shape(File, ("stream",), indexes=(("reference",), ("started",), ("city",), ("stage", "due")), sealed=("state",)),),
    apply,
)


def by_reference(reading: Reading, reference: str) -> File | None:
    table = reading.table(File)
    return reading.first(File, select(table).where(table.c.reference == reference))


def by_stream(reading: Reading, stream: str) -> File | None:
    table = reading.table(File)
    return reading.first(File, select(table).where(table.c.stream == stream))


def listed(reading: Reading, filters: Filters | None = None, *, before: int | None = None, limit: int = 50) -> list[File]:
    """Newest first. `before`: `started` of the last file of the page before."""
    table = reading.table(File)
    wanted = select(table).order_by(table.c.started.desc()).limit(limit)
    chosen = filters or Filters()
    for name, column in (("hub", table.c.hubs), ("partner", table.c.partners), ("person", table.c.people)):
        if (code := getattr(chosen, name)) is not None:
            wanted = wanted.where(column.contains(f" {code} ", autoescape=True))
    for name, value in msgspec.structs.asdict(chosen).items():
        if value is not None and name not in ("hub", "partner", "person"):
            wanted = wanted.where(table.c[name] == value)
    return reading.rows(File, wanted if before is None else wanted.where(table.c.started < before))


def open_files(reading: Reading) -> list[Application]:
    """States of the files that wait for somebody, oldest first, texts sealed."""
    table = reading.table(File)
    waiting = select(table).where(table.c.stage != str(Stage.CLOSED)).order_by(table.c.started)
    return [opened_state(file) for file in reading.rows(File, waiting)]


def undelivered(reading: Reading, now: datetime) -> list[Application]:
    """States of closed files with a letter that counts as delivered by now and was not counted yet, oldest first, texts sealed."""
    table = reading.table(File)
    closed = select(table).where(table.c.stage == str(Stage.CLOSED), table.c.deemed < now).order_by(table.c.started)
    return [opened_state(file) for file in reading.rows(File, closed)]


def opened_state(file: File) -> Application:
    """The state as it was folded; its texts are as sealed as before."""
    return msgspec.json.decode(file.state, type=Application)
