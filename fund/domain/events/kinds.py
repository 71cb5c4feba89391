"""What the facts of one application have in common."""

from typing import ClassVar

from fund.domain.event import Event
from fund.domain.events.words import Duty


class ApplicationEvent(Event, frozen=True, kw_only=True):
    """A fact of one application."""

    duty: ClassVar[Duty | None] = None


RISK = "risk"
"""What could endanger somebody is sealed under a key of its own beside that of the application."""


class RiskEvent(ApplicationEvent, frozen=True, kw_only=True):
    """A fact of one application whose texts say what harm the support could do."""

    @property
    def key_scope(self) -> str:
        return RISK


class AwardEvent(ApplicationEvent, frozen=True, kw_only=True):
    """A fact of an award. `due` and `calendar`: of what the file waits for from then on."""
