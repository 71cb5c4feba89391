"""Exchange rates as dated facts: recording one, and what an amount is worth in another currency. Nothing is guessed.

Whole numbers throughout: one unit of `base` is rate / 10^digits units of `quote`.
"""

from datetime import timedelta

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.money import LARGEST, Money, exponent
from fund.domain.refusal import Refusal
from fund.domain.registers import Rates

MOST_DIGITS = 12


def record_rate(rates: Rates, command: c.RecordRate, facts: Facts) -> tuple[Event, ...]:
    """Of today or an earlier day, between two currencies that the fund works in."""
    for field, currency in (("base", command.base), ("quote", command.quote)):
        if currency not in facts.programme.limits.max_amount:
            raise Refusal("money.unknown_currency", field=field, currency=currency)
    if command.base == command.quote:
        raise Refusal("rate.same_currency", field="quote", currency=command.quote)
    if not 1 <= command.rate <= LARGEST:
        raise Refusal("rate.out_of_range", field="rate", limit=LARGEST)
    if not 0 <= command.digits <= MOST_DIGITS:
        raise Refusal("rate.out_of_range", field="digits", limit=MOST_DIGITS)
    if command.on > facts.today:
        raise Refusal("rate.not_yet", field="on")
    return (
        e.RateRecorded(
            base=command.base, quote=command.quote, rate=command.rate, digits=command.digits, on=command.on, source=command.source
        ),
    )


def exchanged(asked: Money, currency: str, facts: Facts) -> e.Exchange:
    """What was asked for in another currency, by the newest rate.

    Refusal rate.missing where none is young enough, money.currency_mismatch where the programme exchanges nothing.
    """
    policy = facts.programme.exchange
    if policy is None:
        raise Refusal("money.currency_mismatch", field="currency", currency=currency)
    found, since = facts.rates.between(asked.currency, currency), facts.today - timedelta(days=policy.max_age_days)
    if found is None or found.on < since:
        raise Refusal("rate.missing", field="currency", base=asked.currency, quote=currency, since=since)
    return e.Exchange(
        base=found.base,
        quote=found.quote,
        rate=found.rate,
        digits=found.digits,
        on=found.on,
        source=found.source,
        limit=worth(asked, currency, found),
    )


def worth(asked: Money, currency: str, rate: e.RateRecorded) -> int:
    """Whole minor units of `currency`, rounded down: nobody is given more than was asked for."""
    times, over = rate.rate, _power(rate.digits)
    if asked.currency == rate.quote:
        times, over = over, times
    return asked.amount * times * _power(exponent(currency)) // (over * _power(exponent(asked.currency)))


def _power(digits: int) -> int:
    return int(10**digits)
