"""Conflicts of interest, and what they taint."""

from datetime import datetime

import msgspec

from fund.domain.event import Internal, Restricted
from fund.domain.events.kinds import ApplicationEvent
from fund.domain.events.words import Interest, Redone, Then
from fund.domain.programme import ConflictEffect


class TaintedAct(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was done to the file by somebody who has no part in it any more: the event at that version."""

    version: Internal[int]
    event: Internal[str]
    then: Internal[Then]
    on: Internal[str] = ""
    """Its stream, where that is not the file's: a round was ranked, or its line was drawn, and that gave the file its place."""
    by: Internal[tuple[str, ...]] = ()
    """Of what was done there, everybody in whose name: the file does not know it."""


class ConflictDeclared(ApplicationEvent, frozen=True, kw_only=True):
    """By the person, by a colleague who found it, or because a standing declaration of theirs concerns this file.

    `tainted`: every act of theirs before it, in the order of its round too, where the conflict keeps them out; where it says that they are
    paid to deliver, those that set the form or the cost of the support. `due`, `calendar`: of the stage that the file goes back to; None
    and empty where it stays.
    """

    name = "application.conflict_declared.v1"
    sentence = "Conflict {number} was declared: {person}, {interest} ({effect})."
    duty = "declaring"

    number: Internal[int]
    """From 1 within the file."""
    person: Internal[str]
    interest: Internal[Interest]
    effect: Internal[ConflictEffect]
    """As the programme said, or the standing declaration."""
    paid_to_deliver: Internal[bool]
    about: Restricted
    """Empty where it stands on the person's own stream."""
    standing: Internal[int | None]
    """Number of the standing declaration."""
    tainted: tuple[TaintedAct, ...] = ()
    redone: Internal[Redone] = "nothing"
    due: Internal[datetime | None] = None
    calendar: Internal[str] = ""


class ConflictEnded(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody else found that it is none. What was done again stays done again."""

    name = "application.conflict_ended.v1"
    sentence = "Conflict {number} was found to be none, or to be over."
    duty = "declaring"

    number: Internal[int]
    reason: Restricted


class LookedAgain(ApplicationEvent, frozen=True, kw_only=True):
    """Somebody else went through what the person had done and answers for it from here on."""

    name = "application.looked_again.v1"
    sentence = "What had been done under conflict {number} was looked at again."
    duty = "checking"

    number: Internal[int]
    finding: Restricted
