"""Every message can be read in every language."""

import pytest

from fund.language import LOCALES, catalogue_digest, message, plural, translations
from fund.language.checking import PLURALS, faults
from fund.language.extraction import CODE, extract, found, po_path, read, template

PLACES = found()


def test_the_catalogues_have_no_fault():
    assert faults(PLACES) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_of_the_code_and_the_templates_is_in_the_catalogue(locale):
    catalog = read(locale)
    wanted = [(one.id, one.context) for one in template(PLACES) if one.id]
    assert [id for id, context in wanted if not (known := catalog.get(id, context)) or not known.string] == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_code_has_a_sentence_and_is_never_shown_as_one(locale):
    codes = {one.id for one in PLACES if isinstance(one.id, str) and CODE.fullmatch(one.id)}
    assert len(codes) > 100
    assert {code for code in codes if message(locale, code) == code} == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_number_of_plural_forms_is_the_one_of_the_language(locale):
    assert read(locale).num_plurals == len(PLURALS[locale])


def test_what_is_found_comes_from_everywhere():
    files = {one.file for one in PLACES}
    assert {"fund/domain/events/draft.py", "fund/domain/workflow.py", "fund/domain/draft.py", "fund/language/words.py"} <= files


def test_extracting_again_changes_nothing_and_loses_no_translation(tmp_path):
    for locale in LOCALES:
        path = po_path(locale, tmp_path)
        path.parent.mkdir(parents=True)
        path.write_bytes(po_path(locale).read_bytes())
    assert extract(PLACES, tmp_path) == []
    first = {path: path.read_bytes() for path in tmp_path.rglob("fund.po*")}
    assert extract(PLACES, tmp_path) == []
    assert {path: path.read_bytes() for path in tmp_path.rglob("fund.po*")} == first
    kept = read("ar", tmp_path)
    assert [one.id for one in read("ar") if one.id and one.string != kept.get(one.id, one.context).string] == []


def test_the_empty_message_is_empty_and_not_the_header_of_the_catalogue():
    assert message("fr", "") == ""


def test_a_message_that_no_catalogue_has_reads_as_it_stands():
    assert message("ar", "Nobody wrote {this}.", this="that") == "Nobody wrote that."
    assert plural("ar", "{n} day", "{n} days", 2_000) == "2,000 days"


def test_an_unknown_locale_is_a_fault_of_the_program():
    for nonsense in ("xx", "", "english"):
        with pytest.raises(ValueError, match="no such locale"):
            translations(nonsense)


def test_a_language_without_a_catalogue_reads_in_english_and_writes_numbers_its_own_way():
    assert message("pt", "E-mail address") == "E-mail address"
    assert plural("pt", "{n} day", "{n} days", 2_000) == "2.000 days"


def test_the_digest_of_a_catalogue_tells_the_languages_apart():
    assert len({catalogue_digest(locale) for locale in LOCALES}) == len(LOCALES)
