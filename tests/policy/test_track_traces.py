"""What tracks, opinions and calendars decide: each value is traced to the rule that reads it (see `tracing.py`)."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

import msgspec
import pytest

from fund.domain import calendar as by_calendar
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import track as tracks
from fund.domain.consultation import reminder
from fund.domain.opinion import answered, overruled
from fund.domain.programme import Track
from fund.domain.round import Round
from fund.policy import longest_path, problems
from tests.domain import world as w
from tests.domain.small import awarded
from tests.domain.world import AMINA, EVA, FILE, HILLTOWN, INES, LAKESIDE, OLGA, TIMER, TOM, UMA, Told, did
from tests.policy.bundled import AT, DRAFTED, counted, facts, on_track, refusal_of, submitted, under
from tests.policy.tracing import PROGRAMME, now, of

NARROW = next(track for track in PROGRAMME.tracks.values() if track.fallback)


def share(seed: str) -> int:
    """The hundredth that this seed gives the file: 0 to 99."""
    return int(sha256(f"{seed}\0{FILE}".encode()).hexdigest(), 16) * 100 >> 256


@cache
def seed_in(hundredth: int) -> str:
    return next(str(number) for number in range(10_000) if share(str(number)) == hundredth)


KEPT = seed_in(99)


def chosen(*history: Told, seed: str = KEPT, days: int = 1, amount: int = 1_00, currency: str = "EUR") -> e.TrackChosen:
    """Which track is chosen for a modest request, but for what is said here."""
    asked = w.saved(w.with_(w.RESOURCES, amount=amount, currency=currency), w.with_(fitting(), days=days))
    events = under(agreed((*DRAFTED, *asked, *history))).when(c.SubmitApplication(application=FILE, seed=seed), by=AMINA, at=AT).events
    (found,) = (one for one in events if isinstance(one, e.TrackChosen))
    return found


def agreed(history: w.History) -> w.History:
    """The history, and then every city that benefits accepts the text as it stands."""
    file = w.given(*history).file()
    return (*history, *(told for city in file.cities[1:] for told in did(w.BELA, e.TextAccepted(city=city, text=file.text))))


def fitting() -> w.AnySection:
    return w.with_(w.SUPPORT, formats=(PROGRAMME.catalogue.formats[0].code,))


# ── Tracks ────────────────────────────────────────────────────────────────────


@of("track")
def test_track(key: str) -> None:
    """At each bound a file still fits and beyond it does not; as many people act as it says and no more; and what it asks for is asked."""
    code, _, name = key.partition("/")
    track = PROGRAMME.tracks[code]
    match name:
        case "assessors":
            enough_assess(track)
        case "approvers":
            approve(track)
        case "total_working_days":
            fits_its_total(track)
        case "calendar":
            calendar = PROGRAMME.calendars[track.calendar]
            due, by = facts().due("decision", msgspec.structs.replace(under(()).file(), track=code))
            assert (due > AT, by) == (True, f"{calendar.code}/{calendar.version}")
        case "judgement":
            assert tracks.choose(under(DRAFTED).file(), Round(id="round-x"), KEPT, facts()).track == code
        case "fallback":
            moved = under(on_track(w.COMPLETE, code)).when(c.ChangeTrack(application=FILE, reason="x"), by=OLGA, at=AT).events
            assert [one.to_track for one in moved if isinstance(one, e.TrackChanged)] == [track.fallback]
        case "max_days":
            assert track.max_days
            assert [chosen(days=track.max_days + more).why for more in (0, 1)] == ["fits", "days"]
        case "max_hubs":
            assert track.max_hubs is not None
            assert [chosen(*asking(track.max_hubs + more)).why for more in (0, 1)] == ["fits", "hubs"]
        case "safeguards":
            without, safe = safeguarded(code), safeguarded(code, track.safeguards)
            assert [without, safe] == ["safeguards.needed", None]
        case "only_yes":
            declining = c.Decline(application=FILE, reasons=w.REASONS, what_would_change=("x",), otherwise="x")
            assert under(on_track(w.PROPOSED, code)).when(declining, by=INES, at=AT).code == "track.only_yes"
        case "lot_percent":
            drawn = [chosen(seed=seed_in(hundredth)).why for hundredth in (track.lot_percent - 1, track.lot_percent)]
            assert drawn == ["lot", "fits"]
        case _:
            pytest.fail(f"nothing is traced of {name}")


def enough_assess(track: Track) -> None:
    """So many assessors may be assigned, and one more may not."""
    people = (EVA, TOM, UMA)
    for number in range(track.assessors + 1):
        assigned = did(OLGA, *(e.AssessorAssigned(assessor=person) for person in people[:number]))
        ask = c.AssignAssessor(application=FILE, assessor=people[number], reason="Knows the delta")
        enough = under(on_track(w.ADVISED + assigned, track.code)).when(ask, by=OLGA, at=AT).code
        assert enough == ("assessor.enough" if number == track.assessors else None)


def approve(track: Track) -> None:
    """A small amount is approved by as many as the track says."""
    outcome = under(on_track(w.PROPOSED, track.code)).when(c.Approve(application=FILE, reasons=w.REASONS), by=INES, at=AT)
    assert outcome.code is None
    assert isinstance(outcome.events[0], e.ApprovalGiven if track.approvers > 1 else e.Approved)


def fits_its_total(track: Track) -> None:
    """The check lets the path use the total up, and not a day more."""
    left = track.total_working_days - longest_path(track)
    assert left >= 0
    for more, fits in ((left, True), (left + 1, False)):
        running = now().tracks[track.code]
        decision = msgspec.structs.replace(running.clocks["decision"], working_days=track.clocks["decision"].working_days + more)
        slower = msgspec.structs.replace(running, clocks=running.clocks | {"decision": decision})
        told = problems(msgspec.structs.replace(now(), tracks=now().tracks | {track.code: slower}))
        assert fits != any(problem.startswith(f"tracks {track.code}: the longest path") for problem in told)


def asking(hubs: int) -> w.History:
    """An application of so many cities, each in the region of another open hub."""
    placed = [(hub.code, hub.regions[0]) for hub in PROGRAMME.catalogue.hubs if hub.consulted == "region"][:hubs]
    cities = tuple(told for code, region in placed for told in w.city(f"city-{code}", code, region, True, {}))
    opened = tuple(told for code, region in placed for told in w.hub_opened(f"hub-{code}", code, region))
    return cities + opened + w.saved(w.with_(w.APPLICANT, beneficiaries=tuple(f"city-{code}" for code, _ in placed)))


def safeguarded(code: str, level: str | None = None) -> str | None:
    checks = did(OLGA, *(e.CheckRecorded(check=one.code, result="pass", evidence="Read", rule=one.version) for one in PROGRAMME.checks))
    seen = did(OLGA, e.SafeguardsRecorded(level="green", reason="x")) if level == "green" else ()
    return under(submitted(track=code) + checks + seen).when(c.ConfirmEligibility(application=FILE), by=OLGA, at=AT).code


@of("track value")
def test_track_value(key: str) -> None:
    """So much may be asked for on it, and a minor unit more may not."""
    currency = key.partition("/")[2]
    most = NARROW.max_amount[currency]
    assert [chosen(amount=most + more, currency=currency).why for more in (0, 1)] == ["fits", "amount"]


@of("city cap")
def test_city_cap(key: str) -> None:
    """So many awards within so many months, joint ones too, are all that a city can have; an award a day older does not count."""
    cap = NARROW.city_cap
    assert cap
    assert cap.max_awards
    months_back = by_calendar.months_before(facts().today, cap.months)
    first = datetime.combine(months_back + timedelta(days=1), time(12), UTC)
    joint = w.saved(w.with_(w.APPLICANT, beneficiaries=(HILLTOWN,)))
    for city in (LAKESIDE, HILLTOWN):
        awards = [awarded(city, 1, track=NARROW.code, at=first) for _ in range(cap.max_awards)]
        assert chosen(*joint, *(told for award in awards for told in award)).why == "city_cap"
        assert chosen(*joint, *(told for award in awards[1:] for told in award)).why == "fits"
        older = awarded(city, 1, track=NARROW.code, at=first - timedelta(days=1))
        assert chosen(*joint, *(told for award in (older, *awards[1:]) for told in award)).why == "fits"


@of("clock")
def test_clock(key: str) -> None:
    """A step is due on the day that its working days give, counted one by one in the track's calendar."""
    track, _, clock = key.partition("/")
    file = msgspec.structs.replace(under(()).file(), track=track)
    calendar = PROGRAMME.calendars[PROGRAMME.tracks[track].calendar]
    due, _ = facts().due(clock, file)
    assert due.astimezone(ZoneInfo(calendar.timezone)).date() == counted(AT, PROGRAMME.tracks[track].clocks[clock].working_days, calendar)


