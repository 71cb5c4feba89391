# ruff: noqa: F405
"""The hub’s opinion beside the checks, silence past the due date, and how coordination closes."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

GIVE = c.GiveOpinion(application=FILE, opinion="support", accepts_delivery=True, reason="We know them")
DEEM = c.DeemOpinion(application=FILE, hub="north")
CLOSE = c.CloseCoordination(application=FILE, mode="via_hub")
LATE = ASKED.due + timedelta(seconds=1)

ASSESSMENTS = did(EVA, BY_EVA) + did(TOM, BY_TOM, ALIGNED)
ASSIGNMENTS = did(OLGA, e.AssessorAssigned(assessor=EVA), e.AssessorAssigned(assessor=TOM))
UNANSWERED = ELIGIBLE + ASSIGNMENTS + ASSESSMENTS
WITHOUT_HUB = COMPLETE_WITHOUT_HUB + did(OLGA, FOUND_ELIGIBLE) + ASSIGNMENTS + ASSESSMENTS


def answered(answer: e.OpinionGiven | e.OpinionDeemed) -> History:
    by = HANA if isinstance(answer, e.OpinionGiven) else TIMER
    return UNANSWERED + did(by, answer)


def close(mode: e.Mode, reason: str = "") -> c.CloseCoordination:
    return c.CloseCoordination(application=FILE, mode=mode, reason=reason)


# ── Opinion ───────────────────────────────────────────────────────────────────


@passes(c.GiveOpinion)
def test_the_coordinator_of_the_hub_that_was_asked_gives_its_opinion() -> None:
    after = given(*COMPLETE).when(GIVE, by=HANA).then(OPINION).after.file()
    assert after.opinions["north"].accepts_delivery
    assert after.stage is Stage.ELIGIBILITY


@passes(c.GiveOpinion)
def test_an_opinion_is_taken_beside_the_checks_and_the_assessment_and_moves_no_stage() -> None:
    for history, stage in ((COMPLETE, Stage.ELIGIBILITY), (ELIGIBLE, Stage.ASSESSMENT), (UNANSWERED, Stage.COORDINATION)):
        file = given(*history).when(GIVE, by=HANA).then(OPINION).after.file()
        assert (file.stage, file.due) == (stage, given(*history).file().due)


@passes(c.GiveOpinion)
def test_a_late_opinion_counts_as_long_as_silence_was_not_recorded() -> None:
    given(*COMPLETE).when(GIVE, by=HANA, at=LATE).then(OPINION)


@refuses(c.GiveOpinion, "workflow.not_your_hub")
def test_another_hubs_coordinator_gives_no_opinion() -> None:
    given(*COMPLETE).when(GIVE, by=HUGO).then("workflow.not_your_hub")


@refuses(c.GiveOpinion, "workflow.not_your_hub")
def test_a_coordinator_who_was_not_asked_does_not_learn_whether_another_was() -> None:
    for history in (DRAFTED, SUBMITTED, COMPLETE_WITHOUT_HUB, WITHOUT_HUB):
        for coordinator in (HANA, HUGO):
            given(*history).when(GIVE, by=coordinator).then("workflow.not_your_hub")
    for history in (COMPLETE, ADVISED, UNANSWERED, CLOSED):
        given(*history).when(GIVE, by=HUGO).then("workflow.not_your_hub")


@refuses(c.GiveOpinion, "opinion.already_answered")
def test_an_opinion_is_given_once_and_not_after_silence() -> None:
    given(*ADVISED).when(GIVE, by=HANA).then("opinion.already_answered")
    given(*COMPLETE, *did(TIMER, DEEMED)).when(GIVE, by=HANA).then("opinion.already_answered")


@refuses(c.GiveOpinion, "duty.own_city")
def test_a_coordinator_who_belongs_to_a_city_of_the_file_gives_no_opinion() -> None:
    belongs = did("person-ada", e.AffiliationRecorded(person=HANA, city=HILLTOWN), on=HANA)
    given(*COMPLETE, *belongs).when(GIVE, by=HANA).then("duty.own_city")


# ── Several hubs ──────────────────────────────────────────────────────────────

ASKED_BOTH = COMPLETE + did(OLGA, e.OpinionRequested(hub="south", due=due("hub_opinion"), calendar=CALENDAR))
FOR_BOTH = did(ADA, e.RoleGranted(person=HANA, role="coordinator", scope="south"), on=HANA)
SOUTH_IS_OPEN = hub_opened(SOUTH, "south", "coast")


@passes(c.GiveOpinion)
def test_each_hub_that_was_asked_gives_its_own_opinion() -> None:
    history = (*ASKED_BOTH, *SOUTH_IS_OPEN)
    of_south = msgspec.structs.replace(OPINION, hub="south")
    after = given(*history).when(GIVE, by=HUGO).then(of_south).after
    assert [asked.hub for asked in after.file().open_opinions] == ["north"]
    both = after.when(GIVE, by=HANA).then(OPINION).after.file()
    assert (both.open_opinions, [asked.given for asked in both.opinions.values()]) == ((), [OPINION, of_south])


@passes(c.GiveOpinion)
@refuses(c.GiveOpinion, "opinion.hub_needed")
def test_who_answers_for_two_hubs_says_for_which() -> None:
    history = given(*ASKED_BOTH, *SOUTH_IS_OPEN, *FOR_BOTH)
    history.when(GIVE, by=HANA).then("opinion.hub_needed", field="hub")
    after = history.when(msgspec.structs.replace(GIVE, hub="south"), by=HANA).then(msgspec.structs.replace(OPINION, hub="south")).after
    after.when(GIVE, by=HANA).then(OPINION)


@refuses(c.GiveOpinion, "workflow.not_your_hub")
@refuses(c.GiveOpinion, "opinion.already_answered")
def test_nobody_answers_for_another_hub_or_twice_for_their_own() -> None:
    history = given(*ASKED_BOTH, *SOUTH_IS_OPEN)
    history.when(msgspec.structs.replace(GIVE, hub="south"), by=HANA).then("workflow.not_your_hub", field="hub")
    for_both = history.and_(*FOR_BOTH, *did(HANA, OPINION))
    for_both.when(msgspec.structs.replace(GIVE, hub="north"), by=HANA).then("opinion.already_answered", field="hub")


@passes(c.DeemOpinion)
@refuses(c.DeemOpinion, "opinion.not_asked")
@refuses(c.DeemOpinion, "opinion.already_answered")
@refuses(c.DeemOpinion, "opinion.not_yet_due")
def test_each_hub_is_silent_for_itself() -> None:
    later = e.OpinionRequested(hub="south", due=LATE + timedelta(days=1), calendar=CALENDAR)
    history = given(*COMPLETE, *did(OLGA, later))
    of_south = msgspec.structs.replace(DEEM, hub="south")
    history.when(of_south, by=TIMER, at=LATE).then("opinion.not_yet_due")
    after = history.when(DEEM, by=TIMER, at=LATE).then(DEEMED).after
    after.when(DEEM, by=TIMER, at=later.due + timedelta(seconds=1)).then("opinion.already_answered", field="hub")
    after.when(of_south, by=TIMER, at=later.due + timedelta(seconds=1)).then(e.OpinionDeemed(hub="south", due=later.due))
    given(*COMPLETE).when(of_south, by=TIMER, at=LATE).then("opinion.not_asked", field="hub")


# ── Silence ───────────────────────────────────────────────────────────────────


@passes(c.DeemOpinion)
def test_silence_past_the_due_date_is_no_objection_and_never_an_agreement_to_deliver() -> None:
    after = given(*COMPLETE).when(DEEM, by=TIMER, at=LATE).then(DEEMED).after.file()
    assert after.opinions["north"].deemed == DEEMED
    assert not after.opinions["north"].accepts_delivery


@passes(c.DeemOpinion)
def test_silence_is_recorded_wherever_the_file_has_come_to_and_moves_no_stage() -> None:
    for history, stage in ((COMPLETE, Stage.ELIGIBILITY), (ELIGIBLE, Stage.ASSESSMENT), (UNANSWERED, Stage.COORDINATION)):
        assert given(*history).when(DEEM, by=TIMER, at=LATE).then(DEEMED).after.file().stage is stage


@refuses(c.DeemOpinion, "opinion.not_yet_due")
def test_silence_is_not_recorded_before_the_due_date_is_over() -> None:
    given(*COMPLETE).when(DEEM, by=TIMER, at=ASKED.due).then("opinion.not_yet_due")


@refuses(c.DeemOpinion, "opinion.already_answered")
def test_a_hub_that_answered_was_not_silent() -> None:
    given(*ADVISED).when(DEEM, by=TIMER, at=LATE).then("opinion.already_answered")


@refuses(c.DeemOpinion, "opinion.not_asked")
def test_a_hub_that_was_not_asked_was_not_silent() -> None:
    given(*COMPLETE_WITHOUT_HUB).when(DEEM, by=TIMER, at=LATE).then("opinion.not_asked")


@refuses(c.DeemOpinion, "workflow.role_needed")
def test_no_person_declares_a_hub_silent() -> None:
    given(*COMPLETE).when(DEEM, by=OLGA, at=LATE).then("workflow.role_needed")


# ── Closing coordination ──────────────────────────────────────────────────────


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


@pytest.mark.parametrize("opinion", ["support", "support_with_changes", "no_objection", "concern"])
def test_every_kind_of_opinion_is_kept_as_it_was_given(opinion: e.Opinion) -> None:
    outcome = given(*ASSIGNED[: len(COMPLETE)]).when(msgspec.structs.replace(GIVE, opinion=opinion), by=HANA)
    outcome.then(msgspec.structs.replace(OPINION, opinion=opinion))


# ── A hub that has closed ─────────────────────────────────────────────────────


@refuses(c.GiveOpinion, "hub.not_open")
def test_a_hub_that_has_closed_gives_no_opinion() -> None:
    given(*COMPLETE, *hub_closed()).when(GIVE, by=HANA).then("hub.not_open")


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
