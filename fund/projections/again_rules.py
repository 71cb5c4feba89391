"""What somebody judged, proposed or approved who should not have is done again from the earliest of it, suspended or not, as long as
there is no answer. From the events alone, and written independently of the deciders. Decision record 0020."""

from collections.abc import Iterator

import msgspec

from fund.domain import events as e
from fund.domain.event import Recorded

ANSWERS = (
    e.FoundIneligible | e.Approved | e.ApprovedWithConditions | e.Declined | e.Deferred | e.Referred | e.PutOnWaitingList
    | e.Withdrawn | e.Lapsed
)  # fmt: skip
UNPROPOSED = (e.ProposalReturned, e.Woken, e.AppealDecided, e.DecisionCorrected, e.EligibilityOverridden)
UNAPPROVED = (e.ApprovalLapsed, e.ProposalMade, *UNPROPOSED, *ANSWERS.__args__)
Hands = frozenset[str]
NOBODY: Hands = frozenset()


class Counting(msgspec.Struct):
    """Of one file: whose judgement, moderation, proposal and first approval count, and whether it is before its answer."""

    round: str | None = None
    open: bool = False
    """From eligibility to the answer; a suspension is no answer."""
    back: bool = False
    """Its appeal was upheld: it is open again once the letter says so."""
    judged: set[str] = msgspec.field(default_factory=set)
    moderated: Hands = NOBODY
    scored: bool = False
    proposed: Hands = NOBODY
    approved: Hands = NOBODY


class Again:
    """Give it every event in order; each difference comes with what is wrong."""

    def __init__(self) -> None:
        self._files: dict[str, Counting] = {}
        self._ranked: set[str] = set()

    def see(self, one: Recorded) -> Iterator[str]:
        match one.event:
            case e.RoundRanked():
                self._ranked.add(one.stream)
            case e.ApplicationEvent() as event:
                file = self._files.setdefault(one.stream, Counting())
                if isinstance(event, e.ConflictDeclared) and event.redone != "admission":
                    yield from self._said(file, event)
                _remember(file, one, event)

    def _said(self, file: Counting, event: e.ConflictDeclared) -> Iterator[str]:
        expected = self._earliest(file, event.person) if event.effect == "recuse" else _terms_again(file, event)
        if event.redone != expected:
            yield f"conflict {event.number} of {event.person} has {event.redone} done again instead of {expected}"

    def _earliest(self, file: Counting, person: str) -> e.Redone:
        """What a round has ranked is not judged again, nor what was scored in one that is over for it."""
        ranked = file.round in self._ranked if file.round else file.scored
        if not file.open:
            return "nothing"
        if person in file.judged and not ranked:
            return "assessment"
        if person in file.moderated and not ranked:
            return "moderation"
        if person in file.proposed:
            return "proposal"
        return "approval" if person in file.approved else "nothing"


def _terms_again(file: Counting, event: e.ConflictDeclared) -> e.Redone:
    """Of who is paid to deliver, what is listed: the audit of conflicts counts that again."""
    listed = {act.event for act in event.tainted}
    if file.open and event.person in file.proposed and e.ProposalMade.name in listed:
        return "proposal"
    return "approval" if file.open and event.person in file.approved and e.ApprovalGiven.name in listed else "nothing"


def _remember(file: Counting, one: Recorded, event: e.ApplicationEvent) -> None:
    _counts_no_more(file, event)
    match event:
        case e.ApplicationSubmitted(round=round):
            file.round = round
        case e.FoundEligible() | e.Woken():
            file.open = True
        case e.AssessmentRecorded(assessor=person) | e.ScoresRecorded(assessor=person):
            file.judged.add(person)
        case e.ModerationHeld():
            file.moderated = one.header.hands
        case e.Scored():
            file.scored = True
        case e.ProposalMade():
            file.proposed = one.header.hands
        case e.ApprovalGiven():
            file.approved = one.header.hands
        case e.ConflictDeclared():
            _done_again(file, event)
        case _:
            _taken_up(file, event)


def _taken_up(file: Counting, event: e.ApplicationEvent) -> None:
    match event:
        case e.AppealDecided(back_to=str(back_to)) | e.DecisionCorrected(back_to=back_to):
            file.round = None
            file.back = back_to != "eligibility"
            file.open = file.back and isinstance(event, e.DecisionCorrected)
            if back_to == "assessment":
                _unjudged(file, *file.judged)
        case e.EligibilityOverridden():
            file.round, file.open = None, False
        case e.LetterIssued() if file.back:
            file.open, file.back = True, False


def _counts_no_more(file: Counting, event: e.ApplicationEvent) -> None:
    if isinstance(event, ANSWERS):
        file.open = False
    if isinstance(event, UNAPPROVED) or (isinstance(event, e.TrackChanged) and event.reassess):
        file.approved = NOBODY
    if isinstance(event, UNPROPOSED) or (isinstance(event, e.TrackChanged) and event.reassess):
        file.proposed = NOBODY


def _unjudged(file: Counting, *people: str) -> None:
    file.judged -= set(people)
    file.moderated, file.scored = NOBODY, False


def _done_again(file: Counting, event: e.ConflictDeclared) -> None:
    if event.redone in ("assessment", "moderation"):
        _unjudged(file, *({event.person} if event.redone == "assessment" else ()))
    if event.redone in ("assessment", "moderation", "proposal"):
        file.proposed = NOBODY
    if event.redone not in ("nothing", "admission"):
        file.approved = NOBODY
