"""Points of a file that competes, and its place."""

from datetime import datetime

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import StageClock
from fund.domain.application.moving import Changes, moved
from fund.domain.application.stage import Stage

Fact = e.ScoresRecorded | e.ModerationCalled | e.ModeratorAssigned | e.ModeratorLapsed | e.ModerationHeld | e.Scored | e.Placed


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ScoresRecorded():
            return {"scores": (*file.scores, event)}
        case e.ModerationCalled():
            return moved(Stage.MODERATION, event) | {"moderation": event}
        case e.ModeratorAssigned():
            own = StageClock(since=at, due=event.due, calendar=event.calendar) if event.due else None
            return {"moderator": event.moderator, "moderator_clock": own}
        case e.ModeratorLapsed():
            return {"moderator": "", "moderator_clock": None, "lapsed_moderators": (*file.lapsed_moderators, event.moderator)}
        case e.ModerationHeld():
            return {"moderated": event}
        case e.Scored():
            return moved(Stage.COORDINATION, event) | {"scored": event}
        case e.Placed():
            return moved(Stage.PROPOSAL, event) | {"placed": event}
