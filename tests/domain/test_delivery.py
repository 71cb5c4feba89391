# ruff: noqa: F405
"""Letters are delivered to each city when it opens them, or by the days of the track; from then on it has its time to appeal."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.delivery import appeal_until
from fund.domain.workflow import LETTERED
from fund.processes.reactions import counted_letters, deemed_letters
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

OPEN = c.OpenLetter(application=FILE, letter=1)
DEEM = c.DeemDelivered(application=FILE, letter=1)
DEEMED_AT = last_of(APPEALS.deemed_days)
AFTERWARDS = DEEMED_AT + timedelta(seconds=1)


IN_TIME = last_of(APPEALS.lodge_days)
EAST, WEST = "Pacific/Auckland", "America/Los_Angeles"


def opened(city: str = LAKESIDE, until: datetime | None = IN_TIME) -> e.LetterOpened:
    return e.LetterOpened(letter=1, city=city, appeal_until=until, calendar=CALENDAR)


def until(scenario: Scenario, city: str, at: datetime = NOW) -> datetime | None:
    return appeal_until(scenario.file(), 1, city, scenario.facts(TIMER, at))


DELIVERED = e.LetterDeemedDelivered(
    letter=1, delivered=DEEMED_AT, appeal_until=last_of(APPEALS.deemed_days + APPEALS.lodge_days), calendar=CALENDAR
)


@passes(c.OpenLetter)
def test_opening_a_refusal_starts_the_time_to_appeal_of_the_city_that_opened_it() -> None:
    after = given(*REFUSED).when(OPEN, by=ALI).then(opened()).after
    after = after.when(OPEN, by=BELA, at=AFTER).then(opened(HILLTOWN, last_of(APPEALS.lodge_days, AFTER))).after
    assert [until(after, city, AFTER) for city in (LAKESIDE, HILLTOWN, OUTPOST)] == [last_of(5), last_of(6), None]


@passes(c.OpenLetter)
def test_a_machine_that_comes_late_changes_no_date() -> None:
    """Opened on its last day a letter is opened; after it, it was delivered on that day, whether or not that is recorded."""
    given(*REFUSED).when(OPEN, by=AMINA, at=DEEMED_AT).then(opened(until=last_of(APPEALS.lodge_days, DEEMED_AT)))
    far = AFTERWARDS + timedelta(days=60)
    for at in (AFTERWARDS, far):
        given(*REFUSED).when(OPEN, by=AMINA, at=at).then(opened(until=DELIVERED.appeal_until))
        given(*REFUSED, *did(TIMER, DELIVERED)).when(OPEN, by=AMINA, at=at).then(opened(until=DELIVERED.appeal_until))
    unrecorded = given(*REFUSED)
    assert [until(unrecorded, HILLTOWN, at) for at in (DEEMED_AT, AFTERWARDS, far)] == [
        None,
        DELIVERED.appeal_until,
        DELIVERED.appeal_until,
    ]


@passes(c.OpenLetter)
def test_a_letter_that_grants_what_was_asked_is_opened_and_starts_no_time() -> None:
    given(*CLOSED).when(OPEN, by=AMINA).then(opened(until=None))


@passes(c.OpenLetter)
@refuses(c.OpenLetter, "letter.not_issued")
def test_a_letter_is_opened_wherever_its_file_has_got_to() -> None:
    for stage in LETTERED:
        after = given(*with_a_letter(REACHED[stage])).when(OPEN, by=AMINA).then(e.LetterOpened).after.file()
        assert after.stage is stage
    given(*APPROVED).when(OPEN, by=AMINA).then("letter.not_issued")
    given(*CLOSED).when(msgspec.structs.replace(OPEN, letter=2), by=AMINA).then("letter.not_issued", field="letter")
    given(*CLOSED).when(msgspec.structs.replace(OPEN, letter=0), by=AMINA).then("letter.not_issued", field="letter")


@refuses(c.OpenLetter, "letter.already_opened")
@refuses(c.OpenLetter, "workflow.not_your_city")
def test_a_city_opens_a_letter_once_whoever_speaks_for_it() -> None:
    once = given(*REFUSED).when(OPEN, by=ALI).after
    once.when(OPEN, by=AMINA).then("letter.already_opened")
    two = once.and_(*did(TIMER, LETTER))
    two.when(OPEN, by=AMINA).then("letter.already_opened", field="letter")
    two.when(msgspec.structs.replace(OPEN, letter=2), by=AMINA).then(e.LetterOpened)
    for person in (OLGA, NILS):
        given(*REFUSED).when(OPEN, by=person).then("workflow.not_your_city")


@refuses(c.OpenLetter, "letter.already_opened")
def test_a_letter_is_for_no_city_that_left() -> None:
    gone = did(BELA, e.PartnerLeft(city=HILLTOWN, reason="x", fails=("nothing",)))
    given(*with_a_letter(PROPOSED + gone)).when(OPEN, by=BELA).then("letter.already_opened")


@passes(c.DeemDelivered)
@refuses(c.DeemDelivered, "letter.none_undelivered")
def test_a_letter_that_a_city_does_not_open_counts_as_delivered_from_the_end_of_its_day() -> None:
    given(*REFUSED).when(DEEM, by=TIMER, at=DEEMED_AT).then("letter.none_undelivered")
    after = given(*REFUSED).when(DEEM, by=TIMER, at=AFTERWARDS + timedelta(days=40)).then(DELIVERED).after
    assert {until(after, city) for city in (LAKESIDE, HILLTOWN)} == {last_of(8)}
    after.when(DEEM, by=TIMER, at=AFTERWARDS + timedelta(days=41)).then("letter.none_undelivered")
    after.when(OPEN, by=AMINA, at=AFTERWARDS + timedelta(days=41)).then(opened(until=last_of(8)))


@passes(c.DeemDelivered)
@refuses(c.DeemDelivered, "letter.none_undelivered")
def test_a_letter_that_every_city_opened_is_not_counted_and_one_that_a_city_did_not_is() -> None:
    by_lead = REFUSED + did(AMINA, opened())
    given(*by_lead).when(DEEM, by=TIMER, at=AFTERWARDS).then(DELIVERED)
    given(*by_lead, *did(BELA, opened(HILLTOWN))).when(DEEM, by=TIMER, at=AFTERWARDS).then("letter.none_undelivered")
    twice = by_lead + did(TIMER, LETTER)
    given(*twice).when(msgspec.structs.replace(DEEM, letter=3), by=TIMER, at=AFTERWARDS).then("letter.none_undelivered", field="letter")


@passes(c.DeemDelivered)
def test_a_letter_is_counted_wherever_its_file_has_got_to() -> None:
    for stage in LETTERED:
        after = given(*with_a_letter(REACHED[stage])).when(DEEM, by=TIMER, at=AFTERWARDS).then(e.LetterDeemedDelivered).after.file()
        assert after.stage is stage


def test_a_machine_counts_each_letter_once_also_of_a_closed_file() -> None:
    file = given(*REFUSED, *did(TIMER, LETTER)).file()
    assert deemed_letters(file, PROGRAMME, DEEMED_AT) is None
    assert deemed_letters(file, PROGRAMME, AFTERWARDS) == DEEM
    counted = given(*REFUSED, *did(TIMER, LETTER, DELIVERED)).file()
    assert deemed_letters(counted, PROGRAMME, AFTERWARDS) == msgspec.structs.replace(DEEM, letter=2)
    assert counted_letters(file) != counted_letters(counted)


def test_days_of_delivery_are_days_where_the_city_is() -> None:
    """Late in the evening here it is tomorrow there."""
    tokyo = msgspec.structs.replace(PROGRAMME.calendars["river"], code="tokyo", timezone="Asia/Tokyo", countries=("XK",))
    evening = datetime(2031, 5, 5, 20, 0, tzinfo=UTC)
    scenario = given(*REFUSED).under(calendars=PROGRAMME.calendars | {"tokyo": tokyo})
    (event,) = scenario.when(OPEN, by=AMINA, at=evening).events
    assert isinstance(event, e.LetterOpened)
    assert event.appeal_until == datetime(2031, 5, 11, 23, 59, 59, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert event.calendar == "tokyo/2031"


def far_apart(*history: Told) -> Scenario:
    """The lead is a city of the far east, the other one of the far west."""
    known, there = dict(PROGRAMME.calendars), ()
    for id, country, zone in ((LAKESIDE, "NZ", EAST), (HILLTOWN, "US", WEST)):
        registered = e.CityRegistered(
            name_en=id, name_local=id, kind="city", country=country, region="delta", relation="listed", source="x", note="", identifiers={}
        )  # fmt: skip
        there += did(ADA, registered, on=id)
        known[country] = msgspec.structs.replace(known["river"], code=country, timezone=zone, countries=(country,))
    return given(*there, *history).under(calendars=known)


def ends(days: int, zone: str, since: datetime = NOW) -> datetime:
    """Of the day that is so many days after this one."""
    day = since.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=ZoneInfo(zone)).astimezone(UTC)


@passes(c.IssueLetter)
@passes(c.DeemDelivered)
@passes(c.LodgeAppeal)
def test_a_day_said_to_several_cities_lasts_until_it_is_over_for_the_last_of_them() -> None:
    after = far_apart(*REFUSED[:-1]).when(ISSUE, by=TIMER).after
    deemed = after.file().letters[0].deemed
    assert deemed == ends(APPEALS.deemed_days, WEST)
    last = ends(APPEALS.deemed_days + APPEALS.lodge_days, WEST)
    for by, city in ((BELA, HILLTOWN), (AMINA, LAKESIDE)):
        (lodged,) = after.when(c.LodgeAppeal(application=FILE, grounds="x"), by=by, at=last).events
        assert isinstance(lodged, e.AppealLodged)
        assert (lodged.city, lodged.against) == (city, ())
    (counted,) = after.when(DEEM, by=TIMER, at=deemed + timedelta(seconds=1)).events
    assert isinstance(counted, e.LetterDeemedDelivered)
    assert counted.appeal_until
    assert counted.appeal_until >= last
    assert until(after, LAKESIDE, counted.appeal_until) == until(after, HILLTOWN, counted.appeal_until) == counted.appeal_until


@passes(c.OpenLetter)
def test_each_city_that_opens_its_letter_in_time_has_its_own_days() -> None:
    scenario = far_apart(*REFUSED)
    for by, city, country, zone in ((AMINA, LAKESIDE, "NZ", EAST), (BELA, HILLTOWN, "US", WEST)):
        assert scenario.when(OPEN, by=by).events == (
            e.LetterOpened(letter=1, city=city, appeal_until=ends(APPEALS.lodge_days, zone), calendar=f"{country}/2031"),
        )


@passes(c.WithdrawAppeal)
@passes(c.RefuseCorrection)
def test_time_that_begins_anew_is_that_of_the_last_of_the_cities_that_have_it() -> None:
    """It is later in the east; the day ends last in the west."""
    whole = max(ends(APPEALS.lodge_days, EAST), ends(APPEALS.lodge_days, WEST))
    withdraw, refuse = c.WithdrawAppeal(application=FILE, reason="x"), c.RefuseCorrection(application=FILE, reasons=("x",))
    (withdrawn,) = far_apart(*APPEALED).when(withdraw, by=AMINA).events
    assert isinstance(withdrawn, e.AppealWithdrawn)
    assert (withdrawn.waited, withdrawn.appeal_until) == ((HILLTOWN,), ends(APPEALS.lodge_days, WEST))
    (refused,) = far_apart(*DOUBTED).when(refuse, by=IVO).events
    assert isinstance(refused, e.CorrectionRefused)
    assert refused.appeal_until == whole


def test_where_the_track_foresees_no_appeal_nothing_is_counted() -> None:
    silent = {code: msgspec.structs.replace(track, appeals=None) for code, track in PROGRAMME.tracks.items()}
    (issued,) = given(*REFUSED[:-1]).under(tracks=silent).when(ISSUE, by=TIMER).events
    assert issued == msgspec.structs.replace(LETTER, outcome="declined", deemed=None, calendar="")
    (event,) = given(*REFUSED).under(tracks=silent).when(OPEN, by=AMINA).events
    assert event == opened(until=None)
    assert given(*APPROVED).under(tracks=silent).file().stage is Stage.LETTER
