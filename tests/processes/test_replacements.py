"""Assessors and moderators who do not come, by the clock: each makes way once, however many machines look."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application, Stage
from fund.domain.facts import Role
from fund.processes.replacements import ACTOR
from tests.processes.waiting import Waiting, waiting


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Waiting]:
    with waiting(tmp_path) as there:
        yield there


def test_silent_assessors_make_way_once_and_others_are_drawn(there: Waiting) -> None:
    file = there.office.eligible(10_000_00)
    there.worked()
    silent = there.file(file).assessors
    assert silent
    others = {there.office.person(Role.ASSESSOR) for _ in silent}
    due = there.file(file).assessors_due[silent[0]]
    there.clock.moved_to(due.date())
    assert there.worked() == 0
    there.clock.moved_to(due.date() + timedelta(days=1))
    assert there.worked() > 0
    lapses = [one.event for one in there.by(ACTOR)]
    assert lapses == [e.AssessorLapsed(assessor=one, missing="silent", due=due) for one in silent]
    after = there.file(file)
    assert set(after.assessors) == others
    assert all(after.assessors_due[one] > due for one in others)
    assert (there.worked(), there.another_worker().once()) == (0, 0)


def test_who_is_away_until_after_the_due_date_makes_way_at_once(there: Waiting) -> None:
    file = there.office.eligible(10_000_00)
    there.worked()
    gone, stays = there.file(file).assessors
    today, due = there.clock.now.date(), there.file(file).assessors_due[gone].date()
    there.office.do(c.RecordAbsence(person=gone, first=today, last=due))
    there.worked()
    assert [one.event.missing for one in there.by(ACTOR) if isinstance(one.event, e.AssessorLapsed)] == ["away"]
    assert there.file(file).assessors[0] == stays


def test_who_is_chosen_by_hand_until_the_same_day_and_does_not_come_either_makes_way_again(there: Waiting) -> None:
    file, office = there.office.eligible(10_000_00), there.office
    there.worked()
    gone, _ = there.file(file).assessors
    due = there.file(file).assessors_due[gone]
    office.do(c.RecordAbsence(person=gone, first=there.clock.now.date(), last=due.date()))
    for times in (1, 2, 3):
        there.worked()
        there.another_worker().once()
        lapses = [one.event for one in there.by(ACTOR) if isinstance(one.event, e.AssessorLapsed) and one.event.assessor == gone]
        assert [one.due for one in lapses] == [due] * times
        office.do(c.AssignAssessor(application=file, assessor=gone, reason="should be there"), by=office.officer)


# ── Moderators ────────────────────────────────────────────────────────────────


class Moderating:
    """A file whose scores are too far apart, and two who may be asked by name."""

    def __init__(self, there: Waiting) -> None:
        self.there, self.office = there, there.office
        self.id = self.office.eligible(10_000_00)
        self.first, self.second = self.office.person(Role.OFFICER), self.office.person(Role.OFFICER)
        by = there.clock.now + timedelta(days=3)
        due = {"due": by, "calendar": "central/2026.1"}
        there.happened(
            self.id,
            e.TrackChanged(from_track="standard", to_track="competitive", why="officer", reassess=False, opinions_due=None, **due),
            e.ModerationCalled(gap=40_00, criteria=(), **due),
        )

    @property
    def state(self) -> Application:
        return self.there.file(self.id)

    @property
    def lapses(self) -> list[tuple[str, str]]:
        told = [one.event for one in self.there.by(ACTOR, self.id)]
        return [(one.moderator, one.missing) for one in told if isinstance(one, e.ModeratorLapsed)]

    def ask(self, person: str) -> datetime:
        self.office.do(c.AssignModerator(application=self.id, moderator=person, reason="has time"), by=self.office.officer)
        assert self.state.moderation_due
        return self.state.moderation_due


def test_a_silent_moderator_makes_way_once_and_whoever_is_asked_next_is_not_waited_for_for_ever_either(there: Waiting) -> None:
    file = Moderating(there)
    for times, person in enumerate((file.first, file.second, file.first), start=1):
        due = file.ask(person)
        there.worked()
        there.clock.moved_to(due.date())
        assert (there.worked(), file.state.moderator) == (0, person)
        there.clock.moved_to(due.date() + timedelta(days=1))
        assert there.worked() > 0
        assert (file.state.moderator, file.state.stage, len(file.lapses)) == ("", Stage.MODERATION, times)
        assert (there.worked(), there.another_worker().once()) == (0, 0)
    assert file.lapses == [(one, "silent") for one in (file.first, file.second, file.first)]


def test_a_moderator_who_is_asked_again_until_the_same_day_and_does_not_come_makes_way_again(there: Waiting) -> None:
    file = Moderating(there)
    due = file.ask(file.first)
    file.office.do(c.RecordAbsence(person=file.first, first=there.clock.now.date(), last=due.date()))
    for times in (1, 2, 3):
        there.worked()
        there.another_worker().once()
        assert file.lapses == [(file.first, "away")] * times
        file.ask(file.first)
