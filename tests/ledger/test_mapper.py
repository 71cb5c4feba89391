"""Events and stored bytes, now and after their names have changed."""

from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent

from fund.domain.event import Event, Public
from fund.domain.refusal import Refusal
from fund.ledger.keys import MemoryKeys
from fund.ledger.mapper import Mapper, UnknownEvent
from fund.ledger.seal import Misplaced, seal
from tests.ledger.samples import REGISTRY, filed, recorded, said


class Told(Event, frozen=True, kw_only=True):
    name: ClassVar[str] = "sample.said.v3"
    words: Public[str]
    language: Public[str]


def with_words(fields: dict[str, Any]) -> dict[str, Any]:
    return {"words": fields["text"]}


def with_language(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"language": "en"}


CHAIN = {"sample.said.v1": ("sample.said.v2", with_words), "sample.said.v2": ("sample.said.v3", with_language)}


def test_what_is_stored_comes_back_the_same() -> None:
    mapper = Mapper(REGISTRY)
    sealed = seal(filed("a", 3), MemoryKeys())
    stored = mapper.to_stored_event(sealed)
    assert (stored.originator_id, stored.originator_version, stored.topic) == ("a", 3, "sample.filed.v1")
    assert mapper.to_domain_event(stored) == sealed


def test_the_stored_form_is_frozen() -> None:
    assert Mapper(REGISTRY).to_stored_event(said("a", 1)).state == (
        b'{"header":{"event_id":"event-1","actor":"person-1","on_behalf_of":null,"at":"2026-11-23T09:30:00Z",'
        b'"command_id":"command-1","content":"' + b"0" * 64 + b'","correlation":null,"causation":null,'
        b'"policy":"strong_cities/1","specimen":false},"event":{"text":"hello"}}'
    )


def test_a_name_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownEvent, match="unheard"):
        Mapper(REGISTRY).to_domain_event(StoredEvent("a", 1, "sample.unheard.v1", b"{}"))


def test_an_event_that_is_not_registered_is_not_stored() -> None:
    with pytest.raises(UnknownEvent):
        Mapper(REGISTRY).to_stored_event(recorded("a", 1, Told(words="x", language="en")))


def test_a_field_added_later_takes_its_default_in_old_events() -> None:
    class Said(Event, frozen=True, kw_only=True):
        name: ClassVar[str] = "sample.said.v1"
        text: Public[str]
        loud: Public[bool] = False

    stored = Mapper(REGISTRY).to_stored_event(said("a", 1))
    assert Mapper({"sample.said.v1": Said}).to_domain_event(stored).event == Said(text="hello", loud=False)


def test_an_old_event_is_carried_forward_through_every_version() -> None:
    stored = Mapper(REGISTRY).to_stored_event(said("a", 1))
    read = Mapper({"sample.said.v3": Told}, CHAIN).to_domain_event(stored)
    assert read.event == Told(words="hello", language="en")
    assert read.header == said("a", 1).header


@pytest.mark.parametrize(
    ("upcasters", "reason"),
    [
        ({"sample.said.v1": ("sample.said.v2", with_words)}, "nobody knows"),
        ({"sample.said.v0": ("sample.said.v0", with_words)}, "circle"),
        ({"sample.said.v1": ("sample.said.v2", with_words), "sample.said.v2": ("sample.said.v1", with_words)}, "circle"),
        ({"sample.said.v3": ("sample.said.v3", with_words)}, "both current and upcast"),
    ],
    ids=["gap", "self", "cycle", "current"],
)
def test_broken_chains_of_upcasters_are_refused_at_start_up(upcasters: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Mapper({"sample.said.v3": Told}, upcasters)


def test_a_registry_must_use_the_names_events_call_themselves() -> None:
    with pytest.raises(ValueError, match="calls itself"):
        Mapper({"sample.other.v1": Told})


def test_an_event_too_long_to_store_is_refused() -> None:
    mapper = Mapper(REGISTRY)
    room = 60_000 - len(mapper.to_stored_event(said("a", 1, "")).state)
    assert len(mapper.to_stored_event(said("a", 1, "x" * room)).state) == 60_000
    with pytest.raises(Refusal) as refusal:
        mapper.to_stored_event(said("a", 1, "x" * (room + 1)))
    assert refusal.value.code == "text.too_long"


def test_a_sealed_text_pasted_into_another_event_is_refused_on_reading() -> None:
    mapper, keys = Mapper(REGISTRY), MemoryKeys()
    stored = mapper.to_stored_event(seal(filed("a", 1), keys))
    for moved in (("b", 1), ("a", 2)):
        with pytest.raises(Misplaced):
            mapper.to_domain_event(StoredEvent(*moved, stored.topic, stored.state))


def test_sealed_texts_survive_a_renaming_of_their_event() -> None:
    class Lodged(REGISTRY["sample.filed.v1"], frozen=True, kw_only=True):  # type: ignore[misc]
        name: ClassVar[str] = "sample.lodged.v1"

    keys = MemoryKeys()
    stored = Mapper(REGISTRY).to_stored_event(seal(filed("a", 1), keys))
    mapper = Mapper({"sample.lodged.v1": Lodged}, {"sample.filed.v1": ("sample.lodged.v1", lambda fields: fields)})
    assert isinstance(mapper.to_domain_event(stored).event, Lodged)
    with pytest.raises(Misplaced):
        mapper.to_domain_event(StoredEvent("b", 1, stored.topic, stored.state))


def test_a_state_of_the_wrong_shape_is_not_read() -> None:
    stored = Mapper(REGISTRY).to_stored_event(said("a", 1))
    with pytest.raises(msgspec.ValidationError):
        Mapper(REGISTRY).to_domain_event(StoredEvent("a", 1, stored.topic, stored.state.replace(b'"hello"', b"7")))


@pytest.mark.parametrize("at", [datetime(2026, 11, 23, 9, 30), datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=1)))])
def test_an_instant_that_is_not_in_utc_is_not_stored(at: datetime) -> None:
    event = said("a", 1)
    with pytest.raises(ValueError, match="UTC"):
        Mapper(REGISTRY).to_stored_event(msgspec.structs.replace(event, header=msgspec.structs.replace(event.header, at=at)))
