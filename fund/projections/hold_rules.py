"""What must hold of suspended applications over all history: each goes on in the stage it came from, never by a machine before its day,
and nothing is done to it meanwhile but what its cities, or what people say of themselves, may do at any time."""

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
                self._held[one.stream] = event
            case e.ApplicationResumed() as event:
                if held is None:
                    yield "an application went on that was not suspended"
                    return
                if event.stage != held.stage:
                    yield f"an application that was suspended in {held.stage} went on in {event.stage}"
                if one.header.actor.startswith("machine:") and one.header.at <= held.due:
                    yield "a machine let an application go on before its day"
            case event if held and isinstance(event, MEANWHILE):
                if not isinstance(event, e.Withdrawn):
                    self._held[one.stream] = held
            case event if held:
                self._held[one.stream] = held
                yield f"{event.name} of an application that is suspended"
