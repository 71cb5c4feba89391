"""One printing process for all tests of letters."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from fund.documents.letter import LetterContext
from fund.documents.rendering import Printed, Renderer
from tests.documents.samples import html


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture(scope="session")
def printed(renderer: Renderer) -> Callable[[LetterContext], Printed]:
    """A letter as it is printed: once for all tests that look at the same one, as the same page always gives the same bytes."""
    of_page = cache(renderer.print)
    return lambda context: of_page(html(context))
