# ruff: noqa: F405
"""Contributions with their earmarks and windows, what a commitment draws on, and what goes back."""

from datetime import date
from itertools import product

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.envelope import Purpose, allocation, available, purpose_of, serves
from fund.domain.facts import On
from fund.domain.refusal import Refusal
from fund.domain.registers import Envelope
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

RECEIVE = c.ReceiveContribution(envelope=EMPTY, donor="Ferry Guild", amount=1_000_00, currency="EUR", basis="pledge")
APPROVE = c.Approve(application=FILE, reasons=REASONS)
TODAY, YESTERDAY, TOMORROW = NOW.date(), NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=1)
ANY = e.Earmark()


def money(scenario: Scenario, stream: str = EMPTY) -> Envelope:
    found = scenario.state(stream)
    assert isinstance(found, Envelope)
    return found


def receive(**changes: object) -> c.ReceiveContribution:
    return msgspec.structs.replace(RECEIVE, **changes)


def not_received(code: str, field: str, **changes: object) -> None:
    given().when(receive(**changes), by=FINN).then(code, field=field)


def contribution(amount: int, kind: e.ContributionKind = "cash", **limits: object) -> e.ContributionReceived:
    return e.ContributionReceived(donor="Guild", amount=amount, currency="EUR", basis="x", kind=kind, earmark=e.Earmark(**limits))  # type: ignore[arg-type]  # the fields of an earmark


def envelope_of(*contributions: e.ContributionReceived) -> Envelope:
    found = given(*did(FINN, *contributions, on=EMPTY)).state(EMPTY)
    assert isinstance(found, Envelope)
    return found


def allocations(*drawn: tuple[int, int]) -> tuple[e.Allocation, ...]:
    return tuple(e.Allocation(contribution=number, amount=amount) for number, amount in drawn)


# ── Receiving ─────────────────────────────────────────────────────────────────


@passes(c.ReceiveContribution)
def test_a_contribution_says_what_it_may_be_spent_on_and_when() -> None:
    command = receive(
        priorities=("FLOOD",), regions=("delta",), support_types=("T1",), countries=("XK", "NO"), spend_from=TODAY, spend_until=TODAY
    )
    earmark = e.Earmark(
        priorities=("FLOOD",), regions=("delta",), support_types=("T1",), countries=("XK", "NO"), spend_from=TODAY, spend_until=TODAY
    )
    expected = e.ContributionReceived(donor="Ferry Guild", amount=1_000_00, currency="EUR", basis="pledge", earmark=earmark)
    after = given().when(command, by=FINN).then(expected).after
    assert [(pot.number, pot.worth, pot.remaining) for pot in money(after).pots] == [(1, 1_000_00, 1_000_00)]


@passes(c.ReceiveContribution)
@refuses(c.ReceiveContribution, "contribution.valuation_needed")
def test_what_is_given_in_kind_has_a_value_and_how_it_was_found_and_is_no_money() -> None:
    for text in ("", "  "):
        not_received("contribution.valuation_needed", "valuation", kind="in_kind", valuation=text)
    after = given().when(receive(kind="in_kind", valuation="Day rate of the hall"), by=FINN).then(e.ContributionReceived).after
    assert (money(after).balance, money(after).contributed) == (0, 0)
    assert money(after).pots[0].worth == 1_000_00


@passes(c.ReceiveContribution)
def test_money_has_no_valuation_whatever_the_form_says() -> None:
    outcome = given().when(receive(valuation="x"), by=FINN).then(e.ContributionReceived)
    assert outcome.events == (e.ContributionReceived(donor="Ferry Guild", amount=1_000_00, currency="EUR", basis="pledge"),)


@passes(c.ReceiveContribution)
def test_a_contribution_may_be_a_single_unit() -> None:
    given().when(receive(amount=1), by=FINN).then(e.ContributionReceived)


@passes(c.ReceiveContribution)
@refuses(c.ReceiveContribution, "contribution.city_needed")
@refuses(c.ReceiveContribution, "city.unknown")
def test_a_city_that_pays_for_itself_is_of_the_register_and_pays_for_no_other() -> None:
    not_received("contribution.city_needed", "city", kind="self_funded")
    not_received("city.unknown", "city", kind="self_funded", city=NOWHERE)
    not_received("city.unknown", "city", city=NOWHERE)
    after = given().when(receive(kind="self_funded", city=LAKESIDE), by=FINN).then(e.ContributionReceived, On).after
    assert money(after).pots[0].given.earmark.city == LAKESIDE
    after = given().when(receive(city=LAKESIDE), by=FINN).then(e.ContributionReceived, On).after
    assert (money(after).pots[0].given.city, money(after).pots[0].given.earmark) == (LAKESIDE, ANY)


