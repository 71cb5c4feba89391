"""A refusal at the longest that its commands allow, printed and counted: two pages, and whole, in every language."""

from datetime import date

import msgspec
import pytest

from fund.documents.context import AT_FULL_SIZE
from fund.documents.letter import FailedCheck, HubAnswer, LetterContext, Priority, TrackMove
from fund.documents.rendering import Renderer
from fund.domain.brevity import ANSWERED, CHANGES, DECLINED, INELIGIBLE, LINE
from tests.documents.reading import read_pages
from tests.documents.samples import LANGUAGES, html, programme, sample
from tests.documents.test_letter import scored

SENTENCES = {
    "en": "The request does not show with local data who is affected nor how it would be measured. ",
    "fr": "La demande ne montre pas encore, données locales à l’appui, qui est touché par le problème. ",
    "es": "La solicitud todavía no muestra con datos locales a quién afecta ni cómo se mediría el efecto. ",
    "ar": "لا يبيّن الطلب من هم المتضررون ولا كيف يقاس الأثر على المدى الطويل في المدينة وضواحيها. ",
}


def texts(language: str, limit: int, shape: str) -> tuple[str, ...]:
    """One long paragraph, as many short points as fit, one point of as many lines, or letters as wide as they come."""
    short = limit // (LINE + 1)
    return {
        "prose": ((SENTENCES[language] * 40)[: limit - 1] + ".",),
        "points": ("x",) * short,
        "lines": ("\n".join("x" * short),),
        "wide": ("漢" * (limit // 2),),
    }[shape]


def moved(language: str) -> dict[str, object]:
    """What else such a letter may say: a long title and office, a move of tracks, an earlier letter."""
    fund = programme()
    left, track = fund.tracks["small"].titles[language], fund.track().titles[language]
    move = TrackMove(left=left, track=track, why=fund.terms["track_reason.check"][language])
    title = (SENTENCES[language] * 3)[:120]
    return {"moves": (move,), "replaces": date(2026, 9, 1), "title": title, "addressee_office": (SENTENCES[language] * 3)[:200]}


def ineligible(language: str, shape: str) -> LetterContext:
    fund = programme()
    failed = tuple(
        FailedCheck(
            code=check.code,
            title=check.titles[language],
            reason="",
            version=check.version,
            source=fund.told_source(check.source, language),
            cities=("Saint-Denis de la Réunion",) * (fund.limits.max_partners + 1) if check.fact == "beneficiaries_are_members" else (),
        )
        for check in fund.checks
    )
    reason = texts(language, INELIGIBLE, shape)[:1]
    return sample(language, "ineligible", failed_checks=failed, reasons=reason, tight=True, **moved(language))


def declined(language: str, shape: str, **changes: object) -> LetterContext:
    fund = programme()
    three = sorted(fund.catalogue.priorities, key=lambda entry: -len(entry.titles[language] + fund.told_source(entry.source, language)))[:3]
    priorities = tuple(
        Priority(
            code=entry.code,
            title=entry.titles[language],
            verdict=fund.terms["verdict.partly"][language],
            reason="",
            number="7",
            source=fund.told_source(entry.source, language),
        )
        for entry in three
    )
    asked = tuple(
        HubAnswer(hub=hub.titles[language], said="silent", due=date(2026, 9, 22))
        for hub in fund.catalogue.hubs[: fund.limits.max_partners + 1]
    )
    source = fund.told_source(fund.track().source, language)
    said = {"dense": True, "tight": True, "priorities": priorities, "opinions": asked, "track_source": source}
    said |= {"reasons": texts(language, DECLINED, shape), "what_would_change": texts(language, CHANGES, shape)}
    return sample(language, "declined", **moved(language), **(said | changes))


def answered(language: str, shape: str, outcome: str) -> LetterContext:
    return sample(language, outcome, reasons=texts(language, ANSWERED, shape), **moved(language))


def pages(renderer: Renderer, context: LetterContext) -> int:
    return len(read_pages(renderer.render(html(context))))


@pytest.mark.parametrize("shape", ["prose", "points", "lines", "wide"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_at_its_longest_has_two_pages_and_ends_on_the_second(renderer: Renderer, language: str, shape: str) -> None:
    assert pages(renderer, ineligible(language, shape)) <= 2
    assert pages(renderer, declined(language, shape)) <= 2
    assert pages(renderer, declined(language, shape, priorities=(), scoring=scored(language))) <= 2
    for outcome in ("appeal_dismissed", "appeal_not_admitted"):
        assert pages(renderer, answered(language, shape, outcome)) <= 2


@pytest.mark.parametrize("shape", ["prose", "points", "lines", "wide"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_in_letters_of_full_size_has_two_pages_at_its_longest(renderer: Renderer, language: str, shape: str) -> None:
    said = texts(language, AT_FULL_SIZE // 2, shape)
    brief = {"tight": False, "reasons": said, "what_would_change": said}
    assert pages(renderer, declined(language, shape, **brief)) <= 2
    assert pages(renderer, declined(language, shape, priorities=(), scoring=scored(language), **brief)) <= 2
    reason = texts(language, AT_FULL_SIZE, shape)[:1]
    assert pages(renderer, msgspec.structs.replace(ineligible(language, shape), tight=False, reasons=reason)) <= 2
    alone = sample(language, "ineligible", **moved(language))
    (failed,) = alone.failed_checks
    only = msgspec.structs.replace(failed, reason=reason[0])
    assert pages(renderer, msgspec.structs.replace(alone, failed_checks=(only,))) <= 2


def test_a_longer_text_that_was_recorded_before_is_printed_whole(renderer: Renderer) -> None:
    read = read_pages(renderer.render(html(sample("en", "ineligible", reasons=("Word " * 2000 + "end.",)))))
    assert len(read) > 2
    assert " ".join(read).count("Word") == 2000
