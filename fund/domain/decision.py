"""Rules of the decision and the letter. An approval commits its money in the same commit; where two approve, with the second.

An approver may decide otherwise than proposed, and says why. They may lower a proposed amount and never raise it: a higher one is
proposed anew. Where no amount was proposed, what was asked for is the bound.
"""

import msgspec

from fund.domain import appeal, competition, coordination, delivery, mitigation, offer, opinion, release, safeguards, track, window
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import AppealEnd, Application
from fund.domain.award import Award, award, committed, first_award, needs_two
from fund.domain.brevity import CHANGES, DECLINED, check_brief
from fund.domain.deferral import ended, review, spare
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.money import Money
from fund.domain.otherwise import Ruling, as_ruled
from fund.domain.proposal import aligned, check_conditions, check_modality
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something

Decided = tuple[Event | On, ...]


# ── Approving ─────────────────────────────────────────────────────────────────


def may_approve(file: Application, facts: Facts) -> None:
    _may_grant(file, facts)
    if file.approval and file.approval.given.conditions:
        raise Refusal("decision.confirm_conditions")


def may_approve_with_conditions(file: Application, facts: Facts) -> None:
    _may_grant(file, facts)
    if file.approval and not file.approval.given.conditions:
        raise Refusal("decision.confirm_without_conditions")


def _may_grant(file: Application, facts: Facts) -> None:
    _could_be_granted(file, facts)
    window.may_be_granted(file, facts)
    if file.approval and facts.actor.id in (file.approval.by, *file.approval.hands):
        raise Refusal("decision.second_person")


def approve(file: Application, command: c.Approve, facts: Facts) -> Decided:
    return _granted(file, award(file, command, (), facts), command, facts)


def approve_with_conditions(file: Application, command: c.ApproveWithConditions, facts: Facts) -> Decided:
    if not command.conditions:
        raise Refusal("decision.condition_needed", field="conditions")
    check_conditions(command.conditions, facts)
    return _granted(file, award(file, command, command.conditions, facts), command, facts)


def _granted(file: Application, granted: Award, command: c.Approve | c.ApproveWithConditions, facts: Facts) -> Decided:
    reasons = _given(command.reasons)
    if capped := track.capped(file, Money(granted.amount, granted.currency), facts):
        return capped
    if file.approval:
        return _confirmed(file, file.approval.given, granted, command, facts)
    ruling = Ruling(recommendation="approve", envelope=granted.envelope, amount=granted.amount, conditions=granted.conditions)
    told = (*opinion.overruled(file, command.despite, facts), *as_ruled(file, ruling, command.otherwise))
    if needs_two(file, granted, facts):
        return (*told, _approval_given(granted, reasons))
    return (*told, *_approved(file, granted, reasons, facts))


def _approval_given(granted: Award, reasons: tuple[str, ...]) -> e.ApprovalGiven:
    return e.ApprovalGiven(
        envelope=granted.envelope, amount=granted.amount, currency=granted.currency, reasons=reasons, conditions=granted.conditions
    )


def _confirmed(
    file: Application, first: e.ApprovalGiven, granted: Award, command: c.Approve | c.ApproveWithConditions, facts: Facts
) -> Decided:
    """The second person confirms exactly what the first approved, or decides something else instead: a mixture is neither."""
    if granted != first_award(first):
        raise Refusal("decision.not_what_was_approved", amount=first.amount, currency=first.currency)
    if says_something(command.otherwise):
        raise Refusal("decision.as_proposed", field="otherwise")
    return (*opinion.overruled(file, command.despite, facts), *_approved(file, granted, command.reasons, facts))


def _approved(file: Application, granted: Award, reasons: tuple[str, ...], facts: Facts) -> Decided:
    money = committed(file, granted, facts)
    due, days = facts.due("letter", file)
    approved: Event = e.Approved(
        envelope=granted.envelope, amount=granted.amount, currency=granted.currency, reasons=reasons, due=due, calendar=days
    )
    if granted.conditions:
        approved = e.ApprovedWithConditions(conditions=granted.conditions, **msgspec.structs.asdict(approved))
    awards = track.awards(file, Money(granted.amount, granted.currency), facts)
    return (approved, money, *awards, *ended(file, keep=granted.envelope))


# ── Deciding something else ───────────────────────────────────────────────────


def may_refuse(file: Application, facts: Facts) -> None:
    track.may_refuse(file, facts)
    competition.may_be_refused(file)


def decline(file: Application, command: c.Decline, facts: Facts) -> Decided:
    if not command.what_would_change:
        raise Refusal("decision.change_needed", field="what_would_change")
    check_brief("reasons", DECLINED, *_given(command.reasons))
    check_brief("what_would_change", CHANGES, *command.what_would_change)
    due, days = facts.due("letter", file)
    declined = e.Declined(reasons=command.reasons, what_would_change=command.what_would_change, due=due, calendar=days)
    return _instead(file, Ruling(recommendation="decline"), command.otherwise, declined)


