"""What is known of the harm that the support could do."""

from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Screening
from fund.domain.application.moving import Changes
from fund.domain.screen import Help, reminded

Fact = e.SafeguardHelpAsked | e.SafeguardHelpGiven | e.SafeguardsReminded | e.SafeguardsRecorded | e.IncidentReported | e.ScreeningAsked


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.SafeguardHelpAsked():
            return {"safeguard_help": Help(hub=event.hub, questions=event.questions, due=event.due, remind_at=event.remind_at)}
        case e.SafeguardHelpGiven():
            helping = file.safeguard_help or Help(hub=event.hub, questions=(), due=at)
            return {"safeguard_help": msgspec.structs.replace(helping, given=event)}
        case e.SafeguardsReminded():
            help, screen = reminded(file.safeguard_help, file.screen, event)
            return {"safeguard_help": help, "screen": screen}
        case e.SafeguardsRecorded():
            return {"safeguards": event, "screen_again": False} | _looked_again(file)
        case e.IncidentReported() | e.ScreeningAsked():
            return _to_screen(file, event)


def _to_screen(file: Application, event: e.IncidentReported | e.ScreeningAsked) -> Changes:
    if file.award is None:
        return {}
    incidents = (*file.award.incidents, *((event,) if isinstance(event, e.IncidentReported) else ()))
    return {"award": msgspec.structs.replace(file.award, incidents=incidents, screening=Screening(due=event.due, calendar=event.calendar))}


def _looked_again(file: Application) -> Changes:
    return {"award": msgspec.structs.replace(file.award, screening=None, looked_again=True)} if file.award else {}
