"""In a real browser: the whole way without scripts, no barrier that axe can find, nothing wider than a small telephone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.pages.browser import visitor
from tests.pages.samples import Samples, pages
from tests.pages.world import ARABIC, World

TEXT = {"en": "What is needed, in a few words.", "ar": "ما يلزم، في كلمات قليلة."}
SAVE = {"en": "Save this section", "ar": "حفظ هذا القسم"}


def fill(page: Page, text: str) -> None:
    for box in page.locator("main textarea:visible").all():
        if box.get_attribute("name") not in ("beneficiaries", "observers", "secondary.0.reason", "secondary.1.reason"):
            box.fill(text)


@pytest.mark.parametrize(("locale", "person", "title"), [("en", "signatory", "Youth work in three districts"), ("ar", "amman", ARABIC)])
def test_from_signing_in_to_a_submitted_application_without_scripts(
    world: World, browser: Browser, locale: str, person: str, title: str
) -> None:
    with visitor(browser, world.url, java_script_enabled=False) as page:
        page.goto(f"/{locale}/applications/start")
        page.fill("#token", world.tokens[person])
        page.click("main button")
        page.click("main button")
        home = page.url.partition("?")[0]
        assert re.search(r"/TSF-[0-9A-Z]{4}-[0-9A-Z]{4}$", home)

        def save() -> None:
            page.click("main button")
            assert page.url.startswith(f"{home}?saved="), page.locator("#summary").inner_text()

        page.click(".tasks a >> nth=0")
        page.click("main button")
        assert page.locator("#summary li").count() == 2
        page.fill("#title", title)
        page.fill("#office", "Office")
        save()
        page.click(".tasks a >> nth=1")
        fill(page, TEXT[locale])
        save()
        page.click(".tasks a >> nth=2")
        fill(page, TEXT[locale])
        for box in ("#design", "#formats", "#languages"):
            page.check(box)
        page.fill("#days", "3")
        page.fill("#participants", "20")
        page.fill("#starts_on", "2026-06-01")
        page.fill("#ends_on", "2026-09-30")
        save()
        page.click(".tasks a >> nth=3")
        page.check("[id='primary.priority']")
        page.fill("[id='primary.reason']", TEXT[locale])
        page.check("#results")
        save()
        page.click(".tasks a >> nth=4")
        page.check("[name='ages'][value='30_plus']")
        for box in page.locator("[name$='.answer'][value='no']").all():
            box.check()
        page.check("[name='Q10.answer'][value='yes']")
        save()
        page.click(".tasks a >> nth=5")
        for name in ("name", "baseline", "target", "measured_by"):
            page.fill(f"[id='indicators.0.{name}']", "20")
        fill(page, TEXT[locale])
        save()
        page.click(".tasks a >> nth=6")
        page.select_option("#currency", "EUR")
        page.fill("#amount", "9500.50")
        fill(page, TEXT[locale])
        save()
        assert page.locator(".tag.done").count() == 7

        page.click("main .button")
        assert title in page.locator("main").inner_text()
        page.click(".submit button")
        assert page.url.startswith(f"{home}?saved=")
        assert page.locator(".tasks").count() == 0
        assert page.locator(".way .here").count() == 1
        assert title in page.locator("h1").inner_text()


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_no_barrier_and_nothing_too_wide_on_any_page(world: World, samples: Samples, browser: Browser, locale: str) -> None:
    axe = Axe()
    with visitor(browser, world.url, world.tokens["signatory"], viewport={"width": 320, "height": 700}) as page:
        for path in pages(samples):
            page.goto(f"/{locale}{path}")
            found = axe.run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
            assert page.evaluate(SMALL_TARGETS) == [], path


SMALL_TARGETS = """() => [
        ...document.querySelectorAll('main button, main .button, nav a, main input:not([type=hidden]), select')
    ].filter(one => {
        const box = one.getBoundingClientRect()
        return box.width && (box.height < 24 || box.width < 24)
    }).map(one => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_no_barrier_where_something_is_wrong(world: World, samples: Samples, browser: Browser, locale: str) -> None:
    with visitor(browser, world.url, world.tokens["signatory"], color_scheme="dark", viewport={"width": 320, "height": 700}) as page:
        for section in ("need", "support", "results", "resources"):
            page.goto(f"/{locale}/applications/{samples.returned}/sections/{section}")
            for box in page.locator("main input:is([type=text]):visible, main textarea:visible").all():
                box.fill("")
            page.click("main button")
            assert page.locator("#summary").count() == 1
            found = Axe().run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], section
            for link in page.locator("#summary a").all():
                assert page.locator(f"[id='{link.get_attribute('href', timeout=1000)[1:]}']").count() == 1


def test_arabic_is_the_mirror_image_of_english(world: World, browser: Browser) -> None:
    """Boxes of the frame stand as far from their own side in both directions."""
    edges = """() => ['.home', '.languages', '.main ul', 'main h1'].map(name => {
        const box = document.querySelector(name).getBoundingClientRect(), wide = document.documentElement.clientWidth
        return Math.round(document.dir == 'rtl' ? wide - box.right : box.left) })"""
    with visitor(browser, world.url, viewport={"width": 1200, "height": 800}) as page:
        page.goto("/en/sign-in")
        english = page.evaluate(edges)
        page.goto("/ar/sign-in")
        arabic = page.evaluate(edges)
    assert abs(english[0] - arabic[0]) <= 2
    assert abs(english[2] - arabic[2]) <= 2
    assert abs(english[3] - arabic[3]) <= 2
