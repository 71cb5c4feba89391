"""Who may use which route: one table. What is not in it does not open.

The table says who gets through the door; what they may do inside is the workflow's to say, what they may see is `visible`'s.
"""

from collections.abc import Iterator

import msgspec

from fund.domain.commands import AskEmergencyAccess
from fund.domain.facts import BY_FACT, Role
from fund.domain.streams import ONLY
from fund.domain.workflow import APPLICATION_STEPS, REGISTER_STEPS


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """public: also without a token. roles: holders of one of these. file: those for whom the file `{ref}` of the path exists at all.
    knock: also those who may ask for emergency access to it."""

    public: bool = False
    roles: tuple[Role, ...] = ()
    file: bool = False
    knock: bool = False


class Access(msgspec.Struct, frozen=True):
    """One row."""

    method: str
    path: str
    who: Who


PUBLIC, ANYBODY, FILE = Who(public=True), Who(), Who(file=True)


def roles(*these: Role) -> Who:
    return Who(roles=these)


API = "/api/v1"
NOUNS = {
    "city": "cities", "hub": "hubs", "envelope": "envelopes", "person": "people", "programme": "programme", "rates": "rates",
    "round": "rounds",
}  # fmt: skip
"""Target of a register's command -> its word in addresses."""


def command_rows() -> Iterator[Access]:
    """One row a command, from the workflow: its address and the role that gives it. Machines do not come by this door."""
    for step in APPLICATION_STEPS:
        given = tuple(role for role in step.roles if role not in (*BY_FACT, Role.MACHINE))
        if step.command.creates:
            yield Access("POST", f"{API}/applications", Who(roles=given))
        elif step.by is not Role.MACHINE:
            yield Access(
                "POST", f"{API}/applications/{{ref}}/{step.verb}", Who(roles=given, file=True, knock=step.command is AskEmergencyAccess)
            )
    for step in REGISTER_STEPS:
        given = tuple(role for role in step.roles if role not in (Role.REPRESENTATIVE, Role.MACHINE))
        if step.by is not Role.MACHINE:
            yield Access("POST", register_path(step.command.target, step.verb, creates=step.command.creates), Who(roles=given))


def register_path(target: str, verb: str, *, creates: bool) -> str:
    if creates:
        return f"{API}/{NOUNS[target]}"
    return f"{API}/{NOUNS[target]}/{verb}" if target in ONLY else f"{API}/{NOUNS[target]}/{{id}}/{verb}"


API_ACCESS: tuple[Access, ...] = (
    Access("GET", "/healthz", PUBLIC),
    Access("GET", "/readyz", PUBLIC),
    Access("GET", "/openapi.json", PUBLIC),
    *command_rows(),
    Access("GET", f"{API}/applications", ANYBODY),
    Access("GET", f"{API}/applications/{{ref}}", FILE),
    Access("GET", f"{API}/applications/{{ref}}/history", FILE),
    Access("GET", f"{API}/applications/{{ref}}/why", FILE),
    Access("GET", f"{API}/applications/{{ref}}/letter", FILE),
    Access("GET", f"{API}/applications/{{ref}}/letters", FILE),
    Access("GET", f"{API}/applications/{{ref}}/letters/{{number}}", FILE),
    Access("GET", f"{API}/applications/{{ref}}/actions", FILE),
    Access("GET", f"{API}/queue", ANYBODY),
    Access("GET", f"{API}/me", ANYBODY),
    Access("GET", f"{API}/cities", PUBLIC),
    # Membership is public; what stands behind it is for those whom `visible_of_city` lets see it.
    Access("GET", f"{API}/cities/{{id}}", PUBLIC),
    Access("GET", f"{API}/cities/{{id}}/history", ANYBODY),
    Access("GET", f"{API}/cities/{{id}}/actions", ANYBODY),
    Access("GET", f"{API}/memberships", roles(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)),
    # Who assesses how much, by id: for those who assign and watch over it.
    Access("GET", f"{API}/people", roles(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR, Role.AUDITOR)),
    # Whether messages arrive, by id: for those who keep people's addresses and those who wait for answers.
    Access("GET", f"{API}/messages", roles(Role.OFFICER, Role.ADMINISTRATOR, Role.AUDITOR)),
    # Who did what they may not have done: for those who watch over everybody.
    Access("GET", f"{API}/breaches", roles(Role.AUDITOR)),
    # Where the money comes from is public; what is committed and left is added for staff.
    Access("GET", f"{API}/envelopes", PUBLIC),
    Access("GET", f"{API}/sources", PUBLIC),
    Access("GET", f"{API}/pipeline", PUBLIC),
    Access("GET", f"{API}/programme", PUBLIC),
    # That a round is held is public; numbers and files are added for staff.
    Access("GET", f"{API}/rounds", PUBLIC),
    Access("GET", f"{API}/rounds/{{id}}", PUBLIC),
)


