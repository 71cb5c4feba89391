"""Questions that nobody could have asked or ended by the rules, told event by event, are found over all history."""

from datetime import timedelta

import msgspec
import pytest

from fund.domain import events as e
from fund.domain.event import Event, Header, Recorded
from fund.projections.question_rules import Questions
from tests.projections.history import CLOCK, DUE, START

BEFORE, AFTER = DUE, DUE + timedelta(seconds=1)
ASKED, SECOND = (e.ClarificationRequested(number=number, question="x", reminders=(), **CLOCK) for number in (1, 2))
Ended = tuple[Event, ...]


def answered(number: int = 1, due: bool = True) -> e.ClarificationAnswered:
    return e.ClarificationAnswered(number=number, answer="x", due=DUE if due else None, calendar="office/1")


LAPSED = e.ClarificationLapsed(number=1, answer_due=DUE, **CLOCK)
REMINDABLE = msgspec.structs.replace(ASKED, reminders=(START,))
REMINDED = e.ClarificationReminded(number=1, reminder=1, **CLOCK)
PUT_OFF = msgspec.structs.replace(REMINDED, due=DUE + timedelta(days=5), instead_of=DUE)
BACK = e.ClarificationWithdrawn(number=1, reason="x", **CLOCK)
SENT_BACK = e.ReturnedForCompletion(sections=("need",), reason="x", **CLOCK)


def told(last_at: object, *events: Event) -> list[str]:
    """The last event is recorded at this instant, the others before."""
    rules, breaches = Questions(), list[str]()
    for index, event in enumerate(events, start=1):
        at = last_at if index == len(events) else START
        header = Header(event_id=f"e{index}", actor="person-x", at=at, command_id=f"c{index}", content="", policy="p")  # type: ignore[arg-type]
        breaches += rules.see(Recorded(stream="application-1", version=index, header=header, event=event, index=index))
    return breaches


HONEST: dict[str, tuple[object, Ended]] = {
    "answered in time": (BEFORE, (ASKED, answered())),
    "given up in time": (AFTER, (ASKED, LAPSED)),
    "answered late, before anybody was reminded": (AFTER, (REMINDABLE, answered())),
    "answered in the time that a late reminder left": (AFTER, (REMINDABLE, PUT_OFF, answered())),
    "given up once reminded": (AFTER, (REMINDABLE, REMINDED, LAPSED)),
    "taken back": (AFTER, (ASKED, BACK)),
    "one of two, then the other": (BEFORE, (ASKED, SECOND, answered(2, due=False), answered())),
    "the file went back": (BEFORE, (ASKED, SENT_BACK, SECOND, answered(2))),
}
BREACHES: dict[str, tuple[object, Ended, str]] = {
    "a number that was used": (BEFORE, (ASKED, ASKED), "question 1 was asked where 2 was next"),
    "an answer that nobody asked for": (BEFORE, (answered(),), "question 1 ended, which was not open"),
    "answered twice": (BEFORE, (ASKED, answered(), answered()), "question 1 ended, which was not open"),
    "answered after the file went back": (BEFORE, (ASKED, SENT_BACK, answered()), "question 1 ended, which was not open"),
    "a late answer": (AFTER, (ASKED, answered()), "question 1 was answered after its last day"),
    "a late answer to what was reminded of": (AFTER, (REMINDABLE, REMINDED, answered()), "question 1 was answered after its last day"),
    "given up sooner than a late reminder said": (AFTER, (REMINDABLE, PUT_OFF, LAPSED), "question 1 lapsed before its last day had passed"),
    "a reminder that leaves less time": (BEFORE, (REMINDABLE, PUT_OFF, REMINDED), "a reminder took time away from question 1"),
    "given up too soon": (BEFORE, (ASKED, LAPSED), "question 1 lapsed before its last day had passed"),
    "no date": (BEFORE, (ASKED, answered(due=False)), "question 1 ended with no date"),
    "a date too soon": (BEFORE, (ASKED, SECOND, answered()), "question 1 ended with a date while another is open"),
}


@pytest.mark.parametrize("case", HONEST)
def test_what_is_right_is_left_alone(case: str) -> None:
    at, events = HONEST[case]
    assert told(at, *events) == []


@pytest.mark.parametrize("case", BREACHES)
def test_what_is_wrong_is_told(case: str) -> None:
    at, events, breach = BREACHES[case]
    assert told(at, *events) == [breach]
