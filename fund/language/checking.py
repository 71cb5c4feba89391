"""What is wrong with the catalogues: a line for each fault. None means that every message can be read in every language."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from string import Formatter

import msgspec
from babel.messages.catalog import Catalog, Message

from fund.language.catalogues import CATALOGUES
from fund.language.extraction import CODE, Found, Id, read, read_template, template, values_of
from fund.language.forms import FORMS
from fund.language.locales import LOCALES
from fund.policy import bundled, load


class Entry(msgspec.Struct, frozen=True):
    """A message in a locale: what it is, and each of its forms. `english`: the text whose placeholders count."""

    locale: str
    id: Id
    forms: tuple[str, ...]
    english: tuple[str, ...]
    values: frozenset[str] | None
    """What a refusal gives its sentence; None for other messages."""


def faults(places: Iterable[Found], folder: Path = CATALOGUES) -> list[str]:
    """Every fault of every catalogue in `folder`, measured against the messages in `places`."""
    listed = list(places)
    fresh, given = template(listed), values_of(listed)
    catalogs = {locale: read(locale, folder) for locale in LOCALES}
    stale = [] if _ids(read_template(folder)) == _ids(fresh) else ["fund.pot: out of date: run --extract"]
    return stale + [line for locale in LOCALES for line in _of_locale(locale, catalogs, fresh, given)]


def _ids(catalog: Catalog) -> set[tuple[Id, str | None]]:
    return {(_id(one), one.context) for one in catalog if one.id}


def _of_locale(locale: str, catalogs: dict[str, Catalog], fresh: Catalog, given: dict[str, frozenset[str]]) -> Iterator[str]:
    catalog = catalogs[locale]
    for wanted in fresh:
        if not wanted.id:
            continue
        known = catalog.get(wanted.id, wanted.context)
        if known is None or not any(_forms(known)):
            yield _line(locale, _id(wanted), "missing")
        elif not all(_forms(known)):
            yield _line(locale, _id(wanted), "a plural form is missing")
        elif known.fuzzy:
            yield _line(locale, _id(wanted), "fuzzy")
        else:
            yield from _of_entry(_entry(locale, known, catalogs["en"], given))
    yield from (_line(locale, _id(known), "unused") for known in catalog if known.id and not fresh.get(known.id, known.context))


def _entry(locale: str, known: Message, english: Catalog, given: dict[str, frozenset[str]]) -> Entry:
    """A code's English stands in the English catalogue; any other message is its own."""
    id = _id(known)
    told = (id,) if isinstance(id, str) else id
    if isinstance(id, str) and CODE.fullmatch(id) and (said := english.get(id)):
        told = _forms(said)
    return Entry(locale, id, _forms(known), told, given.get(id) if isinstance(id, str) else None)


def _id(known: Message) -> Id:
    return tuple(known.id) if isinstance(known.id, list) else known.id


def _forms(known: Message) -> tuple[str, ...]:
    """Its translations, empty ones included: one, or as many as the catalogue has for a counted message."""
    return (known.string or "",) if isinstance(known.string, str | None) else tuple(known.string)


def _of_entry(entry: Entry) -> Iterator[str]:
    for check in CHECKS:
        yield from (_line(entry.locale, entry.id, fault) for fault in check(entry))


def _line(locale: str, id: Id, fault: str) -> str:
    return f"{locale}: {id!r}: {fault}"


# ── The checks of one message ─────────────────────────────────────────────────


