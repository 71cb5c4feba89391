"""Coordination that nobody could have closed by the rules, told event by event, is found over all history."""

import pytest

from fund.domain import events as e
from fund.domain.event import Event, Header, Recorded
from fund.projections.consultation_rules import Consultations
from tests.projections.history import DUE, START

NORTH, SOUTH = (e.OpinionRequested(hub=hub, due=DUE, calendar="office/1") for hub in ("north", "south"))
YES, NO = (e.OpinionGiven(hub="north", opinion="support", accepts_delivery=accepts, reason="x") for accepts in (True, False))
SILENT = e.OpinionDeemed(hub="south", due=DUE)


def closed(mode: e.Mode, hub: str | None) -> e.CoordinationClosed:
    return e.CoordinationClosed(mode=mode, hub=hub, reason="x", due=DUE, calendar="office/1")


def told(*events: Event) -> list[str]:
    rules, breaches = Consultations(), list[str]()
    for index, event in enumerate(events, start=1):
        header = Header(event_id=f"e{index}", actor="person-x", at=START, command_id=f"c{index}", content="", policy="p")
        breaches += rules.see(Recorded(stream="application-1", version=index, header=header, event=event, index=index))
    return breaches


OPENED = tuple(e.HubOpened(hub=hub, regions=("delta",), opened="2030", basis="x") for hub in ("north", "south"))
GONE = e.HubClosed(hub="north", basis="x")
LED = (*OPENED, NORTH, SOUTH, YES, SILENT, closed("via_hub", "north"))


def handed(mode: e.Mode, hub: str | None, before: str = "north") -> e.LeadHandedOver:
    return e.LeadHandedOver(hub_before=before, mode=mode, hub=hub, reason="x")


HONEST: dict[str, tuple[Event, ...]] = {
    "through the hub that accepted": (NORTH, SOUTH, YES, SILENT, closed("via_hub", "north")),
    "with a hub that was silent": (SOUTH, SILENT, closed("with_hub", "south")),
    "nobody was asked": (closed("no_hub", None),),
    "handed over from one that closed": (*LED, GONE, handed("with_hub", "south")),
    "handed over from one that is suspended": (*LED, e.HubSuspended(hub="north", reason="x"), handed("no_hub", None)),
    "handed over again": (*LED, GONE, handed("with_hub", "south"), e.HubClosed(hub="south", basis="x"), handed("no_hub", None, "south")),
    "to one that resumed": (
        *LED,
        e.HubSuspended(hub="south", reason="x"),
        e.HubResumed(hub="south", reason="x"),
        GONE,
        handed("with_hub", "south"),
    ),
}
BREACHES: dict[str, tuple[tuple[Event, ...], str]] = {
    "a hub is awaited": (
        (NORTH, SOUTH, YES, closed("via_hub", "north")),
        "coordination was closed while the opinion of south was awaited",
    ),
    "the hub did not accept": ((NORTH, NO, closed("via_hub", "north")), "delivery goes through north, which did not accept it"),
    "silence delivers": ((SOUTH, SILENT, closed("via_hub", "south")), "delivery goes through south, which did not accept it"),
    "a hub that was not asked": ((closed("with_hub", "north"),), "coordination was closed with north, which was not asked"),
    "no hub, and yet one": ((NORTH, NO, closed("no_hub", "north")), "coordination was closed as no_hub with north"),
    "a hub, and yet none": ((NORTH, NO, closed("with_hub", None)), "coordination was closed as with_hub with no hub"),
    "the lead of one that is open": ((*LED, handed("with_hub", "south")), "the lead of north was handed over, which was open"),
    "the lead of one that did not lead": (
        (*LED, GONE, e.HubClosed(hub="south", basis="x"), handed("no_hub", None, "south")),
        "the lead of south was handed over, which did not lead",
    ),
    "handed to one that is not open": (
        (*LED, GONE, e.HubSuspended(hub="south", reason="x"), handed("with_hub", "south")),
        "the lead was handed over to south, which was not open",
    ),
    "handed to one that did not accept": ((*LED, GONE, handed("via_hub", "south")), "delivery goes through south, which did not accept it"),
    "an answer nobody waited for": ((YES,), "an opinion of north was recorded, which was not awaited"),
    "an answer after silence": ((SOUTH, SILENT, SILENT), "an opinion of south was recorded, which was not awaited"),
}


@pytest.mark.parametrize("case", HONEST)
def test_what_is_right_is_left_alone(case: str) -> None:
    assert told(*HONEST[case]) == []


@pytest.mark.parametrize("case", BREACHES)
def test_what_is_wrong_is_told(case: str) -> None:
    events, breach = BREACHES[case]
    assert told(*events) == [breach]
