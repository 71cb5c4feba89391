"""Each entry of the bundled programme decides: the rule runs with it, and without it or beyond it the answer is another.

`docs/traceability.md` lists each entry with its case here; a case is made of the entry, so neither can be forgotten.
"""

import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import msgspec
import pytest

from docs.traceability import DOCUMENT, TESTS, case, rules, written
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import membership
from fund.domain.facts import Facts
from fund.domain.money import Money
from fund.domain.opinion import answered, overruled
from fund.domain.programme import Calendar, Effect, Programme, Silence
from fund.domain.rates import exchanged
from fund.domain.refusal import Refusal
from fund.domain.rubric import disputed, gap, shortfalls, total
from fund.domain.scoring import record_scores
from fund.domain.streams import RATES
from fund.policy import load, longest_path
from fund.policy.checking import texts
from tests.domain import world as w
from tests.domain.world import ADA, ALI, FILE, FINN, LAKESIDE, OLGA, PURSE, STARTED, SUBMISSION, TIMER, Outcome, Scenario, did, given

PROGRAMME = load()
CATALOGUE = PROGRAMME.catalogue
AT = datetime(CATALOGUE.valid_to.year, 3, 3, 9, tzinfo=ZoneInfo("UTC"))
Test = Callable[[str], None]


def of(kind: str) -> pytest.MarkDecorator:
    """A case for each entry of this kind."""
    return pytest.mark.parametrize("key", [rule.key for rule in rules(PROGRAMME) if rule.kind == kind])


def under(history: w.History, programme: Programme = PROGRAMME) -> Scenario:
    return msgspec.structs.replace(given(*history), programme=programme)


def without(listed: str, key: str) -> Programme:
    """The programme without this entry of a list of its catalogue."""
    left = tuple(entry for entry in getattr(CATALOGUE, listed) if entry.code != key)
    return msgspec.structs.replace(PROGRAMME, catalogue=msgspec.structs.replace(CATALOGUE, **{listed: left}))


def decides(history: w.History, command: c.Command, by: str, listed: str, key: str, code: str = "code.unknown") -> Outcome:
    """Allowed with the entry, refused without it."""
    outcome = under(history).when(command, by=by, at=AT)
    assert outcome.refusal is None, outcome.refusal
    assert under(history, without(listed, key)).when(command, by=by, at=AT).code == code
    return outcome


def saving(section: object, **changes: object) -> c.SaveSection:
    return c.SaveSection(application=FILE, section=msgspec.structs.replace(section, **changes))  # type: ignore[type-var, arg-type]  # a section


# ── The catalogue ─────────────────────────────────────────────────────────────

PLANNED = next(entry.code for entry in CATALOGUE.results if entry.level != "impact")


def aligned(priority: str, result: str = PLANNED) -> c.SaveSection:
    return saving(w.ALIGNMENT, primary=msgspec.structs.replace(w.ALIGNMENT.primary, priority=priority), secondary=(), results=(result,))


@of("principle")
def test_principle(key: str) -> None:
    """Whoever attests answers for each of them, and for no other."""
    commitments = tuple(e.Commitment(principle=entry.code, committed=True, deed="Council decision") for entry in CATALOGUE.principles)
    all_but_one = tuple(one for one in commitments if one.principle != key)
    assert len(all_but_one) == len(commitments) - 1
    for given_answers, code in ((commitments, None), (all_but_one, "attestation.principles_differ")):
        command = c.AttestPrinciples(city=LAKESIDE, office="Mayor", commitments=given_answers)
        assert under(()).when(command, by=w.AMINA, at=AT).code == code


@of("priority")
def test_priority(key: str) -> None:
    decides(STARTED, aligned(key), ALI, "priorities", key)


@of("result")
def test_result(key: str) -> None:
    """An output or an outcome may be planned; an impact is never a city's own target."""
    level = next(entry.level for entry in CATALOGUE.results if entry.code == key)
    priority = CATALOGUE.priorities[0].code
    if level == "impact":
        assert under(STARTED).when(aligned(priority, key), by=ALI, at=AT).code == "alignment.result_needed"
    else:
        decides(STARTED, aligned(priority, key), ALI, "results", key)


@of("format")
def test_format(key: str) -> None:
    decides(STARTED, saving(w.SUPPORT, formats=(key,)), ALI, "formats", key)


