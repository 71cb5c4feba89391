"""The files somebody may see, page by page, without looking at all of them."""

import heapq

import msgspec

from fund.api import files
from fund.border.opening import Fund
from fund.border.seeing import Sights
from fund.domain.facts import Actor, Role
from fund.domain.visibility import STAFF, Reader, reader
from fund.projections import application_file, city_register
from fund.projections.application_file import File, Filters
from fund.projections.database import Reading

LOOKED_AT = 2_000
"""Rows that one request looks at, at most. Then the page ends early, and says where the next one begins."""


def files_for(
    fund: Fund, reading: Reading, actor: Actor, stage: str | None, before: int | None, limit: int
) -> tuple[list[File], int | None]:
    """Newest first, and the `before` of the page that follows, None after the last."""
    found: list[File] = []
    wanted = _wanted(reading, actor, stage)
    for _ in range(LOOKED_AT // limit + 1):
        rows = _merged(reading, wanted, before, limit)
        for row in rows:
            before = row.started
            if theirs := _as_theirs(fund, actor, row):
                found.append(theirs)
            if len(found) == limit:
                return found, before
        if len(rows) < limit:
            return found, None
    return found, before


def _wanted(reading: Reading, actor: Actor, stage: str | None) -> list[Filters]:
    """Selections that together hold everything they may see: for a city's people its files and those it was invited to, for a hub's
    those it was asked about, for everybody those that they assess or are asked to take part in."""
    if any(actor.holds(role) for role in STAFF):
        return [Filters(stage=stage)]
    cities = [one.city for one in city_register.represented_by(reading, actor.id)]
    hubs = sorted(scope for role, scope in actor.roles if role == Role.COORDINATOR and scope)
    by_city, by_hub = [Filters(stage=stage, city=city) for city in cities], [Filters(stage=stage, hub=hub) for hub in hubs]
    by_partner = [Filters(stage=stage, partner=city) for city in cities]
    return [*by_city, *by_partner, *by_hub, Filters(stage=stage, person=actor.id)]


def _merged(reading: Reading, wanted: list[Filters], before: int | None, limit: int) -> list[File]:
    each = [application_file.listed(reading, filters, before=before, limit=limit) for filters in wanted]
    merged: dict[str, File] = {}
    for row in heapq.merge(*each, key=lambda row: -row.started):
        merged.setdefault(row.stream, row)
    return list(merged.values())[:limit]


def _as_theirs(fund: Fund, actor: Actor, row: File) -> File | None:
    """The row as they may know it; None where the file does not exist for them.

    Experts are not told of every answer. They alone are not: nobody else's history is read for a list.
    """
    file = application_file.opened_state(row)
    cities = files.cities_of(fund, file)
    capacity = reader(actor, file, cities)
    if capacity is Reader.EXPERT and row.outcome:
        decision = Sights(fund, actor, file, cities).state().decision
        row = msgspec.structs.replace(row, outcome=decision.outcome if decision else None)
    return None if capacity is Reader.STRANGER else row
