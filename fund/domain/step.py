"""The shape of a row of the workflow table: who may take the step, where, apart from which duties, by which rule, and what it records.

The rows themselves stand in `workflow`.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.event import Event
from fund.domain.facts import Facts, Role
from fund.domain.streams import State


class Relation(StrEnum):
    """What ties the actor to this very file, besides the role."""

    NONE = "none"
    REPRESENTS_CITY = "represents_city"
    SPEAKS_FOR_CITY = "speaks_for_city"
    """Represents it; or, while nobody does, an administrator who has seen that it asks."""
    REPRESENTS_PARTY = "represents_party"
    """Represents a city that the form names, also one that left."""
    REPRESENTS_PARTNER = "represents_partner"
    """Represents a city that was invited to accept the text."""
    IS_ASSIGNED = "is_assigned"
    MODERATES = "moderates"
    """Was asked by name to moderate; while nobody was, it is the work of officers who do not approve."""
    IS_INVITED = "is_invited"
    IS_NEAR = "is_near"
    """Speaks for a city of the file, serves a hub that was asked about it, or is of the central team."""
    HAS_ACCESS = "has_access"
    """Asked for an emergency access that is not over, or opened it."""
    ASKED_THE_END = "asked_the_end"
    """Asked to end the award early."""
    SERVES_HUB = "serves_hub"


# Any: each rule takes its own state and command; `deciding` pairs them by this table, and tests walk every row.
Rule = Callable[[Any, Any, Any], tuple[Any, ...]]
Guard = Callable[[Any, Facts], None]
Reads = Callable[[Any, Any, Any], tuple[str, ...]]
Further = Callable[[Any, Mapping[str, State]], tuple[str, ...]]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `at`: stages it is open in; empty for registers, which have none; of a round, the stage in which its files wait for it.
    `clock`: the clock it starts; a row that leads to several stages starts the clock of the one it leads to, and a change of track
    that of the stage in which the file then waits.

    `guard(file, facts)` refuses what the file as it stands rules out, whatever is asked: buttons are made of it.
    `reads(state, command, programme)`: streams it relies on besides its own, the actor's and the file's cities.
    `further(command, states)`: those besides that these lead to; asked again of all together until it names no more.
    """

    command: type[c.Command]
    at: tuple[Stage, ...] = ()
    by: Role
    also: tuple[Role, ...] = ()
    """Other roles that may take it, on the same terms."""
    relation: Relation = Relation.NONE
    apart: tuple[e.Duty, ...] = ()
    sets_terms: bool = False
    """Sets the form of the support or its cost, or says what was given of it: not for those who deliver it, or are paid by who does."""
    in_person: bool = False
    """What people say for themselves: whoever was lent a role takes it in their own name alone."""
    rule: Rule
    guard: Guard = lambda file, facts: None
    reads: Reads = lambda state, command, programme: ()
    further: Further = lambda command, states: ()
    records: tuple[type[Event], ...]
    leads_to: tuple[Stage, ...] = ()
    clock: str | None = None
    applicant: str
    staff: str

    @property
    def verb(self) -> str:
        return self.command.verb

    @property
    def decides(self) -> bool:
        return any(issubclass(event, e.ApplicationEvent) and event.duty == "deciding" for event in self.records)

    @property
    def answers(self) -> bool:
        """Whether it gives the city an answer of the fund."""
        return self.decides and Stage.LETTER in self.leads_to

    @property
    def roles(self) -> tuple[Role, ...]:
        return (self.by, *self.also)
