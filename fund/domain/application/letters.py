"""Letters of a file and their delivery."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Appeal, RunningAward
from fund.domain.application.moving import Changes, closed
from fund.domain.application.stage import Stage

Fact = e.LetterIssued | e.LetterOpened | e.LetterDeemedDelivered


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.LetterIssued():
            return _after_letter(file, event) | {"letters": (*file.letters, event), "appeals": _told(file, event)}
        case e.LetterOpened():
            return {"opened": (*file.opened, event)}
        case e.LetterDeemedDelivered():
            return {"deemed": (*file.deemed, event)}


def _told(file: Application, letter: e.LetterIssued) -> tuple[Appeal, ...]:
    answered = file.answered_appeal
    told = {"told": True, "waited": letter.waited, "appeal_until": letter.appeal_until}
    return tuple(msgspec.structs.replace(one, **told) if one is answered else one for one in file.appeals)


def _after_letter(file: Application, letter: e.LetterIssued) -> Changes:
    """A file that was put off, or waits for money, goes on waiting; one whose appeal was upheld goes back.

    An award is offered where its letter says so; any other file is closed.
    """
    answered, decision = file.answered_appeal, file.decision
    if answered and answered.back_to:
        return {"stage": Stage(answered.back_to), "due": letter.due, "calendar": letter.calendar}
    if letter.due and letter.report_due:
        award = RunningAward(report_due=letter.report_due, reminders=letter.reminders)
        return {"stage": Stage.OFFER, "due": letter.due, "calendar": letter.calendar, "award": award}
    waiting = {"deferred": Stage.DEFERRED, "waiting_list": Stage.WAITING_LIST}
    if decision and decision.outcome in waiting:
        return {"stage": waiting[decision.outcome], "due": decision.review, "calendar": decision.calendar}
    return closed()
