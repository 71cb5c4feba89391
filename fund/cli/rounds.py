"""Competitive rounds on the command line: the list, and one round with its files, points, places and line."""

from typing import Annotated

import msgspec
import typer

from fund.border import rounds as border
from fund.border.naming import Names
from fund.border.rounds import FileInRound
from fund.cli.session import guarded, say, session, show
from fund.domain.refusal import Refusal
from fund.language.formats import format_hundredths
from fund.projections import rounds

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


@guarded
def list_rounds(as_json: AsJson = False) -> None:
    """Rounds, the last to close first."""
    with session.fund() as fund:
        fund.runner.catch_up()
        actor = fund.actor(session.actor)
        with fund.views.reading() as reading:
            told = [msgspec.structs.replace(border.told(fund, actor, row), files=None) for row in rounds.listed(reading)]
    if as_json:
        show([msgspec.to_builtins(one) for one in told])
    else:
        for one in told:
            files = f"{one.numbers.files} files" if one.numbers else ""
            say(f"{one.id}  {one.phase:<9}  {one.closes_at[:16]}  {one.title}  {files}".rstrip())


@guarded
def show_round(round: Annotated[str, typer.Argument(help="The round, by its id.")], as_json: AsJson = False) -> None:
    """One round: for staff its files with points and places, best first; numbers for who is of a city in it or kept out of a file."""
    with session.fund() as fund:
        fund.runner.catch_up()
        actor, names = fund.actor(session.actor), Names(fund, "en")
        with fund.views.reading() as reading:
            row = rounds.by_id(reading, round)
        if row is None:
            raise Refusal("round.unknown", field="round", round=round)
        told = border.told(fund, actor, row)
        lines = [_line(file, names) for file in told.files or ()]
    if as_json:
        show(msgspec.to_builtins(told))
        return
    say(f"{told.title}: {told.phase}, {told.opens_at} to {told.closes_at}")
    if told.numbers:
        above = "" if told.numbers.above is None else f", {told.numbers.above} above the line"
        say(f"{told.numbers.files} files, {told.numbers.scored} scored, {told.numbers.passed} passed{above}")
    for line in lines:
        say(line)
    if told.equity_note:
        say(told.equity_note)


def _line(file: FileInRound, names: Names) -> str:
    points = "" if file.points is None else format_hundredths("en", file.points)
    side = {True: "above", False: "below", None: ""}[file.above]
    state = file.left or ("" if file.passed is None or file.passed else "did not pass")
    return f"{file.place or '':>4}  {points:>6}  {side:<5}  {file.reference}  {names(file.city)}  {state}".rstrip()
