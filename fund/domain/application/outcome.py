"""What every answer of the fund leaves in a file, and what falls with it."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Decision
from fund.domain.application.moving import Changes

Ending = (
    e.Approved
    | e.ApprovedWithConditions
    | e.Declined
    | e.Deferred
    | e.Referred
    | e.PutOnWaitingList
    | e.FoundIneligible
    | e.Withdrawn
    | e.Lapsed
    | e.AwardTerminated
)
OUTCOMES: dict[type[Ending], e.Outcome] = {
    e.Approved: "approved",
    e.ApprovedWithConditions: "approved_with_conditions",
    e.Declined: "declined",
    e.Deferred: "deferred",
    e.Referred: "referred",
    e.PutOnWaitingList: "waiting_list",
    e.FoundIneligible: "ineligible",
    e.Withdrawn: "withdrawn",
    e.Lapsed: "lapsed",
    e.AwardTerminated: "terminated",
}


def decided(file: Application, event: Ending, actor: str, at: datetime) -> Changes:
    taken = msgspec.structs.replace(decision(event, actor, at), otherwise=file.otherwise, first=file.approval)
    return {"decision": taken, "earlier": overtaken(file), "otherwise": None, "approval": None, "reserved": None, "held": None}


def overtaken(file: Application) -> tuple[Decision, ...]:
    return (*file.earlier, file.decision) if file.decision else file.earlier


def fallen(file: Application, back_to: e.BackTo, checks: tuple[str, ...], envelope: str | None = None) -> Changes:
    """What the decision that fell rested on, from the step on to which the file goes back, is open again; its round is over for it."""
    decision = file.decision
    by = {decision.by, *decision.hands, *((decision.first.by, *decision.first.hands) if decision.first else ())} if decision else set[str]()
    again: Changes = {
        "decision": None,
        "earlier": overtaken(file),
        "overturned": file.overturned | by,
        "reserved": envelope,
        "screen_again": True,
        "conflicts": tuple(msgspec.structs.replace(one, counts_again=True) for one in file.conflicts),
    }
    again |= {"proposal": None, "round": None, "sealed_until": None, "placed": None}
    if back_to == "eligibility":
        kept = {code: check for code, check in file.checks.items() if code not in checks}
        again |= {"checks": kept, "set_aside": file.set_aside | set(checks)}
    if back_to == "assessment":
        again |= {"assessors": (), "released": (*file.released, *file.assessors), "assessments": (), "findings": ()}
        again |= {"scores": (), "moderation": None, "moderated": None, "scored": None, "coordination": None}
    return again


def decision(event: Ending, actor: str, at: datetime) -> Decision:
    return msgspec.structs.replace(Decision(outcome=_outcome(event), by=actor, at=at), **_said(event))


def _outcome(event: Ending) -> e.Outcome:
    """A history may tell of an approval with conditions that has none."""
    bare = isinstance(event, e.ApprovedWithConditions) and not event.conditions
    return "approved" if bare else OUTCOMES[type(event)]


def _said(event: Ending) -> Changes:
    match event:
        case e.Approved():
            return {"reasons": event.reasons} | _money(event)
        case e.ApprovedWithConditions():
            return {"reasons": event.reasons, "conditions": event.conditions} | _money(event)
        case e.Declined():
            return {"reasons": event.reasons, "what_would_change": event.what_would_change}
        case e.Deferred():
            return {"reasons": event.reasons, "until": event.until, "awaits": event.awaits} | _review(event)
        case e.Referred():
            return {"reasons": event.reasons, "modality": event.modality, "turn_to": event.turn_to, "passed_on": event.passed_on}
        case e.PutOnWaitingList():
            return {"reasons": event.reasons} | _money(event) | _review(event)
        case e.AwardTerminated():
            return {"reasons": event.reasons, "amount": event.spent, "currency": event.currency}
        case e.FoundIneligible():
            return {"checks": event.checks, "reason": event.reason}
        case e.Withdrawn() | e.Lapsed():
            return {}


def _money(event: e.Approved | e.ApprovedWithConditions | e.PutOnWaitingList) -> Changes:
    return {"envelope": event.envelope, "amount": event.amount, "currency": event.currency}


def _review(event: e.Deferred | e.PutOnWaitingList) -> Changes:
    return {"review": event.review, "calendar": event.calendar}
