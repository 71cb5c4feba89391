# ruff: noqa: F405
"""Conflicts of interest: declared once and for all or on one file, disclosed or kept out by, ended by others, and what they taint."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain import visibility as v
from fund.domain.application import Stage
from fund.domain.conflict import took_part
from fund.domain.deciding import allowed_actions, further, reads
from fund.domain.eligibility import MACHINE_FACTS
from fund.domain.registers import City, Person
from fund.domain.round import Round
from fund.domain.staffing import announce_shortage
from fund.domain.workflow import APPLICATION_STEPS, STEPS
from fund.processes.interests import to_bring
from fund.processes.waking import to_wake
from tests.domain.proof import passes, refuses
from tests.domain.screening import screen_of, to_sign
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

DISMISS = c.DecideAppeal(application=FILE, outcome="dismissed", reasons=("The gauges were read.",))
UPHOLD = c.DecideAppeal(
    application=FILE, outcome="upheld", reasons=("The gauges say otherwise.",), back_to="proposal", envelope=PURSE, amount=4_000_00
)
PORT = "city-port"
"""Another city, which has no part in the file."""
RIVAL = did(NILS, e.FileEntered(application=OTHER_FILE, cities=(OUTPOST,), region=None), on=ROUND)
"""Outpost competes in the same round."""


def ties_to_outpost(person: str) -> tuple[History, History]:
    """Both ways to be tied to a city: one belongs to it, or speaks for it."""
    confirmed = e.RepresentativeConfirmed(person=person, capacity="focal_point", proof="letter")
    return did(ADA, e.AffiliationRecorded(person=person, city=OUTPOST), on=person), did(ADA, confirmed, on=OUTPOST)


OWN = c.DeclareConflict(application=FILE, interest="family", about="My brother keeps the quay")
DISCLOSED = msgspec.structs.replace(OWN, interest="employer", about="The school that would train them pays me")
LOOKED = c.LookAgain(application=FILE, number=1, finding="Checked the register again; it stands")
ENDED = c.EndConflict(application=FILE, number=1, reason="Another family of that name")
BEGUN = {stage: history for stage, history in REACHED.items() if stage is not Stage.NEW}
SAFE = did(OMAR, e.SafeguardsRecorded(level="green", reason="x"))
"""Omar had a hand on the file, and moved nothing."""


def declared(person: str, **changes: object) -> e.ConflictDeclared:
    said = e.ConflictDeclared(
        number=1, person=person, interest="family", effect="recuse", paid_to_deliver=False, about=OWN.about, standing=None
    )
    return msgspec.structs.replace(said, **changes)


def tainted(version: int, event: type[e.ApplicationEvent], then: e.Then) -> e.TaintedAct:
    return e.TaintedAct(version=version, event=event.name, then=then)


def interest(
    person: str, kind: e.Interest = "family", city: str | None = LAKESIDE, hub: str | None = None, effect: p.ConflictEffect = "recuse"
) -> History:
    """A standing declaration."""
    said = e.InterestDeclared(
        person=person, number=1, interest=kind, effect=effect, paid_to_deliver=kind == "employer", city=city, hub=hub, about="x"
    )
    return did(person, said, on=person)


EMPLOYED = interest(HANA, "employer", city=None, hub="north", effect="disclose")
"""The coordinator of the north hub is paid by the organisation behind it."""


def brought(person: str, number: int = 1, **changes: object) -> e.ConflictDeclared:
    said = declared(person, number=number, about="", standing=1)
    return msgspec.structs.replace(said, **changes)


SHOWN = brought(HANA, interest="employer", effect="disclose", paid_to_deliver=True)


def sees(person: str, scenario: Scenario) -> bool:
    file = scenario.file()
    cities = [state for id in file.parties if isinstance(state := scenario.state(id), City)]
    return v.sees_file(scenario.facts(person).actor, file, cities)


# ── Standing declarations ─────────────────────────────────────────────────────

STANDING = c.DeclareInterest(person=EVA, interest="family", city=LAKESIDE, about="My sister is the harbour master")


@passes(c.DeclareInterest)
def test_somebody_declares_an_interest_once_and_for_all_and_the_programme_says_what_it_does() -> None:
    after = given().when(STANDING, by=EVA).then(
        e.InterestDeclared(
            person=EVA, number=1, interest="family", effect="recuse", paid_to_deliver=False, city=LAKESIDE, hub=None, about=STANDING.about
        )
    ).after  # fmt: skip
    paid = msgspec.structs.replace(STANDING, interest="employer", city=None, hub="north")
    (second,) = after.when(paid, by=EVA).then(e.InterestDeclared).events
    assert isinstance(second, e.InterestDeclared)
    assert (second.number, second.effect, second.paid_to_deliver, second.hub) == (2, "disclose", True, "north")


@passes(c.DeclareInterest)
@refuses(c.DeclareInterest, "interest.not_yours")
def test_an_administrator_enters_what_somebody_gave_on_paper_and_nobody_else_speaks_for_another() -> None:
    given().when(STANDING, by=ADA).then(e.InterestDeclared)
    given().when(STANDING, by=OLGA).then("interest.not_yours", field="person")


@refuses(c.DeclareInterest, "interest.city_or_hub")
@refuses(c.DeclareInterest, "hub.unknown")
@refuses(c.DeclareInterest, "city.unknown")
def test_it_is_in_one_city_or_one_hub_that_there_is() -> None:
    for city, hub in ((None, None), (LAKESIDE, "north")):
        given().when(msgspec.structs.replace(STANDING, city=city, hub=hub), by=EVA).then("interest.city_or_hub", field="city")
    given().when(msgspec.structs.replace(STANDING, city=None, hub="west"), by=EVA).then("hub.unknown", field="hub")
    given().when(msgspec.structs.replace(STANDING, city=NOWHERE), by=EVA).then("city.unknown")


@refuses(c.DeclareInterest, "interest.already_declared")
def test_it_is_declared_once_while_it_lasts() -> None:
    given(*interest(EVA)).when(STANDING, by=EVA).then("interest.already_declared", field="interest")
    over = did(ADA, e.InterestEnded(person=EVA, number=1, reason="x"), on=EVA)
    (again,) = given(*interest(EVA), *over).when(STANDING, by=EVA).then(e.InterestDeclared).events
    assert isinstance(again, e.InterestDeclared)
    assert again.number == 2


END = c.EndInterest(person=EVA, number=1, reason="She works elsewhere")


@passes(c.EndInterest)
def test_its_end_is_a_fact_of_its_own_and_opens_what_it_had_closed() -> None:
    closed = given(*ADVISED, *interest(EVA))
    assign = c.AssignAssessor(application=FILE, assessor=EVA, reason="Reads French")
    closed.when(assign, by=OLGA).then("assessor.not_independent")
    after = closed.when(END, by=ADA).then(e.InterestEnded(person=EVA, number=1, reason=END.reason)).after
    after.when(assign, by=OLGA).then(e.AssessorAssigned)


@refuses(c.EndInterest, "interest.own_end")
@refuses(c.EndInterest, "interest.unknown")
def test_nobody_comes_back_by_their_own_word() -> None:
    own = interest(ADA)
    given(*own).when(msgspec.structs.replace(END, person=ADA), by=ADA).then("interest.own_end", field="person")
    given(*interest(EVA)).when(msgspec.structs.replace(END, number=2), by=ADA).then("interest.unknown", field="number")


# ── On one file ───────────────────────────────────────────────────────────────


@passes(c.DeclareConflict)
def test_a_conflict_is_declared_at_any_time_and_the_file_stays_where_it_is() -> None:
    for history in BEGUN.values():
        before = given(*history).file()
        after = given(*history).when(OWN, by=IVO).then(declared(IVO)).after.file()
        assert (after.stage, after.due, after.recused) == (before.stage, before.due, {IVO})


@passes(c.DeclareConflict)
@refuses(c.DeclareConflict, "conflict.not_yours")
@refuses(c.DeclareConflict, "person.unknown")
def test_an_officer_or_an_approver_may_say_it_of_somebody_else() -> None:
    of_eva = msgspec.structs.replace(OWN, person=EVA)
    for by in (OLGA, INES):
        given(*SUBMITTED).when(of_eva, by=by).then(declared(EVA))
    given(*SUBMITTED).when(of_eva, by=TOM).then("conflict.not_yours", field="person")
    given(*SUBMITTED).when(msgspec.structs.replace(OWN, person=STRANGER), by=OLGA).then("person.unknown")


@refuses(c.DeclareConflict, "conflict.already_declared")
def test_the_same_conflict_is_declared_once() -> None:
    history = (*COMPLETE, *did(EVA, declared(EVA, interest="employer", effect="disclose", paid_to_deliver=True)))
    given(*history).when(DISCLOSED, by=EVA).then("conflict.already_declared", field="interest")
    given(*history).when(OWN, by=EVA).then(e.ConflictDeclared)


@refuses(c.RecordAssessment, "conflict.recused")
def test_whoever_is_kept_out_sees_nothing_does_nothing_and_is_given_nothing() -> None:
    """By a declaration on the file and by a standing one alike; of another city it means nothing."""
    on_file, standing = did(EVA, declared(EVA)), interest(EVA)
    for kept_out in (on_file, standing):
        scenario = given(*ADVISED, *kept_out)
        assert not sees(EVA, scenario)
        scenario.when(c.AssignAssessor(application=FILE, assessor=EVA, reason="x"), by=OLGA).then("assessor.not_independent")
        lot = c.DrawAssessors(application=FILE, candidates=(e.Candidate(person=EVA, load=0),), as_of=1, seed="1")
        scenario.when(lot, by=TIMER).then("assessor.nobody_free")
        scenario.when(msgspec.structs.replace(OWN, interest="gain"), by=EVA).then("conflict.recused")
    given(*ASSIGNED, *standing).when(c.RecordAssessment(application=FILE, judgements=judged()), by=EVA).then("conflict.recused")
    elsewhere = given(*ADVISED, *city(PORT, "Port", None, True, {}), *interest(EVA, city=PORT))
    elsewhere.when(c.AssignAssessor(application=FILE, assessor=EVA, reason="x"), by=OLGA).then(e.AssessorAssigned)


@refuses(c.Approve, "conflict.recused")
@refuses(c.AssignModerator, "moderator.not_independent")
@refuses(c.ProposeExpert, "expert.not_independent")
def test_it_closes_every_task_on_the_file() -> None:
    given(*PROPOSED, *interest(INES)).when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("conflict.recused")
    moderator = c.AssignModerator(application=FILE, moderator=UMA, reason="x")
    given(*IN_MODERATION, *interest(UMA)).when(moderator, by=OLGA).then("moderator.not_independent")
    expert = c.ProposeExpert(application=FILE, person=POOLED, part="expert", purpose="x")
    given(*POOL, *COORDINATED, *interest(POOLED, city=HILLTOWN)).when(expert, by=OLGA).then("expert.not_independent")
    scenario = given(*PROPOSED, *interest(AUDE))
    assert not sees(AUDE, scenario)
    offered = {step.command for step in allowed_actions(scenario.file(), scenario.facts(INES))}
    assert c.DeclareConflict in offered
    assert allowed_actions(scenario.and_(*interest(INES)).file(), scenario.and_(*interest(INES)).facts(INES)) == ()


def test_whoever_is_kept_out_is_not_counted_among_those_who_can_finish_the_file() -> None:
    scenario = given(*SUBMITTED, *interest(INES), *interest(IVO, city=HILLTOWN))
    everybody = c.AnnounceShortage(application=FILE, people=(OLGA, OMAR, EVA, TOM, HANA, INES, IVO))
    (short,) = announce_shortage(scenario.file(), everybody, scenario.facts(TIMER), APPLICATION_STEPS)
    assert isinstance(short, e.ShortageAnnounced)
    assert "deciding" in short.duties


def test_what_is_said_of_conflicts_is_for_staff_and_for_assessors_once_it_is_decided() -> None:
    said = recorded(did(OLGA, declared(UMA)))[0]
    for history, sights in ((HALF_ASSESSED, (None, v.FULL, None, None)), (CLOSED, (None, v.FULL, v.CLEAR, None))):
        scenario = given(*history)
        cities = [state for id in scenario.file().parties if isinstance(state := scenario.state(id), City)]
        seen = (v.visible(scenario.facts(who).actor, said, scenario.file(), cities) for who in (AMINA, INES, EVA, HANA))
        assert tuple(seen) == sights


# ── What it taints ────────────────────────────────────────────────────────────

REJUDGED = declared(
    EVA,
    tainted=(tainted(len(HALF_ASSESSED), e.AssessmentRecorded, "redone"),),
    redone="assessment",
    due=due("assessment"),
    calendar=CALENDAR,
)


@passes(c.DeclareConflict)
def test_an_assessment_that_counted_is_asked_again_from_somebody_else() -> None:
    for history in (ASSESSED, COORDINATED, PROPOSED):
        after = given(*history).when(OWN, by=EVA).then(REJUDGED).after
        file = after.file()
        assert (file.stage, file.due, file.assessors, file.assessed_by) == (Stage.ASSESSMENT, due("assessment"), (TOM,), {TOM})
        assert (file.findings, file.coordination, file.proposal, file.to_look_at_again) == ((), None, None, ())
        asked = after.when(c.AssignAssessor(application=FILE, assessor=UMA, reason="x"), by=OLGA).then(e.AssessorAssigned).after
        judged_again = asked.when(c.RecordAssessment(application=FILE, judgements=judged()), by=UMA)
        assert judged_again.then(e.AssessmentRecorded, e.AlignmentDetermined).after.file().stage is Stage.COORDINATION


@passes(c.DeclareConflict)
def test_while_others_still_assess_the_clock_runs_on() -> None:
    before = given(*HALF_ASSESSED).file()
    expected = msgspec.structs.replace(REJUDGED, due=None, calendar="")
    after = given(*HALF_ASSESSED).when(OWN, by=EVA).then(expected).after.file()
    assert (after.stage, after.due, after.assessors, after.assessments) == (Stage.ASSESSMENT, before.due, (TOM,), ())


@passes(c.DeclareConflict)
def test_points_that_counted_are_taken_out_of_the_round_and_given_again() -> None:
    for history in (SCORED, TO_RANK):
        outcome = given(*history).when(OWN, by=EVA)
        after = outcome.then(e.ConflictDeclared, On(ROUND, e.FileUnscored(application=FILE))).after
        file = after.file()
        assert (file.stage, file.scored, [one.assessor for one in file.scores]) == (Stage.ASSESSMENT, None, [TOM])
        closed = after.and_(*did(TIMER, ROUND_CLOSED, on=ROUND))
        closed.when(c.RankRound(round=ROUND, equity_note="x"), by=OMAR).then("round.not_scored")
        again = after.and_(*did(OLGA, e.AssessorAssigned(assessor=UMA))).when(c.RecordScores(application=FILE, scores=scores()), by=UMA)
        assert again.then(e.ScoresRecorded, e.Scored, On).after.file().scored
    called = given(*IN_MODERATION).when(OWN, by=EVA).then(e.ConflictDeclared).after.file()
    assert (called.stage, called.moderation) == (Stage.ASSESSMENT, None)


def test_a_moderation_held_in_two_names_is_held_again_whichever_of_them_is_out() -> None:
    held = did(FINN, e.ModerationHeld(moderator=OLGA, scores=agreed(), reason="x"), MARKED)
    told = did(FINN, msgspec.structs.replace(FILE_SCORED, moderator=OLGA), on=ROUND)
    both = tuple(msgspec.structs.replace(one, lender=OLGA) for one in (*held, *told))
    for person in (OLGA, FINN):
        said = given(*IN_MODERATION, *both).when(msgspec.structs.replace(OWN, person=person), by=OMAR).events[0]
        assert isinstance(said, e.ConflictDeclared)
        assert said.redone == "moderation"


@passes(c.DeclareConflict)
def test_a_moderation_is_held_again() -> None:
    held = did(OMAR, e.ModerationHeld(moderator=OMAR, scores=agreed(), reason="x"), MARKED)
    told = did(OMAR, msgspec.structs.replace(FILE_SCORED, moderator=OMAR), on=ROUND)
    outcome = given(*IN_MODERATION, *held, *told).when(OWN, by=OMAR)
    said, _ = outcome.then(e.ConflictDeclared, On(ROUND, e.FileUnscored(application=FILE))).events
    assert isinstance(said, e.ConflictDeclared)
    assert (said.redone, said.due) == ("moderation", due("moderation"))
    file = outcome.after.file()
    assert (file.stage, file.moderated, len(file.scores)) == (Stage.MODERATION, None, 2)


@passes(c.DeclareConflict)
def test_what_a_round_has_ranked_is_looked_at_again_and_not_judged_again() -> None:
    (said,) = given(*TO_PROPOSE).when(OWN, by=EVA).then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert (said.redone, [act.then for act in said.tainted]) == ("nothing", ["look_again"])


@passes(c.DeclareConflict)
def test_a_proposal_is_made_again_by_somebody_else_who_also_looks_at_the_rest() -> None:
    outcome = given(*PROPOSED).when(OWN, by=OLGA)
    (said,) = outcome.then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert (said.redone, said.due) == ("proposal", due("proposal"))
    then = [(act.event, act.then) for act in said.tainted]
    assert then[-1] == (e.ProposalMade.name, "redone")
    assert {one for _, one in then[:-1]} == {"look_again"}
    done = [one for one in recorded(PROPOSED) if one.stream == FILE and one.header.actor == OLGA]
    assert [act.version for act in said.tainted] == [one.version for one in done if getattr(one.event, "duty", None)]
    file = outcome.after.file()
    assert (file.stage, file.proposal, [one.said.number for one in file.to_look_at_again]) == (Stage.PROPOSAL, None, [1])


@passes(c.DeclareConflict)
def test_a_first_approval_is_given_again() -> None:
    outcome = given(*HALF_APPROVED).when(OWN, by=INES)
    (said,) = outcome.then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert (said.redone, said.due, [act.then for act in said.tainted]) == ("approval", None, ["redone"])
    file = outcome.after.file()
    assert (file.stage, file.due, file.approval) == (Stage.DECISION, given(*HALF_APPROVED).file().due, None)


@passes(c.DeclareConflict)
def test_after_the_decision_nothing_is_done_again_and_everything_stays_listed() -> None:
    for history in (APPROVED, CLOSED):
        outcome = given(*history).when(OWN, by=OLGA)
        (said,) = outcome.then(e.ConflictDeclared).events
        assert isinstance(said, e.ConflictDeclared)
        assert (said.redone, {act.then for act in said.tainted}) == ("nothing", {"listed"})
        file = outcome.after.file()
        assert (file.stage, file.to_look_at_again) == (given(*history).file().stage, ())
        assert file.conflicts[0].said.tainted == said.tainted


@passes(c.DeclareConflict)
@refuses(c.AdmitAppeal, "conflict.recused")
@refuses(c.DecideAppeal, "conflict.recused")
def test_whoever_has_a_conflict_hears_no_appeal_and_one_that_they_admitted_is_admitted_again() -> None:
    admit = c.AdmitAppeal(application=FILE)
    given(*APPEALED, *interest(OMAR)).when(admit, by=OMAR).then("conflict.recused")
    given(*HEARD, *interest(IVO)).when(DISMISS, by=IVO).then("conflict.recused")
    stays = given(*HEARD).when(OWN, by=IVO).then(e.ConflictDeclared).after.file()
    assert stays.stage is Stage.APPEAL, "who admitted it is somebody else"
    outcome = given(*HEARD).when(OWN, by=OMAR)
    (said,) = outcome.then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert (said.redone, said.tainted[-1].then) == ("admission", "redone")
    assert {act.then for act in said.tainted[:-1]} <= {"listed"}
    file = outcome.after.file()
    assert (file.stage, file.due) == (Stage.APPEAL_LODGED, due("appeal_admission"))
    assert outcome.after.when(admit, by=IVO).then(e.AppealAdmitted).after.file().stage is Stage.APPEAL


@refuses(c.AdmitAppeal, "appeal.competes_with_you")
@refuses(c.TurnAwayAppeal, "appeal.competes_with_you")
@refuses(c.DecideAppeal, "appeal.competes_with_you")
@refuses(c.DecideAppeal, "conflict.donor_city")
def test_nobody_of_a_competing_city_hears_an_appeal_and_no_donor_is_promised_its_own_money() -> None:
    lodged = RACE_REFUSED + did(AMINA, LODGED)
    late = RACE_REFUSED + did(AMINA, msgspec.structs.replace(LODGED, against=("late",)))
    for tie in (*ties_to_outpost(IVO), interest(IVO, city=OUTPOST)):
        given(*lodged, *RIVAL, *tie).when(c.AdmitAppeal(application=FILE), by=IVO).then("appeal.competes_with_you")
        given(*late, *RIVAL, *tie).when(c.TurnAwayAppeal(application=FILE, reason="x"), by=IVO).then("appeal.competes_with_you")
        given(*RACE_HEARD, *RIVAL, *tie).when(DISMISS, by=IVO).then("appeal.competes_with_you")
    closed = msgspec.structs.replace(PROGRAMME.conflicts, donor_city=p.ConflictRule(effect="recuse", source="test"))
    gave = given().when(GIFT, by=FINN).then(e.ContributionReceived, On).recorded
    given(*gave, *HEARD).under(conflicts=closed).when(UPHOLD, by=IVO).then("conflict.donor_city", field="envelope")
    given(*gave, *HEARD).when(UPHOLD, by=IVO).then(e.AppealDecided, On)


@passes(c.LookAgain)
def test_once_the_decision_has_fallen_what_was_only_listed_is_looked_at_again() -> None:
    said = given(*HEARD).when(OWN, by=OLGA).then(e.ConflictDeclared).recorded
    upheld = did(IVO, UPHELD) + did(IVO, HELD, on=PURSE) + did(TIMER, TOLD_UPHELD)
    before, again = given(*HEARD, *said), given(*HEARD, *said, *upheld)
    assert (before.file().to_look_at_again, len(again.file().to_look_at_again)) == ((), 1)
    proposed = again.and_(*did(OMAR, DECLINING))
    proposed.when(c.Decline(application=FILE, reasons=REASONS, what_would_change=REASONS), by=IVO).then("conflict.look_again")
    assert again.when(LOOKED, by=OMAR).then(e.LookedAgain).after.file().to_look_at_again == ()


@passes(c.DeclareConflict)
def test_a_file_that_waits_for_another_decision_is_looked_at_again_before_it() -> None:
    for history in (LISTED, DEFERRED):
        outcome = given(*history).when(OWN, by=OLGA)
        (said,) = outcome.then(e.ConflictDeclared).events
        assert isinstance(said, e.ConflictDeclared)
        assert {act.then for act in said.tainted} == {"look_again"}
        assert len(outcome.after.file().to_look_at_again) == 1


@passes(c.DeclareConflict)
def test_whoever_agreed_to_help_helps_no_more_and_whoever_was_to_moderate_does_not() -> None:
    invited = e.ExpertProposed(person=POOLED, part="expert", city=None, city_name="", purpose="x", due=due("expert"), calendar=CALENDAR)
    helped = (*POOL, *COORDINATED, *did(OLGA, invited), *did(POOLED, e.ExpertAccepted(person=POOLED)))
    (said,) = (outcome := given(*helped).when(OWN, by=POOLED)).then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert [act.event for act in said.tainted] == [e.ExpertAccepted.name]
    assert outcome.after.file().invitation(POOLED) is None
    asked = (*IN_MODERATION, *did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x")))
    assert given(*asked).when(OWN, by=UMA).then(e.ConflictDeclared).after.file().moderator == ""


# ── Somebody else looks again ─────────────────────────────────────────────────

CHECKED_UNDER_IT = did(OLGA, declared(OLGA, tainted=(tainted(14, e.CheckRecorded, "look_again"),)))


def everywhere_before_the_answer() -> Iterator[tuple[Stage, History]]:
    yield from ((stage, history) for stage, history in REACHED.items() if stage in STEPS[c.LookAgain].at)


@passes(c.LookAgain)
def test_somebody_else_looks_again_until_the_answer_and_answers_for_it() -> None:
    for stage, history in everywhere_before_the_answer():
        after = given(*history, *CHECKED_UNDER_IT).when(LOOKED, by=OMAR).then(e.LookedAgain(number=1, finding=LOOKED.finding)).after.file()
        assert (after.stage, after.to_look_at_again, after.did(OMAR, "checking")) == (stage, (), True)


@refuses(c.LookAgain, "conflict.nothing_to_look_at")
def test_nobody_looks_again_where_nothing_waits_for_it() -> None:
    given(*PROPOSED).when(LOOKED, by=OMAR).then("conflict.nothing_to_look_at")
    given(*PROPOSED, *CHECKED_UNDER_IT).when(msgspec.structs.replace(LOOKED, number=2), by=OMAR).then("conflict.nothing_to_look_at")
    given(*PROPOSED, *did(OLGA, REJUDGED)).when(LOOKED, by=OMAR).then("conflict.nothing_to_look_at")


@refuses(c.LookAgain, "conflict.recused")
def test_nobody_looks_again_at_their_own_acts() -> None:
    given(*PROPOSED, *CHECKED_UNDER_IT).when(LOOKED, by=OLGA).then("conflict.recused")


@passes(c.LookAgain)
@refuses(c.LookAgain, "conflict.own_act")
def test_nobody_looks_again_at_what_was_done_in_their_name_as_well() -> None:
    """Finn had checked the file with the role that Olga lent him: both hands are in it."""
    told = given(*in_two_names(PROPOSED)).when(msgspec.structs.replace(OWN, person=FINN), by=OMAR).then(e.ConflictDeclared).after
    told.when(LOOKED, by=OLGA).then("conflict.own_act")
    assert c.LookAgain not in {step.command for step in allowed_actions(told.file(), told.facts(OLGA))}
    told.when(LOOKED, by=OMAR).then(e.LookedAgain)


@refuses(c.LookAgain, "conflict.own_act")
def test_whoever_recorded_a_level_does_not_look_again_at_its_signature() -> None:
    asked = to_sign(ELIGIBLE)
    sign = c.CountersignSafeguards(application=FILE, screen=screen_of(asked), reason="x")
    third = did(ADA, e.RoleGranted(person=HUGO, role="officer", scope=None), on=HUGO)
    told = asked.when(sign, by=OMAR).after.and_(*third).when(OWN, by=OMAR).then(e.ConflictDeclared).after
    told.when(LOOKED, by=OLGA).then("conflict.own_act")
    told.when(LOOKED, by=HUGO).then(e.LookedAgain)


def test_of_several_that_wait_one_may_look_at_those_that_they_had_no_hand_in() -> None:
    first = given(*in_two_names(PROPOSED)).when(msgspec.structs.replace(OWN, person=FINN), by=OMAR).after
    both = first.when(msgspec.structs.replace(OWN, person=HANA), by=OMAR).after
    assert [sorted(took_part(both.file(), one)) for one in both.file().to_look_at_again] == [[FINN, OLGA], [HANA]]
    both.when(LOOKED, by=OLGA).then("conflict.own_act")
    both.when(msgspec.structs.replace(LOOKED, number=2), by=OLGA).then(e.LookedAgain)


@refuses(c.Approve, "conflict.look_again")
@refuses(c.Decline, "conflict.look_again")
@refuses(c.RefuseEligibility, "conflict.look_again")
def test_the_city_gets_no_answer_before_somebody_has_looked_again() -> None:
    waiting = given(*PROPOSED, *CHECKED_UNDER_IT)
    approve = c.Approve(application=FILE, reasons=REASONS)
    waiting.when(approve, by=INES).then("conflict.look_again")
    waiting.when(c.Decline(application=FILE, reasons=REASONS, what_would_change=("x",), otherwise="x"), by=INES).then("conflict.look_again")
    waiting.when(c.ReturnProposal(application=FILE, reason="x"), by=INES).then(e.ProposalReturned)
    waiting.and_(*did(OMAR, e.LookedAgain(number=1, finding="x"))).when(approve, by=INES).then(e.Approved, *[On] * 3)
    failed = given(*COMPLETE, *did(OLGA, check("P1", "fail")), *CHECKED_UNDER_IT)
    failed.when(c.RefuseEligibility(application=FILE, reason="x"), by=OMAR).then("conflict.look_again")


# ── Ended ─────────────────────────────────────────────────────────────────────

BY_OLGA = did(OLGA, declared(EVA, tainted=(tainted(21, e.AssessmentRecorded, "look_again"),)))


@passes(c.EndConflict)
def test_somebody_else_finds_that_it_is_none_and_the_person_sees_the_file_again() -> None:
    for history in BEGUN.values():
        assert (
            given(*history, *BY_OLGA).when(ENDED, by=OMAR).then(e.ConflictEnded(number=1, reason=ENDED.reason)).after.file().recused
            == set()
        )
    before = given(*ASSIGNED, *BY_OLGA)
    assert before.file().assessors == (TOM,)
    after = before.when(ENDED, by=OMAR).then(e.ConflictEnded).after
    assert after.file().to_look_at_again == ()
    after.when(c.AssignAssessor(application=FILE, assessor=EVA, reason="x"), by=OLGA).then(e.AssessorAssigned)


@refuses(c.EndConflict, "conflict.none_to_end")
@refuses(c.EndConflict, "conflict.own_end")
@refuses(c.EndConflict, "conflict.unknown")
def test_neither_whose_it_is_nor_who_declared_it_ends_it() -> None:
    given(*ASSIGNED, *BY_OLGA).when(ENDED, by=OLGA).then("conflict.none_to_end")
    given(*ASSIGNED).when(ENDED, by=OMAR).then("conflict.none_to_end")
    own = did(OMAR, declared(OMAR, number=2, interest="employer", effect="disclose"))
    two = given(*ASSIGNED, *BY_OLGA, *own)
    two.when(msgspec.structs.replace(ENDED, number=2), by=OMAR).then("conflict.own_end", field="number")
    two.when(msgspec.structs.replace(ENDED, number=3), by=OMAR).then("conflict.unknown", field="number")
    given(*ASSIGNED, *BY_OLGA, *own, *did(OMAR, e.ConflictEnded(number=1, reason="x"))).when(ENDED, by=OMAR).then("conflict.none_to_end")


# ── Brought to the file ───────────────────────────────────────────────────────

BRING = c.BringInterest(application=FILE, person=OMAR, number=1)


@passes(c.BringInterest)
def test_a_standing_declaration_is_brought_to_every_file_that_it_concerns() -> None:
    for history in BEGUN.values():
        scenario = given(*history, *SAFE, *interest(OMAR))
        file = scenario.file()
        outcome = scenario.when(BRING, by=TIMER)
        (said,) = outcome.then(e.ConflictDeclared).events
        assert isinstance(said, e.ConflictDeclared)
        acts = tuple(act.version for act in file.acts if OMAR in act.by)
        assert not any(hand.startswith("machine:") for act in file.acts for hand in act.by)
        there = tuple(act.version for act in said.tainted if not act.on)
        assert (said.standing, said.about, there) == (1, "", acts)
        person = scenario.state(OMAR)
        assert isinstance(person, Person)
        assert list(to_bring(file, {OMAR: person.interests})) == [BRING]
        assert list(to_bring(outcome.after.file(), {OMAR: person.interests})) == []
    heard = given(*HEARD, *interest(INES)).when(msgspec.structs.replace(BRING, person=INES), by=TIMER).then(e.ConflictDeclared).after
    assert heard.file().stage is Stage.APPEAL, "she decided what is appealed against, and not whether the appeal is heard"


@passes(c.BringInterest)
def test_declared_late_it_takes_the_points_out_of_the_round_as_well() -> None:
    late = given(*SCORED, *interest(EVA)).when(msgspec.structs.replace(BRING, person=EVA), by=TIMER)
    late.then(e.ConflictDeclared, On(ROUND, e.FileUnscored(application=FILE)))


@refuses(c.BringInterest, "interest.nothing_to_bring")
def test_nothing_is_brought_twice_nor_of_somebody_without_a_hand_on_the_file() -> None:
    given(*COMPLETE, *SAFE).when(BRING, by=TIMER).then("interest.nothing_to_bring")
    given(*COMPLETE, *interest(OMAR)).when(BRING, by=TIMER).then("interest.nothing_to_bring")
    given(*COMPLETE, *SAFE, *interest(OMAR), *did(TIMER, brought(OMAR))).when(BRING, by=TIMER).then("interest.nothing_to_bring")
    both = given(*COMPLETE, *SAFE, *interest(OMAR), *interest(OLGA, city=HILLTOWN))
    both.when(msgspec.structs.replace(BRING, number=2), by=TIMER).then("interest.nothing_to_bring", field="number")
    both.when(msgspec.structs.replace(BRING, person=INES), by=TIMER).then("interest.nothing_to_bring", field="number")


# ── Disclosed ─────────────────────────────────────────────────────────────────

ADVICE = c.GiveOpinion(application=FILE, opinion="support", accepts_delivery=True, reason="We know them")


@passes(c.GiveOpinion)
def test_an_opinion_is_recorded_together_with_what_its_author_disclosed() -> None:
    """A coordinator employed by a partner organisation: once on file, it is not said again."""
    after = given(*COMPLETE, *EMPLOYED).when(ADVICE, by=HANA).then(SHOWN, e.OpinionGiven).after
    assert after.file().conflicts_of(HANA)[0].said == SHOWN
    assert sees(HANA, after)
    told = given(*COMPLETE, *EMPLOYED, *did(HANA, SHOWN))
    told.when(ADVICE, by=HANA).then(e.OpinionGiven)


@passes(c.GiveCentralOpinion)
@passes(c.RecordAssessment)
@passes(c.RecordScores)
@passes(c.HoldModeration)
def test_so_is_every_judgement() -> None:
    def paid(person: str) -> History:
        return interest(person, "advice", effect="disclose")

    helped = did(HANA, e.CentralHelpAsked(hub="north", reason="x"))
    central = c.GiveCentralOpinion(application=FILE, hub="north", opinion="support", reason="x")
    given(*COMPLETE, *helped, *paid(OMAR)).when(central, by=OMAR).then(e.ConflictDeclared, e.CentralOpinionGiven)
    assess = c.RecordAssessment(application=FILE, judgements=judged())
    given(*ASSIGNED, *paid(EVA)).when(assess, by=EVA).then(e.ConflictDeclared, e.AssessmentRecorded)
    score = c.RecordScores(application=FILE, scores=scores())
    given(*RACE_TO_SCORE, *paid(EVA)).when(score, by=EVA).then(e.ConflictDeclared, e.ScoresRecorded)
    hold = c.HoldModeration(application=FILE, scores=agreed(), reason="x")
    given(*IN_MODERATION, *paid(OMAR)).when(hold, by=OMAR).then(e.ConflictDeclared, e.ModerationHeld, e.Scored, On)


CLOSE = c.CloseCoordination(application=FILE, mode="via_hub")
PROPOSE = c.MakeProposal(
    application=FILE, recommendation="approve", envelope=PURSE, amount=3_500_00, currency="EUR", peers=("Elm",), reason="x"
)


@refuses(c.CloseCoordination, "conflict.paid_to_deliver")
@refuses(c.MakeProposal, "conflict.paid_to_deliver")
@refuses(c.Approve, "conflict.paid_to_deliver")
def test_whoever_would_be_paid_to_deliver_sets_neither_form_nor_cost() -> None:
    """By their own word on the file, by a standing one, or because they serve the hub that would deliver."""
    on_file = tuple(
        msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, person=told.by))
        for who in (OLGA, INES)
        for told in did(who, declared(who, interest="employer", effect="disclose", paid_to_deliver=True))
    )
    standing = tuple(one for who in (OLGA, INES) for one in interest(who, "employer", city=None, hub="north", effect="disclose"))
    serving = tuple(one for who in (OLGA, INES) for one in did(ADA, e.RoleGranted(person=who, role="coordinator", scope="north"), on=who))
    for tie in (on_file, standing, serving):
        given(*ASSESSED, *tie).when(CLOSE, by=OLGA).then("conflict.paid_to_deliver")
        given(*COORDINATED, *tie).when(PROPOSE, by=OLGA).then("conflict.paid_to_deliver")
        given(*PROPOSED, *tie).when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("conflict.paid_to_deliver")
        given(*PROPOSED, *tie).when(c.ReturnProposal(application=FILE, reason="x"), by=INES).then(e.ProposalReturned)
        given(*ASSESSED, *tie).when(CLOSE, by=OMAR).then(e.CoordinationClosed)


def test_where_another_hub_or_none_delivers_it_keeps_nobody_from_proposing() -> None:
    elsewhere = interest(OLGA, "employer", city=None, hub="south", effect="disclose")
    given(*COORDINATED, *elsewhere).when(PROPOSE, by=OLGA).then(e.ProposalMade)
    central = msgspec.structs.replace(COORDINATION, mode="no_hub", hub=None)
    employed = interest(OMAR, "employer", city=None, hub="north", effect="disclose")
    given(*ASSESSED, *employed, *did(OLGA, central)).when(PROPOSE, by=OMAR).then(e.ProposalMade)


# ── Facts that are conflicts by themselves ────────────────────────────────────


@refuses(c.AssignAssessor, "assessor.not_independent")
@refuses(c.RecordScores, "assessor.not_independent")
@refuses(c.HoldModeration, "moderator.not_independent")
@refuses(c.ProposeExpert, "expert.not_independent")
def test_nobody_judges_a_file_that_competes_with_their_own_city() -> None:
    assign = c.AssignAssessor(application=FILE, assessor=EVA, reason="x")
    closed = OPENED + in_the_round(ADVISED) + did(AMINA, ENTERED, on=ROUND)
    ask = c.AssignModerator(application=FILE, moderator=UMA, reason="x")
    hold = c.HoldModeration(application=FILE, scores=agreed(), reason="x")
    expert = c.ProposeExpert(application=FILE, person=POOLED, part="expert", purpose="x")
    score = c.RecordScores(application=FILE, scores=scores())
    for way in (0, 1):
        tied = {person: RIVAL + ties_to_outpost(person)[way] for person in (EVA, UMA, OMAR, POOLED)}
        given(*closed, *tied[EVA]).when(assign, by=OLGA, at=AFTER).then("assessor.not_independent")
        given(*RACE_TO_SCORE, *tied[EVA]).when(score, by=EVA).then("assessor.not_independent")
        given(*IN_MODERATION, *tied[UMA]).when(ask, by=OLGA, at=AFTER).then("moderator.not_independent")
        given(*IN_MODERATION, *tied[OMAR]).when(hold, by=OMAR).then("moderator.not_independent")
        given(*POOL, *LINED, *tied[POOLED]).when(expert, by=OLGA).then("expert.not_independent")
        given(*ADVISED, *tied[EVA]).when(assign, by=OLGA).then(e.AssessorAssigned)


@passes(c.DrawAssessors)
def test_the_lot_falls_on_nobody_who_is_tied_to_a_competing_city() -> None:
    closed = OPENED + in_the_round(ADVISED) + did(AMINA, ENTERED, on=ROUND) + RIVAL
    everybody = tuple(e.Candidate(person=person, load=0) for person in (EVA, TOM, UMA))
    draw = c.DrawAssessors(application=FILE, candidates=everybody, as_of=1, seed="00")
    for tie in ties_to_outpost(EVA):
        (lot,) = given(*closed, *tie).when(draw, by=OLGA, at=AFTER).then(e.AssessorsDrawn).events
        assert isinstance(lot, e.AssessorsDrawn)
        assert [one.person for one in lot.candidates] == [TOM, UMA]


@refuses(c.RankRound, "round.interest")
@refuses(c.DrawLine, "round.interest")
def test_nobody_orders_a_round_in_which_a_city_has_their_interest() -> None:
    closed = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND)
    given(*closed, *interest(OMAR, city=HILLTOWN)).when(c.RankRound(round=ROUND, equity_note="x"), by=OMAR).then("round.interest")
    ranked = closed + did(OMAR, RANKED, on=ROUND)
    line = c.DrawLine(round=ROUND, places=1, reasons=REASONS)
    given(*ranked, *interest(INES)).when(line, by=INES).then("round.interest")
    tied = given(*closed, *interest(OMAR)).facts(OMAR)
    assert v.round_sight(tied.actor, tied.round(ROUND), ()) is v.RoundSight.NUMBERS


@passes(c.RankRound)
@passes(c.DrawLine)
@refuses(c.RankRound, "conflict.recused")
@refuses(c.DrawLine, "conflict.recused")
def test_nobody_orders_a_round_who_has_no_part_in_one_of_its_files() -> None:
    """By their word on a file, also on one that left, or by a standing interest in its hub. What is only disclosed keeps nobody from it."""
    rank, line = c.RankRound(round=ROUND, equity_note="x"), c.DrawLine(round=ROUND, places=1, reasons=REASONS)
    closed = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND)
    ranked = closed + did(OMAR, RANKED, on=ROUND)
    gone = RIVAL + did(NILS, e.FileLeft(application=OTHER_FILE, why="withdrawn"), on=ROUND)
    for who, command, history, kind in ((OMAR, rank, closed, e.RoundRanked), (INES, line, ranked, e.LineDrawn)):
        given(*history, *did(who, declared(who))).when(command, by=who, at=AFTER).then("conflict.recused")
        given(*history, *gone, *did(who, declared(who), on=OTHER_FILE)).when(command, by=who, at=AFTER).then("conflict.recused")
        given(*history, *interest(who, city=None, hub="north")).when(command, by=who, at=AFTER).then("conflict.recused")
        given(*history, *did(who, declared(who, effect="disclose"))).when(command, by=who, at=AFTER).then(kind)
        ended = did(who, declared(who)) + did(OLGA, e.ConflictEnded(number=1, reason="x"))
        given(*history, *ended).when(command, by=who, at=AFTER).then(kind)


@refuses(c.RankRound, "round.own_city")
@refuses(c.DrawLine, "round.own_city")
def test_nor_who_is_of_a_city_that_only_looks_on() -> None:
    """It competes for nothing, and is a city of the file: the form says so, not the round."""
    observed = did(AMINA, e.SectionSaved(section=msgspec.structs.replace(APPLICANT, observers=(OUTPOST,))))
    closed = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND)
    for way in (0, 1):
        rank = given(*closed, *observed, *ties_to_outpost(OMAR)[way])
        rank.when(c.RankRound(round=ROUND, equity_note="x"), by=OMAR, at=AFTER).then("round.own_city")
        line = given(*closed, *did(OMAR, RANKED, on=ROUND), *observed, *ties_to_outpost(INES)[way])
        line.when(c.DrawLine(round=ROUND, places=1, reasons=REASONS), by=INES, at=AFTER).then("round.own_city")


def test_whoever_orders_a_round_relies_on_all_its_files_and_on_every_city_they_name() -> None:
    observed = did(AMINA, e.SectionSaved(section=msgspec.structs.replace(APPLICANT, observers=(OUTPOST,))))
    scenario = given(*TO_RANK, *RIVAL, *observed)
    for command, by in ((c.RankRound(round=ROUND, equity_note="x"), OMAR), (c.DrawLine(round=ROUND, places=1, reasons=REASONS), INES)):
        there = reads(scenario.state(ROUND), command, by, PROGRAMME)
        assert there == {by, FILE, OTHER_FILE, LAKESIDE, HILLTOWN, OUTPOST}
        assert further(command, {id: scenario.state(id) for id in (ROUND, FILE)}) >= {LAKESIDE, HILLTOWN, OUTPOST}


def placed_by(history: History, event: type[e.Event], then: e.Then, *by: str) -> e.TaintedAct:
    """What was done in the order of the round, as the file lists it."""
    (version,) = [one.version for one in recorded(history) if one.stream == ROUND and isinstance(one.event, event)]
    return e.TaintedAct(version=version, event=event.name, then=then, on=ROUND, by=by)


RANKED_ROUND = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND) + did(OMAR, RANKED, on=ROUND)


@passes(c.DeclareConflict)
def test_the_order_of_its_round_is_listed_too_where_who_gave_it_has_no_part_in_the_file() -> None:
    """From the ranking on, and after the answer as well; nothing is done again of it, for it is computed and drawn once."""
    for who, history, event, then in (
        (OMAR, RANKED_ROUND, e.RoundRanked, "look_again"),
        (OMAR, TO_PROPOSE, e.RoundRanked, "look_again"),
        (INES, TO_PROPOSE, e.LineDrawn, "look_again"),
        (OMAR, RACE_PROPOSED, e.RoundRanked, "look_again"),
        (OMAR, RACE_REFUSED, e.RoundRanked, "listed"),
    ):
        assert who not in given(*history).file().people
        (said,) = given(*history).when(OWN, by=who).then(e.ConflictDeclared).events
        assert isinstance(said, e.ConflictDeclared)
        assert (said.redone, said.tainted) == ("nothing", (placed_by(history, event, then, who),)), (who, then)


@passes(c.DeclareConflict)
def test_where_it_gave_the_file_no_place_or_the_tie_is_disclosed_the_order_is_not_listed() -> None:
    gone = RACE_TO_SCORE + did(AMINA, e.FileLeft(application=FILE, why="withdrawn"), on=ROUND) + did(TIMER, ROUND_CLOSED, on=ROUND)
    without = gone + did(OMAR, msgspec.structs.replace(RANKED, places=()), on=ROUND)
    for history, command in ((TO_RANK, OWN), (TO_PROPOSE, DISCLOSED), (without, OWN)):
        (said,) = given(*history).when(command, by=OMAR).then(e.ConflictDeclared).events
        assert isinstance(said, e.ConflictDeclared)
        assert said.tainted == ()


@passes(c.LookAgain)
@refuses(c.Approve, "conflict.look_again")
@refuses(c.LookAgain, "conflict.own_act")
def test_somebody_without_a_hand_in_the_order_looks_at_it_again_before_the_answer() -> None:
    """Finn ranked it with the role that Omar lent him."""
    lent = tuple(msgspec.structs.replace(one, by=FINN, lender=OMAR) if one.event == RANKED else one for one in RACE_PROPOSED)
    told = given(*lent).when(msgspec.structs.replace(OWN, person=FINN), by=INES).then(e.ConflictDeclared).after
    assert told.file().conflicts[0].said.tainted == (placed_by(lent, e.RoundRanked, "look_again", FINN, OMAR),)
    told.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then("conflict.look_again")
    told.when(LOOKED, by=OMAR).then("conflict.own_act")
    assert c.LookAgain not in {step.command for step in allowed_actions(told.file(), told.facts(OMAR))}
    looked = told.when(LOOKED, by=OLGA).then(e.LookedAgain).after
    looked.when(c.Approve(application=FILE, reasons=REASONS), by=INES).then(e.Approved, *[On] * 3)


@passes(c.BringInterest)
def test_a_standing_declaration_of_who_ordered_the_round_is_brought_to_the_file_that_it_concerns() -> None:
    for who, event in ((OMAR, e.RoundRanked), (INES, e.LineDrawn)):
        scenario = given(*TO_PROPOSE, *interest(who))
        bring = msgspec.structs.replace(BRING, person=who)
        (said,) = (outcome := scenario.when(bring, by=TIMER)).then(e.ConflictDeclared).events
        assert isinstance(said, e.ConflictDeclared)
        assert said.tainted == (placed_by(TO_PROPOSE, event, "look_again", who),)
        person, round = scenario.state(who), scenario.state(ROUND)
        assert isinstance(person, Person)
        assert isinstance(round, Round)
        assert list(to_bring(scenario.file(), {who: person.interests}, round)) == [bring]
        assert list(to_bring(scenario.file(), {who: person.interests})) == []
        assert list(to_bring(outcome.after.file(), {who: person.interests}, round)) == []
        assert who in further(bring, {FILE: scenario.file(), ROUND: round})


@refuses(c.BringInterest, "interest.nothing_to_bring")
def test_nor_is_it_brought_to_a_file_that_their_order_gave_no_place() -> None:
    elsewhere = msgspec.structs.replace(RANKED, places=())
    placed_none = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND) + did(OMAR, elsewhere, on=ROUND)
    given(*placed_none, *interest(OMAR)).when(BRING, by=TIMER).then("interest.nothing_to_bring")


GIFT = c.ReceiveContribution(envelope=PURSE, donor="Lakeside", amount=1_00, currency="EUR", basis="x", city=LAKESIDE)


@passes(c.ReceiveContribution)
@refuses(c.MakeProposal, "conflict.donor_city")
@refuses(c.Approve, "conflict.donor_city")
def test_a_city_that_gave_is_known_as_a_donor_where_it_applies_and_what_follows_is_the_programmes_to_say() -> None:
    gave = given().when(GIFT, by=FINN).then(e.ContributionReceived, On(LAKESIDE, e.CityContributed(envelope=PURSE))).recorded
    (submitted, _) = given(*gave, *AGREED).when(c.SubmitApplication(application=FILE), by=AMINA).then(
        e.ApplicationSubmitted, e.TrackChosen
    ).events  # fmt: skip
    assert isinstance(submitted, e.ApplicationSubmitted)
    assert submitted.giving == (LAKESIDE,)
    (made,) = given(*gave, *COORDINATED).when(PROPOSE, by=OLGA).then(e.ProposalMade).events
    assert isinstance(made, e.ProposalMade)
    assert made.giving_cities == (LAKESIDE,)
    closed = msgspec.structs.replace(PROGRAMME.conflicts, donor_city=p.ConflictRule(effect="recuse", source="test"))
    given(*gave, *COORDINATED).under(conflicts=closed).when(PROPOSE, by=OLGA).then("conflict.donor_city", field="envelope")
    approve = c.Approve(application=FILE, reasons=REASONS)
    given(*gave, *PROPOSED).under(conflicts=closed).when(approve, by=INES).then("conflict.donor_city")
    given(*COORDINATED).under(conflicts=closed).when(PROPOSE, by=OLGA).then(e.ProposalMade)


@passes(c.WakeApplication)
@refuses(c.WakeApplication, "waiting.not_yet")
def test_a_donor_that_waits_for_money_is_not_woken_for_its_own_where_the_programme_forbids_it_and_keeps_nobody_waiting() -> None:
    closed = msgspec.structs.replace(PROGRAMME.conflicts, donor_city=p.ConflictRule(effect="recuse", source="test"))
    gift = msgspec.structs.replace(GIFT, envelope=EMPTY)
    gave = given().when(gift, by=FINN).then(e.ContributionReceived, On).recorded
    wake = c.WakeApplication(application=FILE)
    waits = given(*LISTED, *gave, *FILLED)
    waits.when(wake, by=TIMER).then(WOKEN, On)
    there = waits.under(conflicts=closed)
    there.when(wake, by=TIMER).then("waiting.not_yet")
    review = there.file().due
    assert review
    there.when(wake, by=TIMER, at=review + timedelta(days=1)).then(e.Woken)
    elsewhere = msgspec.structs.replace(there.file(), id=OTHER_FILE, city=OUTPOST, sections={})
    assert [one.id for one in to_wake((there.file(), elsewhere), lambda _: there.facts(TIMER))] == [OTHER_FILE]


@pytest.mark.parametrize(
    ("history", "passes_by_itself"),
    [
        (COMPLETE, True),
        (COMPLETE + did(EVA, declared(EVA)), False),
        (AGREED + did(AMINA, msgspec.structs.replace(SUBMISSION, giving=(HILLTOWN,))), False),
        (AGREED, False),
    ],
)
def test_the_check_of_conflicts_is_a_machines_only_while_none_is_known(history: History, passes_by_itself: bool) -> None:
    assert MACHINE_FACTS["no_conflict_is_known"](given(*history).file()) is passes_by_itself
