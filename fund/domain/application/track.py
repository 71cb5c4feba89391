"""The track of a file, and what becomes of it on another."""

from datetime import datetime

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.moving import Changes, moved
from fund.domain.application.putting_off import asked_until
from fund.domain.application.stage import Stage

Fact = e.TrackChosen | e.TrackChanged


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.TrackChosen():
            return {"track_chosen": event}
        case e.TrackChanged():
            return _on_another_track(file, event)


def _on_another_track(file: Application, event: e.TrackChanged) -> Changes:
    """What was said stays said; what was concluded from it, with fewer assessors than the new track asks for, is open again."""
    changes: Changes = {"track": event.to_track, "track_changes": (*file.track_changes, event)}
    if event.opinions_due:
        own = {one.hub: (one.due, one.remind_at) for one in event.opinions}
        dues = ((asked, own.get(asked.hub, (event.opinions_due, event.opinions_remind_at))) for asked in file.open_opinions)
        later = {asked.hub: asked_until(asked, *due) for asked, due in dues}
        changes |= {"opinions": file.opinions | later}
    if event.reassess:
        changes |= {"findings": (), "coordination": None, "proposal": None, "approval": None}
    return moved(Stage.ASSESSMENT if event.reassess else file.stage, event) | changes
