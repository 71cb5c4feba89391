"""A city reads by when to accept its award, accepts it or turns it down, and hands in its report."""

import pytest

from fund.border.naming import file_called
from fund.domain import commands as c
from tests.pages.client import client, hidden
from tests.pages.samples import Samples, grant, of_oslo
from tests.pages.world import World


@pytest.fixture
def offered(world: World, samples: Samples) -> str:
    """The reference of an application whose letter offers an award."""
    reference = of_oslo(world, "Granted")
    grant(world, reference)
    return reference


def test_the_signatory_sees_until_when_and_accepts(world: World, offered: str) -> None:
    base = f"/en/applications/{offered}"
    with client(world, "signatory") as visitor:
        page = visitor.get(base).text
        form = hidden(visitor.get(f"{base}/award/accept").text)
        answers = [visitor.post(f"{base}/award/accept", data=form) for _ in range(2)]
        after = visitor.get(answers[0].headers["location"]).text
        gone = visitor.get(f"{base}/award/accept")
    assert "The award waits for your answer until 30 March 2026" in page
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "Your report on the support is due by 30 October 2026." in after
    assert f'href="{base}/award/report"' in after
    assert gone.status_code == 409


def test_a_focal_point_reads_it_and_is_offered_no_answer(world: World, offered: str) -> None:
    with client(world, "focal") as visitor:
        page = visitor.get(f"/en/applications/{offered}").text
        refused = visitor.get(f"/en/applications/{offered}/award/accept")
    assert "Due by 30 March 2026" in page
    assert "/award/accept" not in page
    assert refused.status_code == 409


def test_a_reason_is_asked_where_the_award_is_turned_down(world: World, offered: str) -> None:
    path = f"/fr/applications/{offered}/award/turn-down"
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path).text)
        answer = visitor.post(path, data=form | {"reason": " "})
        assert visitor.get(path.replace("turn-down", "sell")).status_code == 404
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text


def test_the_signatory_gives_a_running_award_up_and_reads_what_comes_next(world: World, offered: str) -> None:
    world.fund.handler.handle(c.AcceptAward(application=file_called(world.fund, offered)), by=world.people["signatory"])
    base = f"/en/applications/{offered}"
    with client(world, "focal") as visitor:
        assert "/award/relinquish" not in visitor.get(base).text
    with client(world, "signatory") as visitor:
        assert f'href="{base}/award/relinquish"' in visitor.get(base).text
        form = hidden(visitor.get(f"{base}/award/relinquish").text)
        empty = visitor.post(f"{base}/award/relinquish", data=form | {"reason": " "})
        answer = visitor.post(f"{base}/award/relinquish", data=form | {"reason": "The youth office was closed."})
        page = visitor.get(answer.headers["location"]).text
    assert (empty.status_code, 'href="#reason"' in empty.text, answer.status_code) == (422, True, 303)
    assert "The award was given up. We settle by" in page
    assert "/award/report" not in page


def test_the_report_is_of_oslo_on_a_page_and_read_by_the_fund(world: World, offered: str) -> None:
    world.fund.handler.handle(c.AcceptAward(application=file_called(world.fund, offered)), by=world.people["signatory"])
    path = f"/en/applications/{offered}/award/report"
    with client(world, "focal") as visitor:
        form = hidden(visitor.get(path).text)
        answer = visitor.post(path, data=form | {"report": "Two <workshops> were held.\nForty people came."})
        assert answer.status_code == 303
        page = visitor.get(answer.headers["location"]).text
    assert "We are reading your report" in page
    assert "/award/report" not in page


def test_an_incident_is_reported_with_its_day_and_read_by_whoever_reported_it(world: World, offered: str) -> None:
    world.fund.handler.handle(c.AcceptAward(application=file_called(world.fund, offered)), by=world.people["signatory"])
    base = f"/en/applications/{offered}"
    with client(world, "focal") as visitor:
        assert f'href="{base}/award/incident"' in visitor.get(base).text
        form = hidden(visitor.get(f"{base}/award/incident").text)
        dayless = visitor.post(f"{base}/award/incident", data=form | {"account": "Threats <were> made"})
        day = {"happened_on": world.fund.now().date().isoformat()}
        answer = visitor.post(f"{base}/award/incident", data=form | day | {"account": "Threats <were> made"})
        page = visitor.get(answer.headers["location"]).text
    assert (dayless.status_code, 'href="#happened_on"' in dayless.text, answer.status_code) == (422, True, 303)
    assert "Threats &lt;were&gt; made" in page
    with client(world, "signatory") as visitor:
        assert "Threats" not in visitor.get(base).text
