# ruff: noqa: F405
"""Every fact is told to those who wait for it, or nobody waits for it and it says why; and nobody is told what they may not see."""

import re
from functools import cache
from string import Formatter
from typing import get_args

import pytest

from fund.domain import events as e
from fund.domain import visibility
from fund.domain.application import Application
from fund.domain.event import Event, Recorded
from fund.domain.events import EVENTS
from fund.domain.facts import actor
from fund.domain.messages import Around, Message, messages
from fund.domain.occasions import BY_EVENT, NOBODY_WAITS, OCCASIONS, SUBJECTS, TOLD, Kind, Occasion, To, Urgency
from fund.domain.registers import City, Person
from fund.domain.round import Round
from fund.language.forms import FORMS
from fund.ledger.classes import field_classes
from tests.domain.proof import every_outcome
from tests.domain.screening import LESSENING, UNSURE, answering, lessening, said
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios


def around(scenario: Scenario, stream: str) -> Around:
    """Everybody of the world, with the cities they speak for."""
    states = scenario.states()
    cities = {id: state for id, state in states.items() if isinstance(state, City)}
    people = {id: actor(id, state) for id, state in states.items() if isinstance(state, Person) and state.is_active}
    spoken_for = {id: frozenset(city.id for city in cities.values() if city.represented_by(id)) for id in people}
    known = {id: msgspec.structs.replace(one, cities=one.cities | spoken_for[id]) for id, one in people.items()}
    state = scenario.state(stream)
    of = state.parties if isinstance(state, Application) else sorted(state.cities) if isinstance(state, Round) else ()
    return Around(people=known, cities=tuple(cities.get(id, City()) for id in of))


def called(scenario: Scenario, fact: Recorded) -> tuple[Message, ...]:
    return messages(fact, scenario.state(fact.stream), around(scenario, fact.stream))


@cache
def told() -> tuple[tuple[Scenario, Recorded, tuple[Message, ...]], ...]:
    """Every fact that the marked tests record, where it was just recorded, and the messages it calls for."""
    found = []
    for outcome in every_outcome():
        if outcome.events:
            after = outcome.scenario.and_(*outcome.recorded)
            facts = recorded((*BASE, *after.history))[-len(outcome.recorded) :]
            found += [(after, fact, called(after, fact)) for fact in facts]
    return tuple(found)


def persons(history: History, kind: type[Event]) -> dict[str, Kind]:
    """Who is told of the last fact of a kind, and under which subject."""
    fact = [one for one in recorded((*BASE, *history)) if isinstance(one.event, kind)][-1]
    return {one.person: one.occasion.kind for one in called(given(*history), fact)}


# ── The table ─────────────────────────────────────────────────────────────────


def test_every_fact_that_can_be_recorded_is_told_or_says_why_nobody_waits_for_it() -> None:
    assert set(BY_EVENT) | set(NOBODY_WAITS) == set(EVENTS.values())
    assert set(BY_EVENT) & set(NOBODY_WAITS) == set()
    assert all(len(reason) > 10 for reason in NOBODY_WAITS.values())


def test_no_row_stands_twice() -> None:
    rows = [(one.event, one.to) for one in OCCASIONS]
    assert len(rows) == len(set(rows))
    assert set(SUBJECTS) == set(Kind) == {one.kind for one in OCCASIONS}
    assert set(To) == {one.to for one in OCCASIONS}


@pytest.mark.parametrize("row", OCCASIONS, ids=lambda row: f"{row.event.__name__}-{row.to}")
def test_a_message_tells_a_day_and_a_number_and_no_name_and_no_text_of_anybody(row: Occasion) -> None:
    needed = {name for _, name, _, _ in Formatter().parse(row.text) if name} - FORMS.keys()
    classes = field_classes(row.event)
    assert needed <= TOLD & classes.keys()
    assert {classes[name] for name in needed} <= {"public", "internal"}


def with_help(decision: Event) -> History:
    """Decided with an expert who agreed to take part."""
    asked = e.ExpertProposed(person=FINN, part="expert", city=None, city_name="", purpose="x", due=due("expert"), calendar=CALENDAR)
    helped = COORDINATED + did(OLGA, asked) + did(FINN, e.ExpertAccepted(person=FINN))
    return helped + did(OLGA, PROPOSAL) + did(INES, decision)