@of("appeal")
def test_appeal(key: str) -> None:
    """Every decision that it names can be appealed against, to the last day after a letter was opened, or after its days unopened."""
    track, _, name = key.partition("/")
    rules = PROGRAMME.tracks[track].appeals
    assert rules
    if name == "deemed_days":
        issued, *_ = under(on_track(w.APPROVED, track)).when(msgspec.structs.replace(w.ISSUE, issued_on=AT.date()), by=TIMER, at=AT).events
        assert isinstance(issued, e.LetterIssued)
        assert day_in(track, issued.deemed) == AT.date() + timedelta(days=rules.deemed_days)
    else:
        in_time = [appealed_until(track, outcome) for outcome in rules.outcomes]
        assert in_time == [AT.date() + timedelta(days=rules.lodge_days)] * len(rules.outcomes)


def appealed_until(track: str, outcome: str) -> date | None:
    """The last day to appeal against such a decision, where its letter is opened at once."""
    letter = msgspec.structs.replace(w.LETTER, outcome=outcome)
    opening = c.OpenLetter(application=FILE, letter=1)
    (opened,) = under(on_track(w.APPROVED, track) + did(TIMER, letter)).when(opening, by=AMINA, at=AT).events
    assert isinstance(opened, e.LetterOpened)
    return day_in(track, opened.appeal_until)


