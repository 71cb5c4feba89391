"""The printing process: turns HTML into PDF with WeasyPrint. Only the child processes of `Renderer` import this module.

One font configuration and one parsed stylesheet for the life of the process: eight times less growth and a third of the time.
"""

import logging
import math
import os
import resource as limits
import shutil
import sys
import tempfile
import time
import zlib
from importlib import metadata
from multiprocessing.connection import Connection
from pathlib import Path

from fund.documents.assets import Assets

CPU_SECONDS = 30
ADDRESS_SPACE = 2 * 1024**3
KEPT_ENVIRONMENT = frozenset({"PATH", "HOME", "LANG", "LC_ALL", "TZ", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "XDG_CACHE_HOME"})
REFUSED_ACTS = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.bind", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
)

NEEDED = (
    "Letters need the Pango libraries. "
    "On Debian or Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core"
)


def serve(line: Connection, workdir: str, asset_folder: str) -> None:
    """Answers each request on `line` until it closes. First message: ("ready", versions) or ("unavailable", why).

    Request: (html, stylesheet name). Reply: ("pdf", bytes, missing characters) or ("failed", why).
    """
    _confine(workdir)
    try:
        import weasyprint  # noqa: F401 - its system libraries are the one thing pip cannot bring
    except OSError as error:
        line.send(("unavailable", f"{NEEDED} ({error})"))
        return
    press = Press(Assets(Path(asset_folder)))
    sys.addaudithook(_refuse)
    line.send(("ready", press.versions()))
    while True:
        try:
            html, stylesheet = line.recv()
        except EOFError:
            shutil.rmtree(workdir, ignore_errors=True)  # the parent is gone and will not do it
            return
        _allow_cpu(CPU_SECONDS)
        line.send(press.answer(html, stylesheet))


def _confine(workdir: str) -> None:
    """Nothing of the parent's environment, its own temporary folder, bounded memory, no core files."""
    for name in set(os.environ) - KEPT_ENVIRONMENT:
        del os.environ[name]
    tempfile.tempdir = workdir
    os.chdir(workdir)
    limits.setrlimit(limits.RLIMIT_CORE, (0, 0))
    limits.setrlimit(limits.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def _allow_cpu(seconds: int) -> None:
    """The limit counts the whole life of a process, so each letter moves it."""
    hard = limits.getrlimit(limits.RLIMIT_CPU)[1]
    limits.setrlimit(limits.RLIMIT_CPU, (math.ceil(time.process_time()) + seconds, hard))


def _dotted(version: int) -> str:
    """15012 -> 1.50.12"""
    return f"{version // 10_000}.{version // 100 % 100}.{version % 100}"


def _refuse(event: str, arguments: object) -> None:
    if event in REFUSED_ACTS:
        raise PermissionError(f"a letter may not do this: {event}")


class MissingGlyphs(logging.Handler):
    """Collects the characters for which no font was found; WeasyPrint tells them only in its log."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        if ".notdef" in str(record.msg) and isinstance(record.args, tuple) and record.args:
            self.found.add(str(record.args[0]))


class Press:
    """WeasyPrint, warmed up."""

    def __init__(self, assets: Assets) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        from fund.documents.fetching import AssetFetcher

        self._html, self._css = weasyprint.HTML, weasyprint.CSS
        self._assets, self._fetcher = assets, AssetFetcher(assets)
        self._fonts = FontConfiguration()
        self._sheets: dict[str, weasyprint.CSS] = {}
        self._missing = MissingGlyphs()
        logger = logging.getLogger("weasyprint")
        logger.handlers, logger.propagate = [self._missing], False
        self._sheet("letter.css")

    def answer(self, html: str, stylesheet: str) -> tuple[str, bytes, tuple[str, ...]] | tuple[str, str]:
        """Never raises for a fault of one letter: the parent gets the reason as text."""
        from weasyprint.urls import FatalURLFetchingError

        self._fetcher.refused.clear()
        self._missing.found.clear()
        try:
            pdf = self._print(html, stylesheet)
        except (Exception, FatalURLFetchingError) as error:  # noqa: BLE001 - the border of the process
            return "failed", "; ".join(self._fetcher.refused) or f"{type(error).__name__}: {error}"
        if self._fetcher.refused:
            return "failed", "; ".join(self._fetcher.refused)
        return "pdf", pdf, tuple(sorted(self._missing.found))

    def _print(self, html: str, stylesheet: str) -> bytes:
        document = self._html(string=html, base_url="asset:", url_fetcher=self._fetcher)
        pdf = document.write_pdf(
            stylesheets=[self._sheet(stylesheet)],
            font_config=self._fonts,
            presentational_hints=False,
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
        )
        return bytes(pdf)

    def _sheet(self, name: str):  # type: ignore[no-untyped-def] # WeasyPrint ships no types
        if name not in self._sheets:
            css = self._assets.read(name).decode("utf-8")
            self._sheets[name] = self._css(string=css, base_url="asset:", url_fetcher=self._fetcher, font_config=self._fonts)
        return self._sheets[name]

    def versions(self) -> dict[str, str]:
        import weasyprint
        from weasyprint.text.ffi import pango

        return {
            "weasyprint": weasyprint.__version__,
            "pydyf": metadata.version("pydyf"),
            "pango": _dotted(pango.pango_version()),
            "python": ".".join(map(str, sys.version_info[:2])),
            "fonts": self._assets.digest("fonts/"),
            "template": self._assets.digest(""),
            "zlib": zlib.ZLIB_RUNTIME_VERSION,
        }
