# ruff: noqa: F405
"""How messages come is each reader's own choice."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.registers import Person
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

WEEKLY = c.ChooseMessages(person=AMINA, rhythm="weekly", language="fr")
CHOSEN = e.MessagesChosen(person=AMINA, rhythm="weekly", language="fr")


@passes(c.ChooseMessages)
def test_somebody_without_any_role_chooses_for_themselves_and_again() -> None:
    given().when(WEEKLY, by=AMINA).then(CHOSEN)
    again = c.ChooseMessages(person=AMINA, rhythm="never")
    given(*did(AMINA, CHOSEN, on=AMINA)).when(again, by=AMINA).then(e.MessagesChosen(person=AMINA, rhythm="never", language=""))


@passes(c.ChooseMessages)
@refuses(c.ChooseMessages, "messages.not_yours")
def test_nobody_chooses_for_somebody_else_but_an_administrator_enters_what_they_asked_for() -> None:
    given().when(WEEKLY, by=ADA).then(CHOSEN)
    given().when(WEEKLY, by=ALI).then("messages.not_yours")
    given().when(WEEKLY, by=OLGA).then("messages.not_yours")


@refuses(c.ChooseMessages, "language.unknown")
@refuses(c.ChooseMessages, "person.unknown")
def test_a_language_that_the_fund_does_not_speak_and_a_person_whom_nobody_knows_are_refused() -> None:
    given().when(msgspec.structs.replace(WEEKLY, language="tlh"), by=AMINA).then("language.unknown")
    given().when(msgspec.structs.replace(WEEKLY, person=STRANGER), by=ADA).then("person.unknown")


def test_the_last_choice_is_the_one_that_counts() -> None:
    daily = msgspec.structs.replace(CHOSEN, rhythm="daily")
    state = given(*did(AMINA, CHOSEN, daily, on=AMINA)).state(AMINA)
    assert isinstance(state, Person)
    assert state.messages == daily
