"""The programme's own words in the engine's sentences: `{the_hub}` reads “the Regional Board” here and “the ministry” there.

A sentence takes a form of the word, never a bare word behind an article of its own: in French “de” and “le” melt into
“du”, in Spanish into “del”, and in Arabic the article is part of the word. What stands around a form must not depend on
its gender or number. A form that begins a sentence gets its capital here.
"""

import re
from collections.abc import Callable, Mapping
from string import Formatter

from markupsafe import escape

from fund.language.catalogues import N_, message, translations

Look = Callable[[str], str]
"""Code of a word -> the word, in the reader's language."""

FORMS: dict[str, str] = {
    "hub_word": N_("hub"),
    "the_hub": N_("the hub"),
    "a_hub": N_("a hub"),
    "of_the_hub": N_("of the hub"),
    "to_the_hub": N_("to the hub"),
    "the_office": N_("the office"),
    "to_the_office": N_("to the office"),
}
"""Form, as sentences and the terms of a programme name it -> what it reads as where no programme speaks (help, descriptions)."""

_FORM = re.compile(r"\{(" + "|".join(FORMS) + r")\}")
_SENTENCE_BEGINS = re.compile(r"(^|[.?!؟…]\s)$")


def own_words(locale: str) -> Look:
    """The engine's own words for the forms."""
    return lambda form: message(locale, FORMS[form])


def worded(locale: str, msgid: str, look: Look, /, **values: object) -> str:
    """The message in a locale, with the programme's words and these values in their places."""
    return filled(translations(locale).gettext(msgid) if msgid else "", {name: str(value) for name, value in values.items()}, look)


def filled(sentence: str, told: Mapping[str, str], look: Look) -> str:
    """Forms by `look`, values as told; a value that cannot be told reads as “—”."""
    so_far = ""
    for literal, name, _, _ in Formatter().parse(sentence):
        so_far += literal
        if name in FORMS:
            so_far += _begun(look(name), so_far)
        elif name is not None:
            so_far += told.get(name, "—")
    return so_far


def in_markup(text: str, look: Look) -> str:
    """A message of a template: only its forms are filled, for the template fills `%(values)s` by itself."""
    return _FORM.sub(lambda found: str(escape(_begun(look(found[1]), text[: found.start()]))).replace("%", "%%"), text)


def _begun(word: str, before: str) -> str:
    return word[:1].upper() + word[1:] if _SENTENCE_BEGINS.search(before) else word
