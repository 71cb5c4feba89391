# ruff: noqa: F405
"""Nobody waits for an assessor or a moderator who does not come: silent past their own due date, or away until after it."""

from datetime import date, timedelta

import msgspec

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Stage
from fund.domain.facts import On
from fund.projections.work_queue import owners
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

LAPSE = c.LapseAssessor(application=FILE, assessor=EVA)
DUE = due("assessment")
LATE = DUE + timedelta(seconds=1)
LAPSED = e.AssessorLapsed(assessor=EVA, missing="silent", due=DUE)


def asked(*assessors: str, until: datetime = DUE) -> History:
    return did(OLGA, *(e.AssessorAssigned(assessor=who, due=until, calendar=CALENDAR) for who in assessors))


TWO_ASKED = ADVISED + asked(EVA, TOM)


def away(first: date, last: date) -> History:
    return did(ADA, e.AbsenceRecorded(person=EVA, first=first, last=last), on=EVA)


@passes(c.LapseAssessor)
def test_who_is_silent_past_the_due_date_makes_way_and_is_not_drawn_again() -> None:
    after = given(*TWO_ASKED).when(LAPSE, by=TIMER, at=LATE).then(LAPSED).after
    assert (after.file().assessors, after.file().released, after.file().stage) == ((TOM,), (EVA,), Stage.ASSESSMENT)


@passes(c.LapseAssessor)
def test_whoever_comes_later_has_a_whole_clock_of_their_own() -> None:
    own = due("assessment", LATE)
    late = given(*ADVISED, *asked(TOM), *asked(UMA, until=own))
    lapse = msgspec.structs.replace(LAPSE, assessor=UMA)
    assert late.file().assessors_due == {TOM: DUE, UMA: own}
    late.when(lapse, by=TIMER, at=own).then("assessor.not_missing")
    late.when(lapse, by=TIMER, at=own + timedelta(seconds=1)).then(msgspec.structs.replace(LAPSED, assessor=UMA, due=own))


@passes(c.LapseAssessor)
def test_who_is_away_until_after_the_due_date_makes_way_at_once() -> None:
    throughout = given(*TWO_ASKED, *away(NOW.date(), DUE.date()))
    throughout.when(LAPSE, by=TIMER).then(msgspec.structs.replace(LAPSED, missing="away"))


@refuses(c.LapseAssessor, "assessor.not_missing")
def test_who_is_back_in_time_is_waited_for() -> None:
    back = given(*TWO_ASKED, *away(NOW.date(), DUE.date() - timedelta(days=1)))
    assert back.file().assessors == (EVA, TOM)
    gone = ADVISED + asked(EVA, TOM) + did(ADA, e.AbsenceRecorded(person=TOM, first=NOW.date(), last=DUE.date()), on=TOM)
    back.when(LAPSE, by=TIMER).then("assessor.none_missing")
    one_late = given(*ADVISED, *asked(TOM), *asked(EVA, until=LATE + timedelta(days=3)))
    one_late.when(LAPSE, by=TIMER, at=LATE).then("assessor.not_missing", field=None)
    given(*gone).when(msgspec.structs.replace(LAPSE, assessor=TOM), by=TIMER).then(e.AssessorLapsed)


@refuses(c.LapseAssessor, "assessor.none_missing")
def test_nobody_is_late_on_the_last_second_nor_after_assessing() -> None:
    given(*TWO_ASKED).when(LAPSE, by=TIMER, at=DUE).then("assessor.none_missing")
    assessed = given(*ADVISED, *asked(EVA), *did(EVA, BY_EVA))
    assessed.when(LAPSE, by=TIMER, at=LATE).then("assessor.none_missing")
    given(*ASSIGNED).when(LAPSE, by=TIMER, at=LATE).then("assessor.none_missing")


@refuses(c.LapseAssessor, "assessor.not_waiting")
def test_only_who_is_waited_for_makes_way() -> None:
    given(*TWO_ASKED).when(msgspec.structs.replace(LAPSE, assessor=UMA), by=TIMER, at=LATE).then("assessor.not_waiting", field="assessor")


