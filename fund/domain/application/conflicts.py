"""Conflicts of interest on a file, and what they undo."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.experts import answered
from fund.domain.application.file import Application
from fund.domain.application.matters import Conflict
from fund.domain.application.moving import Changes, moved
from fund.domain.application.stage import Stage

Fact = e.ConflictDeclared | e.ConflictEnded | e.LookedAgain


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ConflictDeclared():
            return _conflicted(file, event, actor)
        case e.ConflictEnded():
            return {"conflicts": _conflict(file, event.number, ended=True)}
        case e.LookedAgain():
            return {"conflicts": _conflict(file, event.number, settled=True)}


def _conflict(file: Application, number: int, **changes: object) -> tuple[Conflict, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.said.number == number else one for one in file.conflicts)


def _conflicted(file: Application, event: e.ConflictDeclared, by: str) -> Changes:
    """Whoever is kept out has no task any more; what they did that is done again stands no more, nor what was built on it."""
    conflicts: Changes = {"conflicts": (*file.conflicts, Conflict(by=by, said=event))}
    out = _without_person(file, event.person) if event.effect == "recuse" else {}
    return conflicts | out | _done_again(file, event)


def _without_person(file: Application, person: str) -> Changes:
    assessed = person in file.assessors
    return {
        "assessors": tuple(one for one in file.assessors if one != person),
        "released": (*file.released, person) if assessed else file.released,
        "override": None if _proposed_override(file, person) else file.override,
        "moderator": "" if file.moderator == person else file.moderator,
        "moderator_clock": None if file.moderator == person else file.moderator_clock,
        "invited": answered(file, person, accepted=False, ended=True),
    }


def _proposed_override(file: Application, person: str) -> bool:
    """Two people set a refusal aside, and this would be one of them."""
    proposed = [act.by for act in file.acts if act.event == e.OverrideProposed.name]
    return bool(proposed) and person in proposed[-1]


def _done_again(file: Application, event: e.ConflictDeclared) -> Changes:
    undecided: Changes = {"approval": None, "otherwise": None}
    unproposed = undecided | {"proposal": None}
    unscored = unproposed | {"coordination": None, "moderated": None, "scored": None}
    match event.redone:
        case "assessment":
            assessments = tuple(one for one in file.assessments if one.assessor != event.person)
            scores = tuple(one for one in file.scores if one.assessor != event.person)
            unjudged = {"assessments": assessments, "scores": scores, "findings": (), "moderation": None}
            return unscored | unjudged | _back(file, event, Stage.ASSESSMENT)
        case "moderation":
            return unscored | _back(file, event, Stage.MODERATION)
        case "proposal":
            return unproposed | _back(file, event, Stage.PROPOSAL)
        case "approval":
            return undecided
        case "admission":
            return _back(file, event, Stage.APPEAL_LODGED)
    return {}


def _back(file: Application, event: e.ConflictDeclared, stage: Stage) -> Changes:
    """What is suspended stays so, and goes on there."""
    if file.held and stage is not file.held.stage:
        return {"held": msgspec.structs.replace(file.held, back_to=stage)}
    return moved(stage, event) if event.due else {}
