# ruff: noqa: F405
"""The opinions of hubs beside the checks, silence past the due date, and what each asks of those who do not follow it."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.application import Stage
from fund.processes import reactions
from tests.domain.proof import passes, refuses
from tests.domain.small import left
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

GIVE = c.GiveOpinion(application=FILE, opinion="support", accepts_delivery=True, reason="We know them")
DEEM = c.DeemOpinion(application=FILE, hub="north")
LATE = ASKED.due + timedelta(seconds=1)


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
    for history in (AGREED, SUBMITTED, COMPLETE_WITHOUT_HUB, WITHOUT_HUB):
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

FOR_BOTH = did(ADA, e.RoleGranted(person=HANA, role="coordinator", scope="south"), on=HANA)


@passes(c.GiveOpinion)
def test_each_hub_that_was_asked_gives_its_own_opinion() -> None:
    after = given(*ASKED_BOTH).when(GIVE, by=HUGO).then(OF_SOUTH).after
    assert [asked.hub for asked in after.file().open_opinions] == ["north"]
    both = after.when(GIVE, by=HANA).then(OPINION).after.file()
    assert (both.open_opinions, [asked.given for asked in both.opinions.values()]) == ((), [OPINION, OF_SOUTH])


@passes(c.GiveOpinion)
@refuses(c.GiveOpinion, "opinion.hub_needed")
def test_who_answers_for_two_hubs_says_for_which() -> None:
    history = given(*ASKED_BOTH, *FOR_BOTH)
    history.when(GIVE, by=HANA).then("opinion.hub_needed", field="hub")
    after = history.when(msgspec.structs.replace(GIVE, hub="south"), by=HANA).then(OF_SOUTH).after
    after.when(GIVE, by=HANA).then(OPINION)


@refuses(c.GiveOpinion, "workflow.not_your_hub")
@refuses(c.GiveOpinion, "opinion.already_answered")
def test_nobody_answers_for_another_hub_or_twice_for_their_own() -> None:
    history = given(*ASKED_BOTH)
    history.when(msgspec.structs.replace(GIVE, hub="south"), by=HANA).then("workflow.not_your_hub", field="hub")
    for_both = history.and_(*FOR_BOTH, *did(HANA, OPINION))
    for_both.when(msgspec.structs.replace(GIVE, hub="north"), by=HANA).then("opinion.already_answered", field="hub")


# ── A reminder before silence counts ──────────────────────────────────────────

REMIND = c.RemindHub(application=FILE, hub="north")
REMINDED = e.HubReminded(hub="north", due=ASKED.due)
SECOND = timedelta(seconds=1)
DAY = ASKED.due - timedelta(days=2)


def in_time(history: History) -> History:
    asked = msgspec.structs.replace(ASKED, remind_at=DAY)
    return tuple(msgspec.structs.replace(told, event=asked) if told.event == ASKED else told for told in history)


IN_TIME = in_time(COMPLETE)
"""The hub is asked for its opinion, and reminded two days before its time is over."""


@passes(c.RemindHub)
@refuses(c.RemindHub, "opinion.none_to_remind")
def test_a_hub_that_has_not_answered_is_reminded_once() -> None:
    asked = given(*IN_TIME)
    for at, then in ((DAY, "opinion.none_to_remind"), (DAY + SECOND, REMINDED), (DAY + timedelta(days=1), REMINDED)):
        asked.when(REMIND, by=TIMER, at=at).then(then)
    asked.when(REMIND, by=TIMER, at=DAY + SECOND).after.when(REMIND, by=TIMER, at=ASKED.due).then("opinion.none_to_remind")
    given(*COMPLETE).when(REMIND, by=TIMER, at=ASKED.due).then("opinion.none_to_remind")
    asked.when(msgspec.structs.replace(REMIND, hub="south"), by=TIMER, at=ASKED.due).then("opinion.none_to_remind", field="hub")


@passes(c.RemindHub)
@refuses(c.DeemOpinion, "opinion.not_yet_due")
def test_a_hub_that_is_reminded_late_has_the_two_days_all_the_same_before_its_silence_counts() -> None:
    asked = given(*IN_TIME)
    asked.when(DEEM, by=TIMER, at=LATE).then("opinion.not_yet_due")
    for at in (ASKED.due, LATE, LATE + timedelta(days=30)):
        later = in_days(2, at)
        reminded = e.HubReminded(hub="north", due=later, calendar=CALENDAR, instead_of=ASKED.due)
        after = asked.when(REMIND, by=TIMER, at=at).then(reminded).after
        assert after.file().opinions["north"].due == later
        after.when(DEEM, by=TIMER, at=later).then("opinion.not_yet_due")
        after.when(DEEM, by=TIMER, at=later + SECOND).then(e.OpinionDeemed(hub="north", due=later, meaning="no_objection"))


@passes(c.RemindHub)
def test_a_hub_is_reminded_wherever_its_opinion_is_awaited_and_that_moves_no_stage() -> None:
    unasked = tuple(told for told in IN_MODERATION if told.event != OPINION)
    for history in (ELIGIBLE, UNANSWERED, unasked):
        before = given(*in_time(history))
        after = before.when(REMIND, by=TIMER, at=DAY + SECOND).then(REMINDED).after.file()
        assert (after.stage, after.due) == (before.file().stage, before.file().due)


@refuses(c.RemindHub, "opinion.none_to_remind")
def test_a_hub_that_answered_or_need_not_is_not_reminded() -> None:
    taken = e.OpinionTakenOver(hub="north", reason="x", due=ASKED.due, calendar=CALENDAR)
    for done in (did(HANA, OPINION), did(OLGA, taken), did(OLGA, e.HubReleased(hub="north", reason="x"))):
        given(*IN_TIME, *done).when(REMIND, by=TIMER, at=ASKED.due).then("opinion.none_to_remind")


def test_a_hub_that_got_more_time_is_reminded_of_the_other_day() -> None:
    later = ASKED.due + timedelta(days=5)
    moved = msgspec.structs.replace(left("officer", "eligibility"), opinions_due=later, opinions=())
    asked = given(*IN_TIME, *did(TIMER, REMINDED), *did(OLGA, moved)).file().opinions["north"]
    assert (asked.remind_at, asked.reminded) == (later - timedelta(days=2), False)


def test_a_hub_is_asked_together_with_the_day_of_its_reminder() -> None:
    silence = p.SilenceRule(means="no_objection", reminder_days=3, source="test")
    consulted = given(*SUBMITTED).under(consultation=msgspec.structs.replace(PROGRAMME.consultation, silence=silence))
    asked = consulted.when(c.ConfirmCompleteness(application=FILE), by=OLGA).after.file().opinions["north"]
    assert asked.remind_at == asked.due - timedelta(days=3)
    besides = given(*SOUTH_IS_OPEN, *COMPLETE).under(consultation=consulted.programme.consultation)
    more = besides.when(c.AskHub(application=FILE, hub="south", reason="x"), by=OLGA).after.file().opinions["south"]
    assert more.remind_at == more.due - timedelta(days=3)


def test_each_reminder_is_a_cause_of_its_own_and_comes_in_its_turn() -> None:
    of_south = msgspec.structs.replace(ASKED_SOUTH, remind_at=DAY)
    both = given(*IN_TIME, *did(OLGA, of_south))
    after = both.and_(*did(TIMER, REMINDED))
    done = after.and_(*did(TIMER, e.HubReminded(hub="south", due=ASKED_SOUTH.due)))
    wanted = [reactions.reminded_hubs(one.file(), PROGRAMME, DAY + SECOND) for one in (both, after, done)]
    assert wanted == [REMIND, msgspec.structs.replace(REMIND, hub="south"), None]
    assert len({reactions.unreminded(one.file()) for one in (both, after)}) == 2
    assert reactions.reminder_of_hub_passed(both.file(), DAY + SECOND) == DAY


# ── Silence ───────────────────────────────────────────────────────────────────


@passes(c.DeemOpinion)
@refuses(c.DeemOpinion, "opinion.not_asked")
@refuses(c.DeemOpinion, "opinion.already_answered")
@refuses(c.DeemOpinion, "opinion.not_yet_due")
def test_each_hub_is_silent_for_itself() -> None:
    later = msgspec.structs.replace(ASKED_SOUTH, due=LATE + timedelta(days=1))
    history = given(*COMPLETE, *did(OLGA, later))
    of_south = msgspec.structs.replace(DEEM, hub="south")
    history.when(of_south, by=TIMER, at=LATE).then("opinion.not_yet_due")
    after = history.when(DEEM, by=TIMER, at=LATE).then(DEEMED).after
    after.when(DEEM, by=TIMER, at=later.due + timedelta(seconds=1)).then("opinion.already_answered", field="hub")
    after.when(of_south, by=TIMER, at=later.due + timedelta(seconds=1)).then(e.OpinionDeemed(hub="south", due=later.due))
    given(*COMPLETE).when(of_south, by=TIMER, at=LATE).then("opinion.not_asked", field="hub")


# ── What goes with it ─────────────────────────────────────────────────────────


@passes(c.GiveOpinion)
def test_what_is_for_the_funds_eyes_only_is_a_fact_of_its_own() -> None:
    outcome = given(*COMPLETE).when(msgspec.structs.replace(GIVE, confidential="The mayor’s brother trains"), by=HANA)
    note = e.ConfidentialNoteAdded(hub="north", note="The mayor’s brother trains")
    assert outcome.then(OPINION, note).after.file().opinions["north"].note == note


@passes(c.GiveOpinion)
def test_a_hub_says_what_would_last() -> None:
    lasting = "The school keeps the trainers"
    opinion = msgspec.structs.replace(OPINION, sustainability=lasting)
    given(*COMPLETE).when(msgspec.structs.replace(GIVE, sustainability=lasting), by=HANA).then(opinion)


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


@passes(c.DeemOpinion)
def test_what_silence_means_is_the_programmes_to_say_and_it_never_delivers() -> None:
    agreeing = msgspec.structs.replace(PROGRAMME.consultation, silence=p.SilenceRule(means="agreement", source="test"))
    outcome = given(*COMPLETE).under(consultation=agreeing).when(DEEM, by=TIMER, at=LATE)
    after = outcome.then(msgspec.structs.replace(DEEMED, meaning="agreement")).after.file()
    assert not after.opinions["north"].accepts_delivery


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


@pytest.mark.parametrize("opinion", ["support", "support_with_changes", "no_objection", "concern", "veto_request"])
def test_every_kind_of_opinion_is_kept_as_it_was_given(opinion: e.Opinion) -> None:
    outcome = given(*ASSIGNED[: len(COMPLETE)]).when(msgspec.structs.replace(GIVE, opinion=opinion), by=HANA)
    outcome.then(msgspec.structs.replace(OPINION, opinion=opinion))


# ── A hub that has closed ─────────────────────────────────────────────────────


@refuses(c.GiveOpinion, "hub.not_open")
def test_a_hub_that_has_closed_gives_no_opinion() -> None:
    given(*COMPLETE, *hub_closed()).when(GIVE, by=HANA).then("hub.not_open")


# ── What an opinion asks of those who do not follow it ────────────────────────

PROPOSE = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Port of Elm",),
    reason="It serves the quays",
)  # fmt: skip
ANSWER = c.Answer(hub="north", text="The visits are held online")
ANSWERED = e.OpinionAnswered(hub="north", answer="The visits are held online")


def coordinated(opinion: e.Opinion) -> History:
    """As far as the proposal, where the north hub said this."""
    said = {told.event: msgspec.structs.replace(OPINION, opinion=opinion) for told in COORDINATED if told.event == OPINION}
    return tuple(msgspec.structs.replace(told, event=said.get(told.event, told.event)) for told in COORDINATED)


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "proposal.opinion_unanswered")
def test_a_proposal_to_approve_answers_the_opinions_that_the_programme_says() -> None:
    for opinion, effect in EFFECTS.items():
        scenario = given(*coordinated(opinion))
        if effect == "none":
            scenario.when(PROPOSE, by=OLGA).then(PROPOSAL)
        else:
            scenario.when(PROPOSE, by=OLGA).then("proposal.opinion_unanswered", field="answers")
        after = scenario.when(msgspec.structs.replace(PROPOSE, answers=(ANSWER,)), by=OLGA).then(ANSWERED, PROPOSAL).after.file()
        assert after.opinions["north"].answer == ANSWERED


@passes(c.MakeProposal)
def test_a_proposal_to_decline_need_not_answer_a_concern() -> None:
    given(*coordinated("concern")).when(msgspec.structs.replace(PROPOSE, recommendation="decline"), by=OLGA).then(e.ProposalMade)


@refuses(c.MakeProposal, "proposal.no_such_opinion")
@refuses(c.MakeProposal, "code.repeated")
@refuses(c.MakeProposal, "text.empty")
def test_only_what_was_said_is_answered_and_once() -> None:
    def answering(*answers: c.Answer) -> c.MakeProposal:
        return msgspec.structs.replace(PROPOSE, answers=answers)

    silent = UNANSWERED + did(TIMER, DEEMED) + did(OLGA, msgspec.structs.replace(COORDINATION, mode="with_hub", reason="Silent"))
    given(*silent).when(answering(ANSWER), by=OLGA).then("proposal.no_such_opinion", field="answers")
    given(*COORDINATED).when(answering(c.Answer(hub="south", text="x")), by=OLGA).then("proposal.no_such_opinion", field="answers")
    given(*COORDINATED).when(answering(ANSWER, ANSWER), by=OLGA).then("code.repeated", field="answers")
    given(*COORDINATED).when(answering(c.Answer(hub="north", text=" ")), by=OLGA).then("text.empty", field="answers.0.text")


@passes(c.Approve)
@passes(c.ApproveWithConditions)
@refuses(c.Approve, "decision.against_opinion")
@refuses(c.ApproveWithConditions, "decision.against_opinion")
def test_nobody_approves_against_the_heaviest_opinion_without_a_reason() -> None:
    concerned = given(*coordinated("concern"), *did(OLGA, ANSWERED, PROPOSAL))
    overruled = e.OpinionOverruled(hubs=("north",), reason="The council asked for it")
    for command in (
        c.Approve(application=FILE, reasons=REASONS),
        c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,), otherwise="A warden first"),
    ):
        concerned.when(command, by=INES).then("decision.against_opinion", field="despite")
        despite = msgspec.structs.replace(command, despite="The council asked for it")
        assert concerned.when(despite, by=INES).events[0] == overruled


@passes(c.Approve)
@refuses(c.Approve, "decision.nothing_overruled")
def test_a_reason_against_an_opinion_stands_only_where_one_is_overruled() -> None:
    answered_veto = given(*coordinated("veto_request"), *did(OLGA, ANSWERED, PROPOSAL))
    answered_veto.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then(APPROVAL, On(PURSE, COMMITMENT), *AWARDS)
    answered_veto.when(c.Approve(application=FILE, reasons=REASONS, despite="x"), by=INES).then(
        "decision.nothing_overruled", field="despite"
    )
