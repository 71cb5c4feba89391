"""A file as one reader may see it: its history event by event, and its state as the fold of exactly those events.

`visible` alone decides. What is out of sight reads `{"sealed": class}` where it is stored sealed, `{"withheld": class}` where in clear.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from fund.border.naming import Names
from fund.border.opening import Fund
from fund.domain import events as e
from fund.domain import streams
from fund.domain.application import Application
from fund.domain.event import Event, FieldClass, Header, Recorded, Sealed
from fund.domain.facts import Actor
from fund.domain.programme import Programme
from fund.domain.registers import City
from fund.domain.visibility import CLEAR, FULL, CityReader, Sight, city_reader, is_kept_out, visible, visible_of_city
from fund.language import event_sentence, terms_of
from fund.ledger.classes import SEALED_CLASSES, field_classes
from fund.ledger.keys import KeyStore
from fund.ledger.seal import Closed, unseal


class Withheld(msgspec.Struct, frozen=True):
    """What a field reads as for those who may know that the event happened, and not this of it."""

    withheld: FieldClass

    def __str__(self) -> str:
        """In a sentence."""
        return "—"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One event as a reader may see it."""

    index: int
    version: int
    at: str
    actor: str | None
    on_behalf_of: str | None
    """Whose role or signature it was, where somebody else acted."""
    event: str
    sentence: str
    data: Any


class Sights:
    """What one reader sees of one file, as of `version` or as of now. What they may see is as of now, always.

    then: the file as it stood at an earlier `version`. unsealed: an operator has recorded that sealed texts are opened
    (`programme.sealed_read`).
    """

    def __init__(
        self,
        fund: Fund,
        actor: Actor,
        file: Application,
        cities: Sequence[City],
        version: int | None = None,
        *,
        then: Application | None = None,
        unsealed: bool = False,
    ) -> None:
        self._fund = fund
        self._actor = actor
        self._file = file
        self._cities = cities
        self._version = version
        self._then = then or file
        self._unsealed = unsealed

    @property
    def file(self) -> Application:
        """As it stands now, whoever reads."""
        return self._file

    def events(self, after: int = 0) -> Iterator[tuple[Recorded, Sight]]:
        """The events this reader may know of, their fields opened or withheld, without the actor where they may not know who."""
        for recorded in self._fund.ledger.stream(self._file.id, after, self._version):
            sight = visible(self._actor, recorded, self._file, self._cities)
            if sight and self._unsealed and sight == CLEAR:
                sight = FULL
            if sight:
                yield _seen(recorded, sight, self._fund.keys), sight

    def state(self) -> Application:
        """The fold of what may be seen; where the file stands and when that is due is told to everybody who knows of the file."""
        seen = streams.fold(self._file.id, (recorded for recorded, _ in self.events()))
        assert isinstance(seen, Application)
        hands = frozenset(hand for hand in seen.hands if all(hand))
        now = {name: getattr(self._then, name) for name in ("id", "stage", "due", "calendar", "clock")}
        return msgspec.structs.replace(seen, hands=hands, **now)

    def history(self, locale: str, after: int = 0) -> list[Told]:
        return [self._told(recorded, sight, locale) for recorded, sight in self.events(after)]

    def sees(self, kind: type[Event]) -> bool:
        """Whether an event of this kind, texts included, has happened for this reader."""
        return any(isinstance(recorded.event, kind) and "restricted" in sight.classes for recorded, sight in self.events())

    def _told(self, recorded: Recorded, sight: Sight, locale: str) -> Told:
        return told(self._fund, recorded, sight, locale)


def city_history(fund: Fund, reader: Actor, city: City, locale: str, *, unsealed: bool = False) -> list[Told]:
    """What this reader may know of a city. unsealed: as of `Sights`."""
    found = []
    for recorded in fund.ledger.stream(city.id):
        sight = visible_of_city(reader, recorded, city)
        if city_reader(reader, city) is CityReader.FUND and _is_of_a_hidden_file(fund, reader, recorded.event):
            sight = None
        if sight and unsealed and sight == CLEAR:
            sight = FULL
        if sight:
            found.append(told(fund, _seen(recorded, sight, fund.keys), sight, locale))
    return found


def _is_of_a_hidden_file(fund: Fund, reader: Actor, event: Event) -> bool:
    """Whether it tells of a file that this reader is kept out of: that is not theirs to know on the stream of a city either."""
    if not isinstance(event, e.AwardRecorded | e.CityReportMissed | e.CityReportReceived | e.CityAwardEnded):
        return False
    file = fund.handler.load(event.application).state
    if not isinstance(file, Application):
        return False
    cities = [state for id in file.parties if isinstance(state := fund.handler.load(id).state, City)]
    return is_kept_out(reader, file, cities)


def told(fund: Fund, recorded: Recorded, sight: Sight, locale: str) -> Told:
    """An event, already as it may be seen, in words."""
    programme = fund.handler.programmes.get(recorded.header.policy, fund.programme)
    names, terms = Names(fund, locale, people="personal" in sight.classes), terms_of(programme, locale)
    return Told(
        index=recorded.index,
        version=recorded.version,
        at=recorded.header.at.isoformat(),
        actor=recorded.header.actor or None,
        on_behalf_of=recorded.header.on_behalf_of,
        event=recorded.event.name,
        sentence=event_sentence(locale, recorded, names, terms, _timezone(recorded.event, programme)),
        data=msgspec.to_builtins(recorded.event),
    )


def _seen(recorded: Recorded, sight: Sight, keys: KeyStore) -> Recorded:
    event = _shown(recorded.event, sight, keys)
    header = recorded.header if sight.actor else _anonymous(recorded.header)
    return msgspec.structs.replace(recorded, event=event, header=header)


def _timezone(event: Event, programme: Programme) -> str:
    """Where its due days are counted: the place of the calendar that gave them, if the reader may know it."""
    code = str(getattr(event, "calendar", "")).partition("/")[0]
    return programme.calendars[code].timezone if code in programme.calendars else "UTC"


def _anonymous(header: Header) -> Header:
    return msgspec.structs.replace(header, actor="", on_behalf_of=None)


# ── Field by field ────────────────────────────────────────────────────────────

# Any: fields take what stands in for a value; folding passes them on and never looks into them.


def _shown(struct: Any, sight: Sight, keys: KeyStore) -> Any:
    classes = field_classes(type(struct))
    changes = {name: _field(getattr(struct, name), name, classes, sight, keys) for name in struct.__struct_fields__}
    return msgspec.structs.replace(struct, **changes)


def _field(value: Any, name: str, classes: dict[str, FieldClass], sight: Sight, keys: KeyStore) -> Any:
    if kind := classes.get(name):
        return _leaf(value, kind, sight, keys)
    if isinstance(value, tuple):
        return tuple(_field(item, f"{name}.*", classes, sight, keys) for item in value)
    return _shown(value, sight, keys) if isinstance(value, msgspec.Struct) else value


def _leaf(value: Any, kind: FieldClass, sight: Sight, keys: KeyStore) -> Any:
    if kind in sight.classes:
        return unseal(value, keys) if isinstance(value, Sealed) else value
    for sealed in SEALED_CLASSES:
        if kind == sealed:
            return Closed(sealed)
    return Withheld(kind)
