"""No file waits for a hub that is not open: what is asked of it is taken over once, and its silence meanwhile means nothing."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import HubOpinion
from fund.domain.refusal import Refusal
from fund.processes import handovers as process
from tests.acceptance.office import NOW
from tests.processes.waiting import HUB, Waiting, waiting

SUSPEND = c.SuspendHub(hub=f"hub-{HUB}", reason="Nobody there")
RESUME = c.ResumeHub(hub=f"hub-{HUB}", reason="Somebody there")
CLOSE = c.CloseHub(hub=f"hub-{HUB}", basis="Wound up")
LATER = NOW.date() + timedelta(days=2)


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path, HUB) as there:
        there.office.do(c.OpenHub(hub=f"hub-{HUB}", opened="2024-05", basis="launch"))
        yield there


def opinion(there: Waiting, file: str) -> HubOpinion:
    return there.file(file).opinions[HUB]


@pytest.mark.parametrize("gone", [SUSPEND, CLOSE])
def test_what_is_asked_of_a_hub_that_is_not_open_any_more_is_taken_over_once(there: Waiting, gone: c.Command) -> None:
    files = [there.asked_of_the_hub() for _ in range(2)]
    there.worked()
    assert there.by(process.ACTOR) == []
    there.office.do(gone)
    assert there.worked() == 2
    taken = there.by(process.ACTOR)
    assert sorted(one.stream for one in taken) == sorted(files)
    assert {type(one.event) for one in taken} == {e.OpinionTakenOver}
    assert {opinion(there, file).answered_by for file in files} == {"centre"}
    assert (there.worked(), there.another_worker().once(), len(there.by(process.ACTOR))) == (0, 0, 2)


def test_a_hub_that_was_away_only_while_no_worker_ran_keeps_what_was_asked(there: Waiting) -> None:
    file = there.asked_of_the_hub()
    there.worked()
    there.office.do(SUSPEND)
    there.clock.moved_to(LATER)
    there.office.do(RESUME)
    assert (there.worked(), opinion(there, file).answered_by) == (0, "hub")


def test_after_a_downtime_past_the_due_date_a_hub_that_is_not_open_is_not_taken_for_silent(there: Waiting) -> None:
    """As if somebody had looked in time: it is taken over, with time of its own, and nothing is read into the silence."""
    file = there.asked_of_the_hub()
    there.worked()
    asked = opinion(there, file)
    there.office.do(CLOSE)
    there.clock.moved_to(asked.due.date() + timedelta(days=30))
    worker = there.another_worker()
    assert worker.once() == 1
    assert worker.failing == ()
    after = opinion(there, file)
    assert (after.answered_by, after.deemed) == ("centre", None)
    assert after.due > there.clock.now
    there.clock.moved_to(after.due.date() + timedelta(days=1))
    assert there.worked() == 1
    assert opinion(there, file).deemed


def test_a_hub_that_is_open_and_says_nothing_is_reminded_and_then_deemed_as_ever(there: Waiting) -> None:
    file = there.asked_of_the_hub()
    there.worked()
    first = opinion(there, file).due
    there.clock.moved_to(first.date() + timedelta(days=1))
    assert there.worked() == 1
    assert (opinion(there, file).reminded, opinion(there, file).deemed) == (True, None)
    there.clock.moved_to(opinion(there, file).due.date() + timedelta(days=1))
    assert (there.worked(), opinion(there, file).due > first) == (1, True)
    assert opinion(there, file).deemed
    assert there.by(process.ACTOR) == []


def test_a_hub_that_closes_after_it_answered_leaves_its_answer_where_it_is(there: Waiting) -> None:
    file = there.asked_of_the_hub()
    there.worked()
    coordinator = there.office.person()
    there.office.do(c.GrantRole(person=coordinator, role="coordinator", scope=HUB))
    there.office.do(c.GiveOpinion(application=file, opinion="support", accepts_delivery=True, reason="Good"), by=coordinator)
    there.office.do(CLOSE)
    assert (there.worked(), there.by(process.ACTOR)) == (0, [])


def test_a_worker_that_starts_again_from_what_it_knew_before_takes_nothing_over_twice(there: Waiting) -> None:
    file = there.asked_of_the_hub()
    there.worked()
    before, asked = there.file(file), opinion(there, file)
    there.office.do(SUSPEND)
    there.worked()
    head = there.fund.ledger.head()
    again = there.fund.handler.handle(process.command(before, asked), by=process.ACTOR, command_id=process.command_id(before, asked))
    assert (again.repeated, there.fund.ledger.head()) == (True, head)


def test_a_hub_that_is_asked_again_after_its_return_and_goes_again_is_taken_over_again(there: Waiting) -> None:
    file = there.asked_of_the_hub()
    there.worked()
    there.office.do(SUSPEND)
    there.worked()
    there.office.do(RESUME)
    there.clock.moved_to(LATER)
    there.office.do(
        c.ReleaseHub(application=file, hub=HUB, reason="It is back"),
        c.AskHub(application=file, hub=HUB, reason="It is back"),
        by=there.office.officer,
    )
    assert there.worked() == 0
    there.office.do(SUSPEND)
    assert there.worked() == 1
    assert len({one.header.command_id for one in there.by(process.ACTOR, file)}) == 2


def test_also_where_all_of_it_happens_on_one_day(there: Waiting) -> None:
    """It is due on the same day again; were it taken for done, no clock of the file would look at that hub any more."""
    file = there.asked_of_the_hub()
    for times in (1, 2, 3):
        there.office.do(SUSPEND)
        there.worked()
        assert (len(there.by(process.ACTOR, file)), opinion(there, file).answered_by, opinion(there, file).asked) == (
            times,
            "centre",
            times,
        )
        there.office.do(RESUME)
        there.office.do(
            c.ReleaseHub(application=file, hub=HUB, reason="It is back"),
            c.AskHub(application=file, hub=HUB, reason="It is back"),
            by=there.office.officer,
        )
        assert (there.worked(), opinion(there, file).answered_by) == (0, "hub")


def test_once_the_hub_that_leads_closes_nothing_is_granted_before_the_lead_is_handed_over(there: Waiting) -> None:
    file, office = there.asked_of_the_hub(), there.office
    there.worked()
    coordinator = office.person()
    office.do(c.GrantRole(person=coordinator, role="coordinator", scope=HUB))
    office.do(c.GiveOpinion(application=file, opinion="support", accepts_delivery=True, reason="Good"), by=coordinator)
    led = e.CoordinationClosed(mode="via_hub", hub=HUB, reason="", due=there.clock.now + timedelta(days=9), calendar="central/2026.1")
    found = (e.Finding(priority="SP-MANDATE", verdict="aligned", unanimous=True),)
    there.happened(file, e.AlignmentDetermined(findings=found, due=led.due, calendar=led.calendar), led)
    there.worked()
    office.do(CLOSE)
    there.worked()
    with pytest.raises(Refusal) as refused:
        there.propose_again(file)
    assert refused.value.code == "coordination.lead_not_open"
    office.do(c.HandOverLead(application=file, mode="no_hub", reason="It was wound up"), by=office.officer)
    there.propose_again(file)
    assert there.file(file).led_before == (HUB,)
