# ruff: noqa: F405
"""Points in a competitive round: two people score every criterion on their own, and somebody else settles what is too far apart."""

from datetime import timedelta
from fractions import Fraction

import msgspec
from hypothesis import given as given_any
from hypothesis import strategies as st

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import rubric as by
from fund.domain.application import Stage
from fund.domain.facts import On
from fund.domain.registers import City
from tests.domain.proof import passes, refuses
from tests.domain.world import *  # noqa: F403  # the words and people of the scenarios

RUBRIC = PROGRAMME.rubric
LATER = due("hub_opinion") + timedelta(seconds=1)
assert RUBRIC
SCORE = c.RecordScores(application=FILE, scores=scores())


def scoring(**given: int) -> c.RecordScores:
    return c.RecordScores(application=FILE, scores=scores(**given))


def moderating(**given: int) -> c.HoldModeration:
    return c.HoldModeration(application=FILE, scores=agreed(**given), reason="Both read it again")


# ── Scoring ───────────────────────────────────────────────────────────────────


@passes(c.RecordScores)
def test_two_independent_people_score_and_the_mean_counts() -> None:
    first = given(*RACE_TO_SCORE).when(scoring(), by=EVA, at=AFTER).then(scored_by(EVA)).after
    assert first.file().stage is Stage.ASSESSMENT
    second = first.when(scoring(fit=3, boat=5), by=TOM, at=AFTER)
    marked = e.Scored(
        rubric="oars-1",
        marks=(
            e.Mark(criterion="FIT", mark=3_50, points=35_00),
            e.Mark(criterion="CREW", mark=4_00, points=24_00),
            e.Mark(criterion="BOAT", mark=4_50, points=18_00),
        ),
        points=77_00,
        passed=True,
        short=(),
        due=due("coordination", AFTER),
        calendar=CALENDAR,
    )
    scored = On(ROUND, e.FileScored(application=FILE, points=77_00, passed=True, by=(EVA, TOM)))
    second.then(scored_by(TOM, fit=3, boat=5), marked, scored)
    assert second.after.file().stage is Stage.COORDINATION


@passes(c.RecordScores)
def test_scores_that_are_too_far_apart_wait_for_a_moderator() -> None:
    called = given(*HALF_SCORED).when(scoring(fit=1), by=TOM, at=AFTER).then(e.ScoresRecorded, e.ModerationCalled)
    assert called.after.file().moderation == e.ModerationCalled(
        gap=30_00, criteria=("FIT",), due=due("moderation", AFTER), calendar=CALENDAR
    )
    assert called.after.file().stage is Stage.MODERATION


@refuses(c.RecordScores, "scoring.already_recorded")
def test_nobody_scores_twice() -> None:
    given(*HALF_SCORED).when(SCORE, by=EVA, at=AFTER).then("scoring.already_recorded")


@refuses(c.RecordScores, "scoring.by_judgement")
@refuses(c.RecordAssessment, "assessment.by_points")
def test_the_track_says_whether_a_file_is_judged_or_scored() -> None:
    given(*ASSIGNED).when(SCORE, by=EVA).then("scoring.by_judgement")
    given(*RACE_TO_SCORE).when(c.RecordAssessment(application=FILE, judgements=judged()), by=EVA).then("assessment.by_points")


@refuses(c.RecordScores, "assessor.not_independent")
def test_whoever_came_to_serve_a_hub_that_was_asked_scores_no_more() -> None:
    serves = did(ADA, e.RoleGranted(person=EVA, role="coordinator", scope="north"), on=EVA)
    given(*RACE_TO_SCORE, *serves).when(SCORE, by=EVA, at=AFTER).then("assessor.not_independent")


@refuses(c.RecordScores, "scoring.criteria_differ")
def test_every_criterion_is_scored_once_and_no_other() -> None:
    for wrong in (scores()[:2], (*scores(), scores()[0]), (*scores()[:2], msgspec.structs.replace(scores()[2], criterion="LUCK"))):
        command = c.RecordScores(application=FILE, scores=wrong)
        given(*RACE_TO_SCORE).when(command, by=EVA, at=AFTER).then("scoring.criteria_differ", field="scores")


@refuses(c.RecordScores, "scoring.out_of_range")
def test_a_score_is_from_nought_to_five() -> None:
    for wrong in (-1, 6):
        given(*RACE_TO_SCORE).when(scoring(crew=wrong), by=EVA, at=AFTER).then("scoring.out_of_range", field="scores")


