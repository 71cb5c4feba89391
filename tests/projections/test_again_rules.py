# ruff: noqa: F405
"""Of somebody who is kept out too late, what was left standing, or done again for nothing, is found over all history."""

import msgspec
import pytest

from fund.projections.again_rules import Again
from fund.projections.audit_rules import audited
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios


def found(*history: Told) -> list[str]:
    rules = Again()
    return [what for one in recorded((*BASE, *history)) for what in rules.see(one)]


def said(person: str, redone: e.Redone, **changes: object) -> History:
    declared = e.ConflictDeclared(
        number=1, person=person, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None, redone=redone
    )
    return did(person, msgspec.structs.replace(declared, **changes))


def paid(person: str, redone: e.Redone, *listed: type[e.ApplicationEvent]) -> History:
    tainted = tuple(e.TaintedAct(version=1, event=one.name, then="redone") for one in listed)
    return said(person, redone, interest="employer", effect="disclose", paid_to_deliver=True, tainted=tainted)


def on_hold(history: History, stage: e.HeldAt) -> History:
    return history + did(OMAR, msgspec.structs.replace(PUT_ASIDE, stage=stage))


def instead(person: str, redone: e.Redone, of: e.Redone) -> str:
    return f"conflict 1 of {person} has {redone} done again instead of {of}"


RETURNED = PROPOSED + did(INES, e.ProposalReturned(reason="x", due=due("proposal"), calendar=CALENDAR))
SETTLED = e.ModerationHeld(moderator=OLGA, scores=agreed(), reason="x")
MODERATED = IN_MODERATION + tuple(msgspec.structs.replace(one, lender=OLGA) for one in did(FINN, SETTLED, MARKED))
"""In two names."""
SOUND: dict[str, History] = {
    "an assessment": ASSESSED + said(EVA, "assessment"),
    "an assessment, while it is suspended": on_hold(ASSESSED, "coordination") + said(EVA, "assessment"),
    "points": SCORED + said(EVA, "assessment"),
    "a moderation, of whose role was used": MODERATED + said(OLGA, "moderation"),
    "a moderation, of who held it": MODERATED + said(FINN, "moderation"),
    "ranked": TO_PROPOSE + said(EVA, "nothing"),
    "a proposal": PROPOSED + said(OLGA, "proposal"),
    "a proposal that was returned": RETURNED + said(OLGA, "nothing"),
    "a first approval, while it is suspended": on_hold(HALF_APPROVED, "decision") + said(INES, "approval"),
    "what was built on it": HALF_APPROVED + said(EVA, "assessment") + said(INES, "nothing"),
    "who had no hand in it": PROPOSED + said(UMA, "nothing"),
    "decided": APPROVED + said(OLGA, "nothing"),
    "the admission of an appeal": HEARD + said(OMAR, "admission"),
    "a proposal of who is paid": PROPOSED + paid(OLGA, "proposal", e.ProposalMade),
    "a first approval of who is paid": HALF_APPROVED + paid(INES, "approval", e.ApprovalGiven),
    "coordination closed by who is paid": COORDINATED + paid(OLGA, "nothing", e.CoordinationClosed),
    "decided by who is paid": APPROVED + paid(INES, "nothing", e.Approved),
    "only disclosed": PROPOSED + said(OLGA, "nothing", effect="disclose"),
}
FAULTS: dict[str, tuple[History, str]] = {
    "an assessment stands": (ASSESSED + said(EVA, "nothing"), instead(EVA, "nothing", "assessment")),
    "an assessment stands on hold": (on_hold(ASSESSED, "coordination") + said(EVA, "nothing"), instead(EVA, "nothing", "assessment")),
    "a moderation stands": (MODERATED + said(FINN, "nothing"), instead(FINN, "nothing", "moderation")),
    "a proposal stands on hold": (on_hold(PROPOSED, "decision") + said(OLGA, "nothing"), instead(OLGA, "nothing", "proposal")),
    "a first approval stands on hold": (on_hold(HALF_APPROVED, "decision") + said(INES, "nothing"), instead(INES, "nothing", "approval")),
    "of a proposer the approval alone": (HALF_APPROVED + said(OLGA, "approval"), instead(OLGA, "approval", "proposal")),
    "a proposal of who is paid stands": (PROPOSED + paid(OLGA, "nothing", e.ProposalMade), instead(OLGA, "nothing", "proposal")),
    "a first approval of who is paid stands": (
        HALF_APPROVED + paid(INES, "nothing", e.ApprovalGiven), instead(INES, "nothing", "approval"),
    ),
    "an assessment of who is paid is asked again": (ASSESSED + paid(EVA, "assessment"), instead(EVA, "assessment", "nothing")),
    "for nothing": (APPROVED + said(OLGA, "proposal"), instead(OLGA, "proposal", "nothing")),
}  # fmt: skip


@pytest.mark.parametrize("case", SOUND)
def test_what_is_done_again_by_the_rules_is_left_alone(case: str) -> None:
    assert found(*SOUND[case]) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    history, what = FAULTS[fault]
    assert found(*history) == [what]
    assert what in {one.what for one in audited(recorded((*BASE, *history)))}
