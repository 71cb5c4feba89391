"""From a command to its facts: load what it relies on, decide, append; and again on fresh state where another was faster.

A repeated command id is answered with the earlier reply. A version that a *person* saw (`expected`) is never retried:
the answer says what happened since. Internal conflicts decide again on fresh state for `PATIENCE` seconds, then `ledger.busy`.
"""

import hmac
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Protocol

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import lot, reference, streams
from fund.domain.application import Application
from fund.domain.days import counted_by
from fund.domain.deciding import decide, further, in_whose_name, reads, stands_in_for
from fund.domain.draw import Pool
from fund.domain.event import Event, Header, Recorded
from fund.domain.facts import Actor, Facts, On, actor
from fund.domain.programme import Programme
from fund.domain.refusal import Judged, Refusal
from fund.domain.registers import Adoption, Person
from fund.domain.round import Round
from fund.domain.streams import State
from fund.ledger.errors import Duplicate, Stale
from fund.ledger.keys import KeyErased, KeyStore
from fund.ledger.store import Ledger
from fund.policy import problems

PATIENCE = 2.0
REMEMBERED = 20_000
"""Frozen states kept per process."""


class Sources(msgspec.Struct, frozen=True):
    """Where time and randomness come from. clock: aware UTC. random(n): n bytes."""

    clock: Callable[[], datetime]
    random: Callable[[int], bytes]


class Shelf(Protocol):
    """Where the texts of programmes are checked and kept."""

    def put(self, programme: Programme) -> int:
        """Keep the folder that this programme was loaded from; how many problems its check finds. Refusal policy.changed."""

    def take(self, digest: str) -> Programme:
        """The programme that was put with this digest. Refusal policy.missing."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What a command did. `index`: ledger position of its last event; `repeated`: it had been done before."""

    stream: str
    version: int
    index: int
    events: tuple[Recorded, ...]
    repeated: bool = False


