"""A standing declaration reaches the files that it concerns, also where it is made after somebody had a hand on them. A pure fact."""

from collections.abc import Iterator, Mapping

from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.conflict import had_a_hand, not_on_file
from fund.domain.registers import Interest, Person
from fund.domain.round import Round

ACTOR = "machine:interests"


def to_bring(file: Application, declared: Mapping[str, tuple[Interest, ...]], round: Round | None = None) -> Iterator[c.BringInterest]:
    """declared: person -> interests that have not ended. round: the one the file is in."""
    for person in declared.keys() & had_a_hand(file, round):
        for interest in not_on_file(Person(id=person, interests=declared[person]), file):
            yield c.BringInterest(application=file.id, person=person, number=interest.number)


def command_id(command: c.BringInterest) -> str:
    """One cause: this declaration, on this file."""
    return f"interests:{command.application}:{command.person}:{command.number}"
