# ruff: noqa: F405
"""The same world where its programme asks what harm a support could do: the questions, what a form answers, and files with a level."""

from datetime import timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import programme as p
from fund.domain.screen import screen_digest
from fund.domain.sections import SafeguardAnswer, Safeguards, SafeguardSaid
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios
from tests.domain.world import _entries, _said


def question(code: str, level: p.SafeguardLevel = "amber", risky: str = "yes", **more: object) -> p.SafeguardQuestion:
    raw = {"code": code, "titles": _said(code), "level": level, "risky": risky, "source": "test", **more}
    return msgspec.convert(raw, p.SafeguardQuestion)


SAFEGUARDS = p.SafeguardPolicy(
    version="banks-1",
    ages=_entries("young", "grown"),
    questions=(
        question("GUARDS", opening=True),
        question("NAMES", opening=True, data_protection=True),
        question("YOUNG", opened_by={"ages": ["young"]}, data_protection=True),
        question("ARMED", "red", opened_by={"answers": ["GUARDS"]}),
        question("RAID", "black", opened_by={"answers": ["GUARDS"]}),
        question("ASKED", risky="no", opened_by={"formats": ["workshop"]}),
        question("FISH", opened_by={"priorities": ["FISH"]}),
        question("NORTH", opened_by={"countries": ["NO"]}),
        question("LONG", opened_by={"days": 6}),
        question("MANY", opened_by={"cities": 3}),
    ),
    raises=(
        p.Raise(code="BOTH", level="red", risks=("NAMES", "YOUNG"), source="test"),
        p.Raise(code="SEVERAL", level="red", at_least=4, source="test"),
    ),
    valid_months=2,
    help_days=2,
    screen_days=3,
    may_stop=("hub", "central"),
    source="test",
)
"""Asked of everybody: GUARDS and NAMES; of this form also ASKED, which has a workshop."""


SIGNED = msgspec.structs.replace(
    SAFEGUARDS, signatures=(p.Signatures(code="amber", by=("coordinator", "officer"), days=2, source="test"),)
)  # fmt: skip
"""The same where a hub and the central team sign what is amber."""


def said(question: str, answer: SafeguardSaid, text: str = "x") -> SafeguardAnswer:
    return SafeguardAnswer(question=question, answer=answer, text=text)


def answers(**given: SafeguardSaid) -> tuple[SafeguardAnswer, ...]:
    """Nothing that could harm anybody, but for these."""
    return tuple(said(code, answer) for code, answer in ({"GUARDS": "no", "NAMES": "no", "ASKED": "yes"} | given).items())


def form(ages: tuple[str, ...] = ("grown",), note: str = "x", **given: SafeguardSaid) -> Safeguards:
    return Safeguards(ages=ages, answers=answers(**given), data_protection=note)


CALM = form()
UNSURE = form(NAMES="unknown")


def answering(history: History, section: Safeguards = CALM) -> History:
    """The same history of a file whose form had this section as well, from the beginning."""
    last = max(at for at, told in enumerate(history) if told.stream == FILE and isinstance(told.event, e.SectionSaved))
    there = (*history[: last + 1], *saved(section), *history[last + 1 :])
    text = given(*there).file().text
    return tuple(
        msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, text=text))
        if isinstance(told.event, e.TextAccepted | e.ApplicationSubmitted)
        else told
        for told in there
    )


def screening(history: History, section: Safeguards = CALM) -> Scenario:
    """How far a file has come that answered this, in a fund that asks."""
    return given(*answering(history, section)).under(safeguards=SAFEGUARDS)


MITIGATION = c.Mitigation(text="Names stay with the school", owner="School office", due_on=date(2031, 9, 1))


def record(level: p.SafeguardLevel, *mitigations: c.Mitigation, reason: str = "Looked at") -> c.RecordSafeguards:
    return c.RecordSafeguards(application=FILE, level=level, reason=reason, mitigations=mitigations)


GREEN, AMBER, RED, BLACK = record("green"), record("amber", MITIGATION), record("red", MITIGATION), record("black")


def recorded_as(command: c.RecordSafeguards, history: History, section: Safeguards = CALM) -> Scenario:
    """The file with its level."""
    return screening(history, section).when(command, by=OLGA).after


NAMING = form(NAMES="yes")
"""Asks for amber."""


def to_sign(history: History, section: Safeguards = NAMING) -> Scenario:
    """The file with an amber level that waits for signatures."""
    return screening(history, section).under(safeguards=SIGNED).when(AMBER, by=OLGA).after


def screen_of(scenario: Scenario) -> str:
    """The digest of what is to be signed."""
    screen = scenario.file().screen
    assert screen
    return screen_digest(screen.recorded, screen.mitigations)


def to_be_reminded(history: History, section: Safeguards = NAMING) -> Scenario:
    """The same, and the day of the reminder has come."""
    waiting = to_sign(history, section)
    past = tuple(
        msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, remind_at=NOW - timedelta(days=1)))
        if isinstance(told.event, e.SignatureAsked)
        else told
        for told in waiting.history
    )
    return msgspec.structs.replace(waiting, history=past)


RISKY = form(GUARDS="yes", ARMED="yes", RAID="no")
"""Asks for red."""

# ── What is lessened once it is granted ───────────────────────────────────────


def _agreed(number: int, office: p.Office, due_on: date) -> e.MitigationAgreed:
    return e.MitigationAgreed(number=number, text="Names stay with the school", owner="School office", due_on=due_on, office=office)


LESSENED = (_agreed(1, "city", date(2031, 9, 1)), _agreed(2, "hub", date(2031, 8, 1)), _agreed(3, "centre", NOW.date()))
LOOKED_AT = did(OLGA, e.SafeguardsRecorded(level="amber", reason="x", questions="banks-1"), *LESSENED)
REMINDING_TWO = msgspec.structs.replace(SAFEGUARDS, reminder_days=2)


def _asked(number: int, city: str | None, hub: str | None, due: datetime) -> e.MitigationAsked:
    return e.MitigationAsked(number=number, city=city, hub=hub, due=due, calendar=CALENDAR, remind_at=due - timedelta(days=2))


LESSENING = (
    _asked(1, LAKESIDE, None, end_of(date(2031, 9, 1))), _asked(2, None, "north", end_of(date(2031, 8, 1))),
    _asked(3, None, None, ACCEPT_BY),
)  # fmt: skip
"""Of the city, the hub, and the central team, which is given until the city may have accepted."""


def lessening(history: History, asked: tuple[e.MitigationAsked, ...] = LESSENING) -> Scenario:
    """An award with what lessens its risks."""
    return given(*history, *LOOKED_AT, *did(TIMER, *asked)).under(safeguards=REMINDING_TWO)


REMINDED_NOW = (
    *(msgspec.structs.replace(one, remind_at=NOW - timedelta(days=1)) for one in LESSENING[:2]),
    msgspec.structs.replace(LESSENING[2], due=NOW - timedelta(days=1), remind_at=None),
)
"""Two to be reminded of, and one that is past its day."""
