"""Rules of the proposal: what the officer recommends, and how the approver gives it back."""

from fund.domain import commands as c
from fund.domain import competition, coordination, deferral, opinion, safeguards, track, window
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.calendar import check_near
from fund.domain.conflict import check_donors, giving_cities
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.money import Money
from fund.domain.rates import exchanged
from fund.domain.refusal import Refusal
from fund.domain.sections import Resources
from fund.domain.texts import says_something

GRANTING: tuple[e.Recommendation, ...] = ("approve", "wait")
"""Recommendations that name an envelope and an amount."""


def propose(file: Application, command: c.MakeProposal, facts: Facts) -> tuple[Event, ...]:
    competition.check_proposal(file, command)
    if command.recommendation != "approve":
        track.may_refuse(file, facts)
    if command.recommendation in GRANTING:
        safeguards.may_go_on(file, facts)
        coordination.check_lead(file, facts)
        window.check_proposed(file, command.window, facts)
    exchange = _check_recommended(file, command, facts)
    giving = donors_among(file, command.envelope, facts) if command.recommendation in GRANTING else ()
    due, days = facts.due("decision", file)
    kind = command.recommendation
    granting, deferring = kind in GRANTING, kind == "defer"
    return (
        *opinion.answered(file, command, facts),
        e.ProposalMade(
            recommendation=kind,
            envelope=command.envelope if granting else None,
            amount=command.amount if granting else 0,
            currency=command.currency if granting else "",
            peers=_peers(file, command),
            no_peers_reason=command.no_peers_reason,
            conditions=command.conditions if kind == "approve" else (),
            reason=command.reason,
            due=due,
            calendar=days,
            until=command.until if deferring else None,
            awaits=command.awaits if deferring else "",
            modality=command.modality if kind == "refer" else "",
            support_type=(command.support_type or None) if granting else None,
            exchange=exchange,
            giving_cities=giving,
            window=command.window if granting else None,
        ),
    )


def _peers(file: Application, command: c.MakeProposal) -> tuple[str, ...]:
    """Those named, and the cities of peers who have agreed."""
    return tuple(dict.fromkeys((*command.peers, *file.accepted_peers)))


def donors_among(file: Application, envelope: str | None, facts: Facts) -> tuple[str, ...]:
    """Cities of the file that gave to the envelope it would be paid from, told to whoever decides; refused where the programme says so."""
    giving = giving_cities(file, envelope or "", facts)
    check_donors(giving, facts)
    return giving


def _check_recommended(file: Application, command: c.MakeProposal, facts: Facts) -> e.Exchange | None:
    match command.recommendation:
        case "approve" | "wait":
            return _check_grant(file, command, facts)
        case "defer":
            deferral.review(file, command.until, command.awaits, facts)
        case "refer":
            check_modality(command.modality, facts)
    return None


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
    if not _peers(file, command) and not says_something(command.no_peers_reason):
        raise Refusal("proposal.peers_unexplained", field="peers")
    check_conditions(command.conditions, facts)
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


def check_conditions(conditions: tuple[e.Condition, ...], facts: Facts) -> None:
    if any(condition.due_on < facts.today for condition in conditions):
        raise Refusal("decision.condition_past", field="conditions")
    for condition in conditions:
        check_near(condition.due_on, facts.today, "conditions")


def check_modality(code: str, facts: Facts) -> None:
    if code not in {modality.code for modality in facts.programme.catalogue.modalities}:
        raise Refusal("code.unknown", field="modality", value=code)


def aligned(file: Application) -> bool:
    """The primary priority is at least partly served, or the points pass; a file without findings or points is not aligned."""
    if file.scored:
        return file.scored.passed
    primary = file.submission.priorities[0] if file.submission and file.submission.priorities else ""
    return file.verdict(primary) in ("aligned", "partly")


def return_proposal(file: Application, command: c.ReturnProposal, facts: Facts) -> tuple[Event | On, ...]:
    """The officer proposes anew by the clock of the proposal; what a first approver had given lapses with it."""
    due, days = facts.due("proposal", file)
    lapsed = (e.ApprovalLapsed(),) if file.approval else ()
    return (*lapsed, e.ProposalReturned(reason=command.reason, due=due, calendar=days))
