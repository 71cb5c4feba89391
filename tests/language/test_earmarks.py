"""What a contribution may be spent on, in the words of each language."""

from datetime import date

import pytest

from fund.domain.events import Earmark
from fund.language import LOCALES, earmark_words, terms_of
from fund.policy import load
from tests.language.samples import names

PROGRAMME = load()
REGION = PROGRAMME.catalogue.regions[0]
FULL = Earmark(
    priorities=(PROGRAMME.catalogue.priorities[0].code,),
    regions=(REGION.code,),
    countries=("XK", "JO"),
    support_types=(PROGRAMME.catalogue.support_types[0].code,),
    city="city-1",
    spend_from=date(2026, 1, 1),
    spend_until=date(2026, 12, 31),
)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_limit_is_told_in_a_phrase_of_its_own(locale: str) -> None:
    terms = terms_of(PROGRAMME, locale)
    told = earmark_words(locale, FULL, names, terms)
    assert len(told) == 6
    assert REGION.titles[locale] in told[1]
    assert "Nairobi" in told[4]
    assert "2026" in told[5]
    assert not {"XK", "city-1", REGION.code} & {word for phrase in told for word in phrase.replace(";", " ").split()}


@pytest.mark.parametrize("locale", LOCALES)
def test_free_money_is_for_anything(locale: str) -> None:
    (told,) = earmark_words(locale, Earmark(), names, terms_of(PROGRAMME, locale))
    assert told


def test_a_window_may_be_open_on_either_side() -> None:
    terms = terms_of(PROGRAMME, "en")
    assert earmark_words("en", Earmark(spend_from=date(2026, 1, 1)), names, terms) == ("To be spent from 1 January 2026",)
    assert earmark_words("en", Earmark(spend_until=date(2026, 1, 1)), names, terms) == ("To be spent by 1 January 2026",)
