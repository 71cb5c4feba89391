"""Programmes, and what is read of sealed texts."""

from fund.domain.commands.command import Command


class ProposeProgramme(Command, frozen=True, kw_only=True):
    verb, target = "propose", "programme"

    programme: str
    reason: str
    problems: int = 0  # given by the handler


class WithdrawProposal(Command, frozen=True, kw_only=True):
    verb, target = "withdraw-proposal", "programme"

    programme: str
    version: str
    reason: str


class AdoptProgramme(Command, frozen=True, kw_only=True):
    verb, target = "adopt", "programme"

    programme: str
    version: str


class RenumberPriority(Command, frozen=True, kw_only=True):
    verb, target = "renumber-priority", "programme"

    programme: str
    priority: str
    printed: str
    reason: str


class RecordSealedRead(Command, frozen=True, kw_only=True):
    verb, target = "record-sealed-read", "programme"

    programme: str
    read: str
    purpose: str
