"""What forms do with good and bad answers, with a stale page, with a double click, and with a form from elsewhere."""

import pytest

from fund.border.naming import file_called
from fund.language import terms_of
from tests.pages.client import client, hidden
from tests.pages.samples import Samples, of_oslo
from tests.pages.world import World

NEED = {"problem": "A", "evidence": "B", "affected": "C", "mandate": "D"}


@pytest.fixture
def draft(world: World, samples: Samples) -> str:
    """A draft of its own for each test."""
    return of_oslo(world, "A draft", submit=False)


def path(draft: str, section: str) -> str:
    return f"/en/applications/{draft}/sections/{section}"


def version(world: World, draft: str) -> int:
    return world.fund.handler.load(file_called(world.fund, draft)).version


def test_every_fault_is_told_at_once_and_what_was_typed_stays(world: World, draft: str) -> None:
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "need")).text)
        answer = visitor.post(path(draft, "need"), data=form | NEED | {"problem": " ", "affected": "x" * 1001, "mandate": "kept <b>"})
    assert answer.status_code == 422
    assert 'href="#problem"' in answer.text
    assert 'href="#affected"' in answer.text
    assert answer.text.count('class="fault"') == 2
    assert "kept &lt;b&gt;</textarea>" in answer.text
    assert "<title>Error: " in answer.text


def test_a_stale_page_is_told_what_happened_since_and_saves_nothing(world: World, draft: str) -> None:
    with client(world, "signatory") as first, client(world, "focal") as second:
        early, other = hidden(first.get(path(draft, "need")).text), hidden(second.get(path(draft, "need")).text)
        assert second.post(path(draft, "need"), data=other | NEED).status_code == 303
        before = version(world, draft)
        answer = first.post(path(draft, "need"), data=early | NEED | {"problem": "Mine"})
        assert answer.status_code == 409
        assert "Somebody was faster" in answer.text
        assert "was saved" in answer.text
        assert "Mine</textarea>" in answer.text
        assert version(world, draft) == before
        again = first.post(path(draft, "need"), data=hidden(answer.text) | NEED | {"problem": "Mine"})
        assert again.status_code == 303


def test_a_double_click_counts_once(world: World, draft: str) -> None:
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "need")).text) | NEED
        before = version(world, draft)
        answers = [visitor.post(path(draft, "need"), data=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert version(world, draft) == before + 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "", "Origin": "https://elsewhere.example"},
        {"Sec-Fetch-Site": ""},
    ],
)
def test_a_form_from_elsewhere_is_refused(world: World, draft: str, headers: dict[str, str]) -> None:
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "need")).text) | NEED
        before = version(world, draft)
        assert visitor.post(path(draft, "need"), data=form, headers=headers).status_code == 403
        assert visitor.post(f"/en/applications/{draft}/submit", data=form, headers=headers).status_code == 403
        assert visitor.post("/en/sign-out", data=form, headers=headers).status_code == 403
    assert version(world, draft) == before


def test_a_form_made_for_somebody_else_is_refused(world: World, draft: str) -> None:
    with client(world, "signatory") as first, client(world, "focal") as second:
        form = hidden(first.get(path(draft, "need")).text) | NEED
        assert second.post(path(draft, "need"), data=form).status_code == 403
        assert first.post(path(draft, "need"), data={**form, "form": ""}).status_code == 403


def test_an_older_browser_may_say_where_it_comes_from_in_its_own_way(world: World, draft: str) -> None:
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "need")).text) | NEED
        assert visitor.post(path(draft, "need"), data=form, headers={"Sec-Fetch-Site": "", "Origin": world.url}).status_code == 303


@pytest.mark.parametrize("field", ["command", "expected"])
def test_a_form_without_its_hidden_fields_is_refused(world: World, draft: str, field: str) -> None:
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "need")).text) | NEED
        del form[field]
        assert visitor.post(path(draft, "need"), data=form).status_code == 422


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Victoria, SC", None),
        ("oslo", "applicant"),
        ("Atlantis", "Atlantis"),
        ("Victoria", "Victoria"),
        ("Amman\nVictoria, ca", None),
    ],
)
def test_other_cities_are_named_as_the_register_names_them(world: World, draft: str, typed: str, told: str | None) -> None:
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "applicant")).text)
        answer = visitor.post(path(draft, "applicant"), data=form | {"title": "T", "office": "O", "beneficiaries": typed})
        assert answer.status_code == (422 if told else 303)
        if told:
            assert 'href="#beneficiaries"' in answer.text


@pytest.mark.parametrize(
    ("typed", "minor"), [("12000", 1_200_000), ("12000.5", 1_200_050), ("١٢٠٠٠", 1_200_000), ("12,000", None), ("-1", None), ("0", None)]
)
def test_amounts_are_typed_as_people_write_them(world: World, draft: str, typed: str, minor: int | None) -> None:
    answers = {"currency": "EUR", "amount": typed, "own_contribution": "None.", "other_funders": "None."}
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "resources")).text)
        answer = visitor.post(path(draft, "resources"), data=form | answers)
    assert answer.status_code == (303 if minor else 422)
    if minor:
        saved = world.fund.handler.load(file_called(world.fund, draft)).state.sections["resources"]
        assert saved.amount == minor


