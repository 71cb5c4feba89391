"""Points of a file in a round."""

from fund.domain import events as e
from fund.domain.commands.command import Command


class AssignModerator(Command, frozen=True, kw_only=True):
    verb, target = "assign-moderator", "application"

    application: str
    moderator: str
    reason: str


class LapseModerator(Command, frozen=True, kw_only=True):
    verb, target = "lapse-moderator", "application"

    application: str
    moderator: str


class HoldModeration(Command, frozen=True, kw_only=True):
    verb, target = "moderate", "application"

    application: str
    scores: tuple[e.Agreed, ...]
    reason: str


class RecordScores(Command, frozen=True, kw_only=True):
    verb, target = "score", "application"

    application: str
    scores: tuple[e.Score, ...]


class PlaceInRanking(Command, frozen=True, kw_only=True):
    verb, target = "place", "application"

    application: str
