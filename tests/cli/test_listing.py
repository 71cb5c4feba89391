"""What an operator looks at every day: work that waits, money, hubs, numbers."""

from fund.policy import load
from tests.cli.conftest import known, person, reference
from tests.cli.driving import Desk


def envelope(desk: Desk) -> str:
    id: str = desk.fund(*"envelope open --title Main --currency EUR --json".split()).json["reference"]
    given = ("--donor", "Norway", "--amount", "10000050", "--currency", "EUR", "--basis", "Agreement")
    assert desk.fund("envelope", "receive-contribution", id, *given).code == 0
    return id


def test_the_queue_of_all_tells_who_has_to_do_what_by_when(applied: Desk) -> None:
    (task,) = applied.fund("queue", "--json").json
    assert task == {
        "reference": reference(applied), "city": "Mombasa", "owner": "officer", "scope": "", "what": "completeness",
        "due": task["due"], "late": False, "since": "2025-03-03T09:00:00+00:00", "stopped": False, "load": None,
    }  # fmt: skip
    assert task["due"].startswith("2025-03-")
    told = applied.fund("queue").out
    assert told.split() == [task["due"][:10], reference(applied), "completeness", "officer", "Mombasa"]


def test_what_is_past_due_is_marked(applied: Desk) -> None:
    later = {"FUND_NOW": "2025-06-03T09:00:00Z"}
    assert applied.fund("queue", "--json", **later).json[0]["late"] is True
    assert " late " in applied.fund("queue", **later).out


def test_the_queue_of_a_person_holds_what_waits_for_them_and_no_more(applied: Desk) -> None:
    people = known(applied)
    assert [task["what"] for task in applied.fund("--as", people["olga"], "queue", "--json").json] == ["completeness"]
    for name in ("nobody", "amina"):
        assert applied.fund("--as", people[name], "queue", "--json").json == []
    draft = applied.fund("--as", people["amina"], *"application start --city Mombasa --language en --json".split())
    if draft.code == 2:  # the city by its id
        city = applied.fund("cities", "list", "Mombasa", "--json").json[0]["id"]
        draft = applied.fund("--as", people["amina"], "application", "start", "--city", city, "--language", "en", "--json")
    (own,) = applied.fund("--as", people["amina"], "queue", "--json").json
    assert (own["reference"], own["what"], own["owner"]) == (draft.json["reference"], "draft", "representative")
    assert own["due"]
    assert [task["reference"] for task in applied.fund("queue", "--json").json] == [reference(applied), own["reference"]]


def test_the_queue_of_somebody_unknown_is_refused(applied: Desk) -> None:
    answer = applied.fund("--as", "person-none", "queue")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("person.unknown")


def test_an_empty_queue_is_an_empty_list(begun: Desk) -> None:
    assert begun.fund("queue", "--json").json == []
    assert begun.fund("queue").out == ""


def test_envelopes_and_what_is_left_in_them(begun: Desk) -> None:
    id = envelope(begun)
    assert begun.fund("envelope", "list", "--json").json == [
        {
            "id": id, "title": "Main", "currency": "EUR", "contributed": 10000050, "committed": 0, "balance": 10000050,
            "reserved": 0, "free": 10000050,
        }
    ]  # fmt: skip
    told = begun.fund("envelope", "list").out
    assert id in told
    assert "100000.50 EUR" in told


def test_balances_are_for_those_who_may_know_them(begun: Desk) -> None:
    id = envelope(begun)
    finance, nobody = person(begun, "finn", "finance"), person(begun, "nobody")
    assert begun.fund("--as", finance, "envelope", "list", "--json").json[0]["balance"] == 10000050
    assert begun.fund("--as", nobody, "envelope", "list", "--json").json == [
        {"id": id, "title": "Main", "currency": "EUR", "contributed": 10000050}
    ]


def test_sources_and_what_is_left_of_them(begun: Desk) -> None:
    id = envelope(begun)
    more = (
        "--donor",
        "denmark",
        "--amount",
        "500",
        "--currency",
        "EUR",
        "--basis",
        "Deed",
        "--priorities",
        "SP-YOUTH",
        "--regions",
        "mena",
    )
    assert begun.fund("envelope", "receive-contribution", id, *more, "--spend-until", "2026-12-31").code == 0
    first, second = begun.fund("sources", "--json").json
    assert (first["number"], second["number"], second["name"], second["remaining"]) == (1, 2, "Denmark", 500)
    assert second["earmark"]["spend_until"] == "2026-12-31"
    assert len(second["purpose"]) == 3
    told = begun.fund("sources").out
    assert "5.00 EUR (5.00 left)" in told
    nobody = person(begun, "nobody")
    assert "left" not in begun.fund("--as", nobody, "sources").out
    assert "remaining" not in begun.fund("--as", nobody, "sources", "--json").json[0]


def test_a_rate_is_recorded_on_the_command_line(begun: Desk) -> None:
    rate = ("--base", "EUR", "--quote", "NOK", "--rate", "117280", "--digits", "4", "--on", "2025-01-02", "--source", "Published")
    assert begun.fund("rates", "record-rate", *rate).code == 0
    assert begun.fund("programme", "adopt", "--version", load().version).line.startswith("programme.own_proposal")
    assert begun.fund("rates", "record-rate", *rate[:-4], "--on", "2999-01-01", "--source", "x").line.startswith("rate.not_yet")


def test_hubs_of_the_programme_and_which_of_them_are_open(begun: Desk) -> None:
    assert begun.fund("hub", "open", "mena", "--opened", "2023-05", "--basis", "Published").code == 0
    hubs = {hub["id"]: hub for hub in begun.fund("hub", "list", "--json").json}
    assert (hubs["hub-mena"]["open"], hubs["hub-mena"]["opened"]) == (True, "2023-05")
    others = [hub for id, hub in hubs.items() if id != "hub-mena"]
    assert others
    assert all((hub["open"], hub["opened"]) == (False, None) for hub in others)
    assert begun.fund("hub", "close", "mena", "--basis", "Moved").code == 0
    assert {hub["open"] for hub in begun.fund("hub", "list", "--json").json} == {False}
    assert "hub-mena" in begun.fund("hub", "list").out


def test_the_pipeline_counts_files_and_names_none(applied: Desk) -> None:
    counts = applied.fund("pipeline", "--json").json
    assert (counts["total"], counts["submitted"], counts["stages"]) == (1, 1, {"completeness": 1})
    assert counts["regions"] == {"east-southern-africa": 1}
    told = applied.fund("pipeline").out
    assert "completeness" in told
    assert reference(applied) not in told


def test_lists_record_nothing(applied: Desk) -> None:
    head = applied.head()
    for command in ("queue", "envelope list", "hub list", "pipeline"):
        for options in ((), ("--json",)):
            assert applied.fund(*command.split(), *options).code == 0
    assert applied.head() == head
