"""Every field says who may read it."""

from typing import Annotated

import msgspec
import pytest

from fund.domain.event import Internal, Personal, Public, Restricted
from fund.ledger.classes import Slot, Unclassified, field_classes, slots
from tests.ledger.samples import Filed, Said


class Plain(msgspec.Struct):
    text: str


def event(**fields: object) -> type[msgspec.Struct]:
    return msgspec.defstruct("Sample", list(fields.items()))


def test_the_class_of_every_field_is_found() -> None:
    assert field_classes(Filed) == {
        "person": "internal",
        "contact": "personal",
        "remark": "restricted",
        "section.problem": "restricted",
        "section.public": "public",
        "conditions.*.number": "public",
        "conditions.*.text": "restricted",
        "places.*": "restricted",
    }
    assert field_classes(Said) == {"text": "public"}


@pytest.mark.parametrize(
    "hint",
    [str, str | None, tuple[str, ...], dict[str, int], Plain, Plain | None, tuple[Plain, ...], Annotated[str, msgspec.Meta(max_length=3)]],
    ids=str,
)
def test_a_field_without_a_class_is_found_out(hint: object) -> None:
    with pytest.raises(Unclassified):
        field_classes(event(fine=Public[str], field=hint))


def test_a_class_around_a_struct_holds_for_what_is_inside() -> None:
    assert field_classes(event(field=Internal[tuple[Plain, ...]])) == {"field.*.text": "internal"}
    assert field_classes(event(field=Public[dict[str, str]], other=Public[tuple[str, ...]])) == {"field": "public", "other": "public"}


def test_the_classes_inside_a_struct_go_before_the_one_around_it() -> None:
    inner = event(name=Personal, place=Public[str])
    assert field_classes(event(field=Internal[inner])) == {"field.name": "personal", "field.place": "public"}


def test_only_fields_that_can_hold_a_sealed_text_are_walked() -> None:
    assert slots(Said) == ()
    assert slots(event(a=Public[str], b=Restricted, c=Internal[tuple[Filed, ...]])) == (Slot("b", "restricted"), Slot("c", None))


def test_a_text_to_be_sealed_cannot_stand_in_a_dict() -> None:
    with pytest.raises(TypeError, match="dict"):
        slots(event(field=Internal[dict[str, Personal]]))
