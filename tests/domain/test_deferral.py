# ruff: noqa: F405
"""Files that wait after a decision: put off, on the waiting list, and taken up again; money is held back for whom it wakes."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.deferral import left_for
from fund.domain.facts import On
from fund.domain.registers import Envelope
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

WAKE = c.WakeApplication(application=FILE)
DEFER = c.Defer(application=FILE, until=DAY, reasons=REASONS, otherwise="x")
MORNING = datetime(2031, 5, 9, 0, 0, tzinfo=UTC)
"""Of the day until which the decision is put off."""
PROPOSE = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=EMPTY, amount=3_500_00, currency="EUR", peers=("Port of Elm",), reason="x"
)
APPROVE = c.Approve(application=FILE, reasons=REASONS)
PROPOSED_ANEW = TAKEN_UP + did(OLGA, msgspec.structs.replace(PROPOSAL, envelope=EMPTY))


def woken(cause: e.Cause, at: datetime = NOW, reason: str = "") -> e.Woken:
    return e.Woken(cause=cause, reason=reason, due=due("proposal", at), calendar=CALENDAR)


def emptied(scenario: Scenario) -> Envelope:
    found = scenario.state(EMPTY)
    assert isinstance(found, Envelope)
    return found


# ── Putting off ───────────────────────────────────────────────────────────────


@passes(c.IssueLetter)
def test_after_its_letter_a_file_that_was_put_off_waits_until_its_day() -> None:
    decided = COORDINATED + did(OLGA, PUT_OFF) + did(INES, DEFERRAL)
    file = given(*decided).when(ISSUE, by=TIMER).then(msgspec.structs.replace(LETTER, outcome="deferred")).after.file()
    assert (file.stage, file.due, file.calendar) == (Stage.DEFERRED, DEFERRAL.review, CALENDAR)
    assert file.is_open


@passes(c.Defer)
def test_what_waits_for_an_event_is_looked_at_again_when_the_clock_of_the_deferral_runs_out() -> None:
    command = c.Defer(application=FILE, awaits="The council votes", reasons=REASONS, otherwise="x")
    given(*PROPOSED).when(command, by=INES).then(e.DecidedOtherwise, AWAITING)
    assert given(*WAITING_FOR_AN_EVENT).file().due == due("deferral")


@refuses(c.Defer, "deferral.until_or_event")
@refuses(c.Defer, "deferral.past")
@refuses(c.Defer, "deferral.too_long")
def test_a_decision_is_put_off_until_a_day_to_come_or_an_event_and_no_longer_than_the_programme_allows() -> None:
    for change in ({"until": None}, {"awaits": "The council votes"}, {"until": None, "awaits": " "}):
        given(*PROPOSED).when(msgspec.structs.replace(DEFER, **change), by=INES).then("deferral.until_or_event", field="until")
    for day in (date(2031, 5, 5), date(2031, 5, 4)):
        given(*PROPOSED).when(msgspec.structs.replace(DEFER, until=day), by=INES).then("deferral.past", field="until")
    longest = NOW.date() + timedelta(days=DAYS["deferral"])
    given(*PROPOSED).when(msgspec.structs.replace(DEFER, until=longest), by=INES).then(e.DecidedOtherwise, e.Deferred)
    too_long = msgspec.structs.replace(DEFER, until=longest + timedelta(days=1))
    outcome = given(*PROPOSED).when(too_long, by=INES).then("deferral.too_long", field="until")
    assert outcome.refusal
    assert outcome.refusal.about == {"latest": due("deferral")}


# ── Taking up again ───────────────────────────────────────────────────────────


@passes(c.WakeApplication)
@refuses(c.WakeApplication, "waiting.not_yet")
def test_a_file_that_was_put_off_is_taken_up_again_on_its_day() -> None:
    before = given(*DEFERRED).when(WAKE, by=TIMER, at=MORNING - timedelta(seconds=1)).then("waiting.not_yet")
    assert before.refusal
    assert before.refusal.about == {"due": DEFERRAL.review}
    after = given(*DEFERRED).when(WAKE, by=TIMER, at=MORNING).then(woken("date", MORNING)).after.file()
    assert (after.stage, after.due, after.proposal, after.decision) == (Stage.PROPOSAL, due("proposal", MORNING), None, None)
    assert [one.outcome for one in after.earlier] == ["deferred"]
    assert [one.outcome for one in after.letters] == ["deferred"]


@passes(c.WakeApplication)
def test_what_waits_past_its_due_date_is_reviewed() -> None:
    for history, clock in ((WAITING_FOR_AN_EVENT, "deferral"), (LISTED, "waiting_list")):
        given(*history).when(WAKE, by=TIMER, at=due(clock)).then("waiting.not_yet")
        late = due(clock) + timedelta(seconds=1)
        given(*history).when(WAKE, by=TIMER, at=late).then(woken("review", late))


@passes(c.RecordAwaitedEvent)
@refuses(c.RecordAwaitedEvent, "deferral.nothing_awaited")
@refuses(c.RecordAwaitedEvent, "workflow.not_now")
def test_a_person_records_that_what_was_awaited_has_happened() -> None:
    happened = c.RecordAwaitedEvent(application=FILE, evidence="Minutes of the council")
    told = e.AwaitedEventRecorded(awaited="The council votes", evidence="Minutes of the council")
    after = given(*WAITING_FOR_AN_EVENT).when(happened, by=OLGA).then(told, woken("event")).after.file()
    assert after.stage is Stage.PROPOSAL
    given(*DEFERRED).when(happened, by=OLGA).then("deferral.nothing_awaited")
    given(*LISTED).when(happened, by=OLGA).then("workflow.not_now")


@passes(c.ReconsiderApplication)
@refuses(c.ReconsiderApplication, "text.empty")
@refuses(c.ReconsiderApplication, "workflow.role_needed")
def test_a_person_may_take_a_waiting_file_up_again_with_a_reason() -> None:
    again = c.ReconsiderApplication(application=FILE, reason="Another envelope opened")
    for history in (DEFERRED, WAITING_FOR_AN_EVENT, LISTED):
        given(*history).when(again, by=OLGA).then(woken("review", reason="Another envelope opened"))
        given(*history).when(msgspec.structs.replace(again, reason=" "), by=OLGA).then("text.empty", field="reason")
        given(*history).when(again, by=INES).then("workflow.role_needed")


@passes(c.WithdrawApplication)
def test_a_city_may_withdraw_while_it_waits_and_what_was_decided_stays() -> None:
    for history, outcome in ((DEFERRED, "deferred"), (LISTED, "waiting_list")):
        after = given(*history).when(c.WithdrawApplication(application=FILE, reason="x"), by=AMINA).then(e.Withdrawn).after.file()
        assert after.decision
        assert (after.stage, after.decision.outcome, [one.outcome for one in after.earlier]) == (Stage.LETTER, "withdrawn", [outcome])


# ── The waiting list and its money ────────────────────────────────────────────


@passes(c.WakeApplication)
@refuses(c.WakeApplication, "waiting.not_yet")
def test_money_wakes_a_waiting_file_and_is_held_back_for_it() -> None:
    given(*LISTED).when(WAKE, by=TIMER).then("waiting.not_yet")
    after = given(*LISTED, *FILLED).when(WAKE, by=TIMER).then(WOKEN, On(EMPTY, RESERVED)).after
    assert after.file().reserved == EMPTY
    assert emptied(after).reserved == {FILE: RESERVED.allocations}
    assert [left_for(file, emptied(after)).balance for file in (FILE, OTHER_FILE)] == [3_500_00, 0]


@passes(c.WakeApplication)
@refuses(c.WakeApplication, "waiting.not_yet")
def test_two_files_are_never_woken_for_the_same_money() -> None:
    both = given(*elsewhere(LISTED), *TAKEN_UP)
    other = c.WakeApplication(application=OTHER_FILE)
    both.when(other, by=TIMER).then("waiting.not_yet")
    more = did(FINN, e.ContributionReceived(donor="x", amount=3_500_00, currency="EUR", basis="x"), on=EMPTY)
    both.and_(*more).when(other, by=TIMER).then(WOKEN, On(EMPTY, held_for(OTHER_FILE, contribution=2)))


@passes(c.Approve)
@refuses(c.Approve, "envelope.insufficient")
def test_what_is_held_back_for_one_file_is_granted_to_no_other() -> None:
    rival = proposed(envelope=EMPTY) + FILLED
    held = did(TIMER, held_for(OTHER_FILE), on=EMPTY)
    outcome = given(*rival, *held).when(APPROVE, by=INES).then("envelope.insufficient")
    assert outcome.refusal
    assert outcome.refusal.about["balance"] == 0
    ended = did(INES, e.ReservationEnded(application=OTHER_FILE), on=EMPTY)
    given(*rival, *held, *ended).when(APPROVE, by=INES).then(e.Approved, On(EMPTY, COMMITMENT), *AWARDS)


@passes(c.Approve)
def test_the_money_that_woke_a_file_is_committed_to_it() -> None:
    again = given(*TAKEN_UP).when(PROPOSE, by=OLGA).then(e.ProposalMade).after
    approval = msgspec.structs.replace(APPROVAL, envelope=EMPTY)
    after = again.when(APPROVE, by=INES).then(approval, On(EMPTY, COMMITMENT), *AWARDS).after
    assert (emptied(after).balance, emptied(after).reserved) == (0, {})
    file = after.file()
    assert file.decision
    assert (file.decision.outcome, [one.outcome for one in file.earlier], file.reserved) == ("approved", ["waiting_list"], None)


@passes(c.Approve)
@passes(c.ApproveWithConditions)
@passes(c.Decline)
@passes(c.Defer)
@passes(c.Refer)
@passes(c.PutOnWaitingList)
@passes(c.WithdrawApplication)
def test_money_held_back_is_free_again_where_the_file_is_decided_otherwise() -> None:
    ended = On(EMPTY, e.ReservationEnded(application=FILE))
    ways: tuple[tuple[c.Command, str], ...] = (
        (c.Approve(application=FILE, reasons=REASONS, envelope=PURSE, otherwise="x"), INES),
        (c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,), envelope=PURSE, otherwise="x"), INES),
        (c.Decline(application=FILE, reasons=REASONS, what_would_change=("x",), otherwise="x"), INES),
        (DEFER, INES),
        (c.Refer(application=FILE, modality="ferry_club", turn_to="x", passed_on="x", reasons=REASONS, otherwise="x"), INES),
        (c.WithdrawApplication(application=FILE, reason="x"), AMINA),
    )
    for command, by in ways:
        outcome = given(*PROPOSED_ANEW).when(command, by=by)
        assert outcome.refusal is None, outcome.refusal
        assert outcome.events[-1] == ended
        assert (emptied(outcome.after).reserved, outcome.after.file().reserved) == ({}, None)
    spent = did(INES, e.FundsCommitted(application=OTHER_FILE, amount=1, currency="EUR"), on=EMPTY)
    wait = c.PutOnWaitingList(application=FILE, reasons=REASONS, otherwise="x")
    given(*PROPOSED_ANEW, *spent).when(wait, by=INES).then(e.DecidedOtherwise, e.PutOnWaitingList, ended)
