"""Where a file can stand."""

from enum import StrEnum
from typing import get_args

from fund.domain import events as e


class Stage(StrEnum):
    """Where a file waits. Every stage but NEW and CLOSED has an owner, a due date and a way out (see `workflow.STAGES`)."""

    NEW = "new"
    DRAFT = "draft"
    COMPLETENESS = "completeness"
    ELIGIBILITY = "eligibility"
    ASSESSMENT = "assessment"
    MODERATION = "moderation"
    COORDINATION = "coordination"
    RANKING = "ranking"
    PROPOSAL = "proposal"
    DECISION = "decision"
    ON_HOLD = "on_hold"
    LETTER = "letter"
    DEFERRED = "deferred"
    WAITING_LIST = "waiting_list"
    OFFER = "offer"
    DELIVERY = "delivery"
    REPORTED = "reported"
    SUSPENDED = "suspended"
    TERMINATION = "termination"
    CLOSED = "closed"
    APPEAL_LODGED = "appeal_lodged"
    APPEAL = "appeal"
    CORRECTION = "correction"


CLARIFIABLE = (
    Stage.COMPLETENESS,
    Stage.ELIGIBILITY,
    Stage.ASSESSMENT,
    Stage.MODERATION,
    Stage.COORDINATION,
    Stage.RANKING,
    Stage.PROPOSAL,
    Stage.DECISION,
)
"""From submission to decision: where the city can be asked about its application."""
DECIDING_LETTERS = frozenset(get_args(e.Outcome))
"""What letters tell of decisions; others answer an appeal."""
AWARDED = (Stage.OFFER, Stage.DELIVERY, Stage.REPORTED, Stage.SUSPENDED, Stage.TERMINATION)
"""From the letter of an approval to the end of the award."""
BY_DATE = (Stage.ON_HOLD, Stage.OFFER, Stage.DELIVERY, Stage.SUSPENDED)
"""Stages that are due on a day by which the city, a suspension or a review goes: no clock of the office runs in them."""
