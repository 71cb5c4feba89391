"""Why, in words: titles, sources and advice in every language; a remedy is what a refusal's sentence says to do."""

import pytest

from fund.domain.refusal import Judged, Refusal
from fund.domain.rules import CODES_BY_RULE
from fund.domain.why import Ground
from fund.language import LOCALES, refusal
from fund.language.telling import remedy, translations
from fund.language.why import CHANGES, ENGINES, LABELS, OPEN_AT, OWN, grounds_told, refused_told, would_allow
from fund.policy import load

PROGRAMME = load()
ENDS = ".?!؟…»"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_is_told_in_every_language(locale: str) -> None:
    told = translations(locale)
    for text in (*OWN.values(), *LABELS.values(), *CHANGES.values(), ENGINES, OPEN_AT):
        assert told.gettext(text)
        assert locale == "en" or text == "Points" or told.gettext(text) != text


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
