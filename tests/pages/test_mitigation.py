"""A city reads what it sees to so that the support harms nobody, until when, and reports it done."""

import pytest

from fund.border.naming import file_called
from fund.domain.application import Application
from tests.pages.client import client, hidden
from tests.pages.samples import Samples, grant, of_oslo, owe
from tests.pages.world import World


@pytest.fixture
def owing(world: World, samples: Samples) -> str:
    """The reference of an award of which Oslo owes one thing."""
    reference = of_oslo(world, "Owing")
    grant(world, reference)
    owe(world, reference)
    return reference


def test_the_city_reads_what_it_owes_until_when_and_reports_it_done(world: World, owing: str) -> None:
    base = f"/en/applications/{owing}"
    with client(world, "focal") as visitor:
        page = visitor.get(base).text
        assert "Names of pupils stay with the school" in page
        assert "To be done by 30 October 2026" in page
        assert "amber" not in page.casefold()
        form = hidden(visitor.get(f"{base}/mitigations/1").text)
        assert visitor.get(f"{base}/mitigations/2").status_code == 404
        empty = visitor.post(f"{base}/mitigations/1", data=form | {"done": " "})
        assert (empty.status_code, 'href="#done"' in empty.text) == (422, True)
        answers = [visitor.post(f"{base}/mitigations/1", data=form | {"done": "The list stays there."}) for _ in range(2)]
        after = visitor.get(answers[0].headers["location"]).text
    assert [answer.status_code for answer in answers] == [303, 303]
    assert f"{base}/mitigations/1" not in after
    file = world.fund.handler.load(file_called(world.fund, owing)).state
    assert isinstance(file, Application)
    assert file.screen
    assert [one.is_open for one in file.screen.owed] == [False]
