# ruff: noqa: F405
"""The order of a round, over many random rounds: nobody gives it, and nobody who decides can change it."""

from itertools import pairwise

import msgspec
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.deciding import allowed_actions, decide
from fund.domain.facts import On
from fund.domain.refusal import Refusal
from fund.domain.round import Entry, Round, ranking
from fund.domain.rubric import Rubric, Tie
from fund.domain.streams import fold
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

FILES = tuple(f"application-{number}" for number in range(1, 7))
RUBRIC = PROGRAMME.rubric
assert RUBRIC

few = st.integers(0, 3)
"""Few values, so that there are many ties."""
entry = st.tuples(few, st.booleans(), st.booleans(), few, st.sampled_from((None, None, None, "withdrawn")))
rounds = st.lists(entry, min_size=1, max_size=6)
ties: st.SearchStrategy[tuple[Tie, ...]] = st.permutations(("first_time", "least_served", "earlier")).map(tuple)


def round_with(drawn: list[tuple[int, bool, bool, int, e.Leaving | None]]) -> Round:
    """Points, passed, first time, served, left."""
    entries = tuple(
        Entry(application=file, cities=(LAKESIDE,), region="delta", points=points * 10_00, passed=passed, left=left)
        for file, (points, passed, _, _, left) in zip(FILES, drawn, strict=False)
    )
    standings = tuple(
        e.Standing(application=file, first_time=first, served=served) for file, (_, _, first, served, _) in zip(FILES, drawn, strict=False)
    )
    return Round(id=ROUND, opened=ROUND_OPENED, entries=entries, closed=e.RoundClosed(standings=standings))


def is_before(one: e.Place, other: e.Place, rubric: Rubric) -> bool:
    """Worked out a second time, from the words of the rule."""
    if one.passed != other.passed:
        return one.passed
    if one.points != other.points:
        return one.points > other.points
    for tie in rubric.ties:
        if tie == "first_time" and one.first_time != other.first_time:
            return one.first_time
        if tie == "least_served" and one.served != other.served:
            return one.served < other.served
        if tie == "earlier":
            break
    return FILES.index(one.application) < FILES.index(other.application)


@given_any(rounds, ties)
def test_every_file_has_one_place_and_the_order_is_the_rules(drawn: list[object], ties: tuple[Tie, ...]) -> None:
    rubric = msgspec.structs.replace(RUBRIC, ties=ties)
    round = round_with(drawn)  # type: ignore[arg-type]  # as the strategy draws it
    order = ranking(round, rubric)
    assert sorted(place.application for place in order) == sorted(entry.application for entry in round.running)
    assert all(is_before(one, other, rubric) for one, other in pairwise(order))
    assert ranking(round, rubric) == order


@given_any(rounds)
def test_a_file_that_leaves_changes_no_order_among_the_others(drawn: list[object]) -> None:
    round = round_with(drawn)  # type: ignore[arg-type]  # as the strategy draws it
    before = ranking(round, RUBRIC)
    for gone in before:
        left = tuple(
            msgspec.structs.replace(one, left="withdrawn") if one.application == gone.application else one for one in round.entries
        )
        without = msgspec.structs.replace(round, entries=left)
        assert ranking(without, RUBRIC) == tuple(place for place in before if place is not gone)


# ── Deciders against the order ────────────────────────────────────────────────

PEOPLE = (OLGA, OMAR, INES, EVA, AMINA, TIMER)


def menu(file: str) -> list[c.Command]:
    propose = c.MakeProposal(
        application=file, recommendation="approve", envelope=PURSE, amount=1_000_00, currency="EUR", peers=("Elm",), reason="x"
    )
    return [
        c.PlaceInRanking(application=file),
        propose,
        msgspec.structs.replace(propose, recommendation="decline"),
        c.Approve(application=file, reasons=REASONS),
        c.ApproveWithConditions(application=file, reasons=REASONS, conditions=(CONDITION,)),
        c.Decline(application=file, reasons=REASONS, what_would_change=("x",)),
        c.WithdrawApplication(application=file, reason="x"),
        c.RankRound(round=ROUND, equity_note="x"),
        *(c.DrawLine(round=ROUND, places=places, reasons=("x",)) for places in range(4)),
    ]


