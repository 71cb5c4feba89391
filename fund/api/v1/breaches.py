"""Every breach of the separation of duties over all history, for auditors. That there is none is the answer one hopes for.

Beside them every emergency access, which is no breach and stays in sight for ever.
"""

import msgspec
from fastapi import FastAPI, Response

from fund.api.access import Opened
from fund.api.answers import json
from fund.api.entitlements import API
from fund.api.schema import answers
from fund.projections.check import accesses, breaches
from fund.projections.emergencies import AccessFound


class BreachFound(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did and may not have done: on which stream, at which index of the ledger, and why they may not have."""

    where: str
    index: int
    what: str


class Breaches(msgspec.Struct, frozen=True, kw_only=True):
    """Worked out anew from every event up to `head`, apart from the rules that decided at the time."""

    head: int
    breaches: list[BreachFound]
    accesses: list[AccessFound]


def mount(app: FastAPI) -> None:
    app.get(f"{API}/breaches", operation_id="ListBreaches", tags=["programme"], responses=answers(Breaches))(listed)


def listed(fund: Opened) -> Response:
    head = fund.ledger.head()
    found = [BreachFound(where=one.where, index=one.index, what=one.what) for one in breaches(fund.ledger, fund.handler.programmes)]
    return json(Breaches(head=head, breaches=found, accesses=accesses(fund.ledger)))
