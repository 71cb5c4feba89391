"""What becomes of an award, from its offer to its end."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import RunningAward
from fund.domain.application.moving import Changes, closed, moved
from fund.domain.application.outcome import decided
from fund.domain.application.stage import Stage

Moving = (
    e.AwardAccepted
    | e.ReportReceived
    | e.ReportReturned
    | e.AwardSuspended
    | e.AwardResumed
    | e.TerminationAsked
    | e.AwardRelinquished
    | e.TerminationRefused
    | e.TerminationWithdrawn
)
"""What says by when the next step is due."""
Fact = (
    Moving
    | e.AwardReminded
    | e.ConditionMet
    | e.ActivityHeld
    | e.ReportMissed
    | e.AwardTerminated
    | e.AwardTurnedDown
    | e.AwardLapsed
    | e.AwardClosed
)


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    """A history that never offered an award is read all the same: what is said of one changes nothing."""
    award = file.award
    if award is None:
        return {}
    match event:
        case e.AwardTerminated():
            return moved(Stage.LETTER, event) | decided(file, event, actor, at) | {"award": _with(award, ending="terminated")}
        case e.AwardTurnedDown():
            return closed() | {"award": _with(award, ending="turned_down")}
        case e.AwardLapsed():
            return closed() | {"award": _with(award, ending="lapsed")}
        case e.AwardClosed():
            return closed() | {"award": _with(award, ending="closed")}
        case e.AwardReminded() if event.instead_of:
            return {"award": _told(award, event), "due": event.due, "calendar": event.calendar}
        case e.AwardReminded() | e.ConditionMet() | e.ActivityHeld() | e.ReportMissed():
            return {"award": _told(award, event)}
    after = _moved_award(award, event, at)
    if award.ends and after.ends:  # stopped meanwhile; the end is decided by the day on which it was to be
        return {"award": after}
    return moved(Stage.TERMINATION if after.ends else after.stage, event) | {"award": after}


def _told(award: RunningAward, event: e.AwardReminded | e.ConditionMet | e.ActivityHeld | e.ReportMissed) -> RunningAward:
    """What leaves it where it was."""
    match event:
        case e.AwardReminded():
            report_due = event.due if event.awaited == "report" else award.report_due
            return _with(award, reminded=event.reminder, report_due=report_due)
        case e.ConditionMet():
            return _with(award, met=(*award.met, event))
        case e.ActivityHeld():
            return _with(award, activities=(*award.activities, event))
        case e.ReportMissed():
            return _with(award, missed=True)


def _moved_award(award: RunningAward, event: Moving, at: datetime) -> RunningAward:
    match event:
        case e.AwardAccepted():
            return _awaiting(award, event.due, event.reminders, accepted=event, accepted_at=at)
        case e.ReportReceived():
            return _with(award, report=event, missed=False)
        case e.ReportReturned():
            return _awaiting(award, event.due, event.reminders, report=None)
        case e.AwardSuspended():
            return _with(award, suspended=event, stopped_at=award.stopped_at or at)
        case e.AwardResumed():
            return _going_on(_with(award, suspended=None), event)
        case e.TerminationAsked():
            return _with(award, termination=event, stopped_at=award.stopped_at or at)
        case e.AwardRelinquished():
            return _with(award, given_up=event, stopped_at=award.stopped_at or at)
        case e.TerminationRefused() | e.TerminationWithdrawn():
            return _going_on(_with(award, termination=None), event)


def _going_on(award: RunningAward, event: e.AwardResumed | e.TerminationRefused | e.TerminationWithdrawn) -> RunningAward:
    """Unless it is still suspended. An end that was not to be tells reminders since days are given back for it."""
    if award.suspended:
        return award
    running = _with(award, stopped_at=None)
    return running if award.report else _awaiting(running, event.due, event.reminders or award.reminders)


def _with(award: RunningAward, **changes: object) -> RunningAward:
    return msgspec.structs.replace(award, **changes)


def _awaiting(award: RunningAward, due: datetime, reminders: tuple[datetime, ...], **changes: object) -> RunningAward:
    """A report, by then. What the city was reminded of, it is not reminded of again while the day is the same.

    One that is overdue stays so until it comes, as the stream of its city has it: the rest of a day is all that it can gain.
    """
    reminded = award.reminded if award.accepted and due == award.report_due else 0
    return _with(award, report_due=due, reminders=reminders, reminded=reminded, **changes)
