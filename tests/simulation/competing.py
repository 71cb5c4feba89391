"""A competitive round in the simulation: opened for a few files, closed, ranked and cut by people of the office."""

from datetime import datetime, timedelta

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.facts import Role
from fund.domain.refusal import Refusal
from fund.domain.round import Round
from tests.simulation.office import CURRENCY, Office
from tests.simulation.report import Report

ROUND_OF = 3
WINDOW = timedelta(days=20)


def opened_round(office: Office, number: int, now: datetime) -> str:
    """An officer opens it; the city's forms are filled in the currency of its envelope."""
    round = f"round-{number}"
    opened = c.OpenRound(
        round=round, title=f"Round {number}", opens_at=now, closes_at=now + WINDOW, envelope=office.envelopes[CURRENCY]
    )  # fmt: skip
    office.ask(opened, office.central[0], now)
    return round


def act_on_round(office: Office, round: str, now: datetime, report: Report) -> bool:
    """Whether somebody did something with the round itself."""
    state = office.states[round]
    assert isinstance(state, Round)
    standings = tuple(
        e.Standing(application=one.application, first_time=office.one_in(2), served=office.chance.randrange(4)) for one in state.entries
    )
    wanted: list[c.Command] = [c.CloseRound(round=round, standings=standings), c.RankRound(round=round, equity_note="As it came")]
    if state.ranked:
        passed = sum(place.passed for place in state.ranked.places)
        wanted = [c.DrawLine(round=round, places=office.chance.randint(0, passed), reasons=("So much there is.",))]
    # Whoever moderated can do no more than rank; of the others, those who decide leave it to who does not, or nobody could draw the line.
    present = sorted(office.present(now), key=lambda one: (one not in state.moderators, office.actor(one).holds(Role.APPROVER)))
    return any(record(office, command, by, now, report) for command in wanted for by in ("machine:simulation", *present))


def record(office: Office, command: c.Command, by: str, now: datetime, report: Report) -> tuple[Recorded, ...]:
    """What was recorded; nothing where it was refused, and why is counted."""
    try:
        recorded = office.ask(command, by, now)
    except Refusal as no:
        report.refused[no.code] += 1
        return ()
    report.events.update(one.event.name for one in recorded)
    return recorded
