# ruff: noqa: F405
"""What lessens a risk, once the award is offered: its office is told, reminded once, reports it done, or is overdue."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import mitigation
from fund.domain import programme as p
from fund.domain import visibility as v
from fund.domain.application import Stage
from fund.domain.facts import On
from fund.projections.work_queue import MITIGATION, owners
from tests.domain.proof import passes, refuses
from tests.domain.screening import LESSENED, LESSENING, LOOKED_AT, REMINDING_TWO, answering, lessening
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

SECOND = timedelta(seconds=1)
CITYS, HUBS, CENTRES = LESSENING
EVERYWHERE = (OFFERED, UNDER_WAY, REPORTED, HALTED)
AWARD = lessening(UNDER_WAY)
REPORT_IT = c.ReportMitigation(application=FILE, number=1, done="Names are kept apart")
BY_HUB = c.ReportMitigationOfHub(application=FILE, number=2, done="Seen on the quay")
FOR_HUB = c.RecordMitigationDone(application=FILE, number=2, done="Seen on the quay")
BY_CENTRE = c.RecordMitigationDone(application=FILE, number=3, done="Read and filed")
GIVE_UP = c.GiveUpMitigation(application=FILE, number=1, reason="The office was closed")
REMIND, MISS = c.RemindMitigation(application=FILE), c.MissMitigation(application=FILE)


def of(kind: type[e.MitigationEvent], asked: e.MitigationAsked, **more: object) -> e.MitigationEvent:
    return kind(number=asked.number, city=asked.city, hub=asked.hub, **more)


DONE = of(e.MitigationReported, CITYS, done="Names are kept apart")


@passes(c.IssueLetter)
def test_with_the_letter_of_an_award_each_office_is_asked_by_its_day_and_not_before_the_city_may_have_accepted() -> None:
    approved = given(*APPROVED, *LOOKED_AT).under(safeguards=REMINDING_TWO)
    after = approved.when(ISSUE, by=TIMER).then(OFFER, On(NORTH, KEPT_FREE), *LESSENING).after.file()
    assert after.screen
    assert [one.asked for one in after.screen.owed] == list(LESSENING)
    taken_over = did(OLGA, e.OpinionTakenOver(hub="north", reason="x", due=due("hub_opinion"), calendar=CALENDAR))
    gone = approved.and_(*taken_over).when(ISSUE, by=TIMER).events
    assert [one.hub for one in gone if isinstance(one, e.MitigationAsked)] == [None, None, None]


@passes(c.ReportMitigation)
@refuses(c.ReportMitigation, "mitigation.none_open")
def test_the_city_reports_its_own_from_the_offer_to_the_end_and_knows_of_no_other() -> None:
    for history in EVERYWHERE:
        for by in (AMINA, ALI):
            award = lessening(history)
            done = award.when(REPORT_IT, by=by).then(DONE).after
            assert done.file().stage is award.file().stage
            done.when(REPORT_IT, by=by).then("mitigation.none_open")
    for number in (2, 3, 9):
        other = msgspec.structs.replace(REPORT_IT, number=number)
        AWARD.when(other, by=AMINA).then("mitigation.unknown", field="number")
    given(*UNDER_WAY).when(REPORT_IT, by=AMINA).then("mitigation.none_open")
    AWARD.when(REPORT_IT, by=NILS).then("workflow.not_your_city")


@passes(c.ReportMitigationOfHub)
@refuses(c.ReportMitigationOfHub, "mitigation.other_office")
@refuses(c.ReportMitigationOfHub, "mitigation.none_open")
def test_a_hub_reports_its_own() -> None:
    for history in EVERYWHERE:
        by_hub = lessening(history).when(BY_HUB, by=HANA).then(of(e.MitigationRecorded, HUBS, done="Seen on the quay")).after
        by_hub.when(BY_HUB, by=HANA).then("mitigation.none_open")
    AWARD.when(msgspec.structs.replace(BY_HUB, number=3), by=HANA).then("mitigation.other_office", field="number")
    AWARD.when(BY_HUB, by=HUGO).then("workflow.not_your_hub")


@passes(c.RecordMitigationDone)
@refuses(c.RecordMitigationDone, "mitigation.other_office")
@refuses(c.RecordMitigationDone, "mitigation.ended")
def test_officers_record_theirs_and_a_hubs_once_it_is_late_or_gone() -> None:
    for history in EVERYWHERE:
        lessening(history).when(BY_CENTRE, by=OLGA).then(of(e.MitigationRecorded, CENTRES, done="Read and filed"))
    AWARD.when(FOR_HUB, by=OLGA, at=HUBS.due).then("mitigation.other_office")
    AWARD.when(FOR_HUB, by=OLGA, at=HUBS.due + SECOND).then(of(e.MitigationRecorded, HUBS, done="Seen on the quay"))
    taken_over = did(OLGA, e.OpinionTakenOver(hub="north", reason="x", due=due("hub_opinion"), calendar=CALENDAR))
    AWARD.and_(*taken_over).when(FOR_HUB, by=OLGA).then(e.MitigationRecorded)
    centre = AWARD.when(BY_CENTRE, by=OLGA).after
    centre.when(BY_CENTRE, by=OLGA, at=HUBS.due + SECOND).then("mitigation.ended", field="number")
    citys = msgspec.structs.replace(FOR_HUB, number=1)
    AWARD.when(citys, by=OLGA, at=CITYS.due + SECOND).then("mitigation.other_office")


@passes(c.GiveUpMitigation)
@refuses(c.GiveUpMitigation, "mitigation.own_report")
def test_somebody_of_the_central_team_who_reported_none_gives_one_up() -> None:
    for history in EVERYWHERE:
        lessening(history).when(GIVE_UP, by=OMAR).then(of(e.MitigationGivenUp, CITYS, reason="The office was closed"))
    for by in (OLGA, INES):
        AWARD.when(GIVE_UP, by=by).then(of(e.MitigationGivenUp, CITYS, reason="The office was closed"))
    hubs = msgspec.structs.replace(GIVE_UP, number=2)
    AWARD.when(hubs, by=OLGA).then(of(e.MitigationGivenUp, HUBS, reason="The office was closed"))
    reported = AWARD.when(BY_CENTRE, by=OLGA).after
    reported.when(GIVE_UP, by=OLGA).then("mitigation.own_report")
    given_up = reported.when(GIVE_UP, by=OMAR).then(e.MitigationGivenUp).after
    given_up.when(GIVE_UP, by=OMAR).then("mitigation.ended", field="number")
    given_up.when(REPORT_IT, by=AMINA).then("mitigation.none_open")
    given(*UNDER_WAY).when(GIVE_UP, by=OLGA).then("mitigation.none_open")


@passes(c.RemindMitigation)
@refuses(c.RemindMitigation, "mitigation.none_to_remind")
def test_whoever_owes_one_is_reminded_once_while_there_is_time() -> None:
    for asked, at in ((CENTRES, CENTRES.due), (HUBS, HUBS.due), (CITYS, CITYS.due)):
        assert asked.remind_at
        AWARD.when(REMIND, by=TIMER, at=asked.remind_at).then("mitigation.none_to_remind")
        once = AWARD.when(REMIND, by=TIMER, at=at).then(of(e.MitigationReminded, asked, due=asked.due)).after
        once.when(REMIND, by=TIMER, at=at).then("mitigation.none_to_remind")
        AWARD.when(REMIND, by=TIMER, at=asked.due + SECOND).then("mitigation.none_to_remind")
    lessening(REPORTED).when(REMIND, by=TIMER, at=CENTRES.due).then(e.MitigationReminded)
    AWARD.when(BY_CENTRE, by=OLGA).after.when(REMIND, by=TIMER, at=CENTRES.due).then("mitigation.none_to_remind")


@passes(c.MissMitigation)
@refuses(c.MissMitigation, "mitigation.none_overdue")
def test_past_its_day_one_is_overdue_once() -> None:
    AWARD.when(MISS, by=TIMER, at=CENTRES.due).then("mitigation.none_overdue")
    lessening(REPORTED).when(MISS, by=TIMER, at=CENTRES.due + SECOND).then(e.MitigationMissed)
    missed = AWARD.when(MISS, by=TIMER, at=CENTRES.due + SECOND).then(of(e.MitigationMissed, CENTRES, due=CENTRES.due)).after
    missed.when(MISS, by=TIMER, at=CENTRES.due + SECOND).then("mitigation.none_overdue")
    both = missed.when(MISS, by=TIMER, at=HUBS.due + SECOND).then(of(e.MitigationMissed, HUBS, due=HUBS.due)).after
    both.when(MISS, by=TIMER, at=CITYS.due + SECOND).then(of(e.MitigationMissed, CITYS, due=CITYS.due))
    missed.when(BY_CENTRE, by=OLGA, at=HUBS.due).then(e.MitigationRecorded)
    lessening(HALTED).when(MISS, by=TIMER, at=CITYS.due + SECOND).then("workflow.not_now")


def _later(one: e.MitigationAsked, days: int) -> e.MitigationAsked:
    """Its reminder two days ahead."""
    return msgspec.structs.replace(one, due=one.due + timedelta(days=days), remind_at=one.due + timedelta(days=days - 2))


@passes(c.ResumeAward)
def test_while_an_award_is_suspended_no_day_of_theirs_is_lost_and_what_was_overdue_before_stays_so() -> None:
    halted = lessening(UNDER_WAY).and_(Told(FILE, OLGA, STOPPED, CENTRES.due + SECOND))
    at = CENTRES.due + SECOND + timedelta(days=10)
    resumed = halted.when(c.ResumeAward(application=FILE, reason="x"), by=OLGA, at=at)
    resumed.then(e.AwardResumed, *(_later(one, 10) for one in (HUBS, CITYS)))
    resumed.after.when(MISS, by=TIMER, at=at).then(of(e.MitigationMissed, CENTRES, due=CENTRES.due))


@passes(c.RefuseTermination)
@passes(c.WithdrawTermination)
def test_nor_is_one_lost_while_the_end_of_the_award_was_asked_for() -> None:
    at = NOW + timedelta(days=10)
    asked = lessening(UNDER_WAY).when(c.AskTermination(application=FILE, reason="x"), by=OMAR).after
    later = [_later(one, 10) for one in (CENTRES, HUBS, CITYS)]
    asked.when(c.RefuseTermination(application=FILE, reason="x"), by=IVO, at=at).then(e.TerminationRefused, *later)
    asked.when(c.WithdrawTermination(application=FILE, reason="x"), by=OMAR, at=at).then(e.TerminationWithdrawn, *later)
    asked.when(c.RefuseTermination(application=FILE, reason="x"), by=IVO).then(e.TerminationRefused)


@passes(c.ResumeAward)
def test_the_later_day_is_the_end_of_a_day_of_whoever_owes_it() -> None:
    tokyo = msgspec.structs.replace(PROGRAMME.calendars["river"], code="tokyo", timezone="Asia/Tokyo", countries=(), hubs=("north",))
    halted = lessening(HALTED).under(calendars=PROGRAMME.calendars | {"tokyo": tokyo})
    asked = halted.when(c.ResumeAward(application=FILE, reason="x"), by=OLGA, at=NOW + timedelta(days=1)).events
    days = {one.number: (one.calendar, one.due.time().isoformat()) for one in asked if isinstance(one, e.MitigationAsked)}
    assert days[2] == (f"tokyo/{tokyo.version}", "14:59:59")
    assert days[1][0] == days[3][0] == CALENDAR


@passes(c.ResumeAward)
def test_what_was_agreed_while_it_was_suspended_is_asked_when_it_goes_on() -> None:
    agreed = did(OLGA, e.SafeguardsRecorded(level="green", reason="x", questions="banks-1"), LESSENED[0], LESSENED[2])
    looked = given(*HALTED, *agreed).under(safeguards=REMINDING_TWO)
    resumed = looked.when(c.ResumeAward(application=FILE, reason="x"), by=OLGA).then(e.AwardResumed, CITYS, e.MitigationAsked)
    *_, centres = resumed.events
    assert isinstance(centres, e.MitigationAsked)
    assert (centres.number, centres.due) == (3, end_of(NOW.date()))


def answered(history: History) -> Scenario:
    """The same of a form that answered what was asked, so that its safeguards are looked at again."""
    return given(*answering(history), *LOOKED_AT, *did(TIMER, *LESSENING)).under(safeguards=REMINDING_TWO)


def look(level: p.SafeguardLevel, *mitigations: c.Mitigation) -> c.ScreenAward:
    return c.ScreenAward(application=FILE, level=level, reason="x", mitigations=mitigations)


LATER_ONE = c.Mitigation(text="Doors are kept shut", owner="Us", due_on=NOW.date(), office="city")


@passes(c.ScreenAward)
def test_another_look_at_an_award_that_runs_ends_nothing_that_is_owed() -> None:
    for history in (UNDER_WAY, REPORTED, HALTED, TO_TERMINATE):
        before = answered(history)
        after = before.when(look("green"), by=OMAR).then(e.SafeguardsRecorded).after
        assert mitigation.owed(after.file()) == mitigation.owed(before.file()) != ()
    reported = answered(REPORTED).when(look("green"), by=OMAR).after
    close = c.CloseAward(application=FILE, spent=0)
    reported.when(close, by=OLGA).then("mitigation.open")
    reported.when(REPORT_IT, by=AMINA).then(DONE)
    over = reported.when(REPORT_IT, by=AMINA).after.when(BY_HUB, by=HANA).after.when(BY_CENTRE, by=OLGA).after
    over.when(look("green"), by=OMAR).after.when(GIVE_UP, by=OLGA).then("mitigation.none_open")
    assert over.when(look("green"), by=OMAR).after.when(close, by=OMAR).code is None


@refuses(c.GiveUpMitigation, "mitigation.own_report")
def test_whoever_reported_one_is_not_forgotten_by_another_look() -> None:
    by_olga = answered(UNDER_WAY).when(BY_CENTRE, by=OLGA).after
    by_olga.when(look("green"), by=OLGA).after.when(GIVE_UP, by=OLGA).then("mitigation.own_report")


@passes(c.ScreenAward)
def test_what_another_look_agrees_on_is_numbered_after_all_that_is_owed_and_each_is_read_as_it_was_agreed() -> None:
    done = answered(UNDER_WAY).when(BY_CENTRE, by=OLGA).after
    looked = done.when(look("green", LATER_ONE), by=OMAR).then(e.SafeguardsRecorded, e.MitigationAgreed, e.MitigationAsked)
    assert [one.number for one in looked.events if isinstance(one, e.MitigationAgreed | e.MitigationAsked)] == [4, 4]
    file, facts = looked.after.file(), looked.after.facts(AMINA)
    assert [(one.asked.number, one.agreed and one.agreed.text) for one in mitigation.open_ones(file) if one.asked.city] == [
        (4, "Doors are kept shut"), (1, "Names stay with the school"),
    ]  # fmt: skip
    cities = tuple(facts.city(city) for city in file.cities)
    read = [
        one.event.number
        for one in recorded(looked.after.history)
        if isinstance(one.event, e.MitigationAgreed) and v.visible(facts.actor, one, file, cities)
    ]
    assert read == [1, 4]
    halted = answered(HALTED).when(look("green", LATER_ONE), by=OMAR).then(e.SafeguardsRecorded, e.MitigationAgreed).after
    resumed = halted.when(c.ResumeAward(application=FILE, reason="x"), by=OLGA, at=NOW + timedelta(days=1)).events
    assert sorted(one.number for one in resumed if isinstance(one, e.MitigationAsked)) == [1, 2, 3, 4]


def test_what_was_numbered_from_one_again_took_the_place_of_what_was_owed_under_that_number() -> None:
    """As it was recorded once."""
    agreed = e.MitigationAgreed(number=1, text="x", owner="x", due_on=NOW.date(), office="centre")
    there = AWARD.and_(*did(OMAR, e.SafeguardsRecorded(level="green", reason="x", questions="1"), agreed))
    assert [one.asked.number for one in mitigation.owed(there.file())] == [2, 3]
    asked = there.and_(*did(TIMER, msgspec.structs.replace(CENTRES, number=1)))
    assert [(one.asked.number, one.agreed) for one in mitigation.owed(asked.file())][-1] == (1, agreed)


def test_what_was_owed_by_an_award_that_is_over_is_not_owed_by_the_next_look() -> None:
    over = AWARD.and_(*did(INES, e.AwardTerminated(
        reasons=("x",), spent=0, released=0, currency="EUR", days_released=0, due=due("letter"), calendar=CALENDAR
    )))  # fmt: skip
    assert mitigation.owed(over.and_(*LOOKED_AT[:1]).file()) == ()


@passes(c.CloseAward)
@refuses(c.CloseAward, "mitigation.open")
def test_an_award_is_not_closed_over_one_that_is_open() -> None:
    close = c.CloseAward(application=FILE, spent=0)
    award = lessening(REPORTED)
    assert award.when(close, by=OLGA).then("mitigation.open").refusal.about["numbers"] == (3, 2, 1)
    left = award.when(REPORT_IT, by=AMINA).after.when(BY_HUB, by=HANA).after
    assert left.when(close, by=OLGA).then("mitigation.open").refusal.about["numbers"] == (3,)
    over = left.when(msgspec.structs.replace(GIVE_UP, number=3), by=OMAR).after
    assert over.when(close, by=OLGA).events[0].name == e.AwardClosed.name


def test_the_city_reads_its_own_and_no_level_and_the_hub_its_own() -> None:
    file, facts = AWARD.file(), AWARD.facts
    cities = tuple(AWARD.facts(AMINA).city(city) for city in file.cities)

    def sight(person: str, event: e.ApplicationEvent) -> object:
        return v.visible(facts(person).actor, recorded(did(OLGA, event))[0], file, cities)

    level = LOOKED_AT[0].event
    assert isinstance(level, e.SafeguardsRecorded)
    assert [sight(AMINA, one) for one in (level, *LESSENED)] == [None, v.APPLICANT, None, None]
    assert [sight(HANA, one) for one in (level, *LESSENED)] == [None, None, v.FULL, None]
    assert [sight(AMINA, one) for one in LESSENING] == [v.APPLICANT, None, None]
    assert sight(AMINA, of(e.MitigationGivenUp, CITYS, reason="x")) == v.ANONYMOUS
    before = given(*APPROVED, *LOOKED_AT).file()
    assert v.visible(facts(AMINA).actor, recorded(did(OLGA, LESSENED[0]))[0], before, cities) is None


def test_the_queue_names_whoever_owes_one_and_officers_by_the_first_day() -> None:
    def owed(scenario: Scenario) -> set[tuple[str, str, object]]:
        return {(owner, scope, due) for owner, scope, what, due in owners(scenario.file()) if what == MITIGATION}

    assert owed(AWARD) == {
        ("representative", LAKESIDE, CITYS.due), ("coordinator", "north", HUBS.due), ("officer", "", CENTRES.due),
        ("machine", "", CENTRES.due),
    }  # fmt: skip
    missed = AWARD.and_(*did(TIMER, of(e.MitigationMissed, CENTRES, due=CENTRES.due)))
    assert ("machine", "", HUBS.due) in owed(missed)
    assert ("officer", "", CENTRES.due) in owed(missed)
    assert owed(lessening(REPORTED).and_(*did(AMINA, DONE))) == owed(AWARD) - {("representative", LAKESIDE, CITYS.due)}
    assert lessening(HALTED).file().stage is Stage.SUSPENDED
    assert ("machine", "", CENTRES.due) not in owed(lessening(HALTED))
