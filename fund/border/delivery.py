"""Whoever speaks for a city of a file and opens a letter has it delivered to that city: the fact is recorded before the letter is given."""

from fund.border.opening import Fund
from fund.domain import commands as c
from fund.domain.application import Application
from fund.domain.delivery import readers
from fund.domain.facts import Actor
from fund.domain.refusal import Refusal
from fund.domain.registers import City


def opened(fund: Fund, actor: Actor, file: Application, number: int | None) -> bytes:
    """The letter of this number, counted from 1, else the last; and that it was opened. Refusal letter.not_issued, letter.erased."""
    number = len(file.letters) if number is None else number
    content = fund.letters.opened(file, number)
    if any(_is_new_to(fund, actor, file, number, city) for city in readers(file)):
        _record(fund, actor, file, number)
    return content


def _is_new_to(fund: Fund, actor: Actor, file: Application, number: int, city: str) -> bool:
    state = fund.handler.load(city).state
    return isinstance(state, City) and state.represented_by(actor.id) and not file.opened_by(number, city)


def _record(fund: Fund, actor: Actor, file: Application, number: int) -> None:
    try:
        command = c.OpenLetter(application=file.id, letter=number)
        fund.handler.handle(command, by=actor.id, command_id=f"opening:{file.id}:{number}:{actor.id}")
    except Refusal as refused:
        # A colleague was faster: it has been opened, which is what was to be recorded.
        if refused.code != "letter.already_opened":
            raise
