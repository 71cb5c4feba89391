"""Every emergency access over all history, open or past, with all that was done with it. Read beside the breaches: it is none.

From the events alone, by the file that they stand in.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded


class AccessFound(msgspec.Struct, kw_only=True):
    """One access: to which file, who asked for it, who opened it, until when unless it was closed, and the indexes of what was done."""

    where: str
    number: int
    role: str
    person: str
    asked: datetime
    opened_by: str | None = None
    opened: datetime | None = None
    until: datetime | None = None
    closed: datetime | None = None
    acts: list[int] = []


def accesses(recorded: Iterable[Recorded]) -> list[AccessFound]:
    found: dict[tuple[str, int], AccessFound] = {}
    for one in recorded:
        at = one.header.at
        match one.event:
            case e.EmergencyAccessAsked() as event:
                asked = AccessFound(where=one.stream, number=event.number, role=event.role, person=event.person, asked=at)
                found[one.stream, event.number] = asked
            case e.EmergencyAccessOpened() as event:
                access = found[one.stream, event.number]
                access.opened_by, access.opened, access.until = one.header.on_behalf_of or one.header.actor, at, event.open_until
            case e.EmergencyAccessClosed() as event:
                found[one.stream, event.number].closed = at
            case _ if found and one.header.on_behalf_of:
                _used(one, found.values())
    return list(found.values())


def _used(one: Recorded, found: Iterable[AccessFound]) -> None:
    file = one.header.correlation or one.stream
    for access in found:
        both = (access.where, access.person, access.opened_by) == (file, one.header.actor, one.header.on_behalf_of)
        if both and access.closed is None and access.until and one.header.at <= access.until:
            access.acts.append(one.index)
