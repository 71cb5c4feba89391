"""What is known of the harm that a support could do: the level that was recorded, and what lessens it.

The risk itself stands in sealed texts; the rules see codes of answers, levels, digests and days. Decision record 0024.
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Literal

import msgspec

from fund.domain import events as e
from fund.domain.programme import SafeguardLevel

LEVELS: tuple[SafeguardLevel, ...] = ("green", "amber", "red", "black")
"""The least first."""

Stale = Literal["text", "cities", "track", "delay", "fallen"]
"""Why a level holds no longer: the form, the cities or the track are others, too much time passed, or a decision fell."""


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Asked of the people of one office, and open until one of them, or somebody in their place, has signed."""

    asked: e.SignatureAsked
    signed: e.SafeguardsSigned | None = None
    hands: frozenset[str] = frozenset()
    """Whoever signed, in whosever name."""
    reminded: bool = False


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """A mitigation that an office owes since the award was offered; open until it is done or given up."""

    asked: e.MitigationAsked
    agreed: e.MitigationAgreed | None = None
    """What it is, as it was agreed; a look that agreed on others since changes none of it."""
    reminded: bool = False
    missed: bool = False
    done: bool = False
    given_up: bool = False
    hands: frozenset[str] = frozenset()
    """Whoever reported it done, in whosever name."""

    @property
    def is_open(self) -> bool:
        return not self.done and not self.given_up


class Screen(msgspec.Struct, frozen=True, kw_only=True):
    """A level as it was recorded; a new record begins anew, without signatures. What a running award owes stays owed."""

    recorded: e.SafeguardsRecorded
    mitigations: tuple[e.MitigationAgreed, ...] = ()
    signatures: tuple[Signature, ...] = ()
    hands: frozenset[str] = frozenset()
    """Whoever recorded it, in whosever name."""
    owed: tuple[Owed, ...] = ()

    @property
    def level(self) -> SafeguardLevel:
        return self.recorded.level

    @property
    def unsigned(self) -> tuple[Signature, ...]:
        return tuple(one for one in self.signatures if one.signed is None)

    def signed_by(self, person: str) -> tuple[e.SafeguardsSigned, ...]:
        return tuple(one.signed for one in self.signatures if one.signed and person in one.hands)


class Help(msgspec.Struct, frozen=True, kw_only=True):
    """Questions that the city could not answer: open until a hub, or the central team, has looked into them."""

    hub: str | None
    questions: tuple[str, ...]
    due: datetime
    remind_at: datetime | None = None
    """When whoever is asked is reminded, once until another day is set; None: never."""
    reminded: bool = False
    given: e.SafeguardHelpGiven | None = None

    @property
    def is_open(self) -> bool:
        return self.given is None


Agreed = e.MitigationAgreed | e.SignatureAsked | e.SafeguardsSigned
Screened = e.SafeguardsRecorded | Agreed | e.MitigationEvent


def screened(screen: Screen | None, event: Screened, by: frozenset[str], owed: tuple[Owed, ...] = ()) -> Screen | None:
    """The screen after this fact, in these names; None where no questions were asked. owed: what another record leaves owed."""
    if isinstance(event, e.SafeguardsRecorded):
        return Screen(recorded=event, hands=by, owed=owed) if event.questions else None
    if screen is None:
        return None
    return _owed(screen, event, by) if isinstance(event, e.MitigationEvent) else _with(screen, event, by)


def _owed(screen: Screen, event: e.MitigationEvent, by: frozenset[str]) -> Screen:
    if isinstance(event, e.MitigationAsked):
        before = next((one.agreed for one in screen.owed if one.asked.number == event.number), None)
        agreed = next((one for one in screen.mitigations if one.number == event.number), before)
        return msgspec.structs.replace(screen, owed=(*_but(screen.owed, event.number), Owed(asked=event, agreed=agreed)))
    owed = tuple(_after(one, event, by) if one.asked.number == event.number else one for one in screen.owed)
    return msgspec.structs.replace(screen, owed=owed)


