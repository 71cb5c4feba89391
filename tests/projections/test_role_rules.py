"""Roles that were granted, lent or used as they may not be, told event by event, are found over all history."""

from datetime import date, timedelta

import msgspec
import pytest

from fund.domain import events as e
from fund.domain.event import Event, Header, Recorded
from fund.domain.sections import Applicant
from fund.projections.audit_rules import audited
from fund.projections.emergencies import accesses
from fund.projections.hands import Breach
from fund.projections.role_rules import Roles
from tests.projections.history import CLOCK, OFFICER, SECOND, START

FILE, DEPUTY = "application-1", "person-deputy"
HELD = (SECOND, OFFICER, e.RoleGranted(person=OFFICER, role="officer", scope=None))
LOAN = e.RoleDelegated(
    person=DEPUTY, number=1, lender=OFFICER, role="officer", scope=None, first=date(2025, 1, 1), last=date(2025, 1, 8), starts=START,
    ends=START + timedelta(days=7), calendar="x/1", reason="x",
)  # fmt: skip
LENT = (OFFICER, DEPUTY, LOAN)
Fact = tuple[str, str, Event]
CHECKED = e.CheckRecorded(check="P1", result="pass", evidence="x", rule="1")
DECLINED = e.Declined(reasons=("x",), what_would_change=("x",), **CLOCK)
USED = ((DEPUTY, OFFICER), FILE, CHECKED)
ENDED = (OFFICER, DEPUTY, e.DelegationEnded(person=DEPUTY, number=1, reason="x"))
LOST = (SECOND, OFFICER, e.RoleRevoked(person=OFFICER, role="officer", scope=None))
ASKED = e.EmergencyAccessAsked(number=1, person=DEPUTY, role="officer", answer_by=START + timedelta(days=2), reason="x")
OPENED = e.EmergencyAccessOpened(number=1, person=DEPUTY, role="officer", open_until=START + timedelta(days=2))
ASKS, OPENS = (DEPUTY, FILE, ASKED), (OFFICER, FILE, OPENED)
CLOSES = (DEPUTY, FILE, e.EmergencyAccessClosed(number=1, person=DEPUTY, reason="x"))
OF_ANOTHER = e.ConflictDeclared(
    number=1, person=SECOND, interest="family", effect="recuse", paid_to_deliver=False, about="x", standing=None,
)  # fmt: skip
REPORTED = e.IncidentReported(number=1, by="central", happened_on=date(2025, 1, 1), account="x", **CLOCK)
OF_NO_OFFICE = f"application.conflict_declared.v1 was said by {DEPUTY}, who held no office of their own to say it"
NO_SECOND = "emergency access 1 was opened by nobody who is a second person with an office of their own"
UNASKED = f"emergency access 1 was opened as officer to {DEPUTY}, and it was not asked for so"
UNLENT = f"application.check_recorded.v1 was done by {DEPUTY} in the name of {OFFICER}, who had lent no role for it"


def recorded(*facts: tuple[str | tuple[str, str], str, Event], days: int = 0) -> list[Recorded]:
    found = []
    for index, (by, stream, event) in enumerate(facts, start=1):
        hand, lender = by if isinstance(by, tuple) else (by, None)
        at = START + timedelta(days=days)
        header = Header(event_id=f"e{index}", actor=hand, on_behalf_of=lender, at=at, command_id=f"c{index}", content="", policy="p")
        found.append(Recorded(stream=stream, version=index, header=header, event=event, index=index))
    return found


def told(*facts: tuple[str | tuple[str, str], str, Event], days: int = 0) -> list[str]:
    rules = Roles()
    return [what for one in recorded(*facts, days=days) for what in rules.see(one)]


def test_what_is_right_is_left_alone() -> None:
    assert told(HELD, LENT, USED) == []
    assert told(HELD, LENT, ENDED) == []
    assert told(HELD, ASKS, OPENS, USED, CLOSES) == []
    brought = msgspec.structs.replace(OF_ANOTHER, standing=1)
    assert told(HELD, (OFFICER, FILE, OF_ANOTHER), (OFFICER, FILE, REPORTED), (SECOND, FILE, OF_ANOTHER)) == []
    assert told(("machine:timer", FILE, brought), (DEPUTY, FILE, msgspec.structs.replace(REPORTED, by="city"))) == []
    assert told(HELD, LENT, (("operator:root", OFFICER), FILE, CHECKED)) == [], "an operator enters what somebody gave on paper"


