"""Every page is strict HTML, says its language, holds no script, is small, and is refused to whoever it is not for."""

import gzip
import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from tinyhtml5.parser import HTMLParser

from fund.api import access
from fund.api.pages.site import HEADERS
from fund.language import LOCALES, direction
from fund.ledger.errors import Unavailable
from fund.resources import resource
from tests.pages.client import client
from tests.pages.samples import PUBLIC, Samples, pages
from tests.pages.world import World

FIRST_VISIT = 14 * 1024


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_is_strict_html_without_scripts(world: World, samples: Samples, locale: str) -> None:
    with client(world, "signatory") as visitor:
        for path in pages(samples):
            answer = visitor.get(f"/{locale}{path}")
            assert answer.status_code == (404 if path == "/nowhere" else 200), path
            parser = HTMLParser()
            parser.parse(answer.text)
            assert parser.errors == [], path
            assert f'<html lang="{locale}" dir="{direction(locale)}">' in answer.text
            assert "<script" not in answer.text
            assert " style=" not in answer.text
            assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
            assert answer.headers["cache-control"] == "no-store"


def test_a_first_visit_fits_into_one_window_of_the_network(world: World, samples: Samples) -> None:
    style = len(gzip.compress(resource("templates", "static", "fund.css").read_bytes()))
    assert style <= 12 * 1024
    with client(world, "signatory") as visitor:
        for locale in LOCALES:
            for path in pages(samples):
                with visitor.stream("GET", f"/{locale}{path}") as answer:
                    sent = sum(map(len, answer.iter_raw()))
                assert sent + style <= FIRST_VISIT, path


def test_the_stylesheet_is_kept_for_ever_under_a_name_of_its_own(world: World) -> None:
    with client(world) as visitor:
        name = visitor.get("/en/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert "immutable" in visitor.get(name).headers["cache-control"]
        assert visitor.get("/static/other.css").status_code == 404


@pytest.mark.parametrize("property", ["left", "right", "margin-left", "padding-right", "text-align: left", "float"])
def test_the_stylesheet_knows_no_left_and_right(property: str) -> None:
    style = resource("templates", "static", "fund.css").read_text(encoding="utf-8")
    assert f" {property}:" not in style
    assert property not in style.split("; ")


def test_the_start_page_is_found_in_the_language_of_the_browser(world: World) -> None:
    with client(world) as visitor:
        assert visitor.get("/", headers={"Accept-Language": "ar-MA, fr;q=0.5"}).headers["location"] == "/ar/"
        assert visitor.get("/en").headers["location"] == "/en/"


@pytest.mark.parametrize("path", ["/applications", "/applications/start", "{draft}", "{draft}/check", "{draft}/sections/need"])
def test_who_is_not_signed_in_is_led_to_where_they_can(world: World, samples: Samples, path: str) -> None:
    asked = "/en" + path.replace("{draft}", f"/applications/{samples.draft}")
    with client(world) as visitor:
        answer = visitor.get(asked)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/en/sign-in?next={asked}")


@pytest.mark.parametrize("person", ["stranger", "amman"])
def test_a_file_does_not_exist_for_strangers(world: World, samples: Samples, person: str) -> None:
    with client(world, person) as visitor:
        for path in ("", "/check", "/letter", "/letters/1", "/withdraw", "/sections/need"):
            there = visitor.get(f"/en/applications/{samples.draft}{path}")
            nowhere = visitor.get(f"/en/applications/TSF-0000-0000{path}")
            assert (there.status_code, nowhere.status_code) == (404, 404)


def test_public_pages_are_open_to_everybody(world: World, samples: Samples) -> None:
    with client(world) as visitor:
        assert [visitor.get(f"/fr{path}").status_code for path in PUBLIC] == [200, 200, 200, 200, 404]
        numbers = visitor.get("/en/pipeline").text
        assert "Oslo" not in numbers
        assert samples.draft not in numbers


def test_the_network_is_named_by_its_programme_alone(world: World) -> None:
    name = world.fund.programme.network["en"]
    sources = [*Path("templates").rglob("*.html"), *Path("fund/api").rglob("*.py")]
    assert [path for path in sources if name in path.read_text(encoding="utf-8")] == []


def test_every_page_has_its_row_of_access(app: FastAPI) -> None:

    assert access.unlisted(app) == set()
    assert access.unrouted(app) == set()


def test_bars_are_as_long_as_their_numbers(world: World, samples: Samples) -> None:
    with client(world) as visitor:
        page = visitor.get("/en/pipeline").text
    for table in page.split("<table>")[1:]:
        counts = [int(text) for text in re.findall(r'<td class="count">(\d+)</td>', table)]
        drawn = re.findall(r'<rect class="track"[^>]*>(?:<rect class="fill" width="([\d.]+)")?', table)
        most = max(counts) or 1
        assert [float(width or 0) for width in drawn] == [round(100 * count / most, 2) for count in counts]


@pytest.mark.parametrize("path", ["/applications/{draft}", "/pipeline"])
def test_while_the_ledger_is_away_the_page_says_so(world: World, samples: Samples, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def away(*_: object, **__: object) -> None:
        raise Unavailable("gone")

    monkeypatch.setattr(world.fund.handler, "load", away)
    monkeypatch.setattr(world.fund.views, "reading", away)
    with client(world, "signatory") as visitor:
        answer = visitor.get("/fr" + path.replace("{draft}", samples.draft))
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert '<html lang="fr"' in answer.text
