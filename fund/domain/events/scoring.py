"""Points, in a competitive round."""

from datetime import datetime

import msgspec

from fund.domain.event import Internal, Public, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import Missing
from fund.domain.rubric import Short


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """One person's score of one criterion, 0 to 5."""

    criterion: Public[str]
    score: Internal[int]
    reason: Restricted


class ScoresRecorded(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.scores_recorded.v1"
    sentence = "{assessor} scored the application."
    duty = "assessing"

    assessor: Internal[str]
    scores: tuple[Score, ...]


class ModerationCalled(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.moderation_called.v1"
    sentence = "The scores are {gap} points apart: moderation is due by {due}."

    gap: Internal[int]
    """Points x100 between the highest and the lowest total."""
    criteria: Internal[tuple[str, ...]]
    """On which the scores differ too much; may be none."""
    due: Internal[datetime]
    calendar: Internal[str]


class ModeratorAssigned(ApplicationEvent, frozen=True, kw_only=True):
    """By hand, which departs from the office whose work it is, and so has its reason."""

    name = "application.moderator_assigned.v1"
    sentence = "{moderator} was asked to hold the moderation."
    duty = "checking"

    moderator: Internal[str]
    reason: Restricted
    due: Internal[datetime | None] = None
    """By when this person holds it: a whole clock of the step from now. Earlier facts do not say: then with the step."""
    calendar: Internal[str] = ""


class ModeratorLapsed(ApplicationEvent, frozen=True, kw_only=True):
    """Nobody waits for somebody who does not come: silent past their due date, or away until after it. It is any officer's work again."""

    name = "application.moderator_lapsed.v1"
    sentence = "{moderator} was to hold the moderation by {due} and makes way for somebody else: {missing}."

    moderator: Internal[str]
    missing: Internal[Missing]
    due: Internal[datetime]


class Agreed(msgspec.Struct, frozen=True, kw_only=True):
    """The score of one criterion after moderation, 0 to 5."""

    criterion: Public[str]
    score: Internal[int]


class ModerationHeld(ApplicationEvent, frozen=True, kw_only=True):
    """The original scores stay as they were recorded; these are the ones that count."""

    name = "application.moderation_held.v1"
    sentence = "{moderator} held the moderation and settled the scores."
    duty = "assessing"

    moderator: Internal[str]
    scores: tuple[Agreed, ...]
    reason: Restricted


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What one criterion came to: the mark (mean score x100) and its points x100."""

    criterion: Public[str]
    mark: Internal[int]
    points: Internal[int]


class Scored(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.scored.v1"
    sentence = "All scores are in: {points} points. Coordination is closed by {due}."

    rubric: Public[str]
    marks: tuple[Mark, ...]
    points: Internal[int]
    passed: Internal[bool]
    short: Internal[tuple[Short, ...]]
    """Why it did not pass."""
    due: Internal[datetime]
    calendar: Internal[str]


class Placed(ApplicationEvent, frozen=True, kw_only=True):
    """What the round decided about this file; `above` the line it can only be approved, below it only be refused."""

    name = "application.placed.v1"
    sentence = "Placed {place} of {files} in “{round}”; the proposal is due by {due}."

    round: Public[str]
    place: Internal[int]
    files: Internal[int]
    above: Internal[bool]
    envelope: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]
