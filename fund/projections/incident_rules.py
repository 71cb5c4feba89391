"""What must hold of incidents over all history: each is looked at by its day, by somebody who reported none, before the award is closed or
goes on; and what was found then stops what it has to stop.

Worked out from the facts, and not by the rules that decided. An award that was ended early needs no look any more.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.projections.bound_rules import Found
from fund.projections.hands import Breach, acting


class Watched(msgspec.Struct):
    """One award: whether somebody is to look again by then, and what was found last while it ran."""

    accepted: bool = False
    reported_by: set[str] = msgspec.field(default_factory=set)
    look_by: datetime | None = None
    index: int = 0
    level: str = ""
    looked: frozenset[str] = frozenset()
    """Whoever recorded that level, in whosever name."""
    unsigned: set[tuple[str, str]] = msgspec.field(default_factory=set)
    suspended: bool = False


class Incidents:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._files: dict[str, Watched] = {}
        self._last: datetime | None = None

    def see(self, one: Recorded) -> Iterator[str | Breach]:
        self._last = max(self._last or one.header.at, one.header.at)
        if isinstance(one.event, e.ApplicationEvent):
            yield from self._of_file(one, self._files.setdefault(one.stream, Watched()))

    def _of_file(self, one: Recorded, file: Watched) -> Iterator[str | Breach]:
        match one.event:
            case e.AwardAccepted():
                file.accepted = True
            case e.IncidentReported() as event:
                file.reported_by |= one.header.hands
                file.look_by, file.index = event.due, one.index
            case e.ScreeningAsked() as event:
                file.look_by, file.index = event.due, one.index
            case e.SafeguardsRecorded() as event if file.accepted:
                yield from (
                    Breach(f"safeguards were looked at again by {by}, who had reported") for by in acting(one) if by in file.reported_by
                )
                file.look_by, file.level, file.looked, file.unsigned = None, event.level, one.header.hands, set()
            case e.SignatureAsked() as event if file.accepted:
                file.unsigned.add((event.role, event.screen))
            case e.SafeguardsSigned() as event:
                file.unsigned.discard((event.role, event.screen))
            case e.AwardSuspended():
                file.suspended = True
            case e.TerminationRefused() | e.TerminationWithdrawn() if not file.suspended:
                yield from _goes_on(one, file)
            case e.AwardResumed():
                file.suspended = False
                yield from _goes_on(one, file)
            case e.AwardClosed() if file.look_by:
                yield "an award was closed before somebody had looked at its safeguards again"
            case e.AwardTerminated():
                file.look_by = None

    def end(self) -> Iterator[Found]:
        for stream, file in self._files.items():
            if file.look_by and self._last and self._last > file.look_by:
                yield Found(where=stream, index=file.index, what=f"nobody looked at the safeguards again by {file.look_by:%Y-%m-%d}")


def _goes_on(one: Recorded, file: Watched) -> Iterator[str | Breach]:
    if file.look_by:
        yield "an award went on before somebody had looked at its safeguards again"
    if file.level == "black":
        yield "an award went on although its safeguards were black"
    if file.level == "amber" and file.unsigned:
        yield "an award went on before everybody who was asked had signed its safeguards"
    if file.level == "red":
        yield from (Breach(f"an award went on by {by}, who alone had found it red") for by in acting(one) if by in file.looked)