def _but(owed: tuple[Owed, ...], number: int) -> tuple[Owed, ...]:
    return tuple(one for one in owed if one.asked.number != number)


def _after(one: Owed, event: e.MitigationEvent, by: frozenset[str]) -> Owed:
    match event:
        case e.MitigationReminded():
            return msgspec.structs.replace(one, reminded=True)
        case e.MitigationMissed():
            return msgspec.structs.replace(one, missed=True)
        case e.MitigationReported() | e.MitigationRecorded():
            return msgspec.structs.replace(one, done=True, hands=by)
        case e.MitigationGivenUp():
            return msgspec.structs.replace(one, given_up=True)
    return one


def _with(screen: Screen, event: Agreed, by: frozenset[str]) -> Screen:
    match event:
        case e.MitigationAgreed():
            # Every look numbered from 1 once: what it agreed on took the place of what was owed under that number.
            return msgspec.structs.replace(screen, mitigations=(*screen.mitigations, event), owed=_but(screen.owed, event.number))
        case e.SignatureAsked():
            others = tuple(one for one in screen.signatures if one.asked.role != event.role)
            # Asked again until the same day, it is not reminded of again.
            told = any(one.reminded and one.asked == event for one in screen.signatures)
            return msgspec.structs.replace(screen, signatures=(*others, Signature(asked=event, reminded=told)))
        case e.SafeguardsSigned():
            signatures = tuple(
                msgspec.structs.replace(one, signed=event, hands=by)
                if (one.asked.role, one.asked.screen) == (event.role, event.screen)
                else one
                for one in screen.signatures
            )
            return msgspec.structs.replace(screen, signatures=signatures)


def screen_digest(recorded: e.SafeguardsRecorded, mitigations: Iterable[e.MitigationAgreed]) -> str:
    """SHA-256, lowercase hex, of one line each: the level, what it was recorded of and until when it holds, and each mitigation by its
    number, its day and its office, then of each whose office is not the central team's who owes it.
    """
    agreed = tuple(mitigations)
    until = recorded.valid_until.isoformat() if recorded.valid_until else ""
    lines = [f"level {recorded.level}", f"answers {recorded.digest}", f"text {recorded.text}", f"cities {' '.join(recorded.cities)}"]
    lines += [f"track {recorded.track}", f"until {until}"]
    lines += [f"mitigation {one.number} {one.due_on} {' '.join(one.owner.split())}" for one in agreed]
    lines += [f"owes {one.number} {one.office}" for one in agreed if one.office != "centre"]
    return sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def reminded(help: Help | None, screen: Screen | None, event: e.SafeguardsReminded) -> tuple[Help | None, Screen | None]:
    """The help and the screen after this fact; the one that it speaks of is not reminded again."""
    if event.about == "help":
        return help and msgspec.structs.replace(help, reminded=True), screen
    if screen is None:
        return help, screen
    signatures = tuple(
        msgspec.structs.replace(one, reminded=True) if (one.asked.hub, one.asked.due) == (event.hub, event.due) else one
        for one in screen.signatures
    )
    return help, msgspec.structs.replace(screen, signatures=signatures)


def until(help: Help, due: datetime, remind_at: datetime | None) -> Help:
    """Asked until another day, and reminded of it; where the event does not say when, as long before it."""
    remind_at = remind_at or (help.remind_at and help.remind_at + (due - help.due))
    return msgspec.structs.replace(help, due=due, remind_at=remind_at, reminded=help.reminded and due == help.due)


def answers_digest(questions: str, section: str, help: str = "") -> str:
    """SHA-256, lowercase hex, of one line each: the version of the questions, the digest of the city's answers, that of what helped."""
    lines = f"questions {questions}\nsafeguards {section}\n" + (f"help {help}\n" if help else "")
    return sha256(lines.encode()).hexdigest()
