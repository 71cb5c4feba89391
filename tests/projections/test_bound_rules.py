"""What `fund check` finds of bounds: a request, hubs, awards or a refusal beyond the narrow track's, a lot untold, one approver too few."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.event import Event, Recorded
from fund.projections.audit_rules import audited
from fund.projections.bound_rules import Bounds
from tests.domain import world as w
from tests.domain.small import (
    DRAWN,
    FITS,
    SMALL_APPROVED,
    SMALL_CLOSED,
    SMALL_COMPLETE,
    SMALL_DRAFTED,
    SMALL_SAFE,
    SMALL_SUBMISSION,
    SMALL_SUBMITTED,
    left,
    safeguards,
)
from tests.domain.world import AMINA, APPROVAL, FILE, HILLTOWN, INES, IVO, LAKESIDE, OLGA, PURSE, History, Told, did

PROGRAMMES = {w.PROGRAMME.version: w.PROGRAMME}


def found(*history: Told, programmes: dict[str, p.Programme] = PROGRAMMES) -> list[str]:
    """What the bounds say of a history in which every fact is a commit of its own."""
    return told(w.recorded(history), programmes)


def told(recorded: list[Recorded], programmes: dict[str, p.Programme] = PROGRAMMES) -> list[str]:
    bounds = Bounds(programmes)
    return [one.what for event in recorded for one in bounds.see(event)] + [one.what for one in bounds.end()]


def at_once(history: History, *events: Event, by: str = OLGA) -> list[str]:
    """The history, and then these facts in one commit."""
    recorded = w.recorded((*history, *did(by, *events)))
    last = recorded[-1].header
    ends = [msgspec.structs.replace(one, header=last) for one in recorded[-len(events) :]]
    return told([*recorded[: -len(events)], *ends])


def under(**changes: object) -> dict[str, p.Programme]:
    """The small track with other bounds."""
    small = msgspec.structs.replace(w.PROGRAMME.tracks["small"], **changes)
    return {w.PROGRAMME.version: msgspec.structs.replace(w.PROGRAMME, tracks=w.PROGRAMME.tracks | {"small": small})}


def submitted(**changes: object) -> History:
    return SMALL_DRAFTED + did(AMINA, msgspec.structs.replace(SMALL_SUBMISSION, **changes), FITS)


# ── Honest histories ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("history", [SMALL_CLOSED, w.CLOSED, w.DEFERRED, w.LISTED, w.RACE_PROPOSED, w.NOT_ALIGNED])
def test_nothing_is_found_where_the_rules_were_kept(history: History) -> None:
    assert found(*history) == []


def test_each_way_in_which_the_deciders_let_a_file_go_is_in_order() -> None:
    """What the rules of the track allow at their very bounds."""
    assert found(*submitted(amount=1_000_00, hubs=("north",))) == []
    second = approved(700_00, w.OTHER_FILE, cities=(LAKESIDE,))
    assert found(*approved(700_00), *second) == []


# ── What is asked for ─────────────────────────────────────────────────────────


def test_more_than_the_track_gives_is_found_in_each_currency() -> None:
    assert found(*submitted(amount=1_000_01)) == ["100001 EUR was asked for on small, which gives 100000 at most"]
    assert found(*submitted(amount=1, currency="CHF")) == ["1 CHF was asked for on small, which gives 0 at most"]
    assert found(*submitted(amount=1_000_01), programmes=under(max_amount={})) == []


def test_more_days_than_the_track_gives_are_found() -> None:
    longer = w.saved(w.with_(w.SUPPORT, days=3))
    assert found(*SMALL_DRAFTED, *longer, *did(AMINA, SMALL_SUBMISSION, FITS)) == ["3 days were asked for on small, which gives 2 at most"]


def test_more_hubs_than_the_track_has_are_found_at_submission_and_when_they_are_asked() -> None:
    assert found(*submitted(hubs=("north", "south"))) == ["2 hubs are to be asked on small, which has 1 at most"]
    besides = e.HubAsked(hub="south", reason="x", due=w.due("hub_opinion"), calendar=w.CALENDAR)
    assert found(*SMALL_COMPLETE, *did(OLGA, besides)) == ["2 hubs were asked on small, which has 1 at most"]
    released = e.HubReleased(hub="north", reason="x")
    assert found(*SMALL_COMPLETE, *did(OLGA, released, besides)) == []


def test_a_file_that_leaves_its_track_in_the_same_commit_is_in_order_and_one_that_leaves_later_is_not() -> None:
    besides = e.HubAsked(hub="south", reason="x", due=w.due("hub_opinion"), calendar=w.CALENDAR)
    moves = left("hubs", "eligibility", opinion_open=True)
    assert at_once(SMALL_COMPLETE, besides, moves) == []
    assert found(*SMALL_COMPLETE, *did(OLGA, besides, moves)) == ["2 hubs were asked on small, which has 1 at most"]
    bigger = msgspec.structs.replace(SMALL_SUBMISSION, amount=5_000_00)
    assert at_once(SMALL_SUBMITTED, bigger, left("amount", "completeness"), by=AMINA) == []


# ── What a city is awarded ────────────────────────────────────────────────────


def approved(amount: int, file: str = FILE, days: int = 0, cities: tuple[str, ...] = (LAKESIDE, HILLTOWN)) -> History:
    """A small file of these cities that is submitted and approved, so many days after the first day."""
    submission = msgspec.structs.replace(SMALL_SUBMISSION, city=cities[0], beneficiaries=cities[1:], amount=amount)
    events = (submission, msgspec.structs.replace(APPROVAL, amount=amount))
    return tuple(Told(file, INES, event, w.NOW + timedelta(days=days)) for event in events)


def test_a_third_award_to_one_city_is_found_when_it_is_asked_for_and_when_it_is_given() -> None:
    two = (*approved(1_00), *approved(1_00, w.OTHER_FILE))
    third = approved(1_00, "application-3", cities=(LAKESIDE,))
    assert found(*two) == []
    assert found(*two, *third) == ["award number 3 on small for city-lakeside within 6 months"] * 2


def test_a_joint_bid_counts_whole_for_each_of_its_cities() -> None:
    two = (*approved(1_00), *approved(1_00, w.OTHER_FILE, cities=(LAKESIDE, HILLTOWN)))
    assert (
        found(*two, *approved(1_00, "application-3", cities=(HILLTOWN,)))
        == ["award number 3 on small for city-hilltown within 6 months"] * 2
    )
    apart = (*approved(1_00, cities=(LAKESIDE,)), *approved(1_00, w.OTHER_FILE, cities=(HILLTOWN,)))
    assert found(*apart, *approved(1_00, "application-3", cities=(LAKESIDE, HILLTOWN))) == []


def test_amounts_add_up_over_the_awards_of_a_city() -> None:
    second = approved(800_01, w.OTHER_FILE, cities=(HILLTOWN,))
    assert found(*approved(700_00), *approved(800_00, w.OTHER_FILE, cities=(HILLTOWN,))) == []
    assert found(*approved(700_00), *second) == ["150001 EUR on small for city-hilltown within 6 months"] * 2


def test_an_award_counts_for_so_many_months_and_not_a_day_longer() -> None:
    early = (*approved(1_00), *approved(1_00, w.OTHER_FILE))
    last, over = 183, 184  # 5 May to 4 and to 5 November
    assert len(found(*early, *approved(1_00, "application-3", last, (LAKESIDE,)))) == 2
    assert found(*early, *approved(1_00, "application-3", over, (LAKESIDE,))) == []


def test_awards_on_another_track_are_not_counted() -> None:
    moves = Told(FILE, OLGA, left("officer", "completeness"))
    first = approved(700_00)
    assert found(first[0], moves, first[1], *approved(900_00, w.OTHER_FILE)) == []


# ── Only yes, safeguards, the lot ─────────────────────────────────────────────


def test_every_answer_but_yes_is_found_on_a_track_that_only_says_yes() -> None:
    declined = e.Declined(reasons=("x",), what_would_change=("y",), due=w.due("letter"), calendar=w.CALENDAR)
    for event in (declined, w.DEFERRAL, w.IN_LINE):
        assert found(*SMALL_COMPLETE, *did(INES, event)) == [f"{event.name} on small, which only says yes"]
        assert found(*w.COMPLETE, *did(INES, event)) == []


def test_a_file_that_was_found_eligible_without_its_safeguards_is_found() -> None:
    eligible = did(OLGA, w.FOUND_ELIGIBLE)
    assert found(*SMALL_SAFE, *eligible) == []
    assert found(*SMALL_COMPLETE, *eligible) == ["found eligible on small with safeguards not looked at"]
    assert found(*SMALL_SAFE, *did(OLGA, safeguards("amber")), *eligible) == ["found eligible on small with safeguards amber"]


def test_the_lot_on_the_track_is_drawn_again() -> None:
    other_share = msgspec.structs.replace(FITS, percent=1)
    assert found(*SMALL_DRAFTED, *did(AMINA, SMALL_SUBMISSION, other_share)) == [
        "the lot on the track was drawn for 1 in 100, and the programme says 25"
    ]
    kept_in = msgspec.structs.replace(FITS, seed=DRAWN)
    assert found(*SMALL_DRAFTED, *did(AMINA, SMALL_SUBMISSION, kept_in)) == ["the seed of the lot on the track does not give fits"]
    drawn = msgspec.structs.replace(FITS, track="standard", why="lot", drawn=True)
    on_standard = msgspec.structs.replace(SMALL_SUBMISSION, track="standard")
    assert found(*SMALL_DRAFTED, *did(AMINA, on_standard, msgspec.structs.replace(drawn, seed=DRAWN))) == []
    assert found(*SMALL_DRAFTED, *did(AMINA, on_standard, drawn)) == ["the seed of the lot on the track does not give lot"]


# ── How many approve ──────────────────────────────────────────────────────────

LARGE = msgspec.structs.replace(APPROVAL, amount=4_000_00)
ALONE = "400000 EUR was approved by 1, 2 are needed"


def test_a_large_award_that_one_person_approved_is_found() -> None:
    assert found(*w.PROPOSED_LARGE, *did(INES, LARGE)) == [ALONE]
    assert found(*w.HALF_APPROVED, *did(IVO, LARGE)) == []
    assert found(*w.HALF_APPROVED, *did(INES, LARGE)) == [ALONE]


def test_the_threshold_itself_is_large_and_a_hair_less_is_not() -> None:
    for amount, what in ((3_800_00, ["380000 EUR was approved by 1, 2 are needed"]), (3_799_99, [])):
        assert found(*w.PROPOSED_LARGE, *did(INES, msgspec.structs.replace(APPROVAL, amount=amount))) == what


def test_a_first_approval_that_lapsed_is_none() -> None:
    lapsed = did(OLGA, e.ApprovalLapsed(), e.ProposalReturned(reason="x", due=w.due("proposal"), calendar=w.CALENDAR), w.LARGE)
    assert found(*w.HALF_APPROVED, *lapsed, *did(IVO, LARGE)) == [ALONE]


def test_a_track_that_asks_for_two_has_two_whatever_the_amount() -> None:
    assert found(*SMALL_APPROVED) == []
    assert found(*SMALL_APPROVED, programmes=under(approvers=2)) == ["70000 EUR was approved by 1, 2 are needed"]


# ── The programme itself ──────────────────────────────────────────────────────


def test_a_version_that_is_not_at_hand_is_found_and_not_passed_over() -> None:
    other = {"other": w.PROGRAMME}
    assert found(*SMALL_SUBMITTED, programmes=other) == ["submitted under river-1 on small, and no such programme or track is at hand"]


def test_the_check_holds_them_against_the_whole_history() -> None:
    history = (*w.BASE, *w.PROPOSED_LARGE, *did(INES, LARGE), *did(INES, w.paid(4_000_00), on=PURSE))
    differences = [one for one in audited(w.recorded(history), PROGRAMMES) if "are needed" in one.what]
    assert [(one.where, one.what) for one in differences] == [(FILE, ALONE)]
    assert differences[0].index == len(w.BASE) + len(w.PROPOSED_LARGE) + 1
