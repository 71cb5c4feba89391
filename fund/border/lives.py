"""The versions of the programme and what became of each, as the ledger has it."""

from collections.abc import Iterable

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded

Status = str
PROPOSED, WITHDRAWN, IN_FORCE, SUPERSEDED = "proposed", "withdrawn", "in force", "superseded"


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A step in the life of a version: what, when (ISO 8601), and by whom."""

    status: Status
    at: str
    by: str


class Life(msgspec.Struct, frozen=True, kw_only=True):
    """A text that was proposed or adopted, by version and digest. `moments`: oldest first; the last says where it stands."""

    version: str
    digest: str
    moments: tuple[Moment, ...]

    @property
    def status(self) -> Status:
        return self.moments[-1].status


STATUS: dict[type, Status] = {
    e.ProgrammeProposed: PROPOSED,
    e.ProposalWithdrawn: WITHDRAWN,
    e.ProgrammeAdopted: IN_FORCE,
    e.ProgrammeSuperseded: SUPERSEDED,
}


def lives(recorded: Iterable[Recorded]) -> tuple[Life, ...]:
    """From the facts of the programme's stream, in the order in which they were first proposed."""
    found: dict[tuple[str, str], Life] = {}
    for one in recorded:
        status = STATUS.get(type(one.event))
        if status is None:
            continue
        key = (getattr(one.event, "version"), getattr(one.event, "digest"))  # noqa: B009  # each of the four has both
        moment = Moment(status=status, at=one.header.at.isoformat(), by=one.header.actor)
        earlier = found[key].moments if key in found else ()
        found[key] = Life(version=key[0], digest=key[1], moments=(*earlier, moment))
    return tuple(found.values())
