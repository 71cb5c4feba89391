"""The documents name every command there is, and none that is not; `--help` of each works."""

import re
from typing import Any

import pytest
import typer

from fund.border.settings import Settings
from fund.cli.main import app
from fund.domain.workflow import WORKFLOW
from tests.cli.driving import ROOT, Desk

OPERATOR = ROOT / "docs/operator.md"
LISTED = re.compile(r"^│ ([a-z][a-z-]*) {2,}\S", re.MULTILINE)


def commands() -> dict[str, Any]:
    """`fund cities import` -> its command, groups left out."""
    found = {}
    todo: list[tuple[str, Any]] = [("fund", typer.main.get_command(app))]
    while todo:
        path, command = todo.pop()
        if hasattr(command, "commands"):
            todo += [(f"{path} {name}", inner) for name, inner in command.commands.items()]
        else:
            found[path] = command
    return found


def to_document() -> set[str]:
    """Those written by hand; a verb that comes from the workflow table stands there, and here only by its group."""
    steps = {f"fund {step.command.target} {step.verb}": f"fund {step.command.target}" for step in WORKFLOW}
    return {steps.get(path, path) for path in commands()}


def documented() -> set[str]:
    """The commands of the table in the operator's document, without what follows in capitals."""
    table = OPERATOR.read_text("utf-8").partition("<!-- commands:begin -->")[2].partition("<!-- commands:end -->")[0]
    return {re.sub(" [A-Z].*", "", told) for told in re.findall(r"^\| `(fund [^`]+)` \|", table, re.MULTILINE)}


def test_the_operators_table_names_exactly_the_commands_there_are() -> None:
    assert documented() == to_document()


def test_help_lists_what_the_table_begins_with(tmp_path_factory: pytest.TempPathFactory) -> None:
    answer = Desk(tmp_path_factory.mktemp("help")).process("--help", TERM="dumb", COLUMNS="120", NO_COLOR="1")
    assert answer.code == 0
    assert set(LISTED.findall(answer.out)) == {told.split()[1] for told in documented()}


@pytest.mark.parametrize("path", sorted(commands()))
def test_every_command_has_help_that_says_what_it_does(path: str, begun: Desk) -> None:
    answer = begun.fund(*path.split()[1:], "--help")
    assert (answer.code, answer.err) == (0, "")
    assert f"Usage: {path}" in answer.out


def test_every_setting_is_in_the_operators_document_and_no_other() -> None:
    told = set(re.findall(r"^\| `(FUND_[A-Z_]+)`", OPERATOR.read_text("utf-8"), re.MULTILINE))
    assert told == {f"FUND_{name.upper()}" for name in Settings.model_fields}
