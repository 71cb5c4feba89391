"""Membership on the command line: verbs from the table, who waits for whom, and the history of a city."""

import json

from tests.cli.conftest import known, person
from tests.cli.driving import Desk

COMMITMENTS = json.dumps([{"principle": f"GP{number}", "committed": True, "deed": "A council"} for number in range(1, 7)])


def test_a_city_that_nobody_represents_is_carried_to_membership(peopled: Desk) -> None:
    approver, olga = person(peopled, "ines", "approver"), known(peopled)["olga"]
    steps = (
        ("city", "ask-membership", "Springfield", "--proof", "Letter of the council"),
        ("city", "attest-principles", "Springfield", "--office", "Mayor", "--commitments", COMMITMENTS, "--proof", "Scan"),
        ("--as", olga, "city", "determine-territory", "Springfield", "--territory", "meets", "--basis", "Nobody contests it",
         "--review-on", "2026-03-03"),
    )  # fmt: skip
    for step in steps:
        assert peopled.fund(*step).code == 0, step
    waiting = peopled.fund("cities", "waiting", "--json").json
    assert [(one["what"], one["owner"], one["name"]) for one in waiting] == [
        ("admission", "approver", "Springfield"), ("review", "officer", "Springfield"),
    ]  # fmt: skip
    assert peopled.fund("--as", olga, "city", "admit-member", "Springfield").line.startswith("workflow.role_needed")
    assert peopled.fund("--as", approver, "city", "admit-member", "Springfield").code == 0
    (city,) = peopled.fund("cities", "list", "Springfield", "--json").json
    assert city["member"]
    told = peopled.fund("cities", "history", "Springfield", "--json").json["events"]
    assert [fact["event"] for fact in told][-1] == "city.member_admitted.v1"
    assert {"sealed": "restricted"} in [fact["data"].get("basis") for fact in told]
    opened = peopled.fund("cities", "history", "Springfield", "--json", "--unseal").json["events"]
    assert "Nobody contests it" in [fact["data"].get("basis") for fact in opened]


def test_what_waits_is_told_with_its_day_and_what_is_late_alone_where_asked(peopled: Desk) -> None:
    peopled.fund("city", "ask-membership", "Springfield", "--proof", "Letter")
    told = peopled.fund("cities", "waiting").out
    assert [line.split()[1:4] for line in told.splitlines()] == [
        ["attestation", "representative", "Springfield"], ["determination", "officer", "Springfield"],
    ]  # fmt: skip
    assert peopled.fund("cities", "waiting", "--late").out == ""
    late = peopled.fund("cities", "waiting", "--late", "--json", FUND_NOW="2025-06-03T09:00:00Z").json
    assert {one["what"] for one in late} == {"attestation", "determination"}


def test_the_list_of_who_waits_is_for_the_fund_and_the_history_as_far_as_one_may_know(peopled: Desk) -> None:
    people = known(peopled)
    peopled.fund("city", "ask-membership", "Springfield", "--proof", "Letter")
    assert peopled.fund("--as", people["nobody"], "cities", "waiting").line.startswith("access.denied")
    told = peopled.fund("--as", people["nobody"], "cities", "history", "Springfield").out
    assert "city.registered.v1" in told
    assert "membership_asked" not in told
    assert peopled.fund("cities", "history", "Atlantis").line.startswith("city.unknown")
