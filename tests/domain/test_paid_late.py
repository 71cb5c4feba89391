# ruff: noqa: F405
"""Who says too late that they are paid by whoever delivers: what set the form and the cost of the support falls or is looked at again."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.conflict import TERMS
from fund.domain.deciding import allowed_actions
from fund.domain.workflow import APPLICATION_STEPS
from tests.domain.proof import passes, refuses
from tests.domain.screening import screen_of, to_sign
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

PAID = c.DeclareConflict(application=FILE, interest="employer", about="The school that would train them pays me")
APPROVE = c.Approve(application=FILE, envelope=PURSE, amount=4_000_00, reasons=REASONS)
LOOK = c.LookAgain(application=FILE, number=1, finding="It stands")
CLOSED_BY_OMAR = ASSESSED + did(OMAR, COORDINATION)
PROPOSED_BY_OMAR = CLOSED_BY_OMAR + did(OMAR, PROPOSAL)


def employed(person: str, hub: str) -> History:
    said = e.InterestDeclared(
        person=person, number=1, interest="employer", effect="disclose", paid_to_deliver=True, city=None, hub=hub, about="x"
    )
    return did(person, said, on=person)


def said(outcome: Outcome) -> e.ConflictDeclared:
    first = outcome.events[0] if outcome.events else None
    assert isinstance(first, e.ConflictDeclared)
    return first


def then(declared: e.ConflictDeclared) -> list[tuple[str, e.Then]]:
    return [(act.event, act.then) for act in declared.tainted]


def test_what_sets_the_terms_is_what_only_those_steps_record_that_such_people_are_kept_from() -> None:
    setting = {kind for step in APPLICATION_STEPS if step.sets_terms for kind in step.records}
    others = {kind for step in APPLICATION_STEPS if not step.sets_terms for kind in step.records}
    assert {kind for kind in setting - others if issubclass(kind, e.ApplicationEvent)} == set(TERMS)


@passes(c.DeclareConflict)
def test_a_first_approval_is_given_again() -> None:
    outcome = given(*HALF_APPROVED).when(PAID, by=INES)
    declared = said(outcome)
    assert (declared.redone, declared.due, then(declared)) == ("approval", None, [(e.ApprovalGiven.name, "redone")])
    file = outcome.after.file()
    assert (file.stage, file.approval, file.to_look_at_again, file.recused) == (Stage.DECISION, None, (), set())
    outcome.after.when(APPROVE, by=IVO).then(e.ApprovalGiven)
    outcome.after.when(APPROVE, by=INES).then("conflict.paid_to_deliver")


@passes(c.DeclareConflict)
@passes(c.LookAgain)
@refuses(c.LookAgain, "conflict.paid_to_deliver")
def test_a_proposal_is_made_again_and_the_form_of_coordination_is_looked_at_again_by_somebody_who_is_not_paid() -> None:
    """What else she had done for the file, who still has a part in it, is as good as before."""
    outcome = given(*PROPOSED).when(PAID, by=OLGA)
    declared = said(outcome)
    assert (declared.redone, declared.due) == ("proposal", due("proposal"))
    assert then(declared) == [(e.CoordinationClosed.name, "look_again"), (e.ProposalMade.name, "redone")]
    after = outcome.after
    assert (after.file().stage, after.file().proposal, len(after.file().to_look_at_again)) == (Stage.PROPOSAL, None, 1)
    after.when(LOOK, by=OLGA).then("conflict.paid_to_deliver")
    assert c.LookAgain not in {step.command for step in allowed_actions(after.file(), after.facts(OLGA))}
    anew = after.and_(*did(OMAR, DECLINING))
    decline = c.Decline(application=FILE, reasons=REASONS, what_would_change=REASONS)
    anew.when(decline, by=IVO).then("conflict.look_again")
    anew.when(LOOK, by=OMAR).then(e.LookedAgain).after.when(decline, by=IVO).then(e.Declined)


@passes(c.DeclareConflict)
def test_so_is_the_form_of_coordination_before_any_proposal() -> None:
    outcome = given(*COORDINATED).when(PAID, by=OLGA)
    assert (said(outcome).redone, then(said(outcome))) == ("nothing", [(e.CoordinationClosed.name, "look_again")])
    assert outcome.after.file().stage is Stage.PROPOSAL


@passes(c.EndConflict)
def test_where_somebody_else_finds_that_it_is_none_nothing_waits() -> None:
    after = given(*COORDINATED).when(PAID, by=OLGA).after.when(c.EndConflict(application=FILE, number=1, reason="x"), by=OMAR).after
    assert after.file().to_look_at_again == ()


def test_an_assessment_and_other_ties_that_are_disclosed_undo_nothing() -> None:
    assert then(said(given(*COORDINATED).when(PAID, by=EVA))) == []
    advice = msgspec.structs.replace(PAID, interest="advice")
    given(*PROPOSED).when(advice, by=OLGA).then(e.ConflictDeclared)
    assert then(said(given(*PROPOSED).when(advice, by=OLGA))) == []


def test_once_it_is_decided_it_stays_listed_and_while_it_waits_it_is_looked_at_again() -> None:
    declared = said(given(*APPROVED).when(PAID, by=OLGA))
    assert (declared.redone, {one for _, one in then(declared)}) == ("nothing", {"listed"})
    assert {one for _, one in then(said(given(*LISTED).when(PAID, by=OLGA)))} == {"look_again"}


def test_while_the_file_is_suspended_it_undoes_no_less() -> None:
    held = given(*HALF_APPROVED, *did(OMAR, msgspec.structs.replace(PUT_ASIDE, stage="decision")))
    assert said(held.when(PAID, by=INES)).redone == "approval"
    proposed = held.when(PAID, by=OLGA)
    assert said(proposed).redone == "proposal"
    assert proposed.after.file().stands_at is Stage.PROPOSAL


@passes(c.BringInterest)
def test_of_a_standing_declaration_only_what_that_hub_may_have_delivered_counts() -> None:
    """Whoever chose among hubs of which one pays them is kept from it, whichever was chosen; who proposed what another delivers is not."""
    bring = c.BringInterest(application=FILE, person=OMAR, number=1)
    north = given(*PROPOSED_BY_OMAR, *employed(OMAR, "north")).when(bring, by=TIMER)
    assert (said(north).redone, len(said(north).tainted)) == ("proposal", 2)
    both = given(*PROPOSED_BY_OMAR[:-2], *did(OLGA, ASKED_SOUTH), *PROPOSED_BY_OMAR[-2:], *employed(OMAR, "south"))
    south = both.when(bring, by=TIMER)
    assert (said(south).redone, then(said(south))) == ("nothing", [(e.CoordinationClosed.name, "look_again")])


@passes(c.CountersignSafeguards)
def test_where_it_is_first_shown_with_a_signature_it_undoes_the_same() -> None:
    waiting = to_sign(PROPOSED_BY_OMAR).and_(*employed(OMAR, "north"))
    outcome = waiting.when(c.CountersignSafeguards(application=FILE, screen=screen_of(waiting), reason="x"), by=OMAR)
    outcome.then(e.ConflictDeclared, e.SafeguardsSigned)
    assert (said(outcome).redone, len(said(outcome).tainted)) == ("proposal", 2)
    assert outcome.after.file().stage is Stage.PROPOSAL


def test_whoever_is_paid_may_still_look_again_at_what_sets_no_terms() -> None:
    recused = given(*ASSIGNED).when(c.DeclareConflict(application=FILE, interest="family", about="x", person=OLGA), by=IVO).after
    paid = recused.when(PAID, by=OMAR).after
    paid.when(LOOK, by=OMAR).then(e.LookedAgain)
    closer = given(*COORDINATED).when(c.DeclareConflict(application=FILE, interest="family", about="x", person=OLGA), by=IVO).after
    closer.when(PAID, by=OMAR).after.when(LOOK, by=OMAR).then("conflict.paid_to_deliver")
