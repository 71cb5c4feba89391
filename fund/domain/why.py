"""Why it was decided so: the rules that an outcome rests on, each with its version, its source and the facts it looked at.

Pure and worked out from the file, so that the answer is the same years later. What the reader may not see is not in the file that is
given, and so in no answer. Decision record 0027.
"""

from collections.abc import Callable, Mapping

import msgspec

from fund.domain import events as e
from fund.domain.application import Appeal, Application, Decision, HubOpinion, missing_sections
from fund.domain.programme import Check, Programme
from fund.domain.refusal import Refusal
from fund.domain.rules import ENGINE, RULE_BY_CODE, rule_of
from fund.domain.workflow import STEPS


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that an answer rests on.

    rule: `kind.code`, by which its title is found: `eligibility_check.E7`, `priority.P3`, `step.decline`, `own.separation`.
    version: that of the entry, of the catalogue or of the programme it was judged under; of the engine for the engine's own rules.
    source: where the rule comes from, as the programme says; empty for the engine's own.
    holds: whether it is met; None where it is not a matter of yes or no. facts: name -> what it looked at.
    """

    rule: str
    version: str
    source: str = ""
    holds: bool | None = None
    facts: dict[str, object] = {}


# ── An outcome ────────────────────────────────────────────────────────────────


def grounds(file: Application, programme: Programme) -> tuple[Ground, ...]:
    """What the decision in force rests on, in the order in which it was looked at, and how appeals were answered; nothing before that."""
    decision, answers = file.decision, _appeals(file, programme)
    if decision is None:
        return answers
    return (*(ground for part in PARTS[decision.outcome] for ground in part(file, decision, programme)), *answers)


Part = Callable[[Application, Decision, Programme], tuple[Ground, ...]]


def _failed(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    """In the version that each was answered under."""
    return tuple(_check(file, check, holds=False) for check in programme.checks if check.code in decision.checks)


def _met(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    return tuple(
        _check(file, check, holds=True) for check in programme.checks if (one := file.checks.get(check.code)) and one.result != "fail"
    )


def _check(file: Application, check: Check, *, holds: bool) -> Ground:
    recorded = file.checks.get(check.code)
    facts = {} if holds else lacking(file, check.fact) if check.fact else _evidence(recorded)
    version = recorded.rule if recorded else check.version
    return Ground(rule=f"eligibility_check.{check.code}", version=version, source=check.source, holds=holds, facts=facts)


def _evidence(recorded: e.CheckRecorded | None) -> dict[str, object]:
    """What a person saw who answered it, for those who may read that."""
    return {"evidence": recorded.evidence} if recorded and isinstance(recorded.evidence, str) else {}


def lacking(file: Application, fact: str) -> dict[str, object]:
    """What a machine's fact misses on this file: the cities it does not hold for, or the sections."""
    submission = file.submission
    if fact == "is_complete":
        return {"sections": missing_sections(file)}
    kept: Mapping[str, tuple[str, ...]] = {
        "lead_is_member": submission.members if submission else (),
        "beneficiaries_are_members": submission.members if submission else (),
        "attestation_is_current": submission.attested if submission else (),
        "territory_is_determined": submission.determined if submission else (),
    }
    against: Mapping[str, tuple[str, ...]] = {
        "no_award_runs": submission.awarded if submission else (),
        "no_report_is_overdue": submission.overdue if submission else (),
    }
    if fact in against:
        return {"cities": tuple(city for city in file.cities if city in against[fact])}
    if fact not in kept:
        return {}
    asked = file.cities[:1] if fact == "lead_is_member" else file.cities
    return {"cities": tuple(city for city in asked if city not in kept[fact])}


def cities_lacking(ground: Ground) -> tuple[str, ...]:
    """For which cities a check is not met, where that is a matter of single cities."""
    cities = ground.facts.get("cities")
    return cities if isinstance(cities, tuple) else ()


