# ruff: noqa: F405
"""A role lent from day to day: whoever acts with it acts in two names, and what either of the two may not do is refused."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import delegation
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain import visibility as v
from fund.domain.deciding import allowed_actions, decide, in_whose_name, stands_in_for
from fund.domain.delegation import in_force
from fund.domain.event import Header, Recorded
from fund.domain.registers import City, Person
from fund.domain.streams import fold
from fund.domain.workflow import APPLICATION_STEPS, REGISTER_STEPS, STEPS
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

TODAY, LAST = date(2031, 5, 5), date(2031, 5, 16)
"""The day of NOW, and the last of two weeks of leave."""
BY_OLGA = c.DelegateRole(person=FINN, role="officer", first=TODAY, last=LAST, reason="On leave until the seventeenth")
LENT = e.RoleDelegated(
    person=FINN, number=1, lender=OLGA, role="officer", scope=None, first=TODAY, last=LAST, starts=datetime(2031, 5, 5, tzinfo=UTC),
    ends=last_of(11), calendar=CALENDAR, reason=BY_OLGA.reason,
)  # fmt: skip
TO_FINN = did(OLGA, LENT, on=FINN)
INES_TO_FINN = did(INES, msgspec.structs.replace(LENT, lender=INES, role="approver"), on=FINN)
APPROVE = c.Approve(application=FILE, reasons=REASONS)
CONFIRM = c.ConfirmCompleteness(application=FILE)


# ── Lending and taking back ───────────────────────────────────────────────────


@passes(c.DelegateRole)
def test_whoever_holds_a_role_lends_it_from_day_to_day() -> None:
    after = given().when(BY_OLGA, by=OLGA).then(LENT).after
    person = after.state(FINN)
    assert isinstance(person, Person)
    assert [(one.by, one.role, one.ends) for one in person.lent] == [(OLGA, "officer", LENT.ends)]
    hub = c.DelegateRole(person=UMA, role="coordinator", scope="north", first=TODAY, last=TODAY, reason="x")
    given().when(hub, by=HANA).then(e.RoleDelegated)


@refuses(c.DelegateRole, "delegation.own")
@refuses(c.DelegateRole, "delegation.not_held")
@refuses(c.DelegateRole, "delegation.role")
@refuses(c.DelegateRole, "delegation.holds_it")
@refuses(c.DelegateRole, "person.unknown")
def test_only_a_role_that_one_holds_to_somebody_who_does_not_and_only_what_the_programme_lets_be_lent() -> None:
    def refused(by: str = OLGA, **changes: object) -> Outcome:
        return given().when(msgspec.structs.replace(BY_OLGA, **changes), by=by)

    refused(person=OLGA).then("delegation.own", field="person")
    refused(by=INES).then("delegation.not_held", field="role")
    given(*TO_FINN).when(msgspec.structs.replace(BY_OLGA, person=UMA), by=FINN).then("delegation.not_held")
    refused(person=OMAR).then("delegation.holds_it", field="person")
    refused(person=STRANGER).then("person.unknown", field="person")
    fewer = p.DelegationRule(roles=("approver",), longest_days=20, source="test")
    few = msgspec.structs.replace(PROGRAMME.separation, delegation=fewer)
    given().under(separation=few).when(BY_OLGA, by=OLGA).then("delegation.role", field="role")


@refuses(c.DelegateRole, "delegation.past")
@refuses(c.DelegateRole, "absence.reversed")
@refuses(c.DelegateRole, "delegation.too_long")
@refuses(c.DelegateRole, "delegation.already")
def test_from_today_on_for_as_long_as_the_programme_lets_and_once() -> None:
    def refused(first: date, last: date) -> Outcome:
        return given(*TO_FINN).when(msgspec.structs.replace(BY_OLGA, first=first, last=last), by=OLGA)

    refused(TODAY - timedelta(days=1), LAST).then("delegation.past", field="first")
    refused(LAST, TODAY).then("absence.reversed", field="last")
    refused(LAST + timedelta(days=1), LAST + timedelta(days=21)).then("delegation.too_long", field="last")
    refused(LAST, LAST + timedelta(days=3)).then("delegation.already", field="first")
    refused(LAST + timedelta(days=1), LAST + timedelta(days=20)).then(e.RoleDelegated)


@passes(c.EndDelegation)
@refuses(c.EndDelegation, "delegation.not_yours")
@refuses(c.EndDelegation, "delegation.unknown")
def test_the_lender_whoever_borrowed_it_or_an_administrator_ends_it() -> None:
    end = c.EndDelegation(person=FINN, number=1, reason="Back earlier")
    for by in (OLGA, FINN, ADA):
        after = given(*TO_FINN, *SUBMITTED).when(end, by=by).then(e.DelegationEnded(person=FINN, number=1, reason=end.reason)).after
        after.when(CONFIRM, by=FINN).then("workflow.role_needed")
    given(*TO_FINN).when(end, by=OMAR).then("delegation.not_yours", field="person")
    given(*TO_FINN).when(msgspec.structs.replace(end, number=2), by=OLGA).then("delegation.unknown", field="number")


# ── Acting in two names ───────────────────────────────────────────────────────


@passes(c.ConfirmCompleteness)
@refuses(c.ConfirmCompleteness, "workflow.role_needed")
def test_whoever_was_lent_a_role_acts_with_it_in_both_names_from_the_first_day_to_the_last() -> None:
    scenario = given(*SUBMITTED, *TO_FINN)
    outcome = scenario.when(CONFIRM, by=FINN)
    outcome.then(e.CompletenessConfirmed, e.OpinionRequested)
    assert outcome.lender == OLGA
    done = outcome.after.file()
    assert (done.did(FINN, "checking"), done.did(OLGA, "checking")) == (True, True)
    assert done.acts[-1].by == (FINN, OLGA)
    scenario.when(CONFIRM, by=FINN, at=LENT.starts - timedelta(seconds=1)).then("workflow.role_needed")
    scenario.when(CONFIRM, by=FINN, at=LENT.ends + timedelta(seconds=1)).then("workflow.role_needed")


@refuses(c.Approve, "workflow.role_needed")
def test_of_two_roles_that_somebody_holds_the_one_is_not_lent_with_the_other() -> None:
    """Whether the lender could use it or has a hand in the file: the borrower lacks it."""
    for lender, code in ((OMAR, None), (OLGA, "duty.not_apart")):
        both = did(ADA, e.RoleGranted(person=lender, role="approver", scope=None), on=lender)
        to_finn = did(lender, msgspec.structs.replace(LENT, lender=lender), on=FINN)
        assert given(*PROPOSED, *both).when(APPROVE, by=lender).code == code
        given(*PROPOSED, *both, *to_finn).when(APPROVE, by=FINN).then("workflow.role_needed")


def test_with_a_role_of_ones_own_nobody_elses_name_is_used() -> None:
    own = did(ADA, e.RoleGranted(person=FINN, role="officer", scope=None), on=FINN)
    assert given(*SUBMITTED, *TO_FINN, *own).when(CONFIRM, by=FINN).then(e.CompletenessConfirmed, e.OpinionRequested).lender is None


@refuses(c.ConfirmCompleteness, "workflow.role_needed")
def test_what_the_lender_does_not_hold_any_more_is_lent_no_more() -> None:
    lost = did(ADA, e.RoleRevoked(person=OLGA, role="officer", scope=None), on=OLGA)
    gone = did(ADA, e.PersonErased(person=OLGA, basis="x"), on=OLGA)
    for ended in (lost, gone):
        given(*SUBMITTED, *TO_FINN, *ended).when(CONFIRM, by=FINN).then("workflow.role_needed")


@refuses(c.DeclareConflict, "workflow.role_needed")
def test_a_loan_ends_with_the_lenders_own_role_whatever_is_done_or_read() -> None:
    lost = did(ADA, e.RoleRevoked(person=OLGA, role="officer", scope=None), on=OLGA)
    gone = did(ADA, e.PersonErased(person=OLGA, basis="x"), on=OLGA)
    of_ines = c.DeclareConflict(application=FILE, person=INES, interest="family", about="x")
    for ended in (lost, gone):
        scenario = given(*PROPOSED, *TO_FINN, *ended)
        scenario.when(of_ines, by=FINN).then("workflow.role_needed")
        actor = in_force(scenario.facts(FINN).actor, scenario.states())
        assert (actor.lent, actor.roles) == ((), {("finance", None)})
        assert not v.sees_file(actor, scenario.file(), [])
    both = given(*PROPOSED, *TO_FINN, *INES_TO_FINN, *lost)
    assert [one.by for one in in_force(both.facts(FINN).actor, both.states()).lent] == [INES]
    again = given(*PROPOSED, *TO_FINN, *did(OMAR, msgspec.structs.replace(LENT, number=2, lender=OMAR), on=FINN), *lost)
    assert in_force(again.facts(FINN).actor, again.states()).holds("officer"), "of two who lent it one still holds it"


def test_a_loan_that_ended_hides_no_emergency_access() -> None:
    lost = did(ADA, e.RoleRevoked(person=OLGA, role="officer", scope=None), on=OLGA)
    scenario = given(*SUBMITTED, *TO_FINN, *lost)
    ask = c.AskEmergencyAccess(application=FILE, role="officer", reason="x")
    scenario = scenario.when(ask, by=FINN).then(e.EmergencyAccessAsked).after
    scenario = scenario.when(c.OpenEmergencyAccess(application=FILE, number=1), by=INES).then(e.EmergencyAccessOpened).after
    assert scenario.when(CONFIRM, by=FINN).then(e.CompletenessConfirmed, e.OpinionRequested).lender == INES
    assert stands_in_for(scenario.file(), scenario.facts(FINN).actor) == {OLGA, INES}


def test_of_a_lender_of_whom_nothing_is_known_nothing_is_borrowed() -> None:
    facts = given(*SUBMITTED, *TO_FINN).facts(FINN)
    step = STEPS[c.ConfirmCompleteness]
    assert [one.actor.id for one in delegation.in_two_names(step, facts)] == [OLGA]
    unknown = msgspec.structs.replace(facts, states={id: state for id, state in facts.states.items() if id != OLGA})
    assert list(delegation.in_two_names(step, unknown)) == []


@passes(c.Approve)
@refuses(c.Approve, "duty.not_apart")
@refuses(c.Approve, "delegation.lender_may_not")
@refuses(c.Approve, "duty.own_city")
@refuses(c.Approve, "conflict.recused")
def test_what_either_of_the_two_may_not_do_is_refused() -> None:
    given(*PROPOSED, *INES_TO_FINN).when(APPROVE, by=FINN).then(e.Approved, On, On, On)
    safe = e.SafeguardsRecorded(level="green", reason="x")
    own_act, lenders_act = given(*PROPOSED, *did(FINN, safe), *INES_TO_FINN), given(*PROPOSED, *did(INES, safe), *INES_TO_FINN)
    own_act.when(APPROVE, by=FINN).then("duty.not_apart")
    because(lenders_act.when(APPROVE, by=FINN), "duty.not_apart")
    at_home, lender_at_home = (did(ADA, e.AffiliationRecorded(person=one, city=HILLTOWN), on=one) for one in (FINN, INES))
    given(*PROPOSED, *INES_TO_FINN, *at_home).when(APPROVE, by=FINN).then("duty.own_city")
    because(given(*PROPOSED, *INES_TO_FINN, *lender_at_home).when(APPROVE, by=FINN), "duty.own_city")
    tied, lender_tied = given(*PROPOSED, *INES_TO_FINN, *conflict(FINN)), given(*PROPOSED, *INES_TO_FINN, *conflict(INES))
    tied.when(APPROVE, by=FINN).then("conflict.recused")
    because(lender_tied.when(APPROVE, by=FINN), "conflict.recused")


@refuses(c.Approve, "delegation.lender_may_not")
@refuses(c.Approve, "decision.second_person")
def test_two_approvals_take_two_people_whoever_lends_to_whom() -> None:
    confirm = c.Approve(application=FILE, reasons=REASONS)
    because(given(*HALF_APPROVED, *INES_TO_FINN).when(confirm, by=FINN), "decision.second_person")
    first = given(*PROPOSED_LARGE, *INES_TO_FINN).when(APPROVE, by=FINN).then(e.ApprovalGiven).after
    first.when(confirm, by=INES).then("decision.second_person")
    his_own = did(ADA, e.RoleGranted(person=FINN, role="approver", scope=None), on=FINN)
    first.and_(*his_own).when(confirm, by=FINN).then("decision.second_person")
    first.when(confirm, by=IVO).then(e.Approved, On, On, On)


def because(outcome: Outcome, code: str) -> None:
    """Refused for what the lender did or is."""
    outcome.then("delegation.lender_may_not")
    assert outcome.refusal
    assert outcome.refusal.about["because"] == code


def conflict(person: str) -> History:
    said = e.ConflictDeclared(number=1, person=person, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None)
    return did(OMAR, said)


@passes(c.DeclareConflict)
@refuses(c.MakeProposal, "delegation.lender_may_not")
def test_a_conflict_is_said_for_oneself_and_ends_what_one_could_do_in_the_others_name() -> None:
    declare = c.DeclareConflict(application=FILE, interest="family", about="My aunt asks for it")
    outcome = given(*SUBMITTED, *TO_FINN).when(declare, by=FINN)
    (said,) = outcome.then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert (said.person, outcome.lender) == (FINN, None)
    outcome.after.when(CONFIRM, by=FINN).then("conflict.recused")
    outcome.after.when(CONFIRM, by=OLGA).then(e.CompletenessConfirmed, e.OpinionRequested)
    advised = COORDINATED + did(OLGA, e.CentralOpinionGiven(hub="north", opinion="support", reason="x"))
    propose = c.MakeProposal(
        application=FILE, recommendation="approve", envelope=PURSE, amount=4_000_00, currency="EUR", peers=("Elm",), reason="x"
    )
    because(given(*advised, *TO_FINN).when(propose, by=FINN), "duty.not_apart")


@refuses(c.DeclareConflict, "conflict.not_yours")
def test_of_somebody_else_a_conflict_is_said_with_an_office_of_ones_own() -> None:
    """In one name nobody asks what keeps the lender out, so nothing of theirs is used."""
    of_ines = c.DeclareConflict(application=FILE, person=INES, interest="family", about="x")
    given(*PROPOSED, *TO_FINN).when(of_ines, by=FINN).then("conflict.not_yours", field="person")
    lender_at_home = did(ADA, e.AffiliationRecorded(person=OLGA, city=HILLTOWN), on=OLGA)
    given(*PROPOSED, *TO_FINN, *lender_at_home).when(of_ines, by=FINN).then("conflict.not_yours", field="person")
    opened = did(FINN, e.EmergencyAccessAsked(number=1, person=FINN, role="officer", answer_by=LENT.ends, reason="x")) + did(
        INES, e.EmergencyAccessOpened(number=1, person=FINN, role="officer", open_until=LENT.ends)
    )
    of_omar = msgspec.structs.replace(of_ines, person=OMAR)
    given(*PROPOSED, *opened).when(of_omar, by=FINN).then("conflict.not_yours", field="person")
    his_own = did(ADA, e.RoleGranted(person=FINN, role="officer", scope=None), on=FINN)
    given(*PROPOSED, *TO_FINN, *his_own).when(of_ines, by=FINN).then(e.ConflictDeclared)


def test_somebody_who_has_no_part_in_a_file_is_chosen_by_no_loan() -> None:
    """The first loan that is allowed is used: another lender may stand apart from the file."""
    safe = e.SafeguardsRecorded(level="green", reason="x")
    of_ivo = did(IVO, msgspec.structs.replace(LENT, number=2, lender=IVO, role="approver"), on=FINN)
    outcome = given(*PROPOSED, *did(INES, safe), *INES_TO_FINN, *of_ivo).when(APPROVE, by=FINN)
    assert outcome.then(e.Approved, On, On, On).lender == IVO


def test_whoever_was_lent_a_role_sees_what_it_sees_and_is_offered_what_both_may_do() -> None:
    for history, offered in ((PROPOSED, True), (PROPOSED + did(INES, e.SafeguardsRecorded(level="green", reason="x")), False)):
        scenario = given(*history, *INES_TO_FINN)
        file, facts = scenario.file(), scenario.facts(FINN)
        cities = [state for id in file.parties if isinstance(state := scenario.state(id), City)]
        assert v.sees_file(facts.actor, file, cities)
        assert not v.sees_file(facts.actor.own, file, cities)
        assert (c.Approve in {step.command for step in allowed_actions(file, facts)}) is offered


@passes(c.GiveOpinion)
def test_an_opinion_in_two_names_is_recorded_together_with_what_either_disclosed() -> None:
    def tie(person: str) -> History:
        said = e.InterestDeclared(
            person=person, number=1, interest="advice", effect="disclose", paid_to_deliver=False, city=LAKESIDE, hub=None, about="x"
        )
        return did(person, said, on=person)

    give = c.GiveOpinion(application=FILE, opinion="support", accepts_delivery=True, reason="x")
    there = given(*COMPLETE, *of_north(UMA))
    for ties, people in ((tie(UMA), [UMA]), (tie(HANA), [HANA]), (tie(UMA) + tie(HANA), [HANA, UMA])):
        outcome = there.and_(*ties).when(give, by=UMA)
        *shown, opinion = outcome.events
        assert (type(opinion), outcome.lender) == (e.OpinionGiven, HANA)
        said = [one for one in shown if isinstance(one, e.ConflictDeclared)]
        assert ([one.person for one in said], [one.number for one in said]) == (people, list(range(1, len(people) + 1)))
        assert [len(outcome.after.file().conflicts_of(one)) for one in people] == [1] * len(people)


def of_north(borrower: str) -> History:
    """The coordinator's role of the hub that was asked, lent to somebody else."""
    return did(HANA, msgspec.structs.replace(LENT, person=borrower, lender=HANA, role="coordinator", scope="north"), on=borrower)


