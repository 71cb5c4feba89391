# ruff: noqa: F405
"""Whatever is asked of a city by whomever and when: no member without an admission or a record, no second ask, nobody deciding twice.

What is checked is worked out from the recorded facts alone.
"""

import random
from collections import Counter
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.deciding import city_actions, decide
from fund.domain.event import Recorded
from fund.domain.facts import Facts, actor
from fund.domain.refusal import Refusal
from fund.domain.registers import City, Person
from fund.domain.streams import State, fold
from fund.projections.audit_rules import audited
from tests.domain.test_membership import REVIEW, TODAY, WIDOW, WORDS
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

GRACE, OTTO = "person-grace", "person-otto"
"""Grace may do everything; Otto determines and admits."""
TOWNS = (OUTPOST, WIDOW, LAKESIDE)
CROWD = (NILS, AMINA, ALI, OLGA, OMAR, INES, ADA, CLERK, GRACE, OTTO, TIMER)


def _many_roles() -> History:
    held = {GRACE: ("officer", "approver", "administrator"), OTTO: ("officer", "approver")}
    return tuple(
        told
        for who, roles in held.items()
        for told in did(
            ADA,
            e.PersonRegistered(person=who, full_name=who, email="", language="en"),
            *(e.RoleGranted(person=who, role=role, scope=None) for role in roles),
            on=who,
        )
    )


BORN = tuple(
    # Nobody is the first administrator by their own hand.
    msgspec.structs.replace(told, by=CLERK) if told.by == told.stream else told
    for told in (*BASE, *_many_roles(), *city(WIDOW, "Widow", None, False, {}))
)
STATES, FACTS = folded(BORN), tuple(recorded(BORN))


def on(town: str) -> list[c.Command]:
    no = (msgspec.structs.replace(WORDS[0], committed=False),)
    return [
        *[c.AskMembership(city=town, proof="x")] * 2,
        c.WithdrawMembershipAsk(city=town, reason="x"),
        *[c.AttestPrinciples(city=town, office="Mayor", commitments=WORDS, proof="x")] * 3,
        c.AttestPrinciples(city=town, office="Mayor", commitments=no, proof="x"),
        c.AttestPrinciples(city=town, office="Mayor", commitments=WORDS, signed_on=TODAY - timedelta(days=3), proof="x"),
        c.RecordNewLeadership(city=town, since=TODAY - timedelta(days=1), basis="x"),
        c.RecordNewLeadership(city=town, since=TODAY + timedelta(days=4), basis="x"),
        *[c.DetermineTerritory(city=town, territory="meets", basis="x", review_on=REVIEW)] * 3,
        c.DetermineTerritory(city=town, territory="meets", basis="x", review_on=TODAY + timedelta(days=5)),
        c.DetermineTerritory(city=town, territory="unresolved", basis="x", review_on=REVIEW),
        c.DetermineTerritory(city=town, territory="does_not_meet", basis="x", review_on=REVIEW),
        *[c.AdmitMember(city=town)] * 4,
        c.DeclineMembership(city=town, reason="x"),
        c.SuspendMembership(city=town, reason="x", review_on=REVIEW),
        c.ResumeMembership(city=town, reason="x"),
        c.RecordMembership(city=town, basis="x"),
        c.EndMembership(city=town, basis="x"),
        *(c.RequestRepresentative(city=town, person=who, capacity="signatory", proof="x") for who in (ALI, GRACE)),
        *(c.ConfirmRepresentative(city=town, person=who, capacity="signatory", proof="x") for who in (ALI, GRACE)),
        c.RefuseRepresentative(city=town, person=ALI, reason="x"),
        *(c.EndRepresentative(city=town, person=who, reason="x") for who in (NILS, ALI, GRACE)),
        c.RecordAffiliation(person=OTTO, city=town),
    ]


MENU = {town: on(town) for town in TOWNS}


