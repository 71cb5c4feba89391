# ruff: noqa: F405
"""A hub that is full, suspended or closed, and officers who ask another: no file waits for a hub that cannot answer."""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.processes.handovers import to_take_over
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

ASK = c.AskHub(application=FILE, hub="south", reason="The other bank knows them")
RELEASE = c.ReleaseHub(application=FILE, hub="north", reason="It moved away")
HELP = c.AskCentralHelp(application=FILE, hub="north", reason="Forty files")
TAKE = c.TakeOverOpinion(application=FILE, hub="north", reason="The coordinator is ill")
GIVE_CENTRAL = c.GiveCentralOpinion(application=FILE, hub="north", opinion="support", reason="We read it")
ASKED_BESIDES = e.HubAsked(hub="south", reason="The other bank knows them", due=due("hub_opinion"), calendar=CALENDAR)
RELEASED = e.HubReleased(hub="north", reason="It moved away")
HELP_ASKED = e.CentralHelpAsked(hub="north", reason="Forty files")
TAKEN = e.OpinionTakenOver(hub="north", reason="The coordinator is ill", due=due("hub_opinion"), calendar=CALENDAR)
CENTRAL = e.CentralOpinionGiven(hub="north", opinion="support", reason="We read it")
GIVE = c.GiveOpinion(application=FILE, opinion="support", accepts_delivery=True, reason="We know them")


def suspended() -> History:
    return did(ADA, e.HubSuspended(hub="north", reason="Flooded"), on=NORTH)


# ── Another hub, or none ──────────────────────────────────────────────────────


@passes(c.AskHub)
def test_an_officer_asks_one_more_hub() -> None:
    after = given(*SOUTH_IS_OPEN, *COMPLETE).when(ASK, by=OLGA).then(ASKED_BESIDES).after
    assert [one.hub for one in after.file().open_opinions] == ["north", "south"]


@refuses(c.AskHub, "hub.none_to_ask")
@refuses(c.AskHub, "hub.unknown")
@refuses(c.AskHub, "hub.already_asked")
@refuses(c.AskHub, "hub.not_open")
def test_only_an_open_hub_is_asked_and_once() -> None:
    given(*COMPLETE).when(ASK, by=OLGA).then("hub.none_to_ask")
    both_open = given(*SOUTH_IS_OPEN, *COMPLETE)
    both_open.when(msgspec.structs.replace(ASK, hub="moon"), by=OLGA).then("hub.unknown", field="hub")
    both_open.when(msgspec.structs.replace(ASK, hub="north"), by=OLGA).then("hub.already_asked", field="hub")
    both_open.when(msgspec.structs.replace(ASK, hub="tides"), by=OLGA).then("hub.not_open", field="hub")


@passes(c.ReleaseHub)
@passes(c.AskHub)
def test_a_hub_that_is_not_needed_any_more_is_awaited_no_longer_and_may_be_asked_again() -> None:
    released = given(*COMPLETE).when(RELEASE, by=OLGA).then(RELEASED).after
    assert released.file().open_opinions == ()
    released.when(GIVE, by=HANA).then("workflow.not_your_hub")
    again = released.when(msgspec.structs.replace(ASK, hub="north"), by=OLGA).then(e.HubAsked).after
    again.when(GIVE, by=HANA).then(OPINION)


@refuses(c.ReleaseHub, "opinion.none_open")
@refuses(c.ReleaseHub, "opinion.not_asked")
@refuses(c.ReleaseHub, "opinion.already_answered")
def test_only_what_is_asked_and_open_is_given_up() -> None:
    given(*ADVISED).when(RELEASE, by=OLGA).then("opinion.none_open")
    given(*COMPLETE).when(msgspec.structs.replace(RELEASE, hub="south"), by=OLGA).then("opinion.not_asked", field="hub")
    given(*ASKED_BOTH, *did(HANA, OPINION)).when(RELEASE, by=OLGA).then("opinion.already_answered", field="hub")


@passes(c.CloseCoordination)
def test_without_any_hub_left_coordination_closes_without_one() -> None:
    history = given(*UNANSWERED, *did(OLGA, RELEASED))
    history.when(c.CloseCoordination(application=FILE, mode="no_hub", reason="It moved away"), by=OLGA).then(e.CoordinationClosed)
    history.when(c.CloseCoordination(application=FILE, mode="via_hub"), by=OLGA).then("coordination.no_hub_asked", field="mode")


# ── A full hub ────────────────────────────────────────────────────────────────


@passes(c.AskCentralHelp)
@passes(c.GiveCentralOpinion)
@passes(c.GiveOpinion)
def test_a_full_hub_asks_for_help_and_then_either_may_answer() -> None:
    helped = given(*COMPLETE).when(HELP, by=HANA).then(HELP_ASKED).after
    assert helped.file().open_opinions[0].due == ASKED.due
    helped.when(GIVE, by=HANA).then(OPINION)
    after = helped.when(GIVE_CENTRAL, by=OMAR).then(CENTRAL).after.file()
    assert (after.open_opinions, after.opinions["north"].opinion) == ((), "support")
    assert not after.opinions["north"].accepts_delivery


