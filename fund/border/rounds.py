"""A round as one reader may see it: its files and places, numbers, or only what the public knows of it."""

from functools import cache, partial

import msgspec

from fund.border.opening import Fund
from fund.domain.application import Application
from fund.domain.facts import Actor
from fund.domain.registers import City
from fund.domain.round import Entry, Round
from fund.domain.visibility import RoundSight, round_sight
from fund.projections import rounds


class FileInRound(msgspec.Struct, frozen=True, kw_only=True):
    """One file. points: x100, null until it is scored. above: whether it is above the line, null until that is drawn."""

    reference: str
    city: str
    region: str | None
    points: int | None
    passed: bool | None
    left: str | None
    place: int | None
    above: bool | None


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """How many files are in it, have points, passed, and are above the line (null until that is drawn)."""

    files: int
    scored: int
    passed: int
    above: int | None


class RoundTold(msgspec.Struct, frozen=True, kw_only=True):
    """A round. `numbers` is for staff; `envelope`, `files` (in the order of their places, then of submission) and `equity_note` are for
    staff who belong to no city in it and have a part in each of its files."""

    id: str
    title: str
    phase: str
    opens_at: str
    closes_at: str
    currency: str
    priorities: tuple[str, ...]
    rubric: str
    version: int
    numbers: Numbers | None = None
    envelope: str | None = None
    files: list[FileInRound] | None = None
    equity_note: str | None = None


def told(fund: Fund, actor: Actor | None, row: rounds.RoundRow) -> RoundTold:
    """actor: None is somebody without a token."""
    round = rounds.opened_state(row)
    assert round.opened, "only rounds that were opened have a row"
    public = RoundTold(
        id=row.id,
        title=row.title,
        phase=row.phase,
        opens_at=row.opens_at.isoformat(),
        closes_at=row.closes_at.isoformat(),
        currency=round.opened.currency,
        priorities=round.opened.priorities,
        rubric=round.opened.rubric,
        version=row.version,
    )
    of = cache(partial(_application, fund))
    files = (of(entry.application) for entry in round.entries)
    sight = round_sight(actor, round, _cities(fund, round), files) if actor else RoundSight.PUBLIC
    if sight is RoundSight.PUBLIC:
        return public
    numbered = msgspec.structs.replace(public, numbers=_numbers(round))
    if sight is RoundSight.NUMBERS:
        return numbered
    return msgspec.structs.replace(
        numbered,
        envelope=round.opened.envelope,
        files=[_file(of(entry.application), round, entry) for entry in _in_order(round)],
        equity_note=round.ranked.equity_note if round.ranked else None,
    )


def _cities(fund: Fund, round: Round) -> list[City]:
    states = (fund.handler.load(id).state for id in sorted(round.cities))
    return [state for state in states if isinstance(state, City)]


def _numbers(round: Round) -> Numbers:
    running = round.running
    return Numbers(
        files=len(running),
        scored=sum(entry.points is not None for entry in running),
        passed=sum(entry.passed for entry in running),
        above=sum(round.is_above(entry.application) for entry in running) if round.line else None,
    )


def _in_order(round: Round) -> list[Entry]:
    last = len(round.entries) + 1
    return sorted(round.entries, key=lambda entry: round.place(entry.application) or last)


def _application(fund: Fund, id: str) -> Application:
    file = fund.handler.load(id).state
    return file if isinstance(file, Application) else Application()


def _file(file: Application, round: Round, entry: Entry) -> FileInRound:
    return FileInRound(
        reference=file.reference or entry.application,
        city=entry.cities[0],
        region=entry.region,
        points=entry.points,
        passed=entry.passed if entry.points is not None else None,
        left=entry.left,
        place=round.place(entry.application),
        above=round.is_above(entry.application) if round.line else None,
    )
