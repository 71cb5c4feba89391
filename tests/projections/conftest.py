"""A ledger with views beside it, on both databases."""

from collections.abc import Iterator

import pytest

from fund.ledger.store import Ledger
from fund.projections import Database, open_views
from tests.projections.history import opened


@pytest.fixture
def ledger(database_url: str) -> Iterator[Ledger]:
    with opened(database_url) as ledger:
        yield ledger


@pytest.fixture
def database(database_url: str, ledger: Ledger) -> Iterator[Database]:
    database = open_views(database_url)
    yield database
    database.close()
