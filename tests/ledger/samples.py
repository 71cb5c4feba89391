"""A small registry of events, and short ways to say "this event in that place"."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import ClassVar

import msgspec

from fund.domain.event import Event, Header, Internal, Personal, Public, Recorded, Restricted
from fund.ledger.keys import KeyStore, MemoryKeys
from fund.ledger.store import Ledger

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class Said(Event, frozen=True, kw_only=True):
    """Nothing to seal."""

    name: ClassVar[str] = "sample.said.v1"
    text: Public[str]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    number: Public[int]
    text: Restricted


class Section(msgspec.Struct, frozen=True, kw_only=True):
    problem: Restricted
    public: Public[str] = ""


class Filed(Event, frozen=True, kw_only=True):
    """A sealed text wherever one can stand."""

    name: ClassVar[str] = "sample.filed.v1"
    person: Internal[str]
    contact: Personal
    remark: Restricted | None = None
    section: Section | None = None
    conditions: tuple[Condition, ...] = ()
    places: tuple[Restricted, ...] = ()


REGISTRY: dict[str, type[Event]] = {event.name: event for event in (Said, Filed)}


def header(command_id: str = "command-1") -> Header:
    return Header(event_id="event-1", actor="person-1", at=AT, command_id=command_id, content="0" * 64, policy="strong_cities/1")


def recorded(stream: str, version: int, event: Event, command_id: str = "command-1") -> Recorded:
    return Recorded(stream=stream, version=version, header=header(command_id), event=event)


def said(stream: str, version: int, text: str = "hello") -> Recorded:
    return recorded(stream, version, Said(text=text))


def filed(stream: str, version: int, contact: str = "Ada Lovelace", person: str = "person-1") -> Recorded:
    event = Filed(
        person=person,
        contact=contact,
        remark="a remark",
        section=Section(problem="a problem"),
        conditions=(Condition(number=1, text="first"), Condition(number=2, text="second")),
        places=("here", "there"),
    )
    return recorded(stream, version, event)


@contextmanager
def opened(url: str, keys: KeyStore | None = None) -> Iterator[Ledger]:
    ledger = Ledger.open(url, keys or MemoryKeys(), REGISTRY)
    try:
        yield ledger
    finally:
        ledger.close()


def places(events: Sequence[Recorded]) -> list[tuple[int, str, int]]:
    return [(event.index, event.stream, event.version) for event in events]
