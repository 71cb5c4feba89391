"""Every breach of the separation of duties over all history, for auditors. That there is none is the answer one hopes for.

Beside them every emergency access, which is no breach and stays in sight for ever.
"""

import msgspec
from fastapi import FastAPI, Response

from fund.api import files
from fund.api.access import Known, Opened
from fund.api.answers import json
from fund.api.entitlements import API
from fund.api.schema import answers
from fund.border.opening import Fund
from fund.domain.application import Application
from fund.domain.facts import Actor
from fund.projections.check import accesses, breaches
from fund.projections.emergencies import AccessFound


class BreachFound(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did and may not have done: on which stream, at which index of the ledger, and why they may not have."""

    where: str
    index: int
    what: str


class Breaches(msgspec.Struct, frozen=True, kw_only=True):
    """Worked out anew from every event up to `head`, apart from the rules that decided at the time.

    withheld: how many entries are of files that are not the reader's to see; another auditor reads them.
    """

    head: int
    breaches: list[BreachFound]
    accesses: list[AccessFound]
    withheld: int


def mount(app: FastAPI) -> None:
    app.get(f"{API}/breaches", operation_id="ListBreaches", tags=["programme"], responses=answers(Breaches))(listed)


def listed(fund: Opened, actor: Known) -> Response:
    head = fund.ledger.head()
    found = [BreachFound(where=one.where, index=one.index, what=one.what) for one in breaches(fund.ledger, fund.handler.programmes)]
    opened = accesses(fund.ledger)
    places = [*(one.where for one in found), *(one.where for one in opened)]
    hidden = {where for where in set(places) if _is_hidden(fund, actor, where)}
    shown = [one for one in found if one.where not in hidden]
    return json(
        Breaches(
            head=head,
            breaches=shown,
            accesses=[one for one in opened if one.where not in hidden],
            withheld=sum(where in hidden for where in places),
        )
    )


def _is_hidden(fund: Fund, actor: Actor, where: str) -> bool:
    """Whether it is a file that does not exist for this auditor: of a city of theirs, or one that they have no part in."""
    return isinstance(fund.handler.load(where).state, Application) and not files.is_theirs(fund, actor, where)