@refuses(c.CloseCoordination, "conflict.paid_to_deliver")
@refuses(c.MakeProposal, "conflict.paid_to_deliver")
@refuses(c.Approve, "conflict.paid_to_deliver")
def test_whoever_stands_in_for_a_hub_sets_no_terms_of_what_it_would_deliver() -> None:
    close = c.CloseCoordination(application=FILE, mode="via_hub", hub="north")
    propose = c.MakeProposal(
        application=FILE, recommendation="approve", envelope=PURSE, amount=4_000_00, currency="EUR", peers=("Elm",), reason="x"
    )
    for history, command, by in ((ASSESSED, close, OMAR), (COORDINATED, propose, OMAR), (PROPOSED, APPROVE, IVO)):
        assert given(*history).when(command, by=by).code is None
        given(*history, *of_north(by)).when(command, by=by).then("conflict.paid_to_deliver")
        there = given(*history, *of_north(by))
        assert type(command) not in {step.command for step in allowed_actions(there.file(), there.facts(by))}
        lost = did(ADA, e.RoleRevoked(person=HANA, role="coordinator", scope="north"), on=HANA)
        assert given(*history, *of_north(by), *lost).when(command, by=by).code is None, "nothing is lent any more"
        assert there.when(command, by=by, at=LENT.ends + timedelta(seconds=1)).code is None


