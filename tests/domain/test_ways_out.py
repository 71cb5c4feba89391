# ruff: noqa: F405
"""Whatever happened to a file, it waits for somebody until a day, and people who had nothing to do with it can bring it to its end.

A file of a round waits for the others of its round: `test_round` and `test_ranking` show how that ends.
"""

import random
from collections import Counter

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain.application import Stage
from fund.domain.workflow import STAGES
from tests.domain.menu import on_a_file
from tests.domain.test_properties import CLOSER, FILES, RESERVE, STARTS, ZOE, Life, asks, born, by_chance, lived, lives, often, stages
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

ANYBODY = (EVA, TOM, UMA, ALI, "person-grace", *RESERVE)


def leads_on(command: c.Command) -> bool:
    match command:
        case c.RecordCheck(result=result):
            return result == "pass"
        case c.RecordSafeguards(level=level):
            return level == "green"
        case c.AssignAssessor(assessor=assessor):
            return assessor in RESERVE
    return True


WAYS = {file: list(filter(leads_on, on_a_file(file, EMPTY, ANYBODY))) for file in FILES}
LATE = 400
"""Days after which every clock of a hub, and every offer, has run out."""
ASKED_AFTER: dict[type[c.Command], int] = {
    c.RemindHub: LATE, c.HelpInPlaceOfHub: LATE, c.RemindOfAward: LATE, c.DeemOpinion: LATE + 60, c.LapseAward: LATE + 60,
}  # fmt: skip
"""When it is asked: silence counts some time after its last reminder was given."""
IN_A_ROUND = {Stage.MODERATION, Stage.RANKING}
HOMEWARD: dict[Stage, tuple[tuple[type[c.Command], tuple[str, ...]], ...]] = {
    Stage.COMPLETENESS: ((c.ConfirmCompleteness, (CLOSER,)),),
    Stage.ELIGIBILITY: (
        (c.RunMachineChecks, (TIMER,)), (c.RecordCheck, (CLOSER,)), (c.HelpInPlaceOfHub, (CLOSER,)), (c.RecordSafeguards, (CLOSER,)),
        (c.ConfirmEligibility, (CLOSER,)), (c.RefuseEligibility, (CLOSER,)),
    ),
    Stage.ASSESSMENT: (
        (c.ReleaseAssessor, (CLOSER,)), (c.AssignAssessor, (CLOSER,)), (c.RecordAssessment, RESERVE),
    ),
    Stage.COORDINATION: ((c.RemindHub, (TIMER,)), (c.DeemOpinion, (TIMER,)), (c.CloseCoordination, (CLOSER,))),
    Stage.PROPOSAL: ((c.MakeProposal, (CLOSER,)),),
    Stage.DECISION: ((c.Decline, (ZOE,)), (c.WithholdApproval, (ZOE,))),
    Stage.ON_HOLD: ((c.ResumeApplication, (CLOSER,)),),
    Stage.LETTER: ((c.IssueLetter, (TIMER,)),),
    Stage.OFFER: ((c.RemindOfAward, (TIMER,)), (c.LapseAward, (TIMER,)),),
    Stage.DELIVERY: ((c.AskTermination, (CLOSER,)),),
    Stage.REPORTED: ((c.AskTermination, (CLOSER,)),),
    Stage.SUSPENDED: ((c.AskTermination, (CLOSER,)),),
    Stage.TERMINATION: ((c.TerminateAward, (ZOE,)),),
    Stage.DEFERRED: ((c.ReconsiderApplication, (CLOSER,)),),
    Stage.WAITING_LIST: ((c.ReconsiderApplication, (CLOSER,)),),
    Stage.APPEAL_LODGED: ((c.AdmitAppeal, (CLOSER,)), (c.TurnAwayAppeal, (CLOSER,))),
    Stage.APPEAL: ((c.DecideAppeal, (ZOE,)),),
    Stage.CORRECTION: ((c.RefuseCorrection, (ZOE, CLOSER)),),
}  # fmt: skip
"""What leads on from each stage in which the fund has a file, and whom nothing happened to that may do it."""


brief = st.builds(lived, st.tuples(stages, stages), st.lists(asks, max_size=10))


def brought_home(life: Life, stream: str) -> list[Stage]:
    """The stages through which the file still went, each with its owner and its day; a draft stays with its city."""
    passed: list[Stage] = []
    while (stage := life.file(stream).stage) in HOMEWARD:
        assert len(passed) < 3 * len(HOMEWARD), passed
        assert STAGES[stage].owners
        assert life.file(stream).due is not None
        passed.append(stage)
        _take_on(life, stream, stage)
        assert life.file(stream).stage is not stage, (stage, life)
    return passed


def _take_on(life: Life, stream: str, stage: Stage) -> None:
    """Every way of every step, until one of them leads out of the stage; what waits to be looked at again is looked at first."""
    for waiting in life.file(stream).to_look_at_again:
        life.ask(c.LookAgain(application=stream, number=waiting.said.number, finding="x"), CLOSER)
    for kind, hands in HOMEWARD[stage]:
        for command in WAYS[stream]:
            for by in hands:
                if type(command) is kind and life.file(stream).stage is stage:
                    life.ask(command, by, ASKED_AFTER.get(kind, 0))


@given_any(st.one_of(lives, brief))
@settings(often, max_examples=100)
def test_whatever_happened_the_fund_brings_every_file_it_has_to_its_end(life: Life) -> None:
    for stream in FILES:
        brought_home(life, stream)
        assert life.file(stream).stage in (Stage.NEW, Stage.DRAFT, Stage.CLOSED)


@pytest.mark.parametrize("stage", HOMEWARD)
def test_from_every_stage_there_is_a_way_out(stage: Stage) -> None:
    assert brought_home(born(*REACHED[stage]), FILE)[0] is stage


def test_every_stage_in_which_a_file_waits_is_one_of_these_or_the_city_s() -> None:
    assert {*HOMEWARD, Stage.DRAFT, Stage.CLOSED} == set(STAGES) - IN_A_ROUND


def test_random_lives_leave_files_in_every_stage() -> None:
    """By a chance of our own: what hypothesis draws depends on which modules are loaded beside this one."""
    chance, passed = random.Random(2031), Counter[Stage]()
    for start in list(STARTS) * 8:
        life = lived((start, chance.choice(list(STARTS))), by_chance(chance, chance.randrange(11)))
        passed.update(life.file(stream).stage for stream in FILES)
    assert set(passed) >= {*HOMEWARD, Stage.DRAFT}
    assert min(passed.values()) > 1


# ── A file that is stuck is found ─────────────────────────────────────────────


def test_a_file_that_nobody_can_take_on_is_found() -> None:
    gone = did(ADA, e.RoleRevoked(person=CLOSER, role="officer", scope=None), on=CLOSER)
    with pytest.raises(AssertionError):
        brought_home(born(*COORDINATED, *gone), FILE)


def test_a_file_without_a_day_is_found() -> None:
    undated = tuple(msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, due=None)) for told in COORDINATED[-1:])
    with pytest.raises(AssertionError):
        brought_home(born(*COORDINATED[:-1], *undated), FILE)
