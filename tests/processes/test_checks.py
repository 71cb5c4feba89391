"""Machines decide the pure facts among the checks: once, and once more where a fact turned."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import sections as s
from fund.domain.application import Stage
from tests.acceptance.office import form
from tests.processes.waiting import Waiting, waiting

NON_MEMBER, MEMBER = "Lomie", "Abong"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def partner(there: Waiting, name: str) -> tuple[str, str]:
    """A city and who signs for it."""
    office, signatory = there.office, there.office.person()
    city = office.do(c.RegisterCity(name_en=name, kind="commune", country="CM", region=None, relation="listed", source="a letter"))
    office.do(c.ConfirmRepresentative(city=city, person=signatory, capacity="signatory", proof="letter"))
    if name == MEMBER:
        office.do(c.RecordMembership(city=city, basis="register of the network"))
    return city, signatory


def named(section: s.AnySection, cities: tuple[str, ...]) -> s.AnySection:
    """With these cities, and with what is asked where there are three."""
    if isinstance(section, s.Applicant):
        return msgspec.structs.replace(section, beneficiaries=cities)
    if isinstance(section, s.Safeguards) and len(cities) > 1:
        more = (s.SafeguardAnswer(question="Q14", answer="yes"), s.SafeguardAnswer(question="Q15", answer="no"))
        return msgspec.structs.replace(section, answers=(*section.answers, *more))
    return section


def complete(there: Waiting, *partners: tuple[str, str]) -> str:
    """Found complete, with partners that accepted its text."""
    office, cities = there.office, tuple(city for city, _ in partners)
    saves = (c.SaveSection(application="", section=named(one, cities)) for one in form(10_000_00))
    file = office.do(c.StartApplication(city=office.city, language="fr"), *saves, by=office.signatory)
    for city, signatory in partners:
        office.do(c.AcceptText(application=file, city=city, text=there.file(file).text), by=signatory)
    office.do(c.SubmitApplication(application=file), by=office.signatory)
    office.do(c.ConfirmCompleteness(application=file), by=office.officer)
    return file


def awarded(there: Waiting, partner: tuple[str, str]) -> None:
    office, own = there.office, (there.office.city, there.office.signatory)
    office.city, office.signatory = partner
    there.given(10_000_00)
    there.decide(c.Approve(application=office.awaiting_decision(10_000_00), reasons=("It serves.",)))
    office.city, office.signatory = own


def leave(there: Waiting, file: str, partner: tuple[str, str]) -> None:
    city, signatory = partner
    there.office.do(c.LeaveApplication(application=file, city=city, reason="Other plans"), by=signatory)


def checked(there: Waiting, file: str, check: str = "E2") -> list[str]:
    """What machines recorded of a check: first that those who benefit are members."""
    facts = (one.event for one in there.by("machine:eligibility", file))
    return [one.result for one in facts if isinstance(one, e.CheckRecorded) and one.check == check]


def test_after_the_city_that_failed_a_check_left_the_machine_looks_again_and_the_others_go_on(there: Waiting) -> None:
    lomie = partner(there, NON_MEMBER)
    file = complete(there, lomie)
    there.worked()
    assert checked(there, file) == ["fail"]
    leave(there, file, lomie)
    there.worked()
    assert checked(there, file) == ["fail", "pass"]
    assert (there.worked(), there.another_worker().once()) == (0, 0)
    people = (c.RecordCheck(application=file, check=code, result="pass", evidence="seen") for code in ("E3", "E4", "E5", "E7", "E14"))
    there.office.do(*people, c.ConfirmEligibility(application=file), by=there.office.officer)
    assert there.file(file).stage is Stage.ASSESSMENT


def test_machines_look_once_for_all_that_left_while_no_worker_ran_and_not_where_no_fact_turned(there: Waiting) -> None:
    first, second, member = partner(there, NON_MEMBER), partner(there, NON_MEMBER), partner(there, MEMBER)
    away, there_all_along = complete(there, first, second), complete(there, first, member)
    there.worked()
    leave(there, there_all_along, member)
    there.worked()
    for one in (first, second):
        leave(there, away, one)
    there.worked()
    assert (checked(there, away), checked(there, there_all_along)) == (["fail", "pass"], ["fail"])
    leave(there, there_all_along, first)
    there.worked()
    assert checked(there, there_all_along) == ["fail", "pass"]
    assert (there.worked(), there.another_worker().once()) == (0, 0)


def test_what_only_people_could_answer_is_a_machines_once_the_city_that_it_was_about_left(there: Waiting) -> None:
    """Whether an award runs: where one does, a person says whether it meets the same need."""
    member = partner(there, MEMBER)
    awarded(there, member)
    file = complete(there, member)
    there.worked()
    assert checked(there, file, "E10") == []
    leave(there, file, member)
    there.worked()
    assert checked(there, file, "E10") == ["pass"]
