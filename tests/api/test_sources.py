"""Where the money comes from, for everybody; and money that comes, shrinks, goes and comes back through the API."""

from typing import Any

import pytest

from tests.api.desk import V1, Desk


@pytest.fixture(scope="module")
def chest(desk: Desk) -> str:
    """An envelope with one contribution of each kind."""
    id: str = desk.done("finance", f"{V1}/envelopes", {"title": "Chest", "currency": "EUR"})["id"]
    for body in (
        {"donor": "denmark", "amount": 5_000_00, "priorities": ["SP-YOUTH"], "countries": ["XK"], "spend_until": "2099-12-31"},
        {"donor": "Hall", "amount": 900_00, "kind": "in_kind", "valuation": "Published day rate"},
        {"donor": "Lakeside", "amount": 400_00, "kind": "self_funded", "city": desk.ids["Lakeside"]},
    ):
        desk.done("finance", f"{V1}/envelopes/{id}/receive-contribution", {"currency": "EUR", "basis": "Deed"} | body)
    return id


def sources(desk: Desk, reader: str | None, chest: str, locale: str = "en") -> dict[str, dict[str, Any]]:
    found = desk.as_(reader).get(f"{V1}/sources?wait={desk.fund.ledger.head()}", accept_language=locale)
    assert (found.status_code, found.headers["content-language"]) == (200, locale)
    return {one["donor"]: one for one in found.json()["contributions"] if one["envelope"] == chest}


def test_everybody_reads_who_gives_what_for_what_in_their_language(desk: Desk, chest: str) -> None:
    english, arabic = sources(desk, None, chest), sources(desk, None, chest, "ar")
    youth = english["denmark"]
    assert (youth["name"], youth["kind"], youth["amount"], youth["number"]) == ("Denmark", "cash", 5_000_00, 1)
    assert youth["earmark"]["priorities"] == ["SP-YOUTH"]
    assert youth["purpose"][1:] == ["Countries: Kosovo", "To be spent by 31 December 2099"]
    assert arabic["denmark"]["name"] == "الدنمارك"
    assert english["Hall"]["valuation"] == "Published day rate"
    assert english["Lakeside"]["purpose"] == ["Only for Lakeside"]
    assert "remaining" not in str(english)


def test_sums_are_by_currency_and_kind(desk: Desk, chest: str) -> None:
    sums = desk.as_(None).get(f"{V1}/sources").json()["sums"]
    assert {(one["currency"], one["kind"]) for one in sums} == {("EUR", "cash"), ("EUR", "in_kind"), ("EUR", "self_funded")}
    assert next(one["amount"] for one in sums if one["kind"] == "in_kind") == 900_00


def test_what_is_left_is_for_staff(desk: Desk, chest: str) -> None:
    assert sources(desk, "officer", chest)["denmark"]["remaining"] == 5_000_00
    assert sources(desk, "officer", chest)["Hall"]["remaining"] == 0
    assert "remaining" not in str(sources(desk, "signatory", chest))


def test_a_reduction_is_shown_beside_what_was_announced(desk: Desk, chest: str) -> None:
    path = f"{V1}/envelopes/{chest}/reduce-contribution"
    desk.done("finance", path, {"contribution": 2, "amount": 100_00, "reason": "A smaller hall"})
    hall = sources(desk, None, chest)["Hall"]
    assert (hall["amount"], hall["announced"]) == (800_00, 900_00)
    answer = desk.as_("finance").post(path, {"contribution": 2, "amount": 900_00, "reason": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "contribution.committed")


def test_a_release_names_its_file_by_the_reference(desk: Desk, chest: str) -> None:
    reference = desk.proposed()
    desk.give("approver", reference, "approve", {"reasons": ["It serves the priority."]})
    path = f"{V1}/envelopes/{desk.ids['Main']}/release-funds"
    named = {reference: "release.by_its_end", "TSF-0000-0000": "release.nothing_committed", "nonsense": "release.nothing_committed"}
    for application, code in named.items():
        answer = desk.as_("finance").post(path, {"application": application, "amount": 1, "reason": "x"})
        assert (answer.status_code, answer.json()["code"]) == (409, code)


def test_a_rate_is_recorded_once_for_the_whole_fund(desk: Desk) -> None:
    today = desk.fund.now().date().isoformat()
    rate = {"base": "EUR", "quote": "NOK", "rate": 117_280, "digits": 4, "on": today, "source": "Published"}
    assert desk.done("finance", f"{V1}/rates/record-rate", rate)["events"] == ["rates.rate_recorded.v1"]
    assert desk.as_("officer").post(f"{V1}/rates/record-rate", rate).status_code == 403
