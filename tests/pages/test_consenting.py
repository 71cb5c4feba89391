"""A partner city reads the text and accepts it by a link; after an edit it sees word by word what is new, and accepts again or leaves."""

import re

import msgspec
import pytest

from fund.api.pages.answers import Register
from fund.api.pages.difference import Changed, Part, changed, difference
from fund.api.pages.fields import Line
from fund.border.naming import city_called, city_written, file_called
from fund.domain import commands as c
from fund.domain.sections import Applicant, Need
from tests.pages.client import client, hidden
from tests.pages.samples import TITLE, of_oslo
from tests.pages.world import OPERATOR, World, told


@pytest.fixture
def joint(world: World) -> str:
    """The reference of a draft of Oslo that names Amman."""
    reference = of_oslo(world, TITLE, submit=False)
    save(world, reference, Applicant(title=TITLE, office="Youth office", beneficiaries=(world.cities["Amman"],)))
    return reference


def save(world: World, reference: str, section: Applicant | Need) -> None:
    command = c.SaveSection(application=file_called(world.fund, reference), section=section)
    world.fund.handler.handle(command, by=world.people["signatory"])
    world.fund.runner.catch_up()


def flooded() -> Need:
    (need,) = (one.section for one in told(TITLE) if isinstance(one.section, Need))
    return msgspec.structs.replace(need, problem=need.problem.replace("short text", "long text"))


def form_of(page: str, button: str) -> dict[str, str]:
    """The hidden fields of the form with this button."""
    (form,) = (one for one in page.split("<form")[1:] if button in one.partition("</form>")[0])
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.partition("</form>")[0]))


def test_a_partner_accepts_by_a_link_and_after_an_edit_sees_which_words_are_new(world: World, joint: str) -> None:
    base = f"/en/applications/{joint}"
    with client(world, "amman") as visitor, client(world, "signatory") as lead:
        page = visitor.get(base).text
        assert f'href="{base}/accept-text"' in page
        assert "You are writing your application" not in page
        asked = visitor.get(f"{base}/accept-text").text
        assert "What changed" not in asked
        form = form_of(asked, "Accept for")
        answers = [visitor.post(f"{base}/accept-text", data=form) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 303]
        assert ">Accepted<" in visitor.get(answers[0].headers["location"]).text
        assert visitor.get(f"{base}/accept-text").status_code == 409

        save(world, joint, flooded())
        assert "To accept again" in lead.get(base).text
        again = visitor.get(f"{base}/accept-text").text
        assert re.search(r"<del>.{1,80}short</del><ins>.{1,80}long</ins> text that says", again)
        stale = visitor.post(f"{base}/accept-text", data=form_of(again, "Accept for") | {"text": form["text"]})
        assert stale.status_code == 409
        assert "What changed since" in stale.text
        assert visitor.post(f"{base}/accept-text", data=form_of(again, "Accept for")).status_code == 303


def test_a_city_is_told_apart_from_another_of_the_same_name(world: World, joint: str) -> None:
    first, other = (city_called(world.fund, "Victoria", country) for country in ("CA", "SC"))
    amman, base = world.cities["Amman"], f"/en/applications/{joint}"
    save(world, joint, Applicant(title=TITLE, office="Youth office", beneficiaries=(amman, first)))
    with client(world, "amman") as visitor, client(world, "signatory") as lead:
        visitor.post(f"{base}/accept-text", data=form_of(visitor.get(f"{base}/accept-text").text, "Accept for"))
        save(world, joint, Applicant(title=TITLE, office="Youth office", beneficiaries=(amman, other)))
        again = visitor.get(f"{base}/accept-text").text
        assert re.search(r"Victoria, <del>.{1,80}CA</del><ins>.{1,80}SC</ins>", again)
        written = lead.get(f"{base}/sections/applicant").text
        assert "Victoria, SC" in written
        assert "Amman, JO" not in written