LOCALE = "/{locale:locale}"
APPLICATION = LOCALE + "/applications/{ref}"

PAGES_ACCESS: tuple[Access, ...] = (
    Access("GET", "/", PUBLIC),
    Access("GET", "/static/{name}", PUBLIC),
    # Only on a specimen, whose people are made up, and only while its mail has no server.
    Access("GET", "/dev/outbox", PUBLIC),
    Access("GET", LOCALE + "/dev/outbox", PUBLIC),
    Access("GET", "/dev/outbox/{message}", PUBLIC),
    Access("GET", LOCALE, PUBLIC),
    Access("GET", LOCALE + "/", PUBLIC),
    Access("GET", LOCALE + "/pipeline", PUBLIC),
    Access("GET", LOCALE + "/sources", PUBLIC),
    Access("GET", LOCALE + "/sign-in", PUBLIC),
    Access("POST", LOCALE + "/sign-in", PUBLIC),
    Access("POST", LOCALE + "/sign-out", PUBLIC),
    Access("GET", LOCALE + "/applications", ANYBODY),
    Access("GET", LOCALE + "/applications/start", ANYBODY),
    Access("POST", LOCALE + "/applications/start", ANYBODY),
    Access("GET", LOCALE + "/messages", ANYBODY),
    Access("POST", LOCALE + "/messages", ANYBODY),
    Access("GET", APPLICATION, FILE),
    Access("GET", APPLICATION + "/sections/{section}", FILE),
    Access("POST", APPLICATION + "/sections/{section}", FILE),
    Access("GET", APPLICATION + "/check", FILE),
    Access("POST", APPLICATION + "/submit", FILE),
    Access("GET", APPLICATION + "/accept-text", FILE),
    Access("POST", APPLICATION + "/accept-text", FILE),
    Access("GET", APPLICATION + "/leave", FILE),
    Access("POST", APPLICATION + "/leave", FILE),
    Access("GET", APPLICATION + "/withdraw", FILE),
    Access("POST", APPLICATION + "/withdraw", FILE),
    Access("GET", APPLICATION + "/questions/{number}", FILE),
    Access("POST", APPLICATION + "/questions/{number}", FILE),
    Access("GET", APPLICATION + "/mitigations/{number}", FILE),
    Access("POST", APPLICATION + "/mitigations/{number}", FILE),
    Access("GET", APPLICATION + "/award/{answer}", FILE),
    Access("POST", APPLICATION + "/award/{answer}", FILE),
    Access("GET", APPLICATION + "/correction", FILE),
    Access("POST", APPLICATION + "/correction", FILE),
    Access("GET", APPLICATION + "/letter", FILE),
    Access("GET", APPLICATION + "/letters/{number}", FILE),
    # Says that there is nothing there.
    Access("GET", LOCALE + "/{rest:path}", PUBLIC),
)

ACCESS: tuple[Access, ...] = (*API_ACCESS, *PAGES_ACCESS)
