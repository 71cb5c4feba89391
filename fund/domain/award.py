"""What is granted: the envelope, the amount and the conditions, the same in the proposal, in a first approval and in the decision."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import safeguards
from fund.domain.application import Application
from fund.domain.competition import check_envelope
from fund.domain.deferral import left_for
from fund.domain.envelope import allocation, purpose_of
from fund.domain.facts import Facts, On
from fund.domain.proposal import GRANTING, donors_among
from fund.domain.refusal import Refusal
from fund.domain.sections import Resources

Granting = c.Approve | c.ApproveWithConditions | c.PutOnWaitingList


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """`amount`: minor units of `currency`, the currency of the envelope."""

    envelope: str
    amount: int
    currency: str
    conditions: tuple[e.Condition, ...] = ()


def award(file: Application, command: Granting, conditions: tuple[e.Condition, ...], facts: Facts) -> Award:
    """What the approver asks for; where they leave it open, what was proposed."""
    proposal = file.proposal if file.proposal and file.proposal.recommendation in GRANTING else None
    envelope = command.envelope or (proposal.envelope if proposal else None)
    if not envelope:
        raise Refusal("decision.envelope_needed", field="envelope")
    check_envelope(file, envelope)
    donors_among(file, envelope, facts)
    amount = proposal.amount if proposal and command.amount is None else command.amount
    if amount is None:
        raise Refusal("decision.amount_needed", field="amount")
    granted = Award(envelope=envelope, amount=amount, currency=facts.envelope(envelope).currency, conditions=conditions)
    _check_bounds(file, granted, proposal, facts)
    return granted


def _check_bounds(file: Application, granted: Award, proposal: e.ProposalMade | None, facts: Facts) -> None:
    """Nobody raises a proposed amount; where none was proposed, what was asked for is the bound. An exchange is for a proposal to make."""
    asked = file.section(Resources)
    bound = proposal or asked
    if bound and granted.currency != bound.currency:
        raise Refusal("money.currency_mismatch", field="envelope", currency=granted.currency)
    limit = facts.programme.limits.max_amount.get(granted.currency, 0)
    if not 1 <= granted.amount <= limit:
        raise Refusal("money.out_of_range", field="amount", limit=limit, currency=granted.currency)
    if proposal and granted.amount > proposal.amount:
        raise Refusal("decision.exceeds_proposal", field="amount", proposed=proposal.amount, currency=proposal.currency)
    if not proposal and asked and granted.amount > asked.amount:
        raise Refusal("proposal.exceeds_request", field="amount", requested=asked.amount, currency=asked.currency)


def first_award(given: e.ApprovalGiven) -> Award:
    """What a first person approved."""
    return Award(envelope=given.envelope, amount=given.amount, currency=given.currency, conditions=given.conditions)


def needs_two(file: Application, granted: Award, facts: Facts) -> bool:
    """Where the track asks for two approvers, the amount reaches the programme's threshold in its currency, or the safeguards are red."""
    large = facts.programme.limits.needs_two(granted.currency, granted.amount)
    return large or facts.track(file).approvers > 1 or safeguards.needs_two(file)


def committed(file: Application, granted: Award, facts: Facts) -> On:
    """The money for it; refused where the envelope does not hold it, or holds it for something or somebody else."""
    envelope = left_for(file.id, facts.envelope(granted.envelope))
    drawn = allocation(envelope, purpose_of(file, facts), granted.amount, facts.today)
    return On(
        granted.envelope,
        e.FundsCommitted(application=file.id, amount=granted.amount, currency=granted.currency, allocations=drawn, on=facts.today),
    )
