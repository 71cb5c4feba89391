"""Whoever may not see a file gets, at every address of it, the very answer that a file that was never begun gives."""

from typing import Any

import pytest

from fund.api.entitlements import API_ACCESS, Access
from fund.domain.reference import make
from tests.api.desk import FORM, V1, Desk

NEVER = make("TSF", b"\x01\x02\x03\x04\x05")
OF_A_FILE = [row for row in API_ACCESS if "{ref}" in row.path]
OFFICES = ["other_hub", "finance", "administrator"]
STRANGERS = ["other", "nobody", *OFFICES]


@pytest.fixture(scope="module")
def reference(desk: Desk) -> str:
    return desk.proposed()


@pytest.mark.parametrize("row", OF_A_FILE, ids=lambda row: f"{row.method} {row.path}")
@pytest.mark.parametrize("name", STRANGERS)
def test_a_file_of_another_city_is_not_there(row: Access, name: str, desk: Desk, reference: str) -> None:
    before = desk.fund.ledger.head()
    hidden, missing = (_asked(desk, name, row, which) for which in (reference, NEVER))
    if row.who.knock and name in OFFICES:
        # They may ask for emergency access to what they do not see: by its reference, and that it exists is all they learn.
        assert (hidden.status_code, missing.status_code) == (422, 404)
        assert not {"Lakeside", "decision", "index"} & set(hidden.text.replace('"', " ").split())
        assert desk.fund.ledger.head() == before
        return
    assert hidden.status_code == 404
    assert _without_address(hidden) == _without_address(missing)
    assert desk.fund.ledger.head() == before


@pytest.mark.parametrize("typed", ["TSF-0000-0000", "nonsense", "TSF-7K3M-Q9F1", "%00", "‮", "x" * 500])
def test_what_is_no_reference_is_not_there_either(typed: str, desk: Desk) -> None:
    answer = desk.as_("officer").get(f"{V1}/applications/{typed}")
    assert (answer.status_code, answer.json()["code"]) == (404, "reference.unknown")


def test_a_reference_is_read_as_people_type_it(desk: Desk, reference: str) -> None:
    typed = reference.removeprefix("TSF-").replace("-", "").lower()
    assert desk.as_("officer").get(f"{V1}/applications/{typed}").json()["reference"] == reference


@pytest.mark.parametrize("name", STRANGERS)
def test_lists_and_queues_hold_nothing_of_it(name: str, desk: Desk, reference: str) -> None:
    index = desk.fund.ledger.head()
    for path in ("applications", "queue"):
        answer = desk.as_(name).get(f"{V1}/{path}?wait={index}")
        assert answer.status_code == 200
        assert reference not in answer.text


def test_a_city_cannot_be_applied_for_by_others(desk: Desk) -> None:
    before = desk.fund.ledger.head()
    for name in ("other", "officer", "administrator"):
        answer = desk.as_(name).post(f"{V1}/applications", {"city": desk.ids["Lakeside"], "language": "en"})
        assert (answer.status_code, answer.json()["code"]) == (403, "workflow.not_your_city")
    assert desk.fund.ledger.head() == before


def _asked(desk: Desk, name: str, row: Access, reference: str) -> Any:
    path = row.path.replace("{ref}", reference)
    body = {"section": {"section": "need", **FORM["need"]}}
    return desk.as_(name).post(path, body) if row.method == "POST" else desk.as_(name).get(path)


def _without_address(answer: Any) -> dict[str, Any]:
    said: dict[str, Any] = answer.json()
    return {name: value for name, value in said.items() if name != "instance"}
