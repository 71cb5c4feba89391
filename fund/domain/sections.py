"""The parts of the application form, saved one by one. The form shapes the facts: one struct a section, one field a question."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Literal

import msgspec

from fund.domain.event import Internal, Public, Restricted


class Section(msgspec.Struct, frozen=True, kw_only=True, tag_field="section"):
    """One section of the form."""


class Applicant(Section, frozen=True, kw_only=True, tag="applicant"):
    """Who applies with the lead city, and who in it looks after the file."""

    title: Internal[str]
    beneficiaries: Internal[tuple[str, ...]] = ()
    """Ids of the other cities that would benefit."""
    observers: Internal[tuple[str, ...]] = ()
    """Ids of cities that take part in activities and do not benefit; they need not be members."""
    office: Internal[str]
    """The office that runs the work, never a person's name."""


class Need(Section, frozen=True, kw_only=True, tag="need"):
    """What is wrong, how the city knows, who is affected, and what the city may and does already do."""

    problem: Restricted
    evidence: Restricted
    affected: Restricted
    mandate: Restricted


class Support(Section, frozen=True, kw_only=True, tag="support"):
    """What is asked for: design, delivery or both; the formats; days, people, languages, and the window."""

    design: Public[bool]
    delivery: Public[bool]
    formats: Public[tuple[str, ...]]
    days: Public[int]
    participants: Internal[int]
    languages: Internal[tuple[str, ...]]
    starts_on: Internal[date]
    ends_on: Internal[date]
    description: Restricted


class Argument(msgspec.Struct, frozen=True, kw_only=True):
    """Why the request serves one strategic priority."""

    priority: Public[str]
    reason: Restricted


class Alignment(Section, frozen=True, kw_only=True, tag="alignment"):
    """One primary priority and up to two secondary ones, each argued; the results it works towards."""

    primary: Argument
    secondary: tuple[Argument, ...] = ()
    results: Public[tuple[str, ...]]

    @property
    def priorities(self) -> tuple[str, ...]:
        return (self.primary.priority, *(argument.priority for argument in self.secondary))


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """How a result will be seen. The baseline may be the first activity."""

    name: Internal[str]
    baseline: Internal[str]
    target: Internal[str]
    measured_by: Internal[str]


class Results(Section, frozen=True, kw_only=True, tag="results"):
    """Indicators, what remains after the support, and what may be shared with the network."""

    indicators: tuple[Indicator, ...]
    sustainability: Restricted
    sharing: Restricted


class Resources(Section, frozen=True, kw_only=True, tag="resources"):
    """What it would cost, in minor units, and what the city itself brings (nothing is allowed)."""

    amount: Internal[int]
    currency: Internal[str]
    own_contribution: Restricted = ""
    other_funders: Restricted = ""
    publication: Internal[bool]
    """Whether the city agrees that the award is published."""


SafeguardSaid = Literal["yes", "no", "unknown"]


class SafeguardAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the city says to one question about the harm that the support could do, and how it knows."""

    question: Internal[str]
    answer: Internal[SafeguardSaid]
    text: Restricted = ""
    evidence: Restricted = ""


class Safeguards(Section, frozen=True, kw_only=True, tag="safeguards"):
    """Who takes part, by age, and what the support could bring about. The programme says what is asked, if anything."""

    ages: Internal[tuple[str, ...]] = ()
    answers: tuple[SafeguardAnswer, ...] = ()
    data_protection: Restricted = ""
    """How what is learnt about people is kept, where the answers ask for it."""


AnySection = Applicant | Need | Support | Alignment | Safeguards | Results | Resources

SECTIONS: tuple[type[Section], ...] = (Applicant, Need, Support, Alignment, Safeguards, Results, Resources)
"""In the order in which the form asks for them."""

WHERE_ASKED: tuple[type[Section], ...] = (Safeguards,)
"""Sections that a form has where the programme asks for them."""

TEXT_LIMITS: dict[str, int] = {
    "applicant.title": 120,
    "applicant.office": 200,
    "need.problem": 2000,
    "need.evidence": 2000,
    "need.affected": 1000,
    "need.mandate": 1000,
    "support.description": 2000,
    "alignment.reason": 600,
    "safeguards.text": 1000,
    "safeguards.evidence": 600,
    "safeguards.data_protection": 1000,
    "results.name": 200,
    "results.baseline": 200,
    "results.target": 200,
    "results.measured_by": 200,
    "results.sustainability": 1000,
    "results.sharing": 1000,
    "resources.own_contribution": 600,
    "resources.other_funders": 600,
}
"""Characters per text, by section and question. Borders and pages read it; nothing repeats it."""


def section_name(section: type[Section] | Section) -> str:
    """`need` for Need: the word in events, URLs, files and terms."""
    kind = section if isinstance(section, type) else type(section)
    return str(kind.__struct_config__.tag)


def section_digest(section: Section, salt: object = "") -> str:
    """SHA-256, lowercase hex, of the salt, a line break and the section as JSON: UTF-8, keys in order, no spaces, its tag included.

    Whoever may read the section may read the salt too, and so check what was accepted; without the salt a digest tells nothing.
    """
    return sha256(f"{salt}\n".encode() + msgspec.json.encode(section, order="sorted")).hexdigest()


def text_digest(digests: Mapping[str, object]) -> str:
    """Of a whole form: SHA-256 of one line a section, `name digest`, in the order of the form. Empty where nothing is saved."""
    lines = "".join(f"{name} {digests[name]}\n" for name in map(section_name, SECTIONS) if name in digests)
    return sha256(lines.encode()).hexdigest() if lines else ""
