"""Rules of a competitive round: opening, entering, leaving, closing, ranking, the line, and what they mean for a file.

Whoever decides a file cannot rank it: the order is computed from the scores, the line is drawn once, and from there on a file above
it can only be approved and a file below it only refused.
"""

from fund.domain import commands as c
from fund.domain import events as e
from fund.domain.application import Application
from fund.domain.calendar import check_near
from fund.domain.event import Event
from fund.domain.facts import Facts, On
from fund.domain.interest import is_of_any, is_recused
from fund.domain.refusal import Refusal
from fund.domain.round import Round, ranking
from fund.domain.rubric import Rubric
from fund.domain.sections import Alignment, Resources

# ── The round ─────────────────────────────────────────────────────────────────


def open_round(round: Round, command: c.OpenRound, facts: Facts) -> tuple[Event, ...]:
    """Instants are whole seconds, and the round closes in the future."""
    if round.opened:
        raise Refusal("round.already_open", field="round")
    rubric = _rubric(facts)
    instants = (command.opens_at, command.closes_at)
    if any(one.tzinfo is None or one.microsecond for one in instants):
        raise Refusal("round.instant", field="opens_at")
    if not command.opens_at < command.closes_at or command.closes_at <= facts.now:
        raise Refusal("round.window", field="closes_at")
    check_near(command.opens_at.date(), facts.today, "opens_at")
    check_near(command.closes_at.date(), facts.today, "closes_at")
    known = {priority.code for priority in facts.programme.catalogue.priorities}
    for priority in command.priorities:
        if priority not in known:
            raise Refusal("code.unknown", field="priorities", value=priority)
    return (
        e.RoundOpened(
            title=command.title,
            opens_at=command.opens_at,
            closes_at=command.closes_at,
            envelope=command.envelope,
            currency=facts.envelope(command.envelope).currency,
            priorities=tuple(dict.fromkeys(command.priorities)),
            rubric=rubric.version,
        ),
    )


def cancel_round(round: Round, command: c.CancelRound, facts: Facts) -> tuple[Event, ...]:
    """Only while nobody is in it: a city that entered gets its answer from the round."""
    _live(round)
    if round.running:
        raise Refusal("round.has_files", files=len(round.running))
    return (e.RoundCancelled(reason=command.reason),)


def close_round(round: Round, command: c.CloseRound, facts: Facts) -> tuple[Event, ...]:
    """The closing instant has passed; the standings of every file that entered are recorded as of it."""
    opened = _live(round)
    if round.closed:
        raise Refusal("round.already_closed")
    if facts.now <= opened.closes_at:
        raise Refusal("round.still_open", closes_at=opened.closes_at)
    if tuple(standing.application for standing in command.standings) != tuple(entry.application for entry in round.entries):
        raise Refusal("round.standings", field="standings")
    return (e.RoundClosed(standings=command.standings, served_since=command.served_since),)


def rank_round(round: Round, command: c.RankRound, facts: Facts) -> tuple[Event, ...]:
    """Every file is scored or has left; whoever ranks scored none of them, though they may have moderated: the order is computed."""
    _live(round)
    _check_outsider(round, command, facts)
    if round.ranked:
        raise Refusal("round.already_ranked")
    if round.closed is None:
        raise Refusal("round.not_closed")
    unscored = sum(entry.points is None for entry in round.running)
    if unscored:
        raise Refusal("round.not_scored", files=unscored)
    rubric = _rubric(facts)
    return (e.RoundRanked(places=ranking(round, rubric), equity_note=command.equity_note, ties=rubric.ties),)


def draw_line(round: Round, command: c.DrawLine, facts: Facts) -> tuple[Event, ...]:
    """Once, by somebody who neither scored nor ranked; never below a file that did not pass."""
    _live(round)
    _check_outsider(round, command, facts)
    if round.ranked is None:
        raise Refusal("round.not_ranked")
    if round.line:
        raise Refusal("round.line_drawn")
    if facts.actor.id in round.moderators:
        raise Refusal("round.scored_by_you")
    if facts.actor.id in round.ranked_by:
        raise Refusal("round.ranked_by_you")
    passed = sum(place.passed for place in round.ranked.places)
    if not 0 <= command.places <= passed:
        raise Refusal("round.line_too_low", field="places", limit=passed)
    if not command.reasons:
        raise Refusal("decision.reason_needed", field="reasons")
    return (e.LineDrawn(places=command.places, reasons=command.reasons),)


def _live(round: Round) -> e.RoundOpened:
    if round.opened is None:
        raise Refusal("round.unknown", field="round", round=round.id)
    if round.cancelled:
        raise Refusal("round.cancelled")
    return round.opened