class Life(msgspec.Struct):
    """A register that lives: its streams folded as they grow, and every fact in order."""

    states: dict[str, State]
    history: list[Recorded]
    refused: Counter[str]

    def town(self, stream: str) -> City:
        found = self.states[stream]
        assert isinstance(found, City)
        return found

    def facts(self, by: str, days: int) -> Facts:
        person = self.states.get(by)
        asking = actor(by, person if isinstance(person, Person) else None)
        return Facts(now=NOW + timedelta(days=days), actor=asking, programme=PROGRAMME, states=self.states)

    def ask(self, command: c.Command, by: str, days: int) -> None:
        try:
            events = decide(self.states[command.stream], command, self.facts(by, days))
        except Refusal as no:
            self.refused[no.code] += 1
            return
        for event in events:
            assert not isinstance(event, On)
            place = len(self.history) + 1
            (one,) = recorded([Told(command.stream, by, event, NOW + timedelta(days=days))])
            one = msgspec.structs.replace(one, index=place, header=msgspec.structs.replace(one.header, command_id=f"life{place}"))
            self.states[command.stream] = fold(command.stream, [one], self.states[command.stream])
            self.history.append(one)


def lived(asks: list[tuple[int, int, int]]) -> Life:
    life = Life(dict(STATES), list(FACTS), Counter())
    for at, who, days in asks:
        town = TOWNS[at % len(TOWNS)]
        life.ask(MENU[town][at // len(TOWNS) % len(MENU[town])], CROWD[who % len(CROWD)], days)
    return life


lives = st.builds(lived, st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 100), st.integers(0, 9)), max_size=120))
often = settings(max_examples=200, deadline=None)

# ── What holds, worked out from the facts ─────────────────────────────────────


def of(life: Life, town: str) -> list[Recorded]:
    return [one for one in life.history if one.stream == town]


def members_were_admitted_or_recorded(life: Life) -> None:
    for town in TOWNS:
        member, suspended = False, False
        for one in of(life, town):
            if isinstance(one.event, e.MembershipRecorded | e.MemberAdmitted):
                assert not member, one
                member, suspended = True, False
            elif isinstance(one.event, e.MembershipEnded):
                assert member, one
                member = False
            elif isinstance(one.event, e.MembershipSuspended | e.MembershipResumed):
                assert member, one
                suspended = isinstance(one.event, e.MembershipSuspended)
        assert life.town(town).is_member == (member and not suspended)


ANSWERS = (e.MemberAdmitted, e.MembershipDeclined, e.MembershipAskWithdrawn, e.MembershipRecorded)


def one_ask_at_a_time(life: Life) -> None:
    for town in TOWNS:
        is_open = False
        for one in of(life, town):
            if isinstance(one.event, e.MembershipAsked):
                assert not is_open, one
                is_open = True
            elif isinstance(one.event, ANSWERS):
                assert is_open or isinstance(one.event, e.MembershipRecorded), one
                is_open = False
        assert (life.town(town).asked is not None) == is_open


def two_people_admit(life: Life) -> None:
    for town in TOWNS:
        hands: set[str] = set()
        for one in of(life, town):
            if isinstance(one.event, e.MemberAdmitted | e.MembershipDeclined):
                assert one.header.actor not in hands, one
            if isinstance(one.event, e.TerritoryDetermined | e.MembershipAsked | e.PrinciplesAttested):
                hands.add(one.header.actor)


def whoever_was_admitted_stood_by_everything(life: Life) -> None:
    for town in TOWNS:
        facts = of(life, town)
        for at, one in enumerate(facts):
            if not isinstance(one.event, e.MemberAdmitted):
                continue
            before = [fact.event for fact in facts[:at]]
            attested = [event for event in before if isinstance(event, e.PrinciplesAttested)][-1]
            found = [event for event in before if isinstance(event, e.TerritoryDetermined)][-1]
            led = [event.since for event in before if isinstance(event, e.LeadershipChanged)]
            assert all(said.committed for said in attested.commitments), one
            assert all(since <= attested.signed_on for since in led), one
            assert (found.territory, found.review_on >= one.event.admitted_on) == ("meets", True), one


