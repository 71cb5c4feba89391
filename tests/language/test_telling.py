"""Events and refusals as sentences: all of them, in every language, and never a failure."""

import re
from datetime import UTC, datetime
from typing import get_type_hints

import msgspec
import pytest

from fund.domain import events as e
from fund.domain.refusal import Refusal
from fund.language import LOCALES, event_sentence, field_name, message, refusal, terms_of
from fund.language.checking import placeholders
from fund.language.extraction import CODE, found, values_of
from fund.language.forms import FORMS
from fund.policy import load
from tests.language.samples import names, recorded

PROGRAMME = load()
PLACES = found()
TERMS = {locale: terms_of(PROGRAMME, locale) for locale in LOCALES}
EVENTS = tuple(e.EVENTS.values())
CODES = sorted({one.id for one in PLACES if isinstance(one.id, str) and CODE.fullmatch(one.id)})
VALUES = values_of(PLACES)
AMOUNT = 1_250_000


def told(kind: type[e.Event], locale: str, **options) -> str:
    return event_sentence(locale, recorded(kind), names, TERMS[locale], "Europe/London", **options)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.name)
def test_every_event_is_told_in_full(kind, locale):
    sentence = told(kind, locale)
    assert sentence.endswith(".")
    assert not set("{}—") & set(sentence)
    assert not re.search(r"\b(city|person|application|envelope|hub)-\w+", sentence)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.name)
def test_every_event_reads_differently_in_every_language(kind):
    assert len({told(kind, locale) for locale in LOCALES}) == len(LOCALES)


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: kind.name)
def test_a_sentence_names_fields_of_its_event_and_no_sealed_one(kind):
    hints = get_type_hints(kind, include_extras=True)
    sealed = {name for name, hint in hints.items() for part in getattr(hint, "__metadata__", ()) if is_sealed(part)}
    assert placeholders(kind.sentence) <= (set(kind.__struct_fields__) | {"policy"} | FORMS.keys()) - sealed


def is_sealed(part: object) -> bool:
    return isinstance(part, msgspec.Meta) and (part.extra or {}).get("class") in ("personal", "restricted")


def test_ids_codes_amounts_days_and_lists_are_written_out():
    assert told(e.Approved, "en") == "Approved: 12,500.00\u00a0EUR."
    assert told(e.ApplicationStarted, "es") == "Nairobi ha iniciado una solicitud."
    assert told(e.HubOpened, "en") == "South Asia Regional Hub opened (May 2024)."
    assert "31 mars 2026" in told(e.FoundEligible, "fr")
    assert "The need and Results" in told(e.ReturnedForCompletion, "en")
    assert "«مسؤول الملف»" in told(e.RoleGranted, "ar")
    assert told(e.FoundIneligible, "fr").count("\u202f;") == 1
    assert "2023-2025.1" in told(e.ApplicationSubmitted, "en")


def test_a_reader_is_not_told_what_they_may_not_read():
    public = frozenset({"public"})
    assert told(e.AssessmentRecorded, "en", classes=public) == "Alignment assessed by —."
    assert "Aligned" not in told(e.AlignmentDetermined, "en", classes=public)
    everything = frozenset({"public", "internal", "personal", "restricted"})
    assert told(e.Declined, "en", classes=everything) == told(e.Declined, "en")


def test_a_currency_nobody_knows_any_more_does_not_break_history():
    approved = recorded(e.Approved)
    odd = msgspec.structs.replace(approved, event=msgspec.structs.replace(approved.event, currency="XXX"))
    assert event_sentence("en", odd, names, TERMS["en"]) == "Approved: —."


def test_braces_in_a_name_stay_braces():
    assert (
        event_sentence("en", recorded(e.ApplicationStarted), lambda id: "{city.__class__}", TERMS["en"])
        == "{city.__class__} started an application."
    )


# ── Refusals ──────────────────────────────────────────────────────────────────


def sample(name: str) -> object:
    special = {
        "currency": "EUR",
        "checks": ("E4", "E7"),
        "sections": ("need",),
        "priorities": ("cooperation",),
        "due": datetime(2026, 3, 31, tzinfo=UTC),
        "role": "officer",
        "duty": "drafting",
        "amount": AMOUNT,
        "available": AMOUNT,
        "balance": AMOUNT,
        "earmarks": (e.Earmark(countries=("XK",)), e.Earmark()),
        "proposed": AMOUNT,
        "requested": AMOUNT,
        "limit": AMOUNT,
        "line": 7,
        "earlier": 3,
        "digits": 2,
        "count": 2,
        "length": 9,
        "assessors": 2,
    }
    return special.get(name, "x")


