"""A fund behind HTTP, with people who hold tokens: `desk.as_("officer").post(…)`. All but the first administrator come in by HTTP."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from fund.api.app import create_app
from fund.border.opening import Clock, Fund, open_fund
from fund.border.operations import Operations
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain.streams import PROGRAMME
from fund.ledger.handler import Sources

V1 = "/api/v1"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
START = 40.0
"""Seconds that a first letter may take: the printing process starts."""

ROLES = {
    "officer": ("officer", None), "second": ("officer", None), "assessor_a": ("assessor", None), "assessor_b": ("assessor", None),
    "approver": ("approver", None), "finance": ("finance", None), "auditor": ("auditor", None),
    "coordinator": ("coordinator", "mena"), "other_hub": ("coordinator", "south-asia"),
}  # fmt: skip
"""Who holds what. `signatory`, `focal` and `other` (another city's signatory) hold no role, `nobody` nothing at all."""

FORM: dict[str, dict[str, Any]] = {
    "applicant": {"title": "Safer streets by night", "beneficiaries": [], "office": "Prevention unit"},
    "need": {"problem": "Harassment after dark", "evidence": "Survey of 2025", "affected": "Young women", "mandate": "Local by-laws"},
    "support": {
        "design": True, "delivery": True, "formats": ["workshop"], "days": 5, "participants": 20, "languages": ["en"],
        "starts_on": "2027-01-11", "ends_on": "2027-03-01", "description": "Two workshops",
    },
    "alignment": {"primary": {"priority": "SP-NLC", "reason": "It links levels"}, "secondary": [], "results": ["1.1"]},
    "safeguards": {
        "ages": ["30_plus"],
        "answers": [{"question": code, "answer": "yes" if code == "Q10" else "no"} for code in ("Q1", "Q2", "Q3", "Q8", "Q10")],
    },
    "results": {
        "indicators": [{"name": "Reach", "baseline": "0", "target": "20", "measured_by": "List"}],
        "sustainability": "Staff stay", "sharing": "The guide",
    },
    "resources": {
        "amount": 40_000_00, "currency": "EUR", "own_contribution": "Rooms", "other_funders": "None", "publication": True,
    },
}  # fmt: skip

Answer = Any
"""What the test client gives back."""


class Caller:
    """One person, or nobody, at the client."""

    def __init__(self, client: TestClient, secret: str | None) -> None:
        self._client = client
        self._headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, path: str, **headers: str) -> Answer:
        return self._client.get(path, headers=self._headers | _named(headers))

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        named = self._headers | _named(headers)
        return self._client.post(path, headers=named) if body is None else self._client.post(path, json=body, headers=named)

    def raw(self, path: str, content: bytes, kind: str = "application/json", **headers: str) -> Answer:
        return self._client.post(path, content=content, headers=self._headers | {"Content-Type": kind} | _named(headers))


