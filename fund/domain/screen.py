"""What is known of the harm that a support could do: the level that was recorded, and what lessens it.

The risk itself stands in sealed texts; the rules see codes of answers, levels, digests and days. Decision record 0024.
"""

from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec

from fund.domain import events as e
from fund.domain.programme import SafeguardLevel

LEVELS: tuple[SafeguardLevel, ...] = ("green", "amber", "red", "black")
"""The least first."""

Stale = Literal["text", "cities", "track", "delay", "fallen"]
"""Why a level holds no longer: the form, the cities or the track are others, too much time passed, or a decision fell."""


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """A level as it was recorded; a new record begins anew."""

    recorded: e.SafeguardsRecorded
    mitigations: tuple[e.MitigationAgreed, ...] = ()

    @property
    def level(self) -> SafeguardLevel:
        return self.recorded.level


class Help(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that the city could not answer: open until a hub, or the central team, has looked into them."""

    hub: str | None
    questions: tuple[str, ...]
    due: datetime
    given: e.SafeguardHelpGiven | None = None

    @property
    def is_open(self) -> bool:
        return self.given is None


def screened(screen: Screen | None, event: e.SafeguardsRecorded | e.MitigationAgreed) -> Screen | None:
    """The screen after this fact; None where no questions were asked."""
    if isinstance(event, e.SafeguardsRecorded):
        return Screen(recorded=event) if event.questions else None
    return msgspec.structs.replace(screen, mitigations=(*screen.mitigations, event)) if screen else None


def answers_digest(questions: str, section: str, help: str = "") -> str:
    """SHA-256, lowercase hex, of one line each: the version of the questions, the digest of the city's answers, that of what helped."""
    lines = f"questions {questions}\nsafeguards {section}\n" + (f"help {help}\n" if help else "")
    return sha256(lines.encode()).hexdigest()
