"""No file changes its track silently, none comes back to one it left, and every award stands beside its approval."""

from collections.abc import Iterator

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded

ANSWERS = (
    e.ApplicationSubmitted,
    e.SafeguardsRecorded,
    e.CheckRecorded,
    e.OpinionGiven,
    e.HubAsked,
    e.AssessmentRecorded,
    e.TrackChangeAsked,
    e.ApprovalWithheld,
    e.CityCapReached,
    e.AppealDecided,
    e.EligibilityOverridden,
    e.DecisionCorrected,
)
"""What may move a file: one of these stands before the change, in the same commit."""

APPROVALS = (e.Approved, e.ApprovedWithConditions)


class Way(msgspec.Struct):
    """Of one file: the track it is on, those it left, and the commits of its last answer and its last approval."""

    track: str = ""
    left: frozenset[str] = frozenset()
    answered: str = ""
    approved: str = ""


class Tracks:
    """Worked out from the facts of each file alone."""

    def __init__(self) -> None:
        self._files: dict[str, Way] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        event, commit = one.event, one.header.command_id
        if isinstance(event, e.AwardRecorded):
            yield from _award(self._files.get(event.application, Way()), event, commit)
        if not isinstance(event, e.ApplicationEvent):
            return
        file = self._files.setdefault(one.stream, Way())
        match event:
            case e.ApplicationSubmitted(track=track):
                if file.track and track != file.track:
                    yield f"submitted again on {track}, and was on {file.track}"
                file.track = track
            case e.TrackChosen(track=track) if track != file.track:
                yield f"{track} was chosen, and it was submitted on {file.track}"
            case e.TrackChanged():
                yield from _change(file, event, commit)
                file.track, file.left = event.to_track, file.left | {event.from_track}
        if isinstance(event, ANSWERS):
            file.answered = commit
        if isinstance(event, APPROVALS):
            file.approved = commit


def _change(file: Way, event: e.TrackChanged, commit: str) -> Iterator[str]:
    if event.from_track != file.track:
        yield f"left {event.from_track}, and was on {file.track}"
    if event.to_track in file.left:
        yield f"came back to {event.to_track}"
    if file.answered != commit:
        yield f"moved to {event.to_track} without an answer that moved it"


def _award(file: Way, event: e.AwardRecorded, commit: str) -> Iterator[str]:
    if file.approved != commit:
        yield f"an award on {event.application} without its approval"
    if event.track != file.track:
        yield f"an award of {event.track} on {event.application}, which is on {file.track}"
