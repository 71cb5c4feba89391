"""Whose people they are: the hubs that somebody serves at an instant, in an office of their own or in one that was lent to them.

From the events alone; a loan is in force from its first to its last second, as long as its lender still holds what they lent.
"""

from datetime import datetime

from fund.domain import events as e
from fund.domain.event import Event


class Serving:
    """Give it every event in order."""

    def __init__(self) -> None:
        self._own: dict[str, set[str]] = {}
        self._lent: dict[str, dict[int, e.RoleDelegated]] = {}
        """To whom, and its number -> what was lent and not taken back."""

    def see(self, event: Event) -> None:
        match event:
            case e.RoleGranted(person=id, role="coordinator", scope=str(hub)):
                self._own.setdefault(id, set()).add(hub)
            case e.RoleRevoked(person=id, role="coordinator", scope=str(hub)):
                self.own(id).discard(hub)
            case e.PersonErased(person=id):
                self._own.pop(id, None)
                self._lent.pop(id, None)
            case e.RoleDelegated(role="coordinator"):
                self._lent.setdefault(event.person, {})[event.number] = event
            case e.DelegationEnded(person=id, number=number):
                self._lent.get(id, {}).pop(number, None)

    def own(self, person: str) -> set[str]:
        return self._own.get(person, set())

    def lent(self, person: str, at: datetime) -> set[str]:
        loans = (one for one in self._lent.get(person, {}).values() if one.starts <= at <= one.ends)
        return {one.scope for one in loans if one.scope and one.scope in self.own(one.lender)}
