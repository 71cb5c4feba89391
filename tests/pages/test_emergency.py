"""Emergency access stands on the page of the file for whoever works for the fund, and whoever was given it reads the page meanwhile."""

from fund.border.naming import file_called
from fund.domain import commands as c
from tests.pages.client import client
from tests.pages.samples import of_oslo
from tests.pages.world import OPERATOR, World


def somebody(world: World, role: str, scope: str | None) -> str:
    entry = c.RegisterPerson(full_name=f"A {role}", email=f"{role}@example.org", language="en")
    id = world.fund.handler.handle(entry, by=OPERATOR).stream
    world.fund.handler.handle(c.GrantRole(person=id, role=role, scope=scope), by=OPERATOR)
    return id


def test_the_office_sees_it_on_the_page_and_the_city_does_not(world: World) -> None:
    reference = of_oslo(world, "Tonight")
    file, handle = file_called(world.fund, reference), world.fund.handler.handle
    asker, approver = somebody(world, "finance", None), somebody(world, "approver", None)
    handle(c.AskEmergencyAccess(application=file, role="officer", reason="Nobody answers"), by=asker)
    handle(c.OpenEmergencyAccess(application=file, number=1), by=approver)
    handle(c.CloseEmergencyAccess(application=file, number=1, reason="Somebody is back"), by=approver)
    pages = {}
    for name in ("officer", "signatory"):
        with client(world, name) as visitor:
            pages[name] = visitor.get(f"/en/applications/{reference}").text
    assert '<h2 id="emergency">Emergency access</h2>' in pages["officer"]
    assert pages["officer"].count("A second person opened emergency access 1") == 2, "set apart, and in what has happened"
    assert "mergency" not in pages["signatory"]
