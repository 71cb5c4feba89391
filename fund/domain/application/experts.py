"""Experts and peers who are asked to take part."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Invitation
from fund.domain.application.moving import Changes

Fact = e.ExpertProposed | e.ExpertAccepted | e.ExpertDeclined | e.ExpertConflicted | e.ExpertLapsed


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ExpertProposed():
            others = tuple(one for one in file.invited if one.person != event.person)
            before = next((one.left_at for one in file.invited if one.person == event.person), None)
            invited = Invitation(
                person=event.person, part=event.part, city_name=event.city_name, due=event.due, calendar=event.calendar, left_at=before
            )
            return {"invited": (*others, invited)}
        case e.ExpertAccepted():
            return {"invited": answered(file, event.person, accepted=True)}
        case e.ExpertDeclined() | e.ExpertConflicted():
            agreed = any(one.person == event.person and one.accepted for one in file.invited)
            left = {"left_at": at} if agreed else {}
            return {"invited": answered(file, event.person, accepted=False, ended=True, **left)}
        case e.ExpertLapsed():
            return {"invited": answered(file, event.person, accepted=False, ended=True)}


def answered(file: Application, person: str, **changes: object) -> tuple[Invitation, ...]:
    return tuple(msgspec.structs.replace(one, **changes) if one.person == person else one for one in file.invited)
