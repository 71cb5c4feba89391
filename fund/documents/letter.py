"""A decision letter: everything it says, as plain data, and that data as HTML.

The same context and wording give the same HTML on every machine: nothing here reads a clock, a locale or a setting.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from fund.documents.typography import (
    Money,
    clean,
    direction_of,
    in_arabic_script,
    isolate,
    paragraphs,
    written_date,
    written_hundredths,
    written_money,
)
from fund.documents.wording import AWARD_KEYS, LAPSE_KEYS, ROUND_KEYS, WORDING_KEYS, Said, fill, missing_words, wording_of
from fund.domain.events import LetterOutcome, Mode
from fund.resources import resource

__all__ = ["WORDING_KEYS", "LetterContext", "Money", "missing_words", "render_html", "wording_of"]

SPECIMEN = "SPECIMEN"
"""On every page of a letter from demonstration data, in every language, before the language's own word."""


class Priority(msgspec.Struct, frozen=True, kw_only=True):
    """verdict: the finding in words. reason: why, in words that name nobody. number: as the strategy prints it; "" for none.

    source: where the priority stands, told where it was not served or the city is refused.
    """

    code: str
    title: str
    verdict: str
    reason: str
    number: str = ""
    source: str = ""


class ScoreLine(msgspec.Struct, frozen=True, kw_only=True):
    """One criterion of a round. points: x100. meaning: what the rubric says of this mark, or of those just below and above it."""

    title: str
    points: int
    weight: int
    meaning: tuple[str, ...]


class Scoring(msgspec.Struct, frozen=True, kw_only=True):
    """What a round came to. points: x100. decisive: the criterion with a minimum of its own. place: only where it is published."""

    lines: tuple[ScoreLine, ...]
    points: int
    pass_mark: int
    decisive: str
    minimum: int
    round: str
    place: int | None = None
    files: int | None = None


class FailedCheck(msgspec.Struct, frozen=True, kw_only=True):
    """reason: of one check. version, source: of the rule. cities: for which it is not met, where that is a matter of single cities."""

    code: str
    title: str
    reason: str
    version: str = ""
    source: str = ""
    cities: tuple[str, ...] = ()


