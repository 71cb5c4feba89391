"""Everything that can ever be recorded: its name, its sentence, its shape, and who may read each field."""

import json
import re
import string
from pathlib import Path

import msgspec
import pytest

from fund.domain import events as e
from fund.domain.event import Event, Internal, Personal, Public, Restricted, Sealed
from fund.domain.events import EVENTS
from fund.language.forms import FORMS
from fund.ledger.classes import Unclassified, field_classes
from tests import schema_lock
from tests.schema_lock import Schema, differences, locked, schema

every_event = pytest.mark.parametrize("event", list(EVENTS.values()), ids=lambda event: event.name)

NAME = re.compile(r"[a-z]+\.[a-z_]+\.v[0-9]+")
IRREGULAR = {
    "overridden",
    "chosen",
    "drawn",
    "found",
    "given",
    "held",
    "left",
    "made",
    "met",
    "put",
    "read",
    "withdrawn",
    "withheld",
    "woken",
    "taken",
}
KINDS = {"application", "city", "envelope", "hub", "person", "programme", "rates", "round"}

# ── Names and sentences ───────────────────────────────────────────────────────


def test_every_event_defined_is_known_by_its_one_name() -> None:
    defined = [kind for kind in vars(e).values() if isinstance(kind, type) and issubclass(kind, Event)]
    named = [
        kind
        for kind in defined
        if kind not in (Event, e.ApplicationEvent, e.RiskEvent, e.MitigationEvent, e.AwardEvent, e.AwardEnded, e.CityEvent)
    ]
    assert {kind.__name__ for kind in EVENTS.values()} == {kind.__name__ for kind in named}
    assert len({kind.name for kind in named}) == len(named)
    assert all(EVENTS[kind.name] is kind for kind in named)


@every_event
def test_a_name_says_whose_fact_it_is_what_happened_and_in_which_version(event: type[Event]) -> None:
    assert NAME.fullmatch(event.name)
    assert event.name.split(".")[0] in KINDS


@every_event
def test_a_fact_is_told_in_the_past_tense(event: type[Event]) -> None:
    words = event.name.split(".")[1].split("_")
    assert any(word.endswith("ed") or word in IRREGULAR for word in words), event.name
    assert "ed" in event.__name__ or any(word.title() in event.__name__ for word in IRREGULAR)


@every_event
def test_a_sentence_is_one_and_fills_its_gaps_from_the_event_and_the_programmes_words(event: type[Event]) -> None:
    gaps = {gap for _, gap, _, _ in string.Formatter().parse(event.sentence) if gap is not None}
    assert gaps <= set(event.__struct_fields__) | FORMS.keys()
    assert event.sentence.endswith(".")
    assert event.sentence[0].isupper() or event.sentence.startswith("{")


@every_event
def test_a_sentence_never_needs_a_sealed_text(event: type[Event]) -> None:
    gaps = {gap for _, gap, _, _ in string.Formatter().parse(event.sentence) if gap is not None}
    sealed = {path.split(".")[0] for path, kind in field_classes(event).items() if kind in ("personal", "restricted") and "." not in path}
    assert not gaps & sealed


# ── Classes ───────────────────────────────────────────────────────────────────


@every_event
def test_every_field_of_every_event_says_who_may_read_it(event: type[Event]) -> None:
    classes = field_classes(event)
    assert {path.split(".")[0] for path in classes} == set(event.__struct_fields__)
    assert set(classes.values()) <= {"public", "internal", "personal", "restricted"}


def test_a_field_without_a_class_is_caught_at_any_depth() -> None:
    class Plank(msgspec.Struct, frozen=True):
        length: int

    class Bare(msgspec.Struct, frozen=True):
        plank: str

    class Nested(msgspec.Struct, frozen=True):
        planks: tuple[Plank, ...]

    for planted in (Bare, Nested):
        with pytest.raises(Unclassified, match="plank"):
            field_classes(planted)


@every_event
def test_a_personal_text_stands_beside_the_person_whose_key_seals_it(event: type[Event]) -> None:
    if "personal" in field_classes(event).values():
        assert "person" in event.__struct_fields__


def test_the_words_of_cities_and_reviewers_about_people_and_places_are_restricted() -> None:
    assert field_classes(e.SectionSaved)["section.problem"] == "restricted"
    assert field_classes(e.AssessmentRecorded)["judgements.*.reason"] == "restricted"
    for event in (e.ReturnedForCompletion, e.FoundIneligible, e.OpinionGiven, e.ProposalMade, e.Withdrawn):
        assert field_classes(event)["reason"] == "restricted"
    assert field_classes(e.PersonRegistered)["full_name"] == field_classes(e.PersonRegistered)["email"] == "personal"


# ── The lock ──────────────────────────────────────────────────────────────────


def test_the_shape_of_everything_stored_is_the_locked_one() -> None:
    assert differences(locked(), schema()) == [], "if this is meant: python -m tests.schema_lock --write, or a new version and an upcaster"


def test_the_lock_is_written_as_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = schema_lock.LOCK.read_text("utf-8")
    monkeypatch.setattr(schema_lock, "LOCK", tmp_path / "schema.lock.json")
    schema_lock.write()
    assert schema_lock.LOCK.read_text("utf-8") == written
    assert schema_lock.main([]) == 0


