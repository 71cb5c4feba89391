"""One table says who may use which route: it is complete, it holds no more than there is, and it is what the door goes by."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.routing import Mount

from fund.api import access
from fund.api.entitlements import ACCESS, API, API_ACCESS, PUBLIC, Access, register_path
from fund.domain.facts import Role
from fund.domain.workflow import APPLICATION_STEPS, REGISTER_STEPS
from tests.api.desk import ROLES, Desk, opened

EVERYBODY = [None, "nobody", "signatory", "focal", "other", "administrator", *ROLES]
HOLD = {name: role for name, (role, _) in ROLES.items()} | {"administrator": "administrator"}
SEE_THE_FILE = {"signatory", "focal", "officer", "second", "approver", "auditor", "coordinator", "assessor_a", "assessor_b"}


def test_every_route_has_a_row_and_every_row_a_route(desk: Desk) -> None:
    assert access.unlisted(desk.app) == set()
    assert access.unrouted(desk.app) == set()


def test_no_row_is_given_twice() -> None:
    rows = [(row.method, row.path) for row in ACCESS]
    assert len(rows) == len(set(rows))


def test_every_command_of_a_person_has_a_route_and_no_command_of_a_machine_has(desk: Desk) -> None:
    paths = {path for method, path in access.routed(desk.app) if method == "POST"}
    for step in APPLICATION_STEPS:
        routed = f"{API}/applications/{{ref}}/{step.verb}" in paths or step.command.creates
        assert routed == (step.by is not Role.MACHINE), step.verb
    for step in REGISTER_STEPS:
        path = register_path(step.command.target, step.verb, creates=step.command.creates)
        assert (path in paths) == (step.by is not Role.MACHINE), path


def test_a_route_without_a_row_is_found_and_does_not_open(tmp_path: Path) -> None:
    with opened(tmp_path) as desk:
        desk.app.add_api_route("/api/v1/planted", lambda: {"open": True}, methods=["GET"])
        access.close_the_rest(desk.app)
        assert access.unlisted(desk.app) == {("GET", "/api/v1/planted")}
        answer = desk.as_(None).get("/api/v1/planted")
        assert (answer.status_code, answer.json()["code"]) == (404, "request.not_found")


def test_a_row_without_a_route_is_found(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    planted = Access("GET", "/api/v1/gone", PUBLIC)
    monkeypatch.setattr(access, "ACCESS", (*ACCESS, planted))
    assert access.unrouted(desk.app) == {("GET", "/api/v1/gone")}


def test_what_cannot_be_guarded_does_not_start() -> None:
    app = FastAPI(routes=[Mount("/files", PlainTextResponse("open"))], openapi_url=None, docs_url=None, redoc_url=None)
    with pytest.raises(LookupError, match="/files"):
        access.close_the_rest(app)


# ── Everybody at every door ───────────────────────────────────────────────────


@pytest.fixture(scope="module")
def reference(desk: Desk) -> str:
    """A file that waits for its decision: everybody who could have a part in it has one. And a round that is held."""
    window = {"opens_at": "2026-11-01T00:00:00Z", "closes_at": "2027-11-01T00:00:00Z", "envelope": desk.ids["Main"]}
    desk.ids["Round"] = desk.done("officer", f"{API}/rounds", {"title": "Round", **window})["id"]
    return desk.proposed()


@pytest.mark.parametrize("row", API_ACCESS, ids=lambda row: f"{row.method} {row.path}")
def test_the_door_opens_to_those_in_the_table_and_to_nobody_else(row: Access, desk: Desk, reference: str) -> None:
    before = desk.fund.ledger.head()
    path = _address(row, desk, reference)
    for name in EVERYBODY:
        caller = desk.as_(name)
        answer = caller.post(path, {"planted": 1}) if row.method == "POST" else caller.get(path)
        assert _door(answer) == _expected(row, name), (name, answer.status_code, answer.text[:200])
    assert desk.fund.ledger.head() == before


def _address(row: Access, desk: Desk, reference: str) -> str:
    ids = {"cities": desk.ids["Lakeside"], "hubs": "mena", "envelopes": desk.ids["Main"], "people": desk.people["nobody"]}
    ids["rounds"] = desk.ids["Round"]
    noun = row.path.split("/")[3] if row.path.count("/") > 3 else ""
    return row.path.replace("{ref}", reference).replace("{id}", ids.get(noun, ""))


def _expected(row: Access, name: str | None) -> str:
    if row.who.public:
        return "open"
    if name is None:
        return "token.missing"
    knocks = row.who.knock and HOLD.get(name) in row.who.roles
    if row.who.file and name not in SEE_THE_FILE and not knocks:
        return "reference.unknown"
    return "open" if not row.who.roles or HOLD.get(name) in row.who.roles else "workflow.role_needed"


def _door(answer: object) -> str:
    """What the door said; what is refused behind it (a body that is wrong, a letter that is not there) is an open door."""
    code = answer.json().get("code", "") if "json" in answer.headers["content-type"] else ""  # type: ignore[attr-defined]  # a response
    return code if code in ("token.missing", "reference.unknown", "workflow.role_needed", "request.not_found") else "open"
