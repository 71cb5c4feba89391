"""Who is consulted about a file: the hubs of the regions of all its cities, and the bodies that the programme always consults.

What the register said when the file was submitted counts: the programme's version, where the cities lay, which hubs were open.
"""

from datetime import datetime

from fund.domain import calendar
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.programme import Calendar, Programme


def regions_of(file: Application, facts: Facts) -> tuple[str, ...]:
    """Regions of the lead city and of every other that would benefit, the lead's first. A city outside all of them adds none."""
    found = (facts.city(city).region for city in file.cities)
    return tuple(dict.fromkeys(region for region in found if region))


def open_hubs(regions: tuple[str, ...], facts: Facts) -> tuple[str, ...]:
    """Codes of those to consult about cities in these regions that are open now."""
    return tuple(hub.code for hub in facts.programme.hubs_for(regions) if facts.hub(hub.code).is_open)


def routed(file: Application, programme: Programme) -> tuple[str, ...]:
    """Codes of the hubs to ask, as the register had them when the file was submitted."""
    submission = file.submission
    if submission is None:
        return ()
    if submission.hubs is None:
        return tuple(hub.code for hub in programme.hubs_for((submission.region,) if submission.region else ()))
    return submission.hubs


def requests(file: Application, facts: Facts) -> tuple[e.OpinionRequested, ...]:
    """Each is asked beside the others, by its own working days. A hub that is no longer open is not asked: nobody would answer."""
    hubs = (hub for hub in routed(file, facts.programme) if facts.hub(hub).is_open)
    return tuple(_request(hub, file, facts) for hub in hubs)


def _request(hub: str, file: Application, facts: Facts) -> e.OpinionRequested:
    days = facts.days_of_hub(hub, file)
    due, stamp = facts.due("hub_opinion", file, by=days)
    return e.OpinionRequested(hub=hub, due=due, calendar=stamp, remind_at=reminder(due, days, facts.programme))


def reminder(due: datetime, days: Calendar, programme: Programme) -> datetime | None:
    """When a hub that works by these days and has not answered is reminded of what is due then."""
    return calendar.reminder(due, programme.consultation.silence.reminder_days, days)