def test_rows_that_are_left_empty_do_not_count(world: World, draft: str) -> None:
    row = {"name": "Second", "baseline": "0", "target": "5", "measured_by": "List"}
    answers = {f"indicators.2.{name}": text for name, text in row.items()} | {"sustainability": "S", "sharing": "S"}
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "results")).text)
        assert visitor.post(path(draft, "results"), data=form | answers).status_code == 303
        page = visitor.get(path(draft, "results")).text
    assert 'name="indicators.0.name" type="text" value="Second"' in page
    assert 'name="indicators.2.name"' in page


def test_what_was_saved_comes_back_as_it_was_typed(world: World, draft: str) -> None:
    text = "Zeile\n\n\u05e9\u05dc\u05d5\u05dd & <i>"
    with client(world, "signatory") as visitor:
        form = hidden(visitor.get(path(draft, "need")).text)
        visitor.post(path(draft, "need"), data=form | NEED | {"problem": text.replace("\n", "\r\n")})
        page = visitor.get(path(draft, "need")).text
        assert ">\nZeile\n\n\u05e9\u05dc\u05d5\u05dd &amp; &lt;i&gt;</textarea>" in page


def test_only_the_signatory_submits(world: World, draft: str) -> None:
    with client(world, "focal") as visitor:
        page = visitor.get(f"/en/applications/{draft}/check").text
        assert f'action="/en/applications/{draft}/submit"' not in page
        section = hidden(visitor.get(path(draft, "need")).text)
        assert visitor.post(f"/en/applications/{draft}/submit", data=section).status_code == 403


def test_withdrawing_needs_a_reason_and_a_draft_ends_at_once(world: World, draft: str) -> None:
    with client(world, "signatory", follow_redirects=True) as visitor:
        form = hidden(visitor.get(f"/en/applications/{draft}/withdraw").text)
        assert visitor.post(f"/en/applications/{draft}/withdraw", data=form | {"reason": " "}).status_code == 422
        page = visitor.post(f"/en/applications/{draft}/withdraw", data=form | {"reason": "No budget."}).text
        assert f'<p class="now">{terms_of(world.fund.programme, "en")("stage.closed")}</p>' in page
        assert visitor.get(f"/en/applications/{draft}/withdraw").status_code == 409


def test_signing_in_leads_only_to_pages_of_ours_and_signing_out_ends_it(world: World) -> None:
    with client(world) as visitor:
        wrong = visitor.post("/en/sign-in", data={"token": "fund_wrong"})
        assert (wrong.status_code, "set-cookie" in wrong.headers) == (422, False)
        for onward, leads in (("//evil.example/", "/en/applications"), ("https://evil.example", "/en/applications"), ("/fr/", "/fr/")):
            answer = visitor.post("/en/sign-in", data={"token": world.tokens["signatory"], "next": onward})
            assert (answer.status_code, answer.headers["location"]) == (303, leads)
            assert "HttpOnly" in answer.headers["set-cookie"]
            assert "samesite=strict" in answer.headers["set-cookie"].lower()
            visitor.cookies.clear()
    with client(world, "focal") as visitor:
        form = hidden(visitor.get("/en/applications").text.replace("<header", "<main"))
        left = visitor.post("/en/sign-out", data=form)
        assert left.status_code == 303
        assert "Max-Age=0" in left.headers["set-cookie"]


def test_the_letter_is_a_pdf_for_those_who_may_read_it(world: World, samples: Samples) -> None:
    with client(world, "signatory") as visitor:
        answer = visitor.get(f"/en/applications/{samples.withdrawn}/letter")
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        assert visitor.get(f"/en/applications/{samples.submitted}/letter").status_code == 404
        assert visitor.get(f"/en/applications/{samples.withdrawn}/letters/1").content == answer.content
        for missing in ("2", "0", "x"):
            assert visitor.get(f"/en/applications/{samples.withdrawn}/letters/{missing}").status_code in (404, 422)


def test_an_answer_opens_further_questions_and_whoever_does_not_know_says_so(world: World, draft: str) -> None:
    calm = {"ages": "30_plus", "data_protection": "", **{f"{code}.answer": "no" for code in ("Q1", "Q2", "Q3", "Q8")}, "Q10.answer": "yes"}
    with client(world, "signatory") as visitor:
        page = visitor.get(path(draft, "safeguards")).text
        assert 'name="F1.answer"' not in page
        risk = visitor.post(path(draft, "safeguards"), data=hidden(page) | calm | {"Q1.answer": "yes"})
        assert (risk.status_code, 'href="#Q1.answer"' in risk.text) == (422, True)
        told = {"Q1.answer": "yes", "Q1.text": "The patrol", "Q3.answer": "unknown"}
        opened = visitor.post(path(draft, "safeguards"), data=hidden(page) | calm | told)
        assert opened.headers["location"].partition("?")[0] == path(draft, "safeguards")
        page = visitor.get(path(draft, "safeguards")).text
        assert 'name="F1.answer"' in page
        assert "The patrol</textarea>" in page
        checked = visitor.get(f"/en/applications/{draft}/check").text
    assert "We do not know" in checked
