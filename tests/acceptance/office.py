"""A fund at work for acceptance tests: people, a city, an envelope, and files brought to a decision in few commits."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import sections as s
from fund.domain.application import Application
from fund.domain.events import EVENTS
from fund.domain.facts import Role
from fund.ledger.handler import Handler, Sources
from fund.ledger.kek import Kek
from fund.ledger.keys import open_keys
from fund.ledger.store import Ledger
from fund.policy import load

NOW = datetime(2025, 3, 3, 9, tzinfo=UTC)
OPENED = NOW.date()
OPERATOR = "operator:test"
KEK = Kek(bytes(range(32)))
PROGRAMME = load()


def seeded(seed: int) -> Callable[[int], bytes]:
    """Random bytes that are the same in every run."""
    return random.Random(seed).randbytes


@contextmanager
def opened_handler(url: str, seed: int = 1) -> Iterator[Handler]:
    keys = open_keys(url, KEK)
    ledger = Ledger.open(url, keys, EVENTS)
    try:
        yield Handler(ledger, keys, {PROGRAMME.version: PROGRAMME}, PROGRAMME.version, Sources(lambda: NOW, seeded(seed)), specimen=True)
    finally:
        ledger.close()
        keys.close()


class Office:
    """Who works on files in these tests."""

    def __init__(self, handler: Handler, money: int, region: str | None = None) -> None:
        self.handler = handler
        self.officer = self.person(Role.OFFICER)
        self.assessors = (self.person(Role.ASSESSOR), self.person(Role.ASSESSOR))
        self.signatory = self.person()
        registration = c.RegisterCity(
            name_en="Mokolo", kind="commune", country="CM", region=region, relation="member", source="register of the network"
        )
        self.city = self.do(registration)
        self.do(c.RecordMembership(city=self.city, basis="register of the network"))
        self.do(c.ConfirmRepresentative(city=self.city, person=self.signatory, capacity="signatory", proof="letter"))
        self.envelope = self.do(c.OpenEnvelope(title="Test", currency="EUR"))
        self.do(c.ReceiveContribution(envelope=self.envelope, donor="Donor", amount=money, currency="EUR", basis="agreement"))

    def do(self, *commands: c.Command, by: str = OPERATOR) -> str:
        return self.handler.handle(*commands, by=by).stream

    def person(self, role: Role | None = None) -> str:
        id = self.do(c.RegisterPerson(full_name="Somebody", email="somebody@example.invalid", language="en"))
        if role:
            self.do(c.GrantRole(person=id, role=role))
        return id

    def submitted(self, amount: int, round: str | None = None) -> str:
        saves = (c.SaveSection(application="", section=section) for section in form(amount, self.handler.sources.clock().date()))
        submit = c.SubmitApplication(application="", round=round)
        return self.do(c.StartApplication(city=self.city, language="fr"), *saves, submit, by=self.signatory)

    def eligible(self, amount: int) -> str:
        """A file of a city without a hub, found eligible; its assessors are chosen next."""
        file = self.submitted(amount)
        self.do(c.ConfirmCompleteness(application=file), by=self.officer)
        self.do(c.RunMachineChecks(application=file), by="machine:eligibility")
        found = self.handler.load(file).state
        assert isinstance(found, Application)
        people = [check.code for check in PROGRAMME.checks if check.code not in found.checks]
        records = (c.RecordCheck(application=file, check=code, result="pass", evidence="seen") for code in people)
        self.do(*records, c.ConfirmEligibility(application=file), by=self.officer)
        return file

    def awaiting_decision(self, amount: int) -> str:
        """A file of a city without a hub, proposed for approval."""
        file = self.eligible(amount)
        self.do(*(c.AssignAssessor(application=file, assessor=one, reason="free") for one in self.assessors), by=self.officer)
        judgements = (e.Judgement(priority="SP-MANDATE", verdict="aligned", reason="clear"),)
        for assessor in self.assessors:
            self.do(c.RecordAssessment(application=file, judgements=judgements), by=assessor)
        proposal = c.MakeProposal(
            application=file,
            recommendation="approve",
            envelope=self.envelope,
            amount=amount,
            currency="EUR",
            peers=("a peer",),
            reason="good",
        )
        self.do(c.CloseCoordination(application=file, mode="no_hub", reason="no hub here"), proposal, by=self.officer)
        return file


def safe() -> s.Safeguards:
    """Nothing that could harm anybody."""
    codes = ("Q1", "Q2", "Q3", "Q8", "Q10")
    answers = tuple(s.SafeguardAnswer(question=code, answer="yes" if code == "Q10" else "no") for code in codes)
    return s.Safeguards(ages=("30_plus",), answers=answers)


def form(amount: int, today: date = OPENED) -> tuple[s.AnySection, ...]:
    """For support that lies ahead, whatever clock the office has."""
    return (
        s.Applicant(title="Prevention team", office="Office of the Mayor"),
        s.Need(problem="rumours", evidence="register", affected="families", mandate="civil registry"),
        s.Support(
            design=True,
            delivery=True,
            formats=("workshop",),
            days=12,
            participants=20,
            languages=("fr",),
            starts_on=date(2025, 6, 2),
            ends_on=max(date(2025, 9, 30), today + timedelta(days=90)),
            description="two workshops",
        ),
        s.Alignment(primary=s.Argument(priority="SP-MANDATE", reason="a lasting service"), results=("1.1", "2.1")),
        safe(),
        s.Results(
            indicators=(s.Indicator(name="cases", baseline="7", target="9", measured_by="register"),),
            sustainability="two posts",
            sharing="the guide",
        ),
        s.Resources(amount=amount, currency="EUR", publication=True),
    )
