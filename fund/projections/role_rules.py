"""What must hold of roles over all history: granted by somebody else, lent by whoever held them, opened on one file by a second person,
used in two names for as long as lent or open; and what is said in one name was said with an office of one's own.

From the events alone; when a loan begins and ends stands in the event that made it.
"""

from collections.abc import Iterator

import msgspec

from fund.domain import events as e
from fund.domain.emergency import OPENERS
from fund.domain.event import Recorded
from fund.domain.workflow import WORKFLOW
from fund.projections.hands import Breach, acting

Held = tuple[str, str | None]
"""A role and its scope."""
LOOK_ON = ("officer", "approver")
"""Offices in which somebody may say of somebody else that they have a conflict."""
NEAR = {"hub": ("coordinator",), "central": LOOK_ON}
"""For whom an incident was reported -> the offices in which it is."""
Access = e.EmergencyAccessAsked | e.EmergencyAccessOpened | e.EmergencyAccessClosed


class Opened(msgspec.Struct, frozen=True):
    """What was opened, and by whom."""

    by: str
    event: e.EmergencyAccessOpened


class Roles:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._held: dict[str, set[Held]] = {}
        self._lent: dict[tuple[str, int], e.RoleDelegated] = {}
        """To whom, and its number -> what was lent and not taken back."""
        self._asked: dict[tuple[str, int], e.EmergencyAccessAsked] = {}
        """File and number -> what was asked for and not opened."""
        self._opened: dict[tuple[str, int], Opened] = {}
        """File and number -> what was opened and not closed."""

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
            case e.EmergencyAccessAsked() | e.EmergencyAccessOpened() | e.EmergencyAccessClosed() as event:
                yield from map(Breach, self._access(one, event))
            case e.ConflictDeclared(person=person, standing=None) if person not in acting(one):
                yield from self._of_their_own(one, LOOK_ON)
            case e.IncidentReported(by="hub" | "central" as by):
                yield from self._of_their_own(one, NEAR[by])
        yield from map(Breach, self._used(one))

    def _of_their_own(self, one: Recorded, offices: tuple[str, ...]) -> Iterator[Breach]:
        """What is said in one name takes an office of one's own."""
        for by in acting(one):
            if not any(role in offices for role, _ in self._held.get(by, set())):
                yield Breach(f"{one.event.name} was said by {by}, who held no office of their own to say it")

    def _access(self, one: Recorded, event: Access) -> Iterator[str]:
        at, by = (one.stream, event.number), acting(one)
        match event:
            case e.EmergencyAccessAsked():
                if by != (event.person,):
                    yield f"emergency access {event.number} was asked for by another than {event.person}"
                self._asked[at] = event
            case e.EmergencyAccessOpened():
                yield from self._opens(one, event, self._asked.pop(at, None))
                self._opened[at] = Opened(by=by[0], event=event)
            case e.EmergencyAccessClosed():
                opened = self._opened.pop(at, None)
                asked = self._asked.pop(at, None)
                if len(by) != 1 or by[0] not in (event.person, opened.by if opened else ""):
                    yield f"emergency access {event.number} was closed by somebody else"
                if opened is None and asked is None:
                    yield f"emergency access {event.number} was closed, which was not open"

    def _opens(self, one: Recorded, event: e.EmergencyAccessOpened, asked: e.EmergencyAccessAsked | None) -> Iterator[str]:
        by = acting(one)
        if asked is None or (asked.person, asked.role) != (event.person, event.role) or one.header.at > asked.answer_by:
            yield f"emergency access {event.number} was opened as {event.role} to {event.person}, and it was not asked for so"
        if len(by) != 1 or by[0] == event.person or not any((str(role), None) in self._held.get(by[0], set()) for role in OPENERS):
            yield f"emergency access {event.number} was opened by nobody who is a second person with an office of their own"

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
        for (file, _), opened in self._opened.items():
            both = (opened.event.person, opened.by) == (hand, lender) and one.header.at <= opened.event.open_until
            if both and file == (one.header.correlation or one.stream) and opened.event.role in roles:
                return
        yield f"{one.event.name} was done by {hand} in the name of {lender}, who had lent no role for it"