def test_a_city_is_found_by_what_is_written_for_it(world: World) -> None:
    homonym = c.RegisterCity(name_en="Port", kind="municipality", country="SC", relation="listed", source="test")
    more = [world.fund.handler.handle(homonym, by=OPERATOR).stream for _ in range(2)]
    world.fund.runner.catch_up()
    cities = (world.cities["Amman"], city_called(world.fund, "Victoria", "CA"), *more)
    names = ("Amman", "Victoria", "Port", "Port")
    written = [city_written(world.fund, id, name) for id, name in zip(cities, names, strict=True)]
    assert written == ["Amman", "Victoria, CA", *more]
    register = Register(lambda text, country: city_called(world.fund, text, country), str)
    assert tuple(map(register.id, written)) == cities


def test_only_its_signatory_is_asked_and_nobody_accepts_for_another_city(world: World, joint: str) -> None:
    base = f"/en/applications/{joint}"
    with client(world, "signatory") as lead, client(world, "stranger") as stranger:
        page = lead.get(base).text
        assert "Not accepted yet" in page
        assert f"{base}/accept-text" not in page
        assert lead.get(f"{base}/accept-text").status_code == 409
        proof = {"form": hidden(lead.get(f"{base}/withdraw").text)["form"], "command": "0" * 32}
        denied = lead.post(f"{base}/accept-text", data=proof | {"city": world.cities["Amman"], "text": "0" * 64})
        assert denied.status_code == 403
        assert stranger.get(f"{base}/accept-text").status_code == 404


def test_a_city_leaves_with_a_reason_and_sees_the_application_no_more(world: World, joint: str) -> None:
    base = f"/ar/applications/{joint}"
    with client(world, "amman") as visitor:
        form = hidden(visitor.get(f"{base}/leave").text) | {"city": world.cities["Amman"]}
        empty = visitor.post(f"{base}/leave", data=form | {"reason": " "})
        assert (empty.status_code, 'href="#reason"' in empty.text) == (422, True)
        assert visitor.post(f"{base}/leave", data=form | {"reason": "قرار المجلس"}).status_code == 303
        assert visitor.get(base).status_code == 404


def test_who_signs_for_two_cities_says_which_one_leaves(world: World) -> None:
    amman, victoria = world.cities["Amman"], world.cities["Victoria"]
    reference = of_oslo(world, TITLE, submit=False)
    save(world, reference, Applicant(title=TITLE, office="Youth office", beneficiaries=(amman, victoria)))
    both = c.ConfirmRepresentative(city=victoria, person=world.people["amman"], capacity="signatory", proof="letter")
    world.fund.handler.handle(both, by=OPERATOR)
    world.fund.runner.catch_up()
    base = f"/en/applications/{reference}"
    try:
        with client(world, "amman") as visitor:
            page = visitor.get(f"{base}/leave").text
            assert f'value="{amman}"' in page
            form = hidden(page) | {"reason": "The council said so"}
            unsaid = visitor.post(f"{base}/leave", data=form)
            assert (unsaid.status_code, 'href="#city"' in unsaid.text, 'href="#reason"' in unsaid.text) == (422, True, False)
            assert visitor.post(f"{base}/leave", data=form | {"city": victoria}).status_code == 303
            assert visitor.get(base).status_code == 200
    finally:
        ended = c.EndRepresentative(city=victoria, person=world.people["amman"], reason="x")
        world.fund.handler.handle(ended, by=OPERATOR)
        world.fund.runner.catch_up()
    left = world.fund.handler.load(file_called(world.fund, reference)).state
    assert left.invited_partners == (amman,)


def test_a_difference_names_what_is_kept_taken_and_added() -> None:
    assert difference("It floods twice", "It floods once a year") == (
        Part("kept", "It floods "),
        Part("taken", "twice"),
        Part("added", "once a year"),
    )
    assert difference("", "New") == (Part("added", "New"),)
    assert difference("Same\nlines", "Same\nlines") == (Part("kept", "Same\nlines"),)


def test_parts_of_two_questions_that_are_called_alike_are_told_apart() -> None:
    before = (Line(label="Evidence", texts=("A",), part_of="Minors?"), Line(label="Evidence", texts=("B",), part_of="Elections?"))
    now = (Line(label="Evidence", texts=("C",), part_of="Minors?"), before[1])
    assert changed(before, now) == (Changed(label="Minors? – Evidence", parts=(Part("taken", "A"), Part("added", "C"))),)
