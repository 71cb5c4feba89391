"""Why, in words: titles, sources and advice in every language; a remedy is what a refusal's sentence says to do."""

import ast
import inspect
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import get_args

import pytest

from fund.domain import events as e
from fund.domain import why
from fund.domain.refusal import Judged, Refusal
from fund.domain.rules import CODES_BY_RULE
from fund.domain.screen import Stale
from fund.domain.why import Ground
from fund.language import LOCALES, field_name, refusal, terms_of
from fund.language.extraction import found, values_of
from fund.language.formats import isolated
from fund.language.telling import AMOUNTS, NAMED, SPOKEN, remedy, translations
from fund.language.why import CHANGES, ENGINES, LABELS, OPEN_AT, OWN, grounds_told, label_of, refused_told, would_allow
from fund.policy import checking, load
from fund.resources import ROOT

PROGRAMME = load()
VALUES = values_of(found())
OF_REFUSALS = {name for values in VALUES.values() for name in values} - {"field", "command"}
"""Values that refusals carry. The step that was asked for is known to whoever asked."""
WRITTEN_OUT = {
    "assessors", "bytes", "closes_at", "count", "date", "digits", "due", "earlier", "earmarks", "files", "last", "latest", "length",
    "letter", "limit", "line", "number", "numbers", "opens_at", "place", "since", "valid_to", "years",
}  # fmt: skip
"""Numbers, days and lists of what is reserved: written as the language writes them."""
AS_IT_STANDS = {
    "base", "calendar", "column", "contribution", "country", "currency", "expected", "given", "language", "name", "path", "policy", "quote",
    "reference", "value", "version", "view",
}  # fmt: skip
"""What the reader wrote themself, and what is called the same in every language."""
CODES_OF_RULES = {"because", "reason"}
LATIN, ARABIC = re.compile("[A-Za-z]{2}"), re.compile("[\u0600-\u06ff]")
ENDS = ".?!؟…»"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_told_in_every_language(locale: str) -> None:
    told = translations(locale)
    for text in (*OWN.values(), *LABELS.values(), *CHANGES.values(), ENGINES, OPEN_AT):
        assert told.gettext(text)
        assert locale == "en" or text in ("Points", "Version") or told.gettext(text) != text


def test_every_rule_of_the_table_has_a_title() -> None:
    assert set(CODES_BY_RULE) <= set(OWN)


def test_a_check_is_told_by_its_title_its_version_and_its_source() -> None:
    check = PROGRAMME.checks[0]
    (told,) = refused_told("fr", _refused("checks.failed", checks=(check.code,)), PROGRAMME, str, "UTC")
    assert (told.rule, told.title, told.version) == ("eligibility_check.E1", check.titles["fr"], "1")
    assert told.source == PROGRAMME.sources[check.source]["fr"]


def test_what_a_rule_looked_at_is_written_out() -> None:
    ground = Ground(rule="own.two_approvers", version="1", facts={"amount": 7_500_000, "currency": "EUR"})
    (told,) = grounds_told("es", [ground], PROGRAMME, str, "UTC")
    assert [(fact.name, fact.label) for fact in told.facts] == [("amount", "Importe")]
    assert "75.000,00" in told.facts[0].value


# ── No code in the place of a word ────────────────────────────────────────────


