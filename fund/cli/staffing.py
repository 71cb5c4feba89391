"""`fund staffing`: whether the people there are can finish every track, whoever is absent and whoever is conflicted."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from fund.border.opening import Fund
from fund.cli.session import NO, end, guarded, say, session, settings, show
from fund.domain import streams
from fund.domain.programme import Programme
from fund.domain.registers import Hub, Person
from fund.domain.staffing import Member, shortages
from fund.domain.workflow import APPLICATION_STEPS
from fund.policy import load
from fund.projections import people

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@guarded
def staffing(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="The programme in force where it is left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Whether each track can be finished by the people there are, with any one of them absent and any other conflicted."""
    programme = load(folder or settings().programme)
    with session.fund() as fund:
        fund.runner.catch_up()
        members = people_there_are(fund, programme)
    found = shortages(programme, members, APPLICATION_STEPS)
    if as_json:
        tracks = [
            {"track": track, "ok": not needs, "needs": [{"role": one.role, "more": one.more, "duties": list(one.duties)} for one in needs]}
            for track, needs in found.items()
        ]
        show({"ok": not any(found.values()), "people": len(members), "tracks": tracks})
    else:
        for track, needs in found.items():
            missing = "; ".join(f"{one.more} more {one.role} for {', '.join(one.duties)}" for one in needs)
            say(f"{track}: {missing or 'can be finished'}")
    if any(found.values()):
        end(NO)


def people_there_are(fund: Fund, programme: Programme) -> tuple[Member, ...]:
    """Everybody who holds a role, people of hubs that are not open and people who are away for as long as the longest track left out."""
    today = fund.now().date()
    longest = max(track.total_working_days for track in programme.tracks.values())
    with fund.views.reading() as reading:
        ids = people.staff(reading)
    states = (fund.handler.load(id).state for id in ids)
    found = (_member(fund, one, today, today + timedelta(days=longest)) for one in states if isinstance(one, Person))
    return tuple(one for one in found if one)


def _member(fund: Fund, person: Person, first: date, last: date) -> Member | None:
    roles = frozenset((role, scope) for role, scope in person.roles if scope is None or _is_open(fund, scope))
    if not roles or person.is_away_throughout(first, last):
        return None
    return Member(id=person.id, roles=roles, cities=fund.actor(person.id).cities)


def _is_open(fund: Fund, hub: str) -> bool:
    state = fund.handler.load(streams.hub_stream(hub)).state
    return isinstance(state, Hub) and state.is_open
