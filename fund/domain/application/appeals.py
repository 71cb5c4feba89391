"""Appeals against a decision."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Appeal
from fund.domain.application.moving import Changes, closed, moved
from fund.domain.application.outcome import fallen
from fund.domain.application.stage import Stage

Fact = e.AppealLodged | e.AppealWithdrawn | e.AppealAdmitted | e.AppealNotAdmitted | e.AppealDecided


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.AppealLodged():
            return moved(Stage.APPEAL_LODGED, event) | {"appeals": (*file.appeals, _appeal(file, event, at)), "override": None}
        case e.AppealWithdrawn():
            anew = {"waited": event.waited, "appeal_until": event.appeal_until}
            return closed() | {"appeals": _answered(file, event.number, outcome="withdrawn", told=True, **anew)}
        case e.AppealAdmitted():
            return moved(Stage.APPEAL, event)
        case e.AppealNotAdmitted():
            answer = {"outcome": "not_admitted", "reasons": (event.reason,), "answered_at": at}
            return moved(Stage.LETTER, event) | {"appeals": _answered(file, event.number, **answer)}
        case e.AppealDecided():
            answer = {"outcome": event.appeal_outcome, "reasons": event.reasons, "answered_at": at, "back_to": event.back_to}
            return moved(Stage.LETTER, event) | {"appeals": _answered(file, event.number, **answer)} | _reopened(file, event)


def _appeal(file: Application, event: e.AppealLodged, at: datetime) -> Appeal:
    return Appeal(
        number=event.number,
        city=event.city,
        letter=event.letter,
        at=at,
        grounds=event.grounds,
        against=event.against,
        corrections=len(file.corrections),
    )


def _answered(file: Application, number: int, **answer: object) -> tuple[Appeal, ...]:
    return tuple(msgspec.structs.replace(one, **answer) if one.number == number else one for one in file.appeals)


def _reopened(file: Application, event: e.AppealDecided) -> Changes:
    return fallen(file, event.back_to, event.checks, event.envelope) if event.back_to else {}
