# ruff: noqa: F405
"""Whether the people there are can finish a file: the answer of the matching, and what brute force says on small casts."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations, permutations, product

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import staffing
from fund.domain.application import Stage
from fund.domain.deciding import further
from fund.domain.facts import Role
from fund.domain.programme import Track
from fund.domain.staffing import Member, Place, is_staffed, needs, ways
from fund.domain.workflow import APPLICATION_STEPS, EVERY_DUTY
from fund.domain.workflow import SUBMITTED as SUBMITTED_STAGES
from tests.domain.proof import passes, refuses
from tests.domain.screening import AMBER, NAMING, RED, SIGNED, answering, screen_of, to_sign
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

STANDARD = PROGRAMME.tracks["standard"]
LIMITS = PROGRAMME.limits
MODEST = {"EUR": 1_000_00}
WAYS = ways(STANDARD, APPLICATION_STEPS, LIMITS, MODEST)
THIRD_OFFICER = did(ADA, e.RoleGranted(person=HUGO, role="officer", scope=None), on=HUGO)
ANNOUNCE = c.AnnounceShortage(application=FILE, people=(OLGA, OMAR, EVA, TOM, UMA, HANA, HUGO, INES, IVO))


def member(id: str, *held: str, cities: tuple[str, ...] = ()) -> Member:
    roles = frozenset((role, scope or None) for role, _, scope in (one.partition(":") for one in held))
    return Member(id=id, roles=roles, cities=frozenset(cities))


def many(count: int, *held: str) -> tuple[Member, ...]:
    return tuple(member(f"{held[0]}-{number}", *held) for number in range(count))


# ── Places are read from the table ────────────────────────────────────────────


def test_a_file_is_refused_by_two_officers_or_goes_all_the_way() -> None:
    refusing, deciding = WAYS
    assert [(place.duty, place.roles[0], place.people) for place in refusing] == [("checking", "officer", 1), ("deciding", "officer", 1)]
    assert [(place.duty, place.people) for place in deciding] == [
        ("checking", 1), ("assessing", 2), ("coordinating", 1), ("proposing", 1), ("deciding", STANDARD.approvers),
    ]  # fmt: skip


def test_a_track_says_how_many_assess_and_decide() -> None:
    alone = msgspec.structs.replace(STANDARD, assessors=1)
    counts = {place.duty: place.people for place in ways(alone, APPLICATION_STEPS, LIMITS, MODEST)[-1]}
    assert counts["assessing"] == 1


def test_two_people_decide_what_reaches_the_threshold() -> None:
    def approvers(track: Track, amounts: dict[str, int] | None) -> list[int]:
        return [place.people for place in ways(track, APPLICATION_STEPS, LIMITS, amounts)[-1] if place.duty == "deciding"]

    assert approvers(STANDARD, {"EUR": 3_799_99}) == [1]
    assert approvers(STANDARD, {"EUR": 3_800_00}) == [2]
    assert approvers(STANDARD, None) == [2], "it may carry as much as the fund gives"
    assert approvers(msgspec.structs.replace(STANDARD, max_amount={"EUR": 3_799_99}), None) == [1]


def test_a_round_needs_somebody_to_rank_it_and_another_to_draw_its_line_and_neither_may_be_drawn_to_score() -> None:
    places = {place.duty: place for place in ways(PROGRAMME.tracks["race"], APPLICATION_STEPS, LIMITS)[-1]}
    assert places["drawing"].clashes_with(places["ranking"])
    assert places["ranking"].clashes_with(places["assessing"])
    both = (places["ranking"], places["drawing"])
    officer, approver = member("officer", "officer"), member("approver", "approver")
    near = frozenset[str]()
    assert is_staffed(both, (officer, approver), near)
    assert not is_staffed(both, (member("one", "officer", "approver"),), near)
    assert not is_staffed(both, (member("scorer", "officer", "assessor"), approver), near)
    neighbour = member("neighbour", "approver", cities=(OUTPOST,))
    assert is_staffed(both, (officer, neighbour), near)
    assert not is_staffed(both, (officer, neighbour), near, rivals=frozenset({OUTPOST}))
    scoring, scorers = (places["assessing"],), tuple(member(one, "assessor", cities=(OUTPOST,)) for one in ("one", "two"))
    assert is_staffed(scoring, scorers, near)
    assert not is_staffed(scoring, scorers, near, rivals=frozenset({OUTPOST}))


def test_who_is_kept_apart_is_kept_apart_here_too() -> None:
    places = {place.duty: place for place in WAYS[-1]}
    assert all(places["deciding"].clashes_with(place) for duty, place in places.items() if duty != "deciding")
    assert not places["assessing"].clashes_with(places["coordinating"]), "coordination is closed after the assessment, never before"
    assert not places["checking"].clashes_with(places["proposing"])


# ── The programme ─────────────────────────────────────────────────────────────

ENOUGH = (*many(4, "officer"), *many(4, "assessor"), *many(3, "approver"))


def missing(people: tuple[Member, ...]) -> dict[str, int]:
    return {one.role: one.more for one in needs(WAYS, people, PROGRAMME)}


def test_enough_people_are_enough_whoever_is_absent_and_whoever_is_conflicted() -> None:
    assert missing(ENOUGH) == {}


@pytest.mark.parametrize("one", ENOUGH, ids=lambda one: one.id)
def test_without_any_one_of_them_one_more_would_do(one: Member) -> None:
    left = tuple(other for other in ENOUGH if other is not one)
    assert missing(left) == {next(role for role, _ in one.roles): 1}


def test_a_fund_of_nobody_needs_everybody() -> None:
    assert missing(()) == {"officer": 4, "assessor": 4, "approver": 3}


def test_few_people_do_where_they_hold_several_roles_that_are_not_kept_apart() -> None:
    central = many(4, "officer", "approver")
    assert missing((*central, *many(4, "expert"))) == {}


def test_people_of_the_file_s_own_hub_do_not_judge_it() -> None:
    hubs = tuple(member(f"hub-{number}", "coordinator:north") for number in range(4))
    assert missing((*many(4, "officer"), *many(3, "approver"), *hubs)) == {"assessor": 4}
    mixed = (*hubs, *(member(f"south-{number}", "coordinator:south") for number in range(4)))
    assert missing((*many(4, "officer"), *many(3, "approver"), *mixed)) == {}


def test_people_of_one_city_are_conflicted_together() -> None:
    neighbours = tuple(member(f"assessor-{number}", "assessor", cities=(LAKESIDE,)) for number in range(4))
    people = (*many(4, "officer"), *many(3, "approver"), *neighbours)
    assert missing(people) == {"assessor": 3}


def test_it_names_the_duties_that_nobody_is_left_for() -> None:
    assert needs(WAYS, ENOUGH[:-1], PROGRAMME) == (staffing.Need(role="approver", more=1, duties=("deciding",)),)


# ── Brute force ───────────────────────────────────────────────────────────────

DUTIES: tuple[e.Duty, ...] = (*EVERY_DUTY[:5], "deciding")
places = st.builds(
    Place,
    roles=st.sampled_from([(Role.OFFICER,), (Role.ASSESSOR, Role.EXPERT), (Role.APPROVER,)]),
    duty=st.sampled_from(DUTIES),
    apart=st.lists(st.sampled_from(DUTIES), unique=True, max_size=3).map(tuple),
    judges=st.booleans(),
    people=st.integers(1, 2),
    first=st.integers(2, 4),
    last=st.integers(4, 7),
    of_round=st.booleans(),
    closed_to=st.frozensets(st.sampled_from(["person-0", "person-1", "person-2"]), max_size=2),
)
held = st.lists(st.sampled_from(["officer", "assessor", "expert", "approver", "coordinator:north"]), unique=True, max_size=3)
casts = st.lists(held, max_size=4).map(lambda crowd: tuple(member(f"person-{at}", *roles) for at, roles in enumerate(crowd)))


def brute(needed: tuple[Place, ...], people: tuple[Member, ...], near: frozenset[str]) -> bool:
    """Every way of giving every place to somebody."""
    slots = [place for place in needed for _ in range(place.people)]
    return any(_holds(list(zip(slots, chosen, strict=True)), near) for chosen in product(people, repeat=len(slots)))


def _holds(chosen: list[tuple[Place, Member]], near: frozenset[str]) -> bool:
    for place, one in chosen:
        if one.id in place.closed_to or not {role for role, _ in one.roles} & set(place.roles) or (place.judges and one.hubs & near):
            return False
        if place.of_round and {role for role, _ in one.roles} & {"assessor", "expert", "coordinator"}:
            return False
    for (place, one), (other, another) in permutations(chosen, 2):
        if one is another and (place is other or (place.duty in other.apart and place.first <= other.last)):
            return False
    return True


@given_any(st.lists(places, max_size=3).map(tuple), casts, st.sampled_from([frozenset[str](), frozenset({"north"})]))
@settings(max_examples=600, deadline=None)
def test_the_matching_agrees_with_brute_force(needed: tuple[Place, ...], people: tuple[Member, ...], near: frozenset[str]) -> None:
    assert is_staffed(needed, people, near) == brute(needed, people, near)


@given_any(casts)
@settings(max_examples=25, deadline=None)
def test_with_those_it_asks_for_every_choice_of_two_can_be_finished_and_with_fewer_not(people: tuple[Member, ...]) -> None:
    asked = needs(WAYS, people, PROGRAMME)
    new = [member(f"new-{one.role}-{number}", one.role) for one in asked for number in range(one.more)]
    assert finishes((*people, *new))
    assert all(not finishes((*people, *(other for other in new if other is not one))) for one in new)


def finishes(people: tuple[Member, ...]) -> bool:
    return all(is_staffed(way, left, near) for way, left, near in situations(people))


def situations(people: tuple[Member, ...]) -> Iterator[tuple[tuple[Place, ...], tuple[Member, ...], frozenset[str]]]:
    nears = [frozenset[str](), frozenset({"north"}), frozenset({"south"})]
    pairs: list[tuple[Member, ...]] = [*combinations(people, 2)] or [people]
    for way, pair, near in product(WAYS, pairs, nears):
        yield way, tuple(one for one in people if one not in pair), near


# ── At intake ─────────────────────────────────────────────────────────────────


@passes(c.AnnounceShortage)
def test_a_file_that_nobody_can_finish_is_announced_at_once_and_no_person_is_named() -> None:
    after = (
        given(*SUBMITTED)
        .when(msgspec.structs.replace(ANNOUNCE, people=(OLGA, OMAR, EVA, TOM)), by=TIMER)
        .then(e.ShortageAnnounced(duties=("deciding",)))
        .after.file()
    )
    assert (after.stage, after.due) == (Stage.COMPLETENESS, due("completeness"))


@refuses(c.AnnounceShortage, "staffing.enough")
def test_nothing_is_announced_where_the_people_there_are_can_finish_it() -> None:
    given(*SUBMITTED).when(ANNOUNCE, by=TIMER).then("staffing.enough")


MISSING: dict[str, tuple[History, tuple[str, ...]]] = {
    "the approver is of a city of the file": (did(ADA, e.AffiliationRecorded(person=INES, city=HILLTOWN), on=INES), ("deciding",)),
    "two of three assessors are of the city": (
        did(ADA, e.AffiliationRecorded(person=EVA, city=LAKESIDE), on=EVA)
        + did(ADA, e.RepresentativeConfirmed(person=TOM, capacity="focal_point", proof="x"), on=LAKESIDE),
        ("assessing",),
    ),
    "an officer is away for as long as it takes": (
        did(ADA, e.AbsenceRecorded(person=OMAR, first=NOW.date(), last=NOW.date() + timedelta(days=400)), on=OMAR),
        ("checking",),
    ),
    "an approver was erased": (did(ADA, e.PersonErased(person=INES, basis="x"), on=INES), ("deciding",)),
}


@passes(c.AnnounceShortage)
@refuses(c.AnnounceShortage, "staffing.enough")
def test_a_round_is_short_of_people_where_each_of_two_has_no_part_in_a_file_of_it() -> None:
    """Ines and Ivo approve. Each of the two files has lost one of them, so nobody draws their line."""
    rival = did(BELA, e.FileEntered(application=OTHER_FILE, cities=(OUTPOST,), region=None), on=ROUND)
    of_ines, of_ivo = said(INES, "recuse"), tuple(msgspec.structs.replace(one, stream=OTHER_FILE) for one in said(IVO, "recuse"))
    given(*RACE, *rival, *of_ivo).when(ANNOUNCE, by=TIMER).then("staffing.enough")
    given(*RACE, *rival, *of_ines, *of_ivo).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("drawing",)))
    there = given(*RACE, *rival, *of_ines, *of_ivo)
    assert further(ANNOUNCE, {FILE: there.file(), ROUND: there.state(ROUND)}) >= {OTHER_FILE, OUTPOST}
    drawn = given(*LINED, *rival)
    assert OTHER_FILE not in further(ANNOUNCE, {FILE: drawn.file(), ROUND: drawn.state(ROUND)})


@passes(c.AnnounceShortage)
@refuses(c.AnnounceShortage, "staffing.enough")
def test_a_round_is_short_of_people_where_one_of_two_is_of_a_rival_city() -> None:
    """Officers Olga and Omar, approvers Ines and Ivo: each of the two rankers and drawers may have a stake, not both of a kind."""
    rival = did(BELA, e.FileEntered(application=OTHER_FILE, cities=(OUTPOST,), region=None), on=ROUND)
    stakes = tuple(did(ADA, e.AffiliationRecorded(person=one, city=OUTPOST), on=one) for one in (INES, IVO))
    given(*RACE, *rival, *stakes[0]).when(ANNOUNCE, by=TIMER).then("staffing.enough")
    given(*RACE, *rival, *stakes[0], *stakes[1]).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("drawing",)))
    speaks = did(ADA, e.RepresentativeConfirmed(person=IVO, capacity="focal_point", proof="x"), on=OUTPOST)
    given(*RACE, *rival, *stakes[0], *speaks).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("drawing",)))


@pytest.mark.parametrize("why", MISSING)
def test_what_is_missing_for_this_file_is_told(why: str) -> None:
    history, duties = MISSING[why]
    given(*SUBMITTED, *history).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=duties))


def test_somebody_who_comes_back_in_time_is_not_missing() -> None:
    soon = did(ADA, e.AbsenceRecorded(person=INES, first=NOW.date(), last=NOW.date() + timedelta(days=3)), on=INES)
    given(*SUBMITTED, *soon).when(ANNOUNCE, by=TIMER).then("staffing.enough")


@refuses(c.AnnounceShortage, "staffing.already_announced")
def test_it_is_announced_once_a_submission() -> None:
    short = did(TIMER, e.ShortageAnnounced(duties=("deciding",)))
    nobody = c.AnnounceShortage(application=FILE)
    given(*SUBMITTED, *short).when(nobody, by=TIMER).then("staffing.already_announced")
    again = SUBMITTED + short + did(OLGA, RETURNED) + did(AMINA, SUBMISSION)
    given(*again).when(nobody, by=TIMER).then(e.ShortageAnnounced)


@passes(c.AnnounceShortage)
@refuses(c.AnnounceShortage, "staffing.enough")
def test_a_conflict_that_takes_the_last_of_them_away_is_followed_by_an_announcement_at_whatever_step() -> None:
    nobody = c.AnnounceShortage(application=FILE)
    for stage in SUBMITTED_STAGES:
        given(*REACHED[stage]).when(nobody, by=TIMER).then(e.ShortageAnnounced)
        given(*REACHED[stage]).when(ANNOUNCE, by=TIMER).then("staffing.enough")
    recused = did(
        INES,
        *(
            e.ConflictDeclared(
                number=number, person=who, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None, tainted=()
            )
            for number, who in enumerate((INES, IVO), 1)
        ),
    )
    gone = given(*PROPOSED, *did(TIMER, e.ShortageAnnounced(duties=("assessing",))), *recused)
    gone.when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("deciding",))).after.when(nobody, by=TIMER).then(
        "staffing.already_announced"
    )


def test_whoever_did_what_is_kept_apart_from_what_is_left_is_not_counted_for_it() -> None:
    """Olga, who has checked the file, approves as well; those who approve and have no hand in it do so no more."""
    gone = tuple(told for one in (INES, IVO) for told in did(ADA, e.RoleRevoked(person=one, role="approver", scope=None), on=one))
    approves = did(ADA, e.RoleGranted(person=OLGA, role="approver", scope=None), on=OLGA)
    given(*CHECKED, *gone, *approves).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("deciding",)))


@passes(c.AnnounceShortage)
@refuses(c.AnnounceShortage, "staffing.already_announced")
def test_it_is_seen_once_others_sign_the_safeguards_whether_somebody_is_left_to_decide() -> None:
    """Olga recorded the level. If Omar signs it no officer is left to refuse, if one of two approvers does there are not two to approve."""
    at_intake = given(*CHECKED)
    assert not staffing.to_look_at(at_intake.file())
    at_intake.when(ANNOUNCE, by=TIMER).then("staffing.enough")
    asked = to_sign(CHECKED)
    assert staffing.to_look_at(asked.file())
    asked.and_(*THIRD_OFFICER).when(ANNOUNCE, by=TIMER).then("staffing.enough")
    told = asked.when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("deciding",))).after
    assert not staffing.to_look_at(told.file())
    told.when(ANNOUNCE, by=TIMER).then("staffing.already_announced")


def test_it_is_seen_again_once_they_have_signed() -> None:
    """Ines, who could have left it to Omar, leaves one to approve of two."""
    asked = to_sign(CHECKED).and_(*THIRD_OFFICER)
    countersigned = c.CountersignSafeguards(application=FILE, screen=screen_of(asked), reason="x")
    for signer, expected in ((INES, e.ShortageAnnounced(duties=("deciding",))), (OMAR, "staffing.enough")):
        signed = asked.when(countersigned, by=signer).after
        assert staffing.to_look_at(signed.file())
        signed.when(ANNOUNCE, by=TIMER).then(expected)


def test_somebody_more_signs_where_nobody_may() -> None:
    """Olga, who recorded the level, is the only officer, and nobody approves."""
    alone = msgspec.structs.replace(ANNOUNCE, people=(OLGA, EVA, TOM, UMA, HANA))
    told = to_sign(CHECKED).when(alone, by=TIMER).then(e.ShortageAnnounced).events[0]
    assert isinstance(told, e.ShortageAnnounced)
    assert "checking" in told.duties


def test_it_is_seen_once_a_decision_fell_whether_others_are_left_to_take_another() -> None:
    """Ines, whose decision it was, takes no other: Ivo is left, and two are needed."""
    fell = given(*DECIDED_AGAIN)
    assert staffing.to_look_at(fell.file())
    fell.when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("deciding",)))
    third = did(ADA, e.RoleGranted(person=HUGO, role="approver", scope=None), on=HUGO)
    fell.and_(*third).when(ANNOUNCE, by=TIMER).then("staffing.enough")


@refuses(c.AnnounceShortage, "staffing.already_announced")
def test_what_was_announced_once_for_the_same_need_is_not_announced_again() -> None:
    """Announced at intake, and for the signatures that amber asks for; red asks for none, and the file needs whom it needed at first."""
    nobody = msgspec.structs.replace(ANNOUNCE, people=())
    short = given(*answering(SUBMITTED, NAMING)).under(safeguards=SIGNED).when(nobody, by=TIMER).then(e.ShortageAnnounced).after
    amber = short.when(AMBER, by=OLGA).after.when(nobody, by=TIMER).then(e.ShortageAnnounced).after
    red = amber.when(RED, by=OLGA).after
    assert not staffing.to_look_at(red.file())
    red.when(nobody, by=TIMER).then("staffing.already_announced")


def test_whoever_may_not_judge_the_file_again_is_not_counted_for_it() -> None:
    """Eva and Tom judged it, and an appeal sends it back to be judged by others: Uma and Finn, until he reads it in an emergency."""
    back = msgspec.structs.replace(UPHELD, back_to="assessment")
    again = given(*HEARD, *did(IVO, back), *did(IVO, HELD, on=PURSE), *did(TIMER, TOLD_UPHELD))
    assert set(again.file().released) >= {EVA, TOM}
    third = did(ADA, e.RoleGranted(person=HUGO, role="approver", scope=None), on=HUGO)
    fourth = did(ADA, e.RoleGranted(person=FINN, role="assessor", scope=None), on=FINN)
    judges = msgspec.structs.replace(ANNOUNCE, people=(*ANNOUNCE.people, FINN))
    again.and_(*third).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("assessing",)))
    again.and_(*third, *fourth).when(judges, by=TIMER).then("staffing.enough")
    read = (
        e.EmergencyAccessAsked(number=1, person=FINN, role="officer", answer_by=NOW, reason="x"),
        e.EmergencyAccessOpened(number=1, person=FINN, role="officer", open_until=NOW),
    )
    opened = again.and_(*third, *fourth, *did(FINN, read[0]), *did(OLGA, read[1]))
    opened.when(judges, by=TIMER).then(e.ShortageAnnounced(duties=("assessing",)))


def said(who: str, effect: e.ConflictEffect, *tainted: e.TaintedAct) -> History:
    conflict = e.ConflictDeclared(
        number=1, person=who, interest="x", effect=effect, paid_to_deliver=effect == "disclose", about="x", standing=None, tainted=tainted
    )
    return did(who, conflict)


def test_whoever_is_paid_to_deliver_the_support_is_not_counted_for_its_terms() -> None:
    """Two approve so much: Ines, who is paid by who delivers, is none of them."""
    paid = given(*PROPOSED, *said(INES, "disclose"))
    paid.when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("deciding",)))
    third = did(ADA, e.RoleGranted(person=HUGO, role="approver", scope=None), on=HUGO)
    paid.and_(*third).when(ANNOUNCE, by=TIMER).then("staffing.enough")


def test_somebody_is_left_to_look_again_at_what_was_done_under_a_conflict_and_others_decide() -> None:
    """Olga's act waits for Omar, and nobody has to be left to look again once he has."""
    before = given(*PROPOSED, *said(OLGA, "recuse", e.TaintedAct(version=14, event=e.CheckRecorded.name, then="look_again")))
    before.when(ANNOUNCE, by=TIMER).then("staffing.enough")
    without = msgspec.structs.replace(ANNOUNCE, people=tuple(one for one in ANNOUNCE.people if one != OMAR))
    told = before.when(without, by=TIMER).then(e.ShortageAnnounced(duties=("checking",))).after
    looked = told.when(c.LookAgain(application=FILE, number=1, finding="x"), by=OMAR).after
    assert staffing.to_look_at(looked.file())
    looked.when(ANNOUNCE, by=TIMER).then("staffing.enough")


