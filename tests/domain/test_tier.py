# ruff: noqa: F405
"""What lies within what follows from what each city lies in: in whatever order that was recorded, and also from older facts."""

from collections.abc import Iterator, Mapping
from itertools import permutations

import msgspec
import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import consent, overlap, register, tier
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.deciding import further, reads
from fund.domain.facts import Facts, On
from fund.domain.refusal import Refusal
from fund.domain.streams import State, fold
from tests.domain.proof import passes
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

BOROUGH, DISTRICT, PROVINCE = LAKESIDE, OUTPOST, HILLTOWN
STATE = "city-state"
REGISTERED: History = city(STATE, "State", "delta", True, {})
CHAIN = ((BOROUGH, DISTRICT), (DISTRICT, PROVINCE), (PROVINCE, STATE))
AWARDED = e.AwardRecorded(application="application-9", track="standard", amount=1, currency="EUR")
SUBMIT = c.SubmitApplication(application=FILE)
BOTH = with_(APPLICANT, beneficiaries=(PROVINCE,))


def save(section: AnySection) -> c.SaveSection:
    return c.SaveSection(application=FILE, section=section)


def within(inner: str, outer: str) -> c.RecordTier:
    return c.RecordTier(city=inner, within=outer, basis="Law")


def recorded_so(*pairs: tuple[str, str]) -> Scenario:
    """Each by the command, in this order."""
    scenario = given(*REGISTERED)
    for inner, outer in pairs:
        scenario = scenario.when(within(inner, outer), by=ADA).after
    return scenario


def told_so(*chains: tuple[str, ...]) -> History:
    """Each as the history tells it: the city, then what the register knew around it."""
    facts = [did(ADA, e.TierRecorded(within=around, basis="Law"), on=inner) for inner, *rest in chains for around in (tuple(rest),)]
    both = [did(ADA, e.TierInsideRecorded(city=inner), on=outer) for inner, *rest in chains for outer in rest]
    return tuple(one for fact in (*facts, *both) for one in fact)


OLD = {
    "bottom up": told_so((BOROUGH, DISTRICT), (DISTRICT, PROVINCE)),
    "top down": told_so((DISTRICT, PROVINCE), (BOROUGH, DISTRICT, PROVINCE)),
}
every_age = pytest.mark.parametrize("order", OLD)


def overlaps(facts: Facts, one: str, other: str) -> bool:
    try:
        consent.check_tiers((one, other), facts)
    except Refusal as refused:
        return refused.code == "applicant.cities_overlap"
    return False


# ── Whatever was recorded first ───────────────────────────────────────────────


@pytest.mark.parametrize("order", list(permutations(CHAIN)), ids=lambda order: " ".join(inner for inner, _ in order))
def test_every_order_of_recording_gives_the_same(order: tuple[tuple[str, str], ...]) -> None:
    scenario = recorded_so(*order)
    facts = scenario.facts(ADA)
    states = facts.states
    around = {id: [one.id for one in tier.around(facts.city(id), states)] for id in (BOROUGH, DISTRICT, PROVINCE, STATE)}
    assert around == {BOROUGH: [DISTRICT, PROVINCE, STATE], DISTRICT: [PROVINCE, STATE], PROVINCE: [STATE], STATE: []}
    inside = {id: {one.id for one in tier.inside(facts.city(id), states)} for id in around}
    assert inside == {id: {inner for inner, outer in around.items() if id in outer} for id in around}
    for outer in (BOROUGH, DISTRICT, PROVINCE):
        scenario.when(within(STATE, outer), by=ADA).then("tier.circle", field="within")


@passes(c.RecordTier)
def test_a_city_that_lies_in_another_can_be_put_into_a_third_with_all_that_it_holds() -> None:
    around = e.TierRecorded(within=(PROVINCE,), basis="Law")
    given(*told_so((BOROUGH, DISTRICT))).when(within(DISTRICT, PROVINCE), by=ADA).then(
        around, On(PROVINCE, e.TierInsideRecorded(city=DISTRICT))
    )


@every_age
def test_a_circle_of_any_length_is_refused(order: str) -> None:
    given(*OLD[order]).when(within(PROVINCE, BOROUGH), by=ADA).then("tier.circle", field="within")
    given(*OLD[order]).when(within(PROVINCE, DISTRICT), by=ADA).then("tier.circle", field="within")


@every_age
def test_a_borough_and_its_province_do_not_benefit_from_one_application(order: str) -> None:
    refused = given(*STARTED, *OLD[order]).when(save(BOTH), by=ALI).then("applicant.cities_overlap").refusal
    assert refused
    assert refused.about == {"city": BOROUGH, "within": PROVINCE}


@every_age
def test_nor_do_they_where_the_register_learnt_it_after_the_form_was_saved(order: str) -> None:
    given(*AGREED, *OLD[order]).when(SUBMIT, by=AMINA).then("applicant.cities_overlap")


@every_age
def test_an_award_in_the_province_is_seen_for_the_borough_and_one_in_the_borough_for_the_province(order: str) -> None:
    for place in (BOROUGH, DISTRICT, PROVINCE):
        facts = given(*OLD[order], *did(INES, AWARDED, on=place)).facts(AMINA)
        for applicant in (BOROUGH, DISTRICT, PROVINCE):
            assert overlap.with_running_awards(Application(city=applicant), facts) == (applicant,)


def test_a_district_that_moved_took_its_boroughs_along() -> None:
    """Also where the borough was recorded when the district still lay elsewhere."""
    moved = told_so((DISTRICT, PROVINCE), (BOROUGH, DISTRICT, PROVINCE)) + told_so((DISTRICT, STATE))
    facts = given(*REGISTERED, *moved).facts(ADA)
    assert overlaps(facts, BOROUGH, STATE)
    assert not overlaps(facts, BOROUGH, PROVINCE)
    assert [one.id for one in tier.inside(facts.city(STATE), facts.states)] == [DISTRICT, BOROUGH]
    assert tier.inside(facts.city(PROVINCE), facts.states) == ()