@of("region")
def test_region(key: str) -> None:
    command = c.RegisterCity(city="city-new", name_en="Elm", kind="city", country="XK", region=key, relation="member", source="list")
    decides((), command, ADA, "regions", key)


@of("hub")
def test_hub(key: str) -> None:
    decides((), c.OpenHub(hub=f"hub-{key}", opened="2024-05", basis="launch"), ADA, "hubs", key, "hub.unknown")


@of("support type")
def test_support_type(key: str) -> None:
    """A contribution may be earmarked for it."""
    command = c.ReceiveContribution(envelope=PURSE, donor="Guild", amount=100, currency="EUR", basis="pledge", support_types=(key,))
    decides((), command, FINN, "support_types", key)


def _told(listed: str, key: str) -> None:
    """An entry that only names: it has its text in every language of the programme."""
    titles = dict(texts(PROGRAMME))[f"{listed} {key}"]
    assert set(titles) == set(PROGRAMME.languages)


@of("tag")
def test_tag(key: str) -> None:
    _told("tags", key)


@of("body")
def test_body(key: str) -> None:
    _told("bodies", key)


@of("donor")
def test_donor(key: str) -> None:
    _told("donors", key)


# ── Checks ────────────────────────────────────────────────────────────────────


def submitted() -> w.History:
    submission = msgspec.structs.replace(
        SUBMISSION, policy=PROGRAMME.version, catalogue=CATALOGUE.version, priorities=(CATALOGUE.priorities[0].code,), region=None
    )
    return w.DRAFTED + did(w.AMINA, submission) + did(OLGA, w.CONFIRMED)


def recorded_by_machine(key: str, programme: Programme) -> e.CheckRecorded | None:
    outcome = under(submitted(), programme).when(c.RunMachineChecks(application=FILE), by=TIMER, at=AT)
    found = [event for event in outcome.events if isinstance(event, e.CheckRecorded)]
    return next((event for event in found if event.check == key), None)


def reversioned(key: str) -> Programme:
    checks = tuple(msgspec.structs.replace(one, version="other") if one.code == key else one for one in PROGRAMME.checks)
    return msgspec.structs.replace(PROGRAMME, checks=checks)


@of("check by machine")
def test_check_by_machine(key: str) -> None:
    """The machine records it under the version of its rule, and no other check under that version."""
    version = next(one.version for one in PROGRAMME.checks if one.code == key)
    for programme, expected in ((PROGRAMME, version), (reversioned(key), "other")):
        found = recorded_by_machine(key, programme)
        assert found
        assert found.rule == expected


def recorded_by_person(key: str) -> None:
    version = next(one.version for one in PROGRAMME.checks if one.code == key)
    command = c.RecordCheck(application=FILE, check=key, result="fail", evidence="Read")
    for programme, expected in ((PROGRAMME, version), (reversioned(key), "other")):
        (found,) = under(submitted(), programme).when(command, by=OLGA, at=AT).events
        assert isinstance(found, e.CheckRecorded)
        assert (found.check, found.result, found.rule) == (key, "fail", expected)


@of("check by person")
def test_check_by_person(key: str) -> None:
    assert recorded_by_machine(key, PROGRAMME) is None
    recorded_by_person(key)


@of("check by machine or person")
def test_check_by_machine_or_person(key: str) -> None:
    recorded_by_person(key)


# ── Tracks, clocks, caps, limits ──────────────────────────────────────────────


def counted(start: datetime, days: int, calendar: Calendar) -> date:
    """The day so many working days later, counted one by one."""
    day = start.astimezone(ZoneInfo(calendar.timezone)).date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() not in calendar.weekend and day not in calendar.holidays
    return day


def facts(programme: Programme = PROGRAMME) -> Facts:
    return under((), programme).facts(OLGA, AT)


@of("clock")
def test_clock(key: str) -> None:
    """A step is due on the day that its working days give, counted one by one in the track's calendar."""
    track, _, clock = key.partition("/")
    file = msgspec.structs.replace(given().file(), track=track)
    calendar = PROGRAMME.calendars[PROGRAMME.tracks[track].calendar]
    due, by = facts().due(clock, file)
    assert due.astimezone(ZoneInfo(calendar.timezone)).date() == counted(AT, PROGRAMME.tracks[track].clocks[clock].working_days, calendar)
    assert by == f"{calendar.code}/{calendar.version}"


