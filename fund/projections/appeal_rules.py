"""What must hold of letters and appeals over all history: delivered when they were, in time or late as they were, heard by outsiders.
An error in a decision is named in time, before any appeal, by who read it, and outsiders answer.

Worked out from the facts of each file alone, and apart from the rules that decided.
"""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.projections.hands import Breach, acting

Hearing = e.AppealAdmitted | e.AppealNotAdmitted | e.AppealDecided


class Lodged(msgspec.Struct, frozen=True):
    """An appeal, when it was lodged, and until when its city could appeal, had the letter been delivered to it before."""

    event: e.AppealLodged
    at: datetime
    anew: datetime | None


class Heard(msgspec.Struct):
    """Of one file: its letters, until when each city can appeal against each, its open appeal, and whose hands did what.

    deciders: of the decision in force. overturned: of decisions that fell.
    """

    letters: list[e.LetterIssued] = msgspec.field(default_factory=list)
    opened: dict[tuple[int, str], datetime | None] = msgspec.field(default_factory=dict)
    deemed: dict[int, datetime | None] = msgspec.field(default_factory=dict)
    ahead: list["Lodged"] = msgspec.field(default_factory=list)
    """Appeals that were lodged, and when, after the letter counted as delivered and before that was recorded."""
    lodged: e.AppealLodged | None = None
    last: Lodged | None = None
    """The appeal that was lodged last, open or not."""
    appealed: set[tuple[int, str]] = msgspec.field(default_factory=set)
    """Letters, and who has appealed against them since a doubt about them was last found to be none."""
    settled: set[int] = msgspec.field(default_factory=set)
    """Letters with an appeal that was decided."""
    anew: dict[int, datetime] = msgspec.field(default_factory=dict)
    """Letter -> until when, after an error that was named was found to be none."""
    waited: dict[tuple[int, str], datetime] = msgspec.field(default_factory=dict)
    """Letter and city -> until when, after the appeal of another city had kept it waiting."""
    asked: e.CorrectionAsked | e.CorrectionProposed | None = None
    admitted: bool = False
    hands: set[str] = msgspec.field(default_factory=set)
    deciders: set[str] = msgspec.field(default_factory=set)
    overturned: set[str] = msgspec.field(default_factory=set)


class Appeals:
    """Reads along, event by event, and says what is wrong at each."""

    def __init__(self) -> None:
        self._files: dict[str, Heard] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        if not isinstance(one.event, e.ApplicationEvent):
            return
        file, by = self._files.setdefault(one.stream, Heard()), set(acting(one))
        match one.event:
            case e.LetterIssued() as event:
                file.letters.append(event)
                yield from _anew(file, event)
            case e.LetterOpened() as event:
                if (event.letter, event.city) in file.opened:
                    yield f"{event.city} opened letter {event.letter} twice"
                file.opened[event.letter, event.city] = event.appeal_until
                yield from _caught_up(file)
            case e.LetterDeemedDelivered() as event:
                due = file.letters[event.letter - 1].deemed if event.letter <= len(file.letters) else None
                if due is None or one.header.at <= due:
                    yield f"letter {event.letter} counted as delivered before its day had passed"
                file.deemed[event.letter] = event.appeal_until
                yield from _caught_up(file)
            case e.AppealLodged() as event:
                file.lodged, file.admitted = event, False
                file.last = Lodged(event, one.header.at, _begun_anew(file, event.letter, event.city))
                file.appealed.add((event.letter, event.city))
                yield from _lodged(file, file.last)
            case e.CorrectionAsked() as event:
                yield from _asked(file, event, one.header.at)
                file.asked = event
            case e.CorrectionProposed() as event:
                yield from _proposed(file, event)
                file.asked = event
            case e.DecisionCorrected() | e.CorrectionRefused() as event:
                yield from _answered(file, event, by)
            case e.AppealWithdrawn() as event:
                file.lodged = None
                yield from _anew(file, event)
            case e.AppealAdmitted() | e.AppealNotAdmitted() | e.AppealDecided() as event:
                yield from _heard(file, event, by)
        if one.event.duty == "deciding":
            yield from (Breach(f"decided by {one}, whose decision was overturned") for one in sorted(by & file.overturned))
        _remember(file, one.event, by)


def _lodged(file: Heard, lodged: Lodged) -> Iterator[str]:
    if _is_ahead(file, lodged):
        file.ahead.append(lodged)
    else:
        yield from _in_time(file, lodged)


def _is_ahead(file: Heard, lodged: Lodged) -> bool:
    """Whether the letter counted as delivered to that city, and no fact says so yet: what is recorded later tells whether it was late."""
    number = lodged.event.letter
    deemed = file.letters[number - 1].deemed if number <= len(file.letters) else None
    recorded = (number, lodged.event.city) in file.opened or number in file.deemed
    return deemed is not None and lodged.at > deemed and not recorded


