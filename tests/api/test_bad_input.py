"""What bad input gets: one problem with a stable code that names the field, and a ledger as it was."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.desk import FORM, V1, Desk

Body = Callable[[Desk], object]


def section(name: str, **changes: object) -> dict[str, Any]:
    return {"section": {"section": name, **FORM[name], **changes}}


def start(**changes: object) -> Body:
    return lambda desk: {"city": desk.ids["Lakeside"], "language": "en", **changes}


@pytest.fixture(scope="module")
def draft(desk: Desk) -> str:
    return desk.draft()


@pytest.fixture(autouse=True)
def _nothing_is_recorded(desk: Desk, draft: str) -> Any:
    before = desk.fund.ledger.head()
    yield
    assert desk.fund.ledger.head() == before


RAW = [
    ("cut off", b'{"section": ', "application/json", 400, "json.malformed"),
    ("no JSON at all", b"section=need", "application/json", 400, "json.malformed"),
    ("a name twice", b'{"reason": "a", "reason": "b"}', "application/json", 400, "json.malformed"),
    ("not a number", b'{"reason": NaN}', "application/json", 400, "json.malformed"),
    ("infinity", b'{"reason": -Infinity}', "application/json", 400, "json.malformed"),
    ("too many digits", b'{"reason": ' + b"9" * 5000 + b"}", "application/json", 400, "json.malformed"),
    ("too deep", b'{"reason": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json", 400, "json.malformed"),
    ("Latin-1", '{"reason": "café"}'.encode("latin-1"), "application/json", 400, "text.encoding"),
    ("UTF-16", '{"reason": "a"}'.encode("utf-16"), "application/json", 400, "text.encoding"),
    ("half a pair", b'{"reason": "\\ud800"}', "application/json", 400, "text.encoding"),
    ("half a pair as a name", b'{"\\ud800": "a"}', "application/json", 422, "json.wrong_type"),
    ("a list", b"[1]", "application/json", 422, "json.wrong_type"),
    ("a text", b'"reason"', "application/json", 422, "json.wrong_type"),
    ("null", b"null", "application/json", 422, "json.wrong_type"),
    ("a form", b"reason=a", "application/x-www-form-urlencoded", 415, "upload.unsupported"),
    ("plain text", b'{"reason": "a"}', "text/plain", 415, "upload.unsupported"),
    ("too large", b'{"reason": "' + b"a" * 1_100_000 + b'"}', "application/json", 413, "request.too_large"),
    ("a text over its limit", b'{"reason": "' + b"a" * 1_000_000 + b'"}', "application/json", 422, "text.too_long"),
]


@pytest.mark.parametrize(("content", "kind", "status", "code"), [case[1:] for case in RAW], ids=[case[0] for case in RAW])
def test_a_body_that_cannot_be_read(content: bytes, kind: str, status: int, code: str, desk: Desk, draft: str) -> None:
    answer = desk.as_("signatory").raw(f"{V1}/applications/{draft}/withdraw", content, kind)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text[:300]
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"


FIELDS: list[tuple[str, str, object, int, str, str | None]] = [
    ("nothing", "save-section", {}, 422, "field.missing", "section"),
    ("an unknown field", "save-section", {**section("need"), "stage": "closed"}, 422, "json.unknown_field", "stage"),
    ("an unknown field inside", "save-section", section("need", by="me"), 422, "json.unknown_field", "section.need.by"),
    ("another stream", "save-section", {**section("need"), "application": "application-1"}, 422, "json.unknown_field", "application"),
    ("an unknown section", "save-section", {"section": {"section": "secrets"}}, 422, "code.unknown", "section"),
    ("no section", "save-section", {"section": {"problem": "a"}}, 422, "field.missing", "section"),
    ("an amount as a float", "save-section", section("resources", amount=1.5), 422, "amount.not_integer", "section.resources.amount"),
    ("an amount as a text", "save-section", section("resources", amount="5"), 422, "amount.not_integer", "section.resources.amount"),
    ("an amount as a truth", "save-section", section("resources", amount=True), 422, "amount.not_integer", "section.resources.amount"),
    ("a negative amount", "save-section", section("resources", amount=-1), 422, "amount.negative", "section.resources.amount"),
    ("an amount beyond all", "save-section", section("resources", amount=10**30), 422, "money.out_of_range", "section.resources.amount"),
    ("nothing asked for", "save-section", section("resources", amount=0), 422, "money.out_of_range", "resources.amount"),
    ("no such currency", "save-section", section("resources", currency="XXX"), 422, "money.unknown_currency", "resources.currency"),
    ("no such day", "save-section", section("support", starts_on="2027-02-30"), 422, "date.invalid", "section.support.starts_on"),
    ("a day as a number", "save-section", section("support", starts_on=20270101), 422, "date.invalid", "section.support.starts_on"),
    ("an instant", "save-section", section("support", ends_on="2027-01-01T00:00"), 422, "date.invalid", "section.support.ends_on"),
    ("ends before it starts", "save-section", section("support", ends_on="2026-01-01"), 422, "support.window_reversed", "support.ends_on"),
    ("ends in the last year", "save-section", section("support", ends_on="9999-12-31"), 422, "date.too_far", "support.ends_on"),
    ("a text over its limit", "save-section", section("applicant", title="a" * 121), 422, "text.too_long", "section.applicant.title"),
    ("an empty text", "save-section", section("need", problem="   "), 422, "text.empty", "need.problem"),
    ("a text of a Hangul filler", "save-section", section("need", problem="\u3164"), 422, "text.empty", "need.problem"),
    ("a text of empty Braille", "save-section", section("need", problem="\u2800 \u2800"), 422, "text.empty", "need.problem"),
    ("a text of tags", "save-section", section("need", problem="\U000e0041"), 422, "text.empty", "need.problem"),
    ("a text of a joiner", "save-section", section("need", problem="\u200d"), 422, "text.empty", "need.problem"),
    ("a number for a text", "save-section", section("need", problem=5), 422, "json.wrong_type", "section.need.problem"),
    ("a title on two lines", "save-section", section("applicant", title="a\nb"), 422, "text.control_character", "section.applicant.title"),
    ("an office on two lines", "save-section", section("applicant", office="a\u2028b"), 422, "text.control_character",
     "section.applicant.office"),
    ("a code on two lines", "save-section", section("support", languages=["e\nn"]), 422, "text.control_character",
     "section.support.languages.0"),
    ("a control character", "save-section", section("need", problem="a\u0007b"), 422, "text.control_character", "section.need.problem"),
    ("a null character", "save-section", section("need", problem="a\u0000b"), 422, "text.control_character", "section.need.problem"),
    ("a bidi override", "save-section", section("need", problem="a\u202eb"), 422, "text.bidi_override", "section.need.problem"),
    ("an unknown format", "save-section", section("support", formats=["circus"]), 422, "code.unknown", "support.formats"),
    ("too many formats", "save-section", section("support", formats=["workshop"] * 51), 422, "list.too_long", "section.support.formats"),
    ("no such city", "save-section", section("applicant", beneficiaries=["city-atlantis"]), 422, "city.unknown", "applicant.beneficiaries"),
    ("no id of a city", "save-section", section("applicant", beneficiaries=["Atlantis"]), 422, "city.unknown", "applicant.beneficiaries"),
    ("no city at all", "save-section", section("applicant", beneficiaries=["person-1"]), 422, "city.unknown", "applicant.beneficiaries"),
    ("nothing left out", "withdraw", {}, 422, "field.missing", "reason"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "body", "status", "code", "field"), [case[1:] for case in FIELDS], ids=[case[0] for case in FIELDS])
def test_a_field_that_is_wrong(verb: str, body: object, status: int, code: str, field: str | None, desk: Desk, draft: str) -> None:
    answer = desk.as_("signatory").post(f"{V1}/applications/{draft}/{verb}", body)
    said = answer.json()
    assert (answer.status_code, said["code"], said.get("field")) == (status, code, field), answer.text[:400]
    assert said["detail"]
    assert "{" not in said["detail"]


STARTS: list[tuple[str, Body, int, str, str | None]] = [
    ("no such city", start(city="city-atlantis"), 422, "city.unknown", "city"),
    ("no id of a city", start(city="Atlantis"), 422, "city.unknown", "city"),
    ("an unheard-of kind", start(city="planet-mars"), 422, "city.unknown", "city"),
    ("another kind of stream", start(city="application-1"), 422, "city.unknown", "city"),
    ("no city", start(city=""), 422, "city.unknown", "city"),
    ("no such language", start(language="tlh"), 422, "language.unknown", "language"),
    ("a reference of one's own", start(reference="TSF-0000-0000"), 422, "json.unknown_field", "reference"),
    ("an id of one's own", start(application="application-1"), 422, "json.unknown_field", "application"),
]


@pytest.mark.parametrize(("body", "status", "code", "field"), [case[1:] for case in STARTS], ids=[case[0] for case in STARTS])
def test_an_application_that_cannot_begin(body: Body, status: int, code: str, field: str | None, desk: Desk) -> None:
    answer = desk.as_("signatory").post(f"{V1}/applications", body(desk))
    assert (answer.status_code, answer.json()["code"], answer.json().get("field")) == (status, code, field), answer.text


REGISTERS: list[tuple[str, str, str, object, int, str]] = [
    ("a city nobody knows", "administrator", "/cities/city-atlantis/record-membership", {"basis": "a"}, 404, "request.not_found"),
    ("another kind of id", "administrator", "/cities/person-1/record-membership", {"basis": "a"}, 404, "request.not_found"),
    ("no id", "administrator", "/cities/%00/record-membership", {"basis": "a"}, 404, "request.not_found"),
    ("a person nobody knows", "administrator", "/people/person-0/erase", {"basis": "a"}, 404, "request.not_found"),
    ("a hub nobody knows", "administrator", "/hubs/atlantis/open", {"opened": "2023", "basis": "a"}, 404, "request.not_found"),
    ("a role nobody has", "administrator", "/people/{nobody}/grant-role", {"role": "king"}, 422, "code.unknown"),
    ("a machine's role", "administrator", "/people/{nobody}/grant-role", {"role": "machine"}, 422, "code.unknown"),
    ("a name on two lines", "administrator", "/people", {"full_name": "Ann\nBcc: x", "email": "a@b.org", "language": "en"}, 422,
     "text.control_character"),
    ("an envelope on two lines", "finance", "/envelopes", {"title": "Main\nfund", "currency": "EUR"}, 422, "text.control_character"),
    ("a representative nobody knows", "administrator", "/cities/{Lakeside}/confirm-representative",
     {"person": "Ada", "capacity": "signatory", "proof": "a"}, 422, "person.unknown"),
    ("a capacity nobody has", "administrator", "/cities/{Lakeside}/confirm-representative",
     {"person": "{nobody}", "capacity": "king", "proof": "a"}, 422, "code.unknown"),
    ("half a pair for a capacity", "administrator", "/cities/{Lakeside}/confirm-representative",
     {"person": "{nobody}", "capacity": "\ud800", "proof": "a"}, 422, "json.wrong_type"),
    ("other money", "finance", "/envelopes/{Main}/receive-contribution",
     {"donor": "a", "amount": 1, "currency": "USD", "basis": "a"}, 422, "money.currency_mismatch"),
    ("no money", "finance", "/envelopes/{Main}/receive-contribution",
     {"donor": "a", "amount": 0, "currency": "EUR", "basis": "a"}, 422, "money.out_of_range"),
    ("a member again", "administrator", "/cities/{Lakeside}/record-membership", {"basis": "a"}, 409, "membership.already_recorded"),
    ("not a country", "administrator", "/cities",
     {"name_en": "a", "name_local": "a", "kind": "city", "country": "xx", "relation": "member", "source": "a"}, 422, "country.unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "body", "status", "code"), [case[1:] for case in REGISTERS], ids=[case[0] for case in REGISTERS])
def test_a_register_that_refuses(name: str, path: str, body: object, status: int, code: str, desk: Desk) -> None:
    ids = desk.ids | desk.people
    for known, id in ids.items():
        path = path.replace(f"{{{known}}}", id)
        body = json.loads(json.dumps(body).replace(f"{{{known}}}", id))
    answer = desk.as_(name).raw(f"{V1}{path}", json.dumps(body).encode())
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


ADDRESSES = (
    "nobody", "@city.org", "ann@", "ann@home@city.org", "ann smith@city.org", "ann@city\t.org", "ann@city.org\nBcc: all@city.org", "@",
    "ann@city\u200b.org", "ann\u00a0@city.org", "a" * 250 + "@b.org", "",
    "a..b@city.org", "a@city..org", ".ann@city.org", "<ann@city.org>", "münich@straße.example", "ann@city.org.",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES, ids=ascii)
def test_an_address_to_which_nothing_can_be_sent(address: str, desk: Desk) -> None:
    answer = desk.as_("administrator").post(f"{V1}/people", {"full_name": "Ann", "email": address, "language": "en"})
    assert (answer.status_code, answer.json()["field"]) == (422, "email"), answer.text
    assert answer.json()["code"] == ("text.control_character" if "\n" in address else "email.invalid")


DEEP = {"lists": ("[", "]"), "objects": ('{"a":', "}")}


@pytest.mark.parametrize("kind", DEEP)
@pytest.mark.parametrize("depth", [50, 200, 350, 600, 900])
@pytest.mark.parametrize(
    ("path", "name", "field"),
    [
        ("/applications/{draft}/save-section", "signatory", "section"),
        ("/applications/{draft}/withdraw", "signatory", "reason"),
        ("/applications/{draft}/give-opinion", "coordinator", "opinion"),
        ("/applications/{draft}/record-check", "officer", "result"),
        ("/cities/{Lakeside}/confirm-representative", "administrator", "capacity"),
        ("/cities", "administrator", "identifiers"),
    ],
)
def test_a_value_of_great_depth(path: str, name: str, field: str, depth: int, kind: str, desk: Desk, draft: str) -> None:
    opens, closes = DEEP[kind]
    body = f'{{"{field}": {opens * depth}1{closes * depth}}}'
    answer = desk.as_(name).raw(V1 + path.format(draft=draft, **desk.ids), body.encode())
    assert 400 <= answer.status_code < 500, answer.text[:300]
    assert answer.json()["code"]
    assert len(answer.content) < 2000


def test_a_wrong_value_is_repeated_only_as_far_as_a_reader_needs_it(desk: Desk) -> None:
    body = {"person": desk.people["nobody"], "capacity": "k" * 100_000, "proof": "a"}
    answer = desk.as_("administrator").post(f"{V1}/cities/{desk.ids['Lakeside']}/confirm-representative", body)
    assert answer.json()["about"] == {"value": "k" * 100}
    assert len(answer.content) < 1000
    body = {"person": desk.people["nobody"], "capacity": ["mayor"], "proof": "a"}
    answer = desk.as_("administrator").post(f"{V1}/cities/{desk.ids['Lakeside']}/confirm-representative", body)
    assert (answer.status_code, answer.json()["code"], "about" in answer.json()) == (422, "code.unknown", False)


READINGS = [
    ("/cities?limit=0", "limit"), ("/cities?limit=many", "limit"), ("/cities?limit=100000", "limit"), ("/cities?search=%00", "search"),
    ("/cities?search=%E2%80%AE", "search"), ("/cities?region=%00", "region"), ("/cities?after=nonsense", "after"),
    ("/cities?after=WyJcdTAwMDAiLCIiXQ==", "after"), ("/cities?wait=soon", "wait"), ("/cities?wait=-1", "wait"),
    ("/cities?member=perhaps", "member"),
    ("/applications?before=0", "before"), ("/applications?stage=heaven", "stage"), ("/applications?before=99999999999999999999", "before"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "field"), READINGS, ids=[path for path, _ in READINGS])
def test_an_address_that_asks_for_nonsense(path: str, field: str, desk: Desk) -> None:
    answer = desk.as_("officer").get(V1 + path)
    assert (answer.status_code, answer.json().get("field")) == (422, field), answer.text


HEADERS = [
    ("If-Match", "seven", 400, "version.malformed"), ("If-Match", '"-1"', 400, "version.malformed"),
    ("If-Match", '"9"x', 400, "version.malformed"),
    ("If-Match", '"0"', 412, "stream.moved"), ("If-Match", '"9999"', 412, "stream.moved"), ("Idempotency-Key", " ", 422, "text.empty"),
    ("Idempotency-Key", "k" * 201, 422, "text.too_long"), ("Authorization", "Bearer", 401, "token.unknown"),
    ("Authorization", "Basic YTpi", 401, "token.unknown"), ("Authorization", "Bearer fund_" + "a" * 43, 401, "token.unknown"),
    ("Fund-Index", "soon", 422, "json.wrong_type"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "value", "status", "code"), HEADERS, ids=[f"{name} {value[:12]}" for name, value, *_ in HEADERS])
def test_a_header_that_is_wrong(header: str, value: str, status: int, code: str, desk: Desk, draft: str) -> None:
    caller = desk.as_("signatory")
    path = f"{V1}/applications/{draft}"
    named = {header.lower().replace("-", "_"): value}
    answer = caller.get(path, **named) if header == "Fund-Index" else caller.post(f"{path}/save-section", section("need"), **named)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


@pytest.mark.parametrize(
    ("name", "verb", "body", "status", "code"),
    [
        ("officer", "confirm-completeness", None, 409, "workflow.not_now"),
        ("signatory", "confirm-completeness", None, 403, "workflow.role_needed"),
        ("officer", "submit", None, 403, "workflow.not_your_city"),
        ("focal", "submit", None, 403, "submission.signatory_needed"),
        ("approver", "approve", {"reasons": ["a"]}, 409, "workflow.not_now"),
        ("signatory", "issue-letter", None, 404, "request.not_found"),
        ("signatory", "fly", None, 404, "request.not_found"),
    ],
)
def test_the_wrong_step_or_the_wrong_person(name: str, verb: str, body: object, status: int, code: str, desk: Desk, draft: str) -> None:
    answer = desk.as_(name).post(f"{V1}/applications/{draft}/{verb}", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
