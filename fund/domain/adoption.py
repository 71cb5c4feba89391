"""The life of a programme: proposed with its check, adopted by a second person, superseded; and the numbers of its priorities.

A proposal is of the folder at hand. Whoever proposed it, or had it entered for them, does not adopt it.
"""

import re

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Event
from fund.domain.facts import Facts
from fund.domain.refusal import Refusal
from fund.domain.registers import Adoption, Proposal


def propose_programme(adoption: Adoption, command: c.ProposeProgramme, facts: Facts) -> tuple[Event, ...]:
    """`facts.programme` is what is offered: the folder at hand. A version number belongs to one text for ever."""
    offered = facts.programme
    if adoption.proposal:
        raise Refusal("programme.already_proposed", version=adoption.proposal.version)
    if adoption.in_force and adoption.in_force.digest == offered.digest:
        raise Refusal("programme.already_adopted", version=offered.version)
    if any(one.version == offered.version and one.digest != offered.digest for one in adoption.versions):
        raise Refusal("programme.version_used", version=offered.version)
    if command.problems:
        raise Refusal("programme.incoherent", count=command.problems)
    proposed = e.ProgrammeProposed(
        programme=offered.code, version=offered.version, digest=offered.digest, problems=command.problems, reason=command.reason
    )
    return (proposed,)


def withdraw_proposal(adoption: Adoption, command: c.WithdrawProposal, facts: Facts) -> tuple[Event, ...]:
    proposal = _proposed(adoption, command.version)
    return (e.ProposalWithdrawn(version=proposal.version, digest=proposal.digest, reason=command.reason),)


def adopt_programme(adoption: Adoption, command: c.AdoptProgramme, facts: Facts) -> tuple[Event, ...]:
    """Naming the version shows that the one who adopts has read that one. What was in force is superseded in the same commit."""
    proposal = _proposed(adoption, command.version)
    if facts.actor.id in proposal.by:
        raise Refusal("programme.own_proposal", version=proposal.version)
    adopted = e.ProgrammeAdopted(programme=proposal.programme, version=proposal.version, digest=proposal.digest)
    if adoption.in_force is None:
        return (adopted,)
    before = adoption.in_force
    return (adopted, e.ProgrammeSuperseded(version=before.version, digest=before.digest, by=proposal.version))


def _proposed(adoption: Adoption, version: str) -> Proposal:
    if adoption.proposal is None:
        raise Refusal("programme.none_proposed")
    if adoption.proposal.version != version:
        raise Refusal("programme.other_proposed", field="version", version=adoption.proposal.version)
    return adoption.proposal


def renumber_priority(adoption: Adoption, command: c.RenumberPriority, facts: Facts) -> tuple[Event, ...]:
    """The number is printed for people and nothing is decided by it; a priority is its code."""
    catalogue = adoption.numbered(facts.programme).catalogue
    priority = next((one for one in catalogue.priorities if one.code == command.priority), None)
    if priority is None:
        raise Refusal("code.unknown", field="priority", value=command.priority)
    if not re.fullmatch("[1-9][0-9]?", command.printed):
        raise Refusal("priority.number_invalid", field="printed")
    if priority.printed == command.printed:
        raise Refusal("priority.number_unchanged", field="printed")
    taken = next((one for one in catalogue.priorities if one.printed == command.printed), None)
    if taken:
        raise Refusal("priority.number_taken", field="printed", priority=taken.code)
    return (e.PriorityRenumbered(catalogue=catalogue.version, priority=priority.code, printed=command.printed, reason=command.reason),)
