# ruff: noqa: F405
"""What is asked of somebody by name is due by the days of where they work, as far as the registers know it, else by the office's."""

from datetime import UTC, date, datetime, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.deciding import decide, further, reads
from fund.domain.event import Event
from fund.domain.programme import Calendar
from fund.projections.work_queue import owners
from tests.domain.proof import passes
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

AMMAN = Calendar(
    code="amman", version="2031", timezone="Asia/Amman", weekend=(4, 5), holidays=frozenset(),
    covers=(date(2031, 1, 1), date(2032, 12, 31)), source="test", countries=("JO",), hubs=("south",),
)  # fmt: skip
"""Friday and Saturday are off. NOW is Monday the 5th of May."""
STAMP = AMMAN.stamp
THERE = {"calendars": {**PROGRAMME.calendars, "amman": AMMAN}}
WEDNESDAY = NOW + timedelta(days=2)
ZARQA, BERGEN = "city-zarqa", "city-bergen"
RIVER = "person-river"


def town(id: str, country: str) -> History:
    registered = e.CityRegistered(
        name_en=id, name_local=id, kind="city", country=country, region="steppe", relation="listed", source="test", note="", identifiers={}
    )
    return did(ADA, registered, e.MembershipRecorded(basis="charter", joined=None), on=id)


def of(person: str, *cities: str) -> History:
    return did(ADA, *(e.AffiliationRecorded(person=person, city=id) for id in cities), on=person)


def in_amman(day: int) -> datetime:
    """The last second of that day of May there."""
    return datetime(2031, 5, day, 20, 59, 59, tzinfo=UTC)


TOWNS = town(ZARQA, "JO") + town(BERGEN, "NO")
FROM_AMMAN = TOWNS + of(EVA, ZARQA) + ADVISED
ASSIGN = c.AssignAssessor(application=FILE, assessor=EVA, reason="Reads the language")
POOL = (
    *did(ADA, e.PersonRegistered(person=RIVER, full_name="x", email="x", language="en"), on=RIVER),
    *did(ADA, e.RoleGranted(person=RIVER, role="expert", scope=None), on=RIVER),
)


def assigned(person: str, due: datetime, calendar: str) -> Event:
    return e.AssessorAssigned(assessor=person, reason=ASSIGN.reason, due=due, calendar=calendar)


# ── Assessors ─────────────────────────────────────────────────────────────────


@passes(c.AssignAssessor)
def test_an_assessor_from_amman_has_friday_and_saturday_off() -> None:
    """Asked on Wednesday for three days: Thursday, Sunday, Monday."""
    scenario = given(*FROM_AMMAN).under(**THERE)
    scenario.when(ASSIGN, by=OLGA, at=WEDNESDAY).then(assigned(EVA, in_amman(12), STAMP))
    scenario.when(msgspec.structs.replace(ASSIGN, assessor=TOM), by=OLGA, at=WEDNESDAY).then(
        assigned(TOM, due("assessment", WEDNESDAY), CALENDAR)
    )


def test_where_the_registers_know_no_days_of_theirs_or_several_those_of_the_office_count() -> None:
    for towns in ((BERGEN,), (ZARQA, BERGEN)):
        scenario = given(*TOWNS, *of(EVA, *towns), *ADVISED).under(**THERE)
        scenario.when(ASSIGN, by=OLGA, at=WEDNESDAY).then(assigned(EVA, due("assessment", WEDNESDAY), CALENDAR))


def works_in(country: str, person: str = EVA) -> History:
    return did(ADA, e.PersonRegistered(person=person, full_name="x", email="x", language="en", country=country), on=person)


def test_the_country_where_somebody_works_comes_before_the_cities_they_belong_to() -> None:
    for country, by, stamp in (("JO", in_amman(12), STAMP), ("NO", due("assessment", WEDNESDAY), CALENDAR)):
        for cities in ((), (BERGEN,), (ZARQA,)):
            scenario = given(*TOWNS, *works_in(country), *of(EVA, *cities), *ADVISED).under(**THERE)
            scenario.when(ASSIGN, by=OLGA, at=WEDNESDAY).then(assigned(EVA, by, stamp))


def test_whoever_assesses_from_a_hub_of_other_regions_does_so_by_its_days() -> None:
    scenario = given(*hub_opened(SOUTH, "south", "steppe"), *ADVISED).under(**THERE)
    scenario.when(msgspec.structs.replace(ASSIGN, assessor=HUGO), by=OLGA, at=WEDNESDAY).then(assigned(HUGO, in_amman(12), STAMP))


