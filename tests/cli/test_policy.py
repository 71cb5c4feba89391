"""`fund programme …` and `fund policy list`: a programme is proposed, adopted by somebody else, and its life can be read."""

import shutil
from pathlib import Path

from fund.policy import bundled
from tests.cli.driving import Desk

VERSION = "2023-2025.1"


def administrator(desk: Desk) -> str:
    person: str = desk.fund("person", "list", "--json").json[0]["id"]
    return person


def test_the_operator_who_proposed_does_not_adopt_and_the_administrator_does(begun: Desk) -> None:
    refused = begun.fund("programme", "adopt", "--version", VERSION)
    assert (refused.code, refused.line.split(":")[0]) == (2, "programme.own_proposal")
    assert begun.fund("--as", administrator(begun), "programme", "adopt", "--version", VERSION).code == 0
    (only,) = begun.fund("policy", "list", "--json").json
    assert (only["version"], only["status"]) == (VERSION, "in force")
    assert [moment["status"] for moment in only["life"]] == ["proposed", "in force"]
    assert [moment["by"][:7] for moment in only["life"]] == ["operato", "person-"]


def test_a_next_version_supersedes_the_first_and_the_list_tells_both(begun: Desk, tmp_path: Path) -> None:
    begun.fund("--as", administrator(begun), "programme", "adopt", "--version", VERSION)
    folder = Path(shutil.copytree(bundled()[0], tmp_path / "next"))
    file = folder / "programme.toml"
    file.write_text(file.read_text("utf-8").replace(f'version = "{VERSION}"', 'version = "2023-2025.2"'), "utf-8")
    here = {"FUND_PROGRAMME": str(folder)}
    assert begun.fund("programme", "propose", "--reason", "Read again", **here).code == 0
    told = begun.fund("policy", "list").out
    assert "2023-2025.2" in told
    assert begun.fund("--as", administrator(begun), "programme", "adopt", "--version", "2023-2025.2").code == 0
    assert [(one["version"], one["status"]) for one in begun.fund("policy", "list", "--json").json] == [
        (VERSION, "superseded"), ("2023-2025.2", "in force"),
    ]  # fmt: skip


def test_a_number_is_corrected_and_the_problem_of_a_wrong_one_is_told(begun: Desk) -> None:
    correct = ("programme", "renumber-priority", "--priority", "SP-YOUTH", "--reason", "The printed page", "--printed")
    assert begun.fund(*correct, "3").code == 0
    assert begun.fund(*correct, "1").line.startswith("priority.number_taken")
