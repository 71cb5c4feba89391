"""Why, in words: the rules that an outcome or a refusal rests on, what they looked at, and what would change the answer."""

from collections.abc import Iterable

import msgspec

from fund.domain.application import Decision
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.why import Ground, open_at, refused_on
from fund.language.catalogues import N_, message
from fund.language.forms import Look, worded
from fund.language.telling import AMOUNTS, Telling, remedy, terms_of

OWN: dict[str, str] = {
    "limits": N_("Bounds of what can be asked for"),
    "two_approvers": N_("A second person approves large amounts"),
    "consent": N_("Consent of the cities that take part"),
    "questions": N_("Questions to the city, and the time to answer"),
    "exchange": N_("Exchange rates"),
    "membership": N_("Membership of cities"),
    "catalogue": N_("The strategy in force"),
    "rubric": N_("Scoring by the rubric"),
    "line": N_("The line of the round"),
    "track": N_("The track of the application"),
    "appeals": N_("Appeals, and the delivery of letters"),
    "drafts": N_("Applications that nobody submits"),
    "awards": N_("Awards, from their acceptance to their end"),
    "opinions": N_("What an opinion weighs"),
    "checks": N_("Eligibility checks"),
    "calendar": N_("Working days"),
    "conflicts": N_("Conflicts of interest"),
    "delegation": N_("Roles that are lent"),
    "emergency": N_("Emergency access"),
    "safeguards": N_("Safeguards against harm"),
    "deferral": N_("Putting a decision off"),
    "waiting_list": N_("The waiting list"),
    "withdrawal": N_("A city may withdraw at any time"),
    "order": N_("The order of the steps"),
    "separation": N_("Separation of duties"),
    "independence": N_("Independence of those who judge"),
    "reasons": N_("Every decision says why"),
    "money": N_("Nothing is promised that is not there"),
    "access": N_("Who may see and do what"),
    "register": N_("What the registers hold"),
    "adoption": N_("How rules come into force"),
    "form": N_("What an entry must look like"),
    "repeat": N_("Nothing is done twice"),
    "service": N_("The service itself"),
}
"""Rule of the engine, or a part of the programme that has no title of its own -> its title."""

ENGINES = N_("A rule of the engine, the same in every programme")

LABELS: dict[str, str] = {
    "verdict": N_("Finding"),
    "points": N_("Points"),
    "pass_mark": N_("Points needed"),
    "criterion": N_("Decisive criterion"),
    "minimum": N_("Lowest score on it"),
    "place": N_("Place"),
    "files": N_("Applications compared"),
    "opinion": N_("Opinion"),
    "meaning": N_("Meaning of silence"),
    "due": N_("Due"),
    "amount": N_("Amount"),
    "until": N_("Put off until"),
    "review": N_("Looked at again by"),
    "cities": N_("Not met for"),
    "sections": N_("Sections missing"),
    "stage": N_("Stage now"),
}
"""What a rule looked at -> what it is called."""

OPEN_AT = N_("This step is open at: {stages}.")
CHANGES: dict[str, str] = {
    "ineligible": N_("A new application in which this is met: {checks}."),
    "withdrawn": N_("A new application of the city, at any time."),
    "lapsed": N_("A new application of the city, at any time."),
    "deferred": N_("What is awaited, or the day on which the application is taken up again: {review} at the latest."),
    "waiting_list": N_("Money in the envelope for {amount}; the application is looked at again by {review}."),
    "referred": N_("A new application for something that the fund itself supports."),
    "terminated": N_("A new application of the city, once what ended this award no longer stands in the way."),
}
"""Outcome -> what would change it, where nobody said so in the decision."""


class FactTold(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a rule looked at. `name` is stable; `label` and `value` are for reading."""

    name: str
    label: str
    value: str


class GroundTold(msgspec.Struct, frozen=True, kw_only=True):
    """A rule behind an answer: `rule` is its stable code, `holds` whether it is met, null where that is no question."""

    rule: str
    title: str
    version: str
    source: str
    holds: bool | None
    facts: list[FactTold]


def grounds_told(locale: str, grounds: Iterable[Ground], programme: Programme, names: Look, timezone: str) -> list[GroundTold]:
    """In the reader's language, and in the programme's words. timezone: where days are counted."""
    terms = terms_of(programme, locale)
    telling = Telling(locale, names, terms, timezone)
    return [
        GroundTold(
            rule=one.rule,
            title=_title(locale, one.rule, terms),
            version=one.version,
            source=programme.told_source(one.source, locale) if one.source else message(locale, ENGINES),
            holds=one.holds,
            facts=_facts(locale, one, telling),
        )
        for one in grounds
    ]


def _title(locale: str, rule: str, terms: Look) -> str:
    kind, _, code = rule.partition(".")
    return worded(locale, OWN[code], terms) if kind == "own" else terms(rule)


def _facts(locale: str, ground: Ground, telling: Telling) -> list[FactTold]:
    """Those that can be told; a currency is told with its amount."""
    told = telling.fields(ground.facts, AMOUNTS)
    return [
        FactTold(name=name, label=message(locale, LABELS[name]) if name in LABELS else name, value=value)
        for name, value in told.items()
        if name != "currency"
    ]


# ── What would change it ──────────────────────────────────────────────────────


def refused_told(locale: str, refused: Refusal, programme: Programme, names: Look, timezone: str) -> list[GroundTold]:
    return grounds_told(locale, refused_on(refused, programme), programme, names, timezone)


def would_allow(locale: str, refused: Refusal, programme: Programme, names: Look, timezone: str) -> list[str]:
    """What would change a refusal: the stages in which the step is open, where that is the matter; and what its sentence says to do."""
    terms = terms_of(programme, locale)
    advice = remedy(locale, refused, names, terms, timezone)
    if refused.code != "workflow.not_now" or refused.judged is None:
        return [advice]
    stages = Telling(locale, names, terms, timezone).fields({"stage": list(open_at(refused.judged.verb))})
    return [worded(locale, OPEN_AT, terms, stages=stages["stage"]), advice] if stages else [advice]


def would_decide_otherwise(locale: str, decision: Decision, programme: Programme, names: Look, timezone: str) -> list[str]:
    """What the decision itself names; else what its kind says. Nothing where the city got what it asked for."""
    if decision.what_would_change:
        return list(decision.what_would_change)
    if decision.outcome not in CHANGES:
        return []
    terms = terms_of(programme, locale)
    facts = {name: getattr(decision, name) for name in ("checks", "review", "amount", "currency")}
    told = Telling(locale, names, terms, timezone).fields(facts)
    return [worded(locale, CHANGES[decision.outcome], terms, **told)]
