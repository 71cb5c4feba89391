"""Competitive rounds."""

from datetime import datetime

import msgspec

from fund.domain.event import Event, Internal, Public
from fund.domain.events.words import Leaving
from fund.domain.rubric import Tie


class RoundOpened(Event, frozen=True, kw_only=True):
    """Applications are taken from `opens_at` to `closes_at`, both included. No priorities: for all of them."""

    name = "round.opened.v1"
    sentence = "The round “{title}” was opened; it takes applications until {closes_at}."

    title: Public[str]
    opens_at: Public[datetime]
    closes_at: Public[datetime]
    envelope: Internal[str]
    currency: Public[str]
    priorities: Public[tuple[str, ...]]
    rubric: Public[str]
    """Version of the rubric that all its files are scored by."""


class RoundCancelled(Event, frozen=True, kw_only=True):
    name = "round.cancelled.v1"
    sentence = "The round was cancelled: {reason}."

    reason: Public[str]


class FileEntered(Event, frozen=True, kw_only=True):
    name = "round.file_entered.v1"
    sentence = "{application} entered the round."

    application: Internal[str]
    cities: Internal[tuple[str, ...]]
    """The lead first."""
    region: Internal[str | None]


class FileScored(Event, frozen=True, kw_only=True):
    name = "round.file_scored.v1"
    sentence = "{application} was scored: {points} points."

    application: Internal[str]
    points: Internal[int]
    passed: Internal[bool]
    by: Internal[tuple[str, ...]]
    """Who scored it."""
    moderator: Internal[str | None] = None


class FileUnscored(Event, frozen=True, kw_only=True):
    """Who scored or moderated it should not have: it has no points until it is scored again."""

    name = "round.file_unscored.v1"
    sentence = "The points of {application} count no more; it is scored again."

    application: Internal[str]


class FileLeft(Event, frozen=True, kw_only=True):
    name = "round.file_left.v1"
    sentence = "{application} left the round."

    application: Internal[str]
    why: Internal[Leaving]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What tells equal points apart, as of the closing instant: anyone can count it again from the ledger.

    first_time: the lead city had never submitted before. served: approvals in its region in the months that the rubric names.
    """

    application: Internal[str]
    first_time: Internal[bool]
    served: Internal[int]


class RoundClosed(Event, frozen=True, kw_only=True):
    name = "round.closed.v1"
    sentence = "The round closed."

    standings: tuple[Standing, ...]
    served_since: Internal[datetime | None] = None
    """From when approvals in a region are counted; to the closing instant."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One file in the order of the round, with everything that decided its place."""

    application: Internal[str]
    points: Internal[int]
    passed: Internal[bool]
    first_time: Internal[bool]
    served: Internal[int]


class RoundRanked(Event, frozen=True, kw_only=True):
    """The order is computed. The equity note says how regions and first-time applicants fare in it; it changes nothing."""

    name = "round.ranked.v1"
    sentence = "The round was ranked."

    places: tuple[Place, ...]
    """Best first."""
    equity_note: Internal[str]
    ties: Internal[tuple[Tie, ...]] = ()
    """What told equal points apart, in this order."""


class LineDrawn(Event, frozen=True, kw_only=True):
    name = "round.line_drawn.v1"
    sentence = "The line was drawn below place {places}."

    places: Internal[int]
    """How many from the top."""
    reasons: Internal[tuple[str, ...]]