class ConditionLine(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    due: date
    owner: str
    proof: str


class TrackMove(msgspec.Struct, frozen=True, kw_only=True):
    """A file left one track for another. All in words."""

    left: str
    track: str
    why: str


class HubAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What a hub that was asked said, of which the programme words what an applicant is told. hub: its title.

    due: where it let its time pass. centre: whether the deciding office answered in its place.
    """

    hub: str
    said: Said
    due: date | None = None
    centre: bool = False


class Coordination(msgspec.Struct, frozen=True, kw_only=True):
    """How a hub takes part in delivery. hub: its title; "" where no hub does."""

    mode: Mode
    hub: str = ""
    reason: str = ""


class Deferral(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that was put off until a day, or until what it awaits has happened; `review`: at the latest."""

    until: date | None = None
    awaits: str = ""
    review: date


class WaitingList(msgspec.Struct, frozen=True, kw_only=True):
    """What money is waited for, and when a person looks again at the latest."""

    amount: Money
    review: date


class Referral(msgspec.Struct, frozen=True, kw_only=True):
    """Where a city can turn instead. modality: its title; passed_on: what the fund hands over."""

    modality: str
    turn_to: str
    passed_on: str


class AppealRoute(msgspec.Struct, frozen=True, kw_only=True):
    """How a city appeals: within `days` days of opening the letter, which counts as delivered on `deemed`; `last`: the last day then."""

    days: int
    deemed: date
    last: date


class Appealed(msgspec.Struct, frozen=True, kw_only=True):
    """The appeal that a letter answers: lodged on a day, against the decision in the letter of a day."""

    lodged_on: date
    letter_of: date


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """By when the city accepts what it is granted, and by when it reports on it; both days included."""

    accept_by: date
    report_by: date


class LetterContext(msgspec.Struct, frozen=True, kw_only=True):
    """All that one letter prints, opened and in plain text. No person of a hub and no assessor is ever named in it."""

    language: str
    direction: Literal["ltr", "rtl"]
    specimen: bool
    reference: str
    outcome: LetterOutcome
    programme: str
    network: str
    signatory_office: str
    city_name: str
    """In Latin letters."""
    city_local_name: str = ""
    """In the city's own script; "" where it is the same."""
    addressee_office: str
    submitted_on: date
    decided_on: date
    issued_on: date
    track: str
    """Of the decision, in words."""
    track_source: str = ""
    """Where the rules of the track come from, told where the city is refused."""
    moves: tuple[TrackMove, ...] = ()
    title: str
    """Of the application, in the city's words."""
    amount: Money | None = None
    """Value of the support in kind."""
    formats: tuple[str, ...] = ()
    scope: Literal["design", "delivery", "design_and_delivery"] | None = None
    days: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    beneficiaries: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    """Cities that take part and do not benefit."""
    results: tuple[str, ...] = ()
    coordination: Coordination | None = None
    peers: tuple[str, ...] = ()
    no_peers_reason: str = ""
    priorities: tuple[Priority, ...] = ()
    scoring: Scoring | None = None
    dense: bool = False
    """Whether tables stand closely: a refusal has two pages."""
    tight: bool = False
    """Whether the letters are smaller besides, as much is said."""
    opinions: tuple[HubAnswer, ...] = ()
    conditions: tuple[ConditionLine, ...] = ()
    reasons: tuple[str, ...] = ()
    failed_checks: tuple[FailedCheck, ...] = ()
    what_would_change: tuple[str, ...] = ()
    deferral: Deferral | None = None
    waiting_list: WaitingList | None = None
    referral: Referral | None = None
    appealed: Appealed | None = None
    appeal: AppealRoute | None = None
    offer: Offer | None = None
    spent: Money | None = None
    """Value of the support that was given before it ended early."""
    replaces: date | None = None
    """The day of the letter whose decision this one takes the place of."""
    feedback: str = ""
    """Replaces the programme's own text about questions and feedback."""
    publication: Literal["agreed", "not_agreed", "none"] = "none"
    catalogue_version: str
    policy_version: str
    template_version: str

    @property
    def granted(self) -> bool:
        return self.outcome in ("approved", "approved_with_conditions")

    @property
    def city(self) -> str:
        """The name a sentence uses: the city's own where the letter is in its script, else the Latin one."""
        own = self.direction == "rtl" and in_arabic_script(self.city_local_name)
        return self.city_local_name if own else self.city_name

    @property
    def city_other_name(self) -> str:
        """The other name, shown below the first in the address; "" if there is none."""
        other = self.city_name if self.city == self.city_local_name else self.city_local_name
        return "" if other == self.city else other


def render_html(context: LetterContext, wording: Mapping[str, str]) -> str:
    """The letter as HTML for the renderer. `wording`: `wording_of(programme, context.language)`. ValueError if a text is missing."""
    problems = missing_words(wording) + (missing_words(wording, ROUND_KEYS) if context.scoring else ())
    problems += missing_words(wording, LAPSE_KEYS) if context.outcome == "lapsed" else ()
    problems += missing_words(wording, AWARD_KEYS) if context.offer or context.outcome == "terminated" else ()
    if problems:
        raise ValueError(f"the letter in {context.language!r} has no words: " + "; ".join(problems))

    def say(key: str, **values: object) -> Markup:
        return fill(wording[key], values)

    def day(value: date) -> Markup:
        return isolate(written_date(value, context.language))

    def points(value: int) -> Markup:
        return Markup('<bdi dir="ltr" class="figure">{}</bdi>').format(written_hundredths(value, context.language))

    def money(value: Money) -> Markup:
        return Markup('<bdi dir="ltr" class="figure">{}</bdi>').format(written_money(value, context.language))

    return _template().render(letter=context, say=say, day=day, money=money, points=points, specimen=_banner(wording))


def _banner(wording: Mapping[str, str]) -> str:
    own = wording["specimen"]
    words = (SPECIMEN, wording["specimen_note"]) if own == SPECIMEN else (SPECIMEN, own, wording["specimen_note"])
    return " \u00b7 ".join(words)


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=FileSystemLoader(resource("templates", "letters")),
        finalize=lambda value: value if isinstance(value, Markup) else clean(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"bdi": isolate, "paragraphs": paragraphs, "direction": direction_of}
    return environment


@cache
def _template() -> Template:
    return _environment().get_template("letter.html")
