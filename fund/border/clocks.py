"""Whose days a file's own clock counts."""

from fund.border.opening import Fund
from fund.domain.application import Application
from fund.domain.programme import Calendar


def days_of(fund: Fund, file: Application) -> Calendar:
    """The working days of the office, of the programme that the file is judged under, as they are known now."""
    programme = fund.handler.programme_of(file)
    return programme.calendars[programme.track(file.track).calendar]