def _caught_up(file: Heard) -> Iterator[str]:
    caught = [one for one in file.ahead if not _is_ahead(file, one)]
    file.ahead = [one for one in file.ahead if one not in caught]
    for one in caught:
        yield from _in_time(file, one)


def _in_time(file: Heard, lodged: Lodged) -> Iterator[str]:
    event, until = lodged.event, _delivered(file, lodged.event.letter, lodged.event.city)
    late = until is not None and lodged.at > max(until, lodged.anew or until)
    if late != ("late" in event.against):
        yield f"appeal {event.number} was {'late' if late else 'in time'}, and was taken for the other"


def _anew(file: Heard, event: e.AppealWithdrawn | e.LetterIssued) -> Iterator[str]:
    """Whoever waited was in time when the appeal was lodged that kept them waiting, and had not appealed."""
    if not event.waited:
        return
    if file.last is None or event.appeal_until is None:
        yield "time to appeal began anew, and nobody had waited"
        return
    for of in ((file.last.event.letter, city) for city in event.waited):
        until = _until(file, *of)
        if of in file.appealed or (until is not None and until < file.last.at):
            yield f"the time of {of[1]} to appeal began anew, and it had none any more"
        file.waited[of] = max(event.appeal_until, file.waited.get(of, event.appeal_until))


def _until(file: Heard, letter: int, city: str) -> datetime | None:
    until = _delivered(file, letter, city)
    return max(until, _begun_anew(file, letter, city) or until) if until else None


def _delivered(file: Heard, letter: int, city: str) -> datetime | None:
    return file.opened.get((letter, city)) or file.deemed.get(letter)


def _begun_anew(file: Heard, letter: int, city: str) -> datetime | None:
    return max((at for at in (file.anew.get(letter), file.waited.get((letter, city))) if at), default=None)


def _asked(file: Heard, event: e.CorrectionAsked, at: datetime) -> Iterator[str]:
    until = _until(file, event.letter, event.city)
    if (event.letter, event.city) not in file.opened:
        yield f"{event.city} named an error in letter {event.letter} without having opened it"
    elif until is None or at > until:
        yield f"correction {event.number} was asked too late"
    if (event.letter, event.city) in file.appealed or event.letter in file.settled:
        yield f"correction {event.number} was asked after an appeal"


def _proposed(file: Heard, event: e.CorrectionProposed) -> Iterator[str]:
    if event.letter in file.settled:
        yield f"correction {event.number} was proposed of what an appeal had settled"


def _answered(file: Heard, event: e.DecisionCorrected | e.CorrectionRefused, by: set[str]) -> Iterator[str]:
    if file.asked is None or file.asked.number != event.number:
        yield f"correction {event.number} was answered, and was not asked"
        return
    yield from (Breach(f"correction {event.number} was answered by {one}, who had a hand in the file") for one in sorted(by & file.hands))
    if isinstance(event, e.CorrectionRefused):
        file.anew[file.asked.letter] = max(event.appeal_until, file.anew.get(file.asked.letter, event.appeal_until))
        file.appealed = {one for one in file.appealed if one[0] != file.asked.letter}
    file.asked = None


def _heard(file: Heard, event: Hearing, by: set[str]) -> Iterator[str]:
    if file.lodged is None:
        yield f"appeal {event.number} was answered, and none is open"
        return
    yield from (Breach(f"appeal {event.number} was heard by {one}, who had a hand in the file") for one in sorted(by & file.hands))
    if isinstance(event, e.AppealNotAdmitted) != bool(file.lodged.against):
        yield f"appeal {event.number} was {'not heard' if file.lodged.against == () else 'heard'} against the facts"
    if isinstance(event, e.AppealDecided) and not file.admitted:
        yield f"appeal {event.number} was decided and not admitted"


def _remember(file: Heard, event: e.ApplicationEvent, by: set[str]) -> None:
    match event:
        case e.AppealAdmitted():
            file.admitted = True
        case e.ConflictDeclared(redone="admission"):
            file.admitted = False
        case e.AppealNotAdmitted():
            file.lodged = None
        case e.AppealDecided():
            file.settled |= {file.lodged.letter} if file.lodged else set()
            file.lodged = None
            file.overturned |= file.deciders if event.back_to else set()
        case e.EligibilityOverridden() | e.DecisionCorrected():
            file.overturned |= file.deciders
    if event.duty == "deciding":
        file.deciders = by if not isinstance(event, e.DecidedOtherwise) else file.deciders | by
    if event.duty and event.duty not in ("hearing", "declaring", "emergency"):
        file.hands |= by
