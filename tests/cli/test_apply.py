"""`fund apply`: an application from a file, whole or not at all; every kind of bad input in one clear line."""

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.cli.conftest import example, known, signatory
from tests.cli.driving import ROOT, Answer, Desk

Content = dict[str, Any]
EXAMPLE: Content = json.loads((ROOT / "fund/samples/applications/mombasa.json").read_text("utf-8"))
TEXT = json.dumps(EXAMPLE)


def applied_with(desk: Desk, content: Content | str | bytes, *options: str) -> Answer:
    return desk.fund("apply", "-", *options, stdin=json.dumps(content) if isinstance(content, dict) else content)


def refused(desk: Desk, answer: Answer, head: int) -> str:
    """The one line, after making certain of everything else a refusal is."""
    assert (answer.code, answer.out) == (2, "")
    assert "Traceback" not in answer.err
    assert desk.head() == head
    return answer.line


# ── What goes well ────────────────────────────────────────────────────────────


def test_the_example_of_the_schema_is_valid_and_applies(peopled: Desk) -> None:
    head = peopled.head()
    answer = peopled.fund("apply", "-", "--json", stdin=example(peopled))
    assert answer.json == {"reference": answer.json["reference"], "index": head + 10}
    assert peopled.head() == head + 10
    assert peopled.fund("state", answer.json["reference"], "--json").json["status"] == "completeness"


def test_the_example_asks_for_support_that_lies_ahead(peopled: Desk) -> None:
    support = json.loads(example(peopled))["sections"]["support"]
    assert date.today() < date.fromisoformat(support["starts_on"]) < date.fromisoformat(support["ends_on"])


def test_from_a_file_it_prints_the_reference_and_nothing_else(peopled: Desk) -> None:
    path = peopled.data / "application.json"
    path.write_text("\ufeff" + TEXT, "utf-8")
    answer = peopled.fund("apply", str(path))
    assert (answer.code, answer.err) == (0, "")
    assert peopled.fund("history", answer.out.strip(), "--json").json["reference"] == answer.out.strip()


def test_the_signatory_applies_in_person(peopled: Desk) -> None:
    amina = known(peopled)["amina"]
    answer = peopled.fund("--as", amina, "apply", "-", "--json", stdin=TEXT)
    facts = peopled.fund("history", answer.json["reference"], "--json").json["events"]
    assert {fact["actor"] for fact in facts} == {amina}


def test_the_schema_describes_the_example(peopled: Desk) -> None:
    schema = peopled.fund("schema", "application").json
    assert set(schema["required"]) == {"city", "language", "sections"}
    assert EXAMPLE.keys() <= schema["properties"].keys()
    assert schema["additionalProperties"] is False
    line = refused(peopled, peopled.fund("schema", "letter"), peopled.head())
    assert line.startswith("schema.unknown [name]")


def test_a_right_to_left_text_in_any_script_arrives_as_it_was_sent(peopled: Desk) -> None:
    title = "مكتب مساعدة للعائلات · ޚިދުމަތް · 支援 · ድጋፍ · 🌍"
    answer = applied_with(peopled, changed(("sections", "applicant", "title"), title), "--json")
    assert peopled.fund("state", answer.json["reference"], "--json").json["state"]["sections"]["applicant"]["title"] == title


def test_a_city_of_a_name_that_two_have_is_told_by_its_country(peopled: Desk) -> None:
    ids = {city["country"]: city["id"] for city in peopled.fund("cities", "list", "Tripoli", "--json").json}
    signatory(peopled, "leyla", ids["LB"])
    line = refused(peopled, applied_with(peopled, changed(("city",), "طرابلس", ("country",), None)), peopled.head())
    assert line.startswith("city.ambiguous [city]")
    for city, country in (("طرابلس", "LB"), ("Tripoli", "LB"), (ids["LB"], None)):
        assert applied_with(peopled, changed(("city",), city, ("country",), country)).code == 0


# ── Repeats ───────────────────────────────────────────────────────────────────


def test_a_repeated_command_id_gives_the_same_answer_and_adds_nothing(peopled: Desk) -> None:
    first = applied_with(peopled, EXAMPLE, "--json", "--command-id", "letter-17")
    head = peopled.head()
    assert applied_with(peopled, EXAMPLE, "--json", "--command-id", "letter-17").json == first.json
    assert peopled.head() == head


def test_a_repeated_command_id_with_other_content_is_refused(peopled: Desk) -> None:
    applied_with(peopled, EXAMPLE, "--command-id", "letter-17")
    other = changed(("sections", "support", "days"), 5)
    line = refused(peopled, applied_with(peopled, other, "--command-id", "letter-17"), peopled.head())
    assert line.startswith("command.other_content")


# ── Who may apply, and for which city ─────────────────────────────────────────


