# ruff: noqa: F405
"""What nobody could have done to an award by the rules, told event by event, is found over all history."""

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.event import Event
from fund.projections.audit_rules import audited
from fund.projections.award_rules import Awards
from tests.domain.test_activity import CLOSE, OVERDUE, VISIT
from tests.domain.test_coordination import HELD_BY_NORTH, NORTH_CLOSED, TO_DELIVER, TO_NONE, TO_SOUTH
from tests.domain.test_offer import LAPSE, REMIND, REMINDED_OF, SECOND, TURN_DOWN
from tests.domain.test_suspension import TERMINATE
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios


def found(*history: Told) -> list[str]:
    rules = Awards()
    return [what for one in recorded((*BASE, *history)) for what in rules.see(one)] + [one.what for one in rules.end()]


def ended(history: History, command: c.Command, by: str, at: datetime = NOW) -> History:
    """As the rules end it."""
    outcome = given(*history).when(command, by=by, at=at)
    assert outcome.refusal is None
    return (*history, *outcome.recorded)


LATE = ACCEPT_BY + SECOND
MISSED = tuple(msgspec.structs.replace(told, at=REPORT_BY + SECOND) for told in OVERDUE[-2:])
REMINDED_LATE = ended(OFFERED, REMIND, TIMER, LATE)
LENT_END = Told(FILE, FINN, END_ASKED, NOW, OLGA)
TAKEN_BACK = e.TerminationWithdrawn(reason="x", due=REPORT_BY, calendar=CALENDAR)
ENTERED_FOR_OLGA = Told(FILE, CLERK, END_ASKED, NOW, OLGA)
HANDED = ended(TO_DELIVER + did(OLGA, HELD_BY_NORTH) + NORTH_CLOSED, TO_SOUTH, OLGA)
BY_SOUTH_TOO = did(OLGA, msgspec.structs.replace(HELD_BY_NORTH, hub="south"))
NORTH_AGAIN = did(ADA, e.HubOpened(hub="north", regions=("delta",), opened="2031-05", basis="x"), on=NORTH)
SOUTH_CLOSED = did(ADA, e.HubClosed(hub="south", basis="x"), on=SOUTH)
THERE_AND_BACK = ended(HANDED + BY_SOUTH_TOO + NORTH_AGAIN + SOUTH_CLOSED, msgspec.structs.replace(TO_SOUTH, hub="north"), OMAR)
HONEST: dict[str, History] = {
    "handed over, and closed": ended(HANDED + BY_SOUTH_TOO + did(ALI, REPORT), CLOSE, OLGA),
    "handed over to none, and closed": ended(ended(UNDER_WAY + NORTH_CLOSED, TO_NONE, OLGA) + did(ALI, REPORT), CLOSE, OLGA),
    "handed over and back, and closed": ended(THERE_AND_BACK + did(ALI, REPORT), CLOSE, OLGA),
    "closed at its letter": CLOSED,
    "under way": UNDER_WAY,
    "turned down": ended(OFFERED, TURN_DOWN, AMINA),
    "lapsed": ended(REMINDED_OF, LAPSE, TIMER, LATE),
    "reminded late, and lapsed": ended(REMINDED_LATE, LAPSE, TIMER, in_days(40, LATE)),
    "reminded late, and accepted": (*REMINDED_LATE, Told(FILE, AMINA, TAKEN_ON, in_days(2, LATE))),
    "accepted before anybody was reminded": (*OFFERED, Told(FILE, AMINA, TAKEN_ON, LATE)),
    "closed": ended(REPORTED + did(OLGA, VISIT), CLOSE, OLGA),
    "ended early": ended(HALTED + did(OLGA, END_ASKED), TERMINATE, INES),
    "given up by its city": ended(UNDER_WAY + did(OLGA, VISIT) + did(AMINA, RELINQUISHED), TERMINATE, INES),
    "given up while it was suspended": ended(HALTED + did(AMINA, RELINQUISHED), TERMINATE, INES),
    "asked with a lent role, taken back": (*UNDER_WAY, LENT_END, *did(FINN, TAKEN_BACK)),
    "asked with a lent role, taken back by who lent it": (*UNDER_WAY, LENT_END, *did(OLGA, TAKEN_BACK)),
    "asked and taken back by hand of an operator": (*UNDER_WAY, ENTERED_FOR_OLGA, Told(FILE, CLERK, TAKEN_BACK, NOW, OLGA)),
    "overdue, and reported": (*UNDER_WAY, *MISSED, *did(ALI, REPORT)),
    "conditions met": conditional(UNDER_WAY)
    + did(OLGA, *(e.ConditionMet(number=number, met_on=NOW.date(), evidence="x") for number in (1, 2))),
}