@of("membership clock")
def test_membership_clock(key: str) -> None:
    calendar = PROGRAMME.calendars[PROGRAMME.track().calendar]
    due, _ = membership.due(key, facts())
    assert due.astimezone(ZoneInfo(calendar.timezone)).date() == counted(AT, PROGRAMME.membership.clocks[key].working_days, calendar)


@of("track")
def test_track(key: str) -> None:
    """Its longest path fits its total, and a day more on any step of the path does not, where the total is used up."""
    track = PROGRAMME.tracks[key]
    assert longest_path(track) <= track.total_working_days
    slower = msgspec.structs.replace(track.clocks["decision"], working_days=track.clocks["decision"].working_days + 1)
    assert longest_path(msgspec.structs.replace(track, clocks=track.clocks | {"decision": slower})) == longest_path(track) + 1


def weighed(**changes: object) -> Programme:
    return msgspec.structs.replace(PROGRAMME, consultation=msgspec.structs.replace(PROGRAMME.consultation, **changes))


@of("opinion")
def test_opinion(key: str) -> None:
    """What it asks of those who do not follow it, and what it would ask with another weight."""
    file = given(*w.ELIGIBLE, *did(w.HANA, msgspec.structs.replace(w.OPINION, opinion=key))).file()
    proposal = c.MakeProposal(application=FILE, recommendation="approve", reason="Sound")
    opinions = PROGRAMME.consultation.opinions
    for effect in (opinions[key].effect, *get_args(Effect)):
        changed = weighed(opinions=opinions | {key: msgspec.structs.replace(opinions[key], effect=effect)})
        with nullcontext() if effect == "none" else pytest.raises(Refusal, match="opinion_unanswered"):
            answered(file, proposal, facts(changed))
        with pytest.raises(Refusal, match="against_opinion") if effect == "overrule" else nullcontext():
            overruled(file, "", facts(changed))


@of("silence")
def test_silence(key: str) -> None:
    history = w.COMPLETE_WITHOUT_HUB + did(OLGA, w.ASKED)
    late = w.ASKED.due + timedelta(seconds=1)
    for meaning in (getattr(PROGRAMME.consultation.silence, key), *get_args(Silence)):
        changed = weighed(silence=msgspec.structs.replace(PROGRAMME.consultation.silence, means=meaning))
        (deemed,) = under(history, changed).when(c.DeemOpinion(application=FILE, hub="north"), by=TIMER, at=late).events
        assert isinstance(deemed, e.OpinionDeemed)
        assert deemed.meaning == meaning


def scored(**marks: int) -> dict[str, int]:
    """Nothing but these marks, x100."""
    assert PROGRAMME.rubric
    return dict.fromkeys(PROGRAMME.rubric.codes, 0) | marks


@of("criterion")
def test_criterion(key: str) -> None:
    """Best on it and nothing else gives its weight in points, and half of that half of it."""
    assert PROGRAMME.rubric
    weight = next(one.weight for one in PROGRAMME.rubric.criteria if one.code == key)
    assert total(scored(**{key: 500}), PROGRAMME.rubric) == weight * 100
    assert total(scored(**{key: 250}), PROGRAMME.rubric) == weight * 50


@of("threshold")
def test_threshold(key: str) -> None:
    """Reached is enough, and a hair less is not."""
    rubric = PROGRAMME.rubric
    assert rubric
    best = dict.fromkeys(rubric.codes, 500)
    match key:
        case "pass_mark":
            even = dict.fromkeys(rubric.codes, rubric.pass_mark * 5)
            assert "below_mark" not in shortfalls(even, rubric)
            assert "below_mark" in shortfalls(even | {rubric.codes[0]: even[rubric.codes[0]] - 10}, rubric)
        case "minimum":
            assert shortfalls(best | {rubric.decisive: rubric.minimum * 100}, rubric) == ()
            assert shortfalls(best | {rubric.decisive: rubric.minimum * 100 - 1}, rubric) == ("below_minimum",)
        case "gap_score":
            other = dict.fromkeys(rubric.codes, 5)
            assert disputed((other, other | {rubric.codes[0]: 5 - rubric.gap_score}), rubric) == rubric.codes[:1]
            assert disputed((other, other | {rubric.codes[0]: 5 - rubric.gap_score + 1}), rubric) == ()
        case _:
            everywhere, nearly = apart(rubric.codes), apart(rubric.codes[1:])
            assert gap(everywhere, rubric) == rubric.gap_points * 100 > gap(nearly, rubric)
            assert moderated(everywhere)
            assert not moderated(nearly)


