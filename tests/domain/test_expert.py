# ruff: noqa: F405
"""Experts of the pool and peers of member cities: asked, and they accept, decline, declare a conflict, or let the date pass."""

from datetime import timedelta
from itertools import product

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import visibility as v
from fund.domain.application import Stage
from fund.domain.deciding import reads
from fund.domain.registers import City
from fund.processes.reactions import lapsed_experts
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

RIVER, SEA, PORT = "person-river", "person-sea", "city-port"
"""An expert of the pool; a peer of Port, a member city that has no part in the file."""
POOL = (
    *did(ADA, e.PersonRegistered(person=RIVER, full_name="x", email="x", language="en"), on=RIVER),
    *did(ADA, e.RoleGranted(person=RIVER, role="expert", scope=None), on=RIVER),
    *did(ADA, e.PersonRegistered(person=SEA, full_name="x", email="x", language="en"), on=SEA),
    *city(PORT, "Port", "steppe", True, {}),
    *did(ADA, e.AffiliationRecorded(person=SEA, city=PORT), on=SEA),
)
ASK = c.ProposeExpert(application=FILE, person=RIVER, part="expert", purpose="Two days on the quays")
ASK_PEER = c.ProposeExpert(application=FILE, person=SEA, part="peer", city=PORT, purpose="A week at the desk")
ASKED_EXPERT = e.ExpertProposed(
    person=RIVER, part="expert", city=None, city_name="", purpose="Two days on the quays", due=due("expert"), calendar=CALENDAR
)
ASKED_PEER = msgspec.structs.replace(ASKED_EXPERT, person=SEA, part="peer", city=PORT, city_name="Port", purpose="A week at the desk")
WHILE_OPEN: tuple[History, ...] = (
    COORDINATED, ASSESSED, TO_RANK, PROPOSED, APPROVED, LISTED, WAITING_FOR_AN_EVENT, OFFERED, UNDER_WAY
)  # fmt: skip
"""In every stage from coordination on until the support is given."""
ASKED = did(OLGA, ASKED_EXPERT, ASKED_PEER)
INVITED = POOL + COORDINATED + ASKED
ACCEPT = c.AcceptExpertRole(application=FILE)
DECLINE = c.DeclineExpertRole(application=FILE, reason="No time before autumn")
CONFLICT = c.DeclareExpertConflict(application=FILE, reason="My sister works there")
LAPSE = c.LapseExpert(application=FILE, person=RIVER)
LATE = due("expert") + timedelta(seconds=1)


def holds(person: str, role: str) -> History:
    return did(ADA, e.RoleGranted(person=person, role=role, scope=None), on=person)


# ── Asking ────────────────────────────────────────────────────────────────────


@passes(c.ProposeExpert)
def test_an_officer_asks_experts_and_peers_from_coordination_on_until_the_file_is_closed() -> None:
    for history in WHILE_OPEN:
        after = given(*POOL, *history).when(ASK, by=OLGA).then(ASKED_EXPERT).after
        after.when(ASK_PEER, by=OMAR).then(ASKED_PEER)
        before = given(*POOL, *history).file()
        assert (after.file().stage, after.file().due) == (before.stage, before.due)


@refuses(c.ProposeExpert, "workflow.not_now")
def test_nobody_is_asked_before_coordination_nor_once_the_file_is_closed() -> None:
    for history in (ASSIGNED, CLOSED):
        given(*POOL, *history).when(ASK, by=OLGA).then("workflow.not_now")


@refuses(c.ProposeExpert, "expert.already_asked")
def test_nobody_is_asked_twice_unless_the_first_time_is_over() -> None:
    given(*INVITED).when(ASK, by=OLGA).then("expert.already_asked", field="person")
    given(*INVITED, *did(RIVER, e.ExpertAccepted(person=RIVER))).when(ASK, by=OLGA).then("expert.already_asked")
    over = did(TIMER, e.ExpertLapsed(person=RIVER, due=due("expert")))
    given(*INVITED, *over).when(ASK, by=OLGA).then(ASKED_EXPERT)


