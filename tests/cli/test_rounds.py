"""Competitive rounds on the command line."""

from tests.cli.conftest import known
from tests.cli.driving import Desk

OPEN = "round open --title Spring --opens-at 2025-03-01T00:00:00Z --closes-at 2025-04-01T12:00:00Z --json --envelope"


def opened(desk: Desk) -> str:
    envelope = desk.fund(*"envelope open --title Main --currency EUR --json".split()).json["reference"]
    id: str = desk.fund("--as", known(desk)["olga"], *OPEN.split(), envelope).json["reference"]
    return id


def test_a_round_is_opened_listed_shown_and_cancelled(applied: Desk) -> None:
    id = opened(applied)
    (listed,) = applied.fund("round", "list", "--json").json
    assert (listed["id"], listed["phase"], listed["title"]) == (id, "open", "Spring")
    shown = applied.fund("round", "show", id, "--json").json
    assert (shown["files"], shown["numbers"]["files"]) == ([], 0)
    told = applied.fund("round", "show", id).out.splitlines()
    assert told[0].startswith("Spring: open, 2025-03-01")
    assert told[1] == "0 files, 0 scored, 0 passed"
    assert applied.fund("--as", known(applied)["olga"], "round", "cancel", id, "--reason", "No money").code == 0
    assert "cancelled" in applied.fund("round", "list").out
    nobody = applied.fund("--as", known(applied)["nobody"], "round", "show", id, "--json").json
    assert (nobody["files"], nobody["numbers"], nobody["envelope"]) == (None, None, None)


def test_a_round_that_is_not_there_is_one_line(applied: Desk) -> None:
    answer = applied.fund("round", "show", "round-none")
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1