def test_whoever_had_a_hand_in_what_is_to_be_looked_at_again_is_not_counted_for_that() -> None:
    """Finn had checked it with the role that Olga lent him: she does not look again at that, Omar does."""
    recused = c.DeclareConflict(application=FILE, person=FINN, interest="family", about="x")
    waits = given(*in_two_names(PROPOSED)).when(recused, by=INES).after
    assert staffing.to_look_at(waits.file())
    waits.when(ANNOUNCE, by=TIMER).then("staffing.enough")
    without = msgspec.structs.replace(ANNOUNCE, people=tuple(one for one in ANNOUNCE.people if one != OMAR))
    waits.when(without, by=TIMER).then(e.ShortageAnnounced(duties=("checking",)))
    given(*PROPOSED).when(without, by=TIMER).then("staffing.enough")


def test_it_is_seen_once_somebody_moderated_it_whether_others_are_left_to_decide() -> None:
    """Two approve so much, and Ivo, who moderated, decides no more."""
    moderated = given(*IN_MODERATION, *did(IVO, e.ModerationHeld(moderator=IVO, scores=(), reason="x")))
    assert staffing.to_look_at(moderated.file())
    moderated.when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("deciding",)))


# ── Appeals and errors ────────────────────────────────────────────────────────

THIRD_APPROVER = did(ADA, e.RoleGranted(person=HUGO, role="approver", scope=None), on=HUGO)
OUTSIDERS: dict[Stage, tuple[str, ...]] = {Stage.APPEAL_LODGED: (IVO,), Stage.APPEAL: (IVO,), Stage.CORRECTION: (OMAR,)}
"""Of the people there are, who alone can answer each."""


