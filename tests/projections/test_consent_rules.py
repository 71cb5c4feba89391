"""The auditor of joint applications, on whole histories and on planted ones."""

import msgspec

from fund.domain import events as e
from fund.projections.consent_rules import Consents
from tests.domain import world as w
from tests.domain.world import did, recorded


def found(*history: w.Told) -> list[str]:
    rules, breaches = Consents(), list[str]()
    for one in recorded(history):
        breaches += rules.see(one)
    return breaches


def submitted(**changes: object) -> w.History:
    return did(w.AMINA, msgspec.structs.replace(w.SUBMISSION, **changes))


def test_a_joint_file_that_everybody_accepted_is_sound() -> None:
    assert found(*w.CLOSED) == []
    paper = e.AcceptanceRecorded(city=w.HILLTOWN, text=w.TEXT, signatory=w.BELA, signed_on=w.NOW.date(), paper="f" * 64)
    assert found(*w.DRAFTED, *did(w.OLGA, paper), *submitted()) == []


def test_what_was_submitted_before_texts_had_digests_is_read_as_it_is() -> None:
    assert found(*w.STARTED, *did(w.ALI, *(e.SectionSaved(section=section) for section in w.FORM)), *submitted(text="", consents=())) == []


def test_a_submission_without_the_acceptance_it_claims_is_found() -> None:
    claim = f"submitted with a consent of {w.HILLTOWN} that it did not give to this text"
    assert found(*w.DRAFTED, *submitted()) == [claim]
    left = e.PartnerLeft(city=w.HILLTOWN, reason="x", fails=("text",))
    assert found(*w.AGREED, *did(w.BELA, left), *submitted()) == [claim]
    edited = (*w.AGREED, *w.saved(w.with_(w.NEED, problem="Other")))
    assert found(*edited, *submitted()) == ["the text submitted is not the text that was saved"]


def test_an_acceptance_of_a_text_that_never_stood_there_is_found() -> None:
    other = e.TextAccepted(city=w.HILLTOWN, text="0" * 64)
    assert found(*w.DRAFTED, *did(w.BELA, other)) == [f"{w.HILLTOWN} accepted a text that was not there"]