def test_of_two_who_are_drawn_each_has_their_own_day() -> None:
    draw = c.DrawAssessors(
        application=FILE, candidates=(e.Candidate(person=EVA, load=0), e.Candidate(person=TOM, load=0)), as_of=7, seed="5e" * 16
    )
    outcome = given(*FROM_AMMAN).under(**THERE).when(draw, by=TIMER, at=WEDNESDAY)
    (lot,) = outcome.events
    assert isinstance(lot, e.AssessorsDrawn)
    assert (lot.due, lot.calendar) == (due("assessment", WEDNESDAY), CALENDAR)
    assert lot.own == (e.AssessorDue(person=EVA, due=in_amman(12), calendar=STAMP),)
    assert (lot.asked_of(EVA).due, lot.asked_of(EVA).calendar) == (in_amman(12), STAMP)
    assert lot.asked_of(TOM) == lot
    file = outcome.after.file()
    assert file.assessors_due == {EVA: in_amman(12), TOM: due("assessment", WEDNESDAY)}
    assert {person: one.calendar for person, one in file.assessors_clocks.items()} == {EVA: STAMP, TOM: CALENDAR}


def test_they_are_late_and_shown_as_such_by_their_own_day() -> None:
    waiting = given(*FROM_AMMAN).under(**THERE).when(ASSIGN, by=OLGA, at=WEDNESDAY).after
    lapse = c.LapseAssessor(application=FILE, assessor=EVA)
    waiting.when(lapse, by=TIMER, at=due("assessment", WEDNESDAY) + timedelta(days=1)).then("assessor.none_missing")
    late = in_amman(12) + timedelta(seconds=1)
    waiting.when(lapse, by=TIMER, at=late).then(e.AssessorLapsed(assessor=EVA, missing="silent", due=in_amman(12)))
    assert (EVA, "", "assessment", in_amman(12)) in owners(waiting.file())


def test_days_that_a_question_took_are_given_back_by_their_own_days() -> None:
    """Asked of the city on Thursday the 8th, answered on Sunday: Eva has Monday, Tuesday and Wednesday, the office’s step Monday alone."""
    waiting = given(*FROM_AMMAN).under(**THERE).when(ASSIGN, by=OLGA, at=WEDNESDAY).after
    question = c.RequestClarification(application=FILE, question="Which quay?")
    asked = waiting.when(question, by=OLGA, at=NOW + timedelta(days=3)).after
    after = asked.when(c.AnswerClarification(application=FILE, number=1, answer="The old one"), by=AMINA, at=NOW + timedelta(days=6)).after
    assert after.file().due == last_of(7)
    lapse = c.LapseAssessor(application=FILE, assessor=EVA)
    after.when(lapse, by=TIMER, at=in_amman(14)).then("assessor.none_missing")
    after.when(lapse, by=TIMER, at=in_amman(14) + timedelta(seconds=1)).then(e.AssessorLapsed)


# ── Moderators ────────────────────────────────────────────────────────────────


def test_whoever_is_asked_by_name_to_moderate_does_so_by_the_days_of_where_they_work() -> None:
    """Twenty-one working days, of which the office has none off, and Amman two a week."""
    moderate = c.AssignModerator(application=FILE, moderator=UMA, reason="x")
    for towns, by, stamp in (((), due("moderation", AFTER), CALENDAR), ((ZARQA,), datetime(2031, 6, 4, 20, 59, 59, tzinfo=UTC), STAMP)):
        asked = given(*TOWNS, *of(UMA, *towns), *IN_MODERATION).under(**THERE).when(moderate, by=OLGA, at=AFTER)
        asked.then(e.ModeratorAssigned(moderator=UMA, reason="x", due=by, calendar=stamp))
        lapse = c.LapseModerator(application=FILE, moderator=UMA)
        asked.after.when(lapse, by=TIMER, at=by).then("moderator.not_missing")
        asked.after.when(lapse, by=TIMER, at=by + timedelta(seconds=1)).then(e.ModeratorLapsed)


# ── Experts and peers ─────────────────────────────────────────────────────────


