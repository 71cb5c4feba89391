"""Choosing how messages come, on the page and over HTTP."""

import re

import pytest
from tinyhtml5.parser import HTMLParser

from fund.language import LOCALES, direction
from tests.pages.client import client, hidden
from tests.pages.world import World


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_says_what_cannot_be_switched_off(world: World, locale: str) -> None:
    with client(world, "signatory") as visitor:
        answer = visitor.get(f"/{locale}/messages")
    parser = HTMLParser()
    parser.parse(answer.text)
    assert (answer.status_code, parser.errors) == (200, [])
    assert f'<html lang="{locale}" dir="{direction(locale)}">' in answer.text
    assert answer.text.count('type="radio"') == 8
    assert 'id="rhythm-hint"' in answer.text


def test_a_choice_is_kept_shown_and_told_to_its_owner_alone(world: World) -> None:
    with client(world, "signatory") as visitor:
        page = visitor.get("/en/messages").text
        assert 'value="weekly" checked' not in page
        nothing = visitor.post("/en/messages", data=hidden(page))
        assert (nothing.status_code, 'role="alert"' in nothing.text) == (422, True)
        chosen = hidden(page) | {"rhythm": "weekly", "language": "fr"}
        answer = visitor.post("/en/messages", data=chosen)
        assert answer.status_code in (200, 303)
        again = visitor.get("/en/messages").text
        assert re.search(r'value="weekly" checked', again)
        assert re.search(r'value="fr" checked', again)
    with client(world) as stranger:
        assert stranger.get("/en/messages").headers.get("location", "").startswith("/en/sign-in")
        header = {"authorization": f"Bearer {world.tokens['signatory']}"}
        assert stranger.get("/api/v1/me", headers=header).json()["messages"] == {"rhythm": "weekly", "language": "fr"}
        body = {"rhythm": "daily"}
        other = f"/api/v1/people/{world.people['officer']}/choose-messages"
        refused = stranger.post(other, json=body, headers=header)
        assert (refused.status_code, refused.json()["code"]) == (403, "messages.not_yours")
        mine = f"/api/v1/people/{world.people['signatory']}/choose-messages"
        assert stranger.post(mine, json=body | {"rhythm": "hourly"}, headers=header).status_code == 422
        assert stranger.post(mine, json=body, headers=header).status_code == 200
        assert stranger.get("/api/v1/me", headers=header).json()["messages"] == {"rhythm": "daily", "language": "en"}
