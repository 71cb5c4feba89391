"""Sentences take the programme's words in the form that the language needs."""

import pytest

from fund.domain.workflow import STAGES, WORKFLOW
from fund.language import LOCALES, field_name, in_markup, message, own_words, terms_of, worded
from fund.language.forms import FORMS, filled
from fund.policy import load
from fund.policy.checking import FORMS as NEEDED

ELSEWHERE = {
    "hub_word": "ministère", "the_hub": "le ministère", "a_hub": "un ministère", "of_the_hub": "du ministère", "to_the_hub": "au ministère",
    "the_office": "l’agence", "to_the_office": "à l’agence",
}  # fmt: skip


def test_every_form_is_asked_of_every_programme() -> None:
    assert set(NEEDED) == set(FORMS) == set(ELSEWHERE)


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", "The Regional Hub gives its view"),
        ("fr", "Le Centre régional donne son avis"),
        ("es", "El Centro Regional da su opinión"),
        ("ar", "إبداء رأي المركز الإقليمي"),
    ],
)
def test_the_bundled_programme_reads_as_its_network_speaks(locale: str, told: str) -> None:
    assert worded(locale, "{the_hub} gives its view", terms_of(load(), locale)) == told


def test_another_programme_reads_otherwise_in_the_same_sentence() -> None:
    assert worded("fr", "{the_hub} gives its view", ELSEWHERE.__getitem__) == "Le ministère donne son avis"
    assert worded("fr", "Give the opinion {of_the_hub}", ELSEWHERE.__getitem__) == "Rendre l’avis du ministère"
    assert field_name("fr", "hub", ELSEWHERE.__getitem__) == "Ministère"


def test_a_form_gets_a_capital_where_a_sentence_begins_and_only_there() -> None:
    said = filled("{the_hub}: {city}. {the_hub}, {of_the_hub}? {the_office}", {"city": "{the_hub}"}, ELSEWHERE.__getitem__)
    assert said == "Le ministère: {the_hub}. Le ministère, du ministère? L’agence"


def test_in_a_template_only_forms_are_filled_and_nothing_becomes_markup() -> None:
    assert in_markup("%(n)s of {the_hub}", lambda form: "<b> 5 %") == "%(n)s of &lt;b&gt; 5 %%"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_label_of_the_workflow_shows_a_brace(locale: str) -> None:
    labels = [text for row in (*WORKFLOW, *STAGES.values()) for text in (row.applicant, row.staff) if text]
    for look in (own_words(locale), terms_of(load(), locale)):
        assert not [text for text in labels if set("{}") & set(worded(locale, text, look))]


@pytest.mark.parametrize("locale", LOCALES)
def test_where_no_programme_speaks_the_engine_has_words_of_its_own(locale: str) -> None:
    assert all(own_words(locale)(form) == message(locale, word) for form, word in FORMS.items())
    assert locale == "en" or own_words(locale)("the_hub") != "the hub"