@refuses(c.CloseCoordination, "conflict.paid_to_deliver")
def test_whoever_gave_the_opinion_of_a_hub_sets_no_terms_of_what_it_would_deliver_afterwards_either() -> None:
    give = c.GiveOpinion(application=FILE, opinion="support", accepts_delivery=True, reason="We know them")
    close = c.CloseCoordination(application=FILE, mode="via_hub", hub="north")
    for borrower, closes in ((OMAR, OLGA), (OLGA, OMAR)):
        spoke = given(*UNANSWERED, *of_north(borrower)).when(give, by=borrower)
        assert spoke.then(e.OpinionGiven).lender == HANA
        after = spoke.after.and_(*did(HANA, e.DelegationEnded(person=borrower, number=1, reason="x"), on=borrower))
        assert after.file().opinions["north"].by == {borrower, HANA}
        after.when(close, by=borrower).then("conflict.paid_to_deliver")
        after.when(close, by=closes).then(e.CoordinationClosed)
        asked_again = after.and_(*did(closes, ASKED))
        assert (asked_again.file().opinions["north"].asked, asked_again.file().opinions["north"].by) == (2, {borrower, HANA})


@refuses(c.AssignAssessor, "assessor.not_independent")
@refuses(c.RecordAssessment, "assessor.not_independent")
@refuses(c.DrawAssessors, "assessor.nobody_free")
def test_whoever_stands_in_for_a_hub_that_was_asked_judges_nothing_for_as_long() -> None:
    assign, draw = c.AssignAssessor(application=FILE, assessor=UMA, reason="x"), c.DrawAssessors(application=FILE, seed="5e" * 16)
    of_uma = msgspec.structs.replace(draw, candidates=(e.Candidate(person=UMA, load=0),), as_of=1)
    assess = c.RecordAssessment(application=FILE, judgements=judged())
    for command in (assign, of_uma):
        assert given(*ADVISED).when(command, by=OLGA).code is None
        assert given(*ADVISED, *of_north(UMA)).when(command, by=OLGA).code in ("assessor.not_independent", "assessor.nobody_free")
    assigned = given(*ADVISED).when(assign, by=OLGA).after
    lent = assigned.and_(*of_north(UMA))
    lent.when(assess, by=UMA).then("assessor.not_independent")
    lent.when(assess, by=UMA, at=LENT.ends + timedelta(seconds=1)).then(e.AssessmentRecorded)


