"""By which days a file is counted that is judged under an earlier version of the programme. Decision record 0035.

Its rules stay those of its own version. Its days are those of the version in force: a calendar is what is known of holidays, and no rule.
"""

import msgspec

from fund.domain.programme import Calendar, Programme


def counted_by(own: Programme, in_force: Programme) -> Programme:
    """The version that a file is judged under, with its calendars as the version in force knows them."""
    calendars = {code: known_now(days, in_force.calendars.get(code, days)) for code, days in own.calendars.items()}
    return msgspec.structs.replace(own, calendars=calendars)


def known_now(days: Calendar, later: Calendar) -> Calendar:
    """The days of a place by a later version; before and after what that one covers, as they were.

    Whose days they are stays as it was. One of another time zone is of another place; one that would leave days between the two that
    nobody knows is not taken either, for nothing is guessed.
    """
    (first, last), (own_first, own_last) = later.covers, days.covers
    if later.timezone != days.timezone or (first - own_last).days > 1 or (own_first - last).days > 1:
        return days
    outside = frozenset(day for day in days.holidays if not first <= day <= last)
    return msgspec.structs.replace(
        later,
        holidays=later.holidays | outside,
        covers=(min(first, own_first), max(last, own_last)),
        countries=days.countries,
        hubs=days.hubs,
    )
