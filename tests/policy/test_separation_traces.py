"""What the programme says of acting in two names is traced to the rules that read it."""

from datetime import timedelta

from fund.domain import commands as c
from fund.domain import events as e
from tests.domain.world import ADA, AUDE, FILE, FINN, HANA, INES, OLGA, SUBMITTED, Outcome, did
from tests.policy.bundled import AT, under
from tests.policy.tracing import PROGRAMME, of


@of("delegation")
def test_delegation(key: str) -> None:
    """The roles that it names may be lent and no others, for so many days running and not for one more."""
    rule, today = PROGRAMME.separation.delegation, AT.date()

    def lent(role: str, days: int) -> str | None:
        scope = "north" if role == "coordinator" else None
        lender = {"officer": OLGA, "approver": INES, "finance": FINN, "coordinator": HANA}[role]
        granted = did(ADA, e.RoleGranted(person=lender, role=role, scope=scope), on=lender)
        last = today + timedelta(days=days - 1)
        lend = c.DelegateRole(person=AUDE, role=role, scope=scope, first=today, last=last, reason="x")
        return under(granted).when(lend, by=lender, at=AT).code

    if key == "longest_days":
        assert (lent("officer", rule.longest_days), lent("officer", rule.longest_days + 1)) == (None, "delegation.too_long")
    else:
        assert {role for role in ("officer", "approver", "finance", "coordinator") if lent(role, 1) is None} == set(rule.roles)


@of("emergency")
def test_emergency(key: str) -> None:
    """The roles that it names may be opened and no others, by the offices that it names, for so many hours and not a second more."""
    rule, second = PROGRAMME.separation.emergency, timedelta(seconds=1)

    def asked(role: str) -> Outcome:
        return under(SUBMITTED).when(c.AskEmergencyAccess(application=FILE, role=role, reason="x"), by=FINN, at=AT)

    def opened(by: str, later: timedelta = timedelta()) -> Outcome:
        return asked("officer").after.when(c.OpenEmergencyAccess(application=FILE, number=1), by=by, at=AT + later)

    hours = timedelta(hours=rule.hours)
    if key == "roles":
        assert {role for role in ("officer", "approver", "coordinator", "auditor") if asked(role).code is None} == set(rule.roles)
    elif key == "opened_by":
        assert {role for role, by in (("officer", OLGA), ("approver", INES)) if opened(by).code is None} == set(rule.opened_by)
    else:
        assert (opened(INES, hours).code, opened(INES, hours + second).code) == (None, "emergency.none_asked")
        (event,) = opened(INES, second).events
        assert isinstance(event, e.EmergencyAccessOpened)
        assert event.open_until == AT + second + hours
