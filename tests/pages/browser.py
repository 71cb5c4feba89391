"""Debian's Chromium, driven: one browser, a fresh context for each visitor."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --disable-dev-shm-usage"
).split()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visitor(browser: Browser, url: str, token: str = "", **options: Any) -> Iterator[Page]:
    """A page of somebody's, signed in with a token if there is one."""
    context: BrowserContext = browser.new_context(base_url=url, **options)
    context.set_default_timeout(10_000)
    if token:
        context.add_cookies([{"name": "fund", "value": token, "url": url, "httpOnly": True, "sameSite": "Strict"}])
    yield context.new_page()
    context.close()