def apart(on: tuple[str, ...]) -> tuple[dict[str, int], dict[str, int]]:
    """Two who differ by one on these criteria."""
    assert PROGRAMME.rubric
    best = dict.fromkeys(PROGRAMME.rubric.codes, 5)
    return best, best | dict.fromkeys(on, 4)


def moderated(scores: tuple[dict[str, int], dict[str, int]]) -> bool:
    """Whether moderation is called when the second one's scores come in."""
    track = next(code for code, track in PROGRAMME.tracks.items() if track.judgement == "points")
    first, second = (tuple(e.Score(criterion=code, score=score, reason="Read") for code, score in one.items()) for one in scores)
    read = (e.ScoresRecorded(assessor=w.TOM, scores=first),)
    file = msgspec.structs.replace(given().file(), track=track, round="round-1", scores=read)
    events = record_scores(file, c.RecordScores(application=FILE, scores=second), facts())
    return any(isinstance(event, e.ModerationCalled) for event in events)


@of("limit")
def test_limit(key: str) -> None:
    """As much may be asked for, and no more."""
    limits = PROGRAMME.limits
    for more, code in ((0, None), (1, True)):
        match key:
            case "max_days":
                section = saving(w.SUPPORT, formats=(CATALOGUE.formats[0].code,), days=limits.max_days + more)
            case "max_partners":
                section = saving(w.APPLICANT, beneficiaries=tuple(f"city-{n}" for n in range(limits.max_partners + more)))
            case "max_observers":
                section = saving(w.APPLICANT, beneficiaries=(), observers=tuple(f"city-{n}" for n in range(limits.max_observers + more)))
            case currency:
                section = saving(w.RESOURCES, currency=currency, amount=limits.max_amount[currency] + more)
        cities = tuple(told for n in range(20) for told in w.city(f"city-{n}", f"Town {n}", None, True, {}))
        assert bool(under(STARTED + cities).when(section, by=ALI, at=AT).code) == bool(code)


@of("membership")
def test_membership(key: str) -> None:
    """A finding on the territory is looked at again after so many days at the latest."""
    last = facts().today + timedelta(days=getattr(PROGRAMME.membership, key))
    for day, code in ((last, None), (last + timedelta(days=1), "review.out_of_range")):
        command = c.DetermineTerritory(city=LAKESIDE, territory="meets", basis="A map", review_on=day)
        assert under(()).when(command, by=OLGA, at=AT).code == code


@of("exchange")
def test_exchange(key: str) -> None:
    """A rate of so many days is used, and one that is a day older is not."""
    assert PROGRAMME.exchange
    oldest = facts().today - timedelta(days=getattr(PROGRAMME.exchange, key))
    for day, found in ((oldest, True), (oldest - timedelta(days=1), False)):
        rate = e.RateRecorded(base="EUR", quote="USD", rate=11, digits=1, on=day, source="a bank")
        with nullcontext() if found else pytest.raises(Refusal, match=r"rate\.missing"):
            exchanged(Money(100_00, "EUR"), "USD", under(did(FINN, rate, on=RATES)).facts(OLGA, AT))


# ── The document ──────────────────────────────────────────────────────────────


def test_the_document_is_current() -> None:
    assert DOCUMENT.read_text("utf-8") == written(PROGRAMME), "run: python -m docs.traceability"


def test_every_entry_has_a_case_that_pytest_finds() -> None:
    found = subprocess.run([sys.executable, "-m", "pytest", "--collect-only", "-q", TESTS], capture_output=True, text=True, check=False)
    cases = {line.partition("::")[2] for line in found.stdout.splitlines()}
    assert [case(rule) for rule in rules(PROGRAMME) if case(rule) not in cases] == []


def test_every_entry_has_a_source_and_stands_once() -> None:
    told = rules(PROGRAMME)
    assert [rule for rule in told if not rule.source.strip() or not rule.version] == []
    assert len({case(rule) for rule in told}) == len(told)
