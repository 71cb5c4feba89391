"""What must hold of suspended applications over all history: each goes on in the stage it came from, or in an earlier one that a conflict
has done again, never by a machine before its day, and nothing is done to it meanwhile but what its cities, or what people say of
themselves, may do at any time."""

from collections.abc import Iterator

from fund.domain import events as e
from fund.domain.event import Recorded

MEANWHILE = (
    e.PartnerLeft | e.Withdrawn | e.ConflictDeclared | e.ConflictEnded | e.LetterOpened | e.LetterDeemedDelivered
    | e.EmergencyAccessAsked | e.EmergencyAccessOpened | e.EmergencyAccessClosed
)  # fmt: skip


class Holds:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._held: dict[str, e.ApplicationSuspended] = {}
        self._at: dict[str, str] = {}
        """Where each goes on: where it was, or what is done again because of a conflict that was declared meanwhile."""

    def see(self, one: Recorded) -> Iterator[str]:
        if not isinstance(one.event, e.ApplicationEvent):
            return
        held = self._held.pop(one.stream, None)
        match one.event:
            case e.ApplicationSuspended() as event:
                if held:
                    yield "an application was suspended that was suspended already"
                if one.header.at >= event.due:
                    yield "an application was suspended until a day that had passed"
                self._held[one.stream], self._at[one.stream] = event, event.stage
            case e.ApplicationResumed() as event:
                if held is None:
                    yield "an application went on that was not suspended"
                    return
                if event.stage != self._at[one.stream]:
                    yield f"an application that was suspended in {self._at[one.stream]} went on in {event.stage}"
                if one.header.actor.startswith("machine:") and one.header.at <= held.due:
                    yield "a machine let an application go on before its day"
            case event if held and isinstance(event, MEANWHILE):
                if not isinstance(event, e.Withdrawn):
                    self._held[one.stream] = held
                if isinstance(event, e.ConflictDeclared) and event.redone in ("assessment", "moderation", "proposal"):
                    self._at[one.stream] = event.redone
            case event if held:
                self._held[one.stream] = held
                yield f"{event.name} of an application that is suspended"
