"""Whom a joint draft waits for: a partner city, as long as it has not accepted the text as it stands."""

from fund.projections.work_queue import CONSENT, owners
from tests.domain import world as w
from tests.domain.world import did, given, saved, with_


def waits_for(*history: w.Told) -> set[str]:
    """The cities whose consent somebody owes."""
    return {scope for owner, scope, what, _ in owners(given(*history).file()) if (owner, what) == ("representative", CONSENT)}


def test_a_partner_owes_its_consent_until_it_accepts_and_again_after_an_edit_and_never_once_it_left() -> None:
    assert waits_for(*w.STARTED, *did(w.ALI, w.INVITED_PARTNER)) == set()  # nothing to accept yet
    assert waits_for(*w.DRAFTED) == {w.HILLTOWN}
    assert waits_for(*w.AGREED) == set()
    edited = (*w.AGREED, *saved(with_(w.NEED, problem="It floods twice a year")))
    assert waits_for(*edited) == {w.HILLTOWN}
    assert waits_for(*edited, *did(w.BELA, w.e.PartnerLeft(city=w.HILLTOWN, reason="A vote", fails=("text",)))) == set()
    assert waits_for(*w.SUBMITTED) == set()
