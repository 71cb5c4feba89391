"""Opening a fund: ledger, keys, views and processes put together from settings. The one place that knows how the rooms connect."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import Lock

import msgspec

from fund.border.carrier import Carrier
from fund.border.operations_database import open_database
from fund.border.outbox import Outbox
from fund.border.post import Post
from fund.border.settings import Settings
from fund.border.shelf import Shelf
from fund.documents.blobs import Blobs
from fund.documents.rendering import Renderer
from fund.domain import streams
from fund.domain.delegation import in_force
from fund.domain.draw import Pool
from fund.domain.events import EVENTS, ProgrammeAdopted
from fund.domain.facts import Actor, actor
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.registers import Adoption, Person
from fund.ledger.handler import Handler, Sources
from fund.ledger.kek import Kek, generate_kek
from fund.ledger.keys import KeyStore, open_keys
from fund.ledger.store import Ledger
from fund.policy.loading import load
from fund.processes.letters import Letters
from fund.processes.worker import Worker
from fund.projections import city_register, open_views, people
from fund.projections.database import Database
from fund.projections.runner import Runner


class Fund:
    """An opened fund. Close it when done."""

    def __init__(self, settings: Settings, ledger: Ledger, keys: KeyStore, views: Database, handler: Handler) -> None:
        self.settings = settings
        self.ledger = ledger
        self.keys = keys
        self.views = views
        self.handler = handler
        self.runner = Runner(ledger, views)
        handler.pool = self._pool
        self._renderer: Renderer | None = None
        self._outbox: Outbox | None = None
        self._starting = Lock()

    @property
    def programme(self) -> Programme:
        """The one that judges what is new."""
        return self.handler.in_force

    @property
    def specimen(self) -> bool:
        return self.handler.specimen

    @property
    def renderer(self) -> Renderer:
        """Started with the first letter: most commands need none."""
        with self._starting:
            self._renderer = self._renderer or Renderer()
            return self._renderer

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.handler, self.keys, Blobs(self.settings.blobs_folder), self.renderer)

    @cached_property
    def worker(self) -> Worker:
        return Worker(self.handler, self.runner, self.views, lambda: self.letters, deliver=self.post.deliver)

    @property
    def outbox(self) -> Outbox:
        """Opened with the first message."""
        with self._starting:
            self._outbox = self._outbox or Outbox(open_database(self.settings.ledger_url))
            return self._outbox

    @cached_property
    def post(self) -> Post:
        sender = msgspec.structs.replace(self.settings.sender, specimen=self.specimen)
        carrier = Carrier(self.settings.smtp_url, sender.host) if self.settings.smtp_url else None
        return Post(self.handler, self.keys, self.views, self.outbox, carrier, sender)

    def now(self) -> datetime:
        return self.handler.sources.clock()

    def actor(self, id: str) -> Actor:
        """Who is behind an id, with the roles held now, the loans in force and every city they belong to or speak for.

        Refusal person.unknown.
        """
        if not id.startswith("person-"):
            return actor(id, None)
        state = self.handler.load(id).state
        person = actor(id, state if isinstance(state, Person) else None, self.now())
        person = in_force(person, {lent.by: self.handler.load(lent.by).state for lent in person.lent})
        with self.views.reading() as reading:
            spoken_for = {one.city for one in city_register.represented_by(reading, id)}
        return msgspec.structs.replace(person, cities=person.cities | spoken_for)

    def _pool(self) -> Pool:
        self.runner.catch_up()
        with self.views.reading() as reading:
            return people.pool(reading)

    def offer(self, folder: Path) -> None:
        """Another folder is at hand now; it governs nothing until it is proposed and adopted. PolicyError as `load`."""
        self.handler.offered, self.handler.shelf = load(folder), Shelf(Blobs(self.settings.blobs_folder), folder)

    def close(self) -> None:
        if self._renderer:
            self._renderer.close()
        if self._outbox:
            self._outbox.close()
        self.views.close()
        self.ledger.close()
        self.keys.close()


def open_fund(settings: Settings, sources: Sources | None = None, *, specimen: bool = False) -> Fund:
    """Open, or with `specimen` begin, the fund in `settings`. What was adopted governs (`_governing`).

    A ledger is a specimen from its first fact or never: Refusal specimen.mixed. Unavailable within 5 s when the database is gone.
    A key file is made only where there is none and the ledger is a specimen; elsewhere Refusal key.missing,
    and KekError for a file that is not right.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    kek = _kek(settings, specimen=specimen)
    programme = load(settings.programme)
    keys = open_keys(settings.ledger_url, kek)
    ledger = Ledger.open(settings.ledger_url, keys, EVENTS)
    first = ledger.read(0, 1)
    if first and specimen and not first[0].header.specimen:
        raise Refusal("specimen.mixed")
    if first:
        # Without this key, or with another key file, the store is not the one that belongs to the ledger: KeyMissing, KekError.
        keys.key("commands")
    is_specimen = first[0].header.specimen if first else specimen
    given = sources or Sources(_clock(settings), os.urandom)
    shelf = Shelf(Blobs(settings.blobs_folder), settings.programme)
    programmes, current = _governing(ledger, programme, settings, shelf)
    handler = Handler(ledger, keys, programmes, current, given, specimen=is_specimen)
    handler.offered, handler.shelf = programme, shelf
    handler.load(streams.PROGRAMME)
    return Fund(settings, ledger, keys, open_views(settings.ledger_url), handler)