@passes(c.ProposeExpert)
def test_a_peer_answers_by_the_days_of_their_city_and_an_expert_by_those_of_where_they_work() -> None:
    # On Friday the 9th: the office is at work and answers are due at once; in Amman on Sunday.
    friday = NOW + timedelta(days=4)
    there = TOWNS + POOL + of(RIVER, ZARQA) + COORDINATED
    for part, named in (("peer", ZARQA), ("expert", None)):
        command = c.ProposeExpert(application=FILE, person=RIVER, part=part, city=named, purpose="x")  # type: ignore[arg-type]
        (asked,) = given(*there).under(**THERE).when(command, by=OLGA, at=friday).events
        assert isinstance(asked, e.ExpertProposed)
        assert (asked.due, asked.calendar) == (in_amman(11), STAMP)
    alone = did(ADA, msgspec.structs.replace(POOL[0].event, country="JO"), on=RIVER) + POOL[1:] + COORDINATED
    nowhere = c.ProposeExpert(application=FILE, person=RIVER, part="expert", purpose="x")
    for history, by, stamp in ((alone, in_amman(11), STAMP), (POOL + COORDINATED, due("expert", friday), CALENDAR)):
        (asked,) = given(*history).under(**THERE).when(nowhere, by=OLGA, at=friday).events
        assert isinstance(asked, e.ExpertProposed)
        assert (asked.due, asked.calendar) == (by, stamp)


# ── A file that stood still ───────────────────────────────────────────────────


def test_after_a_suspension_all_have_until_the_last_has_had_their_own_days_and_no_place_is_told() -> None:
    """Eva, asked on Wednesday, has Thursday, Sunday and Monday left that day; Tom three days. It goes on on Wednesday the 14th."""
    both = given(*FROM_AMMAN).under(**THERE).when(ASSIGN, by=OLGA, at=WEDNESDAY).after
    both = both.when(msgspec.structs.replace(ASSIGN, assessor=TOM), by=OLGA, at=WEDNESDAY).after
    suspend = c.SuspendApplication(application=FILE, reason="A flood", review_on=(NOW + timedelta(days=11)).date())
    held = both.when(suspend, by=OMAR, at=WEDNESDAY + timedelta(hours=1)).after
    again = WEDNESDAY + timedelta(days=7)
    back = held.when(c.ResumeApplication(application=FILE, reason="Dry"), by=OMAR, at=again).then(e.ApplicationResumed)
    (resumed,) = back.events
    assert isinstance(resumed, e.ApplicationResumed)
    # Four days each, that of the suspension among them: Thursday 15, Sunday 18, Monday 19, Tuesday 20.
    assert resumed.assessors_due == last_of(15)
    assert back.after.file().assessors_due == dict.fromkeys((EVA, TOM), last_of(15))
    assert [word for word in (EVA, "amman") if word in str(back.events)] == []


def test_after_a_suspension_who_has_not_answered_has_the_whole_time_by_their_own_days() -> None:
    there = TOWNS + POOL + of(RIVER, ZARQA) + COORDINATED
    propose = c.ProposeExpert(application=FILE, person=RIVER, part="expert", purpose="x")
    held = given(*there).under(**THERE).when(propose, by=OLGA).after
    held = held.when(c.SuspendApplication(application=FILE, reason="x", review_on=(NOW + timedelta(days=9)).date()), by=OMAR).after
    friday = NOW + timedelta(days=4)
    file = held.when(c.ResumeApplication(application=FILE, reason="x"), by=OMAR, at=friday).then(e.ApplicationResumed).after.file()
    assert [one.due for one in file.invited] == [last_of(6)]


def test_what_an_earlier_version_of_the_days_gave_is_read_by_the_days_of_that_place() -> None:
    scenario = given(*FROM_AMMAN).under(**THERE)
    facts, file = scenario.facts(OLGA), scenario.file()
    assert facts.days_stamped("amman/2029", file) == AMMAN
    assert facts.days_stamped("nowhere/2029", file) == facts.days_stamped("", file) == facts.days(file)


# ── What it relies on ─────────────────────────────────────────────────────────


def test_the_cities_of_those_who_are_asked_are_among_the_streams_that_are_read() -> None:
    draw = c.DrawAssessors(application=FILE, candidates=(e.Candidate(person=EVA, load=0),), as_of=7, seed="5e" * 16)
    propose = c.ProposeExpert(application=FILE, person=RIVER, part="expert", purpose="x")
    for command, history in ((ASSIGN, FROM_AMMAN), (draw, FROM_AMMAN), (propose, TOWNS + POOL + of(RIVER, ZARQA) + COORDINATED)):
        scenario = given(*history).under(**THERE)
        facts = scenario.facts(OLGA)
        known = reads(scenario.file(), command, OLGA, scenario.programme)
        states = {id: facts.states[id] for id in known if id in facts.states}
        states |= {id: facts.states[id] for id in further(command, states)}
        assert ZARQA in states
        assert decide(scenario.file(), command, msgspec.structs.replace(facts, states=states))
