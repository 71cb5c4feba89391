"""A running fund for browsers: two cities, their people, an open application of each kind, and a real server on this machine."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import uvicorn
from fastapi import FastAPI

from fund.api.app import create_app
from fund.border.opening import Fund, open_fund
from fund.border.operations import Operations
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.sections import Alignment, Applicant, Argument, Indicator, Need, Resources, Results, SafeguardAnswer, Safeguards, Support

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OPERATOR = "operator:tests"
ARABIC = "تدريب العاملين مع الشباب في الأحياء"


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Where it runs, and what is in it. `tokens` by name of person."""

    url: str
    app: FastAPI
    fund: Fund
    tokens: dict[str, str]
    people: dict[str, str]
    cities: dict[str, str]


def safe() -> Safeguards:
    """Nothing that could harm anybody."""
    codes = ("Q1", "Q2", "Q3", "Q8", "Q10")
    answers = tuple(SafeguardAnswer(question=code, answer="yes" if code == "Q10" else "no") for code in codes)
    return Safeguards(ages=("30_plus",), answers=answers)


def told(title: str, language: str = "en") -> tuple[c.SaveSection, ...]:
    """Seven sections that the rules accept."""
    words = "نص قصير يقول ما يلزم." if language == "ar" else "A short text that says what is needed.\nAnd a second line."
    sections = (
        Applicant(title=title, office="Youth office"),
        Need(problem=words, evidence=words, affected=words, mandate=words),
        Support(
            design=True, delivery=False, formats=("workshop",), days=4, participants=25, languages=("en", "pt"),
            starts_on=NOW.date().replace(month=6), ends_on=NOW.date().replace(month=9), description=words,
        ),
        Alignment(
            primary=Argument(priority="SP-YOUTH", reason=words),
            secondary=(Argument(priority="SP-VOICE", reason=words),),
            results=("1.1",),
        ),
        safe(),
        Results(
            indicators=(Indicator(name="People trained", baseline="0", target="25", measured_by="Attendance lists"),),
            sustainability=words, sharing=words,
        ),
        Resources(amount=12_000_50, currency="EUR", own_contribution=words, other_funders=words, publication=True),
    )  # fmt: skip
    return tuple(c.SaveSection(application="", section=section) for section in sections)


class Maker:
    """Fills a new fund."""

    def __init__(self, fund: Fund, operations: Operations | None) -> None:
        self.fund = fund
        self.operations = operations
        self.tokens: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.cities: dict[str, str] = {}

    def city(self, name: str, country: str, region: str | None, local: str = "") -> None:
        entry = c.RegisterCity(
            name_en=name, name_local=local, kind="city", country=country, region=region, relation="member",
            source="tests", note="", identifiers={},
        )  # fmt: skip
        self.cities[name] = id = self.fund.handler.handle(entry, by=OPERATOR).stream
        self.fund.handler.handle(c.RecordMembership(city=id, basis="published list", joined="2019"), by=OPERATOR)

    def person(self, name: str, *roles: tuple[str, str | None], speaks: tuple[str, e.Capacity] | None = None) -> None:
        entry = c.RegisterPerson(full_name=name, email=f"{name}@example.org", language="en")
        self.people[name] = id = self.fund.handler.handle(entry, by=OPERATOR).stream
        for role, scope in roles:
            self.fund.handler.handle(c.GrantRole(person=id, role=role, scope=scope), by=OPERATOR)
        if speaks:
            city, capacity = speaks
            confirm = c.ConfirmRepresentative(city=self.cities[city], person=id, capacity=capacity, proof="letter of the mayor")
            self.fund.handler.handle(confirm, by=OPERATOR)
        assert self.operations, "only who fills a fund makes people"
        self.tokens[name] = self.operations.issue(id, "tests", 30, self.fund.now())

    def application(self, city: str, person: str, language: str, title: str, *, submit: bool) -> str:
        """Its reference."""
        started = c.StartApplication(city=self.cities[city], language=language)
        steps: tuple[c.Command, ...] = (started, *told(title, language), *((c.SubmitApplication(application=""),) if submit else ()))
        reply = self.fund.handler.handle(*steps, by=self.people[person])
        first = reply.events[0].event
        assert isinstance(first, e.ApplicationStarted)
        return first.reference


def fill(maker: Maker) -> None:
    maker.city("Oslo", "NO", "europe")
    maker.city("Amman", "JO", "mena", "عمّان")
    maker.city("Victoria", "CA", "north-america")
    maker.city("Victoria", "SC", None)
    maker.person("signatory", speaks=("Oslo", "signatory"))
    maker.person("focal", speaks=("Oslo", "focal_point"))
    maker.person("amman", speaks=("Amman", "signatory"))
    maker.person("officer", ("officer", None))
    maker.person("stranger")
    _contributions(maker)
    maker.fund.runner.catch_up()


def _contributions(maker: Maker) -> None:
    """One of each kind, with every kind of limit, and names in two scripts."""
    for currency in ("EUR", "NOK"):
        id = maker.fund.handler.handle(c.OpenEnvelope(title=f"In {currency}", currency=currency), by=OPERATOR).stream
        free = c.ReceiveContribution(envelope=id, donor="مؤسسة <الأمل>", amount=1_500_000_00, currency=currency, basis="Deed")
        limited = msgspec.structs.replace(
            free, donor="denmark", priorities=("SP-YOUTH", "SP-NLC"), regions=("mena", "europe"), support_types=("TS5",),
            countries=("JO", "XK"), spend_from=NOW.date(), spend_until=NOW.date().replace(month=12),
        )  # fmt: skip
        rooms = msgspec.structs.replace(free, donor="city-london", kind="in_kind", valuation="Hire of the rooms as published")
        own = msgspec.structs.replace(free, donor="Amman", kind="self_funded", city=maker.cities["Amman"])
        for one in (free, limited, rooms, own):
            maker.fund.handler.handle(one, by=OPERATOR)
        less = c.ReduceContribution(envelope=id, contribution=1, amount=100, reason="Less arrived")
        maker.fund.handler.handle(less, by=OPERATOR)


@contextmanager
def running(folder: Path) -> Iterator[World]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        fund = open_fund(Settings(data=folder, base_url=url, now=NOW), specimen=True)
        operations = Operations.open(fund.settings.ledger_url)
        maker = Maker(fund, operations)
        fill(maker)
        app = create_app(fund, operations, with_worker=False)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield World(url=url, app=app, fund=fund, tokens=maker.tokens, people=maker.people, cities=maker.cities)
        finally:
            server.should_exit = True
            thread.join(10)
            operations.close()
            fund.close()
