"""The stage on which the demonstration plays: a clock that the script moves, and commands under ids of their own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from fund.border.opening import Fund
from fund.domain import commands as c
from fund.ledger.handler import Reply

OPENING = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
"""A Monday within the years of the strategy."""
MOMENT = timedelta(minutes=2)
CLOSING = 17
WEEKEND = (5, 6)


class ScriptedClock:
    """Starts at the opening, goes on by a moment at each command and by days where the script says so. It keeps office hours."""

    def __init__(self, opening: datetime = OPENING) -> None:
        self.now = opening

    def __call__(self) -> datetime:
        return self.now

    def move(self, days: int = 0) -> None:
        self.now += timedelta(days=days) if days else MOMENT
        while self.now.hour >= CLOSING or self.now.weekday() in WEEKEND:
            self.now = self.now.replace(hour=OPENING.hour, minute=0) + timedelta(days=1)


class Stage:
    """What the script acts through. `told` is called after every act, to print what happened."""

    def __init__(self, fund: Fund, clock: ScriptedClock, told: Callable[[], None]) -> None:
        self.fund = fund
        self.clock = clock
        self.told = told

    def do(self, key: str, *commands: c.Command, by: str) -> Reply:
        """Once, however often the script runs: `key` is the command id."""
        self.clock.move()
        reply = self.fund.handler.handle(*commands, by=by, command_id=f"demo:{key}")
        self.told()
        return reply

    def days(self, days: int) -> None:
        """Days go by, and the machines do what has become due."""
        self.clock.move(days)
        self.work()

    def work(self) -> None:
        self.fund.worker.once()
        self.told()