def test_every_row_reaches_somebody() -> None:
    reached = {(one.occasion.event, one.occasion.to) for _, _, made in told() for one in made}
    facts = {type(fact.event): fact.event for _, fact, _ in told()}
    for kind in {row.event for row in OCCASIONS if row.to is To.HELPERS}:
        assert persons(with_help(facts[kind]), kind)[FINN] is Kind.NEWS
        reached.add((kind, To.HELPERS))
    assert {(row.event, row.to) for row in OCCASIONS} - reached == set()


# ── Nobody is told what they may not see ──────────────────────────────────────


def test_nobody_is_told_of_a_file_that_they_do_not_see_and_each_only_once_of_a_fact() -> None:
    looked = 0
    for scenario, fact, made in told():
        assert len({one.person for one in made}) == len(made)
        state = scenario.state(fact.stream)
        for one in made:
            if isinstance(state, Application):
                looked += 1
                known = around(scenario, fact.stream)
                glass = isinstance(fact.event, visibility.EMERGENCY)  # told to administrators too
                assert glass or visibility.sees_file(known.people[one.person], state, known.cities)
                assert visibility.visible(known.people[one.person], fact, state, known.cities) == one.sight
            assert fact.header.actor != one.person or one.occasion.urgency == "always"
    assert looked > 300


def test_whoever_is_kept_out_by_a_conflict_is_told_nothing_of_the_file_any_more() -> None:
    before = persons(COMPLETE, e.CompletenessConfirmed)
    assert OMAR in before
    tie = e.InterestDeclared(
        person=OMAR, number=1, interest="family", effect="recuse", paid_to_deliver=False, city=LAKESIDE, hub=None, about="x"
    )  # fmt: skip
    after = persons(COMPLETE + did(OMAR, tie, on=OMAR), e.CompletenessConfirmed)
    assert before.keys() - after.keys() == {OMAR}


def test_whoever_owes_something_to_a_suspended_file_is_told_that_it_stands_still_and_when_it_goes_on() -> None:
    owing = did(
        OLGA,
        e.AssessorAssigned(assessor=EVA, due=due("assessment"), calendar=CALENDAR),
        e.ExpertProposed(person=FINN, part="expert", city=None, city_name="", purpose="x", due=due("expert"), calendar=CALENDAR),
        msgspec.structs.replace(PUT_ASIDE, stage="assessment"),
    )  # fmt: skip
    there = ELIGIBLE + owing
    told = persons(there, e.ApplicationSuspended)
    assert {EVA, FINN, HANA, AMINA, BELA} <= told.keys()
    again = persons(
        there + did(OMAR, e.ApplicationResumed(stage="assessment", reason="x", due=in_days(6), calendar=CALENDAR)), e.ApplicationResumed
    )
    assert (again[EVA], again[FINN], again[HANA]) == (Kind.TASK, Kind.TASK, Kind.NEWS)


def test_decisions_and_deadlines_of_ones_own_files_cannot_be_switched_off() -> None:
    """Whatever asks a city, or a person by name, for an answer, and every letter."""
    own = {To.LEAD, To.CITIES, To.APPELLANTS, To.NAMED_CITY, To.ITS_CITY, To.PERSON}
    asked = {Kind.TASK, Kind.QUESTION, Kind.REMINDER, Kind.LETTER, Kind.APPEAL}
    of_ones_own = [row for row in OCCASIONS if row.to in own and row.kind in asked]
    assert {row.urgency for row in of_ones_own} == {"always"}
    assert len(of_ones_own) >= 15


def test_every_urgency_is_one_there_is_and_what_changes_often_is_told_once_a_day() -> None:
    assert {row.urgency for row in OCCASIONS} == set(get_args(Urgency))
    assert [(row.event, row.to) for row in OCCASIONS if row.urgency == "daily"] == [(e.SectionSaved, To.OUTDATED)]


# ── Some of it, in words ──────────────────────────────────────────────────────


def test_both_cities_hear_that_it_is_submitted_the_one_who_did_it_too_and_officers_that_it_waits() -> None:
    assert persons(SUBMITTED, e.ApplicationSubmitted) == {
        AMINA: Kind.RECEIPT, ALI: Kind.RECEIPT, BELA: Kind.RECEIPT, OLGA: Kind.TASK, OMAR: Kind.TASK,
    }  # fmt: skip


def test_every_city_that_stays_hears_that_another_left_and_the_one_that_left_does_not() -> None:
    joint = msgspec.structs.replace(APPLICANT, beneficiaries=(HILLTOWN, OUTPOST))
    asked = did(ALI, INVITED_PARTNER, e.PartnerInvited(city=OUTPOST))
    there = STARTED + saved(joint) + asked + saved(*FORM[1:])
    gone = there + did(BELA, e.PartnerLeft(city=HILLTOWN, reason="A vote", fails=("text",)))
    assert persons(gone, e.PartnerLeft) == {AMINA: Kind.NEWS, ALI: Kind.NEWS, NILS: Kind.NEWS}


