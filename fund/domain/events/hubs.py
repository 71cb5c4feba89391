"""Hubs and their days."""

from fund.domain.event import Event, Internal, Public


class HubOpened(Event, frozen=True, kw_only=True):
    name = "hub.opened.v1"
    sentence = "{hub} opened ({opened})."

    hub: Public[str]
    """Code in the catalogue."""
    regions: Public[tuple[str, ...]]
    opened: Public[str]
    basis: Public[str]


class HubSuspended(Event, frozen=True, kw_only=True):
    """It answers nothing until it resumes; what is asked of it is taken over."""

    name = "hub.suspended.v1"
    sentence = "{hub} was suspended."

    hub: Public[str]
    reason: Internal[str]


class HubResumed(Event, frozen=True, kw_only=True):
    name = "hub.resumed.v1"
    sentence = "{hub} resumed its work."

    hub: Public[str]
    reason: Internal[str]


class HubClosed(Event, frozen=True, kw_only=True):
    name = "hub.closed.v1"
    sentence = "{hub} closed: {basis}."

    hub: Public[str]
    basis: Public[str]


class HubDaysReserved(Event, frozen=True, kw_only=True):
    """Of its people's time, for an award that it leads and agreed to deliver."""

    name = "hub.days_reserved.v1"
    sentence = "Days kept free for {application}: {days}."

    application: Internal[str]
    days: Internal[int]


class HubDaysReleased(Event, frozen=True, kw_only=True):
    """What an award did not use of them."""

    name = "hub.days_released.v1"
    sentence = "Days kept for {application} and not used: {days}."

    application: Internal[str]
    days: Internal[int]