def defer(file: Application, command: c.Defer, facts: Facts) -> Decided:
    latest = review(file, command.until, command.awaits, facts)
    due, days = facts.due("letter", file)
    deferred = e.Deferred(
        reasons=_given(command.reasons), until=command.until, awaits=command.awaits, review=latest, due=due, calendar=days
    )
    ruling = Ruling(recommendation="defer", until=command.until, awaits=command.awaits)
    return _instead(file, ruling, command.otherwise, deferred)


def refer(file: Application, command: c.Refer, facts: Facts) -> Decided:
    check_modality(command.modality, facts)
    due, days = facts.due("letter", file)
    referred = e.Referred(
        modality=command.modality,
        turn_to=command.turn_to,
        passed_on=command.passed_on,
        reasons=_given(command.reasons),
        due=due,
        calendar=days,
    )
    return _instead(file, Ruling(recommendation="refer", modality=command.modality), command.otherwise, referred)


def may_put_on_waiting_list(file: Application, facts: Facts) -> None:
    track.may_refuse(file, facts)
    _could_be_granted(file, facts)


def _could_be_granted(file: Application, facts: Facts) -> None:
    """What is granted nothing now must still be one that could be granted something."""
    competition.may_be_approved(file)
    if not aligned(file):
        raise Refusal("decision.not_aligned")
    safeguards.may_go_on(file, facts)
    coordination.check_lead(file, facts)


def put_on_waiting_list(file: Application, command: c.PutOnWaitingList, facts: Facts) -> Decided:
    """Only where the envelope cannot cover it now: whoever can be helped is not kept waiting."""
    wanted = award(file, command, (), facts)
    balance = spare(file, facts.envelope(wanted.envelope), facts)
    if wanted.amount <= balance:
        raise Refusal("waiting.covered", balance=balance, amount=wanted.amount, currency=wanted.currency)
    latest, _ = facts.due("waiting_list", file)
    due, days = facts.due("letter", file)
    waits = e.PutOnWaitingList(
        envelope=wanted.envelope,
        amount=wanted.amount,
        currency=wanted.currency,
        reasons=_given(command.reasons),
        review=latest,
        due=due,
        calendar=days,
    )
    ruling = Ruling(recommendation="wait", envelope=wanted.envelope, amount=wanted.amount)
    return _instead(file, ruling, command.otherwise, waits)


def _instead(file: Application, ruling: Ruling, otherwise: str, decided: Event) -> Decided:
    """A decision that grants nothing: what a first person had approved, and money held back for the file, end with it."""
    lapsed = (e.ApprovalLapsed(),) if file.approval else ()
    return (*lapsed, *as_ruled(file, ruling, otherwise), decided, *ended(file))


def _given(reasons: tuple[str, ...]) -> tuple[str, ...]:
    if not reasons:
        raise Refusal("decision.reason_needed", field="reasons")
    return reasons


# ── The letter ────────────────────────────────────────────────────────────────


def issue_letter(file: Application, command: c.IssueLetter, facts: Facts) -> tuple[Event | On, ...]:
    """The letter of an approval offers the award, and the hub that delivers keeps its days free from then on."""
    if command.issued_on > facts.today:
        raise Refusal("letter.date", field="issued_on")
    deemed, stamp = delivery.deemed(file, command.issued_on, facts)
    answered = file.answered_appeal
    back_to = answered.back_to if answered else None
    due, days = facts.due(back_to, file) if back_to else (None, "")
    waited, until, _ = appeal.anew(file, answered, facts) if answered and not back_to else ((), None, "")
    offered = None if answered else offer.dates(file, command.issued_on, facts.days_of_city(file.city, file), facts.programme.awards)
    return (
        e.LetterIssued(
            outcome=told(file),
            language=file.language,
            issued_on=command.issued_on,
            template=command.template,
            renderer=command.renderer,
            sha256=command.sha256,
            blob=command.blob,
            size=command.size,
            numbered_at=command.numbered_at,
            deemed=deemed,
            due=offered.accept_by if offered else due,
            calendar=offered.calendar if offered else days or stamp,
            reminders=offered.reminders if offered else (),
            report_due=offered.report_due if offered else None,
            waited=waited,
            appeal_until=until,
        ),
        *(release.reserved(file) if offered else ()),
        *(mitigation.asked(file, offered.accept_by, facts) if offered else ()),
    )


def told(file: Application) -> e.LetterOutcome:
    """What the letter that is to be issued tells: the answer to an appeal, else the decision."""
    answers: dict[AppealEnd | None, e.LetterOutcome] = {
        "upheld": "appeal_upheld",
        "partly_upheld": "appeal_partly_upheld",
        "dismissed": "appeal_dismissed",
        "not_admitted": "appeal_not_admitted",
    }
    answered = file.answered_appeal
    if answered:
        return answers[answered.outcome]
    assert file.decision, "the stage LETTER follows a decision"
    return file.decision.outcome