def _priorities(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    entries = {entry.code: entry for entry in programme.catalogue.priorities}
    return tuple(
        Ground(
            rule=f"priority.{found.priority}",
            version=programme.catalogue.version,
            source=entries[found.priority].source if found.priority in entries else "",
            holds=found.verdict == "aligned",
            facts={"verdict": found.verdict},
        )
        for found in file.findings
    )


def _points(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    rubric = programme.rubric
    if file.scored is None or rubric is None:
        return ()
    facts: dict[str, object] = {
        "points": file.scored.points, "pass_mark": rubric.pass_mark, "criterion": rubric.decisive, "minimum": rubric.minimum,
    }  # fmt: skip
    return (Ground(rule="own.rubric", version=file.scored.rubric, source=rubric.source, holds=file.scored.passed, facts=facts),)


def _line(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    placed, rubric = file.placed, programme.rubric
    if placed is None or rubric is None:
        return ()
    facts: dict[str, object] = {"place": placed.place, "files": placed.files}
    return (Ground(rule="own.line", version=rubric.version, source=rubric.source, holds=placed.above, facts=facts),)


def _opinions(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    return tuple(ground for asked in file.opinions.values() if (ground := _opinion(asked, programme)))


def _opinion(asked: HubOpinion, programme: Programme) -> Ground | None:
    """What was said, and by which rule it weighs as it does; silence by the rule on silence."""
    consultation, rule = programme.consultation, f"hub.{asked.hub}"
    if asked.opinion and asked.opinion in consultation.opinions:
        weight = consultation.opinions[asked.opinion]
        return Ground(rule=rule, version=programme.version, source=weight.source, facts={"opinion": asked.opinion})
    if asked.deemed:
        silence = consultation.silence
        return Ground(rule=rule, version=programme.version, source=silence.source, facts={"meaning": silence.means, "due": asked.due})
    return None


def _second(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    """Why two approved it."""
    large = programme.limits.two_approvers_from
    if decision.first is None or large is None or not programme.limits.needs_two(decision.currency, decision.amount):
        return ()
    facts: dict[str, object] = {"amount": large.amount[decision.currency], "currency": decision.currency}
    return (Ground(rule="own.two_approvers", version=programme.version, source=large.source, holds=True, facts=facts),)


def _judged(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    """By the rules of its track a person decides, after those who read it."""
    track = programme.track(file.track)
    return (Ground(rule=f"track.{track.code}", version=programme.version, source=track.source),)


def _waits(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    """What is waited for, and by which clock it is looked at again at the latest."""
    kind = "waiting_list" if decision.outcome == "waiting_list" else "deferral"
    clock = programme.track(file.track).clocks[kind]
    facts: dict[str, object] = {"until": decision.until, "review": decision.review}
    if decision.amount:
        facts |= {"amount": decision.amount, "currency": decision.currency}
    known = {name: value for name, value in facts.items() if value is not None}
    return (Ground(rule=f"own.{kind}", version=programme.version, source=clock.source, facts=known),)


def _referred(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    catalogue = programme.catalogue
    source = next((one.source for one in catalogue.modalities if one.code == decision.modality), "")
    return (Ground(rule=f"modality.{decision.modality}", version=catalogue.version, source=source),)


def _ended_early(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    """After what was given up to then; why is for those who ended it to say."""
    if programme.awards is None:
        return ()
    facts: dict[str, object] = {"amount": decision.amount, "currency": decision.currency}
    return (Ground(rule="own.awards", version=programme.version, source=programme.awards.source, facts=facts),)


def _lapsed(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    source = programme.drafts.source if programme.drafts else ""
    return (Ground(rule="own.drafts", version=programme.version, source=source),) if source else ()


def _withdrawn(file: Application, decision: Decision, programme: Programme) -> tuple[Ground, ...]:
    return (Ground(rule="own.withdrawal", version=ENGINE),)


def _appeals(file: Application, programme: Programme) -> tuple[Ground, ...]:
    """Each whose answer has gone out, in the order of lodging: who appealed, what the answer is and why."""
    rules = programme.track(file.track).appeals
    return tuple(
        Ground(rule="own.appeals", version=programme.version, source=rules.source if rules else "", facts=_answer(appeal))
        for appeal in file.appeals
        if appeal.answered_at and appeal.told
    )


def _answer(appeal: Appeal) -> dict[str, object]:
    facts: dict[str, object] = {"number": appeal.number, "city": appeal.city, "reasons": appeal.reasons}
    return facts | ({"inadmissible": appeal.against} if appeal.outcome == "not_admitted" else {"appeal_outcome": appeal.outcome})


READ = (_priorities, _points, _line, _opinions)
PARTS: Mapping[e.Outcome, tuple[Part, ...]] = {
    "approved": (_met, *READ, _second, _judged),
    "approved_with_conditions": (_met, *READ, _second, _judged),
    "declined": (*READ, _judged),
    "deferred": (*READ, _waits, _judged),
    "waiting_list": (*READ, _waits, _judged),
    "referred": (*READ, _referred, _judged),
    "ineligible": (_failed,),
    "withdrawn": (_withdrawn,),
    "terminated": (_ended_early, _judged),
    "lapsed": (_lapsed,),
}
"""Outcome -> what it rests on."""


# ── A refused step ────────────────────────────────────────────────────────────


def refused_on(refused: Refusal, programme: Programme) -> tuple[Ground, ...]:
    """The rules that said no: of several failed checks each, else the one that the code belongs to."""
    checks = refused.about.get("checks")
    if isinstance(checks, tuple) and (named := tuple(check for check in programme.checks if check.code in checks)):
        return tuple(Ground(rule=f"eligibility_check.{one.code}", version=one.version, source=one.source) for one in named)
    rule = rule_of(refused, programme)
    return (Ground(rule=rule.rule, version=rule.version, source=rule.source, facts=facts_of(refused)),)


def facts_of(refused: Refusal) -> dict[str, object]:
    """What the rule looked at: the values that the refusal speaks of, and where the file stands, for those who may know of it."""
    known = refused.judged and refused.judged.stage and RULE_BY_CODE.get(refused.code) != "access"
    where: dict[str, object] = {"stage": refused.judged.stage} if refused.judged and known else {}
    return {**where, **{name: value for name, value in refused.about.items() if name != "command"}}


def open_at(verb: str) -> tuple[str, ...]:
    """Stages in which a step is open: what a file that is elsewhere must come to."""
    return tuple(str(stage) for step in STEPS.values() if step.verb == verb for stage in step.at)
