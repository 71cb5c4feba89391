"""The auditor of safeguards, on whole histories and on planted ones."""

import pytest

from fund.domain import events as e
from fund.domain.programme import SafeguardLevel
from fund.projections.safeguard_rules import Safeguarding
from tests.domain import world as w
from tests.domain.world import did, recorded

ASKED = did(w.OLGA, e.SafeguardHelpAsked(hub="north", questions=("NAMES",), due=w.NOW, calendar=w.CALENDAR))
GIVEN = did(w.HANA, e.SafeguardHelpGiven(hub="north", answers=(), digest="", salt="x"))
ONE = did(w.INES, e.Approved(envelope=w.PURSE, amount=1, currency="EUR", reasons=("x",), due=w.NOW, calendar=w.CALENDAR))
FIRST = did(w.IVO, e.ApprovalGiven(envelope=w.PURSE, amount=1, currency="EUR", reasons=("x",), conditions=()))

PROPOSED_ANEW = tuple(told for told in w.PROPOSED if isinstance(told.event, e.ProposalMade))


def level(level: SafeguardLevel) -> w.History:
    return did(w.OLGA, e.SafeguardsRecorded(level=level, reason="x", questions="banks-1"))


SIGN_ASKED = did(w.OLGA, e.SignatureAsked(role="officer", hub=None, screen="a", due=w.NOW, calendar=w.CALENDAR))


OWN_SIGNATURE = "signed safeguards that they had recorded, or for a hub and for the central team"


def signed(by: str, screen: str = "a", hub: str | None = None) -> w.History:
    return did(by, e.SafeguardsSigned(role="officer", hub=hub, screen=screen, reason="x"))


def found(*history: w.Told) -> list[str]:
    rules, breaches = Safeguarding(), list[str]()
    for one in recorded(history):
        breaches += rules.see(one)
    return breaches


def test_what_was_known_and_lessened_is_sound() -> None:
    assert found(*w.CLOSED) == []
    assert found(*w.PROPOSED, *ASKED, *GIVEN, *level("amber"), *ONE) == []
    assert found(*w.PROPOSED, *level("red"), *FIRST, *ONE) == []
    assert found(*w.PROPOSED, *level("amber"), *SIGN_ASKED, *signed(w.OMAR), *signed(w.OMAR), *ONE) == []


@pytest.mark.parametrize(
    ("history", "breach"),
    [
        (ASKED, "granted while help with the safeguards was awaited"),
        (level("black"), "granted although the safeguards were black"),
        (level("red"), "granted by one person although the safeguards were red"),
        (level("red") + FIRST + did(w.IVO, e.ApprovalLapsed()), "granted by one person although the safeguards were red"),
        (level("red") + FIRST + PROPOSED_ANEW, "granted by one person although the safeguards were red"),
        (level("amber") + SIGN_ASKED, "granted before everybody who was asked had signed the safeguards"),
        (level("amber") + SIGN_ASKED + signed(w.OMAR, "b"), "granted before everybody who was asked had signed the safeguards"),
        (level("amber") + SIGN_ASKED + signed(w.OLGA), OWN_SIGNATURE),
        (level("amber") + SIGN_ASKED + signed(w.OMAR, hub="north") + signed(w.OMAR), OWN_SIGNATURE),
        (level("amber") + w.saved(w.NEED), "granted on safeguards that were looked at before the form changed"),
    ],
)
def test_what_was_granted_all_the_same_is_found(history: w.History, breach: str) -> None:
    assert found(*w.PROPOSED, *history, *ONE) == [breach]
