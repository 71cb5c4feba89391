"""What the fund asks a city about its application."""

from fund.domain.commands.command import Command


class RequestClarification(Command, frozen=True, kw_only=True):
    verb, target = "request-clarification", "application"

    application: str
    question: str


class AnswerClarification(Command, frozen=True, kw_only=True):
    verb, target = "answer-clarification", "application"

    application: str
    number: int
    """Of the question, from 1."""
    answer: str


class WithdrawClarification(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-clarification", "application"

    application: str
    number: int
    reason: str


class RemindClarification(Command, frozen=True, kw_only=True):
    verb, target = "remind-clarification", "application"

    application: str
    number: int


class LapseClarification(Command, frozen=True, kw_only=True):
    verb, target = "lapse-clarification", "application"

    application: str
    number: int