@refuses(c.ProposeExpert, "expert.not_in_pool")
def test_an_expert_is_of_the_pool() -> None:
    given(*POOL, *COORDINATED).when(msgspec.structs.replace(ASK, person=SEA), by=OLGA).then("expert.not_in_pool", field="person")


@refuses(c.ProposeExpert, "expert.not_of_city")
def test_a_peer_belongs_to_the_city_named() -> None:
    elsewhere_ = msgspec.structs.replace(ASK_PEER, person=RIVER)
    given(*POOL, *COORDINATED).when(elsewhere_, by=OLGA).then("expert.not_of_city", field="city")


@refuses(c.ProposeExpert, "city.unknown")
def test_a_peer_comes_from_a_city_of_the_register() -> None:
    given(*POOL, *COORDINATED).when(msgspec.structs.replace(ASK_PEER, city=None), by=OLGA).then("city.unknown")


@refuses(c.ProposeExpert, "expert.city_not_member")
def test_a_peer_s_city_is_a_member() -> None:
    given(*POOL, *COORDINATED, *did(ADA, e.MembershipEnded(basis="x"), on=PORT)).when(ASK_PEER, by=OLGA).then("expert.city_not_member")


@refuses(c.ProposeExpert, "expert.not_independent")
def test_nobody_is_asked_who_belongs_to_the_file_or_worked_on_it() -> None:
    of_the_city = did(ADA, e.AffiliationRecorded(person=RIVER, city=HILLTOWN), on=RIVER)
    given(*POOL, *COORDINATED, *of_the_city).when(ASK, by=OLGA).then("expert.not_independent", field="person")
    for worker in (EVA, OLGA, HANA):
        command = msgspec.structs.replace(ASK, person=worker)
        given(*COORDINATED, *holds(worker, "expert")).when(command, by=OMAR).then("expert.not_independent")


# ── Answering ─────────────────────────────────────────────────────────────────


@passes(c.AcceptExpertRole)
def test_whoever_was_asked_accepts_whatever_role_they_hold() -> None:
    for history, person in product(WHILE_OPEN, (SEA, RIVER)):
        after = given(*POOL, *history, *ASKED).when(ACCEPT, by=person).then(e.ExpertAccepted(person=person)).after.file()
        assert [one.accepted for one in after.invited if one.person == person] == [True]


@passes(c.DeclineExpertRole)
def test_whoever_was_asked_declines_with_the_reason() -> None:
    for history in WHILE_OPEN:
        after = given(*POOL, *history, *ASKED).when(DECLINE, by=SEA).then(e.ExpertDeclined(person=SEA, reason=DECLINE.reason)).after
        assert after.file().invitation(SEA) is None
        after.when(ACCEPT, by=SEA).then("workflow.not_invited")


@passes(c.DeclareExpertConflict)
def test_a_conflict_is_declared_before_or_after_accepting() -> None:
    for history, earlier in product(WHILE_OPEN, ((), did(RIVER, e.ExpertAccepted(person=RIVER)))):
        after = (
            given(*POOL, *history, *ASKED, *earlier)
            .when(CONFLICT, by=RIVER)
            .then(e.ExpertConflicted(person=RIVER, reason=CONFLICT.reason))
            .after.file()
        )
        assert after.invitation(RIVER) is None


@refuses(c.AcceptExpertRole, "workflow.not_invited")
def test_nobody_accepts_unasked() -> None:
    for person in (UMA, OLGA, AMINA):
        given(*INVITED).when(ACCEPT, by=person).then("workflow.not_invited")


@refuses(c.AcceptExpertRole, "expert.already_answered")
def test_nobody_accepts_twice() -> None:
    given(*INVITED, *did(RIVER, e.ExpertAccepted(person=RIVER))).when(ACCEPT, by=RIVER).then("expert.already_answered")


