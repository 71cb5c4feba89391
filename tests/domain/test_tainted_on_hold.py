# ruff: noqa: F405
"""A conflict of interest that is declared while the file is suspended: what it taints is done again all the same, once the file goes on."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from tests.domain.proof import passes
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

OWN = c.DeclareConflict(application=FILE, interest="family", about="My brother keeps the quay")
RESUME = c.ResumeApplication(application=FILE, reason="The water is gone")
APPROVE = c.Approve(application=FILE, envelope=PURSE, amount=4_000_00, reasons=REASONS)
LATER = NOW + timedelta(days=5)
LEFT = PUT_ASIDE.left
HELD_STAGES: dict[e.HeldAt, History] = {
    "assessment": HALF_ASSESSED, "coordination": ASSESSED, "proposal": COORDINATED, "decision": HALF_APPROVED
}  # fmt: skip


def on_hold(stage: e.HeldAt) -> Scenario:
    return given(*HELD_STAGES[stage], *did(OMAR, msgspec.structs.replace(PUT_ASIDE, stage=stage)))


def declared(scenario: Scenario, by: str) -> tuple[e.ConflictDeclared, Scenario]:
    outcome = scenario.when(OWN, by=by)
    (said,) = outcome.then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert (said.due, said.calendar) == (None, ""), "it stays on hold, until the same day"
    before, after = scenario.file(), outcome.after.file()
    assert (after.stage, after.due) == (Stage.ON_HOLD, before.due)
    return said, outcome.after


def gone_on(scenario: Scenario) -> Scenario:
    return scenario.when(RESUME, by=OMAR, at=LATER).then(e.ApplicationResumed).after


@passes(c.DeclareConflict)
@passes(c.ResumeApplication)
def test_an_assessment_is_asked_again_and_the_file_goes_on_there_with_all_its_days() -> None:
    for stage in ("coordination", "proposal", "decision"):
        said, held = declared(on_hold(stage), EVA)
        assert (said.redone, [act.then for act in said.tainted]) == ("assessment", ["redone"])
        file = gone_on(held).file()
        assert (file.stage, file.due, file.assessed_by) == (Stage.ASSESSMENT, due("assessment", LATER), {TOM})
        assert (file.findings, file.coordination, file.proposal, file.approval, file.held) == ((), None, None, None, None)
        assert file.to_look_at_again == ()


@passes(c.ResumeApplication)
def test_where_it_stood_there_already_it_has_the_days_that_were_left() -> None:
    said, held = declared(on_hold("assessment"), EVA)
    assert (said.redone, held.file().assessed_by) == ("assessment", set())
    file = gone_on(held).file()
    assert (file.stage, file.due) == (Stage.ASSESSMENT, in_days(LEFT, LATER))


@passes(c.DeclareConflict)
def test_a_proposal_is_made_again() -> None:
    said, held = declared(on_hold("decision"), OLGA)
    assert said.redone == "proposal"
    file = gone_on(held).file()
    assert (file.stage, file.due, file.proposal, file.approval) == (Stage.PROPOSAL, due("proposal", LATER), None, None)
    assert [one.said.number for one in file.to_look_at_again] == [1], "the rest is looked at again, as at any other time"


@passes(c.DeclareConflict)
def test_a_first_approval_is_given_again_and_one_alone_grants_nothing() -> None:
    said, held = declared(on_hold("decision"), INES)
    assert (said.redone, [act.then for act in said.tainted]) == ("approval", ["redone"])
    on = gone_on(held)
    assert (on.file().stage, on.file().due, on.file().approval) == (Stage.DECISION, in_days(LEFT, LATER), None)
    on.when(APPROVE, by=IVO).then(e.ApprovalGiven)


@passes(c.BringInterest)
def test_a_machine_that_brings_a_standing_interest_does_no_less() -> None:
    standing = e.InterestDeclared(
        person=INES, number=1, interest="family", effect="recuse", paid_to_deliver=False, city=LAKESIDE, hub=None, about="x"
    )
    held = on_hold("decision").and_(*did(INES, standing, on=INES))
    (said,) = held.when(c.BringInterest(application=FILE, person=INES, number=1), by=TIMER).then(e.ConflictDeclared).events
    assert isinstance(said, e.ConflictDeclared)
    assert said.redone == "approval"


def test_of_several_the_earliest_step_counts_whichever_was_declared_first() -> None:
    for order in ((INES, EVA), (EVA, INES), (OLGA, EVA), (EVA, OLGA)):
        held = on_hold("decision")
        for who in order:
            _, held = declared(held, who)
        file = gone_on(held).file()
        assert (file.stage, file.due, file.proposal) == (Stage.ASSESSMENT, due("assessment", LATER), None)


def test_suspended_once_more_it_goes_on_where_it_stood_then() -> None:
    _, held = declared(on_hold("decision"), EVA)
    again = gone_on(held).when(c.SuspendApplication(application=FILE, reason="x", review_on=in_days(9, LATER).date()), by=OLGA, at=LATER)
    (said,) = again.then(e.ApplicationSuspended).events
    assert isinstance(said, e.ApplicationSuspended)
    assert (said.stage, gone_on(again.after).file().stage) == ("assessment", Stage.ASSESSMENT)