@refuses(c.ReceiveContribution, "code.unknown")
@refuses(c.ReceiveContribution, "code.repeated")
def test_earmarks_are_codes_of_the_catalogue_and_countries_of_the_world() -> None:
    for field, known in (("priorities", "FLOOD"), ("regions", "delta"), ("support_types", "T1"), ("countries", "XK")):
        not_received("code.unknown", field, **{field: (known, "NOPE")})
        not_received("code.repeated", field, **{field: (known, known)})
    for country in ("ZZ", "no", "NOR", ""):
        not_received("text.empty" if not country else "code.unknown", "countries.0" if not country else "countries", countries=(country,))


@refuses(c.ReceiveContribution, "contribution.window_reversed")
def test_a_window_ends_after_it_begins() -> None:
    not_received("contribution.window_reversed", "spend_until", spend_from=TODAY, spend_until=YESTERDAY)


# ── Reducing ──────────────────────────────────────────────────────────────────

REDUCE = c.ReduceContribution(envelope=PURSE, contribution=1, amount=1_500_00, reason="The guild paid less")


@passes(c.ReduceContribution)
def test_a_contribution_is_corrected_by_a_reduction_with_its_reason() -> None:
    expected = e.ContributionReduced(contribution=1, amount=1_500_00, currency="EUR", reason="The guild paid less")
    after = given(*APPROVED).when(REDUCE, by=FINN).then(expected).after
    assert (money(after, PURSE).balance, money(after, PURSE).pots[0].remaining) == (3_000_00, 0)


@passes(c.ReduceContribution)
def test_what_was_given_in_kind_can_be_reduced_to_nothing() -> None:
    hall = did(FINN, contribution(100, "in_kind"), on=EMPTY)
    after = given(*hall).when(msgspec.structs.replace(REDUCE, envelope=EMPTY, amount=100), by=FINN).then(e.ContributionReduced).after
    assert (money(after).balance, money(after).pots[0].worth) == (0, 0)


@refuses(c.ReduceContribution, "contribution.committed")
def test_a_contribution_is_never_reduced_below_what_is_committed_of_it() -> None:
    for amount in (0, 1_500_01):
        given(*APPROVED).when(msgspec.structs.replace(REDUCE, amount=amount), by=FINN).then("contribution.committed", field="amount")


@refuses(c.ReduceContribution, "contribution.committed")
def test_a_contribution_is_not_reduced_by_what_is_held_back_for_a_file() -> None:
    held = did(TIMER, e.FundsReserved(application=FILE, amount=4_999_99, currency="EUR", allocations=allocations((1, 4_999_99))), on=PURSE)
    given(*held).when(msgspec.structs.replace(REDUCE, amount=2), by=FINN).then("contribution.committed", field="amount")
    given(*held).when(msgspec.structs.replace(REDUCE, amount=1), by=FINN).then(e.ContributionReduced)


@refuses(c.ReduceContribution, "contribution.unknown")
@refuses(c.ReduceContribution, "envelope.unknown")
def test_a_reduction_names_a_contribution_that_came() -> None:
    for number in (0, 3):
        given().when(msgspec.structs.replace(REDUCE, contribution=number), by=FINN).then("contribution.unknown", field="contribution")
    given().when(msgspec.structs.replace(REDUCE, envelope="envelope-lost"), by=FINN).then("envelope.unknown")


@refuses(c.ReduceContribution, "workflow.role_needed")
@refuses(c.ReleaseFunds, "workflow.role_needed")
def test_who_decides_on_files_moves_no_money() -> None:
    given(*APPROVED).when(REDUCE, by=INES).then("workflow.role_needed")
    given(*APPROVED).when(RELEASE, by=INES).then("workflow.role_needed")


# ── What serves what ──────────────────────────────────────────────────────────

PURPOSE = Purpose(
    cities=frozenset({LAKESIDE, HILLTOWN}), countries=frozenset({"XK"}), regions=frozenset({"delta", "coast"}), priority="FLOOD",
    support_type="T1",
)  # fmt: skip