@refuses(c.AssignAssessor, "assessor.round_open")
def test_nobody_is_assigned_and_so_nobody_reads_before_the_round_closes() -> None:
    ready = given(*OPENED, *in_the_round(ELIGIBLE))
    for instant in (NOW, CLOSES):
        ready.when(c.AssignAssessor(application=FILE, assessor=EVA, reason="x"), by=OLGA, at=instant).then("assessor.round_open")
    ready.when(c.AssignAssessor(application=FILE, assessor=EVA, reason="x"), by=OLGA, at=CLOSES.replace(second=1)).then(e.AssessorAssigned)


def test_the_time_to_score_counts_from_the_closing_of_the_round() -> None:
    checked = given(*OPENED, *in_the_round(CHECKED))
    early = checked.when(c.ConfirmEligibility(application=FILE), by=OLGA, at=NOW)
    late = checked.when(c.ConfirmEligibility(application=FILE), by=OLGA, at=AFTER)
    assert early.after.file().due == due("assessment", CLOSES)
    assert late.after.file().due == due("assessment", AFTER)


def test_a_score_says_why_in_words_that_are_sealed() -> None:
    from fund.ledger.classes import field_classes

    assert field_classes(e.ScoresRecorded)["scores.*.reason"] == "restricted"
    assert field_classes(e.ModerationHeld)["reason"] == "restricted"


# ── Moderation ────────────────────────────────────────────────────────────────


STEPPE = hub_opened(SOUTH, "south", "steppe")
"""Hugo's hub serves none of the file's regions."""


def asking(who: str) -> c.AssignModerator:
    return c.AssignModerator(application=FILE, moderator=who, reason="Has time and no part in it")


@passes(c.AssignModerator)
@passes(c.HoldModeration)
def test_somebody_from_a_hub_of_another_region_may_be_asked_to_moderate_and_then_nobody_else_does() -> None:
    asked = given(*IN_MODERATION, *STEPPE).when(asking(HUGO), by=OLGA, at=AFTER)
    by, days = due("moderation", AFTER), CALENDAR
    asked.then(e.ModeratorAssigned(moderator=HUGO, reason="Has time and no part in it", due=by, calendar=days))
    assert (asked.after.file().moderator, asked.after.file().stage) == (HUGO, Stage.MODERATION)
    named = did(OLGA, e.ModeratorAssigned(moderator=HUGO, reason="x"))
    given(*IN_MODERATION, *STEPPE, *named).when(moderating(), by=OMAR, at=AFTER).then("moderator.other")
    given(*IN_MODERATION, *STEPPE, *named).when(moderating(), by=HUGO, at=AFTER).then(
        e.ModerationHeld, e.Scored, On(ROUND, msgspec.structs.replace(_held(), points=80_00, moderator=HUGO))
    )


@passes(c.AssignModerator)
def test_an_assessor_an_officer_or_somebody_of_another_region_moderates() -> None:
    for who in (UMA, OMAR, HUGO):
        given(*IN_MODERATION, *STEPPE).when(asking(who), by=OLGA, at=AFTER).then(e.ModeratorAssigned)


@passes(c.AssignModerator)
def test_another_moderator_is_asked_where_the_first_one_does_nothing() -> None:
    named = did(OLGA, e.ModeratorAssigned(moderator=HUGO, reason="x"))
    assert given(*IN_MODERATION, *STEPPE, *named).when(asking(UMA), by=OLGA, at=AFTER).after.file().moderator == UMA
    given(*IN_MODERATION, *STEPPE, *named).when(asking(HUGO), by=OLGA, at=AFTER).then("moderator.already_assigned")


@refuses(c.AssignModerator, "moderator.role_needed")
@refuses(c.AssignModerator, "moderator.not_independent")
@refuses(c.AssignModerator, "moderator.already_assigned")
def test_a_moderator_is_fit_to_judge_and_scored_nothing() -> None:
    given(*IN_MODERATION, *STEPPE).when(asking(INES), by=OLGA, at=AFTER).then("moderator.role_needed")
    given(*IN_MODERATION, *STEPPE).when(asking(HANA), by=OLGA, at=AFTER).then("moderator.role_needed")
    given(*IN_MODERATION).when(asking(HUGO), by=OLGA, at=AFTER).then("moderator.role_needed")
    given(*IN_MODERATION, *STEPPE).when(asking(EVA), by=OLGA, at=AFTER).then("moderator.not_independent")
    neighbour = did(ADA, e.AffiliationRecorded(person=UMA, city=HILLTOWN), on=UMA)
    given(*IN_MODERATION, *STEPPE, *neighbour).when(asking(UMA), by=OLGA, at=AFTER).then("moderator.not_independent")
    named = did(OLGA, e.ModeratorAssigned(moderator=UMA, reason="x"))
    given(*IN_MODERATION, *STEPPE, *named).when(asking(UMA), by=OLGA, at=AFTER).then("moderator.already_assigned")


