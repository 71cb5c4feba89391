"""Why, for whoever asks at a border: of a file as its reader may see it, or of a refusal."""

import msgspec

from fund.border.naming import Names, hubs_named
from fund.border.opening import Fund
from fund.domain import why
from fund.domain.application import Application, Decision
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.language.why import GroundTold, grounds_told, refused_told, would_allow, would_decide_otherwise


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """Which rules said so, and what would change it."""

    grounds: list[GroundTold]
    would_change: list[str]


class WhyDecided(msgspec.Struct, frozen=True, kw_only=True):
    """Of a file: its decision in force, by which version of the programme, and why. `outcome` is null before there is one."""

    reference: str
    outcome: str | None
    decided_at: str | None
    policy: str
    reasons: list[str]
    grounds: list[GroundTold]
    would_change: list[str]


def why_decided(fund: Fund, seen: Application, locale: str) -> WhyDecided:
    """seen: the file as the reader may see it."""
    programme, names, decision = fund.handler.programme_of(seen), Names(fund, locale), seen.decision
    timezone = _timezone(programme, seen.track)
    return WhyDecided(
        reference=seen.reference,
        outcome=decision.outcome if decision else None,
        decided_at=decision.at.isoformat() if decision else None,
        policy=programme.version,
        reasons=_reasons(decision) if decision else [],
        grounds=grounds_told(locale, why.grounds(seen, programme), programme, names, timezone),
        would_change=would_decide_otherwise(locale, decision, programme, names, timezone) if decision else [],
    )


def _reasons(decision: Decision) -> list[str]:
    """As the letter prints them: one reason goes with a finding of ineligibility. What is closed to the reader is none."""
    reason = [decision.reason] if isinstance(decision.reason, str) and decision.reason else []
    return [*decision.reasons, *reason]


HOLDS = {True: "+", False: "-", None: " "}


def told_why(told: WhyDecided) -> list[str]:
    """As lines for a terminal: each rule with what it looked at and where it comes from; + is met, - is not."""
    lines = [f"{told.reference}  {told.outcome or 'not decided'}  ({told.policy})"]
    for ground in told.grounds:
        lines.append(f"  {HOLDS[ground.holds]} {ground.title}  [{ground.rule}, {ground.version}]")
        lines += [f"      {fact.label}: {fact.value}" for fact in ground.facts]
        lines.append(f"      {ground.source}")
    return [*lines, *(f"  > {change}" for change in told.would_change)]


def why_refused(fund: Fund, refused: Refusal, locale: str) -> Why:
    """By the programme that it was judged under. Ids stand as they are, but for hubs, which the programme names: nothing is looked up,
    so that it can be told at any time."""
    judged = refused.judged
    programme = (fund.handler.judging(judged.policy) if judged else None) or fund.programme
    timezone = _timezone(programme, judged.track if judged else None)
    names = hubs_named(programme, locale)
    return Why(
        grounds=refused_told(locale, refused, programme, names, timezone),
        would_change=would_allow(locale, refused, programme, names, timezone),
    )


def _timezone(programme: Programme, track: str | None) -> str:
    return programme.calendars[programme.track(track).calendar].timezone
