"""What a letter says, in every language and for every outcome."""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

import msgspec
import pytest

from fund.documents.letter import (
    Deferral,
    HubAnswer,
    LetterContext,
    Money,
    ScoreLine,
    Scoring,
    TrackMove,
    missing_words,
    render_html,
)
from fund.documents.rendering import Printed, Renderer
from fund.documents.typography import written_date, written_hundredths, written_money
from tests.documents.reading import folded, read_pages
from tests.documents.samples import LANGUAGES, OUTCOMES, html, programme, sample, wording

Print = Callable[[LetterContext], Printed]
EVERY = list(itertools.product(LANGUAGES, OUTCOMES))

NAMES = {
    "Thaana": "މާލެ",
    "Devanagari": "काठमाडौं",
    "Bengali": "কক্সবাজার",
    "Cyrillic": "Бишкек Чаир Ђаковица",
    "Greek": "Αθήνα",
    "Georgian": "თბილისი",
    "Armenian": "Երևան",
    "Amharic": "አዲስ አበባ",
    "Urdu": "پشاور ڈیرہ",
    "Sinhala": "කොළඹ",
    "Tamil": "யாழ்ப்பாணம்",
    "Hebrew": "תל אביב",
    "Thai": "กรุงเทพฯ",
    "Tifinagh": "ⵔⴱⴰⵟ",
    "Vietnamese": "Thành phố Hồ Chí Minh",
    "Latin": "Çair Łódź Gjakovë Ngaoundéré ŋ ɓ",
}


def values(context: LetterContext) -> Iterator[str]:
    """Every value of the context that its outcome prints, as it is written."""
    hidden = {"language", "direction", "specimen", "outcome", "publication", "scope", "signatory_office"}
    for field, value in msgspec.structs.asdict(context).items():
        if field not in hidden and value:
            yield from _written(value, context.language)


def _written(value: object, language: str) -> Iterator[str]:
    match value:
        case Money():
            yield written_money(value, language)
        case date():
            yield written_date(value, language)
        case tuple():
            for part in value:
                yield from _written(part, language)
        case msgspec.Struct():
            parts = msgspec.structs.asdict(value)
            for field, part in parts.items():
                if field not in ("mode", "said") and part and not isinstance(part, bool):
                    yield from _written(part, language)
        case _:
            yield str(value)


def letters(text: str) -> str:
    """Letters and digits only, without vowel signs and spaces: a reader of PDF puts those of Arabic elsewhere, and splits words at them."""
    return "".join(c for c in unicodedata.normalize("NFKD", folded(text)) if c.isalnum())


@pytest.mark.parametrize(("language", "outcome"), EVERY)
def test_every_value_of_the_letter_can_be_read_on_its_pages(printed: Print, language: str, outcome: str) -> None:
    context = sample(language, outcome)
    letter = printed(context)
    pages = read_pages(letter.pdf)
    assert letter.missing == ()
    assert 1 <= len(pages) <= 2
    text = " ".join(pages)
    for value in values(context):
        if language == "ar":
            assert all(letters(piece) in letters(text) for piece in re.findall(r"\w+", folded(value))), value
        else:
            assert folded(value) in text