@refuses(c.AskCentralHelp, "opinion.help_not_needed")
@refuses(c.AskCentralHelp, "workflow.not_your_hub")
def test_help_is_asked_once_for_ones_own_hub_while_it_is_awaited() -> None:
    given(*COMPLETE, *did(HANA, HELP_ASKED)).when(HELP, by=HANA).then("opinion.help_not_needed")
    given(*ADVISED).when(HELP, by=HANA).then("opinion.help_not_needed")
    given(*ASKED_BOTH).when(msgspec.structs.replace(HELP, hub="south"), by=HANA).then("workflow.not_your_hub", field="hub")
    for_both = did(ADA, e.RoleGranted(person=HANA, role="coordinator", scope="south"), on=HANA)
    given(*ASKED_BOTH, *for_both, *did(HANA, OPINION)).when(HELP, by=HANA).then("opinion.help_not_needed", field="hub")


@refuses(c.GiveCentralOpinion, "opinion.not_with_centre")
def test_the_central_team_answers_for_no_hub_that_answers_for_itself() -> None:
    given(*COMPLETE).when(GIVE_CENTRAL, by=OMAR).then("opinion.not_with_centre")
    of_south = msgspec.structs.replace(GIVE_CENTRAL, hub="south")
    given(*ASKED_BOTH, *did(HANA, HELP_ASKED)).when(of_south, by=OMAR).then("opinion.not_with_centre", field="hub")


@refuses(c.GiveCentralOpinion, "duty.not_apart")
@refuses(c.MakeProposal, "duty.not_apart")
def test_whoever_answers_in_the_place_of_a_hub_is_apart_from_the_other_duties() -> None:
    given(*COMPLETE, *did(HANA, HELP_ASKED)).when(GIVE_CENTRAL, by=OLGA).then("duty.not_apart")
    advised = COORDINATED + did(OMAR, CENTRAL)
    propose = c.MakeProposal(application=FILE, recommendation="decline", reason="x")
    given(*advised).when(propose, by=OMAR).then("duty.not_apart")


# ── A hub that is suspended or closes ─────────────────────────────────────────


@passes(c.TakeOverOpinion)
@refuses(c.TakeOverOpinion, "text.empty")
@refuses(c.TakeOverOpinion, "opinion.none_open")
@refuses(c.TakeOverOpinion, "opinion.already_taken_over")
def test_an_officer_takes_over_for_a_reason_and_once() -> None:
    for history in ((*COMPLETE, *suspended()), COMPLETE):
        given(*history).when(TAKE, by=OLGA).then(TAKEN)
    given(*COMPLETE).when(msgspec.structs.replace(TAKE, reason=" "), by=OLGA).then("text.empty", field="reason")
    given(*ADVISED).when(TAKE, by=OLGA).then("opinion.none_open")
    given(*ASKED_BOTH, *did(OLGA, TAKEN)).when(TAKE, by=OLGA).then("opinion.already_taken_over", field="hub")


@passes(c.TakeOverOpinion)
@passes(c.DeemOpinion)
def test_what_is_asked_of_a_hub_that_is_not_open_is_taken_over_by_itself_and_has_time_again() -> None:
    by_itself = msgspec.structs.replace(TAKE, reason="")
    later = NOW + timedelta(days=3)
    for gone in (suspended(), hub_closed()):
        history = given(*COMPLETE, *gone)
        assert [asked.hub for asked in to_take_over(history.file(), history.facts(TIMER).hub)] == ["north"]
        after = history.when(by_itself, by=TIMER, at=later).then(
            msgspec.structs.replace(TAKEN, reason="", due=due("hub_opinion", later))
        ).after  # fmt: skip
        assert to_take_over(after.file(), after.facts(TIMER).hub) == ()
        after.when(GIVE, by=HANA).then("workflow.not_your_hub")
        after.when(GIVE_CENTRAL, by=OMAR).then(CENTRAL)
        silent = due("hub_opinion", later) + timedelta(seconds=1)
        after.when(c.DeemOpinion(application=FILE, hub="north"), by=TIMER, at=silent).then(e.OpinionDeemed)


@refuses(c.TakeOverOpinion, "hub.is_open")
def test_a_machine_takes_nothing_from_a_hub_that_is_open() -> None:
    given(*COMPLETE).when(TAKE, by=TIMER).then("hub.is_open")
    given(*ASKED_BOTH, *suspended()).when(msgspec.structs.replace(TAKE, hub="south"), by=TIMER).then("hub.is_open", field="hub")
    resumed = did(ADA, e.HubResumed(hub="north", reason="Dry"), on=NORTH)
    given(*COMPLETE, *suspended(), *resumed).when(TAKE, by=TIMER).then("hub.is_open")


@passes(c.AskHub)
@passes(c.ReleaseHub)
@passes(c.AskCentralHelp)
@passes(c.TakeOverOpinion)
@passes(c.GiveCentralOpinion)
def test_all_of_it_is_done_beside_the_checks_and_the_assessment_and_moves_no_stage() -> None:
    moderated = tuple(told for told in IN_MODERATION if told.event != OPINION)
    for reached in (COMPLETE, ELIGIBLE, UNANSWERED, moderated):
        history = given(*SOUTH_IS_OPEN, *reached)
        helped = history.and_(*did(HANA, HELP_ASKED))
        for scenario, command, by in (
            (history, ASK, OLGA), (history, RELEASE, OLGA), (history, HELP, HANA), (history, TAKE, OLGA), (helped, GIVE_CENTRAL, OMAR),
        ):  # fmt: skip
            after = scenario.when(command, by=by).after.file()
            assert (after.stage, after.due) == (history.file().stage, history.file().due)
