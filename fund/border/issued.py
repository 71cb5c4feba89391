"""What a file's own page tells of its way: the track and why it changed, and every letter that was issued, as one reader may know it."""

from collections.abc import Iterator
from datetime import date

import msgspec

from fund.border.seeing import Sights
from fund.domain import events as e
from fund.domain.programme import Programme
from fund.language import terms_of


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A change of track: codes and their words in the reader's language. `why`, `reason`: None where the reader may not know it."""

    at: str
    from_track: str
    to_track: str
    left: str
    track: str
    why: str | None
    reason: str | None


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """A letter. number: counted from 1."""

    number: int
    issued_on: date
    outcome: str
    language: str
    superseded: bool
    """Whether what it told is in force no more."""


def moves(sights: Sights, programme: Programme, locale: str) -> list[Move]:
    """Oldest first."""
    return list(_moves(sights, programme, locale))


def _moves(sights: Sights, programme: Programme, locale: str) -> Iterator[Move]:
    term = terms_of(programme, locale)
    for recorded, sight in sights.events():
        match recorded.event:
            case e.TrackChanged() as event:
                why = event.why if "internal" in sight.classes else None
                yield Move(
                    at=recorded.header.at.isoformat(),
                    from_track=event.from_track,
                    to_track=event.to_track,
                    left=term(f"track.{event.from_track}"),
                    track=term(f"track.{event.to_track}"),
                    why=why,
                    reason=term(f"track_reason.{why}") if why else None,
                )


def letters(sights: Sights) -> list[Issued]:
    """All that the reader may know of, oldest first."""
    seen = (recorded.event for recorded, sight in sights.events() if "internal" in sight.classes)
    issued = (event for event in seen if isinstance(event, e.LetterIssued))
    return [
        Issued(
            number=number,
            issued_on=one.issued_on,
            outcome=one.outcome,
            language=one.language,
            superseded=sights.file.is_superseded(number),
        )
        for number, one in enumerate(issued, 1)
    ]


def file_name(reference: str, number: int | None) -> str:
    return f"{reference}.pdf" if number is None else f"{reference}-{number}.pdf"