def day_in(track: str, instant: datetime | None) -> date | None:
    calendar = PROGRAMME.calendars[PROGRAMME.tracks[track].calendar]
    return instant and instant.astimezone(ZoneInfo(calendar.timezone)).date()


# ── Opinions of hubs ──────────────────────────────────────────────────────────


@of("opinion")
def test_opinion(key: str) -> None:
    """What it asks of those who do not follow it: nothing, an answer in the proposal, or that and a reason from who approves."""
    file = under(w.ELIGIBLE + did(w.HANA, msgspec.structs.replace(w.OPINION, opinion=key))).file()
    proposal = c.MakeProposal(application=FILE, recommendation="approve", reason="Sound")
    effect = PROGRAMME.consultation.opinions[key].effect
    assert refusal_of(lambda: answered(file, proposal, facts())) == (None if effect == "none" else "proposal.opinion_unanswered")
    assert refusal_of(lambda: overruled(file, "", facts())) == ("decision.against_opinion" if effect == "overrule" else None)


@of("silence")
def test_silence(key: str) -> None:
    """How long before its time is over a hub is reminded, and what it is taken to mean that it let it pass."""
    if key == "reminder_days":
        assert PROGRAMME.consultation.silence.reminder_days
        for days in PROGRAMME.calendars.values():
            due = by_calendar.due(AT, 9, days)
            at = reminder(due, days, now())
            assert at
            assert counted(at, PROGRAMME.consultation.silence.reminder_days, days) == by_calendar.local_day(due, days)
        return
    history = w.COMPLETE_WITHOUT_HUB + did(OLGA, w.ASKED)
    late = w.ASKED.due + timedelta(seconds=1)
    (deemed,) = under(history).when(c.DeemOpinion(application=FILE, hub="north"), by=TIMER, at=late).events
    assert isinstance(deemed, e.OpinionDeemed)
    assert deemed.meaning == getattr(PROGRAMME.consultation.silence, key)


