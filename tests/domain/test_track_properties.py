# ruff: noqa: F405
"""The small track only says yes: random lives of small files, judged by their recorded facts alone."""

import random
from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import events as e
from tests.domain.small import *  # noqa: F403  # the same world on its small track
from tests.domain.test_properties import FILES, Asked, Life, asked, born, by_chance, of_file

HALF_WAY: tuple[History, ...] = (
    SMALL_AGREED, SMALL_SUBMITTED, SMALL_COMPLETE, SMALL_SAFE, SMALL_ELIGIBLE, SMALL_ASSIGNED, SMALL_ASSESSED, SMALL_COORDINATED,
    SMALL_PROPOSED,
)  # fmt: skip


def lived(first: int, second: int, asks: list[Asked]) -> Life:
    life = born(*HALF_WAY[first], *elsewhere(HALF_WAY[second]))
    life.live(asks)
    return life


places = st.integers(0, len(HALF_WAY) - 1)


def is_no(event: object) -> bool:
    """An answer on the small track that is not yes."""
    match event:
        case e.CheckRecorded(result=result):
            return result == "fail"
        case e.OpinionGiven(opinion=opinion):
            return opinion == "concern"
        case e.SafeguardsRecorded(level=level):
            return level != "green"
        case e.AssessmentRecorded(judgements=judgements):
            return any(one.priority == "FLOOD" and one.verdict == "not" for one in judgements)
    return isinstance(event, e.CityCapReached | e.ApprovalWithheld | e.TrackChangeAsked)


def on_the_small_track(life: Life, file: str) -> Iterator[tuple[object, object]]:
    """Each fact while the file is there, with the next one; after a check, with the next that is no check of the same commit."""
    facts = [one.event for one in of_file(life, file)]
    track = None
    for place, event in enumerate(facts):
        if isinstance(event, e.ApplicationSubmitted):
            track = event.track
        if isinstance(event, e.TrackChanged):
            track = event.to_track
        if track == "small":
            beside = e.CheckRecorded if isinstance(event, e.CheckRecorded) else ()
            yield event, next((after for after in facts[place + 1 :] if not isinstance(after, beside)), None)


def whatever_is_not_yes_moves_the_file(life: Life) -> None:
    for file in FILES:
        for event, after in on_the_small_track(life, file):
            assert isinstance(after, e.TrackChanged) == is_no(event) or isinstance(event, e.CheckRecorded | e.ApplicationSubmitted), event
            if isinstance(event, e.CheckRecorded) and is_no(event):
                assert isinstance(after, e.TrackChanged), event


def nothing_is_refused_there(life: Life) -> None:
    for file in FILES:
        for event, _ in on_the_small_track(life, file):
            assert not isinstance(event, e.Declined | e.FoundIneligible), event
            assert not (isinstance(event, e.ProposalMade) and event.recommendation != "approve"), event
            assert not (isinstance(event, e.LetterIssued) and event.outcome in ("declined", "ineligible")), event


def no_file_comes_back(life: Life) -> None:
    for file in FILES:
        changes = [one.event for one in of_file(life, file) if isinstance(one.event, e.TrackChanged)]
        assert all((change.from_track, change.to_track) == ("small", "standard") for change in changes)
        assert len(changes) <= 1
        assert life.file(file).track_changes == tuple(changes)


def a_small_award_keeps_within_its_bounds(life: Life) -> None:
    given_to: Counter[str] = Counter()
    for one in life.history:
        if isinstance(one.event, e.AwardRecorded) and one.event.track == "small":
            given_to[one.stream] += 1
            assert one.event.amount <= 1_000_00
            assert given_to[one.stream] <= 2, one
    for file in FILES:
        seen = [event for event, _ in on_the_small_track(life, file)]
        if any(isinstance(event, e.Approved | e.ApprovedWithConditions) for event in seen):
            levels = [event.level for event in seen if isinstance(event, e.SafeguardsRecorded)]
            assert levels
            assert set(levels) == {"green"}
            assert sum(isinstance(event, e.AssessmentRecorded) for event in seen) == 1


PROMISES = (whatever_is_not_yes_moves_the_file, nothing_is_refused_there, no_file_comes_back, a_small_award_keeps_within_its_bounds)


@given_any(places, places, asked)
@settings(max_examples=120, deadline=None)
def test_whatever_is_asked_the_small_track_only_says_yes(first: int, second: int, asks: list[Asked]) -> None:
    life = lived(first, second, asks)
    for holds in PROMISES:
        holds(life)


def test_random_small_lives_take_every_way_out() -> None:
    chance = random.Random(7)
    causes, approved = Counter[str](), Counter[str]()
    for _ in range(300):
        begun = (chance.randrange(len(HALF_WAY)), chance.randrange(len(HALF_WAY)))
        life = lived(*begun, by_chance(chance, 140))
        causes.update(one.event.why for one in life.history if isinstance(one.event, e.TrackChanged))
        approved.update(one.event.track for one in life.history if isinstance(one.event, e.AwardRecorded))
    assert {"safeguards", "check", "opinion", "alignment", "city_cap", "officer", "approver"} <= set(causes)
    assert set(approved) == {"small", "standard"}


BROKEN: dict[str, tuple[object, History]] = {
    "a concern that moved nothing": (
        whatever_is_not_yes_moves_the_file,
        SMALL_COMPLETE + did(HANA, msgspec.structs.replace(OPINION, opinion="concern")) + did(OLGA, check("P1")),
    ),
    "a failed check that moved nothing": (whatever_is_not_yes_moves_the_file, SMALL_COMPLETE + did(OLGA, check("P1", "fail"))),
    "moved for nothing": (whatever_is_not_yes_moves_the_file, SMALL_ELIGIBLE + did(HANA, OPINION, left("opinion", "assessment"))),
    "declined": (
        nothing_is_refused_there,
        SMALL_PROPOSED + did(INES, e.Declined(reasons=REASONS, what_would_change=("x",), due=NOW, calendar="")),
    ),
    "back again": (
        no_file_comes_back,
        SMALL_COMPLETE + did(OLGA, msgspec.structs.replace(left("officer", "eligibility"), from_track="standard", to_track="small")),
    ),
    "three awards": (a_small_award_keeps_within_its_bounds, (*awarded(), *awarded(), *awarded())),
    "approved without safeguards": (
        a_small_award_keeps_within_its_bounds,
        tuple(told for told in SMALL_APPROVED if not isinstance(told.event, e.SafeguardsRecorded)),
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_small_life_that_breaks_a_promise_is_found(fault: str) -> None:
    holds, history = BROKEN[fault]
    with pytest.raises(AssertionError):
        holds(born(*history))  # type: ignore[operator]  # one of the promises


def test_the_long_small_history_keeps_every_promise() -> None:
    for holds in PROMISES:
        holds(born(*SMALL_CLOSED))
