"""Where the money comes from, as everybody may read it: who gives, what, how much, for what and since when. Per currency, never across."""

from collections.abc import Iterable

import msgspec

from fund.border.naming import Names
from fund.border.opening import Fund
from fund.domain import events as e
from fund.language import earmark_words, terms_of
from fund.projections import envelopes
from fund.projections.envelopes import Contribution


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A contribution, and its words in one language: `name` of the donor, `purpose` phrase by phrase."""

    given: Contribution
    name: str
    city: str | None
    purpose: tuple[str, ...]


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """What came in of one kind in one currency, in minor units."""

    currency: str
    kind: e.ContributionKind
    amount: int


def sources(fund: Fund, locale: str) -> list[Source]:
    """In the order in which they came."""
    names, terms = Names(fund, locale), terms_of(fund.programme, locale)
    with fund.views.reading() as reading:
        found = envelopes.sources(reading)
    return [
        Source(
            given=one,
            name=terms(f"donor.{one.donor}"),
            city=names(one.city) if one.city else None,
            purpose=earmark_words(locale, one.earmark, names, terms),
        )
        for one in found
    ]


def sums(contributions: Iterable[Contribution]) -> list[Sum]:
    """By currency and kind, in the order of kinds; what there is nothing of is left out."""
    kinds: tuple[e.ContributionKind, ...] = ("cash", "in_kind", "self_funded")
    found: dict[tuple[str, str], int] = {}
    for one in contributions:
        found[one.currency, one.kind] = found.get((one.currency, one.kind), 0) + one.amount
    currencies = sorted({currency for currency, _ in found})
    return [
        Sum(currency=currency, kind=kind, amount=found[currency, kind])
        for currency in currencies
        for kind in kinds
        if (currency, kind) in found
    ]
