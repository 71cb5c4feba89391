"""Partner cities of a file: invited, accepting its text, leaving."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Partner
from fund.domain.application.moving import Changes

Fact = e.PartnerInvited | e.TextAccepted | e.AcceptanceRecorded | e.PartnerLeft


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.PartnerInvited():
            return _partner(file, Partner(city=event.city))
        case e.TextAccepted():
            return _accepted(file, event)
        case e.AcceptanceRecorded():
            return _accepted(file, event) | {"papers": file.papers | {event.paper: event.text}}
        case e.PartnerLeft():
            was = file.partners.get(event.city) or Partner(city=event.city)
            return _partner(file, msgspec.structs.replace(was, left=event))


def _accepted(file: Application, event: e.TextAccepted | e.AcceptanceRecorded) -> Changes:
    on_paper = isinstance(event, e.AcceptanceRecorded)
    return _partner(file, Partner(city=event.city, text=event.text, accepted=file.digests, on_paper=on_paper))


def _partner(file: Application, partner: Partner) -> Changes:
    return {"partners": file.partners | {partner.city: partner}}
