# ruff: noqa: F405
"""The clock of a stage: it says day by day why it is where it is, and agrees with a model that walks through every single day."""

import os
import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, StageClock, evolve
from fund.domain.clock import Day, Reading, Stop, clock, due_of
from fund.domain.deciding import decide
from fund.domain.event import Event, Header, Recorded
from fund.domain.facts import Facts, actor
from fund.domain.programme import Calendar, Questions
from fund.domain.refusal import Refusal
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

WEEK = Calendar(
    code="river", version="2031", timezone="UTC", weekend=(5, 6), holidays=frozenset({date(2031, 5, 9)}),
    covers=(date(2031, 1, 1), date(2032, 12, 31)), source="test",
)  # fmt: skip
"""Saturday and Sunday are off, and so is Friday the 9th. NOW is Monday the 5th."""


def on(day: int, hour: int = 12) -> datetime:
    return datetime(2031, 5, day, hour, tzinfo=UTC)


def last_second(day: int) -> datetime:
    return datetime(2031, 5, day, 23, 59, 59, tzinfo=UTC)


def asked_on(day: int, number: int = 1, due_: int = 30) -> Told:
    event = e.ClarificationRequested(number=number, question="x", due=last_second(due_), calendar=CALENDAR, reminders=())
    return Told(FILE, OLGA, event, on(day))


def answered_on(day: int, number: int = 1) -> Told:
    return Told(FILE, ALI, e.ClarificationAnswered(number=number, answer="x", due=None, calendar=""), on(day))


SEVEN_DAYS = DRAFTED + did(AMINA, msgspec.structs.replace(SUBMISSION, due=last_second(15)), CHOSEN)
"""Seven working days from Monday the 5th: 6, 7, 8, 12, 13, 14, 15."""


def read(history: History, now: datetime) -> Reading:
    found = clock(given(*history).file(), now, WEEK)
    assert found
    return found


# ── What it says ──────────────────────────────────────────────────────────────


def test_a_clock_that_nothing_stopped_counts_working_days() -> None:
    reading = read(SEVEN_DAYS, on(12))
    assert (reading.day, reading.allowed, reading.running, reading.stopped, reading.stops) == (4, 7, 4, 0, ())
    assert (reading.stands, reading.due, reading.projected) == (False, last_second(15), last_second(15))
    states = [(day.day.day, day.state) for day in reading.days]
    assert states == [(6, "runs"), (7, "runs"), (8, "runs"), (9, "off"), (10, "off"), (11, "off"), (12, "runs")]


def test_it_says_by_which_question_it_was_stopped_and_for_how_many_days() -> None:
    reading = read((*SEVEN_DAYS, asked_on(7), answered_on(13)), on(14))
    assert (reading.day, reading.running, reading.stopped) == (6, 2, 4)
    assert reading.stops == (Stop(question=1, days=4),)
    assert reading.days[1] == Day(day=date(2031, 5, 7), state="stopped", by=(1,))
    # Ran on 6 and 14; five are left: 15, 16, 19, 20, 21.
    assert (reading.due, reading.projected) == (last_second(21), last_second(21))


def test_a_day_that_two_questions_stopped_counts_for_the_one_asked_first() -> None:
    both = (*SEVEN_DAYS, asked_on(6), asked_on(7, number=2), answered_on(7), answered_on(12, number=2))
    reading = read(both, on(12))
    assert reading.stops == (Stop(question=1, days=2), Stop(question=2, days=2))
    assert [day.by for day in reading.days if day.by] == [(1,), (1, 2), (2,), (2,)]


def test_while_a_question_is_open_there_is_no_due_date_but_the_latest_one_that_can_come_of_it() -> None:
    reading = read((*SEVEN_DAYS, asked_on(7, due_=14)), on(12))
    assert (reading.stands, reading.due) == (True, None)
    assert (reading.running, reading.stopped) == (1, 3)
    assert reading.projected == last_second(22)  # stopped until the 14th, then six days: 15, 16, 19, 20, 21, 22


def test_past_the_day_of_the_answer_the_clock_runs_though_no_machine_has_said_so_yet() -> None:
    reading = read((*SEVEN_DAYS, asked_on(7, due_=12)), on(14))
    assert (reading.stands, reading.due) == (False, last_second(20))
    assert [day.state for day in reading.days if day.state != "off"] == ["runs", "stopped", "stopped", "stopped", "runs", "runs"]


