"""What a commitment may draw on: only money that is given for such a purpose, on a day on which it may be spent.

Given in kind is a source, and no money. A city that pays for itself pays for no other. Of what may be used, the most narrowly
earmarked and earliest ending goes first, so that free money stays free.
"""

from datetime import date

import msgspec

from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import Envelope, Pot


class Purpose(msgspec.Struct, frozen=True, kw_only=True):
    """What money would be spent on. `priority`: the primary one, by which a file is decided. `regions` holds None for a city in none."""

    cities: frozenset[str]
    countries: frozenset[str]
    regions: frozenset[str | None]
    priority: str
    support_type: str | None = None


def purpose_of(file: Application, facts: Facts) -> Purpose:
    """Of the file as it stands; every city of it counts. The type of support is what the proposal says, None before there is one."""
    registered = [city.registered for city in map(facts.city, file.cities) if city.registered]
    return Purpose(
        cities=frozenset(file.cities),
        countries=frozenset(city.country for city in registered),
        regions=frozenset(city.region for city in registered),
        priority=file.submission.priorities[0] if file.submission and file.submission.priorities else "",
        support_type=file.proposal.support_type if file.proposal else None,
    )


def serves(earmark: e.Earmark, purpose: Purpose) -> bool:
    """Whether all of the purpose lies within the earmark: one city outside a region is enough to break it."""
    return (
        (earmark.city is None or purpose.cities == {earmark.city})
        and (not earmark.priorities or purpose.priority in earmark.priorities)
        and (not earmark.support_types or purpose.support_type in earmark.support_types)
        and (not earmark.regions or purpose.regions <= set(earmark.regions))
        and (not earmark.countries or purpose.countries <= set(earmark.countries))
    )


def is_open(earmark: e.Earmark, day: date) -> bool:
    return (earmark.spend_from or date.min) <= day <= (earmark.spend_until or date.max)


def usable(envelope: Envelope, purpose: Purpose, today: date) -> tuple[Pot, ...]:
    """The contributions with money left that may be spent on this today, in the order in which they are drawn on."""
    open_today = (pot for pot in envelope.pots if pot.is_money and pot.remaining > 0 and is_open(pot.given.earmark, today))
    return tuple(sorted((pot for pot in open_today if serves(pot.given.earmark, purpose)), key=_freedom))


def _freedom(pot: Pot) -> tuple[bool, int, int, date, int]:
    """Least free first: a city's own, then by how many things are limited, by how many ways are left, by the last day."""
    earmark = pot.given.earmark
    limits = [codes for codes in (earmark.priorities, earmark.regions, earmark.support_types, earmark.countries) if codes]
    return earmark.city is None, -len(limits), sum(map(len, limits)), earmark.spend_until or date.max, pot.number


def available(envelope: Envelope, purpose: Purpose, today: date) -> int:
    """Minor units of the envelope's currency that may be committed to this today."""
    return sum(pot.remaining for pot in usable(envelope, purpose, today))


def allocation(envelope: Envelope, purpose: Purpose, amount: int, today: date) -> tuple[e.Allocation, ...]:
    """How much of which contribution a commitment draws on.

    Refusal envelope.insufficient where the balance is too small, envelope.earmarked where it is there for something else.
    """
    if amount > envelope.balance:
        raise Refusal("envelope.insufficient", balance=envelope.balance, amount=amount, currency=envelope.currency)
    free = available(envelope, purpose, today)
    if amount > free:
        others = _others(envelope, purpose, today)
        raise Refusal("envelope.earmarked", available=free, amount=amount, currency=envelope.currency, earmarks=others)
    return _drawn(usable(envelope, purpose, today), amount)


def _drawn(pots: tuple[Pot, ...], amount: int) -> tuple[e.Allocation, ...]:
    drawn: list[e.Allocation] = []
    for pot in pots:
        if amount:
            taken = min(amount, pot.remaining)
            drawn.append(e.Allocation(contribution=pot.number, amount=taken))
            amount -= taken
    return tuple(drawn)


def _others(envelope: Envelope, purpose: Purpose, today: date) -> tuple[e.Earmark, ...]:
    """What the money is for that is there and may not be spent on this today."""
    left = (pot for pot in envelope.pots if pot.is_money and pot.remaining > 0)
    return tuple(
        dict.fromkeys(pot.given.earmark for pot in left if not (serves(pot.given.earmark, purpose) and is_open(pot.given.earmark, today)))
    )
