"""Every refusal has a status, a sentence in four languages, and the form of RFC 9457; every answer carries the headers that protect it."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from fund.api.app import create_app
from fund.api.pages import public
from fund.api.statuses import CODES_BY_STATUS, STATUS
from fund.domain.rules import RULE_BY_CODE
from fund.language import LOCALES
from fund.language.extraction import CODE, found
from fund.language.words import BORDER_CODES
from tests.api.desk import V1, Desk, opened

EVENT = re.compile(r".+\.v\d+")


def codes() -> set[str]:
    """Every code that anything in the fund refuses with, as the catalogues know them."""
    said = {one.id for one in found() if isinstance(one.id, str) and CODE.fullmatch(one.id) and one.file.endswith(".py")}
    plain = {code.removesuffix(":brief") for code in (*said, *BORDER_CODES)}
    return plain - {"refusal.unknown"}


def test_every_code_has_a_status() -> None:
    assert codes() - STATUS.keys() == set()


def test_every_code_belongs_to_a_rule() -> None:
    assert set(STATUS) == set(RULE_BY_CODE)


def test_no_code_has_two() -> None:
    listed = [code for those in CODES_BY_STATUS.values() for code in those.split()]
    assert len(listed) == len(set(listed))


def test_a_problem_has_the_form_of_rfc_9457(desk: Desk) -> None:
    answer = desk.as_("signatory").post(f"{V1}/applications", {"city": desk.ids["Lakeside"], "language": "tlh"})
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert answer.json() == {
        "type": "urn:fund:problem:language.unknown",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": answer.json()["detail"],
        "code": "language.unknown",
        "field": "language",
        "instance": f"{V1}/applications",
        "about": {"language": "tlh"},
        "why": answer.json()["why"],
    }


def test_a_problem_speaks_the_readers_language(desk: Desk) -> None:
    said = {}
    for locale in LOCALES:
        answer = desk.as_(None).get(f"{V1}/queue", accept_language=f"{locale};q=0.9, xx")
        said[locale] = answer.json()["detail"]
        assert answer.headers["content-language"] == locale
        assert "accept-language" in answer.headers["vary"].lower()
    assert len(set(said.values())) == len(LOCALES)
    assert said["fr"] != said["en"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "request.not_found"),
        ("GET", "/docs", 404, "request.not_found"),
        ("GET", "/redoc", 404, "request.not_found"),
        ("GET", "/metrics", 404, "request.not_found"),
        ("DELETE", "/api/v1/applications", 405, "request.method"),
        ("PUT", "/api/v1/cities", 405, "request.method"),
        ("GET", "/api/v1/applications/TSF-0000-0000/submit", 405, "request.method"),
    ],
)
def test_what_the_router_refuses(method: str, path: str, status: int, code: str, desk: Desk) -> None:
    answer = desk.client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert ("allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(("path", "status"), [("/docs", 404), ("/en/nothing/at/all", 404), ("/fr", 413)])
def test_a_browser_is_answered_with_a_page(path: str, status: int, desk: Desk) -> None:
    body = b"a" * 1_100_000 if status == 413 else b""
    answer = desk.client.request("POST" if body else "GET", path, content=body, headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_whoever_must_sign_in_is_told_how(desk: Desk) -> None:
    assert desk.as_(None).get(f"{V1}/queue").headers["www-authenticate"] == 'Bearer realm="fund"'


def test_a_cookie_opens_nothing_here(desk: Desk) -> None:
    """Another site could send it along."""
    secret = desk.operations.issue(desk.people["officer"], "cookie", 1, desk.fund.now())
    client = TestClient(desk.app, cookies={"fund": secret, "__Host-fund": secret})
    assert client.get(f"{V1}/queue").status_code == 401


def test_a_fault_of_ours_is_not_explained_to_strangers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as desk:
        monkeypatch.setattr(desk.fund.ledger, "head", lambda: 1 // 0)
        answer = desk.as_(None).get(f"{V1}/cities?wait=1")
        assert (answer.status_code, answer.json()["code"]) == (500, "server.failed")
        assert "division" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fault_of_ours_is_a_page_for_a_browser_and_a_problem_where_pages_fail_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path) as desk:
        monkeypatch.setattr(public, "numbers", lambda visit: 1 // 0)
        answer = desk.client.get("/fr/pipeline", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
        assert "Un incident s’est produit ici" in answer.text
        assert "division" not in answer.text
        monkeypatch.setattr(desk.app.state, "failure_page", lambda request, refused: 1 // 0)
        answer = desk.client.get("/fr/pipeline", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.json()["code"]) == (500, "server.failed")


@pytest.mark.parametrize("path", ["/healthz", "/en/", "/api/v1/cities", "/nothing"])
def test_a_question_for_the_head_is_answered_like_the_whole_without_its_body(path: str, desk: Desk) -> None:
    whole, head = desk.client.get(path), desk.client.head(path)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


def test_a_body_that_hides_its_length_is_stopped_while_it_is_read(desk: Desk) -> None:
    def endless() -> object:
        yield b'{"city": "'
        for _ in range(40):
            yield b"a" * 65_536
        yield b'"}'

    answer = desk.as_("signatory").raw(f"{V1}/applications", endless())  # type: ignore[arg-type]  # a stream of bytes
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


# ── Headers ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/healthz", None),
        ("/openapi.json", None),
        (f"{V1}/cities", None),
        (f"{V1}/queue", None),
        ("/nothing", None),
        (f"{V1}/me", "officer"),
    ],
)
def test_every_answer_is_protected(path: str, name: str | None, desk: Desk) -> None:
    headers = desk.as_(name).get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in ("no-referrer", "same-origin")
    assert "charset=utf-8" in headers["content-type"]
    assert headers.get("cache-control", "") == ("no-store" if name else "")


def test_https_is_kept_once_it_is_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.fund.settings, "base_url", "https://fund.example")
    app = create_app(desk.fund, desk.operations, with_worker=False)
    assert TestClient(app).get("/healthz").headers["strict-transport-security"].startswith("max-age=")
    assert "strict-transport-security" not in desk.as_(None).get("/healthz").headers
