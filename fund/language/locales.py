"""Which languages there are, how each one runs, and which one a reader would like."""

from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

LOCALES = ("en", "fr", "es", "ar")
"""Those that have a catalogue. In other languages of a programme, its own texts are in its words and the interface is in English."""

DEFAULT = LOCALES[0]

_CONVENTIONS = {"en": "en_001"}
"""English for the world writes 1 March 2026; plain `en` is American and would write the month first."""

Direction = Literal["ltr", "rtl"]


@lru_cache
def babel_locale(locale: str) -> Locale:
    """The conventions of a language. ValueError for none."""
    try:
        return Locale.parse(_CONVENTIONS.get(locale, locale.replace("-", "_")))
    except (UnknownLocaleError, ValueError) as unknown:
        raise ValueError(f"no such locale: {locale!r}") from unknown


def direction(locale: str) -> Direction:
    return "rtl" if babel_locale(locale).character_order == "right-to-left" else "ltr"


def endonym(locale: str) -> str:
    """The language in its own words, for the switch on every page."""
    name = babel_locale(locale).get_language_name()
    assert name, "CLDR names every language in itself"
    return name.capitalize()


def negotiate(accept_language: str | None, offered: tuple[str, ...] = LOCALES) -> str:
    """The best of those offered for an Accept-Language header; the first one where nothing matches. Never fails on nonsense."""
    wanted = sorted(filter(None, map(_preference, (accept_language or "")[:1_000].split(","))), key=lambda wish: -wish[0])
    return next((offered[0] if tag == "*" else tag for _, tag in wanted if tag in (*offered, "*")), offered[0])


def _preference(part: str) -> tuple[float, str] | None:
    """`fr-CA;q=0.8` -> (0.8, "fr"); None for what cannot be read or is not wanted."""
    tag, _, weight = part.replace(" ", "").partition(";q=")
    try:
        quality = float(weight or 1)
    except ValueError:
        return None
    return (quality, tag.lower().split("-")[0]) if 0 < quality <= 1 else None