@refuses(c.HoldModeration, "moderator.other")
def test_whoever_was_not_asked_moderates_nothing_and_whoever_approves_only_when_asked() -> None:
    given(*IN_MODERATION).when(moderating(), by=UMA, at=AFTER).then("moderator.other")
    both = did(ADA, e.RoleGranted(person=OMAR, role="approver", scope=None), on=OMAR)
    given(*IN_MODERATION, *both).when(moderating(), by=OMAR, at=AFTER).then("moderator.other")
    named = did(OLGA, e.ModeratorAssigned(moderator=OMAR, reason="x"))
    told = On(ROUND, msgspec.structs.replace(_held(), points=80_00))
    given(*IN_MODERATION, *both, *named).when(moderating(), by=OMAR, at=AFTER).then(e.ModerationHeld, e.Scored, told)


@passes(c.HoldModeration)
def test_a_moderator_settles_the_scores_and_the_originals_stay() -> None:
    held = given(*IN_MODERATION).when(moderating(fit=2), by=OMAR, at=AFTER)
    held.then(e.ModerationHeld(moderator=OMAR, scores=agreed(fit=2), reason="Both read it again"), e.Scored, On(ROUND, _held()))
    file = held.after.file()
    assert file.scores == (scored_by(EVA), scored_by(TOM, fit=0))
    assert file.scored
    assert (file.scored.points, file.scored.passed) == (60_00, True)
    assert file.stage is Stage.COORDINATION


def _held() -> e.FileScored:
    return e.FileScored(application=FILE, points=60_00, passed=True, by=(EVA, TOM), moderator=OMAR)


@refuses(c.HoldModeration, "duty.not_apart")
def test_whoever_scored_or_coordinated_moderates_nothing() -> None:
    for person, history in (
        (EVA, did(ADA, e.RoleGranted(person=EVA, role="officer", scope=None), on=EVA)),
        (HANA, did(ADA, e.RoleGranted(person=HANA, role="officer", scope=None), on=HANA)),
    ):
        given(*IN_MODERATION, *history).when(moderating(), by=person, at=AFTER).then("duty.not_apart")


@refuses(c.HoldModeration, "scoring.criteria_differ")
@refuses(c.HoldModeration, "scoring.out_of_range")
def test_a_moderator_settles_every_criterion_within_the_scale() -> None:
    short = c.HoldModeration(application=FILE, scores=agreed()[:1], reason="x")
    given(*IN_MODERATION).when(short, by=OMAR, at=AFTER).then("scoring.criteria_differ")
    given(*IN_MODERATION).when(moderating(boat=6), by=OMAR, at=AFTER).then("scoring.out_of_range")


def test_points_that_pass_are_not_enough_without_the_decisive_criterion() -> None:
    low = given(*IN_MODERATION).when(moderating(fit=1, crew=5, boat=5), by=OMAR, at=AFTER).after.file().scored
    both = given(*IN_MODERATION).when(moderating(fit=1, crew=0, boat=0), by=OMAR, at=AFTER).after.file().scored
    assert low
    assert both
    assert (low.points, low.passed, low.short) == (60_00, False, ("below_minimum",))
    assert (both.points, both.passed, both.short) == (10_00, False, ("below_mark", "below_minimum"))


@passes(c.GiveOpinion)
@passes(c.DeemOpinion)
def test_a_hub_may_answer_while_the_scores_are_moderated() -> None:
    unasked = tuple(told for told in IN_MODERATION if told.event != OPINION)
    answered = given(*unasked).when(c.GiveOpinion(application=FILE, opinion="support", reason="x"), by=HANA).then(e.OpinionGiven).after
    silent = given(*unasked).when(c.DeemOpinion(application=FILE, hub="north"), by=TIMER, at=LATER).then(e.OpinionDeemed).after
    assert answered.file().stage is silent.file().stage is Stage.MODERATION


# ── The arithmetic ────────────────────────────────────────────────────────────