@pytest.mark.parametrize(
    ("actor", "content", "start"),
    [
        ("{nobody}", {}, "workflow.not_your_city"),
        ("{olga}", {}, "workflow.not_your_city"),
        ("person-none", {}, "person.unknown"),
        (None, {"city": "Atlantis"}, "city.unknown [city]"),
        (None, {"city": "Mombasa", "country": "TZ"}, "city.unknown [city]"),
        (None, {"city": "Tripoli", "country": None}, "city.ambiguous [city]"),
        (None, {"city": "Springfield", "country": "US"}, "representative.choose [representative]"),
        (None, {"city": "city-none"}, "representative.choose [representative]"),
        (None, {"representative": "{olga}"}, "workflow.not_your_city"),
        (None, {"representative": "person-none"}, "person.unknown"),
        (None, {"language": "xx"}, "language."),
    ],
)
def test_only_a_confirmed_signatory_of_a_known_city_applies(peopled: Desk, actor: str | None, content: Content, start: str) -> None:
    names = known(peopled)
    given = {name: value.format(**names) if isinstance(value, str) else value for name, value in content.items()}
    who = ("--as", actor.format(**names)) if actor else ()
    head = peopled.head()
    line = refused(peopled, peopled.fund(*who, "apply", "-", stdin=json.dumps(EXAMPLE | given)), head)
    assert line.startswith(start)


def test_of_two_signatories_the_file_says_which_one(peopled: Desk) -> None:
    second = signatory(peopled, "musa", "Mombasa")
    line = refused(peopled, applied_with(peopled, EXAMPLE), peopled.head())
    assert line.startswith("representative.choose [representative]")
    assert applied_with(peopled, EXAMPLE | {"representative": second}).code == 0


# ── Files that are no such file ───────────────────────────────────────────────

NO_SUCH_FILE: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "json.malformed"),
    "cut off": (TEXT[:-5], "json.malformed"),
    "with a comma too many": (TEXT.replace("}", ",}", 1), "json.malformed"),
    "with a name twice": (TEXT.replace('"language"', '"language": "fr", "language"', 1), "json.malformed"),
    "with a name twice deep inside": (TEXT.replace('"days"', '"days": 3, "days"', 1), "json.malformed"),
    "with a number that is none": (TEXT.replace('"days": 6', '"days": NaN'), "json.malformed"),
    "with a number without end": (TEXT.replace('"days": 6', '"days": -Infinity'), "json.malformed"),
    "as deep as a well": ("[" * 100_000, "json.malformed"),
    "two documents": (TEXT + TEXT, "json.malformed"),
    "a list": (f"[{TEXT}]", "json.wrong_type"),
    "a word": ('"Mombasa"', "json.wrong_type"),
    "nothing": ("null", "json.wrong_type"),
    "in Latin-1": (json.dumps(EXAMPLE | {"city": "Malé"}, ensure_ascii=False).encode("latin-1"), "text.encoding"),
    "in UTF-16": (TEXT.encode("utf-16"), "text.encoding"),
    "with half a letter": (TEXT.encode().replace(b"Mombasa", b"Mombas\xc3"), "text.encoding"),
    "with a lone surrogate": (TEXT.replace("six wards", "\\ud800"), "text.encoding [sections.need.affected]"),
    "with a lone surrogate in a name": (TEXT.replace("Mombasa", "\\ud800"), "json.wrong_type [city]"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "text.encoding"),
    "with a number of five thousand digits": (TEXT.replace('"days": 6', '"days": ' + "9" * 5_000), "json.malformed"),
}


@pytest.mark.parametrize("fault", NO_SUCH_FILE)
def test_a_file_that_is_no_such_file_is_refused(peopled: Desk, fault: str) -> None:
    content, start = NO_SUCH_FILE[fault]
    head = peopled.head()
    assert refused(peopled, applied_with(peopled, content), head).startswith(start + ":")


def test_a_file_that_cannot_be_read_is_named(peopled: Desk) -> None:
    head = peopled.head()
    for path in ("/nowhere.json", str(peopled.data)):
        assert refused(peopled, peopled.fund("apply", path), head).startswith(f"file.unreadable [file]: {path}: ")


# ── Fields at fault ───────────────────────────────────────────────────────────


def changed(*places_and_values: Any) -> Content:
    """The example with other values: `changed(("sections", "support", "days"), 5, …)`. None takes the field away."""
    content = copy.deepcopy(EXAMPLE)
    for place, value in zip(places_and_values[::2], places_and_values[1::2], strict=True):
        around: Any = content
        for step in place[:-1]:
            around = around[step]
        if value is None:
            around.pop(place[-1], None)
        else:
            around[place[-1]] = value
    return content


def section(name: str, field: str, value: Any) -> Callable[[], Content]:
    return lambda: changed(("sections", name, field), value)


