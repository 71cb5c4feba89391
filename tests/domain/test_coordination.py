# ruff: noqa: F405
"""How coordination closes: through a hub, with it or without one, and which of several hubs leads."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
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
