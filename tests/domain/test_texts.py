"""No required text is blank: every command of every marked test, with one text at a time taken away."""

from collections.abc import Iterator

import msgspec
import pytest

from fund.border.text import clean
from fund.domain import commands as c
from fund.domain.event import Restricted, Sealed
from fund.domain.refusal import Refusal
from fund.domain.sections import Section, section_name
from fund.domain.step import Step
from fund.domain.texts import check_not_blank, says_something
from fund.domain.workflow import WORKFLOW
from tests.domain.proof import passing
from tests.domain.world import Outcome

every_row = pytest.mark.parametrize("step", WORKFLOW, ids=lambda step: step.command.__name__)
BLANK = " \t\n\u00a0\u3164\u2800\u200d\ufe0f\U000e0041"
"""Spaces, fillers, a joiner and a tag: nobody sees any of it."""
ASKED_BEFORE_THE_TEXTS = {(c.StartApplication, "city")}
"""Whose city it is, is asked first: a stranger learns nothing. A blank city is nobody’s."""


def blanked(struct: msgspec.Struct, path: str = "") -> Iterator[tuple[str, msgspec.Struct]]:
    """Each required text of the struct: where it stands, and the struct without it. Items of lists are required."""
    for field in msgspec.structs.fields(struct):
        for where, value in _blanked(getattr(struct, field.name), f"{path}{field.name}", field.required):
            yield where, msgspec.structs.replace(struct, **{field.name: value})


def _blanked(value: object, where: str, required: bool) -> Iterator[tuple[str, object]]:
    match value:
        case tuple():
            for place, item in enumerate(value):
                for inside, changed in _blanked(item, f"{where}.{place}", True):
                    yield inside, (*value[:place], changed, *value[place + 1 :])
        case Section():
            yield from blanked(value, f"{section_name(value)}.")
        case msgspec.Struct() if not isinstance(value, Sealed):
            yield from blanked(value, f"{where}.")
        case str() if required:
            yield where, BLANK


def texts(step: Step) -> dict[str, tuple[Outcome, c.Command]]:
    """Each required text of a row: a case that passes, and the same command without this text."""
    found: dict[str, tuple[Outcome, c.Command]] = {}
    for outcome in passing()[step.command]:
        for where, command in blanked(outcome.command):
            if where != step.command.target and (step.command, where) not in ASKED_BEFORE_THE_TEXTS:
                assert isinstance(command, c.Command)
                found.setdefault(where, (outcome, command))
    return found


@every_row
def test_a_command_without_one_of_its_texts_is_refused_naming_it(step: Step) -> None:
    for where, (outcome, command) in texts(step).items():
        outcome.scenario.when(command, outcome.by, outcome.at).then("text.empty", field=where)


def test_texts_at_every_depth_are_taken_away() -> None:
    found = {where for step in WORKFLOW for where in texts(step)}
    depths = {
        "reason", "reasons.0", "judgements.1.reason", "conditions.0.proof", "need.mandate", "results.indicators.0.measured_by",
        "alignment.primary.reason", "alignment.secondary.0.reason", "applicant.beneficiaries.0", "full_name", "donor", "sha256",
    }  # fmt: skip
    assert depths <= found, depths - found
    assert not {"no_peers_reason", "name_local", "resources.own_contribution", "scope"} & found


@every_row
def test_a_text_that_may_be_left_out_may_be_blank(step: Step) -> None:
    """Blank or left out, the answer is the same."""
    for outcome in passing()[step.command]:
        state, facts = outcome.scenario.state(outcome.command.stream), outcome.scenario.facts(outcome.by, outcome.at)
        for field in msgspec.structs.fields(outcome.command):
            is_text = field.type in (str, str | None) and field.default in ("", None)
            if is_text and field.name != step.command.target and step.command not in MEANINGFUL_WHEN_BLANK:
                blank, left_out = (msgspec.structs.replace(outcome.command, **{field.name: value}) for value in ("", field.default))
                assert answer(step, state, blank, facts) == answer(step, state, left_out, facts), field.name


MEANINGFUL_WHEN_BLANK = {c.RecordMembership, c.RegisterCity}
"""A year of joining and a region that are written down as they are given."""


def answer(step: Step, state: object, command: c.Command, facts: object) -> object:
    try:
        return step.rule(state, command, facts)
    except Refusal as no:
        return no.code, no.field


