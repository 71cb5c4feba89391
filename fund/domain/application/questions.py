"""What the city is asked, and the clock that stands still meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Clarification, StageClock
from fund.domain.application.moving import Changes
from fund.domain.application.stage import BY_DATE, CLARIFIABLE, Stage

Fact = e.ClarificationRequested | e.ClarificationReminded | e.ClarificationAnswered | e.ClarificationWithdrawn | e.ClarificationLapsed


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ClarificationRequested():
            return clarified(file, (*file.clarifications, _question(event, actor, at)), file.due, file.calendar)
        case e.ClarificationReminded():
            changed = _changed(file, event.number, reminded=event.reminder, due=event.due, calendar=event.calendar)
            return clarified(file, changed, file.due, file.calendar)
        case e.ClarificationAnswered():
            changed = _changed(file, event.number, end="answered", ended_at=at, answer=event.answer)
            return clarified(file, changed, event.due, event.calendar)
        case e.ClarificationWithdrawn():
            return clarified(file, _changed(file, event.number, end="withdrawn", ended_at=at), event.due, event.calendar)
        case e.ClarificationLapsed():
            return clarified(file, _changed(file, event.number, end="lapsed", ended_at=event.answer_due), event.due, event.calendar)


def _question(event: e.ClarificationRequested, actor: str, at: datetime) -> Clarification:
    return Clarification(
        number=event.number,
        by=actor,
        question=event.question,
        asked_at=at,
        due=event.due,
        calendar=event.calendar,
        reminders=event.reminders,
    )


def _changed(file: Application, number: int, **changes: object) -> tuple[Clarification, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.number == number else one for one in file.clarifications)


def clarified(file: Application, questions: tuple[Clarification, ...], due: datetime | None, calendar: str) -> Changes:
    """The file waits for the first answer due; with no question open, for what its stage waits for, as the event says."""
    waiting = msgspec.structs.replace(file, clarifications=questions).open_clarifications
    if waiting:
        due, calendar = waiting[0].due, waiting[0].calendar
    return {"clarifications": questions, "due": due, "calendar": calendar}


def clock_set(file: Application, changes: Mapping[str, Any], at: datetime) -> Changes:
    """A step set the clock. A question that is open stops it at once, unless the file left the stages in which it can be asked."""
    stage, due, calendar = changes.get("stage", file.stage), changes["due"], changes["calendar"]
    since = max(at, file.sealed_until or at) if stage is Stage.ASSESSMENT else at
    clock = StageClock(since=since, due=due, calendar=calendar) if due and stage not in BY_DATE else None
    if stage in CLARIFIABLE:
        return {"clock": clock} | clarified(file, file.clarifications, due, calendar)
    overtaken = tuple(msgspec.structs.replace(one, end="overtaken", ended_at=at) if one.is_open else one for one in file.clarifications)
    return {"clock": clock, "clarifications": overtaken}