@refuses(c.LapseAssessor, "assessor.none_missing")
def test_nobody_is_late_while_the_city_is_asked_and_the_time_it_took_is_given_back() -> None:
    question = c.RequestClarification(application=FILE, question="Which quay?")
    waiting = given(*TWO_ASKED).when(question, by=OLGA).after
    waiting.when(LAPSE, by=TIMER, at=LATE).then("assessor.none_missing")
    number = waiting.file().open_clarifications[0].number
    answer = c.AnswerClarification(application=FILE, number=number, answer="The old one")
    answered_at = NOW + timedelta(days=2)
    after = waiting.when(answer, by=AMINA, at=answered_at).after
    assert after.file().due
    assert after.file().due > DUE
    after.when(LAPSE, by=TIMER, at=after.file().due).then("assessor.none_missing")
    after.when(LAPSE, by=TIMER, at=after.file().due + timedelta(seconds=1)).then(LAPSED)


@refuses(c.LapseAssessor, "workflow.role_needed")
def test_people_release_an_assessor_with_their_reason_and_machines_lapse_one() -> None:
    given(*TWO_ASKED).when(LAPSE, by=OLGA, at=LATE).then("workflow.role_needed")


@refuses(c.LapseAssessor, "workflow.not_now")
def test_nobody_makes_way_once_the_alignment_is_determined() -> None:
    given(*ASSESSED).when(LAPSE, by=TIMER, at=LATE).then("workflow.not_now")


# ── Whoever is asked by name to moderate ──────────────────────────────────────


BY = due("moderation", AFTER)
PAST = BY + timedelta(seconds=1)
LAPSE_UMA = c.LapseModerator(application=FILE, moderator=UMA)
UMA_LAPSED = e.ModeratorLapsed(moderator=UMA, missing="silent", due=BY)
ASK_UMA = c.AssignModerator(application=FILE, moderator=UMA, reason="Has time and no part in it")
NAMED = IN_MODERATION + did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x", due=BY, calendar=CALENDAR))
HOLD = c.HoldModeration(application=FILE, scores=agreed(), reason="Both read it again")


def uma_away(first: date, last: date) -> History:
    return did(ADA, e.AbsenceRecorded(person=UMA, first=first, last=last), on=UMA)


@passes(c.LapseModerator)
def test_a_moderator_who_is_silent_makes_way_and_it_is_every_officers_work_again() -> None:
    file = given(*NAMED).when(LAPSE_UMA, by=TIMER, at=PAST).then(UMA_LAPSED).after.file()
    assert (file.moderator, file.lapsed_moderators, file.stage, file.due) == ("", (UMA,), Stage.MODERATION, due("moderation"))
    assert list(owners(file)) == [("officer", "", "moderation", due("moderation"))]


def test_once_a_moderator_made_way_any_officer_holds_it_and_before_nobody_else_does() -> None:
    given(*NAMED).when(HOLD, by=OMAR, at=PAST).then("moderator.other")
    lapsed = given(*NAMED, *did(TIMER, UMA_LAPSED))
    lapsed.when(HOLD, by=OMAR, at=PAST).then(e.ModerationHeld, e.Scored, On)
    lapsed.when(HOLD, by=UMA, at=PAST).then("moderator.other")
    again = lapsed.when(ASK_UMA, by=OLGA, at=PAST).then(e.ModeratorAssigned).after
    again.when(HOLD, by=UMA, at=PAST + timedelta(seconds=1)).then(e.ModerationHeld, e.Scored, On)


