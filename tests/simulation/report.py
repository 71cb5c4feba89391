"""What came of a simulation, for people to read."""

from collections import Counter, defaultdict

import msgspec

from fund.domain.application import Stage


class Stuck(msgspec.Struct, frozen=True):
    """A file that nobody could move, where it stood, and whether that had been announced."""

    file: str
    stage: Stage
    announced: bool


class Report(msgspec.Struct):
    """What came of it. `seconds`: of human acts, by track; `days`: calendar days from submission to the end, by track."""

    closed: int = 0
    stuck: list[Stuck] = msgspec.field(default_factory=list)
    outcomes: Counter[str] = msgspec.field(default_factory=Counter)
    events: Counter[str] = msgspec.field(default_factory=Counter)
    refused: Counter[str] = msgspec.field(default_factory=Counter)
    seconds: dict[str, list[int]] = msgspec.field(default_factory=lambda: defaultdict(list))
    days: dict[str, list[int]] = msgspec.field(default_factory=lambda: defaultdict(list))

    def lines(self) -> list[str]:
        """The report as people read it."""
        told = [f"{self.closed} files closed, {len(self.stuck)} stuck; outcomes: {dict(self.outcomes.most_common())}"]
        for track in sorted(self.seconds):
            seconds, days = sorted(self.seconds[track]), sorted(self.days[track])
            told.append(
                f"{track}: {len(seconds)} files, {sum(seconds) // len(seconds)} s of human acts on average "
                f"(p95 {seconds[len(seconds) * 95 // 100]} s), {days[len(days) // 2]} calendar days in the middle"
            )
        return told
