"""What each view says after a scripted history."""

from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import msgspec
import psycopg
import pytest

from fund.domain.event import Sealed
from fund.domain.facts import Actor
from fund.domain.streams import fold
from fund.ledger.store import Ledger
from fund.projections import (
    Database,
    Reading,
    application_file,
    city_register,
    envelopes,
    history,
    open_views,
    people,
    pipeline,
    work_queue,
)
from fund.projections.application_file import Filters
from fund.projections.runner import Runner
from tests.projections.history import ASSESSOR_A, ASSESSOR_B, CITY, COORDINATOR, OFFICER, OTHER_CITY, SECOND, SPEAKER, Story, opened


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, Database]]:
    """One history for all tests of this file: they only read."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('told')}/ledger.db"
    else:
        server = request.getfixturevalue("postgres_server")
        url = urlsplit(server)._replace(path="/told").geturl()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE told")
    with opened(url) as ledger, closing(open_views(url)) as database:
        Story(ledger).everything()
        Runner(ledger, database).catch_up()
        yield ledger, database


@pytest.fixture
def ledger(told: tuple[Ledger, Database]) -> Ledger:
    return told[0]


@pytest.fixture
def reading(told: tuple[Ledger, Database]) -> Iterator[Reading]:
    with told[1].reading() as reading:
        yield reading


def owners(reading: Reading, name: str) -> set[tuple[str, str, str]]:
    return {(task.owner, task.scope, task.what) for task in work_queue.of_file(reading, f"application-{name}")}


def test_a_file_is_found_by_its_reference(reading: Reading) -> None:
    file = application_file.by_reference(reading, "TSF-CLOSED")
    assert file
    assert (file.stream, file.stage, file.outcome, file.amount, file.currency) == (
        "application-closed",
        "closed",
        "approved",
        4000000,
        "EUR",
    )
    assert (file.city, file.region, file.priority, file.hubs, file.due) == (CITY, "europe", "P1", " nordic ", None)
    assert application_file.by_reference(reading, "TSF-NONE") is None


def test_the_state_in_the_view_is_the_state_of_the_stream(reading: Reading, ledger: Ledger) -> None:
    files = application_file.listed(reading)
    assert len(files) == 10
    for file in files:
        assert application_file.opened_state(file) == fold(file.stream, ledger.stream(file.stream))


def test_the_state_is_written_in_one_order_whatever_the_process(reading: Reading) -> None:
    file = application_file.by_reference(reading, "TSF-CLOSED")
    assert file
    hands = msgspec.json.decode(file.state)["hands"]
    assert len(hands) == 9
    assert hands == sorted(hands)


def test_texts_stay_sealed(reading: Reading) -> None:
    for file in application_file.listed(reading):
        assert "a problem" not in file.state
    person = people.by_id(reading, OFFICER)
    assert person
    assert isinstance(person.full_name, Sealed)


def test_files_are_listed_in_pages_newest_first(reading: Reading) -> None:
    first = application_file.listed(reading, limit=6)
    rest = application_file.listed(reading, before=first[-1].started, limit=6)
    assert [file.reference for file in first + rest] == [file.reference for file in application_file.listed(reading)]
    assert first[0].reference == "TSF-WITHDRAWN"
    assert len(rest) == 4


@pytest.mark.parametrize(
    ("filters", "references"),
    [
        (Filters(stage="draft"), {"TSF-DRAFT", "TSF-RETURNED"}),
        (Filters(outcome="withdrawn"), {"TSF-WITHDRAWN"}),
        (Filters(hub="nordic", stage="eligibility"), {"TSF-COMPLETE", "TSF-DEEMED"}),
        (Filters(city=OTHER_CITY), set()),
    ],
)
def test_files_are_filtered(reading: Reading, filters: Filters, references: set[str]) -> None:
    assert {file.reference for file in application_file.listed(reading, filters)} == references


def test_open_files_are_all_but_the_closed_one(reading: Reading) -> None:
    assert [file.id for file in application_file.open_files(reading)][:2] == ["application-draft", "application-submitted"]
    assert len(application_file.open_files(reading)) == 9


def test_every_stage_has_its_owners(reading: Reading) -> None:
    hub = {("coordinator", "nordic", "opinion"), ("machine", "", "opinion")}
    assert owners(reading, "draft") == {("representative", CITY, "draft")}
    assert owners(reading, "submitted") == {("officer", "", "completeness")}
    assert owners(reading, "complete") == {("officer", "", "eligibility")} | hub
    assert owners(reading, "nohub") == owners(reading, "deemed") == {("officer", "", "eligibility")}
    assert owners(reading, "assess") == {("officer", "", "assignment"), (ASSESSOR_B, "", "assessment")} | hub
    assert owners(reading, "propose") == {("approver", "", "decision")}
    assert owners(reading, "withdrawn") == {("machine", "", "letter")}
    assert owners(reading, "closed") == set()


def test_a_person_sees_what_is_theirs_and_what_their_roles_share(reading: Reading) -> None:
    def tasks(id: str, *roles: tuple[str, str | None], cities: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        found = work_queue.for_actor(reading, Actor(id=id, roles=frozenset(roles)), cities)
        return [(task.reference, task.what) for task in found]

    assert tasks(ASSESSOR_B, ("assessor", None)) == [("TSF-ASSESS", "assessment")]
    assert tasks(ASSESSOR_A, ("assessor", None)) == []
    assert tasks(COORDINATOR, ("coordinator", "nordic")) == [("TSF-ASSESS", "opinion"), ("TSF-COMPLETE", "opinion")]
    assert tasks(COORDINATOR, ("coordinator", "elsewhere")) == []
    assert tasks(SPEAKER, cities=(CITY,)) == [("TSF-DRAFT", "draft"), ("TSF-RETURNED", "draft")]
    assert [task.reference for task in work_queue.for_machine(reading)] == ["TSF-ASSESS", "TSF-COMPLETE", "TSF-WITHDRAWN"]


def test_the_register_of_cities(reading: Reading) -> None:
    oslo, sao_paulo = city_register.listed(reading)
    assert (oslo.name_en, oslo.member, oslo.since, oslo.representatives) == ("Oslo", True, "2016", 1)
    assert (sao_paulo.name_en, sao_paulo.member, sao_paulo.region) == ("São Paulo", False, None)
    assert city_register.listed(reading, "SAO p") == [sao_paulo]
    assert city_register.listed(reading, "%") == []
    assert city_register.listed(reading, members=True) == [oslo]
    assert city_register.listed(reading, after=(oslo.sort, oslo.id)) == [sao_paulo]
    assert city_register.find(reading, "Oslo", "NO", "city") == oslo
    assert city_register.find(reading, "Oslo", "NO", "region") is None
    assert [(said.city, said.capacity) for said in city_register.represented_by(reading, SPEAKER)] == [(CITY, "signatory")]
    assert city_register.names(reading, [CITY, "city-none"]) == {CITY: "Oslo"}


def test_envelopes_and_their_sources(reading: Reading) -> None:
    (envelope,) = envelopes.listed(reading)
    assert (envelope.contributed, envelope.committed, envelope.balance) == (100_000_00, 40_000_00, 60_000_00)
    assert [(given.donor, given.amount) for given in envelopes.sources(reading)] == [("Norway", 60_000_00), ("Denmark", 40_000_00)]
    assert [spent.application for spent in envelopes.commitments(reading, "envelope-e1")] == ["application-closed"]


def test_the_pipeline_counts_and_names_nobody(reading: Reading) -> None:
    counts = pipeline.counts(reading)
    assert (counts.total, counts.submitted) == (10, 9)
    assert counts.stages["eligibility"] == 3
    assert counts.outcomes == {"approved": 1, "withdrawn": 1}
    assert counts.regions == {None: 1, "europe": 8}
    assert counts.priorities == {"P1": 9}
    assert counts.months == {"2026-11": 9}
    assert CITY not in repr(counts)


def test_history_has_every_fact_in_order(reading: Reading, ledger: Ledger) -> None:
    head = ledger.head()
    assert history.count(reading) == head
    assert [fact.index for fact in history.between(reading, 10, 20)] == list(range(11, 21))
    closed = history.of_stream(reading, "application-closed")
    assert [fact.version for fact in closed] == list(range(1, 24))
    assert history.of_stream(reading, "application-closed", after=22) == closed[22:]
    assert closed[-1].name == "application.letter_issued.v1"
    assert [fact.index for fact in history.newest(reading, before=head, limit=2)] == [head - 1, head - 2]
    assert {fact.actor for fact in history.by_actor(reading, ASSESSOR_A)} == {ASSESSOR_A}


def test_people_and_their_roles(reading: Reading) -> None:
    officer, erased = people.by_id(reading, OFFICER), people.by_id(reading, SECOND)
    assert officer
    assert erased
    assert (officer.active, officer.cities, people.roles_of(reading, OFFICER)) == (True, (OTHER_CITY,), frozenset())
    assert not erased.active
    assert [person.id for person in people.with_role(reading, "coordinator", "nordic")] == [COORDINATOR]
    assert people.roles_of(reading, COORDINATOR) == {("coordinator", "nordic")}
