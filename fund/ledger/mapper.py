"""Events <-> stored bytes: `{"header": {…}, "event": {…}}` under a short, versioned name, readable with any SQL client.

Old names are carried forward by upcasters: pure functions from one version's fields to the next one's, run on read.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, cast

import msgspec
from eventsourcing import persistence
from eventsourcing.domain import DomainEventProtocol

from fund.domain import shapes  # noqa: F401  # imported so that every shape is looked into before there is a second thread
from fund.domain.event import Event, Header, Recorded
from fund.domain.refusal import Refusal
from fund.ledger.seal import check_places

STATE_LIMIT = 60_000
"""Bytes. A longer text is a blob, with its hash in the event."""

UTC_OFFSET = timedelta(0)

Fields = dict[str, Any]
Upcaster = Callable[[Fields], Fields]
Upcasters = Mapping[str, tuple[str, Upcaster]]
"""Old name -> the next name, and what turns the old fields into the next ones."""


class UnknownEvent(Exception):
    """A stored name that neither the registry nor an upcaster knows: written by a newer release, or a renamed event."""


class Stored(msgspec.Struct, frozen=True):
    """The form of the state column. *Frozen.*"""

    header: Header
    event: Event


class Aged(msgspec.Struct, frozen=True):
    """The same, before upcasting."""

    header: Header
    event: Fields


Decode = Callable[[bytes], Stored]


class Mapper(persistence.Mapper[str]):
    """registry: name -> struct. upcasters: see `Upcasters`; chains are checked here, at start-up."""

    def __init__(self, registry: Mapping[str, type[Event]], upcasters: Upcasters | None = None) -> None:
        super().__init__(persistence.JSONTranscoder())
        self._registry = dict(registry)
        self._upcasters = dict(upcasters or {})
        self._decoders: dict[str, Decode] = {}
        self._encode = msgspec.json.Encoder().encode
        self._check()

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> persistence.StoredEvent:
        """Raises Refusal("text.too_long") for a state over the limit."""
        recorded = cast("Recorded", domain_event)
        if recorded.header.at.utcoffset() != UTC_OFFSET:
            raise ValueError(f"{recorded.header.at} is not in UTC")
        state = self._encode(Stored(recorded.header, recorded.event))
        if len(state) > STATE_LIMIT:
            raise Refusal("text.too_long", bytes=len(state), limit=STATE_LIMIT)
        return persistence.StoredEvent(recorded.stream, recorded.version, self._name_of(recorded.event), state)

    def to_domain_event(self, stored_event: persistence.StoredEvent) -> Recorded:
        """The library's way in; it knows no index."""
        place = (0, str(stored_event.originator_id), stored_event.originator_version)
        return self.recorded(*place, stored_event.topic, stored_event.state)

    def recorded(self, index: int, stream: str, version: int, name: str, state: bytes) -> Recorded:
        """A raw row as an event. Raises UnknownEvent, and Misplaced for a sealed text that stood elsewhere."""
        stored = (self._decoders.get(name) or self._decoder(name))(state)
        recorded = Recorded(stream=stream, version=version, header=stored.header, event=stored.event, index=index)
        check_places(recorded, name)
        return recorded

    def _name_of(self, event: Event) -> str:
        if self._registry.get(event.name) is not type(event):
            raise UnknownEvent(f"{event.name or type(event).__name__} is not registered")
        return event.name

    def _decoder(self, name: str) -> Decode:
        decoder = self._aged_decoder(name) if name in self._upcasters else self._plain_decoder(name)
        return self._decoders.setdefault(name, decoder)

    def _plain_decoder(self, name: str) -> Decode:
        if name not in self._registry:
            raise UnknownEvent(name)
        # One pass from bytes to the struct of this very event.
        typed = msgspec.defstruct("Stored", [("header", Header), ("event", self._registry[name])], frozen=True)
        return cast("Decode", msgspec.json.Decoder(typed).decode)

    def _aged_decoder(self, name: str) -> Decode:
        chain, newest = self._chain(name)
        aged = msgspec.json.Decoder(Aged)

        def decode(state: bytes) -> Stored:
            stored = aged.decode(state)
            fields = stored.event
            for upcast in chain:
                fields = upcast(fields)
            return Stored(stored.header, msgspec.convert(fields, self._registry[newest]))

        return decode

    def _chain(self, name: str) -> tuple[list[Upcaster], str]:
        """The upcasters from an old name on, and the name they end in. Raises ValueError on a cycle or a gap."""
        seen, chain = [name], []
        while seen[-1] in self._upcasters:
            following, upcast = self._upcasters[seen[-1]]
            if following in seen:
                raise ValueError(f"upcasters go in a circle: {' -> '.join([*seen, following])}")
            seen.append(following)
            chain.append(upcast)
        if seen[-1] not in self._registry:
            raise ValueError(f"upcasters end in an event nobody knows: {' -> '.join(seen)}")
        return chain, seen[-1]

    def _check(self) -> None:
        for name, event_type in self._registry.items():
            if event_type.name != name:
                raise ValueError(f"{event_type.__name__} calls itself {event_type.name!r}, the registry {name!r}")
        for name in self._upcasters:
            if name in self._registry:
                raise ValueError(f"{name} is both current and upcast")
            self._chain(name)
