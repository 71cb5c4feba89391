"""What most steps do to a file: they move it to a stage that is due by a day."""

from datetime import datetime
from typing import Protocol

from fund.domain.application.stage import Stage

Changes = dict[str, object]
"""Field of the file -> what it is after a fact."""


class Due(Protocol):
    """A fact that says by when the next step is due, and by which calendar."""

    @property
    def due(self) -> datetime | None: ...

    @property
    def calendar(self) -> str: ...


def moved(stage: Stage, event: Due) -> Changes:
    return {"stage": stage, "due": event.due, "calendar": event.calendar}


def closed() -> Changes:
    return {"stage": Stage.CLOSED, "due": None, "calendar": ""}
