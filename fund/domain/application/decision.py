"""The proposal on a file, and what is decided of it."""

from datetime import datetime

from fund.domain import events as e
from fund.domain.application.file import Application
from fund.domain.application.matters import FirstApproval, ReturnedProposal
from fund.domain.application.moving import Changes, moved
from fund.domain.application.outcome import decided, overtaken
from fund.domain.application.stage import Stage

Fact = (
    e.ProposalMade
    | e.ProposalReturned
    | e.DecidedOtherwise
    | e.ApprovalGiven
    | e.ApprovalLapsed
    | e.Woken
    | e.Approved
    | e.ApprovedWithConditions
    | e.Declined
    | e.Deferred
    | e.Referred
    | e.PutOnWaitingList
)


def changes(file: Application, event: Fact, actor: str, at: datetime) -> Changes:
    match event:
        case e.ProposalMade():
            return moved(Stage.DECISION, event) | {"proposal": event}
        case e.ProposalReturned():
            given_back = ReturnedProposal(proposal=file.proposal, by=actor, reason=event.reason)
            return moved(Stage.PROPOSAL, event) | {"proposal": None, "returned_proposals": (*file.returned_proposals, given_back)}
        case e.DecidedOtherwise():
            return {"otherwise": event}
        case e.ApprovalGiven():
            return {"approval": FirstApproval(by=actor, given=event)}
        case e.ApprovalLapsed():
            return {"approval": None, "otherwise": None}
        case e.Woken():
            return moved(Stage.PROPOSAL, event) | _anew(file, event)
    return moved(Stage.LETTER, event) | decided(file, event, actor, at)


def _anew(file: Application, event: e.Woken) -> Changes:
    reserved = file.decision.envelope if file.decision and event.cause == "money" else None
    return {"proposal": None, "decision": None, "earlier": overtaken(file), "reserved": reserved}