def test_a_clock_that_ran_out_before_it_was_stopped_stays_run_out() -> None:
    assert read((*SEVEN_DAYS, asked_on(16), answered_on(19)), on(20)).due == last_second(15)


def test_asked_on_its_last_day_a_stage_has_that_day_after_the_answer() -> None:
    assert read((*SEVEN_DAYS, asked_on(15), answered_on(19)), on(19)).due == last_second(20)


def test_a_question_that_was_over_before_the_stage_began_stops_nothing_of_it() -> None:
    confirmed = Told(FILE, OLGA, msgspec.structs.replace(CONFIRMED, due=last_second(15)), on(13))
    reading = read((*SEVEN_DAYS, asked_on(6), answered_on(8), confirmed), on(14))
    assert (reading.day, reading.allowed, reading.running, reading.due) == (1, 2, 1, last_second(15))


def test_a_file_of_a_round_has_all_its_days_though_it_waits_for_the_closing() -> None:
    closes = CLOSES + timedelta(days=7)
    submitted = msgspec.structs.replace(RACING, sealed_until=closes)
    eligible = msgspec.structs.replace(FOUND_ELIGIBLE, due=last_second(15))
    file = given(*DRAFTED, *did(AMINA, submitted), *did(OLGA, CONFIRMED, eligible)).file()
    reading = clock(file, on(7), WEEK)
    assert reading
    assert (reading.day, reading.allowed, reading.days) == (0, 3, ())


def test_there_is_no_clock_before_a_file_begins_nor_once_it_is_closed() -> None:
    assert clock(given().file(), NOW, WEEK) is None
    assert clock(given(*CLOSED).file(), NOW, WEEK) is None


# ── Against a model that walks day by day ─────────────────────────────────────

HISTORIES = 100_000 if os.environ.get("FUND_FAULTS") == "full" else 2_000
ZONES = ("UTC", "Europe/London", "Asia/Amman", "Africa/Cairo", "Pacific/Auckland", "America/New_York")
WEEKENDS: tuple[tuple[int, ...], ...] = ((5, 6), (4, 5), (4,), (6,), ())
FIRST, LAST = date(2030, 12, 1), date(2032, 12, 31)


class Asked(msgspec.Struct):
    """A question as the model remembers it: plain instants, no rules."""

    begun: datetime
    due: datetime
    reminders: tuple[datetime, ...] = ()
    reminded: int = 0
    ended: datetime | None = None

    def late(self, now: datetime) -> bool:
        """Nobody is late before the last reminder."""
        return self.reminded == len(self.reminders) and now > self.due


class Model:
    """Walks through every day of a place from midnight to midnight and asks what happened on it. Shares nothing with the rules."""

    def __init__(self, office: Calendar, since: datetime, days: int) -> None:
        self.office, self.since, self.days = office, since, days
        self.questions: list[Asked] = []

    def midnight(self, place: Calendar, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(place.timezone)).astimezone(UTC)

    def works(self, place: Calendar, day: date) -> bool:
        return day.weekday() not in place.weekend and day not in place.holidays

    def nth_day(self, place: Calendar, start: datetime, days: int) -> datetime:
        day = start.astimezone(ZoneInfo(place.timezone)).date()
        while days:
            day += timedelta(days=1)
            if self.works(place, day):
                days -= 1
        return self.midnight(place, day + timedelta(days=1)) - timedelta(seconds=1)

    def touched(self, day: date, now: datetime | None) -> bool:
        """Whether a question was open in any second of this day."""
        begins, ends = self.midnight(self.office, day), self.midnight(self.office, day + timedelta(days=1))
        for asked in self.questions:
            until = asked.ended or now or asked.due
            if asked.late(until):
                until = asked.due
            if asked.begun < ends and until >= begins:
                return True
        return False

    def walk(self, now: datetime) -> tuple[int, int]:
        """Days that ran and days that stood still, up to today."""
        ran = stood = 0
        day = self.since.astimezone(ZoneInfo(self.office.timezone)).date() + timedelta(days=1)
        while self.midnight(self.office, day) <= now:
            if self.works(self.office, day):
                if self.touched(day, now):
                    stood += 1
                else:
                    ran += 1
            day += timedelta(days=1)
        return ran, stood

    def due(self) -> datetime:
        left = self.days
        day = self.since.astimezone(ZoneInfo(self.office.timezone)).date()
        while left:
            day += timedelta(days=1)
            if self.works(self.office, day) and not self.touched(day, None):
                left -= 1
        return self.midnight(self.office, day + timedelta(days=1)) - timedelta(seconds=1)


