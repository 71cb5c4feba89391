"""Which city waits for whom, step by step from asking to membership and after."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fund.domain import events as e
from fund.domain.event import Event
from fund.ledger.store import Ledger
from fund.projections import Database, city_register, membership_queue
from fund.projections.runner import Runner
from tests.projections.history import APPROVER, CITY, DUE, OFFICER, OPERATOR, OTHER_CITY, SECOND, SPEAKER, START, Story

ASKED = e.MembershipAsked(proof="", due=DUE, calendar="office/1")
WORDS = (e.Commitment(principle="P1", committed=True, deed="x"),)
ATTESTED = e.PrinciplesAttested(
    catalogue="c1", signatory=SPEAKER, office="Mayor", signed_on=date(2026, 11, 2), commitments=WORDS, proof=""
)  # fmt: skip
REVIEW = date(2027, 11, 2)
LOOK = DUE + timedelta(days=3)


def found(territory: e.Territory, due: datetime | None = LOOK) -> e.TerritoryDetermined:
    return e.TerritoryDetermined(territory=territory, basis="x", review_on=REVIEW, due=due, calendar="")


MEETS, REVIEWED = found("meets", None), datetime(2027, 11, 2, 23, 59, 59, tzinfo=UTC)
ADMITTED = e.MemberAdmitted(admitted_on=date(2026, 11, 3))
MAYOR = e.LeadershipChanged(since=date(2026, 11, 5), basis="x", due=LOOK, calendar="")
SUSPENDED = e.MembershipSuspended(reason="x", review_on=date(2027, 3, 1))
REQUESTED = e.RepresentativeRequested(person=SECOND, capacity="focal_point", proof="x", due=LOOK, calendar="")
Waits = set[tuple[str, str, datetime | None]]

WAYS: dict[str, tuple[tuple[tuple[str, Event], ...], Waits]] = {
    "no member": ((), set()),
    "asked": (
        ((SPEAKER, ASKED),),
        {("attestation", "representative", DUE), ("determination", "officer", DUE)},
    ),
    "attested": (((SPEAKER, ASKED), (SPEAKER, ATTESTED)), {("determination", "officer", DUE)}),
    "unresolved": (
        ((SPEAKER, ASKED), (SPEAKER, ATTESTED), (OFFICER, found("unresolved"))),
        {("second_look", "officer", LOOK)},
    ),
    "found against": (
        ((SPEAKER, ASKED), (SPEAKER, ATTESTED), (OFFICER, found("does_not_meet"))),
        {("second_look", "approver", LOOK)},
    ),
    "determined and not attested": (
        ((SPEAKER, ASKED), (OFFICER, MEETS)),
        {("attestation", "representative", DUE), ("review", "officer", REVIEWED)},
    ),
    "ready": (
        ((SPEAKER, ASKED), (SPEAKER, ATTESTED), (OFFICER, MEETS)),
        {("admission", "approver", DUE), ("review", "officer", REVIEWED)},
    ),
    "admitted": (
        ((SPEAKER, ASKED), (SPEAKER, ATTESTED), (OFFICER, MEETS), (APPROVER, ADMITTED)),
        {("review", "officer", REVIEWED)},
    ),
    "a new mayor": (
        ((SPEAKER, ASKED), (SPEAKER, ATTESTED), (OFFICER, MEETS), (APPROVER, ADMITTED), (OPERATOR, MAYOR)),
        {("review", "officer", REVIEWED), ("attestation", "representative", LOOK)},
    ),
    "suspended": (
        ((OPERATOR, e.MembershipRecorded(basis="list", joined=None)), (OFFICER, found("does_not_meet")), (APPROVER, SUSPENDED)),
        {("suspension", "approver", datetime(2027, 3, 1, 23, 59, 59, tzinfo=UTC))},
    ),
    "ended": (
        ((SPEAKER, ASKED), (SPEAKER, ATTESTED), (OFFICER, MEETS), (APPROVER, ADMITTED), (OPERATOR, e.MembershipEnded(basis="x"))),
        set(),
    ),
    "declined": (((SPEAKER, ASKED), (OFFICER, found("does_not_meet")), (APPROVER, e.MembershipDeclined(reason="x"))), set()),
    "from a source": (((OPERATOR, e.MembershipRecorded(basis="list", joined=None)),), set()),
    "a representative asked for": (((SECOND, REQUESTED),), {("representative", "administrator", LOOK)}),
    "a representative confirmed": (
        ((SECOND, REQUESTED), (OPERATOR, e.RepresentativeConfirmed(person=SECOND, capacity="focal_point", proof="x"))),
        set(),
    ),
}


def test_a_city_waits_for_exactly_these(ledger: Ledger, database: Database) -> None:
    """One city a way, so that the views are built once."""
    story = Story(ledger).world()
    with story.at_once():
        for number, (acts, _) in enumerate(WAYS.values()):
            story.tell(f"city-way{number}", OPERATOR, registered(f"Way {number}"))
            for actor, event in acts:
                story.tell(f"city-way{number}", actor, event)
    Runner(ledger, database).catch_up()
    with database.reading() as reading:
        rows = membership_queue.listed(reading, "c1")
    for number, (why, (_, waits)) in enumerate(WAYS.items()):
        assert {(row.what, row.owner, row.due) for row in rows if row.city == f"city-way{number}"} == waits, why
    assert [row.due is None for row in rows] == sorted(row.due is None for row in rows)
    dated = [row.due for row in rows if row.due]
    assert dated == sorted(dated)


def test_whoever_owns_a_wait_can_end_it() -> None:
    for why, (_, waits) in WAYS.items():
        for what, owner, _ in waits:
            verbs = membership_queue.ways_out(waiting(what, owner))
            assert verbs, (why, what, owner)
    assert membership_queue.ways_out(waiting("second_look", "officer")) == ("determine-territory",)
    assert membership_queue.ways_out(waiting("second_look", "approver")) == ("decline-membership", "suspend-membership")


def waiting(what: str, owner: str) -> membership_queue.Waiting:
    return membership_queue.Waiting(
        city="c", what=what, about="", owner=owner, name="n", due=None, since=START, catalogue="", version=1
    )  # fmt: skip


def registered(name: str) -> e.CityRegistered:
    return e.CityRegistered(
        name_en=name, name_local=name, kind="city", country="NO", region=None, relation="x", source="x", note="", identifiers={}
    )  # fmt: skip


@pytest.fixture
def told(ledger: Ledger, database: Database) -> Database:
    """Oslo, a member from a source, attested; São Paulo asks and is ready."""
    story = Story(ledger).world()
    story.tell(CITY, SPEAKER, ATTESTED)
    for actor, event in ((SPEAKER, ASKED), (SPEAKER, ATTESTED), (OFFICER, MEETS)):
        story.tell(OTHER_CITY, actor, event)
    Runner(ledger, database).catch_up()
    return database


def test_a_new_strategy_is_for_everybody_to_attest_and_nobody_is_admitted_under_the_old_one(told: Database) -> None:
    with told.reading() as reading:
        now = {(row.name, row.what) for row in membership_queue.listed(reading, "c1")}
        later = {(row.name, row.what) for row in membership_queue.listed(reading, "c2")}
    assert now == {("São Paulo", "admission"), ("São Paulo", "review")}
    assert later == {("Oslo", "attestation"), ("São Paulo", "attestation"), ("São Paulo", "review")}


def test_the_list_is_narrowed_to_roles_and_to_what_is_late(told: Database) -> None:
    with told.reading() as reading:
        assert [row.what for row in membership_queue.listed(reading, "c1", owners=["approver", "finance"])] == ["admission"]
        assert membership_queue.listed(reading, "c1", before=START) == []
        assert [row.what for row in membership_queue.listed(reading, "c1", before=REVIEWED)] == ["admission"]
        assert [row.what for row in membership_queue.listed(reading, "c1", before=REVIEWED + timedelta(seconds=1))] == [
            "admission",
            "review",
        ]


def test_the_register_says_how_a_city_stands(told: Database) -> None:
    with told.reading() as reading:
        oslo, sao_paulo = city_register.by_id(reading, CITY), city_register.by_id(reading, OTHER_CITY)
    assert oslo
    assert (oslo.membership, oslo.asked, oslo.attested, oslo.attested_on) == ("member", False, "c1", "2026-11-02")
    assert (oslo.determined, oslo.review_on) == (None, None)
    assert sao_paulo
    assert (sao_paulo.membership, sao_paulo.asked, sao_paulo.determined, sao_paulo.review_on) == ("none", True, "meets", "2027-11-02")


def test_a_suspended_city_is_shown_as_such_and_counts_as_no_member(ledger: Ledger, database: Database) -> None:
    Story(ledger).world().tell(CITY, APPROVER, SUSPENDED)
    Runner(ledger, database).catch_up()
    with database.reading() as reading:
        oslo = city_register.by_id(reading, CITY)
        assert city_register.listed(reading, members=True) == []
    assert oslo
    assert (oslo.member, oslo.membership, oslo.since) == (False, "suspended", "2016")
