# ruff: noqa: F405
"""How coordination closes: through a hub, with it or without one, and which of several hubs leads."""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.deciding import reads
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

CLOSE = c.CloseCoordination(application=FILE, mode="via_hub")


def answered(answer: e.OpinionGiven | e.OpinionDeemed) -> History:
    by = HANA if isinstance(answer, e.OpinionGiven) else TIMER
    return UNANSWERED + did(by, answer)


def close(mode: e.Mode, reason: str = "", hub: str = "") -> c.CloseCoordination:
    return c.CloseCoordination(application=FILE, mode=mode, hub=hub, reason=reason)


@passes(c.CloseCoordination)
def test_support_goes_through_the_hub_that_accepts_delivery() -> None:
    after = given(*ASSESSED).when(CLOSE, by=OLGA).then(COORDINATION).after.file()
    assert (after.stage, after.due, after.coordination) == (Stage.PROPOSAL, due("proposal"), COORDINATION)


@passes(c.CloseCoordination)
def test_support_goes_with_the_hub_where_it_does_not_deliver() -> None:
    closed = msgspec.structs.replace(COORDINATION, mode="with_hub", reason="The hub has no trainers")
    declines = msgspec.structs.replace(OPINION, accepts_delivery=False)
    for answer in (declines, DEEMED, OPINION):
        given(*answered(answer)).when(close("with_hub", "The hub has no trainers"), by=OLGA).then(closed)


@passes(c.CloseCoordination)
def test_without_a_hub_the_reason_is_recorded() -> None:
    closed = e.CoordinationClosed(mode="no_hub", hub=None, reason="No hub in the region", due=due("proposal"), calendar=CALENDAR)
    given(*WITHOUT_HUB).when(close("no_hub", "No hub in the region"), by=OLGA).then(closed)


@refuses(c.CloseCoordination, "text.empty")
def test_going_with_the_hub_or_without_one_is_explained() -> None:
    given(*ASSESSED).when(close("with_hub"), by=OLGA).then("text.empty", field="reason")
    given(*WITHOUT_HUB).when(close("no_hub"), by=OLGA).then("text.empty", field="reason")


@refuses(c.CloseCoordination, "coordination.no_hub_asked")
def test_nothing_goes_through_a_hub_that_was_not_asked() -> None:
    given(*WITHOUT_HUB).when(close("via_hub"), by=OLGA).then("coordination.no_hub_asked", field="mode")
    given(*WITHOUT_HUB).when(close("with_hub", "x"), by=OLGA).then("coordination.no_hub_asked", field="mode")


@refuses(c.CloseCoordination, "coordination.hub_exists")
def test_no_file_passes_by_a_hub_that_exists() -> None:
    given(*ASSESSED).when(close("no_hub", "Quicker"), by=OLGA).then("coordination.hub_exists", field="mode")


@refuses(c.CloseCoordination, "coordination.opinion_open")
def test_coordination_waits_for_the_hub() -> None:
    given(*UNANSWERED).when(CLOSE, by=OLGA).then("coordination.opinion_open")


@refuses(c.CloseCoordination, "coordination.delivery_not_accepted")
def test_silence_or_a_mere_opinion_delivers_nothing() -> None:
    declines = msgspec.structs.replace(OPINION, accepts_delivery=False)
    for answer in (declines, DEEMED):
        given(*answered(answer)).when(CLOSE, by=OLGA).then("coordination.delivery_not_accepted", field="mode")


# ── Several hubs: one leads ───────────────────────────────────────────────────

DECLINES = msgspec.structs.replace(OF_SOUTH, accepts_delivery=False)


@refuses(c.CloseCoordination, "coordination.opinion_open")
def test_coordination_waits_until_each_hub_has_answered_or_is_deemed() -> None:
    one_answered = UNANSWERED_BY_BOTH + did(HANA, OPINION)
    given(*one_answered).when(CLOSE, by=OLGA).then("coordination.opinion_open")
    silent = did(TIMER, e.OpinionDeemed(hub="south", due=ASKED_SOUTH.due))
    given(*one_answered, *silent).when(CLOSE, by=OLGA).then(COORDINATION)


