"""One printing process for all tests of letters."""

from collections.abc import Iterator

import pytest

from fund.documents.rendering import Renderer


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer
