"""The fixed words of a letter: taken from the programme's files in one language, never from code."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

from markupsafe import Markup, escape

from fund.documents.typography import isolate
from fund.domain.events import LetterOutcome, Opinion
from fund.domain.programme import Programme

OUTCOMES: tuple[LetterOutcome, ...] = tuple(one for one in get_args(LetterOutcome) if one not in ("terminated", "lapsed"))
"""Of every programme: only an award that lives on after its letter can be ended early, and only some let lapse what is not submitted."""
Said = Opinion | Literal["silent", "not_needed"]
"""What came of asking a hub."""

WORDING_KEYS: dict[str, frozenset[str]] = {
    # Every text a letter may print -> the placeholders it may use.
    "document.title": frozenset({"reference"}),
    "specimen": frozenset(),
    "specimen_note": frozenset(),
    "salutation": frozenset(),
    "closing": frozenset(),
    "signature": frozenset(),
    "signature.note": frozenset(),
    "page.word": frozenset(),
    "page.of": frozenset(),
    **{f"label.{code}": frozenset() for code in ("reference", "date", "submitted", "decided", "withdrawn", "to", "track")},
    **{f"label.{code}": frozenset() for code in ("formats", "scope", "days", "window", "value", "results", "peers")},
    **{f"label.{code}": frozenset() for code in ("beneficiaries", "observers")},
    **{f"scope.{code}": frozenset() for code in ("design", "delivery", "design_and_delivery")},
    **{f"subject.{outcome}": frozenset() for outcome in OUTCOMES},
    **{f"opening.{outcome}": frozenset({"reference", "city"}) for outcome in OUTCOMES},
    **{f"next.{outcome}": frozenset() for outcome in OUTCOMES},
    **{f"heading.{code}": frozenset() for code in ("granted", "coordination", "conditions", "alignment", "reasons", "what_would_change")},
    **{f"heading.{code}": frozenset() for code in ("next", "feedback", "data_protection", "publication", "basis")},
    **{f"heading.{code}": frozenset() for code in ("deferred", "waiting_list", "referred")},
    **{f"label.{code}": frozenset() for code in ("until", "awaits", "review", "reviewed", "modality", "turn_to", "passed_on")},
    "replaces": frozenset({"date"}),
    "heading.appeal": frozenset(),
    "appeal.route": frozenset({"days", "deemed", "last"}),
    "appealed": frozenset({"lodged", "date"}),
    "granted.in_kind": frozenset(),
    "window": frozenset({"start", "end"}),
    "peers.none": frozenset(),
    "coordination.via_hub": frozenset({"hub"}),
    "coordination.with_hub": frozenset({"hub"}),
    "coordination.no_hub": frozenset(),
    "heading.course": frozenset(),
    "track.moved": frozenset({"left", "track", "why"}),
    "opinions.intro": frozenset(),
    **{f"opinion.{code}": frozenset() for code in (*get_args(Opinion), "not_needed", "centre")},
    "opinion.silent": frozenset({"due"}),
    "conditions.intro": frozenset(),
    **{f"condition.{code}": frozenset() for code in ("text", "owner", "due", "proof")},
    "alignment.intro": frozenset(),
    **{f"priority.{code}": frozenset() for code in ("title", "verdict", "reason")},
    "ineligible.intro": frozenset(),
    **{f"check.{code}": frozenset() for code in ("title", "reason")},
    "check.lacking": frozenset({"cities"}),
    "rule": frozenset({"version", "source"}),
    "withdrawn.note": frozenset(),
    "feedback": frozenset({"reference"}),
    "data_protection": frozenset(),
    **{f"publication.{code}": frozenset() for code in ("agreed", "not_agreed", "none")},
    "basis": frozenset({"policy", "catalogue"}),
    "authentic": frozenset(),
    "template": frozenset({"template"}),
}
"""What a programme must word for its letters, in each of its languages."""

ROUND_KEYS: dict[str, frozenset[str]] = {
    "heading.scores": frozenset(),
    "scores.intro": frozenset({"round", "points", "pass_mark", "minimum", "decisive"}),
    "scores.place": frozenset({"place", "files"}),
    **{f"score.{code}": frozenset() for code in ("criterion", "points", "meaning")},
    "score.of": frozenset({"points", "weight"}),
    "score.between": frozenset({"low", "high"}),
}
"""What a programme that holds competitive rounds words besides."""

AWARD_KEYS: dict[str, frozenset[str]] = {
    "offer": frozenset({"accept_by", "report_by"}),
    "label.spent": frozenset(),
    "subject.terminated": frozenset(),
    "opening.terminated": frozenset({"reference", "city"}),
    "next.terminated": frozenset(),
    "heading.terminated": frozenset(),
}
"""What a programme whose awards are accepted and reported on words besides."""

LAPSE_KEYS: dict[str, frozenset[str]] = {
    "subject.lapsed": frozenset(),
    "opening.lapsed": frozenset({"reference", "city"}),
    "next.lapsed": frozenset(),
}
"""What a programme in which an application can lapse words besides."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def wording_of(programme: Programme, language: str) -> dict[str, str]:
    """Every text of the programme's letters in one language. KeyError if one lacks it."""
    return {code: titles[language] for code, titles in programme.letter.items()}


def missing_words(wording: Mapping[str, str], keys: Mapping[str, frozenset[str]] = WORDING_KEYS) -> tuple[str, ...]:
    """What would break a letter: keys that are absent, and placeholders that a letter cannot fill."""
    absent = [f"{key} is missing" for key in keys if key not in wording]
    strange = [
        f"{key}: {{{name}}} cannot be filled"
        for key, known in keys.items()
        for name in _PLACEHOLDER.findall(wording.get(key, ""))
        if name not in known
    ]
    return tuple(absent + strange)


def fill(text: str, values: Mapping[str, object]) -> Markup:
    """The text as HTML with its placeholders filled, each value isolated from the direction of the sentence around it."""
    parts = _PLACEHOLDER.split(text)
    return Markup("").join(isolate(values[part]) if n % 2 else escape(part) for n, part in enumerate(parts))


def missing_texts(programme: Programme) -> tuple[str, ...]:
    """What would break a letter in any language of the programme, each beginning with where it is."""
    return tuple(f"letter {language}: {problem}" for language in programme.languages for problem in _missing_in(programme, language))


def _missing_in(programme: Programme, language: str) -> tuple[str, ...]:
    return missing_words({code: titles[language] for code, titles in programme.letter.items() if language in titles})
