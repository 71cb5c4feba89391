"""The people and histories of the small world under the bundled programme, as the traces need them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from fund.domain import commands as c
from fund.domain.facts import Facts
from fund.domain.programme import Calendar
from fund.domain.refusal import Refusal
from fund.domain.sections import AnySection, SafeguardAnswer, Safeguards, SafeguardSaid
from tests.domain import world as w
from tests.domain.world import AMINA, FILE, OLGA, Scenario, did, given
from tests.policy.tracing import PROGRAMME, now

CATALOGUE = PROGRAMME.catalogue
AT = datetime(CATALOGUE.valid_to.year, 3, 3, 9, tzinfo=ZoneInfo("UTC"))
PLANNED = next(entry.code for entry in CATALOGUE.results if entry.level != "impact")
CALM: dict[str, SafeguardSaid] = {
    one.code: "no" if one.risky == "yes" else "yes" for one in (PROGRAMME.safeguards.questions if PROGRAMME.safeguards else ())
}
"""Question -> the answer that is no risk."""
SAFE = Safeguards(ages=("30_plus",), answers=tuple(SafeguardAnswer(question=code, answer=said) for code, said in CALM.items()))
FORM: tuple[AnySection, ...] = (
    msgspec.structs.replace(w.APPLICANT, beneficiaries=()),
    w.NEED,
    msgspec.structs.replace(w.SUPPORT, formats=(CATALOGUE.formats[0].code,)),
    msgspec.structs.replace(
        w.ALIGNMENT,
        primary=msgspec.structs.replace(w.ALIGNMENT.primary, priority=CATALOGUE.priorities[0].code),
        secondary=(),
        results=(PLANNED,),
    ),
    SAFE,
    w.RESULTS,
    w.RESOURCES,
)
DRAFTED = w.STARTED + w.saved(*FORM)
CITIES = w.SUBMISSION.members
SUBMISSION = msgspec.structs.replace(
    w.SUBMISSION, policy=PROGRAMME.version, catalogue=CATALOGUE.version, priorities=(CATALOGUE.priorities[0].code,), region=None,
    attested=CITIES, determined=CITIES,
)  # fmt: skip


def under(history: w.History) -> Scenario:
    """The history, judged by the programme that runs now."""
    return msgspec.structs.replace(given(*history), programme=now())


def facts() -> Facts:
    return under(()).facts(OLGA, AT)


def refusal_of(rule: Callable[[], object]) -> str | None:
    """The code that a plain rule refuses with."""
    try:
        rule()
    except Refusal as refused:
        return refused.code
    return None


def saving(section: AnySection, **changes: object) -> c.SaveSection:
    return c.SaveSection(application=FILE, section=w.with_(section, **changes))


def aligned(priority: str, result: str = PLANNED) -> c.SaveSection:
    return saving(w.ALIGNMENT, primary=msgspec.structs.replace(w.ALIGNMENT.primary, priority=priority), secondary=(), results=(result,))


def submitted(draft: w.History = w.DRAFTED, **changes: object) -> w.History:
    """Complete, and everything that a machine may look for is on file, but for these changes."""
    return draft + did(AMINA, msgspec.structs.replace(SUBMISSION, **changes)) + did(OLGA, w.CONFIRMED)


def on_track(history: w.History, code: str) -> w.History:
    """The same history of a file that was submitted on this track."""
    there = msgspec.structs.replace(w.SUBMISSION, track=code)
    return tuple(msgspec.structs.replace(told, event=there) if told.event == w.SUBMISSION else told for told in history)


def counted(start: datetime, days: int, calendar: Calendar) -> date:
    """The day so many working days later, counted one by one; where none is left, the first that is one."""
    day = start.astimezone(ZoneInfo(calendar.timezone)).date()
    while days or _is_off(day, calendar):
        day += timedelta(days=1)
        days -= days > 0 and not _is_off(day, calendar)
    return day


def _is_off(day: date, calendar: Calendar) -> bool:
    return day.weekday() in calendar.weekend or day in calendar.holidays
