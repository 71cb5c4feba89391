"""What counts as a text from outside: valid Unicode, normalised, without control or bidi-override characters, within its limit."""

import unicodedata

from fund.domain.refusal import Refusal
from fund.domain.texts import says_something

DEFAULT_LIMIT = 2000
ALLOWED_CONTROLS = frozenset("\n\t")
LINE_BREAKS = frozenset("\n\u2028\u2029")
BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They make a text read differently from what it says; right-to-left text needs none of them."""


def clean(text: str, field: str, limit: int = DEFAULT_LIMIT, *, multiline: bool = False) -> str:
    """The text in NFC with line ends as newlines and no space around it; on one line, unless it may have several. Empty where it shows
    nothing, so that signs that nobody sees are no answer.

    Refusal text.encoding, text.control_character, text.bidi_override, text.too_long.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    for character in text:
        _check(character, field)
    if not multiline and not LINE_BREAKS.isdisjoint(text):
        raise Refusal("text.control_character", field=field)
    if len(text) > limit:
        raise Refusal("text.too_long", field=field, limit=limit, length=len(text))
    return text if says_something(text) else ""


def _check(character: str, field: str) -> None:
    if character in BIDI_OVERRIDES:
        raise Refusal("text.bidi_override", field=field)
    category = unicodedata.category(character)
    if category == "Cs":
        raise Refusal("text.encoding", field=field)
    if (category == "Cc" and character not in ALLOWED_CONTROLS) or ord(character) & 0xFFFE == 0xFFFE:
        raise Refusal("text.control_character", field=field)
