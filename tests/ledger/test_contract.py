"""The library's own contract tests, on our recorders."""

from pathlib import Path
from uuid import uuid4

import pytest
from eventsourcing.persistence import InfrastructureFactory
from eventsourcing.tests.persistence import ApplicationRecorderTestCase, NonInterleavingNotificationIDsBaseCase
from eventsourcing.utils import Environment

from fund.ledger import memory, postgres, sqlite
from fund.ledger.store import _environment


class OurRecorder:
    """What the cases ask of a recorder: one at a time, on an empty ledger, with text ids."""

    url: str

    @pytest.fixture(autouse=True)
    def _factory(self, request: pytest.FixtureRequest, tmp_path: Path):
        url = request.getfixturevalue("postgres_url") if self.url == "postgresql" else f"{self.url}/{tmp_path}/ledger.db"
        self.factory = InfrastructureFactory.construct(Environment(env=_environment("memory://" if self.url == "memory:" else url)))
        yield
        self.factory.close()

    def new_originator_id(self) -> str:
        return f"application-{uuid4()}"

    def create_recorder(self):
        return self.factory.application_recorder()


class TestMemory(OurRecorder, ApplicationRecorderTestCase[memory.Recorder]):
    url = "memory:"

    def test_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestSQLite(OurRecorder, ApplicationRecorderTestCase[sqlite.Recorder]):
    url = "sqlite://"


class TestPostgreSQL(OurRecorder, ApplicationRecorderTestCase[postgres.Recorder]):
    url = "postgresql"

    def test_subscribe(self) -> None:
        with pytest.raises(NotImplementedError):
            self.create_recorder().subscribe()


class TestMemoryOrder(OurRecorder, NonInterleavingNotificationIDsBaseCase):
    url = "memory:"


class TestSQLiteOrder(OurRecorder, NonInterleavingNotificationIDsBaseCase):
    url = "sqlite://"


class TestPostgreSQLOrder(OurRecorder, NonInterleavingNotificationIDsBaseCase):
    url = "postgresql"


@pytest.mark.parametrize(
    ("module", "recorder"), [("memory", memory.Recorder), ("sqlite", sqlite.Recorder), ("postgres", postgres.Recorder)]
)
def test_the_library_finds_one_factory_per_module(module: str, recorder: type, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    urls = {"memory": "memory://", "sqlite": f"sqlite:///{tmp_path}/ledger.db"}
    url = urls.get(module) or request.getfixturevalue("postgres_url")
    factory = InfrastructureFactory.construct(Environment(env=_environment(url)))
    assert type(factory.application_recorder()) is recorder
    factory.close()
