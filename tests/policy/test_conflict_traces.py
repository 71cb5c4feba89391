"""What the programme says of conflicts of interest is traced to the rules that read it."""

from fund.domain import commands as c
from fund.domain import events as e
from tests.domain import world as w
from tests.domain.world import EVA, FILE, LAKESIDE, OLGA, PURSE, did
from tests.policy.bundled import AT, under
from tests.policy.tracing import PROGRAMME, of


@of("conflict")
def test_conflict(key: str) -> None:
    """Declared on a file or once and for all, it does what the programme says, and whoever it keeps out is given no task."""
    rule = PROGRAMME.conflicts.declared[key]
    own = c.DeclareConflict(application=FILE, interest=key, about="x")  # type: ignore[arg-type]  # each kind there is
    outcome = under(w.ADVISED).when(own, by=EVA, at=AT)
    (said,) = outcome.events
    standing = c.DeclareInterest(person=EVA, interest=key, city=LAKESIDE, about="x")  # type: ignore[arg-type]  # each kind there is
    (kept,) = under(()).when(standing, by=EVA, at=AT).events
    for one in (said, kept):
        assert isinstance(one, e.ConflictDeclared | e.InterestDeclared)
        assert (one.effect, one.paid_to_deliver) == (rule.effect, rule.paid_to_deliver)
    assign = c.AssignAssessor(application=FILE, assessor=EVA, reason="x")
    assert outcome.after.when(assign, by=OLGA, at=AT).code == ("assessor.not_independent" if rule.effect == "recuse" else None)


@of("donor city")
def test_donor_city(key: str) -> None:
    """Of a city that gave to the envelope it would be paid from whoever decides is told, or that envelope is closed to it."""
    gave = e.ContributionReceived(donor="x", amount=1_00, currency="EUR", basis="x", city=LAKESIDE)
    proposal = c.MakeProposal(
        application=FILE, recommendation="approve", envelope=PURSE, amount=1_00, currency="EUR", peers=("Elm",), reason="x"
    )
    expected = "conflict.donor_city" if getattr(PROGRAMME.conflicts.donor_city, key) == "recuse" else None
    assert under(w.COORDINATED + did(w.FINN, gave, on=PURSE)).when(proposal, by=OLGA, at=AT).code == expected
