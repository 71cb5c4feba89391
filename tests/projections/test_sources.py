"""The view of contributions: what each is worth now, what is left of it and what for; what was committed and what came back."""

from fund.domain import events as e
from fund.ledger.store import Ledger
from fund.projections import Database, envelopes
from fund.projections.check import check
from fund.projections.runner import Runner
from tests.projections.history import OPERATOR, Story

YOUTH = e.Earmark(priorities=("P1",))


def test_a_contribution_follows_what_happens_to_it(ledger: Ledger, database: Database) -> None:
    story = Story(ledger).world()
    hall = e.ContributionReceived(donor="Hall", amount=900, currency="EUR", basis="b", kind="in_kind", valuation="day rate", city="city-1")
    youth = e.ContributionReceived(donor="Guild", amount=500, currency="EUR", basis="b", earmark=YOUTH)
    drawn = (e.Allocation(contribution=4, amount=300), e.Allocation(contribution=1, amount=200))
    back = (e.Allocation(contribution=1, amount=150),)
    runner = Runner(ledger, database)
    for event in (
        hall,
        youth,
        e.ContributionReduced(contribution=4, amount=100, currency="EUR", reason="less"),
        e.FundsCommitted(application="application-x", amount=500, currency="EUR", allocations=drawn),
        e.FundsReleased(application="application-x", amount=150, currency="EUR", allocations=back, reason="shorter"),
    ):
        story.tell("envelope-e1", OPERATOR, event)
        runner.catch_up()
    with database.reading() as reading:
        found = {one.donor: one for one in envelopes.sources(reading)}
        balance = envelopes.by_id(reading, "envelope-e1")
        moved = envelopes.commitments(reading, "envelope-e1")
    assert list(found) == ["Norway", "Denmark", "Hall", "Guild"]
    assert (found["Guild"].amount, found["Guild"].announced, found["Guild"].remaining, found["Guild"].earmark) == (400, 500, 100, YOUTH)
    assert (found["Hall"].kind, found["Hall"].amount, found["Hall"].remaining, found["Hall"].valuation) == ("in_kind", 900, 0, "day rate")
    assert found["Norway"].remaining == 60_000_00 - 50
    assert balance
    assert (balance.contributed, balance.in_kind, balance.committed) == (100_000_00 + 400, 900, 350)
    assert balance.balance == sum(one.remaining for one in found.values())
    assert [(one.amount, one.allocations) for one in moved] == [(500, drawn), (-150, back)]


def test_the_same_rows_come_of_batches_of_any_size(ledger: Ledger, database: Database) -> None:
    story = Story(ledger)
    story.everything()
    story.tell("envelope-e1", OPERATOR, e.ContributionReduced(contribution=1, amount=1, currency="EUR", reason="less"))
    Runner(ledger, database).catch_up()
    assert check(ledger, database).differences == ()
