"""Conflicts of interest on a file, as API and command line show them: beside what the person said, with what was done under them."""

import msgspec

from fund.domain import events as e
from fund.domain.application import Application, Conflict
from fund.domain.programme import ConflictEffect
from fund.language.forms import Look

SAID = (e.OpinionGiven, e.CentralOpinionGiven, e.AssessmentRecorded, e.ScoresRecorded, e.ModerationHeld)
"""Judgements and opinions: whoever reads one is to know what its author disclosed."""


class ConflictShown(msgspec.Struct, frozen=True, kw_only=True):
    """says: the interest in words. standing: whether it was declared once and for all. said: versions of the opinions and judgements of
    this person, to be read together with it. look_again: whether somebody else is to look again at `tainted` before the answer."""

    number: int
    person: str
    interest: e.Interest
    says: str
    effect: ConflictEffect
    paid_to_deliver: bool
    standing: bool
    ended: bool
    said: tuple[int, ...]
    tainted: tuple[e.TaintedAct, ...]
    look_again: bool


def conflicts_of(seen: Application, terms: Look) -> tuple[ConflictShown, ...]:
    """seen: the file as its reader may see it; for whoever may not know of conflicts there are none."""
    return tuple(_shown(one, seen, terms) for one in seen.conflicts)


def _shown(one: Conflict, seen: Application, terms: Look) -> ConflictShown:
    said, names = one.said, {kind.name for kind in SAID}
    return ConflictShown(
        number=said.number,
        person=said.person,
        interest=said.interest,
        says=terms(f"interest.{said.interest}"),
        effect=said.effect,
        paid_to_deliver=said.paid_to_deliver,
        standing=said.standing is not None,
        ended=one.ended,
        said=() if one.ended else tuple(act.version for act in seen.acts if act.event in names and said.person in act.by),
        tainted=said.tainted,
        look_again=one.waits,
    )
