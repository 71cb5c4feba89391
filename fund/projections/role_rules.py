"""What must hold of roles over all history: granted by somebody else, lent by whoever held them, used in two names for as long as lent.

From the events alone; when a loan begins and ends stands in the event that made it.
"""

from collections.abc import Iterator

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.workflow import WORKFLOW
from fund.projections.hands import Breach, acting

Held = tuple[str, str | None]
"""A role and its scope."""


class Roles:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._held: dict[str, set[Held]] = {}
        self._lent: dict[tuple[str, int], e.RoleDelegated] = {}
        """To whom, and its number -> what was lent and not taken back."""

    def see(self, one: Recorded) -> Iterator[str]:
        match one.event:
            case e.RoleGranted(person=person, role=role, scope=scope):
                if person in one.header.hands:
                    yield Breach(f"{person} granted the role {role} to themself")
                self._held.setdefault(person, set()).add((role, scope))
            case e.RoleRevoked(person=person, role=role, scope=scope):
                self._held.get(person, set()).discard((role, scope))
            case e.RepresentativeConfirmed(person=person) if person in one.header.hands:
                yield Breach(f"{person} confirmed themself as a representative")
            case e.PersonErased(person=person):
                self._held.pop(person, None)
            case e.RoleDelegated() as event:
                yield from map(Breach, self._lends(one, event))
                self._lent[event.person, event.number] = event
            case e.DelegationEnded(person=person, number=number):
                if self._lent.pop((person, number), None) is None:
                    yield f"delegation {number} ended, which did not stand"
        yield from map(Breach, self._used(one))

    def _lends(self, one: Recorded, event: e.RoleDelegated) -> Iterator[str]:
        if acting(one) != (event.lender,):
            yield f"{event.role} of {event.lender} was lent by somebody else"
        if event.person == event.lender:
            yield f"{event.lender} lent {event.role} to themself"
        if (event.role, event.scope) not in self._held.get(event.lender, set()):
            yield f"{event.lender} lent {event.role} without holding it"

    def _used(self, one: Recorded) -> Iterator[str]:
        lender, hand = one.header.on_behalf_of, one.header.actor
        if lender is None or hand.startswith("operator:"):
            return
        roles = {role for step in WORKFLOW if type(one.event) in step.records and not step.in_person for role in step.roles}
        for (person, _), lent in self._lent.items():
            in_force = (person, lent.lender) == (hand, lender) and lent.starts <= one.header.at <= lent.ends
            if in_force and lent.role in roles and (lent.role, lent.scope) in self._held.get(lender, set()):
                return
        yield f"{one.event.name} was done by {hand} in the name of {lender}, who had lent no role for it"
