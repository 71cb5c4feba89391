"""Erasing a person: what was sealed reads as erased everywhere, and history still adds up."""

from pathlib import Path

import pytest

from fund.border.opening import Fund, opened
from fund.border.reading import opening, shown
from fund.border.settings import Settings
from fund.domain import commands as c
from fund.domain.refusal import Refusal
from fund.domain.registers import Person
from fund.ledger.kek import KekError, generate_kek
from fund.ledger.keys import KeyMissing
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
        assert check(fund.ledger, fund.views, programmes=fund.handler.programmes).differences == ()
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


def erased_in_the_ledger_only(fund: Fund) -> str:
    """A person whose erasure was recorded by a process that ended before it destroyed the key."""
    registration = c.RegisterPerson(full_name=CANARY, email="canary@example.invalid", language="en")
    person = fund.handler.handle(registration, by="operator:test").stream
    bury, fund.keys.erase = fund.keys.erase, lambda ref: None  # type: ignore[method-assign]  # a process that ends here
    fund.handler.handle(c.ErasePerson(person=person, basis="asked"), by="operator:test", command_id="erase-1")
    fund.keys.erase = bury  # type: ignore[method-assign]
    assert fund.keys.exists(person)
    return person


def test_an_erasure_that_ended_half_way_is_finished_by_its_repeat(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        person = erased_in_the_ledger_only(fund)
        reply = fund.handler.handle(c.ErasePerson(person=person, basis="asked"), by="operator:test", command_id="erase-1")
        assert reply.repeated
        assert not fund.keys.exists(person)


def test_an_erasure_that_ended_half_way_is_finished_by_the_worker(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        person = erased_in_the_ledger_only(fund)
        fund.worker.once()
        assert not fund.keys.exists(person)
        assert name_of(fund, person) == {"erased": "personal"}


def test_a_ledger_does_not_open_without_the_keys_that_belong_to_it(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        fund.handler.handle(c.RegisterPerson(full_name=CANARY, email="canary@example.invalid", language="en"), by="operator:test")
    for file in tmp_path.glob("keys.db*"):
        file.unlink()
    with pytest.raises(KeyMissing), opened(Settings(data=tmp_path)):
        pass


def test_a_ledger_does_not_open_with_another_key_file(tmp_path: Path) -> None:
    with opened(Settings(data=tmp_path), specimen=True) as fund:
        fund.handler.handle(c.RegisterPerson(full_name=CANARY, email="canary@example.invalid", language="en"), by="operator:test")
    (tmp_path / "kek").unlink()
    generate_kek(tmp_path / "kek")
    with pytest.raises(KekError), opened(Settings(data=tmp_path)):
        pass