def placeholders(text: str) -> frozenset[str]:
    """`{name}` of messages in code and `%(name)s` of templates. ValueError for a brace that is not closed."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None) | frozenset(re.findall(r"%\((\w+)\)s", text))


def _placeholders_agree(entry: Entry) -> Iterator[str]:
    """A plural may leave the number out where the words say it (`one day`)."""
    try:
        wanted = frozenset[str]().union(*map(placeholders, entry.english)) - FORMS.keys()
        spare = {"n", "num"} if isinstance(entry.id, tuple) else set[str]()
        for form in entry.forms:
            differ = ((placeholders(form) - FORMS.keys()) ^ wanted) - spare
            if differ:
                yield f"placeholders differ: {', '.join(sorted(differ))}"
        unknown = wanted - {"field"} - entry.values if entry.values is not None else frozenset[str]()
        if unknown:
            yield f"no refusal gives: {', '.join(sorted(unknown))}"
    except ValueError as error:
        yield f"unreadable placeholder: {error}"


def _number_of_forms(entry: Entry) -> Iterator[str]:
    wanted = len(PLURALS[entry.locale]) if isinstance(entry.id, tuple) else 1
    if len(entry.forms) != wanted:
        yield f"{len(entry.forms)} plural forms instead of {wanted}"


PLURALS = {"en": ("one", "other"), "fr": ("one", "other"), "es": ("one", "other"), "ar": ("zero", "one", "two", "few", "many", "other")}
"""Forms that gettext asks for, by locale."""


def _normal_form(entry: Entry) -> Iterator[str]:
    if any(not unicodedata.is_normalized("NFC", form) for form in entry.forms):
        yield "not in Unicode NFC"


def _ends(entry: Entry) -> Iterator[str]:
    first = entry.english[0]
    for form in entry.forms:
        if (form[:1].isspace(), form[-1:].isspace()) != (first[:1].isspace(), first[-1:].isspace()):
            yield "space at an end"


SIGNS: tuple[tuple[str, str, str], ...] = (
    ("en fr es ar", r"\.\.\.", "three dots instead of …"),
    ("en fr es ar", r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "an invisible direction mark"),
    ("en fr es ar", r"  ", "two spaces"),
    ("en fr es ar", r"(?<!=)\"(?![ >])[^\"<>]*\"", "straight quotes"),
    ("en fr es", r"\w'\w|\w'(?=\s)", "a straight apostrophe"),
    ("fr", r"[^\u00a0\u202f\s?!][;?!](?![\w/])", "no narrow no-break space before ; ? !"),
    ("fr", r"[^\u00a0\d/\w]:\s|\w:\s|[^\u00a0]:$", "no no-break space before :"),
    ("fr", r"\u0020[;:?!»]|«\u0020", "a plain space where it must not break"),
    ("fr", r"[“”]", "quotes that are not « »"),
    ("fr", r"«[^\u00a0\u202f]|[^\u00a0\u202f]»", "no no-break space inside « »"),
    ("es", r"[“”]", "quotes that are not «»"),
    ("es", r"^[^¿]*\?", "a question without ¿"),
    ("ar", r"[\u0600-\u06ff][,;?]|[,;?]\s*[\u0600-\u06ff]", "Latin punctuation in Arabic"),
    ("ar", r"[\u0660-\u0669\u06f0-\u06f9]", "digits that are not Western"),
    ("ar", r"\u0640", "a tatweel"),
    ("ar", r"[“”]", "quotes that are not «»"),
)
"""Locales, what must not be found, and how to call it."""


def _typography(entry: Entry) -> Iterator[str]:
    for locales, pattern, fault in SIGNS:
        if entry.locale in locales.split():
            yield from (fault for form in entry.forms if re.search(pattern, form))


def _translated(entry: Entry) -> Iterator[str]:
    """A single word may be the same in two languages; a phrase is a translation that was forgotten."""
    if entry.locale != "en" and any(" " in form and form in entry.english for form in entry.forms):
        yield "still English"


def _glossary(entry: Entry) -> Iterator[str]:
    """The programme's terms have one word each; these are the others."""
    for alias in _aliases(entry.locale):
        if any(re.search(rf"(?<!\w){re.escape(alias)}(?!\w)", form, re.IGNORECASE) for form in entry.forms):
            yield f"not the word of the glossary: {alias}"


def _aliases(locale: str) -> tuple[str, ...]:
    if locale not in _KNOWN_ALIASES:
        programmes = [load(folder) for folder in bundled()]
        _KNOWN_ALIASES[locale] = tuple(alias for one in programmes for names in one.aliases.values() for alias in names.get(locale, ()))
    return _KNOWN_ALIASES[locale]


_KNOWN_ALIASES: dict[str, tuple[str, ...]] = {}

CHECKS: tuple[Callable[[Entry], Iterator[str]], ...] = (
    _placeholders_agree,
    _number_of_forms,
    _normal_form,
    _ends,
    _typography,
    _translated,
    _glossary,
)
