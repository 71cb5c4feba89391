# ruff: noqa: F405
"""The proposal, the decision with its money, and the letter."""

from datetime import date

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.facts import On
from fund.domain.registers import Envelope
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

PROPOSE = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Port of Elm",),
    reason="It serves the quays",
)  # fmt: skip
APPROVE = c.Approve(application=FILE, reasons=REASONS)
CONDITIONALLY = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,))
DECLINE = c.Decline(application=FILE, reasons=REASONS, what_would_change=("Name a quay warden.",))
COMMITTED = (On(PURSE, COMMITMENT), *AWARDS)
TODAY = msgspec.structs.replace(CONDITION, due_on=NOW.date())
LAPSED = msgspec.structs.replace(CONDITION, due_on=date(2031, 5, 4))
"""A condition that was due the day before."""
DECLINE_PROPOSED = proposed(recommendation="decline", envelope=None, amount=0, currency="", peers=())
CONDITION_PROPOSED = proposed(conditions=(CONDITION,))
GRANTED: tuple[tuple[History, c.Command], ...] = ((PROPOSED, APPROVE), (CONDITION_PROPOSED, CONDITIONALLY))
AS_PROPOSED = (*GRANTED, (DECLINE_PROPOSED, DECLINE))
"""Each decision with the proposal that it follows."""


def propose(**changes: object) -> c.MakeProposal:
    return msgspec.structs.replace(PROPOSE, **changes)


def not_proposed(code: str, field: str, **changes: object) -> None:
    given(*COORDINATED).when(propose(**changes), by=OLGA).then(code, field=field)


def purse(scenario: Scenario) -> Envelope:
    found = scenario.state(PURSE)
    assert isinstance(found, Envelope)
    return found


def committed(*drawn: tuple[int, int]) -> On:
    """A commitment of so much of each of these contributions."""
    allocations = tuple(e.Allocation(contribution=number, amount=amount) for number, amount in drawn)
    return On(PURSE, msgspec.structs.replace(COMMITMENT, amount=sum(amount for _, amount in drawn), allocations=allocations))


def spent(amount: int) -> History:
    """Another file took this much of the purse."""
    return did(INES, e.FundsCommitted(application=OTHER_FILE, amount=amount, currency="EUR"), on=PURSE)


# ── Proposing ─────────────────────────────────────────────────────────────────


@passes(c.MakeProposal)
def test_an_officer_proposes_an_amount_an_envelope_and_peers() -> None:
    after = given(*COORDINATED).when(PROPOSE, by=OLGA).then(PROPOSAL).after.file()
    assert (after.stage, after.due) == (Stage.DECISION, due("decision"))


@passes(c.MakeProposal)
def test_proposing_to_decline_grants_nothing_whatever_the_form_says() -> None:
    expected = msgspec.structs.replace(PROPOSAL, recommendation="decline", envelope=None, amount=0, currency="")
    for conditions in ((), (CONDITION,), (LAPSED,)):
        given(*COORDINATED).when(propose(recommendation="decline", conditions=conditions), by=OLGA).then(expected)


@passes(c.MakeProposal)
def test_a_proposal_says_until_when_and_by_what_other_means_only_where_it_is_to_be_put_off_or_passed_on() -> None:
    more = {"until": date(2031, 6, 30), "awaits": "The vote", "modality": "ferry_club"}
    given(*COORDINATED).when(propose(**more), by=OLGA).then(PROPOSAL)


@passes(c.MakeProposal)
def test_an_application_that_is_not_aligned_can_be_proposed_for_refusal() -> None:
    not_aligned = e.Finding(priority="FLOOD", verdict="not", unanimous=True)
    history = HALF_ASSESSED + did(TOM, BY_TOM, msgspec.structs.replace(ALIGNED, findings=(not_aligned,))) + did(OLGA, COORDINATION)
    given(*history).when(PROPOSE, by=OLGA).then("proposal.not_aligned")
    given(*history).when(propose(recommendation="decline"), by=OLGA).then(e.ProposalMade)