@passes(c.AnnounceShortage)
@refuses(c.AnnounceShortage, "staffing.enough")
@refuses(c.AnnounceShortage, "staffing.already_announced")
def test_it_is_seen_once_a_city_appeals_or_names_an_error_whether_somebody_without_a_hand_in_it_is_left_to_answer() -> None:
    for stage, outsiders in OUTSIDERS.items():
        there = given(*REACHED[stage])
        assert staffing.to_look_at(there.file())
        there.when(msgspec.structs.replace(ANNOUNCE, people=outsiders), by=TIMER).then("staffing.enough")
        involved = msgspec.structs.replace(ANNOUNCE, people=tuple(one for one in ANNOUNCE.people if one not in (OMAR, IVO)))
        duty = "correcting" if stage is Stage.CORRECTION else "hearing"
        told = there.when(involved, by=TIMER).then(e.ShortageAnnounced(duties=(duty,))).after
        assert (told.file().stage, told.file().due) == (stage, there.file().due), "the city keeps its appeal, and its day"
        assert not staffing.to_look_at(told.file())
        told.when(involved, by=TIMER).then("staffing.already_announced")


def test_an_officer_says_whether_an_appeal_is_heard_and_somebody_else_decides_it_unless_it_cannot_be_heard() -> None:
    officer = msgspec.structs.replace(ANNOUNCE, people=(OMAR,))
    for history in (APPEALED, HEARD):
        given(*history).when(officer, by=TIMER).then(e.ShortageAnnounced(duties=("hearing",)))
    given(*LATE).when(officer, by=TIMER).then("staffing.enough")
    given(*LATE).when(c.AnnounceShortage(application=FILE), by=TIMER).then(e.ShortageAnnounced(duties=("hearing",)))


