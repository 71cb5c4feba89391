"""What the rubric of competitive rounds decides: each value is traced to the rule that reads it (see `tracing.py`)."""

from itertools import product

import msgspec

from fund.documents.context import _Letter
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.round import Entry, Round, months_before, ranking
from fund.domain.rubric import Rubric, disputed, shortfalls, total
from fund.domain.scoring import record_scores
from fund.processes.rounds import closing
from fund.projections import VIEWS, Database
from tests.domain import world as w
from tests.domain.world import FILE, OMAR, did
from tests.policy.bundled import AT, facts, under
from tests.policy.tracing import PROGRAMME, now, of, running


def rubric() -> Rubric:
    """As the programme has it that runs now."""
    found = now().rubric
    assert found
    return found


BY = PROGRAMME.rubric
assert BY
CODES = BY.codes


def scored(**marks: int) -> dict[str, int]:
    """Nothing but these marks, x100."""
    return dict.fromkeys(CODES, 0) | marks


@of("criterion")
def test_criterion(key: str) -> None:
    """Best on it and nothing else gives its weight in points, and half of that half of it."""
    assert BY
    weight = next(one.weight for one in BY.criteria if one.code == key)
    assert total(scored(**{key: 500}), rubric()) == weight * 100
    assert total(scored(**{key: 250}), rubric()) == weight * 50


@of("rubric")
def test_rubric(key: str) -> None:
    """Reached is enough and a hair less is not; scores so far apart are moderated; equal points are told apart in this order."""
    assert BY
    best, fair = dict.fromkeys(CODES, 500), dict.fromkeys(CODES, BY.pass_mark * 5)
    match key:
        case "version":
            assert opened().rubric == BY.version
        case "pass_mark":
            assert "below_mark" not in shortfalls(fair, rubric())
            assert "below_mark" in shortfalls(fair | {CODES[0]: fair[CODES[0]] - 10}, rubric())
        case "decisive":
            for code in CODES:
                weak = shortfalls(best | {code: BY.minimum * 100 - 1}, rubric())
                assert weak == (("below_minimum",) if code == BY.decisive else ())
        case "minimum":
            assert shortfalls(best | {BY.decisive: BY.minimum * 100}, rubric()) == ()
            assert shortfalls(best | {BY.decisive: BY.minimum * 100 - 1}, rubric()) == ("below_minimum",)
        case "gap_score":
            alike = dict.fromkeys(CODES, 5)
            assert disputed((alike, alike | {CODES[0]: 5 - BY.gap_score}), rubric()) == CODES[:1]
            assert disputed((alike, alike | {CODES[0]: 5 - BY.gap_score + 1}), rubric()) == ()
        case "gap_points":
            with running(msgspec.structs.replace(now(), rubric=msgspec.structs.replace(rubric(), gap_score=5))):
                assert [is_moderated(BY.gap_points - less) for less in (0, 1)] == [True, False]
        case "ties":
            # Of each pair one is first by the earlier tie and last by the later one, whichever was submitted first.
            for earlier, later in zip(BY.ties, BY.ties[1:], strict=False):
                assert first_of(earlier, later) == "first"
            assert first_of(BY.ties[-1], BY.ties[-1]) == "first"
        case "months":
            assert closed().served_since == months_before(w.CLOSES, BY.months)
        case _:
            assert (placed_in_letter() is not None) == BY.place_published


def opened() -> e.RoundOpened:
    command = c.OpenRound(
        round="round-x", title="Spring", opens_at=AT, closes_at=AT.replace(year=AT.year + 1), envelope=w.PURSE, priorities=()
    )
    (event,) = under(()).when(command, by=OMAR, at=AT).events
    assert isinstance(event, e.RoundOpened)
    return event


def is_moderated(points: int) -> bool:
    """Whether moderation is called where two people differ by so many points, and on no criterion by all there is."""
    assert BY
    weights = [one.weight for one in BY.criteria]
    below = next(one for one in product(range(5), repeat=len(CODES)) if sum(map(int.__mul__, one, weights)) == points * 5)
    first = dict.fromkeys(CODES, 5)
    second = {code: 5 - less for code, less in zip(CODES, below, strict=True)}
    file = msgspec.structs.replace(
        under(()).file(), track=by_points(), round="round-x", scores=(e.ScoresRecorded(assessor=w.TOM, scores=told(first)),)
    )
    events = record_scores(file, c.RecordScores(application=FILE, scores=told(second)), facts())
    return any(isinstance(event, e.ModerationCalled) for event in events)


def by_points() -> str:
    return next(code for code, track in PROGRAMME.tracks.items() if track.judgement == "points")


def told(scores: dict[str, int]) -> tuple[e.Score, ...]:
    return tuple(e.Score(criterion=code, score=score, reason="Read") for code, score in scores.items())


def first_of(earlier: str, later: str) -> str:
    """Which of two with equal points is ranked first: `first` is better by the one tie, `second` by the other."""
    better = {"first": earlier, "second": later if later != earlier else ""}
    order = sorted(better, key=lambda name: better[name] != "earlier")
    entries = tuple(Entry(application=name, cities=(), region=None, points=5000, passed=True) for name in order)
    standings = tuple(
        e.Standing(application=name, first_time=better[name] == "first_time", served=0 if better[name] == "least_served" else 1)
        for name in better
    )
    round = Round(id="round-x", entries=entries, closed=e.RoundClosed(standings=standings))
    return ranking(round, rubric())[0].application


def closed() -> c.CloseRound:
    round = under(did(OMAR, w.ROUND_OPENED, on=w.ROUND)).state(w.ROUND)
    assert isinstance(round, Round)
    database = Database.in_memory(VIEWS)
    try:
        with database.reading() as reading:
            return closing(reading, round, now())
    finally:
        database.close()


def placed_in_letter() -> int | None:
    """The place that the letter of a file tells that was scored and placed."""
    marks = tuple(e.Mark(criterion=code, mark=400, points=100) for code in CODES)
    scored = msgspec.structs.replace(w.MARKED, rubric="", marks=marks)
    file = msgspec.structs.replace(under(()).file(), language="en", scored=scored, placed=w.PLACED)
    scoring = _Letter(file, {}, now(), lambda text: str(text)).scoring("Spring")
    assert scoring
    return scoring.place