def test_every_event_every_struct_inside_one_the_header_and_a_sealed_text_are_locked() -> None:
    inside = {"Applicant (section: applicant)", "Argument", "Condition", "Finding", "Header", "Indicator", "Judgement", "Sealed"}
    assert set(EVENTS) | inside <= set(locked())


# What is planted below differs from this event in one thing each.
class Moored(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Public[str]
    depth: Internal[int] = 0


class Deeper(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Public[str]
    depth: Internal[str] = ""


class Secret(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Internal[str]
    depth: Internal[int] = 0


class Sealing(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Restricted
    depth: Internal[int] = 0


class Shorter(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Public[str]


class Stricter(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Public[str]
    depth: Internal[int]


class Longer(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Public[str]
    depth: Internal[int] = 0
    captain: Internal[str]


class Kinder(Event, frozen=True, kw_only=True):
    name = "boat.moored.v1"

    quay: Public[str]
    depth: Internal[int] = 0
    flag: Public[str | None] = None


PLANTED: dict[type[Event], list[str]] = {
    Moored: [],
    Deeper: ["breaking: boat.moored.v1.depth type: int -> str", "breaking: boat.moored.v1.depth default: 0 -> "],
    Secret: ["breaking: boat.moored.v1.quay class: public -> internal"],
    Sealing: [
        "breaking: boat.moored.v1.quay type: str -> str | Sealed",
        "breaking: boat.moored.v1.quay class: public -> restricted",
    ],
    Shorter: ["breaking: boat.moored.v1.depth is gone"],
    Stricter: ["breaking: boat.moored.v1.depth default: 0 -> None"],
    Longer: ["breaking: boat.moored.v1.captain was added without a default"],
    Kinder: ["added: boat.moored.v1.flag"],
}


@pytest.mark.parametrize("planted", PLANTED, ids=lambda kind: kind.__name__)
def test_the_lock_tells_every_change_and_which_ones_break(planted: type[Event]) -> None:
    assert differences(schema((Moored,)), schema((planted,))) == PLANTED[planted]


def test_the_lock_tells_a_changed_list_of_answers_an_event_gone_and_an_event_added() -> None:
    now = schema()
    before: Schema = json.loads(json.dumps(now))
    before["Judgement"]["verdict"]["type"] = '"aligned" | "not" | "unsure"'
    before["Finding"]["verdict"]["type"] = '"aligned" | "not"'
    before["application.moored.v1"] = before.pop("application.approved.v1")
    assert differences(before, now) == [
        'breaking: Judgement.verdict type: "aligned" | "not" | "unsure" -> "aligned" | "partly" | "not"',
        "breaking: application.moored.v1 is gone",
        'added: Finding.verdict may be more: "aligned" | "partly" | "not"',
        "added: application.approved.v1",
    ]


def test_a_union_of_tagged_structs_may_only_grow() -> None:
    class Rope(msgspec.Struct, frozen=True, tag_field="gear", tag="rope"):
        length: Public[int]

    class Chain(msgspec.Struct, frozen=True, tag_field="gear", tag="chain"):
        links: Public[int]

    class Net(msgspec.Struct, frozen=True, tag_field="gear", tag="net"):
        mesh: Public[int]

    def stowed(gear: object) -> Schema:
        return schema(
            (msgspec.defstruct("Stowed", [("gear", gear), ("box", Public[str])], bases=(Event,), namespace={"name": "gear.stowed.v1"}),)
        )

    two, three, tie = stowed(Rope | Chain), stowed(Rope | Net | Chain), "gear.stowed.v1.gear"
    assert differences(two, three) == ["added: Net (gear: net)", f"added: {tie} may be more: Rope | Net | Chain"]
    assert f"breaking: {tie} type: Rope | Net | Chain -> Rope | Chain" in differences(three, two)
    assert f"breaking: {tie} type: Rope | Chain -> Rope | Net" in differences(two, stowed(Rope | Net))
    plain = json.loads(json.dumps(two).replace("Rope | Chain", "int | float"))
    assert f"breaking: {tie} type: int | float -> Rope | Net | Chain" in differences(plain, three)
    untold: Schema = json.loads(json.dumps(three).replace("Net (gear: net)", "Net"))
    assert f"breaking: {tie} type: Rope | Chain -> Rope | Net | Chain" in differences(two, untold)
    knotted = json.loads(json.dumps(three).replace("gear: rope", "gear: line"))
    assert "breaking: Rope (gear: rope) is gone" in differences(two, knotted)


def test_types_are_told_as_they_are_written() -> None:
    class Many(msgspec.Struct):
        a: Personal
        b: Public[dict[str, tuple[int, ...]]]
        c: Internal[str | None] = None

    assert schema_lock.fields_of(Many) == {
        "a": {"type": "str | Sealed", "class": "personal"},
        "b": {"type": "dict[str, tuple[int, ...]]", "class": "public"},
        "c": {"type": "str | None", "class": "internal", "default": None},
    }
    assert list(schema_lock.structs_in(Personal)) == [Sealed]
