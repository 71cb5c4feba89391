"""Competitive rounds over HTTP: opened by an officer, entered by a city, read by each in their measure."""

from datetime import timedelta

import pytest

from tests.api.desk import V1, Desk

ROUND = {"title": "Spring round", "priorities": ["SP-NLC"]}


@pytest.fixture(scope="module")
def round(desk: Desk) -> str:
    now = desk.fund.now().replace(microsecond=0)
    window = {"opens_at": (now - timedelta(days=1)).isoformat(), "closes_at": (now + timedelta(days=20)).isoformat()}
    id: str = desk.done("officer", f"{V1}/rounds", {**ROUND, **window, "envelope": desk.ids["Main"]})["id"]
    return id


@pytest.fixture(scope="module")
def entered(desk: Desk, round: str) -> str:
    reference = desk.draft()
    desk.give("signatory", reference, "submit", {"round": round})
    return reference


def test_the_public_knows_that_a_round_is_held(desk: Desk, round: str, entered: str) -> None:
    told = desk.as_(None).get(f"{V1}/rounds/{round}").json()
    assert (told["title"], told["phase"], told["priorities"], told["currency"]) == ("Spring round", "open", ["SP-NLC"], "EUR")
    assert (told["numbers"], told["envelope"], told["files"], told["equity_note"]) == (None, None, None, None)
    assert round in [one["id"] for one in desk.as_(None).get(f"{V1}/rounds").json()["items"]]


def test_staff_see_who_entered(desk: Desk, round: str, entered: str) -> None:
    told = desk.as_("officer").get(f"{V1}/rounds/{round}").json()
    assert told["numbers"] == {"files": 1, "scored": 0, "passed": 0, "above": None}
    (file,) = told["files"]
    assert (file["reference"], file["city"], file["points"], file["place"]) == (entered, desk.ids["Lakeside"], None, None)
    listed = desk.as_("officer").get(f"{V1}/rounds").json()["items"]
    assert {one["files"] for one in listed} == {None}


def test_whoever_has_no_part_in_a_file_of_it_sees_numbers_only(desk: Desk, round: str, entered: str) -> None:
    desk.hired("bystander", "officer")
    assert desk.as_("bystander").get(f"{V1}/rounds/{round}").json()["files"]
    desk.give("bystander", entered, "declare-conflict", {"interest": "family", "about": "My sister leads the unit"})
    told = desk.as_("bystander").get(f"{V1}/rounds/{round}").json()
    assert (told["files"], told["envelope"], told["numbers"]["files"]) == (None, None, 1)


def test_nor_do_they_order_it_and_they_are_told_why(desk: Desk, round: str, entered: str) -> None:
    desk.hired("cousin", "officer")
    desk.give("cousin", entered, "declare-conflict", {"interest": "family", "about": "My cousin leads the unit"})
    answer = desk.as_("cousin").post(f"{V1}/rounds/{round}/rank", {"equity_note": "x"}, accept_language="fr")
    assert (answer.status_code, answer.json()["code"]) == (403, "conflict.recused")
    assert answer.json()["why"]["grounds"][0]["rule"] == "own.conflicts"
    assert "classement de son appel" in answer.text
    allowed = desk.as_("officer").post(f"{V1}/rounds/{round}/rank", {"equity_note": "x"})
    assert allowed.json()["code"] == "round.not_closed", "nothing else keeps an officer from it"


@pytest.mark.parametrize(("name", "numbers"), [("finance", True), ("assessor_a", False), ("signatory", False), ("nobody", False)])
def test_nobody_else_sees_files(desk: Desk, round: str, entered: str, name: str, numbers: bool) -> None:
    told = desk.as_(name).get(f"{V1}/rounds/{round}").json()
    assert told["files"] is None
    assert (told["numbers"] is not None) == numbers


def test_an_instant_without_its_place_is_refused(desk: Desk) -> None:
    for wrong in ("2026-12-01T12:00:00", "2026-12-01", "noon", 1780000000):
        body = {**ROUND, "opens_at": wrong, "closes_at": "2026-12-20T12:00:00Z", "envelope": desk.ids["Main"]}
        answer = desk.as_("officer").post(f"{V1}/rounds", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "date.invalid"), wrong


def test_a_round_that_is_not_there(desk: Desk) -> None:
    assert desk.as_("officer").get(f"{V1}/rounds/round-none").status_code == 404
    reference = desk.draft()
    answer = desk.as_("signatory").post(f"{V1}/applications/{reference}/submit", {"round": "round-none"})
    assert (answer.status_code, answer.json()["code"]) == (422, "round.unknown")