@every_row
def test_a_text_that_may_be_left_out_and_shows_nothing_is_left_out(step: Step) -> None:
    """Refused with the same code, or recorded as often: what of it comes from outside is cleaned before."""
    for outcome in passing()[step.command]:
        state, facts = outcome.scenario.state(outcome.command.stream), outcome.scenario.facts(outcome.by, outcome.at)
        for name in (name for name in ASKED_FOR_SOMETIMES if isinstance(getattr(outcome.command, name, None), str)):
            unseen, left_out = (msgspec.structs.replace(outcome.command, **{name: value}) for value in (BLANK, ""))
            assert told(answer(step, state, unseen, facts)) == told(answer(step, state, left_out, facts)), name


ASKED_FOR_SOMETIMES = {"reason", "otherwise", "despite", "confidential", "valuation", "no_peers_reason", "unfunded", "proof"}


def told(said: object) -> object:
    """The code of a refusal, or how many facts of which kinds."""
    assert isinstance(said, tuple)
    return said[0] if said and isinstance(said[0], str) else tuple(map(type, said))


UNSEEN = (
    "", " ", "\u3164", "\u115f\u1160", "\uffa0", "\u2800\u2800", "\u200d", "\u200c", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u034f",
    "\ufe0f", "\u180b", "\u061c", "\u17b4", "\u2065", "\ufff0", "\U000e0001", "\U000e0041\U000e007f", "\U000e0100", "\U0001d159",
    "\U00013441", "\u202e", "\x07", "\n\u2028", "\u3164 \u200d\U000e0041",
)  # fmt: skip
SEEN = (
    "a", "0", "—", "…", "نعم", "می\u200cخواهم", "क्\u200dष", "ㅎ", "한", "⠁", "👩\u200d🚒", "❤\ufe0f", "\u0301", "ـ", "ᠠ\u180b", "ក",
    "\u3164a", "\U00011f04",
)  # fmt: skip
"""Also a letter that is younger than the tables of this Python."""


@pytest.mark.parametrize("text", UNSEEN, ids=ascii)
def test_signs_that_nobody_sees_say_nothing(text: str) -> None:
    assert not says_something(text)
    with pytest.raises(Refusal) as no:
        check_not_blank(Plank(name=text))
    assert (no.value.code, no.value.field) == ("text.empty", "name")


@pytest.mark.parametrize("text", SEEN, ids=ascii)
def test_whatever_is_seen_says_something_and_keeps_the_joiners_that_are_part_of_its_spelling(text: str) -> None:
    assert says_something(text)
    check_not_blank(Plank(name=text))
    assert clean(text, "name") == text


# What is planted below is a text of each kind.
class Plank(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    note: str = ""


class Boat(msgspec.Struct, frozen=True, kw_only=True):
    name: Restricted
    flag: str | None = None
    keel: Plank = Plank(name="oak")
    mast: Plank
    planks: tuple[Plank, ...] = ()
    places: tuple[str, ...] = ()
    oars: int = 0


BOAT = Boat(name="Elm", mast=Plank(name="ash"), planks=(Plank(name="oak"), Plank(name="elm")), places=("Elm",))
FAULTS: dict[str, Boat] = {
    "name": msgspec.structs.replace(BOAT, name=""),
    "mast.name": msgspec.structs.replace(BOAT, mast=Plank(name=" ", note="x")),
    "planks.1.name": msgspec.structs.replace(BOAT, planks=(Plank(name="oak"), Plank(name="\u2003"))),
    "places.1": msgspec.structs.replace(BOAT, places=("Elm", "", "Ash")),
}


@pytest.mark.parametrize("where", FAULTS)
def test_a_blank_text_is_found_where_it_stands(where: str) -> None:
    for path in ("", "boat"):
        with pytest.raises(Refusal) as no:
            check_not_blank(FAULTS[where], path)
        assert (no.value.code, no.value.field) == ("text.empty", f"{path}.{where}".lstrip("."))


def test_what_is_not_required_or_already_sealed_is_not_looked_at() -> None:
    sealed = Sealed(sealed="restricted", key="k", at="", box="")
    check_not_blank(BOAT)
    check_not_blank(msgspec.structs.replace(BOAT, name=sealed, flag="", keel=Plank(name=""), planks=(), places=()))