score = st.integers(0, 5)
one_persons = st.fixed_dictionaries(dict.fromkeys(RUBRIC.codes, score))
some_persons = st.lists(one_persons, min_size=1, max_size=5)
weights = st.tuples(st.integers(1, 49), st.integers(1, 49)).map(lambda two: (*two, 100 - sum(two)))
rubrics = weights.map(
    lambda chosen: msgspec.structs.replace(
        RUBRIC,
        criteria=tuple(msgspec.structs.replace(one, weight=weight) for one, weight in zip(RUBRIC.criteria, chosen, strict=True)),
    )
)


@given_any(some_persons, rubrics)
def test_points_are_the_weighted_mean_to_a_hundredth_for_each_criterion(given: list[dict[str, int]], rubric: by.Rubric) -> None:
    marks = by.marks(given, rubric)
    for criterion in rubric.criteria:
        mean = Fraction(sum(one[criterion.code] for one in given), len(given))
        assert abs(marks[criterion.code] - 100 * mean) <= Fraction(1, 2)
        assert abs(by.points(criterion, marks[criterion.code]) - Fraction(criterion.weight * marks[criterion.code], 5)) <= Fraction(1, 2)
    assert 0 <= by.total(marks, rubric) <= 100_00


@given_any(one_persons, one_persons, rubrics)
def test_the_mean_of_two_is_exact(one: dict[str, int], other: dict[str, int], rubric: by.Rubric) -> None:
    exact = sum(Fraction(criterion.weight * (one[criterion.code] + other[criterion.code]), 10) for criterion in rubric.criteria)
    assert by.total(by.marks((one, other), rubric), rubric) == 100 * exact


@given_any(some_persons)
def test_in_which_order_people_score_makes_no_difference(given: list[dict[str, int]]) -> None:
    turned = list(reversed(given))
    assert by.marks(given, RUBRIC) == by.marks(turned, RUBRIC)
    assert (by.gap(given, RUBRIC), by.disputed(given, RUBRIC)) == (by.gap(turned, RUBRIC), by.disputed(turned, RUBRIC))


@given_any(one_persons, st.sampled_from(RUBRIC.codes))
def test_a_better_score_never_costs_points(given: dict[str, int], code: str) -> None:
    better = given | {code: min(5, given[code] + 1)}
    assert by.total(by.marks([better], RUBRIC), RUBRIC) >= by.total(by.marks([given], RUBRIC), RUBRIC)
    assert set(by.shortfalls(by.marks([better], RUBRIC), RUBRIC)) <= set(by.shortfalls(by.marks([given], RUBRIC), RUBRIC))


@given_any(one_persons, one_persons)
def test_moderation_is_called_exactly_where_the_policy_says(one: dict[str, int], other: dict[str, int]) -> None:
    first = tuple(e.Score(criterion=code, score=value, reason="Seen") for code, value in one.items())
    second = tuple(e.Score(criterion=code, score=value, reason="Seen") for code, value in other.items())
    half = given(*RACE_TO_SCORE, *did(EVA, e.ScoresRecorded(assessor=EVA, scores=first)))
    outcome = half.when(c.RecordScores(application=FILE, scores=second), by=TOM, at=AFTER)
    far = {code for code in one if abs(one[code] - other[code]) >= 3}
    totals = [sum(Fraction(criterion.weight * scored[criterion.code], 5) for criterion in RUBRIC.criteria) for scored in (one, other)]
    apart = abs(totals[0] - totals[1]) >= 25
    moderation = outcome.after.file().moderation
    assert (moderation is not None) == bool(far or apart)
    if moderation:
        assert set(moderation.criteria) == far
        assert moderation.gap == 100 * abs(totals[0] - totals[1])
    else:
        scored = outcome.after.file().scored
        assert scored
        assert scored.points == 50 * sum(totals)


# ── Sealed from one another ───────────────────────────────────────────────────


def test_two_scorers_see_their_own_scores_and_not_the_others_until_both_are_in() -> None:
    from fund.domain import visibility as v

    by_eva = recorded(did(EVA, scored_by(EVA)))[0]

    def sight(person: str, history: History) -> v.Sight | None:
        scenario = given(*history)
        state = [city for id in scenario.file().cities if isinstance(city := scenario.state(id), City)]
        return v.visible(scenario.facts(person).actor, by_eva, scenario.file(), state)

    assert (sight(EVA, HALF_SCORED), sight(TOM, HALF_SCORED)) == (v.FULL, v.ONLY_THAT)
    for person in (OLGA, INES, AUDE, CLERK):
        assert sight(person, HALF_SCORED) == v.ONLY_THAT
    for history in (IN_MODERATION, SCORED):
        assert sight(TOM, history) == v.FULL
        assert sight(OMAR, history) == v.FULL
        assert sight(AMINA, history) is None
