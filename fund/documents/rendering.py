"""Printing off the request path: a few processes that each print one document at a time and can be killed at any moment."""

import contextlib
import multiprocessing
import shutil
import tempfile
import threading
import time
import weakref
from functools import cache
from multiprocessing.connection import Connection
from queue import Empty, LifoQueue
from typing import Any, cast

import msgspec

from fund.resources import resource

START_SECONDS = 60.0
RECYCLE_AFTER = 1000
"""Documents per process: WeasyPrint grows by a few hundredths of a MiB with each."""


class RenderFailed(Exception):
    """The document could not be printed; the message says why. The caller may not treat it as issued."""


class RenderTimeout(RenderFailed):
    """It took too long, and the process was killed; or no process was free in time."""


class RendererUnavailable(RenderFailed):
    """This machine cannot print: system libraries are missing, or the process does not start."""


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """missing: the characters that no installed font can draw; they show as boxes."""

    pdf: bytes
    missing: tuple[str, ...]


class Renderer:
    """`size` printing processes, each started when it is first needed. Safe to share between threads."""

    def __init__(self, size: int = 1, recycle_after: int = RECYCLE_AFTER) -> None:
        self._recycle_after = recycle_after
        self._closed = False
        self._idle: LifoQueue[_Process | None] = LifoQueue()
        for _ in range(size):
            self._idle.put(None)
        self._running: set[_Process] = set()
        self._lock = threading.Lock()

    def __enter__(self) -> "Renderer":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def render(self, html: str, timeout: float = 20.0, stylesheet: str = "letter.css") -> bytes:
        """The PDF. RenderFailed, RenderTimeout (also when all processes stay busy for `timeout`) or RendererUnavailable."""
        return self.print(html, timeout, stylesheet).pdf

    def print(self, html: str, timeout: float = 20.0, stylesheet: str = "letter.css") -> Printed:
        """As `render`, and which characters had no font."""
        kept: _Process | None = None
        process = self._take(timeout)
        try:
            answer = process.ask((html, stylesheet), timeout)
            kept = process if process.printed < self._recycle_after else None
        finally:
            self._give_back(process, kept)
        if answer[0] != "pdf":
            raise RenderFailed(str(answer[1]))
        return Printed(pdf=answer[1], missing=answer[2])

    def versions(self) -> dict[str, str]:
        """What shapes the bytes of a letter: weasyprint, pydyf, pango, python, zlib, and SHA-256 of fonts and templates."""
        process = self._take(START_SECONDS)
        self._give_back(process, process)
        return dict(process.versions)

    def close(self) -> None:
        """Ends every process, also one in the middle of a document."""
        with self._lock:
            self._closed = True
            running, self._running = self._running, set()
        for process in running:
            process.kill()

    def _take(self, timeout: float) -> "_Process":
        try:
            process = self._idle.get(timeout=timeout)
        except Empty:
            raise RenderTimeout(f"no printing process was free within {timeout:g} s") from None
        if process is not None and process.alive:
            return process
        try:
            return self._start(process)
        except BaseException:
            self._idle.put(None)
            raise

    def _start(self, dead: "_Process | None") -> "_Process":
        if dead is not None:
            self._forget(dead)
        with self._lock:
            if self._closed:
                raise RendererUnavailable("the renderer is closed")
            process = _Process()
            self._running.add(process)
        try:
            process.greet()
        except BaseException:
            self._forget(process)
            raise
        return process

    def _give_back(self, process: "_Process", kept: "_Process | None") -> None:
        if kept is None:
            self._forget(process)
        self._idle.put(kept)

    def _forget(self, process: "_Process") -> None:
        with self._lock:
            self._running.discard(process)
        process.kill()


class _Process:
    """One child. Its temporary folder is ours, so that nothing is left behind when it is killed."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        workdir = tempfile.mkdtemp(prefix="fund-press-")
        self._clear = weakref.finalize(self, shutil.rmtree, workdir, ignore_errors=True)
        self._line, theirs = context.Pipe()
        folder = str(resource("templates", "letters"))
        self._child = context.Process(target=_serve, args=(theirs, workdir, folder), name="fund-press", daemon=True)
        self._child.start()
        theirs.close()
        self.versions: dict[str, str] = {}
        self.printed = 0

    @property
    def alive(self) -> bool:
        return self._child.is_alive()

    def greet(self) -> None:
        try:
            kind, said = self._receive(START_SECONDS)
        except RenderFailed as error:
            raise RendererUnavailable(str(error)) from error
        if kind != "ready":
            raise RendererUnavailable(str(said))
        self.versions = said

    def ask(self, request: tuple[str, str], timeout: float) -> tuple[Any, ...]:
        deadline = time.monotonic() + timeout
        self.printed += 1
        try:
            self._line.send(request)
        except OSError as error:
            raise RenderFailed("the printing process is gone") from error
        return self._receive(deadline - time.monotonic())

    def _receive(self, timeout: float) -> tuple[Any, ...]:
        try:
            if not self._line.poll(max(timeout, 0)):
                raise RenderTimeout(f"the document was not printed within {timeout:.3g} s")
            return cast(tuple[Any, ...], self._line.recv())
        except (EOFError, OSError) as error:
            raise RenderFailed(f"the printing process ended (exit code {self._exit_code()})") from error

    def _exit_code(self) -> int | None:
        self._child.join(1)
        return self._child.exitcode

    def kill(self) -> None:
        self._child.kill()
        self._child.join()
        with contextlib.suppress(OSError):
            self._line.close()
        self._clear()


def _serve(line: Connection, workdir: str, asset_folder: str) -> None:
    from fund.documents.press import serve  # here, so that only the child loads the printing engine

    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(line, workdir, asset_folder)


@cache
def renderer_versions() -> dict[str, str]:
    """As `Renderer.versions`, from a process started for the purpose, once."""
    with Renderer() as renderer:
        return renderer.versions()
