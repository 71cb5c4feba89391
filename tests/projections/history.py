"""Scripted histories, written event by event: the ledger takes them as they are, so that also impossible ones can be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count

from fund.domain import events as e
from fund.domain import sections as s
from fund.domain.event import Event, Header, Recorded
from fund.ledger.keys import KeyStore, MemoryKeys
from fund.ledger.store import Ledger

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 17, tzinfo=UTC)
CLOCK = {"due": DUE, "calendar": "office/1"}
GRANT = {"envelope": "envelope-e1", "amount": 40_000_00, "currency": "EUR"}

CITY, OTHER_CITY = "city-oslo", "city-saopaulo"
SPEAKER, OFFICER, SECOND, ASSESSOR_A, ASSESSOR_B, APPROVER, COORDINATOR = (
    f"person-{name}" for name in ("speaker", "officer", "second", "assessor_a", "assessor_b", "approver", "coordinator")
)
OPERATOR = "operator:root"


class Story:
    """Tells facts to a ledger one commit at a time, one minute apart."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.versions: dict[str, int] = {}
        self._commands = count(ledger.head() + 1)
        self._held: list[Recorded] | None = None

    def tell(self, stream: str, actor: str, *events: Event, also: tuple[tuple[str, Event], ...] = ()) -> tuple[Recorded, ...]:
        number = next(self._commands)
        at = START + timedelta(minutes=number)
        recorded = []
        for where, event in (*((stream, event) for event in events), *also):
            version = self.versions[where] = self.versions.get(where, 0) + 1
            header = Header(
                event_id=f"event-{number}-{len(recorded)}",
                actor=actor,
                at=at,
                command_id=f"command-{number}",
                content="0" * 64,
                policy="2023-2025.1",
                specimen=True,
            )
            recorded.append(Recorded(stream=where, version=version, header=header, event=event))
        if self._held is not None:
            self._held += recorded
            return ()
        return self.ledger.append(recorded, command_id=f"command-{number}")

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Many commits written as one: a database under test is slow to flush."""
        if self._held is not None:
            yield
            return
        self._held = []
        yield
        held, self._held = self._held, None
        self.ledger.append(held, command_id=f"held-{held[0].header.command_id}")

    def world(self) -> "Story":
        """Two cities, one a member; people; a hub; one envelope of 100,000.00 EUR."""
        with self.at_once():
            self._world()
        return self

    def _world(self) -> None:
        for id, name, region in ((CITY, "Oslo", "europe"), (OTHER_CITY, "São Paulo", None)):
            country = "NO" if id == CITY else "BR"
            self.tell(id, OPERATOR, registered(name, country, region))
        self.tell(CITY, OPERATOR, e.MembershipRecorded(basis="published list", joined="2016"))
        for person in (SPEAKER, OFFICER, SECOND, ASSESSOR_A, ASSESSOR_B, APPROVER, COORDINATOR):
            self.tell(
                person, OPERATOR, e.PersonRegistered(person=person, full_name=f"Name of {person}", email="a@b.example", language="en")
            )
        self.grant(OFFICER, "officer")
        self.grant(COORDINATOR, "coordinator", "nordic")
        self.tell(CITY, OPERATOR, e.RepresentativeConfirmed(person=SPEAKER, capacity="signatory", proof="letter"))
        self.tell("hub-nordic", OPERATOR, e.HubOpened(hub="nordic", regions=("europe",), opened="2023-05", basis="site"))
        self.tell("envelope-e1", OPERATOR, e.EnvelopeOpened(title="First", currency="EUR"))
        self.tell("envelope-e1", OPERATOR, e.ContributionReceived(donor="Norway", amount=60_000_00, currency="EUR", basis="agreement"))
        self.tell("envelope-e1", OPERATOR, e.ContributionReceived(donor="Denmark", amount=40_000_00, currency="EUR", basis="agreement"))

    def grant(self, person: str, role: str, scope: str | None = None) -> None:
        self.tell(person, OPERATOR, e.RoleGranted(person=person, role=role, scope=scope))

    def draft(self, file: str, city: str = CITY) -> None:
        self.tell(file, SPEAKER, e.ApplicationStarted(reference=reference(file), city=city, language="en", **CLOCK))
        for section in form():
            self.tell(file, SPEAKER, e.SectionSaved(section=section))

    def submit(self, file: str, region: str | None = "europe") -> None:
        self.draft(file)
        self.tell(file, SPEAKER, submitted(region))

    def complete(self, file: str, region: str | None = "europe") -> None:
        self.submit(file, region)
        asked = (e.OpinionRequested(hub="nordic", **CLOCK),) if region else ()
        self.tell(file, OFFICER, e.CompletenessConfirmed(**CLOCK), *asked)

    def assess(self, file: str, region: str | None = "europe") -> None:
        self.complete(file, region)
        self.tell(file, "machine:checks", e.CheckRecorded(check="E1", result="pass", evidence="lead_is_member: True", rule="1"))
        self.tell(file, OFFICER, e.CheckRecorded(check="E5", result="pass", evidence="seen", rule="1"))
        self.tell(file, OFFICER, e.FoundEligible(**CLOCK))
        for person in (ASSESSOR_A, ASSESSOR_B):
            self.tell(file, OFFICER, e.AssessorAssigned(assessor=person))

    def propose(self, file: str) -> None:
        self.assess(file)
        self.tell(file, COORDINATOR, e.OpinionGiven(hub="nordic", opinion="support", accepts_delivery=True, reason="good"))
        self.tell(file, ASSESSOR_A, assessed(ASSESSOR_A))
        finding = e.Finding(priority="P1", verdict="aligned", unanimous=True)
        self.tell(file, ASSESSOR_B, assessed(ASSESSOR_B), e.AlignmentDetermined(findings=(finding,), **CLOCK))
        self.tell(file, OFFICER, e.CoordinationClosed(mode="via_hub", hub="nordic", reason="", **CLOCK))
        self.tell(file, OFFICER, proposed())

    def approve(self, file: str, actor: str = APPROVER) -> None:
        self.propose(file)
        granted = e.Approved(reasons=("aligned",), **GRANT, **CLOCK)
        committed = e.FundsCommitted(application=file, amount=GRANT["amount"], currency="EUR")
        self.tell(file, actor, granted, also=(("envelope-e1", committed),))

    def letter(self, file: str) -> None:
        self.approve(file)
        self.tell(file, "machine:letters", letter())

    def everything(self) -> "Story":
        """One file in each kind of place, and registers that changed."""
        with self.at_once():
            self.world()
            self._files()
        return self

    def _files(self) -> None:
        self.draft("application-draft")
        self.submit("application-submitted")
        self.complete("application-complete")
        self.complete("application-nohub", region=None)
        self.assess("application-assess")
        self.tell("application-assess", ASSESSOR_A, assessed(ASSESSOR_A))
        self.propose("application-propose")
        self.letter("application-closed")
        self.submit("application-returned")
        self.tell("application-returned", OFFICER, e.ReturnedForCompletion(sections=("need",), reason="unclear", **CLOCK))
        self.complete("application-deemed")
        self.tell("application-deemed", "machine:timers", e.OpinionDeemed(hub="nordic", due=DUE))
        self.submit("application-withdrawn")
        self.tell("application-withdrawn", SPEAKER, e.Withdrawn(city=CITY, reason="no time", **CLOCK))
        self.tell(OTHER_CITY, OPERATOR, e.MembershipRecorded(basis="published list", joined=None))
        self.tell(OTHER_CITY, OPERATOR, e.MembershipEnded(basis="left"))
        self.tell(OFFICER, OPERATOR, e.RoleRevoked(person=OFFICER, role="officer", scope=None))
        self.tell(OFFICER, OPERATOR, e.AffiliationRecorded(person=OFFICER, city=OTHER_CITY))
        self.tell(SECOND, OPERATOR, e.PersonErased(person=SECOND, basis="asked"))
        text = {"programme": "strong_cities", "version": "2023-2025.1", "digest": "0" * 64}
        self.tell("programme-adoption", OPERATOR, e.ProgrammeProposed(problems=0, reason="the first", **text))
        self.tell("programme-adoption", "operator:second", e.ProgrammeAdopted(**text))


def reference(file: str) -> str:
    return f"TSF-{file.removeprefix('application-').upper()}"


def registered(name: str, country: str, region: str | None) -> e.CityRegistered:
    return e.CityRegistered(
        name_en=name,
        name_local=name,
        kind="city",
        country=country,
        region=region,
        relation="member",
        source="site",
        note="",
        identifiers={},
    )


def form() -> tuple[s.AnySection, ...]:
    return (
        s.Applicant(title="Safer streets", beneficiaries=(OTHER_CITY,), office="Prevention unit"),
        s.Need(problem="a problem", evidence="evidence", affected="people", mandate="mandate"),
        s.Support(
            design=True, delivery=True, formats=("workshop",), days=5, participants=20, languages=("en",),
            starts_on=date(2027, 1, 11), ends_on=date(2027, 3, 1), description="a workshop",
        ),
        s.Alignment(primary=s.Argument(priority="P1", reason="because"), results=("R1",)),
        s.Results(
            indicators=(s.Indicator(name="reach", baseline="0", target="20", measured_by="list"),), sustainability="stays", sharing="all",
        ),
        s.Resources(amount=50_000_00, currency="EUR", own_contribution="rooms", other_funders="none", publication=True),
    )  # fmt: skip


def submitted(region: str | None) -> e.ApplicationSubmitted:
    return e.ApplicationSubmitted(
        city=CITY, beneficiaries=(OTHER_CITY,), members=(CITY,), signatory=SPEAKER, authorised=True, policy="2023-2025.1",
        catalogue="2023-2025", track="standard", region=region, priorities=("P1",), amount=50_000_00, currency="EUR", **CLOCK,
    )  # fmt: skip


def assessed(assessor: str) -> e.AssessmentRecorded:
    judgement = e.Judgement(priority="P1", verdict="aligned", reason="it serves it")
    return e.AssessmentRecorded(assessor=assessor, judgements=(judgement,))


def proposed() -> e.ProposalMade:
    return e.ProposalMade(recommendation="approve", peers=("peer",), no_peers_reason="", conditions=(), reason="aligned", **GRANT, **CLOCK)


def letter() -> e.LetterIssued:
    return e.LetterIssued(
        outcome="approved",
        language="en",
        issued_on=date(2025, 5, 2),
        template="approved/1",
        renderer="r",
        sha256="0" * 64,
        blob="b",
        size=1,
    )


@contextmanager
def opened(url: str, keys: KeyStore | None = None) -> Iterator[Ledger]:
    ledger = Ledger.open(url, keys or MemoryKeys(), e.EVENTS)
    try:
        yield ledger
    finally:
        ledger.close()
