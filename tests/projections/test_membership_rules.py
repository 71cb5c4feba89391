"""Memberships that nobody could have got by the rules, told event by event, are found over all history."""

from datetime import date

import pytest

from fund.domain import events as e
from fund.domain.event import Event, Header, Recorded
from fund.projections.membership_rules import Memberships
from tests.projections.history import DUE, START

TOWN = "city-town"
VOICE, OFFICER, SECOND, APPROVER, ADMIN = (f"person-{name}" for name in ("voice", "officer", "second", "approver", "admin"))
Acts = tuple[tuple[str, Event], ...]

ASKED = e.MembershipAsked(proof="", due=DUE, calendar="office/1")
YES, NO = (e.Commitment(principle="P1", committed=committed, deed="x") for committed in (True, False))


def attested(*commitments: e.Commitment) -> e.PrinciplesAttested:
    return e.PrinciplesAttested(
        catalogue="c1", signatory=VOICE, office="Mayor", signed_on=date(2026, 11, 1), commitments=commitments, proof=""
    )  # fmt: skip


def found(territory: e.Territory) -> e.TerritoryDetermined:
    return e.TerritoryDetermined(territory=territory, basis="x", review_on=date(2027, 11, 1), due=None, calendar="")


ADMITTED = e.MemberAdmitted(admitted_on=date(2026, 11, 3))
SUSPENDED, RESUMED = e.MembershipSuspended(reason="x", review_on=date(2027, 1, 1)), e.MembershipResumed(reason="x")
ENDED, RECORDED = e.MembershipEnded(basis="x"), e.MembershipRecorded(basis="list", joined=None)
REQUESTED = e.RepresentativeRequested(person=VOICE, capacity="signatory", proof="x", due=DUE, calendar="office/1")
CONFIRMED = e.RepresentativeConfirmed(person=VOICE, capacity="signatory", proof="x")

READY: Acts = ((VOICE, ASKED), (VOICE, attested(YES)), (OFFICER, found("meets")))


def told(*acts: tuple[str, Event], entered: bool = False) -> list[str]:
    rules, breaches = Memberships(), list[str]()
    for index, (actor, event) in enumerate(acts, start=1):
        stream = actor if isinstance(event, e.AffiliationRecorded) else TOWN
        who = {"actor": "operator:root", "on_behalf_of": actor} if entered else {"actor": actor}
        header = Header(event_id=f"e{index}", at=START, command_id=f"c{index}", content="", policy="p", **who)
        breaches += rules.see(Recorded(stream=stream, version=index, header=header, event=event, index=index))
    return breaches


HONEST: dict[str, Acts] = {
    "admitted, suspended, resumed, ended, asked again": (
        *READY, (APPROVER, ADMITTED), (APPROVER, SUSPENDED), (APPROVER, RESUMED), (ADMIN, ENDED), (VOICE, ASKED),
    ),
    "from a source": ((ADMIN, RECORDED), (ADMIN, ENDED)),
    "a source answers the ask": ((VOICE, ASKED), (ADMIN, RECORDED), (APPROVER, SUSPENDED)),
    "declined and asked again": ((VOICE, ASKED), (APPROVER, e.MembershipDeclined(reason="x")), *READY, (APPROVER, ADMITTED)),
    "withdrawn and asked again": ((VOICE, ASKED), (VOICE, e.MembershipAskWithdrawn(reason="x")), *READY, (APPROVER, ADMITTED)),
    "unresolved, then by another": ((VOICE, ASKED), (OFFICER, found("unresolved")), (SECOND, found("meets"))),
    "no longer of the city": (
        (ADMIN, CONFIRMED), (ADMIN, e.RepresentativeEnded(person=VOICE, reason="x")), (ADMIN, RECORDED), (VOICE, SUSPENDED),
    ),
    "asked for by the city, confirmed by another": ((VOICE, REQUESTED), (ADMIN, CONFIRMED)),
    "asked for, refused, then confirmed unasked": (
        (ADMIN, REQUESTED), (SECOND, e.RepresentativeRefused(person=VOICE, reason="x")), (ADMIN, CONFIRMED),
    ),
}  # fmt: skip

