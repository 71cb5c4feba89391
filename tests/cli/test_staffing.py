"""`fund staffing`: exit 1 and who is missing, until there are enough people whoever is absent and whoever is conflicted."""

from tests.cli.conftest import person
from tests.cli.driving import Desk


def test_a_fund_of_few_people_is_told_who_is_missing(peopled: Desk) -> None:
    answer = peopled.fund("staffing", "--json")
    assert (answer.code, answer.json["ok"]) == (1, False)
    assert {track["track"] for track in answer.json["tracks"]} == set(peopled_tracks())
    standard = next(track for track in answer.json["tracks"] if track["track"] == "standard")
    assert [(need["role"], need["more"]) for need in standard["needs"]] == [("officer", 3), ("assessor", 4), ("approver", 4)]
    assert "standard: 3 more officer for " in peopled.fund("staffing").out


def test_with_enough_people_every_track_can_be_finished_until_somebody_is_away(peopled: Desk) -> None:
    new = {role: [person(peopled, f"{role}{number}", role) for number in range(more)] for role, more in (
        ("officer", 3), ("assessor", 4), ("approver", 4)
    )}  # fmt: skip
    answer = peopled.fund("staffing")
    assert (answer.code, answer.out.splitlines()[0]) == (0, "standard: can be finished")
    away = peopled.fund("person", "record-absence", new["approver"][0], "--first", "2020-01-01", "--last", "2099-12-31")
    assert away.code == 0, away.err
    answer = peopled.fund("staffing")
    assert (answer.code, answer.out.splitlines()[0]) == (1, "standard: 1 more approver for deciding")


def peopled_tracks() -> tuple[str, ...]:
    from fund.policy import load

    return tuple(load().tracks)
