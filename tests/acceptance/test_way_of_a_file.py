"""What the people of a city read of a file that moved track, or was decided more than once: page, API, command line."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from fund.api.app import create_app
from fund.border.opening import Fund
from fund.border.operations import Operations
from fund.border.settings import Settings
from fund.domain.application import Application
from fund.domain.registers import City
from fund.projections import application_file
from tests.cli.driving import Desk
from tests.documents.reading import read_pages


class Reader:
    """The signatory of a file's city, at the portal and at the API."""

    def __init__(self, client: TestClient, secret: str) -> None:
        self.client = client
        self.token = {"Authorization": f"Bearer {secret}"}
        self.cookie = {"Cookie": f"fund={secret}"}

    def page(self, path: str) -> str:
        return self.client.get(path, headers=self.cookie).text


@pytest.fixture(scope="module")
def client(demo: Fund) -> Iterator[tuple[TestClient, Operations]]:
    operations = Operations.open(demo.settings.ledger_url)
    demo.runner.catch_up()
    yield TestClient(create_app(demo, operations, with_worker=False)), operations
    operations.close()


@pytest.fixture(scope="module")
def files(demo: Fund) -> list[Application]:
    with demo.views.reading() as reading:
        return [application_file.opened_state(row) for row in application_file.listed(reading, limit=500)]


def reader(demo: Fund, client: tuple[TestClient, Operations], file: Application) -> Reader:
    city = demo.handler.load(file.city).state
    assert isinstance(city, City)
    signatory = next(person for person, one in city.representatives.items() if one.capacity == "signatory")
    return Reader(client[0], client[1].issue(signatory, "test", 30, demo.now()))


def twice_decided(files: list[Application]) -> Application:
    return next(file for file in files if len(file.letters) == 2)


def moved(files: list[Application]) -> Application:
    return next(file for file in files if file.track_changes and file.decision)


def test_both_letters_of_a_file_are_listed_and_each_can_be_read(
    demo: Fund, client: tuple[TestClient, Operations], files: list[Application]
) -> None:
    file = twice_decided(files)
    city, first, last = reader(demo, client, file), file.letters[0], file.letters[1]
    answer = client[0].get(f"/api/v1/applications/{file.reference}/letters", headers=city.token).json()
    assert [(one["number"], one["issued_on"], one["outcome"]) for one in answer["letters"]] == [
        (1, first.issued_on.isoformat(), first.outcome),
        (2, last.issued_on.isoformat(), last.outcome),
    ]
    contents = [client[0].get(one["href"], headers=city.token).content for one in answer["letters"]]
    assert [content[:5] for content in contents] == [b"%PDF-", b"%PDF-"]
    assert contents[0] != contents[1] == client[0].get(f"/api/v1/applications/{file.reference}/letter", headers=city.token).content
    assert client[0].get(f"/api/v1/applications/{file.reference}/letters/3", headers=city.token).status_code == 404
    path = f"/en/applications/{file.reference}"
    page = city.page(path)
    assert page.index(f"{path}/letters/2") < page.index(f"{path}/letters/1")
    assert client[0].get(f"{path}/letters/1", headers=city.cookie).content == contents[0]


def test_the_command_line_lists_them_too(demo: Fund, demo_settings: Settings, files: list[Application]) -> None:
    file, desk = twice_decided(files), Desk(demo_settings.data)
    assert [one["number"] for one in desk.fund("letters", file.reference, "--json").json] == [1, 2]
    assert file.letters[0].outcome in desk.fund("letters", file.reference).out
    with_one = next(one for one in files if len(one.letters) == 1)
    assert len(desk.fund("letters", with_one.reference, "--json").json) == 1


@pytest.mark.parametrize("locale", ["en", "fr", "es", "ar"])
def test_a_move_is_told_with_its_reason_on_the_page_by_the_api_and_in_the_letter(
    demo: Fund, client: tuple[TestClient, Operations], files: list[Application], locale: str
) -> None:
    file, tracks = moved(files), demo.programme.tracks
    city, (change,) = reader(demo, client, file), file.track_changes
    why = demo.programme.terms[f"track_reason.{change.why}"]
    headers = city.token | {"Accept-Language": locale}
    told = client[0].get(f"/api/v1/applications/{file.reference}", headers=headers).json()
    assert told["track"] == change.to_track
    (move,) = told["moves"]
    assert (move["from_track"], move["to_track"], move["why"], move["reason"]) == ("small", "standard", change.why, why[locale])
    page = city.page(f"/{locale}/applications/{file.reference}")
    assert why[locale] in page
    assert page.count(tracks["standard"].titles[locale]) >= 2
    letter = " ".join(read_pages(demo.letters.opened(file)))
    assert why[file.language] in letter
    assert tracks["small"].titles[file.language] in letter


def test_every_hub_that_was_asked_and_every_observer_is_in_the_letter(demo: Fund, files: list[Application]) -> None:
    several = [file for file in files if file.letters and len(file.opinions) > 1]
    assert len(several) >= 2
    for file in several:
        text = " ".join(read_pages(demo.letters.opened(file))).replace(" ", "")
        for code in file.opinions:
            hub = demo.programme.hub(code)
            assert hub
            assert hub.titles[file.language].replace(" ", "") in text
    observed = next(file for file in files if file.observers and file.letters)
    text = " ".join(read_pages(demo.letters.opened(observed)))
    for id in observed.observers:
        city = demo.handler.load(id).state
        assert isinstance(city, City)
        assert city.name in text
