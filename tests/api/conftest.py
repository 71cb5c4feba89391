"""One desk without a worker for all tests that leave it as they found it, or bring their own file."""

from collections.abc import Iterator

import pytest

from tests.api.desk import Desk, opened


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("desk")) as made:
        yield made.found()
