"""The application: routes, the door before them, the threads behind them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from threading import Event, Thread
from traceback import format_exception
from typing import Any

import anyio
import structlog
from fastapi import Depends, FastAPI, Response
from starlette.types import ASGIApp

from fund import __version__
from fund.api import access, health, pages, v1
from fund.api.answers import json
from fund.api.headers import LARGEST_BODY, Outermost
from fund.api.pages.failing import failure_page
from fund.api.problems import answer_problems
from fund.api.schema import describe
from fund.border.opening import Fund
from fund.border.operations import Operations
from fund.domain.programme import titled

STOP_SECONDS = 5.0
log = structlog.get_logger(__name__)


class Portal(FastAPI):
    """Our headers go around everything, also around what the framework answers by itself."""

    https = False

    def build_middleware_stack(self) -> ASGIApp:
        return Outermost(super().build_middleware_stack(), https=self.https)

    def openapi(self) -> dict[str, Any]:
        if not self.openapi_schema:
            self.openapi_schema = describe(self)
        return self.openapi_schema


def create_app(fund: Fund, operations: Operations, *, with_worker: bool) -> FastAPI:
    """One process's application. It runs the views, and `with_worker` machines and letters too. The caller closes fund and operations."""
    app = Portal(
        title=titled(fund.programme.titles, "en"),
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(fund, with_worker=with_worker),
        dependencies=[Depends(access.admit)],
        max_body_size=LARGEST_BODY,
        telemetry={"tracing": False, "metrics": False, "logs": False, "operation_spans": False, "auto_configure": False},
    )
    app.https = fund.settings.base_url.startswith("https://")
    app.state.fund, app.state.operations, app.state.threads = fund, operations, ()
    answer_problems(app)
    _mount(app, fund, operations)
    access.close_the_rest(app)
    return app


def _mount(app: Portal, fund: Fund, operations: Operations) -> None:
    health.mount(app)
    v1.mount(app)

    def description() -> Response:
        """This description."""
        return json(app.openapi())

    app.get("/openapi.json", operation_id="ReadDescription", tags=["health"])(description)
    pages.mount(app, fund, operations)
    app.state.failure_page = failure_page


def _lifespan(fund: Fund, *, with_worker: bool) -> Callable[[FastAPI], Any]:
    runs = {"views": fund.runner.run} | ({"worker": fund.worker.run} if with_worker else {})

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        stop = Event()
        threads = tuple(Thread(target=_run, args=(name, run, stop), name=name, daemon=True) for name, run in runs.items())
        app.state.threads = threads
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                await anyio.to_thread.run_sync(thread.join, STOP_SECONDS)

    return lifespan


def _run(name: str, run: Callable[[Event], None], stop: Event) -> None:
    """A thread that fails is told of, and `readyz` says that it is gone; the requests go on."""
    try:
        run(stop)
    except Exception as error:  # noqa: BLE001 - the outermost border of this thread; as text, see `problems`
        log.error("thread.failed", thread=name, traceback="".join(format_exception(error)))
