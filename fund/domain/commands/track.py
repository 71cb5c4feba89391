"""The track that an application is on."""

from fund.domain.commands.command import Command


class ChangeTrack(Command, frozen=True, kw_only=True):
    verb, target = "change-track", "application"

    application: str
    reason: str
