"""Erasing a person: what was sealed reads as erased everywhere, and history still adds up."""

from pathlib import Path

import pytest

from fund.border.opening import Fund, opened
from fund.border.reading import opening, shown
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.projections import people
from fund.projections.check import check

CANARY = "Canary Featherstone-Nightingale"


def name_of(fund: Fund, person: str) -> object:
    fund.runner.catch_up()
    with fund.views.reading() as reading:
        row = people.by_id(reading, person)
    assert row
    return shown(row.full_name, opening(fund.keys))


def test_an_erased_person_reads_as_erased_and_the_check_still_holds(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        registration = c.RegisterPerson(full_name=CANARY, email="canary@example.invalid", language="en")
        person = fund.handler.handle(registration, by="operator:test").stream
        assert name_of(fund, person) == CANARY
        before = fund.ledger.rows(0, 1000)

        fund.handler.handle(c.ErasePerson(person=person, basis="asked by the person"), by="operator:test")

        assert name_of(fund, person) == {"erased": "personal"}
        assert fund.ledger.rows(0, len(before)) == before
        assert check(fund.ledger, fund.views).differences == ()
        state = fund.handler.load(person).state
        assert isinstance(state, Person)
        assert state.erased


def test_an_erased_person_can_do_nothing_more(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        registration = c.RegisterPerson(full_name=CANARY, email="canary@example.invalid", language="en")
        person = fund.handler.handle(registration, by="operator:test").stream
        fund.handler.handle(c.GrantRole(person=person, role="administrator"), by="operator:test")
        fund.handler.handle(c.ErasePerson(person=person, basis="asked by the person"), by="operator:test")
        with pytest.raises(Refusal) as refused:
            fund.handler.handle(c.OpenHub(hub="hub-mena", opened="2023-03", basis="test"), by=person)
        assert refused.value.code == "person.unknown"


def test_no_file_holds_the_name_in_clear_even_before_the_erasure(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        fund.handler.handle(c.RegisterPerson(full_name=CANARY, email="canary@example.invalid", language="en"), by="operator:test")
        fund.runner.catch_up()
    holding = [path.name for path in tmp_path.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert holding == []