@passes(c.CloseCoordination)
@refuses(c.CloseCoordination, "coordination.lead_needed")
def test_where_two_can_lead_it_is_said_which() -> None:
    both = given(*UNANSWERED_BY_BOTH, *did(HANA, OPINION), *did(HUGO, OF_SOUTH))
    both.when(CLOSE, by=OLGA).then("coordination.lead_needed", field="hub")
    both.when(close("with_hub", "x"), by=OLGA).then("coordination.lead_needed", field="hub")
    both.when(close("via_hub", hub="south"), by=OLGA).then(msgspec.structs.replace(COORDINATION, hub="south"))


@passes(c.CloseCoordination)
@refuses(c.CloseCoordination, "coordination.delivery_not_accepted")
def test_the_only_hub_that_takes_delivery_on_leads_without_being_named() -> None:
    history = given(*UNANSWERED_BY_BOTH, *did(HANA, OPINION), *did(HUGO, DECLINES))
    history.when(CLOSE, by=OLGA).then(COORDINATION)
    history.when(close("via_hub", hub="south"), by=OLGA).then("coordination.delivery_not_accepted", field="mode")
    history.when(close("with_hub", "x", hub="south"), by=OLGA).then(e.CoordinationClosed)


@refuses(c.CloseCoordination, "coordination.no_hub_asked")
@refuses(c.CloseCoordination, "hub.not_open")
def test_no_hub_leads_that_was_not_asked_or_is_closed() -> None:
    both = given(*UNANSWERED_BY_BOTH, *did(HANA, OPINION), *did(HUGO, OF_SOUTH))
    both.when(close("via_hub", hub="tides"), by=OLGA).then("coordination.no_hub_asked", field="hub")
    both.and_(*hub_closed(SOUTH, "south")).when(close("via_hub", hub="south"), by=OLGA).then("hub.not_open", field="hub")
    both.and_(*hub_closed(SOUTH, "south")).when(CLOSE, by=OLGA).then(COORDINATION)


# ── Bodies that are consulted about everything ────────────────────────────────

TIDES = "hub-tides"
ASKED_TIDES = msgspec.structs.replace(ASKED, hub="tides")
OF_TIDES = msgspec.structs.replace(OPINION, hub="tides", accepts_delivery=False)
CONSULTED = hub_opened(TIDES, "tides") + COMPLETE_WITHOUT_HUB + did(OLGA, ASKED_TIDES, FOUND_ELIGIBLE) + ASSIGNMENTS + ASSESSMENTS


@passes(c.CloseCoordination)
@refuses(c.CloseCoordination, "coordination.no_hub_asked")
def test_a_body_that_is_consulted_about_everything_is_no_hub_of_the_region() -> None:
    history = given(*CONSULTED, *did(HANA, OF_TIDES))
    history.when(close("no_hub", "No hub in the region"), by=OLGA).then(e.CoordinationClosed)
    history.when(close("with_hub", "x"), by=OLGA).then("coordination.no_hub_asked", field="mode")


@passes(c.CloseCoordination)
def test_a_body_that_takes_delivery_on_may_lead() -> None:
    delivers = msgspec.structs.replace(OF_TIDES, accepts_delivery=True)
    given(*CONSULTED, *did(HANA, delivers)).when(CLOSE, by=OLGA).then(msgspec.structs.replace(COORDINATION, hub="tides"))


# ── A hub that has closed ─────────────────────────────────────────────────────


@passes(c.CloseCoordination)
@refuses(c.CloseCoordination, "hub.not_open")
def test_nothing_goes_through_a_hub_that_has_closed() -> None:
    history = (*UNANSWERED, *did(HANA, OPINION), *hub_closed())
    for mode in ("via_hub", "with_hub"):
        command = msgspec.structs.replace(CLOSE, mode=mode, reason="It was agreed")
        given(*history).when(command, by=OLGA).then("hub.not_open", field="mode")
    without = msgspec.structs.replace(CLOSE, mode="no_hub", reason="The hub has closed")
    after = given(*history).when(without, by=OLGA).then(e.CoordinationClosed).after.file()
    assert after.coordination
    assert after.coordination.hub is None


# ── A hub that is not open any more once coordination is closed ───────────────

