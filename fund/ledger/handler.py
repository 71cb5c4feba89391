"""From a command to its facts: load what it relies on, decide, append; and again on fresh state where another was faster.

A repeated command id is answered with the earlier reply. A version that a *person* saw (`expected`) is never retried:
the answer says what happened since. Internal conflicts decide again on fresh state for `PATIENCE` seconds, then `ledger.busy`.
"""

import hashlib
import hmac
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import reference, streams
from fund.domain.application import Application
from fund.domain.deciding import decide, reads
from fund.domain.event import Event, Header, Recorded
from fund.domain.facts import Facts, On, actor
from fund.domain.programme import Programme
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.domain.streams import State
from fund.ledger.errors import Duplicate, Stale
from fund.ledger.keys import KeyErased, KeyStore
from fund.ledger.store import Ledger

PATIENCE = 2.0
REMEMBERED = 20_000
"""Frozen states kept per process."""


class Sources(msgspec.Struct, frozen=True):
    """Where time and randomness come from. clock: aware UTC. random(n): n bytes."""

    clock: Callable[[], datetime]
    random: Callable[[int], bytes]


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
    """A command on its way: who gives it, under which id, against which version they saw."""

    command: c.Command
    by: str
    id: str
    content: str
    repeatable: bool
    """Whether the id was given by the caller, who may send it again."""
    expected: int | None
    causation: str | None
    on_behalf_of: str | None


class Handler:
    """Executes commands on one ledger, under the programmes at hand (by version); `current` judges what is new."""

    def __init__(
        self, ledger: Ledger, keys: KeyStore, programmes: Mapping[str, Programme], current: str, sources: Sources, *, specimen: bool
    ) -> None:
        self.ledger = ledger
        self.keys = keys
        self.programmes = programmes
        self.current = current
        self.sources = sources
        self.specimen = specimen
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._lock = threading.Lock()

    def handle(
        self,
        command: c.Command,
        *,
        by: str,
        command_id: str | None = None,
        expected: int | None = None,
        causation: str | None = None,
        on_behalf_of: str | None = None,
    ) -> Reply:
        """Refusal, or the facts recorded. Unavailable when the database does not answer."""
        content = self._content(command)
        request = Request(
            command=self._addressed(command),
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
        fresh = request.expected is not None
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
                    self._check_expected(request, self.load(request.command.stream))
                if time.monotonic() > until:
                    raise Refusal("ledger.busy") from failure
                fresh = True

    def _attempt(self, request: Request, *, fresh: bool) -> Reply:
        command = request.command
        own = self._look(command.stream, fresh=fresh and not command.creates)
        self._check_expected(request, own)
        programme = self._programme(own.state)
        others = {id: self._look(id, fresh=fresh) for id in reads(own.state, command, request.by, programme)}
        decided = decide(own.state, command, self._facts(request, own, others, programme))
        recorded = self._placed(request, decided, own, others, programme)
        written = {one.stream for one in recorded}
        relies_on = {id: known.version for id, known in others.items() if id not in written}
        saved = self.ledger.append(recorded, command_id=request.id, relies_on=relies_on)
        self._remember(saved, {command.stream: own} | others)
        self._forget_keys(saved)
        return _reply(command.stream, saved)

    def _facts(self, request: Request, own: Known, others: Mapping[str, Known], programme: Programme) -> Facts:
        states = {id: known.state for id, known in others.items()} | {request.command.stream: own.state}
        person = states.get(request.by)
        who = actor(request.by, person if isinstance(person, Person) else None)
        return Facts(now=self.sources.clock(), actor=who, programme=programme, states=states)

    def _placed(
        self, request: Request, decided: tuple[Event | On, ...], own: Known, others: Mapping[str, Known], programme: Programme
    ) -> tuple[Recorded, ...]:
        """Each event in its stream at its next version; time never goes back within a stream."""
        places = dict(others) | {request.command.stream: own}
        next_version = {id: known.version for id, known in places.items()}
        latest = max((known.at for known in places.values() if known.at), default=self.sources.clock())
        at = max(self.sources.clock(), latest)
        placed = []
        for one in decided:
            stream, event = (one.stream, one.event) if isinstance(one, On) else (request.command.stream, one)
            next_version[stream] += 1
            header = Header(
                event_id=self.sources.random(16).hex(),
                actor=request.by,
                on_behalf_of=request.on_behalf_of,
                at=at,
                command_id=request.id,
                content=request.content,
                correlation=request.command.stream,
                causation=request.causation,
                policy=programme.version,
                specimen=self.specimen,
            )
            placed.append(Recorded(stream=stream, version=next_version[stream], header=header, event=event))
        return tuple(placed)

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
        with self._lock:
            self._known[stream] = known
            self._known.move_to_end(stream)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return known

    def _remember(self, saved: tuple[Recorded, ...], before: Mapping[str, Known]) -> None:
        for stream in {one.stream for one in saved}:
            self._advance(stream, before[stream], tuple(one for one in saved if one.stream == stream))

    def _programme(self, state: State) -> Programme:
        version = (state.policy if isinstance(state, Application) else None) or self.current
        if version not in self.programmes:
            raise Refusal("policy.unknown", policy=version)
        return self.programmes[version]

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
        if header.actor != request.by:
            raise Refusal("command.other_actor")
        if not hmac.compare_digest(header.content, request.content):
            raise Refusal("command.other_content")
        return _reply(header.correlation or recorded[0].stream, recorded, repeated=True)

    def _content(self, command: c.Command) -> str:
        """A keyed digest: it tells a repeat from another request without telling what was asked."""
        key = self.keys.created("commands")
        said = type(command).__name__.encode() + b"\0" + msgspec.json.encode(command, order="sorted")
        return hmac.new(key, said, hashlib.sha256).hexdigest()[:32]

    def _addressed(self, command: c.Command) -> c.Command:
        """A creating command gets a random stream id, and an application its reference, unless they were given."""
        given: dict[str, object] = {}
        if command.creates and not command.stream:
            given[command.target] = f"{command.target}-{self.sources.random(10).hex()}"
        if isinstance(command, c.StartApplication) and not command.reference:
            given["reference"] = reference.make(self.programmes[self.current].prefix, self.sources.random(reference.RANDOM_BYTES))
        return msgspec.structs.replace(command, **given) if given else command

    def _forget_keys(self, saved: tuple[Recorded, ...]) -> None:
        for one in saved:
            if isinstance(one.event, e.PersonErased):
                self.keys.erase(one.event.person)


def _reply(stream: str, recorded: tuple[Recorded, ...], *, repeated: bool = False) -> Reply:
    own = [one.version for one in recorded if one.stream == stream]
    return Reply(stream=stream, version=max(own), index=max(one.index for one in recorded), events=recorded, repeated=repeated)