def test_a_file_is_for_its_primary_priority_and_for_all_its_cities() -> None:
    scenario = given(*proposed(support_type="T1"))
    assert purpose_of(scenario.file(), scenario.facts(INES)) == PURPOSE
    scenario = given(*SUBMITTED)
    assert purpose_of(scenario.file(), scenario.facts(INES)).support_type is None


FITS: dict[str, tuple[e.Earmark, bool]] = {
    "free money": (ANY, True),
    "its priority": (e.Earmark(priorities=("FERRY", "FLOOD")), True),
    "a secondary priority only": (e.Earmark(priorities=("FERRY",)), False),
    "all its regions": (e.Earmark(regions=("coast", "delta")), True),
    "one of its regions": (e.Earmark(regions=("delta",)), False),
    "its country": (e.Earmark(countries=("XK", "NO")), True),
    "another country": (e.Earmark(countries=("NO",)), False),
    "its type of support": (e.Earmark(support_types=("T1",)), True),
    "another type of support": (e.Earmark(support_types=("T2",)), False),
    "one of its cities alone": (e.Earmark(city=LAKESIDE), False),
    "all that it is": (e.Earmark(priorities=("FLOOD",), regions=("delta", "coast"), countries=("XK",), support_types=("T1",)), True),
    "all but one": (e.Earmark(priorities=("FLOOD",), regions=("delta", "coast"), countries=("NO",), support_types=("T1",)), False),
}


@pytest.mark.parametrize("why", FITS)
def test_money_serves_what_it_is_given_for(why: str) -> None:
    earmark, fits = FITS[why]
    assert serves(earmark, PURPOSE) is fits
    nowhere = msgspec.structs.replace(PURPOSE, regions=frozenset({None}), support_type=None)
    assert serves(earmark, nowhere) is (fits and not earmark.regions and not earmark.support_types)


def test_a_city_pays_for_itself_and_for_no_joint_application() -> None:
    alone = msgspec.structs.replace(PURPOSE, cities=frozenset({LAKESIDE}))
    assert serves(e.Earmark(city=LAKESIDE), alone)
    assert not serves(e.Earmark(city=HILLTOWN), alone)


@pytest.mark.parametrize(
    ("window", "opens"),
    [({"spend_from": TODAY}, True), ({"spend_from": TOMORROW}, False), ({"spend_until": TODAY}, True), ({"spend_until": YESTERDAY}, False)],
)
def test_money_is_spent_within_its_window_both_days_included(window: dict[str, date], opens: bool) -> None:
    assert available(envelope_of(contribution(5, **window)), PURPOSE, TODAY) == (5 if opens else 0)


def test_the_narrowest_and_earliest_ending_money_goes_first_so_that_free_money_stays_free() -> None:
    envelope = envelope_of(
        contribution(1),
        contribution(1, spend_until=TOMORROW),
        contribution(1, priorities=("FLOOD", "FERRY")),
        contribution(1, priorities=("FLOOD",)),
        contribution(1, priorities=("FLOOD",), spend_until=TOMORROW),
        contribution(1, priorities=("FLOOD",), countries=("XK",)),
        contribution(9, "in_kind"),
        contribution(9, priorities=("FISH",)),
        contribution(1, "self_funded", city=LAKESIDE),
    )
    alone = msgspec.structs.replace(PURPOSE, cities=frozenset({LAKESIDE}))
    drawn = allocation(envelope, alone, 7, TODAY)
    assert [one.contribution for one in drawn] == [9, 6, 5, 4, 3, 2, 1]
    assert sum(one.amount for one in drawn) == 7


# ── Approving with earmarks ───────────────────────────────────────────────────

FOR_FISH = did(FINN, contribution(9_000_00, priorities=("FISH",)), on=EMPTY)
FOR_FLOODS = did(FINN, contribution(3_000_00, priorities=("FLOOD",)), on=EMPTY)
FREE = did(FINN, contribution(1_000_00), on=EMPTY)
FROM_EMPTY = proposed(envelope=EMPTY)