@refuses(c.MakeProposal, "proposal.not_aligned")
@passes(c.MakeProposal)
def test_the_primary_priority_decides_whether_support_can_be_proposed() -> None:
    cases: tuple[tuple[e.Verdict, e.Verdict, bool], ...] = (("partly", "not", True), ("aligned", "not", True), ("not", "aligned", False))
    for primary, secondary, fits in cases:
        findings = tuple(e.Finding(priority=p, verdict=v, unanimous=True) for p, v in (("FLOOD", primary), ("FERRY", secondary)))
        history = HALF_ASSESSED + did(TOM, BY_TOM, msgspec.structs.replace(ALIGNED, findings=findings)) + did(OLGA, COORDINATION)
        given(*history).when(PROPOSE, by=OLGA).then(PROPOSAL if fits else "proposal.not_aligned")


@refuses(c.MakeProposal, "envelope.unknown")
def test_support_is_paid_from_an_envelope_that_exists() -> None:
    for envelope in (None, "", "envelope-lost", LAKESIDE):
        not_proposed("envelope.unknown", "envelope", envelope=envelope)


@refuses(c.MakeProposal, "money.currency_mismatch")
def test_an_envelope_pays_in_its_own_currency() -> None:
    not_proposed("money.currency_mismatch", "currency", envelope=KRONER)
    not_proposed("money.currency_mismatch", "currency", currency="NOK")


@refuses(c.MakeProposal, "money.out_of_range")
def test_an_amount_is_something_and_within_the_limit_of_its_currency() -> None:
    for amount in (-1, 0, 9_000_01):
        refused = given(*COORDINATED).when(propose(amount=amount), by=OLGA).then("money.out_of_range", field="amount").refusal
        assert refused
        assert refused.about["limit"] == 9_000_00


@passes(c.MakeProposal)
def test_an_amount_may_be_a_single_unit() -> None:
    given(*COORDINATED).when(propose(amount=1), by=OLGA).then(e.ProposalMade)


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "proposal.exceeds_request")
def test_nobody_is_given_more_than_they_asked_for() -> None:
    given(*COORDINATED).when(propose(amount=4_000_00), by=OLGA).then(e.ProposalMade)
    not_proposed("proposal.exceeds_request", "amount", amount=4_000_01)


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "proposal.peers_unexplained")
def test_peers_take_part_or_the_proposal_says_why_not() -> None:
    for reason in ("", "  "):
        not_proposed("proposal.peers_unexplained", "peers", peers=(), no_peers_reason=reason)
    given(*COORDINATED).when(propose(peers=(), no_peers_reason="No town has such a quay"), by=OLGA).then(e.ProposalMade)


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "decision.condition_past")
def test_a_proposed_condition_is_due_today_or_later() -> None:
    after = given(*COORDINATED).when(propose(conditions=(CONDITION, TODAY)), by=OLGA).then(e.ProposalMade).after.file()
    assert after.proposal
    assert after.proposal.conditions == (CONDITION, TODAY)
    not_proposed("decision.condition_past", "conditions", conditions=(CONDITION, LAPSED))


@passes(c.MakeProposal)
def test_a_proposal_may_exceed_what_the_envelope_holds_today() -> None:
    given(*COORDINATED, *spent(8_000_00)).when(PROPOSE, by=OLGA).then(PROPOSAL)


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "code.unknown")
def test_another_modality_of_the_network_can_be_proposed() -> None:
    referred = propose(recommendation="refer", modality="ferry_club")
    after = given(*COORDINATED).when(referred, by=OLGA).then(e.ProposalMade).after.file()
    assert after.proposal
    assert (after.proposal.modality, after.proposal.envelope, after.proposal.amount) == ("ferry_club", None, 0)
    not_proposed("code.unknown", "modality", recommendation="refer", modality="sailing_club")
    not_proposed("code.unknown", "modality", recommendation="refer")


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "deferral.until_or_event")
def test_putting_off_can_be_proposed_until_a_day_or_an_event() -> None:
    given(*COORDINATED).when(propose(recommendation="defer", until=DAY, reason=PUT_OFF.reason, peers=()), by=OLGA).then(PUT_OFF)
    after = given(*COORDINATED).when(propose(recommendation="defer", awaits="The council votes"), by=OLGA).then(e.ProposalMade).after.file()
    assert after.proposal
    assert (after.proposal.awaits, after.proposal.until) == ("The council votes", None)
    not_proposed("deferral.until_or_event", "until", recommendation="defer")


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "proposal.not_aligned")
def test_the_waiting_list_is_proposed_with_envelope_and_amount_for_what_is_aligned() -> None:
    given(*COORDINATED).when(propose(recommendation="wait", envelope=EMPTY), by=OLGA).then(LINED_UP)
    not_proposed("envelope.unknown", "envelope", recommendation="wait", envelope=None)
    findings = (e.Finding(priority="FLOOD", verdict="not", unanimous=True),)
    history = HALF_ASSESSED + did(TOM, BY_TOM, msgspec.structs.replace(ALIGNED, findings=findings)) + did(OLGA, COORDINATION)
    given(*history).when(propose(recommendation="wait", envelope=EMPTY), by=OLGA).then("proposal.not_aligned")


