"""Rules of coordination. Support goes through a hub, or with it, where one exists (strategy: modalities, the Fund).

Where several hubs were asked one of them leads: the city has one partner to turn to, and the letter names one (decision 0012). Where that
one is not open any more, another leads, or none, before anything is granted or given (decision 0028).
"""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import release
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.interest import hubs_spoken_for, hubs_to_choose_from
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something


def may_close(file: Application, facts: Facts) -> None:
    for asked in file.open_opinions:
        raise Refusal("coordination.opinion_open", hub=asked.hub, due=asked.due)


def close_coordination(file: Application, command: c.CloseCoordination, facts: Facts) -> tuple[Event, ...]:
    hub = None if command.mode == "no_hub" else _lead(file, command, facts)
    if hub is None:
        _check_none_exists(file, facts)
    if command.mode != "via_hub" and not says_something(command.reason):
        raise Refusal("text.empty", field="reason")
    due, days = facts.due("ranking" if file.scored else "proposal", file)
    return (e.CoordinationClosed(mode=command.mode, hub=hub, reason=command.reason, due=due, calendar=days),)


def may_hand_over(file: Application, facts: Facts) -> None:
    if lead_not_open(file, facts) is None:
        raise Refusal("coordination.lead_is_open")


def hand_over_lead(file: Application, command: c.HandOverLead, facts: Facts) -> tuple[Event | On, ...]:
    """As coordination closes: a hub that was asked and is open, or none where there is none. Its days are kept from here on."""
    before = lead_not_open(file, facts)
    assert before, "the guard saw it"
    _check_not_theirs(file, command, facts)
    hub = None if command.mode == "no_hub" else _lead(file, command, facts)
    if hub is None:
        _check_none_exists(file, facts)
    if not says_something(command.reason):
        raise Refusal("text.empty", field="reason")
    back = release.unused_days(file, facts) if file.award else 0
    handed = e.LeadHandedOver(hub_before=before, mode=command.mode, hub=hub, reason=command.reason, days_released=back)
    return (handed, *release.days_moved(file, handed))


def lead_not_open(file: Application, facts: Facts) -> str | None:
    """The hub that leads, where it is suspended or closed: nothing is granted before another leads, or it is open again."""
    lead = release.leading(file)
    return lead if lead and not facts.hub(lead).is_open else None


def check_lead(file: Application, facts: Facts) -> None:
    """Refusal coordination.lead_not_open."""
    if lead := lead_not_open(file, facts):
        raise Refusal("coordination.lead_not_open", hub=lead)


def _check_not_theirs(file: Application, command: c.HandOverLead, facts: Facts) -> None:
    """Nobody of a hub that could come to lead chooses among them."""
    people = filter(None, (facts.actor, facts.hands))
    if any(hubs_spoken_for(one, file) & hubs_to_choose_from(file) for one in people):
        raise Refusal("conflict.paid_to_deliver", command=command.verb)


def _check_none_exists(file: Application, facts: Facts) -> None:
    """No file passes by an open hub of its regions; a body that is consulted about everything is no such hub."""
    for hub in _asked_and_open(file, facts):
        if not _is_always_consulted(hub, facts):
            raise Refusal("coordination.hub_exists", field="mode", hub=hub)


def _lead(file: Application, command: c.CloseCoordination | c.HandOverLead, facts: Facts) -> str:
    """The hub that leads: the one named, else the only one that can."""
    candidates = _candidates(file, facts)
    if not candidates:
        raise _why_not(_asked(file), "mode", facts)
    if command.hub and command.hub not in candidates:
        raise _why_not((command.hub,) if command.hub in _asked(file) else (), "hub", facts)
    able = tuple(hub for hub in candidates if command.mode == "with_hub" or file.opinions[hub].accepts_delivery)
    if not able or (command.hub and command.hub not in able):
        raise Refusal("coordination.delivery_not_accepted", field="mode", hub=command.hub or candidates[0])
    if not command.hub and len(able) > 1:
        raise Refusal("coordination.lead_needed", field="hub")
    return command.hub or able[0]


def _why_not(asked: tuple[str, ...], field: str, facts: Facts) -> Refusal:
    for hub in asked:
        if not facts.hub(hub).is_open:
            return Refusal("hub.not_open", field=field, hub=hub)
    return Refusal("coordination.no_hub_asked", field=field)


def _candidates(file: Application, facts: Facts) -> tuple[str, ...]:
    """A body that is consulted about everything leads only where it takes delivery on."""
    asked = _asked_and_open(file, facts)
    return tuple(hub for hub in asked if file.opinions[hub].accepts_delivery or not _is_always_consulted(hub, facts))


def _asked_and_open(file: Application, facts: Facts) -> tuple[str, ...]:
    return tuple(hub for hub in _asked(file) if facts.hub(hub).is_open)


def _asked(file: Application) -> tuple[str, ...]:
    return tuple(hub for hub, asked in file.opinions.items() if not asked.released)


def _is_always_consulted(code: str, facts: Facts) -> bool:
    hub = facts.programme.hub(code)
    return hub is not None and hub.consulted == "always"
