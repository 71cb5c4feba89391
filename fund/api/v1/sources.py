"""Where the money comes from, for everybody: who gives, what kind, how much in which currency, for what, since when."""

import msgspec
from fastapi import FastAPI, Response

from fund.api.access import Anyone, Opened
from fund.api.answers import json
from fund.api.entitlements import API
from fund.api.incoming import Fresh, Locale
from fund.api.schema import answers
from fund.api.v1.registers import sees_balances
from fund.border.sources import Source, Sum, sources, sums
from fund.domain.events import Earmark
from fund.projections import envelopes


class SourceEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A contribution, in minor units. `number` counts within its envelope; `name` and `purpose` are told in the reader's language.

    `announced`: what it was before it was reduced. `valuation`: how the value of what is given in kind was found. `remaining`: what of
    it is not committed, for staff.
    """

    envelope: str
    number: int
    donor: str
    name: str
    kind: str
    amount: int
    announced: int
    currency: str
    basis: str
    valuation: str = ""
    city: str | None = None
    city_name: str | None = None
    earmark: Earmark
    purpose: tuple[str, ...]
    at: str
    remaining: int | None = None


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """What came in by currency and kind, and every contribution in the order in which they came."""

    sums: list[Sum]
    contributions: list[SourceEntry]


def mount(app: FastAPI) -> None:
    app.get(f"{API}/sources", operation_id="ListSources", tags=["envelope"], responses=answers(Sources))(list_sources)


def list_sources(fund: Opened, reader: Anyone, fresh: Fresh, locale: Locale) -> Response:
    fresh.wait(fund, envelopes.VIEW.name)
    found, full = sources(fund, locale), sees_balances(reader)
    body = Sources(sums=sums(one.given for one in found), contributions=[_entry(one, full=full) for one in found])
    return json(body, headers={"Content-Language": locale, "Vary": "Accept-Language"})


def _entry(source: Source, *, full: bool) -> SourceEntry:
    given = source.given
    return SourceEntry(
        envelope=given.envelope,
        number=given.number,
        donor=given.donor,
        name=source.name,
        kind=given.kind,
        amount=given.amount,
        announced=given.announced,
        currency=given.currency,
        basis=given.basis,
        valuation=given.valuation,
        city=given.city,
        city_name=source.city,
        earmark=given.earmark,
        purpose=source.purpose,
        at=given.at.isoformat(),
        remaining=given.remaining if full else None,
    )
