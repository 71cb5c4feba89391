"""The page of sources: every kind of contribution in words, nothing added across currencies, nothing that is not public."""

import re

import pytest

from fund.language import LOCALES, format_money, terms_of
from tests.pages.client import client
from tests.pages.world import World


def page(world: World, locale: str) -> str:
    with client(world) as visitor:
        answer = visitor.get(f"/{locale}/sources")
        assert answer.status_code == 200
        return answer.text


@pytest.mark.parametrize("locale", LOCALES)
def test_each_currency_has_its_own_sums_by_kind(world: World, locale: str) -> None:
    text, term = page(world, locale), terms_of(world.fund.programme, locale)
    for currency in ("EUR", "NOK"):
        section = text.partition(f'id="{currency}"')[2].partition("</section>")[0]
        sums = dict(re.findall(r"<dt>([^<]*)</dt><dd><bdi>([^<]*)</bdi></dd>", section))
        assert sums == {
            term("contribution.cash"): format_money(locale, 2_999_999_00, currency),
            term("contribution.in_kind"): format_money(locale, 1_500_000_00, currency),
            term("contribution.self_funded"): format_money(locale, 1_500_000_00, currency),
        }
        assert {"EUR": "NOK", "NOK": "EUR"}[currency] not in section


@pytest.mark.parametrize("locale", LOCALES)
def test_a_source_says_who_what_kind_for_what_and_how_it_was_valued(world: World, locale: str) -> None:
    text, term = page(world, locale), terms_of(world.fund.programme, locale)
    for words in (term("donor.denmark"), term("priority.SP-YOUTH"), term("region.mena"), term("support_type.TS5"), "Hire of the rooms"):
        assert words in text, words
    assert "مؤسسة &lt;الأمل&gt;" in text
    assert "SP-YOUTH" not in text
    assert text.count(format_money(locale, 1_499_999_00, "EUR")) == 1


def test_the_table_keeps_its_meaning_where_a_telephone_shows_it_as_a_list(world: World) -> None:
    text = page(world, "en")
    rows = text.count('<tr role="row">')
    assert rows == 2 + 8
    assert text.count('scope="row" role="rowheader"') == 8
    assert text.count('scope="col" role="columnheader"') == 8


def test_the_page_is_linked_from_every_page(world: World) -> None:
    with client(world) as visitor:
        for path in ("/", "/pipeline", "/sign-in"):
            assert 'href="/fr/sources"' in visitor.get(f"/fr{path}").text