@passes(c.Approve)
@passes(c.ApproveWithConditions)
def test_an_approval_draws_on_what_is_given_for_it_before_free_money() -> None:
    drawn = msgspec.structs.replace(COMMITMENT, allocations=allocations((3, 3_000_00), (2, 500_00)))
    history = FOR_FISH + FREE + FOR_FLOODS + FROM_EMPTY
    conditionally = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,), otherwise="A warden first")
    told = e.DecidedOtherwise(differs=("conditions",), reason="A warden first")
    for command, decided in ((APPROVE, (e.Approved,)), (conditionally, (told, e.ApprovedWithConditions))):
        after = given(*history).when(command, by=INES).then(*decided, On(EMPTY, drawn), *AWARDS).after
        assert [pot.remaining for pot in money(after).pots] == [9_000_00, 500_00, 0]
        assert money(after).balance == 9_500_00


@refuses(c.Approve, "envelope.earmarked")
@refuses(c.ApproveWithConditions, "envelope.earmarked")
def test_money_for_something_else_is_not_touched_and_the_refusal_says_what_it_is_for() -> None:
    later = did(FINN, contribution(3_000_00, spend_from=TOMORROW), on=EMPTY)
    conditionally = c.ApproveWithConditions(application=FILE, reasons=REASONS, conditions=(CONDITION,), otherwise="A warden first")
    for command in (APPROVE, conditionally):
        outcome = given(*FOR_FISH, *FREE, *later, *FROM_EMPTY).when(command, by=INES).then("envelope.earmarked")
        assert outcome.refusal
        assert outcome.refusal.about == {
            "available": 1_000_00, "amount": 3_500_00, "currency": "EUR",
            "earmarks": (e.Earmark(priorities=("FISH",)), e.Earmark(spend_from=TOMORROW)),
        }  # fmt: skip


@refuses(c.Approve, "envelope.insufficient")
def test_where_all_money_together_is_too_little_the_balance_is_named() -> None:
    hall = did(FINN, contribution(9_000_00, "in_kind"), on=EMPTY)
    outcome = given(*FREE, *hall, *FROM_EMPTY).when(APPROVE, by=INES).then("envelope.insufficient")
    assert outcome.refusal
    assert outcome.refusal.about["balance"] == 1_000_00


@passes(c.Approve)
def test_a_type_of_support_that_was_proposed_opens_the_money_given_for_it() -> None:
    typed = did(FINN, contribution(4_000_00, support_types=("T1",)), on=EMPTY)
    given(*typed, *FROM_EMPTY).when(APPROVE, by=INES).then("envelope.earmarked")
    given(*typed, *proposed(envelope=EMPTY, support_type="T1")).when(APPROVE, by=INES).then(e.Approved, On, *AWARDS)


@passes(c.MakeProposal)
@refuses(c.MakeProposal, "code.unknown")
def test_a_proposal_says_the_type_of_support_and_which_of_its_cities_gave() -> None:
    propose = c.MakeProposal(
        application=FILE, recommendation="approve", envelope=EMPTY, amount=1_000_00, currency="EUR", peers=("Elm",), reason="x",
        support_type="T2",
    )  # fmt: skip
    own = did(FINN, msgspec.structs.replace(contribution(1_000_00), city=HILLTOWN), on=EMPTY)
    after = given(*own, *COORDINATED).when(propose, by=OLGA).then(e.ProposalMade).after.file()
    assert after.proposal
    assert (after.proposal.support_type, after.proposal.giving_cities) == ("T2", (HILLTOWN,))
    unknown = msgspec.structs.replace(propose, support_type="T9")
    given(*own, *COORDINATED).when(unknown, by=OLGA).then("code.unknown", field="support_type")
    declined = given(*own, *COORDINATED).when(msgspec.structs.replace(propose, recommendation="decline"), by=OLGA).then(e.ProposalMade)
    refused = declined.after.file().proposal
    assert refused
    assert (refused.support_type, refused.giving_cities) == (None, ())


# ── Releasing ─────────────────────────────────────────────────────────────────

RELEASE = c.ReleaseFunds(envelope=PURSE, application=FILE, amount=500_00, reason="The visit was shorter")


@passes(c.ReleaseFunds)
def test_what_an_award_did_not_use_goes_back_where_it_came_from() -> None:
    expected = e.FundsReleased(
        application=FILE, amount=500_00, currency="EUR", allocations=allocations((1, 500_00)), reason="The visit was shorter"
    )
    after = given(*CLOSED).when(RELEASE, by=FINN).then(expected).after
    assert (money(after, PURSE).balance, money(after, PURSE).pots[0].remaining) == (5_000_00, 2_000_00)
    assert money(after, PURSE).commitments[FILE] == allocations((1, 3_000_00))