# ── Calendars ─────────────────────────────────────────────────────────────────


@of("calendar")
def test_calendar(key: str) -> None:
    """A due date is the last second, on its own clock, of a working day of it; it is told with its version, and none is given beyond it."""
    code, _, name = key.partition("/")
    calendar, running = PROGRAMME.calendars[code], now().calendars[code]
    first, last = calendar.covers
    match name:
        case "version":
            _, by = facts().due("decision", by=running)
            assert by == f"{code}/{calendar.version}"
        case "timezone":
            midnight = datetime.combine(counted(AT, 1, calendar) + timedelta(days=1), time.min, ZoneInfo(calendar.timezone))
            assert by_calendar.due(AT, 1, running) == midnight.astimezone(UTC) - timedelta(seconds=1)
        case "weekend":
            a_fortnight = [AT + timedelta(days=number) for number in range(14)]
            assert [day_of(start, code) for start in a_fortnight] == [counted(start, 1, calendar) for start in a_fortnight]
        case "holidays":
            eves = [noon(day - timedelta(days=1)) for day in sorted(calendar.holidays) if day > first]
            assert [day_of(eve, code) for eve in eves] == [counted(eve, 1, calendar) for eve in eves]
        case "countries":
            assert {asked_of(country) for country in calendar.countries} == {f"{code}/{running.version}"}
        case "hubs":
            assert {asked_of_hub(hub) for hub in calendar.hubs} == {f"{code}/{running.version}"}
        case _:
            assert [uncovered(day, code) for day in (first, last)] == [None, None]
            beyond = (first - timedelta(days=1), last + timedelta(days=1))
            assert [uncovered(day, code) for day in beyond] == ["calendar.not_covered"] * 2


def asked_of(country: str) -> str:
    """By which calendar a city there answers a question."""
    (told, *_) = w.city(w.LAKESIDE, "Lakeside", None, True, {})
    assert isinstance(told.event, e.CityRegistered)
    there = did(w.ADA, msgspec.structs.replace(told.event, country=country), on=w.LAKESIDE)
    (asked,) = under(submitted() + there).when(c.RequestClarification(application=FILE, question="Which law?"), by=OLGA, at=AT).events
    assert isinstance(asked, e.ClarificationRequested)
    return asked.calendar


def asked_of_hub(hub: str) -> str:
    """By which calendar a hub gives its opinion."""
    history = submitted() + w.hub_opened(f"hub-{hub}", hub)
    (asked,) = under(history).when(c.AskHub(application=FILE, hub=hub, reason="x"), by=OLGA, at=AT).events
    assert isinstance(asked, e.HubAsked)
    return asked.calendar


@of("question")
def test_question(key: str) -> None:
    """The answer is due, and the city reminded, on the days that so many working days give, counted one by one."""
    calendar = PROGRAMME.calendars[PROGRAMME.track().calendar]
    (asked,) = under(submitted()).when(c.RequestClarification(application=FILE, question="Which law?"), by=OLGA, at=AT).events
    assert isinstance(asked, e.ClarificationRequested)
    instants = (asked.due,) if key == "answer_days" else asked.reminders
    days = (PROGRAMME.questions.answer_days,) if key == "answer_days" else PROGRAMME.questions.reminders
    assert [by_calendar.local_day(one, calendar) for one in instants] == [counted(AT, count, calendar) for count in days]


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def day_of(start: datetime, code: str) -> date:
    """The next working day after the day of `start`."""
    calendar = now().calendars[code]
    return by_calendar.local_day(by_calendar.due(start, 1, calendar), calendar)


def uncovered(day: date, code: str) -> str | None:
    return refusal_of(lambda: by_calendar.is_working_day(day, now().calendars[code]))