@pytest.mark.parametrize("why", HONEST)
def test_what_the_rules_do_is_right(why: str) -> None:
    assert found(*HONEST[why]) == []


def without(history: History, kind: type[Event]) -> History:
    return tuple(told for told in history if not isinstance(told.event, kind))


def but(history: History, kind: type[Event], **changes: object) -> History:
    return tuple(
        msgspec.structs.replace(told, event=msgspec.structs.replace(told.event, **changes)) if isinstance(told.event, kind) else told
        for told in history
    )


def by(history: History, kind: type[Event], who: str) -> History:
    return tuple(msgspec.structs.replace(told, by=who) if isinstance(told.event, kind) else told for told in history)


BY_HAND = did(
    FINN, e.FundsReleased(application=FILE, amount=1, currency="EUR", allocations=(e.Allocation(contribution=1, amount=1),), reason="x"),
    on=PURSE,
)  # fmt: skip
TURNED, LAPSED, DONE, OVER = (HONEST[why] for why in ("turned down", "lapsed", "closed", "ended early"))

NOT_ENDED = e.TerminationRefused(reason="x", due=REPORT_BY + timedelta(days=2), calendar=CALENDAR)
PLANTED: dict[str, tuple[History, str]] = {
    "accepted by a focal point": (by(UNDER_WAY, e.AwardAccepted, ALI), "person-ali answered for city-lakeside and is not its signatory"),
    "accepted by who signs no more": (
        OFFERED + did(ADA, e.RepresentativeEnded(person=AMINA, reason="x"), on=LAKESIDE) + did(AMINA, TAKEN_ON),
        "is not its signatory",
    ),
    "accepted too late": ((*REMINDED_OF, Told(FILE, AMINA, TAKEN_ON, LATE)), "after its last day, or without an offer"),
    "accepted later than a late reminder says": (
        (*REMINDED_LATE, Told(FILE, AMINA, TAKEN_ON, in_days(40, LATE))),
        "after its last day, or without an offer",
    ),
    "a reminder that leaves less time": (
        OFFERED + did(TIMER, e.AwardReminded(awaited="acceptance", reminder=1, due=in_days(9), calendar=CALENDAR)),
        "a reminder took time away from a city",
    ),
    "missed though a late reminder left it time": (
        (*ended(UNDER_WAY, REMIND, TIMER, REPORT_BY + SECOND), Told(FILE, TIMER, e.ReportMissed(due=REPORT_BY), REPORT_BY + SECOND)),
        "missed that was not overdue",
    ),
    "accepted without an offer": (CLOSED + did(AMINA, TAKEN_ON), "after its last day, or without an offer"),
    "accepted again": (UNDER_WAY + did(AMINA, TAKEN_ON), "answered again"),
    "lapsed in time": (tuple(msgspec.structs.replace(told, at=NOW) for told in LAPSED), "lapsed before its last day"),
    "money kept back": (without(TURNED, e.FundsReleased), "was not followed by: envelope.funds_released.v1 350000"),
    "money said and not given": (but(TURNED, e.FundsReleased, amount=1), "was not followed by"),
    "too little given back": (but(DONE, e.AwardClosed, released=1), "went back"),
    "days kept back": (without(TURNED, e.HubDaysReleased), "was not followed by: hub.days_released.v1 5"),
    "too many days given back": (but(DONE, e.AwardClosed, days_released=5), "of 5 days that were kept 3 were delivered, and 5 went back"),
    "money of an award that runs released by hand": (UNDER_WAY + BY_HAND, "released otherwise than by its end"),
    "money that was spent released by hand": (DONE + BY_HAND, "released otherwise than by its end"),
    "money released before it was offered": (APPROVED + BY_HAND + OFFERED[len(APPROVED) :], "had been released before"),
    "days kept by the hub that led": (without(HANDED, e.HubDaysReleased), "was not followed by: hub.days_released.v1 3"),
    "too many days of the hub that led given back": (
        but(HANDED, e.LeadHandedOver, days_released=5),
        "of 5 days that were kept 2 were delivered, and 5 went back",
    ),
    "a city not told": (DONE[:-1], "was not followed by: city.award_ended.v1 city-hilltown closed"),
    "a city told otherwise": (but(DONE, e.CityAwardEnded, ending="lapsed"), "was not followed by"),
    "ended twice": (DONE + did(OLGA, e.AwardClosed(spent=0, released=0, currency="EUR", days_released=0)), "ended again"),
    "closed without its report": (without(DONE, e.ReportReceived), "without its report"),
    "closed with a condition open": (conditional(DONE), "with 2 conditions open"),
    "a condition that nobody asked for": (
        UNDER_WAY + did(OLGA, e.ConditionMet(number=1, met_on=NOW.date(), evidence="x")),
        "condition 1 was met, which was not open",
    ),
    "missed in time": (UNDER_WAY + did(TIMER, e.ReportMissed(due=REPORT_BY)), "missed that was not overdue"),
    "missed though days were given back": (
        (*UNDER_WAY, *did(OLGA, END_ASKED), *did(INES, NOT_ENDED), Told(FILE, TIMER, e.ReportMissed(due=REPORT_BY), REPORT_BY + SECOND)),
        "missed that was not overdue",
    ),
    "given up by a focal point": (UNDER_WAY + did(ALI, RELINQUISHED), "gave the award of city-lakeside up and is not its signatory"),
    "given up before it was accepted": (OFFERED + did(AMINA, RELINQUISHED), "given up that did not run"),
    "given up, and not ended": (UNDER_WAY + did(AMINA, RELINQUISHED) + did(INES, NOT_ENDED), "went on that its city had given up"),
    "given up, and resumed": (
        HALTED + did(AMINA, RELINQUISHED) + did(OLGA, e.AwardResumed(reason="x", due=REPORT_BY, calendar=CALENDAR, reminders=())),
        "went on that its city had given up",
    ),
    "taken back by another": (
        UNDER_WAY + did(OLGA, END_ASKED) + did(OMAR, TAKEN_BACK),
        "by somebody who had not asked",
    ),
    "taken back by another, entered by the same operator": (
        (*UNDER_WAY, ENTERED_FOR_OLGA, Told(FILE, CLERK, TAKEN_BACK, NOW, OMAR)),
        "by somebody who had not asked",
    ),
    "ended by who asked": (by(OVER, e.AwardTerminated, OLGA), "decided by person-olga, who had stopped it"),
    "ended by who suspended": (by(by(OVER, e.TerminationAsked, OMAR), e.AwardTerminated, OLGA), "who had stopped it"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_what_nobody_could_have_done_is_found(fault: str) -> None:
    history, sentence = PLANTED[fault]
    assert any(sentence in what for what in found(*history)), found(*history)


def test_what_a_grant_whose_letter_offered_no_award_did_not_use_is_released_by_hand() -> None:
    assert found(*CLOSED, *BY_HAND) == []


def test_an_audit_of_everything_says_it_too() -> None:
    told = [one.what for one in audited(recorded((*BASE, *without(TURNED, e.CityAwardEnded))))]
    assert any("was not followed by: city.award_ended.v1" in what for what in told)
    assert not any("was not followed by" in one.what for one in audited(recorded((*BASE, *TURNED))))
