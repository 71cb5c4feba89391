"""What must hold of decisions over all history: who confirmed what, what was explained, and who was woken. Written apart from the rules."""

from collections.abc import Iterator

from fund.domain import events as e
from fund.domain.event import Recorded
from fund.projections.hands import Breach, acting


class Decisions:
    """A first approval is confirmed by somebody else as it was given; what differs from the proposal has its reason in the same commit
    or with the first approval; only a file that waits is woken, once per wait; and what is held back is spent or freed."""

    def __init__(self) -> None:
        self._proposed: dict[str, e.ProposalMade] = {}
        self._explained: set[str] = set()
        self._first: dict[str, tuple[tuple[str, ...], e.ApprovalGiven]] = {}
        self._aside: dict[str, tuple[set[str], tuple[str, ...]]] = {}
        """Who proposed to set a refusal aside, and on which checks."""
        self._waiting: set[str] = set()
        self._held: dict[tuple[str, str], int] = {}

    def see(self, one: Recorded) -> Iterator[str]:
        file, actor = one.stream, acting(one)
        match one.event:
            case e.ProposalMade() as event:
                self._proposed[file] = event
                self._explained.discard(file)
            case e.DecidedOtherwise():
                self._explained.add(file)
            case e.ApprovalGiven() as event:
                self._first[file] = actor, event
            case e.OverrideProposed() as event:
                self._aside[file] = set(one.header.hands), event.checks
            case e.OverrideDeclined() | e.AppealLodged() | e.CorrectionAsked():
                self._aside.pop(file, None)
            case e.ConflictDeclared(effect="recuse", person=person) if file in self._aside and person in self._aside[file][0]:
                del self._aside[file]
            case e.EligibilityOverridden() as event:
                proposed_by, checks = self._aside.pop(file, (set[str](), ()))
                if not proposed_by or proposed_by & set(actor):
                    yield Breach("a refusal was set aside by fewer than two people")
                elif checks != event.checks:
                    yield "a refusal was set aside otherwise than proposed"
            case e.ApprovalLapsed():
                self._first.pop(file, None)
                self._explained.discard(file)
            case e.Approved() | e.ApprovedWithConditions() as event:
                yield from self._confirmed(file, actor, event)
                yield from self._followed(file, "approve", event.amount)
            case e.Declined():
                yield from self._followed(file, "decline")
            case e.Referred():
                yield from self._followed(file, "refer")
            case e.Deferred():
                yield from self._followed(file, "defer")
                self._waiting.add(file)
            case e.PutOnWaitingList() as event:
                yield from self._followed(file, "wait", event.amount)
                self._waiting.add(file)
            case e.Withdrawn():
                self._waiting.discard(file)
            case e.Woken():
                if file not in self._waiting:
                    yield "woken without having waited"
                self._waiting.discard(file)
            case e.FundsReserved() as event:
                self._held[file, event.application] = event.amount
            case e.ReservationEnded() as event:
                if self._held.pop((file, event.application), None) is None:
                    yield f"freed for {event.application} what was not held back"
            case e.FundsCommitted() as event:
                self._held.pop((file, event.application), None)

    def _confirmed(self, file: str, actor: tuple[str, ...], event: e.Approved | e.ApprovedWithConditions) -> Iterator[str]:
        by, first = self._first.pop(file, ((), None))
        yield from (Breach(f"approved twice by {one}") for one in actor if one in by)
        if first and (first.envelope, first.amount, first.currency) != (event.envelope, event.amount, event.currency):
            yield "approved otherwise than the first person did"

    def _followed(self, file: str, kind: str, amount: int = 0) -> Iterator[str]:
        proposal = self._proposed.get(file)
        if proposal is None:
            return
        if (proposal.recommendation, proposal.amount) != (kind, amount) and file not in self._explained:
            yield f"decided otherwise than proposed ({proposal.recommendation}) without a reason"
        if proposal.amount and amount > proposal.amount:
            yield f"{amount} granted, {proposal.amount} proposed"
