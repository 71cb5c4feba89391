"""On a page a city reads what a refusal rests on, and then names the one fact of it that is wrong."""

from datetime import timedelta

import pytest

from fund.domain import events as e
from tests.pages.client import client, hidden
from tests.pages.samples import ACCEPT_BY, Samples, happened, of_oslo
from tests.pages.world import World

DECLINED = e.Declined(reasons=("No need.", "No plan."), what_would_change=("A plan",), due=ACCEPT_BY, calendar="central/2026.1")


@pytest.fixture
def refused(world: World, samples: Samples) -> str:
    """The reference of an application that was refused; its city has not opened the letter."""
    reference = of_oslo(world, "Refused")
    letter = e.LetterIssued(
        outcome="declined", language="en", issued_on=world.fund.now().date(), template="t", renderer="r", sha256="a" * 64, blob="b" * 64,
        size=1, due=None, calendar="central/2026.1",
    )  # fmt: skip
    happened(world, reference, DECLINED, letter)
    return reference


def test_what_the_decision_rests_on_stands_before_the_question(world: World, refused: str) -> None:
    base = f"/en/applications/{refused}"
    with client(world, "focal") as visitor:
        assert f"{base}/correction" not in visitor.get(base).text
        assert visitor.get(f"{base}/correction").status_code == 409
    until = world.fund.now() + timedelta(days=20)
    happened(world, refused, e.LetterOpened(letter=1, city=world.cities["Oslo"], appeal_until=until, calendar="central/2026.1"))
    with client(world, "focal") as visitor:
        assert f'href="{base}/correction"' in visitor.get(base).text
        page = visitor.get(f"{base}/correction").text
        assert page.index("No plan.") < page.index(f'action="{base}/correction"') < page.index('value="2"')
        wrong = visitor.post(f"{base}/correction", data=hidden(page) | {"fact": "3", "instead": "x"})
        assert (wrong.status_code, 'href="#fact"' in wrong.text) == (422, True)
        asked = visitor.post(f"{base}/correction", data=hidden(page) | {"fact": "2", "instead": "A plan is attached."})
        after = visitor.get(asked.headers["location"]).text
    assert asked.status_code == 303
    assert "People who had no part in it look at the error that was named" in after
