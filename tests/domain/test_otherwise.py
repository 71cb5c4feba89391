# ruff: noqa: F405
"""Deciding otherwise than proposed: in kind, envelope, amount or conditions, always with the reason, never above the proposal."""

from datetime import date

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.facts import On
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

WHY = "The second visit can be held online"
APPROVE = c.Approve(application=FILE, reasons=REASONS)
CONDITIONALLY = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,))
DECLINE = c.Decline(application=FILE, reasons=REASONS, what_would_change=("Name a quay warden.",))
DEFER = c.Defer(application=FILE, until=DAY, reasons=REASONS)
REFER = c.Refer(application=FILE, modality="ferry_club", turn_to="The club’s office", passed_on="The description", reasons=REASONS)
WAIT = c.PutOnWaitingList(application=FILE, envelope=EMPTY, amount=3_500_00, reasons=REASONS)
DECLINE_PROPOSED = proposed(recommendation="decline", envelope=None, amount=0, currency="", peers=())
REFER_PROPOSED = proposed(recommendation="refer", envelope=None, amount=0, currency="", modality="ferry_club")
PUT_OFF_PROPOSED = COORDINATED + did(OLGA, PUT_OFF)
WAIT_PROPOSED = COORDINATED + did(OLGA, LINED_UP)


def with_reason(command: c.Command) -> c.Command:
    return msgspec.structs.replace(command, otherwise=WHY)


def differing(*fields: str) -> e.DecidedOtherwise:
    return e.DecidedOtherwise(differs=fields, reason=WHY)


@passes(c.Approve)
@refuses(c.Approve, "decision.otherwise_unexplained")
@refuses(c.Approve, "decision.exceeds_proposal")
def test_a_proposed_amount_may_be_lowered_with_a_reason_and_never_raised() -> None:
    lower = msgspec.structs.replace(APPROVE, amount=3_000_00)
    given(*PROPOSED).when(lower, by=INES).then("decision.otherwise_unexplained", field="otherwise")
    approval, committed = msgspec.structs.replace(APPROVAL, amount=3_000_00), paid(3_000_00)
    after = (
        given(*PROPOSED)
        .when(with_reason(lower), by=INES)
        .then(differing("amount"), approval, On(PURSE, committed), *awards(3_000_00))
        .after.file()
    )
    assert after.decision
    assert after.decision.otherwise == differing("amount")
    assert after.otherwise is None
    raised = msgspec.structs.replace(APPROVE, amount=3_500_01, otherwise=WHY)
    outcome = given(*PROPOSED).when(raised, by=INES).then("decision.exceeds_proposal", field="amount")
    assert outcome.refusal
    assert outcome.refusal.about == {"proposed": 3_500_00, "currency": "EUR"}


@refuses(c.Approve, "decision.as_proposed")
@refuses(c.Decline, "decision.as_proposed")
def test_no_reason_is_asked_or_taken_where_the_proposal_is_followed() -> None:
    given(*PROPOSED).when(with_reason(APPROVE), by=INES).then("decision.as_proposed", field="otherwise")
    same = msgspec.structs.replace(APPROVE, envelope=PURSE, amount=3_500_00)
    given(*PROPOSED).when(same, by=INES).then(APPROVAL, e_committed(), *AWARDS)
    given(*DECLINE_PROPOSED).when(with_reason(DECLINE), by=INES).then("decision.as_proposed", field="otherwise")


def e_committed() -> On:
    return On(PURSE, COMMITMENT)


@passes(c.Approve)
def test_another_envelope_is_another_decision() -> None:
    other = did(FINN, e.ContributionReceived(donor="x", amount=9_000_00, currency="EUR", basis="x"), on=EMPTY)
    command = msgspec.structs.replace(APPROVE, envelope=EMPTY)
    given(*PROPOSED, *other).when(command, by=INES).then("decision.otherwise_unexplained")
    approval = msgspec.structs.replace(APPROVAL, envelope=EMPTY)
    given(*PROPOSED, *other).when(with_reason(command), by=INES).then(differing("envelope"), approval, On(EMPTY, COMMITMENT), *AWARDS)


@passes(c.ApproveWithConditions)
@refuses(c.ApproveWithConditions, "decision.otherwise_unexplained")
@refuses(c.Approve, "decision.otherwise_unexplained")
def test_conditions_are_added_changed_and_dropped_with_a_reason_only() -> None:
    asked = proposed(conditions=(CONDITION,))
    other = msgspec.structs.replace(CONDITION, due_on=date(2031, 9, 1))
    cases = (
        (PROPOSED, CONDITIONALLY),
        (asked, msgspec.structs.replace(CONDITIONALLY, conditions=(CONDITION, other))),
        (asked, msgspec.structs.replace(CONDITIONALLY, conditions=(other,))),
        (asked, APPROVE),
    )
    for history, command in cases:
        given(*history).when(command, by=INES).then("decision.otherwise_unexplained", field="otherwise")
        events = given(*history).when(with_reason(command), by=INES).events
        assert events[0] == differing("conditions")


@passes(c.Approve)
@refuses(c.Approve, "decision.envelope_needed")
@refuses(c.Approve, "decision.amount_needed")
@refuses(c.Approve, "proposal.exceeds_request")
def test_what_was_proposed_for_refusal_is_approved_with_envelope_amount_and_reason_up_to_what_was_asked() -> None:
    given(*DECLINE_PROPOSED).when(with_reason(APPROVE), by=INES).then("decision.envelope_needed", field="envelope")
    from_purse = msgspec.structs.replace(APPROVE, envelope=PURSE, otherwise=WHY)
    given(*DECLINE_PROPOSED).when(from_purse, by=INES).then("decision.amount_needed", field="amount")
    given(*DECLINE_PROPOSED).when(msgspec.structs.replace(from_purse, amount=4_000_01), by=INES).then("proposal.exceeds_request")
    full = msgspec.structs.replace(from_purse, amount=3_500_00)
    given(*DECLINE_PROPOSED).when(full, by=INES).then(differing("recommendation"), APPROVAL, e_committed(), *AWARDS)
    silent = msgspec.structs.replace(full, otherwise=" ")
    given(*DECLINE_PROPOSED).when(silent, by=INES).then("decision.otherwise_unexplained")