def test_a_round_is_ordered_by_neither_of_the_two_twice() -> None:
    ranked = TO_RANK + did(TIMER, ROUND_CLOSED, on=ROUND)
    first = given(*ranked, *TO_FINN).when(c.RankRound(round=ROUND, equity_note="x"), by=FINN).then(e.RoundRanked)
    assert first.lender == OLGA
    both = did(ADA, *(e.RoleGranted(person=one, role="approver", scope=None) for one in (FINN, OLGA)), on=FINN)
    own = (*both[:1], *did(ADA, both[1].event, on=OLGA))
    draw = c.DrawLine(round=ROUND, places=1, reasons=REASONS)
    for by in (FINN, OLGA):
        first.after.and_(*own).when(draw, by=by).then("round.ranked_by_you")
    first.after.when(draw, by=INES).then(e.LineDrawn)


def test_what_people_say_for_themselves_is_never_said_in_two_names() -> None:
    in_person = {step.command for step in (*APPLICATION_STEPS, *REGISTER_STEPS) if step.in_person}
    access = {c.AskEmergencyAccess, c.OpenEmergencyAccess, c.CloseEmergencyAccess}
    said = {c.DeclareConflict, c.DeclareInterest, c.DelegateRole, c.ReportIncident, c.EndDelegation, c.WithdrawTermination}
    assert in_person == said | access


def test_names_of_both_are_folded_into_every_duty() -> None:
    scenario = given(*SUBMITTED, *TO_FINN)
    facts = in_whose_name(scenario.file(), CONFIRM, scenario.facts(FINN))
    assert facts.hands
    assert (facts.actor.id, facts.hands.id) == (OLGA, FINN)
    (event, _) = decide(scenario.file(), CONFIRM, facts)
    assert not isinstance(event, On)
    header = Header(event_id="x", actor=FINN, on_behalf_of=OLGA, at=NOW, command_id="x", content="", policy="x")
    file = fold(FILE, (Recorded(stream=FILE, version=99, header=header, event=event),), scenario.file())
    assert {("checking", FINN), ("checking", OLGA)} <= file.hands  # type: ignore[union-attr]  # an application