NORTH_CLOSED = did(ADA, e.HubClosed(hub="north", basis="Wound up"), on=NORTH)
NORTH_STOPPED = did(ADA, e.HubSuspended(hub="north", reason="Nobody there"), on=NORTH)
BOTH_ANSWERED = UNANSWERED_BY_BOTH + did(HANA, OPINION) + did(HUGO, OF_SOUTH) + did(OLGA, COORDINATION)
TO_DECIDE = BOTH_ANSWERED + did(OLGA, PROPOSAL)
TO_ACCEPT = TO_DECIDE + OFFERED[len(PROPOSED) :]
TO_DELIVER = TO_ACCEPT + did(AMINA, TAKEN_ON)
ONGOING: dict[Stage, History] = {
    Stage.PROPOSAL: BOTH_ANSWERED, Stage.DECISION: TO_DECIDE, Stage.OFFER: TO_ACCEPT, Stage.DELIVERY: TO_DELIVER,
    Stage.REPORTED: TO_DELIVER + did(ALI, REPORT), Stage.SUSPENDED: TO_DELIVER + did(OLGA, STOPPED),
}  # fmt: skip
TO_SOUTH = c.HandOverLead(application=FILE, mode="via_hub", hub="south", reason="North is wound up")
TO_NONE = c.HandOverLead(application=FILE, mode="no_hub", reason="North is wound up")
BY_SOUTH = e.LeadHandedOver(hub_before="north", mode="via_hub", hub="south", reason="North is wound up")
BY_NONE = msgspec.structs.replace(BY_SOUTH, mode="no_hub", hub=None)
FREED = On(NORTH, e.HubDaysReleased(application=FILE, days=5))
KEPT_BY_SOUTH = On(SOUTH, e.HubDaysReserved(application=FILE, days=5))
HELD_BY_NORTH = e.ActivityHeld(
    format="visit", first_day=NOW.date(), last_day=NOW.date(), days=2, participants=3, hub="north", experts=(), note=""
)


@passes(c.HandOverLead)
def test_once_the_hub_that_leads_is_closed_or_suspended_an_officer_hands_the_lead_over_for_a_reason() -> None:
    for stage, history in ONGOING.items():
        for gone in (NORTH_CLOSED, NORTH_STOPPED):
            there = given(*history, *gone)
            awarded = stage not in (Stage.PROPOSAL, Stage.DECISION)
            handed = msgspec.structs.replace(BY_SOUTH, days_released=5 if awarded else 0)
            after = there.when(TO_SOUTH, by=OLGA).then(handed, *((FREED, KEPT_BY_SOUTH) if awarded else ())).after
            file = after.file()
            assert file.coordination
            assert (file.coordination.hub, file.led_before) == ("south", ("north",))
            assert (file.stage, file.due) == (stage, there.file().due), "nothing else changes, and nobody loses a day"
            after.when(TO_SOUTH, by=OLGA).then("coordination.lead_is_open")


def test_where_no_other_hub_that_was_asked_is_open_none_leads_and_its_days_are_kept_no_more() -> None:
    handed = given(*UNDER_WAY, *NORTH_CLOSED).when(TO_NONE, by=OMAR).then(msgspec.structs.replace(BY_NONE, days_released=5), FREED).after
    handed.when(TO_NONE, by=OMAR).then("coordination.lead_is_open")


@refuses(c.HandOverLead, "coordination.lead_is_open")
@refuses(c.HandOverLead, "coordination.hub_exists")
@refuses(c.HandOverLead, "coordination.no_hub_asked")
@refuses(c.HandOverLead, "hub.not_open")
@refuses(c.HandOverLead, "text.empty")
@refuses(c.HandOverLead, "workflow.role_needed")
def test_the_lead_is_handed_over_as_coordination_closes() -> None:
    given(*TO_DELIVER).when(TO_SOUTH, by=OLGA).then("coordination.lead_is_open")
    closed = given(*TO_DELIVER, *NORTH_CLOSED)
    closed.when(TO_SOUTH, by=INES).then("workflow.role_needed")
    closed.when(TO_NONE, by=OLGA).then("coordination.hub_exists", field="mode")
    closed.when(msgspec.structs.replace(TO_SOUTH, hub="tides"), by=OLGA).then("coordination.no_hub_asked", field="hub")
    closed.when(msgspec.structs.replace(TO_SOUTH, hub="north"), by=OLGA).then("hub.not_open", field="hub")
    closed.when(msgspec.structs.replace(TO_SOUTH, reason=" "), by=OLGA).then("text.empty", field="reason")
    given(*UNDER_WAY, *NORTH_CLOSED).when(TO_SOUTH, by=OLGA).then("hub.not_open", field="mode")