@refuses(c.Approve, "decision.not_aligned")
@refuses(c.ApproveWithConditions, "decision.not_aligned")
@refuses(c.PutOnWaitingList, "decision.not_aligned")
def test_what_serves_no_priority_is_granted_by_nobody() -> None:
    granted = (msgspec.structs.replace(one, envelope=PURSE, amount=1_00, otherwise=WHY) for one in (APPROVE, CONDITIONALLY))
    for command in (*granted, with_reason(WAIT)):
        given(*NOT_ALIGNED).when(command, by=INES).then("decision.not_aligned")


@refuses(c.Approve, "money.currency_mismatch")
@refuses(c.Approve, "money.out_of_range")
@refuses(c.Approve, "envelope.unknown")
def test_what_is_decided_otherwise_keeps_the_rules_of_money() -> None:
    for change, code in (
        ({"envelope": KRONER}, "money.currency_mismatch"),
        ({"amount": 0}, "money.out_of_range"),
        ({"envelope": "envelope-lost"}, "envelope.unknown"),
    ):
        given(*PROPOSED).when(msgspec.structs.replace(with_reason(APPROVE), **change), by=INES).then(code)


@passes(c.Decline)
@refuses(c.Decline, "decision.otherwise_unexplained")
def test_what_was_proposed_for_approval_is_declined_with_a_reason() -> None:
    given(*PROPOSED).when(DECLINE, by=INES).then("decision.otherwise_unexplained")
    given(*PROPOSED).when(with_reason(DECLINE), by=INES).then(differing("recommendation"), e.Declined)


@passes(c.Defer)
@refuses(c.Defer, "decision.otherwise_unexplained")
def test_a_decision_is_put_off_as_proposed_or_otherwise() -> None:
    given(*PUT_OFF_PROPOSED).when(DEFER, by=INES).then(DEFERRAL)
    later = msgspec.structs.replace(DEFER, until=date(2031, 5, 10))
    given(*PUT_OFF_PROPOSED).when(later, by=INES).then("decision.otherwise_unexplained")
    given(*PUT_OFF_PROPOSED).when(with_reason(later), by=INES).then(differing("until"), e.Deferred)
    given(*PROPOSED).when(with_reason(DEFER), by=INES).then(differing("recommendation"), DEFERRAL)


@passes(c.Refer)
@refuses(c.Refer, "code.unknown")
@refuses(c.Refer, "decision.otherwise_unexplained")
@refuses(c.Refer, "text.empty")
def test_a_file_is_referred_to_a_modality_of_the_network_with_where_to_turn_and_what_is_passed_on() -> None:
    after = given(*REFER_PROPOSED).when(REFER, by=INES).then(e.Referred).after.file()
    assert after.decision
    assert (after.decision.outcome, after.decision.modality) == ("referred", "ferry_club")
    assert (after.decision.turn_to, after.decision.passed_on) == ("The club’s office", "The description")
    given(*REFER_PROPOSED).when(msgspec.structs.replace(REFER, modality="tide_school"), by=INES).then("decision.otherwise_unexplained")
    given(*REFER_PROPOSED).when(msgspec.structs.replace(REFER, modality="sailing"), by=INES).then("code.unknown", field="modality")
    for field in ("turn_to", "passed_on"):
        given(*REFER_PROPOSED).when(msgspec.structs.replace(REFER, **{field: " "}), by=INES).then("text.empty", field=field)


@passes(c.PutOnWaitingList)
@refuses(c.PutOnWaitingList, "waiting.covered")
@refuses(c.PutOnWaitingList, "decision.otherwise_unexplained")
def test_only_what_the_envelope_cannot_cover_is_put_on_the_waiting_list() -> None:
    given(*WAIT_PROPOSED).when(msgspec.structs.replace(WAIT, envelope=None, amount=None), by=INES).then(IN_LINE)
    given(*WAIT_PROPOSED, *FILLED).when(WAIT, by=INES).then("waiting.covered")
    less = msgspec.structs.replace(WAIT, amount=3_000_00)
    given(*WAIT_PROPOSED).when(less, by=INES).then("decision.otherwise_unexplained")
    given(*PROPOSED).when(with_reason(WAIT), by=INES).then(differing("recommendation"), IN_LINE)


@refuses(c.Defer, "decision.reason_needed")
@refuses(c.Refer, "decision.reason_needed")
@refuses(c.PutOnWaitingList, "decision.reason_needed")
def test_every_other_answer_gives_a_reason_too() -> None:
    for history, command in ((PUT_OFF_PROPOSED, DEFER), (REFER_PROPOSED, REFER), (WAIT_PROPOSED, WAIT)):
        given(*history).when(msgspec.structs.replace(command, reasons=()), by=INES).then("decision.reason_needed", field="reasons")


def test_an_earlier_reason_does_not_explain_a_later_decision() -> None:
    file = given(*HALF_APPROVED[:-1], *did(INES, differing("amount"), FIRST_APPROVAL), *did(IVO, e.ApprovalLapsed())).file()
    assert (file.otherwise, file.approval) == (None, None)
