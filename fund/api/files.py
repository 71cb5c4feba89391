"""Finding a file by its reference, for somebody: what they may not see is not there."""

import msgspec

from fund.border.opening import Fund
from fund.domain.application import Application
from fund.domain.facts import Actor
from fund.domain.reference import parse
from fund.domain.refusal import Refusal
from fund.domain.registers import City
from fund.domain.visibility import may_ask_for, sees_file
from fund.projections import application_file

PATIENCE = 2.0
"""Seconds that a reader waits for a view."""


class OpenFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as of now, with every city that has a part in it, the lead first."""

    state: Application
    version: int
    cities: tuple[City, ...]

    @property
    def lead(self) -> City:
        return self.cities[0]


def find(fund: Fund, actor: Actor, reference: str, *, knock: bool = False) -> OpenFile:
    """Refusal reference.unknown, also where it is not theirs to know. knock: it is for those who may ask for emergency access to it."""
    try:
        stream = _stream(fund, parse(reference, fund.programme.prefix))
    except Refusal as refused:
        if refused.code == "ledger.busy":
            raise
        raise Refusal("reference.unknown", field="reference") from refused
    known = fund.handler.load(stream) if stream else None
    if known is None or not isinstance(known.state, Application):
        raise Refusal("reference.unknown", field="reference")
    file = OpenFile(state=known.state, version=known.version, cities=cities_of(fund, known.state))
    if not sees_file(actor, file.state, file.cities) and not (knock and may_ask_for(actor, file.state, file.cities)):
        raise Refusal("reference.unknown", field="reference")
    return file


def is_theirs(fund: Fund, actor: Actor, stream: str) -> bool:
    """Whether a file exists for somebody, as it stands now."""
    file = fund.handler.load(stream).state
    return isinstance(file, Application) and sees_file(actor, file, cities_of(fund, file))


def cities_of(fund: Fund, file: Application) -> tuple[City, ...]:
    return tuple(city(fund, id) for id in file.parties)


def city(fund: Fund, id: str) -> City:
    state = fund.handler.load(id).state
    return state if isinstance(state, City) else City()


def _stream(fund: Fund, reference: str) -> str | None:
    """By the view, which may not have taken in yet what was just begun: then once more when it has."""
    if found := _look(fund, reference):
        return found
    if not fund.runner.wait_for(application_file.VIEW.name, fund.ledger.head(), PATIENCE):
        raise Refusal("ledger.busy")
    return _look(fund, reference)


def _look(fund: Fund, reference: str) -> str | None:
    with fund.views.reading() as reading:
        found = application_file.by_reference(reading, reference)
    return found.stream if found else None