@passes(c.ReleaseFunds)
def test_free_money_goes_back_first() -> None:
    history = FREE + FOR_FLOODS + FROM_EMPTY
    approved = given(*history).when(APPROVE, by=INES).after.and_(*did(TIMER, LETTER))
    some = msgspec.structs.replace(RELEASE, envelope=EMPTY, amount=600_00)
    outcome = approved.when(some, by=FINN).then(e.FundsReleased)
    assert isinstance(released := outcome.events[0], e.FundsReleased)
    assert released.allocations == allocations((1, 500_00), (2, 100_00))
    rest = outcome.after.when(msgspec.structs.replace(some, amount=2_900_00), by=FINN).then(e.FundsReleased).after
    assert (money(rest).balance, money(rest).commitments[FILE]) == (4_000_00, ())


@refuses(c.ReleaseFunds, "release.exceeds_commitment")
@refuses(c.ReleaseFunds, "release.nothing_committed")
@refuses(c.ReleaseFunds, "envelope.unknown")
def test_no_more_is_released_than_the_award_holds() -> None:
    for amount in (0, 3_500_01):
        given(*CLOSED).when(msgspec.structs.replace(RELEASE, amount=amount), by=FINN).then("release.exceeds_commitment", field="amount")
    all_of_it = given(*CLOSED).when(msgspec.structs.replace(RELEASE, amount=3_500_00), by=FINN).after
    for scenario, file in ((all_of_it, FILE), (given(*CLOSED), OTHER_FILE)):
        again = msgspec.structs.replace(RELEASE, application=file)
        scenario.when(again, by=FINN).then("release.nothing_committed", field="application")
    given(*CLOSED).when(msgspec.structs.replace(RELEASE, envelope="envelope-lost"), by=FINN).then("envelope.unknown")


@refuses(c.ReleaseFunds, "release.by_its_end")
def test_an_award_gives_back_at_its_end_and_nobody_releases_what_it_has_or_what_it_used() -> None:
    terminate = c.TerminateAward(application=FILE, reasons=("x",), spent=2_000_00)
    ended = given(*TO_TERMINATE).when(terminate, by=INES).after
    told = ended.when(ISSUE, by=TIMER).after
    closed = given(*REPORTED).when(c.CloseAward(application=FILE, spent=100_00), by=OLGA).after
    for there in (
        *(given(*history) for history in (APPROVED, OFFERED, UNDER_WAY, REPORTED, HALTED, TO_TERMINATE)),
        ended,
        told,
        closed,
    ):
        for amount in (1, 100_00):
            some = msgspec.structs.replace(RELEASE, amount=amount)
            there.when(some, by=FINN).then("release.by_its_end", field="application")
    given(*APPROVED).when(msgspec.structs.replace(RELEASE, amount=0), by=FINN).then("release.by_its_end")


# ── Whatever comes and goes ───────────────────────────────────────────────────

CITIES = (LAKESIDE, HILLTOWN, OUTPOST)
some_codes = st.lists(st.sampled_from(("FLOOD", "FISH")), max_size=2, unique=True).map(tuple)
days = st.sampled_from((None, YESTERDAY, TODAY, TOMORROW))
earmarks = st.builds(
    e.Earmark, priorities=some_codes, city=st.sampled_from((None, None, LAKESIDE)), spend_from=days, spend_until=days,
    countries=st.sampled_from(((), (), ("XK",), ("XK", "NO"))),
)  # fmt: skip
contributions = st.builds(
    lambda amount, kind, earmark: msgspec.structs.replace(contribution(amount, kind), earmark=earmark),
    st.integers(1, 6), st.sampled_from(("cash", "cash", "in_kind", "self_funded")), earmarks,
)  # fmt: skip
purposes = st.builds(
    lambda cities, priority, country: Purpose(
        cities=frozenset(cities), countries=frozenset({country}), regions=frozenset({None}), priority=priority
    ),
    st.sampled_from(((LAKESIDE,), (LAKESIDE, HILLTOWN))), st.sampled_from(("FLOOD", "FISH")), st.sampled_from(("XK", "NO")),
)  # fmt: skip


