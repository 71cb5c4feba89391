"""The four languages of the fund: messages, refusals and events as sentences, and amounts, dates and lists as people write them.

Every function takes the locale; none reads a clock, an environment or a request.
The programme's own words (roles, outcomes, titles) come from its files through `terms_of`, never from the catalogues.
"""

from fund.language.catalogues import N_, catalogue_digest, message, plural, translations
from fund.language.earmarks import country_name, earmark_words
from fund.language.formats import (
    currency_name,
    format_date,
    format_instant,
    format_list,
    format_long_list,
    format_money,
    format_month,
    format_number,
    isolated,
)
from fund.language.forms import in_markup, own_words, worded
from fund.language.locales import LOCALES, Direction, direction, endonym, negotiate
from fund.language.telling import event_sentence, field_name, refusal, terms_of

__all__ = [
    "LOCALES",
    "N_",
    "Direction",
    "catalogue_digest",
    "country_name",
    "currency_name",
    "direction",
    "earmark_words",
    "endonym",
    "event_sentence",
    "field_name",
    "format_date",
    "format_instant",
    "format_list",
    "format_long_list",
    "format_money",
    "format_month",
    "format_number",
    "in_markup",
    "isolated",
    "message",
    "negotiate",
    "own_words",
    "plural",
    "refusal",
    "terms_of",
    "translations",
    "worded",
]