def of_outcomes() -> Iterator[str]:
    """Names of what the rules of an outcome look at, as the module that gathers them writes them."""
    for node in ast.walk(ast.parse(inspect.getsource(why))):
        match node:
            case ast.keyword(arg="facts", value=value) | ast.Return(value=value):
                pass
            case ast.AnnAssign(target=ast.Name(id="facts"), value=value) | ast.AugAssign(target=ast.Name(id="facts"), value=value):
                pass
            case _:
                continue
        keys = [key for part in ast.walk(value) if isinstance(part, ast.Dict) for key in part.keys] if value else []
        yield from (key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


def test_the_names_of_what_outcomes_look_at_are_found() -> None:
    assert {"criterion", "minimum", "cities", "sections", "verdict", "opinion", "due", "until", "amount"} <= set(of_outcomes())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", sorted({*OF_REFUSALS, *of_outcomes()}))
def test_whatever_a_rule_looks_at_has_a_label_of_its_own(name: str, locale: str) -> None:
    label = label_of(locale, name, terms_of(PROGRAMME, locale))
    assert label
    assert label != name
    assert locale != "ar" or not LATIN.search(label)


def test_what_has_no_label_is_not_told_by_its_code() -> None:
    unknown = Ground(rule="own.order", version="1", facts={"nobodys_word": "x"})
    assert grounds_told("en", [unknown], PROGRAMME, str, "UTC")[0].facts == []


def test_every_value_is_told_by_its_kind_or_stands_as_the_reader_wrote_it() -> None:
    """A new one is placed in one of these, or its code would be told."""
    assert OF_REFUSALS - set(SPOKEN) - NAMED - AMOUNTS - WRITTEN_OUT - AS_IT_STANDS - CODES_OF_RULES == set()


KINDS: dict[str, set[str]] = {
    "duty": set(get_args(e.Duty)),
    "stale": set(get_args(Stale)),
    "field": {"recommendation", "envelope", "amount", "conditions", "until", "awaits", "modality"},
    "section": {"applicant", "need", "support", "alignment", "safeguards", "results", "resources"},
    "track": set(PROGRAMME.tracks),
    "criterion": {one.code for one in PROGRAMME.rubric.criteria} if PROGRAMME.rubric else set(),
    "eligibility_check": {one.code for one in PROGRAMME.checks},
    "priority": {one.code for one in PROGRAMME.catalogue.priorities},
    "planned_result": {one.code for one in PROGRAMME.catalogue.results},
    "format": {one.code for one in PROGRAMME.catalogue.formats},
    "donor": {one.code for one in PROGRAMME.catalogue.donors},
    "modality": {one.code for one in PROGRAMME.catalogue.modalities},
    "safeguard_question": {one.code for one in PROGRAMME.safeguards.questions} if PROGRAMME.safeguards else set(),
    **{kind: set(map(str, values)) for kind, values in checking.SPOKEN.items()},
}


@pytest.mark.parametrize("kind", sorted(set(SPOKEN.values())))
def test_every_code_of_a_kind_has_its_word(kind: str) -> None:
    """In Arabic, which shares no letter with a code; that no language lacks a word is looked at with the catalogues and the programme."""
    terms = terms_of(PROGRAMME, "ar")
    assert [code for code in KINDS[kind] if not ARABIC.search(terms(f"{kind}.{code}"))] == []


def sample(name: str) -> object:
    if name in SPOKEN:
        return min(KINDS[SPOKEN[name]])
    if name in NAMED:
        return "city-1"
    special: dict[str, object] = {
        "due": datetime(2026, 3, 31, tzinfo=UTC), "date": date(2026, 3, 31), "currency": "EUR", "because": "conflict.recused",
        "reason": "text.too_long", "earmarks": (e.Earmark(),),
    }  # fmt: skip
    return special.get(name, 7_00)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", sorted(VALUES))
def test_what_a_refusal_looked_at_is_told_in_words(code: str, locale: str) -> None:
    about = {name: sample(name) for name in VALUES[code] - {"field"}}
    facts = refused_told(locale, _refused(code, **about), PROGRAMME, lambda id: "مدينة", "UTC")[0].facts
    amounts = AMOUNTS | {"limit"} if code.startswith("money.") else AMOUNTS
    hidden = {"command"} | ({"currency"} if amounts & about.keys() else set()) | (amounts if "currency" not in about else set())
    assert {fact.name for fact in facts} >= set(about) - hidden - {"checks"}
    if locale == "ar":
        assert [fact for fact in facts if fact.name in SPOKEN and not ARABIC.search(fact.value)] == []
        assert [fact for fact in facts if LATIN.search(fact.label)] == []


def test_a_criterion_a_step_of_a_loan_and_a_limit_of_money_are_told_as_such() -> None:
    rubric = PROGRAMME.rubric
    assert rubric
    ground = Ground(rule="own.rubric", version="1", facts={"criterion": rubric.decisive})
    title = next(one.titles for one in rubric.criteria if one.code == rubric.decisive)
    for locale in LOCALES:
        (fact,) = grounds_told(locale, [ground], PROGRAMME, str, "UTC")[0].facts
        assert fact.value == title[locale]
    lent = refused_told("fr", _refused("delegation.lender_may_not", person="x", because="conflict.recused"), PROGRAMME, str, "UTC")
    assert ("because", translations("fr").gettext(OWN["conflicts"])) in [(fact.name, fact.value) for fact in lent[0].facts]
    money = refused_told("en", _refused("money.out_of_range", limit=1_000_00, currency="EUR"), PROGRAMME, str, "UTC")[0]
    assert [(fact.label, fact.value) for fact in money.facts if fact.name != "stage"] == [("Limit", "1,000.00\u00a0EUR")]
    other = refused_told("en", _refused("round.other_currency", currency="EUR"), PROGRAMME, str, "UTC")[0]
    assert ("Currency", "EUR") in [(fact.label, fact.value) for fact in other.facts]


FIELDS_NAMED = {name for path in (ROOT / "fund").rglob("*.py") for name in re.findall(r'field="([^"]+)"', path.read_text("utf-8"))}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("field", sorted(FIELDS_NAMED))
def test_every_field_that_a_refusal_names_has_its_word(field: str, locale: str) -> None:
    told = field_name(locale, field, terms_of(PROGRAMME, locale))
    assert told not in (field, isolated(locale, field))


# ── What would change it ──────────────────────────────────────────────────────


def test_a_remedy_is_all_after_the_first_sentence() -> None:
    assert remedy("en", Refusal("token.expired")) == "Sign in again; what you saved is still there."
    assert remedy("en", Refusal("results.indicator_needed")) == refusal("en", Refusal("results.indicator_needed"))


def test_a_full_stop_in_a_name_ends_no_sentence() -> None:
    named = Refusal("city.unknown", field="city", city="St. Louis. Twice")
    assert remedy("en", named).startswith("Choose a city")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_step_that_is_not_open_says_where_it_is(locale: str) -> None:
    advice = would_allow(locale, _refused("workflow.not_now", stage="draft"), PROGRAMME, str, "UTC")
    assert PROGRAMME.terms["stage.decision"][locale] in advice[0]
    assert len(advice) == 2
    assert all(one[-1] in ENDS for one in advice)


def _refused(code: str, **about: object) -> Refusal:
    refused = Refusal(code, **about)
    refused.judged = Judged(verb="decline", policy=PROGRAMME.version, version=3, stage="draft")
    return refused
