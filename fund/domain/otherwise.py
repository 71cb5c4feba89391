"""Deciding otherwise than proposed: allowed with the reason why, recorded beside the decision, and never in silence."""

from datetime import date

import msgspec

from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.refusal import Refusal
from fund.domain.texts import says_something


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """A decision in the terms of a proposal, so that the two can be laid side by side."""

    recommendation: e.Recommendation
    envelope: str | None = None
    amount: int = 0
    conditions: tuple[e.Condition, ...] = ()
    until: date | None = None
    awaits: str = ""
    modality: str = ""


def as_ruled(file: Application, ruling: Ruling, reason: str) -> tuple[e.DecidedOtherwise, ...]:
    """What is told of the difference: nothing where the proposal is followed. A first approval is no bar, and lapses by its own fact."""
    differs = _differs(file.proposal, ruling)
    if differs and not says_something(reason):
        raise Refusal("decision.otherwise_unexplained", field="otherwise", differs=differs)
    if says_something(reason) and not differs:
        raise Refusal("decision.as_proposed", field="otherwise")
    return (e.DecidedOtherwise(differs=differs, reason=reason),) if differs else ()


def _differs(proposal: e.ProposalMade | None, ruling: Ruling) -> tuple[str, ...]:
    """Names of the fields in which they differ; the rest says nothing where already the kind is another."""
    if proposal is None or proposal.recommendation != ruling.recommendation:
        return ("recommendation",)
    return tuple(name for name in Ruling.__struct_fields__ if getattr(proposal, name) != getattr(ruling, name))
