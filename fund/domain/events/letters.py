"""Letters, and how they reach a city."""

from datetime import date, datetime

from fund.domain.event import Internal, Public
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import LetterOutcome


class LetterIssued(ApplicationEvent, frozen=True, kw_only=True):
    """`sha256` is of the PDF, `blob` of the sealed file as it is stored."""

    name = "application.letter_issued.v1"
    sentence = "The letter was issued: {outcome}."

    outcome: Internal[LetterOutcome]
    language: Public[str]
    issued_on: Internal[date]
    template: Internal[str]
    renderer: Internal[str]
    sha256: Internal[str]
    blob: Internal[str]
    size: Internal[int]
    numbered_at: Internal[int] = 0
    """Version of the programme's stream whose numbers of priorities it prints."""
    deemed: Internal[datetime | None] = None
    """From when on it counts as delivered to a city that has not opened it; None where that was not counted."""
    due: Internal[datetime | None] = None
    """Of the step in which the file goes on after it: of an award that it tells of, by when the city accepts it.

    None where it goes on in none, or in one that the decision dated."""
    calendar: Internal[str] = ""
    """Of an award, of the city."""
    reminders: Internal[tuple[datetime, ...]] = ()
    """After which instants the city is reminded to accept its award."""
    report_due: Internal[datetime | None] = None
    """By when it reports, once accepted; None where the letter tells of no award, or nothing more is asked."""
    waited: Internal[tuple[str, ...]] = ()
    """Of an answer to an appeal that leaves the decision as it was: cities that have not appealed, and were in time when it was lodged.

    Their time begins anew."""
    appeal_until: Internal[datetime | None] = None
    """Until when these can appeal now; None where no city waited."""


class LetterOpened(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody who speaks for this city opened it: with the first time it is delivered to that city."""

    name = "application.letter_opened.v1"
    sentence = "{city} opened letter {letter}."

    letter: Internal[int]
    """Its number in the file, from 1."""
    city: Internal[str]
    appeal_until: Internal[datetime | None]
    """Until when this city can appeal against the decision that it tells; None where that is not foreseen."""
    calendar: Internal[str]


class LetterDeemedDelivered(ApplicationEvent, frozen=True, kw_only=True):
    """To every city of the file that had not opened it by then, whenever a machine came to record it."""

    name = "application.letter_deemed_delivered.v1"
    sentence = "Letter {letter} was not opened by every city and counts as delivered since {delivered}."

    letter: Internal[int]
    delivered: Internal[datetime]
    appeal_until: Internal[datetime | None]
    calendar: Internal[str]
