"""Who takes part: people by their office, hubs as the catalogue dates them, envelopes from the donors that the strategy names."""

import msgspec

from fund.demo.stage import Stage
from fund.domain import commands as c
from fund.domain.facts import Role

OPERATOR = "operator:demo"


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Ids of the fund's own people, hub coordinators by hub, envelopes by currency."""

    officer: str
    second_officer: str
    assessors: tuple[str, str]
    approver: str
    coordinators: dict[str, str]
    envelopes: dict[str, str]


OFFICES = (
    ("officer", "Officer one of the Management Unit", Role.OFFICER),
    ("second-officer", "Officer two of the Management Unit", Role.OFFICER),
    ("assessor-one", "Assessor one", Role.ASSESSOR),
    ("assessor-two", "Assessor two", Role.ASSESSOR),
    ("approver", "Approver", Role.APPROVER),
    ("auditor", "Auditor", Role.AUDITOR),
)

CONTRIBUTIONS: dict[str, tuple[str, tuple[tuple[str, int], ...]]] = {
    "EUR": ("City support in euros", (("european-union", 260_000_00), ("netherlands", 60_000_00), ("city-helsinki", 5_000_00))),
    "USD": ("City support in dollars", (("united-states", 120_000_00), ("city-denver", 4_000_00))),
    "GBP": ("City support in pounds", (("united-kingdom", 50_000_00),)),
    "NOK": ("City support in kroner", (("norway", 600_000_00), ("city-oslo", 40_000_00))),
}
"""Currency -> title, and (donor code, minor units). The donors are real, the amounts are examples."""


def gather(stage: Stage) -> Cast:
    people = {key: person(stage, key, name, role) for key, name, role in OFFICES}
    return Cast(
        officer=people["officer"],
        second_officer=people["second-officer"],
        assessors=(people["assessor-one"], people["assessor-two"]),
        approver=people["approver"],
        coordinators=open_hubs(stage),
        envelopes={currency: open_envelope(stage, currency) for currency in CONTRIBUTIONS},
    )


def person(stage: Stage, key: str, name: str, role: Role | None = None, scope: str | None = None, language: str = "en") -> str:
    """Register somebody by their office; the address is one that nobody has."""
    registration = c.RegisterPerson(full_name=name, email=f"{key}@specimen.invalid", language=language)
    id = stage.do(f"person:{key}", registration, by=OPERATOR).stream
    if role:
        stage.do(f"role:{key}", c.GrantRole(person=id, role=role, scope=scope), by=OPERATOR)
    return id


def open_hubs(stage: Stage) -> dict[str, str]:
    """Every hub of the catalogue that has opened, with a coordinator each."""
    coordinators = {}
    for hub in stage.fund.programme.catalogue.hubs:
        if hub.opened:
            stage.do(f"hub:{hub.code}", c.OpenHub(hub=f"hub-{hub.code}", opened=hub.opened, basis=hub.source), by=OPERATOR)
            name = f"Coordinator, {hub.titles['en']}"
            coordinators[hub.code] = person(stage, f"coordinator-{hub.code}", name, Role.COORDINATOR, hub.code)
    return coordinators


def open_envelope(stage: Stage, currency: str) -> str:
    title, contributions = CONTRIBUTIONS[currency]
    id = stage.do(f"envelope:{currency}", c.OpenEnvelope(title=title, currency=currency), by=OPERATOR).stream
    donors = {donor.code: donor for donor in stage.fund.programme.catalogue.donors}
    for code, amount in contributions:
        basis = f"Example amount. {donors[code].source}"
        received = c.ReceiveContribution(envelope=id, donor=code, amount=amount, currency=currency, basis=basis)
        stage.do(f"contribution:{currency}:{code}", received, by=OPERATOR)
    return id
