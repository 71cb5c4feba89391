"""Who is consulted about a file: the hubs of the regions of all its cities, and the bodies that the programme always consults.

What the register said when the file was submitted counts: the programme's version, where the cities lay, which hubs were open.
"""

from datetime import datetime, timedelta

from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.programme import Programme


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
    asked = ((hub, facts.due("hub_opinion", file, by=facts.days_of_hub(hub, file))) for hub in hubs)
    return tuple(
        e.OpinionRequested(hub=hub, due=due, calendar=days, remind_at=reminder(due, facts.programme)) for hub, (due, days) in asked
    )


def reminder(due: datetime, programme: Programme) -> datetime | None:
    """When a hub that has not answered is reminded of what is due then."""
    days = programme.consultation.silence.reminder_days
    return due - timedelta(days=days) if days else None