@pytest.mark.parametrize(
    ("facts", "breach"),
    [
        ((HELD, USED), UNLENT),
        ((HELD, LENT, ENDED, USED), UNLENT),
        ((HELD, LENT, LOST, USED), UNLENT),
        ((HELD, LENT, ((DEPUTY, OFFICER), FILE, DECLINED)), UNLENT.replace("check_recorded", "declined")),
        ((LENT,), f"{OFFICER} lent officer without holding it"),
        ((HELD, (SECOND, DEPUTY, LOAN)), f"officer of {OFFICER} was lent by somebody else"),
        ((HELD, (OFFICER, OFFICER, msgspec.structs.replace(LOAN, person=OFFICER))), f"{OFFICER} lent officer to themself"),
        ((HELD, LENT, (DEPUTY, FILE, OF_ANOTHER)), OF_NO_OFFICE),
        ((HELD, ASKS, OPENS, (DEPUTY, FILE, REPORTED)), OF_NO_OFFICE.replace("conflict_declared", "incident_reported")),
        (
            (HELD, LENT, (DEPUTY, FILE, msgspec.structs.replace(REPORTED, by="hub"))),
            OF_NO_OFFICE.replace("conflict_declared", "incident_reported"),
        ),
        ((HELD, ENDED), "delegation 1 ended, which did not stand"),
        ((HELD, ASKS, USED), UNLENT),
        ((HELD, ASKS, OPENS, CLOSES, USED), UNLENT),
        ((HELD, ASKS, OPENS, ((DEPUTY, OFFICER), "application-2", CHECKED)), UNLENT),
        ((HELD, ASKS, OPENS, ((DEPUTY, OFFICER), FILE, DECLINED)), UNLENT.replace("check_recorded", "declined")),
        ((HELD, OPENS), UNASKED),
        ((ASKS, OPENS), NO_SECOND),
        ((HELD, (SECOND, DEPUTY, e.RoleGranted(person=DEPUTY, role="officer", scope=None)), ASKS, (DEPUTY, FILE, OPENED)), NO_SECOND),
        ((HELD, (OFFICER, FILE, ASKED)), f"emergency access 1 was asked for by another than {DEPUTY}"),
        ((HELD, ASKS, OPENS, (SECOND, FILE, CLOSES[2])), "emergency access 1 was closed by somebody else"),
        ((HELD, CLOSES), "emergency access 1 was closed, which was not open"),
        (((OFFICER, OFFICER, HELD[2]),), f"{OFFICER} granted the role officer to themself"),
        (
            ((OFFICER, "city-1", e.RepresentativeConfirmed(person=OFFICER, capacity="signatory", proof="x")),),
            f"{OFFICER} confirmed themself as a representative",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(facts: tuple[tuple[str | tuple[str, str], str, Event], ...], breach: str) -> None:
    assert told(*facts) == [breach]


def test_a_loan_is_used_to_its_last_second_and_no_longer() -> None:
    assert told(HELD, LENT, USED, days=7) == []
    assert told(HELD, LENT, USED, days=8) == [UNLENT]


def test_what_is_open_is_used_as_long_as_it_is_and_all_that_is_done_is_listed_with_it() -> None:
    assert told(HELD, ASKS, OPENS, USED, days=2) == []
    late = told(HELD, ASKS, OPENS, USED, days=3)
    assert late == [UNASKED, UNLENT]
    (found,) = accesses(recorded(HELD, ASKS, OPENS, USED, CLOSES, USED))
    assert (found.where, found.person, found.opened_by, found.until) == (FILE, DEPUTY, OFFICER, OPENED.open_until)
    assert (found.acts, found.closed) == ([4], START)
    (waiting,) = accesses(recorded(ASKS))
    assert (waiting.opened_by, waiting.acts) == (None, [])


def test_the_duties_of_both_count_and_only_separation_is_a_breach_of_it() -> None:
    """Whoever drafted it checks it in the name of another, and a loan that never was is ended."""
    drafted = (DEPUTY, FILE, e.SectionSaved(section=Applicant(title="x", beneficiaries=(), office="x")))
    started = (DEPUTY, FILE, e.ApplicationStarted(reference="R", city="city-1", language="en", **CLOCK))
    gone = (OFFICER, DEPUTY, e.DelegationEnded(person=DEPUTY, number=9, reason="x"))
    found = {one.what: one.separation for one in audited(recorded(HELD, LENT, started, drafted, USED, gone))}
    assert found[f"application.check_recorded.v1 was done by {DEPUTY}, who did drafting on the same file"] is True
    assert found["delegation 9 ended, which did not stand"] is False
    assert isinstance(told(HELD, USED)[0], Breach)
