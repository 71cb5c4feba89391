"""Envelopes, contributions, exchange rates."""

from datetime import date

import msgspec

from fund.domain.event import Event, Internal, Public
from fund.domain.events.words import ContributionKind


class EnvelopeOpened(Event, frozen=True, kw_only=True):
    name = "envelope.opened.v1"
    sentence = "The envelope “{title}” was opened in {currency}."

    title: Public[str]
    currency: Public[str]


class Earmark(msgspec.Struct, frozen=True, kw_only=True):
    """What a contribution may be spent on; whatever is left empty is any. Codes are the catalogue's, countries ISO 3166-1 alpha-2."""

    priorities: Public[tuple[str, ...]] = ()
    regions: Public[tuple[str, ...]] = ()
    support_types: Public[tuple[str, ...]] = ()
    countries: Public[tuple[str, ...]] = ()
    city: Public[str | None] = None
    """The one city that it may be spent on: the one that pays for itself."""
    spend_from: Public[date | None] = None
    spend_until: Public[date | None] = None
    """The days on which it may be committed, both included."""


class ContributionReceived(Event, frozen=True, kw_only=True):
    """One pot of the envelope. Its number is its place among the contributions, from 1."""

    name = "envelope.contribution_received.v1"
    sentence = "{donor} contributed {amount}."

    donor: Public[str]
    """A donor's code in the catalogue, or a name."""
    amount: Public[int]
    currency: Public[str]
    basis: Public[str]
    kind: Public[ContributionKind] = "cash"
    """What is given in kind is a source with a value; only money can be committed."""
    valuation: Public[str] = ""
    """How the value of what is given in kind was found."""
    city: Public[str | None] = None
    """The city of the register that gives, where one does."""
    earmark: Earmark = Earmark()


class ContributionReduced(Event, frozen=True, kw_only=True):
    """A contribution is corrected by this alone, and never below what is committed of it."""

    name = "envelope.contribution_reduced.v1"
    sentence = "Contribution {contribution} was reduced by {amount}."

    contribution: Public[int]
    amount: Public[int]
    currency: Public[str]
    reason: Public[str]


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """So much of one contribution, by its number in the envelope."""

    contribution: Internal[int]
    amount: Internal[int]


class FundsCommitted(Event, frozen=True, kw_only=True):
    """The allocations add up to the amount. Without any it drew on the contributions in the order in which they came."""

    name = "envelope.funds_committed.v1"
    sentence = "{amount} was committed to {application}."

    application: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    allocations: tuple[Allocation, ...] = ()
    on: Internal[date | None] = None
    """The day it was, where the fund's working days are counted: spend windows are held against it."""


class FundsReleased(Event, frozen=True, kw_only=True):
    """What an award did not use goes back to the contributions it came from."""

    name = "envelope.funds_released.v1"
    sentence = "Of what was committed to {application}, {amount} was released."

    application: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    allocations: tuple[Allocation, ...]
    reason: Internal[str]


class RateRecorded(Event, frozen=True, kw_only=True):
    """One unit of `base` was rate / 10^digits units of `quote` on that day. A later fact for the same day corrects it."""

    name = "rates.rate_recorded.v1"
    sentence = "The rate of {base} to {quote} on {on} was recorded ({source})."

    base: Public[str]
    quote: Public[str]
    rate: Public[int]
    digits: Public[int]
    on: Public[date]
    source: Public[str]


class FundsReserved(Event, frozen=True, kw_only=True):
    """For a file that is woken, or decided again: nobody else is woken for, or granted, the same money until this file is decided."""

    name = "envelope.funds_reserved.v1"
    sentence = "{amount} was reserved for {application}."

    application: Internal[str]
    amount: Internal[int]
    currency: Internal[str]
    allocations: tuple[Allocation, ...]


class ReservationEnded(Event, frozen=True, kw_only=True):
    name = "envelope.reservation_ended.v1"
    sentence = "The reservation for {application} ended."

    application: Internal[str]
