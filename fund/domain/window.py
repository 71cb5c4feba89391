"""The window in which a city asks for support: its days can still be given on the day on which it is named and on which it is read."""

from fund.domain import calendar
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.sections import Support


def check_ahead(file: Application, support: Support, facts: Facts) -> None:
    """Nothing can be given in a window that is wholly over on this day of the city's. Only a draft can still name another."""
    if support.ends_on < calendar.local_day(facts.now, facts.days_of_city(file.city, file)):
        raise Refusal("support.window_over", field="support.ends_on", date=support.ends_on)
