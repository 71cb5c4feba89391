"""Reading competitive rounds: the public list, numbers for staff, files and places for staff whom nothing keeps out."""

import msgspec
from fastapi import FastAPI, Response

from fund.api.access import Anyone, Opened
from fund.api.answers import etag, json
from fund.api.entitlements import API
from fund.api.incoming import Fresh
from fund.api.schema import answers
from fund.border import rounds as border
from fund.border.rounds import RoundTold
from fund.domain.refusal import Refusal
from fund.projections import rounds


class RoundsTold(msgspec.Struct, frozen=True, kw_only=True):
    """The rounds there are, the last to close first."""

    items: list[RoundTold]


def mount(app: FastAPI) -> None:
    app.get(f"{API}/rounds", operation_id="ListRounds", tags=["round"], responses=answers(RoundsTold))(listed)
    app.get(f"{API}/rounds/{{id}}", operation_id="ReadRound", tags=["round"], responses=answers(RoundTold))(one)


def listed(fund: Opened, reader: Anyone, fresh: Fresh) -> Response:
    """Without files: read one round for those."""
    fresh.wait(fund, rounds.VIEW.name)
    with fund.views.reading() as reading:
        found = rounds.listed(reading)
    items = [msgspec.structs.replace(border.told(fund, reader, row), files=None) for row in found]
    return json(RoundsTold(items=items))


def one(id: str, fund: Opened, reader: Anyone, fresh: Fresh) -> Response:
    """Refusal request.not_found."""
    fresh.wait(fund, rounds.VIEW.name)
    with fund.views.reading() as reading:
        row = rounds.by_id(reading, id)
    if row is None:
        raise Refusal("request.not_found")
    return json(border.told(fund, reader, row), headers={"ETag": etag(row.version)})
