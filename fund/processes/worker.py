"""The worker: brings views up to date, lets machines act on open files, issues letters, until there is nothing left to do."""

from collections.abc import Callable
from threading import Event

import structlog

from fund.documents.rendering import RenderFailed
from fund.domain.application import Application, Stage
from fund.domain.refusal import Refusal
from fund.ledger.errors import Unavailable
from fund.ledger.handler import Handler
from fund.processes.letters import Letters
from fund.processes.reactions import REACTIONS, Reaction
from fund.projections import application_file
from fund.projections.database import Database
from fund.projections.runner import Runner

IDLE_SECONDS = 1.0
log = structlog.get_logger(__name__)


class Worker:
    """Any number may run: what two of them do with one cause happens once, by its command id."""

    def __init__(self, handler: Handler, runner: Runner, views: Database, letters: Callable[[], Letters]) -> None:
        self._handler = handler
        self._runner = runner
        self._views = views
        self._letters = letters
        self._failed: set[str] = set()

    def once(self) -> int:
        """Everything that is due now; the number of things done. A letter that cannot be printed is logged and left waiting."""
        done, self._failed = 0, set()
        while True:
            self._runner.catch_up()
            acted = sum(self._act(file) for file in self._waiting())
            if not acted:
                return done
            done += acted

    def run(self, stop: Event) -> None:
        """Until `stop` is set: after each commit, and once a second for what only time brings."""
        while not stop.is_set():
            try:
                self.once()
                self._handler.ledger.wait(self._handler.ledger.head() + 1, IDLE_SECONDS)
            except Unavailable as error:
                log.warning("worker.unavailable", error=str(error))
                stop.wait(IDLE_SECONDS)

    def _waiting(self) -> list[Application]:
        with self._views.reading() as reading:
            return [file for file in application_file.open_files(reading) if file.stage is not Stage.DRAFT]

    def _act(self, file: Application) -> int:
        reacted = sum(self._react(reaction, file) for reaction in REACTIONS)
        return reacted + (self._issue(file) if file.stage is Stage.LETTER and file.id not in self._failed else 0)

    def _react(self, reaction: Reaction, file: Application) -> int:
        programme = self._handler.programmes.get(file.policy or self._handler.current)
        command = programme and reaction.wanted(file, programme, self._handler.sources.clock())
        if not command:
            return 0
        try:
            reply = self._handler.handle(command, by=reaction.actor, command_id=reaction.command_id(file))
        except Refusal as refusal:
            # The file moved on since the view was read: the table says no, and that is right.
            log.info("reaction.refused", reaction=reaction.name, application=file.id, code=refusal.code)
            return 0
        return 0 if reply.repeated else 1

    def _issue(self, file: Application) -> int:
        try:
            return 0 if self._letters().issue(file).repeated else 1
        except Refusal as refusal:
            log.info("letter.refused", application=file.id, code=refusal.code)
        except RenderFailed as failure:
            log.error("letter.failed", application=file.id, error=str(failure))
        self._failed.add(file.id)
        return 0
