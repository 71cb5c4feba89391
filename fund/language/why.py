"""Why, in words: the rules that an outcome or a refusal rests on, what they looked at, and what would change the answer."""

from collections.abc import Iterable

import msgspec

from fund.domain.application import Decision
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.rules import RULE_BY_CODE
from fund.domain.why import Ground, open_at, refused_on
from fund.language.catalogues import N_, message
from fund.language.forms import Look, worded
from fund.language.telling import AMOUNTS, Telling, amounts_of, remedy, terms_of
from fund.language.words import FIELDS

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
    "files": N_("Applications"),
    "opinion": N_("Opinion"),
    "meaning": N_("Meaning of silence"),
    "due": N_("Due"),
    "amount": N_("Amount"),
    "until": N_("Put off until"),
    "review": N_("Looked at again by"),
    "cities": N_("Not met for"),
    "sections": N_("Sections missing"),
    "stage": N_("Stage now"),
    "appeal_outcome": N_("Answer to the appeal"),
    "application": N_("Application"),
    "assessors": N_("Assessors"),
    "available": N_("Available"),
    "balance": N_("What is left"),
    "because": N_("Rule that says no"),
    "bytes": N_("Size"),
    "calendar": N_("Calendar of working days"),
    "column": N_("Column"),
    "count": N_("How many"),
    "criteria": N_("Criteria"),
    "date": N_("Day"),
    "differs": N_("What differs"),
    "digits": N_("Digits after the point"),
    "duty": N_("Earlier part in it"),
    "earlier": N_("Earlier line"),
    "earmarks": N_("What the rest is for"),
    "expected": N_("Expected"),
    "fallback": N_("Track to move to"),
    "given": N_("Given"),
    "impacts": N_("Overall impacts"),
    "inadmissible": N_("Why it cannot be heard"),
    "last": N_("Latest day"),
    "latest": N_("Latest day"),
    "length": N_("Length"),
    "limit": N_("Limit"),
    "line": N_("Line"),
    "name": N_("Name"),
    "numbers": N_("Numbers"),
    "path": N_("File"),
    "policy": N_("Version"),
    "proposed": N_("Proposed"),
    "reason": N_("Rule that says no"),
    "requested": N_("Asked for"),
    "safeguard_questions": N_("Questions about safeguards"),
    "stale": N_("What has changed"),
    "track": N_("Track"),
    "valid_to": N_("In force until"),
    "value": N_("What was given"),
    "view": N_("View"),
    "years": N_("Years"),
}
"""What a rule looked at -> what it is called, where no field of a form is called so."""

CODES_OF_RULES = ("because", "reason")
"""Values that are codes of refusals themselves, told by the title of their rule."""

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


def grounds_told(
    locale: str, grounds: Iterable[Ground], programme: Programme, names: Look, timezone: str, amounts: frozenset[str] = AMOUNTS
) -> list[GroundTold]:
    """In the reader's language, and in the programme's words. timezone: where days are counted. amounts: facts that are money."""
    terms = terms_of(programme, locale)
    telling = Telling(locale, names, terms, timezone)
    return [
        GroundTold(
            rule=one.rule,
            title=_title(locale, one.rule, terms),
            version=one.version,
            source=programme.told_source(one.source, locale) if one.source else message(locale, ENGINES),
            holds=one.holds,
            facts=_facts(one, telling, amounts),
        )
        for one in grounds
    ]


def _title(locale: str, rule: str, terms: Look) -> str:
    kind, _, code = rule.partition(".")
    return worded(locale, OWN[code], terms) if kind == "own" else terms(rule)


def _facts(ground: Ground, telling: Telling, amounts: frozenset[str]) -> list[FactTold]:
    """Those that can be told and have a label; a currency is told with its amount, if there is one."""
    told = telling.fields(ground.facts, amounts) | _rules(ground, telling)
    with_amount = not amounts.isdisjoint(told)
    labels = {name: label_of(telling.locale, name, telling.terms) for name in told if name != "currency" or not with_amount}
    return [FactTold(name=name, label=label, value=told[name]) for name, label in labels.items() if label]


def label_of(locale: str, name: str, terms: Look) -> str | None:
    """What a fact is called. A code is no label: without one the fact is not told."""
    words = LABELS.get(name) or FIELDS.get(name)
    return worded(locale, words, terms) if words else None


def _rules(ground: Ground, telling: Telling) -> dict[str, str]:
    rules = {name: RULE_BY_CODE.get(str(ground.facts[name])) for name in CODES_OF_RULES if name in ground.facts}
    return {name: worded(telling.locale, OWN[rule], telling.terms) for name, rule in rules.items() if rule}


# ── What would change it ──────────────────────────────────────────────────────


def refused_told(locale: str, refused: Refusal, programme: Programme, names: Look, timezone: str) -> list[GroundTold]:
    return grounds_told(locale, refused_on(refused, programme), programme, names, timezone, amounts_of(refused))


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