@passes(c.DeclineExpertRole)
@refuses(c.DeclineExpertRole, "workflow.not_invited")
@refuses(c.DeclineExpertRole, "text.empty")
def test_whoever_agreed_steps_back_with_a_reason_and_once_and_somebody_else_is_asked() -> None:
    for history in WHILE_OPEN:
        agreed = given(*POOL, *history, *ASKED, *did(RIVER, e.ExpertAccepted(person=RIVER)))
        agreed.when(msgspec.structs.replace(DECLINE, reason=" "), by=RIVER).then("text.empty", field="reason")
        after = agreed.when(DECLINE, by=RIVER).then(e.ExpertDeclined(person=RIVER, reason=DECLINE.reason)).after
        assert after.file().invitation(RIVER) is None
        after.when(DECLINE, by=RIVER).then("workflow.not_invited")
        again = after.when(ASK, by=OLGA, at=LATE).then(e.ExpertProposed).after
        again.when(ACCEPT, by=RIVER, at=LATE).then(e.ExpertAccepted)


@passes(c.RecordActivity)
@refuses(c.RecordActivity, "activity.expert_not_agreed")
def test_what_somebody_delivered_before_they_stepped_back_is_still_recorded_and_nothing_after_it() -> None:
    """Also once they were asked again; and who never agreed delivered nothing."""
    day, later = NOW.date(), NOW + timedelta(days=3)
    held = c.RecordActivity(application=FILE, format="visit", first_day=day, last_day=day, days=1, participants=9, experts=(RIVER,))
    after_it = msgspec.structs.replace(held, last_day=day + timedelta(days=1))
    for step in (DECLINE, CONFLICT):
        left = given(*POOL, *UNDER_WAY, *ASKED, *did(RIVER, e.ExpertAccepted(person=RIVER))).when(step, by=RIVER).after
        for there in (left, left.when(ASK, by=OLGA, at=later).after):
            there.when(held, by=OMAR, at=later).then(e.ActivityHeld)
            there.when(after_it, by=OMAR, at=later).then("activity.expert_not_agreed", field="experts")
        never = given(*POOL, *UNDER_WAY, *ASKED).when(step, by=RIVER).after
        never.when(held, by=OMAR, at=later).then("activity.expert_not_agreed", field="experts")


@refuses(c.DeclareExpertConflict, "text.empty")
def test_a_conflict_is_told() -> None:
    given(*INVITED).when(msgspec.structs.replace(CONFLICT, reason=""), by=RIVER).then("text.empty", field="reason")


@refuses(c.Approve, "duty.not_apart")
def test_whoever_agreed_to_take_part_does_not_decide() -> None:
    agreed = did(INES, e.ExpertAccepted(person=INES))
    given(*PROPOSED, *agreed).when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("duty.not_apart")


# ── Silence ───────────────────────────────────────────────────────────────────


@passes(c.LapseExpert)
def test_silence_past_the_due_date_is_a_fact_and_somebody_else_is_asked() -> None:
    for history in WHILE_OPEN:
        waiting = given(*POOL, *history, *ASKED)
        after = waiting.when(LAPSE, by=TIMER, at=LATE).then(e.ExpertLapsed(person=RIVER, due=due("expert"))).after
        after.when(ACCEPT, by=RIVER).then("workflow.not_invited")
        after.when(ACCEPT, by=SEA).then(e.ExpertAccepted)


@refuses(c.LapseExpert, "expert.none_overdue")
def test_nothing_lapses_before_its_date_nor_once_it_is_answered() -> None:
    given(*INVITED).when(LAPSE, by=TIMER, at=due("expert")).then("expert.none_overdue")
    answered = did(RIVER, e.ExpertAccepted(person=RIVER)) + did(SEA, e.ExpertDeclined(person=SEA, reason="x"))
    given(*INVITED, *answered).when(LAPSE, by=TIMER, at=LATE).then("expert.none_overdue")


