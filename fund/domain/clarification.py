"""Questions to the city: asked, answered, taken back, reminded of, lapsed. While one is open, the clock of the file's stage stands still.

An answer is due by the working days of the city, the file by those of the office. What ends the last open question records when the
stage is due now; a question that ran out stopped the clock until its answer was due, whenever a machine came to say so. No answer is late
before its last reminder was given. Records 0019 and 0036.
"""

from datetime import datetime

import msgspec

from fund.domain import calendar, clock, notice
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Clarification, QuestionEnd
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal


def request(file: Application, command: c.RequestClarification, facts: Facts) -> tuple[Event, ...]:
    days, allowed = facts.days_of_city(file.city, file), facts.programme.questions
    return (
        e.ClarificationRequested(
            number=len(file.clarifications) + 1,
            question=command.question,
            due=calendar.due(facts.now, allowed.answer_days, days),
            calendar=days.stamp,
            reminders=tuple(calendar.due(facts.now, after, days) for after in allowed.reminders),
        ),
    )


def may_answer(file: Application, facts: Facts) -> None:
    if not file.open_clarifications:
        raise Refusal("clarification.none_open")
    if all(asked.is_late(facts.now) for asked in file.open_clarifications):
        raise Refusal("clarification.too_late")


def answer(file: Application, command: c.AnswerClarification, facts: Facts) -> tuple[Event, ...]:
    asked = _open(file, command.number)
    if asked.is_late(facts.now):
        raise Refusal("clarification.too_late", field="number")
    due, days = _runs_again(file, asked, "answered", facts)
    return (e.ClarificationAnswered(number=asked.number, answer=command.answer, due=due, calendar=days),)


def may_withdraw(file: Application, facts: Facts) -> None:
    if not file.open_clarifications:
        raise Refusal("clarification.none_open")


def withdraw(file: Application, command: c.WithdrawClarification, facts: Facts) -> tuple[Event, ...]:
    asked = _open(file, command.number)
    due, days = _runs_again(file, asked, "withdrawn", facts)
    return (e.ClarificationWithdrawn(number=asked.number, reason=command.reason, due=due, calendar=days),)


def may_remind(file: Application, facts: Facts) -> None:
    if not any(asked.to_remind(facts.now) for asked in file.open_clarifications):
        raise Refusal("clarification.none_to_remind")


def remind(file: Application, command: c.RemindClarification, facts: Facts) -> tuple[Event, ...]:
    asked = _open(file, command.number)
    if not asked.to_remind(facts.now):
        raise Refusal("clarification.none_to_remind", field="number")
    passed, days = notice.passed(asked.reminders, facts.now), facts.days_stamped(asked.calendar, file)
    due = notice.due_after(asked.reminders, passed, asked.due, facts.now, days)
    if due == asked.due:
        return (e.ClarificationReminded(number=asked.number, reminder=passed, due=due, calendar=asked.calendar),)
    return (e.ClarificationReminded(number=asked.number, reminder=passed, due=due, calendar=days.stamp, instead_of=asked.due),)


def may_lapse(file: Application, facts: Facts) -> None:
    if not any(asked.is_late(facts.now) for asked in file.open_clarifications):
        raise Refusal("clarification.none_overdue")


def lapse(file: Application, command: c.LapseClarification, facts: Facts) -> tuple[Event, ...]:
    asked = _open(file, command.number)
    if not asked.is_late(facts.now):
        raise Refusal("clarification.not_overdue", field="number", due=asked.due)
    due, days = _runs_again(file, asked, "lapsed", facts)
    return (e.ClarificationLapsed(number=asked.number, answer_due=asked.due, due=due, calendar=days),)


def _open(file: Application, number: int) -> Clarification:
    asked = next((one for one in file.clarifications if one.number == number), None)
    if asked is None:
        raise Refusal("clarification.unknown", field="number", number=number)
    if not asked.is_open:
        raise Refusal("clarification.ended", field="number", number=number)
    return asked


def _runs_again(file: Application, ending: Clarification, end: QuestionEnd, facts: Facts) -> tuple[datetime | None, str]:
    """When the stage is due once this question has ended, and by which calendar; None and empty while another is open."""
    if len(file.open_clarifications) > 1:
        return None, ""
    ended = msgspec.structs.replace(ending, end=end, ended_at=facts.now)
    after = tuple(ended if one.number == ending.number else one for one in file.clarifications)
    days = facts.days(file)
    return clock.due(msgspec.structs.replace(file, clarifications=after), days), days.stamp
