"""A visitor without a browser, for what needs only requests."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from tests.pages.world import World

HIDDEN = re.compile(r'<input type="hidden" name="(form|command|expected)" value="([^"]*)"')


@contextmanager
def client(world: World, person: str = "", **options: object) -> Iterator[httpx2.Client]:
    """Sends what a browser sends with a form of the same site."""
    cookies = {"fund": world.tokens[person]} if person else {}
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx2.Client(base_url=world.url, cookies=cookies, headers=headers, timeout=20, **options) as made:  # type: ignore[arg-type]
        yield made


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of a page's own form (the last one on it)."""
    return dict(HIDDEN.findall(html.partition("<main")[2]))
