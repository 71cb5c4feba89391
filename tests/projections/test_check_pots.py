"""`fund check` on contributions: each broken earmark, window, sum and pot is found; an honest story with all of them is not."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Event, Header, Recorded
from fund.projections.audit_rules import audited
from fund.projections.pot_rules import Pots
from tests.domain import world as w

AT = datetime(2026, 5, 5, 12, 0, tzinfo=UTC)
DAY = AT.date()
PURSE, FILE, CITY, PARTNER = "envelope-1", "application-1", "city-1", "city-2"


def place(country: str, region: str | None) -> e.CityRegistered:
    return e.CityRegistered(
        name_en="x", name_local="x", kind="city", country=country, region=region, relation="x", source="x", note="", identifiers={}
    )


SUBMITTED = msgspec.structs.replace(w.SUBMISSION, priorities=("P1", "P2"))
BID: list[tuple[str, Event]] = [
    (CITY, place("NO", "north")),
    (PARTNER, place("JO", "south")),
    (FILE, w.started(CITY)),
    (FILE, e.SectionSaved(section=msgspec.structs.replace(w.APPLICANT, beneficiaries=(PARTNER,)))),
    (FILE, SUBMITTED),
    (FILE, msgspec.structs.replace(w.PROPOSAL, support_type="T1")),
]


def given(amount: int = 100, kind: e.ContributionKind = "cash", valuation: str = "", city: str | None = None, **limits: object) -> Event:
    earmark = e.Earmark(**limits)  # type: ignore[arg-type]  # the fields of an earmark
    return e.ContributionReceived(
        donor="D", amount=amount, currency="EUR", basis="b", kind=kind, valuation=valuation, city=city, earmark=earmark
    )


def parts(*drawn: tuple[int, int]) -> tuple[e.Allocation, ...]:
    return tuple(e.Allocation(contribution=number, amount=amount) for number, amount in drawn)


def committed(*drawn: tuple[int, int], amount: int | None = None, on: date | None = DAY) -> Event:
    total = sum(part for _, part in drawn) if amount is None else amount
    return e.FundsCommitted(application=FILE, amount=total, currency="EUR", allocations=parts(*drawn), on=on)


def released(*drawn: tuple[int, int], amount: int | None = None) -> Event:
    total = sum(part for _, part in drawn) if amount is None else amount
    return e.FundsReleased(application=FILE, amount=total, currency="EUR", allocations=parts(*drawn), reason="r")


def found(*money: Event, bid: list[tuple[str, Event]] = BID) -> list[str]:
    """What the audit of contributions says of a file of two cities and these events of one envelope."""
    pots, said = Pots(), []
    for index, (stream, event) in enumerate([*bid, *((PURSE, one) for one in money)], start=1):
        header = Header(event_id="e", actor="operator:x", at=AT, command_id=f"c{index}", content="", policy="p")
        said += pots.see(Recorded(stream=stream, version=index, header=header, event=event, index=index))
    return said


FITTING = {"priorities": ("P1",), "regions": ("north", "south"), "countries": ("NO", "JO"), "support_types": ("T1",)}


def test_an_honest_story_is_told_without_a_word() -> None:
    window = {"spend_from": DAY, "spend_until": DAY}
    hall = given(50, "in_kind", valuation="day rate")
    less = e.ContributionReduced(contribution=1, amount=40, currency="EUR", reason="r")
    assert found(given(**FITTING, **window), given(), hall, less, committed((1, 60), (2, 100)), released((2, 30), (1, 60))) == []
    assert found(given(), given(), e.FundsCommitted(application=FILE, amount=150, currency="EUR"), released((2, 50), (1, 100))) == []


BREACHES: dict[str, tuple[list[Event], str]] = {
    "another priority": ([given(priorities=("P2",)), committed((1, 1))], "it is for the priorities P2"),
    "one city outside the region": ([given(regions=("north",)), committed((1, 1))], "it is for the regions north"),
    "one city outside the country": ([given(countries=("NO",)), committed((1, 1))], "it is for the countries NO"),
    "another type of support": ([given(support_types=("T2",)), committed((1, 1))], "it is for support of the types T2"),
    "before the window": ([given(spend_from=date(2026, 5, 6)), committed((1, 1))], "2026-05-05 lies outside its window"),
    "after the window": ([given(spend_until=date(2026, 5, 4)), committed((1, 1))], "2026-05-05 lies outside its window"),
    "given in kind": ([given(kind="in_kind", valuation="v"), committed((1, 1))], "it was given in kind"),
    "overdrawn": ([given(), committed((1, 101))], "101 of its 100 is committed"),
    "overdrawn together": ([given(), committed((1, 60)), committed((1, 60))], "120 of its 100 is committed"),
    "nothing drawn": ([given(), committed((1, 0))], "that is no amount"),
    "a silent commitment from earmarked money": (
        [given(priorities=("P2",)), e.FundsCommitted(application=FILE, amount=1, currency="EUR")], "it is for the priorities P2",
    ),
    "allocations short of the commitment": ([given(), committed((1, 1), amount=2)], "do not add up to 2"),
    "a contribution that never came": ([given(), committed((2, 1))], "contribution 2 was drawn on and never came"),
    "a commitment of another day": ([given(), committed((1, 1), on=date(2026, 5, 2))], "counts as one of 2026-05-02"),
    "reduced below what is committed": (
        [given(), committed((1, 60)), e.ContributionReduced(contribution=1, amount=41, currency="EUR", reason="r")],
        "contribution 1 was reduced to 59, 60 of it is committed",
    ),
    "reduced and never came": ([e.ContributionReduced(contribution=1, amount=1, currency="EUR", reason="r")], "was reduced and never came"),
    "released more than held": ([given(), committed((1, 5)), released((1, 6))], "gave back 6 of contribution 1, of which it held 5"),
    "released to another pot": ([given(), given(), committed((1, 5)), released((2, 5))], "contribution 2, of which it held 0"),
    "released in parts that do not add up": ([given(), committed((1, 5)), released((1, 5), amount=4)], "does not add up to 4"),
    "no method of valuation": ([given(kind="in_kind")], "what was given in kind has no method of valuation"),
    "a city that is not named": ([given(kind="self_funded")], "a city that pays for itself is not named"),
}  # fmt: skip


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_found_and_said(breach: str) -> None:
    money, expected = BREACHES[breach]
    (said,) = found(*money)
    assert expected in said


def test_money_of_a_city_for_itself_is_not_spent_on_two() -> None:
    own = e.ContributionReceived(
        donor="D", amount=100, currency="EUR", basis="b", kind="self_funded", city=CITY, earmark=e.Earmark(city=CITY)
    )
    (said,) = found(own, committed((1, 1)))
    assert said.endswith(f"it is for {CITY} alone")
    left = (FILE, e.PartnerLeft(city=PARTNER, reason="x", fails=("nothing",)))
    assert found(own, committed((1, 1)), bid=[*BID, left]) == [], "once the other city has left"


# ── With the rest of the audit ────────────────────────────────────────────────


def audit(*history: w.Told) -> list[str]:
    return [one.what for one in audited(w.recorded((*w.BASE, *history)))]


def test_what_the_deciders_record_is_audited_without_a_word() -> None:
    """Their own words against the audit's: an approval that draws on an earmarked pot, a reduction, a release."""
    receive = c.ReceiveContribution(
        envelope=w.EMPTY, donor="Guild", amount=5_000_00, currency="EUR", basis="x", priorities=("FLOOD",), regions=("delta", "coast")
    )
    free = msgspec.structs.replace(receive, amount=2_000_00, priorities=(), regions=())
    hall = msgspec.structs.replace(free, kind="in_kind", valuation="day rate")
    scenario = w.given(*w.proposed(envelope=w.EMPTY))
    steps: list[tuple[c.Command, str]] = [
        *((command, w.FINN) for command in (receive, free, hall)),
        (c.ReduceContribution(envelope=w.EMPTY, contribution=1, amount=2_000_00, reason="x"), w.FINN),
        (c.ReduceContribution(envelope=w.EMPTY, contribution=3, amount=1, reason="x"), w.FINN),
        (c.Approve(application=w.FILE, reasons=w.REASONS), w.INES),
    ]
    release = c.ReleaseFunds(envelope=w.EMPTY, application=w.FILE, amount=700_00, reason="x")
    for command, by in steps:
        outcome = scenario.when(command, by=by)
        assert outcome.refusal is None, outcome.refusal
        scenario = outcome.after
    scenario = scenario.and_(*w.did(w.TIMER, w.LETTER)).when(release, by=w.FINN).then(e.FundsReleased).after
    pots = Pots()
    assert [what for one in w.recorded((*w.BASE, *scenario.history)) for what in pots.see(one)] == []


@pytest.mark.parametrize(
    "tell",
    [
        lambda: (e.ContributionReduced(contribution=1, amount=5_000_01, currency="EUR", reason="x"),),
        lambda: (e.FundsReleased(application=FILE, amount=1, currency="EUR", allocations=parts((1, 1)), reason="x"),),
    ],
)
def test_the_audit_of_contributions_is_part_of_the_whole(tell: Callable[[], tuple[Event, ...]]) -> None:
    assert audit(*w.did(w.FINN, *tell(), on=w.PURSE))


def test_a_balance_counts_no_kind_and_gets_back_what_is_released() -> None:
    hall = e.ContributionReceived(donor="x", amount=100, currency="EUR", basis="x", kind="in_kind", valuation="v")
    less = e.ContributionReduced(contribution=1, amount=50, currency="EUR", reason="x")
    spend = e.FundsCommitted(application=FILE, amount=1, currency="EUR", allocations=(), on=None)
    said = audit(*w.did(w.FINN, hall, less, spend, on=w.EMPTY))
    assert "the balance is -1 minor units, below zero" in said