def _governing(ledger: Ledger, offered: Programme, settings: Settings, shelf: Shelf) -> tuple[dict[str, Programme], str]:
    """Every version that was adopted, as it was adopted, and the one in force: the last of them, or what is offered to a new ledger.

    Refusal policy.changed where a folder reads otherwise than when its version was adopted, policy.missing where a version is
    neither kept with the data nor in a folder that is given.
    """
    earlier = (load(Path(folder)) for folder in settings.earlier_programmes.split(os.pathsep) if folder)
    programmes = {programme.version: programme for programme in (*earlier, offered)}
    adoption = streams.fold(streams.PROGRAMME, ledger.stream(streams.PROGRAMME))
    adopted = adoption.versions if isinstance(adoption, Adoption) else ()
    for one in adopted:
        if one.version not in programmes:
            programmes[one.version] = _kept(shelf, one)
        if programmes[one.version].digest != one.digest:
            raise Refusal("policy.changed", version=one.version)
    return programmes, adopted[-1].version if adopted else offered.version


def _kept(shelf: Shelf, adopted: ProgrammeAdopted) -> Programme:
    try:
        return shelf.take(adopted.digest)
    except Refusal:
        raise Refusal("policy.missing", version=adopted.version) from None


@contextmanager
def opened(settings: Settings, sources: Sources | None = None, *, specimen: bool = False) -> Iterator[Fund]:
    fund = open_fund(settings, sources, specimen=specimen)
    try:
        yield fund
    finally:
        fund.close()


def _kek(settings: Settings, *, specimen: bool) -> Kek:
    if specimen and not settings.kek_file.exists():
        return generate_kek(settings.kek_file)
    if not settings.kek_file.exists():
        raise Refusal("key.missing", path=str(settings.kek_file))
    return Kek.load(settings.kek_file)


def _clock(settings: Settings) -> "Clock":
    return Clock(settings.fixed_now())


class Clock:
    """The time of day, or a fixed instant (`FUND_NOW`) that tests and the demo move by hand."""

    def __init__(self, fixed: datetime | None) -> None:
        self.fixed = fixed

    def __call__(self) -> datetime:
        return self.fixed or datetime.now(UTC)

    def move(self, days: float) -> None:
        if self.fixed is None:
            raise ValueError("only a fixed clock can be moved")
        self.fixed += timedelta(days=days)
