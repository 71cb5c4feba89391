"""Rules of what comes into an envelope and what goes back: contributions with their earmarks, reductions, releases."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.countries import COUNTRIES
from fund.domain.deferral import left_for
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.money import LARGEST
from fund.domain.programme import Entry
from fund.domain.refusal import Refusal
from fund.domain.registers import Envelope
from fund.domain.texts import says_something


def receive_contribution(envelope: Envelope, command: c.ReceiveContribution, facts: Facts) -> tuple[Event | On, ...]:
    """A city that pays for itself is a city of the register, and its money is for that city alone."""
    facts.envelope(command.envelope)
    if command.currency != envelope.currency:
        raise Refusal("money.currency_mismatch", field="currency", currency=command.currency)
    room = LARGEST - sum(pot.worth for pot in envelope.pots)
    if not 1 <= command.amount <= room:
        raise Refusal("money.out_of_range", field="amount", limit=room, currency=command.currency)
    _check_kind(command, facts)
    _check_earmark(command, facts)
    told = (On(command.city, e.CityContributed(envelope=command.envelope)),) if command.city else ()
    return (
        e.ContributionReceived(
            donor=command.donor,
            amount=command.amount,
            currency=command.currency,
            basis=command.basis,
            kind=command.kind,
            valuation=command.valuation if command.kind == "in_kind" else "",
            city=command.city or None,
            earmark=e.Earmark(
                priorities=command.priorities,
                regions=command.regions,
                support_types=command.support_types,
                countries=command.countries,
                city=command.city if command.kind == "self_funded" else None,
                spend_from=command.spend_from,
                spend_until=command.spend_until,
            ),
        ),
        *told,
    )


def _check_kind(command: c.ReceiveContribution, facts: Facts) -> None:
    if command.kind == "in_kind" and not says_something(command.valuation):
        raise Refusal("contribution.valuation_needed", field="valuation")
    if command.kind == "self_funded" and not command.city:
        raise Refusal("contribution.city_needed", field="city")
    if command.city:
        facts.city(command.city)


def _check_earmark(command: c.ReceiveContribution, facts: Facts) -> None:
    catalogue = facts.programme.catalogue
    _check_codes(command.priorities, _codes(catalogue.priorities), "priorities")
    _check_codes(command.regions, _codes(catalogue.regions), "regions")
    _check_codes(command.support_types, _codes(catalogue.support_types), "support_types")
    _check_codes(command.countries, COUNTRIES, "countries")
    if command.spend_from and command.spend_until and command.spend_until < command.spend_from:
        raise Refusal("contribution.window_reversed", field="spend_until")


def _codes(entries: tuple[Entry, ...]) -> frozenset[str]:
    return frozenset(entry.code for entry in entries)


def _check_codes(codes: tuple[str, ...], known: frozenset[str], field: str) -> None:
    if len(set(codes)) < len(codes):
        raise Refusal("code.repeated", field=field)
    for code in codes:
        if code not in known:
            raise Refusal("code.unknown", field=field, value=code)


def reduce_contribution(envelope: Envelope, command: c.ReduceContribution, facts: Facts) -> tuple[Event, ...]:
    """What is committed or held back for a file cannot be taken back."""
    facts.envelope(command.envelope)
    pot = left_for("", envelope).pot(command.contribution)
    if pot is None:
        raise Refusal("contribution.unknown", field="contribution", contribution=command.contribution)
    if not 1 <= command.amount <= pot.remaining:
        raise Refusal("contribution.committed", field="amount", available=pot.remaining, currency=envelope.currency)
    return (
        e.ContributionReduced(contribution=command.contribution, amount=command.amount, currency=envelope.currency, reason=command.reason),
    )


def release_funds(envelope: Envelope, command: c.ReleaseFunds, facts: Facts) -> tuple[Event, ...]:
    """Of a grant whose letter offered no award, as of old: any other gives back what it did not use when it ends.

    Refusals release.nothing_committed, release.by_its_end, release.exceeds_commitment. Decision record 0023.
    """
    facts.envelope(command.envelope)
    held = envelope.commitments.get(command.application, ())
    if not held:
        raise Refusal("release.nothing_committed", field="application", application=command.application)
    file = facts.application(command.application)
    if file.award or file.stage is not Stage.CLOSED:
        raise Refusal("release.by_its_end", field="application")
    committed = sum(one.amount for one in held)
    if not 1 <= command.amount <= committed:
        raise Refusal("release.exceeds_commitment", field="amount", available=committed, currency=envelope.currency)
    return (released(envelope, command.application, command.amount, command.reason),)


def released(envelope: Envelope, application: str, amount: int, reason: str) -> e.FundsReleased:
    """No more than the envelope holds for the application."""
    held = envelope.commitments.get(application, ())
    back = _given_back(held, amount)
    return e.FundsReleased(application=application, amount=amount, currency=envelope.currency, allocations=back, reason=reason)


def _given_back(held: tuple[e.Allocation, ...], amount: int) -> tuple[e.Allocation, ...]:
    """The freest money, which was drawn last, goes back first."""
    back: list[e.Allocation] = []
    for one in reversed(held):
        if amount:
            taken = min(amount, one.amount)
            back.append(e.Allocation(contribution=one.contribution, amount=taken))
            amount -= taken
    return tuple(back)
