"""By when a step is due is said by the track of the file, and by no other: what the standard track says is nothing to a file on another."""

import re

import msgspec

from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.programme import STANDARD_TRACK, Programme
from tests.domain.proof import passing
from tests.domain.world import Outcome, Scenario

OWN = "own_track"
DIGEST = re.compile(rb"[0-9a-f]{64}")


def on_its_own(programme: Programme) -> Programme:
    """What was the standard track has another name, and the standard one has longer clocks by a calendar of another name."""
    standard = programme.tracks[STANDARD_TRACK]
    days = msgspec.structs.replace(programme.calendars[standard.calendar], code="elsewhere")
    longer = {code: msgspec.structs.replace(clock, working_days=clock.working_days + 7) for code, clock in standard.clocks.items()}
    tracks = {
        STANDARD_TRACK: msgspec.structs.replace(standard, calendar="elsewhere", clocks=longer),
        OWN: standard,
    }
    return msgspec.structs.replace(programme, tracks=programme.tracks | tracks, calendars=programme.calendars | {"elsewhere": days})


def renamed(one: Event) -> Event:
    """The same on the track by its other name."""
    return msgspec.json.decode(_renamed(one), type=type(one))


def _renamed(one: object) -> bytes:
    return msgspec.json.encode(one).replace(f'"{STANDARD_TRACK}"'.encode(), f'"{OWN}"'.encode())


def moved(scenario: Scenario) -> Scenario:
    history = tuple(msgspec.structs.replace(told, event=renamed(told.event)) for told in scenario.history)
    return Scenario(history, on_its_own(scenario.programme))


def said(outcome: Outcome) -> list[bytes]:
    """What it records on the track by its other name. What was screened is named by a digest over that name, too."""
    return [DIGEST.sub(b"a digest", _renamed(told.event)) for told in outcome.recorded]


def on_the_standard_track() -> list[Outcome]:
    """Every time a step of a submitted file passed in a marked test, but where it signs for a digest of what was screened."""
    outcomes = [one for found in passing().values() for one in found if not hasattr(one.command, "screen")]
    states = [outcome.scenario.state(outcome.command.stream) for outcome in outcomes]
    return [
        outcome for outcome, state in zip(outcomes, states, strict=True) if isinstance(state, Application) and state.track == STANDARD_TRACK
    ]


def test_a_file_on_another_track_is_due_by_the_clocks_and_days_of_that_one() -> None:
    outcomes = on_the_standard_track()
    for outcome in outcomes:
        assert said(moved(outcome.scenario).when(outcome.command, by=outcome.by, at=outcome.at)) == said(outcome), outcome.command
    assert len({type(outcome.command) for outcome in outcomes}) > 60