def is_generic(locale: str, sentence: str, code: str) -> bool:
    return sentence == message(locale, "refusal.unknown", code=code) or f"\u2068{code}\u2069" in sentence


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", [code for code in CODES if ":" not in code and code != "refusal.unknown"])
def test_every_refusal_has_a_sentence(code, locale):
    about = {name: sample(name) for name in VALUES.get(code, frozenset()) | {"currency", "line", "column", "limit"} if name != "field"}
    sentence = refusal(locale, Refusal(code, field="need.problem", **about), names, TERMS[locale])
    assert not is_generic(locale, sentence, code)
    assert not set("{}—") & set(sentence)
    assert sentence.endswith((".", "?", "؟"))


CALLS = [(one.id, one.values) for one in PLACES if isinstance(one.id, str) and one.values is not None]


@pytest.mark.parametrize(("code", "values"), CALLS, ids=lambda part: part if isinstance(part, str) else "-".join(sorted(part)))
def test_each_place_that_refuses_gives_enough_for_a_sentence_of_its_own(code, values):
    about = {name: sample(name) for name in values - {"field"}}
    refused = Refusal(code, field="need.problem" if "field" in values else None, **about)
    assert not is_generic("en", refusal("en", refused, names, TERMS["en"]), code)


@pytest.mark.parametrize("value", [None, object(), {}, "", -1, True, ("a", None), "{x}", float("nan"), "\u202e", datetime(2026, 3, 1)])
def test_no_refusal_ever_fails(value):
    for code in (*CODES, "nobody.knows", "", "{odd}", "Save"):
        refused = Refusal(
            code, field="a.0.{b}", limit=value, currency=value, due=value, checks=value, line=value, value=value, sections=value
        )
        assert all(refusal(locale, refused) and refusal(locale, Refusal(code)) for locale in LOCALES), code


def test_an_unknown_code_is_told_with_the_code():
    assert refusal("en", Refusal("nobody.knows")) == "This could not be done, and nothing was recorded. Code: nobody.knows."


def test_the_limit_of_an_amount_is_an_amount_and_needs_its_currency():
    assert "150,000.00\u00a0EUR" in refusal("en", Refusal("money.out_of_range", field="amount", limit=15_000_000, currency="EUR"))
    assert "limit of the fund" in refusal("en", Refusal("money.out_of_range", field="amount", limit=15_000_000))
    assert "2,000" in refusal("en", Refusal("text.too_long", field="need.problem", limit=2000))


def test_fields_are_named_as_the_form_names_them():
    assert field_name("en", "need.problem") == "What the problem is"
    assert field_name("fr", "section.need.problem") == "Le problème"
    assert field_name("en", "conditions.0.due_on") == "Due date of the condition"
    assert field_name("en", "problem") == "What the problem is"
    assert field_name("en", "title") == "Title"
    assert field_name("en", "nobody.knows") == "nobody.knows"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_of_the_programme_has_words(locale):
    look = TERMS[locale]
    keys = [
        "role.officer",
        "outcome.approved",
        "mode.via_hub",
        "check.pass",
        "eligibility_check.E4",
        "section.need",
        "duty.drafting",
        "stage.draft",
    ]
    assert all(look(key) != key.partition(".")[2] for key in keys)
    assert look("nobody.knows") == "knows"


@pytest.mark.parametrize("kind", [kind for kind in EVENTS if kind.sentence_if_late], ids=lambda kind: kind.name)
def test_a_reminder_that_came_late_tells_both_days_in_every_language(kind):
    one = recorded(kind)
    late = msgspec.structs.replace(one, event=msgspec.structs.replace(one.event, instead_of=datetime(2024, 2, 1, 12, tzinfo=UTC)))
    for locale in LOCALES:
        sentence = event_sentence(locale, late, names, TERMS[locale], "Europe/London")
        in_time = msgspec.structs.replace(one, event=msgspec.structs.replace(one.event, instead_of=None))
        assert sentence != event_sentence(locale, in_time, names, TERMS[locale], "Europe/London")
        assert not set("{}—") & set(sentence)
    assert placeholders(kind.sentence_if_late) <= set(kind.__struct_fields__)