def may_draw(pot: e.ContributionReceived, purpose: Purpose) -> bool:
    """The rule once more, in other words: what stands in the way of drawing on this?"""
    mark = pot.earmark
    hindrances = (
        pot.kind == "in_kind",
        bool(mark.priorities) and purpose.priority not in mark.priorities,
        bool(mark.countries) and any(country not in mark.countries for country in purpose.countries),
        mark.city is not None and any(city != mark.city for city in purpose.cities),
        mark.spend_from is not None and mark.spend_from > TODAY,
        mark.spend_until is not None and mark.spend_until < TODAY,
    )
    return not any(hindrances)


def a_way_to_cover(pots: list[tuple[e.ContributionReceived, int]], purpose: Purpose, amount: int) -> bool:
    """By trying every way to take something from each pot."""
    ways = product(*(range(left + 1) for _, left in pots))
    allowed = [may_draw(pot, purpose) for pot, _ in pots]
    return any(sum(way) == amount and all(ok or not taken for ok, taken in zip(allowed, way, strict=True)) for way in ways)


@given_any(st.lists(contributions, max_size=5), purposes, st.integers(1, 12))
@settings(max_examples=300, deadline=None)
def test_an_allocation_is_found_exactly_where_there_is_one(given_in: list[e.ContributionReceived], purpose: Purpose, amount: int) -> None:
    envelope = envelope_of(*given_in)
    try:
        drawn = allocation(envelope, purpose, amount, TODAY)
    except Refusal as no:
        drawn, code = (), no.code
    else:
        code = ""
    cash = sum(one.amount for one in given_in if one.kind != "in_kind")
    assert (code == "envelope.insufficient") == (amount > cash)
    assert (code == "") == a_way_to_cover([(one, one.amount) for one in given_in], purpose, amount)
    assert sum(one.amount for one in drawn) == (0 if code else amount)
    assert len({one.contribution for one in drawn}) == len(drawn)
    for one in drawn:
        assert 1 <= one.amount <= given_in[one.contribution - 1].amount
        assert may_draw(given_in[one.contribution - 1], purpose)


acts = st.lists(
    st.one_of(
        contributions,
        st.tuples(st.just("commit"), purposes, st.integers(1, 8), st.sampled_from((FILE, OTHER_FILE))),
        st.tuples(st.just("release"), st.sampled_from((FILE, OTHER_FILE)), st.integers(1, 8)),
        st.tuples(st.just("reduce"), st.integers(1, 5), st.integers(1, 6)),
    ),
    max_size=25,
)


@given_any(acts)
@settings(max_examples=200, deadline=None)
def test_the_balance_is_the_sum_of_the_pots_and_nothing_falls_below_zero(story: list[object]) -> None:
    scenario = given()
    for act in story:
        match act:
            case e.ContributionReceived():
                scenario = scenario.and_(*did(FINN, act, on=EMPTY))
            case ("commit", Purpose() as purpose, int(amount), str(file)):
                try:
                    drawn = allocation(money(scenario), purpose, amount, TODAY)
                except Refusal:
                    continue
                event = e.FundsCommitted(application=file, amount=amount, currency="EUR", allocations=drawn, on=TODAY)
                scenario = scenario.and_(*did(INES, event, on=EMPTY), *did(TIMER, LETTER, on=file))
            case ("release", str(file), int(amount)):
                command = c.ReleaseFunds(envelope=EMPTY, application=file, amount=amount, reason="x")
                scenario = scenario.when(command, by=FINN).after
            case ("reduce", int(number), int(amount)):
                less = c.ReduceContribution(envelope=EMPTY, contribution=number, amount=amount, reason="x")
                scenario = scenario.when(less, by=FINN).after
        now = money(scenario)
        assert now.balance == sum(pot.remaining for pot in now.pots if pot.is_money) >= 0
        assert all(pot.remaining >= 0 and pot.committed >= 0 and pot.worth >= 0 for pot in now.pots)
        assert now.committed == sum(one.amount for held in now.commitments.values() for one in held)


def test_a_commitment_that_does_not_say_what_it_drew_on_drew_on_the_oldest_money() -> None:
    """As they were recorded before contributions had earmarks."""
    silent = e.FundsCommitted(application=FILE, amount=6_000_00, currency="EUR")
    after = given(*did(INES, silent, on=PURSE))
    assert [pot.remaining for pot in money(after, PURSE).pots] == [0, 2_000_00]
    assert money(after, PURSE).commitments[FILE] == allocations((1, 5_000_00), (2, 1_000_00))
