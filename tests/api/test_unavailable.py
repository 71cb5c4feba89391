"""A database that is locked or gone: 503 with a moment to wait, within 5 s, and nothing that was acknowledged is lost."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.api.desk import FORM, V1, Answer, Desk, opened

LONGEST = 5.0


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Desk]:
    with opened(tmp_path) as desk:
        yield desk.found()


def _is_unavailable(answer: Answer) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, "ledger.unavailable"), answer.text
    assert answer.headers["retry-after"] == "5"
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"


@pytest.mark.parametrize("database", ["fund.db", "operations.db"])
def test_a_locked_database(database: str, own: Desk, tmp_path: Path) -> None:
    reference = own.draft()
    head = own.fund.ledger.head()
    path = f"{V1}/applications/{reference}/save-section"
    body = {"section": {"section": "need", **FORM["need"]}}
    if database == "operations.db":
        # The hour in which a use is noted again.
        own.clock.move(days=1 / 12)
    holder = sqlite3.connect(tmp_path / database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    began = monotonic()
    _is_unavailable(own.as_("signatory").post(path, body, idempotency_key="locked-1"))
    assert monotonic() - began < LONGEST
    assert own.fund.ledger.head() == head
    holder.execute("ROLLBACK")
    holder.close()
    assert own.as_("signatory").post(path, body, idempotency_key="locked-1").status_code == 200
    assert own.as_("signatory").post(path, body, idempotency_key="locked-1").headers["idempotency-replayed"] == "true"
    assert own.fund.ledger.head() == head + 1


def test_a_ledger_that_is_closed(own: Desk) -> None:
    reference = own.draft()
    own.fund.ledger.close()
    for path in ("/readyz", f"{V1}/applications/{reference}"):
        began = monotonic()
        _is_unavailable(own.as_("officer").get(path))
        assert monotonic() - began < LONGEST
    assert own.as_(None).get("/healthz").status_code == 200


def test_a_server_that_is_gone_and_comes_back(tmp_path: Path, postgres_server: str, postgres_url: str) -> None:
    name = urlsplit(postgres_url).path[1:]
    with opened(tmp_path, postgres_url) as desk:
        desk.found()
        reference = desk.draft()
        version = desk.as_("officer").get(f"{V1}/applications/{reference}").headers["etag"]
        with psycopg.connect(postgres_server, autocommit=True) as server:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            asked: tuple[Callable[[], Answer], ...] = (
                lambda: desk.as_("signatory").post(f"{V1}/applications/{reference}/submit", idempotency_key="gone-1"),
                lambda: desk.as_("officer").get(f"{V1}/applications/{reference}"),
                lambda: desk.as_(None).get(f"{V1}/cities"),
                lambda: desk.as_(None).get("/readyz"),
            )
            for ask in asked:
                began = monotonic()
                _is_unavailable(ask())
                assert monotonic() - began < LONGEST
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        assert desk.as_("officer").get(f"{V1}/applications/{reference}").headers["etag"] == version
        assert desk.as_("signatory").post(f"{V1}/applications/{reference}/submit", idempotency_key="gone-1").status_code == 200
