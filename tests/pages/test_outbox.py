"""The outbox of a specimen, shown in every language; on any other fund it is not there."""

import re

import pytest
from tinyhtml5.parser import HTMLParser

from fund.api.pages.site import HEADERS
from fund.language import LOCALES, direction
from tests.pages.client import client
from tests.pages.world import World


@pytest.fixture(scope="module", autouse=True)
def collected(world: World) -> None:
    """The server of these tests runs views and no worker: its part is done here."""
    world.fund.runner.catch_up()
    world.fund.post.collect()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_specimen_shows_what_would_be_sent_and_to_whom(world: World, locale: str) -> None:
    with client(world) as visitor:
        answer = visitor.get(f"/{locale}/dev/outbox")
        assert answer.status_code == 200
        parser = HTMLParser()
        parser.parse(answer.text)
        assert parser.errors == []
        assert f'<html lang="{locale}" dir="{direction(locale)}">' in answer.text
        assert "signatory@example.org" in answer.text
        assert "<script" not in answer.text
        assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
        assert visitor.get("/dev/outbox", headers={"accept-language": locale}).text.count("<pre") == answer.text.count("<pre") > 3


def test_each_mail_is_shown_as_a_program_for_mail_shows_it(world: World) -> None:
    with client(world) as visitor:
        paths = re.findall(r'href="(/dev/outbox/[0-9a-f]{32})"', visitor.get("/en/dev/outbox").text)
        mail = visitor.get(paths[0])
        parser = HTMLParser()
        parser.parse(mail.text)
        assert (mail.status_code, parser.errors) == (200, [])
        assert "script-src" not in mail.headers["content-security-policy"]
        assert mail.headers["content-security-policy"].startswith("default-src 'none'")
        assert visitor.get(f"/dev/outbox/{'0' * 32}").status_code == 404


@pytest.mark.parametrize("path", ["/dev/outbox", "/en/dev/outbox", f"/dev/outbox/{'0' * 32}"])
def test_with_a_server_and_on_a_real_fund_there_is_no_such_page(world: World, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with client(world) as visitor:
        with monkeypatch.context() as changed:
            changed.setattr(world.fund.settings, "smtp_url", "smtp://mail.example")
            assert visitor.get(path).status_code == 404
        with monkeypatch.context() as changed:
            changed.setattr(world.fund.handler, "specimen", False)
            assert visitor.get(path).status_code == 404
