"""`fund check`: finds what is planted, and nothing else."""

from collections.abc import Callable

import pytest

from fund.domain import events as e
from fund.ledger.store import Ledger
from fund.projections import VIEWS, Database, application_file, envelopes, people
from fund.projections.audit_rules import audited
from fund.projections.check import check, differences
from fund.projections.runner import Runner
from tests.projections.history import (
    APPROVER,
    ASSESSOR_A,
    CITY,
    CLOCK,
    COORDINATOR,
    GRANT,
    OFFICER,
    OPERATOR,
    OTHER_CITY,
    SECOND,
    SPEAKER,
    Story,
    assessed,
    opened,
)

FILE = "application-x"


def test_an_honest_history_has_no_differences(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up()
    report = check(ledger, database)
    assert report.differences == ()
    assert report.checked["events"] == report.checked["work_queue"] == ledger.head()
    assert report.checked["rows"] > ledger.head()


def test_views_that_stand_at_different_places_are_each_checked_there(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up(40)
    Runner(ledger, Database(database.engine, (people.VIEW,))).catch_up(90)
    assert check(ledger, database).differences == ()
    assert check(ledger, database).checked["people"] == 90


@pytest.mark.parametrize("change", ["altered", "deleted", "added"])
def test_a_changed_row_is_named(ledger: Ledger, database: Database, change: str) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up()
    balances = database.tables(envelopes.VIEW, 1)[envelopes.Balance]
    statements = {
        "altered": balances.update().values(balance=1),
        "deleted": balances.delete(),
        "added": balances.insert().values(
            id="envelope-e2", title="", currency="EUR", contributed=0, in_kind=0, committed=0, balance=0, reserved=0, free=0,
            version=1, index=1,
        ),
    }  # fmt: skip
    with database.writing() as connection:
        connection.execute(statements[change])
    (found,) = differences(ledger, database)
    assert found.index == ledger.head()
    assert found.where == ("envelopes/rows/envelope-e2" if change == "added" else "envelopes/rows/envelope-e1")
    assert {"altered": "balance is 1, a replay gives 6000000", "deleted": "missing", "added": "should not be there"}[change] in found.what


def test_a_state_that_is_no_json_any_more_is_a_difference_and_no_crash(ledger: Ledger, database: Database) -> None:
    Story(ledger).everything()
    Runner(ledger, database).catch_up()
    files = database.tables(application_file.VIEW, 1)[application_file.File]
    with database.writing() as connection:
        connection.execute(files.update().where(files.c.stream == "application-draft").values(state="{", due=None))
    (found,) = differences(ledger, database)
    assert found.where == "application_file/rows/application-draft"
    assert "state is '{'" in found.what


def told(tell: Callable[[Story], object]) -> list[tuple[str, str]]:
    """What the audits say of a history after the world's beginning."""
    with opened("memory://") as ledger:
        tell(Story(ledger).world())
        recorded = ledger.read(0, 10_000)
        found = list(audited(recorded))
        assert all(recorded[one.index - 1].index == one.index for one in found)
        return [(one.where, one.what) for one in found]


def approved(**changes: object) -> e.Approved:
    return e.Approved(reasons=("aligned",), **(GRANT | CLOCK | changes))


def committed(amount: int = GRANT["amount"], application: str = FILE) -> tuple[str, e.FundsCommitted]:
    return "envelope-e1", e.FundsCommitted(application=application, amount=amount, currency="EUR")


def test_whoever_proposed_may_not_approve() -> None:
    assert told(lambda story: story.approve(FILE, actor=OFFICER)) == [
        (FILE, f"application.approved.v1 was done by {OFFICER}, who did {duty} on the same file")
        for duty in ("checking", "coordinating", "proposing")
    ]


def test_whoever_coordinated_may_not_assess() -> None:
    def tell(story: Story) -> None:
        story.assess(FILE)
        story.tell(FILE, COORDINATOR, e.OpinionGiven(hub="nordic", opinion="support", accepts_delivery=True, reason="good"))
        story.tell(FILE, COORDINATOR, assessed(COORDINATOR))

    assert told(tell) == [(FILE, f"application.assessment_recorded.v1 was done by {COORDINATOR}, who did coordinating on the same file")]


@pytest.mark.parametrize("city", [CITY, OTHER_CITY])
def test_nobody_decides_for_a_city_they_belong_to(city: str) -> None:
    def tell(story: Story) -> None:
        story.tell(APPROVER, OPERATOR, e.AffiliationRecorded(person=APPROVER, city=city))
        story.approve(FILE)

    assert told(tell) == [(FILE, f"application.approved.v1 was done by {APPROVER}, who belongs to {city}")]


def test_nobody_decides_for_a_city_they_speak_for_but_may_once_they_no_longer_do() -> None:
    def tell(story: Story, ended: bool = False) -> None:
        story.tell(CITY, OPERATOR, e.RepresentativeConfirmed(person=APPROVER, capacity="focal_point", proof="letter"))
        if ended:
            story.tell(CITY, OPERATOR, e.RepresentativeEnded(person=APPROVER, reason="moved"))
        story.approve(FILE)

    assert told(tell) == [(FILE, f"application.approved.v1 was done by {APPROVER}, who belongs to {CITY}")]
    assert told(lambda story: tell(story, ended=True)) == []


@pytest.mark.parametrize("city", [CITY, OTHER_CITY])
def test_nobody_orders_a_round_with_a_file_of_a_city_they_belong_to(city: str) -> None:
    """Also where its form names the city and the round does not."""
    ranked, lined = e.RoundRanked(places=(), equity_note="x"), e.LineDrawn(places=0, reasons=("x",))

    def tell(story: Story) -> None:
        story.tell(APPROVER, OPERATOR, e.AffiliationRecorded(person=APPROVER, city=city))
        story.submit(FILE)
        story.tell("round-1", SPEAKER, e.FileEntered(application=FILE, cities=(CITY,), region=None))
        for actor, event in ((SECOND, ranked), (APPROVER, ranked), (APPROVER, lined)):
            story.tell("round-1", actor, event)

    assert told(tell) == [
        ("round-1", f"round.{done}.v1 was done by {APPROVER}, who belongs to a city of one of its files")
        for done in ("ranked", "line_drawn")
    ]


def test_a_machine_decides_nothing() -> None:
    assert told(lambda story: story.approve(FILE, actor="machine:letters")) == [
        (FILE, "application.approved.v1 was done by machine:letters: only a person may do it")
    ]


def test_joining_a_city_later_does_not_taint_what_was_done_before() -> None:
    def tell(story: Story) -> None:
        story.approve(FILE)
        story.tell(ASSESSOR_A, OPERATOR, e.AffiliationRecorded(person=ASSESSOR_A, city=CITY))

    assert told(tell) == []


def test_a_balance_below_zero_is_found_at_its_index() -> None:
    def tell(story: Story) -> None:
        for number in range(3):
            story.approve(f"application-{number}")

    assert told(tell) == [("envelope-e1", "the balance is -2000000 minor units, below zero")]


def test_an_approval_without_its_money_is_found() -> None:
    def tell(story: Story) -> None:
        story.propose(FILE)
        story.tell(FILE, APPROVER, approved())

    assert told(tell) == [(FILE, "approved 4000000 EUR from envelope-e1 with 0 commitments")]


def test_an_approval_with_other_money_is_found() -> None:
    def tell(story: Story) -> None:
        story.propose(FILE)
        story.tell(FILE, APPROVER, approved(), also=(committed(1),))

    assert told(tell) == [(FILE, "approved 4000000 EUR from envelope-e1 but committed 1 EUR from envelope-e1")]


def test_an_approval_paid_twice_is_found() -> None:
    def tell(story: Story) -> None:
        story.propose(FILE)
        story.tell(FILE, APPROVER, approved(), also=(committed(), committed()))

    assert told(tell) == [(FILE, "approved 4000000 EUR from envelope-e1 with 2 commitments")]


def test_money_without_an_approval_is_found() -> None:
    assert told(lambda story: story.tell("envelope-e1", OPERATOR, committed()[1])) == [
        (FILE, "4000000 EUR from envelope-e1 committed without an approval")
    ]


def test_a_second_approval_is_found() -> None:
    def tell(story: Story) -> None:
        story.approve(FILE)
        story.tell(FILE, APPROVER, approved(), also=(committed(),))

    assert told(tell) == [(FILE, "approved more than once")]


def test_money_in_another_currency_is_found() -> None:
    found = told(lambda story: story.tell("envelope-e1", OPERATOR, e.ContributionReceived(donor="X", amount=1, currency="USD", basis="b")))
    assert found == [("envelope-e1", "USD in an envelope of EUR")]


ADOPTION = "programme-adoption"
TEXT: dict[str, str] = {"programme": "river_towns", "version": "river-1", "digest": "1" * 64}


def test_a_programme_adopted_by_who_proposed_it_is_found() -> None:
    def tell(story: Story) -> None:
        story.tell(ADOPTION, OFFICER, e.ProgrammeProposed(problems=0, reason="x", **TEXT))
        story.tell(ADOPTION, OFFICER, e.ProgrammeAdopted(**TEXT))

    assert told(tell) == [(ADOPTION, "version river-1 was adopted by who proposed it")]


def test_a_programme_adopted_without_a_proposal_or_after_its_withdrawal_is_found() -> None:
    def tell(story: Story) -> None:
        story.tell(ADOPTION, OFFICER, e.ProgrammeProposed(problems=0, reason="x", **TEXT))
        story.tell(ADOPTION, OFFICER, e.ProposalWithdrawn(version="river-1", digest="1" * 64, reason="x"))
        story.tell(ADOPTION, "person-second", e.ProgrammeAdopted(**TEXT))

    assert told(tell) == [(ADOPTION, "version river-1 was adopted without a proposal")]


def test_a_planted_breach_and_a_planted_row_are_told_together(ledger: Ledger, database: Database) -> None:
    Story(ledger).world().approve(FILE, actor=OFFICER)
    Runner(ledger, database).catch_up()
    with database.writing() as connection:
        connection.execute(database.tables(people.VIEW, 1)[people.Grant].delete())
    assert {found.where.split("/")[0] for found in differences(ledger, database)} == {FILE, "people"}


def test_every_view_is_checked() -> None:
    assert len(VIEWS) == 9


# ── Decisions ─────────────────────────────────────────────────────────────────

FIRST = e.ApprovalGiven(reasons=("aligned",), conditions=(), **GRANT)
WAITS = e.PutOnWaitingList(reasons=("no money yet",), review=CLOCK["due"], **GRANT, **CLOCK)
OTHERWISE = e.DecidedOtherwise(differs=("recommendation",), reason="the envelope ran dry")
WOKEN = e.Woken(cause="review", reason="", **CLOCK)


def test_a_second_person_confirms_what_the_first_approved() -> None:
    def tell(story: Story, by: str, **changes: object) -> None:
        story.propose(FILE)
        story.tell(FILE, APPROVER, FIRST)
        granted = approved(**changes)
        story.tell(FILE, by, granted, also=(committed(granted.amount),))

    assert told(lambda story: tell(story, "person-second")) == []
    assert told(lambda story: tell(story, APPROVER)) == [(FILE, f"approved twice by {APPROVER}")]
    less = GRANT["amount"] - 1
    assert (FILE, "approved otherwise than the first person did") in told(lambda story: tell(story, "person-second", amount=less))


def test_what_is_decided_otherwise_says_why() -> None:
    declined = e.Declined(reasons=("no",), what_would_change=("x",), **CLOCK)

    def tell(story: Story, *events: e.ApplicationEvent) -> None:
        story.propose(FILE)
        story.tell(FILE, APPROVER, *events)

    assert told(lambda story: tell(story, OTHERWISE, declined)) == []
    assert told(lambda story: tell(story, declined)) == [(FILE, "decided otherwise than proposed (approve) without a reason")]
    raised = GRANT["amount"] + 1
    found = told(
        lambda story: (story.propose(FILE), story.tell(FILE, APPROVER, OTHERWISE, approved(amount=raised), also=(committed(raised),)))
    )
    assert (FILE, f"{raised} granted, {GRANT['amount']} proposed") in found


def test_only_what_waits_is_woken_and_what_is_held_back_is_freed_once() -> None:
    def tell(story: Story, *events: e.ApplicationEvent) -> None:
        story.propose(FILE)
        story.tell(FILE, APPROVER, OTHERWISE, WAITS)
        story.tell(FILE, "machine:waking", WOKEN, *events)

    assert told(lambda story: tell(story)) == []
    assert told(lambda story: tell(story, WOKEN)) == [(FILE, "woken without having waited")]
    freed = e.ReservationEnded(application=FILE)
    assert ("envelope-e1", f"freed for {FILE} what was not held back") in told(lambda story: story.tell("envelope-e1", OFFICER, freed))