@passes(c.ReturnProposal)
@refuses(c.ReturnProposal, "workflow.role_needed")
@refuses(c.ReturnProposal, "duty.not_apart")
def test_an_approver_gives_a_proposal_back_with_a_reason_and_it_stays_on_file() -> None:
    back = c.ReturnProposal(application=FILE, reason="Which quay?")
    returned = e.ProposalReturned(reason="Which quay?", due=due("proposal"), calendar=CALENDAR)
    after = given(*PROPOSED).when(back, by=INES).then(returned).after
    file = after.file()
    assert (file.stage, file.due, file.proposal) == (Stage.PROPOSAL, due("proposal"), None)
    assert [(one.proposal, one.by, one.reason) for one in file.returned_proposals] == [(PROPOSAL, INES, "Which quay?")]
    after.when(PROPOSE, by=OLGA).then(PROPOSAL).after.when(APPROVE, by=INES).then(APPROVAL, *COMMITTED)
    given(*PROPOSED).when(back, by=OMAR).then("workflow.role_needed")
    given(*PROPOSED, *did(INES, check("P1"))).when(back, by=INES).then("duty.not_apart")


# ── Approving ─────────────────────────────────────────────────────────────────


@passes(c.Approve)
def test_an_approval_commits_its_money_in_the_same_breath() -> None:
    after = given(*PROPOSED).when(APPROVE, by=INES).then(APPROVAL, *COMMITTED).after
    assert (purse(after).balance, purse(after).committed) == (4_500_00, 3_500_00)
    decision = after.file().decision
    assert decision
    assert (decision.outcome, decision.by, decision.amount, decision.envelope) == ("approved", INES, 3_500_00, PURSE)
    assert (after.file().stage, after.file().due) == (Stage.LETTER, due("letter"))


@passes(c.Approve)
def test_an_envelope_may_be_spent_to_the_last_unit() -> None:
    after = given(*PROPOSED, *spent(4_500_00)).when(APPROVE, by=INES).then(APPROVAL, committed((1, 500_00), (2, 3_000_00)), *AWARDS).after
    assert purse(after).balance == 0


@refuses(c.Approve, "envelope.insufficient")
@refuses(c.ApproveWithConditions, "envelope.insufficient")
def test_nothing_is_approved_beyond_what_the_envelope_holds() -> None:
    for history, command in GRANTED:
        outcome = given(*history, *spent(4_500_01)).when(command, by=INES).then("envelope.insufficient")
        assert outcome.refusal is not None
        assert outcome.refusal.about == {"balance": 3_499_99, "amount": 3_500_00, "currency": "EUR"}


@passes(c.Approve)
def test_a_later_contribution_makes_the_approval_possible() -> None:
    more = did(FINN, e.ContributionReceived(donor="Ferry Guild", amount=1, currency="EUR", basis="pledge"), on=PURSE)
    drawn = committed((1, 499_99), (2, 3_000_00), (3, 1))
    given(*PROPOSED, *spent(4_500_01), *more).when(APPROVE, by=INES).then(APPROVAL, drawn, *AWARDS)


@refuses(c.Approve, "decision.reason_needed")
@refuses(c.ApproveWithConditions, "decision.reason_needed")
@refuses(c.Decline, "decision.reason_needed")
def test_every_decision_gives_a_reason() -> None:
    for history, command in AS_PROPOSED:
        given(*history).when(msgspec.structs.replace(command, reasons=()), by=INES).then("decision.reason_needed", field="reasons")


