"""What the fund does by itself with a round: it closes once its time has passed, and each file learns its place below or above the line.

The command id names the cause, so that a reaction happens once however often it is tried.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from fund.domain import commands as c
from fund.domain.application import Application, Stage
from fund.domain.programme import Programme
from fund.domain.round import Round, months_before
from fund.projections import rounds
from fund.projections.database import Reading

ACTOR = "machine:rounds"
SETTLED = timedelta(seconds=10)
"""After the closing instant, what was recorded before it is there: a command gives up after two seconds."""


def to_close(reading: Reading, now: datetime) -> Iterator[Round]:
    """Rounds whose closing instant has passed and that no machine has closed yet."""
    for row in rounds.listed(reading):
        if row.phase == "open" and row.closes_at + SETTLED < now:
            yield rounds.opened_state(row)


def closing(reading: Reading, round: Round, programme: Programme) -> c.CloseRound:
    """The standings of every file that entered, counted from the ledger's own views as of the closing instant."""
    assert round.opened, "only rounds that were opened are listed"
    until = round.opened.closes_at
    since = months_before(until, programme.rubric.months if programme.rubric else 0)
    standings = tuple(rounds.standing(reading, entry, since, until) for entry in round.entries)
    return c.CloseRound(round=round.id, standings=standings, served_since=since)


def placing(file: Application, round: Round) -> c.PlaceInRanking | None:
    return c.PlaceInRanking(application=file.id) if file.stage is Stage.RANKING and round.line else None
