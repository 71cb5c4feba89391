"""A file that ends, or stands still, without a decision on it."""

from datetime import datetime

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import Held
from fund.domain.application.moving import Changes, closed, moved
from fund.domain.application.outcome import decided, decision
from fund.domain.application.putting_off import put_off
from fund.domain.application.stage import Stage

Fact = e.ApplicationSuspended | e.ApplicationResumed | e.DraftReminded | e.Withdrawn | e.Lapsed


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ApplicationSuspended():
            return moved(Stage.ON_HOLD, event) | {"held": Held(at=at, suspended=event)}
        case e.ApplicationResumed():
            return moved(Stage(event.stage), event) | put_off(file, event, at)
        case e.DraftReminded():
            return {"due": event.due, "calendar": event.calendar, "reminded": True}
        case e.Withdrawn() | e.Lapsed() if file.submission is None:
            return closed() | {"decision": decision(event, actor, at)}
        case e.Withdrawn() | e.Lapsed():
            return moved(Stage.LETTER, event) | decided(file, event, actor, at)