FIELDS: list[tuple[Callable[[], Content], str]] = [
    (lambda: changed(("city",), None), "field.missing [city]"),
    (lambda: changed(("city",), 7), "json.wrong_type [city]"),
    (lambda: changed(("city",), ""), "[city]"),
    (lambda: changed(("country",), "Kenya"), "[country]"),
    (lambda: changed(("sections",), None), "field.missing [sections]"),
    (lambda: changed(("sections", "need"), None), "field.missing [sections.need]"),
    (lambda: changed(("mayor",), "Ann"), "json.unknown_field [mayor]"),
    (lambda: changed(("sections", "budget"), {}), "json.unknown_field [sections.budget]"),
    (section("need", "colour", "red"), "json.unknown_field [sections.need.colour]"),
    (lambda: changed(("sections", "alignment", "primary", "weight"), 1), "json.unknown_field [sections.alignment.primary.weight]"),
    (section("resources", "amount", 16000.5), "amount.not_integer [sections.resources.amount]"),
    (section("resources", "amount", 16000.0), "amount.not_integer [sections.resources.amount]"),
    (section("resources", "amount", "1600000"), "amount.not_integer [sections.resources.amount]"),
    (section("resources", "amount", True), "amount.not_integer [sections.resources.amount]"),
    (section("resources", "amount", -1), "amount.negative [sections.resources.amount]"),
    (section("resources", "amount", 2**53), "money.out_of_range [sections.resources.amount]"),
    (section("resources", "amount", 10**12), "resources.amount]"),
    (section("resources", "currency", "XYZ"), "currency"),
    (section("resources", "publication", "yes"), "json.wrong_type [sections.resources.publication]"),
    (section("support", "days", -3), "amount.negative [sections.support.days]"),
    (section("support", "days", 10_000), "support.days]"),
    (section("support", "formats", "expert_mission"), "json.wrong_type [sections.support.formats]"),
    (section("support", "formats", ["teleport"]), "support.formats"),
    (section("support", "formats", ["x"] * 51), "list.too_long [sections.support.formats]"),
    (section("support", "starts_on", "2025-02-30"), "date.invalid [sections.support.starts_on]"),
    (section("support", "starts_on", "2025-13-01"), "date.invalid [sections.support.starts_on]"),
    (section("support", "starts_on", "30/09/2025"), "date.invalid [sections.support.starts_on]"),
    (section("support", "starts_on", "2025-09-30T10:00:00Z"), "date.invalid [sections.support.starts_on]"),
    (section("support", "starts_on", 1759190400), "date.invalid [sections.support.starts_on]"),
    (section("support", "ends_on", "2025-01-01"), "support.ends_on]"),
    (section("alignment", "primary", {"priority": "SP-NONE", "reason": "r"}), "alignment.primary"),
    (section("alignment", "results", ["99.9"]), "alignment.results"),
    (section("applicant", "beneficiaries", ["city-none"]), "city.unknown"),
    (section("applicant", "title", "T" * 121), "text.too_long [sections.applicant.title]"),
    (section("need", "problem", "P" * 2001), "text.too_long [sections.need.problem]"),
    (section("need", "problem", "Ring\u0007"), "text.control_character [sections.need.problem]"),
    (section("need", "problem", "Nought\u0000"), "text.control_character [sections.need.problem]"),
    (section("need", "problem", "Escape\u001b[2J"), "text.control_character [sections.need.problem]"),
    (section("need", "problem", "Turned\u202etxt"), "text.bidi_override [sections.need.problem]"),
    (section("need", "problem", "Isolated\u2067txt"), "text.bidi_override [sections.need.problem]"),
    (section("need", "problem", "   "), "need.problem]"),
    (section("need", "problem", {"sealed": "restricted", "key": "k", "at": "a", "box": "b"}), "json.wrong_type [sections.need.problem]"),
    (lambda: changed(("sections", "results", "indicators", 0, "name"), 5), "json.wrong_type [sections.results.indicators.0.name]"),
    (lambda: changed(("sections", "results", "indicators"), []), "results.indicators"),
]


@pytest.mark.parametrize("place", range(len(FIELDS)), ids=[start for _, start in FIELDS])
def test_a_field_at_fault_is_named(peopled: Desk, place: int) -> None:
    make, expected = FIELDS[place]
    head = peopled.head()
    line = refused(peopled, applied_with(peopled, make()), head)
    code = line.partition(":")[0]
    assert code.startswith(expected) if expected.count(".") and " [" in expected else expected in code, line
    assert "{" not in line


def test_texts_at_their_limits_are_taken(peopled: Desk) -> None:
    content = changed(("sections", "applicant", "title"), "م" * 120, ("sections", "need", "problem"), "界" * 2000)
    assert applied_with(peopled, content).code == 0


def test_texts_of_every_section_at_their_limits_still_fit_one_fact(peopled: Desk) -> None:
    wide = "𞤀"
    content = changed(
        *(part for name, limit in {"problem": 2000, "evidence": 2000, "affected": 1000, "mandate": 1000}.items()
          for part in (("sections", "need", name), wide * limit)),
    )  # fmt: skip
    assert applied_with(peopled, content).code == 0
