"""Rules of scoring in a competitive round: two independent people, one score per criterion, moderation where they differ too much."""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain import independence, workplace
from fund.domain import rubric as by
from fund.domain.application import Application
from fund.domain.event import Event
from fund.domain.facts import Actor, Facts, On, Role
from fund.domain.refusal import Refusal
from fund.domain.rubric import BEST, HUNDRED, Rubric, Scores


def may_score(file: Application, facts: Facts) -> None:
    if facts.track(file).judgement != "points":
        raise Refusal("scoring.by_judgement")
    if facts.actor.id in file.assessed_by:
        raise Refusal("scoring.already_recorded")
    if independence.serves_asked_hub(facts.actor, file) or independence.competes(facts.actor, file, facts):
        raise Refusal("assessor.not_independent")


def record_scores(file: Application, command: c.RecordScores, facts: Facts) -> tuple[Event | On, ...]:
    """The last one in settles it, or calls for moderation; until then nobody sees another's scores."""
    rubric = _rubric(facts)
    _check_scores({score.criterion: score.score for score in command.scores}, len(command.scores), rubric)
    recorded = e.ScoresRecorded(assessor=facts.actor.id, scores=command.scores)
    everything = (*file.scores, recorded)
    if len(everything) < facts.track(file).assessors:
        return (recorded,)
    given = tuple(_given(one) for one in everything)
    gap, criteria = by.gap(given, rubric), by.disputed(given, rubric)
    if gap >= rubric.gap_points * HUNDRED or criteria:
        due, days = facts.due("moderation", file)
        return (recorded, e.ModerationCalled(gap=gap, criteria=criteria, due=due, calendar=days))
    return (recorded, *_scored(file, by.marks(given, rubric), tuple(one.assessor for one in everything), facts))


def moderates(file: Application, actor: Actor) -> bool:
    """Whoever was asked by name; while nobody was, any officer who does not approve: whoever moderates draws no line."""
    return file.moderator == actor.id if file.moderator else actor.holds(Role.OFFICER) and not actor.holds(Role.APPROVER)


def may_moderate(file: Application, facts: Facts) -> None:
    if independence.serves_asked_hub(facts.actor, file) or independence.competes(facts.actor, file, facts):
        raise Refusal("moderator.not_independent")


def assign_moderator(file: Application, command: c.AssignModerator, facts: Facts) -> tuple[Event, ...]:
    """An officer, or somebody who would qualify to score: an assessor, an expert of the pool, somebody from a hub of another region."""
    if command.moderator == file.moderator:
        raise Refusal("moderator.already_assigned", field="moderator")
    person = facts.person(command.moderator, field="moderator")
    if not ((str(Role.OFFICER), None) in person.roles or independence.is_chosen_from(person, file, facts)):
        raise Refusal("moderator.role_needed", field="moderator")
    if file.did(person.id, "assessing") or not independence.is_independent(person, file, facts):
        raise Refusal("moderator.not_independent", field="moderator")
    due, days = facts.due("moderation", file, by=workplace.days_of(person, file, facts))
    return (e.ModeratorAssigned(moderator=person.id, reason=command.reason, due=due, calendar=days),)


def hold_moderation(file: Application, command: c.HoldModeration, facts: Facts) -> tuple[Event | On, ...]:
    """Somebody who had no hand in the scores settles each criterion; the originals stay as they are."""
    agreed = {score.criterion: score.score for score in command.scores}
    _check_scores(agreed, len(command.scores), _rubric(facts))
    held = e.ModerationHeld(moderator=facts.actor.id, scores=command.scores, reason=command.reason)
    scorers = tuple(one.assessor for one in file.scores)
    marks = {code: score * HUNDRED for code, score in agreed.items()}
    return (held, *_scored(file, marks, scorers, facts, moderator=facts.actor.id))


def _scored(
    file: Application, marks: Scores, scorers: tuple[str, ...], facts: Facts, moderator: str | None = None
) -> tuple[Event | On, ...]:
    rubric = _rubric(facts)
    short, points = by.shortfalls(marks, rubric), by.total(marks, rubric)
    due, days = facts.due("coordination", file)
    scored = e.Scored(
        rubric=rubric.version,
        marks=tuple(e.Mark(criterion=one.code, mark=marks[one.code], points=by.points(one, marks[one.code])) for one in rubric.criteria),
        points=points,
        passed=not short,
        short=short,
        due=due,
        calendar=days,
    )
    assert file.round, "a file that is scored is in a round"
    told = e.FileScored(application=file.id, points=points, passed=not short, by=scorers, moderator=moderator)
    return (scored, On(file.round, told))


def _check_scores(scores: Scores, given: int, rubric: Rubric) -> None:
    """Each criterion once, each score 0 to 5."""
    if given != len(scores) or set(scores) != set(rubric.codes):
        raise Refusal("scoring.criteria_differ", field="scores", criteria=rubric.codes)
    if any(not 0 <= score <= BEST for score in scores.values()):
        raise Refusal("scoring.out_of_range", field="scores", limit=BEST)


def _given(one: e.ScoresRecorded) -> Scores:
    return {score.criterion: score.score for score in one.scores}


def _rubric(facts: Facts) -> Rubric:
    assert facts.programme.rubric, "a programme whose track is judged by points has a rubric"
    return facts.programme.rubric
