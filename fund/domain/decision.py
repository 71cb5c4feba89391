"""Rules of the proposal, the decision and the letter. An approval commits its money in the same commit."""

from fund.domain import commands as c
from fund.domain import competition, opinion
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.envelope import allocation, purpose_of
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.money import Money
from fund.domain.rates import exchanged
from fund.domain.refusal import Refusal
from fund.domain.sections import Resources


def propose(file: Application, command: c.MakeProposal, facts: Facts) -> tuple[Event, ...]:
    competition.check_proposal(file, command)
    granting = command.recommendation == "approve"
    exchange = _check_grant(file, command, facts) if granting else None
    due, days = facts.due("decision", file)
    return (
        *opinion.answered(file, command, facts),
        e.ProposalMade(
            recommendation=command.recommendation,
            envelope=command.envelope if granting else None,
            amount=command.amount if granting else 0,
            currency=command.currency if granting else "",
            peers=command.peers,
            no_peers_reason=command.no_peers_reason,
            conditions=command.conditions if granting else (),
            reason=command.reason,
            due=due,
            calendar=days,
            support_type=(command.support_type or None) if granting else None,
            exchange=exchange,
            giving_cities=_giving(file, command.envelope, facts) if granting else (),
        ),
    )


def _giving(file: Application, envelope: str | None, facts: Facts) -> tuple[str, ...]:
    """Cities of the file that gave to the envelope it would be paid from: allowed, and told to whoever decides."""
    pots = facts.envelope(envelope or "").pots
    return tuple(city for city in file.cities if any(pot.given.city == city for pot in pots))


def _check_grant(file: Application, command: c.MakeProposal, facts: Facts) -> e.Exchange | None:
    """How what was asked for was exchanged, where the money is in another currency."""
    if not aligned(file):
        raise Refusal("proposal.not_aligned", field="recommendation")
    if not command.envelope:
        raise Refusal("envelope.unknown", field="envelope", envelope="")
    if command.currency != facts.envelope(command.envelope).currency:
        raise Refusal("money.currency_mismatch", field="currency", currency=command.currency)
    limit = facts.programme.limits.max_amount.get(command.currency, 0)
    if not 1 <= command.amount <= limit:
        raise Refusal("money.out_of_range", field="amount", limit=limit, currency=command.currency)
    exchange = _check_request(file, command, facts)
    if command.support_type and command.support_type not in {entry.code for entry in facts.programme.catalogue.support_types}:
        raise Refusal("code.unknown", field="support_type", value=command.support_type)
    if not command.peers and not command.no_peers_reason.strip():
        raise Refusal("proposal.peers_unexplained", field="peers")
    _check_conditions(command.conditions, facts)
    return exchange


def _check_request(file: Application, command: c.MakeProposal, facts: Facts) -> e.Exchange | None:
    """Not more than was asked for, through the recorded rate where the currencies differ."""
    asked = file.section(Resources)
    if asked is None:
        return None
    exchange = exchanged(Money(asked.amount, asked.currency), command.currency, facts) if asked.currency != command.currency else None
    limit = exchange.limit if exchange else asked.amount
    if command.amount > limit:
        raise Refusal("proposal.exceeds_request", field="amount", requested=limit, currency=command.currency)
    return exchange


def _check_conditions(conditions: tuple[e.Condition, ...], facts: Facts) -> None:
    if any(condition.due_on < facts.today for condition in conditions):
        raise Refusal("decision.condition_past", field="conditions")


def aligned(file: Application) -> bool:
    """The primary priority is at least partly served, or the points pass; a file without findings or points is not aligned."""
    if file.scored:
        return file.scored.passed
    primary = file.submission.priorities[0] if file.submission and file.submission.priorities else ""
    return file.verdict(primary) in ("aligned", "partly")


def may_approve_with_conditions(file: Application, facts: Facts) -> None:
    competition.may_be_approved(file)
    if file.proposal is None or file.proposal.recommendation != "approve":
        raise Refusal("decision.not_proposed")


def may_approve(file: Application, facts: Facts) -> None:
    may_approve_with_conditions(file, facts)
    if file.proposal and file.proposal.conditions:
        raise Refusal("decision.conditions_proposed")


def approve(file: Application, command: c.Approve, facts: Facts) -> tuple[Event | On, ...]:
    proposal, committed = _commitment(file, facts)
    due, days = facts.due("letter", file)
    approved = e.Approved(
        envelope=committed.stream,
        amount=proposal.amount,
        currency=proposal.currency,
        reasons=_given(command.reasons),
        due=due,
        calendar=days,
    )
    return (*opinion.overruled(file, command.despite, facts), approved, committed)


def approve_with_conditions(file: Application, command: c.ApproveWithConditions, facts: Facts) -> tuple[Event | On, ...]:
    proposal, committed = _commitment(file, facts)
    if not command.conditions:
        raise Refusal("decision.condition_needed", field="conditions")
    _check_conditions(command.conditions, facts)
    if any(condition not in command.conditions for condition in proposal.conditions):
        raise Refusal("decision.condition_dropped", field="conditions")
    due, days = facts.due("letter", file)
    approved = e.ApprovedWithConditions(
        envelope=committed.stream,
        amount=proposal.amount,
        currency=proposal.currency,
        reasons=_given(command.reasons),
        conditions=command.conditions,
        due=due,
        calendar=days,
    )
    return (*opinion.overruled(file, command.despite, facts), approved, committed)


def may_decline(file: Application, facts: Facts) -> None:
    competition.may_be_refused(file)


def decline(file: Application, command: c.Decline, facts: Facts) -> tuple[Event, ...]:
    if not command.what_would_change:
        raise Refusal("decision.change_needed", field="what_would_change")
    due, days = facts.due("letter", file)
    return (e.Declined(reasons=_given(command.reasons), what_would_change=command.what_would_change, due=due, calendar=days),)


def _commitment(file: Application, facts: Facts) -> tuple[e.ProposalMade, On]:
    """The proposal to approve, and the money for it; refused where the envelope does not hold it."""
    proposal = file.proposal
    assert proposal, "the guard saw it"
    assert proposal.envelope, "a proposal to approve names its envelope"
    envelope = facts.envelope(proposal.envelope)
    committed = e.FundsCommitted(
        application=file.id,
        amount=proposal.amount,
        currency=proposal.currency,
        allocations=allocation(envelope, purpose_of(file, facts), proposal.amount, facts.today),
        on=facts.today,
    )
    return proposal, On(proposal.envelope, committed)


def _given(reasons: tuple[str, ...]) -> tuple[str, ...]:
    if not reasons:
        raise Refusal("decision.reason_needed", field="reasons")
    return reasons


def issue_letter(file: Application, command: c.IssueLetter, facts: Facts) -> tuple[Event, ...]:
    assert file.decision, "the stage LETTER follows a decision"
    if command.issued_on > facts.today:
        raise Refusal("letter.date", field="issued_on")
    return (
        e.LetterIssued(
            outcome=file.decision.outcome,
            language=file.language,
            issued_on=command.issued_on,
            template=command.template,
            renderer=command.renderer,
            sha256=command.sha256,
            blob=command.blob,
            size=command.size,
            numbered_at=command.numbered_at,
        ),
    )