def calendar_of(chance: random.Random, code: str) -> Calendar:
    holidays = {FIRST + timedelta(days=chance.randrange(700)) for _ in range(chance.randrange(40))}
    return Calendar(
        code=code, version="1", timezone=chance.choice(ZONES), weekend=chance.choice(WEEKENDS), holidays=frozenset(holidays),
        covers=(FIRST, LAST), source="test", countries=("XK",) if code == "city" else (),
    )  # fmt: skip


class Lived:
    """One file in its stage, lived through with the real rules, and the model beside it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        office, city_days = calendar_of(self.chance, "river"), calendar_of(self.chance, "city")
        self.answer_days = self.chance.randint(1, 12)
        self.reminders = reminders = tuple(day for day in (2, 5) if day < self.answer_days)
        self.programme = msgspec.structs.replace(
            PROGRAMME,
            calendars={"river": office, "city": city_days},
            questions=Questions(answer_days=self.answer_days, reminders=reminders, source="test"),
        )
        self.city = city_days
        self.now = datetime(2031, self.chance.randint(1, 12), self.chance.randint(1, 28), self.chance.randrange(24), tzinfo=UTC)
        self.file = SUBMITTED_FILE
        self.does(c.ConfirmCompleteness(application=FILE), OLGA)
        self.model = Model(office, self.now, DAYS["eligibility"])
        # Somebody who reads it by days of their own is stopped by the same questions.
        self.reader = Model(calendar_of(self.chance, "reader"), self.now, self.chance.randint(1, 9))
        self.reader.questions = self.model.questions

    def facts(self, by: str) -> Facts:
        person = BASE_STATES.get(by)
        return Facts(now=self.now, actor=actor(by, person), programme=self.programme, states=BASE_STATES)  # type: ignore[arg-type]  # a Person, or None

    def does(self, command: c.Command, by: str) -> tuple[Event, ...]:
        events = decide(self.file, command, self.facts(by))
        for event in events:
            assert isinstance(event, Event)
            header = Header(event_id="", actor=by, at=self.now, command_id="", content="", policy="river-1")
            self.file = evolve(self.file, Recorded(stream=FILE, version=1, header=header, event=event))
        return tuple(event for event in events if isinstance(event, Event))

    def live(self) -> None:
        for _ in range(self.chance.randint(2, 9)):
            self.now += timedelta(hours=self.chance.choice((1, 7, 20, 31, 75, 150)), minutes=self.chance.randrange(60))
            getattr(
                self,
                self.chance.choice(
                    ("asks", "asks", "reminds", "reminds", "answers", "answers", "takes_back", "lapses", "lapses", "moves_on")
                ),
            )()
            self.agrees()

    def asks(self) -> None:
        (event,) = self.does(c.RequestClarification(application=FILE, question="x"), OLGA)
        assert isinstance(event, e.ClarificationRequested)
        assert event.due == self.model.nth_day(self.city, self.now, self.answer_days)
        reminders = tuple(self.model.nth_day(self.city, self.now, days) for days in self.reminders)
        assert event.reminders == reminders
        self.model.questions.append(Asked(begun=self.now, due=event.due, reminders=reminders))

    def reminds(self) -> None:
        number = self.any_open()
        asked = self.model.questions[number - 1] if number <= len(self.model.questions) else None
        passed = sum(self.now > one for one in asked.reminders) if asked and asked.ended is None else 0
        if asked is None or passed <= asked.reminded:
            return
        (event,) = self.does(c.RemindClarification(application=FILE, number=number), TIMER)
        assert isinstance(event, e.ClarificationReminded)
        asked.reminded = passed
        if passed == len(asked.reminders) and self.works_until(asked.due) < max(1, self.left_by_the_last()):
            before, asked.due = asked.due, self.model.nth_day(self.city, self.now, max(1, self.left_by_the_last()))
            assert (event.due, event.instead_of) == (asked.due, before)
        else:
            assert (event.due, event.instead_of) == (asked.due, None)

    def left_by_the_last(self) -> int:
        """Working days that the programme leaves after the last reminder."""
        return self.answer_days - self.reminders[-1]

    def works_until(self, due_: datetime) -> int:
        """Working days of the city from today until then."""
        day, last = (at.astimezone(ZoneInfo(self.city.timezone)).date() for at in (self.now, due_))
        return sum(self.model.works(self.city, day + timedelta(days=ahead)) for ahead in range((last - day).days + 1))

    def any_open(self) -> int:
        numbers = [number for number, asked in enumerate(self.model.questions, 1) if asked.ended is None]
        return self.chance.choice(numbers) if numbers else 1

    def ends(self, command: c.Command, by: str, number: int) -> None:
        late = number <= len(self.model.questions) and self.model.questions[number - 1].late(self.now)
        is_open = number <= len(self.model.questions) and self.model.questions[number - 1].ended is None
        allowed = is_open and {c.AnswerClarification: not late, c.LapseClarification: late}.get(type(command), True)
        try:
            (event,) = self.does(command, by)
        except Refusal:
            assert not allowed
            return
        assert allowed
        self.model.questions[number - 1].ended = self.now
        waits = any(asked.ended is None for asked in self.model.questions)
        assert event.due == (None if waits else self.model.due())  # type: ignore[attr-defined]  # every ending says when the stage is due

    def answers(self) -> None:
        number = self.any_open()
        self.ends(c.AnswerClarification(application=FILE, number=number, answer="x"), ALI, number)

    def takes_back(self) -> None:
        number = self.any_open()
        self.ends(c.WithdrawClarification(application=FILE, number=number, reason="x"), OLGA, number)

    def lapses(self) -> None:
        number = self.any_open()
        self.ends(c.LapseClarification(application=FILE, number=number), TIMER, number)

    def moves_on(self) -> None:
        """Another stage begins, with as many days as its own."""
        if self.file.stage != "eligibility":
            return
        for code in ("P1", "P2"):
            self.does(c.RecordCheck(application=FILE, check=code, result="pass", evidence="x"), OLGA)
        self.does(c.RunMachineChecks(application=FILE), TIMER)
        self.does(c.ConfirmEligibility(application=FILE), OLGA)
        self.model.since, self.model.days = self.now, DAYS["assessment"]

    def agrees(self) -> None:
        reading = clock(self.file, self.now, self.model.office)
        assert reading
        waiting = [asked for asked in self.model.questions if asked.ended is None]
        assert self.file.due == (min(asked.due for asked in waiting) if waiting else self.model.due())
        assert (reading.running, reading.stopped) == self.model.walk(self.now)
        assert (reading.day, reading.allowed) == (reading.running + reading.stopped, self.model.days)
        assert sum(stop.days for stop in reading.stops) == reading.stopped
        assert reading.projected == self.model.due()
        reader = self.reader
        asked = StageClock(since=reader.since, due=reader.nth_day(reader.office, reader.since, reader.days), calendar="reader/1")
        assert due_of(asked, self.file, reader.office) == reader.due()
        assert reading.stands == any(not asked.late(self.now) for asked in waiting)
        assert reading.due == (None if reading.stands else reading.projected)


SUPPORT_AHEAD = msgspec.structs.replace(SUPPORT, starts_on=date(2032, 12, 1), ends_on=date(2032, 12, 31))
SUBMITTED_FILE: Application = msgspec.structs.replace(
    given(*SUBMITTED).file(), sections=given(*SUBMITTED).file().sections | {"support": SUPPORT_AHEAD}
)
"""Of a city that asks for support after all the days that are lived through."""


@pytest.mark.faults
def test_no_date_is_wrong_in_generated_histories() -> None:
    for seed in range(HISTORIES):
        try:
            Lived(seed).live()
        except AssertionError as wrong:
            raise AssertionError(f"history {seed}: {wrong}") from wrong
