"""What must hold of joint applications over all history: what was submitted is what each city that had to accept it did accept.

Digests are added up here from the facts, and not by the rules that decided.
"""

from collections.abc import Iterator
from hashlib import sha256

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.domain.sections import SECTIONS, section_name


class Draft(msgspec.Struct):
    """Of one file: its sections as they stand, and the last word of each partner city: a text, or nothing."""

    digests: dict[str, str] = msgspec.field(default_factory=dict)
    accepted: dict[str, str] = msgspec.field(default_factory=dict)


class Consents:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._drafts: dict[str, Draft] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        match one.event:
            case e.SectionSaved() as event:
                self._of(one).digests[section_name(event.section)] = event.digest
            case e.PartnerInvited() | e.PartnerLeft() as event:
                self._of(one).accepted.pop(event.city, None)
            case e.TextAccepted() | e.AcceptanceRecorded() as event:
                draft = self._of(one)
                draft.accepted[event.city] = event.text
                if event.text != _text(draft) and all(draft.digests.values()):
                    yield f"{event.city} accepted a text that was not there"
            # What was submitted before digests were recorded carries none.
            case e.ApplicationSubmitted(text=text) as event if text:
                yield from _submitted(self._of(one), event)

    def _of(self, one: Recorded) -> Draft:
        return self._drafts.setdefault(one.stream, Draft())


def _submitted(draft: Draft, event: e.ApplicationSubmitted) -> Iterator[str]:
    if event.text != _text(draft) and all(draft.digests.values()):
        yield "the text submitted is not the text that was saved"
    for city in event.consents:
        if draft.accepted.get(city) != event.text:
            yield f"submitted with a consent of {city} that it did not give to this text"


def _text(draft: Draft) -> str:
    lines = "".join(f"{name} {draft.digests[name]}\n" for name in map(section_name, SECTIONS) if name in draft.digests)
    return sha256(lines.encode()).hexdigest()
