"""How many applications there are, and where: numbers for everybody. Only counts leave this module, never a row."""

import msgspec
from sqlalchemy import Connection, func, select

from fund.domain.application import Application
from fund.projections.batch import Batch
from fund.projections.database import Reading
from fund.projections.table import Shape, upsert
from fund.projections.view import Tables, View

DIMENSIONS = ("stage", "outcome", "region", "priority", "month")


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted of one file. Region, priority and month (of the last submission, UTC) are None until it is submitted."""

    stream: str
    stage: str
    outcome: str | None
    region: str | None
    priority: str | None
    month: str | None


class Pipeline(msgspec.Struct, frozen=True, kw_only=True):
    """Value -> number of applications. `regions` and `priorities` are of submitted ones; None is a city outside every region."""

    total: int
    submitted: int
    stages: dict[str, int]
    outcomes: dict[str, int]
    regions: dict[str | None, int]
    priorities: dict[str, int]
    months: dict[str, int]


def apply(connection: Connection, tables: Tables, batch: Batch) -> None:
    upsert(connection, tables[Counted], [_counted(file) for file, _ in batch.of(Application)])


def _counted(file: Application) -> Counted:
    submission = file.submission
    return Counted(
        stream=file.id,
        stage=str(file.stage),
        outcome=file.decision.outcome if file.decision else None,
        region=submission.region if submission else None,
        priority=submission.priorities[0] if submission and submission.priorities else None,
        month=file.submitted_at.strftime("%Y-%m") if file.submitted_at else None,
    )


VIEW = View("pipeline", 1, (Shape(Counted, ("stream",)),), apply)


def counts(reading: Reading) -> Pipeline:
    """All numbers of one instant, each map in the order of its keys."""
    table = reading.table(Counted)
    columns = [table.c[name] for name in DIMENSIONS]
    cells = [(count, values) for count, *values in reading.connection.execute(select(func.count(), *columns).group_by(*columns))]
    by: list[dict[str | None, int]] = [{} for _ in DIMENSIONS]
    submitted = 0
    for count, values in cells:
        handed_in = values[-1] is not None
        submitted += count if handed_in else 0
        for name, value, sums in zip(DIMENSIONS, values, by, strict=True):
            if value is not None or (name == "region" and handed_in):
                sums[value] = sums.get(value, 0) + count
    stages, outcomes, regions, priorities, months = ({key: sums[key] for key in sorted(sums, key=lambda k: k or "")} for sums in by)
    return Pipeline(
        total=sum(count for count, _ in cells),
        submitted=submitted,
        stages=_named(stages),
        outcomes=_named(outcomes),
        regions=regions,
        priorities=_named(priorities),
        months=_named(months),
    )


def _named(sums: dict[str | None, int]) -> dict[str, int]:
    return {key: count for key, count in sums.items() if key is not None}