def test_a_conflict_that_takes_the_last_outsider_away_is_followed_by_an_announcement() -> None:
    for history, duty in ((APPEALED, "hearing"), (HEARD, "hearing"), (TO_CORRECT, "correcting")):
        before = given(*history)
        before.when(ANNOUNCE, by=TIMER).then("staffing.enough")
        alone = before.and_(*did(ADA, e.RoleRevoked(person=OMAR, role="officer", scope=None), on=OMAR), *said(IVO, "recuse"))
        assert staffing.to_look_at(alone.file())
        alone.when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=(duty,)))
        alone.and_(*THIRD_APPROVER).when(ANNOUNCE, by=TIMER).then("staffing.enough")


def test_whoever_has_a_hand_or_a_stake_in_the_round_is_not_counted_for_its_appeals() -> None:
    """Ines drew its line; Omar ranked it."""
    lodged = given(*REFUSAL_PROPOSED, *did(INES, REFUSAL), *TOLD_REFUSAL, *did(AMINA, LODGED))
    lodged.when(ANNOUNCE, by=TIMER).then("staffing.enough")
    lodged.and_(*did(IVO, e.LineDrawn(places=0, reasons=("x",)), on=ROUND)).when(ANNOUNCE, by=TIMER).then(
        e.ShortageAnnounced(duties=("hearing",))
    )
    rival = did(BELA, e.FileEntered(application=OTHER_FILE, cities=(OUTPOST,), region=None), on=ROUND)
    of_a_rival = did(ADA, e.AffiliationRecorded(person=IVO, city=OUTPOST), on=IVO)
    lodged.and_(*rival, *of_a_rival).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("hearing",)))