def _check_outsider(round: Round, command: c.RankRound | c.DrawLine, facts: Facts) -> None:
    """Nobody orders files that they scored, that are their own city's, observers included, or of which one is hidden from them."""
    if facts.actor.id in round.scorers:
        raise Refusal("round.scored_by_you")
    files = tuple(facts.application(entry.application) for entry in round.entries)
    if is_of_any(facts.actor, round.cities.union(*(file.parties for file in files)), facts):
        raise Refusal("round.own_city")
    if any(one.effect == "recuse" and one.city in round.cities for one in facts.actor.interests):
        raise Refusal("round.interest")
    if any(is_recused(facts.actor, file) for file in files):
        raise Refusal("conflict.recused", command=command.verb)


def _rubric(facts: Facts) -> Rubric:
    if facts.programme.rubric is None or facts.programme.points_track is None:
        raise Refusal("round.no_rubric")
    return facts.programme.rubric


# ── A file of the round ───────────────────────────────────────────────────────


def entering(file: Application, command: c.SubmitApplication, facts: Facts) -> Round | None:
    """The round that this submission is for; None where it is for none. A file returned for completion stays where it was."""
    if file.submission:
        if command.round and command.round != file.round:
            raise Refusal("round.fixed", field="round")
        return facts.round(file.round) if file.round else None
    if not command.round:
        return None
    round = facts.round(command.round)
    if round.cancelled:
        raise Refusal("round.cancelled")
    assert round.opened, "facts give rounds that were opened"
    if not round.takes_at(facts.now):
        raise Refusal("round.not_open", field="round", opens_at=round.opened.opens_at, closes_at=round.opened.closes_at)
    if facts.programme.rubric is None or facts.programme.rubric.version != round.opened.rubric:
        raise Refusal("round.other_rubric", field="round")
    return round


def check_fits(file: Application, opened: e.RoundOpened) -> None:
    """The round is for this priority, and its envelope holds this currency."""
    alignment, resources = file.section(Alignment), file.section(Resources)
    if opened.priorities and alignment and alignment.primary.priority not in opened.priorities:
        raise Refusal("round.other_priority", field="alignment.primary", priorities=opened.priorities)
    if resources and resources.currency != opened.currency:
        raise Refusal("round.other_currency", field="resources.currency", currency=opened.currency)


def entered(file: Application, round: Round | None, facts: Facts) -> tuple[On, ...]:
    """That a file is in a round is a fact of the round, in the same commit as its first submission."""
    if round is None or any(entry.application == file.id for entry in round.entries):
        return ()
    return (On(round.id, e.FileEntered(application=file.id, cities=file.cities, region=facts.city(file.city).region)),)


def left(file: Application, why: e.Leaving) -> tuple[On, ...]:
    """That it ended without a decision of the round is one too."""
    return (On(file.round, e.FileLeft(application=file.id, why=why)),) if file.round else ()


def streams_of(file: Application) -> tuple[str, ...]:
    return (file.round,) if file.round else ()


def may_be_placed(file: Application, facts: Facts) -> None:
    if facts.round(file.round or "").line is None:
        raise Refusal("round.no_line")


def place_in_ranking(file: Application, command: c.PlaceInRanking, facts: Facts) -> tuple[Event, ...]:
    """The line is drawn: the file learns where it stands."""
    round = facts.round(file.round or "")
    place = round.place(file.id)
    assert round.opened, "facts give rounds that were opened"
    assert round.ranked, "the line follows the ranking"
    assert place, "a file that waits for its place had not left the round"
    due, days = facts.due("proposal", file)
    return (
        e.Placed(
            round=round.id,
            place=place,
            files=len(round.ranked.places),
            above=round.is_above(file.id),
            envelope=round.opened.envelope,
            due=due,
            calendar=days,
        ),
    )


def check_proposal(file: Application, command: c.MakeProposal) -> None:
    """What is proposed is what the line says, from the envelope of the round; it may be put off on either side of the line."""
    if command.recommendation in ("approve", "wait"):
        may_be_approved(file)
        check_envelope(file, command.envelope)
    elif command.recommendation != "defer":
        may_be_refused(file)


def check_envelope(file: Application, envelope: str | None) -> None:
    if file.placed and envelope != file.placed.envelope:
        raise Refusal("round.other_envelope", field="envelope")


def may_be_approved(file: Application) -> None:
    if file.placed and not file.placed.above:
        raise Refusal("round.below_line", place=file.placed.place)


def may_be_refused(file: Application) -> None:
    if file.placed and file.placed.above:
        raise Refusal("round.above_line", place=file.placed.place)
