"""People, roles, representatives, tokens."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import known, person, reference
from tests.cli.driving import Desk, key_file


def test_a_person_is_registered_and_given_a_role(begun: Desk) -> None:
    answer = begun.fund("person", "register", "--full-name", "Olga Orr", "--email", "o@example.org", "--language", "fr", "--json")
    id = answer.json["reference"]
    assert answer.json == {"reference": id, "stream": id, "version": 1, "index": 4, "events": ["person.registered.v1"]}
    assert begun.fund("person", "grant-role", id, "--role", "coordinator", "--scope", "mena").out == f"{id}\n"
    people = {one["id"]: one["roles"] for one in begun.fund("person", "list", "--json").json}
    assert people[id] == ["coordinator:mena"]
    assert begun.fund("person", "revoke-role", id, "--role", "coordinator", "--scope", "mena").code == 0
    assert {one["id"]: one["roles"] for one in begun.fund("person", "list", "--json").json}[id] == []


def test_names_of_people_are_sealed_unless_asked_for_and_asking_is_recorded(begun: Desk) -> None:
    head = begun.head()
    assert "Ada" not in begun.fund("person", "list").out + begun.fund("person", "list", "--json").out
    assert begun.head() == head
    assert begun.fund("person", "list", "--unseal", "--json").json[0]["name"] == "Ada Admin"
    assert begun.head() == head + 1
    assert "Ada Admin" in begun.fund("person", "list", "--unseal").out


def test_no_name_and_no_address_stands_in_any_file(begun: Desk) -> None:
    for file in filter(Path.is_file, begun.data.rglob("*")):
        assert b"Ada Admin" not in file.read_bytes(), file
        assert b"ada@example.org" not in file.read_bytes(), file


def test_an_erased_person_has_no_name_any_more(begun: Desk) -> None:
    id = person(begun, "passing")
    assert begun.fund("person", "erase", id, "--basis", "Asked to").code == 0
    assert {one["id"]: one["name"] for one in begun.fund("person", "list", "--unseal", "--json").json}[id] == {"erased": "personal"}


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        ("person grant-role {nobody} --role king", "code.unknown [role]"),
        ("person grant-role person-none --role officer", "person.unknown [person]"),
        ("person register --full-name A\x07 --email a@example.org --language en", "text.control_character [full_name]"),
        ("person register --full-name A\u202e --email a@example.org --language en", "text.bidi_override [full_name]"),
        (f"person register --full-name {'A' * 2001} --email a@example.org --language en", "text.too_long [full_name]"),
        ("person register --full-name A --email a@example.org --language en --command-id \x07", "text.control_character [command_id]"),
        (f"person register --full-name A --email a@example.org --language en --command-id {'i' * 201}", "text.too_long [command_id]"),
        ("city confirm-representative Nowhere --person {olga} --capacity signatory --proof P", "city.unknown [city]"),
        ("city confirm-representative city-none --person {olga} --capacity signatory --proof P", "city.unknown [city]"),
        ("city confirm-representative Tripoli --person {olga} --capacity signatory --proof P", "city.ambiguous [city]"),
        ("city confirm-representative Mombasa --person {olga} --capacity mayor --proof P", "code.unknown [capacity]"),
        ("city confirm-representative Mombasa --person person-none --capacity signatory --proof P", "person.unknown [person]"),
        ("city confirm-representative Mombasa --person {amina} --capacity signatory --proof P", "representative.already_confirmed"),
        ("--as {nobody} city record-membership Springfield --basis B", "workflow.role_needed"),
        ("--as person-none city record-membership Springfield --basis B", "person.unknown"),
        ("--as machine:timer city record-membership Springfield --basis B", "usage: "),
        ("--as operator:a\nb city record-membership Springfield --basis B", "usage: "),
        ("token issue person-none", "person.unknown"),
        ("token issue {nobody} --days 91", "usage: "),
        ("token revoke token-none", "token.unknown"),
        ("token issue {nobody} --label A\x1b[31mB", "text.control_character [label]"),
        ("token issue {nobody} --label A\nB", "text.control_character [label]"),
        (f"token issue {{nobody}} --label {'L' * 201}", "text.too_long [label]"),
        ("person register --full-name A\nB --email a@example.org --language en", "text.control_character [full_name]"),
        ("person register --full-name A --email a@b@example.org --language en", "email.invalid [email]"),
        ("person", ""),
        ("person register --full-name A", "usage: Missing option"),
        ("person promote", "usage: No such command 'promote'"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_one_line_and_not_recorded(peopled: Desk, arguments: str, start: str) -> None:
    head = peopled.head()
    answer = peopled.fund(*(word.format(**known(peopled)) for word in arguments.split(" ")))
    assert answer.code == 2
    if start:
        assert answer.line.startswith(start)
        assert answer.out == ""
    assert peopled.head() == head


def test_a_repeated_command_id_is_answered_again_and_other_content_under_it_is_refused(begun: Desk) -> None:
    register = "person register --full-name {} --email a@example.org --language en --command-id desk-1 --json"
    first = begun.fund(*register.format("Ana").split())
    again = begun.fund(*register.format("Ana").split())
    assert first.json == again.json
    other = begun.fund(*register.format("Bob").split())
    assert (other.code, other.line.partition(":")[0]) == (2, "command.other_content")
    stranger = begun.fund("--as", "operator:other", *register.format("Ana").split())
    assert (stranger.code, stranger.line.partition(":")[0]) == (2, "command.other_actor")
    assert begun.head() == first.json["index"]


def test_an_id_given_here_never_stands_for_a_step_of_a_machine(applied: Desk) -> None:
    """Whoever knows how machines name their steps could else keep one from ever being taken."""
    stream = applied.fund("state", reference(applied), "--json").json["state"]["id"]
    machines = (f"eligibility:{stream}:1", f"letter:{stream}:1", f"http:{stream}", "init:administrator")
    for number, id in enumerate(machines):
        register = f"person register --full-name N{number} --email n@example.org --language en --command-id {id}"
        assert applied.fund(*register.split()).code == 0
    officer = known(applied)["olga"]
    assert applied.fund("--as", officer, "application", "confirm-completeness", reference(applied)).code == 0
    assert applied.fund("worker", "--once").code == 0
    events = [one["event"] for one in applied.fund("history", reference(applied), "--json").json["events"]]
    assert "application.check_recorded.v1" in events


def test_the_first_administrator_has_an_address_too(tmp_path: Path) -> None:
    key_file(tmp_path)
    answer = Desk(tmp_path).fund("init", "--name", "Ada", "--email", "nowhere", "--keys-backed-up")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("email.invalid [email]")
    assert not (tmp_path / "fund.db").exists()


def test_the_actor_is_recorded_and_the_default_is_who_is_logged_in(begun: Desk) -> None:
    begun.fund("--as", "operator:night.shift", "city", "register", "--help")
    person(begun, "one")
    begun.fund("--as", "operator:night.shift", *"person register --full-name B --email b@example.org --language en".split())
    states = _states(begun)
    assert '"actor":"operator:night.shift"' in states[-1]
    assert '"actor":"operator:' in states[-2]
    assert "night.shift" not in states[-2]


def _states(desk: Desk) -> list[str]:
    with closing(sqlite3.connect(desk.data / "fund.db")) as connection:
        return [state.decode() for (state,) in connection.execute("SELECT state FROM events ORDER BY rowid")]


# ── Tokens ────────────────────────────────────────────────────────────────────


def test_a_token_is_shown_once_listed_without_its_secret_and_revoked(peopled: Desk) -> None:
    amina = known(peopled)["amina"]
    issued = peopled.fund("token", "issue", amina, "--label", "laptop", "--days", "2", "--json").json
    assert issued.keys() == {"person", "token"}
    assert issued["person"] == amina
    assert issued["token"].startswith("fund_")
    (listed,) = peopled.fund("token", "list", "--json").json
    assert listed == {
        "id": listed["id"], "person": amina, "label": "laptop", "expires_at": "2025-03-05T09:00:00+00:00", "revoked_at": None,
    }  # fmt: skip
    assert issued["token"] not in peopled.fund("token", "list").out
    for file in filter(Path.is_file, peopled.data.rglob("*")):
        assert issued["token"].encode() not in file.read_bytes(), file
    assert peopled.fund("token", "revoke", listed["id"]).out == f"{listed['id']}\n"
    assert peopled.fund("token", "list", amina, "--json").json[0]["revoked_at"] == "2025-03-03T09:00:00+00:00"
    assert peopled.fund("token", "list", known(peopled)["olga"], "--json").json == []


def test_where_there_is_no_ledger_there_are_no_tokens_and_nothing_is_made(tmp_path: Path) -> None:
    answer = Desk(tmp_path).fund("token", "list")
    assert (answer.code, answer.out) == (2, "")
    assert answer.line.startswith("key.missing")
    assert list(tmp_path.iterdir()) == []


def test_tokens_add_no_fact(peopled: Desk) -> None:
    head = peopled.head()
    peopled.fund("token", "issue", known(peopled)["amina"])
    assert peopled.head() == head