@pytest.mark.parametrize(("language", "outcome"), [each for each in EVERY if each[0] != "ar"])
def test_the_order_of_reading_is_the_order_of_the_letter(printed: Print, language: str, outcome: str) -> None:
    context = sample(language, outcome)
    text = " ".join(read_pages(printed(context).pdf))
    said = wording(language)
    opening = said[f"opening.{outcome}"].format(reference=context.reference, city=context.city_name)
    expected = [context.addressee_office, said[f"subject.{outcome}"], context.title, said["salutation"], opening]
    expected += [said["heading.granted"]] if context.granted else []
    expected += [condition.text for condition in context.conditions]
    expected += [check.reason for check in context.failed_checks]
    expected += [*context.reasons, *(priority.reason for priority in context.priorities)]
    expected += [said[f"next.{outcome}"], said["closing"], said["signature"], said["data_protection"]]
    places = [text.find(folded(part)) for part in expected]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_put_off_until_a_day_names_the_day_and_no_event(language: str) -> None:
    said = wording(language)
    day = html(sample(language, "deferred", deferral=Deferral(until=date(2027, 3, 1), review=date(2027, 3, 1))))
    event = html(sample(language, "deferred"))
    assert (said["label.until"] in day, said["label.awaits"] in day) == (True, False)
    assert (said["label.until"] in event, said["label.awaits"] in event) == (False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_later_letter_says_which_one_it_takes_the_place_of(language: str) -> None:
    replaces = wording(language)["replaces"].partition("{")[0]
    assert replaces not in html(sample(language, "approved"))
    assert replaces in html(sample(language, "approved", replaces=date(2026, 4, 2)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sentence_says_the_outcome(language: str) -> None:
    for outcome in OUTCOMES:
        body = html(sample(language, outcome)).split('class="outcome"')[1]
        assert body.index('class="opening"') < body.index("</p>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_specimen_says_so_on_every_page_and_a_real_letter_never(renderer: Renderer, language: str) -> None:
    context = sample(language, "approved_with_conditions", reasons=("Word " * 1500,))
    pages = read_pages(renderer.render(html(context)))
    assert len(pages) > 2
    assert all("SPECIMEN" in page for page in pages)
    real = read_pages(renderer.render(html(msgspec.structs.replace(context, specimen=False))))
    assert not any("SPECIMEN" in page or wording(language)["specimen"] in page for page in real)


def test_every_page_carries_the_reference_and_its_number(renderer: Renderer) -> None:
    pages = read_pages(renderer.render(html(sample(reasons=("Word " * 1500,)))))
    for number, page in enumerate(pages, start=1):
        assert page.endswith(f"TSF-7K3M-Q9F2 Page {number} of {len(pages)}")


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_its_own_script_is_drawn(renderer: Renderer, script: str) -> None:
    printed = renderer.print(html(sample(city_local_name=NAMES[script])))
    assert printed.missing == ()
    assert set(letters(NAMES[script])) <= set(letters(" ".join(read_pages(printed.pdf))))


def test_characters_without_a_font_are_reported(renderer: Renderer) -> None:
    unknown = "\U0001e2c0"  # Wancho: in no font that letters name
    printed = renderer.print(html(sample(title=f"A {unknown} title")))
    assert set(printed.missing) <= {unknown}


def test_an_arabic_letter_isolates_what_reads_from_left_to_right() -> None:
    body = html(sample("ar", "approved_with_conditions"))
    assert '<html lang="ar" dir="rtl">' in body
    assert '<bdi dir="ltr" class="figure">41,800.50\u00a0EUR</bdi>' in body
    assert '<bdi dir="ltr">TSF-7K3M-Q9F2</bdi>' in body
    assert '<bdi dir="rtl">12 أكتوبر 2026</bdi>' in body


def test_an_arabic_letter_names_the_city_in_arabic_first() -> None:
    assert sample("ar").city == "طرابلس"
    assert sample("ar").city_other_name == "Tripoli"
    assert sample("ar", city_name="Malé", city_local_name=NAMES["Thaana"]).city == "Malé"
    assert sample("fr", city_local_name="طرابلس").city == "Yaoundé II"


def test_the_print_styles_use_no_grid() -> None:
    from fund.resources import resource

    assert "grid" not in re.sub(r"/\*.*?\*/", "", resource("templates", "letters", "letter.css").read_text(), flags=re.S)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programme_has_every_word_a_letter_needs(language: str) -> None:
    assert missing_words(wording(language)) == ()


def test_a_missing_word_stops_the_letter_and_is_named() -> None:
    incomplete = {key: text for key, text in wording("en").items() if key != "closing"} | {"authentic": "See {secret}."}
    with pytest.raises(ValueError, match=r"closing is missing; authentic: \{secret\} cannot be filled"):
        render_html(sample(), incomplete)


def test_the_signing_office_is_the_programmes() -> None:
    assert sample("fr").signatory_office == programme().office["fr"]


@pytest.mark.parametrize(
    ("language", "day", "shown"),
    [
        ("en", date(2026, 5, 4), "4 May 2026"),
        ("fr", date(2026, 5, 1), "1er mai 2026"),
        ("fr", date(2026, 5, 11), "11 mai 2026"),
        ("es", date(2026, 5, 4), "4 de mayo de 2026"),
        ("ar", date(2026, 5, 4), "4 مايو 2026"),
    ],
)
def test_days_are_written_in_words(language: str, day: date, shown: str) -> None:
    assert written_date(day, language) == shown


@pytest.mark.parametrize(
    ("language", "minor", "currency", "shown"),
    [
        ("en", 4_180_000, "EUR", "EUR\u00a041,800"),
        ("fr", 4_180_050, "EUR", "41\u202f800,50\u00a0EUR"),
        ("es", 100, "USD", "1\u00a0USD"),
        ("ar", 123_456_789, "GBP", "1,234,567.89\u00a0GBP"),
        ("en", 41_800, "JPY", "JPY\u00a041,800"),
        ("en", 1_005, "TND", "TND\u00a01.005"),
    ],
)
def test_money_is_written_with_its_code(language: str, minor: int, currency: str, shown: str) -> None:
    assert written_money(Money(minor=minor, currency=currency), language) == shown


def scored(language: str, place: int | None = None) -> Scoring:
    rubric = programme().rubric
    assert rubric
    lines = tuple(
        ScoreLine(
            title=criterion.titles[language],
            points=criterion.weight * 50 + 50,
            weight=criterion.weight,
            meaning=tuple(criterion.anchors[score][language] for score in ("3", "5")),
        )
        for criterion in rubric.criteria
    )
    decisive = rubric.criteria[0].titles[language]
    files = 9 if place else None
    return Scoring(
        lines=lines, points=53_50, pass_mark=60, decisive=decisive, minimum=3, round="Spring round", place=place, files=files
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_a_round_says_each_criterion_in_words_within_two_pages(renderer: Renderer, language: str) -> None:
    context = sample(language, "declined", priorities=(), scoring=scored(language))
    printed = renderer.print(html(context))
    pages = read_pages(printed.pdf)
    assert printed.missing == ()
    assert len(pages) <= 2
    text = letters(" ".join(pages)) if language != "ar" else ""
    for line in scored(language).lines if language != "ar" else ():
        assert letters(line.title) in text
        assert all(letters(meaning) in text for meaning in line.meaning)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_is_told_only_where_it_is_published(language: str) -> None:
    told = wording(language)["scores.place"].partition("{")[0]
    assert told not in html(sample(language, "declined", scoring=scored(language)))
    assert told in html(sample(language, "declined", scoring=scored(language, place=4)))
    assert "scores" not in html(sample(language, "declined")).partition("<body")[2]


def test_a_programme_that_cannot_word_a_round_is_told_before_a_letter_goes_out() -> None:
    words = {code: text for code, text in wording("en").items() if code != "score.between"}
    assert missing_words(words) == ()
    with pytest.raises(ValueError, match=r"score\.between is missing"):
        render_html(sample("en", "declined", scoring=scored("en")), words)
    assert render_html(sample("en", "declined"), words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_hub_that_was_asked_is_told_with_its_answer_in_the_programmes_words(renderer: Renderer, language: str) -> None:
    hubs, said = [hub.titles[language] for hub in programme().catalogue.hubs], wording(language)
    answers = (
        HubAnswer(hub=hubs[0], said="veto_request"),
        HubAnswer(hub=hubs[1], said="silent", due=date(2026, 9, 22)),
        HubAnswer(hub=hubs[2], said="no_objection", centre=True),
        HubAnswer(hub=hubs[3], said="not_needed"),
    )
    text = letters(" ".join(read_pages(renderer.render(html(sample(language, "declined", opinions=answers))))))
    spoken = [said["opinion.veto_request"], said["opinion.centre"], said["opinion.no_objection"], said["opinion.not_needed"]]
    for piece in [*hubs[:4], *spoken, written_date(date(2026, 9, 22), language)]:
        assert all(letters(word) in text for word in piece.split()), piece


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_names_the_track_and_tells_a_move_only_where_there_was_one(language: str) -> None:
    told, tracks = wording(language)["track.moved"].partition("{")[0], programme().tracks
    small, standard = (tracks[code].titles[language] for code in ("small", "standard"))
    assert small in html(sample(language, "ineligible", track=small))
    assert told not in html(sample(language, "ineligible", track=small))
    why = programme().terms["track_reason.check"][language]
    moved = html(sample(language, "ineligible", track=standard, moves=(TrackMove(left=small, track=standard, why=why),)))
    assert all(word in moved for word in (told, small, standard, why))


@pytest.mark.parametrize("language", LANGUAGES)
def test_cities_that_only_take_part_stand_apart_from_those_that_benefit(language: str) -> None:
    label = wording(language)["label.observers"]
    assert label not in html(sample(language, "approved", beneficiaries=("Kampala",)))
    body = html(sample(language, "approved", beneficiaries=("Kampala",), observers=("Elbasan",)))
    assert body.index("Kampala") < body.index(label) < body.index("Elbasan")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_letter_has_one_page(printed: Print, language: str) -> None:
    for outcome in ("ineligible", "withdrawn"):
        assert len(read_pages(printed(sample(language, outcome)).pdf)) == 1


def test_points_are_written_as_the_language_writes_them() -> None:
    assert [written_hundredths(7250, language) for language in ("en", "fr", "es", "ar")] == ["72.5", "72,5", "72,5", "72.5"]
    assert (written_hundredths(7205, "en"), written_hundredths(7200, "en"), written_hundredths(0, "en")) == ("72.05", "72", "0")
