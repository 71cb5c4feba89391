# ruff: noqa: F405
"""Two approvers above a threshold or where the track asks for them: the second confirms exactly what the first approved."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.application import Stage
from fund.domain.facts import On
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

APPROVE = c.Approve(application=FILE, reasons=REASONS)
CONDITIONALLY = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,))
DECLINE = c.Decline(application=FILE, reasons=REASONS, what_would_change=("x",), otherwise="Too large")
BIG_APPROVAL = msgspec.structs.replace(APPROVAL, amount=4_000_00)
BIG_MONEY = (On(PURSE, paid(4_000_00)), *awards(4_000_00))
LAPSED = e.ApprovalLapsed()
OTHERWISE = e.DecidedOtherwise(differs=("recommendation",), reason="Too large")
CONDITIONED = COORDINATED + did(OLGA, msgspec.structs.replace(LARGE, conditions=(CONDITION,)))
FIRST_WITH_CONDITION = msgspec.structs.replace(FIRST_APPROVAL, conditions=(CONDITION,))


@passes(c.Approve)
def test_a_large_award_is_approved_by_two_people_and_paid_with_the_second() -> None:
    first = given(*PROPOSED_LARGE).when(APPROVE, by=INES).then(FIRST_APPROVAL).after
    file = first.file()
    assert (file.stage, file.due, file.decision) == (Stage.DECISION, due("decision"), None)
    assert file.approval
    assert file.approval.by == INES
    after = first.when(APPROVE, by=IVO).then(BIG_APPROVAL, *BIG_MONEY).after.file()
    assert after.decision
    assert (after.decision.by, after.decision.first) == (IVO, file.approval)
    assert (after.stage, after.approval) == (Stage.LETTER, None)


@passes(c.Approve)
def test_the_threshold_itself_is_large_and_one_unit_less_is_not() -> None:
    for amount, first in ((3_800_00, e.ApprovalGiven), (3_799_99, e.Approved)):
        assert type(given(*proposed(amount=amount)).when(APPROVE, by=INES).events[0]) is first


def test_without_a_threshold_one_approves_whatever_the_amount() -> None:
    limits = msgspec.structs.replace(PROGRAMME.limits, two_approvers_from=None)
    given(*PROPOSED_LARGE).under(limits=limits).when(APPROVE, by=INES).then(BIG_APPROVAL, *BIG_MONEY)


@passes(c.Approve)
def test_a_track_may_ask_for_two_approvers_whatever_the_amount() -> None:
    track: p.Track = msgspec.structs.replace(PROGRAMME.tracks["standard"], approvers=2)
    scenario = given(*PROPOSED).under(tracks={"standard": track})
    scenario.when(APPROVE, by=INES).then(e.ApprovalGiven).after.when(APPROVE, by=IVO).then(APPROVAL, On(PURSE, COMMITMENT), *AWARDS)


@passes(c.ApproveWithConditions)
@refuses(c.Approve, "decision.confirm_conditions")
@refuses(c.ApproveWithConditions, "decision.not_what_was_approved")
def test_conditions_of_a_large_award_are_confirmed_one_by_one() -> None:
    first = given(*CONDITIONED).when(CONDITIONALLY, by=INES).then(FIRST_WITH_CONDITION).after
    first.when(APPROVE, by=IVO).then("decision.confirm_conditions")
    other = msgspec.structs.replace(CONDITIONALLY, conditions=(msgspec.structs.replace(CONDITION, owner="Ferry office"),))
    first.when(other, by=IVO).then("decision.not_what_was_approved")
    first.when(CONDITIONALLY, by=IVO).then(e.ApprovedWithConditions, *BIG_MONEY)


@refuses(c.ApproveWithConditions, "decision.confirm_without_conditions")
@refuses(c.Approve, "decision.not_what_was_approved")
@refuses(c.Approve, "decision.as_proposed")
def test_the_second_person_confirms_the_same_or_decides_something_else() -> None:
    given(*HALF_APPROVED).when(CONDITIONALLY, by=IVO).then("decision.confirm_without_conditions")
    less = msgspec.structs.replace(APPROVE, amount=3_900_00, otherwise="Less will do")
    outcome = given(*HALF_APPROVED).when(less, by=IVO).then("decision.not_what_was_approved")
    assert outcome.refusal
    assert outcome.refusal.about == {"amount": 4_000_00, "currency": "EUR"}
    given(*HALF_APPROVED).when(msgspec.structs.replace(APPROVE, otherwise="Once more"), by=IVO).then("decision.as_proposed")


@refuses(c.Approve, "decision.second_person")
@refuses(c.ApproveWithConditions, "decision.second_person")
def test_nobody_approves_twice() -> None:
    given(*HALF_APPROVED).when(APPROVE, by=INES).then("decision.second_person")
    given(*CONDITIONED, *did(INES, FIRST_WITH_CONDITION)).when(CONDITIONALLY, by=INES).then("decision.second_person")


@passes(c.Approve)
def test_what_the_first_decided_otherwise_is_explained_once() -> None:
    told = e.DecidedOtherwise(differs=("amount",), reason="Less will do")
    less = msgspec.structs.replace(APPROVE, amount=3_900_00)
    first = given(*PROPOSED_LARGE).when(msgspec.structs.replace(less, otherwise="Less will do"), by=INES).then(told, e.ApprovalGiven).after
    approved = first.when(less, by=IVO)
    approved.then(e.Approved, On, On, On)
    decision = approved.after.file().decision
    assert decision
    assert (decision.amount, decision.otherwise) == (3_900_00, told)


@passes(c.Decline)
@passes(c.Defer)
@passes(c.Refer)
@passes(c.PutOnWaitingList)
@passes(c.ReturnProposal)
def test_the_first_approval_lapses_visibly_where_the_second_person_decides_something_else() -> None:
    instead: tuple[tuple[c.Command, type[e.ApplicationEvent]], ...] = (
        (DECLINE, e.Declined),
        (c.Defer(application=FILE, until=DAY, reasons=REASONS, otherwise="Too large"), e.Deferred),
        (c.Refer(application=FILE, modality="ferry_club", turn_to="x", passed_on="x", reasons=REASONS, otherwise="Too large"), e.Referred),
        (
            c.PutOnWaitingList(application=FILE, envelope=EMPTY, amount=4_000_00, reasons=REASONS, otherwise="Too large"),
            e.PutOnWaitingList,
        ),
    )
    for command, kind in instead:
        after = given(*HALF_APPROVED).when(command, by=IVO).then(LAPSED, OTHERWISE, kind).after.file()
        assert after.decision
        assert (after.approval, after.decision.first) == (None, None)
    back = c.ReturnProposal(application=FILE, reason="Too large")
    after = given(*HALF_APPROVED).when(back, by=IVO).then(LAPSED, e.ProposalReturned).after.file()
    assert (after.approval, after.stage) == (None, Stage.PROPOSAL)


@passes(c.WithdrawApplication)
def test_a_withdrawal_leaves_nothing_half_approved() -> None:
    after = given(*HALF_APPROVED).when(c.WithdrawApplication(application=FILE, reason="x"), by=AMINA).then(e.Withdrawn).after.file()
    assert after.approval is None


@refuses(c.Approve, "envelope.insufficient")
def test_the_money_is_looked_at_when_it_is_committed() -> None:
    spent = did(INES, e.FundsCommitted(application=OTHER_FILE, amount=4_000_01, currency="EUR"), on=PURSE)
    given(*PROPOSED_LARGE, *spent).when(APPROVE, by=INES).then(FIRST_APPROVAL).after.when(APPROVE, by=IVO).then("envelope.insufficient")
