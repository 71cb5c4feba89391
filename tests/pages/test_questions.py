"""A city reads a question about its application and answers it."""

import pytest

from fund.border.naming import file_called
from fund.domain import commands as c
from tests.pages.client import client, hidden
from tests.pages.samples import Samples, of_oslo
from tests.pages.world import World


@pytest.fixture
def asked(world: World, samples: Samples) -> str:
    """The reference of an application with one open question."""
    reference = of_oslo(world, "Asked")
    ask = c.RequestClarification(application=file_called(world.fund, reference), question="Who owns <the> rooms?")
    world.fund.handler.handle(ask, by=world.people["officer"])
    return reference


def test_the_application_shows_the_question_and_why_the_time_stands_still(world: World, asked: str) -> None:
    with client(world, "focal") as visitor:
        page = visitor.get(f"/en/applications/{asked}").text
    assert "Who owns &lt;the&gt; rooms?" in page
    assert "Answer by 16 March 2026" in page
    assert "Day 0 of 3. The time stands still until every question is answered." in page
    assert f'href="/en/applications/{asked}/questions/1"' in page


def test_the_city_answers_and_the_time_runs_again(world: World, asked: str) -> None:
    path = f"/en/applications/{asked}/questions/1"
    with client(world, "focal") as visitor:
        form = hidden(visitor.get(path).text)
        answers = [visitor.post(path, data=form | {"answer": "The city does."}) for _ in range(2)]
        page = visitor.get(answers[0].headers["location"]).text
        gone = visitor.get(path)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "The city does." in page
    assert "Day 0 of 3. Due by 5 March 2026." in page
    assert gone.status_code == 409


def test_an_empty_answer_is_told_and_nothing_is_lost(world: World, asked: str) -> None:
    path = f"/en/applications/{asked}/questions/1"
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path).text)
        answer = visitor.post(path, data=form | {"answer": "  "})
        assert visitor.get(f"/en/applications/{asked}/questions/7").status_code == 404
    assert answer.status_code == 422
    assert 'href="#answer"' in answer.text
    assert "Who owns &lt;the&gt; rooms?" in answer.text


def test_nobody_else_sees_or_answers_it(world: World, asked: str) -> None:
    for person, code in (("amman", 404), ("officer", 403)):
        with client(world, person) as visitor:
            assert visitor.get(f"/en/applications/{asked}/questions/1").status_code == code, person
