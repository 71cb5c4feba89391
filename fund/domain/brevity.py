"""A refusal is told whole and within two pages: how much its texts may hold, as its letter was measured in each of its languages.

What was recorded before is printed as it stands, and may run longer.
"""

import unicodedata

from fund.domain.refusal import Refusal

LINE = 120
"""Characters that a new line or one more point takes on the page, however short it is."""
INELIGIBLE, DECLINED, CHANGES, ANSWERED = 3000, 1300, 700, 3000
"""Characters in all: of why a file is ineligible, with every check failed; of why it is declined, and of what would change that; of what
an appeal is answered."""


def check_brief(field: str, limit: int, *texts: str) -> None:
    """Refusal decision.too_long_for_letter."""
    length = room(*texts)
    if length > limit:
        raise Refusal("decision.too_long_for_letter", field=field, limit=limit, length=length)


def room(*texts: str) -> int:
    """What texts take on the page, in characters: as many as they have, and more for each line and for wide letters, as of Chinese."""
    return sum(map(_length, texts)) + LINE * (len(texts) - 1)


def _length(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else LINE if letter == "\n" else 1 for letter in text)