@refuses(c.Approve, "text.empty")
@refuses(c.ApproveWithConditions, "text.empty")
@refuses(c.Decline, "text.empty")
def test_no_reason_among_others_is_blank() -> None:
    for command in (APPROVE, CONDITIONALLY, DECLINE):
        blank = msgspec.structs.replace(command, reasons=("It serves the priority.", " \n"))
        given(*PROPOSED).when(blank, by=INES).then("text.empty", field="reasons.1")


@passes(c.ApproveWithConditions)
def test_conditions_are_set_as_they_were_proposed() -> None:
    expected = e.ApprovedWithConditions(
        envelope=PURSE, amount=3_500_00, currency="EUR", reasons=REASONS, conditions=(CONDITION,), due=due("letter"), calendar=CALENDAR
    )
    after = given(*CONDITION_PROPOSED).when(CONDITIONALLY, by=INES).then(expected, *COMMITTED).after
    decision = after.file().decision
    assert decision
    assert (decision.outcome, decision.conditions, decision.amount) == ("approved_with_conditions", (CONDITION,), 3_500_00)
    assert purse(after).balance == 4_500_00


@refuses(c.ApproveWithConditions, "decision.condition_needed")
def test_an_approval_with_conditions_names_one() -> None:
    none = msgspec.structs.replace(CONDITIONALLY, conditions=())
    given(*PROPOSED).when(none, by=INES).then("decision.condition_needed", field="conditions")


@passes(c.ApproveWithConditions)
@refuses(c.ApproveWithConditions, "decision.condition_past")
def test_a_condition_is_due_today_or_later() -> None:
    today = msgspec.structs.replace(CONDITIONALLY, conditions=(TODAY,))
    given(*proposed(conditions=(TODAY,))).when(today, by=INES).then(e.ApprovedWithConditions, *COMMITTED)
    lapsed = msgspec.structs.replace(CONDITIONALLY, conditions=(CONDITION, LAPSED))
    given(*PROPOSED).when(lapsed, by=INES).then("decision.condition_past", field="conditions")


@refuses(c.ApproveWithConditions, "text.empty")
def test_a_condition_says_what_by_whom_and_what_shows_it() -> None:
    for field in ("text", "owner", "proof"):
        blank = msgspec.structs.replace(CONDITION, **{field: " "})
        command = msgspec.structs.replace(CONDITIONALLY, conditions=(CONDITION, blank))
        given(*PROPOSED).when(command, by=INES).then("text.empty", field=f"conditions.1.{field}")


@pytest.mark.parametrize("duty", ["drafting", "checking", "assessing", "coordinating", "proposing"])
def test_whoever_worked_on_the_file_does_not_decide_it(duty: str) -> None:
    """By the real hand: someone else’s fact of each duty is put under the approver’s name."""
    acts: dict[str, e.ApplicationEvent] = {
        "drafting": saved_as(NEED), "checking": check("P1"), "assessing": BY_EVA,
        "coordinating": e.ConfidentialNoteAdded(hub="north", note="x"), "proposing": PROPOSAL,
    }  # fmt: skip
    touched = PROPOSED + did(INES, acts[duty])
    for command in (APPROVE, CONDITIONALLY, DECLINE):
        outcome = given(*touched).when(command, by=INES).then("duty.not_apart")
        assert outcome.refusal is not None
        assert outcome.refusal.about["duty"] == duty


# ── Declining ─────────────────────────────────────────────────────────────────


@passes(c.Decline)
def test_a_refusal_says_why_and_what_would_change_it() -> None:
    declined = e.Declined(reasons=REASONS, what_would_change=DECLINE.what_would_change, due=due("letter"), calendar=CALENDAR)
    after = given(*DECLINE_PROPOSED).when(DECLINE, by=INES).then(declined).after
    decision = after.file().decision
    assert decision
    assert (decision.outcome, decision.what_would_change, decision.amount) == ("declined", DECLINE.what_would_change, 0)
    assert purse(after).balance == 8_000_00