def test_a_partner_that_has_not_accepted_is_reminded_before_the_draft_lapses() -> None:
    reminded = did(TIMER, e.DraftReminded(due=in_days(12), calendar=CALENDAR))
    lead = {AMINA: Kind.REMINDER, ALI: Kind.REMINDER}
    assert persons(DRAFTED + reminded, e.DraftReminded) == lead | {BELA: Kind.REMINDER}
    assert persons(AGREED + reminded, e.DraftReminded) == lead
    edited = saved(with_(NEED, problem="Another"))
    assert persons(AGREED + edited + reminded, e.DraftReminded) == lead | {BELA: Kind.REMINDER}
    assert persons(AGREED + edited, e.SectionSaved) == {BELA: Kind.TASK}


def test_the_hub_that_is_asked_hears_of_it_and_no_other() -> None:
    assert persons(COMPLETE, e.OpinionRequested) == {HANA: Kind.TASK}


def test_what_is_done_already_is_asked_of_nobody() -> None:
    assert persons(COMPLETE + did(HANA, OPINION), e.OpinionRequested) == {}
    assert persons(PROPOSED, e.ProposalMade).keys() == {INES, IVO}
    assert persons(APPROVED, e.ProposalMade) == {}


def test_help_that_was_given_is_asked_of_nobody() -> None:
    asked = answering(CHECKED, UNSURE) + did(
        TIMER, e.SafeguardHelpAsked(hub="north", questions=("NAMES",), due=due("hub_opinion"), calendar=CALENDAR)
    )
    assert persons(asked, e.SafeguardHelpAsked).keys() == {HANA, OLGA, OMAR}
    answered = did(HANA, e.SafeguardHelpGiven(hub="north", answers=(said("NAMES", "no"),), digest="0" * 64, salt="s"))
    assert persons(asked + answered, e.SafeguardHelpAsked) == {}


def test_each_hears_of_what_their_own_office_owes() -> None:
    citys, hubs, centres = LESSENING
    for one, told_to in ((citys, {AMINA, ALI}), (hubs, {HANA}), (centres, {OLGA, OMAR})):
        assert persons(lessening(UNDER_WAY, (one,)).history, e.MitigationAsked).keys() == told_to


def test_a_message_shows_of_the_fact_what_its_person_sees() -> None:
    fact = next(one for one in recorded((*BASE, *CLOSED)) if isinstance(one.event, e.LetterIssued))
    scenario = given(*CLOSED)
    known = around(scenario, FILE)
    for one in called(scenario, fact):
        assert one.sight == visibility.visible(known.people[one.person], fact, scenario.file(), known.cities)


def test_the_same_fact_and_person_make_the_same_message_whenever_it_is_made() -> None:
    fact = next(one for one in recorded((*BASE, *CLOSED)) if isinstance(one.event, e.LetterIssued))
    once, again = called(given(*CLOSED), fact), called(given(*CLOSED), fact)
    assert [one.id for one in once] == [one.id for one in again]
    assert len({one.id for one in once}) == len(once) > 1
    assert all(re.fullmatch("[0-9a-f]{32}", one.id) for one in once)


def test_a_city_that_waited_for_the_appeal_of_another_is_told_until_when_it_can_appeal_and_nobody_else() -> None:
    withdrawn = e.AppealWithdrawn(number=1, reason="x", waited=(HILLTOWN,), appeal_until=last_of(5), calendar=CALENDAR)
    answer = msgspec.structs.replace(LETTER, outcome="appeal_not_admitted", waited=(HILLTOWN,), appeal_until=last_of(5))
    for history, kind in ((APPEALED + did(AMINA, withdrawn), e.AppealWithdrawn), (LATE + did(TIMER, answer), e.LetterIssued)):
        assert told_until(history, kind) == {BELA}
    assert told_until(APPEALED + did(AMINA, e.AppealWithdrawn(number=1, reason="x")), e.AppealWithdrawn) == set()
    assert told_until(TO_CORRECT + did(IVO, LEFT_AS_IT_WAS), e.CorrectionRefused) == {AMINA, ALI, BELA}


def told_until(history: History, kind: type[Event]) -> set[str]:
    fact = [one for one in recorded((*BASE, *history)) if isinstance(one.event, kind)][-1]
    return {one.person for one in called(given(*history), fact) if "{appeal_until}" in one.occasion.text}
