"""The worker: brings views up to date, lets machines act on open files, issues letters, sends messages, until nothing is left to do."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import takewhile
from threading import Event
from time import monotonic
from traceback import format_exception

import msgspec
import structlog

from fund.domain import commands as c
from fund.domain import staffing
from fund.domain.application import Application, HubOpinion, Stage
from fund.domain.facts import Facts, actor
from fund.domain.refusal import Refusal
from fund.domain.registers import Hub
from fund.domain.round import Round
from fund.domain.streams import hub_stream
from fund.domain.workflow import STEPS, WAITING
from fund.ledger.errors import Unavailable
from fund.ledger.handler import Handler
from fund.processes import agenda, handovers, interests, replacements, rounds, waking
from fund.processes.agenda import Timed, in_order
from fund.processes.letters import Letters
from fund.processes.reactions import AT_ONCE, Reaction
from fund.projections import application_file, people
from fund.projections.database import Database
from fund.projections.runner import Runner

IDLE_SECONDS = 1.0
LONGEST_PAUSE = 300.0
log = structlog.get_logger(__name__)

Act = tuple[str, Callable[[], bool]]
"""A name that stands for the act, and doing it: whether anything was recorded."""


class Pause(msgspec.Struct):
    """Something that failed: how often, and when to try it again."""

    times: int
    until: float


class Worker:
    """Any number may run: what two of them do with one cause happens once, by its command id."""

    def __init__(
        self,
        handler: Handler,
        runner: Runner,
        views: Database,
        letters: Callable[[], Letters],
        clock: Callable[[], float] = monotonic,
        deliver: Callable[[], bool] = lambda: False,
    ) -> None:
        self._handler = handler
        self._runner = runner
        self._views = views
        self._letters = letters
        self._deliver = deliver
        self._clock = clock
        self._pauses: dict[str, Pause] = {}
        self._staffed: set[str] = set()
        """Causes of which it was seen whether the people there are can finish the file."""

    @property
    def failing(self) -> tuple[str, ...]:
        """Acts that failed last time they were tried."""
        return tuple(sorted(self._pauses))

    def once(self) -> int:
        """Everything that is due now, each act tried once; the number of things done."""
        self._pauses.clear()
        clock, began = self._clock, self._clock()
        # Time stands still: on a slow machine a pause would be over before the rest is done, and the act be tried again.
        self._clock = lambda: began
        try:
            return self._all_due(Event())
        finally:
            self._clock = clock

    def run(self, stop: Event) -> None:
        """Until `stop` is set: after each commit, and once a second for what only time brings."""
        while not stop.is_set():
            try:
                self._all_due(stop)
                self._handler.ledger.wait(self._handler.ledger.head() + 1, IDLE_SECONDS)
            except Unavailable as error:
                log.warning("worker.unavailable", error=str(error))
                stop.wait(IDLE_SECONDS)
            except Exception as error:  # noqa: BLE001  # the reason is the next line
                # The outermost border of a thread that must not end: one fault would stop every timer and letter of the fund.
                log.error("worker.failed", traceback="".join(format_exception(error)))
                stop.wait(IDLE_SECONDS)

    def _all_due(self, stop: Event) -> int:
        done = 0
        while not stop.is_set():
            self._runner.catch_up()
            self._finish_erasures()
            acted = sum(self._try(*act) for act in takewhile(lambda _: not stop.is_set(), self._due()))
            if not acted:
                break
            done += acted
        return done

    def _due(self) -> Iterator[Act]:
        """Found one after another, each when those before it are done: first what time has brought, in the order in which it was due."""
        for one in in_order((*self._of_rounds(), *self._of_files()), self._of_the_same):
            yield one.name, partial(self._do, one)
        self._runner.catch_up()
        files = self._waiting()
        yield from self._interests(files)
        for file in files:
            yield from self._acts(file)
        yield from self._wakings(files)
        yield "messages", self._deliver

    def _interests(self, files: list[Application]) -> Iterator[Act]:
        with self._views.reading() as reading:
            declared = people.interests(reading)
        ordered = self._ordered(files) if declared else {}
        for command in (one for file in files for one in interests.to_bring(file, declared, ordered.get(file.round or ""))):
            yield interests.command_id(command), partial(self._bring, command)

    def _ordered(self, files: list[Application]) -> dict[str, Round]:
        """The rounds that these files are in, each looked at once."""
        states = {id: self._handler.load(id).state for id in {file.round for file in files if file.round}}
        return {id: state for id, state in states.items() if isinstance(state, Round)}

    def _bring(self, command: c.BringInterest) -> bool:
        return not self._handler.handle(command, by=interests.ACTOR, command_id=interests.command_id(command)).repeated

    def _of_files(self) -> Iterator[Timed]:
        for file in (*self._open(), *self._undelivered()):
            yield from self._timed(file)

    def _of_the_same(self, done: Timed) -> tuple[Timed, ...]:
        """What is due of a file now that something was done with it."""
        state = self._handler.load(done.of).state
        return self._timed(state) if isinstance(state, Application) else ()

    def _timed(self, file: Application) -> tuple[Timed, ...]:
        try:
            return tuple(self._come_due(file))
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  # the reason is the next line
            # The outermost border of one file: whatever is wrong with it, the clocks of the others go on.
            log.error("worker.clock_failed", file=file.id, traceback="".join(format_exception(error)))
            return ()

    def _come_due(self, file: Application) -> Iterator[Timed]:
        known = handovers.without(file, handovers.to_take_over(file, self._hub))
        yield from agenda.of_file(known, self._handler.programme_of(file), self._handler.sources.clock())
        if file.stage is Stage.ASSESSMENT:
            yield from replacements.come_due(file, self._facts(file, replacements.ACTOR, file.assessors))
        if file.stage is Stage.MODERATION and file.moderator:
            yield from replacements.moderator_come_due(file, self._facts(file, replacements.ACTOR, (file.moderator,)))
        if file.stage in WAITING and (at := waking.since(file, self._facts_of_waiting(file))):
            yield Timed(at=at, name=waking.command_id(file), command=waking.command(file), by=waking.ACTOR, of=file.id)

    def _do(self, one: Timed) -> bool:
        return not self._handler.handle(one.command, by=one.by, command_id=one.name).repeated

    def _finish_erasures(self) -> None:
        """Keys of erased people that are still there: their erasure ended between the fact and the key."""
        with self._views.reading() as reading:
            erased = people.erased(reading)
        for person in erased:
            if self._handler.keys.exists(person):
                self._handler.keys.erase(person)

    def _open(self) -> list[Application]:
        with self._views.reading() as reading:
            return list(application_file.open_files(reading))

    def _waiting(self) -> list[Application]:
        return [file for file in self._open() if file.stage is not Stage.DRAFT]

    def _undelivered(self) -> list[Application]:
        with self._views.reading() as reading:
            return application_file.undelivered(reading, self._handler.sources.clock())

    def _acts(self, file: Application) -> Iterator[Act]:
        taken = handovers.to_take_over(file, self._hub)
        for asked in taken:
            yield handovers.command_id(file, asked), partial(self._take_over, file, asked)
        waiting = handovers.without(file, taken)
        for reaction in AT_ONCE:
            yield reaction.command_id(waiting), partial(self._react, reaction, waiting)
        if file.stage in STEPS[c.AnnounceShortage].at and staffing.to_look_at(file):
            yield _staffing(file), partial(self._announce, file)
        if file.stage is Stage.RANKING:
            yield f"placing:{file.id}", partial(self._place, file)
        if file.stage is Stage.LETTER:
            yield f"letter:{file.id}", partial(self._issue, file)

    def _wakings(self, files: list[Application]) -> Iterator[Act]:
        for file in waking.to_wake(files, self._facts_of_waiting):
            yield waking.command_id(file), partial(self._wake, file)

    def _wake(self, file: Application) -> bool:
        return not self._handler.handle(waking.command(file), by=waking.ACTOR, command_id=waking.command_id(file)).repeated

    def _facts_of_waiting(self, file: Application) -> Facts:
        envelope = (file.decision.envelope,) if file.decision and file.decision.envelope else ()
        return self._facts(file, waking.ACTOR, (*file.cities, *envelope))

    def _facts(self, file: Application, machine: str, relied_on: tuple[str, ...]) -> Facts:
        """What a rule would know of a file, as this machine last saw it; the rule looks again."""
        return Facts(
            now=self._handler.sources.clock(),
            actor=actor(machine, None),
            programme=self._handler.programme_of(file),
            states={id: self._handler.load(id).state for id in relied_on},
        )

    def _hub(self, code: str) -> Hub:
        state = self._handler.load(hub_stream(code)).state
        return state if isinstance(state, Hub) else Hub()

    def _take_over(self, file: Application, asked: HubOpinion) -> bool:
        command, id = handovers.command(file, asked), handovers.command_id(file, asked)
        return not self._handler.handle(command, by=handovers.ACTOR, command_id=id).repeated

    def _of_rounds(self) -> Iterator[Timed]:
        """Rounds that a machine closes now."""
        with self._views.reading() as reading:
            due = [
                (round, rounds.closing(reading, round, self._handler.programme_of(round)))
                for round in rounds.to_close(reading, self._handler.sources.clock())
            ]
        for round, command in due:
            assert round.opened, "only rounds that were opened are listed"
            yield Timed(at=round.opened.closes_at, name=f"closing:{round.id}", command=command, by=rounds.ACTOR, of=round.id)

    def _place(self, file: Application) -> bool:
        """Once the line of its round is drawn."""
        round = self._handler.load(file.round or "").state
        command = rounds.placing(file, round) if isinstance(round, Round) else None
        if not command:
            return False
        return not self._handler.handle(command, by=rounds.ACTOR, command_id=f"placing:{file.id}:{file.round}").repeated

    def _issue(self, file: Application) -> bool:
        return not self._letters().issue(file).repeated

    def _announce(self, file: Application) -> bool:
        """Whether the people there are can finish the file: once for whatever it needs."""
        cause = _staffing(file)
        if cause in self._staffed:
            return False
        with self._views.reading() as reading:
            command = c.AnnounceShortage(application=file.id, people=people.staff(reading))
        try:
            said = not self._handler.handle(command, by="machine:staffing", command_id=cause).repeated
        except Refusal as refused:
            if refused.code != "staffing.enough":
                raise
            said = False
        self._staffed.add(cause)
        return said

    def _try(self, name: str, act: Callable[[], bool]) -> bool:
        """A fault of one act is logged and holds up no other; it is tried again after growing pauses."""
        pause = self._pauses.get(name)
        if pause and self._clock() < pause.until:
            return False
        try:
            done = act()
        except Unavailable:
            raise
        except Refusal as refused:
            # The file moved on since the view was read: the table says no, and that is right.
            log.info("worker.refused", act=name, code=refused.code)
            self._put_off(name)
            return False
        except Exception as error:  # noqa: BLE001  # the reason is the next line
            # The outermost border of one file: whatever is wrong with it, the others go on.
            log.error("worker.act_failed", act=name, traceback="".join(format_exception(error)))
            self._put_off(name)
            return False
        self._pauses.pop(name, None)
        return done

    def _put_off(self, name: str) -> None:
        times = self._pauses[name].times + 1 if name in self._pauses else 0
        self._pauses[name] = Pause(times, self._clock() + min(IDLE_SECONDS * 2**times, LONGEST_PAUSE))

    def _react(self, reaction: Reaction, file: Application) -> bool:
        programme = self._handler.judging(file.policy)
        command = programme and reaction.wanted(file, programme, self._handler.sources.clock())
        if not command:
            return False
        return not self._handler.handle(command, by=reaction.actor, command_id=reaction.command_id(file)).repeated


def _staffing(file: Application) -> str:
    demand = file.demand
    changed = (
        f":{demand.conflicts}" if demand.conflicts else "",
        f"-{demand.waiting}" if demand.waiting else "",
        f":fallen-{demand.fallen}" if demand.fallen else "",
        f":{demand.screen}-{demand.signed}" if demand.screen else "",
        ":moderated" if demand.moderated else "",
        f":made-way-{demand.made_way}" if demand.made_way else "",
        f":appeals-{demand.appeals}" if demand.appeals else "",
        f":corrections-{demand.corrections}" if demand.corrections else "",
    )
    return f"staffing:{file.id}:{demand.submission}" + "".join(changed)
