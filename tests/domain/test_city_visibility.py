# ruff: noqa: F405
"""Who sees what of a city: the register for everybody, the city's word for the city, the territory for the fund alone."""

import msgspec
import pytest

from fund.domain import events as e
from fund.domain import visibility as v
from fund.domain.events import EVENTS
from fund.domain.facts import Actor
from fund.domain.registers import City
from tests.domain.proof import every_outcome
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

SIGHTS: dict[str, v.Sight | None] = {"F": v.FULL, "C": v.CLEAR, "T": v.APPLICANT, "o": v.ONLY_THAT, ".": None}
READERS = (NILS, AMINA, OLGA, INES, AUDE, ADA, HANA, CLERK, None)
# fmt: off
TRUTH: dict[type[Event], str] = {
    #                            city another officer approver auditor admin coordinator operator anybody
    e.CityRegistered:           "T    o       F       F        F       F     o           C        o",
    e.TierRecorded:             "T    o       F       F        F       F     o           C        o",
    e.MembershipRecorded:       "T    o       F       F        F       F     o           C        o",
    e.MemberAdmitted:           "T    o       F       F        F       F     o           C        o",
    e.MembershipSuspended:      "T    o       F       F        F       F     o           C        o",
    e.MembershipResumed:        "T    o       F       F        F       F     o           C        o",
    e.MembershipEnded:          "T    o       F       F        F       F     o           C        o",
    e.MembershipAsked:          "F    .       F       F        F       F     .           C        .",
    e.MembershipAskWithdrawn:   "F    .       F       F        F       F     .           C        .",
    e.PrinciplesAttested:       "F    .       F       F        F       F     .           C        .",
    e.MembershipDeclined:       "T    .       F       F        F       F     .           C        .",
    e.LeadershipChanged:        "T    .       F       F        F       F     .           C        .",
    e.TerritoryDetermined:      ".    .       F       F        F       F     .           C        .",
    e.RepresentativeRequested:  "T    .       F       F        F       F     .           C        .",
    e.RepresentativeRefused:    "T    .       F       F        F       F     .           C        .",
    e.RepresentativeConfirmed:  "T    .       F       F        F       F     .           C        .",
    e.RepresentativeEnded:      "T    .       F       F        F       F     .           C        .",
    e.CityContributed:          "T    o       F       F        F       F     o           C        o",
    e.AwardRecorded:            "T    .       F       F        F       F     .           C        .",
    e.CityReportMissed:         "T    .       F       F        F       F     .           C        .",
    e.CityReportReceived:       "T    .       F       F        F       F     .           C        .",
    e.CityAwardEnded:           "T    .       F       F        F       F     .           C        .",
    e.TierInsideRecorded:       "T    o       F       F        F       F     o           C        o",
}
# fmt: on


def facts() -> dict[type[Event], Told]:
    """One of each kind, as the marked tests record them."""
    return {type(told.event): told for outcome in every_outcome() for told in outcome.recorded if type(told.event) in TRUTH}


def outpost() -> City:
    state = given().state(OUTPOST)
    assert isinstance(state, City)
    return state


def asking(id: str) -> Actor:
    return given().facts(id).actor


def test_there_is_an_answer_for_every_event_of_a_city() -> None:
    assert set(TRUTH) == {kind for name, kind in EVENTS.items() if name.startswith("city.")} == set(facts())


@pytest.mark.parametrize("kind", TRUTH, ids=lambda kind: kind.__name__)
def test_every_reader_sees_exactly_this(kind: type[Event]) -> None:
    (one,) = recorded([facts()[kind]])
    for reader, sight in zip(READERS, TRUTH[kind].split(), strict=True):
        assert v.visible_of_city(asking(reader) if reader else None, one, outpost()) == SIGHTS[sight], reader


def test_whoever_belongs_to_a_city_reads_of_it_what_the_public_reads() -> None:
    (one,) = recorded([facts()[e.TerritoryDetermined]])
    for who in (OLGA, INES, ADA, AUDE):
        at_home = msgspec.structs.replace(asking(who), cities=frozenset({OUTPOST}))
        assert v.visible_of_city(at_home, one, outpost()) is None
        assert v.city_reader(at_home, outpost()) is v.CityReader.PUBLIC


def test_what_is_found_of_a_territory_is_never_public() -> None:
    public = [field.name for field in msgspec.structs.fields(e.TerritoryDetermined) if "public" in str(field.type)]
    assert public == []
