"""A city reads that its application is suspended, why, and when it goes on; everybody reads how many are."""

from datetime import timedelta

import pytest

from fund.border.naming import file_called
from fund.domain import commands as c
from tests.pages.client import client
from tests.pages.samples import Samples, of_oslo
from tests.pages.world import NOW, World


@pytest.fixture
def suspended(world: World, samples: Samples) -> str:
    """The reference of an application that was suspended as it came in."""
    reference = of_oslo(world, "Suspended")
    suspend = c.SuspendApplication(
        application=file_called(world.fund, reference), reason="The <town> hall is flooded.", review_on=NOW.date() + timedelta(days=14)
    )
    world.fund.handler.handle(suspend, by=world.people["officer"])
    world.fund.runner.catch_up()
    return reference


def test_it_shows_where_it_stays_why_and_until_when(world: World, suspended: str) -> None:
    with client(world, "focal") as visitor:
        page = visitor.get(f"/en/applications/{suspended}").text
        arabic = visitor.get(f"/ar/applications/{suspended}").text
        numbers = visitor.get("/en/pipeline").text
    assert "Your application is suspended" in page
    assert "it goes on by itself after 16 March 2026, or earlier if we can." in page
    assert "The &lt;town&gt; hall is flooded." in page
    assert "Due by" not in page
    assert page.split('aria-current="step">')[1].startswith("Completeness")
    assert "طلبكم معلَّق" in arabic
    assert page.count("</ol>") == arabic.count("</ol>")
    row = numbers.split("Suspended before a decision")[1]
    assert '<td class="count">1</td>' in row[:60]
