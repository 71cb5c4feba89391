"""Whatever an applicant or a member of staff wrote is printed as text, and changes nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fund.documents.letter import ConditionLine, FailedCheck, LetterContext, Priority
from fund.documents.rendering import Renderer
from fund.documents.typography import clean, paragraphs
from tests.documents.reading import folded, read_pages
from tests.documents.samples import html, sample

HOSTILE = {
    "markup": '<script>alert(1)</script><img src="https://evil.example/x.png"><b>bold</b>',
    "attribute": '" onload="x" style=\'background:url(file:///etc/passwd)\'',
    "template": "{{ 7 * 7 }} {% include 'letter.css' %} {letter.__class__} {reference}",
    "stylesheet": "</style><link rel=attachment href=file:///etc/passwd><style>@import 'http://evil.example';",
    "entity": "&lt;b&gt; &amp;amp; &#x3c;i&#x3e; ]]> <!-- --> <?php ?>",
}


def filled(text: str, outcome: str = "approved_with_conditions", language: str = "en") -> LetterContext:
    """A letter with the text in every place that a person can write."""
    plain = sample(language, outcome)
    return sample(
        language,
        outcome,
        title=text,
        city_name=text,
        city_local_name=text + "!",
        addressee_office=text,
        reasons=(text, text),
        peers=(text,),
        what_would_change=(text,),
        feedback=text,
        priorities=(Priority(code="X", title=text, verdict=text, reason=text),),
        conditions=(ConditionLine(text=text, due=plain.decided_on, owner=text, proof=text),),
        failed_checks=(FailedCheck(code="X", title=text, reason=text),) if outcome == "ineligible" else (),
    )


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_printed_as_it_was_written(renderer: Renderer, kind: str) -> None:
    text = HOSTILE[kind]
    pages = read_pages(renderer.render(html(filled(text))))
    assert folded(text).replace(" ", "") in "".join(pages).replace(" ", "")
    assert b"evil.example" not in renderer.render(html(filled(text)))


def test_overrides_of_direction_and_controls_are_dropped() -> None:
    assert clean("a\u202eb\u2066c\u2069d\x00e\x1bf\ufeffg\ud800h\ue000i") == "abcdefghi"
    assert clean("می\u200cخواهم क\u200dष \u200e") == "می\u200cخواهم क\u200dष \u200e"
    body = html(filled("left \u202e thgir \u2067 isolate"))
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(body)


def test_a_very_long_text_without_a_space_stays_on_the_page(renderer: Renderer) -> None:
    pages = read_pages(renderer.render(html(sample(reasons=("x" * 10_000,)))))
    assert sum(page.count("x") for page in pages) >= 10_000


def test_a_long_text_in_every_place_is_printed_in_time(renderer: Renderer) -> None:
    assert len(read_pages(renderer.render(html(filled("A sentence of some length. " * 370))))) > 10


def test_line_breaks_of_the_writer_are_kept() -> None:
    assert paragraphs("one\ntwo\r\n\r\nthree\n\n\n") == '<p dir="ltr">one<br>two</p><p dir="ltr">three</p>'


@settings(max_examples=15, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_at_all_can_be_printed(renderer: Renderer, text: str) -> None:
    assert renderer.render(html(filled(text, language="ar"))).startswith(b"%PDF")