BROKEN: dict[str, tuple[Acts, str]] = {
    "unasked": ((*READY[1:], (APPROVER, ADMITTED)), "city.member_admitted.v1 of a city that had not asked"),
    "uncommitted": (
        (READY[0], READY[2], (APPROVER, ADMITTED)),
        "city.member_admitted.v1 of a city that had not attested every principle",
    ),
    "committed to none": (
        (READY[0], (VOICE, attested(NO)), READY[2], (APPROVER, ADMITTED)),
        "city.member_admitted.v1 of a city that had not attested every principle",
    ),
    "undetermined": (
        (*READY[:2], (APPROVER, ADMITTED)),
        "city.member_admitted.v1 without a determination that the territory meets the rule",
    ),
    "contested at last": (
        (*READY, (SECOND, found("does_not_meet")), (APPROVER, ADMITTED)),
        "city.member_admitted.v1 without a determination that the territory meets the rule",
    ),
    "by who determined": (
        (*READY, (OFFICER, ADMITTED)),
        f"city.member_admitted.v1 was done by {OFFICER}, who asked for the city or determined its territory",
    ),
    "by who determined before another": (
        (*READY, (SECOND, found("meets")), (OFFICER, ADMITTED)),
        f"city.member_admitted.v1 was done by {OFFICER}, who asked for the city or determined its territory",
    ),
    "by who stood in": (
        ((ADMIN, ASKED), *READY[1:], (ADMIN, ADMITTED)),
        f"city.member_admitted.v1 was done by {ADMIN}, who asked for the city or determined its territory",
    ),
    "by a machine": ((*READY, ("machine:timer", ADMITTED)), "city.member_admitted.v1 was done by machine:timer: only a person may do it"),
    "by somebody of the city": (
        ((APPROVER, e.AffiliationRecorded(person=APPROVER, city=TOWN)), *READY, (APPROVER, ADMITTED)),
        f"city.member_admitted.v1 was done by {APPROVER}, who belongs to {TOWN}",
    ),
    "determined by who speaks for it": (
        ((ADMIN, CONFIRMED), (VOICE, ASKED), (VOICE, found("meets"))),
        f"city.territory_determined.v1 was done by {VOICE}, who belongs to {TOWN}",
    ),
    "asked twice": (((VOICE, ASKED), (VOICE, ASKED)), "city.membership_asked.v1 of a city that had asked or was a member already"),
    "asked as a member": (((ADMIN, RECORDED), (VOICE, ASKED)), "city.membership_asked.v1 of a city that had asked or was a member already"),
    "ended as none": (((ADMIN, ENDED),), "city.membership_ended.v1 of a city that was no member"),
    "suspended as none": (((APPROVER, SUSPENDED),), "city.membership_suspended.v1 of a city that was no member"),
    "unresolved, then by the same": (
        ((VOICE, ASKED), (OFFICER, found("unresolved")), (OFFICER, found("meets"))),
        f"city.territory_determined.v1 was done by {OFFICER}, who had left the case unresolved",
    ),
    "confirmed by who asked": (
        ((ADMIN, REQUESTED), (ADMIN, CONFIRMED)),
        f"city.representative_confirmed.v1 was done by {ADMIN}, who had asked for it",
    ),
}


@pytest.mark.parametrize("why", HONEST)
def test_an_honest_membership_breaks_nothing(why: str) -> None:
    assert told(*HONEST[why]) == []


@pytest.mark.parametrize("why", BROKEN)
def test_a_membership_against_the_rules_is_found(why: str) -> None:
    acts, breach = BROKEN[why]
    assert told(*acts) == [breach]


def test_what_an_operator_enters_for_people_is_judged_by_those_people() -> None:
    assert told(*READY, (APPROVER, ADMITTED), entered=True) == []
    acts, breach = BROKEN["by who determined"]
    assert told(*acts, entered=True) == [breach]
