"""Hubs."""

from fund.domain.commands.command import Command


class OpenHub(Command, frozen=True, kw_only=True):
    verb, target = "open", "hub"

    hub: str
    opened: str
    basis: str


class SuspendHub(Command, frozen=True, kw_only=True):
    verb, target = "suspend", "hub"

    hub: str
    reason: str


class ResumeHub(Command, frozen=True, kw_only=True):
    verb, target = "resume", "hub"

    hub: str
    reason: str


class CloseHub(Command, frozen=True, kw_only=True):
    verb, target = "close", "hub"

    hub: str
    basis: str
