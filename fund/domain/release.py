"""What the end of an award gives back, in the commit that ends it: money to its contributions, days to the hub, and every city told."""

import msgspec

from fund.domain import events as e
from fund.domain.application import Application, Decision, RunningAward
from fund.domain.contribution import released
from fund.domain.facts import Facts, On
from fund.domain.refusal import Refusal
from fund.domain.sections import Support
from fund.domain.streams import hub_stream


class Unused(msgspec.Struct, frozen=True, kw_only=True):
    """money: minor units of `currency`. days: of the hub that leads."""

    money: int
    currency: str
    days: int


def approval(file: Application) -> Decision:
    assert file.decision, "an award follows a decision"
    return file.decision


def reserved_days(file: Application) -> int:
    """Days that a hub keeps free for the file: what the city asked for, where the hub agreed to deliver it."""
    support, closed = file.section(Support), file.coordination
    return support.days if support and closed and closed.mode == "via_hub" else 0


def reserved(file: Application) -> tuple[On, ...]:
    """The days of the hub that delivers, from the letter on."""
    days, hub = reserved_days(file), leading(file)
    return (On(hub_stream(hub), e.HubDaysReserved(application=file.id, days=days)),) if hub and days else ()


def leading(file: Application) -> str | None:
    """Code of the hub that leads, if one does."""
    return file.coordination.hub if file.coordination else None


def streams(file: Application) -> tuple[str, ...]:
    """What an end writes on besides the file and its cities."""
    hub, decision = leading(file), file.decision
    return (*((hub_stream(hub),) if hub else ()), *((decision.envelope,) if decision and decision.envelope else ()))


def unused(file: Application, spent: int, facts: Facts) -> Unused:
    """Refusal award.spent_too_much where more would have been used than the envelope holds for the file."""
    granted = approval(file)
    held = sum(one.amount for one in facts.envelope(granted.envelope or "").commitments.get(file.id, ()))
    if not 0 <= spent <= held:
        raise Refusal("award.spent_too_much", field="spent", available=held, currency=granted.currency)
    return Unused(money=held - spent, currency=granted.currency, days=unused_days(file, facts))


def unused_days(file: Application, facts: Facts) -> int:
    """Days that the hub that leads keeps free for the file and has not delivered."""
    hub = leading(file)
    kept = facts.hub(hub).days.get(file.id, 0) if hub else 0
    return max(0, kept - _delivered(file, hub))


def days_moved(file: Application, handed: e.LeadHandedOver) -> tuple[On, ...]:
    """From the hub that led to the one that leads, where the letter of the award has reserved them: what is left of what was asked for."""
    if file.award is None:
        return ()
    back = handed.days_released
    freed = (On(hub_stream(handed.hub_before), e.HubDaysReleased(application=file.id, days=back)),) if back else ()
    return (*freed, *(_kept_instead(file, file.award, handed.hub) if handed.hub and handed.mode == "via_hub" else ()))


def _kept_instead(file: Application, award: RunningAward, hub: str) -> tuple[On, ...]:
    """With what this hub delivered when it led before: it is counted of what it keeps."""
    support = file.section(Support)
    left = (support.days if support else 0) - sum(held.days for held in award.activities if held.hub)
    return (On(hub_stream(hub), e.HubDaysReserved(application=file.id, days=left + _delivered(file, hub))),) if left > 0 else ()


def _delivered(file: Application, hub: str | None) -> int:
    """Days that this hub has delivered."""
    activities = file.award.activities if file.award else ()
    return sum(held.days for held in activities if held.hub and held.hub == hub)


def given_back(file: Application, ending: e.Ending, back: Unused, facts: Facts) -> tuple[On, ...]:
    ended = e.CityAwardEnded(application=file.id, ending=ending)
    cities = (city for city in file.cities if any(one.application == file.id for one in facts.city(city).awards))
    return (*_money(file, ending, back, facts), *_days(file, back), *(On(city, ended) for city in cities))


def _money(file: Application, ending: e.Ending, back: Unused, facts: Facts) -> tuple[On, ...]:
    envelope = approval(file).envelope
    if not envelope or not back.money:
        return ()
    return (On(envelope, released(facts.envelope(envelope), file.id, back.money, ending)),)


def _days(file: Application, back: Unused) -> tuple[On, ...]:
    hub = leading(file)
    return (On(hub_stream(hub), e.HubDaysReleased(application=file.id, days=back.days)),) if hub and back.days else ()
