"""Money that the fund has."""

from datetime import date

from fund.domain import events as e
from fund.domain.commands.command import Command


class OpenEnvelope(Command, frozen=True, kw_only=True):
    verb, target, creates = "open", "envelope", True

    envelope: str = ""  # given by the handler
    title: str
    currency: str


class ReceiveContribution(Command, frozen=True, kw_only=True):
    verb, target = "receive-contribution", "envelope"

    envelope: str
    donor: str
    amount: int
    currency: str
    basis: str
    kind: e.ContributionKind = "cash"
    valuation: str = ""
    city: str | None = None
    priorities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    support_types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    spend_from: date | None = None
    spend_until: date | None = None


class ReduceContribution(Command, frozen=True, kw_only=True):
    verb, target = "reduce-contribution", "envelope"

    envelope: str
    contribution: int
    amount: int
    reason: str


class ReleaseFunds(Command, frozen=True, kw_only=True):
    verb, target = "release-funds", "envelope"

    envelope: str
    application: str
    amount: int
    reason: str


class RecordRate(Command, frozen=True, kw_only=True):
    verb, target = "record-rate", "rates"

    rates: str
    base: str
    quote: str
    rate: int
    digits: int
    on: date
    source: str
