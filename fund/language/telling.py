"""Refusals and events told as sentences. Neither ever fails: history must be readable, and a refusal must reach the reader."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from string import Formatter
from typing import get_args, get_type_hints

import msgspec

from fund.domain import events as e
from fund.domain.event import Event, FieldClass, Recorded
from fund.domain.money import EXPONENTS
from fund.domain.programme import Entry, Programme, titled
from fund.domain.refusal import Refusal
from fund.domain.sections import Section, section_name
from fund.language import formats
from fund.language.catalogues import N_, message, translations
from fund.language.earmarks import earmark_words
from fund.language.forms import FORMS, Look, filled, own_words, worded
from fund.language.words import DUTIES, FIELDS, SECTIONS, SHORT, STALE

OPEN_CLASSES: frozenset[FieldClass] = frozenset({"public", "internal"})
"""What a sentence may tell at most: sealed texts never stand in one."""

BRIEF = ":brief"
"""`code:brief` is the sentence of a refusal that lacks a value the full sentence needs."""

UNKNOWN = N_("refusal.unknown")

AMOUNTS = frozenset({"amount", "available", "balance", "proposed", "released", "requested", "spent"})
NAMED = frozenset(
    {
        "accept_again", "application", "assessor", "cities", "city", "drawn", "envelope", "hub", "hubs", "lender", "moderator", "person",
        "round", "stream", "within",
    }
)  # fmt: skip
"""Fields that hold ids: told through `names`."""
HUNDREDTHS = frozenset({"gap", "points"})
"""Fields that hold points, x100."""
INSTANTS = frozenset({"answer_by", "closes_at", "open_until", "opens_at"})
"""Told with the time of day: a second later is too late."""
SPOKEN = {
    "appeal_outcome": "appeal_outcome",
    "awaited": "awaited",
    "capacity": "capacity",
    "cause": "cause",
    "missing": "missing",
    "check": "eligibility_check",
    "checks": "eligibility_check",
    "criteria": "criterion",
    "criterion": "criterion",
    "differs": "field",
    "effect": "effect",
    "donor": "donor",
    "duties": "duty",
    "duty": "duty",
    "ending": "ending",
    "fails": "failing",
    "fallback": "track",
    "inadmissible": "inadmissible",
    "format": "format",
    "impacts": "planned_result",
    "from_track": "track",
    "interest": "interest",
    "level": "safeguards",
    "meaning": "silence",
    "mode": "mode",
    "modality": "modality",
    "opinion": "opinion",
    "part": "part",
    "outcome": "outcome",
    "priorities": "priority",
    "priority": "priority",
    "recommendation": "recommendation",
    "result": "check",
    "role": "role",
    "safeguard_questions": "safeguard_question",
    "stale": "stale",
    "section": "section",
    "sections": "section",
    "stage": "stage",
    "territory": "territory",
    "to_track": "track",
    "track": "track",
    "verdict": "verdict",
    "why": "track_reason",
}
"""Field -> kind of its code: told through `terms` as `kind.code`."""
LONG = frozenset({"checks", "criteria", "earmarks", "fails", "findings", "impacts", "priorities", "safeguard_questions", "stale"})
"""Lists whose items are whole titles."""
_SENTENCE_ENDS = re.compile(r"(?<=[.?!؟…])\s+")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Telling(msgspec.Struct, frozen=True):
    """How values are written out: the language, the names of ids, the words of codes, and the place whose days count."""

    locale: str
    names: Look
    terms: Look
    timezone: str

    def fields(self, values: Mapping[str, object], amounts: frozenset[str] = AMOUNTS) -> dict[str, str]:
        """Each value in words; those that have none (None, sealed, an amount without its currency) are left out."""
        told = {
            name: self._amount(value, values.get("currency")) if name in amounts else self._value(name, value)
            for name, value in values.items()
        }
        return {name: text for name, text in told.items() if text}

    def _value(self, name: str, value: object) -> str | None:
        match value:
            case bool():
                return None
            case datetime() if value.tzinfo is None:
                return None
            case Section():
                return self._word(name, section_name(value))
            case e.Finding():
                return f"{self._word('priority', value.priority)} ({self._word('verdict', value.verdict)})"
            case e.Earmark():
                return ", ".join(earmark_words(self.locale, value, self.names, self.terms))
            case int() if name in HUNDREDTHS:
                return formats.format_hundredths(self.locale, value)
            case int():
                return formats.format_number(self.locale, value)
            case datetime() if name in INSTANTS:
                return formats.format_instant(self.locale, value, self.timezone)
            case date():
                return formats.format_date(self.locale, value, self.timezone)
            case str():
                return self._word(name, value)
            case tuple() | list() | set() | frozenset():
                return self._listed(name, value)
            case _:
                return None

    def _listed(self, name: str, items: "tuple[object, ...] | list[object] | set[object] | frozenset[object]") -> str | None:
        told = [text for item in items if (text := self._value(name, item))]
        join = formats.format_long_list if name in LONG else formats.format_list
        return join(self.locale, told) if told else None

    def _amount(self, value: object, currency: object) -> str | None:
        if type(value) is not int or not isinstance(currency, str) or currency not in EXPONENTS:
            return None
        return formats.isolated(self.locale, formats.format_money(self.locale, value, currency))

    def _word(self, name: str, text: str) -> str | None:
        if name in SPOKEN:
            text = self.terms(f"{SPOKEN[name]}.{text}")
        elif name in NAMED:
            text = self.names(text)
        elif _MONTH.fullmatch(text):
            text = formats.format_month(self.locale, text)
        return formats.isolated(self.locale, text) if text else None


def _same(text: str) -> str:
    return text


def event_sentence(
    locale: str,
    recorded: Recorded,
    names: Look,
    terms: Look,
    timezone: str = "UTC",
    classes: frozenset[FieldClass] = OPEN_CLASSES,
) -> str:
    """What happened, in one sentence. `names` tells ids and hub codes, `terms` codes as `kind.code` (see `terms_of`);
    `timezone` is the one of the programme's calendar, in which due days are counted; `classes` are those the reader may read
    (`visibility.Sight.classes`). A value that cannot be told reads as “—”."""
    event = recorded.event
    values = {name: getattr(event, name) for name, kind in _classes_of(type(event)).items() if kind in classes & OPEN_CLASSES}
    told = Telling(locale, names, terms, timezone).fields({**values, "policy": recorded.header.policy})
    return filled(message(locale, event.told), told, terms)


@lru_cache
def _classes_of(kind: type[Event]) -> dict[str, FieldClass]:
    """Field -> its class; a list of structs, whose fields have classes of their own, counts as internal."""
    hints = get_type_hints(kind, include_extras=True)
    given = {
        name: [part.extra["class"] for part in get_args(hints[name])[1:] if isinstance(part, msgspec.Meta) and part.extra]
        for name in kind.__struct_fields__
    }
    return {name: classes[0] if classes else "internal" for name, classes in given.items()}


def refusal(locale: str, refused: Refusal, names: Look = _same, terms: Look | None = None, timezone: str = "UTC") -> str:
    """Why the fund says no and what to do about it, in one or two sentences. Without `terms`, codes of the programme stand as they are."""
    look = terms or _spoken_by_code(locale)
    sentence, told = _refused(locale, refused, names, look, timezone)
    return filled(sentence, told, look)


def remedy(locale: str, refused: Refusal, names: Look = _same, terms: Look | None = None, timezone: str = "UTC") -> str:
    """Only what to do about it: all after the first sentence; that one where it is the only one."""
    look = terms or _spoken_by_code(locale)
    sentence, told = _refused(locale, refused, names, look, timezone)
    # Before the values are filled in: a name may have a full stop of its own.
    return filled(_SENTENCE_ENDS.split(sentence, maxsplit=1)[-1], told, look)


def _refused(locale: str, refused: Refusal, names: Look, look: Look, timezone: str) -> tuple[str, dict[str, str]]:
    """The sentence of a refusal with its places, and the values that go there."""
    told = Telling(locale, names, look, timezone).fields(refused.about, amounts_of(refused))
    if refused.field:
        told["field"] = field_name(locale, refused.field, look)
    for msgid in (refused.code, refused.code + BRIEF):
        sentence = translations(locale).gettext(msgid)
        if sentence != msgid and _placeholders(sentence) <= told.keys():
            return sentence, told
    return message(locale, UNKNOWN), {"code": formats.isolated(locale, refused.code)}


def amounts_of(refused: Refusal) -> frozenset[str]:
    """The limit of a money refusal is an amount; any other limit is a count."""
    return AMOUNTS | {"limit"} if refused.code.startswith("money.") else AMOUNTS


def field_name(locale: str, field: str, terms: Look | None = None) -> str:
    """What the form calls a field; the field itself where nobody here named it so. Positions in lists do not matter: `conditions.0.text`,
    nor does the case, as of headers."""
    steps = [step for step in field.lower().split(".") if not step.isdigit()]
    known = next((words for start in range(len(steps)) if (words := SHORT.get(".".join(steps[start:])))), None)
    return worded(locale, known, terms or own_words(locale)) if known else formats.isolated(locale, field)


def terms_of(programme: Programme, locale: str) -> Look:
    """Words of codes given as `kind.code`: the programme's glossary, the titles of its lists, and the sections of the form."""
    titles = _titles(programme)

    def term(key: str) -> str:
        if key in titles:
            return titled(titles[key], locale)
        return worded(locale, _OWN[key], term) if key in _OWN else _spoken_by_code(locale)(key)

    return term


