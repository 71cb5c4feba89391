"""Whether the process lives, and whether it can be of use: for whoever watches or balances load."""

from threading import Thread
from typing import cast

import msgspec
from fastapi import FastAPI, Request, Response

from fund.api.access import Opened
from fund.api.answers import json
from fund.border.operations import Operations

LAG = 1_000
"""Events that a view may stand behind."""


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """`lag`: events that the slowest view has not taken in. `stopped`: views that cannot go on, threads that ended."""

    ready: bool
    head: int
    lag: int
    stopped: list[str]


def mount(app: FastAPI) -> None:
    app.get("/healthz", operation_id="ReadHealth", tags=["health"])(alive)
    app.get("/readyz", operation_id="ReadReadiness", tags=["health"])(ready)


def alive() -> Response:
    return json({"alive": True})


def ready(request: Request, fund: Opened) -> Response:
    """503 with a problem where the database does not answer, 503 with the figures where views stand too far behind."""
    cast("Operations", request.app.state.operations).check()
    head = fund.ledger.head()
    views = fund.views.live()
    lag = head - min((view.position for view in views), default=0)
    threads = cast("tuple[Thread, ...]", request.app.state.threads)
    stopped = [view.name for view in views if view.stopped_at is not None]
    stopped += [thread.name for thread in threads if not thread.is_alive()]
    fine = lag <= LAG and not stopped
    body = Health(ready=fine, head=head, lag=max(lag, 0), stopped=stopped)
    return json(body, 200 if fine else 503, {} if fine else {"Retry-After": "5"})
