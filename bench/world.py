"""A small fund to measure: people, a city, a hub, money, and applications that go through every stage by commands."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from fund.domain import commands as c
from fund.domain import sections as s
from fund.domain.application import Application
from fund.domain.events import EVENTS, Judgement
from fund.domain.programme import Programme
from fund.domain.streams import hub_stream
from fund.ledger.handler import Handler, Sources
from fund.ledger.kek import Kek
from fund.ledger.keys import KeyStore, open_keys
from fund.ledger.store import Ledger
from fund.policy.loading import load

PROGRAMME = load()
HUB = next(hub for hub in PROGRAMME.catalogue.hubs if hub.regions)
REGION = HUB.regions[0]
CITY, OBSERVER = "city-lead", "city-observer"
SIGNATORY, OFFICER, APPROVER, COORDINATOR = "person-signatory", "person-officer", "person-approver", "person-coordinator"
ASSESSORS = ("person-assessor-a", "person-assessor-b")
OPERATOR = "operator:bench"
AMOUNT = 40_000_00
OPEN_AT_ONCE = 50
"""Applications under way at the same time: so many files share the events of one batch."""
KEK = Kek(bytes(32))


@contextmanager
def opened(url: str) -> Iterator[tuple[Ledger, Handler]]:
    keys = open_keys(url, KEK)
    ledger = Ledger.open(url, keys, EVENTS)
    try:
        yield ledger, handler_on(ledger, keys)
    finally:
        ledger.close()
        keys.close()


def handler_on(ledger: Ledger, keys: KeyStore) -> Handler:
    sources = Sources(lambda: datetime.now(UTC), os.urandom)
    return Handler(ledger, keys, {PROGRAMME.version: PROGRAMME}, PROGRAMME.version, sources, specimen=True)


def settle(handler: Handler) -> None:
    """Everybody and everything that an application needs, money aside."""
    for city in (CITY, OBSERVER):
        handler.handle(
            c.RegisterCity(
                city=city, name_en=city, name_local=city, kind="city", country="NO", region=REGION, relation="member", source="-"
            ),
            c.RecordMembership(city=city, basis="published list"),
            by=OPERATOR,
        )
    handler.handle(c.OpenHub(hub=hub_stream(HUB.code), opened="2023-05", basis="published page"), by=OPERATOR)
    for person in (SIGNATORY, OFFICER, APPROVER, COORDINATOR, *ASSESSORS):
        handler.handle(c.RegisterPerson(person=person, full_name=f"{person} of Bench", email="a@b.example", language="en"), by=OPERATOR)
    roles = {OFFICER: "officer", APPROVER: "approver", **dict.fromkeys(ASSESSORS, "assessor")}
    for person, role in roles.items():
        handler.handle(c.GrantRole(person=person, role=role), by=OPERATOR)
    handler.handle(c.GrantRole(person=COORDINATOR, role="coordinator", scope=HUB.code), by=OPERATOR)
    handler.handle(c.ConfirmRepresentative(city=CITY, person=SIGNATORY, capacity="signatory", proof="letter"), by=OPERATOR)


def start(handler: Handler, file: str) -> None:
    handler.handle(c.StartApplication(application=file, city=CITY, language="en"), by=SIGNATORY)


def to_decision(handler: Handler, file: str, envelope: str) -> Iterator[None]:
    """One application from nothing to the stage of decision, a command at a time, with the envelope that shall pay for it."""
    start(handler, file)
    yield
    for section in form():
        handler.handle(c.SaveSection(application=file, section=section), by=SIGNATORY)
        yield
    handler.handle(c.SubmitApplication(application=file), by=SIGNATORY)
    yield
    handler.handle(c.ConfirmCompleteness(application=file), by=OFFICER)
    yield
    handler.handle(c.RunMachineChecks(application=file), by="machine:checks")
    yield
    known = handler.load(file).state
    assert isinstance(known, Application)
    for check in PROGRAMME.checks:
        if check.code not in known.checks:
            handler.handle(c.RecordCheck(application=file, check=check.code, result="pass", evidence=said(60)), by=OFFICER)
            yield
    handler.handle(c.ConfirmEligibility(application=file), by=OFFICER)
    yield
    opinion = c.GiveOpinion(application=file, opinion="support", accepts_delivery=True, reason=said(200))
    handler.handle(opinion, by=COORDINATOR)
    yield
    for person in ASSESSORS:
        handler.handle(c.AssignAssessor(application=file, assessor=person, reason="bench"), by=OFFICER)
        yield
    judgement = Judgement(priority=PROGRAMME.catalogue.priorities[0].code, verdict="aligned", reason=said(300))
    for person in ASSESSORS:
        handler.handle(c.RecordAssessment(application=file, judgements=(judgement,)), by=person)
        yield
    handler.handle(c.CloseCoordination(application=file, mode="via_hub"), by=OFFICER)
    yield
    handler.handle(
        c.OpenEnvelope(envelope=envelope, title="Bench", currency="EUR"),
        c.ReceiveContribution(envelope=envelope, donor="Norway", amount=AMOUNT, currency="EUR", basis="agreement"),
        by=OPERATOR,
    )
    proposal = c.MakeProposal(
        application=file, recommendation="approve", envelope=envelope, amount=AMOUNT, currency="EUR", peers=("Oslo",), reason=said(200)
    )
    handler.handle(proposal, by=OFFICER)
    yield


def to_letter(handler: Handler, file: str, envelope: str) -> Iterator[None]:
    """The same, approved and with its letter."""
    yield from to_decision(handler, file, envelope)
    handler.handle(c.Approve(application=file, reasons=("it serves the priority",)), by=APPROVER)
    yield
    letter = c.IssueLetter(
        application=file, issued_on=date(2025, 5, 2), template="approved/1", renderer="-", sha256="0" * 64, blob="0" * 64, size=50_000
    )
    handler.handle(letter, by="machine:letters")
    yield


def lives(handler: Handler, files: int) -> None:
    """Applications from start to letter, `OPEN_AT_ONCE` under way at any time; a new one starts when one is done."""
    waiting = iter(range(files))
    under_way: list[Iterator[None]] = []
    while True:
        while len(under_way) < OPEN_AT_ONCE and (number := next(waiting, None)) is not None:
            under_way.append(to_letter(handler, f"application-life{number}", f"envelope-life{number}"))
            # One step ahead of the next one, so that all stages occur at any time.
            for _ in range(number % 25 if number < OPEN_AT_ONCE else 0):
                next(under_way[-1])
        if not under_way:
            return
        under_way = [life for life in under_way if next(life, life) is not life]


def decided(handler: Handler, files: int) -> None:
    """Applications that wait for their decision."""
    for number in range(files):
        for _ in to_decision(handler, f"application-decided{number}", f"envelope-decided{number}"):
            pass


def copied(source: Ledger, target: Ledger) -> int:
    """The same facts, in the same order, in another ledger: in large commits, because this is not what is measured."""
    for number, batch in enumerate(source.batches(size=500)):
        target.append(batch, command_id=f"copy-{number}")
    return target.head()


def said(length: int) -> str:
    """A text of so many characters."""
    return ("Young people in two districts are drawn into groups that preach hatred; parents and teachers ask for help. " * 20)[:length]


def safe(programme: Programme) -> tuple[s.Safeguards, ...]:
    """Answers that name no risk, to whatever may be asked."""
    policy = programme.safeguards
    if policy is None:
        return ()
    answers = (s.SafeguardAnswer(question=one.code, answer="no" if one.risky == "yes" else "yes") for one in policy.questions)
    return (s.Safeguards(ages=(policy.ages[-1].code,), answers=tuple(answers)),)


def form(programme: Programme = PROGRAMME) -> tuple[s.AnySection, ...]:
    """The sections of the form, with texts of usual length."""
    catalogue = programme.catalogue
    result = next(result.code for result in catalogue.results if result.level != "impact")
    return (
        s.Applicant(title="Safer streets", observers=(OBSERVER,), office="Prevention unit"),
        s.Need(problem=said(600), evidence=said(400), affected=said(300), mandate=said(200)),
        s.Support(
            design=True, delivery=True, formats=(catalogue.formats[0].code,), days=5, participants=20, languages=("en",),
            starts_on=date(2034, 1, 9), ends_on=date(2034, 3, 1), description=said(500),
        ),
        s.Alignment(primary=s.Argument(priority=catalogue.priorities[0].code, reason=said(300)), results=(result,)),
        *safe(programme),
        s.Results(
            indicators=(s.Indicator(name="reach", baseline="0", target="20", measured_by="list"),),
            sustainability=said(300), sharing=said(200),
        ),
        s.Resources(amount=50_000_00, currency="EUR", own_contribution=said(200), other_funders="none", publication=True),
    )  # fmt: skip
