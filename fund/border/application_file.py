"""An application as one JSON file: what `fund apply` takes and `fund schema application` describes."""

import json
from typing import Any

import msgspec
from pydantic import Field, create_model

from fund.border.bodies import Body, section_body, validated
from fund.domain import commands as c
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.sections import SECTIONS, WHERE_ASKED, AnySection, section_name

_FIELDS: dict[str, Any] = {
    section_name(kind): (section_body(kind) | None, None) if kind in WHERE_ASKED else (section_body(kind), ...) for kind in SECTIONS
}
SectionsBody = create_model("SectionsBody", __base__=Body, **_FIELDS)


class ApplicationFile(Body):
    """`city`: its id, or its English or local name, with `country` where the name alone is not enough."""

    city: str = Field(min_length=1, max_length=200)
    country: str | None = Field(default=None, pattern="^[A-Z]{2}$")
    language: str = Field(pattern="^[a-z]{2}$")
    representative: str | None = Field(default=None, description="Id of the confirmed signatory; the city's only one where it is left out.")
    sections: SectionsBody


def read(content: bytes) -> dict[str, Any]:
    """The file as plain values. Refusal text.encoding, json.malformed, or what the field at fault deserves."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("text.encoding") from None
    return validated(ApplicationFile, parse(text))


def parse(text: str) -> object:
    """JSON without repeated names, infinities or depth without end. Refusal json.malformed."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refusal("json.malformed") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a name is repeated")
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise ValueError(name)


def commands(content: dict[str, Any], city: str, *, submit: bool = True) -> tuple[c.Command, ...]:
    """Start, save every section, submit: for one commit, so that a refused file leaves nothing behind."""
    saves = (c.SaveSection(application="", section=section) for section in sections(content))
    last = (c.SubmitApplication(application=""),) if submit else ()
    return (c.StartApplication(city=city, language=content["language"]), *saves, *last)


def is_joint(content: dict[str, Any], programme: Programme) -> bool:
    """Whether other cities must accept the text before it is submitted."""
    applicant, rule = content["sections"]["applicant"], programme.consent
    return rule is not None and bool(applicant["beneficiaries"] or (rule.asked_of == "everybody" and applicant["observers"]))


def sections(content: dict[str, Any]) -> tuple[AnySection, ...]:
    there = [name for name in map(section_name, SECTIONS) if content["sections"].get(name)]
    tagged = [content["sections"][name] | {"section": name} for name in there]
    return msgspec.convert(tagged, type=tuple[AnySection, ...])
