"""Emergency access to a file."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import EmergencyAccess
from fund.domain.application.moving import Changes

Fact = e.EmergencyAccessAsked | e.EmergencyAccessOpened | e.EmergencyAccessClosed


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.EmergencyAccessAsked():
            asked = EmergencyAccess(number=event.number, asker=event.person, role=event.role, asked_at=at, until=event.answer_by)
            return {"emergencies": (*file.emergencies, asked)}
        case e.EmergencyAccessOpened():
            return {"emergencies": _emergency(file, event.number, opener=actor, opened_at=at, until=event.open_until)}
        case e.EmergencyAccessClosed():
            return {"emergencies": _emergency(file, event.number, closed_at=at)}


def _emergency(file: Application, number: int, **changes: object) -> tuple[EmergencyAccess, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.number == number else one for one in file.emergencies)