@refuses(c.Decline, "decision.too_long_for_letter")
def test_a_refusal_is_brief_enough_for_two_pages() -> None:
    for field, limit in (("reasons", 1300), ("what_would_change", 700)):
        fits, longer = (msgspec.structs.replace(DECLINE, **{field: ("x" * length,)}) for length in (limit, limit + 1))
        given(*DECLINE_PROPOSED).when(longer, by=INES).then("decision.too_long_for_letter", field=field)
        assert given(*DECLINE_PROPOSED).when(fits, by=INES).after.file().decision
    parts = msgspec.structs.replace(DECLINE, reasons=("x",) * 12)
    given(*DECLINE_PROPOSED).when(parts, by=INES).then("decision.too_long_for_letter", field="reasons")
    lines = msgspec.structs.replace(DECLINE, reasons=("x" + "\n" * 11 + "x",))
    given(*DECLINE_PROPOSED).when(lines, by=INES).then("decision.too_long_for_letter", field="reasons")
    wide = msgspec.structs.replace(DECLINE, reasons=("\u6f22" * 651,))
    given(*DECLINE_PROPOSED).when(wide, by=INES).then("decision.too_long_for_letter", field="reasons")


@refuses(c.Decline, "decision.change_needed")
def test_a_refusal_without_a_way_forward_is_refused() -> None:
    none = msgspec.structs.replace(DECLINE, what_would_change=())
    given(*PROPOSED).when(none, by=INES).then("decision.change_needed", field="what_would_change")
    blank = msgspec.structs.replace(DECLINE, what_would_change=("",))
    given(*PROPOSED).when(blank, by=INES).then("text.empty", field="what_would_change.0")


@refuses(c.Decline, "workflow.role_needed")
def test_an_officer_declines_nothing() -> None:
    given(*PROPOSED).when(DECLINE, by=OMAR).then("workflow.role_needed")


# ── The letter ────────────────────────────────────────────────────────────────


@passes(c.IssueLetter)
def test_the_letter_carries_the_outcome_in_the_citys_language_and_closes_the_file() -> None:
    declined = msgspec.structs.replace(LETTER, outcome="declined")
    after = given(*ENDS["declined"]).when(ISSUE, by=TIMER).then(declined).after.file()
    assert (after.stage, after.due, after.letters, after.is_open) == (Stage.CLOSED, None, (declined,), False)


ENDS: dict[e.Outcome, History] = {
    "approved_with_conditions": PROPOSED + did(INES, e.ApprovedWithConditions(
        envelope=PURSE, amount=1, currency="EUR", reasons=REASONS, conditions=(CONDITION,), due=NOW, calendar=CALENDAR)),
    "referred": PROPOSED + did(INES, e.Referred(
        modality="ferry_club", turn_to="x", passed_on="x", reasons=REASONS, due=NOW, calendar=CALENDAR)),
    "deferred": PROPOSED + did(INES, DEFERRAL),
    "waiting_list": PROPOSED + did(INES, IN_LINE),
    "declined": PROPOSED + did(INES, e.Declined(reasons=REASONS, what_would_change=("x",), due=NOW, calendar=CALENDAR)),
    "ineligible": COMPLETE + did(OMAR, e.FoundIneligible(checks=("M1",), reason="x", due=NOW, calendar=CALENDAR)),
    "withdrawn": COMPLETE + did(AMINA, e.Withdrawn(city=LAKESIDE, reason="x", due=NOW, calendar=CALENDAR)),
}  # fmt: skip


@passes(c.IssueLetter)
def test_every_other_outcome_has_its_letter_too() -> None:
    for outcome, history in ENDS.items():
        given(*history).under(awards=None).when(ISSUE, by=TIMER).then(msgspec.structs.replace(LETTER, outcome=outcome))


@refuses(c.IssueLetter, "letter.date")
def test_no_letter_carries_a_day_that_has_not_come() -> None:
    tomorrow = msgspec.structs.replace(ISSUE, issued_on=NOW.date() + timedelta(days=1))
    given(*APPROVED).when(tomorrow, by=TIMER).then("letter.date", field="issued_on")


@refuses(c.IssueLetter, "workflow.not_now")
def test_a_letter_is_issued_once_and_only_after_a_decision() -> None:
    given(*PROPOSED).when(ISSUE, by=TIMER).then("workflow.not_now")
    given(*CLOSED).when(ISSUE, by=TIMER).then("workflow.not_now")


@refuses(c.IssueLetter, "workflow.role_needed")
def test_no_person_issues_a_letter_by_hand() -> None:
    given(*APPROVED).when(ISSUE, by=OLGA).then("workflow.role_needed")