def _titles(programme: Programme) -> dict[str, dict[str, str]]:
    catalogue = programme.catalogue
    lists: dict[str, tuple[Entry, ...]] = {
        "priority": catalogue.priorities,
        "format": catalogue.formats,
        "planned_result": catalogue.results,
        "region": catalogue.regions,
        "support_type": catalogue.support_types,
        "donor": catalogue.donors,
        "modality": catalogue.modalities,
    }
    entries = {f"{kind}.{entry.code}": entry.titles for kind, listed in lists.items() for entry in listed}
    criteria = {f"criterion.{one.code}": one.titles for one in (programme.rubric.criteria if programme.rubric else ())}
    checks = {f"eligibility_check.{check.code}": check.titles for check in programme.checks}
    hubs = {f"hub.{hub.code}": hub.titles for hub in catalogue.hubs}
    tracks = {f"track.{code}": track.titles for code, track in programme.tracks.items()}
    policy = programme.safeguards
    asked = {f"safeguard_question.{one.code}": one.titles for one in (policy.questions if policy else ())}
    return {**entries, **criteria, **asked, **checks, **hubs, **tracks, **programme.terms}


@lru_cache
def _spoken_by_code(locale: str) -> Look:
    """The words that belong to the form and the workflow and to no programme; else the bare code."""
    own = own_words(locale)

    def term(key: str) -> str:
        if key in FORMS:
            return own(key)
        return worded(locale, _OWN[key], own) if key in _OWN else key.partition(".")[2] or key

    return term


_OWN = {
    f"{kind}.{code}": text
    for kind, words in {"section": SECTIONS, "duty": DUTIES, "field": FIELDS, "stale": STALE}.items()
    for code, text in words.items()
}


def _placeholders(sentence: str) -> set[str]:
    """Values that a sentence needs; the forms of words are always at hand."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name} - FORMS.keys()
