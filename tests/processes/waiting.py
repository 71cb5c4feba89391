"""A fund on a real ledger with a clock that tests move, and files that wait in it: for a day, for money, for a hub."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from fund.border.opening import Fund, opened
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.event import Event, Header, Recorded
from fund.domain.facts import Role
from fund.ledger.handler import Sources
from fund.processes.reactions import REACTIONS
from fund.processes.worker import Worker
from fund.projections import application_file
from tests.acceptance.office import NOW, PROGRAMME, Office, seeded

HUB = "western-balkans"
"""A hub of the bundled programme, and the region that it is for."""


class Clock:
    """Stands still until it is moved, and never goes back."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def moved_to(self, day: date) -> None:
        assert day > self.now.date()
        self.now = datetime.combine(day, self.now.timetz())


class Waiting:
    """`envelope` holds too little for any file of the office, whose amounts are 10,000.00 each."""

    def __init__(self, fund: Fund, clock: Clock, region: str | None) -> None:
        self.fund, self.clock = fund, clock
        self.office = Office(fund.handler, 1_00, region)
        self.approver = self.office.person(Role.APPROVER)
        self._issued = 0

    def worked(self) -> int:
        """The worker of this machine does everything that is due; how many things it did. Nothing is left that it holds for done."""
        done = self.fund.worker.once()
        assert list(self._held_done()) == []
        return done

    def _held_done(self) -> Iterator[str]:
        """What a machine wants to do and never will: the id of its command was used before, for another cause."""
        with self.fund.views.reading() as reading:
            files = application_file.open_files(reading)
        for file in files:
            programme = self.fund.handler.programmes[file.policy or self.fund.handler.current]
            wanted = (one.command_id(file) for one in REACTIONS if one.wanted(file, programme, self.clock()))
            yield from (id for id in wanted if self.fund.ledger.by_command(id))

    def another_worker(self) -> Worker:
        """As of a second process on the same ledger and views, with a memory of its own."""
        return Worker(self.fund.handler, self.fund.runner, self.fund.views, lambda: self.fund.letters)

    def file(self, id: str) -> Application:
        state = self.fund.handler.load(id).state
        assert isinstance(state, Application)
        return state

    def by(self, actor: str, stream: str | None = None) -> list[Recorded]:
        """What this machine recorded, in order."""
        return [one for one in self.fund.ledger.read(0, 100_000) if one.header.actor == actor and stream in (None, one.stream)]

    def happened(self, id: str, *events: Event, by: str = "machine:tests") -> None:
        """What months of work would have recorded."""
        version = self.fund.handler.load(id).version
        header = Header(event_id="", actor=by, at=self.clock.now, command_id="", content="0" * 32, policy=PROGRAMME.version)
        recorded = [Recorded(stream=id, version=version + n, header=header, event=one) for n, one in enumerate(events, start=1)]
        self.fund.ledger.append(recorded, command_id=f"happened-{id}-{version}")

    # ── Waiting after a decision ──────────────────────────────────────────────

    def put_off(self, until: date | None = None, awaits: str = "") -> str:
        file = self.office.awaiting_decision(10_000_00)
        self.decide(c.Defer(application=file, until=until, awaits=awaits, reasons=("Not now",), otherwise="The vote is near"))
        return file

    def listed(self) -> str:
        file = self.office.awaiting_decision(10_000_00)
        self.decide(c.PutOnWaitingList(application=file, reasons=("No money",), otherwise="The envelope is empty"))
        return file

    def decide(self, command: c.Defer | c.PutOnWaitingList | c.Approve) -> None:
        """Decided, and the letter is out and opened: nothing is printed here."""
        self.office.do(command, by=self.approver)
        self._issued += 1
        letter = c.IssueLetter(
            application=command.application, issued_on=self.clock.now.date(), template="t", renderer="r", sha256="a" * 64,
            blob=f"{self._issued:064}", size=1,
        )  # fmt: skip
        self.office.do(letter, by="machine:letters")
        opening = c.OpenLetter(application=command.application, letter=len(self.file(command.application).letters))
        self.office.do(opening, by=self.office.signatory)

    def propose_again(self, file: str) -> None:
        proposal = c.MakeProposal(
            application=file, recommendation="approve", envelope=self.office.envelope, amount=10_000_00, currency="EUR", peers=("a peer",),
            reason="still good",
        )  # fmt: skip
        self.office.do(proposal, by=self.office.officer)

    def given(self, amount: int) -> None:
        contribution = c.ReceiveContribution(envelope=self.office.envelope, donor="Donor", amount=amount, currency="EUR", basis="agreement")
        self.office.do(contribution)

    # ── Waiting for a hub ─────────────────────────────────────────────────────

    def asked_of_the_hub(self) -> str:
        """A file of a city in the hub's region whose opinion is asked for."""
        file = self.office.submitted(10_000_00)
        self.office.do(c.ConfirmCompleteness(application=file), by=self.office.officer)
        return file


@contextmanager
def waiting(data: Path, region: str | None = None) -> Iterator[Waiting]:
    clock = Clock()
    with opened(Settings(data=data), Sources(clock, seeded(1)), specimen=True) as fund:
        yield Waiting(fund, clock, region)
