"""The track that a file takes, and why it changes."""

from datetime import datetime

import msgspec

from fund.domain.event import Internal, Public, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import TrackReason


class TrackChosen(ApplicationEvent, frozen=True, kw_only=True):
    """Once, with the first submission: which rule spoke. Where the lot was asked, whoever has its seed can draw it again."""

    name = "application.track_chosen.v1"
    sentence = "The application is on the track “{track}”: {why}."

    track: Public[str]
    why: Public[TrackReason]
    seed: Internal[str] = ""
    percent: Internal[int] = 0
    drawn: Internal[bool] = False


class OpinionDue(msgspec.Struct, frozen=True, kw_only=True):
    """When an open opinion is due anew, of a hub with working days of its own."""

    hub: Internal[str]
    due: Internal[datetime]
    calendar: Internal[str]
    remind_at: Internal[datetime | None] = None
    """When it is reminded; earlier events do not say, and it was as long before."""


class TrackChanged(ApplicationEvent, frozen=True, kw_only=True):
    """A file never changes track silently, and never back. The answer that moved it stands before it in the same commit."""

    name = "application.track_changed.v1"
    sentence = "The application moved from the track “{from_track}” to “{to_track}”: {why}. The step it waits in is due by {due}."

    from_track: Public[str]
    to_track: Public[str]
    why: Internal[TrackReason]
    reassess: Public[bool]
    """Whether the assessment is open again, because the new track asks for more assessors than have spoken."""
    due: Internal[datetime]
    calendar: Internal[str]
    opinions_due: Internal[datetime | None]
    """When the opinions that are still open are due on the new track."""
    opinions: Internal[tuple[OpinionDue, ...]] = ()
    """Of hubs with working days of their own; these win."""
    opinions_remind_at: Internal[datetime | None] = None
    """When the others are reminded."""


class TrackChangeAsked(ApplicationEvent, frozen=True, kw_only=True):
    name = "application.track_change_asked.v1"
    sentence = "An officer asked for the fuller track."
    duty = "checking"

    reason: Restricted
