"""Texts that can be erased."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from fund.domain.event import Erased, Recorded, Sealed
from fund.ledger.kek import KEY, Kek
from fund.ledger.keys import KeyErased, MemoryKeys, open_keys
from fund.ledger.seal import Misplaced, check_places, closed_event, open_event, seal, unseal
from fund.ledger.sqlite_file import path_in
from tests.ledger.samples import Condition, Filed, filed, opened, recorded, said

CANARY = "Canary-Okonkwo-7731"


@pytest.fixture
def keys() -> MemoryKeys:
    return MemoryKeys()


def sealed_texts(event: Filed) -> list[Sealed]:
    texts = [event.contact, event.remark, event.section.problem, *(c.text for c in event.conditions), *event.places]
    assert all(isinstance(text, Sealed) for text in texts)
    return texts


def test_every_personal_and_restricted_text_is_sealed_wherever_it_stands(keys: MemoryKeys) -> None:
    texts = sealed_texts(seal(filed("application-1", 4), keys).event)
    assert [(text.sealed, text.key, text.at) for text in texts] == [
        ("personal", "person-1", "application-1/4/contact/sample.filed.v1"),
        ("restricted", "application-1", "application-1/4/remark/sample.filed.v1"),
        ("restricted", "application-1", "application-1/4/section.problem/sample.filed.v1"),
        ("restricted", "application-1", "application-1/4/conditions.0.text/sample.filed.v1"),
        ("restricted", "application-1", "application-1/4/conditions.1.text/sample.filed.v1"),
        ("restricted", "application-1", "application-1/4/places.0/sample.filed.v1"),
        ("restricted", "application-1", "application-1/4/places.1/sample.filed.v1"),
    ]


def test_what_is_sealed_opens_again(keys: MemoryKeys) -> None:
    event = filed("a", 1)
    assert open_event(seal(event, keys), keys) == msgspec.to_builtins(event.event)


@pytest.mark.parametrize("text", ["", "a", "é" * 31, "x" * 60, "x" * 61, "\x00" * 64, "محمد", "\n\x00"])
def test_any_text_opens_as_it_was(keys: MemoryKeys, text: str) -> None:
    event = seal(filed("a", 1, contact=text), keys).event
    assert unseal(event.contact, keys) == text


def test_what_is_already_sealed_is_left_alone(keys: MemoryKeys) -> None:
    once = seal(filed("a", 1), keys)
    assert seal(once, keys) == once


def test_an_event_with_nothing_to_seal_is_the_same_object(keys: MemoryKeys) -> None:
    event = said("a", 1)
    assert seal(event, keys) is event


def test_an_absent_text_stays_absent(keys: MemoryKeys) -> None:
    event = seal(recorded("a", 1, Filed(person="p", contact="x")), keys)
    assert event.event.remark is None
    assert open_event(event, keys)["remark"] is None


def test_a_personal_text_needs_a_person(keys: MemoryKeys) -> None:
    with pytest.raises(TypeError, match="names no person"):
        seal(filed("a", 1, person=None), keys)


def test_the_same_text_never_looks_the_same(keys: MemoryKeys) -> None:
    one, two = (seal(filed("a", 1), keys).event for _ in range(2))
    assert one.contact.box != two.contact.box


def test_nonces_come_from_outside_when_given(keys: MemoryKeys) -> None:
    one, two = (seal(filed("a", 1), keys, nonces=bytes) for _ in range(2))
    assert one == two


def test_lengths_are_hidden_in_steps_of_64_bytes(keys: MemoryKeys) -> None:
    def length(text: str) -> int:
        return len(seal(filed("a", 1, contact=text), keys).event.contact.box)

    assert length("") == length("x" * 60) < length("x" * 61) == length("x" * 124)


def swapped(event: Filed) -> Filed:
    one, two = event.conditions
    return msgspec.structs.replace(
        event, conditions=(Condition(number=one.number, text=two.text), Condition(number=two.number, text=one.text))
    )


@pytest.mark.parametrize(
    "move",
    [
        lambda event: msgspec.structs.replace(event, remark=event.section.problem),
        lambda event: msgspec.structs.replace(event, contact=event.remark),
        lambda event: msgspec.structs.replace(event, places=event.places[::-1]),
        swapped,
    ],
    ids=["field", "class", "position", "item"],
)
def test_a_text_moved_within_its_event_is_refused(keys: MemoryKeys, move: Callable[[Filed], Filed]) -> None:
    sealed = seal(filed("a", 1), keys)
    check_places(sealed)
    with pytest.raises(Misplaced):
        check_places(msgspec.structs.replace(sealed, event=move(sealed.event)))


@pytest.mark.parametrize("place", [{"stream": "b"}, {"version": 2}])
def test_an_event_moved_elsewhere_is_refused(keys: MemoryKeys, place: dict[str, object]) -> None:
    sealed: Recorded = msgspec.structs.replace(seal(filed("a", 1), keys), **place)
    with pytest.raises(Misplaced):
        check_places(sealed)


@pytest.mark.parametrize(
    "altered",
    [
        {"at": "a/1/remark/sample.filed.v1"},
        {"sealed": "restricted"},
        {"key": "person-2"},
        {"box": "AAAA" * 40},
    ],
)
def test_a_text_whose_place_class_key_or_bytes_were_rewritten_does_not_open(keys: MemoryKeys, altered: dict[str, str]) -> None:
    keys.created("person-2")
    contact = seal(filed("a", 1), keys).event.contact
    with pytest.raises(Misplaced):
        unseal(msgspec.structs.replace(contact, **altered), keys)


def test_once_erased_a_text_reads_as_erased_and_the_others_open(keys: MemoryKeys) -> None:
    sealed = seal(filed("a", 1), keys)
    keys.erase("person-1")
    assert unseal(sealed.event.contact, keys) == Erased(erased="personal")
    opened_fields = open_event(sealed, keys)
    assert opened_fields["contact"] == {"erased": "personal"}
    assert opened_fields["section"]["problem"] == "a problem"
    keys.erase("a")
    assert open_event(sealed, keys)["conditions"][1] == {"number": 2, "text": {"erased": "restricted"}}


def test_nothing_is_sealed_for_someone_who_was_erased(keys: MemoryKeys) -> None:
    keys.erase("person-1")
    with pytest.raises(KeyErased):
        seal(filed("a", 1), keys)


def test_a_closed_event_shows_classes_only(keys: MemoryKeys) -> None:
    for event in (filed("a", 1), seal(filed("a", 1), keys)):
        closed = closed_event(event)
        assert closed["contact"] == {"sealed": "personal"}
        assert closed["section"] == {"problem": {"sealed": "restricted"}, "public": ""}
        assert closed["conditions"][0] == {"number": 1, "text": {"sealed": "restricted"}}
        assert closed["person"] == "person-1"
    assert closed_event(said("a", 1)) == {"text": "hello"}


def test_no_plain_text_is_in_any_file(sqlite_url: str, tmp_path: Path) -> None:
    keys = open_keys(sqlite_url, Kek(b"k" * KEY))
    with opened(sqlite_url, keys) as ledger:
        ledger.append([filed("a", 1, contact=CANARY), said("b", 1, "in clear")], command_id="one")
        files = [path.read_bytes() for path in tmp_path.iterdir()]
        assert any(b"in clear" in content for content in files)
        assert not any(CANARY.encode() in content for content in files)
        assert open_event(ledger.read(0, 1)[0], keys)["contact"] == CANARY
    keys.close()
    assert path_in(sqlite_url).with_name("keys.db").exists()


def test_history_reads_the_same_before_and_after_an_erasure(ledger_url: str, keys: MemoryKeys) -> None:
    with opened(ledger_url, keys) as ledger:
        written = ledger.append([filed("a", 1)], command_id="one")
        leaves = ledger.leaves(0, 10)
        keys.erase("person-1")
        assert (ledger.read(0, 10), ledger.leaves(0, 10)) == (written, leaves)