def what_waits_is_due_and_somebody_can_end_it(life: Life) -> None:
    for town in TOWNS:
        city = life.town(town)
        if city.asked:
            assert city.asked.due
            offered = {step.command for who in CROWD for step in city_actions(city, life.facts(who, 9))}
            assert {c.DeclineMembership, c.WithdrawMembershipAsk} & offered, town


def the_audit_finds_nothing(life: Life) -> None:
    assert list(audited(life.history)) == []


INVARIANTS = (
    members_were_admitted_or_recorded, one_ask_at_a_time, two_people_admit, whoever_was_admitted_stood_by_everything,
    what_waits_is_due_and_somebody_can_end_it, the_audit_finds_nothing,
)  # fmt: skip


@given_any(lives)
@often
def test_whatever_is_asked_of_a_city_membership_keeps_its_promises(life: Life) -> None:
    for holds in INVARIANTS:
        holds(life)


@given_any(lives)
@often
def test_a_city_is_the_fold_of_its_facts_wherever_the_fold_is_cut(life: Life) -> None:
    for town in TOWNS:
        facts = of(life, town)
        half = len(facts) // 2
        assert fold(town, facts[half:], fold(town, facts[:half])) == life.town(town) == fold(town, facts)


def test_random_lives_get_far_enough_to_prove_something() -> None:
    chance = random.Random(7)
    kinds, refused = Counter[str](), Counter[str]()
    for _ in range(200):
        life = lived([(chance.randrange(1_000), chance.randrange(100), chance.randrange(10)) for _ in range(120)])
        kinds.update(type(one.event).__name__ for one in life.history[len(FACTS) :])
        refused += life.refused
    cities = {kind.__name__ for kind in e.CityEvent.__subclasses__()}
    assert cities <= set(kinds), cities - set(kinds)
    wanted = {"membership.not_apart", "membership.own_city", "determination.second_person",
              "attestation.not_current", "determination.needed", "membership.already_asked"}  # fmt: skip
    assert wanted <= set(refused), wanted - set(refused)


# ── The invariants can fail ───────────────────────────────────────────────────

ASKED = e.MembershipAsked(proof="", due=NOW, calendar=CALENDAR)
ADMITTED = e.MemberAdmitted(admitted_on=TODAY)
MEETS = e.TerritoryDetermined(territory="meets", basis="x", review_on=REVIEW, due=None, calendar="")
SAID = e.PrinciplesAttested(catalogue="tides-2031", signatory=NILS, office="x", signed_on=TODAY, commitments=WORDS, proof="")
BROKEN: dict[str, tuple[object, tuple[tuple[str, Event], ...]]] = {
    "admitted twice": (members_were_admitted_or_recorded, ((INES, ADMITTED), (INES, ADMITTED))),
    "ended as none": (members_were_admitted_or_recorded, ((ADA, e.MembershipEnded(basis="x")),)),
    "asked twice": (one_ask_at_a_time, ((NILS, ASKED), (NILS, ASKED))),
    "admitted unasked": (one_ask_at_a_time, ((INES, ADMITTED),)),
    "admitted by who determined": (two_people_admit, ((NILS, ASKED), (OTTO, MEETS), (OTTO, ADMITTED))),
    "admitted contested": (
        whoever_was_admitted_stood_by_everything,
        ((NILS, SAID), (OTTO, msgspec.structs.replace(MEETS, territory="does_not_meet")), (INES, ADMITTED)),
    ),
    "told by the audit": (the_audit_finds_nothing, ((INES, ADMITTED),)),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_history_that_breaks_a_promise_is_found(fault: str) -> None:
    holds, acts = BROKEN[fault]
    told = recorded([*BORN, *(Told(OUTPOST, by, event) for by, event in acts)])
    life = Life(folded([*BORN, *(Told(OUTPOST, by, event) for by, event in acts)]), told, Counter())
    with pytest.raises(AssertionError):
        holds(life)  # type: ignore[operator]  # one of the invariants
