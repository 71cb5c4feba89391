"""Messages from `locales/<locale>/LC_MESSAGES/fund.po`, by gettext.

An installed wheel has the compiled `.mo`; a checkout may have none, or one older than the `.po` being translated,
so the `.po` is then compiled in memory.
"""

import gettext
import hashlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from fund.language.formats import format_number
from fund.language.locales import DEFAULT, LOCALES, babel_locale
from fund.resources import ROOT

CATALOGUES = ROOT / "locales"


def N_(msgid: str) -> str:
    """Mark a message for the catalogues where it is only looked up later."""
    return msgid


@lru_cache
def translations(locale: str) -> gettext.GNUTranslations:
    """The catalogue of a locale, for `message` and for Jinja's `install_gettext_translations(…, newstyle=True)`."""
    babel_locale(locale)
    if locale not in LOCALES:
        return translations(DEFAULT)
    catalogue = gettext.GNUTranslations(BytesIO(_compiled(locale)))
    if locale != DEFAULT:
        catalogue.add_fallback(translations(DEFAULT))
    return catalogue


def message(locale: str, msgid: str, /, **values: object) -> str:
    """The message in a locale with its `{placeholders}` filled; English, then the msgid itself, where it is missing."""
    # gettext answers the empty msgid with the catalogue's header.
    text = translations(locale).gettext(msgid) if msgid else ""
    return text.format(**values) if values else text


def plural(locale: str, one: str, many: str, n: int, /, **values: object) -> str:
    """The form of a counted message that the language has for `n`; `{n}` is filled in with it, in the locale's digits and separators."""
    return translations(locale).ngettext(one, many, n).format(**{"n": format_number(locale, n), **values})


@lru_cache
def catalogue_digest(locale: str) -> str:
    """SHA-256 of the compiled catalogue, lowercase hex: what a letter records of the words it was written with."""
    return hashlib.sha256(_compiled(locale)).hexdigest()


def _compiled(locale: str) -> bytes:
    folder = CATALOGUES / locale / "LC_MESSAGES"
    source, compiled = folder / "fund.po", folder / "fund.mo"
    if compiled.is_file() and not _newer(source, compiled):
        return compiled.read_bytes()
    memory = BytesIO()
    with source.open("rb") as file:
        write_mo(memory, read_po(file, locale=locale))
    return memory.getvalue()


def _newer(source: Path, compiled: Path) -> bool:
    return source.is_file() and source.stat().st_mtime_ns > compiled.stat().st_mtime_ns
