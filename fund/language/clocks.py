"""The clock of a stage in words: why it is where it is, and when the stage is due."""

from fund.domain.clock import Reading
from fund.language import formats
from fund.language.catalogues import N_, message

RAN = N_("Day {day} of {allowed}.")
STOOD = N_("Day {day} of {allowed}: {running} running, {stops}.")
BY = N_("{days} stopped by question {question}")
DUE = N_("Due by {due}.")
STANDS = N_("The time stands still until every question is answered. This step is then due by {due} at the latest.")


def clock_told(locale: str, reading: Reading, timezone: str) -> str:
    """“Day 23 of 30: 14 running, 9 stopped by question 2. Due by 4 May 2026.” timezone: where its days are counted."""
    due = formats.format_date(locale, reading.projected, timezone)
    return f"{_day(locale, reading)} {message(locale, STANDS if reading.stands else DUE, due=due)}"


def _day(locale: str, reading: Reading) -> str:
    def number(n: int) -> str:
        return formats.format_number(locale, n)

    stops = [message(locale, BY, days=number(stop.days), question=number(stop.question)) for stop in reading.stops]
    said = {"day": number(reading.day), "allowed": number(reading.allowed), "running": number(reading.running)}
    return message(locale, STOOD, stops=formats.format_list(locale, stops), **said) if stops else message(locale, RAN, **said)