def test_a_circle_that_an_older_register_took_ends_and_can_be_undone() -> None:
    circle = told_so((BOROUGH, DISTRICT), (DISTRICT, PROVINCE), (PROVINCE, BOROUGH, DISTRICT))
    scenario = given(*REGISTERED, *circle)
    facts = scenario.facts(ADA)
    for one in (BOROUGH, DISTRICT, PROVINCE):
        others = {BOROUGH, DISTRICT, PROVINCE} - {one}
        assert {found.id for found in tier.around(facts.city(one), facts.states)} == others
        assert {found.id for found in tier.inside(facts.city(one), facts.states)} == others
    undone = scenario.when(within(PROVINCE, STATE), by=ADA).then(e.TierRecorded, On).after.facts(ADA)
    assert [found.id for found in tier.around(undone.city(BOROUGH), undone.states)] == [DISTRICT, PROVINCE, STATE]
    assert [found.id for found in tier.around(undone.city(PROVINCE), undone.states)] == [STATE]


# ── What it relies on ─────────────────────────────────────────────────────────


def loaded(command: c.Command, scenario: Scenario, by: str) -> set[str]:
    """The streams that are read before it is decided, as the handler reads them."""
    facts, state = scenario.facts(by), scenario.state(command.stream)
    known = {command.stream, *reads(state, command, by, scenario.programme)}
    while more := further(command, {id: facts.states[id] for id in known if id in facts.states}) - known:
        known |= more
    return known


@every_age
def test_all_that_a_verdict_rests_on_is_read_with_it(order: str) -> None:
    deep: History = REGISTERED + OLD[order]
    assert {DISTRICT, PROVINCE} <= loaded(save(with_(APPLICANT, beneficiaries=(STATE,))), given(*deep, *STARTED), ALI)
    assert {DISTRICT, PROVINCE} <= loaded(within(STATE, BOROUGH), given(*deep), ADA)
    assert {DISTRICT, PROVINCE} <= loaded(SUBMIT, given(*deep, *AGREED), AMINA)
    above = given(*REGISTERED, *told_so((STATE, DISTRICT), (DISTRICT, BOROUGH)), *AGREED)
    assert {DISTRICT, STATE} <= loaded(SUBMIT, above, AMINA)


def test_another_section_than_the_one_that_names_cities_reads_none_around_them() -> None:
    assert PROVINCE not in loaded(save(NEED), given(*OLD["top down"], *STARTED), ALI)


# ── Whatever happens ──────────────────────────────────────────────────────────

PLACES = tuple(f"city-{name}" for name in "abcdef")
pairs = st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES))


def entered(states: Mapping[str, State], inner: str, outer: str, facts: Facts) -> dict[str, State]:
    """The streams after one more entry; as they were where it is refused."""
    now = msgspec.structs.replace(facts, states=states)
    place = now.city(inner)
    try:
        events = register.record_tier(place, within(inner, outer), now)
    except Refusal:
        return dict(states)
    after = dict(states)
    for one in events:
        stream, event = (one.stream, one.event) if isinstance(one, On) else (inner, one)
        after[stream] = fold(stream, recorded(did(ADA, event, on=stream)), after[stream])
    return after


def blank() -> tuple[dict[str, State], Facts]:
    scenario = given()
    states: dict[str, State] = {id: fold(id, recorded(city(id, id, "delta", True, {}))) for id in PLACES}
    return states, scenario.facts(ADA)


def outwards(parents: Mapping[str, str], place: str) -> Iterator[str]:
    while place in parents:
        place = parents[place]
        yield place


def check(states: Mapping[str, State], parents: Mapping[str, str], facts: Facts) -> None:
    """Every verdict is that of the tree."""
    now = msgspec.structs.replace(facts, states=states)
    above = {place: list(outwards(parents, place)) for place in PLACES}
    for one in PLACES:
        assert [found.id for found in tier.around(now.city(one), states)] == above[one]
        assert {found.id for found in tier.inside(now.city(one), states)} == {place for place in PLACES if one in above[place]}
        for other in PLACES:
            if one != other:
                assert overlaps(now, one, other) == (one in above[other] or other in above[one])


@settings(max_examples=150, deadline=None)
@over(st.lists(pairs, max_size=14))
def test_whatever_is_recorded_and_corrected_the_verdicts_are_those_of_the_tree(entries: list[tuple[str, str]]) -> None:
    states, facts = blank()
    parents: dict[str, str] = {}
    for inner, outer in entries:
        states = entered(states, inner, outer, facts)
        if inner not in (outer, *outwards(parents, outer)):
            parents[inner] = outer
    check(states, parents, facts)


@settings(max_examples=150, deadline=None)
@over(st.data())
def test_a_tree_recorded_in_any_order_gives_the_same_verdicts(data: st.DataObject) -> None:
    parents = {place: data.draw(st.sampled_from(PLACES[:at])) for at, place in enumerate(PLACES) if at and data.draw(st.booleans())}
    states, facts = blank()
    for inner, outer in data.draw(st.permutations(list(parents.items()))):
        states = entered(states, inner, outer, facts)
    check(states, parents, facts)
    for place in PLACES:
        with_award = {**states, place: fold(place, recorded(did(INES, AWARDED, on=place)), states[place])}
        now = msgspec.structs.replace(facts, states=with_award)
        kin = {one for one in PLACES if one == place or one in outwards(parents, place) or place in outwards(parents, one)}
        assert {one for one in PLACES if overlap.with_running_awards(Application(city=one), now)} == kin
