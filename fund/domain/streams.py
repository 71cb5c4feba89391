"""Streams: their kinds, their ids, and how each kind is folded."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from fund.domain import application, registers
from fund.domain.event import Recorded
from fund.domain.round import Round, evolve_round

State = (
    application.Application
    | registers.City
    | registers.Hub
    | registers.Envelope
    | registers.Person
    | registers.Adoption
    | registers.Rates
    | Round
)


class Kind(NamedTuple):
    """A kind of stream: the state before its first event, and its fold."""

    initial: State
    # Any: each fold takes and gives its own state; `fold` below pairs them rightly.
    evolve: Callable[[Any, Recorded], State]


KINDS: dict[str, Kind] = {
    "application": Kind(application.Application(), application.evolve),
    "city": Kind(registers.City(), registers.evolve_city),
    "hub": Kind(registers.Hub(), registers.evolve_hub),
    "envelope": Kind(registers.Envelope(), registers.evolve_envelope),
    "person": Kind(registers.Person(), registers.evolve_person),
    "round": Kind(Round(), evolve_round),
    "programme": Kind(registers.Adoption(), registers.evolve_adoption),
    "rates": Kind(registers.Rates(), registers.evolve_rates),
}

PROGRAMME, RATES = "programme-adoption", "rates-exchange"
ONLY = {"programme": PROGRAMME, "rates": RATES}
"""Kind -> the one stream of it: addresses and the command line name no other."""


def kind_of(stream: str) -> str:
    """`application` for `application-7f3a…`."""
    return stream.partition("-")[0]


def hub_stream(code: str) -> str:
    """Hubs are few and named by the catalogue, so their streams are too."""
    return f"hub-{code}"


def initial(stream: str) -> State:
    return KINDS[kind_of(stream)].initial


def fold(stream: str, recorded: Iterable[Recorded], state: State | None = None) -> State:
    """The state after `recorded`, from `state` or from the beginning."""
    kind = KINDS[kind_of(stream)]
    now = kind.initial if state is None else state
    for one in recorded:
        now = kind.evolve(now, one)
    return now
