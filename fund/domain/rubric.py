"""The rubric of a competitive round: what is scored, what points come of it, and when two scores are too far apart.

Integers only. A score is 0 to 5; a mark is a score x100, so that the mean of two is exact; points are x100, at most 100.00 in all.
A mean that is not a whole mark is rounded half up, and points are worked out from the rounded mark: whoever reads the marks can
work them out again.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

BEST = 5
HUNDRED = 100
ANCHORED = (0, 3, 5)
"""Scores that are described in words; the others lie between."""

Tie = Literal["first_time", "least_served", "earlier"]
Short = Literal["below_mark", "below_minimum"]


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is scored. `anchors`: what a score of 0, 3 and 5 means, per language."""

    code: str
    weight: int
    titles: dict[str, str]
    anchors: dict[str, dict[str, str]]
    source: str


class Rubric(msgspec.Struct, frozen=True, kw_only=True):
    """Weights sum to 100. Passed is whoever reaches `pass_mark` points and `minimum` on the criterion `decisive`.

    Scores are moderated where their totals differ by `gap_points` points or more, or one criterion by `gap_score` or more.
    `ties`: in which order equal points are told apart; the region least served is counted over `months`.
    """

    version: str
    criteria: tuple[Criterion, ...]
    pass_mark: int
    decisive: str
    minimum: int
    gap_points: int
    gap_score: int
    ties: tuple[Tie, ...]
    months: int
    place_published: bool
    """Whether the letter says the place."""
    source: str

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(criterion.code for criterion in self.criteria)


Scores = Mapping[str, int]
"""Criterion -> score 0 to 5, of one person; or a mark x100, where several were put together."""


def marks(scores: Iterable[Scores], rubric: Rubric) -> dict[str, int]:
    """The mean of each criterion, x100, rounded half up."""
    given = tuple(scores)
    return {code: (2 * HUNDRED * sum(one[code] for one in given) + len(given)) // (2 * len(given)) for code in rubric.codes}


def points(criterion: Criterion, mark: int) -> int:
    """Points x100 for a mark x100: weight x score / 5, rounded half up."""
    return (2 * criterion.weight * mark + BEST) // (2 * BEST)


def total(given: Scores, rubric: Rubric) -> int:
    """Points x100 of all marks together."""
    return sum(points(criterion, given[criterion.code]) for criterion in rubric.criteria)


def shortfalls(given: Scores, rubric: Rubric) -> tuple[Short, ...]:
    """Why marks do not pass; empty where they do."""
    found: list[Short] = []
    if total(given, rubric) < rubric.pass_mark * HUNDRED:
        found.append("below_mark")
    if given[rubric.decisive] < rubric.minimum * HUNDRED:
        found.append("below_minimum")
    return tuple(found)


def gap(scores: Iterable[Scores], rubric: Rubric) -> int:
    """Points x100 between the highest and the lowest total."""
    totals = [total({code: one[code] * HUNDRED for code in rubric.codes}, rubric) for one in scores]
    return max(totals) - min(totals)


def disputed(scores: Iterable[Scores], rubric: Rubric) -> tuple[str, ...]:
    """Criteria on which the scores are too far apart."""
    given = tuple(scores)
    return tuple(code for code in rubric.codes if max(one[code] for one in given) - min(one[code] for one in given) >= rubric.gap_score)


def anchors_of(mark: int) -> tuple[int, ...]:
    """The score whose anchor a mark x100 meets, or the two between whose anchors it lies."""
    if mark in (score * HUNDRED for score in ANCHORED):
        return (mark // HUNDRED,)
    low = max(score for score in ANCHORED if score * HUNDRED < mark)
    return (low, min(score for score in ANCHORED if score * HUNDRED > mark))
