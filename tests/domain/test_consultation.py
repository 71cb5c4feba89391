# ruff: noqa: F405
"""Who is consulted about a file: the register as it was when the file was submitted."""

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.deciding import reads
from tests.domain.proof import passes
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

SUBMIT = c.SubmitApplication(application=FILE)
CONFIRM = c.ConfirmCompleteness(application=FILE)
TIDES_ARE_OPEN = hub_opened("hub-tides", "tides")


def submitted(history: History) -> e.ApplicationSubmitted:
    (event, *_) = given(*consented(*history)).when(SUBMIT, by=AMINA).events
    assert isinstance(event, e.ApplicationSubmitted)
    return event


def asked(history: History) -> list[str]:
    """The hubs that are asked when completeness is confirmed."""
    events = given(*history).when(CONFIRM, by=OLGA).events
    return [event.hub for event in events if isinstance(event, e.OpinionRequested)]


@passes(c.SubmitApplication)
def test_the_regions_of_all_its_cities_and_their_open_hubs_are_recorded_with_the_submission() -> None:
    assert (submitted(AGREED).regions, submitted(AGREED).hubs) == (("delta", "coast"), ("north",))
    assert submitted(SOUTH_IS_OPEN + AGREED).hubs == ("north", "south")
    assert submitted(hub_closed() + AGREED).hubs == ()


@passes(c.SubmitApplication)
def test_a_city_outside_every_region_has_no_hub_and_the_bodies_consulted_about_everything_are_asked() -> None:
    alone = did(
        NILS,
        started(OUTPOST),
        *(saved_as(section) for section in FORM),
        saved_as(with_(APPLICANT, beneficiaries=())),
    )
    (event, *_) = given(*alone).when(SUBMIT, by=NILS).events
    assert isinstance(event, e.ApplicationSubmitted)
    assert (event.region, event.regions, event.hubs) == (None, (), ())
    (event, *_) = given(*TIDES_ARE_OPEN, *alone).when(SUBMIT, by=NILS).events
    assert isinstance(event, e.ApplicationSubmitted)
    assert event.hubs == ("tides",)


@passes(c.SubmitApplication)
def test_a_hub_of_two_cities_of_a_file_is_one_hub() -> None:
    moved = city(HILLTOWN, "Hilltown", "delta", True, {BELA: "signatory"})
    assert (submitted(moved + AGREED).regions, submitted(moved + AGREED).hubs) == (("delta",), ("north",))


@passes(c.ConfirmCompleteness)
def test_every_hub_of_its_regions_is_asked_beside_the_others_by_the_same_day() -> None:
    after = given(*SUBMITTED_TO_BOTH).when(CONFIRM, by=OLGA).then(CONFIRMED, ASKED, ASKED_SOUTH).after.file()
    assert [(one.hub, one.due) for one in after.open_opinions] == [("north", ASKED.due), ("south", ASKED.due)]


@passes(c.ConfirmCompleteness)
def test_a_hub_that_opened_after_the_submission_is_not_asked_and_one_that_closed_is_not_either() -> None:
    assert asked(SUBMITTED + SOUTH_IS_OPEN) == ["north"]
    assert asked(SUBMITTED + hub_closed()) == []
    assert asked(SUBMITTED_TO_BOTH + hub_closed()) == ["south"]


@passes(c.ConfirmCompleteness)
def test_a_body_that_is_consulted_about_everything_is_asked_wherever_the_city_lies() -> None:
    submission = msgspec.structs.replace(SUBMISSION, region=None, regions=(), hubs=("tides",))
    assert asked(TIDES_ARE_OPEN + AGREED + did(AMINA, submission)) == ["tides"]


@passes(c.ConfirmCompleteness)
def test_a_file_whose_submission_names_no_hubs_asks_the_one_of_its_region() -> None:
    unnamed = msgspec.structs.replace(SUBMISSION, regions=(), hubs=None)
    assert asked(AGREED + did(AMINA, unnamed)) == ["north"]
    assert asked(AGREED + did(AMINA, msgspec.structs.replace(unnamed, region="steppe"))) == []
    assert asked(AGREED + did(AMINA, msgspec.structs.replace(unnamed, region=None))) == []


def test_whether_a_hub_is_open_is_relied_on_where_it_is_asked() -> None:
    assert NORTH in reads(given(*SUBMITTED).file(), c.ConfirmCompleteness(application=FILE), OLGA, PROGRAMME)