@refuses(c.LapseExpert, "expert.not_overdue")
def test_only_who_is_overdue_lapses() -> None:
    answered = did(SEA, e.ExpertAccepted(person=SEA))
    given(*INVITED, *answered).when(msgspec.structs.replace(LAPSE, person=SEA), by=TIMER, at=LATE).then("expert.not_overdue")


@refuses(c.LapseExpert, "expert.not_asked")
def test_only_who_was_asked_lapses() -> None:
    given(*INVITED).when(msgspec.structs.replace(LAPSE, person=UMA), by=TIMER, at=LATE).then("expert.not_asked", field="person")


def test_the_timer_lapses_one_silence_after_another_and_then_rests() -> None:
    scenario = given(*INVITED)
    assert lapsed_experts(scenario.file(), PROGRAMME, due("expert")) is None
    for _ in (RIVER, SEA):
        command = lapsed_experts(scenario.file(), PROGRAMME, LATE)
        assert command is not None
        scenario = scenario.when(command, by=TIMER, at=LATE).then(e.ExpertLapsed).after
    assert lapsed_experts(scenario.file(), PROGRAMME, LATE) is None


# ── What becomes of it ────────────────────────────────────────────────────────


@passes(c.MakeProposal)
def test_peers_who_agreed_are_named_in_the_proposal_by_their_city() -> None:
    agreed = INVITED + did(SEA, e.ExpertAccepted(person=SEA)) + did(RIVER, e.ExpertAccepted(person=RIVER))
    propose = c.MakeProposal(application=FILE, recommendation="approve", envelope=PURSE, amount=1_00, currency="EUR", reason="x")
    (made,) = given(*agreed).when(propose, by=OLGA).then(e.ProposalMade).events
    assert isinstance(made, e.ProposalMade)
    assert made.peers == ("Port",), "cities, never persons"
    given(*INVITED).when(propose, by=OLGA).then("proposal.peers_unexplained")


CITYS, PART = saved_as(NEED), COORDINATION
SEEN: dict[str, tuple[History, e.ApplicationEvent, v.Sight | None]] = {
    "asked: the application": (INVITED, CITYS, v.FULL),
    "asked: what they are asked": (INVITED, ASKED_EXPERT, v.FULL),
    "asked: not who else is": (INVITED, ASKED_PEER, None),
    "asked: not how it is delivered": (INVITED, PART, None),
    "asked: not what others judged": (INVITED, BY_EVA, None),
    "agreed: how it is delivered": (INVITED + did(RIVER, e.ExpertAccepted(person=RIVER)), PART, v.CLEAR),
    "agreed: what was granted": (INVITED + did(RIVER, e.ExpertAccepted(person=RIVER)), APPROVAL, v.CLEAR),
    "agreed: not the hub’s opinion": (INVITED + did(RIVER, e.ExpertAccepted(person=RIVER)), OPINION, None),
    "agreed: not the proposal": (INVITED + did(RIVER, e.ExpertAccepted(person=RIVER)), PROPOSAL, None),
    "declined: nothing any more": (INVITED + did(RIVER, e.ExpertDeclined(person=RIVER, reason="x")), CITYS, None),
}


@pytest.mark.parametrize("what", SEEN)
def test_an_expert_reads_what_they_need_and_no_more(what: str) -> None:
    history, event, expected = SEEN[what]
    scenario = given(*history)
    file = scenario.file()
    cities = [state for id in file.cities if isinstance(state := scenario.state(id), City)]
    (one,) = recorded(did(OLGA, event))
    assert v.visible(scenario.facts(RIVER).actor, one, file, cities) == expected
    assert file.stage is Stage.PROPOSAL


def test_who_is_asked_and_the_city_of_a_peer_are_looked_at() -> None:
    file = given(*PROPOSED).file()
    assert RIVER in reads(file, ASK, OLGA, PROGRAMME)
    assert {SEA, PORT} <= reads(file, ASK_PEER, OLGA, PROGRAMME)