class Known(msgspec.Struct, frozen=True):
    """A stream as this process last saw it."""

    state: State
    version: int
    at: datetime | None


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Commands on their way, all to one stream: who gives them, under which id, against which version they saw."""

    commands: tuple[c.Command, ...]
    by: str
    id: str
    content: str
    repeatable: bool
    """Whether the id was given by the caller, who may send it again."""
    expected: int | None
    causation: str | None
    on_behalf_of: str | None

    @property
    def acting(self) -> str:
        """Whose rights and duties count."""
        return self.on_behalf_of or self.by


class Work:
    """One attempt: the streams it read, and the events it would append, each at its next version."""

    def __init__(self, before: dict[str, Known], now: datetime) -> None:
        self.before = before
        self.now = now
        self.states = {id: known.state for id, known in before.items()}
        self.versions = {id: known.version for id, known in before.items()}
        self.placed: list[Recorded] = []

    def rely_on(self, stream: str, known: Known) -> None:
        self.before[stream], self.states[stream], self.versions[stream] = known, known.state, known.version

    def place(self, own: str, decided: tuple[Event | On, ...], header: Callable[[datetime], Header], *, last: bool) -> None:
        """last: nothing more is decided on what these events make of their streams."""
        targets = [(one.stream, one.event) if isinstance(one, On) else (own, one) for one in decided]
        at = self._at(stream for stream, _ in targets)
        for stream, event in targets:
            self.versions[stream] += 1
            recorded = Recorded(stream=stream, version=self.versions[stream], header=header(at), event=event)
            if not last:
                self.states[stream] = streams.fold(stream, (recorded,), self.states[stream])
            self.placed.append(recorded)

    def _at(self, written: Iterable[str]) -> datetime:
        """Time never goes back within a stream; a stream that is only read, and a wrong clock in it, has no say."""
        return max([self.now, *(at for stream in written if (at := self.before[stream].at))])

    def relied_on(self) -> dict[str, int]:
        """Versions of the streams that were read and not written."""
        written = {one.stream for one in self.placed}
        return {id: known.version for id, known in self.before.items() if id not in written}


class Handler:
    """Executes commands on one ledger, under the programmes at hand (by version); `current` judges what is new."""

    def __init__(
        self, ledger: Ledger, keys: KeyStore, programmes: Mapping[str, Programme], current: str, sources: Sources, *, specimen: bool
    ) -> None:
        self.ledger = ledger
        self.keys = keys
        self.programmes = dict(programmes)
        self.current = current
        self.offered = programmes[current]
        """What is there to be proposed; it governs nothing before it is adopted."""
        self.shelf: Shelf | None = None
        self._adoption = Adoption()
        self._counted: dict[tuple[str, str], tuple[Programme, Programme, Programme]] = {}
        """Two versions by name -> both, and the first of them with the days of the second."""
        self.sources = sources
        self.pool: Callable[[], Pool] = Pool
        """Who may be drawn, as the views know it; nobody where there are no views."""
        self.specimen = specimen
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._lock = threading.Lock()

    def handle(
        self,
        *commands: c.Command,
        by: str,
        command_id: str | None = None,
        expected: int | None = None,
        causation: str | None = None,
        on_behalf_of: str | None = None,
    ) -> Reply:
        """Refusal, or the facts recorded. Unavailable when the database does not answer.

        Several commands, all to one stream, go into one commit: all of them, or the first refusal and none. Later ones may
        leave the stream blank. on_behalf_of: the person whose rights and duties count, where an operator enters what they
        gave on paper. Whoever uses a role that was lent to them names nobody: the header says whose it is.
        """
        if on_behalf_of and not by.startswith("operator:"):
            raise Refusal("access.denied")
        content = self._content(commands)
        request = Request(
            commands=self._addressed(commands),
            by=by,
            id=command_id or self.sources.random(16).hex(),
            content=content,
            repeatable=command_id is not None,
            expected=expected,
            causation=causation,
            on_behalf_of=on_behalf_of,
        )
        return self._execute(request)

    def _execute(self, request: Request) -> Reply:
        until = time.monotonic() + PATIENCE
        fresh = False
        while True:
            try:
                return self._attempt(request, fresh=fresh)
            except KeyErased as erased:
                raise Refusal("person.erased", person=str(erased)) from erased
            except (Refusal, Stale, Duplicate) as failure:
                if earlier := self._earlier(request):
                    return earlier
                if isinstance(failure, Refusal) and fresh:
                    raise
                if isinstance(failure, Stale) and request.expected is not None:
                    self._check_expected(request, self.load(request.commands[0].stream))
                if time.monotonic() > until:
                    raise Refusal("ledger.busy") from failure
                fresh = True

    def _attempt(self, request: Request, *, fresh: bool) -> Reply:
        stream, target = request.commands[0].stream, request.commands[0].target
        if streams.kind_of(stream) != target:
            raise Refusal("reference.unknown", field=target, reference=stream)
        if fresh:
            self.load(streams.PROGRAMME)  # what was adopted meanwhile, perhaps by another process, governs the new attempt
        own = self._look(stream, fresh=fresh and not request.commands[0].creates)
        self._check_expected(request, own)
        programme = self.offered if isinstance(request.commands[0], c.ProposeProgramme) else self.programme_of(own.state)
        work = Work({stream: own}, now=self.sources.clock())
        for number, given in enumerate(request.commands, start=1):
            command = self._supplied(given, work.states[stream])
            for id in reads(work.states[stream], command, request.acting, programme) - work.before.keys():
                work.rely_on(id, self._look(id, fresh=fresh))
            while more := further(command, work.states) - work.before.keys():
                for id in more:
                    work.rely_on(id, self._look(id, fresh=fresh))
            for id in stands_in_for(work.states[stream], self._acting(request, work)) - work.before.keys():
                work.rely_on(id, self._look(id, fresh=fresh))
            facts = in_whose_name(work.states[stream], command, self._facts(request, work, programme))
            decided = _decided(work.states[stream], command, facts, own.version)
            header = partial(self._header, request, facts, programme)
            work.place(stream, decided, header, last=number == len(request.commands))
        saved = self.ledger.append(work.placed, command_id=request.id, relies_on=work.relied_on())
        self._remember(saved, work.before)
        self._forget_keys(saved)
        return _reply(stream, saved)

    def _supplied(self, command: c.Command, state: State) -> c.Command:
        """At each attempt anew, so that the list is as young as it can be."""
        if isinstance(command, c.SaveSection | c.HelpWithSafeguards | c.HelpInPlaceOfHub) and isinstance(state, Application) and state.id:
            return msgspec.structs.replace(command, salt=self._salt(state.id))
        if not isinstance(command, c.DrawAssessors) or command.as_of:
            return command
        pool = self.pool()
        return msgspec.structs.replace(command, candidates=pool.people, as_of=pool.as_of)

    def _salt(self, stream: str) -> str:
        """The same for every section of a file, so that the same text has the same digest; gone with the key of its texts."""
        return hmac.digest(self.keys.created(stream), b"sections", "sha256").hex()

    def _facts(self, request: Request, work: "Work", programme: Programme) -> Facts:
        return Facts(now=work.now, actor=self._acting(request, work), programme=programme, states=work.states)

    def _acting(self, request: Request, work: "Work") -> Actor:
        """Nothing that was lent to somebody is used where others enter what they did."""
        person = work.states.get(request.acting)
        found = actor(request.acting, person if isinstance(person, Person) else None, work.now)
        return msgspec.structs.replace(found.own, at=None) if request.on_behalf_of else found

    def _header(self, request: Request, facts: Facts, programme: Programme, at: datetime) -> Header:
        return Header(
            event_id=self.sources.random(16).hex(),
            actor=request.by,
            on_behalf_of=facts.actor.id if facts.hands else request.on_behalf_of,
            at=at,
            command_id=request.id,
            content=request.content,
            correlation=request.commands[0].stream,
            causation=request.causation,
            policy=programme.version,
            specimen=self.specimen,
        )

    # ── What this process knows ───────────────────────────────────────────────

    def load(self, stream: str) -> Known:
        """The stream as of now, read from the ledger."""
        known = self._known.get(stream) or Known(streams.initial(stream), 0, None)
        return self._advance(stream, known, self.ledger.stream(stream, after=known.version))

    def _look(self, stream: str, *, fresh: bool) -> Known:
        """The stream as last seen. That may be old: the version check of the append makes it safe."""
        known = None if fresh else self._known.get(stream)
        return known or self.load(stream)

    def _advance(self, stream: str, known: Known, recorded: tuple[Recorded, ...]) -> Known:
        if recorded:
            last = recorded[-1]
            known = Known(streams.fold(stream, recorded, known.state), last.version, last.header.at)
        if isinstance(known.state, Adoption):
            self._follow(known.state)
        with self._lock:
            self._known[stream] = known
            self._known.move_to_end(stream)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _remember(self, saved: tuple[Recorded, ...], before: Mapping[str, Known]) -> None:
        for stream in {one.stream for one in saved}:
            self._advance(stream, before[stream], tuple(one for one in saved if one.stream == stream))

    def programme_of(self, state: State) -> Programme:
        """The version a file is judged under or a round was opened under, for others the current one; its days as they are known now.

        Refusal policy.unknown where it is not at hand.
        """
        pinned = state.policy if isinstance(state, Application | Round) else None
        version = pinned or self.current
        if version not in self.programmes:
            self.load(streams.PROGRAMME)
        found = self.judging(version)
        if found is None:
            raise Refusal("policy.unknown", policy=version)
        return found

    def judging(self, version: str | None, in_force: str | None = None) -> Programme | None:
        """A version, without one the current one, with the days of that in force, now or when another was; None where it is not at hand."""
        own, known = self.programmes.get(version or self.current), self.programmes.get(in_force or self.current)
        if own is None or known is None or own is known:
            return own
        kept = self._counted.get((own.version, known.version))
        if kept is None or kept[0] is not own or kept[1] is not known:
            kept = self._counted[own.version, known.version] = (own, known, counted_by(own, known))
        return kept[2]

    @property
    def in_force(self) -> Programme:
        """The programme that judges what is new, its priorities numbered as last known."""
        return self._adoption.numbered(self.programmes[self.current])

    def _follow(self, adoption: Adoption) -> None:
        """Take what was adopted into use: also what another process adopted, from where it is kept."""
        self._adoption = adoption
        for one in adoption.versions:
            at_hand = self.offered if self.offered.digest == one.digest else self.programmes.get(one.version)
            if self.shelf and (at_hand is None or at_hand.digest != one.digest):
                at_hand = self.shelf.take(one.digest)
            if at_hand:
                self.programmes[one.version] = at_hand
        if adoption.in_force and adoption.in_force.version in self.programmes:
            self.current = adoption.in_force.version

    # ── Versions and repeats ──────────────────────────────────────────────────

    def _check_expected(self, request: Request, own: Known) -> None:
        if request.expected is not None and request.expected != own.version:
            raise Refusal("stream.moved", expected=request.expected, version=own.version)

    def _earlier(self, request: Request) -> Reply | None:
        """The reply given when this command id was first answered; refused where it was another's, or asked for something else."""
        recorded = self.ledger.by_command(request.id) if request.repeatable else ()
        if not recorded:
            return None
        header = recorded[0].header
        entered = header.on_behalf_of if request.by.startswith("operator:") else request.on_behalf_of
        if (header.actor, entered) != (request.by, request.on_behalf_of):
            raise Refusal("command.other_actor")
        if not hmac.compare_digest(header.content, request.content):
            raise Refusal("command.other_content")
        self._forget_keys(recorded)
        return _reply(header.correlation or recorded[0].stream, recorded, repeated=True)

    def _content(self, commands: tuple[c.Command, ...]) -> str:
        """A keyed digest: it tells a repeat from another request without telling what was asked."""
        said = b"\0".join(type(command).__name__.encode() + b"\0" + msgspec.json.encode(command, order="sorted") for command in commands)
        return hmac.digest(self.keys.created("commands"), said, "sha256").hex()[:32]

    def _addressed(self, commands: tuple[c.Command, ...]) -> tuple[c.Command, ...]:
        """A creating command gets a random stream id, an application its reference, a lot its seed, unless they were given."""
        first, *others = map(self._checked, map(self._seeded, commands))
        first = self._created(first)
        rest = (command if command.stream else msgspec.structs.replace(command, **{command.target: first.stream}) for command in others)
        return (first, *rest)

    def _seeded(self, command: c.Command) -> c.Command:
        """A command that draws a lot has a `seed`; nobody who asks can choose it."""
        if getattr(command, "seed", None) != "":
            return command
        return msgspec.structs.replace(command, seed=self.sources.random(lot.SEED_BYTES).hex())

    def _checked(self, command: c.Command) -> c.Command:
        """What is proposed is kept and checked, whatever the one who asks says of it."""
        if not isinstance(command, c.ProposeProgramme):
            return command
        found = self.shelf.put(self.offered) if self.shelf else len(problems(self.offered))
        return msgspec.structs.replace(command, problems=found)

    def _created(self, command: c.Command) -> c.Command:
        given: dict[str, object] = {}
        if command.creates and not command.stream:
            given[command.target] = f"{command.target}-{self.sources.random(10).hex()}"
        if isinstance(command, c.StartApplication) and not command.reference:
            given["reference"] = reference.make(self.programmes[self.current].prefix, self.sources.random(reference.RANDOM_BYTES))
        return msgspec.structs.replace(command, **given) if given else command

    def _forget_keys(self, recorded: tuple[Recorded, ...]) -> None:
        """Also when a repeat is answered: the first time may have ended between the fact and the key."""
        for one in recorded:
            if isinstance(one.event, e.PersonErased):
                self.keys.erase(one.event.person)


def _decided(state: State, command: c.Command, facts: Facts, version: int) -> tuple[Event | On, ...]:
    """A refusal says of what it was said."""
    try:
        return decide(state, command, facts)
    except Refusal as refused:
        file = state if isinstance(state, Application) else None
        refused.judged = Judged(
            verb=command.verb,
            policy=facts.programme.version,
            version=version,
            stage=str(file.stage) if file else "",
            track=file.track if file else None,
        )
        raise


def _reply(stream: str, recorded: tuple[Recorded, ...], *, repeated: bool = False) -> Reply:
    own = [one.version for one in recorded if one.stream == stream]
    return Reply(stream=stream, version=max(own), index=max(one.index for one in recorded), events=recorded, repeated=repeated)