def test_who_comes_back_before_an_appeal_is_to_be_decided_is_not_missing() -> None:
    for days, expected in ((3, "staffing.enough"), (400, e.ShortageAnnounced(duties=("hearing",)))):
        away = did(ADA, e.AbsenceRecorded(person=IVO, first=NOW.date(), last=NOW.date() + timedelta(days=days)), on=IVO)
        given(*APPEALED, *away).when(ANNOUNCE, by=TIMER).then(expected)


# ── Assessors who made way ────────────────────────────────────────────────────


@passes(c.AnnounceShortage)
def test_it_is_seen_once_an_assessor_made_way_whether_a_lot_finds_another() -> None:
    """Eva and Tom lapsed: of the people there are Uma is left, and two assess. Whom an officer chooses again by hand is counted."""
    due_by = due("assessment")
    waits = given(*ASSIGNED)
    assert not staffing.to_look_at(waits.file())
    lapsed = waits.and_(*did(TIMER, *(e.AssessorLapsed(assessor=one, missing="silent", due=due_by) for one in (EVA, TOM))))
    assert staffing.to_look_at(lapsed.file())
    lapsed.when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("assessing",)))
    fourth = did(ADA, e.RoleGranted(person=FINN, role="assessor", scope=None), on=FINN)
    judges = msgspec.structs.replace(ANNOUNCE, people=(*ANNOUNCE.people, FINN))
    lapsed.and_(*fourth).when(judges, by=TIMER).then("staffing.enough")
    again = lapsed.and_(*did(OLGA, e.AssessorAssigned(assessor=EVA, reason="Is back")))
    again.when(ANNOUNCE, by=TIMER).then("staffing.enough")


def test_whoever_is_away_until_an_assessment_would_be_due_is_not_counted_for_it_now() -> None:
    lapsed = given(*ASSIGNED, *did(TIMER, e.AssessorLapsed(assessor=EVA, missing="silent", due=due("assessment"))))
    lapsed.when(ANNOUNCE, by=TIMER).then("staffing.enough")
    away = did(ADA, e.AbsenceRecorded(person=UMA, first=NOW.date(), last=due("assessment").date()), on=UMA)
    lapsed.and_(*away).when(ANNOUNCE, by=TIMER).then(e.ShortageAnnounced(duties=("assessing",)))


@refuses(c.AnnounceShortage, "workflow.role_needed")
def test_only_a_machine_announces_it() -> None:
    given(*SUBMITTED).when(c.AnnounceShortage(application=FILE), by=OLGA).then("workflow.role_needed")