@refuses(c.HandOverLead, "coordination.delivery_not_accepted")
def test_it_does_not_go_through_a_hub_that_did_not_accept_delivery() -> None:
    declined = msgspec.structs.replace(OF_SOUTH, accepts_delivery=False)
    closed = given(*UNANSWERED_BY_BOTH, *did(HANA, OPINION), *did(HUGO, declined), *did(OLGA, COORDINATION), *NORTH_CLOSED)
    closed.when(TO_SOUTH, by=OLGA).then("coordination.delivery_not_accepted", field="mode")
    closed.when(msgspec.structs.replace(TO_SOUTH, mode="with_hub"), by=OLGA).then(msgspec.structs.replace(BY_SOUTH, mode="with_hub"))


@refuses(c.HandOverLead, "conflict.paid_to_deliver")
def test_nobody_of_a_hub_that_could_come_to_lead_chooses_it() -> None:
    of_south = did(ADA, e.RoleGranted(person=OMAR, role="coordinator", scope="south"), on=OMAR)
    given(*TO_DELIVER, *NORTH_CLOSED, *of_south).when(TO_SOUTH, by=OMAR).then("conflict.paid_to_deliver")


@refuses(c.Approve, "coordination.lead_not_open")
@refuses(c.ApproveWithConditions, "coordination.lead_not_open")
@refuses(c.PutOnWaitingList, "coordination.lead_not_open")
def test_nothing_is_granted_while_the_hub_that_leads_is_not_open() -> None:
    approve = c.Approve(application=FILE, envelope=PURSE, amount=3_500_00, reasons=REASONS)
    conditions = c.ApproveWithConditions(**msgspec.structs.asdict(approve), conditions=(CONDITION,))
    waiting = c.PutOnWaitingList(application=FILE, envelope=EMPTY, amount=3_500_00, reasons=REASONS, otherwise="x")
    for gone in (NORTH_CLOSED, NORTH_STOPPED):
        there = given(*TO_DECIDE, *gone)
        for command in (approve, conditions, waiting):
            there.when(command, by=INES).then("coordination.lead_not_open")
        handed = there.when(TO_SOUTH, by=OMAR).then(BY_SOUTH).after
        assert not handed.when(approve, by=INES).code


def test_the_envelope_and_the_hub_that_leads_are_relied_on_by_whoever_grants() -> None:
    approve = c.Approve(application=FILE, reasons=REASONS)
    assert {PURSE, NORTH} <= set(reads(given(*PROPOSED).file(), approve, INES, PROGRAMME))


@refuses(c.MakeProposal, "coordination.lead_not_open")
def test_nothing_is_proposed_to_be_granted_then_and_whatever_grants_nothing_may_be() -> None:
    propose = c.MakeProposal(
        application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("x",), reason="x"
    )
    there = given(*BOTH_ANSWERED, *NORTH_CLOSED)
    there.when(propose, by=OLGA).then("coordination.lead_not_open")
    there.when(c.MakeProposal(application=FILE, recommendation="decline", reason="x", no_peers_reason="x"), by=OLGA).then(e.ProposalMade)
    there.when(TO_SOUTH, by=OLGA).after.when(propose, by=OLGA).then(e.ProposalMade)


@refuses(c.RecordActivity, "coordination.lead_not_open")
def test_what_a_hub_gave_before_it_closed_is_recorded_and_nothing_that_it_is_said_to_have_given_since() -> None:
    held = c.RecordActivity(
        application=FILE, format="visit", first_day=NOW.date(), last_day=NOW.date(), days=2, participants=3, hub="north", note=""
    )
    closed = given(*TO_DELIVER, *NORTH_CLOSED)
    handed = closed.when(TO_SOUTH, by=OLGA).after
    tomorrow = NOW + timedelta(days=1)
    since = msgspec.structs.replace(held, last_day=tomorrow.date())
    for there in (closed, handed):
        there.when(held, by=OLGA).then(HELD_BY_NORTH)
        there.when(since, by=OLGA, at=tomorrow).then("coordination.lead_not_open", field="hub")
    handed.when(msgspec.structs.replace(held, hub="south"), by=OLGA).then(e.ActivityHeld)


def test_the_hub_that_leads_next_keeps_what_is_left_of_the_days() -> None:
    delivered = given(*TO_DELIVER, *did(OLGA, HELD_BY_NORTH), *NORTH_CLOSED)
    delivered.when(TO_SOUTH, by=OLGA).then(
        msgspec.structs.replace(BY_SOUTH, days_released=3),
        On(NORTH, e.HubDaysReleased(application=FILE, days=3)),
        On(SOUTH, e.HubDaysReserved(application=FILE, days=3)),
    )
