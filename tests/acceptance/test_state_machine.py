# ruff: noqa: F405
"""A fund on a real database, asked anything by anybody through two doors at once, against a small model of what may happen.

The model knows five things and takes them from nowhere else: where a file stands, who did what on it, what lies in each envelope,
who belongs to which city, and that an answer given twice is given once. Each accepted command must fit the model; the promises that
`tests/domain/test_properties` works out from the facts must hold over what the database gives back.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.deciding import allowed_actions
from fund.domain.event import Header, Recorded
from fund.domain.events import EVENTS
from fund.domain.facts import Facts, actor
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.domain.streams import State, fold, kind_of
from fund.domain.workflow import STAGES
from fund.ledger.handler import Handler, Reply, Sources
from fund.ledger.kek import Kek
from fund.ledger.keys import open_keys
from fund.ledger.store import Ledger
from tests.domain.test_properties import AWAITED, BORN, CROWD, FILES, INVARIANTS, MENU, ON_FILES, STARTS, Life
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

MANY = 1_000_000
KEK = Kek(bytes(range(32)))


class Model:
    """What a bystander with a notebook knows."""

    def __init__(self) -> None:
        self.money: dict[str, int] = {}
        self.decided: set[str] = set()
        self.worked: dict[str, set[str]] = {file: set() for file in FILES}

    def note(self, one: Recorded) -> None:
        event, by = one.event, one.header.actor
        match event:
            case e.ContributionReceived():
                self.money[one.stream] = self.money.get(one.stream, 0) + event.amount
            case e.FundsCommitted():
                self.money[one.stream] = self.money.get(one.stream, 0) - event.amount
                assert self.money[one.stream] >= 0, "more was given than there was"
            case e.Approved() | e.ApprovedWithConditions():
                assert one.stream not in self.decided, "approved twice"
                assert by not in self.worked[one.stream], f"{by} decided what they worked on"
                self.decided.add(one.stream)
        if isinstance(event, e.ApplicationEvent) and event.duty not in (None, "deciding"):
            self.worked[one.stream].add(by)


class Fund(RuleBasedStateMachine):
    """`url` makes an empty ledger; subclasses give one for each database."""

    url: Callable[[], str]

    @initialize(starts=st.tuples(st.sampled_from(list(STARTS)), st.sampled_from(list(STARTS))))
    def begin(self, starts: tuple[Stage, Stage]) -> None:
        address = type(self).url()
        self.now = NOW
        self.model = Model()
        self.seen = 0
        self.asked: list[tuple[c.Command, str, str]] = []
        self.keys = open_keys(address, KEK)
        self.ledger = Ledger.open(address, self.keys, EVENTS)
        source = random.Random(1)
        sources = Sources(lambda: self.now, source.randbytes)
        programmes = {PROGRAMME.version: PROGRAMME}
        self.doors = tuple(Handler(self.ledger, self.keys, programmes, PROGRAMME.version, sources, specimen=True) for _ in range(2))
        self._tell((*BORN, *STARTS[starts[0]], *elsewhere(STARTS[starts[1]])))

    def _tell(self, history: History) -> None:
        """What had happened before, stored as the facts they are."""
        versions: dict[str, int] = {}
        placed = []
        for number, told in enumerate(history):
            versions[told.stream] = versions.get(told.stream, 0) + 1
            header = Header(
                event_id=f"before-{number}", actor=told.by, at=told.at, command_id="before", content="", policy=PROGRAMME.version
            )
            placed.append(Recorded(stream=told.stream, version=versions[told.stream], header=header, event=told.event))
        self.ledger.append(placed, command_id="before")

    # ── What happens ──────────────────────────────────────────────────────────

    @rule(at=st.integers(0, 10**6), door=st.integers(0, 1))
    def ask_anything_of_anybody(self, at: int, door: int) -> None:
        self._ask(MENU[at % len(MENU)], CROWD[at // len(MENU) % len(CROWD)], door)

    @rule(file=st.sampled_from(FILES), at=st.integers(0, 10**6), door=st.integers(0, 1))
    def ask_what_a_file_waits_for(self, file: str, at: int, door: int) -> None:
        kinds = AWAITED[self._file(file).stage]
        kind, by = kinds[at % len(kinds)]
        ways = [command for command in ON_FILES[file] if type(command) is kind]
        self._ask(ways[at // len(kinds) % len(ways)], by, door)

    @rule(days=st.integers(1, 9))
    def days_go_by(self, days: int) -> None:
        self.now += timedelta(days=days)

    @precondition(lambda self: self.asked)
    @rule(at=st.integers(0, 10**6), door=st.integers(0, 1))
    def ask_again(self, at: int, door: int) -> None:
        """A repeat is answered as the first time and records nothing."""
        command, by, id = self.asked[at % len(self.asked)]
        before = self.ledger.head()
        assert self.doors[door].handle(command, by=by, command_id=id).repeated
        assert self.ledger.head() == before

    def _ask(self, command: c.Command, by: str, door: int) -> Reply | None:
        before, id = self.ledger.head(), uuid4().hex
        try:
            reply = self.doors[door].handle(command, by=by, command_id=id)
        except Refusal:
            assert self.ledger.head() == before, "a refusal leaves nothing behind"
            return None
        self.asked.append((command, by, id))
        assert self.ledger.head() == before + len(reply.events)
        return reply

    # ── What holds ────────────────────────────────────────────────────────────

    @invariant()
    def what_was_recorded_fits_the_model(self) -> None:
        for one in self.ledger.read(self.seen, MANY):
            self.model.note(one)
            self.seen = one.index

    @invariant()
    def a_waiting_file_has_an_owner_a_date_and_a_way_out(self) -> None:
        for stream in FILES:
            file = self._file(stream)
            if file.is_open:
                assert STAGES[file.stage].owners
                assert file.due is not None
                assert self._ways_out(file), file.stage

    def _ways_out(self, file: Application) -> list[str]:
        found = []
        for person in (*CROWD, TIMER):
            with suppress(Refusal):  # erased: they ask for nothing any more
                steps = allowed_actions(file, self._facts(person))
                found += [step.verb for step in steps if set(step.leads_to) - {file.stage}]
        return found if file.stage is not Stage.LETTER else found or ["issue-letter"]

    def _facts(self, by: str) -> Facts:
        person = self._state(by) if kind_of(by) == "person" else None
        who = actor(by, person if isinstance(person, Person) else None)
        streams = (LAKESIDE, HILLTOWN, OUTPOST, NORTH, SOUTH, *((by,) if kind_of(by) == "person" else ()))
        return Facts(now=self.now, actor=who, programme=PROGRAMME, states={id: self._state(id) for id in streams})

    def _state(self, stream: str) -> State:
        return self.doors[0].load(stream).state

    def _file(self, stream: str) -> Application:
        state = self._state(stream)
        assert isinstance(state, Application)
        return state

    def teardown(self) -> None:
        """The promises over all that was recorded, read back from the database; and both doors know the same."""
        if not hasattr(self, "ledger"):
            return
        facts = list(self.ledger.read(0, MANY))
        life = Life({}, facts, None)  # type: ignore[arg-type]  # nothing is asked of it
        for stream in {one.stream for one in facts}:
            life.states[stream] = fold(stream, [one for one in facts if one.stream == stream])
            assert self.doors[1].load(stream).state == life.states[stream]
        for holds in INVARIANTS:
            holds(life)
        self.ledger.close()
        self.keys.close()


FULL = os.environ.get("FUND_FAULTS") == "full"
BOUNDS = settings(max_examples=200 if FULL else 8, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="fund-machine-"))
    yield path
    shutil.rmtree(path)


@pytest.mark.faults
def test_on_sqlite(folder: Path) -> None:
    class OnSqlite(Fund):
        url = staticmethod(lambda: f"sqlite:///{folder}/{uuid4().hex}.db")

    run_state_machine_as_test(OnSqlite, settings=BOUNDS)  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped


@pytest.mark.faults
def test_on_postgresql(postgres_server: str) -> None:
    def made() -> str:
        name = f"machine_{uuid4().hex}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return urlsplit(postgres_server)._replace(path=f"/{name}").geturl()

    class OnPostgresql(Fund):
        url = staticmethod(made)

    run_state_machine_as_test(OnPostgresql, settings=BOUNDS)  # type: ignore[no-untyped-call]  # hypothesis leaves it untyped