@passes(c.LapseModerator)
def test_whoever_is_asked_to_moderate_late_has_a_whole_clock_of_their_own_also_once_more() -> None:
    """Asked long after the step was due: nobody is late on the day of being asked, and queues show their own day."""
    asked = given(*IN_MODERATION).when(ASK_UMA, by=OLGA, at=PAST).then(e.ModeratorAssigned).after
    own = due("moderation", PAST)
    assert list(owners(asked.file())) == [(UMA, "", "moderation", own)]
    asked.when(LAPSE_UMA, by=TIMER, at=own).then("moderator.not_missing")
    lapsed = asked.when(LAPSE_UMA, by=TIMER, at=own + timedelta(seconds=1)).then(msgspec.structs.replace(UMA_LAPSED, due=own)).after
    again = lapsed.when(ASK_UMA, by=OLGA, at=own + timedelta(seconds=2)).then(e.ModeratorAssigned).after
    again.when(LAPSE_UMA, by=TIMER, at=own + timedelta(seconds=3)).then("moderator.not_missing")


@passes(c.LapseModerator)
def test_a_moderator_who_is_away_until_after_the_due_date_makes_way_at_once() -> None:
    throughout = given(*NAMED, *uma_away(AFTER.date(), BY.date()))
    throughout.when(LAPSE_UMA, by=TIMER, at=AFTER).then(msgspec.structs.replace(UMA_LAPSED, missing="away"))


@passes(c.LapseModerator)
def test_whoever_was_asked_before_days_of_their_own_were_kept_makes_way_with_the_step() -> None:
    earlier = given(*IN_MODERATION, *did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x")))
    step = due("moderation")
    earlier.when(LAPSE_UMA, by=TIMER, at=step).then("moderator.not_missing")
    earlier.when(LAPSE_UMA, by=TIMER, at=step + timedelta(seconds=1)).then(msgspec.structs.replace(UMA_LAPSED, due=step))


@refuses(c.LapseModerator, "moderator.not_missing")
def test_a_moderator_is_waited_for_to_the_last_second_and_where_they_are_back_in_time() -> None:
    given(*NAMED).when(LAPSE_UMA, by=TIMER, at=BY).then("moderator.not_missing")
    given(*NAMED, *uma_away(AFTER.date(), BY.date() - timedelta(days=1))).when(LAPSE_UMA, by=TIMER, at=AFTER).then("moderator.not_missing")
    given(*IN_MODERATION).when(LAPSE_UMA, by=TIMER, at=PAST).then("moderator.not_missing")


@refuses(c.LapseModerator, "moderator.not_waiting")
def test_only_the_moderator_who_is_asked_now_makes_way() -> None:
    other = msgspec.structs.replace(LAPSE_UMA, moderator=OMAR)
    given(*NAMED).when(other, by=TIMER, at=PAST).then("moderator.not_waiting", field="moderator")


@refuses(c.LapseModerator, "moderator.not_missing")
def test_no_moderator_is_late_while_the_city_is_asked_and_the_time_it_took_is_given_back() -> None:
    question = c.RequestClarification(application=FILE, question="Which quay?")
    waiting = given(*NAMED).when(question, by=OLGA, at=AFTER).after
    waiting.when(LAPSE_UMA, by=TIMER, at=PAST).then("moderator.not_missing")
    number = waiting.file().open_clarifications[0].number
    answer = c.AnswerClarification(application=FILE, number=number, answer="The old one")
    after = waiting.when(answer, by=AMINA, at=AFTER + timedelta(days=2)).after
    later = BY + timedelta(days=2)
    after.when(LAPSE_UMA, by=TIMER, at=later).then("moderator.not_missing")
    after.when(LAPSE_UMA, by=TIMER, at=later + timedelta(days=2)).then(e.ModeratorLapsed)


@refuses(c.LapseModerator, "workflow.role_needed")
def test_people_ask_another_moderator_and_machines_lapse_one() -> None:
    given(*NAMED).when(LAPSE_UMA, by=OLGA, at=PAST).then("workflow.role_needed")


@refuses(c.LapseModerator, "workflow.not_now")
def test_no_moderator_makes_way_once_the_moderation_is_held() -> None:
    given(*SCORED).when(LAPSE_UMA, by=TIMER, at=PAST).then("workflow.not_now")