class Desk:
    """The served fund. `people`: name -> id; `ids`: what was registered on the way."""

    def __init__(self, fund: Fund, operations: Operations, app: FastAPI, client: TestClient, clock: Clock) -> None:
        self.fund, self.operations, self.app, self.client, self.clock = fund, operations, app, client, clock
        self.people: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self._secrets: dict[str, str] = {}

    def fresh(self, name: str, path: str) -> Answer:
        """What they read there once views have taken in all that was done."""
        return self.as_(name).get(path, fund_index=str(self.fund.ledger.head()))

    def as_(self, name: str | None) -> Caller:
        return Caller(self.client, self._secrets[name] if name else None)

    def enter(self, name: str, id: str) -> None:
        self.people[name] = id
        self._secrets[name] = self.operations.issue(id, name, 30, self.fund.now())

    # ── The world ─────────────────────────────────────────────────────────────

    def found(self) -> "Desk":
        """People with their roles, two cities of a region with a hub, one of another region, an envelope of 100,000.00 EUR."""
        first = c.RegisterPerson(full_name="First Administrator", email="first@fund.example", language="en")
        administrator = self.fund.handler.handle(first, by="operator:root").stream
        self.fund.handler.handle(c.GrantRole(person=administrator, role="administrator"), by="operator:root")
        self.enter("administrator", administrator)
        for name in (*ROLES, "signatory", "focal", "other", "nobody"):
            self._person(name)
        for name, country, region in (("Lakeside", "JO", "mena"), ("Hilltown", "LB", "mena"), ("Outpost", "AU", None)):
            self._city(name, country, region)
        for name, city, capacity in (
            ("signatory", "Lakeside", "signatory"),
            ("focal", "Lakeside", "focal_point"),
            ("other", "Hilltown", "signatory"),
        ):
            body = {"person": self.people[name], "capacity": capacity, "proof": "Letter of the mayor"}
            self.done("administrator", f"{V1}/cities/{self.ids[city]}/confirm-representative", body)
        self.done("administrator", f"{V1}/hubs/mena/open", {"opened": "2023-05", "basis": "Published"})
        self.fund.handler.handle(c.ProposeProgramme(programme=PROGRAMME, reason="The first"), by="operator:root")
        self.done("administrator", f"{V1}/programme/adopt", {"version": self.fund.programme.version})
        self._envelope("Main", 100_000_00)
        return self

    def _person(self, name: str) -> None:
        body = {"full_name": f"Name of {name}", "email": f"{name}@fund.example", "language": "en"}
        reply = self.done("administrator", f"{V1}/people", body)
        self.enter(name, reply["id"])
        if name in ROLES:
            role, scope = ROLES[name]
            self.done("administrator", f"{V1}/people/{reply['id']}/grant-role", {"role": role, "scope": scope})

    def hired(self, name: str, role: str) -> None:
        body = {"full_name": name, "email": f"{name}@fund.example", "language": "en"}
        self.enter(name, self.done("administrator", f"{V1}/people", body)["id"])
        self.done("administrator", f"{V1}/people/{self.people[name]}/grant-role", {"role": role, "scope": None})

    def _city(self, name: str, country: str, region: str | None) -> None:
        body = {
            "name_en": name, "name_local": name, "kind": "city", "country": country, "region": region, "relation": "member",
            "source": "list",
        }  # fmt: skip
        self.ids[name] = self.done("administrator", f"{V1}/cities", body)["id"]
        self.done("administrator", f"{V1}/cities/{self.ids[name]}/record-membership", {"basis": "Published list"})

    def _envelope(self, title: str, amount: int) -> None:
        self.ids[title] = self.done("finance", f"{V1}/envelopes", {"title": title, "currency": "EUR"})["id"]
        body = {"donor": "Norway", "amount": amount, "currency": "EUR", "basis": "Agreement"}
        self.done("finance", f"{V1}/envelopes/{self.ids[title]}/receive-contribution", body)

    # ── Along the way ─────────────────────────────────────────────────────────

    def done(self, name: str, path: str, body: object = None, **headers: str) -> dict[str, Any]:
        answer = self.as_(name).post(path, body, **headers)
        assert answer.status_code in (200, 201), answer.text
        reply: dict[str, Any] = answer.json()
        return reply

    def give(self, name: str, reference: str, verb: str, body: object = None) -> dict[str, Any]:
        return self.done(name, f"{V1}/applications/{reference}/{verb}", body)

    def draft(self, by: str = "signatory", city: str = "Lakeside", language: str = "en") -> str:
        reference: str = self.done(by, f"{V1}/applications", {"city": self.ids[city], "language": language})["reference"]
        for name, fields in FORM.items():
            self.give(by, reference, "save-section", {"section": {"section": name, **fields}})
        return reference

    def submitted(self) -> str:
        reference = self.draft()
        self.give("signatory", reference, "submit")
        return reference

    def eligible(self) -> str:
        """Complete and checked: by machine where a worker runs behind this desk, else the machine is played here."""
        reference = self.submitted()
        self.give("officer", reference, "confirm-completeness")
        by_machine = self._machine_checks(reference)
        for check in self.fund.programme.checks:
            if check.code not in by_machine:
                self.give("officer", reference, "record-check", {"check": check.code, "result": "pass", "evidence": "Seen"})
        self.give("officer", reference, "confirm-eligibility")
        return reference

    def assessed(self) -> str:
        reference = self.eligible()
        self.give("coordinator", reference, "give-opinion", {"opinion": "support", "accepts_delivery": True, "reason": "We know them"})
        self.assessed_by(reference, "assessor_a", "assessor_b")
        return reference

    def assessed_by(self, reference: str, *names: str, verdict: str = "aligned") -> None:
        """By these people, since nobody else qualifies."""
        self._assessors(reference, names)
        for name in names:
            judgement = {"priority": "SP-NLC", "verdict": verdict, "reason": f"Secret reason of {name}"}
            self.give(name, reference, "assess", {"judgements": [judgement]})

    def proposed(self) -> str:
        reference = self.assessed()
        self.give("officer", reference, "close-coordination", {"mode": "via_hub"})
        body = {
            "recommendation": "approve", "envelope": self.ids["Main"], "amount": 30_000_00, "currency": "EUR", "peers": ["Mayor of Oslo"],
            "reason": "Aligned",
        }  # fmt: skip
        self.give("officer", reference, "propose", body)
        return reference

    def letter(self, name: str, reference: str) -> Answer:
        """The letter, once it is there."""
        end = monotonic() + START
        while True:
            answer = self.as_(name).get(f"{V1}/applications/{reference}/letter")
            if answer.status_code != 404 or monotonic() > end:
                return answer
            sleep(0.05)

    def _machine_checks(self, reference: str) -> set[str]:
        """Codes of the checks that a machine answered; more than those that only a machine answers, where a fact is on file."""
        path = f"{V1}/applications/{reference}"
        machine = {check.code for check in self.fund.programme.checks if check.decided_by == "machine"}
        end = monotonic() + 60
        while not machine <= (found := set(self.as_("officer").get(path).json()["state"]["checks"])):
            assert monotonic() < end, "machines do not check"
            if len(self.app.state.threads) == 1:
                self.fund.handler.handle(c.RunMachineChecks(application=self.stream(reference)), by="machine:eligibility")
            else:
                sleep(0.02)
        return found

    def _assessors(self, reference: str, names: tuple[str, ...]) -> None:
        """Nobody else qualifies: a lot draws these, by machine or as the officer asks for it."""
        wanted = {self.people[name] for name in names}
        end = monotonic() + 10
        if len(self.app.state.threads) == 1:
            self.give("officer", reference, "draw-assessors")
        while set(self.as_("officer").get(f"{V1}/applications/{reference}").json()["state"]["assessors"]) != wanted:
            assert monotonic() < end, "nobody is drawn"
            sleep(0.02)

    def stream(self, reference: str) -> str:
        id: str = self.as_("auditor").get(f"{V1}/applications/{reference}").json()["state"]["id"]
        return id


@contextmanager
def opened(folder: Path, database_url: str = "", *, with_worker: bool = False) -> Iterator[Desk]:
    clock = Clock(NOW)
    fund = open_fund(Settings(data=folder, database_url=database_url), Sources(clock, os.urandom), specimen=True)
    operations = Operations.open(fund.settings.ledger_url)
    app = create_app(fund, operations, with_worker=with_worker)
    try:
        with TestClient(app, raise_server_exceptions=False) as client:
            yield Desk(fund, operations, app, client, clock)
    finally:
        operations.close()
        fund.close()


def _named(headers: dict[str, str]) -> dict[str, str]:
    """`if_match` -> `If-Match`."""
    return {name.replace("_", "-").title(): value for name, value in headers.items()}
