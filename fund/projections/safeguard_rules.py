"""What must hold of safeguards over all history: nothing was granted while help was awaited, at a black level, at a red one by one person
alone, at a level that was recorded of another text, or before everybody who was asked to had signed it; and nobody signs what they
recorded, or for a hub and for the central team.

Worked out from the facts, and not by the rules that decided.
"""

from collections.abc import Iterator

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded

Granted = e.Approved | e.ApprovedWithConditions | e.PutOnWaitingList


class Looked(msgspec.Struct):
    """Of one file: what is awaited, the level that was recorded last, and whether the form changed since."""

    awaited: bool = False
    recorded: e.SafeguardsRecorded | None = None
    changed: bool = False
    approved_by: str = ""
    unsigned: set[tuple[str, str]] = msgspec.field(default_factory=set)
    """Role and digest of the signatures that are waited for."""
    hands: dict[str, bool | None] = {}
    """Whoever recorded or signed the level, in whosever name -> whether for a hub; None: they recorded it."""


class Safeguarding:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._files: dict[str, Looked] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        file = self._files.setdefault(one.stream, Looked()) if isinstance(one.event, e.ApplicationEvent) else Looked()
        match one.event:
            case e.SafeguardHelpAsked():
                file.awaited = True
            case e.SafeguardHelpGiven():
                file.awaited = False
            case e.SafeguardsRecorded(questions=questions) as event if questions:
                file.recorded, file.changed = event, False
                file.unsigned, file.hands = set(), dict.fromkeys(_by(one))
            case e.SignatureAsked() as asked:
                file.unsigned.add((asked.role, asked.screen))
            case e.SafeguardsSigned() as signed:
                file.unsigned.discard((signed.role, signed.screen))
                for_hub = signed.hub is not None
                if any(file.hands.get(hand, for_hub) is not for_hub for hand in _by(one)):
                    yield "signed safeguards that they had recorded, or for a hub and for the central team"
                file.hands |= dict.fromkeys(_by(one), for_hub)
            case e.SectionSaved():
                file.changed = True
            case e.ApprovalGiven():
                file.approved_by = one.header.actor
            case e.ApprovalLapsed() | e.ProposalMade():
                file.approved_by = ""
            case e.Approved() | e.ApprovedWithConditions() | e.PutOnWaitingList() as event:
                yield from _granted(file, event, one.header.actor)


def _by(one: Recorded) -> tuple[str, ...]:
    return tuple(hand for hand in (one.header.actor, one.header.on_behalf_of) if hand)


def _granted(file: Looked, event: Granted, actor: str) -> Iterator[str]:
    if file.awaited:
        yield "granted while help with the safeguards was awaited"
    level = file.recorded.level if file.recorded else "green"
    if level == "black":
        yield "granted although the safeguards were black"
    if level == "red" and not isinstance(event, e.PutOnWaitingList) and file.approved_by in ("", actor):
        yield "granted by one person although the safeguards were red"
    if file.unsigned:
        yield "granted before everybody who was asked had signed the safeguards"
    if level != "green" and file.changed:
        yield "granted on safeguards that were looked at before the form changed"
