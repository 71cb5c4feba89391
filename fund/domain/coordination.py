"""Rules of coordination. Support goes through a hub, or with it, where one exists (strategy: modalities, the Fund).

Where several hubs were asked one of them leads: the city has one partner to turn to, and the letter names one (decision 0012).
"""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Facts
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


def _check_none_exists(file: Application, facts: Facts) -> None:
    """No file passes by an open hub of its regions; a body that is consulted about everything is no such hub."""
    for hub in _asked_and_open(file, facts):
        if not _is_always_consulted(hub, facts):
            raise Refusal("coordination.hub_exists", field="mode", hub=hub)


def _lead(file: Application, command: c.CloseCoordination, facts: Facts) -> str:
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