def files_to_rank(points: list[int]) -> History:
    """As many files of the same two cities, coordinated, with these points; the round has closed."""
    history: History = OPENED
    for file, scored in zip(FILES, points, strict=False):
        one = tuple(told for told in TO_RANK[len(OPENED) :] if told.stream == FILE)
        marked = msgspec.structs.replace(MARKED, points=scored * 100, passed=scored >= 55)
        retold = tuple(msgspec.structs.replace(told, event=marked) if told.event == MARKED else told for told in one)
        history += elsewhere(retold, file)
        entered = msgspec.structs.replace(ENTERED, application=file)
        counted = e.FileScored(application=file, points=scored * 100, passed=scored >= 55, by=(EVA, TOM))
        history += did(AMINA, entered, on=ROUND) + did(TOM, counted, on=ROUND)
    standings = tuple(e.Standing(application=file, first_time=False, served=0) for file in FILES[: len(points)])
    return history + did(TIMER, e.RoundClosed(standings=standings), on=ROUND)


@given_any(
    st.lists(st.integers(30, 90), min_size=2, max_size=4),
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=60),
)
@settings(max_examples=60, deadline=None)
def test_whatever_deciders_try_no_file_is_approved_before_one_that_was_placed_above_it(
    points: list[int], tries: list[tuple[int, int]]
) -> None:
    scenario = given(*files_to_rank(points))
    files, states = FILES[: len(points)], dict(scenario.states())
    recorded_events: list[tuple[str, e.Event]] = []
    steered = [(number, who) for number in range(400, 500) for who in (0, 1, 2, 5)] if not tries else []
    for number, who in (*tries, *steered):
        options = menu(files[number % len(files)])
        command, by = options[number // len(files) % len(options)], PEOPLE[who % len(PEOPLE)]
        facts = msgspec.structs.replace(scenario.facts(by, AFTER), states=states)
        try:
            events = decide(states[command.stream], command, facts)
        except Refusal:
            continue
        for one in events:
            stream, event = (one.stream, one.event) if isinstance(one, On) else (command.stream, one)
            states[stream] = fold(stream, recorded((Told(stream, by, event, AFTER),)), states[stream])
            recorded_events.append((stream, event))
    assert_order_kept(files, points, recorded_events)


def assert_order_kept(files: tuple[str, ...], points: list[int], happened: list[tuple[str, e.Event]]) -> None:
    """Worked out from the facts alone: one order, one line, and every decision on its side of it."""
    ranked = [event for _, event in happened if isinstance(event, e.RoundRanked)]
    lines = [event for _, event in happened if isinstance(event, e.LineDrawn)]
    assert len(ranked) <= 1
    assert len(lines) <= 1
    order = [place.application for place in ranked[0].places] if ranked else []
    assert [points[files.index(file)] for file in order] == sorted((points[files.index(file)] for file in order), reverse=True)
    above = set(order[: lines[0].places]) if lines else set()
    for stream, event in happened:
        if isinstance(event, e.Approved | e.ApprovedWithConditions):
            assert stream in above
            assert points[files.index(stream)] >= 55
        if isinstance(event, e.Declined):
            assert stream in set(order) - above


def test_deciders_who_try_get_far_enough_to_prove_something() -> None:
    """Three files, the line below the second: two can be approved or wait for money, one can be declined or referred."""
    scenario = given(*files_to_rank([60, 90, 70]))
    for command, by in ((c.RankRound(round=ROUND, equity_note="x"), OMAR), (c.DrawLine(round=ROUND, places=2, reasons=("x",)), INES)):
        scenario = scenario.when(command, by=by, at=AFTER).after
    found = {}
    for file in FILES[:3]:
        for command, by in ((menu(file)[0], TIMER), (menu(file)[1], OLGA), (menu(file)[2], OLGA)):
            scenario = scenario.when(command, by=by, at=AFTER).after
        offered = {step.command for step in allowed_actions(scenario.file(file), scenario.facts(INES, AFTER))}
        found[file] = offered
        assert scenario.file(file).stage is Stage.DECISION
    either = {c.Defer, c.ReturnProposal, c.RequestClarification, c.DeclareConflict, c.AskEmergencyAccess}
    above, below = either | {c.Approve, c.ApproveWithConditions, c.PutOnWaitingList}, either | {c.Decline, c.Refer}
    assert found == {FILES[0]: below, FILES[1]: above, FILES[2]: above}


def test_a_file_of_the_round_is_an_application() -> None:
    assert all(isinstance(given(*files_to_rank([60, 61])).state(file), Application) for file in FILES[:2])
